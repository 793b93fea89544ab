"""The templates below templates/, compiled.

The rule: this is the only module that knows jinja2. Autoescape is on, an undefined name is an error, and no text
from an entry is ever template source. The one place where HTML is trusted unescaped is what our own templates and
`markdown()` return.
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property
from hashlib import blake2b
from importlib.metadata import version
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template, nodes
from jinja2.compiler import CodeGenerator, Frame
from markupsafe import Markup, escape

from haitang.core.digests import digest_of

__all__ = ["Markup"]  # markupsafe is at home here: `kiosk` takes it from us

LANGUAGE = "zh-CN"  # what visitors read; editors choose theirs by --lang
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_SHARED = ("parts/card.html", "parts/week.html")  # which views render, for any page
_TAKEN_IN = re.compile(r"""{%-?\s*(?:import|include|extends|from)\s+["']([\w./-]+)["']""")


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
    if isinstance(value, Markup) or (type(value) is str and (value.isalnum() or not _SPECIAL.search(value))):
        return value
    return escape(value)


class _Environment(Environment):
    """A position's page asks for some three hundred attributes and escapes as many values; jinja's general ways of doing
    both cost more than all the rest of the page. Mappings that templates read with a dot are `Tree`s."""

    code_generator_class = _CodeGenerator
    getattr = staticmethod(getattr)  # type: ignore[assignment]
    escaped = staticmethod(_escaped)


# What no browser needs, 5 % of a page: line ends beside tags of blocks, and the end tags that the HTML standard lets one
# leave out (13.1.2.4) wherever they stand in our templates, for nothing but the next of their kind or an end follows them.
_BLOCK = (
    "aside|body|caption|d[dlt]|details|div|fig(?:caption|ure)|footer|form|h[1-6]|head(?:er)?|html|li|link|main|meta|nav|ol|p|"
    "section|summary|table|tbody|td|th|thead|title|tr|ul"
)
_SECTION_END = "(?<!</head>)(?<!</header>)(?<!</section>)"  # a line a section: two versions of a page can be compared
_LINE_ENDS = re.compile(
    rf"(</?(?:{_BLOCK})(?: [^<>]*)?>){_SECTION_END}\n[ \t]*|{_SECTION_END}\n[ \t]*(?=</?(?:{_BLOCK}|script)[ >])"
)
_LEFT_OUT = re.compile("</(?:d[dt]|li|t[dhr]|tbody)>")
_COMMENT = re.compile("({#.*?#})", re.DOTALL)


def compact(html: str, line_end: str = "") -> str:
    """The same page in fewer bytes; texts inside `<pre>` must not end at a block's tag. `line_end` is what takes the place of
    one."""
    return _LEFT_OUT.sub("", _LINE_ENDS.sub(lambda found: (found[1] or "") + line_end, html))


class _Loader(FileSystemLoader):
    """Templates made compact, and with the words they name by a fixed path already in place: `{{ words.position.way }}` is the
    same on all of ten thousand pages. A short name given by `{% set w = words.position %}` is followed."""

    def __init__(self, folder: Path, words: Mapping[str, Any]) -> None:
        super().__init__(folder)
        self._words = words

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_fresh = super().get_source(environment, template)
        if not template.startswith("kiosk/"):  # whose pages come once, in an archive
            # A comment for each line end: what jinja says of a template names its line.
            parts = _COMMENT.split(source)
            source = "".join(part if place & 1 else compact(part, "{#\n#}") for place, part in enumerate(parts))
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
        return super().get_source_checksum(self._compiler + source)

    @cached_property
    def _compiler(self) -> str:
        return digest_of([("templates", Path(__file__))], [version("jinja2")])


class Templates:
    """The project's templates. `words` is what every template sees under that name."""

    def __init__(self, words: Mapping[str, Any], cache: Path | None = None, folder: Path = TEMPLATES) -> None:
        self.words = _tree(words)
        self._folder = folder
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

    def digest(self, name: str) -> str:
        """Of the text of a template and of all it takes in."""
        whole = blake2b(digest_size=16)
        seen, waiting = set[str](), [name, *_SHARED]
        while waiting:
            if (each := waiting.pop()) not in seen:
                seen.add(each)
                source = (self._folder / each).read_text("utf-8")
                whole.update(f"{each} {len(source)} {source}".encode())
                waiting += _TAKEN_IN.findall(source)
        return whole.hexdigest()

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


def host(url: str) -> str:
    """The host a link leads to, as a visitor should see it."""
    return url.split("/", 3)[2]
