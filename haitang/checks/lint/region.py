"""In which part of its country a directory lies, where that decides which days are public holidays."""

from collections.abc import Iterator

from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Finding
from haitang.model.abroad.region import CHINA, parts_of
from haitang.model.paths import SETTINGS_FILE
from haitang.schedule.holidays import parts_differ, parts_known

_MOST = 12  # that are named


def holidays_are_those_of_a_part(dataset: Dataset) -> Iterator[Finding]:
    """A country with holidays that not all of its parts have."""
    region = dataset.settings.region
    country, part = parts_of(region)
    if region != CHINA and not part and parts_differ(country):
        parts = tuple(f"{country}-{each}" for each in parts_known(country))
        shown = parts if len(parts) <= _MOST else (*parts[:_MOST], "…")
        values: dict[str, Value] = {"value": region, "choices": shown}
        yield Finding(SETTINGS_FILE, ("region",), "region-part", values)
