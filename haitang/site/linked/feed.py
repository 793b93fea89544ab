"""data/changes.xml and, of the first language, data/v1/changes.atom: what has changed, latest first (Atom, RFC 4287).

The rule: an entry says what anybody may know, in words: of which place, and which field became what. Addresses stand in it only
where it is known where the site is published; ids stay the same wherever that is.
"""

from collections.abc import Iterator
from functools import partial
from html import escape
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from haitang.model.field_specs import entry_spec
from haitang.model.messages import words as words_for_editors
from haitang.site.edition.recipe import Recipe
from haitang.site.languages.translation import text_in
from haitang.site.page import CHANGES, File
from haitang.site.templates import LANGUAGE
from haitang.site.views import Site, public_address
from haitang.site.views.changelog import Change

ATOM, RELEASED = "data/changes.xml", "data/v1/changes.atom"
MOST = 100  # entries: who reads it comes more often than that


def feeds(site: Site, made_of: tuple[Any, ...]) -> Iterator[Recipe]:
    for path in (ATOM,) if site.folder else (ATOM, RELEASED):
        yield Recipe(path, made_of, partial(_file, site, path))


def feed_link(site: Site) -> str:
    """The element of a head by which readers of news find the feed, from a page at the root; empty where there is none."""
    if not site.changes:
        return ""
    title = escape(site.templates.words["changes"]["title"])
    return f'<link rel="alternate" type="application/atom+xml" title="{title}" href="{ATOM}">'


def _file(site: Site, path: str) -> File:
    return File(path, "".join(_feed(site)).encode())


def _feed(site: Site) -> Iterator[str]:
    text, words, title = partial(escape, quote=False), site.templates.words["changes"], site.directory.settings.title
    address = partial(_address, site)
    feed, listing = address(ATOM), address(CHANGES.path())
    yield f'<?xml version="1.0" encoding="UTF-8"?>\n<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="{site.language}">\n'
    yield f"<id>{_urn(title, site.folder)}</id>\n<title>{text(title)} · {text(words['title'])}</title>\n"
    yield f"<updated>{site.changes[0].day}T00:00:00Z</updated>\n<author><name>{text(title)}</name></author>\n"
    if feed and listing:
        yield f'<link rel="self" type="application/atom+xml" href="{escape(feed)}"/>\n<link href="{escape(listing)}"/>\n'
    for change in site.changes[:MOST]:
        what = words["kind"][change.kind].format(count=change.count)
        headline = f"{what}{words['colon']}{change.name}" if change.entry else what
        there = address(change.page or CHANGES.path())
        own = _urn(change.day, change.kind, change.entry or "", change.id, site.folder)
        yield f"<entry><id>{own}</id><title>{text(headline)}</title><updated>{change.day}T00:00:00Z</updated>"
        yield f'<link href="{escape(there)}"/>' if there else ""
        told = "\n".join((f"{change.day} {headline}", *_sentences(site, change)))
        yield f'<content type="text">{text(told)}</content></entry>\n'
    yield "</feed>\n"


def _address(site: Site, path: str) -> str | None:
    return public_address(site.directory.settings.base_url, site.folder + path)


def _sentences(site: Site, change: Change) -> Iterator[str]:
    """What became of each field whose values may be told, and last which others changed."""
    words, told = site.templates.words["changes"], {name for name, _, _ in change.values}
    if change.former and "name" not in told:
        yield words["former"].format(name=change.former)
    for name, old, new in change.values:
        before, after = (value and _said(site, name, value) for value in (old, new))
        how = "became" if old and new else "told" if new else "untold"
        yield words["field"][how].format(field=_label(site, change, name), before=before, after=after)
    others = [_label(site, change, name) for name in change.fields if name not in told]
    if others and change.kind in ("updated", "renamed"):
        yield words["field"]["others"].format(fields=site.templates.words["list_comma"].join(others))


def _said(site: Site, field: str, value: str) -> str:
    """A value as pages say it."""
    directory, words = site.directory, site.templates.words
    if field == "tier":
        return site.tier_names.get(value, value)
    if field == "town" and value in directory.town:
        return directory.town[value].name
    return words["status"].get(value, value) if field == "status" else value


def _label(site: Site, change: Change, field: str) -> str:
    """What visitors in a language hear a field called."""
    if site.language == "en":
        return str(words_for_editors("en").tree["fields"].get(field, field))
    labels = {each.name: each.label for each in entry_spec(change.entry or "position").fields}
    return text_in(LANGUAGE, site.language)(labels.get(field, field))


def _urn(*parts: str) -> str:
    """`parts` may end in the folder of a further language, which the first one's ids do not have."""
    return f"urn:uuid:{uuid5(NAMESPACE_URL, 'haitang:' + '/'.join(parts).removesuffix('/'))}"
