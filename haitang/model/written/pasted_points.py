"""A place that was pasted where its parts belong one by one: what to tell of it, and what to write.

The rule: order and datum are written only where they are certain; what is told names every line that is wanted.
"""

from collections.abc import Mapping
from typing import Any, Literal, get_args

from haitang.core.problems import Problem, Value
from haitang.geo.coordinates import Crs
from haitang.model.written.points import Point, is_map_link, read_angle, read_point

Told = tuple[str, dict[str, Value]]
UNSPLIT, UNREAD = "point-unsplit", "point-unread"
PARTS = ("lon", "lat", "crs", "precision")
_ANY = "/".join(get_args(Crs))


def of_location(text: str) -> Told:
    """Of a text where a location's fields ought to stand."""
    point = read_point(text)
    if point is None:
        return UNREAD, {"value": text.strip()}
    lines = _lines(point, point.crs or _ANY)
    return UNSPLIT, {"value": text.strip(), "lines": lines, **({"written": lines} if point.crs else {})}


def of_part(name: str, text: str, beside: Mapping[str, Any]) -> Told | None:
    """Of a text in `lon` or `lat`, with what stands in the fields beside it; None where it is no place and no angle."""
    axis: Literal["lon", "lat"] = "lon" if name == "lon" else "lat"
    if degrees := read_angle(text, axis):
        return UNSPLIT, {"value": text.strip(), "lines": (line := (f"{axis}: {degrees}",)), "written": line}
    point = read_point(text)
    if point is None:
        return (UNREAD, {"value": text.strip()}) if is_map_link(text) else None
    lines = [line for line in _lines(point, point.crs or _ANY) if line.partition(":")[0] not in beside.keys() - {name}]
    told: dict[str, Value] = {"value": text.strip(), "lines": tuple(lines)}
    return UNSPLIT, {**told, "written": tuple(lines)} if _is_certain(point, name, beside) else told


def of_address(text: str) -> Told | None:
    """Of an address that is nothing but a place's numbers, or a map's link; None for any other."""
    if not is_map_link(text) or len(text.split()) > 1:
        point = read_point(text) if "://" not in text else None
        return (UNSPLIT, {"value": text, "lines": _lines(point, point.crs or _ANY)}) if point else None
    return of_location(text)


def named(problem: Problem) -> tuple[str, ...]:
    """The fields of a location that such a problem tells to write: that they are missing is no second one."""
    if problem.code == UNREAD:
        return PARTS
    lines = problem.values.get("lines", ()) if problem.code == UNSPLIT else ()
    return tuple(line.partition(":")[0] for line in lines) if isinstance(lines, tuple) else ()


def split(location: Mapping[str, str]) -> dict[str, str]:
    """A location's fields as texts, with a pair that stands in one of them in its parts: the others are filled where they say
    nothing, and nothing is changed where they say something else."""
    said = {name: text for name, text in location.items() if text}
    for name in ("lon", "lat"):
        point = read_point(said.get(name, ""))
        if point and _is_certain(point, name, said, needs_datum=False):
            parts = {"lon": point.lon, "lat": point.lat, "precision": point.precision}
            parts |= {"crs": point.crs} if point.crs else {}
            return {**parts, **said, "lon": point.lon, "lat": point.lat}
        if degrees := read_angle(said.get(name, ""), "lon" if name == "lon" else "lat"):
            said[name] = degrees
    return dict(said)


def _is_certain(point: Point, name: str, beside: Mapping[str, Any], *, needs_datum: bool = True) -> bool:
    """Whether nothing beside the point says something else of it, and its datum is told, here or there."""
    other = "lat" if name == "lon" else "lon"
    there = beside.get(other)
    agrees = there in (None, "", getattr(point, other)) or read_point(str(there)) == point
    crs = beside.get("crs")
    return agrees and (point.crs in (None, crs) if crs else point.crs is not None or not needs_datum)


def _lines(point: Point, crs: str) -> tuple[str, ...]:
    values = (point.lon, point.lat, crs, point.precision)
    return tuple(f"{name}: {value}" for name, value in zip(PARTS, values, strict=True))
