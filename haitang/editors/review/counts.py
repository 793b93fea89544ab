"""Counts before and after: how many places of each tier and town, how much is known of them.

The rule: counted as on the progress page (places that closed or merged are not), also while a side is not sound; only what
moved is told.
"""

from collections import Counter
from collections.abc import Iterable, Iterator

from haitang.data.directory import KEY_FACTS, missing_facts
from haitang.editors.review.report import Figure, Group
from haitang.editors.review.revisions import Side
from haitang.model.entries import Position
from haitang.model.messages import Words

Counts = dict[tuple[Group, str], int]


def figures(base: Side, head: Side, words: Words) -> Iterator[Figure]:
    """What moved, totals first."""
    # What is the same on both sides, as nearly everything is, is counted once.
    both = {*map(id, base.positions)}.intersection(map(id, head.positions))
    same = _tally(place for place in head.positions if id(place) in both)
    before, after = (_counts(side, same, (place for place in side.positions if id(place) not in both)) for side in (base, head))
    names = base.names | head.names
    for group, key in dict.fromkeys((*before, *after)):
        old, new = before.get((group, key), 0), after.get((group, key), 0)
        if old != new:
            yield Figure(group, _label(group, key, names, words), old, new)


def _tally(places: Iterable[Position]) -> Counter[tuple[Group, str]]:
    """All that is counted of places one by one."""
    found = Counter[tuple[Group, str]]()
    for place in places:
        missing = missing_facts(place)
        told: list[tuple[Group, str]] = [("all", "listed"), ("tier", place.tier or "unknown"), ("town", place.town)]
        told += [("all", "verified")] if place.verified else []
        told += [] if missing else [("all", "complete")]
        found.update(told)
        found.update([("fact", fact) for fact in KEY_FACTS if fact not in missing])
    return found


def _counts(side: Side, same: Counter[tuple[Group, str]], others: Iterable[Position]) -> Counts:
    tally = same + _tally(others)
    found: Counts = {("all", name): tally["all", name] for name in ("listed", "verified", "complete")}
    found["all", "brands"], found["all", "routes"] = len(side.by_id("brand")), len(side.by_id("route"))
    order = [tier.id for tier in side.settings.tiers] if side.settings else []
    areas = side.settings.areas if side.settings else ()
    listed = [place.id for area in areas for place in area.places]
    known: tuple[tuple[Group, list[str]], ...] = (("tier", [str(tier) for tier in order]), ("town", listed))
    for group, names in known:
        others_told = {name for kind, name in tally if kind == group} - set(names)
        found.update({(group, name): tally[group, name] for name in (*names, *sorted(others_told))})
    found.update({("fact", fact): tally["fact", fact] for fact in KEY_FACTS})
    return found


def _label(group: Group, key: str, names: dict[tuple[str, str], str], words: Words) -> str:
    phrases = words.tree["review"]
    if group == "all":
        return str(phrases[f"figure_{key}"])
    if group == "fact":
        return str(words.tree["fields"][key])
    return str(phrases["no_tier"]) if key == "unknown" else names.get((group, key), key)
