"""app.html: the whole kiosk in one page, with its style, its script, its data and its letters.

The rule: everything is inside and named by its SHA-256 in the page's own CSP. A sandboxed frame, which is what a hung app can
be thrown away in, may load no file from file://, and a browser runs no script of which a byte has changed.
"""

from dataclasses import dataclass
from hashlib import sha256

from haitang.kiosk.csp import element, inside, source, text_edition_watch
from haitang.model.imprint import Hall
from haitang.site.page import script_json
from haitang.site.templates import Markup
from haitang.site.views import Site


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


def assemble(site: Site, hall: Hall, built: str, shell: Markup, css: bytes, javascript: bytes) -> App:
    """Raises ValueError where the script or the style holds what HTML would read as its end."""
    script, style, watch = inside(javascript.decode()), inside(css.decode()), text_edition_watch()
    films = "media-src blob:; " if "<video" in shell else ""  # which the page puts together from parts
    csp = (
        f"default-src 'none'; script-src {source(watch)} {source(script)}; style-src {source(style)}; img-src data:; "
        f"font-src data:; {films}base-uri 'none'; form-action 'none'"
    )
    html = site.templates.render(
        "kiosk/app.html", language=site.language, title=hall.title, built=built, release="", csp=csp, shell=shell, style=style,
        watch=element(watch), script=element(script),
    )  # fmt: skip
    return App(str(html).encode(), *(sha256(text.encode()).hexdigest() for text in (script, style, csp)))


def part_script(name: str, text: str) -> bytes:
    """parts/<name>.js: what is too large for the page, brought by the launcher when it is asked for."""
    return b"HAITANG_PART(" + script_json(name) + b"," + script_json(text) + b");\n"
