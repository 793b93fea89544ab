"""Puts the outputs of an edition into its folder: those that are as they were are taken over, all others made and written.

The rule: a file that is out is never written into, for another generation may have the same one; and it is taken over only
while it is the very file that was written (its number, its size, the moment it was written): what somebody damaged in place is
made again.
"""

import os
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path, PurePosixPath
from typing import Any, NamedTuple

from haitang.core.atomic_files import write_atomic
from haitang.core.digests import published_digest
from haitang.site import third_parties
from haitang.site.edition.filler import Filler
from haitang.site.edition.links import Fault, Links, shell_ids
from haitang.site.edition.recipe import Keys, Recipe
from haitang.site.output_folder import DIGEST, INODE, MOMENT, is_file
from haitang.site.page import ABOUT, HANDWRITTEN, VERIFICATION, File, Page

# What `output_folder` knows of a file, its recipe's key (empty where it has none), and of a page its kind's name and its title.
Record = list[Any]
KEY, KIND, TITLE = range(MOMENT + 1, MOMENT + 4)


@dataclass
class Part:
    """What became of some outputs."""

    files: dict[str, Record] = field(default_factory=dict)
    book: list[Page] = field(default_factory=list)
    faults: list[Fault] = field(default_factory=list)
    links: Links = field(default_factory=Links)
    kept: set[str] = field(default_factory=set)  # which nobody has looked at: they are as they were
    written: int = 0

    def sort(self, order: Iterable[str]) -> None:
        """Into the order in which these outputs were planned, behind all others."""
        place = {path: at for at, path in enumerate(order)}
        self.files = dict(sorted(self.files.items(), key=lambda each: place.get(each[0], -1)))
        self.book.sort(key=lambda page: place.get(page.path, -1))


class Due(NamedTuple):
    """An output that must be made: its key (empty where it has none), and how."""

    key: str
    make: Callable[[], Page | File]


