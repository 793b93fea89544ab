"""A strict reader of Atom (RFC 4287) and one of sitemaps, by the rules of sitemaps.org's own schema."""

import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping
from datetime import date
from urllib.parse import urlsplit

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
# Of an element those within it, each with how often it must and may stand there (RFC 4287, 4.1).
_OF_FEED: Mapping[str, tuple[int, int]] = {
    "id": (1, 1),
    "title": (1, 1),
    "updated": (1, 1),
    "author": (1, 9),
    "link": (0, 9),
    "entry": (0, 999),
}
_OF_ENTRY: Mapping[str, tuple[int, int]] = {"id": (1, 1), "title": (1, 1), "updated": (1, 1), "link": (0, 9), "content": (0, 1)}
_ZONED = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ")
_DAY = re.compile(r"\d{4}-\d\d-\d\d")


def _is_real(day: str) -> bool:
    try:
        date.fromisoformat(day)
    except ValueError:
        return False
    return True


def atom_faults(content: bytes) -> Iterator[str]:
    """What in a feed is not as RFC 4287 has it."""
    feed = ET.fromstring(content)
    if feed.tag != f"{ATOM}feed" or not re.fullmatch(r"[a-z]{2}(-[A-Z]{2})?", feed.get(LANG, "")):
        yield "no feed in a language"
    yield from _held(feed, _OF_FEED)
    for author in feed.iter(f"{ATOM}author"):
        if not (author.findtext(f"{ATOM}name") or "").strip():
            yield "an author without a name"
    ids = [each.text for each in feed.iter(f"{ATOM}id")]
    if len(set(ids)) < len(ids):
        yield "an id twice"
    rels = [(link.get("rel", "alternate"), link.get("type"), link.get("hreflang")) for link in feed.findall(f"{ATOM}link")]
    if len(set(rels)) < len(rels):
        yield "two links of a kind"  # 4.1.1
    entries = feed.findall(f"{ATOM}entry")
    moments = [each.findtext(f"{ATOM}updated") or "" for each in entries]
    if moments and max(moments) != feed.findtext(f"{ATOM}updated"):
        yield "the feed is not of the day of its latest entry"
    for entry in entries:
        yield from _held(entry, _OF_ENTRY)
        if entry.find(f"{ATOM}content") is None and entry.find(f"{ATOM}link") is None:
            yield "an entry says nothing"  # 4.1.2: without content there must be an alternate link


def _held(element: ET.Element, rules: Mapping[str, tuple[int, int]]) -> Iterator[str]:
    names = [child.tag.removeprefix(ATOM) for child in element]
    yield from (f"{name} in {element.tag}" for name in names if name not in rules)
    for name, (least, most) in rules.items():
        if not least <= names.count(name) <= most:
            yield f"{names.count(name)} {name} in {element.tag}"
    for child in element:
        name, text = child.tag.removeprefix(ATOM), child.text or ""
        if name == "id" and not re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|https?://\S+", text):
            yield f"no IRI: {text}"
        if name == "updated" and not (_ZONED.fullmatch(text) and _is_real(text[:10])):
            yield f"no moment: {text}"
        if name == "link" and not urlsplit(child.get("href", "")).scheme:
            yield f"no address: {child.get('href')}"
        if name in ("title", "content") and (child.get("type", "text") != "text" or len(child) or not text.strip()):
            yield f"no text: {name}"


def sitemap_faults(content: bytes) -> Iterator[str]:
    """What in a sitemap, or an index of some, is not as its schema has it."""
    if len(content) > 50_000_000:
        yield "too large"
    root = ET.fromstring(content)
    inner = {f"{MAP}urlset": "url", f"{MAP}sitemapindex": "sitemap"}.get(root.tag)
    if inner is None or not 0 < len(root) <= 50_000:
        yield f"{len(root)} in {root.tag}"
    found = []
    for each in root:
        names = [child.tag for child in each if not child.tag.startswith(XHTML)]
        if each.tag != f"{MAP}{inner}" or names not in ([f"{MAP}loc"], [f"{MAP}loc", f"{MAP}lastmod"]):
            yield f"{names} in {each.tag}"
        address = each.findtext(f"{MAP}loc") or ""
        found.append(address)
        if not re.fullmatch(r"https?://[\x21-\x7e]{1,2000}", address):
            yield f"no address: {address}"
        day = each.findtext(f"{MAP}lastmod")
        if day is not None and not (_DAY.fullmatch(day) and _is_real(day)):
            yield f"no day: {day}"
        links = [(link.get("rel"), link.get("hreflang"), link.get("href")) for link in each.findall(f"{XHTML}link")]
        if links and (address not in [link[2] for link in links] or any(link[0] != "alternate" for link in links)):
            yield f"alternates of {address}: {links}"
    if len(set(found)) < len(found):
        yield "an address twice"


def of_map(content: bytes) -> dict[str, str | None]:
    """The addresses of a sitemap with the day of each."""
    return {str(each.findtext(f"{MAP}loc")): each.findtext(f"{MAP}lastmod") for each in ET.fromstring(content)}
