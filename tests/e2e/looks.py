"""Where things stand on a page: golden boxes of landmarks and first blocks, in windows of three sizes, in the project's font.

The rule: a page that falls apart differs by more than SLACK somewhere; another machine with another browser does not. After a
wanted change: `--bless`, which leaves every line alone that still agrees. `--pictures` makes out/looks.html, for people.
"""

import html
import os
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page

from haitang.media import fonts
from tests.worlds import PROJECT

SIZES = ((390, 844), (1440, 900), (1080, 1920))
SLACK = 16  # CSS pixels by which an edge, a width or a height may differ
BLESSED = PROJECT / "tests" / "golden" / "looks"
PICTURES = PROJECT / "out" / "looks"
HIDDEN = "-"
Box = tuple[int, int, int, int]  # left, top, width, height in the page, in CSS pixels
Boxes = dict[str, Box]  # what stands in a window, by what it is
Rows = dict[str, list[Box | None]]  # the same in each of SIZES, None where it is not shown

FACE = "@font-face { font-family: Pinned; src: url(/%s) format('woff2'); font-weight: 400 700; font-display: block; }"
# Nothing moves, nothing is kept, and every letter is of one family: what systems bring differs from machine to machine. A sheet
# of the document's own asks no content security policy.
PINNED = """
try { localStorage.clear(); sessionStorage.clear(); } catch (error) { /* a page that may not keep anything */ }
const pinned = new CSSStyleSheet();
pinned.replaceSync(`%s *, *::before, *::after { font-family: %s !important; animation: none !important;
  transition: none !important; scroll-behavior: auto !important; } %s`);
document.adoptedStyleSheets = [pinned];
"""
UNPAINTED = "body { opacity: 0 !important; }"  # laid out all the same, in two thirds of the time
# Gives [what it is, left, top, width, height] in the order of the document. Of blocks that fill each other only the outermost
# counts; drawings, the map and what is only read aloud have blocks of no interest.
LOOK = """(main) => {
  const root = document.querySelector(main);
  const apart = 'svg *, .map *, .unseen, option, [aria-hidden=true] *';
  const boxOf = (element) => {
    const {left, top, width, height} = element.getBoundingClientRect();
    return [left + scrollX, top + scrollY, width, height].map(Math.round);
  };
  const isShown = (element) => {
    const [, , width, height] = boxOf(element);
    return width > 1 && height > 1 && !element.matches(apart) && getComputedStyle(element).visibility !== 'hidden';
  };
  const isBlock = (element) => !/^(inline|none|contents)$/.test(getComputedStyle(element).display);
  const named = (element) => [element.localName, ...element.classList].filter((name) => !/^(is|has|no)-/.test(name))
    .slice(0, 2).join('.');
  const text = (element) => /^h[1-6]$/.test(element.localName) ? element.innerText.trim().slice(0, 8) : '';
  const path = (element) => {
    const parent = root.contains(element) && element.parentElement.closest('[class]');
    return [parent && parent !== root && root.contains(parent) ? `${named(parent)} >` : '', named(element),
      text(element).replace(/[\\s|#]+/g, ' ')].filter(Boolean).join(' ').trim();
  };
  const found = new Set(), boxes = new Set();
  for (const element of root.querySelectorAll('*')) {
    if (found.size === 20) break;
    if (!isBlock(element) || !isShown(element) || boxes.has(String(boxOf(element)))) continue;
    boxes.add(String(boxOf(element)));
    found.add(element);
  }
  [...document.querySelectorAll('body, header, nav, main, footer, aside, h1, h2')]
    .filter((one) => isShown(one) && (root.contains(one) || !one.closest('[data-screen]')))
    .slice(0, 24).forEach((one) => found.add(one));
  return [...found].sort((one, other) => one.compareDocumentPosition(other) & 4 ? -1 : 1)
    .map((element) => [path(element), ...boxOf(element)]);
}"""
# The same once it stands still: scripts answer to another size, and fonts come.
STILL = f"""async (main) => {{
  const look = {LOOK};
  await document.fonts.ready;
  for (let turn = 0, last = ''; turn < 100; turn++) {{
    const now = look(main), text = JSON.stringify(now);
    if (text === last) return now;
    last = text;
    await new Promise((done) => setTimeout(done, 120));
  }}
  throw new Error('it never stood still');
}}"""


def pinned(family: str, face: str = "", painted: bool = False) -> str:
    """What runs before a page's own scripts."""
    return PINNED % (face, family, "" if painted else UNPAINTED)


def letters(texts: Iterable[str]) -> bytes:
    """The project's font with all that these texts show, as WOFF2."""
    return fonts.subset(PROJECT, texts, PROJECT / fonts.KEPT).content


@dataclass(frozen=True)
class Looker:
    """Looks at what a window shows, in every size. `settle` lets the page answer to a new one; `script` is LOOK or STILL."""

    page: Page
    pictures: bool
    script: str = STILL
    settle: Callable[[Page], None] = lambda _: None

    def look(self, name: str, main: str = "main") -> Rows:
        """`main` is the selector of what holds the page's blocks: a kiosk has all its screens in one document."""
        seen = []
        for size in SIZES:
            self._resize(size)
            seen.append(numbered(self.page.evaluate(self.script, main)))
        for size in SIZES if self.pictures else ():
            self._resize(size)
            self._picture(name, size)
        return joined(seen)

    def _resize(self, size: tuple[int, int]) -> None:
        self.page.set_viewport_size({"width": size[0], "height": size[1]})
        self.settle(self.page)

    def _picture(self, name: str, size: tuple[int, int]) -> None:
        """For this the browser makes the window as tall as the page: where things stand is asked before."""
        PICTURES.mkdir(parents=True, exist_ok=True)
        path = PICTURES / f"{filed(name)}-{size[0]}x{size[1]}.jpg"
        self.page.screenshot(path=path, type="jpeg", quality=45, full_page=True)


