"""Rules of a week made into its days: the narrower rule wins, whatever the order.

The rule: where two rules may both be meant, or contradict each other, the text is refused.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from itertools import combinations, pairwise

from haitang.schedule.language.phrases import Phrase
from haitang.schedule.opening_hours import DAY_MINUTES, Spans, Week


@dataclass(frozen=True, slots=True)
class Rule:
    """Hours of some weekdays; no spans: closed. `workdays`: Monday to Friday are said as 工作日."""

    days: frozenset[int]
    spans: Spans
    workdays: bool
    place: Phrase

    @property
    def every(self) -> bool:
        return len(self.days) == 7 and not self.workdays


def merged(rules: Iterable[Rule]) -> list[Rule]:
    """One rule for each set of days: what is said twice of the same days is added. Raises Unclear."""
    found: dict[frozenset[int], Rule] = {}
    for rule in rules:
        before = found.get(rule.days, replace(rule, spans=()))
        if rule.days in found and bool(before.spans) != bool(rule.spans):
            raise rule.place.unclear("open-and-closed")
        both = replace(rule, spans=(*before.spans, *rule.spans), workdays=before.workdays and rule.workdays)
        if not in_order(both.spans):
            raise rule.place.unclear("times-overlap")
        found[rule.days] = both
    _refuse_both_meant(list(found.values()))
    return list(found.values())


def _refuse_both_meant(rules: Sequence[Rule]) -> None:
    for one, other in combinations(rules, 2):
        if not one.days & other.days or not (one.spans or other.spans):
            continue
        narrow, wide = (one, other) if one.days < other.days else (other, one)
        if not narrow.days < wide.days:
            raise other.place.unclear("two-rules")
        if narrow.spans and wide.spans and not _overlap(narrow.spans, wide.spans):
            raise other.place.unclear("two-rules")
    for rule in rules:
        within = [other.days for other in rules if other.days < rule.days]
        if not rule.spans and within and rule.days == frozenset[int]().union(*within):
            raise rule.place.unclear("open-and-closed")  # 周一至周五 9:00-17:00；周六、周日 10:00-16:00；每天闭馆


def rule_of(rules: Sequence[Rule], day: int) -> Rule | None:
    """The narrowest of merged rules for a weekday."""
    return min((rule for rule in rules if day in rule.days), key=lambda rule: len(rule.days), default=None)


def week_of(rules: Sequence[Rule]) -> Week:
    """Seven days of merged rules; what no rule names is closed."""
    found = (rule_of(rules, day) for day in range(7))
    return tuple(rule.spans if rule else () for rule in found)


def refuse_nights_that_overlap(rules: Sequence[Rule], week: Week) -> None:
    """A night that lasts into the next day's own hours."""
    for day, spans in enumerate(week):
        rule = rule_of(rules, day)
        if rule and any(end - DAY_MINUTES > start for _, end in spans for start, _ in week[(day + 1) % 7]):
            raise rule.place.unclear("times-overlap")


def in_order(spans: Spans) -> bool:
    """Each after the one before: `8:30-11:30, 1:30-5:00` means the afternoon and says the night."""
    return all(left[1] <= right[0] for left, right in pairwise(spans))


def _overlap(some: Spans, others: Spans) -> bool:
    return any(start < last and first < end for start, end in some for first, last in others)
