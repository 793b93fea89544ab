"""The rows of all tables, each with the entry it belongs to.

The rule: an entry is known by its id, else by its name; a row nobody can place is told, and a row that is not there says
nothing.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from haitang.core.decoding import unseen
from haitang.editors.excel.autocorrect import text_of
from haitang.editors.excel.cells import NotUnderstood, tidy
from haitang.editors.excel.grids import Cell
from haitang.editors.excel.headers import Known, Spot, Told, told
from haitang.editors.excel.names import Book, Names, book
from haitang.editors.excel.stock import Stored
from haitang.editors.scaffold import free_id
from haitang.model.paths import FOLDERS, EntryKind


@dataclass(frozen=True, slots=True)
class Line:
    """One row of a table."""

    table: Known
    row: int
    cells: Mapping[str, Cell]

    def text(self, path: str) -> str:
        """The text of a column's cell as it was typed, empty where there is none. Raises NotUnderstood."""
        cell = self.cells.get(path)
        if cell is None:
            return ""
        column = next(column for column in self.table.sheet.columns if column.path == path)
        text = text_of(cell, column.spec, since_1904=self.table.grid.since_1904)
        for hidden in unseen(tidy(text).replace("\t", " "), ""):
            raise NotUnderstood(hidden.code, str(hidden.values.get("code_point", "")))
        return text

    def plain(self, path: str) -> str:
        """The same without complaint: what is wrong with it is told where its value is read."""
        try:
            return tidy(self.text(path))
        except NotUnderstood:
            return ""

    def spot(self, path: str) -> Spot:
        return self.table.spot(self.row, path)


@dataclass(slots=True)
class Entry:
    """One entry of the workbook: what is stored of it, its own row, and the rows of its lists."""

    kind: EntryKind
    id: str
    stored: Stored | None
    main: Line | None = None
    lists: dict[str, list[Line]] = field(default_factory=dict)

    @property
    def spot(self) -> Spot:
        line = self.main or next(iter(self.lists.values()))[0]
        return line.spot(line.table.sheet.id_column.path)


def _as_id(line: Line) -> str:
    """The id of a row that is an entry, without the traces of a Chinese keyboard."""
    return unicodedata.normalize("NFKC", line.plain("id")).strip().casefold()


class Lines:
    """Sorts rows to entries. `problems` are the rows that could not be."""

    def __init__(self, root: Path, stored: Iterable[Stored], names: Names) -> None:
        self._root, self._names = root, names
        self._stored = {(each.kind, each.id): each for each in stored}
        self._by_name: dict[tuple[EntryKind, str], list[Stored]] = {}
        for each in self._stored.values():
            self._by_name.setdefault((each.kind, each.name), []).append(each)
        self.entries: dict[tuple[EntryKind, str], Entry] = {}
        self.problems: list[Told] = []

    def place_main(self, lines: Iterable[Line]) -> None:
        """The rows that are entries, those with an id first: they say which ids there are."""
        lines = list(lines)
        written = {_as_id(line) for line in lines}
        for line in sorted(lines, key=lambda line: not _as_id(line)):
            kind, own_id, name = line.table.sheet.kind, _as_id(line), line.plain("name")
            if "id" in line.cells and not own_id:
                self._refuse_cell(line, "id")
            elif not own_id and not name:
                self.problems.append(told(line.spot("name"), "excel-no-name"))
            elif own_id:
                self._with_id(line, kind, own_id, written)
            else:
                namesake = self._namesake(line, kind, name)
                self._add(line, kind, namesake.id if namesake else self._new_id(kind, name))

    def _with_id(self, line: Line, kind: EntryKind, own_id: str, written: set[str]) -> None:
        namesake = self._namesake(line, kind, line.plain("name"))
        if (kind, own_id) not in self._stored and namesake and namesake.id not in written:
            self.problems.append(told(line.spot("id"), "excel-id-changed", value=own_id, guess=namesake.id))
        else:
            self._add(line, kind, own_id)

    def _add(self, line: Line, kind: EntryKind, own_id: str) -> None:
        first = self.entries.get((kind, own_id))
        if first is not None and first.main is not None:
            self.problems.append(told(line.spot("id"), "excel-row-twice", value=own_id, first=first.main.row))
        else:
            self.entries[kind, own_id] = Entry(kind, own_id, self._stored.get((kind, own_id)), line)

    def _namesake(self, line: Line, kind: EntryKind, name: str) -> Stored | None:
        """The one stored entry of this name, in the row's town where it says one."""
        same = self._by_name.get((kind, name), [])
        if kind == "position" and "town" in line.table.at:
            town = self._names["town"].id_of(line.plain("town"))
            same = [each for each in same if each.town == town]
        return same[0] if len(same) == 1 else None

    def _new_id(self, kind: EntryKind, name: str) -> str:
        proposed = free_id(self._root, kind, name)
        ids = (proposed, *(f"{proposed}-{number}" for number in range(2, 30_000)))
        return next(own_id for own_id in ids if (kind, own_id) not in self.entries and (kind, own_id) not in self._stored)

    def place_items(self, lines: Iterable[Line]) -> None:
        """The rows of lists: by the entry's id, else by its name. Call it once all rows of entries have their place."""
        called = {kind: self._called(kind) for kind in FOLDERS}
        for line in lines:
            kind = line.table.sheet.kind
            try:
                written, name = tidy(line.text("of.id")), tidy(line.text("of.name"))
            except NotUnderstood as mistake:
                self.problems.append(told(line.spot("of.id"), mistake.code, **mistake.values))
                continue
            found = called[kind].id_of(written) if written else called[kind].id_of(name) if name else None
            found = found if found is None or found in called[kind].shown else None
            if found is None:
                self._refuse_item(line, written, name, called[kind])
                continue
            entry = self.entries.setdefault((kind, found), Entry(kind, found, self._stored.get((kind, found))))
            entry.lists.setdefault(line.table.sheet.field, []).append(line)

    def _refuse_item(self, line: Line, written: str, name: str, called: Book) -> None:
        spot = Spot(line.table.grid.file, line.table.grid.title, line.row, min(line.table.columns))
        if not written and not name:
            self.problems.append(told(spot, "excel-whose-row"))
            return
        guess = called.guess(written or name)
        self.problems.append(told(spot, "excel-unknown-entry", value=written or name, **({"guess": guess} if guess else {})))

    def _refuse_cell(self, line: Line, path: str) -> None:
        try:
            line.text(path)
        except NotUnderstood as mistake:
            self.problems.append(told(line.spot(path), mistake.code, **mistake.values))

    def _called(self, kind: EntryKind) -> Book:
        """What the entries of a kind are called, new and renamed ones too."""
        return book(self._things(kind), with_id=True)

    def _things(self, kind: EntryKind) -> Iterator[tuple[str, str, tuple[str, ...]]]:
        for (each, own_id), stored in self._stored.items():
            if each == kind and (each, own_id) not in self.entries:
                yield own_id, stored.name, (stored.text("short_name"),)
        for (each, own_id), entry in self.entries.items():
            if each == kind and entry.main is not None:
                old = (entry.stored.name, entry.stored.text("short_name")) if entry.stored else ()
                yield own_id, entry.main.plain("name") or (old[0] if old else ""), old
            elif each == kind and entry.stored:
                yield own_id, entry.stored.name, (entry.stored.text("short_name"),)
