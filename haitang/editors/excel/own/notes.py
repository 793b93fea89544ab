"""What is to be known of a table that was understood: what was taken for what, what was left out, what nobody sees.

The rule: once for each table, not for each row.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field

from haitang.core.problems import Value
from haitang.editors.excel.headers import MatchedTable
from haitang.editors.excel.layout import column_at
from haitang.editors.excel.own.assumed import USUAL_CRS, Assumptions


@dataclass(frozen=True, slots=True)
class Note:
    """Something an editor should know though nothing is wrong: a sentence of the group `excel`."""

    key: str
    values: Mapping[str, Value] = field(default_factory=dict)


def notes_of(table: MatchedTable, assumptions: Assumptions) -> Iterator[Note]:
    """All there is to say of a table."""
    title = table.grid.title
    if table.grid.turned:
        yield Note("turned", {"title": title})
    for header, label in table.likely:
        yield Note("taken_as", {"title": title, "header": header, "column": label})
    if (
        assumptions.is_abroad
        and "location.lon" in table.at
        and not {"location.crs"} & (table.at.keys() | table.answers.fields.keys())
    ):
        labels = dict(column_at(table.sheet, ("location", "crs")).spec.choices)
        yield Note("crs_usual", {"title": title, "crs": labels[USUAL_CRS]})
    passed = [
        table.heads[at] for at in sorted(table.filled) if at in table.counting or (at in table.heads and table.is_ignored(at))
    ]
    if passed:
        yield Note("passed_over", {"title": title, "columns": tuple(passed)})
    towns = dict(assumptions.headings(table))
    if towns:
        yield Note("headings", {"title": title, "towns": tuple(dict.fromkeys(map(assumptions.shown, towns.values())))})
    gone = {row: text for row, text in table.left_out.items() if row not in towns}
    if gone:
        yield Note("rows_left_out", {"title": title, "rows": tuple(map(str, gone)), "texts": tuple(gone.values())[:5]})
    yield from _hidden(table)


def _hidden(table: MatchedTable) -> Iterator[Note]:
    """Rows and columns nobody sees are read like the others; but one should know."""
    grid = table.grid
    rows = [row for row in grid.hidden_rows & set(grid.rows) if row > table.row]
    columns = [table.columns[at].label for at in sorted(grid.hidden_columns & set(table.columns))]
    if rows:
        yield Note("rows_hidden", {"title": grid.title, "count": len(rows)})
    if columns:
        yield Note("columns_hidden", {"title": grid.title, "columns": tuple(columns)})
