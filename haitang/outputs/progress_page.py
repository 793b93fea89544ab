"""progress.html: how far the family has grown, and where help is wanted.

Figures that were published, places that are listed and places that are verified stand side by side and are never mixed.
"""

from collections.abc import Iterator

from haitang.progress import progress_of
from haitang.rendering import Page
from haitang.values import TIERS
from haitang.views import Site


def build(site: Site) -> Iterator[Page]:
    progress, words = progress_of(site.directory), site.templates.words["progress"]
    wanting = [(site.views.card(position), missing) for position, missing in progress.wanting]
    body = site.templates.render(
        "pages/progress.html", progress=progress, settings=site.directory.settings, wanting=wanting, root="", site=site,
        tier_names=tier_names(site),
    )  # fmt: skip
    yield Page("progress.html", "progress", words["title"], words["description"], body)


def tier_names(site: Site) -> dict[str, str]:
    """The short names of all tiers in their order, and of "not known yet"."""
    tiers = site.directory.tier
    return {**{tier: tiers[tier].short_name for tier in TIERS}, "unknown": site.templates.words["tier_unknown"]}
