"""One answer at a time: is it what the model takes, and if not, what to write.

The rule: an answer is judged by the model and the checks on private numbers, by nothing else, so that a door that asks says the
same as the check afterwards.
"""

import json
from collections.abc import Iterator
from datetime import date
from difflib import SequenceMatcher
from pathlib import Path

from haitang.checks.facts import is_ahead
from haitang.checks.lint.similar_names import heart_of, plain
from haitang.core.pinyin import sounds
from haitang.core.problems import Place, Problem
from haitang.editors.entry_files import stored_entries
from haitang.model.divisions.home import NO_USUAL, Usual
from haitang.model.field_specs import MODELS
from haitang.model.paths import EntryKind
from haitang.model.validation import read
from haitang.model.written.personal import personal_number
from haitang.schedule.partial_dates import read_date
from haitang.source.parser import Fields, parse

_ALIKE = 0.75  # of the characters that tell two names apart
_MOST_ALIKE = 5


def mistake_in(kind: EntryKind, field: str, written: str, today: date) -> Problem | None:
    """What is wrong with a text as a field's value (`phone`, `sources.title`) on a day; None where nothing is."""
    name, _, part = field.partition(".")
    value = json.dumps(written, ensure_ascii=False)
    tree = parse(f"{name}:\n  - {part}: {value}\n" if part else f"{name}: {value}\n", "")
    if not isinstance(tree, Fields):
        return tree[0]
    # The other fields are not there yet; only what this one holds is asked about.
    found = read(MODELS[kind], tree, "")
    wrong = [problem for problem in found if problem.code != "missing-field"] if isinstance(found, list) else []
    if not wrong and (number := personal_number(written)):
        code, match = number
        return Problem(Place(""), code, {"field": field.rpartition(".")[2], "value": match[0]})
    if not wrong and is_ahead(part or name, written, today):
        return Problem(Place(""), "future-date", {"field": part or name, "value": str(read_date(written))})
    return wrong[0] if wrong else None


def names_like(root: Path, kind: EntryKind, name: str, usual: Usual = NO_USUAL) -> Iterator[tuple[str, str]]:
    """Entries whose names are so much like a new one that it may be the same place: name and file. What tells names apart is
    what the check goes by afterwards (`advice.names_alike`), with what is `usual` in names of here; before anything is
    written, less likeness is worth a question."""
    own = heart_of(name, usual) or plain(name)
    found = [
        (likeness, entry.name, entry.file)
        for entry in stored_entries(root, [kind])
        if (likeness := _likeness(heart_of(entry.name, usual) or plain(entry.name), own)) > _ALIKE
    ]
    yield from ((there, file) for _, there, file in sorted(found, reverse=True)[:_MOST_ALIKE])


def _likeness(one: str, other: str) -> float:
    """From 0 to 1: 1 where they sound the same, nearly so where one is a part of the other."""
    if sounds(one) == sounds(other):
        return 1.0
    if min(len(one), len(other)) > 2 and (one in other or other in one):
        return 0.9
    return SequenceMatcher(None, one, other, autojunk=False).ratio()
