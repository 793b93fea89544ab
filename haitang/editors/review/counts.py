"""Counts before and after: how many places of each tier and town, how much is known of them.

The rule: counted as on the progress page (places that closed or merged are not), also while a side is not sound; only what
moved is told.
"""

from collections import Counter
from collections.abc import Iterator

from haitang.data.directory import KEY_FACTS, missing_facts
from haitang.editors.review.report import Figure, Group
from haitang.editors.review.revisions import Side
from haitang.model.messages import Words

Counts = dict[tuple[Group, str], int]


def figures(base: Side, head: Side, words: Words) -> Iterator[Figure]:
    """What moved, totals first."""
    before, after = _counts(base), _counts(head)
    names = base.names | head.names
    for group, key in dict.fromkeys((*before, *after)):
        old, new = before.get((group, key), 0), after.get((group, key), 0)
        if old != new:
            yield Figure(group, _label(group, key, names, words), old, new)


def _counts(side: Side) -> Counts:
    places = side.positions
    found: Counts = {
        ("all", "listed"): len(places),
        ("all", "verified"): sum(1 for place in places if place.verified),
        ("all", "complete"): sum(1 for place in places if not missing_facts(place)),
        ("all", "brands"): len(side.by_id("brand")),
        ("all", "routes"): len(side.by_id("route")),
    }
    tiers = Counter(place.tier or "unknown" for place in places)
    towns = Counter(place.town for place in places)
    order = [tier.id for tier in side.settings.tiers] if side.settings else []
    areas = side.settings.areas if side.settings else ()
    found.update({("tier", str(tier)): tiers[tier] for tier in (*order, *sorted(set(tiers) - set(order)))})
    listed = [place.id for area in areas for place in area.places]
    found.update({("town", town): towns[town] for town in (*listed, *sorted(set(towns) - set(listed)))})
    for fact in KEY_FACTS:
        found["fact", fact] = sum(1 for place in places if getattr(place, fact) is not None)
    return found


def _label(group: Group, key: str, names: dict[tuple[str, str], str], words: Words) -> str:
    phrases = words.tree["review"]
    if group == "all":
        return str(phrases[f"figure_{key}"])
    if group == "fact":
        return str(words.tree["fields"][key])
    return str(phrases["no_tier"]) if key == "unknown" else names.get((group, key), key)
