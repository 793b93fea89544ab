"""Films are told by what is in them; whatever is broken, cut or made to hurt is refused, at once."""

import random
import struct
import time

import pytest

from haitang.media.videos import BadVideo, bare, examine
from tests.films import box, element, mp4, place, webm

SOUND = {"webm": webm(2, (320, 180)), "mp4": mp4(2, (320, 180))}
TAGS = element("7373", element("67c8", element("45a3", b"LOCATION") + element("4487", b"+31.31+121.04/")))


@pytest.mark.parametrize("kind", SOUND)
def test_a_film_says_how_long_and_how_large_it_is(kind: str) -> None:
    video = examine(SOUND[kind])
    assert (video.kind, video.seconds, video.width, video.height) == (kind, 2.0, 320, 180)
    assert video.is_fit and not video.tells_place


def test_what_old_machines_and_visitors_cannot_take_is_not_fit() -> None:
    assert not examine(webm(1, told=60.5)).is_fit and examine(webm(1, told=60)).is_fit
    assert not examine(mp4(1, (3840, 2160))).is_fit and examine(mp4(1, (1080, 1920))).is_fit


def test_long_heads_of_movies_are_read_too() -> None:
    long = box("mvhd", b"\1" + bytes(19) + struct.pack(">IQ", 600, 1800) + bytes(80))
    short = box("mvhd", bytes(12) + struct.pack(">II", 1000, 1000) + bytes(80))
    content = mp4(1)
    made = content.replace(short, long)
    at = made.index(b"moov") - 4
    grown = struct.pack(">I", struct.unpack_from(">I", made, at)[0] + len(long) - len(short))
    assert examine(made[:at] + grown + made[at + 4 :]).seconds == 3.0


HOSTILE = {
    "empty": b"",
    "text": b"this is no film",
    "picture": b"\xff\xd8\xff\xe0" + bytes(200),
    "heic": box("ftyp", b"heic" + bytes(8)) + box("meta", bytes(40)) + box("mdat", bytes(40)),
    "no head": SOUND["mp4"][SOUND["mp4"].index(b"moov") - 4 :],
    "no pictures": mp4(handler=b"soun"),
    "no sample": mp4(samples=0),
    "no length": mp4(0),
    "no size": mp4(1, (0, 0)),
    "box within itself": box("ftyp", bytes(8)) + struct.pack(">I4s", 4, b"moov"),
    "box beyond the end": box("ftyp", bytes(8)) + struct.pack(">I4sQ", 1, b"moov", 1 << 62),
    "many boxes": box("ftyp", bytes(8)) + box("free") * 1_000_000,
    "never ends": webm(1, told=float("inf")),
    "not a number": webm(1, told=float("nan")),
    "before it began": webm(1, told=-1),
    "matroska": SOUND["webm"].replace(b"webm", b"mkvs"),
    "no cluster": SOUND["webm"].replace(bytes.fromhex("1f43b675"), bytes.fromhex("1f43b676")),
    "many elements": element("1a45dfa3", element("4282", b"webm")) + b"\xec\x80" * 1_000_000,
    "size of zeros": element("1a45dfa3", element("4282", b"webm")) + bytes(100),
    "open elements": element("1a45dfa3", element("4282", b"webm")) + b"\x1f\x43\xb6\x75\xff",
    "length of eleven bytes": SOUND["webm"].replace(struct.pack(">d", 2000), b""),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_files_are_refused_at_once(name: str) -> None:
    begun = time.process_time()
    with pytest.raises(BadVideo):
        examine(HOSTILE[name])
    assert time.process_time() - begun < 0.5


@pytest.mark.parametrize("kind", SOUND)
def test_cut_anywhere_it_is_refused_and_spoiled_anywhere_it_never_fails_otherwise(kind: str) -> None:
    content, dice = SOUND[kind], random.Random(7)
    for end in (*range(0, min(len(content), 400), 3), *(dice.randrange(len(content)) for _ in range(50))):
        with pytest.raises(BadVideo):
            examine(content[:end])
    for _ in range(400):
        spoiled = bytearray(content)
        for _ in range(dice.randrange(1, 5)):
            spoiled[dice.randrange(min(len(content), 600))] = dice.choice((0, 1, 0x7F, 0x80, 0xFF, dice.randrange(256)))
        try:
            video = examine(bytes(spoiled))
            assert video.seconds > 0 and len(bare(bytes(spoiled))) == len(content)
        except BadVideo:
            pass


@pytest.mark.parametrize("content", [webm(1, tags=TAGS), mp4(1, notes=place())], ids=["webm", "mp4"])
def test_notes_are_seen_and_taken_out_in_place(content: bytes) -> None:
    assert examine(content).tells_place
    made = bare(content)
    assert len(made) == len(content) and bare(made) == made
    assert b"31.31" not in made and not examine(made).tells_place
    assert (examine(made).seconds, examine(made).width) == (examine(content).seconds, examine(content).width)


def test_without_notes_nothing_changes() -> None:
    assert all(bare(content) == content for content in SOUND.values())
