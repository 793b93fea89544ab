"""An activity in the words of schema.org: a dated Event, or one with a Schedule for each rule of its time.

The rule: a time that cannot be written exactly (the state's working days, the last day of a month) leaves its activity out.
Days on which it does not take place are named as far as they are known.
"""

from collections.abc import Iterator
from datetime import date, datetime, time, timedelta
from itertools import chain, islice

from haitang.schedule.opening_hours import clock
from haitang.schedule.recurrence import WHOLE_DAY, Rule, Time, When, happens, repeats
from haitang.site.linked.addresses import Addresses, Node, one, said
from haitang.site.linked.hours import WEEKDAYS
from haitang.site.page import POSITION
from haitang.site.views import Site
from haitang.site.views.events import Gathering

PLACES = 6  # of one activity; its page names them all
MOST_DATES = 60  # of one activity: more are left to its page
_NOT = "https://schema.org/EventCancelled"
_WEEKDAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")  # as byDay takes them from RFC 5545
_FREQUENCY = {"every": "P1D", "range": "P1D", "monthdays": "P1M", "nth": "P1M"}


def event(site: Site, at: Addresses, gathering: Gathering) -> Node | None:
    """What takes place alike at some places; None where its time cannot be told, or is past."""
    first = gathering.first
    when = None if first.over or first.when is None else _when(site, first.when)
    if not when:
        return None
    places = [
        {"@type": "Place", "@id": at.of(POSITION.path(each.id)), **said(name=each.name, address=each.address)}
        for each in gathering.positions[:PLACES]
    ]
    text = first.activity.text.text if first.activity.text else None
    return {
        "@type": "Event", **said(name=first.activity.name, description=text, inLanguage=site.language), **when,
        "location": one(places),
    }  # fmt: skip


def _when(site: Site, when: When) -> Node:
    """The properties that say when; none where they would not say it exactly."""
    days = [(day, times) for rule in when.rules if rule.kind == "dates" for day in rule.dates for times in _times(rule)]
    if len(days) == len(when.rules) == 1 and not when.skipped:
        off = any(first <= days[0][0] <= last for first, last in when.cancelled)
        return {**_moments(site, *days[0]), **({"eventStatus": _NOT} if off else {})}
    schedules = [schedule for rule in when.rules for schedule in _schedules(site, when, rule)]
    told = bool(schedules) and all(schedules) and len(schedules) <= MOST_DATES
    return {"eventSchedule": one(schedules)} if told else {}


def _times(rule: Rule) -> tuple[Time | None, ...]:
    return rule.times or (None,)


def _moments(site: Site, day: date, times: Time | None) -> Node:
    """Of a single day; with its zone where an hour is known."""
    if times is None:
        return {"startDate": day.isoformat()}
    start, end = times
    return said(startDate=_moment(site, day, start), endDate=None if end is None else _moment(site, day, end))


def _moment(site: Site, day: date, minutes: int) -> str:
    moment = datetime.combine(day, time(), site.directory.settings.zone) + timedelta(minutes=minutes)
    return moment.isoformat(timespec="minutes")


def _schedules(site: Site, when: When, rule: Rule) -> Iterator[Node]:
    """One for each time; an empty one where the rule cannot be told."""
    excepted = _excepted(site, when, rule)
    spans: list[tuple[date | None, date | None]]
    if rule.kind == "dates":
        spans = [(day, day) for day in rule.dates if day not in excepted]
        excepted = []
    else:
        spans = [(rule.dates[0], rule.dates[-1]) if rule.kind == "range" else _bounds(site, rule)]
    pattern = _pattern(rule)
    for (first, last), times in ((span, times) for span in spans for times in _times(rule)):
        if pattern is None or len(excepted) > MOST_DATES:
            yield {}
            continue
        yield {
            "@type": "Schedule",
            **pattern,
            **said(
                startDate=first.isoformat() if first else None,
                endDate=last.isoformat() if last else None,
                **(_clock(times) if times else {}),
                exceptDate=[day.isoformat() for day in excepted],
                scheduleTimezone=str(site.directory.settings.zone) if times else None,
            ),
        }


def _clock(times: Time) -> dict[str, str | None]:
    """Past midnight there is no time of the same day: then only how long it takes."""
    start, end = times
    if end is None or end <= WHOLE_DAY - 1:
        return {"startTime": clock(start), "endTime": None if end is None else clock(end)}
    hours, minutes = divmod(end - start, 60)
    return {"startTime": clock(start), "duration": f"PT{f'{hours}H' if hours else ''}{f'{minutes}M' if minutes else ''}"}


def _pattern(rule: Rule) -> Node | None:
    """How a rule repeats; None where schema.org has no words for it."""
    if rule.kind == "workdays" or (rule.kind == "monthdays" and -1 in rule.values):
        return None
    node: Node = {}
    if rule.kind == "weekdays":
        node = {"repeatFrequency": f"P{rule.interval}W", "byDay": one([WEEKDAYS[day] for day in rule.values])}
    elif rule.kind in _FREQUENCY:
        node = {"repeatFrequency": _FREQUENCY[rule.kind]}
    if rule.kind == "nth":
        node["byDay"] = one([f"{place}{_WEEKDAYS[day]}" for place in rule.nth for day in rule.values])
    if rule.kind == "monthdays":
        node["byMonthDay"] = one(list(rule.values))
    return node | ({"byMonth": one(list(rule.months))} if rule.months else {})


def _bounds(site: Site, rule: Rule) -> tuple[date | None, date | None]:
    """The first and the last day of what repeats. What leaves out public holidays is known no further than they are."""
    if rule.holidays != "off":
        return rule.first, rule.last
    end = site.directory.settings.calendar.last_day
    return rule.first or site.directory.updated, min(rule.last, end) if rule.last else end


def _excepted(site: Site, when: When, rule: Rule) -> list[date]:
    """The days on which the rule would hold and it does not take place; one more than are told, where there are more."""
    calendar, since = site.directory.settings.calendar, site.directory.updated or date.min
    known = sorted(day for day in calendar.off if day >= since) if rule.holidays == "off" else []
    named = (
        first + timedelta(step) for first, last in (*when.skipped, *when.cancelled) for step in range((last - first).days + 1)
    )
    named = (day for day in named if day >= since)
    off = [day for day in known if repeats(rule, day, calendar) and not happens(rule, day, calendar)]
    return sorted(set(chain(off, islice((day for day in named if repeats(rule, day, calendar)), MOST_DATES + 1))))
