"""QR codes as PNG pictures, each drawn once and then kept: drawing one costs more than writing the page that shows it.

The rule: this is the only module that knows segno. A code is error level M with the quiet zone of four modules that the
standard asks for. It goes into the page itself (as a `data:` address): ten thousand files less to copy to a stick, and it is
there when the page is printed. WeChat reads a code by a long press only where it is an `<img>` with pixels, so it is no SVG.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from struct import pack

from haitang.core.atomic_files import write_atomic
from haitang.core.digests import digest_of
from haitang.media.metadata import png

SCALE = 6  # pixels a module
QUIET = 4  # modules of white around the code
# The standard lets one choose the best of eight masks, which is four fifths of all the work. This one is on average 4 % off the
# best of an address's eight, at worst 22 % (60 addresses), and every reader reads all of them.
_MASK = 2


@dataclass(frozen=True, slots=True)
class Code:
    """A code as a page needs it: the address of the picture and the length of its side in pixels."""

    picture: str
    side: int


class Codes:
    """The codes of one site. `folder` is where they are kept from build to build, those of each `site` in a file of their own;
    None keeps nothing."""

    def __init__(self, folder: Path | None = None, site: str = "") -> None:
        name = blake2b(site.encode(), digest_size=8).hexdigest()
        # Part of the file's name: another program, which may draw other pictures, keeps them in another file.
        self._file = folder / f"{name}-{_program()}.json" if folder else None
        self._before = _read(self._file) if self._file else {}
        self._now: dict[str, list[str | int]] = {}

    def of(self, address: str) -> Code:
        """The code that leads to this address."""
        kept = self._before.get(address)
        if kept is None:
            modules = _modules(address)
            png = picture(modules)
            kept = [f"data:image/png;base64,{b64encode(png).decode()}", (len(modules) + 2 * QUIET) * SCALE]
        self._now[address] = kept
        return Code(str(kept[0]), int(kept[1]))

    def keep(self) -> None:
        """Writes down the codes that were asked for, for the next build; those nobody asked for are forgotten."""
        if self._file is None or self._now == self._before:
            return
        write_atomic(self._file, json.dumps(self._now, separators=(",", ":")))
        self._before = self._now


@cache
def _program() -> str:
    return digest_of([("qr.py", Path(__file__))], [version("segno")])[:16]


def _read(file: Path) -> dict[str, list[str | int]]:
    """What was kept; nothing where it is not there or was cut short."""
    try:
        kept = json.loads(file.read_bytes())
    except (OSError, ValueError):
        return {}
    if not isinstance(kept, dict) or not all(isinstance(pair, list) and len(pair) == 2 for pair in kept.values()):
        return {}
    return kept


def _modules(address: str) -> list[bytearray]:
    """The code's modules, 1 for dark, row by row and without the quiet zone."""
    import segno  # 30 ms that a site without a public address need not spend

    return [bytearray(row) for row in segno.make(address, error="m", mask=_MASK, boost_error=False, micro=False).matrix]


def picture(modules: Iterable[bytearray]) -> bytes:
    """Modules as a PNG of one bit a pixel, with the quiet zone."""
    rows = [[0] * QUIET + list(row) + [0] * QUIET for row in modules]
    white = [[0] * len(rows[0])] * QUIET
    side = len(rows[0]) * SCALE
    lines = b"".join(_lines(row, side) for row in (*white, *rows, *white))
    # Only runs of equal bytes: zlib and its successors agree on those, and the same site is to be the same bytes everywhere.
    packer = zlib.compressobj(9, zlib.DEFLATED, zlib.MAX_WBITS, zlib.DEF_MEM_LEVEL, zlib.Z_RLE)
    header = pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return png(((b"IHDR", header), (b"IDAT", packer.compress(lines) + packer.flush()), (b"IEND", b"")))


def _lines(row: list[int], side: int) -> bytes:
    """A row of modules as lines of pixels, white being 1: the bits (filter 0), then "as above" (filter 2 and zeros)."""
    width = -(-side // 8)
    bits = "".join("0" * SCALE if dark else "1" * SCALE for dark in row).ljust(width * 8, "0")
    return b"\0" + int(bits, 2).to_bytes(width, "big") + (b"\2" + bytes(width)) * (SCALE - 1)
