"""Answers to an issue form → one file of the directory, changed or new, checked with all the others.

The rule: what is written is what was answered and nothing else, and only if the whole directory is no worse for it. Names and
ids only ever choose among files that are there.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from haitang.core.problem_codes import LEVELS
from haitang.core.problems import Place, Problem
from haitang.editors.dry_run import Draft, Places, problems_of
from haitang.editors.entry_files import StoredEntry, put, read_text, stored_entries
from haitang.editors.issues.parser import NAMED, Complaint, Filled, complaint
from haitang.editors.scaffold import free_id
from haitang.model.cures.meanings import meant
from haitang.model.field_specs import entry_spec
from haitang.model.formatter import NotCanonical, updated
from haitang.model.issue_questions import CHANGED, Question
from haitang.model.json_schema import schema_line
from haitang.model.paths import FOLDERS, EntryKind, entry_file
from haitang.model.validation import closest

_KINDS: Mapping[str, EntryKind] = {folder: kind for kind, folder in FOLDERS.items()} | {"about": "chapter"}


@dataclass(frozen=True, slots=True)
class Change:
    """A field as it was and as it shall be, as people read it; `before` is empty for what was not known."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Proposal:
    """What an issue would do: the file's new text, empty where there is nothing to write; `asides` is what only a person can
    follow, with the question it answers."""

    kind: EntryKind
    id: str
    name: str
    file: str
    text: str
    is_new: bool
    changes: tuple[Change, ...]
    asides: tuple[tuple[str, str], ...]
    questions: tuple[Question, ...]


def proposal(root: Path, filled: Filled) -> Proposal | list[Complaint]:
    """What a filled form asks for."""
    try:
        if filled.form.name == "new":
            return _new(root, filled)
        subject = filled.text("subject")
        found = find_entry(root, subject)
        if isinstance(found, StoredEntry):
            if other := _also_named(root, subject, found):
                return [complaint("", "issue-two-places", places=(found.name, other))]
            return _changed(root, filled, found)
        label = filled.form.question("subject").label
        return [complaint(label, "issue-unknown-entry", field=label, value=subject, guess=found)]
    except NotCanonical as refused:
        return [Complaint("", problem) for problem in refused.problems]


def find_entry(root: Path, written: str) -> StoredEntry | str:
    """The entry that a name, an id, or the address of its page means; else a likely name, empty if there is none."""
    entries = list(stored_entries(root))
    if match := NAMED.search(written):
        kind = _KINDS[match[1]]
        return next((entry for entry in entries if (entry.kind, entry.id) == (kind, match[2])), "")
    for names in (lambda entry: (entry.name, entry.id), lambda entry: entry.other_names):
        if len(meant := [entry for entry in entries if written.strip() in names(entry)]) == 1:
            return meant[0]
    return closest(written, {entry.name: () for entry in entries}) or ""


def _also_named(root: Path, written: str, found: StoredEntry) -> str:
    """The name of another entry that stands before the id of `found`, or nothing: somebody put the two together."""
    name = re.split("[（(]", written)[0].strip() if NAMED.search(written) else ""
    named = {entry.name for entry in stored_entries(root)} if name and name != found.name else ()
    return name if name in named else ""


def _new(root: Path, filled: Filled) -> Proposal:
    name = filled.text("name")
    entry_id = free_id(root, "position", name, filled.text("town"))
    file = entry_file("position", entry_id, filled.text("town"))
    values = {"id": entry_id, **_values(filled)}
    text = schema_line(file, "position") + updated(None, "position", values)
    changes = _changes({}, values, "position")
    return Proposal("position", entry_id, name, file, text, True, tuple(changes), (), filled.form.questions)


