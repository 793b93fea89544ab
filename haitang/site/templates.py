"""The templates below templates/, compiled.

The rule: this is the only module that knows jinja2. Autoescape is on, an undefined name is an error, and no text
from an entry is ever template source. The one place where HTML is trusted unescaped is what our own templates and
`markdown()` return.
"""

import re
from collections.abc import Callable, Mapping
from functools import cached_property, partial
from hashlib import blake2b
from importlib.metadata import version
from itertools import pairwise
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined, Template
from markupsafe import Markup

from haitang.core.digests import digest_of
from haitang.model.abroad.phones import tel
from haitang.model.citations import CitedText
from haitang.model.messages.counted import chosen, counted
from haitang.site.languages import dates, numbers
from haitang.site.markdown import cited_line, cited_prose, markdown

__all__ = ["Markup"]  # markupsafe is at home here: `kiosk` takes it from us

LANGUAGE = "zh-CN"  # what visitors read; editors choose theirs by --lang
TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
_SHARED = ("parts/card.html", "parts/cite.html", "parts/week.html")  # which are rendered for any page
_TAKEN_IN = re.compile(r"""{%-?\s*(?:import|include|extends|from)\s+["']([\w./-]+)["']""")


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
# A run of Chinese or of anything else, with the marks that may not stand alone at the beginning or the end of a line.
_RUN = re.compile(r"([（(《「“]*)([\u3400-\u9fff]+|[^\u3400-\u9fff（(《「“）)》」”、，。！？]*)([）)》」”、，。！？]*)")
_PIECE = 3  # characters that are not parted further: so many fit into the narrowest box
_COMMENT = re.compile("({#.*?#})", re.DOTALL)
_CSS_COMMENT = re.compile(r"""("(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*')|/\*.*?\*/""", re.DOTALL)
_CSS_LINE_ENDS = re.compile(r"\s*\n\s*")


def compact(html: str, line_end: str = "") -> str:
    """The same page in fewer bytes; texts inside `<pre>` must not end at a block's tag. `line_end` is what takes the place of
    one."""
    return _LEFT_OUT.sub("", _LINE_ENDS.sub(lambda found: (found[1] or "") + line_end, html))


def compact_css(css: str) -> str:
    """The same style sheet without comments, empty lines and indents. What stands in quotes stays as it is."""
    uncommented = _CSS_COMMENT.sub(lambda found: found[1] or "", css)
    return _CSS_LINE_ENDS.sub("\n", uncommented).strip("\n") + "\n"


class _Loader(FileSystemLoader):
    """Templates made compact, once for all of ten thousand pages."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, path, is_fresh = super().get_source(environment, template)
        if not template.startswith("kiosk/"):  # whose pages come once, in an archive
            # A comment for each line end: what jinja says of a template names its line.
            parts = _COMMENT.split(source)
            source = "".join(part if place & 1 else compact(part, "{#\n#}") for place, part in enumerate(parts))
        return source, path, is_fresh


class Tree(dict[str, Any]):
    """Nested words that templates read with a dot. An unknown name is an error, as everywhere."""

    __slots__ = ()

    def __getattr__(self, name: str) -> Any:
        return self[name]


class _Environment(Environment):
    """A word may be called as a method of mappings is: `words.tell.copy` is a text."""

    @staticmethod
    def getattr(obj: Any, attribute: str) -> Any:
        return obj[attribute] if obj.__class__ is Tree else getattr(obj, attribute)


def _tree(node: Any) -> Any:
    if isinstance(node, Mapping):
        return Tree({name: _tree(value) for name, value in node.items()})
    return [_tree(item) for item in node] if isinstance(node, list) else node


class _Cache(FileSystemBytecodeCache):
    """Compiled templates, each believed only as long as it would be compiled to the same again: by this module's text, whose
    filters (of constants) are in it, and by this jinja."""

    def get_source_checksum(self, source: str) -> str:
        return super().get_source_checksum(self._compiler + source)

    @cached_property
    def _compiler(self) -> str:
        return digest_of([("templates", Path(__file__))], [version("jinja2")])


class Templates:
    """The project's templates. `words` is what every template sees under that name; they say what language they are in."""

    def __init__(self, words: Mapping[str, Any], cache: Path | None = None, folder: Path = TEMPLATES) -> None:
        self.words = _tree(words)
        self.language = language = str(words.get("locale", LANGUAGE))
        self.written = LANGUAGE  # what is Chinese on pages in another language
        self._folder = folder
        self._environment = _Environment(
            loader=_Loader(folder),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            bytecode_cache=_Cache(str(cache)) if cache else None,
            auto_reload=cache is None,
        )
        self._environment.policies["json.dumps_kwargs"] = {"ensure_ascii": False, "separators": (",", ":")}
        self._environment.globals["words"] = self.words
        self._environment.filters.update(
            tel=tel,
            number=number, distance=distance, host=host, parted=parted, prose=prose, counted=counted,
            day=partial(dates.day, language=language), long_day=partial(dates.long_day, language=language),
            large=partial(numbers.large, language=language), chosen=chosen,
            month_day=lambda day: dates.month_day(*day, language),
            cited=lambda text: text and cited_line(text, self._cite), cited_prose=lambda text: cited_prose(text, self._cite),
        )  # fmt: skip
        self._marked = None if language.startswith("zh") else _marking()
        self._compiled: dict[str, Template] = {}
        self._cites: dict[str, Markup] = {}

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
        html = template.render(values)
        return Markup(self._marked(html, self.written) if self._marked else html)

    def _cite(self, number: str) -> Markup:
        """The link of a mark to its source; few numbers stand on many pages."""
        if number not in self._cites:
            self._cites[number] = self.render("parts/cite.html", number=number)
        return self._cites[number]


def _marking() -> Callable[[str, str], str]:
    from haitang.site.languages.marks import marked  # of pages in other languages than Chinese alone

    return marked


def number(value: float) -> str:
    """320.0 → 320, 2531.0 → 2,531, 3.5 → 3.5, 2.999 → 3."""
    return f"{value:,.0f}" if value == int(value) else f"{value:,.2f}".rstrip("0").rstrip(".")


def distance(metres: float) -> tuple[str, str]:
    """Metres as a person says them: the figure and the unit's key in the words (`metre` or `kilometre`)."""
    if metres < 950:
        return f"{max(round(metres / 10) * 10, 10)}", "metre"
    return f"{metres / 1000:.1f}", "kilometre"


def parted(name: str) -> Markup:
    """A short name with the places where it may go on in a second line: nowhere does one character stand alone in it. Its box
    says `word-break: keep-all` and `overflow-wrap: break-word`, which browsers know that know no `text-wrap: balance`."""
    return Markup("<wbr>").join(piece for found in _RUN.finditer(name) if found[0] for piece in _pieces(*found.groups()))


def _pieces(before: str, run: str, after: str) -> list[str]:
    """As many characters in each as can be, the longer pieces first."""
    chinese = "\u3400" <= run[:1] <= "\u9fff"
    count = -(-len(run) // _PIECE) if chinese else 1
    size, longer = divmod(len(run), count)
    ends = [at * size + min(at, longer) for at in range(count + 1)]
    pieces = [run[start:end] for start, end in pairwise(ends)]
    return [before + pieces[0], *pieces[1:-1], pieces[-1] + after] if count > 1 else [before + run + after]


def prose(text: CitedText) -> Markup:
    """A story without its marks."""
    return markdown(text.text)


def host(url: str) -> str:
    """The host a link leads to, as a visitor should see it."""
    return url.split("/", 3)[2]
