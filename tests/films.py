"""Short films for tests: WebM that every Chromium plays, since each of its pictures is one of a WebP; MP4 whose boxes are right
and whose pictures nobody can show."""

import io
import struct

from PIL import Image

PER_SECOND = 4


def element(name: str, content: bytes, size: bytes = b"") -> bytes:
    """An element of EBML by its name in hexadecimal digits."""
    return bytes.fromhex(name) + (size or (1 << 56 | len(content)).to_bytes(8, "big")) + content


def picture(number: int, size: tuple[int, int]) -> bytes:
    """One picture of VP8, from a WebP."""
    stream = io.BytesIO()
    Image.new("RGB", size, (40 + number * 13 % 200, 140, 90)).save(stream, "WEBP", quality=50)
    content = stream.getvalue()
    assert content[12:16] == b"VP8 "
    return content[20 : 20 + int.from_bytes(content[16:20], "little")]


def webm(seconds: float = 1, size: tuple[int, int] = (160, 120), *, tags: bytes = b"", told: float | None = None) -> bytes:
    """`told`: how long it says that it is, in seconds."""
    head = element("4282", b"webm") + element("4287", b"\2") + element("4285", b"\2")
    length = struct.pack(">d", (seconds if told is None else told) * 1000)
    info = element("2ad7b1", (1_000_000).to_bytes(4, "big")) + element("4489", length)
    sides = element("b0", size[0].to_bytes(2, "big")) + element("ba", size[1].to_bytes(2, "big"))
    track = (
        element("d7", b"\1") + element("73c5", b"\1") + element("83", b"\1") + element("86", b"V_VP8") + element("e0", sides)
    )
    blocks = b"".join(
        element("a3", b"\x81" + struct.pack(">hB", at * 1000 // PER_SECOND, 0x80) + picture(at, size))
        for at in range(max(1, int(min(seconds, 30) * PER_SECOND)))
    )
    parts = element("1549a966", info) + element("1654ae6b", element("ae", track))
    parts += (element("1254c367", tags) if tags else b"") + element("1f43b675", element("e7", b"\0") + blocks)
    return element("1a45dfa3", head) + element("18538067", parts)


def box(name: str, content: bytes = b"") -> bytes:
    return struct.pack(">I4s", 8 + len(content), name.encode("latin-1")) + content


def mp4(
    seconds: float = 1,
    size: tuple[int, int] = (160, 120),
    *,
    notes: bytes = b"",
    heads: bytes = b"",
    handler: bytes = b"vide",
    codec: str = "avc1",
    samples: int = 1,
) -> bytes:
    """`codec`: how its pictures are kept; some browsers know `avc1` and find out only later that there are none."""
    mvhd = box("mvhd", bytes(12) + struct.pack(">II", 1000, int(seconds * 1000)) + bytes(80))
    sample = box(codec, bytes(24) + struct.pack(">HH", *size) + bytes(50))
    tables = box("stbl", box("stsd", bytes(4) + struct.pack(">I", samples) + sample * samples))
    track = box("trak", box("mdia", box("hdlr", bytes(8) + handler + bytes(13)) + box("minf", tables)))
    head = box("moov", mvhd + track + notes)
    return box("ftyp", b"isom" + bytes(4) + b"isomavc1") + heads + head + box("mdat", bytes(64))


def place() -> bytes:
    """Notes of a phone's: where it was taken."""
    return box("udta", box("\xa9xyz", b"\0\x12\x15\xc7+31.3100+121.0400/"))
