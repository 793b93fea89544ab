"""Opening hours to test with: models made by chance, and every model's open minutes, told by a plain walk through its days."""

import itertools
import random
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta

from haitang.schedule.language.spelling import UnreadableTime
from haitang.schedule.month_days import LAST_DAYS, YEAR, MonthDay, Stretch, days_of
from haitang.schedule.opening_hours import DAY_MINUTES, DatedHours, HolidayPolicy, OpeningHours, Season, Spans
from haitang.schedule.opening_hours_reader import read_hours
from tests.schedule.opening_hours_sentences import Composed

NIGHT: Spans = ((22 * 60, 30 * 60),)
ALWAYS: Spans = ((0, DAY_MINUTES),)
HOURS: tuple[Spans, ...] = (
    ((510, 690), (810, 1020)), ((540, 1020),), ((480, 1200),), ((540, 720),), ((540, 720), (720, 1050)), ((600, DAY_MINUTES),),
    ALWAYS, NIGHT, ((1080, 26 * 60),), ((480, 720), (1200, 25 * 60)),
)  # fmt: skip
NOTES = ("16:30停止入场", "闭馆前30分钟停止入场")


def models(seed: int, count: int) -> Iterator[OpeningHours]:
    """Made as a text is read: a rule for all days or for working days, and days that differ; seasons, days that differ by date,
    what is said of public holidays."""
    chance = random.Random(seed)
    for number in range(count):
        policy: HolidayPolicy = chance.choice(["unsaid", "unsaid", "closed", "open", "hours"])
        own = chance.choice([((540, 960),), ((600, 720), (780, 900))])
        if chance.random() < 0.3:
            seasons = tuple(_season(chance, policy, own, name, stretches) for name, stretches in _heads(chance))
        else:
            seasons = (_season(chance, policy, own),)
        exceptions = () if seasons[0].stretches or chance.random() < 0.5 else _exceptions(chance, policy)
        if not all(seasons[0].week):  # what is a day of rest in a week of such days?
            exceptions = tuple(one for one in exceptions if not one.spans)
        notes = (chance.choice(NOTES),) if chance.random() < 0.2 else ()
        yield OpeningHours(f"{seed}.{number}", seasons, exceptions, policy, notes=notes)


def _season(
    chance: random.Random, policy: HolidayPolicy, own: Spans, name: str = "", stretches: tuple[Stretch, ...] = ()
) -> Season:
    """A wide rule, 工作日 and single days, the narrower over the wider."""
    usual = chance.choice(HOURS)
    fitting = [spans for spans in HOURS if _overlap(spans, usual)]  # of others a reader may ask whether both are meant
    wide = usual if chance.random() < 0.5 else None
    workday = chance.choice(fitting) if policy != "open" and chance.random() < 0.3 else None
    week: list[Spans] = [wide or ()] * 7
    without, steady = [*week], [wide is not None] * 7
    if workday:
        week[:5] = [workday] * 5
    elif wide is None:
        week[:5], without[:5] = [usual] * 5, [usual] * 5
    for day in chance.sample(range(7), chance.choice([0, 1, 1, 2])):
        week[day] = without[day] = chance.choice([(), *(each for each in fitting if not workday or _overlap(each, workday))])
        steady[day] = False
    if any(week[day] and week[day][-1][1] - DAY_MINUTES > first for day in range(7) for first, _ in week[(day + 1) % 7][:1]):
        return _season(chance, policy, own, name, stretches)  # a night that lasts into the next day's hours is refused
    alike = set(week[:5])
    said = {"unsaid": None, "closed": (), "open": None, "hours": own}[policy]
    on_holidays = [said] * 7
    if policy == "unsaid" and workday:
        on_holidays = [() if not day else None for day in without]
    if policy == "open":
        on_holidays = [day or None for day in week]  # a day of rest that is named
        if (
            not stretches
            and not all(week[:5])
            and chance.random() < 0.3
            and len(opened := {spans for spans in week if spans}) == 1
        ):
            on_holidays = [*opened] * 7  # a day of rest, but not where it is a holiday
    keeps = [steady[day] or alike == {week[day]} for day in (5, 6)]
    return Season(name, stretches, tuple(week), tuple(on_holidays), workday, (keeps[0], keeps[1]))


