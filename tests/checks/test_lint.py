"""Advice: what the tables in tests/mistakes cannot hold (pictures), and what nobody must be told."""

import io
import shutil
import struct
import zlib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from haitang.checks.lint.similar_names import heart_of
from haitang.checks.load import load
from haitang.core.problem_codes import CODES
from haitang.media.metadata import REFUSED, Hidden, Unreadable, bare, hidden_data, without_hidden_data
from haitang.model.divisions.home import Usual
from haitang.model.messages import LANGUAGES, words
from tests.conftest import TODAY, problems_of, readable
from tests.worlds import PROJECT

FIRST = "positions/lujia/qifa-guangchang.yml"
KINDS = ("JPEG", "PNG", "WEBP")
PLACE = {1: "N", 2: (31.0, 18.0, 11.0), 3: "E", 4: (121.0, 0.0, 36.0)}


def picture(kind: str = "JPEG", size: tuple[int, int] = (480, 320), seed: int = 40, **options: Any) -> bytes:
    stream = io.BytesIO()
    Image.linear_gradient("L").resize(size).convert("RGB").point(lambda value: (value + seed) % 256).save(
        stream, kind, **options
    )
    return stream.getvalue()


def exif(notes: Mapping[int, Any] = {}, camera: Mapping[int, Any] = {}, place: Mapping[int, Any] = {}) -> Image.Exif:
    block = Image.Exif()
    for tag, value in {0x010F: "Apple", **notes}.items():  # one without such a note is not written into a PNG
        block[tag] = value
    block.get_ifd(0x8769).update(camera)
    block.get_ifd(0x8825).update(place)
    return block


def iptc(number: int, text: bytes) -> bytes:
    note = b"\x1c\x02" + bytes([number]) + struct.pack(">H", len(text)) + text
    block = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(note)) + note
    return b"\xff\xed" + struct.pack(">H", len(block) + 2) + block


def xmp(inside: str) -> bytes:
    return f'<x:xmpmeta xmlns:x="adobe:ns:meta/"><rdf:Description {inside}/></x:xmpmeta>'.encode()


TELLING: list[tuple[Image.Exif, Hidden]] = [
    (exif(place=PLACE), "place"),
    (exif(camera={0xA431: "0123456789"}), "serial"),
    (exif(camera={0xA435: "L-99"}), "serial"),
    (exif(notes={0x013B: "某人"}), "person"),
    (exif(camera={0xA430: "owner"}), "person"),
    (exif(camera={0x927C: b"Apple iOS\0\0\1MM\0\1"}), "maker"),
]


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(("block", "told"), TELLING)
def test_exif_is_read(kind: str, block: Image.Exif, told: Hidden) -> None:
    assert hidden_data(picture(kind, exif=block)) == {told}


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize(
    ("inside", "told"),
    [
        ('exif:GPSLatitude="31,18.2N"', "place"),
        ('photoshop:City="昆山"', "place"),
        ('aux:SerialNumber="77"', "serial"),
        ('dc:creator="某人"', "person"),
        ('Iptc4xmpExt:PersonInImage="某人"', "person"),
    ],
)
def test_xmp_is_read(kind: str, inside: str, told: Hidden) -> None:
    if kind == "PNG":
        text = b"XML:com.adobe.xmp\0\1\0\0\0" + zlib.compress(xmp(inside))
        chunk = struct.pack(">I", len(text)) + b"iTXt" + text + struct.pack(">I", zlib.crc32(b"iTXt" + text))
        plain = picture("PNG")
        content = plain[:33] + chunk + plain[33:]
    else:
        content = picture(kind, xmp=xmp(inside))
    assert hidden_data(content) == {told}
    assert hidden_data(bare(content)) == frozenset()


@pytest.mark.parametrize(("number", "told"), [(80, "person"), (92, "place"), (118, "person")])
def test_iptc_is_read(number: int, told: Hidden) -> None:
    plain = picture()
    content = plain[:2] + iptc(number, b"Kunshan") + plain[2:]
    assert hidden_data(content) == {told}
    assert hidden_data(bare(content)) == frozenset()


def test_a_second_picture_and_a_film_behind_the_first_are_seen() -> None:
    both = picture() + picture(exif=exif(place=PLACE)) + b"\0\0\0\x18ftypmp42"
    assert hidden_data(both) == {"place", "video"}
    assert bare(both) == bare(picture())


