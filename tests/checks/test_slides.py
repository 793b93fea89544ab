"""The halls' own slides: what is in their pictures and films, what lies beside them, and that what passes is shown. What is
written in them: tests/mistakes/slides.txt."""

import os
import re
from pathlib import Path
from types import SimpleNamespace
from typing import cast

import pytest

from haitang.checks.load import inspect, load
from haitang.checks.slides import MOST
from haitang.cli.main import main
from haitang.data.loader import Snapshot
from haitang.data.revision import OLDEST
from haitang.kiosk.build import Made, Stock
from haitang.kiosk.pages import Written
from haitang.kiosk.slides import OwnSlide
from haitang.media.image_store import Album
from haitang.media.videos import MOST_BYTES, MOST_SECONDS
from haitang.model.imprint import Hall, Slide
from haitang.site.templates import Markup
from tests.checks.test_lint import PLACE, exif, picture
from tests.conftest import TODAY, problems_of, readable, spots
from tests.films import box, element, mp4, place, webm
from tests.worlds import PROJECT

FOLDER = "halls/kunshan-hall/slides"
SLIDE = f"{FOLDER}/yizhen.yml"


def put(root: Path, files: dict[str, bytes], text: str = "") -> None:
    (root / FOLDER).mkdir(parents=True)
    for name, content in files.items():
        (root / FOLDER / name).write_bytes(content)
    if text:
        (root / SLIDE).write_text(text, "utf-8")


SOUND = """title: 周六义诊
title_en: Doctors on Saturday
text: 上午九点到十一点，一楼大厅。
photo: yizhen.jpg
video: yizhen.webm
alt: 医生在给老人量血压
from: 2026-12-01
until: 2026-12
hours: 09:00-17:00
seconds: 12
"""


def test_a_sound_slide_with_all_it_may_have(root: Path) -> None:
    put(root, {"yizhen.jpg": picture(), "yizhen.webm": webm()}, SOUND)
    assert problems_of(root) == ()


GPS = exif(place=PLACE).tobytes()
FILES = {
    "picture that is none": ("photo", b"GIF89a" + bytes(40), "photo-no-picture"),
    "picture that was cut": ("photo", picture()[:400], "photo-broken"),
    "picture that tells its place": ("photo", picture(exif=GPS), "photo-tells-place"),
    "picture too large": ("photo", picture() + bytes(11 << 20), "photo-too-large"),
    "film that is none": ("video", b"#!/bin/sh\n" + bytes(100), "video-unfit"),
    "film that was cut": ("video", webm()[:-40], "video-unfit"),
    "film that is a picture": ("video", picture(), "video-unfit"),
    "film too long": ("video", webm(1, told=61), "video-unfit"),
    "film too wide": ("video", mp4(1, (3840, 2160)), "video-unfit"),
    "film too heavy": ("video", webm() + element("ec", bytes(11 << 20)), "video-unfit"),
    "film that tells its place": ("video", mp4(1, notes=place()), "video-unfit"),
    "film that tells its place behind all else": ("video", mp4(1) + place(), "video-unfit"),
    "film that tells its place in XMP": ("video", mp4(1) + box("uuid", b"<x exif:GPSLatitude='31,18N'/>"), "video-unfit"),
    "film with a broken head before the whole one": ("video", mp4(1, heads=box("moov", b"\0\0\0\3")), "video-unfit"),
}


@pytest.mark.parametrize("name", FILES)
def test_files_are_told_by_what_is_in_them(root: Path, name: str) -> None:
    field, content, code = FILES[name]
    file = "a.jpg" if field == "photo" else "a.mp4"
    put(root, {file: content}, f"{field}: {file}\nalt: 医生在给老人量血压\n")
    problems = problems_of(root, advised=False)
    assert spots(problems) == [(SLIDE, 1, code)]
    assert file in readable(problems[0], file)


def test_a_name_says_nothing_of_what_is_inside(root: Path) -> None:
    put(root, {"a.mp4": webm(), "a.png": picture()}, "video: a.mp4\nphoto: a.png\nalt: 医生在给老人量血压\n")
    assert problems_of(root) == ()


def test_a_film_is_no_picture_and_a_picture_no_film(root: Path) -> None:
    put(root, {"a.mp4": webm(), "a.png": picture()}, "video: a.png\nalt: 医生在给老人量血压\n")
    assert ("slide-media", SLIDE) in {(each.code, each.place.file) for each in problems_of(root)}


def test_links_are_never_followed(root: Path, tmp_path: Path) -> None:
    put(root, {}, "title: 周六义诊\nphoto: a.png\nalt: 医生在给老人量血压\n")
    (tmp_path / "a.png").write_bytes(picture())
    (root / FOLDER / "a.png").symlink_to(tmp_path / "a.png")
    assert spots(problems_of(root)) == [(f"{FOLDER}/a.png", 1, "not-regular-file"), (SLIDE, 2, "slide-media")]
    (root / "halls").rename(tmp_path / "halls")
    (root / "halls").symlink_to(tmp_path / "halls")
    assert spots(problems_of(root)) == [("halls", 1, "not-regular-file")]
    (root / "halls").unlink()
    (root / FOLDER).mkdir(parents=True)
    os.mkfifo(root / FOLDER / "a.yml")
    assert spots(problems_of(root)) == [(f"{FOLDER}/a.yml", 1, "not-regular-file")]


