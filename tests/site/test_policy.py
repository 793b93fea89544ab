"""What pages allow, by directory.yml: their own files, and the pictures of a map that somebody names."""

import shutil
from pathlib import Path

import pytest

from haitang.model.settings import MapSettings, Tiles
from haitang.site.policy import of_form, of_pages
from tests.worlds import WORLD, publish

HOSTS = {
    "https://tiles.example.org/{z}/{x}/{y}.png?k=a;b": "https://tiles.example.org",
    "https://tiles.example.org:8443/{z}/{x}/{y}.png": "https://tiles.example.org:8443",
    "https://t{x}.example.org/{z}/{y}.png": "https://*.example.org",
    "https://a.t{x}-{y}.example.org:8443/{z}.png": "https://*.example.org:8443",
    "https://a{x}.b.c{y}.example.org/{z}.png": "https://*.example.org",
    "https://TILES.example.org#{z}/{x}/{y}": "https://TILES.example.org",
    "https://tiles.example.org?{z}/{x}/{y}": "https://tiles.example.org",
    "tiles/{z}/{x}/{y}.png": "",
}


def of(policy: str) -> dict[str, list[str]]:
    """Sources by directive."""
    parts = (part.split() for part in policy.split(";"))
    return {name: sources for name, *sources in parts}


def with_tiles(url: str) -> MapSettings:
    tiles = Tiles.model_validate({"crs": "wgs84", "approval_no": "样例", "url": url})
    return MapSettings(tiles=tiles)


@pytest.mark.parametrize("url", HOSTS)
def test_a_maps_pictures_may_come_from_their_host_alone(url: str) -> None:
    bare = of(of_pages(MapSettings()))
    allowed = of(of_pages(with_tiles(url)))
    assert allowed["img-src"] == [*bare["img-src"], *filter(None, [HOSTS[url]])]
    assert allowed | {"img-src": bare["img-src"]} == bare


def test_a_page_allows_its_own_and_nothing_that_stands_in_it() -> None:
    policy = of(of_pages(MapSettings()))
    assert policy.pop("default-src") == policy.pop("base-uri") == ["'none'"]
    assert policy.pop("img-src") == ["'self'", "data:"]
    assert {name for name, sources in policy.items() if sources == ["'self'"]} == set(policy)
    assert {"script-src", "style-src", "connect-src", "form-action", "manifest-src"} == set(policy)


def test_no_host_writes_into_a_policy() -> None:
    with pytest.raises(ValueError, match="cannot stand"):
        of_form(('https://git.example.org"><script>',))


def test_a_long_host_leaves_the_encoding_where_browsers_look(tmp_path: Path) -> None:
    """In the first 1,024 bytes."""
    root = Path(shutil.copytree(WORLD, tmp_path / "data"))
    host = ".".join(["a" * 60] * 4)
    settings = (root / "directory.yml").read_text("utf-8")
    tiles = f"  tiles:\n    crs: wgs84\n    approval_no: 样例\n    url: https://{host}.example/{{z}}/{{x}}/{{y}}.png\n"
    assert "\nmap:\n" in settings
    (root / "directory.yml").write_text(settings.replace("\nmap:\n", f"\nmap:\n{tiles}", 1), "utf-8")
    publish(root, tmp_path / "out")
    for page in (tmp_path / "out/site").resolve().rglob("*.html"):
        assert b'<meta charset="utf-8">' in page.read_bytes()[:1024], page


def test_the_form_may_ask_its_forge_and_show_whose_account_it_is() -> None:
    allowed = of(of_form(("https://api.github.com", "https://git.example.org")))
    assert allowed["connect-src"] == ["'self'", "blob:", "https://api.github.com", "https://git.example.org"]
    assert allowed["img-src"][3:] == ["https://avatars.githubusercontent.com", "https://git.example.org"]
    assert allowed["default-src"] == ["'none'"]
