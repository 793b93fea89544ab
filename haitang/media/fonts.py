"""The kiosk's font: Noto Sans SC with the characters that are shown and no others, every weight from 400 to 700 in one file.

The rule: this is the only module that knows fontTools. The package brings the typeface in a hundred slices; the glyphs that
are wanted are gathered from them into one font. What was made is kept by the digest of all it depends on, and is believed
only as far as its own digest agrees; what is missing or damaged is made again.
"""

import io
import json
import os
import unicodedata
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path
from typing import Any

from haitang.core.atomic_files import write_atomic
from haitang.core.digests import content_digest, digest_of

KEPT = Path(".cache", "fonts")  # below the project
WEIGHTS = (400, 700)
_PACKAGE = "node_modules/@fontsource-variable/noto-sans-sc"
# Latin letters, digits and the punctuation of both languages stand together in this slice, and with them what joins them:
# kerning, and the long dash that Chinese writes as two characters.
_FIRST = "noto-sans-sc-latin-wght-normal.woff2"
_FEATURES = ["ccmp", "liga", "locl", "kern", "mark"]
# For setting in columns, for menus of fonts, and HVAR: gvar says the same of the widths, and with HVAR Chromium before 80 sets
# every size as wide as 16 px, so that larger letters lie over each other (tests/e2e/kiosk/test_older_browsers.py).
_NO_USE = ["vhea", "vmtx", "BASE", "STAT", "HVAR"]
_MOST_KEPT = 12  # some 6 MB: halls differ little, and characters come and go


@dataclass(frozen=True, slots=True)
class Font:
    """WOFF2 bytes, variable in weight over WEIGHTS, and the characters asked for that the typeface does not have."""

    content: bytes
    missing: tuple[str, ...]


def subset(project: Path, characters: Iterable[str], cache: Path) -> Font:
    """The font with these characters (single ones or whole texts). The same characters give the same bytes."""
    visible = _visible(characters)
    entry = cache / _digest(project, visible)
    font = _read(entry)
    if font is None:
        font = _made(project, visible)
        _keep(entry, font)
    return font


def missing(project: Path, characters: Iterable[str]) -> tuple[str, ...]:
    """Those of the characters that the typeface does not have, in order."""
    covered = frozenset[int]().union(*_slices(project).values())
    return tuple(character for character in _visible(characters) if ord(character) not in covered and not _unseen(character))


def licence(project: Path) -> str:
    """Under which terms the font goes out: SIL Open Font License, with its text."""
    return (project / "frontend" / _PACKAGE / "LICENSE").read_text(encoding="utf-8").replace("\r\n", "\n").strip() + "\n"


def _visible(characters: Iterable[str]) -> tuple[str, ...]:
    """Every character once, in order; the blank is always there, and what only steers (line ends, tabs) never is."""
    return tuple(sorted(c for c in {" "}.union(*characters) if unicodedata.category(c) != "Cc"))


def _unseen(character: str) -> bool:
    """Browsers draw nothing for it, so that no glyph is missed: blanks, joiners, marks of direction, variation selectors."""
    selector = "\ufe00" <= character <= "\ufe0f" or "\U000e0100" <= character <= "\U000e01ef"
    return selector or unicodedata.category(character) in ("Cf", "Zl", "Zp", "Zs")


def _digest(project: Path, characters: tuple[str, ...]) -> str:
    """Of all that the bytes depend on."""
    lock = json.loads((project / "frontend" / "package-lock.json").read_bytes())
    recipe = (digest_of([("fonts.py", Path(__file__))]), version("fonttools"), version("brotli"))
    text = f"{recipe} {lock['packages'][_PACKAGE]} {''.join(characters)}"
    return content_digest(text.encode(errors="surrogatepass")).hex()[:40]


def _slices(project: Path) -> dict[Path, frozenset[int]]:
    """The files of the package and what each of them can draw, the first one first, the others by name."""
    files = sorted((project / "frontend" / _PACKAGE / "files").glob("*-wght-normal.woff2"))
    files.sort(key=lambda file: file.name != _FIRST)
    return {file: frozenset(_opened(file).getBestCmap()) for file in files}


