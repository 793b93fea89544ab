"""The kiosk's font: it has what was asked for, in the right shapes and weights, is made once, and a browser takes it."""

import io
import json
import os
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from fontTools.pens.recordingPen import DecomposingRecordingPen
from fontTools.ttLib import TTFont
from fontTools.varLib.instancer import instantiateVariableFont
from playwright.sync_api import Browser, Frame

import haitang.media.fonts
from haitang.core.toolchain import chromium
from haitang.media.fonts import WEIGHTS, Font, licence, missing, subset
from tests.conftest import ARGUMENTS

PROJECT = Path(__file__).resolve().parents[2]
SLICES = PROJECT / "frontend" / "node_modules" / "@fontsource-variable" / "noto-sans-sc" / "files"
# Often and rarely used, both planes' worth of slices, quotes, long dash, an accented letter, signs that buttons may use.
TEXT = (
    "海棠花红先锋阵地 AV昆山市陆家镇泾上村(党群服务中心)2026-11-24 08:35—17:09 “你好”"
    "‘红’——《条例》…、，。：；！？（）é Ж ①℃→✓ 邠喆堃浜溇"
)
SHOWN = sorted(set(TEXT))


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("字体")


@pytest.fixture(scope="module")
def font(cache: Path) -> Font:
    return subset(PROJECT, TEXT, cache)


@pytest.fixture(scope="module", params=WEIGHTS)
def weighed(font: Font, request: pytest.FixtureRequest) -> tuple[int, Any]:
    """The font as it is at one weight."""
    weight: int = request.param
    return weight, instantiateVariableFont(TTFont(io.BytesIO(font.content)), {"wght": weight})


def outline(font: Any, character: str) -> tuple[list[str], list[float]]:
    """How a glyph is drawn, and all its numbers: the width, then the points."""
    glyphs = font.getGlyphSet()
    name = font.getBestCmap()[ord(character)]
    pen = DecomposingRecordingPen(glyphs)
    glyphs[name].draw(pen)
    numbers = [number for _, points in pen.value for point in points if point for number in point]
    return [step for step, _ in pen.value], [font["hmtx"][name][0], *numbers]


def advances(font: Any, characters: str) -> set[int]:
    return {font["hmtx"][font.getBestCmap()[ord(character)]][0] for character in characters}


@pytest.mark.requirement(56)
def test_every_character_is_there_at_both_weights(font: Font, weighed: tuple[int, Any]) -> None:
    assert font.missing == ()
    assert sorted(map(chr, weighed[1].getBestCmap())) == SHOWN


def test_the_shapes_are_those_of_the_typeface(weighed: tuple[int, Any]) -> None:
    """Whatever slice a character comes from: its outline and its width are what the slice itself gives at this weight."""
    weight, ours = weighed
    open_ = set(SHOWN)
    for file in sorted(SLICES.glob("*-wght-normal.woff2")):
        theirs = TTFont(file)
        if here := {chr(c) for c in theirs.getBestCmap()} & open_:
            theirs = instantiateVariableFont(theirs, {"wght": weight})
            for character in here:
                (steps, numbers), (their_steps, their_numbers) = outline(ours, character), outline(theirs, character)
                assert steps == their_steps
                assert numbers == pytest.approx(their_numbers, abs=2), "thousandths of the size, each of two steps rounds"
            open_ -= here
    assert not open_


def test_chinese_punctuation_is_as_wide_as_a_character_and_digits_stand_in_columns(weighed: tuple[int, Any]) -> None:
    assert advances(weighed[1], "海“”‘’《》，。、：；！？（）…") == {1000}
    assert len(advances(weighed[1], "0123456789")) == 1
    assert advances(weighed[1], "(") != {1000}


def test_lines_are_as_high_as_the_typeface_wants(font: Font) -> None:
    ours, theirs = TTFont(io.BytesIO(font.content)), TTFont(next(SLICES.glob("*-119-wght-normal.woff2")))
    for table, name in (("hhea", "ascent"), ("hhea", "descent"), ("hhea", "lineGap"), ("OS/2", "usWinAscent")):
        assert getattr(ours[table], name) == getattr(theirs[table], name)
    assert [(axis.axisTag, axis.minValue, axis.maxValue) for axis in ours["fvar"].axes] == [("wght", *WEIGHTS)]
    assert "gvar" in ours and "HVAR" not in ours  # see _NO_USE