def test_what_lies_there_in_vain_is_told(root: Path) -> None:
    put(root, {"old.jpg": picture(), "old.webm": webm(), "~$a.docx": b"", ".DS_Store": b""}, "title: 周六义诊\n")
    assert spots(problems_of(root)) == [(f"{FOLDER}/{name}", 1, "slide-stray") for name in ("old.jpg", "old.webm")]
    (root / SLIDE).write_text("titel: 周六义诊\n", "utf-8")  # which may have named them
    assert {each.code for each in problems_of(root)} == {"unknown-field"}


def test_more_than_a_hall_can_show(root: Path) -> None:
    put(root, {f"s{number:02}.yml": f"title: 第 {number} 个\n".encode() for number in range(21)})
    assert spots(problems_of(root)) == [(f"{FOLDER}/s20.yml", 1, "too-many")]


def test_who_builds_the_site_does_not_ask(root: Path) -> None:
    put(root, {}, "from: 2026-12-01\n")
    assert load(root, today=TODAY).slides == ()


def test_what_films_and_pictures_tell_is_taken_out_where_they_lie(
    root: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HAITANG_TODAY", "2026-11-23")
    put(
        root,
        {"a.mp4": mp4(1, notes=place()), "a.jpg": picture(exif=GPS)},
        "video: a.mp4\nphoto: a.jpg\nalt: 医生在给老人量血压\n",
    )
    assert {each.code for each in problems_of(root, advised=False)} == {"video-unfit", "photo-tells-place"}
    main(["check", "--fix", "--root", str(root)])
    assert problems_of(root, advised=False) == ()
    assert "a.mp4: 已去掉照片或录像里藏着的信息" in capsys.readouterr().out


def test_folders_in_folders_without_end(root: Path) -> None:
    deep = root / "halls"
    deep.mkdir()
    home, depth = os.open(".", os.O_RDONLY), 1200
    try:
        os.chdir(deep)
        for _ in range(depth):
            Path("d").mkdir()
            os.chdir("d")
        Path("a.yml").write_text("title: 周六义诊\n", "utf-8")
        os.chdir(root)
        assert [each.code for each in problems_of(root)] == ["slide-stray"]
    finally:
        os.chdir(deep)
        for _ in range(depth):
            os.chdir("d")
        Path("a.yml").unlink()
        for _ in range(depth):
            os.chdir("..")
            Path("d").rmdir()
        os.chdir(home)
        os.close(home)


GUIDE = (PROJECT / "docs" / "halls.md").read_text("utf-8").split("## 展厅自己的画面\n", 1)[1].split("\n## ", 1)[0]


def test_the_guide_tells_every_field_and_every_limit(root: Path) -> None:
    rows = re.findall(r"^\| ((?:`[a-z_]+`、?)+) \|", GUIDE, re.MULTILINE)
    assert set(re.findall("`([a-z_]+)`", "".join(rows))) == set(Slide.model_fields)
    for limit in (
        f"{MOST_SECONDS} 秒",
        f"{MOST_BYTES >> 20} MiB",
        f"最多 {MOST} 个",
        f"8 到 {MOST_SECONDS}",
        f"{OLDEST.days} 天",
    ):
        assert limit in GUIDE, limit
    put(root, {"01-yizhen.jpg": picture()}, GUIDE.split("```yaml\n", 1)[1].split("```", 1)[0])
    assert problems_of(root) == ()


def test_a_folder_of_one_hall_is_not_looked_at_for_a_place(root: Path) -> None:
    """Who asks for one file is told of that alone."""
    put(root, {}, "from: 2026-12-01\n")
    place = "positions/lujia/lujia-zhen.yml"
    looked = [Snapshot(root, frozenset([file])) for file in (place, SLIDE)]
    told = [inspect(each, TODAY, Album(root, only_looking=True), slides=True).problems for each in looked]
    assert [spots(each) for each in told] == [[], [(SLIDE, 1, "missing-field")]]


def test_what_a_change_did_not_touch_was_there_before(root: Path, tmp_path: Path) -> None:
    """`check --changed-since`: the files that differ lie apart, those beside them do not."""
    put(root, {"a.jpg": picture()}, "photo: a.jpg\nalt: 医生在给老人量血压\n")
    (tmp_path / "old" / FOLDER).mkdir(parents=True)
    (tmp_path / "old" / SLIDE).write_text("photo: a.jpg\nalt: 护士在给老人量血压\n", "utf-8")
    side = Snapshot(root, None, tmp_path / "old", frozenset([SLIDE, f"{FOLDER}/gone.yml"]))
    report = inspect(side, TODAY, Album(root, only_looking=True), slides=True)
    assert report.problems == () and [each.value.alt for each in report.slides] == ["护士在给老人量血压"]


def test_a_letter_that_no_font_has_is_told_of_its_slide() -> None:
    hall = Hall(id="kunshan-hall", title="一楼展厅")
    slide = OwnSlide("", "𠮷", "", "", "", "", 10)
    nothing = SimpleNamespace(data=(), texts={})
    made = Made(hall, cast(Stock, nothing), "", Markup("<p>𠮷</p>"), cast(Written, nothing), (slide,))
    assert next(name for name, text in made.texts.items() if "𠮷" in text) == FOLDER
