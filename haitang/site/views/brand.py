"""What a brand's page shows: its colour fit for text, its actions newest first, its results as figures and as charts.

The rule: an empty block is no frame on the page but a line in one friendly list of what is still wanted.
"""

from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from haitang.core.contrast import ground
from haitang.model.entries import Action, Brand, Measure, Result
from haitang.schedule.partial_dates import PartialDate
from haitang.site.charts import Bars, Lines, bars, lines

UNDATED = PartialDate(0)  # before every date
BLOCKS = ("goals", "people", "actions", "results")  # 党建目标、党员形象、支部行动、党建成果


@dataclass(frozen=True, slots=True)
class ResultView:
    """A result: its newest value, and a chart where there are several."""

    result: Result
    newest: Measure
    chart: Bars | Lines | None


@dataclass(frozen=True, slots=True)
class BrandView:
    """A brand's page. `ground` carries white text, `actions` are newest first and undated ones last, `missing` empty blocks."""

    brand: Brand
    ground: str
    actions: tuple[Action, ...]
    results: tuple[ResultView, ...]
    missing: tuple[str, ...]

    @property
    def goals_told(self) -> bool:
        """Somebody said of some goal until when, or how far it is."""
        return any(goal.due or goal.status or goal.progress is not None for goal in self.brand.goals)


def brand_view(brand: Brand) -> BrandView:
    return BrandView(
        brand=brand,
        ground=ground(brand.colour, brand.id),
        actions=tuple(sorted(brand.actions, key=lambda action: action.on or UNDATED, reverse=True)),
        results=tuple(_result(result) for result in brand.results),
        missing=tuple(block for block in BLOCKS if not getattr(brand, block)),
    )


def _result(result: Result) -> ResultView:
    series = sorted(result.series, key=lambda measure: measure.at)
    points = [(str(measure.at), measure.value) for measure in series]
    chart: Bars | Lines | None = None
    # A line is drawn only from year to year: its points stand at equal distances, and a gap would make a false slope.
    if len(series) > 1 and all(
        not one.at.month and not other.at.month and other.at.year == one.at.year + 1 for one, other in pairwise(series)
    ):
        labels, values = zip(*points, strict=True)
        chart = lines(result.label, labels, [(result.label, values)], result.unit or "")
    elif len(series) > 1:
        chart = bars(result.label, points, result.unit or "")
    return ResultView(result, series[-1], chart)


def completeness(brand: Brand) -> int:
    """How much a brand shows: the front page takes the one that shows most."""
    blocks: list[Any] = [getattr(brand, block) for block in BLOCKS]
    return sum(bool(block) for block in blocks) * 10 + sum(len(block) for block in blocks)
