"""Whether the clock of this machine can be believed, before anybody is told that a date has not come yet.

The rule: a battery that is empty says 1970, and then nearly every date is wrong. That is one mistake and told as one. Which of
them is right, the clock or what speaks against it, nobody can tell from here: both are named.
"""

from collections.abc import Collection
from datetime import date, timedelta
from pathlib import Path

from haitang.core import clock
from haitang.core.problems import InvalidDirectory, Place, Problem
from haitang.data.dataset import Dataset, Finding
from haitang.data.git import last_commit
from haitang.data.revision import PARTS
from haitang.model.paths import SETTINGS_FILE
from haitang.schedule.holidays import ANNOUNCED

_MANY = 20  # files of a hand that mistypes a year there are fewer
_KNOWN = date(ANNOUNCED.last_year - 1, 1, 1)  # a year's holidays are announced in the one before: this program is younger


def refuse_clock(root: Path, dataset: Dataset, found: Collection[Finding]) -> None:
    """Raises InvalidDirectory with nothing but the clock, where this day is before the program was made, or dates lie ahead and
    so does the last commit of the data, or those of most files."""
    today = dataset.today
    ahead = [finding for finding in found if finding.code == "future-date"]
    if not ahead and today >= _KNOWN:
        return
    commit = last_commit(root, PARTS)
    known = max(_KNOWN, _day(commit.seconds, dataset) if commit else date.min)
    if known > today + timedelta(days=1):
        _refuse(today, known.isoformat())
    files = {finding.file for finding in ahead}
    if len(files) >= _MANY and 2 * len(files) > sum(1 for _ in dataset.own(dataset.files)):
        days = sorted(str(finding.values["value"]) for finding in ahead)
        _refuse(today, days[len(days) // 2])  # one alone may well be mistyped


def _day(seconds: int, dataset: Dataset) -> date:
    try:
        return clock.day_of(seconds, dataset.settings.zone)
    except ValueError:
        return date.min


def _refuse(today: date, known: str) -> None:
    raise InvalidDirectory([Problem(Place(SETTINGS_FILE), "clock-behind", {"value": today.isoformat(), "date": known})])
