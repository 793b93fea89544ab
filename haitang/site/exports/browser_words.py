"""assets/words.js: every word that the pages' scripts show, from templates/words, the tiers, the public holidays that opening
hours depend on, the footer of pages of positions, the terms of use where there are any, and, where it is not China's, the time
zone and how one dials; once for all pages."""

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from haitang.core.clock import CHINA, offsets
from haitang.model.abroad.phones import dial
from haitang.model.abroad.region import CHINA as CHINA_REGION
from haitang.schedule.holidays import special_days
from haitang.site.languages.folders import lifted, words_path
from haitang.site.page import POSITION, File, data_script
from haitang.site.views import Site

FIRST_YEAR = 2026  # no clock before it is right: frontend/src/schedule/clock.ts
_HALLS = ("kiosk", "kioskPages")  # words of the screens in halls
_YEARS = 10  # as long as a site may lie somewhere and still tell the time of another zone


def build(site: Site) -> Iterator[File]:
    """Without those of the screens in halls."""
    yield _made(site, {name: word for name, word in site.templates.words.live.items() if name not in _HALLS})


def in_hall(site: Site) -> File:
    """With them, for a screen that holds all of its data itself."""
    return _made(site, site.templates.words.live)


def _made(site: Site, words: Mapping[str, Any]) -> File:
    # From the data's year on: a clock that is before it is not believed anyway.
    settings, updated = site.directory.settings, site.directory.updated
    since = updated or date(FIRST_YEAR, 1, 1)
    parts: dict[str, Any] = {
        "words": words,
        "tiers": {"id": [*site.tier_names], "look": [*site.looks], "name": [*site.tier_names.values()]},
        "days": special_days(since.year, settings.calendar),
        "foot": {"html": lifted(str(site.footer("../" * POSITION.address.count("/"))), site)},
    }
    if settings.zone.key != CHINA:
        parts["zone"] = offsets(settings.zone, since, date(since.year + _YEARS, 12, 31))
    if settings.country != CHINA_REGION:
        parts["dial"] = dial(settings.country)
    if settings.terms:
        parts["terms"] = {"name": settings.terms.id or settings.terms.name, "url": settings.terms.url or ""}
    return File(words_path(site), b"".join(data_script(name, data) for name, data in parts.items()))
