"""Whether one sees what has the focus, by pixels: WCAG 2.2, 2.4.11 and 2.4.13."""

import io
import math

from PIL import Image
from playwright.sync_api import FloatRect, Locator, Page

from haitang.core.contrast import luminance

AROUND = 10  # CSS pixels beyond the element, for what is drawn around it where that is 2 px thick
LEAST = 3  # contrast between a pixel with and without the focus


def share(page: Page, mark: Locator, thick: float = 2) -> float:
    """How much of a ring of so many pixels around a round element those pixels fill that change by LEAST or more once it has
    the focus, given to it as a keyboard does. 1 is enough."""
    page.keyboard.press("Shift")  # what gets the focus now is shown to have it
    mark.evaluate("() => document.activeElement.blur()")
    box = mark.bounding_box()
    assert box
    around = AROUND * thick / 2
    before = _pixels(page, box, around)
    mark.evaluate("element => element.focus({preventScroll: true})")
    after = _pixels(page, box, around)
    mark.evaluate("element => element.blur()")
    changed = sum(one != other and contrast(one, other) >= LEAST for one, other in zip(before, after, strict=True))
    return changed / (thick * math.pi * (box["width"] + box["height"]) / 2)


def contrast(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    darker, lighter = sorted(luminance("#{:02x}{:02x}{:02x}".format(*pixel)) for pixel in (one, other))
    return (lighter + 0.05) / (darker + 0.05)


def _pixels(page: Page, box: FloatRect, around: float) -> list[tuple[int, ...]]:
    left, top = max(0, box["x"] - around), max(0, box["y"] - around)
    clip: FloatRect = {"x": left, "y": top, "width": box["width"] + 2 * around, "height": box["height"] + 2 * around}
    png = page.screenshot(clip=clip, animations="disabled")
    raw = Image.open(io.BytesIO(png)).convert("RGB").tobytes()
    return list(zip(raw[::3], raw[1::3], raw[2::3], strict=True))