def _overlap(some: Spans, others: Spans) -> bool:
    return any(start < end and first < last for start, last in some for first, end in others)


def _heads(chance: random.Random) -> tuple[tuple[str, tuple[Stretch, ...]], ...]:
    """Two that make up the year, or one that leaves some of it out."""
    first, second = sorted(chance.sample(range(1, 13), 2))
    warm = (first * 100 + 1, (second - 1) * 100 + LAST_DAYS[second - 2])
    cold = (second * 100 + 1, (first - 2) % 12 * 100 + 100 + LAST_DAYS[(first - 2) % 12])
    names = chance.choice([("", ""), ("夏季", "冬季"), ("夏令时", ""), ("", "其他时间")])
    heads = ((names[0], (warm,)), (names[1], (cold,)))
    return heads if names[1] or chance.random() < 0.8 else heads[:1]


def _exceptions(chance: random.Random, policy: HolidayPolicy) -> tuple[DatedHours, ...]:
    """Some days apart from each other; one may run over New Year. A few days with hours of their own may be holidays, of which
    something else is said: such texts are refused."""
    places = sorted(chance.sample(range(0, len(YEAR), 9), 4))
    pairs = [(places[0], places[1]), (places[2], places[3])][: chance.choice([1, 2])]
    found = []
    for start, end in pairs:
        last = start if chance.random() < 0.3 else end - 5
        if 50 <= last <= 70:  # nights into March begin on another day each fourth year
            continue
        spans = () if policy in ("closed", "hours") and last - start < 31 else chance.choice([(), (), *HOURS])
        found.append(DatedHours(YEAR[start], YEAR[last], spans))
    if not found and chance.random() < 0.5:
        return (DatedHours(1230, 103, ()),)
    return tuple(found)


def without_holidays(hours: OpeningHours) -> OpeningHours:
    seasons = tuple(replace(season, on_holidays=(None,) * 7) for season in hours.seasons)
    return replace(hours, seasons=seasons, holidays="unsaid")


def open_minutes(hours: OpeningHours, first: date, last: date) -> list[tuple[int, int]]:
    """The open intervals of some days, in minutes after their beginning, from the model alone; holidays apart."""
    within: list[tuple[set[MonthDay], Spans]] = [
        (days_of([(one.first, one.last)]), one.spans) for one in (*hours.exceptions[::-1],)
    ]
    seasons = [(days_of(season.stretches) or set(YEAR), season.week) for season in hours.seasons]
    found: list[tuple[int, int]] = []
    for step in range(-1, (last - first).days + 1):
        day = first + timedelta(step)
        month_day = day.month * 100 + day.day
        week = next((week for days, week in seasons if month_day in days), ((),) * 7)
        spans = next((spans for days, spans in within if month_day in days), week[day.weekday()])
        found += [(step * DAY_MINUTES + start, step * DAY_MINUTES + end) for start, end in spans]
    return merged(found, (last - first).days * DAY_MINUTES + DAY_MINUTES)


def merged(spans: Iterable[tuple[int, int]], end: int) -> list[tuple[int, int]]:
    """Intervals that touch as one, cut at 0 and at the end."""
    found: list[tuple[int, int]] = []
    for start, stop in sorted((max(start, 0), min(stop, end)) for start, stop in spans):
        if found and start <= found[-1][1]:
            found[-1] = (found[-1][0], max(found[-1][1], stop))
        elif start < stop:
            found.append((start, stop))
    return found


def readable(texts: Iterable[str]) -> list[OpeningHours]:
    """What of these can be read."""
    found = []
    for text in texts:
        with suppress(UnreadableTime):
            found.append(read_hours(text))
    return found


def spoken(seed: int, count: int) -> Iterator[OpeningHours]:
    """What so many sentences mean that can be read, of those made by chance."""
    given = (Composed(number).text for number in itertools.count(seed * 1_000_000))
    return itertools.islice((hours for text in given for hours in readable([text])), count)
