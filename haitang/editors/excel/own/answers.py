"""What is said once for a whole sheet: its town, its source, the numbering of its points, which columns are not wanted.

The rule: an answer fills what a new entry leaves empty, and never changes what is stored; who asks gets one command line back,
ready to be copied.
"""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field

from haitang.schedule.language.spelling import UnreadableTime
from haitang.schedule.opening_hours_reader import read_hours


@dataclass(frozen=True, slots=True)
class Answers:
    """`fields` are texts as a cell would hold them, by the path of their column; `columns` says what headers mean; `ignored`
    are headers; `days` stand before hours that name none; `leave_out`: what cannot be read is left empty; `area_code` is that
    of directory.yml; `renamed` (`yes`, `no`) whether rows at a
    place's door are that place under another name."""

    fields: Mapping[str, str] = field(default_factory=dict)
    columns: Mapping[str, str] = field(default_factory=dict)
    ignored: frozenset[str] = frozenset()
    days: str = ""
    leave_out: bool = False
    renamed: str = ""
    area_code: str = ""


NONE = Answers()


def with_days(text: str | None, days: str) -> str | None:
    """Opening hours that name no days are those of these days; others stay as they are."""
    if text is None:
        return None
    try:
        read_hours(text)
    except UnreadableTime as unread:
        if unread.code == "hours-no-days":
            with suppress(UnreadableTime):
                read_hours(f"{days} {text}")
                return f"{days} {text}"
    return text
