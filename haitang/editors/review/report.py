"""A Review, and its JSON: what is in it, and how much of it.

The rule: plain frozen values, nothing that needs the data again. JSON is read back strictly, for it may come from strangers:
a name that is not known, a wrong type or a text without end is refused.
"""

import json
import math
import types
from collections.abc import Mapping
from dataclasses import asdict, dataclass, is_dataclass
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from haitang.core import sanitize
from haitang.core.problem_codes import Level

VERSION = 1
LONGEST = 2_000  # characters of a text
MOST = 2_000  # items of a list
MAX_BYTES = 2_000_000

What = Literal["new", "renamed", "moved", "closed", "merged", "reopened", "changed", "deleted"]
Kind = Literal["position", "brand", "route", "chapter", "settings"]
Sign = Literal["", "+", "-"]
Direction = Literal["", "n", "ne", "e", "se", "s", "sw", "w", "nw"]
Group = Literal["all", "tier", "town", "fact"]
Point = tuple[float, float]  # WGS-84 longitude and latitude
Made = TypeVar("Made")


class NotAReview(Exception):
    """The JSON does not hold a Review of this version; holds the place where it went wrong."""


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of a text: kept, come (`+`) or gone (`-`)."""

    sign: Sign
    text: str


@dataclass(frozen=True, slots=True)
class Move:
    """A point that moved: metres, whither, from where to where."""

    metres: float
    direction: Direction
    old: Point
    new: Point


@dataclass(frozen=True, slots=True)
class FieldChange:
    """One field: its names from the outside in, and what differs. A list has `gone` and `come`, a long text `pieces`; `order`
    says that only the order differs, `unread` that what stands there now cannot be read, `same` that `new` is what it was."""

    label: tuple[str, ...]
    old: str | None = None
    new: str | None = None
    gone: tuple[str, ...] = ()
    come: tuple[str, ...] = ()
    pieces: tuple[Piece, ...] = ()
    move: Move | None = None
    order: bool = False
    unread: bool = False
    same: bool = False


@dataclass(frozen=True, slots=True)
class EntryChange:
    """One file. `old_id` where the id changed, `kept` whether the old address still leads there; `point` where it lies;
    `more` counts the changed fields left out; `twin` is the file of another entry of the same id."""

    kind: Kind
    what: What
    id: str
    name: str
    file: str
    town: str = ""
    fields: tuple[FieldChange, ...] = ()
    old_id: str | None = None
    kept: bool = True
    successor: str | None = None
    point: Point | None = None
    unread: bool = False
    more: int = 0
    twin: str | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A count before and after. `label` is a tier, a town or a fact in words."""

    group: Group
    label: str
    old: int
    new: int


@dataclass(frozen=True, slots=True)
class DeadCode:
    """An address that was printed as a QR code and leads nowhere any more, or to something else (`now`); `confirmed` where
    somebody wrote that this is meant."""

    address: str
    name: str
    now: str | None = None
    confirmed: bool = False


@dataclass(frozen=True, slots=True)
class Listed:
    """A list of which only the beginning may be here; `count` is how long it is."""

    count: int = 0
    first: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Wiped:
    """A field that many entries of a kind lost at once, or that says the same in all of them `now`; `names` are the first of
    those."""

    kind: Kind
    label: str
    names: Listed
    now: str = ""


@dataclass(frozen=True, slots=True)
class Stakes:
    """Of how many places the point, the hours, the telephone changed; `farthest` is the longest way of a point in metres."""

    points: int = 0
    farthest: float = 0.0
    hours: int = 0
    phones: int = 0


@dataclass(frozen=True, slots=True)
class ReportedProblem:
    """A problem, in words."""

    level: Level
    file: str
    line: int
    code: str
    text: str


@dataclass(frozen=True, slots=True)
class Levels:
    """How many problems of each level."""

    error: int = 0
    warning: int = 0
    hint: int = 0


@dataclass(frozen=True, slots=True)
class Counted:
    """How many entries a kind of change has in all, for those left out of `entries`."""

    kind: Kind
    what: What
    count: int


