"""data/v1: everything the directory knows, for other programs, under names that stay.

The rule: what is published is said in `v1` and nowhere else; `converted` alone knows both it and the model. A position and a
brand are written down once, each in its own file; all collections are put together from these.
"""

from collections.abc import Callable, Iterator, Mapping

from haitang.site.edition.recipe import Recipe
from haitang.site.exports import icalendar
from haitang.site.exports.release import collections as _collections
from haitang.site.exports.release import package, v1
from haitang.site.exports.release.files import head
from haitang.site.views import Site

Read = Callable[[str], bytes]


def collections(site: Site, digests: Mapping[str, str], read: Read) -> Iterator[Recipe]:
    """What is put together from files that are in the site already, given their digests by path and how to read one."""
    yield from _collections.build(site, digests, read)
    own = head(site, "directory")
    about = " · ".join(str(own[name]) for name in ("attribution", "licence", "licence_url", "version", "generator"))
    yield icalendar.release(site, f"{v1.FOLDER}activities.ics", about, digests, read)


def sealed(site: Site, digests: Callable[[], Mapping[str, str]], read: Read) -> Iterator[Recipe]:
    """What says of everything in the folder how to tell that it is whole: made last, one after the other."""
    yield from package.package(site, digests(), read)
    yield from package.sums(site, digests(), read)
