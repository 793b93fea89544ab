"""Source → a frozen model, or Problems an editor understands.

The rule: every kind of error pydantic can raise has a code of ours; what it says itself is never shown.
"""

import re
import unicodedata
from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any, TypeVar

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from haitang.core.problems import Problem, Value
from haitang.model.cures.meanings import told_with
from haitang.model.cures.model_types import bare, choices, declared, field_type, is_model, part_names
from haitang.model.cures.unknown_values import may_hold_unknown, unknown_values
from haitang.model.entries import Location
from haitang.model.messages import words
from haitang.model.settings import Settings
from haitang.model.written import pasted_points
from haitang.model.written.lists import NUMBERED
from haitang.model.written.points import read_datum, read_point
from haitang.source.parser import Fields, Items, Text, place_of
from haitang.source.syntax_hints import slip_in

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int, ...]
Mistake = tuple[Path, str, dict[str, Value]]  # where, problem code, blanks of its sentence

# pydantic's error types → our problem codes, the first that fits; anything else cannot be told better than `unreadable-value`.
# Types no field of ours can raise today are among them, so that a new field never shows an editor an English sentence.
TYPE_CODES = {
    r"(string|bytes)_too_long": "too-long",
    r"(string|bytes)_too_short": "empty-field",
    r"string_pattern_mismatch": "one-line",
    r"too_long": "too-many",
    r"too_short": "too-few",
    r"missing(_.*argument)?": "missing-field",
    r"extra_forbidden|no_such_attribute|invalid_key|unexpected_.*": "unknown-field",
    r"(model|dataclass|named_tuple|(frozen_|ordered_)?dict|counter|mapping|arguments|get_attribute)_.*": "needs-fields",
    r"(tuple|list|(frozen_)?set|deque|iterable|iteration)_.*": "needs-list",
    r"(string|bytes|is)_.*": "needs-text",
    r"(int|float|decimal|fraction|complex)_.*|multiple_of|finite_number": "bad-number",
    r"(date|time|datetime|timezone)_.*": "bad-date",
    r"bool_.*": "bad-yes-no",
    r"url_.*": "bad-url",
    r"literal_error|enum": "bad-choice",
    r"greater_.*": "number-too-small",
    r"less_.*": "number-too-large",
}
_OURS = "ours:"
_NO_POINT = ("needs-fields", "needs-text", "bad-number", "full-width-number", "number-with-unit", "number-with-comma")
_OF_NAMES = ("unknown-field", "misplaced-field", "settings-field")  # told of a field's name and not of its value
_GUESSES_PER_FILE = 20  # difflib is slow on purpose-made nonsense
_LONGEST_GUESSED = 40
_MOST_GUESSES = 20  # words of one check


def read(model: type[Model], tree: Fields, file: str) -> Model | list[Problem]:
    """The model a source tree describes, or everything that is wrong with it. Never raises for any tree."""
    # What is left blank is not passed on, but a name nobody knows is a mistake all the same.
    blanks = _unknown_blanks(model, tree, ()) if tree.has_blanks else ()
    errors: list[Mistake] = [(path, "unknown-field", {"field": str(path[-1])}) for path in blanks]
    unknown = dict(unknown_values(model, tree)) if may_hold_unknown(tree) else {}
    errors.extend((path, "unknown-value", values) for path, values in unknown.items())
    try:
        sound = model.model_validate(tree)
        if not errors:
            return sound
    except ValidationError as invalid:
        found_by_type = map(_mistake, invalid.errors(include_url=False))
        errors.extend(mistake for mistake in found_by_type if mistake[0] not in unknown)
    found = list(_problems(model, tree, file, errors))
    # Without what only follows from something else: a misspelt required field is one mistake, not two, since the guess names
    # what is missing; and a list is not too short because its items could not be read.
    guessed = {(*path[:-1], problem.values["guess"]) for path, problem in found if "guess" in problem.values}
    guessed |= {(*path[:-1], part) for path, problem in found for part in pasted_points.named(problem)}
    inside = {path[:depth] for path, _ in found for depth in range(len(path))}
    return [
        problem
        for path, problem in found
        if not (problem.code == "missing-field" and path in guessed) and not (problem.code == "too-few" and path in inside)
    ]


