"""What people call the columns of their own sheets.

The rule: a name that two columns may have means neither. What only resembles a name is taken where it ends with one, is told,
and is never taken for a person's.
"""

import re
import unicodedata
from collections.abc import Container, Iterator, Mapping
from dataclasses import dataclass
from difflib import SequenceMatcher

from haitang.editors.excel.layout import Column, Sheet, in_any_language, language, otherwise, source_columns, written_in
from haitang.model.messages import LANGUAGES, field_words, made_of_words, words
from haitang.model.paths import EntryKind

_MARKS = re.compile(r"[\s*＊:：/、]|[（(]必[填写][)）]")
_BRACKETS = re.compile(r"[（(【\[][^）)】\]]*[）)】\]]")
_ALIKE = 0.8
_LONGEST = 12  # characters of a header that may resemble a name
_LIKE_IT = 0.5  # enough for a proposal: one of two characters


@dataclass(frozen=True, slots=True)
class Meaning:
    """The column a header means; `likely` where it was not called by one of its names."""

    column: Column
    likely: bool = False


def meaning(sheet: Sheet, names: tuple[str, ...], chosen: Mapping[str, str]) -> Meaning | None:
    """What a header means that may be called by any of these names; `chosen` is what somebody said it means."""
    for name in names:
        if (label := chosen.get(name.strip())) and (column := _exact(sheet, label)):
            return Meaning(column)
    for name in names:
        if column := _exact(sheet, name):
            return Meaning(column)
    for name in names:
        if column := _likely(sheet, name):
            return Meaning(column, likely=True)
    return None


def is_among(name: str, told: Container[str]) -> bool:
    """Whether a header is one of those somebody told, with its line breaks or as it was shown on a terminal."""
    return name.strip() in told or re.sub(r"\s*\n\s*", "⏎", name.strip()) in told


def is_name(name: str) -> bool:
    """Whether a column holds names, of whatever it may be."""
    return plain(name).endswith("名称")


def is_called(sheet: Sheet, text: str) -> bool:
    """Whether a text is what a column is called: no place is, but a form may hold two fields in a line."""
    return any(plain(text) in names for names in _called(sheet.kind, sheet.field, language()))


def is_passed_over(name: str) -> bool:
    """Whether a column only counts the rows."""
    return plain(name) in _listed("passed_over")


def is_postcode(name: str) -> bool:
    """Whether a column holds postcodes, which stand behind an address."""
    return _bare(name) in {plain(each) for each in _listed("postcode")}


def is_head_of_form(name: str) -> bool:
    """Whether a form calls the names of its lines so."""
    return plain(name) in _listed("form_heads")


def may_count(name: str) -> bool:
    """Whether a column that is called like an id may only count the rows."""
    return plain(name) in _listed("numbers")


def guess(sheet: Sheet, name: str, taken: Container[str]) -> Column | None:
    """The column that was probably meant, none of those that are `taken`: not sure enough to be one of them."""
    if any(person in plain(name) for person in (*_listed("persons"), *_listed("passed_over"))):
        return None
    best = max(_likeness(sheet, name, taken), key=lambda each: each[0], default=None)
    return best[1] if best and best[0] >= _LIKE_IT else None


def nearest_first(sheet: Sheet, name: str, taken: Container[str]) -> tuple[str, ...]:
    """What the columns are called that are not `taken`, those that are most like a name first."""
    order = sorted(_likeness(sheet, name, taken), key=lambda each: -each[0])
    return tuple(dict.fromkeys(column.label for _, column in order))


def _likeness(sheet: Sheet, name: str, taken: Container[str]) -> Iterator[tuple[float, Column]]:
    """How much each column that is not `taken` is called like a name, by each of its names in the same letters."""
    is_latin = plain(name).isascii()
    for each, column in _all(sheet.kind, sheet.field, language()).items():
        if column.role != "source" and each.isascii() == is_latin and column.path not in taken:
            yield SequenceMatcher(None, plain(name), each).ratio(), column


def plain(text: str) -> str:
    """A header without marks and blanks."""
    return _MARKS.sub("", unicodedata.normalize("NFKC", text)).casefold()


