"""The masks of flowers.css draw the very flowers of the sprite: each is drawn once, in parts/flower.html."""

import re

import pytest

from tests.worlds import PROJECT

SPRITE = (PROJECT / "templates" / "parts" / "flower.html").read_text("utf-8")
SHEET = PROJECT / "templates" / "styles" / "flowers.css"
SYMBOLS = dict(re.findall(r'<symbol id="f-(\w+)" viewBox="-52 -52 104 104">(.*?)</symbol>', SPRITE))
CORE = ("f-heart", "f-stem", "f-leaf", "f-vein")  # what is not of the flower's own colour
ROUND = "stroke='%23000' stroke-linecap='round'"
STROKES = {  # as flowers.css has them; a mask has no style sheet
    "f-heart": f"{ROUND} stroke-width='5'",
    "f-stem": f"fill='none' {ROUND} stroke-linejoin='round' stroke-width='6'",
    "f-line": f"fill='none' {ROUND} stroke-linejoin='round' stroke-width='5.5' stroke-dasharray='9 8'",
    "f-vein": f"fill='none' {ROUND} stroke-width='6'",
}
# x, y, turn, size of each flower
SPRAY = ((400, 80, 12, 220), (215, 161, -24, 130), (475, 225, 40, 110), (226, 30, -8, 72), (89, 93, -50, 46))


def drawing(box: str, inner: str) -> str:
    return f"url(\"data:image/svg+xml,%3Csvg xmlns='http://www.w3.org/2000/svg' viewBox='{box}'%3E{inner}%3C/svg%3E\")"


def alone(shapes: str) -> str:
    return drawing("-52 -52 104 104", shapes)


def spray(shapes: str) -> str:
    places = "".join(
        f"%3Cuse href='%23f' transform='translate({x} {y})rotate({turn})scale({round(size / 104, 3)})'/%3E"
        for x, y, turn, size in SPRAY
    )
    return drawing("0 0 540 280", f"%3Cdefs%3E%3Cg id='f'%3E{shapes}%3C/g%3E%3C/defs%3E{places}")


def masks() -> str:
    """The rules, one a mark and one a spray."""
    lines = []
    for name, symbol in SYMBOLS.items():
        layers = {"--shape": "", "--core": ""}
        for tag, written in re.findall(r"<(path|circle) ([^>]*?)/>", symbol):
            found = re.search(r'\s*class="([\w-]+)"\s*', written)
            own = found[1] if found else ""
            shape = re.sub(r'\s*class="[\w-]+"\s*', "", written).strip().replace('"', "'")
            stroke = f" {STROKES[own]}" if own in STROKES else ""
            layers["--core" if own in CORE else "--shape"] += f"%3C{tag} {shape}{stroke}/%3E"
        for selector, drawn in ((f".mark-{name}", alone), (f".mark-{name}.spray", spray)):
            rules = " ".join(f"{layer}: {drawn(shapes)};" for layer, shapes in layers.items() if shapes)
            lines.append(f"{selector} {{ {rules} }}\n")
    return "".join(lines)


def test_marks_are_the_flowers_of_the_sprite(bless: bool) -> None:
    head, comment, written = SHEET.read_text("utf-8").partition("tests/site/test_marks.py --bless. */\n")
    assert comment
    if bless:
        SHEET.write_text(head + comment + masks(), "utf-8")
    else:
        assert written == masks()
    assert len(SYMBOLS) == 5


@pytest.mark.parametrize("name", SYMBOLS)
def test_strokes_are_those_of_the_style_sheet(name: str) -> None:
    rules = SHEET.read_text("utf-8")
    for own in set(re.findall(r'class="(f-(?:heart|stem|line|vein))"', SYMBOLS[name])):
        widths = re.findall(rf"\.{own}\b[^{{]*{{[^}}]*stroke-width: ([\d.]+)", rules)
        assert widths and f"stroke-width='{widths[-1]}'" in STROKES[own], own
