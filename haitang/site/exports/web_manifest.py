"""manifest.webmanifest: how a phone shows the site once it was put on the home screen."""

import json
from collections.abc import Iterator

from haitang.site.page import File
from haitang.site.views import Site

PAPER = "#fffbf8"  # --paper in templates/styles/tokens.css, as theme-color in parts/head.html
ICONS = (("icon-192.png", 192, "any"), ("icon.png", 512, "any"), ("icon-maskable.png", 512, "maskable"))


def build(site: Site) -> Iterator[File]:
    settings, top = site.directory.settings, "../" if site.folder else ""
    manifest = {
        "name": settings.title,
        "short_name": settings.title.split()[0],
        "lang": site.language,
        "dir": "ltr",
        "start_url": "index.html",
        "scope": "./",
        "display": "standalone",
        "background_color": PAPER,
        "theme_color": PAPER,
        "icons": [
            {"src": f"{top}assets/{name}", "type": "image/png", "sizes": f"{side}x{side}", "purpose": purpose}
            for name, side, purpose in ICONS
        ],
    }
    yield File("manifest.webmanifest", (json.dumps(manifest, ensure_ascii=False, indent=2) + "\n").encode())
