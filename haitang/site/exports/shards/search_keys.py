"""data/keys/*.js: in which blocks a word is to be found, and how well at best; data/search.js: which of these files there are.

A key is how two neighbouring characters of a text are read (`qi ming`), by their syllables and by their first letters (`q m`),
the first letters of three (`qm h`), and how one is read; of telephone numbers five digits. Characters that sound alike share
their keys, so that whatever is typed leads to few blocks that may hold it, and the search itself (frontend/src/search) looks
into those. A file holds all keys with the same first part: `keys/qi.js`, first letters in `keys/-q.js` and `keys/-qm.js`,
digits of numbers by the last two in `keys/=05.js`. Where that is much, it stands in parts, by what the second part begins with:
`keys/qi.0.js` to `keys/qi.3.js`; whoever types waits for one of them.

The rule: a place has every key that any words that find it have (frontend/src/search/split/candidates.ts); the rank of a key is
no worse than that of any hit it leads to.
"""

import marshal
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import partial
from hashlib import blake2b
from itertools import groupby, pairwise
from operator import itemgetter

from haitang.core.digests import plain_bytes
from haitang.core.pinyin import is_han, reading_of, ways_to_read
from haitang.model.entries import Position
from haitang.model.tiers import MOST
from haitang.site.edition.fragments import fragments
from haitang.site.edition.recipe import Recipe
from haitang.site.exports import columns
from haitang.site.exports.browser_places import tier_codes
from haitang.site.exports.shards.blocks import Block, shard, version_in
from haitang.site.page import File, data_script
from haitang.site.views import Site

Packed = tuple[bytes, bytes]  # a digest, and what follows a first part and how well it ranks, as marshal writes it
Key = tuple[str, str]  # the first part and what follows; that is empty where a character stands for itself
START, TOWN, INSIDE, ALSO = range(4)  # as groups of hits: a name begins so, a town does, a name holds it, anything else does
LONGEST, TIERS = 40, MOST + 1  # longer texts rank alike; as many tiers as there may be, with the unknown one
MOST_RANKED = 96  # blocks of a key; a phone looks into the best first, and never into so many at once
CALL = 5  # digits of a telephone number that make a key
LARGEST = 12_000  # bytes of the keys of a file that has no parts, as marshal writes them
PARTS = (("3", "g"), ("5", "l"), ("8", "t"))  # the digit and the letter that begin each part after the first
_EASY = re.compile(r"[\u3007\u3400-\u9fff\uf900-\ufaffa-z0-9]*")
_WHOLE_LETTERS = str.maketrans({"ß": "ss", "æ": "ae", "œ": "oe", "ø": "o", "ł": "l", "đ": "d", "ð": "d", "þ": "th", "ı": "i"})
_MARKS = re.compile(
    "[\u0000-\u002f:-@\\[-`{-\u00bf\u00d7\u00f7\u2000-\u206f\u2190-\u245f\u2500-\u27bf\u2e00-\u2e7f\u3000-\u3006\u3008-\u303f"
    "\ufe10-\ufe6f\ufeff]"
)


def plain(written: str) -> str:
    """A text as it is compared: as `plain` of frontend/src/search/engine/query.ts."""
    if _EASY.fullmatch(written):
        return written
    small = "".join(unicodedata.normalize("NFKC", each).lower() for each in written).translate(_WHOLE_LETTERS)
    folded = unicodedata.normalize("NFD", small)
    without = "".join(each for each in folded.replace("u\u0308", "v") if not "\u0300" <= each <= "\u036f")
    return _MARKS.sub("", unicodedata.normalize("NFC", without))


