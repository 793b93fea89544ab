"""rules.js: by what the form judges a value before it is saved, compiled from the model, the checks and their words.

The rule: what one field may hold is said in the model alone; here it is only written down so that a browser can read it, and
the browser (`frontend/src/admin/judge`) may be stricter than `check` and never looser. What can only be told by looking at
other entries is told by the server, where there is one, and by `check`.
"""

from collections.abc import Container, Iterable
from typing import Any

from haitang.core.decoding import GARBLED
from haitang.data.directory import Directory
from haitang.model.citations import CitedText
from haitang.model.cures.model_types import field_type
from haitang.model.field_specs import MODELS, FieldSpec, entry_spec
from haitang.model.messages import LANGUAGES, field_words, words
from haitang.model.paths import EntryKind
from haitang.model.types import PAST_DATES, PLANNED
from haitang.model.written import unknown
from haitang.model.written.personal import PERSONAL, SPOKEN
from haitang.schedule import opening_hours, recurrence
from haitang.schedule.written.opening_hours_text import EVERY_DAY, WEEKDAYS
from haitang.site.form_editor.choices import choices
from haitang.site.form_editor.patterns import pattern
from haitang.site.page import script_json

Tree = dict[str, Any]
Shapes = dict[tuple[str, str], str]  # a pattern and what is said, and how both are called in the file
_TYPED = ("id", "text", "line", "prose", "phone", "url", "photo", "colour", "number", "day", "date", "hours", "when")
_ALPHABET = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_"
_MOST_KNOWN = 4000  # of each kind; five bytes each


def script(directory: Directory) -> bytes:
    """The whole file; JSON is JavaScript too."""
    told = script_json(rules(directory)).decode()
    return f"window.haitangRules={told};\n".encode()


def rules(directory: Directory) -> Tree:
    """For each kind of entry its fields, each a Rule of `judge.ts`; beside it what many of them share."""
    shapes: Shapes = {}
    kinds = {kind: _fields(kind, directory, shapes) for kind in MODELS}
    return {
        "kinds": kinds,
        "shapes": {name: list(shape) for shape, name in shapes.items()},
        "unknown": _unknown(),
        "spoken": SPOKEN,
        "personal": [[found.pattern.replace(r"\d", r"\p{Nd}"), code] for found, code in PERSONAL],
        "garbled": GARBLED.pattern,
        "times": {"every": EVERY_DAY, "week": "".join(day[-1] for day in WEEKDAYS), "longest": _LONGEST},
        "known": _known(directory),
        "timezone": directory.settings.timezone,
        "says": _sentences(),
    }


def _unknown() -> Tree:
    """What `is_unknown` goes by."""
    signs = {"closers": unknown.CLOSERS, "saying": unknown.SAYING, "blanks": unknown.BLANKS}
    return {"words": sorted(unknown.WORDS), **signs, "repeated": unknown.REPEATED, "named": unknown.NAMED}


_LONGEST = {"hours": opening_hours.LONGEST_TEXT, "when": recurrence.LONGEST_TEXT}
_TOLD = (*(code for _, code in PERSONAL), "future-date")


def _sentences() -> dict[str, str]:
    """The sentences of `check`, and the form's own for what it tells otherwise."""
    problems, admin = words(LANGUAGES[0]).tree["problems"], field_words()["admin"]
    return {code: str(problems[code]) for code in _TOLD} | {"mistake": admin["said"]["mistake"], **admin["judged"]}


def _fields(kind: EntryKind, directory: Directory, shapes: Shapes) -> Tree:
    cited = {
        field.path for field in entry_spec(kind).all if field_type(MODELS[kind], tuple(field.path.split("."))) is CitedText
    }
    return {field.name: _rule(field, directory, shapes, cited) for field in entry_spec(kind).fields}


def _rule(field: FieldSpec, directory: Directory, shapes: Shapes, cited: Container[str]) -> Tree:
    rule: Tree = {"label": field.label, "kind": field.kind}
    if field.required:
        rule["required"] = 1
    if field.item:
        return rule | _limits(field) | {"item": _rule(field.item, directory, shapes, cited)}
    if field.parts:
        return rule | {"parts": {part.name: _rule(part, directory, shapes, cited) for part in field.parts}}
    if field.kind in _TYPED and (shape := pattern(field, directory.settings.country, directory.settings.area_code)):
        rule["shape"] = shapes.setdefault(shape, f"{field.kind}{len(shapes)}")
    if field.path == "address":
        rule["words"] = 1  # no point's numbers, and no link
    if field.path in cited:
        rule["cited"] = 1
    options = choices(field, directory.settings)
    if options or field.vocabulary:
        rule["choices"] = [value for value, _ in options]
    if field.name in PAST_DATES:
        rule["ahead"] = list(PLANNED) if field.path == "opened" else []
    return rule


def _limits(field: FieldSpec) -> Tree:
    return {name: limit for name, limit in (("least", field.least), ("most", field.most)) if limit}


def _known(directory: Directory) -> dict[str, str]:
    """Ids that are taken, by kind, and texts about time that were read: five letters of each one's digest."""
    entries: dict[str, Iterable[Any]] = {
        "position": directory.positions, "brand": directory.brands, "route": directory.routes, "chapter": directory.chapters
    }  # fmt: skip
    taken = {
        kind: _digests(name for entry in found for name in (entry.id, *getattr(entry, "former_ids", ())))
        for kind, found in entries.items()
    }
    hours = _digests(position.hours.text for position in directory.positions if position.hours)
    held = (activity for position in directory.positions for activity in position.activities)
    when = _digests(activity.when.text for activity in held if activity.when)
    return {**taken, "hours": hours, "when": when}


def _digests(texts: Iterable[str]) -> str:
    return "".join(map(_digest, sorted(set(texts))[:_MOST_KNOWN]))


def _digest(text: str) -> str:
    """FNV-1a of 32 bits, the upper 30 as five letters: a slip of a table this size is rarer than one in a hundred thousand."""
    found = 0x811C9DC5
    for byte in text.encode():
        found = (found ^ byte) * 0x01000193 & 0xFFFFFFFF
    return "".join(_ALPHABET[found >> shift & 63] for shift in (26, 20, 14, 8, 2))
