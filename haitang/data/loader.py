"""A folder of files → Dataset: what there is, what could be read, and where in the files a finding stands.

The rule: nothing of a person's is left out in silence. A file that cannot be read, or has no business where it lies, is told.
"""

import gc
import os
import re
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

from haitang.core.decoding import decode, read_regular
from haitang.core.digests import content_digest
from haitang.core.leftovers import is_leftover, without_leftovers
from haitang.core.problems import Place, Problem
from haitang.data.dataset import Dataset, Filed, Finding
from haitang.data.judging import Judge, Judging, begun
from haitang.data.parse_cache import ParseCache
from haitang.media.image_store import FOLDER, Album
from haitang.model.abroad.region import here, settle
from haitang.model.cures.flaws import told_once
from haitang.model.entries import Brand, Chapter, Position, Route
from haitang.model.imprint import Slide
from haitang.model.paths import SETTINGS_FILE, id_of
from haitang.model.settings import Settings
from haitang.model.validation import read, sound
from haitang.model.written.phones import phone, phone_with_remark
from haitang.model.written.places import town_names, town_within
from haitang.source.parser import Fields, Flawed, most_bytes, parse_bytes, place_of, read_file, values

if TYPE_CHECKING:
    from haitang.geo.boundary import Boundary
    from haitang.geo.layers import Layer

Model = TypeVar("Model", Position, Brand, Chapter, Route, Settings, Slide)
# In a comment: what is told of this line has been looked at, and is right.
LOOKED_AT = {"zh-CN": "核对过", "en": "looked at"}
_TOGETHER = 256  # entries that are whole at a time
_SILENCED = re.compile(rf"(?:^|\s)#.*(?:{'|'.join(LOOKED_AT.values())})", re.MULTILINE)


