"""Text that was spoilt on its way to us, with what it should read: in every entry, and in any plain text.

The rule: what is only unusual is left alone; a text is looked at closely only when it holds a character or a pair that ordinary
text does not have.
"""

import re
from collections.abc import Iterable, Iterator
from functools import cache, lru_cache
from itertools import islice

from haitang.checks.lint.garbled.edits import Round, Slip, apart, corrected, followed
from haitang.checks.lint.garbled.mojibake import encodings, escapes, lost
from haitang.checks.lint.garbled.repeats import Terms, cut, doubled, everyday, inserted, marks, spread, unclosed, uneven
from haitang.checks.lint.garbled.variants import PLAIN, PLAIN_SET, lookalikes, mixed, traditional, variant, wide
from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Finding, Path
from haitang.model.citations import CitedText
from haitang.model.divisions import short
from haitang.model.divisions.home import home_of
from haitang.model.entries import Entry

__all__ = ["Slip", "garbled", "readings", "texts_of", "told"]

# What text of ours holds besides ASCII and simplified characters.
_ORDINARY = "，。、；：？！“”‘’（）《》〈〉【】「」『』〔〕…—–·～％￥＋－／＝×÷±°′″²³㎡①-⑳\u3000"
_NOT_TEXT = frozenset(("id", "url", "base_url", "public_url", "file", "photo", "former_ids"))
_NAMES = frozenset(("name", "short_name", "title", "label", "aliases", "post"))
_MOST_ROUNDS = 40  # of escapes inside escapes
_MOST_SLIPS = 20  # told of one text
_NEAR = 6  # characters between two slips that are told as one


def readings(text: str, terms: Terms | None = None) -> tuple[Slip, ...]:
    """Everything in a text that should read otherwise, in order. Corrected so, it has no more readings."""
    terms = terms or everyday()
    if not suspicious(text, terms):
        return ()
    slips: tuple[Slip, ...] = ()
    now = text
    for _ in range(_MOST_ROUNDS):
        before = now
        for look in _rounds(terms):
            found = tuple(apart(look(now)))
            if found:
                slips = followed(text, slips, found)
                now = corrected(text, slips)
        if now == before:
            break
    return slips


def _rounds(terms: Terms) -> tuple[Round, ...]:
    """What is looked for, one after the other: a later one reads what an earlier one has found."""
    return (
        lost,
        encodings,
        escapes,
        mixed,
        wide,
        traditional,
        variant,
        lambda text: spread(text, terms),
        lambda text: cut(text, terms),
        lambda text: doubled(text, terms),
        lambda text: inserted(text, terms),
        marks,
    )


@cache
def _strange() -> tuple[re.Pattern[str], re.Pattern[str]]:
    """Characters and words that no text of ours has."""
    known = lookalikes()[0]
    plain = "".join(character for character in PLAIN if character not in known)
    words = sorted(word for word in known if len(word) > 1 and PLAIN_SET.issuperset(word))
    return re.compile(f"[^\n -\\[\\]-~{plain}{_ORDINARY}]"), re.compile("|".join(("锟斤拷", "烫烫烫", "屯屯屯", *words)))


@lru_cache(maxsize=4)
def _signs(terms: Terms) -> tuple[tuple[str, re.Pattern[str]], ...]:
    """What ordinary text does not have, and nearly no text has. Each begins with one of a few characters: that is fast. Before
    it the characters of which it has one, where many a text has none of them: that is found out faster still."""
    lasts = "".join(sorted({word[-1] for word in terms.inserted}))
    marks, blank, han = "，、；：。", " \u3000", "\u4e00-\u9fff"
    return (
        *(("", sign) for sign in _strange()),
        ("", re.compile(f"([{terms.characters}])\\1")),
        ("", re.compile(f"[{marks}][{marks}]")),
        (blank, re.compile(f"[{blank}](?<=[{han}].)[{blank}]*[{han}]")),
        ("&", re.compile("&[#A-Za-z]")),
        ("%", re.compile("%[0-9A-Fa-fu][0-9A-Fa-f]")),
        ("", re.compile(f"党群(?<=[{lasts}]党群)")),
    )


