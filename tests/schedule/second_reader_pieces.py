"""The pieces that the second reader knows: how they are spelled, which days and which minutes they name."""

import re
import unicodedata

Dates = frozenset[int]  # month * 100 + day
_LAST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_YEAR = [month * 100 + day for month, last in enumerate(_LAST, 1) for day in range(1, last + 1)]
_TRADITIONAL = str.maketrans("週節國無開閉館點時禮間場關業務", "周节国无开闭馆点时礼间场关业务")
_NUMBERS = "零一二三四五六七八九十"


class Refused(Exception):
    """What cannot be read with certainty."""


def plain(text: str) -> str:
    """One spelling for marks, widths, scripts and words of a range."""
    text = unicodedata.normalize("NFKC", text).translate(_TRADITIONAL).lower()
    text = re.sub("[–—―~〜∼─至到]", "-", text)
    return re.sub(r"\s*-[\s-]*", "-", text).strip()


# Days

_DAY = {**{name: at for at, name in enumerate("一二三四五六日")}, "天": 6, **{str(at + 1): at for at in range(7)}}
_DAY |= {name: at for at, name in enumerate(("mo", "tu", "we", "th", "fr", "sa", "su"))}
_NAMED = r"(?:(?:周|星期|礼拜)(?:[一二三四五六日天]|[1-7](?!\d))|mo|tu|we|th|fr|sa|su)"
_BARE = r"(?:[日天](?!天)|[三四五六](?![点时刻月])|[一二](?!(?:十[一二三四五六七八九]?)?[点时刻月]|十))"  # no hour: 周三 六点
_NEXT = rf"(?:-(?:{_NAMED}|{_BARE}|[1-7](?![\d:点时]))|[、和与及]?{_BARE}|、[1-7](?![\d:点时]))"
_DAYS = re.compile(rf"[每逢\s]*({_NAMED}{_NEXT}*)")
_GROUPS = re.compile("[每逢]*(?:(法定工作日|工作日)|(周末|双休日)|(每[天日]|天天))")
_ONE = re.compile("(-?)[、和与及]?(?:周|星期|礼拜)?(mo|tu|we|th|fr|sa|su|[一二三四五六日天1-7])")


def days_of(text: str, at: int) -> tuple[frozenset[int], bool, int] | None:
    """Weekdays from 0, whether they follow the calendar, and where the piece ends."""
    if group := _GROUPS.match(text, at):
        named = range(5) if group[1] else range(5, 7) if group[2] else range(7)
        return frozenset(named), bool(group[1]), group.end()
    if not (found := _DAYS.match(text, at)):
        if text.startswith(("每", "逢"), at):
            raise Refused(text[at:])
        return None
    days: set[int] = set()
    last = -1
    for dash, name in _ONE.findall(found[1]):
        day = _DAY[name]
        if dash and (last < 0 or last == day):
            raise Refused(found[1])
        days |= {(last + step) % 7 for step in range((day - last) % 7 + 1)} if dash else {day}
        last = -1 if dash else day
    return frozenset(days), False, found.end()


# Dates

_DATES = re.compile(
    r"(?:每年)?(\d{1,2})(?:月|(?=-\d{1,2}月))(?:(\d{1,2})(?:日|(?=-\d{1,2}日)))?(?:-(?=(?:次年)?\d{1,2}[月日])(次年)?(?:(\d{1,2})月)?(?:(\d{1,2})日)?)?"
)


def dates_of(text: str, at: int) -> tuple[Dates, int] | None:
    """The days of every year that a date or a stretch names, and where the piece ends."""
    if not (found := _DATES.match(text, at)):
        return None
    month, day, next_year, to_month, to_day = found.groups()
    first = int(month) * 100 + int(day or 1)
    until = int(to_month or month)
    if not 1 <= int(month) <= 12 or not 1 <= until <= 12 or (bool(day) is not bool(to_day) and found[0].count("-")):
        raise Refused(found[0])
    last = until * 100 + int(to_day or (day if not to_month and day else _LAST[until - 1]))
    if first not in _YEAR or last not in _YEAR or (next_year and last >= first):
        raise Refused(found[0])
    if first <= last:
        return frozenset(one for one in _YEAR if first <= one <= last), found.end()
    return frozenset(one for one in _YEAR if one >= first or one <= last), found.end()


# Clock times

