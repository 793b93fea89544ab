"""changes.html, data/changes.json and data/changes.xml (Atom, RFC 4287): what has changed, latest first. Without a history
there is none of them."""

import json
from collections.abc import Iterator
from uuid import NAMESPACE_URL, uuid5
from xml.sax.saxutils import escape, quoteattr

from haitang.model.field_specs import entry_spec
from haitang.site.templates import File, Page, sheets
from haitang.site.views import Site, public_address
from haitang.site.views.changelog import Change

ROWS = 150  # of one page
FEED = 100  # entries of the feed: who reads it comes more often than that
DATA, ATOM = "data/changes.json", "data/changes.xml"


def build(site: Site) -> Iterator[Page | File]:
    if not site.changes:
        return
    words = site.templates.words["changes"]
    labels = {kind: {each.name: each.label for each in entry_spec(kind).fields} for kind in ("position", "brand", "route")}
    for sheet in sheets(site.changes, "changes", ROWS):
        body = site.templates.render("pages/changes.html", sheet=sheet, labels=labels, root="", site=site, data=DATA, atom=ATOM)
        yield Page(sheet.path, "progress", words["title"], words["description"], body)
    told = [_object(change) for change in site.changes]
    yield File(DATA, (json.dumps({"changes": told}, ensure_ascii=False, indent=1) + "\n").encode())
    yield File(ATOM, "".join(_feed(site)).encode())


def _object(change: Change) -> dict[str, object]:
    values = {
        "day": change.day, "change": change.kind, "kind": change.entry, "id": change.id, "name": change.name,
        "former_name": change.former, "fields": list(change.fields), "page": change.page,
        "count": change.count if change.entry is None else None,
    }  # fmt: skip
    return {key: value for key, value in values.items() if value not in (None, "", [])}


def _feed(site: Site) -> Iterator[str]:
    """Addresses only where it is known where the site is published; ids stay the same wherever that is."""
    settings, words = site.directory.settings, site.templates.words["changes"]
    own, page = (public_address(settings.base_url, path) for path in (ATOM, "changes.html"))
    yield '<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="zh-CN">\n'
    yield f"<id>{_urn(settings.title)}</id>\n<title>{escape(settings.title)} · {escape(words['title'])}</title>\n"
    yield f"<updated>{site.changes[0].day}T00:00:00Z</updated>\n<author><name>{escape(settings.title)}</name></author>\n"
    if own and page:
        yield f'<link rel="self" type="application/atom+xml" href={quoteattr(own)}/>\n<link href={quoteattr(page)}/>\n'
    for change in site.changes[:FEED]:
        said = words["kind"][change.kind].format(count=change.count)
        title = f"{said}{words['colon']}{change.name}" if change.entry else said
        there = public_address(settings.base_url, change.page or "changes.html")
        yield f"<entry><id>{_urn(change.day, change.kind, change.entry or '', change.id)}</id><title>{escape(title)}</title>"
        yield f"<updated>{change.day}T00:00:00Z</updated>"
        yield f"<link href={quoteattr(there)}/>" if there else ""
        yield f'<content type="text">{escape(change.day)} {escape(title)}</content></entry>\n'
    yield "</feed>\n"


def _urn(*parts: str) -> str:
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'haitang:' + '/'.join(parts))}"