def suspicious(text: str, terms: Terms) -> bool:
    """Whether a text is worth a closer look."""
    return any(sign.search(text) for has, sign in _signs(terms) if not has or any(map(text.__contains__, has)))


def garbled(dataset: Dataset) -> Iterator[Finding]:
    """What is spoilt in the texts of all files."""
    terms, at_home = _terms(dataset), _at_home(dataset)
    for entry in dataset.own(dataset.files):
        joined = dataset.text_of(entry)  # ids and names of files, which are in it too, can hold nothing of what is looked for
        if suspicious(joined, terms):
            for path, text in texts_of(entry.value):
                slips = (slip for slip in readings(text, terms) if slip.code not in at_home)
                yield from told(entry.file, path, text, slips)
        if uneven(joined):
            yield from _unclosed(entry.file, texts_of(entry.value))


def _at_home(dataset: Dataset) -> frozenset[str]:
    """What is no slip where the data is written in traditional characters."""
    return frozenset(("garbled-traditional",)) if dataset.settings.languages[0] == "zh-TW" else frozenset()


def _terms(dataset: Dataset) -> Terms:
    """Our own terms and those of directory.yml, unless they are spoilt themselves."""
    settings = dataset.settings
    vocabularies = settings.vocabularies
    named = [
        *(term for name in type(vocabularies).model_fields for term in getattr(vocabularies, name)),
        *settings.tiers,
        *settings.activity_kinds,
        *(place for area in settings.areas for place in area.places),
    ]
    words = {word for item in named for word in (item.name, getattr(item, "short_name", None)) if word}
    home = home_of(settings)
    words |= {*home.title, *home.cities, *map(short, home.cities), *(source.publisher or "" for source in settings.sources)}
    return everyday().more(word for word in words if not readings(word))


def texts_of(value: Entry, path: Path = ()) -> Iterator[tuple[Path, str]]:
    """Every text that people read, with its path."""
    for name, item in value.__dict__.items():
        if type(item) is CitedText:
            yield (*path, name), item.text
        elif type(item) is str:
            if name not in _NOT_TEXT:
                yield (*path, name), item
        elif type(item) is tuple:
            for index, part in enumerate(item):
                if isinstance(part, Entry):
                    yield from texts_of(part, (*path, name, index))
                elif type(part) is str and name not in _NOT_TEXT:
                    yield (*path, name, index), part
        elif isinstance(item, Entry):
            yield from texts_of(item, (*path, name))


def told(file: str, path: Path, text: str, slips: Iterable[Slip]) -> Iterator[Finding]:
    """What is spoilt in a text that stands at a path of a file."""
    for slip in islice(_joined(text, slips), _MOST_SLIPS):
        below = text.count("\n", 0, slip.start)
        yield Finding(file, path, slip.code, _values(path, slip), below=below)


def _values(path: Path, slip: Slip) -> dict[str, Value]:
    field = next(step for step in reversed(path) if isinstance(step, str))
    guess = {} if slip.code == "garbled-lost" else {"guess": slip.right}
    return {"field": field, "wrong": slip.wrong, **guess}


def _joined(text: str, slips: Iterable[Slip]) -> Iterator[Slip]:
    """Slips of one kind close to each other on one line are told as one."""
    told: Slip | None = None
    for slip in slips:
        between = text[told.end : slip.start] if told else ""
        if told and told.code == slip.code and len(between) <= _NEAR and "\n" not in between:
            wrong, right = text[told.start : slip.end], told.right + between + slip.right
            told = Slip(told.start, slip.end, wrong, right, slip.code)
            continue
        if told:
            yield told
        told = slip
    if told:
        yield told


def _unclosed(file: str, texts: Iterable[tuple[Path, str]]) -> Iterator[Finding]:
    for path, text in texts:
        if _NAMES.intersection(path[-2:]) and (slip := unclosed(text)):
            yield Finding(file, path, slip.code, _values(path, slip))
