"""Two folders of data → a Review.

The rule: everything is compared, the beginning of every list is told; how much that is does not grow with the change.
"""

import filecmp
import os
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from haitang.core.leftovers import without_leftovers
from haitang.core.problem_codes import LEVELS
from haitang.core.problems import Place, Problem
from haitang.data.parse_cache import ContentCache, ParseCache
from haitang.editors.review.confirmation import Lost, confirmed, lost
from haitang.editors.review.counts import figures
from haitang.editors.review.entries import entry_changes
from haitang.editors.review.files import LARGE, by_harm, no_pictures
from haitang.editors.review.git_changes import lying
from haitang.editors.review.harm import stakes, wiped
from haitang.editors.review.report import Counted, DeadCode, EntryChange, Kind, Levels, Listed, ReportedProblem, Review, What
from haitang.editors.review.revisions import PARTS, Side, Sides, State, completed, read_side
from haitang.media.image_store import FOLDER
from haitang.model.entries import Entry
from haitang.model.field_specs import MODELS
from haitang.model.messages import Words

ENTRIES = 30  # of a kind of change told field by field
NAMED = 20  # of a list that are named
PROBLEMS = 40
_LARGEST = 120_000  # characters of all fields: as JSON, where a character may take six, it must still be read back


@dataclass(frozen=True)
class Compared:
    """The review, the new problems themselves, the data files that changed, and what is lost although nobody said that this is
    meant."""

    review: Review
    problems: tuple[Problem, ...]
    changed: frozenset[str]
    lost: tuple[Lost, ...] = ()


def compare(base: Path, head: Path, words: Words, today: date, *, others: Iterable[str] = (), said: str = "") -> Compared:
    """What is different in `head`. `others` are changed files that are no data; `said` is what the change says of itself."""
    changed = differing(base, head)
    altered = {file: lying(head / file)._replace(before=lying(base / file).now) for file in (*changed, *others)}
    sides = Sides(State(base), State(head), changed, tuple(others), altered, said)
    read = ParseCache()
    return compared(sides, words, today, read, ContentCache(read))


def compared(
    sides: Sides, words: Words, today: date, read: ParseCache, reread: ParseCache | None = None, pictures: Path | None = None
) -> Compared:
    """As `compare`. `read` takes what is read of the head, or recalls it; `reread` the same of the base, which by default lies
    where the head does."""
    changed = sides.changed
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
    meant = confirmed([sides.said])
    dead, photos = _dead_codes(before, after, renamed, meant), (_photos(sides.base), _photos(sides.head))
    gone = [each for each in lost(*(_changed_entries(side, changed) for side in (before, after))) if each.id not in meant]
    links = sorted(file for file, facts in sides.altered.items() if facts.is_link)
    after = replace(after, problems=(*after.problems, *_links_in_data(after, [file for file in links if file in changed])))
    problems, old_problems, mended_problems = _problems(before, after)
    review = Review(
        entries=tuple(_bounded(shown)), counts=tuple(Counted(kind, what, count) for (kind, what), count in groups.items()),
        dead=tuple(dead[:NAMED]), dead_count=len(dead), figures=tuple(figures(before, after, words)),
        pages_new=_listed(after.pages - before.pages), pages_gone=_listed(before.pages - after.pages),
        photos_new=_listed(photos[1] - photos[0]), photos_gone=_listed(photos[0] - photos[1]),
        photos_changed=_listed(name for name in photos[0] & photos[1] if f"{FOLDER}/{name}" in changed),
        unread=_listed(after.unread), **_by_nature(sides, links),
        unconfirmed=_listed(each.id for each in gone), wiped=tuple(wiped(before, after, words)), stakes=stakes(before, after),
        unaffected=_listed(_unaffected(before, after, changed)),
        problems=_told(problems[:PROBLEMS], words), gone=_told(mended_problems[:NAMED], words),
        new=_levels(problems), old=_levels(old_problems), mended=len(mended_problems),
        base_sound=before.sound, head_sound=after.sound and not any(file in changed for file in links),
    )  # fmt: skip
    return Compared(review, tuple(problems), changed, tuple(gone))


