"""Two folders of data → a Review.

The rule: everything is compared, the beginning of every list is told; how much that is does not grow with the change.
"""

import filecmp
import os
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

from haitang.core.leftovers import without_leftovers
from haitang.core.problem_codes import LEVELS
from haitang.core.problems import Problem
from haitang.data.parse_cache import ContentCache, ParseCache
from haitang.editors.review.counts import figures
from haitang.editors.review.entries import entry_changes
from haitang.editors.review.report import Counted, DeadCode, EntryChange, Kind, Levels, Listed, ReportedProblem, Review, What
from haitang.editors.review.revisions import PARTS, Side, Sides, State, completed, read_side
from haitang.media.image_store import FOLDER
from haitang.model.field_specs import MODELS
from haitang.model.messages import Words

ENTRIES = 30  # of a kind of change told field by field
NAMED = 20  # of a list that are named
PROBLEMS = 40
_LARGEST = 120_000  # characters of all fields: as JSON, where a character may take six, it must still be read back


@dataclass(frozen=True)
class Compared:
    """The review, the new problems themselves, and the data files that changed."""

    review: Review
    problems: tuple[Problem, ...]
    changed: frozenset[str]


def compare(
    base: Path, head: Path, words: Words, today: date, *, others: Iterable[str] = (), cache: Path | None = None
) -> Compared:
    """What is different in `head`. `others` are changed files that are no data; `cache` is where pictures are remembered."""
    sides = Sides(State(base), State(head), differing(base, head), tuple(others))
    read = ParseCache()
    return compared(sides, words, today, read, ContentCache(read), cache)


def compared(
    sides: Sides, words: Words, today: date, read: ParseCache, reread: ParseCache | None = None, pictures: Path | None = None
) -> Compared:
    """As `compare`. `read` takes what is read of the head, or recalls it; `reread` the same of the base, which by default lies
    where the head does."""
    changed, others = sides.changed, sides.others
    new = read_side(sides.head, changed, today, read, pictures)
    old = read_side(sides.base, changed, today, reread or ParseCache(read, without=sides.base.changed), pictures)
    # What could not be read before and can be now has come: only what cannot be read now is taken to be as it was.
    before, after = completed(replace(old, flawed={}), new), completed(new, old)
    entries = list(entry_changes(before, after, words))
    groups = Counter[tuple[Kind, What]]()
    shown = []
    for group, _, _, change in entries:
        groups[group] += 1
        shown += [change()] if groups[group] <= ENTRIES else []
    renamed = {(MODELS[kind], old): new for (kind, what), old, new, _ in entries if kind != "settings" and what == "renamed"}
    dead, photos = _dead_codes(before, after, renamed), (_photos(sides.base), _photos(sides.head))
    problems, old_problems, mended = _problems(before, after)
    unaffected = (  # they say what they said: comments, order, quotes
        file
        for file in changed & before.entries.keys()
        if before.entries[file] == after.entries.get(file)
        and not any(file in side.unread or side.flawed.get(file) for side in (before, after))
    )
    review = Review(
        entries=tuple(_bounded(shown)), counts=tuple(Counted(kind, what, count) for (kind, what), count in groups.items()),
        dead=tuple(dead[:NAMED]), dead_count=len(dead), figures=tuple(figures(before, after, words)),
        pages_new=_listed(after.pages - before.pages), pages_gone=_listed(before.pages - after.pages),
        photos_new=_listed(photos[1] - photos[0]), photos_gone=_listed(photos[0] - photos[1]),
        photos_changed=_listed(name for name in photos[0] & photos[1] if f"{FOLDER}/{name}" in changed),
        unread=_listed(after.unread), others=_listed(others), unaffected=_listed(unaffected),
        problems=tuple(
            ReportedProblem(each.level, each.place.file[:200], each.place.line, each.code, words.message(each)[:1000])
            for each in problems[:PROBLEMS]
        ),
        new=_levels(problems), old=_levels(old_problems), mended=mended,
        base_sound=before.sound, head_sound=after.sound,
    )  # fmt: skip
    return Compared(review, tuple(problems), changed)


def differing(base: Path, head: Path) -> frozenset[str]:
    """The files of the data that are not the same on both sides."""
    before, after = set(_files(base)), set(_files(head))
    return frozenset(before ^ after | {file for file in before & after if not _same(base / file, head / file)})


def _files(root: Path) -> Iterator[str]:
    for part in PARTS:
        if (root / part).is_file():
            yield part
        for folder, folders, names in os.walk(root / part):
            folders[:] = without_leftovers(folders)
            inside = Path(folder).relative_to(root).as_posix()
            yield from (f"{inside}/{name}" for name in without_leftovers(names))


def _same(one: Path, other: Path) -> bool:
    facts = one.lstat(), other.lstat()
    if (facts[0].st_dev, facts[0].st_ino) == (facts[1].st_dev, facts[1].st_ino):
        return True
    if one.is_symlink() or other.is_symlink() or not (one.is_file() and other.is_file()):
        return False
    return facts[0].st_size == facts[1].st_size and filecmp.cmp(one, other, shallow=False)


def _bounded(entries: Iterable[EntryChange]) -> Iterator[EntryChange]:
    """With their fields as long as there is room, then only how many they are."""
    left = _LARGEST
    for entry in entries:
        left -= len(repr(entry.fields))
        yield entry if left > 0 else replace(entry, fields=(), more=entry.more + len(entry.fields))


def _photos(state: State) -> frozenset[str]:
    return state.snapshot(ParseCache()).photos([])


def _listed(texts: Iterable[str]) -> Listed:
    found = sorted(texts)
    return Listed(len(found), tuple(text[:200] for text in found[:NAMED]))


def _dead_codes(before: Side, after: Side, renamed: Mapping[tuple[type, str], str]) -> list[DeadCode]:
    """The printed codes that lead nowhere any more, and those that lead to another entry; `renamed` is old → new id."""
    found = []
    for address, old in sorted(before.codes.items()):
        now = after.codes.get(address)
        if now is None:
            found.append(DeadCode(address, old.name))
        elif now.__class__ is not old.__class__ or now.id not in (old.id, renamed.get((old.__class__, old.id))):
            found.append(DeadCode(address, old.name, now.name))
    return found


def _problems(before: Side, after: Side) -> tuple[list[Problem], list[Problem], int]:
    """New problems worst first, old ones, and how many are gone. A problem is the same wherever its line or its file moved."""
    there = {(entry.__class__, entry.id): file for file, entry in after.entries.items()}  # type: ignore[attr-defined]
    moved = {file: there.get((entry.__class__, entry.id), file) for file, entry in before.entries.items()}  # type: ignore[attr-defined]
    left = Counter(_key(problem, moved) for problem in before.problems)
    new, old = [], []
    for problem in after.problems:
        if left[_key(problem)]:
            left[_key(problem)] -= 1
            old.append(problem)
        else:
            new.append(problem)
    return sorted(new, key=lambda problem: LEVELS.index(problem.level)), old, sum(left.values())


def _key(problem: Problem, moved: Mapping[str, str] | None = None) -> tuple[str, str, str]:
    file = problem.place.file
    return moved.get(file, file) if moved else file, problem.code, repr(sorted(problem.values.items()))


def _levels(problems: Iterable[Problem]) -> Levels:
    count = Counter(problem.level for problem in problems)
    return Levels(count["error"], count["warning"], count["hint"])
