"""HAITANG.kiosk.needs: which places have what somebody may need, as the website's pages of needs list them.

The rule: the places are those of the website's own page, asked of the same function, so that a hall never says otherwise.
"""

from collections.abc import Iterator
from typing import Any

from haitang.site.exports import columns
from haitang.site.pages.home import tiles_of
from haitang.site.views import Site
from haitang.site.views.needs import Need, meeting


def described(site: Site) -> dict[str, Any]:
    """`rows`: the places of each need in the order of data/needs.js, a set of `columns` each; `first`: the ids of those that
    the home page offers."""
    return {"first": [need.id for need in tiles_of(site)], "rows": columns.sets(_rows(site))}


def _rows(site: Site) -> Iterator[set[int]]:
    row = {position.id: at for at, position in enumerate(site.directory.positions)}
    for need in site.needs:
        yield {row[each] for each in _places(site, need)}


def _places(site: Site, need: Need) -> Iterator[str]:
    """Ids of the places that have it, or where something of the kind may still be found."""
    if need.kind != "activity_kind":
        yield from (position.id for position in meeting(site.directory, need))
        return
    for event in site.programme.shown:
        if event.kind and event.kind.id == need.id:
            yield event.position.id
