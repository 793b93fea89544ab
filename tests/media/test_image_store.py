"""The pictures of a data root: what is kept of them, when it is made again, and what a page is told."""

import io
from pathlib import Path

import pytest
from PIL import Image

from haitang.core.digests import content_digest, digest
from haitang.media import image_store as album_module
from haitang.media.image_store import Album, Picture
from haitang.media.images import KIOSK_BYTES, develop
from tests.worlds import WORLD, publish, tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    (tmp_path / "photos").mkdir()
    for at, name in enumerate(("a.jpg", "b.png")):
        Image.new("RGB", (700, 500), (at * 99, 60, 70)).save(tmp_path / "photos" / name)
    return tmp_path


@pytest.fixture
def made(monkeypatch: pytest.MonkeyPatch) -> list[bytes]:
    """The originals that were developed."""
    developed: list[bytes] = []

    def noting(content: bytes) -> object:
        developed.append(content)
        return develop(content)

    monkeypatch.setattr(album_module, "develop", noting)
    return developed


def filled(root: Path, names: tuple[str, ...] = ("a.jpg", "b.png")) -> Album:
    album = Album(root, root / "kept")
    assert album.faults(names, making=True) == {}
    return album


def files(album: Album) -> list[tuple[str, str, bytes]]:
    return [(path, digest, content()) for path, digest, content in album.files()]


def test_a_picture_is_developed_once(root: Path, made: list[bytes]) -> None:
    first = filled(root)
    again = filled(root)
    assert len(made) == 2
    assert again.pictures == first.pictures
    assert files(again) == files(first)
    assert len(made) == 2


def test_another_content_is_another_picture(root: Path, made: list[bytes]) -> None:
    first = filled(root)
    (root / "photos" / "a.jpg").write_bytes((root / "photos" / "b.png").read_bytes())
    again = filled(root)
    assert len(made) == 2  # that content was known
    assert again.pictures["a.jpg"] != first.pictures["a.jpg"]
    assert again.pictures["b.png"] == first.pictures["b.png"]


def test_other_settings_make_other_names(root: Path, made: list[bytes], monkeypatch: pytest.MonkeyPatch) -> None:
    first = filled(root)
    monkeypatch.setattr(album_module, "settings", lambda: "others")
    assert {variant.path for picture in filled(root).pictures.values() for variant in picture.variants}.isdisjoint(
        variant.path for picture in first.pictures.values() for variant in picture.variants
    )
    assert len(made) == 4


@pytest.mark.parametrize("damage", ["cut", "emptied", "head", "middle", "end"])
def test_damage_is_noticed_and_mended(root: Path, made: list[bytes], damage: str) -> None:
    right = files(filled(root))
    for entry in (root / "kept").iterdir():
        content = bytearray(entry.read_bytes())
        at = {"head": 70, "middle": len(content) // 2, "end": -1}.get(damage)
        if at is not None:
            content[at] ^= 1
        entry.write_bytes(bytes({"cut": content[:-9], "emptied": bytearray()}.get(damage, content)))
    assert files(filled(root)) == right
    assert len(made) == 4
    assert files(filled(root)) == right
    assert len(made) == (6 if damage in ("middle", "end") else 4)  # the worse one is thrown away first, then made
    assert files(filled(root)) == right
    assert len(made) <= 6


def test_what_was_kept_of_another_picture_is_not_believed(root: Path, made: list[bytes]) -> None:
    right = files(filled(root))
    one, other = (root / "kept").iterdir()
    one.rename(root / "between"), other.rename(one), (root / "between").rename(other)
    assert files(filled(root)) == right
    assert len(made) == 4


def test_nothing_half_written_is_left(root: Path) -> None:
    filled(root)
    names = [entry.name for entry in (root / "kept").iterdir()]
    assert len(names) == 2
    assert all(len(name) == 40 and name.isalnum() for name in names)


def test_two_names_of_one_picture_are_published_once(root: Path) -> None:
    content = (root / "photos" / "a.jpg").read_bytes()
    for name in ("A.webp", "c.jpg"):
        (root / "photos" / name).write_bytes(content)
    album = filled(root, ("A.webp", "a.jpg", "c.jpg"))
    paths = [path for path, _, _ in files(album)]
    assert len(paths) == len({path.lower() for path in paths}) == 10
    assert album.pictures["A.webp"] == album.pictures["a.jpg"]


def test_digests_of_the_fingerprint_spare_reading(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    seen = digest([("photos", root / "photos")]).below("photos/")
    assert seen == {name: content_digest((root / "photos" / name).read_bytes()) for name in ("a.jpg", "b.png")}
    first = filled(root)
    monkeypatch.setattr(album_module, "read_regular", None)
    album = Album(root, root / "kept", seen)
    assert album.faults(seen, making=True) == {}
    assert album.pictures == first.pictures
    assert all(content for _, _, content in files(album))


def test_looking_makes_nothing(root: Path, made: list[bytes]) -> None:
    (root / "photos" / "c.jpg").write_bytes(b"\xff\xd8\xff\xe0")
    album = Album(root, root / "kept", only_looking=True)
    assert album.faults(["a.jpg", "b.png", "c.jpg"], making=True) == {"c.jpg": "photo-broken"}
    assert made == []
    assert not (root / "kept").exists()


def test_many_new_pictures_are_announced(root: Path) -> None:
    told: list[int] = []
    for _ in range(2):
        Album(root, root / "kept", developing=told.append).faults(["a.jpg", "b.png"], making=True)
    assert told == [2]


def test_what_is_not_used_is_forgotten_when_it_is_too_much(root: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    filled(root).prune()
    few = filled(root, ("a.jpg",))
    few.prune()
    assert len(list((root / "kept").iterdir())) == 2
    monkeypatch.setattr(album_module, "_SPARE", 0)
    few.prune()
    assert len(list((root / "kept").iterdir())) == 1
    assert files(few)


def test_a_kiosk_carries_little() -> None:
    noise = io.BytesIO()
    Image.effect_noise((1800, 1800), 100).convert("RGB").save(noise, "JPEG", quality=85)
    root = WORLD
    album = Album(root)
    assert album.faults(["he-cheng-1.jpg"], making=True) == {}
    whole = album.pictures["he-cheng-1.jpg"]
    kiosk = whole.for_kiosk()
    assert [(variant.kind, variant.width) for variant in kiosk.variants] == [("webp", 480), ("webp", 960)]
    assert (kiosk.width, kiosk.fallback, kiosk.largest) == (960, kiosk.variants[1], kiosk.variants[1])
    assert sum(variant.bytes for variant in kiosk.variants) <= KIOSK_BYTES == 240_000
    heaviest = sorted(len(version.content) for version in develop(noise.getvalue()).versions if version.kind == "webp")
    assert sum(heaviest[:2]) <= KIOSK_BYTES


def test_a_picture_tells_its_files() -> None:
    album = Album(WORLD)
    album.faults(["he-hua.png"], making=True)
    picture: Picture = album.pictures["he-hua.png"]
    (avif,) = [variant for variant in picture.variants if variant.kind == "avif"]
    assert picture.srcset("avif", "../") == f"../{avif.path} 420w"
    assert picture.fallback.path.endswith(".420.jpg")


def test_no_original_is_published(tmp_path: Path) -> None:
    publish(WORLD, tmp_path)
    originals = {path.read_bytes() for path in (WORLD / "photos").iterdir()}
    for path, content in tree(tmp_path / "site").items():
        assert content not in originals, path
        assert b"SECRETCAM" not in content, path
