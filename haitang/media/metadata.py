"""What a picture says beside its pixels: where it was taken, by which device, by whom; and the same picture without that.

The rule: pixels are never decoded and never encoded anew, only the parts of a file are kept or left out; so a picture loses
nothing but its notes. Formats: JPEG (ITU T.81), PNG, WebP (RIFF), Exif 2.3, XMP, IPTC-IIM.
"""

import re
import struct
import zlib
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Literal

# place: where it was taken. serial: which device it was. person: whose name stands in it. These are refused. maker: notes in a
# form only the device's maker knows. video: the seconds a phone filmed around the picture.
Hidden = Literal["place", "serial", "person", "maker", "video"]
REFUSED: tuple[Hidden, ...] = ("place", "serial", "person")

_JPEG, PNG = b"\xff\xd8", b"\x89PNG\r\n\x1a\n"
_EXIF, _XMP, _IPTC = b"Exif\0\0", b"http://ns.adobe.com/x", b"Photoshop 3.0\0"
# Exif 2.3: tag → what it tells. 0x8825 leads to the part about places, 0x8769 to the one about the camera.
_TAGS: dict[int, Hidden] = {
    0x013B: "person", 0x9C9D: "person", 0xA430: "person", 0xA431: "serial", 0xA435: "serial", 0xC62F: "serial", 0x927C: "maker",
}  # fmt: skip
_GPS_TAGS = frozenset({2, 4, 20, 22, 28})  # latitude, longitude, those of the subject, the name of the area
_ORIENTATION, _EXIF_PART, _GPS_PART = 0x0112, 0x8769, 0x8825
_MOST_NOTES = 500  # of one part
_MOST_BLOCKS = 20  # a picture with a second one inside it has two
_MOST_SEGMENTS = 5_000  # a progressive picture with profile and small pictures has about a hundred
_MOST_CHUNKS = 20_000  # the usual PNG has one for every 8 KiB
_SIZES = {1: 1, 2: 1, 3: 2, 4: 4, 5: 8, 6: 1, 7: 1, 8: 2, 9: 4, 10: 8}
_XMP_TELLS: tuple[tuple[Hidden, re.Pattern[bytes]], ...] = (
    ("place", re.compile(rb"GPS(?:Dest)?(?:Latitude|Longitude)\b|Iptc4xmpCore:Location|photoshop:City\b|LocationCreated")),
    ("serial", re.compile(rb"SerialNumber\b")),
    ("person", re.compile(rb"PersonInImage|PersonDisplayName|mwg-rs:Name|dc:creator|OwnerName|CreatorContactInfo")),
)
# IPTC-IIM 4.2, record 2.
_IPTC_TELLS: dict[int, Hidden] = {
    26: "place", 27: "place", 80: "person", 90: "place", 92: "place", 118: "person", 122: "person",
}  # fmt: skip
_VIDEO = (b"ftypmp4", b"ftypisom", b"ftypqt  ", b"MotionPhoto_Data")
# Of those without a length none may lead past what follows: stuffing, TEM, RST0-7, SOI and fill bytes.
MARKER = re.compile(rb"\xff([^\x00\x01\xd0-\xd8\xff])")
# What makes a PNG look as it does; all else is notes.
_PNG_KEPT = frozenset(
    b"IHDR PLTE IDAT IEND tRNS cHRM gAMA iCCP sBIT sRGB cICP mDCV cLLI bKGD hIST pHYs sPLT acTL fcTL fdAT".split()
)


class Unreadable(ValueError):
    """A file whose parts cannot be told apart: it is no picture, or not whole."""


def is_webp(content: bytes) -> bool:
    return content[:4] + content[8:12] == b"RIFFWEBP"


def hidden_data(content: bytes) -> frozenset[Hidden]:
    """What a picture tells beside its pixels. Never fails: what cannot be read tells nothing here."""
    found = set[Hidden]()
    around = _around_pixels(content)
    for exif in _exif_blocks(content, around):
        notes = (*_notes(exif, 0), *_notes(exif, _EXIF_PART))
        found.update(_TAGS[tag] for tag, value in notes if tag in _TAGS and value.strip(b"\0 "))
        found.update("place" for tag, _ in _notes(exif, _GPS_PART) if tag in _GPS_TAGS)
    for packet in _xmp_packets(content):
        found.update(name for name, pattern in _XMP_TELLS if pattern.search(packet))
    for block in _jpeg_notes(content, _IPTC):
        # IPTC-IIM: each note is 1C, record, number, length, text.
        numbers = (note[1][0] for note in re.finditer(rb"\x1c\x02(.)\x00[^\x00]", block, re.DOTALL))
        found.update(_IPTC_TELLS[number] for number in numbers if number in _IPTC_TELLS)
    if any(mark in part for part in around[1:] for mark in _VIDEO):
        found.add("video")
    return frozenset(found)


