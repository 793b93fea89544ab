"""sitemap.xml, where the site's public address is known."""

from collections.abc import Iterator
from xml.sax.saxutils import escape

from haitang.site.templates import File
from haitang.site.views import Site


def build(site: Site) -> Iterator[File]:
    directory = site.directory
    base = directory.settings.base_url
    if base is None:
        return
    paths = ["index.html", "search.html", "map.html", "positions/index.html", "brands/index.html", "towns/index.html"]
    paths += ["progress.html", "unverified.html", *(["about/index.html"] if directory.chapters else [])]
    paths += ["changes.html"] if site.changes else []
    paths += [f"about/{chapter.id}.html" for chapter in directory.chapters]
    paths += ["activities/index.html", "activities/week.html"]
    paths += [f"positions/{position.id}.html" for position in directory.positions]
    paths += [f"brands/{brand.id}.html" for brand in directory.brands]
    paths += [f"towns/{town.id}.html" for area in directory.settings.areas for town in area.towns]
    paths += [f"tiers/{tier.id}.html" for tier in directory.settings.tiers]
    paths += ["routes/index.html", *(f"routes/{route.id}.html" for route in directory.routes)] if directory.routes else []
    paths += [f"activities/kind-{kind.id}.html" for kind in directory.settings.activity_kinds]
    urls = "".join(f"<url><loc>{escape(base.rstrip('/'))}/{path}</loc></url>\n" for path in paths)
    head = '<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">\n'
    yield File("sitemap.xml", f"{head}{urls}</urlset>\n".encode())