@dataclass
class Writer:
    """Writes below `folder`. `old` and `old_folder` are the edition that is out; `seed` are the files that lie in `folder`
    already, as they were two editions ago."""

    folder: str
    keys: Keys | None = None
    old: dict[str, Record] = field(default_factory=dict)
    old_folder: str = ""
    seed: dict[str, Record] = field(default_factory=dict)
    filler: Filler | None = None
    is_shared: bool = False  # with workers elsewhere, two of which may once make the same
    part: Part = field(default_factory=Part)
    _folders: set[str] = field(default_factory=set)

    def dress(self, filler: Filler) -> list[tuple[str, str]]:
        """Pages are hung into these shells from here on; gives them."""
        self.filler, shells = filler, list(filler.shells())
        self.part.links.shell_ids = shell_ids(shell for _, shell in shells)
        return shells

    def kept(self, recipe: Recipe) -> Due | None:
        """Takes over an output that is as it was; of another, what is to be made."""
        key, old = self.keys.of(recipe) if self.keys else "", self.old.get(recipe.path)
        taken = self._taken_over(recipe.path, old) if key and old and old[KEY] == key else None
        if taken is None:
            return Due(key, recipe.make)
        self._note(recipe.path, taken)
        self.part.kept.add(recipe.path)
        if recipe.kind:
            self.part.book.append(Page(recipe.path, recipe.kind, taken[TITLE], ""))
        return None

    def make(self, due: Due) -> None:
        """Makes and writes one output."""
        self.put(due.make(), due.key)

    def put(self, item: Page | File, key: str = "") -> None:
        """Writes one output, unless it is what it was."""
        if isinstance(item, Page):
            self._put_page(item, key)
        else:
            if item.path.endswith(".css"):
                self.part.faults += self.part.links.of_css(item.path, item.content)
            self._write(item.path, item.content, [item.digest, len(item.content), 0, 0, key])

    def clear(self, path: str) -> None:
        """So that a worker can write there."""
        if self.seed.pop(path, None):
            os.unlink(f"{self.folder}/{path}")

    def take(self, part: Part, due: Mapping[str, Due]) -> None:
        """What a worker wrote, as if it had been written here."""
        own = self.part
        own.faults += part.faults
        own.book += part.book
        own.links.add(part.links)
        own.written += part.written
        for path, record in part.files.items():
            record[KEY] = due[path].key
            if self._note(path, record) and self._is_as_before(path, record):
                own.written -= 1

    def _is_as_before(self, path: str, record: Record) -> bool:
        """Whether it is what it was after all; then both editions have the same file."""
        old, there, before = self.old.get(path), f"{self.folder}/{path}", f"{self.old_folder}/{path}"
        if not (old and old[DIGEST] == record[DIGEST] and is_file(before, old)):
            return False
        beside = f"{there}.as-before"
        try:
            os.link(before, beside)
        except OSError:  # no file system for that: then it has the same in two files
            return True
        os.unlink(there)
        os.link(beside, there)
        os.unlink(beside)
        record[INODE : MOMENT + 1] = old[INODE : MOMENT + 1]
        return True

    def _put_page(self, page: Page, key: str) -> None:
        part, filler = self.part, self.filler
        assert filler is not None
        part.book.append(replace(page, body=""))
        if not page.body.strip():
            part.faults.append(Fault(page.path, "empty"))
        # As a plain text: every cut into a Markup would make, and check, another Markup.
        whole, html = not page.kind.section, str(page.body)
        html = filler.versioned(html) if whole else html
        if page.kind is not VERIFICATION:  # of which nothing is ours
            part.faults += part.links.of_page(page.path, html, whole=whole)
        if page.kind in (ABOUT, HANDWRITTEN):
            part.faults += (Fault(page.path, "stopped", written) for written in third_parties.stopped(html))
        content = html.encode() if whole else filler.page(page)
        self._write(page.path, content, ["", len(content), 0, 0, key, page.kind.name, page.title])

    def _note(self, path: str, record: Record) -> bool:
        """Whether a path is one that a site can have, and has not been taken."""
        part = self.part
        if path in part.files:
            part.faults.append(Fault(path, "twice"))
            return False
        part.files[path] = record
        return True

    def _write(self, path: str, content: bytes, record: Record) -> None:
        parts = PurePosixPath(path)
        if parts.is_absolute() or ".." in parts.parts or "\\" in path or ":" in path:
            self.part.faults.append(Fault(path, "outside"))
            return
        record[DIGEST] = record[DIGEST] or published_digest(content)
        if not self._note(path, record):
            return
        old = self.old.get(path)
        if old and old[DIGEST] == record[DIGEST] and (taken := self._taken_over(path, old)):
            record[INODE : MOMENT + 1] = taken[INODE : MOMENT + 1]
            return
        self._make_room(path)
        to = f"{self.folder}/{path}"
        facts = _put(to, content) if self.is_shared else _written(to, content)
        record[INODE], record[MOMENT] = facts.st_ino, facts.st_mtime_ns
        self.part.written += 1

    def _taken_over(self, path: str, record: Record) -> Record | None:
        """The same file in both editions, or a copy where the file system has no links; None where it is no longer what was
        written."""
        there = f"{self.folder}/{path}"
        if path in self.seed and is_file(there, record):
            del self.seed[path]
            return record
        before = f"{self.old_folder}/{path}"
        if not is_file(before, record):
            return None
        self._make_room(path)
        try:
            os.link(before, there)
        except OSError:
            return self._copied(before, there, record)
        return record

    def _copied(self, before: str, there: str, record: Record) -> Record | None:
        with open(before, "rb") as stream:
            content = stream.read()
        if published_digest(content) != record[DIGEST]:  # times of two seconds hide what was done in them
            return None
        facts = _written(there, content)
        return [*record[:INODE], facts.st_ino, facts.st_mtime_ns, *record[MOMENT + 1 :]]

    def _make_room(self, path: str) -> None:
        """The folder of a path, and nothing at the path."""
        if self.seed.pop(path, None):
            os.unlink(f"{self.folder}/{path}")
            return
        folder = path.rpartition("/")[0]
        if folder not in self._folders:
            os.makedirs(f"{self.folder}/{folder}", exist_ok=True)
            self._folders.add(folder)


def _written(path: str, content: bytes) -> os.stat_result:
    """Never into a file that is there already: another generation may have the same one."""
    try:
        with open(path, "xb", buffering=0) as stream:
            stream.write(content)
            return os.fstat(stream.fileno())
    except FileExistsError:  # a worker was lost when it had written this
        os.unlink(path)
        return _written(path, content)


def _put(path: str, content: bytes) -> os.stat_result:
    """Whole, whoever else writes the same at the same moment."""
    write_atomic(Path(path), content)
    return os.lstat(path)
