"""Readings as somebody wrote them: tone-free syllables, one for each Chinese character.

The rule: nothing is guessed here, so that no dictionary needs to be loaded; `pinyin` knows how characters are read.
"""

import re
import unicodedata

_HAN = re.compile(r"[\u3400-\u9fff\uf900-\ufaff]")
_SYLLABLE = re.compile(r"[a-z]{1,6}")


def han(text: str) -> list[int]:
    """Where Chinese characters stand in a text."""
    return [match.start() for match in _HAN.finditer(text)]


def is_han(character: str) -> bool:
    return _HAN.match(character) is not None


def _plain(written: str) -> str:
    """Small letters without tones; ü is v, as on a keyboard."""
    decomposed = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", written).lower()).replace("u\u0308", "v")
    return "".join(letter for letter in decomposed if not unicodedata.combining(letter))


def toneless(syllable: str) -> str:
    """lǜ → lv; empty for what is no syllable."""
    plain = _plain(syllable)
    return plain if _SYLLABLE.fullmatch(plain) else ""


def syllables(written: str) -> tuple[str, ...]:
    """What an editor wrote as a reading: `Lǜ dì`, `lv4 di4` and `lü-di` are lv, di."""
    return tuple(re.findall(r"[a-z]+", _plain(written)))


def reading_of(name: str, short_name: str | None, written: str) -> dict[int, str] | None:
    """How a name is read where an editor says so for all of it or for the short name in it, by place; None where neither fits
    one syllable a character."""
    said = syllables(written)
    for part in (name, short_name):
        places = han(part) if part else []
        start = name.find(part) if part else -1
        if len(places) == len(said) and start >= 0:
            return {start + place: syllable for place, syllable in zip(places, said, strict=True)}
    return None
