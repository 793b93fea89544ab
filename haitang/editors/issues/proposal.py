"""Answers to an issue form → one file of the directory, changed or new, checked with all the others.

The rule: what is written is what was answered and nothing else; the file is put back as it was unless the whole directory is
no worse for it. Names and ids only ever choose among files that are there.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from haitang.checks.load import load
from haitang.core.atomic_files import write_atomic
from haitang.core.decoding import decode, read_regular
from haitang.core.problems import InvalidDirectory, Place, Problem
from haitang.editors.issues.parser import NAMED, Complaint, Filled, complaint
from haitang.editors.scaffold import free_id
from haitang.model.field_specs import entry_spec
from haitang.model.formatter import NotCanonical, updated
from haitang.model.issue_questions import CHANGED, Question
from haitang.model.json_schema import schema_line
from haitang.model.paths import FOLDERS, EntryKind, entry_file, entry_files, id_of
from haitang.model.validation import closest
from haitang.source.parser import Fields, parse, place_of, read_file

_KINDS: Mapping[str, EntryKind] = {folder: kind for kind, folder in FOLDERS.items()} | {"about": "chapter"}


@dataclass(frozen=True, slots=True)
class Known:
    """An entry that is there."""

    kind: EntryKind
    id: str
    name: str
    file: str


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
        return _proposed(root, filled)
    except NotCanonical as refused:
        return [Complaint("", problem) for problem in refused.problems]


def _proposed(root: Path, filled: Filled) -> Proposal | list[Complaint]:
    if filled.form.name == "new":
        return _new(root, filled)
    question = filled.form.question("subject")
    known = find_entry(root, filled.text("subject"))
    if isinstance(known, Known):
        return _changed(root, filled, known)
    return [complaint(question.label, "issue-unknown-entry", field=question.label, value=filled.text("subject"), guess=known)]


def find_entry(root: Path, written: str) -> Known | str:
    """The entry that a name, an id, or the address of its page means; else a likely name, empty if there is none."""
    known = list(_entries(root))
    if match := NAMED.search(written):
        kind = _KINDS[match[1]]
        return next((entry for entry in known if (entry.kind, entry.id) == (kind, match[2])), "")
    meant = [entry for entry in known if written.strip() in (entry.name, entry.id)]
    return meant[0] if len(meant) == 1 else closest(written, {entry.name: () for entry in known}) or ""


def _entries(root: Path) -> Iterator[Known]:
    """All entries, by their files; those that cannot be read have no name."""
    for kind in FOLDERS:
        for file in entry_files(root, [kind]):
            tree = read_file(root / file, file)
            yield Known(kind, id_of(file), str(tree.get("name", "")) if isinstance(tree, Fields) else "", file)


def _new(root: Path, filled: Filled) -> Proposal:
    name = filled.text("name")
    own_id = free_id(root, "position", name)
    file = entry_file("position", own_id, filled.text("town"))
    values = {"id": own_id, **_values(filled)}
    text = schema_line(file, "position") + updated(None, "position", values)
    changes = _changes({}, values, "position")
    return Proposal("position", own_id, name, file, text, True, tuple(changes), (), filled.form.questions)


def _changed(root: Path, filled: Filled, known: Known) -> Proposal | list[Complaint]:
    content = read_regular(root / known.file, known.file, 64 * 1024)
    before = decode(content, known.file) if isinstance(content, bytes) else content
    tree = parse(before, known.file) if isinstance(before, str) else [before]
    if not isinstance(tree, Fields) or not isinstance(before, str):
        return [Complaint("", problem) for problem in tree if isinstance(problem, Problem)]
    values = _values(filled)
    fields = {field.name for field in entry_spec(known.kind).fields}
    if strange := [question for question in _answered(filled) if question.field not in fields]:
        return [complaint(question.label, "issue-not-here", field=question.label) for question in strange]
    old = _plain(tree)
    told = {name: value for name, value in values.items() if name != "sources" and value != old.get(name)}
    asides = tuple(
        (filled.form.question(own_id).label, text) for own_id in ("other", "changed") if (text := filled.text(own_id))
    )
    if wanted := _wanted(filled, told, asides):
        return [wanted]
    if told and "sources" in values and values["sources"][0] not in old.get("sources", []):
        told["sources"] = [*old.get("sources", []), *values["sources"]]
    text = updated(before, known.kind, told) if told else ""
    changes = tuple(_changes(old, told, known.kind))
    return Proposal(known.kind, known.id, known.name, known.file, text, False, changes, asides, filled.form.questions)


def _wanted(filled: Filled, told: Mapping[str, Any], asides: tuple[tuple[str, str], ...]) -> Complaint | None:
    """What is missing for a change to be one."""
    if filled.text("result") == CHANGED:
        label = filled.form.question("changed").label
        return None if asides else complaint(label, "issue-wanted", field=label)
    return None if told or asides else complaint("", "issue-nothing")


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
        if part:
            values.setdefault(field, {})[part] = answer
        else:
            values[field] = list(answer) if isinstance(answer, tuple) else answer
    if "sources" in values:
        values["sources"] = [values["sources"]]
    return values


def _plain(node: Any) -> Any:
    if isinstance(node, dict):
        return {str(name): _plain(value) for name, value in node.items()}
    return [_plain(item) for item in node] if isinstance(node, list) else str(node)


def _changes(old: Mapping[str, Any], told: Mapping[str, Any], kind: EntryKind) -> Iterator[Change]:
    spec = entry_spec(kind)
    for name, value in told.items():
        yield Change(spec.field(name).label, _said(old.get(name, "")), _said(value))


def _said(value: Any) -> str:
    if isinstance(value, Mapping):
        return "，".join(_said(part) for part in value.values())
    return "；".join(_said(item) for item in value) if isinstance(value, list) else str(value)


def settle(root: Path, proposed: Proposal, today: date, *, keeping: bool = True) -> list[Complaint]:
    """Writes the file and checks everything; what is wrong is told by question, and then the file is as it was, as it also is
    without `keeping`."""
    path = root / proposed.file
    if path.is_symlink() or path.parent.is_symlink() or (root / proposed.file.partition("/")[0]).is_symlink():
        return [Complaint("", Problem(Place(proposed.file), "not-regular-file"))]
    before = path.read_bytes() if path.exists() else None
    known = set(_problems(root, today))
    write_atomic(path, proposed.text)
    kept = False
    try:
        found = [problem for problem in _problems(root, today) if problem.place.file == proposed.file or problem not in known]
        kept = keeping and not any(problem.level == "error" for problem in found)
        return [_complaint(proposed, problem) for problem in found]
    finally:
        if not kept and before is None:
            path.unlink()
        elif not kept and before is not None:
            write_atomic(path, before)


def _problems(root: Path, today: date) -> tuple[Problem, ...]:
    try:
        return load(root, today=today, advised=True).remarks
    except InvalidDirectory as invalid:
        return invalid.problems


def _complaint(proposed: Proposal, problem: Problem) -> Complaint:
    """A problem as whoever filled the form sees it: what two files have in common is told of the other one."""
    if problem.values.get("other") == proposed.file:
        problem = replace(problem, values={**problem.values, "other": problem.place.file})
        named = next((question.label for question in proposed.questions if question.path == "name"), "")
        return Complaint(named, problem)
    return Complaint(_label(proposed, problem), problem)


def _label(proposed: Proposal, problem: Problem) -> str:
    """The question whose answer a problem is about, by the line it stands on; empty where it is about none."""
    tree = parse(proposed.text, proposed.file)
    if not isinstance(tree, Fields) or problem.place.file != proposed.file:
        return ""
    above = [name for name in tree if place_of(tree, (name,), "", key=True).line <= problem.place.line]
    if not above:
        return ""
    asked = [question for question in proposed.questions if question.field == above[-1]]
    exact = [question for question in asked if _line(tree, question) == problem.place.line]
    return (exact or asked)[0].label if asked else ""


def _line(tree: Fields, question: Question) -> int:
    field, _, part = question.path.partition(".")
    at: tuple[str | int, ...] = (field, len(tree[field]) - 1, part) if isinstance(tree[field], list) else (field, part)
    return place_of(tree, at if part else (field,), "").line
