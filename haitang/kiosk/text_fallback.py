"""The text edition: every position as text, for when no script runs (plain.html) or no release starts (in app.html as well).

The rule: it needs nothing but itself, and holds what one comes for: notices, name, address, hours, telephone. No page without
a script knows what day it is. So notices that are over on the day of the data are left out, each other one begins with its
days, and a sentence says what that means; in app.html templates/kiosk/text-edition.js takes away what is over by then.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from haitang.kiosk.csp import face, inside, source
from haitang.kiosk.launcher import Plain
from haitang.model.imprint import Hall
from haitang.site.views import Site
from haitang.site.views.notices import NoticeView, all_notices, own_notices

BACK = 300  # seconds until the launcher is tried again: nobody is there to go back from here
_STYLE = (
    # In the launcher's frame: the touch screen comes back by itself, and a lying screen leaves it less height than it has.
    "body:target>main>p>a{display:none}@media(orientation:landscape){body:target{font-size:1.45em}}"
    "a{display:inline-block;margin:1em 0;padding:.5em 1.5em;border-radius:.75em;background:#b8263f;color:#fff;"
    "text-decoration:none}"
    "html{background:#fffbf8;color:#2b2326;font:2.6vmin/1.6 Haitang,sans-serif}body{max-width:40em;margin:0 auto;padding:1em}"
    "h1,h2,h3{margin:1.5em 0 .25em;color:#7d1128;line-height:1.35}h3{font-size:1.15em}p,dl,dd{margin:0}"
    "li{list-style:none}ul{margin:0;padding:0}dt{display:inline;color:#6f6266}dd{display:inline}dd::after{content:'\\A';white-space:pre}"
)


@dataclass(frozen=True, slots=True)
class Edition:
    """What the template needs beside `site`: notices of the hall's own place and for everybody, and those of each place."""

    notices: tuple[NoticeView, ...]
    own: Mapping[str, tuple[NoticeView, ...]]


def edition_of(site: Site, hall: Hall) -> Edition:
    own = {position.id: own_notices(site, position) for position in site.directory.positions if position.notices}
    home = site.directory.position[hall.home] if hall.home else None
    at_home = own.get(home.id, ()) if home else ()
    named = (replace(each, where=home.name if home else "") for each in at_home)
    return Edition((*named, *all_notices(site)), own)


def plain_file(site: Site, first: Site) -> str:
    """Where a language's text edition lies beside the launcher."""
    return "plain.html" if site is first else f"plain-{site.language.lower()}.html"


def others_of(site: Site, languages: Sequence[Site]) -> list[Plain]:
    """The text editions in the other languages of a hall, whose own one comes first."""
    others = (each for each in languages if each is not site)
    return [(each.language, each.templates.words["kiosk"]["language"], plain_file(each, languages[0])) for each in others]


def plain_page(site: Site, hall: Hall, built: str, font: bytes, languages: Sequence[Site] = ()) -> bytes:
    """`languages` are all that the hall offers."""
    style = face(font) + inside(_STYLE)
    csp = f"default-src 'none'; style-src {source(style)}; font-src data:; base-uri 'none'; form-action 'none'"
    page = site.templates.render(
        "kiosk/plain.html", others=others_of(site, languages),
        title=hall.title, built=built, csp=csp, style=style, site=site, back=BACK,
        edition=edition_of(site, hall),
    )  # fmt: skip
    return page.encode()
