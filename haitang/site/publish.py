"""Writing and checking a complete new site beside the one that is out; `output_folder` then switches.

The rule: nothing is switched that was not checked: every internal link and anchor leads somewhere, no page is empty, no page
asks another host for anything. What is as it was in the edition that is out is taken over from there (`edition.writer`).
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import Self

from haitang.core.atomic_files import cleared
from haitang.core.digests import Digested
from haitang.core.problems import Place
from haitang.model.messages import Words, words
from haitang.site.edition.filler import Filler
from haitang.site.edition.links import Fault, Links, ids_in
from haitang.site.edition.recipe import Keys, Recipe
from haitang.site.edition.workers import FEWEST, Loader, Workers
from haitang.site.edition.writer import KEY, KIND, Due, Record, Writer
from haitang.site.output_folder import DIGEST, INODE, MOMENT, SIZE, Target, swept
from haitang.site.page import File, Page

__all__ = ["Edition", "Fault", "Report", "Unsound", "publish"]
Item = Page | File | Recipe


class Unsound(Exception):
    """The new site is broken; nothing was switched. `places` says, as far as somebody has found out, where the text of a fault
    comes from: the line and the field's name in the data, or the line of a handwritten page and no name. The latter is for
    its author to mend; all others are faults of ours."""

    def __init__(self, faults: Iterable[Fault], places: Mapping[Fault, tuple[Place, str]] | None = None) -> None:
        self.faults = tuple(sorted(set(faults)))
        self.places = places or {}
        super().__init__("\n".join(self.lines(words("en"))))

    def lines(self, words: Words) -> list[str]:
        """One a fault, in a language."""
        return [self._line(fault, words) for fault in self.faults]

    def _line(self, fault: Fault, words: Words) -> str:
        text = words.sentence("unsound", fault.code, page=fault.page, about=fault.about)
        if fault not in self.places:
            return text
        place, field = self.places[fault]
        if not field:
            return text + words.sentence("unsound", "from-page", file=place.file, line=place.line)
        return text + words.sentence("unsound", "from", file=place.file, line=place.line, field=words.label(field))

    @property
    def heading(self) -> str:
        """A key of the words' `commands`: who is to mend it."""
        is_authors = all(fault in self.places and not self.places[fault][1] for fault in self.faults)
        return "unsound_pages" if is_authors else "unsound"


@dataclass(frozen=True, slots=True)
class Report:
    """What a publication did: counts of files, and of those that were written and not merely kept."""

    files: int
    written: int
    book: tuple[Page, ...]  # every page that is out, without its HTML
    bytes: int
    switched: bool
    settled: bool = True  # nobody wrote meanwhile into what it was made of

    @property
    def pages(self) -> int:
        return len(self.book)