def without_hidden_data(path: Path) -> bytes:
    """The picture in a file without any notes: the same pixels and colours, upright as before. Raises Unreadable."""
    return bare(path.read_bytes())


def bare(content: bytes) -> bytes:
    """A picture without any notes but which side is up. Raises Unreadable."""
    turns = (
        int.from_bytes(value[:2], _order(exif))
        for exif in _exif_blocks(content, _around_pixels(content))
        for value in [value for tag, value in _notes(exif, 0) if tag == _ORIENTATION][:1]
    )
    turn = next((turn for turn in turns if 1 < turn <= 8), 1)
    try:
        if content.startswith(_JPEG):
            return _bare_jpeg(content, turn)
        if content.startswith(PNG):
            return _bare_png(content, turn)
        if is_webp(content):
            return _bare_webp(content, turn)
    except (IndexError, struct.error) as error:
        raise Unreadable from error
    raise Unreadable


def _exif_blocks(content: bytes, around: tuple[bytes, ...]) -> Iterator[bytes]:
    """Every block of Exif in a file, from its byte order on. A JPEG may hold a second picture behind the first."""
    for part in around:
        at = part.find(_EXIF)
        for _ in range(_MOST_BLOCKS):
            if at < 0:
                break
            yield part[at + len(_EXIF) : at + 65_536]
            at = part.find(_EXIF, at + 1)
    for name, data in _chunks(content):
        if name in (b"eXIf", b"EXIF"):
            yield data.removeprefix(_EXIF)


def _around_pixels(content: bytes) -> tuple[bytes, ...]:
    """What stands before the pixels of a JPEG's first picture and what behind them; nothing of other files. The mark of the
    end cannot stand among pixels (T.81, B.1.1.5)."""
    if not content.startswith(_JPEG):
        return ()
    pixels = next((start for kind, start, _ in _segments(content) if kind == 0xDA), len(content))
    end = content.find(b"\xff\xd9", pixels)
    return content[:pixels], content[end + 2 :] if end >= 0 else b""


def _xmp_packets(content: bytes) -> Iterator[bytes]:
    yield from _jpeg_notes(content, _XMP)
    for name, data in _chunks(content):
        if name == b"XMP " or (name == b"iTXt" and data.startswith(b"XML:com.adobe.xmp")):
            if data[18:19] == b"\1":  # compressed; as much of it as a packet of notes may have
                with suppress(zlib.error):
                    yield zlib.decompressobj().decompress(data[20:].split(b"\0", 2)[-1], 1_000_000)
            else:
                yield data


def _order(exif: bytes) -> Literal["little", "big"]:
    return "little" if exif[:2] == b"II" else "big"


def _notes(exif: bytes, part: int) -> Iterator[tuple[int, bytes]]:
    """The notes of a part of an Exif block with their bytes; `part` 0 is the first, else the tag that leads to it."""
    order = _order(exif)

    def number(start: int, size: int) -> int:
        return int.from_bytes(exif[start : start + size], order)

    if exif[:2] not in (b"II", b"MM") or number(2, 2) != 42:
        return
    at = number(4, 4)
    if part:
        leading = [int.from_bytes(value[:4], order) for tag, value in _notes(exif, 0) if tag == part]
        if not leading:
            return
        at = leading[0]
    for entry in range(at + 2, at + 2 + 12 * min(number(at, 2), _MOST_NOTES), 12):
        if entry + 12 > len(exif):
            return
        size = _SIZES.get(number(entry + 2, 2), 1) * number(entry + 4, 4)
        start = entry + 8 if size <= 4 else number(entry + 8, 4)
        yield number(entry, 2), exif[start : start + min(size, 4096)]


def _segments(content: bytes) -> Iterator[tuple[int, int, int]]:
    """Marker, start and end of each part of a JPEG's first picture; the pixels behind the head of a scan have none."""
    at = 2
    for _ in range(_MOST_SEGMENTS):
        if (marker := MARKER.search(content, at)) is None:
            return
        kind = marker[1][0]
        if kind == 0xD9:
            yield kind, marker.start(), marker.end()
            return
        end = marker.end() + int.from_bytes(content[marker.end() : marker.end() + 2], "big")
        yield kind, marker.start(), end
        at = end
        if kind == 0xDA:
            following = MARKER.search(content, end)
            at = following.start() if following else len(content)
            yield 0, end, at


