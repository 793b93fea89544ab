"""Chinese names, and those in other scripts, in Latin letters.

The rule: what is made here is a proposal or a search key, and shown as a name only to those who read no Chinese (`romanised`).
What somebody wrote is never guessed.
"""

import json
import re
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from functools import cache
from hashlib import blake2b
from importlib.util import find_spec
from pathlib import Path

from haitang.core.atomic_files import write_atomic
from haitang.core.toolchain import ROOT

LONGEST = 40
# The 3,755 characters of GB 2312's first level, in their order, which is that of their sounds.
COMMON = b"".join(bytes((0xB0 + cell // 94, 0xA1 + cell % 94)) for cell in range(40 * 94 - 5)).decode("gb2312")


def slug(name: str) -> str:
    """All syllables of a name and what Latin words and numbers are in it, joined by dashes: 社保医保咨询 →
    `she-bao-yi-bao-zi-xun`; empty if nothing is left."""
    said = read(name)
    spelt = "".join(
        f" {said.get(at, '')} " if is_han(character) else latin(character).lower() for at, character in enumerate(name)
    )
    return "-".join(re.findall("[a-z0-9]+", spelt))[:LONGEST].strip("-")


def latin(character: str) -> str:
    """A character of another script than Chinese in ASCII letters and digits: Ł → L, Ω → O; a blank for what is none."""
    if character.isascii():
        return character if character.isalnum() else " "
    if unicodedata.category(character)[0] not in "LMN":
        return " "
    from anyascii import anyascii

    return "".join(sign for sign in anyascii(character) if sign.isalnum())


_MOST = 200_000  # stretches of text that are remembered
_AROUND = 2  # characters on either side that decide how one is read: 朝阳 zhao, 朝向 chao


def read(text: str) -> dict[int, str]:
    """How each Chinese character of a text is read, tone-free, as its neighbours have it; by its place in the text."""
    found = {}
    for at, ways in enumerate(map(_ways.__getitem__, text)):
        if len(ways) > 1:
            found[at] = _within[f"{min(at, _AROUND)}{text[max(at - _AROUND, 0) : at + _AROUND + 1]}"] or ways[0]
        elif ways:
            found[at] = ways[0]
    return found


class _Ways(dict[str, tuple[str, ...]]):
    """All ways to read a character, the usual one first; none where it is not Chinese."""

    def __missing__(self, character: str) -> tuple[str, ...]:
        if not is_han(character):
            self[character] = ()
        elif not _note.recalled():
            return self[character]
        else:
            ways = map(toneless, _tables().characters.get(str(ord(character)), "").split(","))
            self[character] = tuple(dict.fromkeys(syllable for syllable in ways if syllable))
            _note.grown = True
        return self[character]


class _Within(dict[str, str]):
    """How a character is read: its place among its neighbours, and all of these."""

    def __missing__(self, key: str) -> str:
        if not _note.recalled():
            return self[key]
        at, text = int(key[0]), key[1:]
        start = max((place + 1 for place in range(at) if not _ways[text[place]]), default=0)
        end = next((place for place in range(at, len(text)) if not _ways[text[place]]), len(text))
        said = _as_in_words(text[start:end], at - start)
        if len(self) < _MOST:
            self[key] = said
            _note.grown = True
        return said


def _as_in_words(text: str, at: int) -> str:
    """As `lazy_pinyin` reads it: each word is the longest that begins where the last one ends, and where the rest is only the
    beginning of a word there is none in it."""
    words, start = _tables().words, 0
    while start <= at:
        end = next((end for end in range(len(text), start + 1, -1) if text[start:end] in words), 0)
        if end > at:
            return toneless(words[text[start:end]][at - start][0])
        if not end and _tables().has_word_from(text[start:]):
            break
        start = end or start + 1
    return next(iter(_ways[text[at]]), "")


def is_word(text: str) -> bool:
    """Whether the dictionary knows a word."""
    return text in _tables().words


class _Tables:
    """Those of pypinyin, read past it: it holds three copies, sixty megabytes, until the program ends.

    `characters`: the ways to read one, by its code; `words`: of each character in a word the ways to read it there.
    """

    def __init__(self) -> None:
        folder = Path(_pypinyin()).parent
        self.characters: dict[str, str] = json.loads((folder / "pinyin_dict.json").read_bytes())
        self.words: dict[str, list[list[str]]] = json.loads((folder / "phrases_dict.json").read_bytes())
        self._sorted = sorted(self.words)

    def has_word_from(self, beginning: str) -> bool:
        at = bisect_left(self._sorted, beginning)
        return at < len(self._sorted) and self._sorted[at].startswith(beginning)


@cache
def _tables() -> _Tables:
    return _Tables()


def _pypinyin() -> str:
    """Where its version stands, beside its tables."""
    found = find_spec("pypinyin")
    assert found and found.origin
    return found.origin


class _Note:
    """What was found out, for the next time: to read the tables takes a tenth of a second.

    A line with a digest of all that follows and of what made it, then JSON. Whatever is not as it was written is not there.
    """

    grown = False  # there is something to keep
    _asked = False

    def recalled(self) -> bool:
        """Whether the note was read before; else it is read now."""
        before, self._asked = self._asked, True
        if not before:
            with suppress(OSError, ValueError):
                written, _, content = (_NOTES / "readings.json").read_bytes().partition(b"\n")
                if written == _digest(content):
                    ways, within = json.loads(content)
                    _ways.update((character, tuple(said.split())) for character, said in ways.items())
                    _within.update(within)
        return before

    def keep(self) -> None:
        """That it cannot be written down is no harm."""
        if self.grown:
            ways = {character: " ".join(said) for character, said in _ways.items() if said}
            content = json.dumps([ways, _within], ensure_ascii=False, separators=(",", ":")).encode()
            with suppress(OSError):
                write_atomic(_NOTES / "readings.json", _digest(content) + b"\n" + content)
            self.grown = False


def _digest(content: bytes) -> bytes:
    made_by = [Path(file).read_bytes() for file in (__file__, _pypinyin())]
    return blake2b(b"\0".join((*made_by, content)), digest_size=16).hexdigest().encode()


_NOTES = Path(ROOT, ".cache", "pinyin")
_ways, _within, _note = _Ways(), _Within(), _Note()


def keep(*, let_go: bool = True) -> None:
    """Notes what was found out of characters and their neighbours, so that it need not be found out again, and lets go of the
    tables where nobody will ask soon."""
    _note.keep()
    if let_go:
        _tables.cache_clear()


def sounds(text: str) -> str:
    """How a text sounds, each character as it is read most often: what is typed the same on a keyboard sounds the same."""
    return " ".join(map(_SOUNDS.__getitem__, text))


class _Sounds(dict[str, str]):
    """Of each character that was asked about."""

    def __missing__(self, character: str) -> str:
        self[character] = found = next(iter(_ways[character]), character)
        return found


_SOUNDS = _Sounds()


def known_sounds() -> Mapping[str, str]:
    """The characters that were asked about, as `sounds` reads them."""
    return dict(sorted(_SOUNDS.items()))


def recall_sounds(sounds: Mapping[str, str]) -> None:
    """What `known_sounds` told at another time, so that the tables need not be read for it."""
    _SOUNDS.update(sounds)


@dataclass(frozen=True)
class Readings:
    """How characters are read.

    `usual` is the reading most places have; `others` all further ones; `phrases` tells where a character is read
    otherwise: stretch of text and place in it (in UTF-16 units) → reading.
    """

    usual: Mapping[str, str]
    others: Mapping[str, tuple[str, ...]]
    phrases: Mapping[tuple[str, int], str]


def readings(texts: Iterable[str], by_hand: Mapping[str, Mapping[int, str]]) -> Readings:
    """The readings of all characters in these texts. `by_hand` is how editors say that texts, or parts of them, are read."""
    said = {text: {**read(text), **by_hand[text]} if text in by_hand else read(text) for text in dict.fromkeys(texts)}
    pairs = Counter((text[at], syllable) for text, own in said.items() for at, syllable in own.items())
    seen: dict[str, Counter[str]] = {}
    for (character, syllable), count in pairs.items():
        seen.setdefault(character, Counter())[syllable] = count
    unsure: dict[str, list[tuple[str, int, str]]] = {character: [] for character, counts in seen.items() if len(counts) > 1}
    for text, own in said.items():
        if not unsure.keys().isdisjoint(text):
            for at, syllable in own.items():
                if text[at] in unsure:
                    unsure[text[at]].append((text, at, syllable))
    usual, others, phrases = {}, {}, {}
    for character, counts in sorted(seen.items()):
        usual[character] = max(counts, key=lambda syllable: (counts[syllable], syllable))
        ways = dict.fromkeys([*counts, *_ways[character]])
        if rest := tuple(syllable for syllable in ways if syllable != usual[character]):
            others[character] = rest
        phrases.update(_exceptions(unsure.get(character, []), usual[character]))
    return Readings(usual, others, phrases)


def _exceptions(places: list[tuple[str, int, str]], usual: str) -> dict[tuple[str, int], str]:
    """For each place that is not read as usual the shortest stretch around it that is read so wherever it stands."""
    found: dict[tuple[str, int], str] = {}
    tried: dict[tuple[str, int], set[str]] = {}
    for text, at, syllable in places:
        for stretch in _stretches(text, at):
            tried.setdefault(stretch, set()).add(syllable)
    for text, at, syllable in places:
        if syllable == usual:
            continue
        around, place = next((each for each in _stretches(text, at) if tried[each] == {syllable}), (text, at))
        found[around, len(around[:place].encode("utf-16-le")) // 2] = syllable
    return found


def _stretches(text: str, at: int) -> Iterator[tuple[str, int]]:
    """Of two to five characters around a place, shortest first, each with the place in it."""
    for length in range(2, 6):
        for start in range(max(at - length + 1, 0), min(at, len(text) - length) + 1):
            yield text[start : start + length], at - start


def common_sounds() -> list[tuple[str, int]]:
    """How the characters of COMMON are read, in their order: syllables, and how many are read so one after the other."""
    sounds: list[tuple[str, int]] = []
    for syllable in _in_order([_ways[character] for character in COMMON]):
        if sounds and sounds[-1][0] == syllable:
            sounds[-1] = (syllable, sounds[-1][1] + 1)
        else:
            sounds.append((syllable, 1))
    return sounds


def _in_order(ways: list[tuple[str, ...]]) -> list[str]:
    """One reading each so that all rise: the usual ones where most of those rise, and where not, what stands before."""
    ends: list[tuple[str, int]] = []  # of the rising rows found so far the lowest last syllable, by length
    before = [-1] * len(ways)
    for at, (usual, *_) in enumerate(ways):
        key = usual.replace("v", "u")
        length = bisect_right(ends, (key, len(ways)))
        before[at] = ends[length - 1][1] if length else -1
        ends[length : length + 1] = [(key, at)]
    kept, at = set[int](), ends[-1][1]
    while at >= 0:
        kept.add(at)
        at = before[at]
    chosen: list[str] = []
    for at, each in enumerate(ways):
        chosen.append(each[0] if at in kept or not chosen else chosen[-1])
    return chosen


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


@cache
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
    spoken = syllables(written)
    for part in (name, short_name):
        places = han(part) if part else []
        start = name.find(part) if part else -1
        if len(places) == len(spoken) and start >= 0:
            return {start + place: syllable for place, syllable in zip(places, spoken, strict=True)}
    return None


def ways_to_read(character: str) -> tuple[str, ...]:
    """All syllables of a Chinese character, without tones."""
    return _ways[character]
