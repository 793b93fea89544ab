"""What the second reader notes as it goes through a text, piece by piece: rules, and the word of holidays."""

import re
from dataclasses import dataclass, field

from tests.schedule.second_reader_pieces import Dates, Refused, dates_of, days_of, minutes_of, plain

EVERY_DAY = frozenset(range(7))
Minutes = int  # bit n: open in the minute n after the day's 00:00


@dataclass
class Subject:
    """What the next verb or clock time speaks of."""

    days: frozenset[int] = frozenset()
    workday: bool = False
    holidays: bool = False
    dates: Dates = frozenset()
    excused: bool = False  # 节假日除外 in brackets
    included: bool = False  # 含节假日 in brackets

    @property
    def named(self) -> bool:
        return bool(self.days or self.holidays or self.dates)


@dataclass(eq=False)
class Rule:
    """Spans of some days, or their closure. `general`: no day was named."""

    subject: Subject
    spans: list[tuple[int, int]] = field(default_factory=list)

    @property
    def general(self) -> bool:
        return not self.subject.named

    @property
    def days(self) -> frozenset[int]:
        return EVERY_DAY if self.general else self.subject.days

    @property
    def minutes(self) -> Minutes:
        return sum((1 << end) - (1 << start) for start, end in self.spans)

    @property
    def break_at_noon(self) -> bool:
        return any(
            first[1] < 13 * 60 and second[0] > 12 * 60 for first, second in zip(self.spans, self.spans[1:], strict=False)
        )


_NOTE = re.compile(
    r"(?:下午|晚上)?\d{1,2}:\d\d(?:停止(?:入场|入馆|取票|检票)|清场)|最晚(?:入场|入馆)\d{1,2}:\d\d|闭馆前\d+分钟停止(?:入场|入馆)"
)
_NOON = re.compile("(?:中午|午间)不休息?")
_ALL_YEAR = re.compile("全年无休")
_ROUND_THE_CLOCK = re.compile(r"(?:7[x×*]24小时|全天24小时|24小时|24/7|全天)(?:开放|营业|服务)?")
_OPEN = re.compile("(?:照常|正常)(?:开放|营业)|照常(?!休|闭|关|不)|不休息?|无休")
_CLOSED = re.compile("(?:照常|正常)?(?:休息|闭馆|休馆|关闭|不开放|休)|off|closed")
_INCLUDED, _NOT_INCLUDED = re.compile("含(?=国|法|节)"), re.compile("不含")
_HOLIDAYS = re.compile("(?:[逢遇][;,]?)*\\s*(?:国家)?(?:(?:法定|国定)?节假日|(?:法定|国定)(?:假日|节日|假))|ph")
_LABEL = re.compile("(?:开放|营业|办公)时间:")
_EXCEPT, _SAVE, _SAVED = re.compile("除外"), re.compile("除"), re.compile("外")
_MARKS = re.compile(r"[;,。、/|\s:]|和|及|与")


