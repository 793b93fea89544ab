"""Notices: for days that can be, and about towns that there are."""

from collections.abc import Iterator

from haitang.checks.settings import town_ids
from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Finding, Path
from haitang.model.entries import Notice
from haitang.model.validation import Guesses

LONGEST = 366  # days: what holds longer is no news, and belongs into a field of its own


def notices_are_possible(dataset: Dataset) -> Iterator[Finding]:
    known = town_ids(dataset.settings)
    guess = Guesses(known)
    for entry in dataset.own(dataset.files):
        for index, notice in enumerate(getattr(entry.value, "notices", ())):
            path: Path = ("notices", index)
            if found := _days(notice):
                yield Finding(entry.file, (*path, "until"), *found)
            for at, area in enumerate(getattr(notice, "areas", ())):
                if area not in known:
                    yield Finding(entry.file, (*path, "areas", at), "unknown-town", {"value": area, **guess(area)})


def _days(notice: Notice) -> tuple[str, dict[str, Value]] | None:
    since, until = notice.since, notice.until
    values: dict[str, Value] = {"field": "until", "value": str(until), "said": str(since)}
    if until.last < since.first:
        return "notice-reversed", values
    days = (until.last - since.first).days + 1
    return ("notice-long", {**values, "count": days}) if days > LONGEST else None
