"""What the public reads on a site of somebody else's is theirs and true: their tiers, areas, country and data."""

import html
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest

from haitang.cli.main import main
from haitang.model import messages
from haitang.model.imprint import licence_of
from tests.worlds import publish

# Pages for editors are not the public's, and licences are texts of others.
NOT_OURS = ("editors/", "licences.html", "en/licences.html", "assets/", "data/")
OTHER_TIERS = {
    "zh-CN": re.compile(r"中心|驿站|花|苞|朵|党群|三级|^[站点]$|个[站点]|[站点]归"),
    "en": re.compile(r"(?i)\b(?:centres?|stations?|(?:a|service) points?|flowers?|bloom|buds?|blossoms?|tree)\b"),
}


def own(folder: Path, language: str, title: str, area: str, towns: str, tiers: str, *more: str) -> Path:
    root = folder / language
    told = ["--title", title, "--area", area, "--towns", towns, "--tiers", tiers, "--language", language, *more]
    assert main(["init", str(root), *told]) == 0
    return root


def add(root: Path, town: str, entry_id: str, name: str, **more: str) -> None:
    lines = [f"id: {entry_id}", f"name: {name}", f"town: {town}", *(f"{key}: {value}" for key, value in more.items())]
    folder = root / "positions" / town
    folder.mkdir(parents=True, exist_ok=True)
    (folder / f"{entry_id}.yml").write_text("\n".join([*lines, "sources:", "  - title: A list", ""]), "utf-8")