_WORDS = "凌晨|清晨|早上|早晨|早|上午|中午|下午|傍晚|晚上|晚间|晚"
_NUMBER = r"\d{1,2}|二十[一二三四]?|十[一二三四五六七八九]?|[零一二两三四五六七八九]"
_MINUTE = r"\d{1,2}|[二三四五]?十[一二三四五六七八九]?|[零一二三四五六七八九]"
_TIME = rf"({_WORDS})?\s*({_NUMBER})(?::(\d\d)(?!\d)|[点时](?:(半)|([一三])刻|({_MINUTE})分?)?)"
_SHORT = rf"|(?=-(?:{_WORDS})?\s*(?:{_NUMBER})[点时])"  # 2 of 2-4点
_SPAN = re.compile(rf"{_TIME[:-1]}{_SHORT})-(次日)?\s*{_TIME}")


def number(said: str) -> int:
    """0 to 59 in digits or Chinese."""
    if said.isdigit() and said.isascii():
        return int(said)
    said = said.replace("两", "二")
    if "十" not in said:
        return _NUMBERS.index(said)
    tens, ones = said.split("十")
    return (_NUMBERS.index(tens) if tens else 1) * 10 + (_NUMBERS.index(ones) if ones else 0)


def minutes_of(text: str, at: int) -> tuple[int, int, int] | None:
    """Start and end of a span in minutes, and where the piece ends."""
    if not (found := _SPAN.match(text, at)):
        return None
    groups = found.groups()
    first, (next_day, *second) = groups[:6], groups[6:]
    word, end_word = first[0], second[0]
    start_hour, end_hour = number(first[1]), number(second[1])
    start_minute, end_minute = past(first[2:]), past(second[2:])
    if max(start_hour, end_hour) > 24 or max(start_minute, end_minute) > 59:
        raise Refused(found[0])
    if not word and unclear(first[1]) and end_hour < 13:
        raise Refused(found[0])
    if not (word or end_word or next_day) and unclear(second[1]) and start_hour < 13:
        raise Refused(found[0])
    if evening(word) and start_hour > 12 and not (end_word or next_day) and 3 < end_hour <= 12:
        raise Refused(found[0])  # within the hour, or until the morning?
    start = on_day(word, start_hour) * 60 + start_minute
    if evening(word) and start_hour == 12:
        start -= 24 * 60
    end = end_of(start, word, end_word, bool(next_day), end_hour) * 60 + end_minute
    if end == 0 and not end_word:
        end = 24 * 60
    if start and end == start + 24 * 60:
        raise Refused(found[0])
    if not start < end <= start + 24 * 60 or (end > 24 * 60 and not (next_day or end_word == "凌晨" or evening(word))):
        raise Refused(found[0])
    return start, end, found.end()


def past(said: tuple[str | None, ...] | list[str | None]) -> int:
    """Minutes after the hour."""
    digits, half, quarters, words = said
    return int(digits) if digits else 30 if half else number(quarters) * 15 if quarters else number(words) if words else 0


def unclear(hour: str) -> bool:
    """An hour that may be meant before or after noon."""
    return not hour.startswith("0") and 1 <= number(hour) <= 5


def evening(word: str | None) -> bool:
    return bool(word) and str(word).startswith("晚")


_MORNING = ("凌晨", "清晨", "早上", "早晨", "早", "上午")
_HOURS = {
    None: (0, 24), "凌晨": (0, 6), "清晨": (4, 9), "早上": (4, 12), "早晨": (4, 12), "早": (4, 12), "上午": (4, 12),
    "中午": (10, 14), "下午": (12, 20), "傍晚": (16, 20), "晚": (17, 24), "晚上": (17, 24), "晚间": (17, 24),
}  # fmt: skip


def on_day(word: str | None, hour: int) -> int:
    """The hour of the day's 24 that a word and an hour mean; refused where they do not fit."""
    least, most = _HOURS[word]
    afternoon = {"中午": hour < 3, "下午": hour < 12, "傍晚": hour < 12}.get(word or "", evening(word) and 5 <= hour <= 12)
    added = 12 if afternoon else 0
    if not least <= hour + added <= most:
        raise Refused(f"{word}{hour}")
    return hour + added


def end_of(start: int, word: str | None, end_word: str | None, next_day: bool, hour: int) -> int:
    """The hour at which a span ends; one after 24 is of the next day."""
    if next_day:
        return 24 + on_day(end_word, hour)
    if end_word == "凌晨":
        end = on_day(end_word, hour)
        return end + 24 if end * 60 <= start else end
    if end_word or not word or hour > 12:
        return on_day(end_word, hour)
    if not evening(word):
        return hour if word in _MORNING else on_day(word, hour)
    if start < 5 * 60:
        return hour
    return hour + 12 if hour >= 5 and (hour + 12) * 60 > start else hour + 24
