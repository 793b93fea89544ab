"""What a row leaves open and its sheet, its name or an answer says: town, tier, source, the numbering of its point.

The rule: only what is said for certain, and only where the row itself says nothing; an address that names another town than
its sheet is told and not settled.
"""

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from haitang.editors.excel.headers import CellProblem, MatchedTable, cell_problem
from haitang.editors.excel.own.asides import heading
from haitang.editors.excel.own.named_tier import NamedTiers
from haitang.editors.excel.tables import Cell
from haitang.model.abroad.region import CHINA
from haitang.model.divisions.home import home_of
from haitang.model.settings import Settings, Town
from haitang.model.validation import KnownTiers
from haitang.model.written.places import town_names
from haitang.model.written.unknown import is_unknown

USUAL_CRS = "wgs84"


class Assumptions:
    """What may be taken for granted in a directory."""

    def __init__(self, settings: Settings) -> None:
        towns = [town for area in settings.areas for town in area.towns]
        self._called = {town.id: tuple(_spoken(town)) for town in towns}
        named = [(name, town.id) for town in towns for name in {*town_names(town.name, town.short_name or "")}]
        often = Counter(name for name, _ in named)
        self._short = {name: town for name, town in named if often[name] == 1}  # with the whole names
        self._shown = {town.id: town.name for town in towns}
        self.home = home_of(settings)
        self.is_abroad = settings.country != CHINA  # where phones and web maps give the same numbers
        self.is_tier = KnownTiers(settings).meant
        self._tiers = NamedTiers(settings.tiers, {name for names in self._called.values() for name in names})

    def shown(self, town: str) -> str:
        """A town's name."""
        return self._shown.get(town, town)

    def named(self, text: str) -> set[str]:
        """The towns a text names by their whole names, not those whose name is a part of another one's."""
        there = {name: town for town, names in self._called.items() for name in names if name in text}
        return {town for name, town in there.items() if not any(name != other and name in other for other in there)}

    def town_of(self, table: MatchedTable) -> str:
        """The one town that a sheet's title, its name or its file's name says, else nothing."""
        cells = [cell.text for row, cells in table.grid.rows.items() if row < table.row for cell in cells.values()]
        for text in (*cells, table.grid.title):  # 陆家, and nothing else
            if town := self._short.get(heading(text)):
                return town
        above = " ".join(cells)
        for text in (above, table.grid.title, Path(table.grid.file).stem):
            if len(found := self.named(text)) == 1:
                return found.pop()
        return ""

    def headings(self, table: MatchedTable) -> Iterator[tuple[int, str]]:
        """The rows that are left out for being the heading of a town, with its id."""
        for row, text in table.left_out.items():
            if town := self._short.get(heading(text)):
                yield row, town

    def with_headings(self, table: MatchedTable) -> MatchedTable:
        """The table without the rows in which nothing but a town stands, though it be where the names are."""
        rows = table.grid.rows.items() if len(table.columns) > 2 and not table.sheet.field else ()
        lone = [(row, *next(iter(cells.items()))) for row, cells in rows if row > table.row and len(cells) == 1]
        alone = {row: cell.text.strip() for row, at, cell in lone if at != table.at.get("town")}
        towns = {row: text for row, text in alone.items() if heading(text) in self._short}
        return replace(table, left_out=dict(sorted({**table.left_out, **towns}.items()))) if towns else table

    def of(self, table: MatchedTable, row: int, cells: Mapping[str, Cell]) -> dict[str, str]:
        """The texts of columns that the row leaves open, by their paths."""
        found = {path: text for path, text in table.answers.fields.items() if path != "town" and _is_open(cells, path)}
        if table.sheet.kind != "position" or table.sheet.field:
            return {path: text for path, text in found.items() if path.startswith("source.") and not table.sheet.field}
        if not {"location.lon", "location.lat"} & cells.keys():
            found = {path: text for path, text in found.items() if not path.startswith("location.")}
        elif self.is_abroad and _is_open(cells, "location.crs"):
            found.setdefault("location.crs", USUAL_CRS)
        name = cells["name"].text.strip() if "name" in cells else ""
        if _is_open(cells, "tier") and (tier := self.tier(name)):
            found["tier"] = tier
        if "id" not in cells and _is_open(cells, "town") and (town := self._town(table, row, cells)):
            found["town"] = town
        return found

    def _town(self, table: MatchedTable, row: int, cells: Mapping[str, Cell]) -> str:
        above = [town for at, town in self.headings(table) if at < row]
        return above[-1] if above else table.answers.fields.get("town", "") or self.at_start(cells)

    def at_start(self, cells: Mapping[str, Cell]) -> str:
        """The town that a row's address begins with, nothing where there is none."""
        address = self.home.without_city(cells["address"].text.strip()) if "address" in cells else ""
        found = [(len(name), town) for town, names in self._called.items() for name in names if address.startswith(name)]
        return max(found)[1] if found else ""

    def tier(self, name: str) -> str:
        """The tier that a name tells for certain, else nothing."""
        return self._tiers.told_by(name)

    def doubts(self, table: MatchedTable, row: int, cells: Mapping[str, Cell], town: str) -> Iterator[CellProblem]:
        """Whether the address names another town than was assumed."""
        other = self.at_start(cells)
        if town and other and other != town and town in self._shown:
            values = {"value": self._shown[other], "other": self._shown[town]}
            yield cell_problem(table.spot(row, "address"), "excel-town-differs", **values)


def _is_open(cells: Mapping[str, Cell], path: str) -> bool:
    return path not in cells or is_unknown(cells[path].text)


def _spoken(town: Town) -> Iterable[str]:
    """A town's whole names: 玉山镇（昆山高新区） is 玉山镇, and 昆山高新区."""
    parts = (town.name, town.short_name or "", *re.split(r"\s*[（）()]\s*", town.name))
    return dict.fromkeys(part for part in parts if len(part) > 2)
