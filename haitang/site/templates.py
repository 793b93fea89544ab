"""What we publish and how it is put into HTML.

The rule: this is the only module that knows jinja2 and Markdown. Autoescape is on, an undefined name is an error, and no text
from an entry is ever template source. The one place where HTML is trusted unescaped is what our own templates and
`markdown()` return.
"""

import json
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache as cached
from importlib.metadata import version
from pathlib import Path
from typing import Any, Generic, Literal, TypeVar

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from markdown_it import MarkdownIt
from markupsafe import Markup, escape

from haitang.core.digests import digest_of

__all__ = ["Markup"]  # markupsafe is at home here: `kiosk` takes it from us

Item = TypeVar("Item")
Section = Literal[
    "home", "find", "map", "positions", "towns", "tiers", "brands", "activities", "progress", "concepts", "routes",
    "editors",
]  # fmt: skip
LANGUAGE = "zh-CN"  # what visitors read; editors choose theirs by --lang
PAGE_SIZE = 120  # cards on one page of a list; more are paged
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page without its frame. `path` is relative to the site, `body` is finished HTML, the rest is plain text."""

    path: str
    section: Section
    title: str
    description: str
    body: str


@dataclass(frozen=True, slots=True)
class File:
    """Any other file of the site. `digest` is its `published_digest` where somebody has just made sure of it."""

    path: str
    content: bytes
    digest: str = ""


class _CodeGenerator(CodeGenerator):
    """Autoescape by `_escaped` instead of markupsafe's own function."""

    def _output_child_pre(self, node: nodes.Expr, frame: Frame, finalize: Any) -> None:
        if frame.eval_ctx.volatile or not frame.eval_ctx.autoescape:
            super()._output_child_pre(node, frame, finalize)
            return
        self.write("environment.escaped(")
        if finalize.src is not None:
            self.write(finalize.src)


_SPECIAL = re.compile("[&<>\"']")


def _escaped(value: Any) -> str:
    """What `markupsafe.escape` gives, without making a Markup of every text that is about to be joined anyway."""
    if type(value) is str and (value.isalnum() or not _SPECIAL.search(value)):
        return value
    return escape(value)


class _Environment(Environment):
    """A position's page asks for some three hundred attributes and escapes as many values; jinja's general ways of doing
    both cost more than all the rest of the page. Mappings that templates read with a dot are `Tree`s."""

    code_generator_class = _CodeGenerator
    getattr = staticmethod(getattr)  # type: ignore[assignment]
    escaped = staticmethod(_escaped)


class _Loader(FileSystemLoader):
    """Templates with the words they name by a fixed path already in place: `{{ words.position.way }}` is the same on all of
    ten thousand pages. A short name given by `{% set w = words.position %}` is followed."""

    def __init__(self, folder: Path, words: Mapping[str, Any]) -> None:
        super().__init__(folder)
        self._words = words

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_fresh = super().get_source(environment, template)
        names = {"words": "words", **dict(re.findall(r"{% set (\w+) = (words(?:\.\w+)+) %}", source))}
        used = re.compile(rf"{{{{ ({'|'.join(names)})((?:\.\w+)+) }}}}")
        return used.sub(lambda match: self._word(match[0], names[match[1]] + match[2]), source), path, is_fresh

    def _word(self, written: str, name: str) -> str:
        value: Any = self._words
        for step in name.split(".")[1:]:
            value = value.get(step) if isinstance(value, Mapping) else None
        # What is no text is left to the template, which will complain in its own way.
        return str(escape(value)) if isinstance(value, str) and "{" not in value else written