@pytest.mark.parametrize("kind", KINDS)
def test_what_says_nothing_of_anybody_is_let_be(kind: str) -> None:
    """Make, model, time, a blank owner, a part for places that names none."""
    block = exif({0x0110: "iPhone", 0x013B: "   "}, {0x9003: "2026:11-20"}, {0: b"\2\3\0\0", 29: "2026:11:20"})
    assert hidden_data(picture(kind, exif=block)) == frozenset()
    assert hidden_data(picture(kind)) == frozenset()


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", KINDS)
def test_without_its_notes_a_picture_is_the_same(kind: str, turn: int, tmp_path: Path) -> None:
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()
    block = exif({0x0112: turn, 0x013B: "某人"}, {0xA431: "1"}, PLACE)
    more: dict[str, Any] = {"progressive": True, "comment": b"secret"} if kind == "JPEG" else {}
    content = picture(kind, exif=block, icc_profile=profile, **more)
    (tmp_path / "a.jpg").write_bytes(content)
    cured = without_hidden_data(tmp_path / "a.jpg")
    before, after = Image.open(io.BytesIO(content)), Image.open(io.BytesIO(cured))
    assert after.tobytes() == before.tobytes()
    assert after.info["icc_profile"] == profile
    assert dict(after.getexif()) == ({0x0112: turn} if turn != 1 else {})
    assert hidden_data(cured) == frozenset() and b"secret" not in cured
    assert bare(cured) == cured


@pytest.mark.parametrize(
    "content",
    [b"", b"GIF89a", picture()[:200], picture("PNG")[:-9], picture("WEBP")[:-9], b"\xff\xd8" + b"\xff\xe0\0\0" * 100_000],
    ids=["empty", "gif", "jpeg", "png", "webp", "segments"],
)
def test_what_is_not_whole_is_not_cured(content: bytes) -> None:
    hidden_data(content)
    with pytest.raises(Unreadable):
        bare(content)


@pytest.mark.parametrize("at", range(6, 60, 3))
def test_spoiled_notes_do_no_harm(at: int) -> None:
    content = bytearray(picture(exif=exif({0x013B: "x"}, {0xA431: "1"}, PLACE)))
    content[at : at + 2] = b"\xff\xff"
    hidden_data(bytes(content))


REFUSED_AS = {"place": "photo-tells-place", "serial": "photo-tells-serial", "person": "photo-tells-person"}


@pytest.mark.parametrize(("block", "told"), [pair for pair in TELLING if pair[1] in REFUSED])
def test_a_picture_that_tells_is_refused_also_by_a_build(root: Path, block: Image.Exif, told: Hidden) -> None:
    (root / "photos/qifa-01.png").write_bytes(picture("PNG", exif=block))
    problems = problems_of(root)
    assert {(problem.place.file, problem.place.line, problem.code) for problem in problems} == {
        (FIRST, 39, REFUSED_AS[told]),
        (FIRST, 49, REFUSED_AS[told]),
    }
    assert all("check --fix" in readable(problem) for problem in problems)
    (root / "photos/qifa-01.png").write_bytes(without_hidden_data(root / "photos/qifa-01.png"))
    assert problems_of(root) == ()


def told_of(root: Path, files: Mapping[str, bytes]) -> list[tuple[str, int, str]]:
    for name, content in files.items():
        (root / "photos" / name).write_bytes(content)
    problems = problems_of(root)
    for problem in problems:
        readable(problem, "qifa-01.png hongfushi.png spare.jpg logo.svg old.heic HEIC")
    return [(problem.place.file, problem.place.line, problem.code) for problem in problems]


def heic() -> bytes:
    return b"\0\0\0\x18ftypheic" + bytes(40)


LIES_THERE: list[tuple[dict[str, bytes], list[tuple[str, int, str]]]] = [
    ({"spare.jpg": picture(seed=7)}, [("photos/spare.jpg", 1, "photo-unused")]),
    ({"spare.jpg": picture(exif=exif(place=PLACE))}, [("photos/spare.jpg", 1, "photo-unused-tells")]),
    ({"logo.svg": b"<svg/>"}, [("photos/logo.svg", 1, "photo-other-kind")]),
    ({"old.heic": heic()}, [("photos/old.heic", 1, "photo-other-kind")]),
    ({"qifa-01.png": heic()}, [(FIRST, 39, "photo-heic-renamed"), (FIRST, 49, "photo-heic-renamed")]),
    ({"qifa-01.png": picture(size=(390, 200))}, [(FIRST, 49, "photo-small")]),
    ({"qifa-01.png": picture() + b"\0\0\0\x18ftypmp42"}, [(FIRST, 49, "photo-filmed")]),
    ({"qifa-01.png": picture(exif=exif(camera={0x927C: b"Apple iOS"}))}, [(FIRST, 49, "photo-maker-notes")]),
    ({name: picture("PNG") for name in ("qifa-01.png", "hongfushi.png")}, [(FIRST, 49, "photo-twice")]),
]


