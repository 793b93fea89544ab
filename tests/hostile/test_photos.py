"""What cameras, phones and programs write into photos besides the picture is not published."""

from pathlib import Path

import pytest
from PIL import Image, PngImagePlugin

from tests.hostile.strings import visible
from tests.hostile.world import begin
from tests.worlds import publish

SAID = "SMUGGLED"
_XMP = '<x:xmpmeta xmlns:x="adobe:ns:meta/"><x:a>{}</x:a></x:xmpmeta>'
_TAGS = (
    0x010E,
    0x010F,
    0x0110,
    0x0131,
    0x8298,
    0x9C9B,
    0x9C9C,
    0x9286,
)  # description, maker, program, copyright, …; not whose name it is, which the check refuses


def with_texts(path: Path, text: str) -> None:
    """The same picture, with a text in every place that holds one: EXIF, XMP, IPTC, comments, chunks."""
    exif = Image.Exif()
    for tag in _TAGS:
        exif[tag] = text
    xmp = _XMP.format(text.replace("&", "&amp;").replace("<", "&lt;")).encode()
    with Image.open(path) as picture:
        picture.load()
        if picture.format == "PNG":
            chunks = PngImagePlugin.PngInfo()
            chunks.add_text("Comment", text)
            chunks.add_itxt("XML:com.adobe.xmp", xmp.decode())
            picture.save(path, pnginfo=chunks, exif=exif)
        elif picture.format == "WEBP":
            picture.save(path, exif=exif, xmp=xmp)
        else:
            picture.save(path, exif=exif, xmp=xmp, comment=text.encode())
            content = path.read_bytes()
            record = b"\x1c\x02\x78" + len(text.encode()).to_bytes(2, "big") + text.encode()  # IPTC: the caption
            block = b"Photoshop 3.0\x008BIM\x04\x04\x00\x00" + len(record).to_bytes(4, "big") + record
            path.write_bytes(content[:2] + b"\xff\xed" + (len(block) + 2).to_bytes(2, "big") + block + content[2:])
    assert SAID.encode() in path.read_bytes() or SAID.encode("utf-16-le") in path.read_bytes()


def smuggled(folder: Path, texts: tuple[str, ...]) -> list[str]:
    root = begin(folder / "data", "普通的字").root
    for path in sorted((root / "photos").iterdir()):
        with_texts(path, f"{SAID} {' '.join(texts)} {SAID}")
    publish(root, folder / "out")
    site = folder / "out" / "site"
    assert len([*(site / "photos").iterdir()]) > 2
    told = [path for path in site.rglob("*") if path.is_file()]
    forms = (SAID.encode(), SAID.encode("utf-16-le"), SAID.encode("utf-16-be"))
    return [path.name for path in told if any(form in path.read_bytes() for form in forms)]


def test_no_text_in_a_photo_is_published(tmp_path: Path) -> None:
    assert smuggled(tmp_path, visible()[:40]) == []


@pytest.mark.long
def test_no_text_of_all_in_a_photo_is_published(tmp_path: Path) -> None:
    for start in range(0, len(visible()), 1000):
        assert smuggled(tmp_path / f"{start}", visible()[start : start + 1000]) == []