class Speller:
    """How characters are read: all ways, since a search takes any of them. `own` are ways that editors name."""

    def __init__(self, own: Mapping[str, set[str]]) -> None:
        self.own = own
        self._known: dict[str, tuple[str, ...]] = {}
        self._letters: dict[str, str] = {}
        self._keys: dict[tuple[str, bool], tuple[Key, ...]] = {}

    def ways(self, character: str) -> tuple[str, ...]:
        found = self._known.get(character)
        if found is None:
            if is_han(character):
                ways = {*ways_to_read(character), *self.own.get(character, ())}
                found = tuple(sorted(ways | {way.replace("v", "u") for way in ways}))
            else:
                found = (character,) if character.isascii() and character.isalnum() else ()
                found = ("v", "u") if character == "v" else found
            self._known[character] = found
        return found

    def letters(self, character: str) -> str:
        """The first letters of all ways to read it."""
        found = self._letters.get(character)
        if found is None:
            self._letters[character] = found = "".join(dict.fromkeys(way[0] for way in self.ways(character)))
        return found

    def keys(self, piece: str, *, spelt: bool) -> tuple[Key, ...]:
        """The keys of a character, alone and with the one after it if there is one. Not `spelt`: it is found as it is written,
        and letters only where they stand as such."""
        found = self._keys.get((piece, spelt))
        if found is None:
            self._keys[piece, spelt] = found = tuple(dict.fromkeys(self._made(piece, spelt)))
        return found

    def _made(self, piece: str, spelt: bool) -> Iterator[Key]:
        ways, after = self.ways(piece[0]), self.ways(piece[1]) if len(piece) > 1 else ()
        yield from ((way, "") for way in ways)
        yield from ((way, following) for way in ways for following in after)
        if spelt or piece.isascii():
            yield from ((f"-{way[0]}", "") for way in ways)
            yield from ((f"-{way[0]}", following[0]) for way in ways for following in after)


def speller(positions: Iterable[Position]) -> Speller:
    own: dict[str, set[str]] = {}
    for position in positions:
        if position.pinyin and (reading := reading_of(position.name, position.short_name, position.pinyin)):
            for at, syllable in reading.items():
                own.setdefault(position.name[at], set()).add(syllable)
    return Speller(own)


def build(site: Site, found: Sequence[Block]) -> Iterator[Recipe]:
    """The files of keys. `found`: the blocks in the order of the overview; of one that is as it was the keys are kept."""
    spell, of = speller(site.directory.positions), site.prerequisites
    own = tuple(sorted((character, *sorted(ways)) for character, ways in spell.own.items()))
    marks = [of.of_places(block.positions) for block in found]
    made = (of.brand_names, own)
    parts = fragments(site, "search-keys", marks, lambda at: by_first(block_keys(site, spell, found[at])), made)
    posts: dict[str, list[tuple[int, Packed]]] = {}
    for number, own_keys in enumerate(parts):
        for first, packed in own_keys.items():
            posts.setdefault(first, []).append((number, packed))
    for first, blocks in sorted(posts.items()):
        told = b"".join([number.to_bytes(4, "big") + packed[0] for number, packed in blocks])
        wanted: Sequence[int | None] = range(len(PARTS) + 1) if _is_large(first, blocks) else (None,)
        for part in wanted:
            name = first if part is None else f"{first}.{part}"
            yield Recipe(f"data/keys/{name}.js", (told,), partial(key_file, name, part, blocks))


def by_first(keys: Mapping[Key, int]) -> dict[str, Packed]:
    """The keys of a block by the files they go into."""
    found: dict[str, dict[str, int]] = {}
    for (first, following), rank in sorted(keys.items()):
        found.setdefault(first, {})[following] = rank
    packed = {first: plain_bytes(those) for first, those in found.items()}
    return {first: (blake2b(those, digest_size=16).digest(), those) for first, those in packed.items()}


def block_keys(site: Site, spell: Speller, block: Block) -> dict[Key, int]:
    """The keys of a block's places, each with the best rank that any of them has; 0 is the best."""
    texts: dict[tuple[str, int, int, bool], int] = {}  # many places do the same: each text once, with the best tier
    best: dict[Key, int] = {}
    for position, tier in zip(block.positions, tier_codes(site.directory, block.positions), strict=True):
        for text in _texts(site, position):
            if texts.get(text, TIERS) > tier:
                texts[text] = tier
        for key in _calls(position.phone or ""):
            best[key] = min(best.get(key, 9999), _rank(ALSO, 0, tier))
    for spelt in (True, False):
        for piece, rank in _pieces((text, tier) for text, tier in texts.items() if text[3] is spelt).items():
            for key in spell.keys(piece, spelt=spelt):
                if best.get(key, rank + 1) > rank:
                    best[key] = rank
    best.update(((f"-{three[:2]}", three[2]), rank) for three, rank in _threes(spell, texts).items())
    return best


