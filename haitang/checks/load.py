"""A folder of data → everything there is to tell of it, and where nothing is wrong its Directory.

The rule: one way of reading and checking, whoever asks: `check` wants the report, `load` a Directory or every problem.
"""

from collections import defaultdict
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain
from pathlib import Path
from types import ModuleType
from typing import TYPE_CHECKING

from haitang import checks
from haitang.checks.behind import refuse_clock
from haitang.checks.slides import slides_of
from haitang.core.problems import InvalidDirectory, Problem, ordered
from haitang.data.dataset import Dataset, Filed, Finding
from haitang.data.directory import Directory, indexed
from haitang.data.loader import Snapshot, boundary_of, gather, layers_of, without_collecting
from haitang.data.parse_cache import ParseCache, Terms, Verdict
from haitang.media.image_store import Album
from haitang.model import messages
from haitang.model.imprint import Slide
from haitang.model.paths import kind_of
from haitang.model.validation import KnownTiers
from haitang.source.parser import Fields, Text

if TYPE_CHECKING:
    from haitang.geo.boundary import Boundary
    from haitang.geo.layers import Layer


def judged(dataset: Dataset, terms: Terms) -> Mapping[str, Verdict]:
    """What is to be told of each file of a dataset by itself."""
    found, dated = map(_by_file, checks.findings_of(dataset))
    advice = _by_file(_advice().remarks_of(dataset)) if terms.advised else None
    return {
        (file := entry.file): Verdict(
            terms.settings,
            terms.day,
            file in dated,
            (*found.get(file, ()), *dated.get(file, ())),
            None if advice is None else tuple(advice.get(file, ())),
        )
        for entry in dataset.own(dataset.files)
    }


def _advice() -> ModuleType:
    from haitang.checks import lint  # a build does not wait for it

    return lint


def _by_file(found: Iterable[Finding]) -> Mapping[str, list[Finding]]:
    files = defaultdict[str, list[Finding]](list)
    for finding in found:
        files[finding.file].append(finding)
    return files


@dataclass(frozen=True)
class Report:
    """All problems, sorted, and what could be read (no dataset without directory.yml)."""

    problems: tuple[Problem, ...]
    dataset: Dataset | None
    boundary: "Boundary | None" = None
    layers: "tuple[Layer, ...]" = ()
    cache: ParseCache | None = None  # has taken what was read, and what was told of it
    telling: frozenset[str] = frozenset()  # the rules among entries that told something
    slides: tuple[Filed[Slide], ...] = ()  # the halls' own, where they were asked for


def inspect(
    snapshot: Snapshot,
    today: date,
    album: Album,
    *,
    advised: bool = True,
    rules: Container[str] | None = None,
    slides: bool = False,
) -> Report:
    """What there is to tell of the files that were asked about; warnings and hints only where they are wanted (`advised`), and
    of the halls' own slides only with `slides`: no site needs them. Of the rules among entries, `rules` names those that are
    wanted. Raises InvalidDirectory where the clock is wrong."""
    with without_collecting():
        problems = list(messages.faults(snapshot.root, snapshot.path))
        only, telling, boundary = snapshot.asked, set[str](), None
        layers: tuple[Layer, ...] = ()
        shown: tuple[Filed[Slide], ...] = ()
        dataset = gather(snapshot, today, problems, album, (judged, advised))
        if dataset is not None:
            refuse_clock(snapshot.root, dataset, dataset.told)
            seen = snapshot.looked_at(dataset) if advised else dataset
            among = _told_among(seen, snapshot.cache, telling, advised=advised, rules=rules)
            found = chain(dataset.told, list(_unread_tiers(snapshot, dataset, problems)), among)
            problems.extend(snapshot.located(finding for finding in found if only is None or finding.file in only))
            boundary = boundary_of(snapshot, dataset.settings, problems)
            layers = layers_of(snapshot, dataset.settings, problems)
            shown = slides_of(snapshot, dataset.settings, today, problems) if slides else ()
        told = ordered(problem for problem in problems if only is None or problem.place.file in only)
        return Report(told, dataset, boundary, layers, snapshot.cache, frozenset(telling), shown)


def _unread_tiers(snapshot: Snapshot, dataset: Dataset, problems: Iterable[Problem]) -> Iterator[Finding]:
    """What is wrong with the tiers of positions that could not be read: all of a file is told at once."""
    known, read = KnownTiers(dataset.settings), {entry.file for entry in dataset.positions}
    told = {(problem.place.file, problem.place.line) for problem in problems}
    for file in sorted({file for file, _ in told} - read):
        tree = snapshot.tree(file) if kind_of(file) == "position" else None
        tier = tree.get("tier") if isinstance(tree, Fields) else None
        if isinstance(tier, Text) and (file, tier.line) not in told and (values := known.mistake_in(str(tier))):
            yield Finding(file, ("tier",), "bad-choice", values)


def _told_among(
    dataset: Dataset, cache: ParseCache, telling: set[str], *, advised: bool, rules: Container[str] | None
) -> Iterator[Finding]:
    """What rules among entries tell; of those that only compare, what they told of what compares the same."""
    among = (*checks.AMONG_ENTRIES, *(_advice().AMONG_ENTRIES if advised else ()))
    comparing = (*checks.COMPARING, *(_advice().COMPARING if advised else ()))
    basis = cache.basis(dataset)
    for rule in among:
        name = rule.__name__
        if rules is not None and name not in rules:
            continue
        known = cache.told_among(basis, name) if rule in comparing else None
        found = list(rule(dataset)) if known is None else known
        if basis and known is None and rule in comparing:
            cache.tell_among(basis, name, found)
        if found:
            telling.add(name)
        yield from found


def load(
    root: Path,
    *,
    today: date,
    updated: date | None = None,
    album: Album | None = None,
    advised: bool = False,
    cache: ParseCache | None = None,
) -> Directory:
    """The directory under `root` (the folder that holds positions/, brands/, concepts/, routes/, directory.yml).

    Raises InvalidDirectory with every problem of every file. `today` decides which dates lie ahead. With an `album`, the
    pictures that entries name are in it afterwards; without, they are only looked at. `advised` asks for warnings and hints
    too: they are the Directory's `remarks`, or stand among the problems. `cache` holds what could be read, either way.
    """
    snapshot = Snapshot(root, cache=cache or ParseCache())
    return _sound(inspect(snapshot, today, album or Album(root, only_looking=True), advised=advised), updated)


def load_for_halls(
    root: Path, *, today: date, updated: date | None = None, album: Album | None = None, advised: bool = False
) -> Directory:
    """The same with what its halls show of their own (halls/): its `slides`."""
    report = inspect(Snapshot(root), today, album or Album(root, only_looking=True), advised=advised, slides=True)
    return _sound(report, updated)


def _sound(report: Report, updated: date | None) -> Directory:
    if report.dataset is None or any(problem.level == "error" for problem in report.problems):
        raise InvalidDirectory(report.problems)
    return replace(
        indexed(report.dataset, updated),
        boundary=report.boundary,
        layers=report.layers,
        remarks=report.problems,
        slides=report.slides,
    )
