"""Texts that stand in a page and are known to its policy by their digests: the pages of a kiosk are one file each.

The rule: what is hashed here is what the browser hashes. A text that the parser would end sooner, or change, is refused.
"""

import re
from base64 import b64encode
from hashlib import sha256

from haitang.site.templates import TEMPLATES, Markup

_ENDS = re.compile(r"</(?:script|style)|<!--|[\r\0]", re.IGNORECASE)
_FACE = '@font-face{font-family:"Haitang";font-weight:400 700;src:url(data:font/woff2;base64,%s) format("woff2")}\n'


def inside(text: str) -> Markup:
    """Text that may stand in `<script>` or `<style>` as it is. Raises ValueError for any other."""
    if found := _ENDS.search(text):
        raise ValueError(f"{found[0]!r} cannot stand inside a page's script or style")
    return Markup(text)


def text_edition_watch() -> Markup:
    """The script that shows what stands in a page's `<noscript>` when no app starts; it goes before all others."""
    text = (TEMPLATES / "kiosk" / "text-edition.js").read_text(encoding="utf-8")
    return inside(re.sub(r"(?m)^//.*\n", "", text).strip())


def element(script: Markup) -> Markup:
    return Markup("<script>") + script + Markup("</script>")


def source(text: str) -> str:
    """The text as a policy names it (CSP Level 3, 2.3.1)."""
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def face(font: bytes) -> Markup:
    """The style that brings letters along: a box in a hall may have no Chinese ones."""
    return inside(_FACE % b64encode(font).decode())