class Sentence:
    """What was noted so far."""

    def __init__(self, text: str) -> None:
        self.text = plain(text)
        self.at = 0
        self.subject = Subject()
        self.outside: list[Subject] = []  # the subjects before each open bracket
        self.rules: list[Rule] = []
        self.current: Rule | None = None  # the rule that clock times without days belong to
        self.last: Rule | None = None  # the last thing said, if it was a rule
        self.said: set[str] = set()
        self.including = ""

    def take(self, pattern: re.Pattern[str]) -> bool:
        found = pattern.match(self.text, self.at)
        if found:
            self.at = found.end()
        return found is not None

    def read(self) -> "Sentence":
        while self.at < len(self.text):
            if not (self.mark() or self.aside() or self.named() or self.span() or self.verb()):
                raise Refused(self.text[self.at :])
        if self.subject.named or self.outside or self.including:
            raise Refused("unfinished")
        return self

    def mark(self) -> bool:
        if self.text[self.at] == "(":
            self.outside.append(self.subject)
            self.subject = Subject()
        elif self.text[self.at] == ")":
            self.close_bracket()
        else:
            return self.take(_MARKS)
        self.at += 1
        return True

    def close_bracket(self) -> None:
        if not self.outside or self.including:
            raise Refused(")")
        inner, self.subject = self.subject, self.outside.pop()
        if inner.named:
            self.subject = joined(self.subject, inner)

    def aside(self) -> bool:
        if self.take(_NOTE) or self.take(_LABEL):
            return True
        if self.take(_NOON):
            rules = [self.current] if self.current else []
            self.said.add("no break")
            if any(rule.break_at_noon for rule in rules):
                raise Refused("中午不休息")
            return True
        if self.take(_ALL_YEAR):
            self.say("all year")
            return True
        return False

    def named(self) -> bool:
        if self.take(_HOLIDAYS):
            self.subject.holidays = True
            if self.including:
                self.include()
            return True
        if found := dates_of(self.text, self.at):
            dates, self.at = found
            self.subject = joined(self.subject, Subject(dates=dates))
            return True
        if days := days_of(self.text, self.at):
            self.subject = joined(self.subject, Subject(days=days[0], workday=days[1]))
            self.at = days[2]
            return True
        return False

    def include(self) -> None:
        """含节假日 and 不含节假日."""
        how, self.including, self.subject = self.including, "", Subject()
        before = self.outside[-1] if self.outside else Subject()
        if how == "不含":
            self.excuse(before)
        elif before.named:
            before.included = True
        else:
            self.say("open")

    def excuse(self, before: Subject) -> None:
        """节假日除外 in brackets speaks of what stands before the bracket."""
        if before.named:
            before.excused = True
        elif self.last:
            self.last.subject.excused = True
        else:
            raise Refused("除外")

    def span(self) -> bool:
        if self.take(_ROUND_THE_CLOCK):
            self.add(0, 24 * 60)
            return True
        if found := minutes_of(self.text, self.at):
            start, end, self.at = found
            self.add(start, end)
            return True
        return False

    def add(self, start: int, end: int) -> None:
        subject = self.subject
        if not subject.named and self.outside and self.outside[-1].named:
            subject, self.outside[-1] = self.outside[-1], Subject()
        if not subject.named and self.current:
            if start < self.current.spans[-1][1]:
                raise Refused("out of order")
            self.current.spans.append((start, end))
            return
        if not subject.named and any(rule.spans and not rule.subject.dates for rule in self.rules):
            raise Refused("whose hours?")
        self.current = self.last = Rule(subject, [(start, end)])
        self.rules.append(self.current)
        self.subject = Subject()

    def verb(self) -> bool:
        if self.take(_NOT_INCLUDED) or self.take(_INCLUDED):
            self.including = "不含" if self.text[self.at - 2] == "不" else "含"
        elif self.take(_EXCEPT):
            self.leave_out()
        elif self.take(_SAVE):
            if "外" not in self.text[self.at :]:
                raise Refused("除")
            self.said.add("save")
        elif "save" in self.said and self.take(_SAVED):
            self.said.remove("save")
            self.shut()
        elif self.take(_OPEN):
            if not self.subject.holidays or self.subject.days or self.subject.dates:
                raise Refused("open")
            closed = self.last if self.last and not self.last.spans and self.last.days else None
            if closed and re.search(r"\([^(),;、/|。\n]*$", self.text[: self.at]):
                closed.subject.excused = True  # 周一闭馆（节假日照常开放）
            self.subject = Subject()
            self.say("open")
        elif self.take(_CLOSED):
            self.shut()
        else:
            return False
        return True

    def leave_out(self) -> None:
        """…除外: of days a closure; of public holidays it depends on what stands before it."""
        if not self.subject.holidays:
            self.shut()
        elif self.outside and not self.subject.days:
            if re.search(rf"\([^()]*(?:{_CLOSED.pattern})[^()]*[,;、][^()]*$", self.text[: self.at]):
                raise Refused("除外")  # （周一闭馆，节假日除外）
            self.subject = Subject()
            self.excuse(self.outside[-1])
        elif self.last and not self.last.spans:
            raise Refused("除外")
        else:
            self.shut()

    def shut(self) -> None:
        subject, self.subject = self.subject, Subject()
        if not subject.named or (subject.dates and (subject.holidays or subject.days not in (frozenset(), EVERY_DAY))):
            raise Refused("who is closed?")
        if subject.holidays:
            self.say("closed")
        if subject.days or subject.dates:
            rule = Rule(subject)
            self.rules.append(rule)
            self.last = rule
            if not self.outside:
                self.current = None

    def say(self, what: str) -> None:
        self.said.add(what)
        self.last = None
        if not self.outside:
            self.current = None


def joined(one: Subject, other: Subject) -> Subject:
    if one.excused or other.excused:
        raise Refused("除外")
    return Subject(
        days=one.days | other.days,
        workday=one.workday or other.workday,
        holidays=one.holidays or other.holidays,
        dates=one.dates | other.dates,
    )