def sound(model: type[Model], values: Mapping[str, Any]) -> Model | None:
    """The model of plain values; None where anything may be wrong with them, which `read` tells."""
    if may_hold_unknown(values):
        return None
    try:
        return model.model_validate(values)
    except ValidationError:
        return None


def _problems(model: type[BaseModel], tree: Fields, file: str, mistakes: list[Mistake]) -> Iterator[tuple[Path, Problem]]:
    guesses_left = _GUESSES_PER_FILE
    for path, code, values in mistakes:
        if code == "missing-field" and isinstance(node := _at(tree, path[:-1]), Fields) and path[-1] in node.blank:
            code = "empty-field"  # noqa: PLW2901
        if code == "unknown-field" and (owner := _owner_of(model, tree, path)):
            code = "misplaced-field"  # noqa: PLW2901
            values["owner"] = owner
        elif code == "unknown-field" and _is_of_settings(model, path):
            code = "settings-field"  # noqa: PLW2901
            values["owner"] = str(path[0])
        elif code in ("unknown-field", "bad-choice") and guesses_left:
            guesses_left -= 1
            values.update(_guessed(model, tree, path, code))
        elif code == "bad-choice":
            values["choices"] = choices(field_type(model, path))
        elif code in _NO_POINT and (told := _pasted_point(model, tree, path)):
            code, values = told[0], {"field": values["field"], **told[1]}  # noqa: PLW2901
        elif code in _WITH_MEANING and isinstance(node := _at(tree, path), Text) and (spec := declared(model, path)):
            values.update(told_with(spec[0], str(values["field"]), node))
        if code in ("needs-fields", "needs-list") and (parts := part_names(field_type(model, path))):
            values["parts"] = parts
        yield path, Problem(place_of(tree, path, file, key=code in _OF_NAMES), code, values)


def _pasted_point(model: type[BaseModel], tree: Fields, path: Path) -> pasted_points.Told | None:
    """What to tell of a place that was pasted in one piece where a location has its parts."""
    written = _at(tree, path)
    if isinstance(written, Items) and all(isinstance(part, Text) for part in written) and read_point(", ".join(written)):
        written = ", ".join(written)
    if not isinstance(written, str):
        return None
    if field_type(model, path) is Location:
        return pasted_points.of_location(written)
    if path[-1] in ("lon", "lat") and field_type(model, path[:-1]) is Location:
        return pasted_points.of_part(str(path[-1]), written, _at(tree, path[:-1]))
    return None


def _is_of_settings(model: type[BaseModel], path: Path) -> bool:
    """Whether directory.yml has a field at this place, inside a list of the same name, and an entry has not."""
    there: Any = field_type(Settings, path[:-1]) if model is not Settings and len(path) > 1 else None
    return is_model(there) and path[-1] in there.model_fields


def code_of(kind: str) -> str:
    """The problem code for a type of pydantic's errors."""
    if kind.startswith(_OURS):
        return kind.removeprefix(_OURS)
    return next((code for pattern, code in TYPE_CODES.items() if re.fullmatch(pattern, kind)), "unreadable-value")


def _mistake(error: ErrorDetails) -> Mistake:
    """pydantic's error as a code of ours."""
    path, kind, written = error["loc"], error["type"], error["input"]
    code = code_of(kind)
    if isinstance(written, Fields | Items) and code in _ONE_VALUE:
        code = "needs-text"
    elif isinstance(written, Text) and code in ("needs-fields", "needs-list") and (slip := slip_in(written)):
        # `on：2026` alone under a field is a text to YAML; `31.31,121.04` and `geo:31.31,121.04` are no slips.
        kept = NUMBERED.match(written) or read_point(written) or (code == "needs-fields" and slip[0].endswith("dash"))
        code = code if kept else slip[0]
    elif code.startswith(_TIMES) and isinstance(written, Items):
        path = (*path, next((index for index, rule in enumerate(written) if error["ctx"]["part"] in rule), 0))
    elif code == "one-line" and "\n" not in str(written):
        code = "tab-in-text"
    return path, code, dict(_values(error, path))


