"""QR codes: a phone reads them, they keep their white margin, and each is drawn once."""

import json
import re
import zlib
from base64 import b64decode
from datetime import date
from html import unescape
from pathlib import Path

import pytest
import zxingcpp

import haitang.media.qr
from haitang.media.qr import QUIET, SCALE, Code, Codes
from tests.worlds import TODAY, WORLD, publish

ADDRESS = "https://example.org/yangli/positions/he-cheng.html"


def pixels(png: bytes) -> list[bytes]:
    """The picture's rows, a byte a pixel: 0 for black, 255 for white. As simple as the pictures are."""
    assert png.startswith(b"\x89PNG\r\n\x1a\n")
    chunks, at = {}, 8
    while at < len(png):
        length = int.from_bytes(png[at : at + 4], "big")
        name, data = png[at + 4 : at + 8], png[at + 8 : at + 8 + length]
        assert int.from_bytes(png[at + 8 + length : at + 12 + length], "big") == zlib.crc32(name + data)
        chunks[name], at = data, at + 12 + length
    width, height = int.from_bytes(chunks[b"IHDR"][:4], "big"), int.from_bytes(chunks[b"IHDR"][4:8], "big")
    assert chunks[b"IHDR"][8:] == bytes([1, 0, 0, 0, 0]), "one bit a pixel, grey"
    raw, stride = zlib.decompress(chunks[b"IDAT"]), -(-width // 8) + 1
    rows: list[bytes] = []
    for y in range(height):
        kind, line = raw[stride * y], raw[stride * y + 1 : stride * (y + 1)]
        assert kind in (0, 2)
        above = rows[-1] if kind == 2 else bytes(len(line))
        rows.append(bytes((one + other) % 256 for one, other in zip(line, above, strict=True)))
    return [bytes(255 * (row[x >> 3] >> (7 - (x & 7)) & 1) for x in range(width)) for row in rows]


def picture_of(code: Code) -> list[bytes]:
    kind, _, data = code.picture.partition(",")
    assert kind == "data:image/png;base64"
    return pixels(b64decode(data, validate=True))


def decoded(rows: list[bytes]) -> zxingcpp.Barcode:
    (found,) = zxingcpp.read_barcodes(memoryview(b"".join(rows)).cast("B", shape=[len(rows), len(rows[0])]))
    return found


@pytest.mark.parametrize("address", [ADDRESS, "https://h.cn/p.html", f"https://directory.example.org/{'a' * 150}.html"])
def test_a_phone_reads_it(address: str) -> None:
    code = Codes().of(address)
    rows = picture_of(code)
    found = decoded(rows)
    assert found.text == address
    assert str(found.ec_level) == "M"
    assert len(rows) == len(rows[0]) == code.side


def test_it_is_white_around_and_square_within() -> None:
    rows = picture_of(Codes().of(ADDRESS))
    margin = QUIET * SCALE
    white = b"\xff" * len(rows)
    assert rows[:margin] == rows[-margin:] == [white] * margin
    assert all(row[:margin] == row[-margin:] == white[:margin] for row in rows)
    assert 0 in rows[margin] and 0 in rows[-margin - 1], "and no wider than that"
    for y in range(0, len(rows), SCALE):
        assert len(set(rows[y : y + SCALE])) == 1
        assert all(len(set(rows[y][x : x + SCALE])) == 1 for x in range(0, len(rows), SCALE))


def test_every_address_can_be_read() -> None:
    """The mask is the same for all, so that many addresses are tried, short and long."""
    codes = Codes()
    for n in range(200):
        address = f"https://example.org/{'ab-cd/' * (n % 23)}positions/{n * 7919:x}.html"
        assert decoded(picture_of(codes.of(address))).text == address


def test_each_is_drawn_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    drawn: list[str] = []
    draw = haitang.media.qr._modules

    def drawing(address: str) -> list[bytearray]:
        drawn.append(address)
        return draw(address)

    monkeypatch.setattr(haitang.media.qr, "_modules", drawing)
    first = Codes(tmp_path / "qr")
    fresh = [first.of(f"{ADDRESS}?{n}") for n in range(3)]
    first.keep()
    second = Codes(tmp_path / "qr")
    assert [second.of(f"{ADDRESS}?{n}") for n in range(3)] == fresh
    assert len(drawn) == 3
    second.of(f"{ADDRESS}?new")
    assert drawn[3:] == [f"{ADDRESS}?new"]


def test_what_nobody_asks_for_is_forgotten(tmp_path: Path) -> None:
    for address in (ADDRESS, ADDRESS + "?other"):
        codes = Codes(tmp_path)
        codes.of(address)
        codes.keep()
    (file,) = tmp_path.iterdir()
    assert list(json.loads(file.read_bytes())) == [ADDRESS + "?other"]


def test_sites_do_not_forget_each_others(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("https://one.cn", "https://two.cn", ""):
        codes = Codes(tmp_path, name)
        if name:
            codes.of(f"{name}/a.html")
        codes.keep()
    monkeypatch.setattr(haitang.media.qr, "_modules", None)
    for name in ("https://one.cn", "https://two.cn"):
        assert Codes(tmp_path, name).of(f"{name}/a.html").side > 0


@pytest.mark.parametrize("damage", [b"", b"[]", b'{"x": 1}', b'{"x"', b"\xff", b"null"], ids=repr)
def test_a_damaged_store_is_made_anew(tmp_path: Path, damage: bytes) -> None:
    codes = Codes(tmp_path)
    code = codes.of(ADDRESS)
    codes.keep()
    (file,) = tmp_path.iterdir()
    file.write_bytes(damage)
    again = Codes(tmp_path)
    assert again.of(ADDRESS) == code
    again.keep()
    assert Codes(tmp_path).of(ADDRESS) == code


def test_every_position_shows_the_code_of_its_own_address(tmp_path: Path) -> None:
    publish(WORLD, tmp_path / "out", today=TODAY)
    pages = sorted((tmp_path / "out" / "site" / "positions").glob("*.html"))
    shown = {}
    for page in pages:
        html = page.read_text("utf-8")
        for picture, side in re.findall(r'<img src="(data:image/png;base64,[^"]+)" width="(\d+)"', html):
            shown[page.name] = decoded(picture_of(Code(unescape(picture), int(side)))).text
            assert html.count("data:image/png") == 1
            assert shown[page.name] in html.split('class="fine take-address"')[1]
    assert shown
    assert all(address == f"https://example.org/yangli/positions/{name}" for name, address in shown.items())


def test_without_an_address_there_is_no_code(root: Path, tmp_path: Path) -> None:
    assert "base_url" not in (root / "directory.yml").read_text("utf-8")
    publish(root, tmp_path / "out", today=date(2026, 11, 23))
    html = "".join(path.read_text("utf-8") for path in (tmp_path / "out" / "site").rglob("*.html"))
    assert "data-share" in html
    assert "data:image/png" not in html
    assert 'property="og:image"' not in html