def _exact(sheet: Sheet, text: str) -> Column | None:
    """By its label, by the field's own name, by another name that only one has; brackets behind it do not count."""
    for written in dict.fromkeys((plain(text), _bare(text))):
        bare = next((written[len(word) :] for word in _of_place() if written.startswith(word)), "") if not sheet.field else ""
        for called in filter(None, (written, bare if len(bare) > 1 else "")):
            for names in _called(sheet.kind, sheet.field, language()):
                if called in names and (called is written or names[called].role != "id"):
                    return names[called]
    return None


@made_of_words
def _of_place() -> tuple[str, ...]:
    """What stands before the name of a column and says only that it is the place's own, the longest first: 网点电话."""
    return tuple(sorted(_listed("place"), key=len, reverse=True))


def _bare(text: str) -> str:
    """A header without what stands in brackets; nothing where that makes it another column: 面积（亩）, 电话（负责人手机）."""
    text = unicodedata.normalize("NFKC", text)
    inner = "".join(_BRACKETS.findall(text))
    return "" if any(word in inner for word in (*_listed("narrowing"), *_listed("persons"))) else plain(_BRACKETS.sub("", text))


def _likely(sheet: Sheet, text: str) -> Column | None:
    written = _bare(text)
    if sheet.field or not 3 <= len(written) <= _LONGEST or any(person in written for person in _listed("persons")):
        return None
    return _resembled(sheet.kind, written, language())


@made_of_words
def _resembled(kind: EntryKind, written: str, spoken: str) -> Column | None:
    known = _all(kind, "", spoken)
    ends = [name for name in _listed("endings") if written.endswith(name) and name in known]
    if ends:
        return known[max(ends, key=len)]
    alike = (name for name in known if len(name) > 3 and abs(len(name) - len(written)) < 2)
    columns = {known[name].path: known[name] for name in alike if SequenceMatcher(None, name, written).ratio() >= _ALIKE}
    return next(iter(columns.values())) if len(columns) == 1 else None


@made_of_words
def _called(kind: EntryKind, field: str, spoken: str) -> tuple[Mapping[str, Column], ...]:
    """What the columns of a sheet are called in any language, the surest names first; a name that two of them have is none."""
    sheet, *others = in_any_language(spoken)[kind, field]
    labels: dict[str, list[str]] = {}
    for each in (sheet, *others):
        with written_in(spoken if each is sheet else next(one for one in LANGUAGES if one != spoken)):
            for column in (*each.columns, *source_columns(each)):
                labels.setdefault(column.path, []).append(column.label)
    found = []
    for names_of in (
        lambda column: labels[column.path],
        lambda column: (column.path,),
        lambda column: _own(sheet, column),
        also,
    ):
        names: dict[str, list[Column]] = {}
        for column in (*sheet.columns, *source_columns(sheet)):
            for name in {plain(each) for said in names_of(column) for each in (said, *otherwise(said))}:
                names.setdefault(name, []).append(column)
        found.append({name: columns[0] for name, columns in names.items() if len(columns) == 1})
    return tuple(found)


@made_of_words
def _all(kind: EntryKind, field: str, spoken: str) -> Mapping[str, Column]:
    return {name: column for names in reversed(_called(kind, field, spoken)) for name, column in names.items()}


def _own(sheet: Sheet, column: Column) -> Iterator[str]:
    """What a clerk's own sheet of positions calls a column."""
    if sheet.kind == "position" and not sheet.field:
        yield from str(field_words()["own_sheet"]["columns"].get(column.path, "")).split()


def also(column: Column) -> tuple[str, ...]:
    """What people call a column besides its label."""
    if column.role == "source":
        return ()
    told = str(words("zh-CN").tree["also_called"].get(column.spec.name, "")).split()
    labels = (str(words(each).tree["fields"].get(column.spec.name, "")) for each in LANGUAGES)
    return (column.spec.label, column.spec.name, *filter(None, labels), *told)


def says_ditto(text: str) -> bool:
    """Whether a cell only points to the one above it."""
    return text.strip() in _listed("ditto")


@made_of_words
def _listed(key: str) -> tuple[str, ...]:
    return tuple(str(field_words()["own_sheet"][key]).split())
