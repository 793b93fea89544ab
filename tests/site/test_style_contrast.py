"""Contrast of the colours in templates/styles, in all four themes: light and dark, each plain and of high contrast."""

import re
from pathlib import Path

import pytest

from haitang.site import build

STYLES = Path(__file__).resolve().parents[2] / "templates" / "styles"
NAMES = [name for name in (*build.STYLES, *build.EMBED_STYLES) if name != "paper"]
CSS = "\n".join(re.sub(r"/\*.*?\*/", "", (STYLES / f"{name}.css").read_text("utf-8"), flags=re.DOTALL) for name in NAMES)
# The blocks that set tokens, as they lie over each other, and the least contrast a text must have there.
THEMES = {
    "light": (4.5, (":root",)),
    "dark": (4.5, (":root", 'html[data-theme="dark"]')),
    "high light": (7.0, (":root", 'html[data-contrast="high"]')),
    "high dark": (
        7.0,
        (":root", 'html[data-theme="dark"]', 'html[data-contrast="high"]', 'html[data-contrast="high"][data-theme="dark"]'),
    ),
}
# The system's dark theme is written a second time, in a media query.
TWICE = (
    ('html:not([data-theme="light"])', 'html[data-theme="dark"]'),
    ('html[data-contrast="high"]:not([data-theme="light"])', 'html[data-contrast="high"][data-theme="dark"]'),
)
# Text and what it stands on where the two are set by different rules; the others are found in the style sheets.
PAIRS = {
    *((text, ground) for text in ("ink", "mute", "accent", "display", "amber", "h6") for ground in ("paper", "card")),
    *((text, "h1") for text in ("ink", "mute", "accent", "h7", "h8", "display")),
    *((text, "amber-soft") for text in ("ink", "amber")),
    ("on-button", "button"), ("on-button", "button-press"), ("foot-ink", "foot"), ("paper", "ink"),
    ("leaf", "leaf-soft"), ("ink", "h2"), ("h8", "h2"),
}  # fmt: skip
EDGES = {("edge", "paper"), ("edge", "card")}  # the borders of what one can tap: 3:1


def tokens(selector: str) -> dict[str, str]:
    """The custom properties that a selector's own blocks set."""
    blocks = re.findall(rf"(?:^|}}|{{|\n)\s*{re.escape(selector)}\s*{{([^}}]*)}}", CSS)
    assert blocks, selector
    return {name: value.strip() for block in blocks for name, value in re.findall(r"--([\w-]+):\s*([^;]+);", block)}


def theme(selectors: tuple[str, ...]) -> dict[str, str]:
    found: dict[str, str] = {}
    for selector in selectors:
        found |= tokens(selector)
    return found


def luminance(colour: str) -> float:
    assert re.fullmatch(r"#[0-9a-f]{6}", colour), colour
    parts = [int(colour[at : at + 2], 16) / 255 for at in (1, 3, 5)]
    red, green, blue = (part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4 for part in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    dark, light = sorted((luminance(one), luminance(other)))
    return (light + 0.05) / (dark + 0.05)


def written_pairs() -> set[tuple[str, str]]:
    """Text and ground where one rule sets both."""
    found = set()
    for body in re.findall(r"{([^{}]*)}", CSS):
        text = re.search(r"(?:^|[\s;])color:\s*var\(--([\w-]+)\)", body)
        ground = re.search(r"background(?:-color)?:\s*var\(--([\w-]+)\)", body)
        if text and ground:
            found.add((text[1], ground[1]))
    return found


def test_contrast_is_counted_as_wcag_counts_it() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


@pytest.mark.requirement(43)
@pytest.mark.parametrize("name", THEMES)
def test_every_text_can_be_read(name: str) -> None:
    least, selectors = THEMES[name]
    colours = theme(selectors)
    pairs = PAIRS | written_pairs()
    assert len(pairs) > 25
    weak = {(text, on): round(contrast(colours[text], colours[on]), 2) for text, on in pairs}
    assert {pair: found for pair, found in weak.items() if found < least} == {}


@pytest.mark.requirement(43)
@pytest.mark.parametrize("name", THEMES)
def test_every_edge_can_be_seen(name: str) -> None:
    least, selectors = THEMES[name]
    colours = theme(selectors)
    lines = EDGES | ({("line", "paper"), ("line", "card")} if least > 5 else set())
    weak = {(line, on): round(contrast(colours[line], colours[on]), 2) for line, on in lines}
    assert {pair: found for pair, found in weak.items() if found < 3} == {}


@pytest.mark.parametrize(("system", "chosen"), TWICE)
def test_dark_is_the_same_whoever_chose_it(system: str, chosen: str) -> None:
    assert tokens(system) == tokens(chosen)


def test_high_contrast_leaves_no_token_to_chance() -> None:
    named = set(tokens('html[data-theme="dark"]'))
    assert set(tokens('html[data-contrast="high"]')) == named
    assert set(tokens('html[data-contrast="high"][data-theme="dark"]')) == named