@dataclass(frozen=True, slots=True)
class Review:
    """`old` counts problems that were there before, `mended` those that went, `gone` are
    the first of these. `unread` are files that cannot be read,
    `unaffected` changed files that say the same as before, `others` changed files that are no data, the most dangerous first.
    `links`, `modules` (other repositories), `executables`, `no_pictures` and `large` are changed files of these kinds;
    `unconfirmed` the ids that are lost although nobody wrote that this is meant."""

    version: int = VERSION
    entries: tuple[EntryChange, ...] = ()
    counts: tuple[Counted, ...] = ()
    dead: tuple[DeadCode, ...] = ()
    dead_count: int = 0
    figures: tuple[Figure, ...] = ()
    pages_new: Listed = Listed()
    pages_gone: Listed = Listed()
    photos_new: Listed = Listed()
    photos_gone: Listed = Listed()
    photos_changed: Listed = Listed()
    unread: Listed = Listed()
    unaffected: Listed = Listed()
    others: Listed = Listed()
    links: Listed = Listed()
    modules: Listed = Listed()
    executables: Listed = Listed()
    no_pictures: Listed = Listed()
    large: Listed = Listed()
    unconfirmed: Listed = Listed()
    wiped: tuple[Wiped, ...] = ()
    stakes: Stakes = Stakes()
    problems: tuple[ReportedProblem, ...] = ()
    new: Levels = Levels()
    old: Levels = Levels()
    mended: int = 0
    gone: tuple[ReportedProblem, ...] = ()
    base_sound: bool = True
    head_sound: bool = True

    @property
    def is_red(self) -> bool:
        """Whether it must not be merged as it is, whatever the check of the data says."""
        return bool(self.links.count or self.modules.count or self.no_pictures.count or self.unconfirmed.count)


def as_json(review: Review) -> str:
    """ASCII only: what cannot be seen stands there as `\\uXXXX`."""
    return sanitize.as_json(asdict(review), ascii_only=True, indent=1) + "\n"


def from_json(content: bytes) -> Review:
    """The Review a file holds. Raises NotAReview, whatever is in it."""
    if len(content) > MAX_BYTES:
        raise NotAReview("size")
    try:
        tree = json.loads(content.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise NotAReview("json") from error
    if not isinstance(tree, dict) or tree.get("version") != VERSION:
        raise NotAReview("version")
    return _made(Review, tree, "review")


def _made(kind: type[Made], tree: Mapping[str, Any], path: str) -> Made:
    hints = get_type_hints(kind)
    if unknown := sorted(set(tree) - set(hints)):
        raise NotAReview(f"{path}.{unknown[0][:40]}")
    values = {name: _value(hints[name], value, f"{path}.{name}") for name, value in tree.items()}
    try:
        return kind(**values)
    except TypeError as error:
        raise NotAReview(path) from error


def _value(hint: Any, value: Any, path: str) -> Any:
    kind, parts = get_origin(hint), get_args(hint)
    if kind in (Union, types.UnionType):
        return None if value is None else _value(next(part for part in parts if part is not type(None)), value, path)
    if kind is Literal:
        return _checked(value, isinstance(value, str) and value in parts, path)
    if kind is tuple:
        endless = parts[-1] is Ellipsis
        _checked(value, isinstance(value, list) and (len(value) <= MOST if endless else len(value) == len(parts)), path)
        return tuple(_value(parts[0 if endless else at], item, f"{path}[{at}]") for at, item in enumerate(value))
    if is_dataclass(hint):
        return _made(hint, _checked(value, isinstance(value, dict), path), path)  # type: ignore[arg-type]
    if hint is float:
        return float(_checked(value, type(value) in (int, float) and math.isfinite(value) and abs(value) < 10**9, path))
    fits = type(value) is hint and (len(value) <= LONGEST if hint is str else abs(value) < 10**9)  # a bool is 0 or 1
    return _checked(value, fits, path)


def _checked(value: Any, fits: bool, path: str) -> Any:
    if not fits:
        raise NotAReview(path)
    return value
