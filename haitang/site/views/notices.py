"""Notices as pages show them: what to know, for which days, and about where.

The rule: what is over on the day of the data is left out, and what has not begun then is there and hidden: the browser's clock
(frontend/src/schedule/notices.ts) goes on from there. Recipes of pages that show notices name these values.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from haitang.model.entries import Notice, Position
from haitang.model.settings import SiteNotice
from haitang.site.languages.dates import days
from haitang.site.views import Site


@dataclass(frozen=True, slots=True)
class NoticeView:
    """One notice. `since` and `until` are its first and last day as YYYY-MM-DD, `days` the same in words; `where` names what it
    is about and `towns` are the ids of all towns there, both empty where it is about everything; `later`: not begun yet."""

    text: str
    since: str
    until: str
    days: str
    where: str
    towns: tuple[str, ...]
    later: bool


def all_notices(site: Site) -> tuple[NoticeView, ...]:
    """Those of directory.yml."""
    return _shown(site, site.directory.settings.notices)


def notices_of_town(site: Site, town: str) -> tuple[NoticeView, ...]:
    """Those of directory.yml that name a town, or its area."""
    return _shown(site, (each for each in site.directory.settings.notices if _names(site, each, town)))


def own_notices(site: Site, position: Position) -> tuple[NoticeView, ...]:
    """A position's own."""
    return _shown(site, position.notices)


def notices_at(site: Site, position: Position) -> tuple[NoticeView, ...]:
    """A position's own, then those of its town, then those for everybody."""
    general = site.directory.settings.notices
    of_town = [each for each in general if _names(site, each, position.town)]
    return _shown(site, (*position.notices, *of_town, *(each for each in general if not each.areas)))


def _names(site: Site, notice: SiteNotice, town: str) -> bool:
    return town in notice.areas or site.directory.area[town].id in notice.areas


def _shown(site: Site, notices: Iterable[Notice]) -> tuple[NoticeView, ...]:
    day = site.directory.updated
    return tuple(_view(site, each, day) for each in notices if day is None or each.until.last >= day)


def _view(site: Site, notice: Notice, day: date | None) -> NoticeView:
    words, directory = site.templates.words, site.directory
    areas = notice.areas if isinstance(notice, SiteNotice) else ()
    since, until = notice.since.first, notice.until.last
    named = {area.id: area.name for area in directory.settings.areas}
    names = (named.get(each) or directory.town[each].short_name or directory.town[each].name for each in areas)
    inside = {area.id: (*(town.id for town in area.towns), area.id) for area in directory.settings.areas}
    return NoticeView(
        text=notice.text,
        since=since.isoformat(),
        until=until.isoformat(),
        days=days(since, until, site.language),
        where=words["list_comma"].join(names),
        towns=tuple(town for each in areas for town in inside.get(each, (each,))),
        later=day is not None and since > day,
    )