@dataclass(frozen=True)
class Snapshot:
    """A state of the data: the files below `root`, but those named in `changed` as they are below `other` (or are not). Where
    pictures are among these, all lie there. `asked` are the files whose problems are wanted, None for all."""

    root: Path
    asked: frozenset[str] | None = None
    other: Path | None = None
    changed: frozenset[str] = frozenset()
    cache: ParseCache = field(default_factory=ParseCache)  # takes what could be read
    _trees: dict[str, Fields | list[Problem]] = field(default_factory=dict)

    def path(self, file: str) -> Path:
        return self.below(file) / file

    def below(self, file: str) -> Path:
        """Below what a file lies."""
        return (self.other or self.root) if file in self.changed else self.root

    def files(self, folder: str, depth: int, problems: list[Problem]) -> Iterator[str]:
        """The entry files of a folder; whatever else lies there is told."""
        if self.other is None:
            return _files(self.root, folder, depth, problems)
        told, others = list[Problem](), list[Problem]()
        kept = [file for file in _files(self.root, folder, depth, told) if file not in self.changed]
        found = [*kept, *_files(self.other, folder, depth, others)]
        # A folder may be here only for what has changed in it, or only there; what lies in it stands for it.
        problems += (problem for problem in told if problem.place.file not in self.changed and not self._is_new(problem))
        problems += (problem for problem in others if problem.place.file in self.changed)
        return iter(sorted(found))

    def _is_new(self, problem: Problem) -> bool:
        return any(file.startswith(f"{problem.place.file}/") for file in self.changed)

    @property
    def pictures(self) -> Path:
        """Below what the pictures lie."""
        return self.other if self.other and any(file.startswith(f"{FOLDER}/") for file in self.changed) else self.root

    def photos(self, problems: list[Problem]) -> frozenset[str]:
        return _photos(self.pictures, problems)

    def read(self, model: type[Model], file: str, problems: list[Problem]) -> Model | None:
        # Thousands of paths that are only asked about need not be made objects.
        path = f"{self.below(file)!s}/{file}"
        if cached := self.cache.recall(model, file, path):
            return cached
        content = read_regular(path, file, most_bytes(file))
        value = read_one(content, file, model)
        if not isinstance(value, list) and not isinstance(content, Problem):
            self.cache.keep(file, value, content_digest(content))
            return value
        problems.extend(value if isinstance(value, list) else ())
        return None

    def all(
        self, model: type[Model], folder: str, depth: int, problems: list[Problem], judge: Judging
    ) -> tuple[Filed[Model], ...]:
        """The entries of a folder that could be read, judged one by one."""
        found, unjudged = list[Filed[Model]](), list[Filed[Model]]()
        for file in self.files(folder, depth, problems):
            if (value := self.read(model, file, problems)) is None:
                continue
            found.append(entry := Filed(file, value))
            if judge.is_open(file):
                unjudged.append(entry)
                if len(unjudged) == _TOGETHER:
                    judge.settle(unjudged)
                    unjudged = []
        judge.settle(unjudged)
        return tuple(found)

    def located(self, found: Iterable[Finding]) -> Iterator[Problem]:
        """Findings with their lines: the files are read once more, for only now is it worth knowing where things stand. What
        is no error can be silenced on its line, or at the head of a long text, by a comment that says 核对过."""
        for finding in found:
            tree = self.tree(finding.file)
            place = head = Place(finding.file)
            if isinstance(tree, Fields):
                place = place_of(tree, finding.path, finding.file, key=finding.key, below=finding.below)
                head = place_of(tree, finding.path, finding.file, key=True)
            problem = Problem(place, finding.code, finding.values)
            if problem.level == "error" or not self._looked_at(finding.file, (place.line, head.line)):
                yield problem

    def looked_at(self, dataset: Dataset) -> Dataset:
        """With how its pictures look: only for advice those are looked at that no entry names. Of some files, only theirs."""
        from haitang.media.features import looks  # a build does not ask

        names = dataset.photos
        if self.asked is not None:
            named = _named_pictures(dataset)
            names &= named | {file.removeprefix(f"{FOLDER}/") for file in self.asked}
        return replace(dataset, photo_looks=looks(self.pictures / FOLDER, names))

    def tree(self, file: str) -> Fields | list[Problem]:
        """What a file says, as far as it can be read."""
        if file not in self._trees:
            found = read_file(self.path(file), file)
            self._trees[file] = found.tree if isinstance(found, Flawed) else found
        return self._trees[file]

    def _looked_at(self, file: str, lines: Iterable[int]) -> bool:
        content = read_regular(self.path(file), file, most_bytes(file))
        if isinstance(content, Problem) or not any(mark.encode() in content for mark in LOOKED_AT.values()):
            return False
        if isinstance(text := decode(content, file), Problem):
            return False
        written = text.split("\n")
        return any(line <= len(written) and _SILENCED.search(written[line - 1]) for line in lines)


def gather(
    snapshot: Snapshot, today: date, problems: list[Problem], album: Album, judging: tuple[Judge, bool] | None = None
) -> Dataset | None:
    """All that could be read, None without directory.yml; what could not is told among the `problems`, and what is told of
    entries by themselves is in `Dataset.told`: that of the judge in `judging`, with whether advice is wanted."""
    with without_collecting():
        return _gathered(snapshot, today, problems, album, judging)


