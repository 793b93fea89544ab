"""The rows of all tables, each with the entry it belongs to.

The rule: an entry is known by its id, else by its name; a row nobody can place is reported, and a row that is not there says
nothing.
"""

import unicodedata
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from haitang.core.decoding import unseen
from haitang.editors.entry_files import StoredEntry
from haitang.editors.excel.cells import NotUnderstood, text_of, tidy
from haitang.editors.excel.headers import CellProblem, MatchedTable, Spot, cell_problem
from haitang.editors.excel.layout import KINDS, Column, source_columns
from haitang.editors.excel.names import Book, Names, book
from haitang.editors.excel.own.called import is_called
from haitang.editors.excel.tables import Cell
from haitang.editors.new_ids import new_id
from haitang.model.paths import FOLDERS, EntryKind, entry_files, id_of


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a table. `assumed` is what it leaves open and a new entry is given all the same, by the paths of columns."""

    table: MatchedTable
    number: int
    cells: Mapping[str, Cell]
    assumed: Mapping[str, str] = field(default_factory=dict)
    codes: tuple[str, ...] = ()  # the area codes of here

    @property
    def columns(self) -> Iterator[Column]:
        """The columns it says something in, or leaves empty though they are there."""
        yield from (column for column in self.table.columns.values() if column.path not in self.assumed)
        if self.assumed:
            known = (*self.table.sheet.columns, *source_columns(self.table.sheet))
            yield from (column for column in known if column.path in self.assumed)

    def text(self, path: str) -> str:
        """The text of a column's cell as it was typed, empty where there is none. Raises NotUnderstood."""
        if path in self.assumed:
            return self.assumed[path]
        cell = self.cells.get(path)
        if cell is None:
            return ""
        spec = self.table.columns[self.table.at[path]].spec
        codes = tuple(filter(None, [self.table.answers.area_code])) or self.codes
        text = text_of(cell, spec, since_1904=self.table.grid.since_1904, codes=codes)
        for hidden in unseen(tidy(text).replace("\t", " "), ""):
            raise NotUnderstood(hidden.code, str(hidden.values.get("code_point", "")))
        return text

    def plain(self, path: str) -> str:
        """The same without complaint: what is wrong with it is reported where its value is read."""
        try:
            return tidy(self.text(path))
        except NotUnderstood:
            return ""

    @property
    def entry_id(self) -> str:
        """The id of a row that is an entry, without the traces of a Chinese keyboard."""
        return unicodedata.normalize("NFKC", self.plain("id")).strip().casefold()

    def spot(self, path: str) -> Spot:
        return self.table.spot(self.number, path)


@dataclass(slots=True)
class Entry:
    """One entry of the workbook: what is stored of it, its own row, and the rows of its lists."""

    kind: EntryKind
    id: str
    stored: StoredEntry | None
    main: Row | None = None
    lists: dict[str, list[Row]] = field(default_factory=dict)

    @property
    def main_spot(self) -> Spot:
        """Where its own row says its name."""
        return self.main.spot("name") if self.main else self.spot

    @property
    def main_name(self) -> str:
        """What its own row calls it."""
        return self.main.plain("name") if self.main else ""

    @property
    def spot(self) -> Spot:
        row = self.main or next(iter(self.lists.values()))[0]
        return row.spot(row.table.sheet.columns[0].path)