# Told with what was probably meant.
_WITH_MEANING = frozenset(
    (
        "bad-number number-with-unit number-with-comma full-width-number bad-date bad-day bad-phone bad-phone-abroad bad-url "
        "needs-list"
    ).split()
)
# What is wrong with one of several rules of opening hours.
# With one of several clauses of hours or of an activity's times.
_TIMES = ("bad-hours", "hours-", "bad-season", "season", "bad-when", "when-")
# What is wrong with one value; a list or fields in its place are wrong in another way.
_ONE_VALUE = frozenset(["bad-number", "bad-date", "bad-yes-no", "bad-choice", "unreadable-value"])


def _unknown_blanks(model: Any, tree: Any, path: Path) -> Iterator[Path]:
    kind = bare(model)
    if isinstance(tree, Items):
        for index, item in enumerate(tree):
            yield from _unknown_blanks(kind, item, (*path, index))
    elif isinstance(tree, Fields) and is_model(kind):
        fields = kind.model_fields
        yield from ((*path, name) for name in tree.blank if name not in fields)
        for name, value in tree.items():
            if isinstance(value, Fields | Items) and name in fields:
                yield from _unknown_blanks(fields[name].annotation, value, (*path, name))


def _values(error: ErrorDetails, path: Path) -> Iterator[tuple[str, Value]]:
    """The blanks of the sentence: the field, what stands there, and the limits pydantic names."""
    yield "field", next((str(step) for step in reversed(path) if isinstance(step, str)), "")
    if isinstance(error["input"], str):
        yield "value", str(error["input"])
    for name, value in error.get("ctx", {}).items():
        if name in ("max_length", "min_length", "gt", "ge", "lt", "le"):
            yield "limit", value
        elif error["type"].startswith(_OURS) and name != "code":
            yield name, value


def _at(node: Any, path: Path) -> Any:
    """What stands at a path of a tree."""
    for step in path:
        node = node[step]
    return node


def _owner_of(model: type[BaseModel], tree: Fields, path: Path) -> str | None:
    """The field beside an unknown one that the unknown one belongs into: it lost its indentation. The nearest above it."""
    beside, step, kind = _at(tree, path[:-1]), str(path[-1]), field_type(model, path[:-1])
    line = place_of(beside, (step,), "", key=True).line
    inner = {name: bare(info.annotation) for name, info in kind.model_fields.items()} if is_model(kind) else {}
    holding = {name for name, part in inner.items() if is_model(part) and step in part.model_fields}
    owners = [key for key in (*beside, *beside.blank) if key in holding and key.line < line]
    return str(max(owners, key=lambda key: key.line)) if owners else None


def _guessed(model: type[BaseModel], tree: Fields, path: Path, code: str) -> Iterator[tuple[str, Value]]:
    """What the editor probably meant, where that is clear."""
    step = str(path[-1])
    if code == "unknown-field":
        owner = field_type(model, path[:-1])
        node = _at(tree, path[:-1])
        present = {*node, *node.blank}
        names = [name for name in owner.model_fields if name not in present] if is_model(owner) else []
        required = [name for name in names if owner.model_fields[name].is_required()]
        # A missing required field is the likelier one (维度 beside a present 经度 must not become 经度).
        guess = closest(step, dict(map(_spoken, required))) or closest(step, dict(map(_spoken, names)))
        # Written a second time, it is no other one (Name2 beside a present name must not become name_en).
        if guess not in required and is_model(owner) and closest(step, dict(map(_spoken, owner.model_fields))) in present:
            guess = None
    else:
        allowed = choices(field_type(model, path))
        yield "choices", allowed
        named = next((str(part) for part in reversed(path) if isinstance(part, str)), step)
        written = str(_at(tree, path))
        guess = meant(named, written, allowed) or closest(written, {one: _choice_names(named, one) for one in allowed})
    if guess:
        yield "guess", guess


