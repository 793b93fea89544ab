"""unverified.html: what is missing or not verified, town by town, so that whoever knows can say so."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass

from haitang.data.directory import KEY_FACTS
from haitang.model.entries import Position
from haitang.model.types import GONE
from haitang.site.templates import Page, sheet_path, sheets
from haitang.site.views import Site, public_address
from haitang.site.views.feedback import Correction, correction
from haitang.site.views.freshness import wanted

STEM = "unverified"
ROWS = 100  # of one page: each is a name, what is missing, and an address to say so


@dataclass(frozen=True, slots=True)
class Counts:
    """What stands at the top: places in use, how many of them nobody has asked at, and how many lack each fact."""

    in_use: int
    never: int
    facts: tuple[tuple[str, int], ...]


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words["unverified"]
    groups = wanted(directory, directory.updated)
    rows = [(group, each) for group in groups for each in group.wanted]
    missing = Counter(fact for _, each in rows for fact in each.missing)
    begins: dict[str, int] = {}
    for at, (group, _) in enumerate(rows):
        begins.setdefault(group.town.id, at)
    counts = Counts(
        sum(1 for position in directory.positions if position.status not in GONE),
        sum(1 for _, each in rows if each.verified is None),
        tuple((fact, missing[fact]) for fact in KEY_FACTS),
    )
    for sheet in sheets(rows, STEM, ROWS):
        # A town's anchor stands on the page where the town begins.
        towns = [(group, sheet_path(STEM, begins[group.town.id] // ROWS + 1)) for group in groups]
        body = site.templates.render(
            "pages/unverified.html", sheet=sheet, towns=towns, counts=counts, root="", site=site,
            corrections={each.position.id: _correction(site, each.position) for _, each in sheet.items},
        )  # fmt: skip
        yield Page(sheet.path, "progress", words["title"], words["description"], body)


def _correction(site: Site, position: Position) -> Correction | None:
    settings = site.directory.settings
    address = public_address(settings.base_url, f"positions/{position.id}.html")
    return correction(settings, site.templates.words, "position", (position.id, position.name), address)