def _by_nature(sides: Sides, links: Iterable[str]) -> dict[str, Any]:
    """The changed files by what they are."""
    altered = sides.altered
    return {
        "links": _listed(links),
        "modules": _listed(file for file, facts in altered.items() if facts.is_module),
        "no_pictures": _listed(no_pictures(sides.head.other or sides.head.root, altered)),
        "executables": _listed(file for file, facts in altered.items() if facts.became_executable),
        "others": _listed(by_harm(sides.others), in_order=True),
        "large": _listed(f"{file} ({facts.size / 1e6:.0f} MB)" for file, facts in altered.items() if facts.size >= LARGE),
    }


def _unaffected(before: Side, after: Side, changed: frozenset[str]) -> Iterator[str]:
    """Files that say what they said: comments, order, quotes."""
    for file in changed & before.entries.keys():
        is_read = not any(file in side.unread or side.flawed.get(file) for side in (before, after))
        if is_read and before.entries[file] == after.entries.get(file):
            yield file


def _changed_entries(side: Side, changed: frozenset[str]) -> dict[str, Entry]:
    return {file: side.entries[file] for file in changed if file in side.entries}


def _links_in_data(side: Side, links: list[str]) -> Iterator[Problem]:
    """A link is told wherever it lies, also where git has it and no file system."""
    told = {problem.place.file for problem in side.problems}
    yield from (Problem(Place(file), "not-regular-file") for file in links if file not in told)


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


def _listed(texts: Iterable[str], *, in_order: bool = False) -> Listed:
    found = list(texts) if in_order else sorted(texts)
    return Listed(len(found), tuple(text[:200] for text in found[:NAMED]))


def _dead_codes(before: Side, after: Side, renamed: Mapping[tuple[type, str], str], meant: Container[str]) -> list[DeadCode]:
    """The printed codes that lead nowhere any more, and those that lead to another entry; `renamed` is old → new id, `meant`
    are ids that are lost on purpose."""
    found = []
    for address, old in sorted(before.codes.items()):
        now = after.codes.get(address)
        if now is None:
            name = address.rpartition("/")[2].removesuffix(".html")
            found.append(DeadCode(address, old.name, confirmed=name in meant))
        elif now.__class__ is not old.__class__ or now.id not in (old.id, renamed.get((old.__class__, old.id))):
            found.append(DeadCode(address, old.name, now.name))
    return found


def _problems(before: Side, after: Side) -> tuple[list[Problem], list[Problem], list[Problem]]:
    """New problems worst first, old ones, and those that are gone. A problem is the same wherever its line or file moved."""
    there = {(entry.__class__, entry.id): file for file, entry in after.entries.items()}  # type: ignore[attr-defined]
    moved = {file: there.get((entry.__class__, entry.id), file) for file, entry in before.entries.items()}  # type: ignore[attr-defined]
    left = Counter(_key(problem, moved) for problem in before.problems)
    new, old, gone = [], [], []
    for problem in after.problems:
        if left[_key(problem)]:
            left[_key(problem)] -= 1
            old.append(problem)
        else:
            new.append(problem)
    for problem in reversed(before.problems):
        if left[_key(problem, moved)]:
            left[_key(problem, moved)] -= 1
            gone.append(problem)
    return sorted(new, key=lambda problem: LEVELS.index(problem.level)), old, gone[::-1]


def _key(problem: Problem, moved: Mapping[str, str] | None = None) -> tuple[str, str, str]:
    file = problem.place.file
    return moved.get(file, file) if moved else file, problem.code, repr(sorted(problem.values.items()))


def _told(problems: Iterable[Problem], words: Words) -> tuple[ReportedProblem, ...]:
    return tuple(
        ReportedProblem(each.level, each.place.file[:200], each.place.line, each.code, words.message(each)[:1000])
        for each in problems
    )


def _levels(problems: Iterable[Problem]) -> Levels:
    count = Counter(problem.level for problem in problems)
    return Levels(count["error"], count["warning"], count["hint"])