@contextmanager
def without_collecting() -> Iterator[None]:
    """What is read here stays: looking again and again for what could be thrown away takes a seventh of the time."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def lacking(root: Path) -> list[Problem]:
    """What every directory has and this folder lacks, as `gather` tells it; for who reads entries one by one, and would find
    nothing wrong where there is nothing."""
    settings = read_regular(root / SETTINGS_FILE, SETTINGS_FILE, most_bytes(SETTINGS_FILE))
    problems = [settings] if isinstance(settings, Problem) else []
    if not (root / "positions").is_dir():
        problems.append(Problem(Place("positions"), "folder-missing", {"name": "positions"}))
    return problems


def _gathered(
    snapshot: Snapshot, today: date, problems: list[Problem], album: Album, judging: tuple[Judge, bool] | None
) -> Dataset | None:
    settings = snapshot.read(Settings, SETTINGS_FILE, problems)
    settle(settings.region if settings else here())
    judge = begun(snapshot.cache, settings, today, snapshot.asked, judging)
    positions = snapshot.all(Position, "positions", 2, problems, judge)
    brands = snapshot.all(Brand, "brands", 1, problems, judge)
    chapters = snapshot.all(Chapter, "concepts", 1, problems, judge)
    routes = snapshot.all(Route, "routes", 1, problems, judge)
    if settings is None:
        return None
    unread = frozenset(id_of(problem.place.file) for problem in problems)
    photos = snapshot.photos(problems)
    dataset = Dataset(
        settings,
        positions,
        brands,
        photos,
        today,
        unread,
        {},
        chapters=chapters,
        routes=routes,
        asked=snapshot.asked,
        told=tuple(judge.told),
    )
    # Pictures take their time: what is known to be wrong elsewhere need not wait until they are made.
    dataset = replace(dataset, photo_faults=album.faults(_named_pictures(dataset) & photos, making=not problems))
    problems[:] = [_with_meaning(problem, dataset) for problem in problems]
    return dataset


def _named_pictures(dataset: Dataset) -> set[str]:
    return {name for entry, pictures in dataset.pictured if dataset.is_asked(entry) for _, name in pictures}


def _with_meaning(problem: Problem, dataset: Dataset) -> Problem:
    """With what only the directory knows of a value. A name where an id belongs is the commonest slip, and the id is known: it
    is offered, as certain (`wrong`) where the whole name stands there and only one entry has it. So is the area code."""
    written, code = problem.values.get("value"), dataset.settings.area_code
    if (
        problem.code in ("bad-phone", "bad-phone-abroad")
        and code
        and isinstance(written, str)
        and "guess" not in problem.values
    ):
        found = phone(written, code)
        guess, certain = found or phone_with_remark(written, code), {"wrong": written.strip()} if found else {}
        return replace(problem, values={**problem.values, "guess": guess, **certain}) if guess else problem
    if problem.code != "bad-id" or not isinstance(written, str):
        return problem
    names = list(_named(str(problem.values.get("field")), dataset))
    if problem.values.get("field") == "id" and problem.place.column == len("id: ") + 1:
        called = id_of(problem.place.file)
        names = [("", called)] if called != written else []
    spelled = re.sub(r"^(?:\w+/)*|\.ya?ml$", "", written.strip().casefold())
    spelled = re.sub(r"[\s_–—―－]+", "-", spelled) if spelled.isascii() or "—" in spelled else spelled
    named = town_within(written, [name for name, _ in names])
    exact = {own for name, own in names if name == named or spelled == own or re.fullmatch(rf".+[（(]{own}[）)]", written)}
    meant = exact or [own for name, own in names if len(written) > 1 and written in name]
    certain = {"wrong": written} if len(exact) == 1 else {}
    return replace(problem, values={**problem.values, "guess": next(iter(meant)), **certain}) if meant else problem


def _named(field: str, dataset: Dataset) -> Iterator[tuple[str, str]]:
    """The names of what a field's ids belong to, each with its id."""
    if field == "town":
        places = [place for area in dataset.settings.areas for place in area.places]
        yield from ((name, place.id) for place in places for name in town_names(place.name, place.short_name or ""))
    elif field in ("brands", "brand"):
        yield from ((entry.value.name, entry.value.id) for entry in dataset.brands)
    elif field == "kind":
        yield from ((name, kind.id) for kind in dataset.settings.activity_kinds for name in (kind.name, *kind.also))
    elif field in ("parent", "successor", "home", "position"):
        for each in (entry.value for entry in dataset.positions):
            yield from ((name, each.id) for name in (each.name, each.short_name, *each.aliases) if name)