def meant(field: str, written: str, allowed: Collection[str]) -> str | None:
    """The choice of a field that a word certainly means: it is written otherwise, or is one of its Chinese names."""
    plain = plainly(written)
    named = (choice for choice in allowed if plain in {plainly(name) for name in (choice, *_choice_names(field, choice))})
    found = (next(named, None) if plain else None) or (read_datum(written) if field == "crs" else None)
    return found if found in allowed else None


def _choice_names(field: str, choice: str) -> list[str]:
    return str(words("zh-CN").tree["choices"].get(field, {}).get(choice, "")).split()


def plainly(word: str) -> str:
    """A word without what keyboards vary: width, case, blanks and signs."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", word)).casefold()


def _spoken(name: str) -> tuple[str, list[str]]:
    """A field and its Chinese names: its label and what people also call it."""
    tree = words("zh-CN").tree
    return name, [str(tree["fields"].get(name, "")), *str(tree["also_called"].get(name, "")).split()]


def closest(written: str, candidates: Mapping[str, Iterable[str]]) -> str | None:
    """The candidate that `written` most probably means: by one of its Chinese names, or by spelling."""
    plain = unicodedata.normalize("NFKC", written).casefold().strip().replace(" ", "_")
    if not plain or len(plain) > _LONGEST_GUESSED:
        return None
    for candidate, spoken in candidates.items():
        if plain == candidate.casefold() or any(name and plain == name.casefold() for name in spoken):
            return candidate
    for candidate, spoken in candidates.items():
        if any(len(name) > 1 and (name in plain or (len(plain) > 1 and plain in name)) for name in spoken):
            return candidate
    import difflib  # nearly no run guesses

    near = difflib.get_close_matches(plain, candidates, n=1, cutoff=0.6)
    return near[0] if near else None


class Guesses:
    """What was probably meant, asked once for each word and not for ever: every answer looks through all there are. `called`
    are further names of candidates."""

    def __init__(self, candidates: Iterable[str], called: Mapping[str, Iterable[str]] | None = None) -> None:
        self._candidates, self._called = candidates, called or {}
        self._made: dict[str, dict[str, str]] = {}

    def __call__(self, written: str) -> dict[str, str]:
        if written not in self._made and len(self._made) < _MOST_GUESSES:
            guess = closest(written, {one: self._called.get(one, ()) for one in self._candidates})
            self._made[written] = {"guess": guess} if guess else {}
        return self._made.get(written, {})


def tier_names(settings: Settings) -> dict[str, tuple[str, ...]]:
    """What each tier is called, by its id: by directory.yml, and by `choices` where no other one is called so."""
    own = {tier.id: (tier.name, tier.short_name) for tier in settings.tiers}
    others = {tier: {name for other in own if other != tier for name in own[other]} for tier in own}
    return {
        tier: (*names, *(name for name in _choice_names("tier", tier) if name not in others[tier]))
        for tier, names in own.items()
    }


class KnownTiers:
    """The tiers of a directory, to which what a file says is held."""

    def __init__(self, settings: Settings) -> None:
        self._called = tier_names(settings)
        self._guess = Guesses(self._called, self._called)

    def mistake_in(self, tier: str | None) -> dict[str, Value]:
        """The blanks of what is to be told of it; none where there is such a tier. `called` are the names of the guess."""
        if tier is None or tier in self._called:
            return {}
        guess = {"guess": found} if (found := self.meant(tier)) else self._guess(tier)
        called = {"called": self._called[guess["guess"]]} if guess else {}
        return {"field": "tier", "value": tier, "choices": tuple(self._called), **guess, **called}

    def meant(self, written: str) -> str | None:
        """The one tier that a word certainly means: its id, written otherwise, or one of its names."""
        plain = plainly(written)
        found = [tier for tier, names in self._called.items() if plain and plain in map(plainly, (tier, *names))]
        return found[0] if len(found) == 1 else None
