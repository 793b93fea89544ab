"""Stories: a safe subset of Markdown as HTML, as plain text, and shortened. Alone knows markdown-it."""

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup, escape

from haitang.model.citations import MARK, CitedText

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

_MARKED = re.compile(r"[*_\\]|^[ \t]*(?:[-+]|\d{1,9}[.)])(?:[ \t]|$)|^ {4}|\t", re.MULTILINE)
# Two asterisks with letters or digits on their inner sides are strong emphasis wherever they stand (CommonMark 6.2).
_STRONG = re.compile(r"(?<!\*)\*\*(?=[^\W_])([^*\n]*[^\W_])\*\*(?!\*)")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")


def markdown(text: str) -> Markup:
    """A story in the safe subset (paragraphs, line breaks, lists, emphasis) as HTML."""
    # Most stories hold no mark but strong words; those need no parser, which is the dearest step of a page. That both ways
    # give the same is tested.
    if _MARKED.search(_STRONG.sub("", text)):
        return Markup(_parser().render(text))
    paragraphs = (paragraph.strip() for paragraph in _PARAGRAPH_END.split(text))
    return Markup("".join(_paragraph(paragraph) for paragraph in paragraphs if paragraph))


def cited_prose(text: CitedText, link: Callable[[str], str]) -> Markup:
    """As `markdown`, with what `link` makes of the number of a source in the place of each mark."""
    return _with_links(markdown(text.written), link) if text.marks else markdown(text.text)


def cited_line(text: CitedText, link: Callable[[str], str]) -> Markup:
    """The same of a text that is no story."""
    return _with_links(escape(text.written), link) if text.marks else escape(text.text)


def _with_links(html: Markup, link: Callable[[str], str]) -> Markup:
    return Markup(MARK.sub(lambda mark: link(mark[1]), html))


@cache
def _parser() -> "MarkdownIt":
    """Nothing but prose: no raw HTML, links, images, headings or code. What is not enabled stays the characters it is."""
    from markdown_it import MarkdownIt  # 20 ms that few builds need

    return MarkdownIt("zero", {"breaks": True}).enable(["emphasis", "list", "newline", "escape"])


def _paragraph(text: str) -> str:
    lines = "<br>\n".join(str(escape(line.strip())) for line in text.split("\n"))
    return "<p>" + _STRONG.sub(r"<strong>\1</strong>", lines) + "</p>\n"


_MARKS = re.compile(r"[*_\\]|^[ \t]*(?:[-+]|\d+[.)])[ \t]+", re.MULTILINE)
_BLANKS = re.compile(r"\s+")


def plain(text: str) -> str:
    """A story without its marks, for descriptions."""
    return _BLANKS.sub(" ", _MARKS.sub("", text)).strip()


def shortened(text: str, longest: int) -> str:
    """At most `longest` characters, cut at a sentence's end where one is near."""
    if len(text) <= longest:
        return text
    cut = max(text.rfind(mark, longest // 2, longest) for mark in "。！？；")
    return text[: cut + 1] if cut > 0 else text[: longest - 1] + "…"
