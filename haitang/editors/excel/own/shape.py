"""How a table lies on its sheet: headers in one row or two, fields beside or below each other, cells that were merged.

The rule: nothing here knows what a column means; what was merged says the same in each of its cells.
"""

from collections.abc import Callable, Collection, Iterator, Mapping
from dataclasses import replace

from haitang.editors.excel.tables import Cell, Grid

LOOKED_AT = 15  # rows above the headers: a title, who filled it in, when
_LONGEST_HEADER = 24
Heads = Mapping[int, tuple[str, ...]]  # a column → what it may be called, the fullest name first


def heads_at(grid: Grid) -> Iterator[tuple[int, Heads]]:
    """The rows that may be headers, by the number of their last one, each as one row and as two."""
    rows = sorted(grid.rows)[:LOOKED_AT]
    deep = {top for top, _, bottom, _ in grid.merged if bottom == top + 1}  # names that stand in both rows
    for row in rows:
        groups = [(left, right) for top, left, bottom, right in grid.merged if top == bottom == row and right > left]
        is_pair = bool(groups) and row + 1 in grid.rows and len(grid.rows[row]) > 1
        if is_pair:
            yield row + 1, _two_rows(grid, row, groups)
        if not (is_pair and row in deep):
            names = {**_from_above(grid, row), **{at: cell.text for at, cell in grid.rows[row].items()}}
            yield row, {at: (name,) for at, name in sorted(names.items())}


def _two_rows(grid: Grid, row: int, groups: list[tuple[int, int]]) -> Heads:
    upper = {**_from_above(grid, row), **{at: cell.text for at, cell in grid.rows[row].items()}}
    for left, right in groups:
        if left in upper:
            upper.update(dict.fromkeys(range(left, right + 1), upper[left]))
    lower = {at: cell.text for at, cell in grid.rows[row + 1].items()}
    heads: dict[int, tuple[str, ...]] = {}
    for at in sorted(upper | lower):
        one, other = upper.get(at, ""), lower.get(at, "")
        heads[at] = (f"{one}·{other}", other, f"{one}{other}") if one and other else (one or other,)
    return heads


def _from_above(grid: Grid, row: int) -> Mapping[int, str]:
    """What was merged down into a row of headers from those above it."""
    areas = [(left, grid.rows.get(top, {}).get(left)) for top, left, bottom, _ in grid.merged if top < row <= bottom]
    return {left: cell.text for left, cell in areas if cell is not None}


def may_be_header(text: str) -> bool:
    """Whether a text is short enough to be one."""
    return len(text.strip()) <= _LONGEST_HEADER


def turned(grid: Grid) -> Grid:
    """The table with its rows as columns."""
    rows: dict[int, dict[int, Cell]] = {}
    for row, cells in grid.rows.items():
        for column, cell in cells.items():
            rows.setdefault(column, {})[row] = cell
    merged = tuple((left, top, right, bottom) for top, left, bottom, right in grid.merged)
    return replace(
        grid, rows=dict(sorted(rows.items())), merged=merged, hidden_rows=grid.hidden_columns,
        hidden_columns=grid.hidden_rows, turned=not grid.turned,
    )  # fmt: skip


def filled_down(grid: Grid, below: int, columns: Collection[int]) -> Grid:
    """What was merged down these columns, in each of its rows below the headers."""
    rows = {row: dict(cells) for row, cells in grid.rows.items()}
    left_over = []
    for area in grid.merged:
        top, left, bottom, right = area
        cell = grid.rows.get(top, {}).get(left)
        if left == right and bottom > top > below and left in columns and cell is not None:
            for row in range(top, bottom + 1):
                if row in rows:  # a row without anything of its own is none
                    rows[row].setdefault(left, cell)
        else:
            left_over.append(area)
    return replace(grid, rows=rows, merged=tuple(left_over))


def with_dittos(grid: Grid, below: int, columns: Collection[int], is_ditto: Callable[[str], bool]) -> Grid:
    """What a cell says that points to the one above it, though there be rows of sums between; above all others it says nothing
    of the kind."""
    rows, last = dict(grid.rows), dict[int, Cell]()
    for row, cells in grid.rows.items():
        if row > below:
            said = {at: last[at] for at in columns if at in cells and at in last and is_ditto(cells[at].text)}
            rows[row] = {**cells, **said} if said else cells
            last |= {at: cell for at, cell in rows[row].items() if at in columns}
    return replace(grid, rows=rows)


def widths(grid: Grid) -> Mapping[int, int]:
    """How many columns the first cell of each row was merged over, where it was."""
    return {top: right - left + 1 for top, left, bottom, right in grid.merged if top == bottom and right > left}
