"""Pictures as they come → what is published of them: upright, small enough, and with nothing the camera noted."""

import io
import os
import struct
import zlib
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

import pytest
from PIL import Image, ImageCms

from haitang.media import images
from haitang.media.images import BUDGETS, BadPhoto, Developed, develop, examine
from tests.worlds import WORLD

RED, GREEN, BLUE = (200, 30, 40), (30, 160, 60), (40, 60, 190)
NOTED = (b"Exif", b"SECRET", b"secret", b"http://ns.adobe.com", b"ICC_PROFILE", b"ICCP", b"XMP", b"acsp", b"EXIF", b"GPS")


def coloured(size: tuple[int, int], mode: str = "RGB") -> Image.Image:
    """Red on the left, blue on the right, a green band at the top."""
    image = Image.new("RGB", size, RED)
    image.paste(BLUE, (size[0] // 2, 0, *size))
    image.paste(GREEN, (0, 0, size[0], size[1] // 5))
    return image.convert(mode)


def saved(image: Image.Image, kind: str = "JPEG", **options: Any) -> bytes:
    stream = io.BytesIO()
    image.save(stream, kind, **options)
    return stream.getvalue()


def opened(content: bytes) -> Image.Image:
    return Image.open(io.BytesIO(content)).convert("RGB")


def sizes(developed: Developed) -> list[tuple[str, int, int]]:
    return [(version.kind, version.width, version.height) for version in developed.versions]


def near(image: Image.Image, at: tuple[float, float], colour: tuple[int, ...]) -> bool:
    found = image.getpixel((int(at[0] * image.width), int(at[1] * image.height)))
    assert isinstance(found, tuple)
    return all(abs(one - other) < 40 for one, other in zip(found, colour, strict=True))


def test_versions_of_a_large_picture() -> None:
    developed = develop(saved(coloured((2400, 1800))))
    assert sizes(developed)[:4] == [("avif", 480, 360), ("webp", 480, 360), ("avif", 960, 720), ("webp", 960, 720)]
    assert sizes(developed)[4:] == [("jpeg", 960, 720), ("webp", 1600, 1200)]
    for version in developed.versions:
        image = opened(version.content)
        assert Image.open(io.BytesIO(version.content)).format == version.kind.upper()
        assert image.size == (version.width, version.height)
        assert near(image, (0.2, 0.6), RED) and near(image, (0.8, 0.6), BLUE) and near(image, (0.5, 0.1), GREEN)


@pytest.mark.parametrize(
    ("size", "expected"),
    [
        ((300, 200), [("avif", 300, 200), ("webp", 300, 200), ("jpeg", 300, 200)]),
        ((1, 1), [("avif", 1, 1), ("webp", 1, 1), ("jpeg", 1, 1)]),
        ((600, 700), [("avif", 411, 480), ("webp", 411, 480), ("avif", 600, 700), ("webp", 600, 700), ("jpeg", 600, 700)]),
        ((960, 20), [("avif", 480, 10), ("webp", 480, 10), ("avif", 960, 20), ("webp", 960, 20), ("jpeg", 960, 20)]),
    ],
)
def test_nothing_is_made_larger(size: tuple[int, int], expected: list[tuple[str, int, int]]) -> None:
    assert sizes(develop(saved(coloured(size), "PNG"))) == expected


@pytest.mark.parametrize("turn", range(1, 9))
@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_every_picture_stands_upright(turn: int, kind: str) -> None:
    undo = {2: "FLIP_LEFT_RIGHT", 3: "ROTATE_180", 4: "FLIP_TOP_BOTTOM", 5: "TRANSPOSE", 6: "ROTATE_90", 7: "TRANSVERSE",
            8: "ROTATE_270"}  # fmt: skip
    image = coloured((600, 400))
    if turn in undo:
        image = image.transpose(Image.Transpose[undo[turn]])
    exif = Image.Exif()
    exif[0x0112] = turn
    developed = develop(saved(image, kind, exif=exif))
    assert sizes(developed)[-1] == ("jpeg", 600, 400)
    for version in developed.versions:
        shown = opened(version.content)
        assert near(shown, (0.2, 0.6), RED) and near(shown, (0.8, 0.6), BLUE) and near(shown, (0.5, 0.1), GREEN)


def noted(kind: str) -> bytes:
    """A picture with all that a camera or a program may note in it."""
    exif = Image.Exif()
    exif[0x010F], exif[0x8298] = "SECRETCAM", "secret owner"
    exif[0x8825] = {1: "N", 2: (31.0, 18.0, 11.0), 3: "E", 4: (121.0, 0.0, 36.0)}
    profile = ImageCms.ImageCmsProfile(ImageCms.createProfile("LAB")).tobytes() + b"SECRET"
    options: dict[str, Any] = {"exif": exif, "icc_profile": profile}
    if kind != "PNG":
        options["xmp"] = b'<x:xmpmeta xmlns:x="adobe:ns:meta/">http://ns.adobe.com/xap/1.0/ secret</x:xmpmeta>'
    if kind == "JPEG":
        options["comment"] = b"secret comment"
    return saved(coloured((700, 500)), kind, **options) + b"secret behind the end"


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
def test_nothing_noted_is_published(kind: str) -> None:
    content = noted(kind)
    assert b"SECRETCAM" in content or b"secret" in content
    for version in develop(content).versions:
        assert [note for note in NOTED if note in version.content] == [], version.kind
        info = Image.open(io.BytesIO(version.content)).info
        assert not {"exif", "xmp", "comment", "icc_profile"} & {name for name, value in info.items() if value}


def test_nothing_noted_in_the_golden_world_is_published() -> None:
    original = (WORLD / "photos" / "he-cheng-1.jpg").read_bytes()
    assert b"SECRETCAM" in original and b"secret comment" in original
    for version in develop(original).versions:
        assert [note for note in NOTED if note in version.content] == []


def test_colours_of_another_profile_are_turned_into_srgb() -> None:
    """Under this profile red and green are exchanged: what comes out must be, too."""
    swapped = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    at_red, at_green = swapped.index(b"rXYZ"), swapped.index(b"gXYZ")
    swapped[at_red : at_red + 4], swapped[at_green : at_green + 4] = b"gXYZ", b"rXYZ"
    named = bytes(swapped).replace("sRGB".encode("utf-16-be"), "xxxx".encode("utf-16-be"))
    developed = develop(saved(Image.new("RGB", (64, 64), (255, 0, 0)), "PNG", icc_profile=named))
    assert near(opened(developed.versions[-1].content), (0.5, 0.5), (0, 255, 0))


@pytest.mark.parametrize("profile", [b"", b"nonsense", b"\0" * 200])
def test_a_broken_profile_is_left_out(profile: bytes) -> None:
    developed = develop(saved(coloured((64, 64)), "PNG", icc_profile=profile))
    assert near(opened(developed.versions[-1].content), (0.2, 0.6), RED)


def test_what_is_transparent_lies_on_paper() -> None:
    image = coloured((100, 100), "RGBA")
    image.putalpha(Image.linear_gradient("L").resize((100, 100)).point([0] * 128 + [255] * 128))
    for version in develop(saved(image, "PNG")).versions:
        assert near(opened(version.content), (0.5, 0.1), images.PAPER)
        assert near(opened(version.content), (0.2, 0.9), RED)


@pytest.mark.parametrize(
    "content",
    [
        saved(coloured((100, 80), "CMYK")),
        saved(coloured((100, 80), "P"), "PNG"),
        saved(coloured((100, 80), "RGBA"), "WEBP", lossless=True),
        saved(coloured((100, 80)), "JPEG", progressive=True),
        saved(coloured((100, 80)), "MPO", save_all=True, append_images=[Image.new("RGB", (100, 80))]),
        saved(coloured((100, 80)), "WEBP", save_all=True, append_images=[Image.new("RGB", (100, 80))]),
        saved(coloured((100, 80)), "PNG", save_all=True, append_images=[Image.new("RGB", (100, 80))]),
    ],
    ids=["CMYK", "palette", "alpha", "progressive", "several in one", "moving WebP", "moving PNG"],
)
def test_kinds_of_pictures(content: bytes) -> None:
    examine(content)
    for version in develop(content).versions:
        image = opened(version.content)
        assert near(image, (0.2, 0.6), RED) and near(image, (0.8, 0.6), BLUE) and near(image, (0.5, 0.1), GREEN)


@pytest.mark.parametrize(("mode", "half"), [("I;16", 32768), ("L", 128), ("1", 1), ("LA", (128, 255))])
def test_grey_pictures(mode: str, half: Any) -> None:
    image = opened(develop(saved(Image.new(mode, (40, 40), half), "PNG")).versions[-1].content)
    expected = (255, 255, 255) if mode == "1" else (128, 128, 128)
    assert near(image, (0.5, 0.5), expected)


def test_budgets_hold_for_mere_noise() -> None:
    noise = Image.frombytes("RGB", (1700, 1700), os.urandom(1700 * 1700 * 3))
    developed = develop(saved(noise, "JPEG", quality=60))
    for version in developed.versions:
        side = next(side for side in BUDGETS if max(version.width, version.height) <= side)
        assert len(version.content) <= BUDGETS[side], version.kind
        assert len(version.content) > 10_000
    assert [version.kind for version in developed.versions] == ["avif", "webp", "avif", "webp", "jpeg", "webp"]


def test_the_same_picture_gives_the_same_bytes_also_in_threads() -> None:
    noise = Image.effect_noise((1800, 1200), 60).convert("RGB")
    content = saved(noise, quality=70)
    with ThreadPoolExecutor(4) as pool:
        made = list(pool.map(develop, [content] * 4))
    assert all(other == made[0] for other in made[1:])


def chunk(kind: bytes, data: bytes) -> bytes:
    return struct.pack(">I", len(data)) + kind + data + struct.pack(">I", zlib.crc32(kind + data))


def png(width: int, height: int) -> bytes:
    """A PNG that says it is so large and holds next to nothing."""
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + header + chunk(b"IDAT", zlib.compress(b"\0" * 100)) + chunk(b"IEND", b"")


def many_scans() -> bytes:
    """A JPEG that would have all its pixels gone over a thousand times."""
    content = saved(coloured((64, 64)), progressive=True)
    at = content.rindex(b"\xff\xda")
    return content[:at] + content[at:-2] * 1000 + b"\xff\xd9"


def hidden_scans() -> bytes:
    """The same, but each is led past by a mark without a length, which is read as if it had one."""
    content = many_scans()
    return content.replace(b"\xff\xda", b"\xff\x01\xff\xda")


JPEG = saved(coloured((800, 600)))
BAD: dict[str, tuple[bytes, str]] = {
    "cut JPEG": (JPEG[: len(JPEG) // 2], "photo-broken"),
    "cut PNG": (saved(coloured((800, 600)), "PNG")[:-500], "photo-broken"),
    "cut WebP": (saved(coloured((800, 600)), "WEBP")[:-500], "photo-broken"),
    "only a beginning": (b"\xff\xd8\xff", "photo-broken"),
    "no pixels": (png(0, 10), "photo-broken"),
    "bomb": (png(60_000, 60_000), "photo-too-many-pixels"),
    "a little too many": (png(7072, 7072), "photo-too-many-pixels"),
    "scans without end": (many_scans(), "photo-broken"),
    "scans that are led past": (hidden_scans(), "photo-broken"),
    "a line of pixels": (png(50_000, 1), "photo-too-many-pixels"),
    "empty": (b"", "photo-no-picture"),
    "GIF": (saved(coloured((10, 10)), "GIF"), "photo-no-picture"),
    "TIFF": (saved(coloured((10, 10)), "TIFF"), "photo-no-picture"),
    "AVIF": (saved(coloured((10, 10)), "AVIF"), "photo-no-picture"),
    "SVG": (b'<svg xmlns="http://www.w3.org/2000/svg"/>', "photo-no-picture"),
    "PostScript": (b"%!PS-Adobe-3.0 EPSF-3.0\n%%BoundingBox: 0 0 1 1\n", "photo-no-picture"),
}


@pytest.mark.parametrize("look", [examine, develop])
@pytest.mark.parametrize("bad", BAD)
def test_bad_pictures_are_refused(look: Callable[[bytes], object], bad: str) -> None:
    content, code = BAD[bad]
    with pytest.raises(BadPhoto) as caught:
        look(content)
    assert caught.value.code == code


def test_a_motion_photo_is_a_picture() -> None:
    """Phones hang a film behind a JPEG; what looks like scans in there is none."""
    examine(JPEG + b"\xff\xda" * 500)


def test_the_average_colour() -> None:
    assert develop(saved(Image.new("RGB", (50, 50), (16, 32, 250)), "PNG")).colour == "#1020fa"


def test_a_picture_may_have_any_name() -> None:
    """What counts is what it holds: examine is told no name."""
    for path in sorted(Path(WORLD, "photos").iterdir()):
        examine(path.read_bytes())
