"""A class belongs to one part: no rule written for one part of a page may restyle another that only happens to use its name.

The rule: what several parts may use is the common look, and its words stand in SITE and KIOSK below; every other class is used
by one template or script. Each has the rules that begin it in one style sheet.
"""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import get_args

import pytest

from haitang.core.problem_codes import Level
from haitang.geo.layers import KINDS, Form
from haitang.kiosk import build as hall
from haitang.model.tiers import LOOKS as TIERS
from haitang.model.types import Icon, Status
from haitang.site import build
from haitang.site.views import changelog as changes
from haitang.site.views.needs import NO_ICON
from tests.site.class_uses import uses
from tests.worlds import PROJECT

TEMPLATES, SOURCES = PROJECT / "templates", PROJECT / "frontend" / "src"
MAP = sorted((SOURCES / "map").rglob("*.css"))
# Words of the common look: whoever adds one says that it looks the same wherever it stands.
SITE = frozenset(
    (
        # frame, bands, columns
        "wrap page band band-head head head-row crumbs spray lone cols col-main col-side map-row map-list run prose "
        "foot data-age "
        # text
        "lead fine quiet unseen more todo todo-text not-known twig bough "
        # small things
        "btn btn-main chips icon tag tags place seal state mark f-line apps empty empty-art empty-title "
        # boxes, lists, figures
        "need-others card card-list cards open-up panel rows facts figure figures sums verified take take-address "
        # covers of brands
        "cover slogan "
        # tables of fields, for editors and for programs
        "guide fields field-choices field-limits need "
        # activities, on several pages of theirs
        "programme days near-by agenda agenda-note events event-head places when s-over "
        # search.html, map.html and the pages of needs: one finder
        "finder find-bar find-filters-room find-map find-side find-split "
        # the drawn map, the charts and the numbered flowers of a route; the live map
        "m-dot m-heart m-count map-flower map-pin"
    ).split()
)
KIOSK = frozenset(
    (
        "fine mark mark-centre state tag todo twig a-fine p-pale a-slide a-see a-say a-text "
        "k-screen k-title k-lead k-do k-see k-read k-key k-page k-prose k-todo "
        "k-card k-card-line k-card-name k-card-text k-cards k-rows k-listed k-names k-next k-nothing k-numbers k-table "
        "k-tab k-tabs k-tags k-tile k-tiles k-chapter k-cover k-cover-text k-sheet k-turned k-turner "
        # two screens of one finder
        "k-find k-find-do k-find-see k-find-title k-find-top k-told k-chips"
    ).split()
)
# They have no look of their own: scripts and tests find things by them.
HANDLES = frozenset("no-speech find-list find-open is-cluster on-routes search-list stops".split())
# Classes of what others make: the theme's engine and the map's library.
FOREIGN = re.compile(r"md-|leaflet-")
# A word of which the end is only known when a page is made → its ends; `is-` by the file, for there it means anything.
MADE: dict[str, Iterable[str]] = {
    **dict.fromkeys(("mark-*", "t-*", "head-*", "k-*", "ring-*", "a-*", "is-tier-*"), TIERS),
    "icon-*": (*get_args(Icon), NO_ICON),
    "s-*": (*get_args(Status), *"012345"),
    "n-*": get_args(changes.Kind),
    "chart-*": ("bar", "line", "area", "dots", "tree", "pictogram"),
    "m-*": "123",
    "base-*": (*KINDS, *get_args(Form)),
    "x*": [str(hundredths) for hundredths in range(8, 93, 2)],
    "y*": [str(hundredths) for hundredths in range(10, 91, 2)],
    "has-*": "123456",
    "is-inner-*": "123",
    "charts.html is-*": ("above", "below", "missing"),
    "problems.html is-*": get_args(Level),
    "display-panel.ts is-*": "contrast size version reading high normal large xlarge elder off on".split(),
    "opening-state.ts is-*": ("open", "closing", "closed", "unsure"),
    "agenda-line.ts is-*": ("past", "begun", "running"),
    "marks.ts is-*": "012345",
    "flower-head.ts is-*": "012",
}
# What says how something is just now and never what it is: it stands beside a part's own class.
STATE = re.compile(r"(?:is|has|needs|no)-")
CLASS = re.compile(r"\.([A-Za-z][\w-]*)")
ALONE = re.compile(r"\w*\.([A-Za-z][\w-]*)(?:::?[\w-]+(?:\([^)]*\))?)*")
BROUGHT = re.compile(r'\{% (?:include|import|extends|from) "([^"]+)"|(?:from|import) "(\.[^"]+)"|import\("(\.[^"]+)"\)')


