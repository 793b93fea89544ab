"""A small world and every byte published from it. After a wanted change: `build.py test tests/test_golden.py --bless`."""

import re
import shutil
from pathlib import Path

import pytest

from haitang.site.build import Builder
from haitang.site.theme import Engine
from tests.worlds import CODE, PROJECT, WORLD, inputs, publish, tree

PUBLISHED = PROJECT / "tests" / "golden" / "published"


@pytest.fixture(autouse=True)
def dated(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1577923200")  # 2020-01-02


def own(site: Path) -> dict[str, bytes]:
    """What comes from the data and the templates; styles, scripts and the theme's files are their own sources, schemas have
    tests of their own, and sw.js, edition.json, pages.json, files.js and the release's sums are made of the others. Photos and
    the pictures that are sent with an address are held by their names, which stand in the pages and hold a digest of what they
    are made of: codecs' bytes could differ between platforms."""
    made_of_others = ("sw.js", "data/edition.json", "data/pages.json", "data/files.js", "data/v1/SHA256SUMS")
    sources = ("assets/", "photos/", "share/", "schema/", "data/v1/schema/", *made_of_others, *CODE)
    return {path: unversioned(content) for path, content in tree(site).items() if not path.startswith(sources)}


def unversioned(content: bytes) -> bytes:
    """Without the digests of styles, scripts and data by which a page names them, and that of itself (test_service_worker.py
    holds those)."""
    content = re.sub(rb'(?<= data-files=")[^"]*| data-version="[^"]*"', b"", content)
    return re.sub(rb"(?<=\?v=)[\w-]{16}", b"", content)


def test_every_published_byte(tmp_path: Path, bless: bool) -> None:
    publish(WORLD, tmp_path)
    made = own(tmp_path / "site")
    if bless:
        shutil.rmtree(PUBLISHED, ignore_errors=True)
        for path, content in made.items():
            (PUBLISHED / path).parent.mkdir(parents=True, exist_ok=True)
            (PUBLISHED / path).write_bytes(content)
    blessed = tree(PUBLISHED)
    assert sorted(made) == sorted(blessed)
    for path, content in made.items():
        assert content.decode() == blessed[path].decode(), f"{path} changed; if that is meant: --bless"


def test_photos_are_those_the_pages_name(tmp_path: Path) -> None:
    publish(WORLD, tmp_path)
    pages = "".join(path.read_text(encoding="utf-8") for path in (tmp_path / "site").rglob("*.html"))
    made = {path for path in tree(tmp_path / "site") if path.startswith("photos/")}
    assert made == set(re.findall(r"photos/[\w.-]+\.(?:avif|jpg|webp)", pages))
    assert len(made) == 20


def body(html: bytes) -> str:
    """What we hang into the frame, without what an engine puts around it."""
    text = html.decode()
    return text[text.index('<main id="main"') : text.index("</main>")]


def test_both_engines_make_the_same_bodies(tmp_path: Path) -> None:
    engines: tuple[Engine, Engine] = ("mkdocs", "zensical")
    sites = []
    for engine in engines:
        publish(WORLD, tmp_path / engine, engine)
        sites.append(own(tmp_path / engine / "site"))
    assert sorted(sites[0]) == sorted(sites[1])
    for path, content in sites[0].items():
        if path == "404.html" or not path.endswith(".html"):
            assert content == sites[1][path], path
        elif path != "about.html":
            assert body(content) == body(sites[1][path]), path


def test_hostile_text_is_only_text(tmp_path: Path) -> None:
    """The golden world holds a script, quotes, a Jinja expression and a javascript: link; none of them is one any more."""
    publish(WORLD, tmp_path)
    page = (tmp_path / "site" / "positions" / "he-cheng.html").read_text(encoding="utf-8")
    assert "<script>alert" not in page
    assert "&lt;script&gt;alert(1)&lt;/script&gt;" in page
    assert "{{ 7*7 }}" in page
    assert 'href="javascript:' not in page
    assert "<b>标签" not in page
    route = (tmp_path / "site" / "routes" / "he-xian.html").read_text(encoding="utf-8")
    assert "<script>alert" not in route
    assert "&lt;script&gt;alert(2)&lt;/script&gt;" in route
    assert "{{ 7*7 }}" in route
    assert "&lt;b&gt;&#34;慢走&#34;&lt;/b&gt;" in route
    assert "<b>" not in (tmp_path / "site" / "data" / "routes.js").read_text(encoding="utf-8")


def test_a_rebuild_without_change_writes_nothing(tmp_path: Path) -> None:
    builder = Builder(inputs(WORLD))
    first = publish(WORLD, tmp_path, builder=builder)
    again = publish(WORLD, tmp_path, builder=builder)
    assert first.switched
    assert first.written == first.files
    assert not again.switched
    assert again.written == 0


def test_a_rebuild_writes_only_what_changed(tmp_path: Path) -> None:
    root = tmp_path / "root"
    shutil.copytree(WORLD, root)
    builder = Builder(inputs(root))
    publish(root, tmp_path / "out", builder=builder)
    old = (tmp_path / "out" / "site").resolve()
    path = root / "positions" / "qingshan" / "qing-shan.yml"
    path.write_text(path.read_text(encoding="utf-8") + "phone: 0512-00000009\n", encoding="utf-8")
    report = publish(root, tmp_path / "out", builder=builder)
    new = (tmp_path / "out" / "site").resolve()
    changed = {name for name, content in tree(new).items() if tree(old)[name] != content}
    assert "positions/qing-shan.html" in changed
    assert "positions/gong-yuan.html" not in changed
    assert report.written == len(changed)
    assert (new / "positions" / "gong-yuan.html").samefile(old / "positions" / "gong-yuan.html")