def _threes(spell: Speller, texts: Mapping[tuple[str, int, int, bool], int]) -> dict[str, int]:
    """The first letters of each three neighbouring characters, with the best rank."""
    best: dict[str, int] = {}
    for (written, front, inside, _), tier in texts.items():
        text = plain(written)
        letters = list(map(spell.letters, text))
        rank, later = _rank(front, len(text), tier), _rank(inside, len(text), tier)
        for first, second, third in zip(letters, letters[1:], letters[2:], strict=False):
            for two in (a + b for a in first for b in second):
                for one in third:
                    if best.get(two + one, rank + 1) > rank:
                        best[two + one] = rank
            rank = later
    return best


def _rank(group: int, length: int, tier: int) -> int:
    return (group * (LONGEST + 1) + min(length, LONGEST)) * TIERS + tier


def _pieces(texts: Iterable[tuple[tuple[str, int, int, bool], int]]) -> dict[str, int]:
    """Each two neighbouring characters of these texts, and the last one alone, with the best rank."""
    best: dict[str, int] = {}
    for (written, front, inside, _), tier in texts:
        text = plain(written)
        if not text:
            continue
        rank = _rank(front, len(text), tier)
        if best.get(text[:2], rank + 1) > rank:
            best[text[:2]] = rank
        rank = _rank(inside, len(text), tier)
        for at in range(1, len(text)):
            piece = text[at : at + 2]
            if best.get(piece, rank + 1) > rank:
                best[piece] = rank
    return best


def _texts(site: Site, position: Position) -> Iterator[tuple[str, int, int, bool]]:
    """All texts by which a place is found: the groups of hits at the front and further in; whether its sound is asked for."""
    town = site.directory.town[position.town]
    for name in (position.name, *position.aliases):
        yield name, START, INSIDE, True
    for name in dict.fromkeys((town.name, town.short_name or "", site.directory.area[town.id].name)):
        yield name, TOWN, ALSO, True
    names = (site.directory.brand[brand].name for brand in position.brands)
    for text in (position.community or "", *position.services, *position.facilities, *names):
        yield text, ALSO, ALSO, True
    yield position.address or "", ALSO, ALSO, False


def _calls(phone: str) -> Iterator[Key]:
    digits = re.sub(r"[^0-9]", "", phone)
    for at in range(len(digits) - CALL + 1):
        yield f"={digits[at + CALL - 2 : at + CALL]}", digits[at : at + CALL]


def key_file(name: str, part: int | None, blocks: Sequence[tuple[int, Packed]]) -> File:
    """The keys with one first part, or a part of them, given those of each block that has some, by its number."""
    lists: dict[str, list[tuple[int, int]]] = {}
    for number, (_, packed) in blocks:
        for following, rank in marshal.loads(packed).items():
            if part is None or part_of(following) == part:
                lists.setdefault(following, []).append((number, rank))
    ordered = sorted(lists.items())
    data: dict[str, object] = {
        "next": columns.texts(following for following, _ in ordered),
        "in": columns.texts(_posted(own) for _, own in ordered),
    }
    return shard(f"keys/{name}", data)


def part_of(following: str) -> int:
    return sum(following[:1] >= (digit if following[:1].isdigit() else letter) for digit, letter in PARTS)


def _is_large(first: str, blocks: Sequence[tuple[int, Packed]]) -> bool:
    """Of a word that is in many blocks only the best are named; a telephone number is in few."""
    sizes = [len(packed) for _, (_, packed) in blocks]
    return (sum(sizes) if first.startswith("=") else min(sum(sizes), MOST_RANKED * max(sizes))) > LARGEST


def _posted(posts: Sequence[tuple[int, int]]) -> str:
    """Of each rank, the best first: the rank, how many blocks have it, and these in rising order as steps from the one before;
    first of all a -1 where these are but the best."""
    parts = [-1] if len(posts) > MOST_RANKED else []
    best = sorted(posts, key=itemgetter(1))[:MOST_RANKED]
    for rank, those in groupby(best, key=itemgetter(1)):
        numbers = [number for number, _ in those]
        parts += (rank, len(numbers), numbers[0], *(after - before for before, after in pairwise(numbers)))
    return columns.numbers(parts)


def index(names: Iterable[str], read: Callable[[str], bytes]) -> File:
    """Which files of keys there are, and their versions."""
    firsts = sorted(names)
    versions = "".join(version_in(read(f"data/keys/{first}.js")) for first in firsts)
    return File("data/search.js", data_script("search", {"first": columns.texts(firsts), "version": versions}))