def numbered(seen: Iterable[tuple[str, int, int, int, int]]) -> Boxes:
    """By what it is; of several that are named alike each has its number."""
    found: Boxes = {}
    for name, *box in seen:
        number = sum(1 for other in found if other.partition(" #")[0] == name) + 1
        found[f"{name} #{number}" if number > 1 else name] = (box[0], box[1], box[2], box[3])
    return found


def joined(seen: list[Boxes]) -> Rows:
    """What is shown in any size, each thing behind what it follows where it first comes."""
    order: list[str] = []
    for boxes in seen:
        at = 0
        for thing in boxes:
            if thing not in order:
                order.insert(at, thing)
            at = order.index(thing) + 1
    return {thing: [boxes.get(thing) for boxes in seen] for thing in order}


def written(name: str, rows: Rows) -> str:
    """A golden file: a line for each thing, a column for each size."""
    lines = [(f"{name}: left top width height", *(f"{width}x{height}" for width, height in SIZES))]
    lines += [(thing, *(" ".join(map(str, box)) if box else HIDDEN for box in row)) for thing, row in rows.items()]
    return "".join(" | ".join(line) + "\n" for line in lines)


def read(text: str) -> Rows:
    """What `written` wrote."""
    found: Rows = {}
    for line in text.splitlines()[1:]:
        thing, *columns = line.split(" | ")
        found[thing] = [None if column == HIDDEN else _box(column) for column in columns]
    return found


def _box(text: str) -> Box:
    left, top, width, height = map(int, text.split())
    return left, top, width, height


def differences(blessed: Rows, now: Rows) -> list[str]:
    """What has come, what has gone, and what stands elsewhere or has another size by more than SLACK."""
    found = [f"gone: {thing}" for thing in blessed if thing not in now]
    found += [f"new: {thing}" for thing in now if thing not in blessed]
    for thing, row in blessed.items():
        for (width, height), was, box in zip(SIZES, row, now.get(thing, row), strict=True):
            if not _agree(was, box):
                found.append(f"{width}x{height}: {thing}: was {was or HIDDEN}, is {box or HIDDEN}")
    return found


def _agree(was: Box | None, now: Box | None) -> bool:
    if was is None or now is None:
        return was is now
    return all(abs(one - other) <= SLACK for one, other in zip(was, now, strict=True))


def hold(name: str, now: Rows, bless: bool, folder: Path = BLESSED) -> None:
    """Fails where the page differs from its golden file, or blesses it."""
    file = folder / f"{filed(name)}.txt"
    before = blessed(name, folder)
    if bless:
        file.parent.mkdir(parents=True, exist_ok=True)
        stay = {thing for thing in now if thing in before and not differences({thing: before[thing]}, {thing: now[thing]})}
        file.write_text(written(name, {thing: before[thing] if thing in stay else row for thing, row in now.items()}), "utf-8")
        return
    found = differences(before, now)
    assert not found, f"{name} looks otherwise than {file.name}; if that is meant: --bless\n" + "\n".join(found)


def blessed(name: str, folder: Path = BLESSED) -> Rows:
    """A page's golden boxes; none where it was never blessed."""
    file = folder / f"{filed(name)}.txt"
    return read(file.read_text("utf-8")) if file.exists() else {}


def swept(sort: str, names: Iterable[str], bless: bool, folder: Path = BLESSED) -> list[str]:
    """Golden files of pages of a sort that are no more; none once they are blessed away."""
    left = {path.name for path in folder.glob(f"{sort}-*.txt")} - {f"{filed(name)}.txt" for name in names}
    for name in left if bless else ():
        (folder / name).unlink()
    return [] if bless else sorted(left)


def filed(name: str) -> str:
    """A page's name as a file's."""
    return re.sub(r"[^\w-]+", "-", name)


def contact_sheet(folder: Path = PICTURES) -> None:
    """looks.html beside the pictures' folder: a row for each page, each picture a link to itself in full."""
    columns = [f"{width}x{height}" for width, height in SIZES]
    pages = sorted({path.stem.rpartition("-")[0] for path in folder.glob("*.jpg")})
    rows = []
    for page in pages:
        paths = [f"{folder.name}/{page}-{size}.jpg" for size in columns if (folder / f"{page}-{size}.jpg").exists()]
        cells = "".join(
            f'<a href="{html.escape(path)}"><img loading="lazy" src="{html.escape(path)}" alt=""></a>' for path in paths
        )
        rows.append(f"<section><h2>{html.escape(page)}</h2>{cells}</section>\n")
    fresh = folder.parent / f"looks.html.{os.getpid()}"
    fresh.write_text(SHEET % "".join(rows), "utf-8")
    fresh.replace(folder.parent / "looks.html")


SHEET = """<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Looks</title>
<style>
  body { margin: 1rem; font-family: sans-serif; }
  section { display: inline-block; margin: 0 1.5rem 1.5rem 0; vertical-align: top; }
  h2 { margin: 0 0 .25rem; font-size: 1rem; }
  img { height: 16rem; max-width: 28rem; margin-right: .25rem; border: 1px solid #999; }
  img { object-fit: cover; object-position: top; }
</style>
%s</html>
"""
