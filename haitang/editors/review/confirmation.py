"""Ids that are lost by a change, and what somebody wrote to say that this is meant: `确认删除：a、b`.

The rule: a printed code goes only where somebody says so by its id. A line says it that begins with these words, whatever marks
of a list, of a quotation or of weight stand before them; what a template hides in a comment, a box without a tick and what is
struck out say nothing.
"""

import re
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from haitang.core.disk.scratch import scratch
from haitang.core.problems import Place, Problem
from haitang.data.git import changed_from, parting
from haitang.editors.review.entries import renamed_among
from haitang.editors.review.git_changes import messages
from haitang.editors.review.revisions import made_out, write_files
from haitang.model.field_specs import MODELS
from haitang.model.paths import id_of, kind_of

WORDS = "确认删除"
_LONGEST = 1_000_000  # characters of a text that are looked at
_HIDDEN = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_MARKS = r"[\s>*+\-•·●◦_#~`'\"“”‘’「」『』《》【】\[\]()|0-9.、x]*"
_SAID = re.compile(rf"^{_MARKS}{WORDS}{_MARKS}:(.*)$")
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,99}")
_BETWEEN = re.compile(r"[\s,、;|和及与]+")
_REMARK = re.compile(r"\([^()]*\)")
_BULLET = re.compile(r"[\s>*+\-•·●◦]*(?:\[ *[xX] *\]|\(?\d{1,2}[.)、])?\s*")
_TAKEN_BACK = re.compile(r"[\s>*+\-•·●◦0-9.]*(?:\[\s*\]|~~)")  # a box without a tick, a line struck out
_AROUND = "*_`'\"“”‘’「」『』《》【】[]()<>.。~#"


@dataclass(frozen=True, slots=True)
class Lost:
    """An id under which nothing is found any more; the file and the name of what it was."""

    id: str
    file: str
    name: str


def confirmed(texts: Iterable[str]) -> frozenset[str]:
    """The ids whose loss is meant."""
    return frozenset(name for text in texts for name in _confirmed(text[:_LONGEST]))


def _confirmed(text: str) -> Iterator[str]:
    goes_on = False
    for line in unicodedata.normalize("NFKC", _HIDDEN.sub("", text.replace("\r", "\n"))).split("\n"):
        if _TAKEN_BACK.match(line):
            continue
        if said := _SAID.match(line[:5_000]):
            names = list(_names(said[1]))
            yield from names
            goes_on = not names
        elif goes_on and line.strip():  # a list below
            item = _BULLET.sub("", line[:5_000], count=1)
            names = list(_names(item))
            whole = len(names) == len([word for word in _BETWEEN.split(item) if word.strip(_AROUND)])
            goes_on = bool(names) and (item != line or whole)
            yield from names if goes_on else ()


def _names(text: str) -> Iterator[str]:
    """The ids at the beginning of a text, up to what is none; a file stands for its entry. What stands in brackets is a
    remark."""
    for word in _BETWEEN.split(_REMARK.sub(" ", text).strip()):
        name = id_of(word.strip(_AROUND).casefold())
        if name and not _ID.fullmatch(name):
            return
        yield from [name] if name else ()


def lost(before: Mapping[str, Any], after: Mapping[str, Any]) -> Iterator[Lost]:
    """The ids that went with a change, by the entries of the changed files on both sides. Of what has printed codes, a former
    id counts, and what has another id now must name the old one; other entries are known again by what they say."""
    there = {(entry.__class__, name) for entry in after.values() for name in _own(entry)}
    gone = [
        (file, entry)
        for file, entry in sorted(before.items())
        if any((entry.__class__, name) not in there for name in _own(entry))
    ]
    models: Iterable[type[Any]] = MODELS.values()
    for model in models:
        of_kind = {entry.id: (file, entry) for file, entry in gone if entry.__class__ is model}
        new = {entry.id: (file, entry) for file, entry in after.items() if entry.__class__ is model}
        known = {} if "former_ids" in model.model_fields or not of_kind else renamed_among(of_kind, new)
        for file, entry in of_kind.values():
            names = [name for name in _own(entry) if (model, name) not in there and name not in known]
            yield from (Lost(name, file, entry.name) for name in names)


def _own(entry: Any) -> tuple[str, ...]:
    return (entry.id, *getattr(entry, "former_ids", ()))


def lost_since(root: Path, revision: str, said: str) -> Iterator[Problem]:
    """For `check`, without a whole review: what is lost by the changes since a revision; `said` is what these say of
    themselves, beside their commits. Raises NoSuchRevision."""
    start = parting(root, revision)
    files = frozenset(filter(kind_of, changed_from(root, start)))
    if not files:
        return
    with scratch("check") as folder:
        before_root = folder / "base"
        write_files(root, start, before_root, files)
        before = {file: entry for file in files if (entry := made_out(_model(file), before_root, file)[0])}
    gone = list(lost(before, dict(_now(root, files, before))))
    meant = confirmed([said, messages(root, start)]) if gone else ()
    yield from (as_problem(each) for each in gone if each.id not in meant)


def _now(root: Path, files: Iterable[str], before: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """The entries of files as they lie there; what cannot be read is taken to be as it was."""
    for file in files:
        if (root / file).is_symlink() or not (root / file).is_file():
            continue
        entry, flawed = made_out(_model(file), root, file)
        old = before.get(file)
        if entry is None:
            entry = old
        elif old is not None and "former_ids" in flawed:
            entry = entry.model_copy(update={"former_ids": old.former_ids})
        if entry is not None:
            yield file, entry


def _model(file: str) -> type[Any]:
    kind = kind_of(file)
    assert kind
    return MODELS[kind]


def as_problem(each: Lost) -> Problem:
    return Problem(Place(each.file), "id-lost", {"value": each.id, "name": each.name, "line": f"{WORDS}：{each.id}"})
