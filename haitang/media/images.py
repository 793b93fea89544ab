"""A picture as it was put into photos/ → the versions that are published, or why it cannot be one.

The rule: this is the only module that knows PIL, and it asks PIL to open nothing but JPEG, PNG and WebP. No byte of the
original is ever published: what a camera noted (place, time, owner) goes, and every version keeps within its budget.
"""

import io
import re
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from types import ModuleType
from typing import TYPE_CHECKING, Any, Literal

from haitang.media.metadata import MARKER, PNG, is_webp

if TYPE_CHECKING:
    from PIL.Image import Image

Kind = Literal["avif", "webp", "jpeg"]
MOST_BYTES = 10 * 1024 * 1024  # of an original: the best phones write 4 to 8 MiB
MOST_PIXELS = 50_000_000  # the largest phone pictures have 48 million
# The longer side of a version and the most bytes it may have.
BUDGETS = {480: 70_000, 960: 170_000, 1600: 400_000}
# AVIF only where bytes are dear, as encoding it is; Chromium 69 of the kiosks knows WebP, iOS 13 neither and gets one JPEG.
KINDS: dict[int, tuple[Kind, ...]] = {480: ("avif", "webp"), 960: ("avif", "webp"), 1600: ("webp",)}
JPEG_SIDE = 960
# The first is what it looks like; the others are for pictures that would be too heavy.
QUALITIES: dict[Kind, tuple[int, ...]] = {
    "avif": (50, 42, 34, 26, 18, 10),
    "webp": (75, 62, 50, 38, 26, 14),
    "jpeg": (78, 66, 54, 42, 30, 18),
}
# Method 2 and speed 9 cost a third of the usual ones and some 6 % more bytes: all six versions of 12 million pixels in a
# quarter of a second. One thread: with more, the bytes of an AVIF could depend on the machine.
_OPTIONS: dict[Kind, dict[str, Any]] = {
    "avif": {"speed": 9, "max_threads": 1, "subsampling": "4:2:0"},
    "webp": {"method": 2},
    "jpeg": {"optimize": True, "progressive": True},
}
PAPER = (255, 251, 248)  # behind what is transparent, as --paper in tokens.css
# A kiosk carries what its screen needs, in the one format that every kiosk knows.
KIOSK_SIDE = 960
KIOSK_KIND: Kind = "webp"
KIOSK_BYTES = sum(budget for side, budget in BUDGETS.items() if side <= KIOSK_SIDE)  # the most that one photo adds to it

_MOST_SCANS = 64  # a progressive JPEG has about ten, and each further one costs a pass over all pixels
MOST_SIDE = 20_000  # a line of fifty million pixels is no picture, and costs minutes
# ISO/IEC 23008-12: what iPhones keep is a box of this kind and brand.
_HEIC = re.compile(rb".{4}ftyp(?:heic|heix|heim|heis|hevc|hevx|mif1|msf1)", re.DOTALL)
# EXIF orientation → what brings the picture upright (EXIF 2.3, tag 0x0112).
_TURNS = {
    2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_270", 7: "TRANSVERSE",
    8: "ROTATE_90",
}  # fmt: skip


class BadPhoto(Exception):
    """A file that cannot be published as a picture; holds the code of the problem."""

    def __init__(self, code: str) -> None:
        self.code = code
        super().__init__(code)


@dataclass(frozen=True, slots=True)
class Version:
    """One published file of a picture."""

    kind: Kind
    width: int
    height: int
    content: bytes


@dataclass(frozen=True, slots=True)
class Developed:
    """All that is published of a picture: its average colour as #rrggbb, and the versions, smallest first."""

    colour: str
    versions: tuple[Version, ...]


@cache
def settings() -> str:
    """What the versions depend on besides the original."""
    from PIL import __version__

    return f"1 Pillow {__version__} {BUDGETS} {KINDS} {JPEG_SIDE} {QUALITIES} {_OPTIONS} {PAPER}"


def examine(content: bytes) -> None:
    """Decodes as little as shows whether all of a picture is there. Raises BadPhoto."""
    with _refusing():
        _opened(content, 1).load()


def develop(content: bytes) -> Developed:
    """The published versions of a picture; the same bytes give the same versions. Raises BadPhoto."""
    with _refusing():
        sheets = list(_sheets(_print(_opened(content, max(BUDGETS)))))
        versions = tuple(version for side, sheet in sheets for version in _versions(side, sheet, sheets[-1][0]))
        red, green, blue = sheets[0][1].resize((1, 1), _pil().Resampling.BOX).tobytes()
    return Developed(f"#{red:02x}{green:02x}{blue:02x}", versions)


def measured(content: bytes) -> tuple[int, int]:
    """Width and height of a picture; nothing is decoded. Raises BadPhoto."""
    with _refusing():
        return _opened(content, MOST_SIDE).size


@contextmanager
def _refusing() -> Iterator[None]:
    """A hostile file may make PIL raise anything: whatever it is, the file is no picture we can use."""
    try:
        yield
    except BadPhoto:
        raise
    except Exception as error:
        raise BadPhoto("photo-broken") from error


