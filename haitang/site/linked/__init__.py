"""What a page says to programs: JSON-LD in the words of schema.org, in a data block that no browser runs.

The rule: it says nothing that the page does not, and what schema.org has no exact word for is left out. Addresses are whole
ones where it is known where the site is published, else they lead on from the page.
"""

import posixpath
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from html import unescape
from typing import Any

from haitang.site.linked.addresses import Addresses, Node
from haitang.site.linked.events import event
from haitang.site.linked.places import area, brand_node, place
from haitang.site.page import BRAND, HOME, POSITION, ROUTE, TOWN, Page, Sheet, script_json
from haitang.site.templates import Markup
from haitang.site.views import Card, Site
from haitang.site.views.events import Gathering

_CRUMBS = re.compile(r'<nav class="crumbs"[^>]*><ol>(.*?)</ol>', re.DOTALL)
_CRUMB = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)
_TAG = re.compile(r"<[^>]*>")
Values = Mapping[str, Any]


def script(site: Site, page: Page, template: str, html: str, values: Values) -> Markup:
    """The data block of a page whose template was given `values` and made `html`; empty where search engines are not told of
    the page, or where it is for editors."""
    if not page.kind.listed or page.kind.once:
        return Markup("")
    at = Addresses(site, page.path)
    if page.kind is HOME:
        node = _site(site, at)
    else:
        things = [*_THINGS[template](site, at, values)] if template in _THINGS else []
        lists = any(thing["@type"] == "ItemList" for thing in things)
        node = {"@type": "CollectionPage" if lists else "WebPage", "inLanguage": site.language}
        node["breadcrumb"] = _crumbs(page, at, html)
        node["about"] = area(at, values["town"]) if template == "town" and values["known"] else None
        node["mainEntity"] = things[0] if len(things) == 1 else things
    told = {"@context": "https://schema.org", **{name: value for name, value in node.items() if value}}
    return Markup('<script type="application/ld+json">{}</script>').format(Markup(script_json(told).decode()))


def _site(site: Site, at: Addresses) -> Node:
    """The home page is the whole site's. Where it is published, searching is offered to whoever asks a browser for it."""
    settings = site.directory.settings
    node: Node = {"@type": "WebSite", "@id": at.of(HOME.path()), "name": settings.title, "inLanguage": site.language}
    node |= {"alternateName": settings.title_en} if settings.title_en and settings.title_en != settings.title else {}
    node["description"] = settings.description
    if settings.base_url:
        target = at.of("search.html") + "?q={search_term_string}"
        query = "required name=search_term_string"
        node["potentialAction"] = {"@type": "SearchAction", "target": target, "query-input": query}
    return node


def _crumbs(page: Page, at: Addresses, html: str) -> Node | None:
    """The trail as visitors see it; the page itself ends it."""
    found = _CRUMBS.search(html)
    if not found:
        return None
    folder = posixpath.dirname(page.path)
    steps = [
        {"name": unescape(_TAG.sub("", text)), "item": at.of(posixpath.normpath(posixpath.join(folder, unescape(link))))}
        for link, text in _CRUMB.findall(found[1])
    ]
    items = [{"@type": "ListItem", "position": number, **step} for number, step in enumerate([*steps, {"name": page.title}], 1)]
    return {"@type": "BreadcrumbList", "itemListElement": items}


def _listed(at: Addresses, sheet: Sheet[Any], paths: Sequence[str]) -> Node:
    """What a page lists, each by its own page; how many there are in all."""
    return {
        "@type": "ItemList", "numberOfItems": sheet.total, "itemListElement": [{"@id": at.of(path)} for path in paths],
    }  # fmt: skip


def _whole(at: Addresses, paths: Sequence[str]) -> Node:
    return {"@type": "ItemList", "numberOfItems": len(paths), "itemListElement": [{"@id": at.of(path)} for path in paths]}


def _cards(_: Site, at: Addresses, values: Values) -> Iterator[Node]:
    sheet: Sheet[Card] = values["sheet"]
    if sheet.items:
        yield _listed(at, sheet, [f"positions/{card.id}.html" for card in sheet.items])


def _position(site: Site, at: Addresses, values: Values) -> Iterator[Node]:
    yield place(site, at, values["position"])


def _brand(site: Site, at: Addresses, values: Values) -> Iterator[Node]:
    yield brand_node(site, at, values["view"].brand)
    yield from _cards(site, at, values)


def _brands(_: Site, at: Addresses, values: Values) -> Iterator[Node]:
    sheet: Sheet[Any] = values["sheet"]
    yield _listed(at, sheet, [BRAND.path(brand.id) for brand, *_ in sheet.items])


def _towns(site: Site, at: Addresses, values: Values) -> Iterator[Node]:
    shown = {path for path, _ in TOWN.pages(site.directory)}
    paths = [path for _, towns in values["groups"] for town, _ in towns if (path := TOWN.path(town.id)) in shown]
    yield _whole(at, paths)


def _needs(_: Site, at: Addresses, values: Values) -> Iterator[Node]:
    yield _whole(at, [need.path for _, needs in values["groups"] for need, _ in needs])


def _route(_: Site, at: Addresses, values: Values) -> Iterator[Node]:
    view = values["view"]
    stops = [
        {"@type": "ListItem", "position": stop.number, "item": {"@id": at.of(POSITION.path(stop.position.id))}}
        for stop in view.stops
    ]
    node = {"@type": "ItemList", "@id": at.of(ROUTE.path(view.route.id)), "name": view.route.name}
    yield {**node, "numberOfItems": len(stops), "itemListElement": stops}


def _routes(_: Site, at: Addresses, values: Values) -> Iterator[Node]:
    sheet: Sheet[Any] = values["sheet"]
    yield _listed(at, sheet, [ROUTE.path(card.id) for card in sheet.items])


def _activities(site: Site, at: Addresses, values: Values) -> Iterator[Node]:
    gatherings: Sequence[Gathering] = values["sheet"].items if "sheet" in values else values["shown"]
    found = [node for each in gatherings if (node := event(site, at, each))]
    if found:
        yield {"@type": "ItemList", "itemListElement": found}


# By the template of the page.
_THINGS: Mapping[str, Callable[[Site, Addresses, Values], Iterator[Node]]] = {
    "position": _position,
    "positions": _cards,
    "children": _cards,
    "tier": _cards,
    "need": _cards,
    "town": _cards,
    "towns": _towns,
    "brand": _brand,
    "brands": _brands,
    "needs": _needs,
    "route": _route,
    "routes": _routes,
    "activities": _activities,
    "week": _activities,
}
