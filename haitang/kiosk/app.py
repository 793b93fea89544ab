"""app.html: the whole kiosk in one page, with its style, its script, its data and its letters.

The rule: everything is inside and named by its SHA-256 in the page's own CSP. A sandboxed frame, which is what a hung app can
be thrown away in, may load no file from file://, and a browser runs no script of which a byte has changed.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from hashlib import sha256

from markupsafe import Markup

from haitang.kiosk.csp import element, inside, source, text_edition_watch
from haitang.site.page import script_json
from haitang.site.templates import Templates


@dataclass(frozen=True, slots=True)
class App:
    """An app.html without its release's id, which is made of it, and the SHA-256 in hexadecimal digits of the texts that the
    launcher compares."""

    html: bytes
    script: str
    style: str
    csp: str

    def of_release(self, release: str) -> bytes:
        """The finished app.html."""
        return self.html.replace(b'data-release=""', f'data-release="{release}"'.encode(), 1)

    @property
    def digests(self) -> dict[str, str]:
        return {"script": self.script, "style": self.style, "csp": self.csp}


@dataclass(frozen=True, slots=True)
class Ingredients:
    """`scripts` are classic scripts in their order, the last of them the app; `kiosk` becomes HAITANG.kiosk before them."""

    title: str
    built: str
    shell: Markup
    style: bytes
    kiosk: Mapping[str, object]
    scripts: tuple[bytes, ...]


def assemble(templates: Templates, made_of: Ingredients) -> App:
    """Raises ValueError where a script or the style holds what HTML would read as its end."""
    data = b"(window.HAITANG=window.HAITANG||{}).kiosk=" + script_json(made_of.kiosk) + b";\n"
    script, style = inside((data + b"\n".join(made_of.scripts)).decode()), inside(made_of.style.decode())
    watch = text_edition_watch()
    csp = (
        f"default-src 'none'; script-src {source(watch)} {source(script)}; style-src {source(style)}; img-src data:; "
        "font-src data:; base-uri 'none'; form-action 'none'"
    )
    html = templates.render(
        "kiosk/app.html", title=made_of.title, built=made_of.built, release="", csp=csp, shell=made_of.shell,
        style=style, watch=element(watch), script=element(script),
    )  # fmt: skip
    digests = (sha256(text.encode()).hexdigest() for text in (script, style, csp))
    return App(str(html).encode(), *digests)


def part_script(name: str, text: str) -> bytes:
    """parts/<name>.js: what is too large for the page, brought by the launcher when it is asked for."""
    return b"HAITANG_PART(" + script_json(name) + b"," + script_json(text) + b");\n"
