"""Which type a model declares at a path.

The rule: answered from the models' own annotations, and asked only where something is wrong.
"""

import types
from collections.abc import Mapping
from functools import cache
from typing import Annotated, Any, Literal, Union, get_args, get_origin, get_type_hints

from pydantic import BaseModel

Path = tuple[str | int, ...]
_MOST_PARTS = 6  # what a sentence can name


def choices(kind: Any) -> tuple[str, ...]:
    """The words of a Literal type."""
    return tuple(str(choice) for choice in get_args(kind)) if get_origin(kind) is Literal else ()


def field_type(model: Any, path: Path) -> Any:
    """The bare type at a path into a model: list items and optional values unwrapped."""
    kind = bare(model)
    for step in path:
        if isinstance(step, int):
            continue  # a list was already unwrapped to the type of its items
        if not is_model(kind) or step not in kind.model_fields:
            return None
        kind = bare(kind.model_fields[step].annotation)
    return kind


def declared(model: Any, path: Path) -> tuple[Any, bool] | None:
    """The annotation of the value at a path into a model, that of the whole list for an item, and whether it must be there;
    None for what no model knows."""
    steps = [step for step in path if isinstance(step, str)]
    owner = field_type(model, tuple(steps[:-1]))
    if not steps or not is_model(owner) or (info := owner.model_fields.get(steps[-1])) is None:
        return None
    annotation = _annotations(owner)[steps[-1]]
    return annotation, info.is_required() and isinstance(path[-1], str)


@cache
def _annotations(owner: type[BaseModel]) -> Mapping[str, Any]:
    """The types of a model's fields with all that is said of them, without their `| None`."""

    def given(hint: Any) -> Any:
        parts = get_args(hint) if get_origin(hint) in (Union, types.UnionType) else ()
        return next((part for part in parts if part is not type(None)), hint)

    return {name: given(hint) for name, hint in get_type_hints(owner, include_extras=True).items()}


def part_names(kind: Any) -> tuple[str, ...]:
    """The fields a value of this type is written in, those that must be there first; nothing for what has no fields."""
    fields = kind.model_fields if is_model(kind) else {}
    return tuple(sorted(fields, key=lambda name: not fields[name].is_required()))[:_MOST_PARTS]


def is_list(kind: Any) -> bool:
    """Whether values of a type are several ones."""
    if get_origin(kind) in (Union, types.UnionType):
        return any(map(is_list, get_args(kind)))
    return is_list(get_args(kind)[0]) if get_origin(kind) is Annotated else get_origin(kind) is tuple


def is_model(kind: Any) -> bool:
    return isinstance(kind, type) and issubclass(kind, BaseModel)


def bare(kind: Any) -> Any:
    """tuple[X, ...] → X, X | None → X, Annotated[X, …] → X, as often as needed."""
    origin = get_origin(kind)
    if origin in (Annotated, tuple):
        return bare(get_args(kind)[0])
    if origin in (Union, types.UnionType):
        return bare(next(part for part in get_args(kind) if part is not type(None)))
    return kind
