"""Source → a frozen model, or Problems an editor understands.

The rule: every kind of error pydantic can raise has a code of ours in KINDS; what it says itself is never shown.
"""

import difflib
import types
import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from typing import Annotated, Any, Literal, TypeVar, Union, get_args, get_origin

from pydantic import BaseModel, ValidationError
from pydantic_core import ErrorDetails

from haitang.problems import Problem, Value
from haitang.source import Fields, place_of
from haitang.words import words

Model = TypeVar("Model", bound=BaseModel)
Path = tuple[str | int, ...]

# pydantic's error type → our problem code. Types no field of ours can raise today are named too, so that a new field never
# shows an editor an English sentence; `tests/test_reading.py` compares this table with pydantic's own list.
_FIELDS_WANTED = (
    "model_type model_attributes_type dataclass_type dataclass_exact_type named_tuple_type dict_type frozen_dict_type "
    "ordered_dict_type counter_type mapping_type arguments_type get_attribute_error"
)
_LIST_WANTED = "tuple_type list_type set_type frozen_set_type deque_type iterable_type iteration_error set_item_not_hashable"
_TEXT_WANTED = "string_type string_unicode string_not_ascii bytes_type bytes_invalid_encoding is_instance_of is_subclass_of"
_NUMBER_WANTED = (
    "int_type int_parsing int_parsing_size int_from_float float_type float_parsing decimal_type decimal_parsing "
    "decimal_max_digits decimal_max_places decimal_whole_digits fraction_type fraction_parsing complex_type "
    "complex_str_parsing multiple_of finite_number"
)
_DATE_WANTED = (
    "date_type date_parsing date_from_datetime_parsing date_from_datetime_inexact date_past date_future time_type "
    "time_parsing datetime_type datetime_parsing datetime_object_invalid datetime_from_date_parsing datetime_past "
    "datetime_future timezone_naive timezone_aware timezone_offset time_delta_type time_delta_parsing"
)
_UNREADABLE = (
    "json_invalid json_type needs_python_object recursion_loop recursion_depth_exceeded frozen_field frozen_instance "
    "default_factory_not_called none_required string_pattern_mismatch value_error assertion_error missing_sentinel_error "
    "ellipsis_error callable_type union_tag_invalid union_tag_not_found multiple_argument_values uuid_type uuid_parsing "
    "uuid_version"
)
_MISSING = "missing missing_argument missing_keyword_only_argument missing_positional_only_argument"
_UNKNOWN = "extra_forbidden no_such_attribute invalid_key unexpected_keyword_argument unexpected_positional_argument"
KINDS: Mapping[str, str] = {
    **dict.fromkeys(_FIELDS_WANTED.split(), "needs-fields"),
    **dict.fromkeys(_LIST_WANTED.split(), "needs-list"),
    **dict.fromkeys(_TEXT_WANTED.split(), "needs-text"),
    **dict.fromkeys(_NUMBER_WANTED.split(), "bad-number"),
    **dict.fromkeys(_DATE_WANTED.split(), "bad-date"),
    **dict.fromkeys(_UNREADABLE.split(), "unreadable-value"),
    **dict.fromkeys(["bool_type", "bool_parsing"], "bad-yes-no"),
    **dict.fromkeys(["url_type", "url_parsing", "url_syntax_violation", "url_too_long", "url_scheme"], "bad-url"),
    **dict.fromkeys(["literal_error", "enum"], "bad-choice"),
    **dict.fromkeys(["string_too_long", "bytes_too_long"], "too-long"),
    **dict.fromkeys(["string_too_short", "bytes_too_short"], "empty-field"),
    **dict.fromkeys(["greater_than", "greater_than_equal"], "number-too-small"),
    **dict.fromkeys(["less_than", "less_than_equal"], "number-too-large"),
    **dict.fromkeys(_MISSING.split(), "missing-field"),
    **dict.fromkeys(_UNKNOWN.split(), "unknown-field"),
    "too_long": "too-many",
    "too_short": "too-few",
}  # fmt: skip
_OURS = "ours:"
_GUESSES_PER_FILE = 20  # difflib is slow on purpose-made nonsense
_LONGEST_GUESSED = 40


def read(model: type[Model], tree: Fields, file: str) -> Model | list[Problem]:
    """The model a source tree describes, or everything that is wrong with it. Never raises for any tree."""
    try:
        return model.model_validate(tree)
    except ValidationError as errors:
        found = list(_problems(model, tree, file, errors.errors(include_url=False)))
    # A misspelt required field is one mistake, not two: the guess already names what is missing.
    guessed = {problem.values["guess"] for problem in found if problem.code == "unknown-field" and "guess" in problem.values}
    return [problem for problem in found if problem.code != "missing-field" or problem.values["field"] not in guessed]


