"""`build.py kiosk`: from a data root to a folder and a zip for every hall of directory.yml.

The rule: as in `building`, this only joins the stages. Where directory.yml names no hall there is still one kiosk, for nobody
in particular.
"""

import argparse
from datetime import date

from haitang.album import KEPT, Album
from haitang.commands.site import bundled
from haitang.console import Console
from haitang.directory import Directory, load
from haitang.kiosk.hall import Stock, app_of
from haitang.rendering import LANGUAGE, Templates
from haitang.settings import Hall
from haitang.version import data_version
from haitang.views import site_of
from haitang.words import site_words


def build(options: argparse.Namespace, console: Console) -> int:
    scripts = bundled(options, console)
    if scripts is None:
        return 3
    changed = data_version(options.root)
    album = Album(options.root, options.project / KEPT)
    directory = load(options.root, today=date.today(), updated=date.fromisoformat(changed) if changed else None, album=album)
    site = site_of(directory, Templates(site_words(LANGUAGE)), None, album.pictures)
    stock = Stock(site, scripts, options.project / "templates" / "styles", {}, {})
    for hall in halls_of(directory):
        app = app_of(hall, stock, {}, changed or "2026-11-24")
        folder = options.out / "kiosk" / hall.id
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "app.html").write_bytes(app.of_release("20261124-000000000000"))
        console.say(f"{folder} {len(app.html)}")
    return 0


def halls_of(directory: Directory) -> tuple[Hall, ...]:
    return directory.settings.halls or (Hall(id="kiosk", title=directory.settings.title),)