def _pil() -> ModuleType:
    """PIL.Image with the formats we use and no others; 40 ms that a site without pictures need not spend."""
    from PIL import AvifImagePlugin, Image, JpegImagePlugin, PngImagePlugin, WebPImagePlugin

    del AvifImagePlugin, JpegImagePlugin, PngImagePlugin, WebPImagePlugin
    Image.MAX_IMAGE_PIXELS = None  # we look ourselves, before anything is decoded
    return Image


def _opened(content: bytes, side: int) -> "Image":
    """A picture whose size is known and allowed, not yet decoded; a JPEG will be at the least scale that still has `side`."""
    from PIL import UnidentifiedImageError

    try:
        image: Image = _pil().open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP"))
    except UnidentifiedImageError as error:
        # What begins as one of our formats is one, whatever its name says.
        is_ours = content.startswith((b"\xff\xd8\xff", PNG)) or is_webp(content)
        other = "photo-heic-renamed" if _HEIC.match(content) else "photo-no-picture"
        raise BadPhoto("photo-broken" if is_ours else other) from error
    if image.width * image.height > MOST_PIXELS or max(image.width, image.height) > MOST_SIDE:
        raise BadPhoto("photo-too-many-pixels")
    if image.width < 1 or image.height < 1 or (image.format in ("JPEG", "MPO") and _scans(content) > _MOST_SCANS):
        raise BadPhoto("photo-broken")
    image.draft(None, _fitting(image.size, side))  # None keeps the colours; only a JPEG can do it
    return image


def _scans(content: bytes) -> int:
    """How often a JPEG goes over its pixels (ITU T.81, B.1.1: markers, segments with a length, entropy-coded data)."""
    if content.count(b"\xff\xda") <= _MOST_SCANS:
        return 1  # so many that some may stand in a thumbnail or behind the end is rare
    at, scans = 2, 0
    while (marker := MARKER.search(content, at)) and marker[1] != b"\xd9":
        scans += marker[1] == b"\xda"
        at = marker.end() + int.from_bytes(content[marker.end() : marker.end() + 2], "big")
    return scans


def _print(image: "Image") -> "Image":
    """Upright, in sRGB, on paper, no larger than the largest version, and with nothing the camera noted."""
    try:
        turn = _TURNS.get(image.getexif().get(0x0112, 1))
    except Exception:  # broken notes are no reason to refuse a picture
        turn = None
    profile = image.info.get("icc_profile")
    image = _plain(image)
    image = image.resize(_fitting(image.size, max(BUDGETS)), _pil().Resampling.HAMMING)
    if image.mode == "RGBA":
        paper = _pil().new("RGBA", image.size, (*PAPER, 255))
        image = _pil().alpha_composite(paper, image).convert("RGB")
    image = _in_srgb(image, profile)
    image = image.transpose(_pil().Transpose[turn]) if turn else image
    bare: Image = _pil().new("RGB", image.size)
    bare.paste(image)  # `info` stays behind: encoders write profiles, comments and XMP they find there
    return bare


def _plain(image: "Image") -> "Image":
    """In a mode that can be resized: grey, RGB, RGBA or CMYK."""
    image.load()
    if image.mode.startswith("I"):  # 16 bits of grey
        return image.convert("I").point(lambda value: value / 257).convert("L")
    if image.has_transparency_data:
        return image.convert("RGBA")
    return image if image.mode in ("L", "RGB", "CMYK") else image.convert("RGB")


def _in_srgb(image: "Image", profile: bytes | None) -> "Image":
    """Colours as a browser without colour management shows them. A profile of no use is left out."""
    from PIL import ImageCms

    if profile and image.mode != "L":
        try:
            source = ImageCms.ImageCmsProfile(io.BytesIO(profile))
            if "sRGB" not in ImageCms.getProfileDescription(source):
                converted = ImageCms.profileToProfile(image, source, ImageCms.createProfile("sRGB"), outputMode="RGB")
                return converted or image
        except (ImageCms.PyCMSError, OSError, ValueError):
            pass
    return image.convert("RGB")


def _fitting(size: tuple[int, int], side: int) -> tuple[int, int]:
    """The size with its longer side `side`, never larger than it is."""
    longest = max(size)
    if longest <= side:
        return size
    return max(round(size[0] * side / longest), 1), max(round(size[1] * side / longest), 1)


def _sheets(image: "Image") -> Iterator[tuple[int, "Image"]]:
    """The picture at each side, smallest first; one that is smaller than a side stands there once and is not made larger."""
    longest = max(image.size)
    for side in sorted(BUDGETS):
        yield side, image.resize(_fitting(image.size, side), _pil().Resampling.HAMMING)
        if longest <= side:
            return


def _versions(side: int, image: "Image", largest: int) -> Iterator[Version]:
    for kind in (*KINDS[side], *(("jpeg",) if side == min(JPEG_SIDE, largest) else ())):
        yield _version(image, kind, BUDGETS[side], QUALITIES[kind])


def _version(image: "Image", kind: Kind, budget: int, qualities: tuple[int, ...]) -> Version:
    """Encoded within the budget: in lower quality if need be, and what is mere noise in a smaller size."""
    for quality in qualities:
        stream = io.BytesIO()
        image.save(stream, kind, quality=quality, **_OPTIONS[kind])
        if stream.tell() <= budget:
            return Version(kind, *image.size, stream.getvalue())
    smaller = image.resize(_fitting(image.size, max(image.size) * 3 // 4))
    return _version(smaller, kind, budget, qualities[-2:])
