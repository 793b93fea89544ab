"""The pictures that stand for pages in chats: small, of whatever a name may be, and drawn anew only where something changed."""

import io
import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest
from PIL import Image, ImageFont

from haitang.media import share_pictures
from haitang.media.share_pictures import HEIGHT, KEPT, MOST_BYTES, WIDTH, Motif, outlines, picture
from haitang.site.build import Builder
from haitang.site.linked import share
from tests.hostile.strings import visible
from tests.worlds import WORLD, inputs, publish, tree

PLAIN = Motif("样例镇", "样例名录", "这里有 3 处地方", "#fffbf8", "#7d1128", "#6f6266", ())
IMAGE = re.compile(
    r'<meta property="og:image" content="https://example.org/yangli/([^"]+)"><meta itemprop="image" content="[^"]*\1">'
)


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The small world in three languages, not in git."""
    data = Path(shutil.copytree(WORLD, tmp_path_factory.mktemp("share") / "data"))
    with (data / "directory.yml").open("a", encoding="utf-8") as file:
        file.write("languages:\n  - zh-CN\n  - zh-TW\n  - en\n")
    return data


@pytest.fixture(scope="module")
def site(root: Path) -> dict[str, bytes]:
    publish(root, root.parent / "out")
    return tree((root.parent / "out/site").resolve())


def test_every_page_has_a_picture_that_is_there(site: dict[str, bytes]) -> None:
    pages = {path: html.decode() for path, html in site.items() if path.endswith(".html") and "404" not in path}
    found = {path: IMAGE.findall(html) for path, html in pages.items()}
    for path, images in found.items():
        assert len(images) == 1 and images[0] in site, path
    assert found["index.html"] == ["share/index.png"] and found["en/index.html"] == ["en/share/index.png"]
    assert found["towns/hecheng.html"] == ["share/hecheng.png"]
    assert found["en/brands/he-hua.html"] == ["en/share/brands/he-hua.png"]
    assert found["zh-TW/positions/xiao-qu.html"] == ["zh-TW/share/hecheng.png"]  # without a photo, its town's
    assert re.fullmatch(r"photos/he-cheng-1\.\w+\.960\.jpg", found["en/positions/he-cheng.html"][0])
    assert found["needs/chong-dian.html"] == ["share/needs/chong-dian.png"]


def test_heads_say_what_chats_ask_for(site: dict[str, bytes]) -> None:
    home, place = site["index.html"].decode(), site["positions/he-cheng.html"].decode()
    assert '<meta property="og:url" content="https://example.org/yangli/index.html">' in home
    assert '<meta name="twitter:card" content="summary_large_image">' in home
    assert '<link rel="canonical" href="https://example.org/yangli/positions/he-cheng.html">' in place
    for html in (home, place):
        assert (
            html.count('property="og:title"') == html.count('property="og:description"') == html.count('rel="canonical"') == 1
        )


def test_each_is_small_and_of_its_size(site: dict[str, bytes]) -> None:
    pictures = {path: content for path, content in site.items() if "share/" in path}
    assert len(pictures) % 3 == 0 and len(pictures) > 20
    for path, content in pictures.items():
        assert len(content) <= MOST_BYTES, path
        assert Image.open(io.BytesIO(content)).size == (WIDTH, HEIGHT)
    assert len(set(pictures.values())) > len(pictures) * 2 // 3  # each language says it in its words


def test_without_an_address_none_is_made(tmp_path: Path) -> None:
    data = Path(shutil.copytree(WORLD, tmp_path / "data"))
    settings = data / "directory.yml"
    settings.write_text(re.sub(r"(?m)^base_url:.*\n", "", settings.read_text("utf-8")), "utf-8")
    publish(data, tmp_path / "out")
    site = tree((tmp_path / "out/site").resolve())
    assert not [path for path in site if path.startswith("share/")]
    assert b"og:image" not in site["index.html"] and b"og:url" not in site["index.html"]


def test_only_what_changed_is_drawn_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    data, drawn = Path(shutil.copytree(WORLD, tmp_path / "data")), list[str]()

    def draw(_: Path, motif: Motif) -> bytes:
        drawn.append(motif.name)
        return b""

    builder = Builder(inputs(data))
    publish(data, tmp_path / "out", builder=builder)
    monkeypatch.setattr(share, "picture", draw)
    file = data / "positions/qingshan/qing-shan.yml"
    file.write_text(re.sub(r"(?m)^name: .*$", "name: 青山", file.read_text("utf-8")), "utf-8")
    publish(data, tmp_path / "out", builder=builder)
    assert drawn == []
    more = data / "positions/qingshan/zai.yml"
    more.write_text("id: zai\nname: 又一处\ntown: qingshan\nsources:\n  - title: 虚构的报道\n", encoding="utf-8")
    publish(data, tmp_path / "out", builder=builder)
    assert sorted(drawn) == ["样例阵地", "青山镇（青山高新区）"]  # which say how many there are


def test_a_picture_is_kept_and_a_damaged_one_made_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    project = tmp_path
    first = picture(project, PLAIN)
    (note,) = (project / KEPT).iterdir()
    note.write_bytes(note.read_bytes()[:-1] + b"?")
    assert picture(project, PLAIN) == first
    monkeypatch.setattr(share_pictures, "_drawn", lambda *_: b"another")
    assert picture(project, PLAIN) == first
    assert picture(project, replace(PLAIN, name="另一个")) == b"another"


def test_no_font_of_the_machine_is_asked_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = list[object]()
    real = ImageFont.truetype

    def truetype(font: object, *rest: object, **more: object) -> object:
        asked.append(font)
        return real(font, *rest, **more)  # type: ignore[arg-type]

    monkeypatch.setattr(ImageFont, "truetype", truetype)
    monkeypatch.setattr(share_pictures, "_font", share_pictures._font.__wrapped__)
    picture(tmp_path, replace(PLAIN, name="没有画过的字：龘"))
    assert asked and all(isinstance(each, io.BytesIO) for each in asked)


@pytest.mark.parametrize(
    "name", ["", " ", "x" * 400, "很长" * 200, "（" * 90, "𠮷野家", "ภาษาไทย", "العربية", "a b " * 100,
     "\n\u200d", "👩‍👩‍👧", "，" * 80]
)  # fmt: skip
def test_any_name_can_be_drawn(name: str, tmp_path: Path) -> None:
    made = picture(tmp_path, replace(PLAIN, name=name, over=name, below=name))
    assert Image.open(io.BytesIO(made)).size == (WIDTH, HEIGHT) and len(made) <= MOST_BYTES


def test_hostile_names_are_only_letters(tmp_path: Path) -> None:
    project = tmp_path
    for name in visible()[::400]:
        assert len(picture(project, replace(PLAIN, name=name))) <= MOST_BYTES


def test_lines_are_as_long_as_their_column_and_break_where_they_may() -> None:
    letters = share_pictures._Letters()
    long = "一个名字特别特别长的用来看看折行会不会出问题的（禾苗小区北门东侧）党群服务点"
    size, lines = letters.fitted(long)
    assert "".join(lines) == long and size == 54 and len(lines) == 4
    assert not [line for line in lines if line[0] in "，）" or line[-1] in "（《"]
    assert max(map(len, lines)) - min(map(len, lines)) <= 3
    assert letters.fitted("玉山镇（昆山高新区）")[1] == ["玉山镇", "（昆山高新区）"]
    _, words = letters.fitted("Seacroft community hub and reading room")
    assert " ".join(words) == "Seacroft community hub and reading room"
    assert letters.fitted("很长" * 200)[1][-1].endswith("…")


def test_paths_are_followed() -> None:
    (points,) = outlines("M0 0L10 0V10H0z")
    assert points == [(0, 0), (10, 0), (10, 10), (0, 10)]
    assert [len(each) for each in outlines("M0 0C1 1 2 2 3 3M5-5S6 6 7-7")] == [13, 13]


def test_every_look_has_its_flower() -> None:
    for look in ("centre", "station", "point", "other", "unknown", "circle-01", "circle-12"):
        flowers = share._spray([look], ("#9e1b32", "#db5a6b"))
        assert len(flowers) == 6 and all(each.shapes for each in flowers)