@pytest.mark.parametrize(("files", "told"), LIES_THERE)
def test_pictures_in_the_folder(root: Path, files: dict[str, bytes], told: list[tuple[str, int, str]]) -> None:
    assert told_of(root, files) == told


def test_pictures_of_a_file_that_cannot_be_read_are_not_unused(root: Path) -> None:
    (root / FIRST).write_text("id: [", "utf-8")
    assert not {code for _, _, code in told_of(root, {})} & {"photo-unused"}


def place(own_id: str, name: str, town: str = "lujia", **more: str) -> str:
    fields = {"id": own_id, "name": name, "town": town, **more}
    return "".join(f"{field}: {value}\n" for field, value in fields.items()) + "sources:\n  - title: 报道\n"


def point(lon: float, lat: float, crs: str = "wgs84", precision: str = "exact") -> str:
    return f"\n  lon: {lon}\n  lat: {lat}\n  crs: {crs}\n  precision: {precision}"


# Pairs that belong together, or are neighbours, and that nobody must be asked about.
NEIGHBOURS: dict[str, tuple[str, ...]] = {
    "镇和社区": (place("x", "陆家社区党群服务站", tier="station"), place("y", "陆家村党群服务点", tier="point")),
    "编号不同": tuple(place(f"p-{at}", f"车塘第{n}小区党群服务点") for at, n in enumerate("一二三")),
    "数字不同": tuple(place(f"p-{n}", f"车塘花园{n}号楼党群服务点") for n in (1, 2, 12)),
    "方位不同": tuple(place(f"p-{n}", f"车塘花园{way}区党群服务点") for n, way in enumerate(("东", "西", "南", "北"))),
    "新旧不同": (place("x", "车塘花园新村党群服务点"), place("y", "车塘花园村党群服务点")),
    "差一个字": (place("x", "青春花园党群服务站"), place("y", "青秀花园党群服务站")),
    "各镇都有": (place("x", "幸福社区党群服务站"), place("y", "幸福社区党群服务站", "huaqiao")),
    "上级和下级": (
        place("x", "车塘社区党群服务站", tier="station"),
        place("y", "车塘社区党群服务点", tier="point", parent="x"),
    ),
    "接替": (
        place("x", "车塘社区党群服务站"),
        place("y", "车塘社区党群驿站", status="merged", successor="x"),
    ),
    "已撤销": (place("x", "车塘社区党群服务站"), place("y", "车塘社区党群驿站", status="closed")),
    "一个单位两处": (
        place("x", "车塘社区党群服务站", host="车塘社区党委", phone="0512-57621056"),
        place("y", "枫塘花园党群服务点", host="车塘社区党委", phone="0512-57621056"),
    ),
    "同一座楼": (
        place("x", "车塘社区党群服务站", address="车塘路 5 号", location=point(121.0531, 31.3213)),
        place("y", "枫塘花园党群服务点", address="车塘路 5 号", location=point(121.0531, 31.3213)),
    ),
    "只知道镇": (
        place("x", "车塘社区党群服务站", location=point(121.05, 31.32, precision="town")),
        place("y", "枫塘花园党群服务点", location=point(121.05, 31.32, precision="town")),
    ),
    "两家地图都写对了": (
        place("x", "车塘社区党群服务站", community="车塘社区", location=point(121.0531, 31.3213)),
        place("y", "枫塘花园党群服务点", community="车塘社区", location=point(121.05764, 31.31943, "gcj02")),
    ),
    "全国热线": (
        place("x", "车塘社区党群服务站", phone="400-820-1234"),
        place("y", "枫塘花园党群服务点", phone="400-820-1234"),
    ),
    "周末两小时": (place("x", "车塘社区党群服务站", hours="每周六 14:00-16:00"),),
    "五点开门": (place("x", "车塘社区党群服务站", hours="每天 05:00-09:00"),),
    "开十六小时": (place("x", "车塘社区党群服务站", hours="每天 06:00-22:00"),),
    "整天开放": (place("x", "车塘社区党群服务站", hours="24小时"),),
    "三段开放": (place("x", "车塘社区党群服务站", hours="每天 08:00-10:00, 13:00-14:00, 19:00-21:00"),),
    "中文域名": (place("x", "车塘社区党群服务站") + "    url: https://xn--55qx5d.xn--fiqs8s/a.html\n",),
    "公众号文章": (place("x", "车塘社区党群服务站") + "    url: https://mp.weixin.qq.com/s?__biz=MzA&mid=26&idx=1&sn=9f\n",),
    "页面靠 from 找到": (place("x", "车塘社区党群服务站") + "    url: https://www.example.org/a?from=2018\n",),
    "只有 http 的政府网站": (place("x", "车塘社区党群服务站") + "    url: http://www.suzhou.gov.cn/a.shtml\n",),
    "地址是路名": (place("x", "车塘社区党群服务站", address="花桥路 5 号"),),
    "地址带省市": (place("x", "车塘社区党群服务站", address="江苏省昆山市陆家镇车塘路 5 号"),),
    "本单位的电话也在文中": (
        place("x", "车塘社区党群服务站", phone="0512-57621056", story="请打 0512-57621056[^1]"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("title", NEIGHBOURS)
def test_neighbours_are_left_alone(title: str, root: Path) -> None:
    for number, text in enumerate(NEIGHBOURS[title]):
        own_id, town = (
            next(line.partition(": ")[2] for line in text.split("\n") if line.startswith(key)) for key in ("id", "town")
        )
        folder = root / "positions" / town
        folder.mkdir(exist_ok=True)
        (folder / f"{own_id}.yml").write_text(text, "utf-8")
        assert number < 10
    assert [readable(problem, "url https") for problem in problems_of(root)] == []


@pytest.mark.parametrize(
    ("name", "heart"),
    [
        ("启发广场党群服务点", "启发广场"),
        ("昆山市 启发广场“海棠花红”先锋阵地", "启发广场"),
        ("启发广场（红色驿站）", "启发广场"),
        ("车塘二村党群服务站", "车塘2村"),
        ("党群服务中心", ""),
    ],
)
def test_the_heart_of_a_name(name: str, heart: str) -> None:
    usual = Usual(("江苏省", "苏州市", "昆山市"), ("海棠花红", "先锋阵地"))
    assert heart_of(name, usual) == heart


@pytest.mark.live
def test_real_places_alarm_nobody() -> None:
    """The directory of this repository: what is doubted there must be mended or looked at."""
    assert load(PROJECT, today=TODAY, advised=True).remarks == ()


def test_a_build_asks_for_no_advice(root: Path) -> None:
    (root / "photos/spare.jpg").write_bytes(picture(seed=9))
    assert load(root, today=TODAY).remarks == ()
    assert [problem.level for problem in load(root, today=TODAY, advised=True).remarks] == ["hint"]


def test_a_cure_stands_on_its_line(root: Path) -> None:
    """Whoever applies cures replaces `wrong` by `guess` on the line that is told, one after the other."""
    url = "http://mp.weixin.qq.com/s/AbC?from=timeline&id=3"
    text = (root / FIRST).read_text("utf-8").replace("https://www.example.org/qifa", url)
    (root / FIRST).write_text(text, "utf-8")
    problems = problems_of(root)
    assert {problem.code for problem in problems} == {"link-not-secure", "link-traced"}
    assert {CODES[problem.code].fix for problem in problems} == {"text"}
    line = text.split("\n")[problems[0].place.line - 1]
    for problem in problems:
        wrong, guess = str(problem.values["wrong"]), str(problem.values["guess"])
        assert line.count(wrong) == 1
        line = line.replace(wrong, guess)
    assert line.strip() == "url: https://mp.weixin.qq.com/s/AbC?id=3"
    (root / FIRST).write_text(text.replace(url, line.strip().removeprefix("url: ")), "utf-8")
    assert problems_of(root) == ()


def test_errors_that_are_cured_in_the_text() -> None:
    curable = [code for code, row in CODES.items() if row.fix == "text" and row.level == "error"]
    assert [code for code in curable if CODES[code].chapter != "marks"] == (
        "bad-start after-quote needs-list unknown-value bad-number full-width-number number-with-unit number-with-comma "
        "bad-date bad-day bad-phone bad-phone-abroad bad-url bad-id"
    ).split()


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_fix_takes_out_of_pictures_says_so(language: str) -> None:
    sentences = words(language).tree["problems"]
    assert {code for code in sentences if "check --fix" in sentences[code] and code.startswith(("photo-", "video-"))} == {
        code for code, row in CODES.items() if row.fix == "photo"
    }


def test_many_with_one_name_are_a_pattern(root: Path) -> None:
    """A name that a dozen bear is no slip; and it costs no pairs."""
    shutil.rmtree(root / "positions/huaqiao")
    for number in range(40):
        text = place(f"n{number}", f"枫塘{'、。，；：！？'[number % 7]}{'·' * (number // 7)}苑", host="某集团")
        (root / f"positions/lujia/n{number}.yml").write_text(text, "utf-8")
    codes = {problem.code for problem in problems_of(root)}
    assert "likely-twice" not in codes and "maybe-twice" not in codes
