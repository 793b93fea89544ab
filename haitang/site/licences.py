"""Whose code and letters are in what is handed out: licences.html of the site, and of each kiosk.

The rule: nothing is listed by hand. frontend/build.mjs writes down which packages really are in the bundles, with what their
authors ask to stand beside every copy; the form editor is a package of its own and named where it is published.
"""

import json
from dataclasses import dataclass
from pathlib import Path

from haitang.site.form_editor import FOLDER, NAME
from haitang.site.form_editor import LICENCES as OF_FORM
from haitang.site.page import LICENCES, Page
from haitang.site.pages import made
from haitang.site.templates import Templates
from haitang.site.views import Site

LISTED = "licences.txt"  # in the folder of the bundles, and in its folder `kiosk` for a kiosk
_BETWEEN = f"\n{'-' * 72}\n\n"


@dataclass(frozen=True, slots=True)
class Part:
    """A package: its licence by its SPDX name and in its own words, and the page below the site that holds `more` of those."""

    name: str
    version: str
    licence: str
    home: str = ""
    paragraphs: tuple[str, ...] = ()
    more: str = ""


def listed(path: Path) -> tuple[Part, ...]:
    """The packages that a list of the bundler's names. Raises OSError, and ValueError where it is none."""
    return tuple(map(_part, path.read_text(encoding="utf-8").split(_BETWEEN)))


def of_site(bundle: Path, lock: Path | None) -> tuple[Part, ...]:
    """What the site hands out; `lock` is the form editor's, where it has one."""
    return (*listed(bundle / LISTED), *([_form(lock)] if lock else []))


def page(site: Site, bundle: Path, lock: Path | None) -> Page:
    words = site.templates.words["licences"]
    own = Page(LICENCES.path(), LICENCES, words["title"], words["description"])
    return made(site, own, "licences", parts=of_site(bundle, lock))


def of_kiosk(templates: Templates, bundle: Path) -> bytes:
    """A page without a style: nobody reads it on the screen, and it has to go with every copy."""
    return templates.render("kiosk/licences.html", parts=listed(bundle / "kiosk" / LISTED)).encode()


def _part(block: str) -> Part:
    head, _, text = block.partition("\n\n")
    first, _, home = head.partition("\n")
    name, version, licence = first.split(" ", 2)
    paragraphs = (" ".join(paragraph.split()) for paragraph in text.split("\n\n"))
    return Part(name, version, licence.strip("()"), home, tuple(filter(None, paragraphs)))


def _form(lock: Path) -> Part:
    said = json.loads(lock.read_text(encoding="utf-8"))["packages"][f"node_modules/{NAME}"]
    return Part(NAME, said["version"], said["license"], more=f"{FOLDER}/{OF_FORM}")
