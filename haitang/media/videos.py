"""A short film in one file → how long and how large its picture is, or why it cannot be shown; and the same without its notes.

The rule: what is inside is never decoded, only its boxes are read, and every length that a file tells is held against the file
itself. Formats: MP4 (ISO/IEC 14496-12), WebM (RFC 8794, RFC 9559).
"""

import math
import re
import struct
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

MOST_BYTES = 10 * 1024 * 1024
MOST_SECONDS = 60
MOST_PIXELS = 1920 * 1200  # what old machines still play without jerking
FILE = re.compile(r"[A-Za-z0-9][A-Za-z0-9_-]{0,79}\.(mp4|webm)")

_MOST_PARTS = 5_000  # of one part: a minute in pieces has some hundred
_PLACE = re.compile(rb"\xa9xyz|location\.ISO6709|\x00loci|LOCATION|GPSLatitude", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Video:
    """`kind` is what the bytes are, whatever the file's name says; `width` and `height` in pixels."""

    kind: Literal["mp4", "webm"]
    seconds: float
    width: int
    height: int
    tells_place: bool

    @property
    def is_fit(self) -> bool:
        return self.seconds <= MOST_SECONDS and self.width * self.height <= MOST_PIXELS


class BadVideo(Exception):
    """A file that is no film, is not whole, or does not say how long it is."""


# One part of a file: its name, where it starts, where its content does, and where it ends.
_Part = tuple[bytes, int, int, int]


def examine(content: bytes) -> Video:
    """What a film says of itself. Raises BadVideo."""
    try:
        video = _mp4(content) if content[4:8] == b"ftyp" else _webm(content)
    except (struct.error, IndexError, ValueError) as error:
        raise BadVideo from error
    if not (math.isfinite(video.seconds) and video.seconds > 0 and video.width and video.height):
        raise BadVideo
    return video


def bare(content: bytes) -> bytes:
    """A film without its notes (where it was taken, by which device, its titles), of the same length: what stands behind them
    is found by its place. Raises BadVideo."""
    is_mp4 = examine(content).kind == "mp4"
    made = bytearray(content)
    for _, start, inside, end in _mp4_notes(content) if is_mp4 else _webm_notes(content):
        if is_mp4:
            made[start + 4 : start + 8] = b"free"
            made[inside:end] = bytes(end - inside)
        else:
            made[start:end] = _void(end - start)
    return bytes(made)


def _boxes(content: bytes, at: int, end: int) -> Iterator[_Part]:
    """The boxes of an MP4 between two places. Raises BadVideo where they do not fill it."""
    for _ in range(_MOST_PARTS):
        if at == end:
            return
        size, name = struct.unpack_from(">I4s", content, at)
        inside = at + 8
        if size == 1:
            (size,) = struct.unpack_from(">Q", content, inside)
            inside += 8
        last = end if size == 0 else at + size
        if not inside <= last <= end:
            raise BadVideo
        yield name, at, inside, last
        at = last
    raise BadVideo


def _within(content: bytes, part: _Part, *path: bytes) -> Iterator[_Part]:
    """The boxes below one by their names, one level each."""
    if not path:
        yield part
        return
    for each in _boxes(content, part[2], part[3]):
        if each[0] == path[0]:
            yield from _within(content, each, *path[1:])


def _mp4(content: bytes) -> Video:
    whole = {part[0]: part for part in _boxes(content, 0, len(content))}
    if not {b"moov", b"mdat"} <= whole.keys():
        raise BadVideo
    moov, notes = whole[b"moov"], list(_mp4_notes(content))
    width = height = 0
    for track in _within(content, moov, b"trak", b"mdia"):
        if any(content[part[2] + 8 : part[2] + 12] == b"vide" for part in _within(content, track, b"hdlr")):
            for *_, inside, end in _within(content, track, b"minf", b"stbl", b"stsd"):
                for _, _, sample, _ in _boxes(content, inside + 8, end):
                    width, height = struct.unpack_from(">HH", content, sample + 24)
    seconds = max((_mp4_seconds(content, part[2]) for part in _within(content, moov, b"mvhd")), default=0.0)
    places = (_PLACE.search(content, part[2], part[3]) for part in (moov, *notes))
    return Video("mp4", seconds, width, height, any(places))


def _mp4_seconds(content: bytes, at: int) -> float:
    """Of a movie's head, whose fields are twice as long in its second version."""
    scale, length = struct.unpack_from(">IQ" if content[at] else ">II", content, at + (20 if content[at] else 12))
    return float(length / scale) if scale else 0.0


def _mp4_notes(content: bytes) -> Iterator[_Part]:
    notes = (b"udta", b"meta", b"uuid")
    for part in _boxes(content, 0, len(content)):
        if part[0] in notes:
            yield part
        elif part[0] == b"moov":
            inner = list(_boxes(content, part[2], part[3]))
            tracks = (each for track in inner if track[0] == b"trak" for each in _boxes(content, track[2], track[3]))
            yield from (each for each in (*inner, *tracks) if each[0] in notes)


_HEAD, _DOC_TYPE, _SEGMENT, _CLUSTER = b"\x1a\x45\xdf\xa3", b"\x42\x82", b"\x18\x53\x80\x67", b"\x1f\x43\xb6\x75"
_INFO, _SCALE, _DURATION = b"\x15\x49\xa9\x66", b"\x2a\xd7\xb1", b"\x44\x89"
_TRACKS, _TRACK, _TYPE, _PICTURE, _WIDTH, _HEIGHT = b"\x16\x54\xae\x6b", b"\xae", b"\x83", b"\xe0", b"\xb0", b"\xba"
_NOTES = (b"\x12\x54\xc3\x67", b"\x19\x41\xa4\x69")  # tags; files that were attached


def _elements(content: bytes, at: int, end: int) -> Iterator[_Part]:
    """The elements of a WebM between two places; only a segment may leave open where it ends. Raises BadVideo."""
    for _ in range(_MOST_PARTS):
        if at == end:
            return
        name = content[at : at + _length(content[at])]
        sized = at + len(name)
        inside = sized + _length(content[sized])
        size = int.from_bytes(content[sized:inside], "big") & ~(-1 << 7 * (inside - sized))
        is_open = size == (1 << 7 * (inside - sized)) - 1
        last = end if is_open and name == _SEGMENT else inside + size
        if last > end:
            raise BadVideo
        yield name, at, inside, last
        at = last
    raise BadVideo


def _length(first: int) -> int:
    """Of a number by its first byte, whose zeros in front count the bytes that follow."""
    if not first:
        raise BadVideo
    return 9 - first.bit_length()


def _found(content: bytes, part: _Part, *path: bytes) -> Iterator[_Part]:
    if not path:
        yield part
        return
    for each in _elements(content, part[2], part[3]):
        if each[0] == path[0]:
            yield from _found(content, each, *path[1:])


def _webm(content: bytes) -> Video:
    whole = {part[0]: part for part in _elements(content, 0, len(content))}
    if not {_HEAD, _SEGMENT} <= whole.keys() or [*_texts(content, whole[_HEAD], _DOC_TYPE)] != [b"webm"]:
        raise BadVideo
    segment = whole[_SEGMENT]
    if not any(_found(content, segment, _CLUSTER)):
        raise BadVideo
    scale = _number(content, segment, _INFO, _SCALE) or 1_000_000
    seconds = max(map(_float, _texts(content, segment, _INFO, _DURATION)), default=0.0) * scale / 1e9
    width = height = 0
    for track in _found(content, segment, _TRACKS, _TRACK):
        if _number(content, track, _TYPE) == 1:
            width, height = (_number(content, track, _PICTURE, side) for side in (_WIDTH, _HEIGHT))
    places = (_PLACE.search(content, part[2], part[3]) for part in _webm_notes(content))
    return Video("webm", seconds, width, height, any(places))


def _texts(content: bytes, part: _Part, *path: bytes) -> Iterator[bytes]:
    return (content[inside:end] for _, _, inside, end in _found(content, part, *path))


def _number(content: bytes, part: _Part, *path: bytes) -> int:
    return max((int.from_bytes(text[:8], "big") for text in _texts(content, part, *path)), default=0)


def _float(text: bytes) -> float:
    (number,) = struct.unpack(">f" if len(text) == 4 else ">d", text)
    return float(number)


def _webm_notes(content: bytes) -> Iterator[_Part]:
    for segment in _elements(content, 0, len(content)):
        if segment[0] == _SEGMENT:
            yield from (part for part in _elements(content, segment[2], segment[3]) if part[0] in _NOTES)


def _void(size: int) -> bytes:
    """An element of so many bytes that says nothing."""
    short = size - 2 < 127
    head = bytes([0xEC, 0x80 | size - 2]) if short else b"\xec" + (1 << 56 | size - 9).to_bytes(8, "big")
    return head + bytes(size - len(head))
