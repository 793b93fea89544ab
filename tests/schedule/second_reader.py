"""A second reader of opening hours, for the fuzz alone: slow and simple, it knows nothing of the real one.

`second_reader_pieces` spells days, dates and clock times, `second_reader_statements` notes piece by piece what is said.
Here the open minutes of every day are worked out by brute force: a day is a number with a bit for each of its minutes, those
after midnight included. It reads a little more than the real one must; what it refuses nobody may accept.
"""

import re
from dataclasses import dataclass

from tests.schedule.second_reader_pieces import Refused
from tests.schedule.second_reader_statements import EVERY_DAY, Minutes, Rule, Sentence

WEEKEND = frozenset({5, 6})


class NoOpinion(Exception):
    """Hours by season: not what this reader is for."""


@dataclass
class Answer:
    """`week`: open minutes of each weekday. `on_holidays`: the same on public holidays, None where nobody can tell.
    `exceptions`: month-days and the minutes that hold on them."""

    week: list[Minutes]
    on_holidays: list[Minutes | None]
    exceptions: dict[int, Minutes]


def second_reading(text: str) -> Answer:
    """What a text says, minute by minute. Raises Refused, or NoOpinion."""
    if "其余" in text:
        raise NoOpinion(text)
    sentence = Sentence(re.sub(r"([（(])除([^（）()外]*)([）)])", r"\1除\2外\3", text)).read()
    dated = [rule for rule in sentence.rules if rule.subject.dates]
    rules = [rule for rule in sentence.rules if not rule.subject.dates]
    opening = [rule for rule in rules if rule.spans and rule.days]
    closing = [rule for rule in rules if not rule.spans]
    if not opening and any(rule.spans for rule in dated):
        raise NoOpinion(text)
    if (
        any(rule.general for rule in opening)
        and not closing
        and "all year" not in sentence.said
        and not round_the_clock(opening)
    ):
        raise Refused("which days?")
    if "all year" in sentence.said and (closing or any(not rule.spans for rule in dated)):
        raise Refused("全年无休")
    week = [day_minutes(day, opening, closing) for day in range(7)]
    if not any(week):
        raise Refused("never open")
    return Answer(week, on_holidays(sentence, opening, closing, week), exceptions(dated, opening))


def round_the_clock(opening: list[Rule]) -> bool:
    return all(rule.spans == [(0, 24 * 60)] for rule in opening if rule.general)


def day_minutes(day: int, opening: list[Rule], closing: list[Rule]) -> Minutes:
    """From the widest rule to the narrowest; each must be inside the one before it and have hours in common with it."""
    minutes: dict[frozenset[int], Minutes] = {}
    for rule in opening:
        if day in rule.days:
            if minutes.get(rule.days, 0) & rule.minutes:
                raise Refused("twice")
            minutes[rule.days] = minutes.get(rule.days, 0) | rule.minutes
    for rule in closing:
        if day in rule.days:
            if minutes.get(rule.days):
                raise Refused("open and closed")
            minutes[rule.days] = 0
    now = 0
    before: frozenset[int] | None = None
    for days in sorted(minutes, key=len, reverse=True):
        both_closed = before is not None and not minutes[before] and not minutes[days]
        if before is not None and not days < before and not both_closed:
            raise Refused("neither is narrower")
        if before is not None and now and minutes[days] and not now & minutes[days]:
            raise Refused("both may be meant")
        before, now = days, minutes[days]
    return now


def on_holidays(sentence: Sentence, opening: list[Rule], closing: list[Rule], week: list[Minutes]) -> list[Minutes | None]:
    own = own_hours(sentence.rules)
    spared = {day for rule in closing if rule.subject.excused for day in rule.days}
    said = sentence.said & {"open", "closed"}
    if any(rule.subject.excused for rule in opening):
        if len(opening) > 1 or own:
            raise Refused("that rule only, or all?")
        said.add("closed")
    if any(rule.subject.included and rule.days == EVERY_DAY for rule in opening):
        said.add("open")
    workdays = any(rule.subject.workday for rule in opening)
    open_anyway = "open" in said or "all year" in sentence.said or bool(spared)
    if ("closed" in said and (open_anyway or own)) or ("open" in said and own) or (open_anyway and workdays):
        raise Refused("holidays")
    if "closed" in said:
        return [0] * 7
    if own:
        return [own] * 7
    if open_anyway:
        usual = set(filter(None, week))
        return [(usual.copy().pop() if len(usual) == 1 else None) if day in spared else week[day] for day in range(7)]
    return [unsaid(day, opening, closing) for day in range(7)]


def own_hours(rules: list[Rule]) -> Minutes:
    """The hours of public holidays, where they have their own."""
    own = 0
    for rule in rules:
        if rule.subject.included and rule.days not in (EVERY_DAY, WEEKEND):
            raise Refused("含节假日")
        if rule.spans and (rule.subject.holidays or (rule.subject.included and rule.days == WEEKEND)):
            if (own & rule.minutes and own != rule.minutes) or rule.subject.dates or rule.subject.excused:
                raise Refused("holidays twice")
            own |= rule.minutes
    return own


def unsaid(day: int, opening: list[Rule], closing: list[Rule]) -> Minutes | None:
    """Where nothing is said: what only rules of workdays could open is closed, of all else nobody can tell."""
    others = [rule for rule in opening if not rule.subject.workday]
    return None if others == opening or day_minutes(day, others, closing) else 0


def exceptions(dated: list[Rule], opening: list[Rule]) -> dict[int, Minutes]:
    found: dict[int, Minutes] = {}
    for rule in dated:
        if rule.subject.excused or rule.subject.included or rule.subject.holidays:
            raise Refused("holidays of some dates")
        if (
            rule.spans
            and rule.subject.days != EVERY_DAY
            and (rule.subject.days or not any(other.days == EVERY_DAY for other in opening))
        ):
            raise Refused("which of these days?")
        if any(found.get(day, rule.minutes) != rule.minutes for day in rule.subject.dates):
            raise Refused("two exceptions for a day")
        found |= dict.fromkeys(rule.subject.dates, rule.minutes)
    return found
