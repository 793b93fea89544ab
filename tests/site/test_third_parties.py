"""What `third_parties` passes over in one go asks nobody: it finds what it would find looking at each tag."""

import re
from collections.abc import Iterator
from random import Random

from haitang.site import third_parties
from tests.e2e.site.test_third_parties import HTML, NOT_IN_HTML, PIECES
from tests.worlds import PROJECT

PUBLISHED = PROJECT / "tests" / "golden" / "published"
TAG = re.compile(third_parties._TAG)
ATTRIBUTES = ("src", "href", "alt", "poster", "class", "data", "data-src", "style", "srcset", "action", "title", "HREF")
VALUES = (
    "a.png",
    "//x",
    "https://x",
    "https:x",
    "/\n/x",
    "a/b",
    "url(//x)",
    "&#47;&#47;x",
    "a//b",
    "\\/x",
    "ht\tps:x",
    "/",
    "",
)
TAGS = ("a", "img", "p", "link", "style", "STYLE", "use", "A", "area", "b")


def tag_by_tag(html: str) -> Iterator[str]:
    found = TAG.findall(html)
    for name, inside in found:
        yield from third_parties._in_tag(name.lower(), inside)
    if any(name.lower() == "style" for name, _ in found):
        for sheet in third_parties._STYLE.findall(html):
            yield from third_parties.in_css(sheet)


GAPS, ENDS, QUOTES = (" ", " ", "\n", "/", ""), (">", ">", "/>", ""), ('"', '"', '"', "'", "")
BETWEEN = (*PIECES, "</p>", "<", "<!-- ", "-->", "text", "\n")


def pages() -> Iterator[str]:
    random = Random(5)
    pick = random.choice

    def attribute() -> str:
        quote = pick(QUOTES)
        return f"{pick(GAPS)}{pick(ATTRIBUTES)}={quote}{pick(VALUES)}{quote}"

    def piece() -> str:
        kind = random.randrange(8)
        if kind < 5:
            return f"<{pick(TAGS)}{''.join(attribute() for _ in range(random.randrange(4)))}{pick(ENDS)}"
        return pick(BETWEEN) if kind < 7 else pick((*HTML, *NOT_IN_HTML))

    return ("".join(piece() for _ in range(random.randrange(1, 9))) for _ in range(6_000))


def test_nothing_that_is_passed_over_asks_anybody() -> None:
    seen = 0
    for html in pages():
        found = list(third_parties.in_html(html))
        assert found == list(tag_by_tag(html)), html
        seen += bool(found)
    assert seen > 2_000


def test_our_own_pages_are_passed_over() -> None:
    """Else looking at them would take several times as long; only what holds data or an address is looked at."""
    tags = looked_at = 0
    for path in sorted(PUBLISHED.rglob("*.html")):
        html = "".join(path.read_text("utf-8").partition("<main")[1:])
        tags += len(TAG.findall(html))
        looked_at += sum(1 for name, _ in third_parties._NOTED.findall(html) if name)
    assert tags > 5_000
    assert looked_at < tags / 30
