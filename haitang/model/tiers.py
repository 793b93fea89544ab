"""Tiers: the ranks of a directory's places, as many as it has and called as it calls them, and how each is drawn.

The rule: their order in directory.yml is their rank, the first the highest; no two tiers of a directory are drawn alike, so
that a look stands for its tier in all that is drawn.
"""

from collections.abc import Mapping, Sequence
from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from haitang.model.entries import Entry, Source
from haitang.model.types import Count, Id, Line, Name, Words, problem

MOST = 12
UNKNOWN = "unknown"  # where the tier of a place is not known yet: a word of ours beside the ids
Shape = Literal["flower", "open", "bud", "leaf", "circle"]
Shapes = Literal["flowers", "circles"]
# How a tier is drawn, by the name of its symbol (`#f-centre`) and the end of its classes (`mark-centre`).
FLOWERS: Mapping[str, str] = {"flower": "centre", "open": "station", "bud": "point", "leaf": "other"}
CIRCLES = tuple(f"circle-{rank:02}" for rank in range(1, MOST + 1))  # smaller with each rank
LOOKS = (*FLOWERS.values(), *CIRCLES, UNKNOWN)


def _known(tier: str) -> str:
    if tier == UNKNOWN:
        raise problem("reserved-id", value=tier)
    return tier


class TierInfo(Entry):
    """What a tier is: by siting rule, not by the name on the plate."""

    id: Annotated[Id, AfterValidator(_known)]
    name: Name
    short_name: Name
    name_en: Name | None = None
    short_name_en: Name | None = None
    look: Shape | None = None
    keyword: Name | None = None
    siting: Line | None = None
    functions: Words = ()
    text: Line | None = None
    sources: Annotated[tuple[Source, ...], Field(max_length=10)] = ()


class TierCount(Entry):
    """`unit` is the measure word of the source (家, 个): figures of different ones are never added up."""

    tier: Name
    value: Count
    unit: Name | None = None


def looks_of(tiers: Sequence[TierInfo], shapes: Shapes | None) -> dict[str, str]:
    """By id, in their order, the look of each: the one it names; else, of flowers the first that is free, where there are no
    more tiers than flowers and nobody asked for circles, and of circles the one of its rank."""
    named = {tier.look for tier in tiers}
    free = [look for shape, look in FLOWERS.items() if shape not in named]
    flowers = iter(free if shapes == "flowers" or (shapes is None and len(tiers) <= len(FLOWERS)) else ())
    found = {}
    for tier, circle in zip(tiers, CIRCLES, strict=False):
        found[tier.id] = FLOWERS.get(tier.look, circle) if tier.look else next(flowers, circle)
    return found
