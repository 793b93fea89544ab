"""Opening hours before and after, as they are understood: both in the canonical form, then only what differs, day by day.

The rule: two texts that mean the same are said to, however they are written.
"""

from collections.abc import Iterator, Mapping

from haitang.editors.review.report import FieldChange
from haitang.model.messages import Words
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.written.opening_hours_text import canonical, dates_text, days_text, head_text, holiday_hours, spans_text

Labels = tuple[str, ...]


def hours_changes(old: OpeningHours, new: OpeningHours, label: Labels, words: Words) -> Iterator[FieldChange]:
    """The changes of meaning between two texts, below the field's own labels."""
    phrases = words.tree["review"]
    before, after = canonical(old), canonical(new)
    read = (*label, str(phrases["hours_read"]))
    if before == after:
        yield FieldChange(read, new=after, same=True)
        return
    if (before, after) != (old.text, new.text):
        yield FieldChange(read, before, after)
    yield from _weeks(old, new, label)
    named = (*label, str(phrases["hours_holidays"]))
    was, now = (_holidays(hours, phrases) for hours in (old, new))
    if was != now:
        yield FieldChange(named, was, now)
    dated = [{dates_text(one.first, one.last): spans_text(one.spans) for one in hours.exceptions} for hours in (old, new)]
    for dates in sorted({*dated[0], *dated[1]}, key=[*dated[0], *dated[1]].index):
        if dated[0].get(dates) != dated[1].get(dates):
            yield FieldChange((*label, dates), dated[0].get(dates), dated[1].get(dates))
    gone, come = (tuple(note for note in one.notes if note not in other.notes) for one, other in ((old, new), (new, old)))
    if gone or come:
        yield FieldChange((*label, str(phrases["hours_notes"])), gone=gone, come=come)


def _weeks(old: OpeningHours, new: OpeningHours, label: Labels) -> Iterator[FieldChange]:
    """Season by season, days together that change alike."""
    before, after = _days(old), _days(new)
    together: dict[tuple[str, str | None, str | None], list[int]] = {}
    for head, day in {**before, **after}:
        change = before.get((head, day)), after.get((head, day))
        if change[0] != change[1]:
            together.setdefault((head, *change), []).append(day)
    for (head, was, now), days in together.items():
        yield FieldChange((*label, *([head] if head else []), days_text(days)), was, now)


def _days(hours: OpeningHours) -> Mapping[tuple[str, int], str]:
    return {(head_text(season), day): spans_text(spans) for season in hours.seasons for day, spans in enumerate(season.week)}


def _holidays(hours: OpeningHours, phrases: Mapping[str, str]) -> str:
    return spans_text(holiday_hours(hours)) if hours.holidays == "hours" else str(phrases[f"hours_{hours.holidays}"])
