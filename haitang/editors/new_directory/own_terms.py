"""The words of a list that its directory must know: what its services and facilities are called, as it writes them.

The rule: only what several places have is a word; a sentence, a number, what was written once is not, and the import tells it.
"""

import re
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from itertools import count

from haitang.core import pinyin
from haitang.model.normalize import scalar
from haitang.model.paths import SETTINGS_FILE
from haitang.model.types import RESERVED_IDS
from haitang.model.written.lists import items
from haitang.model.written.places import without_kind
from haitang.model.written.unknown import is_unknown
from haitang.source.parser import Fields, parse

LISTS = ("site_kind", "services", "facilities")  # columns, and the vocabularies of the same name
_MOST, _OFTEN = 60, 2
_LONGEST, _LONGEST_LATIN = 12, 40
_NO_WORD = re.compile(r"\d{3}|[：:@/\\]")


def own_terms(texts: Iterable[str], known: Container[str]) -> tuple[str, ...]:
    """The words of these cells that are not known, the most frequent ones first. `known` are words in small letters."""
    counted: Counter[str] = Counter()
    called: dict[str, str] = {}
    for text in texts:
        for word in dict.fromkeys(items(text) or ()):
            counted[word.casefold()] += 1
            called.setdefault(word.casefold(), word)
    found = [called[key] for key, often in counted.most_common() if often >= _OFTEN and key not in known]
    return tuple(word for word in found if _is_word(word))[:_MOST]


def with_own_terms(text: str, cells: Mapping[str, Iterable[str]]) -> tuple[str, tuple[str, ...]]:
    """A directory.yml whose vocabularies know the words of a list too, by the columns' names, and which those are."""
    added = list[str]()
    for name in LISTS:
        terms = _terms(text, name)
        known = {str(word).casefold() for term in terms for word in (term["name"], *term.get("also", ()))}
        words = own_terms(cells.get(name, ()), known)
        taken = {*RESERVED_IDS, *(str(term["id"]) for term in terms)}
        head, tail = re.split(rf"(?<=\n)(?=  {name}:\n)", text, maxsplit=1)
        end = re.search(r"\n(?=  \S|\S|\n)", tail[1:])
        at = end.end() + 1 if end else len(tail)
        text = head + tail[:at] + "".join(_written(words, taken)) + tail[at:]
        added += words
    return text, tuple(added)


def _terms(text: str, name: str) -> Iterable[Fields]:
    tree = parse(text, SETTINGS_FILE)
    assert isinstance(tree, Fields), tree
    return tuple(tree["vocabularies"][name])


def _written(words: Iterable[str], taken: set[str]) -> Iterator[str]:
    """The words as lines of a vocabulary, each with an id that is added to those that are `taken`."""
    for word in words:
        taken.add(own := numbered(word, taken))
        yield f"    - id: {own}\n      name: {scalar(word)}\n"


def numbered(name: str, taken: Container[str]) -> str:
    """An id for a name that is none of those `taken`: where another name has it, with a number."""
    plain = pinyin.slug(without_kind(name)).replace("-", "") or "x"
    return next(each for number in count(1) if (each := plain if number == 1 else f"{plain}-{number}") not in taken)


def _is_word(text: str) -> bool:
    longest = _LONGEST_LATIN if text.isascii() else _LONGEST
    return 1 < len(text) <= longest and not _NO_WORD.search(text) and not is_unknown(text)
