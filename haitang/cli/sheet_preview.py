"""What each row of a sheet becomes, line by line: the same before it is written and while it is.

The rule: an id is for good, so it is shown before it is; what is not shown does not change.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from haitang.editors.excel.cells import shown
from haitang.editors.excel.diff import Change, labels_of
from haitang.editors.excel.import_ import Outcome
from haitang.editors.excel.layout import at, column_at, sheet_of
from haitang.editors.excel.names import Names
from haitang.model.messages import Whole, Words
from haitang.model.messages.commands import HERE, quoted
from haitang.model.normalize import spelled

_LONGEST = 28


def preview(outcome: Outcome, words: Words) -> Iterator[str]:
    """A line for each entry that is new or changes, by file and row, and one of how many stay as they are."""
    for change in sorted(outcome.changes, key=lambda each: (each.spot.file, each.spot.title, each.spot.row, each.spot.column)):
        yield from _lines(change, outcome.names, words)
    if outcome.unchanged:
        yield words.sentence("excel", "unchanged", count=len(outcome.unchanged))


def _lines(change: Change, names: Names, words: Words) -> Iterator[str]:
    place = words.sentence("excel", "row", title=change.spot.title, row=change.spot.row)
    facts = tuple(_facts(change, names, words))
    if change.is_new:
        yield words.sentence("excel", "new_file", place=place, id=change.id, file=change.file, facts=facts)
    else:
        yield words.sentence("excel", "old_file", place=place, file=change.file, fields=labels_of(change), facts=facts)
        if change.old_file and change.old_file != change.file:
            yield words.sentence("excel", "moved", old=change.old_file)
        if gone := labels_of(change, gone=True):
            yield words.sentence("excel", "gone", fields=gone)
        for sheet, before, after in change.shrunk:
            yield words.sentence("excel", "shrunk", title=sheet.title, before=before, after=after)


def _facts(change: Change, names: Names, words: Words) -> Iterator[str]:
    """The values as they are stored: 名称：光夏花园党群服务点, Name: Armley Library."""
    for column in sheet_of(change.kind).columns:
        value = at(change.values, column.path)
        if column.role != "id" and value is not None:
            written = spelled(value, column.spec.kind) if isinstance(value, str) else value
            yield words.sentence("excel", "fact", label=column.label, value=_short(shown(column.spec, written, names)))
    for name, value in change.values.items():
        if isinstance(value, list) and value and isinstance(value[0], dict):
            titles = str(words.tree["terms"]["comma"]).join(str(next(iter(item.values()), "")) for item in value)
            yield words.sentence("excel", "fact", label=sheet_of(change.kind, name).title, value=_short(titles))


def _short(text: str) -> str:
    line = " ".join(text.split())
    return line if len(line) <= _LONGEST else line[:_LONGEST] + "…"


def tiers_told(outcome: Outcome, files: Iterable[str], words: Words) -> Iterator[str]:
    """How many places are of which tier after an import that says something of tiers; of those without one, what helps."""
    said = [change for change in outcome.changes if change.kind == "position" and (change.is_new or "tier" in change.values)]
    if not said:
        return
    counted = Counter(change.tier for change in (*outcome.changes, *outcome.unchanged) if change.kind == "position")
    shown_names = outcome.names["tier"].shown
    parts = [
        words.sentence("excel", "tier_of", tier=name, count=counted[tier])
        for tier, name in shown_names.items()
        if counted[tier]
    ]
    none = sum(count for tier, count in counted.items() if tier not in shown_names)
    parts += [words.sentence("excel", "tier_none", count=none)] if none else []
    yield words.sentence("excel", "tiers", parts=tuple(parts))
    if none:
        heading = column_at(sheet_of("position"), ("tier",)).label
        again = " ".join(("excel import", *map(quoted, files), "--tier", quoted([*shown_names.values()][-1])))
        yield words.sentence("excel", "tier_how", heading=heading, again=Whole(format(HERE, again)))