@dataclass(frozen=True, eq=False)
class Look:
    """The style sheets that one document loads, and those who write its elements. `apart`: sheets of another medium."""

    common: frozenset[str]
    sheets: tuple[Path, ...]
    writers: tuple[Path, ...]
    apart: frozenset[str] = frozenset()
    rendered: tuple[Path, ...] = ()  # what haitang/ renders into them
    with_website: bool = False  # shares sheets with it, of which it need not use everything

    def speaks_of(self, names: Iterable[str]) -> bool:
        """Whether its sheets have a rule for one of them."""
        return any(name in self.defined for name in names)

    @cached_property
    def defined(self) -> dict[str, set[str]]:
        """Class → the style sheets that speak of it."""
        found: dict[str, set[str]] = defaultdict(set)
        for sheet in self.sheets:
            for name in spoken(sheet.read_text("utf-8")):
                found[name].add(sheet.stem)
        return found

    @cached_property
    def used(self) -> dict[str, set[str]]:
        """Class → the templates and scripts that give it, those too that are brought along."""
        found: dict[str, set[str]] = defaultdict(set)
        for path, words in self.words.items():
            for word in words:
                for name in ended(path.name, word):
                    found[name].add(path.name)
        return found

    @cached_property
    def words(self) -> dict[Path, set[str]]:
        """Template or script → what it gives as classes."""
        return uses(brought((*self.writers, *self.rendered)))


def site() -> Look:
    sheets = [TEMPLATES / "styles" / f"{name}.css" for name in (*build.STYLES, *build.EMBED_STYLES)]
    folders = ("pages", "parts", "theme")
    writers = [path for folder in folders for path in sorted((TEMPLATES / folder).rglob("*.html"))]
    elsewhere = {
        folder / name for name in ("kiosk", "launcher", "admin", "worker") for folder in (SOURCES, SOURCES / "entries")
    }
    scripts = [path for path in sorted(SOURCES.rglob("*.ts")) if not elsewhere & set(path.parents)]
    return Look(SITE, (*sheets, *MAP), (*writers, *scripts), apart=frozenset({"paper"}))


def kiosk() -> Look:
    shared = [TEMPLATES / "styles" / f"{name}.css" for name in hall.STYLES]
    own = [path for path in sorted((TEMPLATES / "kiosk").glob("*.css")) if path.stem not in hall.OWN_PAGES]
    writers = [path for path in sorted((TEMPLATES / "kiosk").rglob("*.html")) if path.stem not in hall.OWN_PAGES]
    return Look(
        KIOSK, (*shared, *MAP, *own), (*writers, *sorted((SOURCES / "kiosk").rglob("*.ts"))), apart=frozenset({"paper"}),
        rendered=(TEMPLATES / "parts" / "week.html",), with_website=True,
    )  # fmt: skip


def beside(page: str, *scripts: str) -> Look:
    """A page beside the kiosk's app, with a sheet of its own."""
    templates = TEMPLATES / "kiosk"
    return Look(frozenset(), (templates / f"{page}.css",), (templates / f"{page}.html", *(SOURCES / path for path in scripts)))


ALL = {
    "site": site(),
    "kiosk": kiosk(),
    "launcher": beside("launcher", "entries/launcher/launcher.ts"),
    "sample": beside("embed-sample", "entries/launcher/sample.ts"),
}
LOOKS = pytest.mark.parametrize("look", [ALL["site"], ALL["kiosk"]], ids=["site", "kiosk"])
PAGES = pytest.mark.parametrize("look", ALL.values(), ids=ALL)


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


def spoken(css: str) -> set[str]:
    """Every class of a style sheet, those in brackets too."""
    preludes = re.findall(r"([^{};]+)\{", re.sub(r"/\*.*?\*/", "", css, flags=re.DOTALL))
    return {name for prelude in preludes if not prelude.strip().startswith("@") for name in CLASS.findall(prelude)}


def brought(files: Iterable[Path]) -> set[Path]:
    """The files and all that they include or import."""
    found, open_ = set[Path](), list(files)
    while open_:
        path = open_.pop()
        if path in found:
            continue
        found.add(path)
        for names in BROUGHT.findall(path.read_text("utf-8")):
            name = next(filter(None, names))
            to = TEMPLATES / name if path.suffix == ".html" else (path.parent / name).resolve()
            open_ += filter(Path.is_file, (to, to.with_name(f"{to.name}.ts"), to / "index.ts"))
    return found


