"""The words of English about time, and how each is said in the one grammar.

The rule: a word means one thing or it is not here. In the order of PATTERNS; the first that fits is taken.
"""

import re
from collections.abc import Callable, Mapping

from haitang.schedule.language import english_clock

MONTH = (
    r"(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?|oct(?:ober)?|nov(?:ember)?"
    r"|dec(?:ember)?)\b(?:\.(?=\s*[-\d]))?"
)
# No day where a clock time goes on.
DAY = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?\b(?!\s*[ap]\.?\s?m\b|\s*(?:noon|midday|midnight)\b|[:.]\d)"
_DAYS = rf"{DAY}(?:\s*(?:-|,|&|to\b|and\b)\s*{DAY})*"
WEEKDAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:s|nes(?:day)?)?|thu(?:rs?(?:day)?)?|fri(?:day)?|sat(?:urday)?|sun(?:day)?"
    r"|mo|tu|we|th|fr|sa|su)"
)
HOLIDAYS = r"(?:bank|public|statutory|national|federal)\s+(?:holidays?|hols?)\b"
_ENTRY = r"last\s+(?:entry|admissions?|entrance)"
_NTH = r"(?:first|second|third|fourth|fifth|last|1st|2nd|3rd|4th|5th)\b"
AS_WRITTEN = "="
# The kind of a piece, its pattern, how it is said: `=` as it is written, nothing where it says nothing or MADE tells it. A kind
# that begins with `!` is the problem which such a piece is told as.
PATTERNS: tuple[tuple[str, str, str], ...] = (
    ("nothing", r"we(?:['’]re|\s+are)\b", ""),
    ("!holiday-unclear", rf"{HOLIDAYS}\s+(?:{WEEKDAY}s?|weekends?|weeks?)\b", ""),
    ("holiday", rf"(?:all\s+)?{HOLIDAYS}", "节假日"),
    ("holiday", r"ph\b", "PH"),
    ("named", r"(?:christmas\s+(?:eve|day)|boxing\s+day|new\s+year['’]?s\s+(?:eve|day))\b", ""),
    ("!lunar", r"(?:good\s+friday|easter|whitsun|ramadan|eid|diwali|passover|thanksgiving|chinese\s+new\s+year)\b", ""),
    ("!irregular", r"(?:var(?:y|ies|iable)|irregular|occasional(?:ly)?|usually|approx(?:imately)?|seasonal(?:ly)?)\b", ""),
    ("!needs-start", rf"(?:alternate|every\s+(?:other|second))\s+{WEEKDAY}s?\b|fortnightly\b", ""),
    ("!season-without-dates", r"(?:term[\s-]*times?|school\s+(?:holidays?|terms?)|half[\s-]*terms?|sh)\b", ""),
    (
        "!monthly",
        rf"(?:the\s+)?(?:{_NTH})(?:\s*(?:,|&|and\b)\s*(?:the\s+)?(?:{_NTH}))+(?:\s+{WEEKDAY}s?\b)?"
        r"(?:\s+(?:of|in)\s+(?:the|each|every)\s+month\b)?",
        "",
    ),
    (
        "nth",
        rf"(?:the\s+)?(first|second|third|fourth|last|1st|2nd|3rd|4th)\s+({WEEKDAY})s?\b"
        r"(?:\s+(?:of|in)\s+(?:the|each|every)\s+month\b)?",
        "",
    ),
    (
        "dated",
        rf"(?:({WEEKDAY})\s*,?\s*)?(?:({DAY})\s*(?:of\s+)?({MONTH})|({MONTH})\s*({DAY})),?\s*(20\d\d)(?!\d)"
        rf"|(20\d\d)\s+({MONTH})\s*({DAY})",
        "",
    ),
    ("date", rf"({_DAYS})\s*(?:of\s+)?({MONTH})|({MONTH})\s*({_DAYS})|({MONTH})", ""),
    ("time", r"24\s*hours\s+a\s+day,?\s*(?:7|seven)\s+days\s+a\s+week\b|24/7", "24/7"),
    ("time", r"24[\s-]*(?:hours|hrs?)\b(?:\s*(?:a|per)\s+day\b)?|(?:round|around)\s+the\s+clock\b", "24小时"),
    ("every", r"(?:every|each)\s*day(?:\s+of\s+the\s+(?:week|year))?\b|daily\b", "每天"),
    ("every", r"(?:7|seven)\s+days(?:\s+(?:a|per|each)\s+week|/week)?\b", "每天"),
    ("span", english_clock.SPAN, ""),
    ("moment", english_clock.MOMENT, ""),
    ("weekdays", r"(?:(?:every|each)\s+)?(?:working|business)\s+days?\b", "工作日"),
    ("weekdays", r"(?:on\s+|every\s+)?week\s?days?\b", "Mo-Fr"),
    ("weekdays", r"(?:at\s+|on\s+|every\s+)?(?:the\s+)?week-?ends?\b", "周末"),
    ("never shut", r"365\s+days(?:\s+(?:a|per)\s+year)?\b", "365天"),
    ("weekday", rf"(?:(every|each)\s+)?({WEEKDAY})(s)?\b(?:\.(?=\s*(?:-|to\b|&|and\b|,|\d|:)))?", ""),
    ("early", rf"{_ENTRY}\s+(?:is\s+)?(\d{{1,3}})\s*(?:minutes|mins?)\s+before\s+clos(?:ing|e)(?:\s+time)?\b", ""),
    ("stop", rf"{_ENTRY}(?:\s+(?:is|at|is\s+at))?\b", "最后入场"),
    ("aside", r"(?:by\s+(?:prior\s+)?)?appointments?(?:\s+only)?\b", "需预约"),
    (
        "without",
        r"except(?:ing)?(?:\s+for)?(?:\s+on)?\b|exclud(?:es|ing)\b|excl\b\.?|(?:apart\s+from|not\s+including)\b",
        "不含",
    ),
    ("with", r"includ(?:es|ing)\b|incl?\b\.?", "含"),
    ("!rest-unclear", rf"clos(?:es|ing)\b(?:\s+(?:early|at))*(?:\s+{english_clock.clock(6)})?", ""),
    (
        "!rest-unclear",
        r"(?:closed|shut)\s+(?:for|at|over|during)\s+(?:a\s+)?lunch(?:[\s-]*(?:time|break|hour))?s?\b"
        r"(?!(?:[\s-]*(?:time|break|hour))?s?\s*(?:from\s+|between\s+)?(?:\d|noon\b|midday\b))",
        "",
    ),
    ("lunch", r"(?:for\s+)?(?:a\s+)?lunch(?:[\s-]*(?:time|break|hour))?s?\b", AS_WRITTEN),
    ("closed", r"(?:closed|shut|not\s+open)(?:\s+all\s+day)?(?:\s+(?:on|in))?\b", "closed"),
    ("off", r"off\b", "off"),
    ("open", r"opens?(?:\s+(?:on|to\s+the\s+public|all\s+year(?:\s+round)?))?\b", "open"),
    ("time", r"all\s+day\b", "全天"),
    ("rest", r"(?:at\s+|in\s+)?other\s+(?:times|months)\b", "其他时间"),
    ("holiday season", r"(?:in\s+|during\s+)?(?:the\s+)?(summer|winter)\s+holidays\b", ""),
    ("season", r"(?:in\s+|during\s+)?(?:the\s+)?(spring|summer|autumn|winter)(?:\s+(?:hours|months|time))?\b", ""),
    ("from", r"from\b", AS_WRITTEN),
    ("dash", r"-+", AS_WRITTEN),
    ("dash", r"(?:to|till?|until|through|thru)\b", "-"),
    ("and", r"and\b", "和"),
    ("and", r"&", AS_WRITTEN),
    ("comma", r"[,/、]", AS_WRITTEN),
    ("sep", r"[;\n。]|\.(?=\s|$)", AS_WRITTEN),
    ("colon", r":", AS_WRITTEN),
    ("nothing", r"(?:(?:our|normal|regular|library)\s+)*(?:opening|open)\s+(?:hours|times)\b(?:\s+are\b)?", ""),
    ("nothing", r"all\s+year(?:\s+round)?\b|(?:a|each|every|per)\s+week\b", ""),
    ("nothing", r"(?:are|is|at|on|the|only|hours)\b", ""),
)
_TWO = ("mo", "tu", "we", "th", "fr", "sa", "su")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_SEASONS = {"spring": "春季", "summer": "夏季", "autumn": "秋季", "winter": "冬季"}
_PLACES = {"fi": "第一", "1s": "第一", "se": "第二", "2n": "第二", "th": "第三", "3r": "第三", "fo": "第四", "4t": "第四"}