@pytest.mark.parametrize("characters", [TEXT, SHOWN, [TEXT, "红"], reversed(SHOWN)], ids=["text", "set", "texts", "backwards"])
def test_the_same_characters_give_the_same_bytes(font: Font, characters: Any, tmp_path: Path) -> None:
    assert subset(PROJECT, characters, tmp_path) == font


def test_what_the_typeface_does_not_have_is_told(tmp_path: Path) -> None:
    text = "红🙂旗\U00020bb7⌫\n\t\u200b\ufe0f\u3000\u00a0\ue000"
    assert missing(PROJECT, text) == ("⌫", "\ue000", "🙂", "\U00020bb7")
    made = subset(PROJECT, text, tmp_path)
    assert made.missing == missing(PROJECT, text)
    assert subset(PROJECT, text, tmp_path) == made, "also when it was kept"
    assert set("红旗\u3000") <= set(map(chr, TTFont(io.BytesIO(made.content)).getBestCmap()))


def test_it_is_made_once(cache: Path, font: Font, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(haitang.media.fonts, "_made", None)
    assert subset(PROJECT, TEXT, cache) == font
    with pytest.raises(TypeError):
        subset(PROJECT, TEXT + "另", cache)


def test_another_package_makes_another_font(tmp_path: Path, font: Font, cache: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "frontend").mkdir()
    lock = json.loads((PROJECT / "frontend" / "package-lock.json").read_bytes())
    lock["packages"]["node_modules/@fontsource-variable/noto-sans-sc"]["version"] = "9.9.9"
    (tmp_path / "frontend" / "package-lock.json").write_text(json.dumps(lock), encoding="utf-8")
    monkeypatch.setattr(haitang.media.fonts, "_made", lambda project, wanted: Font(b"another", ()))
    assert subset(tmp_path, TEXT, cache).content == b"another"
    assert subset(PROJECT, TEXT, cache) == font


@pytest.mark.parametrize(
    "damage", [lambda b: b"", lambda b: b[:-1], lambda b: b[:70], lambda b: b"\n" + b, lambda b: b[:-9] + b"123456789"]
)
def test_a_damaged_entry_is_mended(font: Font, tmp_path: Path, damage: Any, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[int] = []

    def make(project: Path, wanted: tuple[str, ...]) -> Font:
        made.append(1)
        return font

    monkeypatch.setattr(haitang.media.fonts, "_made", make)
    subset(PROJECT, TEXT, tmp_path)
    (entry,) = tmp_path.iterdir()
    whole = entry.read_bytes()
    entry.write_bytes(damage(whole))
    assert subset(PROJECT, TEXT, tmp_path) == font
    assert entry.read_bytes() == whole
    assert len(made) == 2


def test_what_was_kept_for_other_characters_is_not_believed(
    font: Font, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(haitang.media.fonts, "_made", lambda project, wanted: Font(repr(wanted).encode(), ()))
    fonts = [subset(PROJECT, text, tmp_path) for text in "甲乙"]
    one, other = tmp_path.iterdir()
    one.rename(tmp_path / "between"), other.rename(one), (tmp_path / "between").rename(other)
    assert [subset(PROJECT, text, tmp_path) for text in "甲乙"] == fonts


def test_old_fonts_are_forgotten(font: Font, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(haitang.media.fonts, "_made", lambda project, wanted: font)
    for number in range(20):
        subset(PROJECT, chr(0x4E00 + number), tmp_path)
        for age, entry in enumerate(sorted(tmp_path.iterdir(), key=lambda path: path.stat().st_mtime_ns, reverse=True)):
            os.utime(entry, (1_000_000 - age, 1_000_000 - age))
    assert len(list(tmp_path.iterdir())) == 12
    monkeypatch.setattr(haitang.media.fonts, "_made", None)
    subset(PROJECT, chr(0x4E00 + 19), tmp_path)


def test_two_thousand_characters_keep_within_the_budget(tmp_path: Path) -> None:
    """The most frequent ones of the typeface's slices, as a large directory would show."""
    open_: set[str] = set()
    for number in range(119, 100, -1):
        open_ |= {chr(c) for c in TTFont(SLICES / f"noto-sans-sc-{number}-wght-normal.woff2").getBestCmap()}
    content = subset(PROJECT, sorted(open_)[-2000:], tmp_path).content
    assert 200_000 < len(content) < 600_000


def test_its_licence_goes_with_it() -> None:
    text = licence(PROJECT)
    assert "SIL OPEN FONT LICENSE Version 1.1" in text
    assert text.endswith("\n") and "\r" not in text


# In a sandboxed frame of a page from a file, as the launcher shows the app: no file, no style sheet, only what is in the page.
_FRAME = """<!doctype html><html lang="zh-CN"><meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; script-src 'unsafe-inline'; style-src 'unsafe-inline'">
<style>body { font-family: Haitang } p { margin: 0; white-space: nowrap }</style><p id="line">TEXT</p><script>
var bytes = Uint8Array.from(atob("FONT"), function (c) { return c.charCodeAt(0); });
var face = new FontFace("Haitang", bytes.buffer, { weight: "400 700" });
window.ready = face.load().then(function () { document.fonts.add(face); });
function picture(character, weight) {
  var canvas = document.createElement("canvas");
  canvas.width = canvas.height = 60;
  var context = canvas.getContext("2d");
  context.font = weight + " 40px Haitang";
  context.fillText(character, 2, 45);
  return Array.from(context.getImageData(0, 0, 60, 60).data).filter(function (_, at) { return at % 4 === 3; });
}
function drawn(character, weight) { return picture(character, weight).join(); }
function ink(character, weight) { return picture(character, weight).reduce(function (sum, one) { return sum + one; }, 0); }
function width(text, weight) {
  var line = document.getElementById("line"), span = document.createElement("span");
  span.style.fontWeight = weight;
  span.style.fontSize = "100px";
  span.textContent = text;
  line.appendChild(span);
  var wide = span.getBoundingClientRect().width;
  span.remove();
  return wide;
}
</script></html>"""


@pytest.fixture(scope="module")
def frame(browser: Browser, font: Font, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Frame]:
    folder = tmp_path_factory.mktemp("展厅")
    page_text = _FRAME.replace("TEXT", TEXT).replace("FONT", b64encode(font.content).decode())
    (folder / "app.html").write_text(page_text, encoding="utf-8")
    (folder / "index.html").write_text('<iframe sandbox="allow-scripts" src="app.html" width="900"></iframe>', encoding="utf-8")
    own = browser.browser_type.launch(executable_path=chromium(), args=ARGUMENTS)  # gives the frame a process of its own
    page = own.new_page()
    page.goto((folder / "index.html").as_uri())
    framed = page.frames[1]
    framed.evaluate("window.ready")
    yield framed
    own.close()


def test_the_browser_draws_every_character_with_it(frame: Frame) -> None:
    session = frame.page.context.new_cdp_session(frame)
    session.send("DOM.enable")
    session.send("CSS.enable")
    document = session.send("DOM.getDocument")["root"]["nodeId"]
    line = session.send("DOM.querySelector", {"nodeId": document, "selector": "#line"})["nodeId"]
    used = session.send("CSS.getPlatformFontsForNode", {"nodeId": line})["fonts"]
    assert [one["isCustomFont"] for one in used] == [True], used


@pytest.mark.requirement(56)
@pytest.mark.parametrize("weight", WEIGHTS)
def test_no_character_is_a_box(frame: Frame, weight: int) -> None:
    box = frame.evaluate("weight => drawn('\\ue000', weight)", weight)
    pictures = {c: frame.evaluate("([c, weight]) => drawn(c, weight)", [c, weight]) for c in SHOWN}
    assert box not in pictures.values()
    assert len(set(pictures.values())) == len(SHOWN), "each has a picture of its own"


def test_bold_is_bolder(frame: Frame) -> None:
    for character in "海昆2A喆":
        regular, bold = (frame.evaluate("([c, weight]) => ink(c, weight)", [character, weight]) for weight in WEIGHTS)
        assert bold > regular * 1.15


@pytest.mark.parametrize("weight", WEIGHTS)
def test_the_browser_sets_chinese_as_chinese(frame: Frame, weight: int) -> None:
    def wide(text: str) -> float:
        width: float = frame.evaluate("([text, weight]) => width(text, weight)", [text, weight])
        return width

    assert wide("“”") == wide("‘’") == wide("……") == wide("——") == wide("海棠") == 200
    assert wide("2026") == pytest.approx(4 * wide("1"), abs=0.1)
    assert wide("AV") < wide("A") + wide("V") - 1, "kerned"
