"""Random sentences about opening hours: whatever the reader accepts, a second, independent reader understands just so.

`opening_hours_sentences` makes a sentence of each seed, `second_reader` reads it by other means.
"""

import multiprocessing
import os
from collections import Counter
from dataclasses import dataclass, field

import pytest

from haitang.schedule.language.spelling import UnreadableTime
from haitang.schedule.month_days import days_of
from haitang.schedule.opening_hours import OpeningHours, Spans
from haitang.schedule.opening_hours_reader import read_hours
from tests.schedule.opening_hours_sentences import Composed
from tests.schedule.second_reader import Answer, NoOpinion, second_reading
from tests.schedule.second_reader_pieces import Refused
from tests.schedule.test_opening_hours_table import COMPOSED, ROWS, expected

FEW = 2_000
MANY = int(os.environ.get("HAITANG_FUZZ_HOURS", "200000"))
WORKERS = 2
LEAST_ACCEPTED = 0.25  # of what the second reader accepts: a reader that refuses nearly all would never be wrong


@dataclass
class Tally:
    """Where the readers differ, and of how many sentences of each kind that the second accepts the first accepts too."""

    differences: list[str] = field(default_factory=list)
    readable: Counter[str] = field(default_factory=Counter)
    accepted: Counter[str] = field(default_factory=Counter)

    def add(self, other: "Tally") -> None:
        self.differences += other.differences
        self.readable += other.readable
        self.accepted += other.accepted

    def shares(self) -> dict[str, float]:
        return {kind: round(self.accepted[kind] / count, 2) for kind, count in sorted(self.readable.items())}


def minutes(spans: Spans) -> int:
    """A bit for each open minute."""
    open_minutes = 0
    for start, end in spans:
        open_minutes |= (1 << end) - (1 << start)
    return open_minutes


def difference(hours: OpeningHours, answer: Answer) -> str:
    """What the two readers say differently, empty where they agree on every minute."""
    week = [minutes(day) for day in hours.week]
    if hours.seasonal or week != answer.week:
        return "week"
    exceptions = {day: minutes(one.spans) for one in hours.exceptions for day in days_of([(one.first, one.last)])}
    if exceptions != answer.exceptions:
        return "exceptions"
    for day, (said, mine) in enumerate(zip(hours.seasons[0].on_holidays, answer.on_holidays, strict=True)):
        theirs = None if said is None else minutes(said)
        # Of a day that is closed anyway, "closed" and "nobody can tell" are both true.
        if theirs != mine and (week[day] or theirs or mine):
            return f"public holidays on day {day + 1}"
    return ""


def tallied(seeds: range) -> Tally:
    tally = Tally()
    for seed in seeds:
        sentence = Composed(seed)
        try:
            answer = second_reading(sentence.text)
        except Refused:
            answer = None
        except NoOpinion:
            continue
        try:
            hours = read_hours(sentence.text)
        except UnreadableTime:
            hours = None
        kinds = [*sentence.kinds, "all"]
        if answer:
            tally.readable.update(kinds)
        if answer and hours:
            tally.accepted.update(kinds)
        wrong = "" if hours is None else difference(hours, answer) if answer else "refused by the second reader"
        if wrong:
            tally.differences.append(f"seed {seed}: {sentence.text!r}: {wrong}")
    return tally


def sound(tally: Tally) -> None:
    assert not tally.differences, "\n".join([f"{len(tally.differences)} differences", *tally.differences[:20]])
    shares = tally.shares()
    assert shares["all"] >= LEAST_ACCEPTED, shares
    assert [kind for kind, count in tally.readable.items() if count >= 20 and not tally.accepted[kind]] == [], shares


def test_two_readers_agree_on_every_minute() -> None:
    tally = tallied(range(FEW))
    assert tally.readable["all"] >= FEW / 2
    sound(tally)


@pytest.mark.long
def test_two_readers_agree_on_two_hundred_thousand_sentences() -> None:
    step = max(min(2_000, MANY // WORKERS), 1)
    stretches = [range(start, min(start + step, MANY)) for start in range(0, MANY, step)]
    whole = Tally()
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        for tally in pool.imap(tallied, stretches):
            whole.add(tally)
    print(whole.shares())
    sound(whole)


def table_says(right: str) -> tuple[list[int], dict[int, int], list[int | None] | None]:
    """Week, exceptions and, where a row is definite about them, public holidays."""
    reading = expected(right.removesuffix("|R"))
    own = {"closed": 0, "hours": minutes(reading.own or ())}.get(reading.holidays)
    exceptions = {day: minutes(spans) for day, spans in reading.exceptions.items()}
    return [minutes(day) for day in reading.weeks[101]], exceptions, None if own is None else [own] * 7


def test_the_second_reader_is_right_about_the_table() -> None:
    """It refuses what must be refused, and reads the rest, by season apart, as the rows say."""
    wrong = []
    for text, right in ROWS[:COMPOSED]:
        try:
            answer = second_reading(text)
        except Refused:
            wrong += [] if right.endswith("R") or right.startswith("S") else [f"refused: {text}"]
        except NoOpinion:
            wrong += [] if right == "R" or right.startswith("S") else [f"no opinion: {text}"]
        else:
            week, exceptions, holidays = table_says(right) if right != "R" else ([], {}, None)
            agree = (week, exceptions) == (answer.week, answer.exceptions) and holidays in (None, answer.on_holidays)
            wrong += [] if agree else [f"misread: {text}"]
    assert wrong == []


@pytest.mark.parametrize(
    ("text", "same"),
    [
        ("周一至周五 9:00-17:00；节假日休息", "周一至周五 9:00-17:00"),
        ("周一至周五 9:00-17:00；周六 9:00-12:00", "周一至周五 9:00-17:00；周六 9:00-12:01"),
        ("每天 9:00-17:00", "每天 9:00-17:00；8月闭馆"),
        ("每天 9:00-17:00；节假日照常开放", "每天 9:00-17:00；节假日休息"),
    ],
)
def test_the_comparison_can_fail(text: str, same: str) -> None:
    hours = read_hours(text)
    assert difference(hours, second_reading(text)) == ""
    assert difference(hours, second_reading(same)) != ""