def _named(found: re.Match[str]) -> str:
    said = found[0].lower()
    if "new" in said:
        return "12月31日" if "eve" in said else "1月1日"
    return "12月24日" if "eve" in said else "12月25日" if "christmas" in said else "12月26日"


def month_number(written: str) -> int:
    return _MONTHS.index(written[:3].lower()) + 1


def _month(written: str) -> str:
    return f"{month_number(written)}月"


def _day(written: str) -> str:
    return f"{int(re.sub('[^0-9]', '', written))}日"


def _date(found: re.Match[str]) -> str:
    """25 and 26 December → 12月25日、26日."""
    days, month = (found[1], found[2]) if found[2] else (found[4] or "", found[3] or found[5])
    said = [_month(month)]
    for joint, day in re.findall(rf"(-|,|&|to\b|and\b)?\s*({DAY})", days, re.IGNORECASE):
        said += [("-" if joint.lower() in ("-", "to") else "、") if joint else "", _day(day)]
    return "".join(said)


def _dated(found: re.Match[str]) -> str:
    weekday, *parts = found.groups()
    day, month = next((day, month) for day, month in ((parts[0], parts[1]), (parts[3], parts[2]), (parts[7], parts[6])) if day)
    return f"{parts[4] or parts[5]}年{_month(month)}{_day(day)}" + (weekday_in_chinese(weekday) if weekday else "")


def weekday_in_chinese(weekday: str) -> str:
    return f"周{'一二三四五六日'[_TWO.index(weekday[:2].lower())]}"


def _weekday(found: re.Match[str]) -> str:
    """Said with `every` it is of each week, whatever it stands beside."""
    return f"每{weekday_in_chinese(found[2])}" if found[1] or found[3] else found[2][:2]


def _nth(found: re.Match[str]) -> str:
    return f"每月{_PLACES.get(found[1][:2].lower(), '最后一')}个{weekday_in_chinese(found[2])}"


MADE: Mapping[str, Callable[[re.Match[str]], str | None]] = {
    "named": _named,
    "nth": _nth,
    "dated": _dated,
    "date": _date,
    "weekday": _weekday,
    "early": lambda found: f"闭馆前{found[1]}分钟停止入场",
    "season": lambda found: _SEASONS[found[1].lower()],
    "holiday season": lambda found: "暑假" if found[1].lower() == "summer" else "寒假",
    "span": english_clock.span_text,
    "moment": english_clock.moment_text,
}