def _problems(model: type[BaseModel], tree: Fields, file: str, errors: list[ErrorDetails]) -> Iterator[Problem]:
    guesses_left = _GUESSES_PER_FILE
    for error in errors:
        path: Path = error["loc"]
        code = error["type"].removeprefix(_OURS) if error["type"].startswith(_OURS) else KINDS[error["type"]]
        values = dict(_values(error, path))
        if code == "missing-field" and _is_blank(tree, path):
            code = "empty-field"
        if code in ("unknown-field", "bad-choice") and guesses_left:
            guesses_left -= 1
            values.update(_guessed(model, tree, path, code))
        elif code == "bad-choice":
            values["choices"] = choices(field_type(model, path))
        yield Problem(place_of(tree, path, file, key=code == "unknown-field"), code, values)


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


def _is_blank(tree: Fields, path: Path) -> bool:
    node: Any = tree
    for step in path[:-1]:
        node = node[step]
    return isinstance(node, Fields) and path[-1] in node.blank


def _guessed(model: type[BaseModel], tree: Fields, path: Path, code: str) -> Iterator[tuple[str, Value]]:
    """What the editor probably meant, where that is clear."""
    step = str(path[-1])
    if code == "unknown-field":
        owner = field_type(model, path[:-1])
        node: Any = tree
        for part in path[:-1]:
            node = node[part]
        present = set(node)
        names = [name for name in owner.model_fields if name not in present] if _is_model(owner) else []
        required = [name for name in names if owner.model_fields[name].is_required()]
        # A missing required field is the likelier one (维度 beside a present 经度 must not become 经度).
        guess = closest(step, {name: _spoken("fields", name) for name in required}) or closest(
            step, {name: _spoken("fields", name) for name in names}
        )
    else:
        allowed = choices(field_type(model, path))
        yield "choices", allowed
        named = next((str(part) for part in reversed(path) if isinstance(part, str)), step)
        value: Any = tree
        for part in path:
            value = value[part]
        spoken = words("zh-CN").tree["choices"].get(named, {})
        guess = closest(str(value), {choice: [spoken[choice]] if choice in spoken else [] for choice in allowed})
    if guess:
        yield "guess", guess


def _spoken(group: str, name: str) -> list[str]:
    """The Chinese names of a field: its label and what people also call it."""
    tree = words("zh-CN").tree
    also = str(tree["also_called"].get(name, ""))
    return [str(tree[group].get(name, "")), *also.split()]


def closest(written: str, candidates: Mapping[str, Iterable[str]]) -> str | None:
    """The candidate that `written` most probably means: by one of its Chinese names, or by spelling."""
    plain = unicodedata.normalize("NFKC", written).casefold().strip().replace(" ", "_")
    if not plain or len(plain) > _LONGEST_GUESSED:
        return None
    for candidate, spoken in candidates.items():
        if plain == candidate.casefold() or any(name and plain == name for name in spoken):
            return candidate
    for candidate, spoken in candidates.items():
        if any(len(name) > 1 and (name in plain or (len(plain) > 1 and plain in name)) for name in spoken):
            return candidate
    near = difflib.get_close_matches(plain, candidates, n=1, cutoff=0.6)
    return near[0] if near else None


def choices(kind: Any) -> tuple[str, ...]:
    """The words of a Literal type."""
    return tuple(str(choice) for choice in get_args(kind)) if get_origin(kind) is Literal else ()


def field_type(model: Any, path: Path) -> Any:
    """The bare type at a path into a model: list items and optional values unwrapped."""
    kind = _bare(model)
    for step in path:
        if isinstance(step, int):
            continue  # a list was already unwrapped to the type of its items
        if not _is_model(kind) or step not in kind.model_fields:
            return None
        kind = _bare(kind.model_fields[step].annotation)
    return kind


def _is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def _bare(kind: Any) -> Any:
    """tuple[X, ...] → X, X | None → X, Annotated[X, …] → X, as often as needed."""
    origin = get_origin(kind)
    if origin in (Annotated, tuple):
        return _bare(get_args(kind)[0])
    if origin in (Union, types.UnionType):
        return _bare(next(part for part in get_args(kind) if part is not type(None)))
    return kind
