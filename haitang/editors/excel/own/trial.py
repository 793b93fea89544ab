"""The changed files as they would be, and what the checks say of them: everything at once.

The rule: what is wrong with one field hides nothing that is wrong elsewhere. Fields that cannot be taken are set aside and the
rest is tried again; where somebody wants it so, they stay away and are told.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from haitang.core.problems import Problem
from haitang.editors.dry_run import Draft, Places, problems_of
from haitang.editors.excel.diff import Change
from haitang.editors.excel.headers import CellProblem, Spot
from haitang.editors.excel.layout import column_at, sheet_of, sheets
from haitang.editors.excel.names import Names
from haitang.model.field_specs import entry_spec
from haitang.model.formatter import NotCanonical, updated
from haitang.model.paths import EntryKind

_ROUNDS = 4
_NEEDED = ("id", "name", "town", "sources")
# What says nothing while a town stands in for one that is not known.
_OF_TOWNS = ("outside-town", "far-from-town", "point-of-town", "same-name", "unknown-town")


@dataclass(frozen=True, slots=True)
class Terms:
    """`refused` are cells in which something is known to be wrong already; with `leave_out` what cannot be taken stays away."""

    refused: Collection[Spot]
    leave_out: bool


@dataclass(frozen=True, slots=True)
class Tried:
    """The drafts to be written, what is wrong with them, and what was left out of them to be told."""

    drafts: tuple[Draft, ...]
    problems: tuple[CellProblem, ...]
    left_out: tuple[CellProblem, ...]


def tried(root: Path, changes: Iterable[Change], names: Names, today: date, terms: Terms) -> Tried:
    """Tries the changes, and again without what was wrong, until nothing else is found."""
    trial = _Trial(root, {change.file: change for change in changes if change.values}, names, terms)
    for _ in range(_ROUNDS):
        if not trial.goes_on(problems_of(root, trial.drafts(), today) if trial.changes else ()):
            break
    trial.forget()
    once = {(each.spot, each.problem.code, repr(each.problem.values)): each for each in trial.found}
    return Tried(tuple(trial.drafts(for_good=True)), tuple(once.values()), tuple(trial.left_out))


class _Trial:
    def __init__(self, root: Path, changes: Mapping[str, Change], names: Names, terms: Terms) -> None:
        self.changes = changes
        self.found: list[CellProblem] = []
        self.left_out: list[CellProblem] = []
        self._root, self._names, self._terms = root, names, terms
        self._gone: dict[str, set[str]] = {}  # a file → the fields that are set aside
        self._stands_in: dict[str, dict[str, Any]] = {}
        self._told = set[tuple[Spot, str]]()
        self._drafts: list[Draft] | None = None

    def drafts(self, *, for_good: bool = False) -> list[Draft]:
        """The files as they would be. Those `for_good` hold what stands in for nothing, and without a wish lose nothing."""
        if not for_good and self._drafts is not None:
            return self._drafts
        if for_good and not self._gone and not self._stands_in and self._drafts is not None:
            return self._drafts
        drafts = []
        for file, change in self.changes.items():
            gone = self._gone.get(file, set()) if self._terms.leave_out or not for_good else set()
            values = {name: value for name, value in change.values.items() if name not in gone}
            values |= {} if for_good else self._stands_in.get(file, {})
            if change.is_new:
                values = {name: value for name, value in values.items() if value is not None}
            try:
                text = (self._root / change.old_file).read_text("utf-8-sig") if change.old_file else None
                drafts.append(Draft(file, change.old_file, updated(text, change.kind, values, file), text))
            except NotCanonical as unread:
                self.found += [CellProblem(change.spot, problem) for problem in unread.problems]
        self._drafts = None if for_good else drafts
        return drafts

    def forget(self) -> None:
        """What is left out is no part of the changes any more."""
        if self._terms.leave_out:
            for file, gone in self._gone.items():
                for name in gone:
                    self.changes[file].values.pop(name, None)

    def goes_on(self, problems: Iterable[Problem]) -> bool:
        """Takes what was found; whether another look may find more."""
        places = {draft.file: Places(draft.text) for draft in self.drafts()} if problems else {}
        told, more = set[tuple[Spot, str]](), False
        for problem in problems:
            change = self.changes.get(problem.place.file)
            if change is None:
                self.found.append(CellProblem(Spot(problem.place.file), problem))
                continue
            path = places[change.file].path(problem)
            may_go = problem.level == "error" and _may_go(change.kind, path)
            each = CellProblem(change.where(path), _in_sheets_words(problem, change.kind, path, self._names), may_go)
            if change.file in self._stands_in and problem.code in _OF_TOWNS:
                continue
            if each.spot not in self._terms.refused and (each.spot, problem.code) not in self._told:
                (self.left_out if may_go and self._terms.leave_out else self.found).append(each)
            if problem.level == "error":
                told.add((each.spot, problem.code))
                more |= self._set_aside(change, str(path[0]) if path else "")
        self._told |= told
        self._drafts = None if more else self._drafts
        return more

    def _set_aside(self, change: Change, field: str) -> bool:
        """Takes a field away, or puts something in its place, so that the rest can be looked at; whether that is new."""
        gone = self._gone.setdefault(change.file, set())
        # The folder's town: it says nothing wrong about folders.
        stand_in: dict[str, Any] = {"town": change.town, "sources": [{"title": "资料"}]}
        if field in stand_in and field not in self._stands_in.get(change.file, {}):
            self._stands_in.setdefault(change.file, {})[field] = stand_in[field]
            return True
        if not field or field in _NEEDED or field in gone or field not in change.values:
            return False
        gone.add(field)
        return True


def _may_go(kind: EntryKind, path: tuple[str | int, ...]) -> bool:
    """Whether an entry is sound without the field, and the field stands in one cell."""
    return bool(path) and path[0] not in _NEEDED and not entry_spec(kind).field(str(path[0])).is_table


# Where a sentence tells how to write YAML, and the sheet has another way.
_OWN = {"no-sources": "excel-no-sources", "photo-no-credit": "excel-photo-no-credit", "missing-field": "excel-missing-field"}


def _in_sheets_words(problem: Problem, kind: EntryKind, path: tuple[str | int, ...], names: Names) -> Problem:
    """The problem with the names that stand in the sheet instead of those in the file."""
    values: dict[str, Any] = dict(problem.values)
    inner = next((sheet for sheet in sheets() if path and sheet.field and (sheet.kind, sheet.field) == (kind, path[0])), None)
    column = column_at(inner, path[2:3]) if inner else column_at(sheet_of(kind), path)
    if values.get("field") in (column.spec.name, *column.path.split(".")):
        values["field"] = column.label
    labels = names[column.spec.relation].shown if column.spec.relation else dict(column.spec.choices)
    if labels and isinstance(values.get("choices"), tuple):
        values["choices"] = tuple(labels.get(choice, choice) for choice in values["choices"])
    if "guess" in values:
        values["guess"] = labels.get(str(values["guess"]), values["guess"])
    if problem.code in ("no-sources", "photo-no-credit"):
        values["sheet"] = sheet_of(kind, "sources" if problem.code == "no-sources" else "photos").title
    return Problem(problem.place, _OWN.get(problem.code, problem.code), values, problem.eased)
