"""Sentences about opening hours for the fuzz, put together from the pieces of the language in random order and spelling."""

from collections.abc import Callable
from itertools import pairwise
from random import Random

Span = tuple[int, int]
DAYS, NUMBERS = "一二三四五六日", "零一二三四五六七八九"
OSM = ("Mo", "Tu", "We", "Th", "Fr", "Sa", "Su")
WEEK, OFFICE, WEEKEND = tuple(range(7)), tuple(range(5)), (5, 6)
PLANS: dict[str, list[tuple[int, ...]]] = {
    "office": [OFFICE],
    "office and Saturday": [OFFICE, (5,)],
    "office and weekend": [OFFICE, WEEKEND],
    "short Friday": [(0, 1, 2, 3), (4,), WEEKEND],
    "every day": [WEEK],
    "museum": [(1, 2, 3, 4, 5, 6)],
    "in turns": [(0, 2, 4), (1, 3)],
    "narrower": [WEEK, WEEKEND],
    "narrowest": [WEEK, OFFICE, (4,)],
    "over Sunday": [(5, 6, 0, 1), (3,)],
}
HOURS: list[list[Span]] = [
    [(510, 690), (810, 1020)], [(540, 720), (840, 1020)], [(540, 1020)], [(510, 1050)], [(540, 720)], [(480, 1200)],
    [(1080, 1230)], [(540, 690), (840, 960)], [(360, 1260)], [(420, 720), (720, 1080)], [(690, 810)],
    [(360, 540), (1080, 1260)],
]  # fmt: skip
NIGHTS: list[list[Span]] = [[(1320, 1800)], [(1080, 1560)], [(600, 1500)], [(0, 1440)], [(540, 1440)], [(1200, 1440)]]
CLOSED = ("休息", "闭馆", "休馆", "不开放", "关闭")
HOLIDAYS = ("节假日", "法定节假日", "国家法定节假日", "国定节假日")
TRADITIONAL = str.maketrans("周节国无开闭馆点时礼", "週節國無開閉館點時禮")
FULL_WIDTH = str.maketrans("0123456789:-(),", "０１２３４５６７８９：－（），")


def chinese(number: int) -> str:
    """0 to 24 as it is said of a clock."""
    tens, ones = divmod(number, 10)
    return ("", "十", "二十")[tens] + (NUMBERS[ones] if ones or not tens else "")


