"""The pages of a kiosk that stay when its data change: index.html, which runs and exchanges releases, and embed-sample.html.

The rule: each is one file. Its style and its script stand in it and are known to its policy by their digests, so a byte that
a bad disk turned is refused by the browser and never runs as something else.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

from haitang.kiosk.csp import element, face, inside, source, text_edition_watch
from haitang.site.templates import TEMPLATES, Markup, Templates

# What a host page writes; docs/embedding.md shows the same.
SNIPPET = '<iframe src="index.html"\n        title="{title}"\n        sandbox="allow-scripts allow-same-origin"></iframe>'


Plain = tuple[str, str, str]  # a text edition: its language, that one's own name, its file


def index(
    templates: Templates, bundle: Path, letters: Callable[[str], bytes] | None = None, others: Sequence[Plain] = ()
) -> bytes:
    """index.html. It injects current.js and a release's files as classic scripts, hence 'self'; frames are its releases.
    `letters` makes a WOFF2 font of a text: a box in a hall may have no Chinese one. `others` are further text editions: in
    its frame none leads to another."""
    script = _script(bundle, "launcher")
    style, watch = _style("launcher"), text_edition_watch()
    if letters is not None:
        style = face(letters("".join((*_texts(templates.words["launcher"]), *(name for _, name, _ in others))))) + style
    csp = (
        f"default-src 'none'; script-src 'self' {source(watch)} {source(script)}; style-src {source(style)}; "
        "frame-src 'self'; img-src data:; font-src data:; base-uri 'none'; form-action 'none'"
    )
    page = templates.render(
        "kiosk/launcher.html", csp=csp, style=style, watch=element(watch), script=element(script), language=templates.language,
        others=others,
    )  # fmt: skip
    return page.encode()


def sample(templates: Templates, bundle: Path) -> bytes:
    """embed-sample.html: a host page to try the contract with."""
    script, style = _script(bundle, "sample"), _style("embed-sample")
    csp = (
        f"default-src 'none'; script-src {source(script)}; style-src {source(style)}; frame-src 'self'; "
        "base-uri 'none'; form-action 'none'"
    )
    snippet = SNIPPET.format(title=templates.words["embed_sample"]["frame"])
    page = templates.render(
        "kiosk/embed-sample.html", csp=csp, style=style, script=element(script), snippet=snippet, language=templates.language
    )  # fmt: skip
    return page.encode()


def _texts(words: Any) -> Iterator[str]:
    """Every text in nested words."""
    if isinstance(words, str):
        yield words
    else:
        for part in words.values() if isinstance(words, dict) else words:
            yield from _texts(part)


def _script(bundle: Path, name: str) -> Markup:
    return inside((bundle / "launcher" / f"{name}.js").read_text(encoding="utf-8").strip())


def _style(name: str) -> Markup:
    text = (TEMPLATES / "kiosk" / f"{name}.css").read_text(encoding="utf-8")
    return inside(re.sub(r"\s*\n\s*", "\n", re.sub(r"/\*.*?\*/", "", text, flags=re.DOTALL)).strip())
