"""What the check accepts the build publishes, whatever it says; and what it says is only said.

With `--all` every string stands once in every field that holds a text, or as many as HAITANG_HOSTILE says.
"""

import json
import os
import re
from collections import Counter
from collections.abc import Iterator, Mapping
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser
from playwright.sync_api import Page as Tab

from haitang.kiosk import halls
from haitang.media.fonts import Font
from haitang.site.build import Builder, Inputs
from haitang.site.bundles import bundle
from haitang.site.form_editor import PACKAGE, Editor
from haitang.site.output_folder import Target
from haitang.source.parser import Fields, parse_bytes
from tests.conftest import readable
from tests.hostile import odd_values
from tests.hostile.files import fragments, odd
from tests.hostile.pages import Page, misspoken, read, sayings
from tests.hostile.strings import FAMILIES, all_strings, unseen, visible
from tests.hostile.world import TODAY, Deck, World, all_texts, begin
from tests.site.release import judge as release
from tests.worlds import PROJECT

HARMLESS = "普通的字"
FEW = 4
MANY = int(os.environ.get("HAITANG_HOSTILE", "1000000"))
STORIES = frozenset(("em", "strong"))  # which a story may have, and an ordinary one has not
HALL_EVERY = 200  # of many worlds, how often a hall's release is made of one


@pytest.fixture(scope="module")
def tab(browser: Browser) -> Iterator[Tab]:
    page = browser.new_page()
    yield page
    page.close()


def publish(world: World, out: Path) -> Path:
    """By the check and by the build."""
    given = Inputs(PROJECT, world.root, PROJECT / "site_src", bundle(PROJECT), editor=Editor(PROJECT / PACKAGE))
    target = Target(out)
    with target.locked(lambda: None):
        Builder(given).build(target, TODAY)
    return out / "site"


def pages_of(tab: Tab, site: Path) -> dict[str, Page]:
    files = sorted(site.rglob("*.html"))
    return read(tab, {path.relative_to(site).as_posix(): path.read_text("utf-8") for path in files} | fragments(site))


def app_of(world: World, patch: pytest.MonkeyPatch) -> dict[str, str]:
    patch.setattr(halls.Workshop, "_font", lambda *_: Font(b"font", ()))
    shop = halls.workshop(PROJECT, world.root, bundle(PROJECT), TODAY)
    files = shop.release(shop.directory.settings.halls[0], lambda *_: None).files
    return {name: content.decode() for name, content in files.items() if name.endswith(".html")}


class Expected:
    """What a world says that says nothing odd: its pages, and what any page may hold."""

    def __init__(self, pages: Mapping[str, Page]) -> None:
        self.pages = pages
        self.same: set[tuple[str, int]] = set()
        self.tags = {tag for page in pages.values() for tag in page.tags} | STORIES
        self.asked = {address for page in pages.values() for address in page.asked}
        self.asked |= {("a", "href", *urlsplit(url)[:2]) for url in odd_values.OF_KIND["url"]}

        self.names = {name for tag in self.tags for name in tag.split()}

    def _strange(self, tag: str) -> Iterator[str]:
        return (name for name in tag.split() if name not in self.names and not re.fullmatch("data-[a-z]+", name))

    def faults(self, pages: Mapping[str, Page], *, odd: bool) -> Iterator[str]:
        """What a page has that it would not have if it said something else. Other numbers and dates make other charts, of known
        tags and attributes."""
        for path, page in pages.items():
            yield from (f"{path}: asks {address}" for address in page.asked - self.asked)
            if odd:
                yield from (f"{path}: <{tag}>" for tag in page.tags if [*self._strange(tag)])
                continue
            yield from (f"{path}: <{tag}>" for tag in page.tags if tag not in self.tags)
            if (acting := page.acting) != (before := self.pages[path].acting):
                yield f"{path}: {(acting - before) | (before - acting)}"
        if not odd and pages.keys() != self.pages.keys():
            yield f"pages: {pages.keys() ^ self.pages.keys()}"


@pytest.fixture(scope="module")
def expected(tab: Tab, tmp_path_factory: pytest.TempPathFactory) -> Expected:
    folder = tmp_path_factory.mktemp("harmless")
    world = begin(folder / "data", HARMLESS)
    assert world.refused == {}
    assert sum(all_texts().values()) == len(world.paths), "a field has come that this world does not fill"
    with pytest.MonkeyPatch.context() as patch:
        return Expected(pages_of(tab, publish(world, folder / "out")) | read(tab, app_of(world, patch)))


def wrong(world: World, tab: Tab, expected: Expected, out: Path, *, hall: bool) -> list[str]:
    """What is wrong with what is published of a world."""
    site = publish(world, out)
    pages = pages_of(tab, site)
    with pytest.MonkeyPatch.context() as patch:
        made = read(tab, app_of(world, patch)) if hall else {}
    apps = made or {path: page for path, page in expected.pages.items() if path not in pages}
    found = [*expected.faults(pages | apps, odd=world.random is not None), *release.faults(site / "data" / "v1")]
    said = [
        *odd(world, site, expected.same),
        *(each for page in (pages | made).values() for each in misspoken(world, sayings(page))),
    ]
    return found + [f"{where}: {there!r} instead of {wanted!r}" for where, wanted, there in said]


def test_there_are_enough_strings() -> None:
    assert len(all_strings()) > 8_000 and len(visible()) > 7_000 and len(unseen()) > 900
    assert all(any(family()) for family in FAMILIES.values()) and len(FAMILIES) > 20


def test_whatever_the_check_accepts_is_published_and_is_only_text(tab: Tab, expected: Expected, tmp_path: Path) -> None:
    deck = Deck(visible())
    for number in range(FEW):
        world = begin(tmp_path / f"{number}", deck, seed=number if number % 2 else None)
        assert wrong(world, tab, expected, tmp_path / "out", hall=number == 0)[:20] == []
        for problem in world.refused.values():
            readable(problem)
        assert len(world.refused) < len(world.texts) / 20


@pytest.mark.long
def test_every_string_in_every_field_is_only_text(tab: Tab, expected: Expected, tmp_path: Path) -> None:
    deck, said, codes, found = Deck(visible()), 0, Counter[str](), list[str]()
    number = 0
    while deck.fewest < min(len(visible()), MANY) and len(found) < 20:
        world = begin(tmp_path / f"{number % 8}", deck, seed=number if number % 2 else None)
        wrongs = wrong(world, tab, expected, tmp_path / "out", hall=number % HALL_EVERY == 0)
        found += [f"world {number}: {each}" for each in wrongs]
        said += len(world.texts)
        codes.update(problem.code for problem in world.refused.values())
        number += 1
    print(
        f"\n{number} worlds, {deck.fewest} strings in each of {len(deck.dealt)} fields, {said} in all; refused: {dict(codes)}"
    )
    assert found == []


@pytest.mark.parametrize("shape", ["a: {}", "{}: a", "a:\n  - b: {}", "a: |\n  x{}", "# {}"])
def test_what_cannot_be_seen_is_refused_with_a_sentence(shape: str) -> None:
    """Wherever in a file it stands."""
    for text in unseen():
        written = text if "|" in shape or "#" in shape else json.dumps(text, ensure_ascii=False)
        tree = parse_bytes((shape.format(written) + "\n").encode("utf-8", "surrogatepass"), "positions/a.yml")
        if not isinstance(tree, Fields):
            for problem in tree:
                readable(problem, known=text)
        elif "#" not in shape:
            assert re.search("[\n\r\t]", text), ascii(text)