def _jpeg_notes(content: bytes, begin: bytes) -> Iterator[bytes]:
    """The notes of a JPEG that begin so."""
    if content.startswith(_JPEG):
        for kind, start, end in _segments(content):
            if kind == 0xDA:  # all notes stand before the pixels
                return
            if content.startswith(begin, start + 4):
                yield content[start + 4 : end]


def _bare_jpeg(content: bytes, turn: int) -> bytes:
    parts, whole = [_JPEG], False
    for kind, start, end in _segments(content):
        data = content[start + 4 : end]
        profile = kind == 0xE2 and data.startswith(b"ICC_PROFILE\0")
        # APP0 (JFIF, without its small picture) and APP14 (how colours are kept) are needed to show it; other APPn and COM not.
        if kind == 0xE0 and data.startswith(b"JFIF\0"):
            parts.append(b"\xff\xe0\0\x10" + data[:12] + b"\0\0")
        elif profile or kind == 0xEE or not (0xE0 <= kind <= 0xEF or kind == 0xFE):
            parts.append(content[start:end])
        whole |= kind == 0xD9
    if not whole:
        raise Unreadable
    if turn != 1:
        exif = _EXIF + _turned(turn)
        behind_jfif = 2 if len(parts) > 1 and parts[1].startswith(b"\xff\xe0") else 1
        parts.insert(behind_jfif, b"\xff\xe1" + struct.pack(">H", len(exif) + 2) + exif)
    return b"".join(parts)


def _turned(turn: int) -> bytes:
    """An Exif block that says which side is up and nothing else."""
    return b"MM\0*\0\0\0\x08" + struct.pack(">HHHIHHI", 1, _ORIENTATION, 3, 1, turn, 0, 0)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """The parts of a PNG or a WebP: name and bytes."""
    png = content.startswith(PNG)
    if not png and not is_webp(content):
        return
    at = 8 if png else 12
    for _ in range(_MOST_CHUNKS):
        if at + 8 > len(content):
            return
        head = content[at : at + 8]
        size = int.from_bytes(head[:4], "big") if png else int.from_bytes(head[4:], "little")
        name = head[4:] if png else head[:4]
        yield name, content[at + 8 : at + 8 + size]
        at += 8 + size + (4 if png else size % 2)
        if name == b"IEND":
            return


def _bare_png(content: bytes, turn: int) -> bytes:
    chunks = [(name, data) for name, data in _chunks(content) if name in _PNG_KEPT]
    if not chunks or chunks[0][0] != b"IHDR" or chunks[-1] != (b"IEND", b""):
        raise Unreadable
    if turn != 1:
        chunks.insert(1, (b"eXIf", _turned(turn)))
    return png(chunks)


def png(chunks: Iterable[tuple[bytes, bytes]]) -> bytes:
    """A PNG of these parts: name and bytes."""
    framed = (struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data)) for name, data in chunks)
    return PNG + b"".join(framed)


# Bits of VP8X that say which notes there are (WebP container specification).
_WEBP_NOTES = 0x08 | 0x04
_WEBP_EXIF = 0x08
_WEBP_KEPT = frozenset(b"VP8X,VP8 ,VP8L,ALPH,ANIM,ANMF,ICCP".split(b","))


def _bare_webp(content: bytes, turn: int) -> bytes:
    if len(content) < 8 + int.from_bytes(content[4:8], "little"):
        raise Unreadable
    chunks = [(name, data) for name, data in _chunks(content) if name in _WEBP_KEPT]
    if not chunks:
        raise Unreadable
    # Only the extended kind can hold notes, so one that is turned is of that kind.
    if chunks[0][0] == b"VP8X":
        head = chunks[0][1]
        chunks[0] = (b"VP8X", bytes([head[0] & ~_WEBP_NOTES | (_WEBP_EXIF if turn != 1 else 0)]) + head[1:])
        chunks += [(b"EXIF", _turned(turn))] if turn != 1 else []
    body = b"".join(name + struct.pack("<I", len(data)) + data + b"\0" * (len(data) % 2) for name, data in chunks)
    return b"RIFF" + struct.pack("<I", len(body) + 4) + b"WEBP" + body
