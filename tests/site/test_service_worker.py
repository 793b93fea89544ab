"""What a phone keeps: sw.js names the shell and the data by what is in them, and nothing else."""

import json
import re
import shutil
from base64 import b64encode
from hashlib import sha256
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haitang.core.digests import integrity, version_of
from haitang.site import service_worker
from haitang.site.build import Builder
from haitang.site.service_worker import is_kept
from tests import worlds
from tests.worlds import WORLD, inputs


def site(root: Path, out: Path) -> Path:
    worlds.publish(root, out)
    return out / "site"


def world(folder: Path, *edits: tuple[str, str]) -> Path:
    """The small world with the first of each pair of texts in directory.yml replaced by the second."""
    root = Path(shutil.copytree(WORLD, folder))
    settings = root / "directory.yml"
    text = settings.read_text(encoding="utf-8")
    for old, new in edits:
        assert old in text
        text = text.replace(old, new, 1)
    settings.write_text(text, encoding="utf-8")
    return root


def kept(folder: Path) -> dict[str, str]:
    """Path → digest, as sw.js has it."""
    line = (folder / "sw.js").read_text(encoding="utf-8").split("\n", 1)[0]
    entries: list[tuple[str, str]] = json.loads(line.removeprefix("self.__HAITANG_PRECACHE=").removesuffix(";"))
    return dict(entries)


def test_the_shell_and_the_data_are_kept_and_named_by_their_content(tmp_path: Path) -> None:
    folder = site(WORLD, tmp_path / "out")
    entries = kept(folder)
    assert {"index.html", "search.html", "map.html", "offline.html", "assets/site.js", "data/places.js"} <= set(entries)
    assert not [path for path in entries if path.startswith(("positions/", "photos/")) or path.endswith((".txt", ".geojson"))]
    for path, digest in entries.items():
        assert digest == b64encode(sha256((folder / path).read_bytes()).digest()).decode(), path
    loaded = {path.relative_to(folder).as_posix() for path in (folder / "assets").glob("*") if path.suffix in (".js", ".css")}
    assert loaded <= set(entries)


def test_a_change_of_the_data_is_a_new_worker_and_one_of_a_story_is_not(tmp_path: Path) -> None:
    root = world(tmp_path / "root")
    before = (site(root, tmp_path / "out") / "sw.js").read_bytes()
    page = (tmp_path / "out" / "site" / "positions" / "gong-yuan.html").read_bytes()
    with (root / "positions" / "lantian" / "gong-yuan.yml").open("a", encoding="utf-8") as file:
        file.write("pledges:\n  - post: 样例岗\n    text: 样例承诺\n")
    assert (site(root, tmp_path / "out") / "sw.js").read_bytes() == before
    assert (tmp_path / "out" / "site" / "positions" / "gong-yuan.html").read_bytes() != page
    (root / "positions" / "hecheng" / "xin.yml").write_text(worlds.position("xin"), encoding="utf-8")
    assert (site(root, tmp_path / "out") / "sw.js").read_bytes() != before


def test_all_pages_of_a_small_site_are_listed_by_their_content(tmp_path: Path) -> None:
    folder = site(WORLD, tmp_path / "out")
    listed = json.loads((folder / "data" / "pages.json").read_text(encoding="utf-8"))
    pages = {path.relative_to(folder).as_posix() for path in folder.rglob("*.html")}
    assert set(listed) == pages - set(kept(folder)) - {"404.html", "admin/index.html"}
    assert all(integrity((folder / path).read_bytes()) == digest for path, digest in listed.items())
    assert "self.__HAITANG_WHOLE=true;" in (folder / "sw.js").read_text(encoding="utf-8").split("\n", 2)[1]


