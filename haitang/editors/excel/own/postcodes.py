"""A column of postcodes: the end of an address, as letters are addressed where lists have such a column.

The rule: an address that holds the code already stays as it is; a code without an address is left where it stands, to be told.
"""

from collections.abc import Mapping
from dataclasses import replace

from haitang.editors.excel.own.called import is_postcode
from haitang.editors.excel.tables import Cell, Grid


def joined(grid: Grid, below: int, heads: Mapping[int, str], address: int | None) -> Grid:
    """The table with each code behind its row's address instead of in its own column. `below` is the last row of the headers,
    `address` the column of addresses."""
    codes = {at for at, name in heads.items() if is_postcode(name)}
    if address is None or len(codes) != 1:
        return grid
    (code,) = codes
    rows = {row: _ended(cells, code, address) if row > below else cells for row, cells in grid.rows.items()}
    return replace(grid, rows=rows)


def _ended(cells: Mapping[int, Cell], code: int, address: int) -> Mapping[int, Cell]:
    if code not in cells or address not in cells:
        return cells
    written, own = " ".join(cells[code].text.split()), cells[address]
    others = {at: cell for at, cell in cells.items() if at != code}
    if _bare(written) in _bare(own.text):
        return others
    return {**others, address: replace(own, text=f"{own.text.strip().rstrip(',')}, {written}")}


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()