@pytest.fixture(scope="module")
def roots(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    folder = tmp_path_factory.mktemp("own")
    chinese = own(folder, "zh-CN", "梁溪书房", "无锡市", "崇安寺街道、江海街道", "大书房、小书房、书角")
    english = own(
        folder, "en", "Leeds Libraries", "Leeds", "Armley, Beeston", "Main library, Small library, Van",
        "--region", "GB-ENG", "--timezone", "Europe/London",
    )  # fmt: skip
    for root, town, tier, name in (
        (chinese, "chongansi", "dashufang", "崇安书房"),
        (english, "armley", "mainlibrary", "Armley Library"),
    ):
        settings = (root / "directory.yml").read_text("utf-8")
        (root / "directory.yml").write_text(settings.replace("# tier_look: circles", "tier_look: circles"), "utf-8")
        for number in range(1, 12):
            add(root, town, f"place-{number}", f"{name} {number}", tier=tier)
    for number in range(30):
        lon, lat = -1.6 + 0.013 * (number % 6), 53.7 + 0.017 * (number // 6)
        spot = f"{{lon: {lon:.5f}1, lat: {lat:.5f}1, crs: wgs84, precision: exact}}"
        add(english, "beeston", f"branch-{number}", f"Beeston Branch {number}", tier="smalllibrary", location=spot)
    return {"zh-CN": chinese, "en": english}


@pytest.fixture(scope="module")
def sites(roots: dict[str, Path], tmp_path_factory: pytest.TempPathFactory) -> dict[str, Path]:
    messages.use(None)
    found = {}
    for language, root in roots.items():
        out = tmp_path_factory.mktemp(language)
        updated = re.search(r"(?m)^updated: (\S+)", (root / "directory.yml").read_text("utf-8"))
        assert updated
        publish(root, out, today=date.fromisoformat(updated[1]))
        found[language] = out / "site"
    return found


def said(site: Path) -> Iterator[tuple[str, str]]:
    """Every text that a page shows or tells, with the page."""
    for path in sorted(site.rglob("*.html")):
        name = path.relative_to(site).as_posix()
        if name.startswith(NOT_OURS):
            continue
        page = re.sub(r"<(script|style)\b.*?</\1>", "", path.read_text("utf-8"), flags=re.DOTALL)
        told = re.findall(r'(?:title|aria-label|content|alt)="([^"]*)"', page)
        for text in [*re.split(r"<[^>]+>", page), *told]:
            if text.strip():
                yield name, html.unescape(text.strip())


@pytest.mark.parametrize("language", ["zh-CN", "en"])
def test_no_page_speaks_of_tiers_that_are_not_theirs(sites: dict[str, Path], language: str) -> None:
    ours = OTHER_TIERS[language]
    theirs = re.compile(r"town centre|打开一处|一站式")
    found = {(name, text) for name, text in said(sites[language]) if ours.search(theirs.sub("", text))}
    assert found == set()


def test_what_is_drawn_is_no_flower(sites: dict[str, Path]) -> None:
    for site in sites.values():
        home, css = ((site / name).read_text("utf-8") for name in ("index.html", "assets/haitang.css"))
        assert "hero-art" not in home and "b-bloom" not in home
        assert "i[class].mark-centre" in css
        assert "M0-4C-7-13" not in home, "no petal is in the page's marks"
        assert "M0-4C-7-13" not in (site / "assets/favicon.svg").read_text("utf-8")


def test_a_town_that_nobody_gave_a_point_stands_amidst_its_places(sites: dict[str, Path]) -> None:
    home = (sites["en"] / "index.html").read_text("utf-8")
    drawn = home[home.index('class="sheet-map') : home.index("</figure>", home.index('class="sheet-map'))]
    assert re.findall(r'<text class="m-count"[^>]*>(\d+)</text>', drawn) == ["30"]
    assert "The number in a circle is how many places are listed" in drawn


def test_nothing_is_offered_behind_which_there_is_nothing(sites: dict[str, Path]) -> None:
    for site in sites.values():
        home, elsewhere = ((site / name).read_text("utf-8") for name in ("index.html", "search.html"))
        for page in (home, elsewhere):
            links = set(re.findall(r'href="([^"#?]+)', page))
            assert not links & {"brands/index.html", "activities/index.html", "routes/index.html"}
            assert (site / "brands/index.html").is_file() and (site / "activities/index.html").is_file()
        assert set(re.findall(r'href="needs/([\w-]+)\.html"', home)) <= set(offered(site)), "the example has a few"
        assert "kind-" not in (site / "activities/index.html").read_text("utf-8")


def offered(site: Path) -> Iterator[str]:
    """The needs that some place has."""
    for path in (site / "needs").glob("*.html"):
        if path.stem != "index" and '<li class="card' in path.read_text("utf-8"):
            yield path.stem


def test_an_organisations_own_data_is_called_so(sites: dict[str, Path]) -> None:
    for site in sites.values():
        assert {text for _, text in said(site) if re.search(r"公开资料|(?i:public sources|reports mention)", text)} == set()
        assert 'rel="license"' not in (site / "index.html").read_text("utf-8"), "nobody stated any terms"


LICENCES = {
    "cc-by-4.0": ("CC BY 4.0", "https://creativecommons.org/licenses/by/4.0/", "CC-BY-4.0", True),
    "CC BY-SA 4.0": ("CC BY-SA 4.0", "https://creativecommons.org/licenses/by-sa/4.0/", "CC-BY-SA-4.0", False),
    "OGL-UK-3.0": (
        "Open Government Licence v3.0",
        "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "OGL-UK-3.0",
        True,
    ),
    "转载请先联系": ("转载请先联系", None, "", False),
}


@pytest.mark.parametrize("written", LICENCES)
def test_terms_are_those_that_are_stated(written: str) -> None:
    found = licence_of(written, None)
    assert found and (found.name, found.url, found.id, found.credits) == LICENCES[written]


def test_terms_of_ones_own_lead_where_they_say() -> None:
    found = licence_of("CC BY 4.0", "https://example.org/terms")
    assert found and (found.name, found.url, found.id) == ("CC BY 4.0", "https://example.org/terms", "")
    assert licence_of(None, None) is None


def test_names_with_numbers_stand_in_their_order(sites: dict[str, Path]) -> None:
    for site, town in ((sites["zh-CN"], "chongansi"), (sites["en"], "armley")):
        listed = re.findall(r'href="\.\./positions/place-(\d+)\.html"', (site / f"towns/{town}.html").read_text("utf-8"))
        assert [int(number) for number in dict.fromkeys(listed)] == list(range(1, 12))
