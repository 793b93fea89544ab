"""A directory in which every field of every kind is filled, and every text says something nasty, each behind its own mark."""

import json
import re
import shutil
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from zlib import crc32

from haitang.checks.load import load
from haitang.core.problems import InvalidDirectory, Problem
from haitang.model.field_specs import FieldSpec, entry_spec, settings_spec, with_parts
from haitang.model.paths import FOLDERS, EntryKind
from tests.hostile import odd_values
from tests.worlds import WORLD

TODAY = date(2026, 1, 2)
TEXTS = ("text", "line", "prose")
MOST = 12  # strings in one field
MARK = len("§1000§")
_ODD = 0.4  # of the values that are no texts
_CITATION = re.compile(r"\[\^|\[\[?\d")
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
    "settings.needs": ["k1"], "settings.nav.page": "about", "settings.vocabularies.site_kind.id": "k1",
    "settings.vocabularies.services.id": "k2", "settings.vocabularies.facilities.id": "k3",
    "settings.vocabularies.functions.id": "k4", "settings.vocabularies.chains.id": "k5",
    "settings.vocabularies.organisations.id": "k6",
    "settings.map.boundary.file": "map/b.geojson", "settings.map.layers.file": "map/b.geojson",
    "settings.map.layers.kind": "green",
    "settings.identity.email": "a@example.org", "settings.contact.mail": "a@example.org", "settings.timezone": None,
    "settings.repository.kind": "github", "settings.repository.branch": "main", "settings.halls.night": "21:30-07:00",
    "settings.area_code": "0512", "settings.region": None, "settings.halls.staff_pin": "2580", "settings.production": None,
    "settings.holidays.year": "2027",
    "settings.holidays.off": ["2027-01-01"], "settings.holidays.worked": ["2027-01-02"],
    "position.id": "p1", "position.former_ids": ["old"], "position.parent": None, "position.successor": None,
    "position.pinyin": None, "position.activities.id": "act", "brand.id": "b1", "brand.goals.status": None,
    "route.id": "r1", "route.former_ids": ["old"], "route.mode": "walk", "chapter.id": "c1", "chapter.concepts.id": "concept1",
    "chapter.concepts.shown_by.field": "services",
}  # fmt: skip
_BOUNDARY = {"type": "Polygon", "coordinates": [[[120.5, 30.5], [121.5, 30.5], [121.5, 31.5], [120.5, 30.5]]]}
_FILES: Mapping[EntryKind, str] = {
    "position": "positions/town1/p1.yml",
    "brand": "brands/b1.yml",
    "route": "routes/r1.yml",
    "chapter": "concepts/c1.yml",
}


class Deck:
    """Strings dealt to fields, as many at once as a field holds: each field gets every string, by and by, and each in its own
    order."""

    def __init__(self, strings: Sequence[str]) -> None:
        self._strings = strings
        self.dealt: dict[str, int] = {}  # by a field's path, how many it has had

    def deal(self, path: str, room: int) -> list[str]:
        """The next for a field of so many characters. What a check may take for a citation comes alone: others that stood
        beside it would be refused with it."""
        taken = [self._next(path)]
        room -= len(taken[0]) + MARK
        while len(taken) < MOST and not _CITATION.search(taken[0]):
            text = self._next(path, peek=True)
            room -= len(text) + MARK
            if room < 0 or _CITATION.search(text):
                break
            taken.append(self._next(path))
        return taken

    def _next(self, path: str, *, peek: bool = False) -> str:
        dealt = self.dealt.get(path, 0)
        self.dealt[path] = dealt + (not peek)
        return self._strings[(dealt + crc32(path.encode())) % len(self._strings)]

    @property
    def fewest(self) -> int:
        """So many strings every field has had."""
        return min(self.dealt.values(), default=0)


@dataclass
class World:
    """The files as trees, the texts by their marks, and those that the check refused: their mark and what it said."""

    root: Path
    deck: Deck
    trees: dict[str, Any] = field(default_factory=dict)
    texts: dict[str, str] = field(default_factory=dict)
    refused: dict[str, Problem] = field(default_factory=dict)
    paths: set[str] = field(default_factory=set)  # of the fields that hold a text
    random: Random | None = None  # where it is given, fields that hold no text hold something odd

    def text(self, path: str, longest: int | None) -> str:
        """In every third field what begins it has its mark behind it: some readers look only at the first sign."""
        value = ""
        for at, nasty in enumerate(self.deck.deal(path, longest or MOST * 20)):
            mark = f"§{len(self.texts)}§"
            self.texts[mark] = nasty.lstrip() + mark if at == 0 and len(self.texts) % 3 == 0 else mark + nasty
            value += self.texts[mark]
        self.texts[mark] = self.texts[mark].rstrip()
        return value.rstrip()


def begin(root: Path, nasty: str | Deck, seed: int | None = None) -> World:
    """A sound directory: what the check refuses is told in `refused` and left out. With a seed its other values are odd too."""
    world = World(root, Deck([nasty]) if isinstance(nasty, str) else nasty, random=None if seed is None else Random(seed))
    world.trees["directory.yml"] = _settings(world)
    for kind, file in _FILES.items():
        world.trees[file] = {
            spec.name: value for spec in entry_spec(kind).fields if (value := _made(world, spec, kind)) is not None
        }
    _use_terms(world)
    position = world.trees[_FILES["position"]]
    second = {**position, "id": "p2", "name": "第二处", "former_ids": ["older"], "activities": []}
    world.trees["positions/town1/p2.yml"] = {name: second[name] for name in ("id", "name", "town", "location", "sources")}
    stop = world.trees[_FILES["route"]]["stops"][0]
    world.trees[_FILES["route"]]["stops"] = [{**stop, "metres": None}, {"position": "p2", "metres": 500}]
    del world.trees[_FILES["route"]]["stops"][0]["metres"]
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(WORLD / "photos", root / "photos")
    (root / "map").mkdir()
    (root / "map" / "b.geojson").write_text(json.dumps(_BOUNDARY), encoding="utf-8")
    _settle(world)
    return world


