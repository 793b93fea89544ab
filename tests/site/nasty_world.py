"""A directory in which every field of every kind is filled, and every text says the same nasty thing behind its own mark."""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from haitang.checks.load import load
from haitang.core.problems import InvalidDirectory, Problem
from haitang.model.field_specs import FieldSpec, entry_spec, settings_spec, with_parts
from haitang.model.paths import EntryKind
from tests.worlds import WORLD

TODAY = date(2026, 1, 2)
TEXTS = ("text", "line", "prose")
Path_ = tuple[str | int, ...]
# What a field must hold for the rest to make sense, by the name it has anywhere, or by its path in one kind of file.
_PLAIN: Mapping[str, Any] = {
    "west": 120, "south": 30, "east": 122, "north": 32, "lon": 121, "lat": 31, "crs": "wgs84", "precision": "exact",
    "town": "town1", "area": "area1", "tier": "centre", "brand": "b1", "brands": ["b1"], "position": "p1", "positions": ["p1"],
    "home": "p1", "kind": "kind1", "status": "open", "photo": "he-hua.png", "file": "he-hua.png",
}  # fmt: skip
_OF_KIND: Mapping[str, Any] = {"number": 3, "yes-no": "是", "day": "2019-05-01", "date": "2019-05-01", "colour": "#3f6f4f"}
_OF_KIND = {
    **_OF_KIND, "url": "https://example.org/x", "phone": "0512-00000001", "hours": "每天 09:00-17:00",
    "when": "每周三 14:00-16:00", "photo": "he-hua.png",
}  # fmt: skip
_OWN: Mapping[str, Any] = {
    "settings.areas.id": "area1", "settings.areas.towns.id": "town1", "settings.activity_kinds.id": "kind1",
    "settings.notices.areas": ["town1"],
    "settings.halls.id": "hall1", "settings.map.tiles.url": "tiles/{z}/{x}/{y}.png", "settings.base_url": "https://example.org",
    "settings.needs": ["k1"], "settings.vocabularies.site_kind.id": "k1",
    "settings.vocabularies.services.id": "k2", "settings.vocabularies.facilities.id": "k3",
    "settings.vocabularies.functions.id": "k4", "settings.vocabularies.chains.id": "k5",
    "settings.vocabularies.organisations.id": "k6",
    "settings.map.boundary.file": "map/b.geojson", "settings.map.layers.file": "map/b.geojson",
    "settings.map.layers.kind": "green",
    "settings.identity.email": "a@example.org", "settings.contact.mail": "a@example.org", "settings.timezone": None,
    "settings.repository.kind": "github", "settings.repository.branch": "main", "settings.halls.night": "21:30-07:00",
    "settings.area_code": "0512", "settings.halls.staff_pin": "2580", "settings.production": None,
    "settings.holidays.year": "2027",
    "settings.holidays.off": ["2027-01-01"], "settings.holidays.worked": ["2027-01-02"],
    "position.id": "p1", "position.former_ids": ["old"], "position.parent": None, "position.successor": None,
    "position.pinyin": None, "position.activities.id": "act", "brand.id": "b1", "brand.goals.status": None,
    "route.id": "r1", "route.former_ids": ["old"], "route.mode": "walk", "chapter.id": "c1", "chapter.concepts.id": "concept1",
    "chapter.concepts.shown_by.field": "services",
}  # fmt: skip
_BOUNDARY = {"type": "Polygon", "coordinates": [[[120.5, 30.5], [121.5, 30.5], [121.5, 31.5], [120.5, 30.5]]]}
_FILES: dict[EntryKind, str] = {
    "position": "positions/town1/p1.yml",
    "brand": "brands/b1.yml",
    "route": "routes/r1.yml",
    "chapter": "concepts/c1.yml",
}


@dataclass
class World:
    """The files as trees, the texts by their marks, and those that the check refused: their mark and what it said."""

    root: Path
    nasty: str
    trees: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    refused: dict[str, str] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)  # of the fields that hold a text

    def text(self, path: str, longest: int | None) -> str:
        mark = f"Q{len(self.texts)}Q"
        self.texts[mark] = (mark + self.nasty)[:longest].rstrip()
        return self.texts[mark]