def ended(file: str, word: str) -> Iterable[str]:
    """A word with each of its ends."""
    if "*" not in word:
        return [word]
    ends = MADE.get(f"{file} {word}", MADE.get(word))
    assert ends is not None, f"{file}: {word} can be anything; its ends belong into MADE"
    return [word.replace("*", end) for end in ends]


@LOOKS
def test_a_class_has_the_rules_that_begin_it_in_one_style_sheet(look: Look) -> None:
    found = homes(sheet for sheet in look.sheets if sheet.stem not in look.apart)
    assert len(found) > 100
    assert {name: sheets for name, sheets in found.items() if len(sheets) > 1} == {}


@LOOKS
def test_a_class_is_used_by_one_part_or_is_a_word_of_the_common_look(look: Look) -> None:
    used: dict[str, set[str]] = defaultdict(set)
    for path in look.writers:
        for name in look.words[path].intersection(look.defined):
            used[name].add(path.name)
    several = {name: paths for name, paths in used.items() if len(paths) > 1 and not STATE.match(name)}
    assert {name: paths for name, paths in several.items() if name not in look.common} == {}
    assert look.common - set(several) == set(), "words of the common look that no longer are"


@PAGES
def test_a_class_that_is_used_is_defined(look: Look) -> None:
    found = {
        (path.name, word)
        for path in look.writers
        for word in look.words[path] - HANDLES
        if not look.speaks_of(ended(path.name, word))
    }
    assert sorted(found) == []


@PAGES
def test_a_class_that_is_defined_is_used(look: Look) -> None:
    others = ALL["site"].used if look.with_website else {}
    shared = {path.stem for path in look.sheets} & {path.stem for path in ALL["site"].sheets} if look.with_website else set()
    dead = {
        name: sheets
        for name, sheets in look.defined.items()
        if name not in look.used and not FOREIGN.match(name) and not (name in others and sheets <= shared)
    }
    assert dead == {}


def test_a_word_with_an_end_is_written_somewhere() -> None:
    written = {
        pattern
        for look in ALL.values()
        for path, words in look.words.items()
        for word in words
        if "*" in word
        for pattern in (word, f"{path.name} {word}")
    }
    assert set(MADE) - written == set()


def test_handles_are_asked_for_and_have_no_look() -> None:
    seekers = (*SOURCES.rglob("*.ts"), *(PROJECT / "tests").rglob("*.py"), *(PROJECT / "benchmarks").glob("*.py"))
    asked = "".join(path.read_text("utf-8") for path in seekers)
    assert {name for name in HANDLES if f".{name}" not in asked or name not in ALL["site"].used} == set()
    assert HANDLES & set(ALL["site"].defined) == set()


def test_every_style_sheet_is_published() -> None:
    assert sorted(path.stem for path in (TEMPLATES / "styles").glob("*.css")) == sorted((*build.STYLES, *build.EMBED_STYLES))


def test_classes_are_read_as_they_are_written(tmp_path: Path) -> None:
    page, script, door = tmp_path / "page.html", tmp_path / "script.ts", tmp_path / "door.ts"
    page.write_text(
        '{% macro mark(tier, extra="") %}<svg class="mark mark-{{ tier }}{{ extra }}">{% endmacro %}\n'
        """<p class="a{{ " is-b" if c == "d" }} {% if e %}f{% endif %} g-{{ "h" if i else "j" }}">{{ k.mark(l, " m") }}""",
        "utf-8",
    )
    door.write_text("export function make(tag: string, className: string): Element {\n", "utf-8")
    script.write_text(
        'make("div", `n${o ? " is-p" : ""}`);\nq.classList.toggle("r", s);\nt.className = "u";\n'
        'v.setAttribute("class", `w-${x}`);\nconst y = (text: string, className: string): void => {\ny("no", "z");\n'
        'make("b", ZERO);\nconst ZERO = "one two";\nset.add("no");\n',
        "utf-8",
    )
    assert uses([page, script, door]) == {
        page: {"mark", "mark-*", "m", "a", "is-b", "f", "g-h", "g-j"},
        script: {"n", "is-p", "r", "u", "w-*", "z", "one", "two"},
        door: set(),
    }