def _use_terms(world: World) -> None:
    """Entries use the words that directory.yml has."""
    vocabularies = world.trees["directory.yml"]["vocabularies"]
    position = world.trees[_FILES["position"]]
    for name, terms in vocabularies.items():
        position[name] = terms[0]["name"] if name == "site_kind" else [terms[0]["name"]]
    concept = world.trees[_FILES["chapter"]]["concepts"][0]
    concept["shown_by"][0]["terms"] = [vocabularies["services"][0]["name"]]


def _settings(world: World) -> dict[str, Any]:
    tree = {spec.name: value for spec in settings_spec() if (value := _made(world, spec, "settings")) is not None}
    first = tree["tiers"][0]
    looks = {"station": "open", "point": "bud", "other": "circle"}
    tree["tiers"] = [{**first, "id": tier, "name": f"{tier}层", "short_name": tier, "look": looks[tier]} for tier in looks]
    tree["tiers"].insert(0, {**first, "id": "centre"})
    tree["areas"][0]["towns"][0].pop("bounds")
    return tree


def _made(world: World, spec: FieldSpec, kind: str) -> Any:
    path = f"{kind}.{spec.path}"
    if (spec.item or spec).kind in TEXTS:
        world.paths.add(path)
    plain = _plain(spec, path)
    if plain is None and path not in _OWN:
        if spec.kind in TEXTS:
            return world.text(path, spec.longest)
        if spec.item:
            return [_made(world, spec.item, kind)] * max(1, spec.least)
        return {part.name: value for part in spec.parts if (value := _made(world, part, kind)) is not None}
    if world.random and not isinstance(plain, list) and world.random.random() < _ODD:
        choices = odd_values.OF_PATH.get(path, ())
        if path not in _OWN and spec.name not in _PLAIN:
            choices = choices or odd_values.OF_KIND.get(spec.kind) or tuple(value for value, _ in spec.choices)
        return world.random.choice(choices) if choices else plain
    return plain


def _plain(spec: FieldSpec, path: str) -> Any:
    """What a field holds in which any other value would only be refused; None where it holds a text, or parts."""
    if path in _OWN:
        return _OWN[path]
    if spec.kind in TEXTS:
        return None
    if (spec.item or not spec.parts) and spec.name in _PLAIN:
        return _PLAIN[spec.name]
    if spec.item or spec.parts:
        return None
    return spec.choices[0][0] if spec.choices else _OF_KIND.get(spec.kind) or spec.example


def _plain_at(file: str, path: Path_) -> Any:
    """The same of what stands at a path of a file."""
    kind = next((kind for kind in _FILES if file.startswith(f"{FOLDERS[kind]}/")), None)
    name = ".".join(step for step in path if isinstance(step, str))
    specs = entry_spec(kind).fields if kind else settings_spec()
    spec = next(each for top in specs for each in with_parts(top) if each.path == name)
    return _plain(spec, f"{kind or 'settings'}.{name}")


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
            if file in places:
                _leave_out(world, file, places[file][line - 1][1], problem)
            else:  # what directory.yml says of it is wrong
                _leave_out(world, "directory.yml", ("map",), problem)
        _use_terms(world)
    raise AssertionError([(each.place, each.code, each.values) for each in problems])


def problems_of(root: Path) -> tuple[Problem, ...]:
    try:
        load(root, today=TODAY)
    except InvalidDirectory as invalid:
        return invalid.problems
    return ()


def _leave_out(world: World, file: str, path: Path_, problem: Problem) -> None:
    """A text that the check refuses, on its line, or an odd value; whatever else it refused would be a fault of this world."""
    node = _at(world.trees[file], path[:-1])
    value = node[path[-1]]
    if marks := re.findall(r"§\d+§", str(value)) if isinstance(value, str) else ():
        world.refused.update(dict.fromkeys(marks, problem))
        node[path[-1]] = f"好{len(world.refused)}"
    elif not str(value).startswith("好"):  # which was told already, of another entry that shares it
        assert world.random, (problem.place, problem.code, problem.values, value)
        if isinstance(value, dict | list) or not _made_plain(file, path, node):
            # What is wrong is between several values, which are told as one.
            whole = path if isinstance(value, dict | list) else path[:-1]
            for _, inner in list(lines_of(_at(world.trees[file], whole))):
                _made_plain(file, (*whole, *inner), _at(world.trees[file], (*whole, *inner[:-1])))


def _made_plain(file: str, path: Path_, node: Any) -> bool:
    """Whether a value that is no text was odd, and is no longer."""
    plain = _plain_at(file, path)
    if plain is None and path[-1] in ("parent", "pinyin") and path[-1] in node:
        del node[path[-1]]
        return True
    if isinstance(plain, list | None) or isinstance(node[path[-1]], dict | list) or node[path[-1]] == plain:
        return False
    node[path[-1]] = plain
    return True


def _at(node: Any, path: Path_) -> Any:
    for step in path:
        node = node[step]
    return node


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