def test_a_phone_is_not_asked_to_keep_all_of_a_large_site(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    folder = site(WORLD, tmp_path / "small")
    size = sum(path.stat().st_size for path in folder.rglob("*.html") if path.name != "404.html")
    monkeypatch.setattr(service_worker, "WHOLE", size - 1)
    folder = site(WORLD, tmp_path / "large")
    assert not (folder / "data" / "pages.json").exists()
    assert "self.__HAITANG_WHOLE=false;" in (folder / "sw.js").read_text(encoding="utf-8").split("\n", 2)[1]


def pictures(folder: Path) -> dict[str, str]:
    return dict(json.loads((folder / "data" / "pictures.json").read_text(encoding="utf-8")))


def test_the_small_pictures_of_places_are_listed_too(tmp_path: Path) -> None:
    folder = site(WORLD, tmp_path / "out")
    listed = pictures(folder)
    shown = "".join(path.read_text(encoding="utf-8") for path in folder.glob("positions/*.html"))
    names = {found[1] for found in re.finditer(r"(photos/[\w.-]+)\.\d+\.webp", shown)}
    assert {path.rsplit(".", 2)[0] for path in listed} == names, "one file of each, of those on pages of places"
    for path, digest in listed.items():
        content = (folder / path).read_bytes()
        assert integrity(content) == digest
        smallest = min(folder.glob(f"{path.rsplit('.', 2)[0]}.*.webp"), key=lambda each: each.stat().st_size)
        assert smallest.read_bytes() == content


@given(st.lists(st.lists(st.integers(0, 30), max_size=4), max_size=12), st.integers(0, 8), st.integers(0, 200))
def test_no_more_pictures_are_listed_than_a_phone_keeps(shown: list[list[int]], most: int, size: int) -> None:
    """The first of every page before the second of any; what is only written about is none."""
    pages = {
        f"positions/{at}.html": " ".join(
            f'"../photos/p{one}.ab.{w}.webp 1w, photos/no.1.webp"' for one in own for w in (960, 480)
        )
        for at, own in enumerate(shown)
    }
    files = {f"photos/p{one}.ab.{width}.webp": b"x" * one for one in range(31) for width in (480, 960)}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(service_worker, "MOST_PICTURES", most)
        patch.setattr(service_worker, "PICTURES_WHOLE", size)
        found = service_worker._pictures(pages, files, lambda path: files.get(path) or pages.get(path, "").encode())
    assert len(found) <= most
    assert sum(len(files[path]) for path in found) <= size
    unique = [list(dict.fromkeys(own)) for own in shown]
    order = dict.fromkeys(own[turn] for turn in range(4) for own in unique if turn < len(own))
    assert list(found) == [f"photos/p{one}.ab.480.webp" for one in order][: len(found)]
    rest = list(order)[len(found) :]
    assert not rest or len(found) == most or sum(list(order)[: len(found) + 1]) > size, "and no fewer"


def edition(folder: Path) -> tuple[str, dict[str, str]]:
    """What names a version, and the digests of its parts."""
    told = json.loads((folder / "data" / "edition.json").read_text(encoding="utf-8"))
    return told["edition"], told["parts"]


def test_a_change_in_any_page_is_another_edition_and_the_same_site_is_the_same(tmp_path: Path) -> None:
    root = world(tmp_path / "root")
    first = edition(site(root, tmp_path / "out"))
    assert edition(site(root, tmp_path / "again")) == first
    story = root / "brands" / "he-hua.yml"
    story.write_text(story.read_text(encoding="utf-8").replace("一个虚构的品牌", "一个改过的品牌"), encoding="utf-8")
    second = edition(site(root, tmp_path / "out"))
    assert (second[0] != first[0], second[1]) == (True, first[1])


def test_a_page_names_the_version_of_itself(tmp_path: Path) -> None:
    folder = site(WORLD, tmp_path / "out")
    named = re.compile(rb' data-version="([^"]*)"')
    for path in sorted(folder.rglob("*.html")):
        content = path.read_bytes()
        if b" data-site=" in content and path.name != "404.html":  # which is shown at addresses that are none of its own
            found = named.search(content)
            assert found, path
            rest = content[: found.start()] + content[found.end() :]
            assert found[1].decode() == version_of(integrity(rest)), path


def test_switched_off_nothing_is_kept_and_pages_do_not_ask(tmp_path: Path) -> None:
    folder = site(world(tmp_path / "off", ("title:", "offline: 否\ntitle:")), tmp_path / "out")
    script = (folder / "sw.js").read_text(encoding="utf-8")
    assert "unregister" in script
    assert "__HAITANG_PRECACHE" not in script
    assert not (folder / "offline.html").exists()
    for path in folder.rglob("*.html"):
        assert "data-offline" not in path.read_text(encoding="utf-8"), path


def test_serving_keeps_nothing(tmp_path: Path) -> None:
    """What an editor is writing must be seen at once."""
    own = inputs(WORLD)
    builder = Builder(type(own)(own.project, own.root, own.site_src, own.bundle, own.engine, offline=False))
    worlds.publish(WORLD, tmp_path / "out", builder=builder)
    assert "data-offline" not in (tmp_path / "out" / "site" / "index.html").read_text(encoding="utf-8")


def test_the_manifest_names_icons_that_are_there(tmp_path: Path) -> None:
    folder = site(WORLD, tmp_path / "out")
    manifest = json.loads((folder / "manifest.webmanifest").read_text(encoding="utf-8"))
    assert (folder / manifest["start_url"]).is_file()
    for icon in manifest["icons"]:
        content = (folder / icon["src"]).read_bytes()
        side = int.from_bytes(content[16:20], "big"), int.from_bytes(content[20:24], "big")
        assert "{}x{}".format(*side) == icon["sizes"]
    assert {"any", "maskable"} == {icon["purpose"] for icon in manifest["icons"]}


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("index.html", True),
        ("positions/index.html", False),
        ("assets/haitang.css", True),
        ("assets/licences.txt", False),
        ("data/places.js", True),
        ("data/positions.geojson", False),
        ("data/v1/directory.json", False),
        ("photos/a.jpg", False),
        ("sitemap.xml", False),
    ],
)
def test_is_kept(path: str, expected: bool) -> None:
    assert is_kept(path) is expected


def test_an_edit_leaves_lists_without_the_place_as_they_are(tmp_path: Path) -> None:
    """No page names data by what is in it but those that change with the data anyway."""
    root = world(tmp_path / "root")
    before = worlds.tree(site(root, tmp_path / "out").resolve())
    entry = root / "positions" / "lantian" / "gong-yuan.yml"
    entry.write_text(entry.read_text(encoding="utf-8") + "community: 改过的社区\n", encoding="utf-8")
    after = worlds.tree(site(root, tmp_path / "out").resolve())
    changed = {path for path, content in after.items() if content != before.get(path)}
    assert {"data/facts.js", "data/files.js", "index.html", "map.html", "positions/gong-yuan.html"} <= changed
    assert not [
        path for path in changed if path.startswith(("towns/hecheng", "brands/", "routes/", "activities/", "tiers/centre"))
    ]
