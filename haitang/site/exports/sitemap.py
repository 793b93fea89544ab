"""sitemap.xml, where the site's public address is known: every page that was published and that its kind lets be listed, with
the day it last changed where that is known, and the same page in the other languages. robots.txt: every page may be read.

The rule: days are the data's, never the clock's. What is more than a sitemap may hold is split; sitemap.xml names the parts.
"""

from collections.abc import Iterable, Iterator, Mapping
from html import escape

from haitang.site.page import ABOUT, BRAND, HANDWRITTEN, LICENCES, POSITION, ROUTE, TOWN, File, Page, language_folder
from haitang.site.views import Site, public_address

MOST, MOST_BYTES = 50_000, 50_000_000  # of one sitemap (sitemaps.org)
PATH = "sitemap.xml"
_HEAD = '<?xml version="1.0" encoding="UTF-8"?>\n'
_SPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"'
_LINKS = ' xmlns:xhtml="http://www.w3.org/1999/xhtml"'
_UNDATED = (ABOUT, HANDWRITTEN, LICENCES)  # which are not made of the data


def sitemap(site: Site, book: Iterable[Page]) -> Iterator[File]:
    base = site.directory.settings.base_url
    yield File("robots.txt", _robots(base).encode())
    if base is None:
        return
    pages = [page for page in book if page.kind.listed]
    parts = [*_parts(_urls(site, base, pages))]
    languages = _LINKS if site.translations else ""
    for number, part in enumerate(parts, 1):
        path = PATH if len(parts) == 1 else f"sitemap-{number}.xml"
        yield File(path, f"{_HEAD}<urlset {_SPACE}{languages}>\n{part}</urlset>\n".encode())
    if len(parts) > 1:
        paths = (public_address(base, f"sitemap-{number}.xml") or "" for number in range(1, len(parts) + 1))
        named = "".join(f"<sitemap><loc>{escape(path, quote=False)}</loc></sitemap>\n" for path in paths)
        yield File(PATH, f"{_HEAD}<sitemapindex {_SPACE}>\n{named}</sitemapindex>\n".encode())


def _robots(base: str | None) -> str:
    named = f"\nSitemap: {public_address(base, PATH)}\n" if base else ""
    return f"User-agent: *\nAllow: /\n{named}"


def _parts(urls: Iterable[str]) -> Iterator[str]:
    """As many in each as one sitemap may hold; one in any case."""
    part, size = list[str](), 0
    for url in urls:
        more = len(url.encode())
        if len(part) == MOST or size + more > MOST_BYTES - 1_000:
            yield "".join(part)
            part, size = [], 0
        part.append(url)
        size += more
    yield "".join(part)


def _urls(site: Site, base: str, pages: list[Page]) -> Iterator[str]:
    days, versions = last_days(site), (site, *site.translations)
    out = {page.path for page in pages}
    for page in pages:
        own = page.path[len(language_folder(page.path)) :]  # of a page that was taken over the book knows no more
        day = days.get(own) or (days.get("") if page.kind not in (*_UNDATED, POSITION, BRAND, ROUTE, TOWN) else None)
        there = [(each.language, each.folder + own) for each in versions if each.folder + own in out]
        url = [f"<url><loc>{_told(base, page.path)}</loc>", f"<lastmod>{day}</lastmod>" if day else ""]
        if len(there) > 1 and not page.kind.once:
            url += (
                f'<xhtml:link rel="alternate" hreflang="{language}" href="{_told(base, path)}"/>'
                for language, path in (*there, ("x-default", there[0][1]))
            )
        yield "".join((*url, "</url>\n"))


def _told(base: str, path: str) -> str:
    return escape(public_address(base, path) or "")


def last_days(site: Site) -> Mapping[str, str]:
    """When pages last changed, as YYYY-MM-DD by their path: an entry's page when its file did, or when somebody last asked
    there; a town's with the last of its places, where all are known. By the empty path, the day of all data."""
    directory = site.directory
    days = {change.page: change.day for change in reversed(site.changes) if change.page}
    for position in directory.positions:
        path = POSITION.path(position.id)
        told = [day for day in (days.get(path), str(position.verified.on) if position.verified else None) if day]
        days |= {path: max(told)} if told else {}
    for path, town in TOWN.pages(directory):
        of_places = [days.get(POSITION.path(each.id)) for each in directory.in_town(town.id)]
        if of_places and all(of_places):
            days[path] = max(day for day in of_places if day)
    return {**days, **({"": directory.updated.isoformat()} if directory.updated else {})}