class Tree(dict[str, Any]):
    """Nested words that templates read with a dot. An unknown name is an error, as everywhere."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        return self[name]


def _tree(node: Any) -> Any:
    if isinstance(node, Mapping):
        return Tree({name: _tree(value) for name, value in node.items()})
    return [_tree(item) for item in node] if isinstance(node, list) else node


class _Cache(FileSystemBytecodeCache):
    """Compiled templates, each believed only as long as it would be compiled to the same again: by this module's text, whose
    generator and filters (of constants) are in it, and by this jinja."""

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(_compiler() + source)


@cached
def _compiler() -> str:
    return digest_of([("rendering", Path(__file__))], [version("jinja2")])


class Templates:
    """The project's templates. `words` is what every template sees under that name."""

    def __init__(self, words: Mapping[str, Any], cache: Path | None = None, folder: Path = TEMPLATES) -> None:
        self.words = _tree(words)
        self._environment = _Environment(
            loader=_Loader(folder, words),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_Cache(str(cache)) if cache else None,
            auto_reload=cache is None,
        )
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
        self._environment.globals["words"] = self.words
        self._environment.filters.update(number=number, distance=distance, host=host)
        self._compiled: dict[str, Template] = {}

    def render(self, name: str, /, **values: object) -> Markup:
        """The template `name` (below templates/) with these values, as trusted HTML."""
        template = self._compiled.get(name)
        if template is None:
            template = self._compiled[name] = self._environment.get_template(name)
        return Markup(template.render(values))


def number(value: float) -> str:
    """320.0 → 320, 2531.0 → 2,531, 3.5 → 3.5, 2.999 → 3."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def distance(metres: float) -> tuple[str, str]:
    """Metres as a person says them: the figure and the unit's key in the words (`metre` or `kilometre`)."""
    if metres < 950:
        return f"{max(round(metres / 10) * 10, 10)}", "metre"
    return f"{metres / 1000:.1f}", "kilometre"


def script_json(data: object) -> bytes:
    """JSON that is also safe inside a script: no `<`, no line separators that old engines take for line ends."""
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, separators=(",", ":"))
    for character in "<>&\u2028\u2029":
        text = text.replace(character, f"\\u{ord(character):04x}")
    return text.encode()


def host(url: str) -> str:
    """The host a link leads to, as a visitor should see it."""
    return url.split("/", 3)[2]


# Nothing but prose: no raw HTML, links, images, headings or code. What is not enabled stays the characters it is.
_MARKDOWN = MarkdownIt("zero", {"breaks": True}).enable(["emphasis", "list", "newline", "escape"])
_MARKED = re.compile(r"[*_\\]|^[ \t]*(?:[-+]|\d{1,9}[.)])(?:[ \t]|$)|^ {4}|\t", re.MULTILINE)
# Two asterisks with letters or digits on their inner sides are strong emphasis wherever they stand (CommonMark 6.2).
_STRONG = re.compile(r"(?<!\*)\*\*(?=[^\W_])([^*\n]*[^\W_])\*\*(?!\*)")
_PARAGRAPH_END = re.compile(r"\n[ \t]*\n")


def markdown(text: str) -> Markup:
    """A story in the safe subset (paragraphs, line breaks, lists, emphasis) as HTML."""
    # Most stories hold no mark but strong words; those need no parser, which is the dearest step of a page. That both ways
    # give the same is tested.
    if _MARKED.search(_STRONG.sub("", text)):
        return Markup(_MARKDOWN.render(text))
    paragraphs = (paragraph.strip() for paragraph in _PARAGRAPH_END.split(text))
    return Markup("".join(_paragraph(paragraph) for paragraph in paragraphs if paragraph))


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


@dataclass(frozen=True, slots=True)
class Sheet(Generic[Item]):
    """One page of a paged list."""

    items: Sequence[Item]
    number: int
    count: int
    total: int
    stem: str

    @property
    def path(self) -> str:
        return sheet_path(self.stem, self.number)

    def link(self, number: int) -> str:
        """The address of another page of the list, from this one."""
        return sheet_path(self.stem, number).rpartition("/")[2]


def sheet_path(stem: str, number: int) -> str:
    """`towns/lujia` → `towns/lujia.html`, then `towns/lujia.2.html`: ids hold no dot, so nothing collides."""
    return f"{stem}.html" if number == 1 else f"{stem}.{number}.html"


def sheets(items: Sequence[Item], stem: str, size: int = PAGE_SIZE) -> Iterator[Sheet[Item]]:
    """A list as pages of at most `size` items; an empty list still has its page."""
    count = max(1, -(-len(items) // size))
    for index in range(count):
        yield Sheet(items[index * size : (index + 1) * size], index + 1, count, len(items), stem)
