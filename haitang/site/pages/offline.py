"""offline.html: what the service worker shows for a page that was never read, while there is no network."""

from collections.abc import Iterator

from haitang.site.templates import Page
from haitang.site.views import Site


def build(site: Site) -> Iterator[Page]:
    if site.directory.settings.offline:
        words = site.templates.words["offline"]
        yield Page("offline.html", "find", words["title"], words["text"], site.templates.render("pages/offline.html", root=""))