class Composed:
    """One sentence; `kinds` says what is in it."""

    def __init__(self, seed: int) -> None:
        self.random = Random(seed)
        self.kinds: set[str] = set()
        pick = self.random.choice
        self.dash, self.separator = pick("-至到~—–") if self.chance(0.6) else "-", pick("；;，。、/|\n ")
        self.week, self.blank, self.closed = pick(("周", "星期", "礼拜")), pick(("", " ", " ", "：")), pick(CLOSED)
        self.clock_style = pick(("8:30", "8:30", "8:30", "08:30", "8点半", "8时30分", "八点半"))
        self.words = self.chance(0.3)
        self.holidays = pick(HOLIDAYS)
        self.brackets = pick(("（）", "()"))
        self.text = self.written()

    def chance(self, share: float) -> bool:
        return self.random.random() < share

    def pick(self, *choices: str) -> str:
        return self.random.choice(choices)

    def kind(self, name: str) -> None:
        self.kinds.add(name)

    def bracket(self, said: str) -> str:
        return self.brackets[0] + said + self.brackets[1]

    # Days

    def days(self, days: tuple[int, ...]) -> str:
        if len(days) == 7 and self.chance(0.8):
            return self.pick("每天", "每日", "天天", "每天")
        if days == WEEKEND and self.chance(0.5):
            return self.pick("周末", "双休日")
        if days == OFFICE and self.chance(0.15):
            self.kind("workday")
            return self.pick("工作日", "法定工作日")
        name = "1234567" if self.chance(0.1) and self.blank else DAYS
        run = all((two - one) % 7 == 1 for one, two in pairwise(days))
        if len(days) > 2 and run:
            again = self.week if name != DAYS or self.chance(0.8) else ""
            return f"{self.every()}{self.week}{name[days[0]]}{self.dash}{again}{name[days[-1]]}"
        sign = self.random.choice(("、", "、", "和", "及", "与", ""))
        if sign == "" and len(days) > 1 and name == DAYS:
            return self.week + "".join(DAYS[day] for day in days)
        return self.every() + (sign or "、").join(f"{self.week}{name[day]}" for day in days)

    def every(self) -> str:
        return self.random.choice(("每", "逢", "每逢")) if self.chance(0.1) else ""

    def some_days(self) -> tuple[int, ...]:
        first, count = self.random.randrange(7), self.random.randint(1, 6)
        return tuple((first + step) % 7 for step in range(count))

    # Clock times

    def clock(self, minute: int, *, word: bool = False) -> str:
        hour, past = divmod(minute, 60)
        hour = hour if hour == 24 else hour % 24
        hour = hour - 12 if word and hour > 12 else hour
        if self.clock_style == "8点半":
            return f"{hour}点" + ("半" if past == 30 else f"{past}分" if past else "")
        if self.clock_style == "8时30分":
            return f"{hour}时" + (f"{past}分" if past else "")
        if self.clock_style == "八点半":
            return f"{chinese(hour)}点" + ("半" if past == 30 else f"{past}分" if past else "")
        return f"{hour:02d}:{past:02d}" if self.clock_style == "08:30" and not word else f"{hour}:{past:02d}"

    def span(self, span: Span) -> str:
        start, end = span
        if span == (0, 1440) and self.chance(0.7):
            self.kind("round the clock")
            return self.pick("24小时", "全天", "24小时开放", "全天开放", "7×24小时")
        if end > 1440:
            self.kind("night")
            next_day = self.pick("次日", "次日", "次日凌晨" if end < 1700 else "次日", "凌晨" if end < 1700 else "次日", "")
            return f"{self.clock(start)}{self.dash}{next_day}{self.clock(end)}"
        if self.words and start >= 240 and end < 1440:
            return self.worded(start, end)
        blunt = self.chance(0.01) and 780 <= start < 1080
        if blunt:
            self.kind("12-hour trap")
            return f"{self.clock(start, word=True)}{self.dash}{self.clock(end, word=True)}"
        return f"{self.clock(start)}{self.dash}{self.clock(end)}"

    def worded(self, start: int, end: int) -> str:
        self.kind("words of the day")
        first, last = self.word(start), self.word(end)
        if (first == last or (first, last) in (("上午", "中午"), ("早上", "中午"))) and self.chance(0.9):
            last = ""
        gap = " " if self.chance(0.2) else ""
        short = self.chance(0.9)
        return f"{first}{gap}{self.clock(start, word=short)}{self.dash}{last}{self.clock(end, word=short)}"

    def word(self, minute: int) -> str:
        if minute < 660:
            return self.random.choice(("上午", "上午", "早上") if minute >= 300 else ("凌晨",))
        if minute < 780:
            return "中午"
        return "下午" if minute < 1080 else "晚上"

    def spans(self, spans: list[Span]) -> str:
        if self.chance(0.01) and len(spans) > 1:
            self.kind("out of order")
            spans = spans[::-1]
        sign = self.random.choice(("，", ",", "；", "、", " ", "\n", "。", "/", ", ", self.separator))
        return sign.join(map(self.span, spans))

    # Clauses

    def opening(self, days: tuple[int, ...]) -> str:
        hours = self.random.choice(NIGHTS if self.chance(0.08) else HOURS)
        subject, spans = self.days(days), self.spans(hours)
        if self.chance(0.1 if "one rule" in self.kinds else 0.01):
            self.kind("holidays in brackets")
            return f"{subject}{self.bracket(f'{self.holidays}除外')}{self.blank}{spans}"
        if self.chance(0.05) and days in (WEEK, WEEKEND):
            self.kind("holidays included")
            return f"{subject}{self.bracket(f'含{self.holidays}')}{self.blank}{spans}"
        if self.chance(0.05) and days == WEEKEND:
            self.kind("holidays as the weekend")
            return f"{subject}{self.pick('及', '、', '和')}{self.holidays}{self.blank}{spans}"
        if self.chance(0.05) and len(days) == 7:
            self.kind("all but a day")
            day = self.days((self.random.randrange(7),))
            return self.pick(f"除{day}外{subject}{spans}", f"{subject}{self.bracket(day + '除外')}{spans}")
        behind = self.behind() if self.chance(0.06) else ""
        return f"{subject}{self.blank}{spans}{behind}"

    def behind(self) -> str:
        """What stands in brackets behind an opening rule."""
        self.kind("bracket behind")
        said = self.pick("holidays", "note", "noon", "rest", "closed")
        if said == "note":
            return self.bracket(self.note())
        if said == "rest":
            return self.bracket(self.days((self.random.randrange(7),)) + self.closed)
        return self.bracket({"holidays": f"{self.holidays}除外", "noon": "中午不休息"}.get(said, self.holidays + self.closed))

    def rest(self, days: tuple[int, ...]) -> str:
        self.kind("rest day")
        said, closed = self.days(days), self.closed
        if self.chance(0.15):
            self.kind("rest day but on holidays")
            return self.pick(
                f"{said}{closed}{self.bracket(f'{self.holidays}除外')}", f"{said}{self.bracket(f'{self.holidays}除外')}{closed}"
            )
        if self.chance(0.1):
            self.kind("rest days and holidays")
            return f"{said}{self.pick('及', '、', '和')}{self.holidays}{closed}"
        return said + closed

    def on_holidays(self) -> str:
        self.kind("holidays")
        name = self.holidays
        roll = self.random.random()
        if roll < 0.45:
            return f"{self.pick('', '', '逢', '遇')}{name}{self.pick('', '', '正常', '照常')}{self.closed}"
        if roll < 0.7:
            return name + self.pick("照常开放", "正常开放", "照常", "不休", "无休", "不休息")
        if roll < 0.8:
            self.kind("holidays but")
            return f"{name}除外"
        self.kind("hours of holidays")
        but = "除外" if self.chance(0.05) else ""
        return f"{name}{but}{self.blank}{self.spans(self.random.choice(HOURS))}"

    def dates(self) -> str:
        month = self.random.randint(1, 12)
        to = self.random.randint(1, 12)
        return self.pick(
            f"{month}月", f"每年{month}月", f"{month}月{self.random.randint(1, 31)}日", f"{month}月1日{self.dash}{to}月15日",
            f"{month}月1日{self.dash}28日", f"{month}月{self.dash}{to}月",
        )  # fmt: skip

    def exception(self) -> str:
        self.kind("dates")
        if self.chance(0.65):
            return self.dates() + self.closed
        self.kind("hours of dates")
        days = self.random.choice(("每天", "每天", "每天", "", "周一"))
        return f"{self.dates()}{self.pick(' ', '')}{days}{self.pick(' ', '')}{self.spans(self.random.choice(HOURS))}"

    def note(self) -> str:
        self.kind("notes")
        return self.pick("16:30停止入场", "16:30停止入馆", "16:45清场", "最晚入场16:30", "闭馆前30分钟停止入场")

    def clauses(self) -> list[str]:
        """What the sentence says, in a natural order."""
        roll = self.random.random()
        if roll < 0.1:
            self.kind("no days")
            said = [self.spans(self.random.choice(HOURS))]
            said += [self.rest((self.random.randrange(7),))] if self.chance(0.6) else []
        elif roll < 0.2:
            self.kind("any days")
            said = [self.opening(self.some_days()) for _ in range(self.random.randint(1, 3))]
        else:
            name = self.random.choice(list(PLANS))
            self.kind(name)
            self.kinds |= {"one rule"} if len(PLANS[name]) == 1 else set()
            said = [self.opening(days) for days in PLANS[name]]
        extra: tuple[tuple[float, Callable[[], str]], ...] = (
            (0.25, lambda: self.rest(self.random.choice(((0,), (0,), (6,), WEEKEND, self.some_days())))),
            (0.35, self.on_holidays), (0.04, self.on_holidays), (0.15, self.exception), (0.05, self.exception),
            (0.1, self.note),            (0.05, lambda: self.pick("中午不休息", "午间不休息")), (0.06, lambda: "全年无休"),
        )  # fmt: skip
        return said + [make() for share, make in extra if self.chance(share)]

    def written(self) -> str:
        if self.chance(0.03):
            return self.open_street_map()
        clauses = self.clauses()
        if self.chance(0.5):
            self.random.shuffle(clauses)
        text = ""
        for clause in clauses:
            sign = self.random.choice("；;，。 \n") if self.chance(0.2) else self.separator
            text += (sign + self.pick("", " ") if text else "") + clause
        text += self.pick("", "", "", "。")
        if self.chance(0.1):
            self.kind("traditional")
            text = text.translate(TRADITIONAL)
        if self.chance(0.1):
            self.kind("full width")
            text = text.translate(FULL_WIDTH)
        return self.slip(text) if self.chance(0.05) else text

    def open_street_map(self) -> str:
        """Rules in the notation of OpenStreetMap."""
        self.kind("OSM")
        rules: list[str] = []
        for days in (*PLANS[self.random.choice(list(PLANS))], *([(0,)] if self.chance(0.3) else [])):
            run = len(days) > 2 and all((two - one) % 7 == 1 for one, two in pairwise(days))
            named = f"{OSM[days[0]]}-{OSM[days[-1]]}" if run else ",".join(OSM[day] for day in days)
            hours = ",".join(f"{a // 60:02d}:{a % 60:02d}-{b // 60:02d}:{b % 60:02d}" for a, b in self.random.choice(HOURS))
            rules.append(f"{named}{',PH' if self.chance(0.05) else ''} {'off' if rules and self.chance(0.3) else hours}")
        rules += ["PH off"] if self.chance(0.4) else []
        return "; ".join(rules)

    def slip(self, text: str) -> str:
        """One character lost, or written twice, or two changed round."""
        self.kinds = {"slip"}
        at = self.random.randrange(len(text) - 1)
        return self.pick(
            text[:at] + text[at + 1 :], text[: at + 1] + text[at:], text[:at] + text[at + 1] + text[at] + text[at + 2 :]
        )
