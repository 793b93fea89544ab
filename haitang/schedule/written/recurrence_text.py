"""Rules of activities written back: as people say them, and as RFC 5545 has them.

The rule: a rule that follows the state's working days repeats in no way that a calendar could work out; it has no RRULE.
"""

from datetime import date
from typing import Any

from haitang.schedule.opening_hours import DAY_MINUTES, clock
from haitang.schedule.recurrence import WHOLE_DAY, Rule, Stretch, Time, When
from haitang.schedule.written.opening_hours_text import WEEKDAYS, days_text

_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_COUNTED = "零一二三四五六七八九十"
_HOLIDAYS = {"": "", "off": "，节假日除外", "on": "，节假日照常"}


def recurrence_of(rule: Rule) -> dict[str, Any]:
    """The parts of an RRULE but its end; empty for single dates and working days, which have none."""
    names = [_DAYS[day] for day in rule.values] if rule.kind in ("weekdays", "nth") else []
    ways: dict[str, dict[str, Any]] = {
        "every": {"freq": "DAILY"},
        "range": {"freq": "DAILY"},
        "weekdays": {"freq": "WEEKLY", "interval": rule.interval, "wkst": "MO", "byday": names},
        "monthdays": {"freq": "MONTHLY", "bymonthday": list(rule.values)},
        "nth": {"freq": "MONTHLY", "byday": [f"{nth}{name}" for nth in rule.nth for name in names]},
    }
    if rule.kind not in ways:
        return {}
    return ways[rule.kind] | ({"bymonth": list(rule.months)} if rule.months else {})


def rrule(rule: Rule) -> str | None:
    """`RRULE:FREQ=WEEKLY;BYDAY=WE`, `RDATE;VALUE=DATE:20261205`; None for working days."""
    if rule.kind == "dates":
        return "RDATE;VALUE=DATE:" + ",".join(f"{day:%Y%m%d}" for day in rule.dates)
    parts = {name: value for name, value in recurrence_of(rule).items() if value not in (1, "MO") or rule.interval > 1}
    if not parts:
        return None
    if rule.last_day:
        parts["until"] = f"{rule.last_day:%Y%m%d}"
    texts = {name: ",".join(map(str, value)) if isinstance(value, list) else value for name, value in parts.items()}
    return "RRULE:" + ";".join(f"{name.upper()}={text}" for name, text in texts.items())


def when_text(when: When) -> str:
    """All that a text says, which reads back to the same: `每周三 14:00；2026-10-14 取消`."""
    parts = [rule_text(rule) for rule in when.rules]
    for stretches, word in ((when.skipped, "除外"), (when.cancelled, "取消")):
        parts += [f"{stretch_text(stretch)} {word}" for stretch in stretches]
    return "；".join(parts)


def stretch_text(stretch: Stretch) -> str:
    """`2026-12-05 至 2026-12-08`, or its only day."""
    first, last = stretch
    return first.isoformat() if first == last else f"{first.isoformat()} 至 {last.isoformat()}"


def rule_text(rule: Rule) -> str:
    """`每月第一个周六 09:00-11:00`, `2026-12-05 至 2026-12-08 09:00-17:00`."""
    times = "、".join(map(time_text, rule.times))
    return " ".join(filter(None, [_days(rule), times])) + _bounds(rule.first, rule.last) + _HOLIDAYS[rule.holidays]


def time_text(time: Time) -> str:
    """`14:00-16:00`, `22:00-次日01:00`, `14:00`, `全天`."""
    start, end = time
    if time == (0, WHOLE_DAY):
        return "全天"
    return clock(start) if end is None else f"{clock(start)}-{'次日' if end > DAY_MINUTES else ''}{clock(end)}"


def _days(rule: Rule) -> str:
    if rule.named:
        return (" 至 " if rule.kind == "range" else "、").join(day.isoformat() for day in rule.dates)
    months = "、".join(f"{month}月" for month in rule.months)
    return (f"{months}的" if months else "") + _repeated(rule)


def _repeated(rule: Rule) -> str:
    if rule.kind == "weekdays":
        each = f"每{'两' if rule.interval == 2 else _numeral(rule.interval)}周的" if rule.interval > 1 else "每"
        return each + days_text(rule.values).removeprefix("每")
    if rule.kind == "monthdays":
        return "每月" + "、".join("最后一天" if day == -1 else f"{day}日" for day in rule.values)
    if not rule.nth:
        return "每天" if rule.kind == "every" else "每个工作日"
    what = "工作日" if rule.kind == "workdays" else "、".join(WEEKDAYS[day] for day in rule.values)
    if len(rule.nth) > 1 and min(rule.nth) > 0:
        return f"每月第{'、'.join(map(_numeral, rule.nth))}个{what}"
    return "每月" + "、".join(f"{_place(nth)}{what}" for nth in rule.nth)


def _place(nth: int) -> str:
    if nth == -1:
        return "最后一个"
    return f"{'倒数' if nth < 0 else ''}第{_numeral(abs(nth))}个"


def _numeral(number: int) -> str:
    return _COUNTED[number] if number < len(_COUNTED) else str(number)


def _bounds(first: date | None, last: date | None) -> str:
    parts = [f"{first.isoformat()} 起"] if first else []
    parts += [f"{last.isoformat()} 止"] if last else []
    return f"（{'，'.join(parts)}）" if parts else ""
