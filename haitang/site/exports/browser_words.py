"""assets/words.js: every word the browser's scripts show, from templates/words, and the public holidays that opening hours
depend on, and the time zone where it is not China's; once for all pages."""

from collections.abc import Iterator
from datetime import date

from haitang.core.clock import CHINA, offsets
from haitang.schedule.holidays import LAST_YEAR, special_days
from haitang.site.page import File, data_script
from haitang.site.views import Site


def build(site: Site) -> Iterator[File]:
    # From the year of the data on: a clock that is before it is not believed anyway.
    since = site.directory.updated.year if site.directory.updated else LAST_YEAR
    parts = {"words": site.templates.words.live, "days": special_days(since)}
    zone, updated = site.directory.settings.zone, site.directory.updated
    if zone.key != CHINA and updated:
        parts["zone"] = offsets(zone, updated, date(updated.year + 2, 12, 31))
    yield File("assets/words.js", b"".join(data_script(name, data) for name, data in parts.items()))
