"""A class belongs to one part: no rule written for one part of a page may restyle another that only happens to use its name.

The rule: what several parts may use is the common look, and its words stand in SITE and KIOSK below; every other class is used
by one template or script. Each has the rules that begin it in one style sheet.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from haitang.kiosk import build as hall
from haitang.site import build
from tests.worlds import PROJECT

TEMPLATES, SOURCES = PROJECT / "templates", PROJECT / "frontend" / "src"
MAP = sorted((SOURCES / "map").rglob("*.css"))
# Words of the common look: whoever adds one says that it looks the same wherever it stands.
SITE = frozenset(
    (
        # frame, bands, columns
        "wrap page band band-head head head-row lone cols col-main col-side map-row map-list run prose "
        # text
        "lead fine quiet unseen more todo todo-text not-known twig bough "
        # small things
        "btn btn-main chips tag tags place state mark apps empty empty-art empty-title "
        # boxes, lists, figures
        "card cards panel rows facts figure figures sums grid invite verified take take-code take-address "
        # covers of brands
        "cover wall tile slogan "
        # activities, on several pages of theirs
        "programme agenda agenda-note events when s-over "
        # search.html and map.html: one finder
        "finder find-bar find-filters-room find-side find-split "
        # the drawn map, the charts and the numbered flowers of a route; the live map
        "m-dot m-heart m-count map-flower map-pin"
    ).split()
)
KIOSK = frozenset(
    (
        "fine mark mark-centre state tag todo twig a-fine "
        "k-screen k-title k-lead k-do k-see k-read k-key k-page k-prose k-todo "
        "k-card k-card-line k-card-name k-card-text k-cards k-rows k-listed k-names k-next k-nothing k-numbers k-table "
        "k-tab k-tabs k-tags k-tile k-tiles k-chapter k-cover k-cover-text k-sheet k-sheet-head k-turned k-turner "
        # two screens of one finder
        "k-find k-find-do k-find-see k-find-title k-find-top k-told k-chips"
    ).split()
)
# What says how something is just now and never what it is: it stands beside a part's own class.
STATE = re.compile(r"(?:is|has|needs|no)-")
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
ALONE = re.compile(r"\w*\.([A-Za-z][\w-]*)(?:::?[\w-]+(?:\([^)]*\))?)*")
ATTRIBUTE = re.compile(r'\bclass="((?:[^"{]|\{\{.*?\}\}|\{%.*?%\})*)"')
JINJA = re.compile(r"\{\{.*?\}\}|\{%.*?%\}")
# Lines of a script that name classes; the tags that they make are no classes.
MAKES = re.compile(r"\b(?:make|button|key|option|group|link|pressable|flower|svg|add)\(|[cC]lass")


@dataclass(frozen=True)
class Look:
    """The style sheets that one document loads, and those who write its elements. `apart`: sheets of another medium."""

    common: frozenset[str]
    sheets: tuple[Path, ...]
    writers: tuple[Path, ...]
    apart: frozenset[str] = frozenset({"paper"})


def site() -> Look:
    sheets = [TEMPLATES / "styles" / f"{name}.css" for name in build.STYLES]
    folders = ("pages", "parts", "theme")
    writers = [path for folder in folders for path in sorted((TEMPLATES / folder).rglob("*.html"))]
    elsewhere = {SOURCES / name for name in ("kiosk", "launcher", "admin", "worker")}
    scripts = [path for path in sorted(SOURCES.rglob("*.ts")) if not elsewhere & set(path.parents)]
    return Look(SITE, (*sheets, *MAP), (*writers, *scripts))


def kiosk() -> Look:
    shared = [TEMPLATES / "styles" / f"{name}.css" for name in hall.STYLES]
    own = [path for path in sorted((TEMPLATES / "kiosk").glob("*.css")) if path.stem not in hall.OWN_PAGES]
    writers = [path for path in sorted((TEMPLATES / "kiosk").rglob("*.html")) if path.stem not in hall.OWN_PAGES]
    return Look(
        KIOSK, (*shared, *MAP, *own), (*writers, *sorted((SOURCES / "kiosk").rglob("*.ts")))
    )  # fmt: skip


LOOKS = pytest.mark.parametrize("look", [site(), kiosk()], ids=["site", "kiosk"])


def selectors(css: str) -> Iterator[str]:
    """Every selector of a style sheet, those of a list one by one; what stands in brackets is left out."""
    css = re.sub(r"/\*.*?\*/|\([^()]*\)", "", css, flags=re.DOTALL)
    for prelude in re.findall(r"([^{};]+)\{", css):
        if not prelude.strip().startswith("@"):
            yield from (selector.strip() for selector in prelude.split(","))


def homes(sheets: Iterable[Path]) -> dict[str, set[str]]:
    """Class → the style sheets with a rule for it alone."""
    found: dict[str, set[str]] = defaultdict(set)
    for sheet in sheets:
        for selector in selectors(sheet.read_text("utf-8")):
            if alone := ALONE.fullmatch(selector):
                found[alone[1]].add(sheet.stem)
    return found


def named(path: Path) -> Iterator[str]:
    """What a template or a script writes as classes, and other words of the same lines."""
    text = path.read_text("utf-8")
    if path.suffix == ".html":
        for value in ATTRIBUTE.findall(text):
            for words in (JINJA.sub(" ", value), *re.findall(r'"([^"]*)"', value)):
                yield from words.split()
        return
    for line in filter(MAKES.search, text.splitlines()):
        for words in re.findall(r'["`]([^"`]*)["`]', re.sub(r'\bmake\(\s*"\w+"', "", line)):
            yield from re.sub(r"\$\{.*?\}", " ", words).split()


@LOOKS
def test_a_class_has_the_rules_that_begin_it_in_one_style_sheet(look: Look) -> None:
    found = homes(sheet for sheet in look.sheets if sheet.stem not in look.apart)
    assert len(found) > 100
    assert {name: sheets for name, sheets in found.items() if len(sheets) > 1} == {}


@LOOKS
def test_a_class_is_used_by_one_part_or_is_a_word_of_the_common_look(look: Look) -> None:
    styled = {
        name for sheet in look.sheets for selector in selectors(sheet.read_text("utf-8")) for name in CLASS.findall(selector)
    }
    used: dict[str, set[str]] = defaultdict(set)
    for path in look.writers:
        for name in styled.intersection(named(path)):
            used[name].add(path.name)
    several = {name: paths for name, paths in used.items() if len(paths) > 1 and not STATE.match(name)}
    assert {name: paths for name, paths in several.items() if name not in look.common} == {}
    assert look.common - set(several) == set(), "words of the common look that no longer are"