class RowSorter:
    """Sorts rows to entries. `problems` are the rows that could not be."""

    def __init__(self, root: Path, stored: Iterable[StoredEntry], names: Names) -> None:
        self._names = names
        self._stored = {(each.kind, each.id): each for each in stored}
        self._taken = {kind: {*map(id_of, entry_files(root, [kind]))} for kind in KINDS}
        self._by_name: dict[tuple[EntryKind, str], list[StoredEntry]] = {}
        self._for_short: dict[tuple[EntryKind, str], list[StoredEntry]] = {}
        for each in self._stored.values():
            self._by_name.setdefault((each.kind, each.name), []).append(each)
            for name in {*each.other_names} - {each.name}:
                self._for_short.setdefault((each.kind, name), []).append(each)
        self.entries: dict[tuple[EntryKind, str], Entry] = {}
        self.problems: list[CellProblem] = []

    def place_main(self, rows: list[Row]) -> None:
        """The rows that are entries, those with an id first: they say which ids there are."""
        written = {row.entry_id for row in rows}
        for row in rows:
            self._taken[row.table.sheet.kind].add(row.entry_id)
        for row in sorted(rows, key=lambda row: not row.entry_id):
            kind, entry_id, name = row.table.sheet.kind, row.entry_id, row.plain("name")
            namesake = self._namesake(row, kind, name)
            if "id" in row.cells and not entry_id:
                self._complain(row, "id")
            elif not entry_id and not name and "name" in row.cells:
                self._complain(row, "name")
            elif not entry_id and (not name or is_called(row.table.sheet, name)):
                self.problems.append(cell_problem(row.spot("name"), "excel-no-name"))
            elif entry_id and (kind, entry_id) not in self._stored and namesake and namesake.id not in written:
                self.problems.append(cell_problem(row.spot("id"), "excel-id-changed", value=entry_id, guess=namesake.id))
            else:
                self._add(row, kind, entry_id or (namesake.id if namesake else ""))

    def _complain(self, row: Row, path: str) -> None:
        """What is wrong with a cell that says nothing."""
        try:
            row.text(path)
        except NotUnderstood as mistake:
            label = row.table.columns[row.table.at[path]].label
            self.problems.append(cell_problem(row.spot(path), mistake.code, **{"field": label, **mistake.values}))
        else:
            self.problems.append(cell_problem(row.spot(path), "excel-no-name"))

    def _add(self, row: Row, kind: EntryKind, entry_id: str) -> None:
        if not entry_id:  # a new one
            town = self._names["town"].id_of(row.plain("town")) or ""
            entry_id = new_id(kind, row.plain("name"), self._taken[kind], town)
            self._taken[kind].add(entry_id)
        first = self.entries.get((kind, entry_id))
        if first is not None and first.main is not None:
            self.problems.append(cell_problem(row.spot("id"), "excel-row-twice", value=entry_id, first=first.main.number))
        else:
            self.entries[kind, entry_id] = Entry(kind, entry_id, self._stored.get((kind, entry_id)), row)

    def _namesake(self, row: Row, kind: EntryKind, name: str) -> StoredEntry | None:
        """The one stored entry of this name, in the row's town where it says one; of a town known, the one called so for
        short."""
        same = self._by_name.get((kind, name), [])
        if kind == "position" and (written := row.plain("town")):
            town = self._names["town"].id_of(written)
            same = [each for each in same or self._for_short.get((kind, name), []) if each.text("town") == town]
        return same[0] if len(same) == 1 else None

    def place_items(self, rows: Iterable[Row]) -> None:
        """The rows of lists: by the entry's id, else by its name. Call it once all rows of entries have their place."""
        called = {kind: self._called(kind) for kind in FOLDERS}
        for row in rows:
            kind = row.table.sheet.kind
            try:
                written, name = tidy(row.text("of.id")), tidy(row.text("of.name"))
            except NotUnderstood as mistake:
                self.problems.append(cell_problem(row.spot("of.id"), mistake.code, **mistake.values))
                continue
            meant = written or name
            entry_id = called[kind].id_of(meant) if meant else None
            if entry_id is not None and entry_id in called[kind].shown:
                entry = self.entries.setdefault((kind, entry_id), Entry(kind, entry_id, self._stored.get((kind, entry_id))))
                entry.lists.setdefault(row.table.sheet.field, []).append(row)
                continue
            spot = Spot(row.table.grid.file, row.table.grid.title, row.number, min(row.table.columns))
            if meant:
                guess = called[kind].guess(meant)
                self.problems.append(cell_problem(spot, "excel-unknown-entry", value=meant, guess=guess))
            else:
                self.problems.append(cell_problem(spot, "excel-whose-row"))

    def _called(self, kind: EntryKind) -> Book:
        """What the entries of a kind are called, new and renamed ones too."""
        things: list[tuple[str, str, tuple[str, ...]]] = []
        for (each, entry_id), stored in self._stored.items():
            if each == kind and (each, entry_id) not in self.entries:
                things.append((entry_id, stored.name, (stored.text("short_name"),)))
        for (each, entry_id), entry in self.entries.items():
            if each == kind and entry.main is not None:
                old = (entry.stored.name, entry.stored.text("short_name")) if entry.stored else ()
                things.append((entry_id, entry.main.plain("name") or (old[0] if old else ""), old))
        return book(things, with_id=True)