def _files(root: Path, folder: str, depth: int, problems: list[Problem]) -> Iterator[str]:
    """The entry files under a folder, `depth` levels deep, sorted; whatever else lies there is told."""
    if (root / folder).is_symlink():
        problems.append(Problem(Place(folder), "not-regular-file"))
        return
    try:
        entries = sorted(os.scandir(root / folder), key=lambda entry: entry.name)
    except OSError as error:
        if folder == "positions" or not isinstance(error, FileNotFoundError):  # a directory can do without the other kinds
            problems.append(Problem(Place(folder), "folder-missing", {"name": folder}))
        return
    for entry in entries:
        file = f"{folder}/{entry.name}"
        if is_leftover(entry.name):
            continue
        if entry.is_symlink():
            problems.append(Problem(Place(file), "not-regular-file"))
        elif entry.is_dir() and depth > 1:
            yield from _files(root, file, depth - 1, problems)
        elif entry.is_dir():
            problems.append(Problem(Place(file), "stray-folder", {"name": folder}))
        elif depth == 1 and entry.name.endswith(".yml"):
            yield file
        else:
            problems.append(_stray(entry.name, file))


def _stray(name: str, file: str) -> Problem:
    suffix = Path(name).suffix
    if suffix == ".yml":
        return Problem(Place(file), "not-in-town", {"name": name})
    code = "bad-suffix" if suffix.lower() in (".yaml", ".yml", ".txt") else "stray-file"
    return Problem(Place(file), code, {"suffix": suffix, "name": name})


def read_one(content: bytes | Problem, file: str, model: type[Model]) -> Model | list[Problem]:
    if isinstance(content, Problem):
        return [content]
    if (plain := values(content, file)) and (entry := sound(model, plain)):
        return entry
    tree = parse_bytes(content, file)
    value: Model | list[Problem] = read(model, tree, file) if isinstance(tree, Fields) else tree
    if isinstance(value, Flawed):
        fields: Model | list[Problem] = read(model, value.tree, file)
        return told_once(value, fields if isinstance(fields, list) else [], content)
    return value


def boundary_of(snapshot: Snapshot, settings: Settings, problems: list[Problem]) -> "Boundary | None":
    """The boundary that directory.yml names, if it is sound."""
    if settings.map.boundary is None:
        return None
    from haitang.geo.boundary import read_boundary

    layer = settings.map.boundary
    areas = [area.bounds.box for area in settings.areas if area.bounds]
    boundary = read_boundary(snapshot.below(layer.file), layer.file, layer.crs, areas)
    if isinstance(boundary, Problem):
        problems.append(boundary)
        return None
    return boundary


def layers_of(snapshot: Snapshot, settings: Settings, problems: list[Problem]) -> "tuple[Layer, ...]":
    """The layers that directory.yml names and that are sound, in the order they are drawn."""
    if not settings.map.layers:
        return ()
    from haitang.geo.layers import KINDS, Layer, read_layer

    areas = [area.bounds.box for area in settings.areas if area.bounds]
    named = sorted(settings.map.layers, key=lambda each: KINDS.index(each.kind))
    found = [read_layer(snapshot.below(each.file), each.file, each.kind, each.crs, areas) for each in named]
    problems.extend(each for each in found if isinstance(each, Problem))
    return tuple(each for each in found if isinstance(each, Layer))


def _photos(root: Path, problems: list[Problem]) -> frozenset[str]:
    folder = root / FOLDER
    if folder.is_symlink():  # it could publish any picture of this machine
        problems.append(Problem(Place(FOLDER), "not-regular-file"))
    if not folder.is_dir() or folder.is_symlink():
        return frozenset()
    return frozenset(without_leftovers(entry.name for entry in os.scandir(folder) if entry.is_file(follow_symlinks=False)))
