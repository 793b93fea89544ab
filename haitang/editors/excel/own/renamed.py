"""Rows that may be places which are there already, under another name.

The rule: a place that is at the same address with no other number, and whose own name no row has, is asked about: a second page
for one door leads visitors astray, and so does one page for two.
"""

import re
from collections.abc import Iterable, Iterator

from haitang.editors.entry_files import StoredEntry
from haitang.editors.excel.names import Names
from haitang.editors.excel.rows import Entry, Row, RowSorter
from haitang.model.validation import plainly

ANSWERS = {"yes": "yes", "y": "yes", "是": "yes", "no": "no", "n": "no", "否": "no"}


def renamed(sorter: RowSorter, stored: Iterable[StoredEntry], names: Names) -> Iterator[tuple[Entry, StoredEntry]]:
    """New entries, each with the only stored one that it may be."""
    by_door: dict[tuple[str, str], list[StoredEntry]] = {}
    for each in stored:
        if each.kind == "position" and (each.kind, each.id) not in sorter.entries and each.text("address"):
            by_door.setdefault((each.text("town"), plainly(each.text("address"))), []).append(each)
    for entry in list(sorter.entries.values()) if by_door else ():
        if entry.kind == "position" and entry.stored is None and entry.main is not None:
            town = names["town"].id_of(entry.main.plain("town")) or ""
            there = by_door.get((town, plainly(entry.main.plain("address"))), [])
            if len(there) == 1 and _may_ring(entry.main, there[0]):
                yield entry, there[0]


def taken_for(sorter: RowSorter, entry: Entry, stored: StoredEntry) -> None:
    """The rows of a new entry are those of a stored one from now on."""
    del sorter.entries[entry.kind, entry.id]
    sorter.entries[stored.kind, stored.id] = Entry(stored.kind, stored.id, stored, entry.main, entry.lists)


def _may_ring(row: Row, stored: StoredEntry) -> bool:
    own, other = (re.sub(r"\D", "", text) for text in (row.plain("phone"), stored.text("phone")))
    return own == other or not own or not other