def _changed(root: Path, filled: Filled, entry: StoredEntry) -> Proposal | list[Complaint]:
    before, old = read_text(root, entry.file), entry.values
    if entry.problems:
        raise NotCanonical(entry.problems)
    fields = {field.name for field in entry_spec(entry.kind).fields}
    if strange := [question for question in _answered(filled) if question.field not in fields]:
        return [complaint(question.label, "issue-not-here", field=question.label) for question in strange]
    values = _values(filled)
    new = {name: value for name, value in values.items() if name != "sources" and value != old.get(name)}
    asides = tuple((filled.form.question(each).label, text) for each in ("other", "changed") if (text := filled.text(each)))
    if filled.text("result") == CHANGED and not asides:
        label = filled.form.question("changed").label
        return [complaint(label, "issue-wanted", field=label)]
    if not new and not asides:
        return [complaint("", "issue-nothing")]
    if new and "sources" in values and values["sources"][0] not in old.get("sources", []):
        new["sources"] = [*old.get("sources", []), *values["sources"]]
    text = updated(before, entry.kind, new) if new else ""
    changes = tuple(_changes(old, new, entry.kind))
    return Proposal(entry.kind, entry.id, entry.name, entry.file, text, False, changes, asides, filled.form.questions)


def _answered(filled: Filled) -> Iterator[Question]:
    """The questions about a field that were answered."""
    return (question for question in filled.form.questions if question.path and question.id in filled.answers)


def _values(filled: Filled) -> dict[str, Any]:
    """The answers as an entry's fields; what was found to have changed verifies nothing."""
    values: dict[str, Any] = {}
    if filled.text("result") == CHANGED:
        return values
    for question in _answered(filled):
        answer = filled.answers[question.id]
        field, _, part = question.path.partition(".")
        if isinstance(answer, str):
            spec = entry_spec("position").field(question.path)
            answer = meant(answer, spec.kind, spec.name, filled.form.area_code)
        if part:
            values.setdefault(field, {})[part] = answer
        else:
            values[field] = list(answer) if isinstance(answer, tuple) else answer
    if "sources" in values:
        values["sources"] = [values["sources"]]
    return values


def _changes(old: Mapping[str, Any], new: Mapping[str, Any], kind: EntryKind) -> Iterator[Change]:
    for name, value in new.items():
        yield Change(entry_spec(kind).field(name).label, _as_text(old.get(name, "")), _as_text(value))


def _as_text(value: Any) -> str:
    if isinstance(value, Mapping):
        return "，".join(_as_text(part) for part in value.values())
    return "；".join(_as_text(item) for item in value) if isinstance(value, list) else str(value)


def settle(root: Path, proposed: Proposal, today: date, *, keeping: bool = True) -> list[Complaint]:
    """Checks everything with the file as it would be, and writes it where nothing is wrong; what is, is told by question.
    Without `keeping` nothing is written."""
    path = root / proposed.file
    if path.is_symlink() or path.parent.is_symlink() or (root / proposed.file.partition("/")[0]).is_symlink():
        return [Complaint("", Problem(Place(proposed.file), "not-regular-file"))]
    found = problems_of(root, [Draft(proposed.file, None, proposed.text)], today, levels=LEVELS)
    if keeping and not any(problem.level == "error" for problem in found):
        put(root, proposed.file, proposed.text)
    return [_complaint(proposed, problem) for problem in found if problem.code not in _FOR_EDITORS]


_FOR_EDITORS = ("marks-missing",)  # strangers say what they know; which source it rests on is the editors' to say


def _complaint(proposed: Proposal, problem: Problem) -> Complaint:
    """A problem as whoever filled the form sees it: by the question whose answer it is about, without one where it is about
    none. What two files have in common is told of the other one."""
    path: tuple[str | int, ...] = ()
    if problem.values.get("other") == proposed.file:
        path, problem = ("name",), replace(problem, values={**problem.values, "other": problem.place.file})
    elif problem.place.file == proposed.file:
        path = Places(proposed.text).path(problem)
    about = [question for question in proposed.questions if path and question.field == path[0]]
    exact = [question for question in about if question.path == ".".join(step for step in path if isinstance(step, str))]
    return Complaint((exact or about)[0].label if about else "", problem)