def begin(root: Path, nasty: str) -> World:
    """A sound directory: what the check refuses is told in `refused` and left out."""
    world = World(root, nasty)
    world.trees["directory.yml"] = _settings(world)
    for kind, file in _FILES.items():
        world.trees[file] = {
            spec.name: value for spec in entry_spec(kind).fields if (value := _made(world, spec, kind)) is not None
        }
    vocabularies = world.trees["directory.yml"]["vocabularies"]
    position = world.trees[_FILES["position"]]
    for name, terms in vocabularies.items():
        position[name] = terms[0]["name"] if name == "site_kind" else [terms[0]["name"]]
    concept = world.trees[_FILES["chapter"]]["concepts"][0]
    concept["shown_by"][0]["terms"] = [vocabularies["services"][0]["name"]]
    second = {**position, "id": "p2", "name": "第二处", "former_ids": ["older"], "activities": []}
    world.trees["positions/town1/p2.yml"] = {name: second[name] for name in ("id", "name", "town", "location", "sources")}
    stop = world.trees[_FILES["route"]]["stops"][0]
    world.trees[_FILES["route"]]["stops"] = [{**stop, "metres": None}, {"position": "p2", "metres": 500}]
    del world.trees[_FILES["route"]]["stops"][0]["metres"]
    shutil.copytree(WORLD / "photos", root / "photos")
    (root / "map").mkdir()
    (root / "map" / "b.geojson").write_text(json.dumps(_BOUNDARY), encoding="utf-8")
    _settle(world)
    return world


def _settings(world: World) -> dict[str, Any]:
    tree = {spec.name: value for spec in settings_spec() if (value := _made(world, spec, "settings")) is not None}
    first = tree["tiers"][0]
    looks = {"station": "open", "point": "bud", "other": "circle"}
    tree["tiers"] = [{**first, "id": tier, "name": f"{tier}层", "short_name": tier, "look": looks[tier]} for tier in looks]
    tree["tiers"].insert(0, {**first, "id": "centre"})
    tree["areas"][0]["towns"][0].pop("bounds")
    return tree


def _made(world: World, spec: FieldSpec, kind: str) -> Any:  # noqa: PLR0911
    path = f"{kind}.{spec.path}"
    if (spec.item or spec).kind in TEXTS:
        world.paths.add(path)
    if path in _OWN:
        return _OWN[path]
    if spec.kind in TEXTS:
        return world.text(path, spec.longest)
    if spec.item:
        if spec.name in _PLAIN:
            return _PLAIN[spec.name]
        return [_made(world, spec.item, kind)] * max(1, spec.least)
    if spec.parts:
        return {part.name: value for part in spec.parts if (value := _made(world, part, kind)) is not None}
    if spec.name in _PLAIN:
        return _PLAIN[spec.name]
    if spec.choices:
        return spec.choices[0][0]
    return _OF_KIND.get(spec.kind) or spec.example


def lines_of(tree: Any, path: Path_ = (), indent: int = 0) -> Iterator[tuple[str, Path_]]:
    """The tree as YAML, each line with the path of the value that stands on it."""
    pad = "  " * indent
    for name, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
        head = f"{name}:" if isinstance(tree, dict) else "-"
        if isinstance(value, dict | list):
            yield pad + head, (*path, name)
            yield from lines_of(value, (*path, name), indent + 1)
        else:
            yield f"{pad}{head} {json.dumps(value, ensure_ascii=False)}", (*path, name)


def _settle(world: World) -> None:
    for _ in range(12):
        places = {file: list(lines_of(tree)) for file, tree in world.trees.items()}
        for file, lines in places.items():
            (world.root / file).parent.mkdir(parents=True, exist_ok=True)
            (world.root / file).write_text("".join(f"{line}\n" for line, _ in lines), encoding="utf-8")
        problems = problems_of(world.root)
        if not problems:
            return
        for problem in problems:
            file, line = problem.place.file, problem.place.line
            _leave_out(world, file, places[file][line - 1][1], problem)
    raise AssertionError([(each.place, each.code, each.values) for each in problems])


def problems_of(root: Path) -> tuple[Problem, ...]:
    try:
        load(root, today=TODAY)
    except InvalidDirectory as invalid:
        return invalid.problems
    return ()


def _leave_out(world: World, file: str, path: Path_, problem: Problem) -> None:
    """A text that the check refuses, on its line; whatever else it refused would be a fault of this world."""
    node = world.trees[file]
    for step in path[:-1]:
        node = node[step]
    mark = re.match(r"Q\d+Q", str(node[path[-1]]))
    assert mark, (problem.place, problem.code, problem.values, node[path[-1]])
    world.refused[mark[0]] = problem.code
    node[path[-1]] = f"好{len(world.refused)}"


def all_texts() -> dict[str, int]:
    """How many fields of each kind of file hold a text."""
    kinds: dict[str, Callable[[], tuple[FieldSpec, ...]]] = {
        **{kind: (lambda kind=kind: entry_spec(kind).fields) for kind in _FILES},  # type: ignore[misc]
        "settings": settings_spec,
    }
    return {
        kind: sum((each.item or each).kind in TEXTS for spec in fields() for each in with_parts(spec))
        for kind, fields in kinds.items()
    }
