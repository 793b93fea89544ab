"""404.html: where an address leads nowhere. A server shows it under any address, so its links start at the site's root;
that is known only where the public address is, and without one there is no such page."""

from collections.abc import Iterator
from urllib.parse import urlsplit

from haitang.site.templates import LANGUAGE, File
from haitang.site.views import Site


def build(site: Site) -> Iterator[File]:
    settings, words = site.directory.settings, site.templates.words
    if settings.base_url is None:
        return
    root = urlsplit(settings.base_url).path.rstrip("/") + "/"
    updated = site.directory.updated.isoformat() if site.directory.updated else ""
    html = site.templates.render(
        "pages/not_found.html", settings=settings, root=root, section="", updated=updated, title=words["not_found"]["title"],
        description=words["not_found"]["text"], base="", path="", site_title=settings.title, language=LANGUAGE,
        directory=site.directory, has_changes=bool(site.changes), tell_us=site.tell_us,
    )  # fmt: skip
    yield File("404.html", html.encode())