def _opened(file: Path) -> Any:
    """A font as fontTools reads it, bit by bit when it is asked; it will not note when it was written."""
    from fontTools.ttLib import TTFont  # a build without a kiosk need not pay for it

    return TTFont(io.BytesIO(file.read_bytes()), recalcTimestamp=False, lazy=True)


def _made(project: Path, characters: tuple[str, ...]) -> Font:
    from fontTools.fontBuilder import FontBuilder
    from fontTools.varLib.instancer import instantiateVariableFont

    (first, covered), *others = _slices(project).items()
    open_ = set(map(ord, characters))
    font = _base(first, open_ & covered)
    open_ -= covered
    glyphs = dict(font.getBestCmap())
    for file, covered in others:
        if taken := open_ & covered:
            glyphs |= _take(font, file, sorted(taken))
            open_ -= taken
    FontBuilder(font=font).setupCharacterMap(glyphs)
    font = instantiateVariableFont(font, {"wght": WEIGHTS}, inplace=True)
    font.flavor = "woff2"
    stream = io.BytesIO()
    font.save(stream)
    return Font(stream.getvalue(), tuple(c for c in characters if ord(c) in open_ and not _unseen(c)))


def _base(file: Path, characters: set[int]) -> Any:
    """The slice that all others are added to, with these characters, what joins them, and the box for an unknown one."""
    from fontTools.subset import Options, Subsetter

    options = Options()
    options.layout_features = _FEATURES
    options.drop_tables += _NO_USE
    options.notdef_outline = True
    options.name_IDs = ["*"]  # whose it is, and under which licence
    font = _opened(file)
    subsetter = Subsetter(options)
    subsetter.populate(unicodes=characters)
    subsetter.subset(font)
    return font


def _take(font: Any, file: Path, characters: list[int]) -> dict[int, str]:
    """Brings glyphs over from another slice, with the parts that some are put together from. All slices are cut from one
    typeface, so that outlines, widths and their changes with the weight can simply be moved."""
    part = _opened(file)
    # Names that no other slice has: most are numbers, and parts are asked for by name.
    part.setGlyphOrder([f"{file.name.split('-')[3]}.{number}" for number in range(part["maxp"].numGlyphs)])
    found = {character: part.getBestCmap()[character] for character in characters}
    glyf, order = part["glyf"], []
    open_ = list(found.values())
    while open_:
        name = open_.pop()
        if name not in order:
            order.append(name)
            open_ += glyf[name].getComponentNames(glyf)
    for name in order:
        font["glyf"].glyphs[name] = glyf[name]
        font["hmtx"].metrics[name] = part["hmtx"][name]
        font["gvar"].variations[name] = part["gvar"].variations[name]
    font.setGlyphOrder(font["glyf"].glyphOrder + order)
    font["glyf"].glyphOrder = font.getGlyphOrder()
    return found


# An entry is three parts: a digest of its name and the other two, a line of JSON with the missing characters, the font's bytes.
def _read(entry: Path) -> Font | None:
    """What was kept; None where it was not, is not what it was, or is another's."""
    try:
        digest, rest = entry.read_bytes().split(b"\n", 1)
    except (OSError, ValueError):
        return None
    if _seal(entry, rest) != digest:
        return None
    line, content = rest.split(b"\n", 1)
    return Font(content, tuple(json.loads(line)))


def _keep(entry: Path, font: Font) -> None:
    """Whole or not at all; the oldest are forgotten once they are many."""
    rest = json.dumps(font.missing).encode() + b"\n" + font.content
    write_atomic(entry, _seal(entry, rest) + b"\n" + rest)
    with suppress(OSError):  # somebody else's build may be at it
        for old in sorted(entry.parent.iterdir(), key=lambda path: path.stat().st_mtime)[:-_MOST_KEPT]:
            old.unlink()


def _seal(entry: Path, rest: bytes) -> bytes:
    return content_digest(os.fsencode(entry.name) + rest).hex().encode()
