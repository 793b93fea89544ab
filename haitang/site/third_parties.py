"""What of a page or a style sheet asks another host for something, whether it is shown, submitted or followed by itself; and
what of a page its policy stops.

The rule: tags and attributes are read as the HTML standard's tokenizer reads them, so that what a browser takes for an address
is one here, and what stands in quotes is a text. A link that a visitor may follow asks nobody for anything.
"""

import re
from collections.abc import Iterator
from html import unescape

# A tag: its name, then names of attributes with values in quotes or without. What is never closed goes on to the end. Nothing
# is ever matched in two ways, or twice: a page takes as long as it is long.
_TAG = (
    r"<([a-zA-Z][^\s/>]*+)"
    r"""((?:[\s/]++|[^\s/>][^\s/>=]*+(?:\s*+=\s*+(?:"[^"]*+(?:"|\Z)|'[^']*+(?:'|\Z)|[^\s>"'][^\s>]*+)?+)?+)*+)(?:>|\Z)"""
)
# Nearly all of a page asks nobody and is passed over in one go: texts, links to follow, and tags whose values hold nothing of
# which the address of another host could be made. Each ends where _TAG has it end, for it is written as plainly as can be.
_TEXT = r"[^<]*+(?:</[^<]*+)*+"
_LINK = r"""a(?:[ \n](?:class|href|id|rel|title|aria-[a-z]++|data-[a-z-]++)(?:="[^"]*+")?+)*+>"""
_VALUE = r"""[^":\\&\t\r\n/]*+(?:/(?!/)[^":\\&\t\r\n/]*+)*+"""
_PLAIN = rf"""(?!style)[a-z][a-z0-9-]*+(?:[ \n][a-zA-Z][a-zA-Z0-9-]*+(?:="{_VALUE}")?+)*+/?>"""
_NOTED = re.compile(rf"(?:{_TEXT}<(?:{_LINK}|{_PLAIN}|(?![a-zA-Z])))*+{_TEXT}(?:{_TAG}|\Z)")
_ATTRIBUTE = re.compile(r"""([^\s/>][^\s/>=]*+)(?:\s*+=\s*+(?:"([^"]*+)"?|'([^']*+)'?|([^\s>"'][^\s>]*+)))?+""")
_EVERY_TAG = re.compile(_TAG)
_STOPPED = frozenset(("style", "base", "iframe", "frame", "object", "embed", "audio", "video"))
_CODE = re.compile("javascript:", re.IGNORECASE)
_STYLE = re.compile(r"<style\b[^>]*>(.*?)(?:</style\b|\Z)", re.DOTALL | re.IGNORECASE)
_ADDRESSES = frozenset(
    ("src", "href", "xlink:href", "data", "poster", "background", "action", "formaction", "manifest", "codebase")
)
_MANY = {"srcset": ",", "imagesrcset": ",", "ping": r"\s+"}  # and what stands between them
_FOLLOWED = frozenset(("a", "area"))  # their `href` is for a visitor to follow; that of all others is loaded
_NAMING = frozenset(("canonical", "alternate", "license"))  # links that load nothing
_FOREIGN = re.compile(r"(?:(?:https?|ftp|wss?):|(?:[a-z][a-z0-9+.-]*:)?[/\\]{2})", re.IGNORECASE)
_DROPPED = re.compile(r"^[\x00-\x20]+|[\t\n\r]")  # of an address, by browsers
_REFRESH = re.compile(r"[\s\d.]*[;,]?\s*(?:url\s*=\s*)?[\"']?(.*)", re.DOTALL | re.IGNORECASE)
_CSS_COMMENT = re.compile(r"/\*.*?(?:\*/|$)", re.DOTALL)
_CSS_ESCAPE = re.compile(r"\\(?:([0-9a-fA-F]{1,6})\s?|(.))", re.DOTALL)
_CSS_TEXT = re.compile(
    r"""@namespace[^;]*;|"((?:[^"\\\n]|\\.)*+)["\n]?|'((?:[^'\\\n]|\\.)*+)['\n]?|\burl\(\s*+((?:[^"'()\\\s]|\\.)++)""",
    re.DOTALL | re.IGNORECASE,
)


def in_html(html: str) -> Iterator[str]:
    """The addresses of other hosts that a page, or a part of one, asks for something."""
    styled = False
    for name, inside in _NOTED.findall(html):
        tag = name.lower()
        styled = styled or tag == "style"
        yield from _in_tag(tag, inside)
    if styled:
        for sheet in _STYLE.findall(html):
            yield from in_css(sheet)


def in_css(sheet: str) -> Iterator[str]:
    """Those of a style sheet: whatever stands where CSS takes an address, which is also any text in quotes."""
    if "//" not in sheet and "\\" not in sheet and ":" not in sheet:
        return
    for found in _CSS_TEXT.finditer(_CSS_COMMENT.sub(" ", sheet)):
        address = _CSS_ESCAPE.sub(_unescaped, next((text for text in found.groups() if text is not None), ""))
        yield from _foreign(address)


def stopped(html: str) -> Iterator[str]:
    """What stands in a page and would be run, framed or style it (see policy.py), as it is written there."""
    for name, inside in _EVERY_TAG.findall(html):
        tag = name.lower()
        names = set[str]()
        for found in _ATTRIBUTE.finditer(inside):
            attribute, value = found[1].lower(), unescape(found[2] or found[3] or found[4] or "")
            names.add(attribute)
            is_code = attribute in _ADDRESSES and _CODE.match(_DROPPED.sub("", value))
            if attribute == "style" or attribute.startswith("on") or is_code:
                yield found[0]
        if tag in _STOPPED or (tag == "script" and "src" not in names):
            yield f"<{name}"


def _unescaped(found: re.Match[str]) -> str:
    try:
        return chr(int(found[1], 16)) if found[1] else str(found[2])
    except (ValueError, OverflowError):
        return ""


def _in_tag(tag: str, inside: str) -> Iterator[str]:
    attributes: dict[str, str] = {}
    for name, *values in _ATTRIBUTE.findall(inside):
        attributes.setdefault(name.lower(), unescape("".join(values)))  # the first of a name counts
    if tag == "link" and attributes.get("rel", "").strip().lower() in _NAMING:
        return
    for name, value in attributes.items():
        if name in _MANY:
            for address in re.split(_MANY[name], value):
                yield from _foreign(address)
        elif name in _ADDRESSES and not (tag in _FOLLOWED and name.endswith("href")):
            yield from _foreign(value)
        elif name == "style":
            yield from in_css(value)
        elif name == "srcdoc":
            yield from in_html(value)
        elif name == "content" and attributes.get("http-equiv", "").strip().lower() == "refresh":
            yield from _foreign(_REFRESH.sub(r"\1", value, count=1))


def _foreign(address: str) -> Iterator[str]:
    plain = _DROPPED.sub("", address).strip()
    if _FOREIGN.match(plain):
        yield plain
