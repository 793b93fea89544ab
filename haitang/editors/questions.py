"""What to ask on the telephone about a place, and the lines of its file that hold the answers.

The rule: what a visitor needs most is asked first. Nobody can tell degrees on the telephone: where a point is missing, the
question is what stands beside the door, and the lines hold what somebody then takes from a map.
"""

from collections.abc import Iterable
from datetime import date

from haitang.model.field_specs import entry_spec
from haitang.model.messages import Words
from haitang.site.views.freshness import Wanted

SENTENCES = {"hours": "ask_hours", "phone": "ask_phone", "address": "ask_address", "location": "ask_location"}
ASKED = tuple(SENTENCES)  # as visitors need them
BLANK = "____"  # what the person who asks writes over


def urgent_first(wanted: Iterable[Wanted]) -> tuple[Wanted, ...]:
    """Places that lack what visitors need most come first; of those that lack the same, the ones nobody ever verified."""

    def urgency(each: Wanted) -> tuple[object, ...]:
        return (
            *(fact not in each.missing for fact in ASKED),
            each.verified is not None,
            each.verified or date.min,
            each.position.id,
        )

    return tuple(sorted(wanted, key=urgency))


def facts(each: Wanted) -> tuple[str, ...]:
    """What is missing, the most needed first."""
    return tuple(fact for fact in ASKED if fact in each.missing)


def question(each: Wanted, words: Words) -> str:
    """What to say on the telephone: what is missing; where nothing is, whether it still holds."""
    asked = [words.sentence("reminders", SENTENCES[fact]) for fact in facts(each)]
    return "".join((words.sentence("reminders", "ask_open", name=each.position.name), *(asked or [_still(each, words)])))


def lines(each: Wanted, today: date) -> str:
    """The lines of the place's file, YAML, with `____` for each answer. What was asked was verified that day."""
    made: list[str] = []
    for fact in facts(each):
        inner = [field.path.partition(".")[2] for field in entry_spec("position").all if field.path.startswith(f"{fact}.")]
        made += [f"{fact}:", *(f"  {name}: {BLANK}" for name in inner if name != "note")] if inner else [f"{fact}: {BLANK}"]
    return "\n".join((*made, "verified:", f"  on: {today.isoformat()}", f"  by: {BLANK}"))


def _still(each: Wanted, words: Words) -> str:
    """All is known: read it out, and hear whether it holds."""
    position = each.position
    told = [position.hours.text if position.hours else "", position.phone or "", position.address or ""]
    known = str(words.tree["terms"]["comma"]).join(filter(None, told))
    before, after = words.sentence("reminders", "ask_still_before"), words.sentence("reminders", "ask_still_after")
    return f"{before}{known}{after}"
