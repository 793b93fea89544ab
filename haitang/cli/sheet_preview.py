"""What each row of a sheet becomes, line by line: the same before it is written and while it is.

The rule: an id is for good, so it is shown before it is; what is not shown does not change.
"""

from collections.abc import Iterator, Mapping

from haitang.cli.causes import called_in
from haitang.editors.excel.cells import shown
from haitang.editors.excel.diff import Change, labels_of
from haitang.editors.excel.import_ import Outcome
from haitang.editors.excel.layout import at, sheet_of
from haitang.editors.excel.names import Names
from haitang.model.messages import Words
from haitang.model.normalize import spelled

_LONGEST = 28


def preview(outcome: Outcome, words: Words, *, unchanged: bool) -> Iterator[str]:
    """A line for each entry that is new or changes, by file and row; those that stay as they are where they are wanted."""
    called = called_in(words)
    changes = [*outcome.changes, *(outcome.unchanged if unchanged else ())]
    for change in sorted(changes, key=lambda each: (each.spot.file, each.spot.title, each.spot.row, each.spot.column)):
        yield from _lines(change, outcome.names, words, called)


def _lines(change: Change, names: Names, words: Words, called: Mapping[str, str]) -> Iterator[str]:
    place = words.sentence("excel", "row", title=change.spot.title, row=change.spot.row)
    facts = tuple(_facts(change, names, called))
    if not change.values:
        yield words.sentence("excel", "same_file", place=place, file=change.file)
    elif change.is_new:
        yield words.sentence("excel", "new_file", place=place, id=change.id, file=change.file, facts=facts)
    else:
        yield words.sentence("excel", "old_file", place=place, file=change.file, fields=labels_of(change), facts=facts)
        if change.old_file and change.old_file != change.file:
            yield words.sentence("excel", "moved", old=change.old_file)
        for sheet, before, after in change.shrunk:
            yield words.sentence("excel", "shrunk", title=sheet.title, before=before, after=after)


def _facts(change: Change, names: Names, called: Mapping[str, str]) -> Iterator[str]:
    """The values as they are stored: 名称：光夏花园党群服务点, official name: Armley Library."""
    for column in sheet_of(change.kind).columns:
        value = at(change.values, column.path)
        if column.role != "id" and value is not None:
            written = spelled(value, column.spec.kind) if isinstance(value, str) else value
            yield _fact(column.label, shown(column.spec, written, names), called)
    for name, value in change.values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            titles = "；".join(str(next(iter(item.values()), "")) for item in value)
            yield _fact(sheet_of(change.kind, name).title, titles, called)


def _fact(label: str, text: str, called: Mapping[str, str]) -> str:
    return f"{called[label]}: {_short(text)}" if label in called else f"{label}：{_short(text)}"


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"
