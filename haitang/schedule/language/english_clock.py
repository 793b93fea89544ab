"""Spans of the clock as they are written in English: `9am-5.30pm`, `9-5pm`, `10 a.m. until noon`.

The rule: a half of the day that is not written is told only where the other end leaves one reading; `10-2` has two.
"""

import re
from collections.abc import Iterator

_DAY = 24 * 60
_NOON = 12 * 60
_MIDNIGHT = re.compile(r"(?:12\s*)?midnight", re.IGNORECASE)
_LONGEST_NIGHT = 12 * 60  # minutes of a span past midnight; a longer one has its halves changed
_DUSK, _DAWN = 18 * 60, 6 * 60  # between which the 24-hour clock may pass midnight: 22:00-02:00
_SHORT = (12, 1, 2, 3, 4, 5)  # o'clock that `2-5pm` begins at in the afternoon, for its other reading is the night's
_NEXT_DAY = "次日"


def clock(number: int) -> str:
    """The pattern of one clock time, with groups of that number."""
    return (
        rf"(?:(?P<word{number}>(?:12\s*)?(?:noon|midday|midnight)\b)"
        rf"|(?P<hour{number}>\d{{1,2}})(?:[:.](?P<minute{number}>\d{{2}})(?!\d))?"
        rf"(?:\s*(?P<half{number}>[ap])(?:\.\s?m\.?|m\b)|\s*(?:hrs?|h)\b)?)"
    )


TO = r"(?:-+|to\b|till?\b|until\b|'til\b)"
_NEXT = r"(?P<next>\s*\((?:the\s+)?(?:next|following)\s+day\))?"
SPAN = rf"(?<![\d:.\[/])(?:{clock(1)}\s*{TO}\s*{clock(2)}|\bbetween\s+{clock(3)}\s+and\s+{clock(4)})(?![\d:+/]|\.\d){_NEXT}"
MOMENT = rf"(?<![\d:.\[/]){clock(5)}(?![\d:+/]|\.\d)"


class TwoReadings(ValueError):
    """A clock time that may be of the morning or the afternoon."""


def span_text(found: re.Match[str]) -> str | None:
    """A match of SPAN in the 24-hour clock, a match that needs nothing told as None. Raises TwoReadings."""
    ends = (1, 2) if found["hour1"] or found["word1"] else (3, 4)
    marked = [found[f"half{end}"] or found[f"word{end}"] for end in ends]
    plain = all(found[f"minute{end}"] for end in ends) and not any(marked)
    if plain:  # of the 24-hour clock, which its own reader knows
        first, last = (int(found[f"hour{end}"]) * 60 + int(found[f"minute{end}"]) for end in ends)
        night = found["next"] or (first >= _DUSK and last <= _DAWN and len(found[f"hour{ends[1]}"]) > 1)
        return _written(found, ends[0]) + "-" + (_NEXT_DAY if night else "") + _written(found, ends[1])
    starts, lasts = ([*_readings(found, end, is_end=place == 1)] for place, end in enumerate(ends))
    if len(starts) == len(lasts) == 1:
        return _certain(starts[0], lasts[0], is_next_day=bool(found["next"]))
    if found["next"]:
        raise TwoReadings
    pairs = [(first, last) for first in starts for last in lasts if first < last]
    if not any(marked) and len(starts) == len(lasts) == 2:
        raise TwoReadings  # 10-2 may be of the night
    if len(pairs) > 1 and found[f"half{ends[1]}"] in ("p", "P") and int(found[f"hour{ends[0]}"] or 0) in _SHORT:
        pairs = [pair for pair in pairs if pair[0] >= _NOON]
    if len(pairs) != 1:
        raise TwoReadings
    return f"{text_of(pairs[0][0])}-{text_of(pairs[0][1])}"


def _certain(first: int, last: int, *, is_next_day: bool) -> str:
    """Where both ends say of what half of the day they are, an evening may go on past midnight."""
    night = is_next_day or (
        last <= first and _NOON <= first < _DAY and 0 < last < _NOON and last + _DAY - first <= _LONGEST_NIGHT
    )
    return f"{text_of(first)}-{_NEXT_DAY if night else ''}{text_of(last)}"


def moment_text(found: re.Match[str]) -> str | None:
    """A match of MOMENT that says of what half of the day it is, in the 24-hour clock. Raises TwoReadings."""
    if not (found["half5"] or found["word5"]):
        return None
    (minutes,) = _readings(found, 5, is_end=False)
    return text_of(minutes)


def _readings(found: re.Match[str], end: int, *, is_end: bool) -> Iterator[int]:
    """The minutes of the day that a clock time may mean."""
    if word := found[f"word{end}"]:
        yield (_DAY if is_end else 0) if _MIDNIGHT.fullmatch(word) else _NOON
        return
    written, half = found[f"hour{end}"], (found[f"half{end}"] or "").lower()
    hour, minute = int(written), int(found[f"minute{end}"] or 0)
    twelve = 1 <= hour <= 12 and not (written.startswith("0") and not half)
    if hour > 24 or minute > 59 or (half == "a" and not 1 <= hour < 12) or (half == "p" and not hour):
        raise TwoReadings  # 12am is noon to some
    if not twelve:
        yield hour * 60 + minute
    elif half:
        yield (hour % 12 + (12 if half == "p" else 0)) * 60 + minute
    else:
        yield from (part + minute for part in ((_NOON, _DAY) if hour == 12 else (hour * 60, hour * 60 + _NOON)))


def _written(found: re.Match[str], end: int) -> str:
    return f"{found[f'hour{end}']}:{found[f'minute{end}']}"


def text_of(minutes: int) -> str:
    return f"{minutes // 60:02d}:{minutes % 60:02d}"
