"""Which addresses the site has for a side's entries, and which of them were printed as QR codes.

The rule: as the outputs have it, without rendering anything; further sheets of long lists are not told.
"""

from collections.abc import Iterator, Mapping

from haitang.editors.review.report import DeadCode
from haitang.editors.review.revisions import Side


def pages(side: Side) -> set[str]:
    """The pages that come and go with entries and settings."""
    found = set(codes(side))
    found.update(f"brands/{brand.id}.html" for _, brand in side.of("brand"))
    chapters = [f"about/{chapter.id}.html" for _, chapter in side.of("chapter")]
    found.update([*chapters, "about/index.html"] if chapters else [])
    if any(side.of("route")):
        found.add("routes/index.html")
    found.update(_of_settings(side))
    return found


def _of_settings(side: Side) -> Iterator[str]:
    if side.settings is None:
        return
    held = {entry.town for _, entry in side.of("position")}
    lively = {entry.town for _, entry in side.of("position") if entry.activities}
    for area in side.settings.areas:
        yield from (f"towns/{town.id}.html" for town in area.places if town.id != area.id or town.id in held)
        yield from (f"activities/town-{town.id}.html" for town in area.places if town.id in lively)
    yield from (f"tiers/{tier.id}.html" for tier in side.settings.tiers)
    yield from (f"activities/kind-{kind.id}.html" for kind in side.settings.activity_kinds)


def codes(side: Side) -> Mapping[str, str]:
    """The addresses of printed QR codes, also those of former ids: address → id of the entry it leads to."""
    found: dict[str, str] = {}
    for kind, folder in (("position", "positions"), ("route", "routes")):
        for entry in side.by_id(kind).values():  # type: ignore[arg-type]
            found.update({f"{folder}/{former}.html": f"{kind}:{entry.id}" for former in entry.former_ids})
    for kind, folder in (("position", "positions"), ("route", "routes")):
        found.update({f"{folder}/{name}.html": f"{kind}:{name}" for name in side.by_id(kind)})  # type: ignore[arg-type]
    return found


def dead_codes(base: Side, head: Side, renamed: Mapping[str, str]) -> list[DeadCode]:
    """The printed codes that lead nowhere any more, and those that lead to another entry; `renamed` is old → new id, with
    the kind before each."""
    before, after = codes(base), codes(head)
    found = []
    for address, old in sorted(before.items()):
        name = _name(base, old)
        now = after.get(address)
        if now is None:
            found.append(DeadCode(address, name))
        elif now not in (old, renamed.get(old)):
            found.append(DeadCode(address, name, _name(head, now)))
    return found


def _name(side: Side, key: str) -> str:
    kind, _, own = key.partition(":")
    return side.names.get((kind, own), own)
