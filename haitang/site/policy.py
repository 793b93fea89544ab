"""What a page may load, run and ask: its Content Security Policy, which stands first in its head, wherever it is opened.

The rule: nothing that stands in a page is run or styles it, so what a text might smuggle in is no more than text. Values of one
element's own are attributes, or set by a script. `deploy/headers.tsv` says the same to servers; a test compares.
"""

import re
from collections.abc import Mapping
from urllib.parse import urlsplit

from haitang.model.settings import MapSettings
from haitang.site.templates import Markup

NONE, SELF = "'none'", "'self'"


def _text(directives: Mapping[str, tuple[str, ...]]) -> Markup:
    """As short as can be, for it stands in every page; nothing in it needs an escape between double quotes."""
    policy = ";".join(f"{name} {' '.join(sources)}" for name, sources in directives.items())
    if found := re.search(r'["&<>]', policy):
        raise ValueError(f"{found[0]} cannot stand in a policy")
    return Markup(policy)


def of_pages(drawn: MapSettings, *, framing: bool = False) -> Markup:
    """That of every page but the form editor's. What is not named is not allowed, `default-src` says; a worker is a script
    (`worker-src` falls back to `script-src`). `framing`: the page shows another one of the site in a frame."""
    return _text(
        {
            "default-src": (NONE,),
            "script-src": (SELF,),
            "style-src": (SELF,),
            "img-src": (SELF, "data:", *_tiles(drawn)),
            "connect-src": (SELF,),
            "manifest-src": (SELF,),
            **({"frame-src": (SELF,)} if framing else {}),
            "form-action": (SELF,),
            "base-uri": (NONE,),
        }
    )


def _tiles(drawn: MapSettings) -> tuple[str, ...]:
    """The host that directory.yml takes a map's pictures from; any below its domain where the pattern chooses between some."""
    if drawn.tiles is None or not drawn.tiles.url.startswith("https://"):
        return ()
    return (f"https://{re.sub(r'^.*[{][xyz][}][^.:]*', '*', urlsplit(drawn.tiles.url).netloc)}",)


def of_form(hosts: tuple[str, ...]) -> Markup:
    """The form editor's. It is another's program, which makes code from text and styles as it goes, and shows pictures from
    memory; it gets that on its one page, and may ask nobody but this site and `hosts`, a forge's."""
    pictures = [host.replace("//api.github.com", "//avatars.githubusercontent.com") for host in hosts]
    return _text(
        {
            "default-src": (NONE,),
            "script-src": (SELF, "'unsafe-eval'"),
            "style-src": (SELF, "'unsafe-inline'"),
            "img-src": (SELF, "data:", "blob:", *pictures),
            "font-src": (SELF, "data:"),
            "connect-src": (SELF, "blob:", *hosts),
            "base-uri": (NONE,),
            "form-action": (NONE,),
        }
    )
