"""sitemap.xml, where the site's public address is known: every page that was published and that its kind lets be listed."""

from collections.abc import Iterable, Iterator
from html import escape

from haitang.site.page import File, Page
from haitang.site.views import public_address


def sitemap(base_url: str | None, book: Iterable[Page]) -> Iterator[File]:
    if base_url is None:
        return
    addresses = (public_address(base_url, page.path) or "" for page in book if page.kind.listed)
    urls = "".join(f"<url><loc>{escape(address, quote=False)}</loc></url>\n" for address in addresses)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    yield File("sitemap.xml", f"{head}{urls}</urlset>\n".encode())
