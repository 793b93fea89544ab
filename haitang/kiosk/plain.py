"""plain.html: every position as text, for when no script runs or no release starts.

The rule: it needs nothing but itself, and holds what one comes for: name, address, hours, telephone.
"""

from base64 import b64encode
from hashlib import sha256

from markupsafe import Markup

from haitang.settings import Hall
from haitang.views import Site

_STYLE = (
    '@font-face{font-family:"Haitang";font-weight:400 700;src:url(data:font/woff2;base64,%s) format("woff2")}'
    "html{background:#fffbf8;color:#2b2326;font:2.6vmin/1.6 Haitang,sans-serif}body{max-width:40em;margin:0 auto;padding:1em}"
    "h1,h2,h3{margin:1.5em 0 .25em;color:#7d1128;line-height:1.35}h3{font-size:1.15em}p,dl,dd{margin:0}"
    "li{list-style:none}ul{margin:0;padding:0}dt{display:inline;color:#6f6266}dd{display:inline}dd::after{content:'\\A';white-space:pre}"
)


def plain_page(site: Site, hall: Hall, built: str, font: bytes) -> bytes:
    style = _STYLE % b64encode(font).decode()
    digest = b64encode(sha256(style.encode()).digest()).decode()
    csp = f"default-src 'none'; style-src 'sha256-{digest}'; font-src data:; base-uri 'none'; form-action 'none'"
    directory = site.directory
    towns = [(town, directory.in_town(town.id)) for town in directory.town.values()]
    page = site.templates.render(
        "kiosk/plain.html", title=hall.title, built=built, csp=csp, style=Markup(style), site=site,
        towns=[(town, positions) for town, positions in towns if positions],
    )  # fmt: skip
    return page.encode()