class Edition:
    """A new site being written beside the old one. Use as a context; leaving it without `switch` leaves no trace.

    `inputs` is what everything was digested to, `keys` are those of recipes: without them every output is made anew.
    """

    def __init__(self, target: Target, inputs: Digested | None = None, keys: Keys | None = None) -> None:
        self.target = target
        self._inputs = inputs
        self._keys = keys

    def __enter__(self) -> Self:
        self.target.prepare()
        self._old: dict[str, Record] = self.target.manifest().get("files", {})
        current = self.target.current()
        self._name, self._folder, seed = self.target.start()
        self._writer = Writer(str(self._folder), self._keys, self._old, str(current) if current else "", seed)
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        cleared(self._folder)

    @property
    def folder(self) -> Path:
        return self._folder

    @property
    def book(self) -> list[Page]:
        return self._writer.part.book

    def dress(self, filler: Filler) -> None:
        """Pages are hung into these shells from here on."""
        shells, part = self._writer.dress(filler), self._writer.part
        if self._keys:
            self._keys.dress(filler.digests())
        for path, shell in shells:
            part.faults += part.links.of_page(path, shell, whole=False)

    def add(self, item: Item) -> None:
        """Takes one output into the new site; faults are gathered until `switch`."""
        if not isinstance(item, Recipe):
            self._writer.put(item)
        elif due := self._writer.kept(item):
            self._writer.make(due)

    def add_all(self, items: Iterable[Item], workers: Workers | None = None, loader: Loader | None = None) -> None:
        """Takes many; what must be made is made on all processors where there are `workers`."""
        if workers is None or loader is None or workers.count < 2:
            for item in items:
                self.add(item)
            return
        order, due = list[str](), dict[str, Due]()
        for item in items:
            order.append(item.path)
            if isinstance(item, Recipe):
                self._plan(item, due)
            else:
                self._writer.put(item)
        if len(due) < FEWEST:
            for made in due.values():
                self._writer.make(made)
        else:
            for part in workers.make(self._writer, due, loader):
                self._writer.take(part, due)
            if workers.executor:  # a worker that was lost may have left something half done beside its place
                swept(self._folder, self._writer.part.files)
        self._writer.part.sort(order)

    def _plan(self, recipe: Recipe, due: dict[str, Due]) -> None:
        if made := self._writer.kept(recipe):
            if recipe.path in due:
                self._writer.part.faults.append(Fault(recipe.path, "twice"))
            due[recipe.path] = made
            self._writer.clear(recipe.path)

    def add_last(self, last: "Last") -> None:
        """The handwritten pages and what frames need, and what is made from all the rest."""
        assert self._writer.filler is not None
        self.add_all(chain(self._writer.filler.handwritten(), self._writer.filler.assets))
        for item in last(self):
            self.add(item)

    def digests(self) -> dict[str, str]:
        """Of every file so far, by its path from the site's root."""
        return {path: record[DIGEST] for path, record in self._writer.part.files.items()}

    def read(self, path: str) -> bytes:
        return (self._folder / path).read_bytes()

    def _text(self, path: str) -> str:
        return self.read(path).decode()

    def verify(self) -> None:
        """Every internal link and anchor leads somewhere. Raises Unsound with all faults."""
        part = self._writer.part
        faults = [*part.faults, *_alike(part.files), *part.links.broken(part.files, self._text)]
        pages = {path for path, record in part.files.items() if len(record) > KIND}
        kept = pages & part.kept
        if not faults and kept and self._has_lost_something(pages - kept, len(kept)):
            faults += self._again(sorted(kept))
        if faults:
            raise Unsound(faults)

    def _has_lost_something(self, made: set[str], kept: int) -> bool:
        """Whether a page that was taken over may lead to what is no longer there. Asking costs as much as looking again."""
        if len(made) > kept or not self._old.keys() <= self._writer.part.files.keys():
            return True
        changed = (
            path for path in made if path in self._old and self._old[path][DIGEST] != self._writer.part.files[path][DIGEST]
        )
        return any(not self._anchors_before(path) <= ids_in(self._text(path)) for path in changed)

    def _anchors_before(self, path: str) -> frozenset[str]:
        try:
            with open(f"{self._writer.old_folder}/{path}", encoding="utf-8", errors="replace") as stream:
                return ids_in(stream.read())
        except OSError:
            return frozenset()

    def _again(self, kept: Iterable[str]) -> Iterator[Fault]:
        """What is broken in pages that were taken over."""
        links = Links(self._writer.part.links.shell_ids)
        for path in kept:
            yield from links.of_page(path, self._text(path), whole=True)
        yield from links.broken(self._writer.part.files, self._text)

    def switch(self) -> Report:
        """Verifies, then makes this edition the one that is out. A site equal to the one that is out is not switched."""
        self.verify()
        files, written = self._writer.part.files, self._writer.part.written
        for path in self._writer.seed:
            os.unlink(self._folder / path)
        size = sum(record[SIZE] for record in files.values())
        same = not written and _bytes(files) == _bytes(self._old) and self.target.is_whole({"files": self._old})
        # What was read while somebody wrote there need not be what was digested: the next build does not trust it.
        settled = self._inputs is None or self._inputs.untouched()
        if not settled:
            files = {path: [*record[:KEY], "", *record[KIND:]] for path, record in files.items()}
        manifest = {"fingerprint": self._inputs.key if self._inputs and settled else "", "files": files}
        if same:
            out = {path: _at(record, self._old[path]) for path, record in files.items()}
            self.target.keep(self._folder, self._name, manifest, {**manifest, "files": out})
        else:
            self.target.switch(self._folder, self._name, manifest)
        return Report(len(files), written, tuple(self.book), size, not same, settled)


def _alike(files: Iterable[str]) -> Iterator[Fault]:
    """Names that some file systems take for one."""
    seen: dict[str, str] = {}
    for path in files:
        if seen.setdefault(path.lower(), path) != path:
            yield Fault(path, "twice")


def _bytes(files: Mapping[str, Record]) -> dict[str, str]:
    return {path: record[DIGEST] for path, record in files.items()}


def _at(record: Record, old: Record) -> Record:
    """What is known of a file, where its twin of the edition before lies."""
    return [*record[:INODE], *old[INODE : MOMENT + 1], *record[MOMENT + 1 :]]


Last = Callable[[Edition], Iterable[Item]]


def publish(
    target: Target, filler: Filler, items: Iterable[Item], read: Digested | None = None, last: Last = lambda _: ()
) -> Report:
    """Writes, checks and switches. `last` makes files from all the others.

    The caller holds the lock. Raises Unsound or NotOurs with the old site untouched.
    """
    with Edition(target, read) as edition:
        edition.dress(filler)
        edition.add_all(items)
        edition.add_last(last)
        return edition.switch()
