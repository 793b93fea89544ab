"""The tier that a place's name tells for certain.

The rule: a tier is where a place stands, not what its sign calls it. The ends of names are known by the tiers' own names, what
stands before them by the plain words of `siting`, and a town's own place by the town's name.
"""

import re
from collections.abc import Container, Sequence

from haitang.model.tiers import TierInfo

_BETWEEN = re.compile(r"[、，,；;（）()]")
_GRASSROOTS = ("村", "社区")  # below towns everywhere: of the second tier, where no tier says where it stands


def _ends_with(name: str, end: str) -> bool:
    """Whether these are the last characters of a name; in Latin letters, its last words."""
    return name.endswith(end) and not (end.isascii() and name.removesuffix(end)[-1:].isalnum())


class NamedTiers:
    """The tiers of a directory, the highest first; `towns` are all that towns are called."""

    def __init__(self, tiers: Sequence[TierInfo], towns: Container[str]) -> None:
        self._towns = towns
        self._ids = [tier.id for tier in tiers]
        called = ((name, at) for at, tier in enumerate(tiers) for name in dict.fromkeys((tier.name, tier.short_name)))
        own = {at: tier.name for at, tier in enumerate(tiers)}
        ends = ((name.casefold(), at) for name, at in called if name == own[at] or name.isascii())
        self._ends = sorted(ends, key=lambda end: -len(end[0]))
        self._last_sited = max((at for at, tier in enumerate(tiers) if tier.siting), default=0)
        self._sited = [bool(tier.siting) for tier in tiers]
        self._places = [tuple(filter(None, map(str.strip, _BETWEEN.split(tier.siting or "")))) for tier in tiers]
        if len(tiers) > 1 and not any(self._sited):
            self._places[1] = _GRASSROOTS

    def told_by(self, name: str) -> str:
        """The tier's id, else nothing."""
        name = " ".join(name.casefold().split())
        end, said = next((end for end in self._ends if _ends_with(name, end[0])), ("", -1))
        before = name.removesuffix(end) if end else ""
        if len(before) < 2:
            return ""
        if end.isascii() and " " in end:  # several words of a tier's own are no other place's
            return self._ids[said]
        if said == 0 and before in self._towns:
            return self._ids[0]
        there = next((at for at, words in enumerate(self._places) if words and before.endswith(words)), -1)
        if there >= said:
            return self._ids[there]
        is_open = said == 0 or (self._sited[said] and said < self._last_sited)  # it is for other places too
        return "" if is_open else self._ids[said]
