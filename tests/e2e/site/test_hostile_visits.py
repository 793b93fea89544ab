"""A stranger's link, a damaged memory, an address that is not there: on every page that reads them, over http and from a file,
with the page's policy and without, nothing of it runs, nothing becomes an element, and the page can be used.

The rule: what is tried follows from a seed; `--all` tries some thousands."""

import random
import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import quote, urlsplit

import pytest
from playwright.sync_api import Browser, BrowserContext, Error, Route

from tests.e2e import hostile
from tests.e2e.hostile import ID, KEYS, LOOKS, STRINGS, Visit, escaped, script, several
from tests.e2e.site.conftest import root_of

SEED = 20261130
ASKED = (
    "q",
    "town",
    "tier",
    "service",
    "facility",
    "brand",
    "open",
    "verified",
    "access",
    "near",
    "v",
    "s",
    "t",
    "only",
    "list",
)
LIVE = "document.querySelector('.finder.is-live, .finder.is-failed') !== null"
SCRIPTED = "!document.documentElement.classList.contains('no-js')"
# Pages with what shows that their script is through, and what may stand before a hostile hash.
PAGES = {
    "many/index.html": (SCRIPTED, ("",)),
    "many/search.html": (LIVE, ("",)),
    "many/map.html": (LIVE, ("",)),
    "many/own.html": (LIVE, ("list=", f"list={ID},", "")),
    "many/positions/p-003.html": (SCRIPTED, ("", "tell")),
    "many/positions/index.html": (SCRIPTED, ("",)),
    "many/towns/jia-zhen.html": (SCRIPTED, ("",)),
    "world/needs/zhengce.html": (LIVE, ("",)),
    "world/offline.html": (SCRIPTED, ("", "positions/", "towns/", "positions/he-cheng.html")),
    "world/brands/he-hua.html": (SCRIPTED, ("",)),
    "programme/activities/index.html": (SCRIPTED, ("", "kind-")),
    "programme/positions/he-cheng.html": (SCRIPTED, ("",)),
    "world/about.html": (SCRIPTED, ("",)),
}
FINDERS = ("many/search.html", "many/map.html")
UPWARD = (".%2E/evil.html", "a/%2e%2e/%2E./evil.html", "../evil.html")  # the rest in frontend/tests/page/offline.test.ts
Origins = dict[str, str]  # by scheme


IN_CI = (
    ("many/index.html", "http", False),
    ("many/own.html", "http", True),
    ("world/offline.html", "file", False),
    ("programme/activities/index.html", "file", True),
)


def ways() -> Iterator[Any]:
    """Every page from either scheme, with its policy and without."""
    for way in product(PAGES, ("http", "file"), (True, False)):
        yield pytest.param(*way, marks=() if way in IN_CI else pytest.mark.long)


@pytest.fixture(scope="module")
def contexts(browser: Browser) -> Iterator[dict[bool, BrowserContext]]:
    """By whether pages' policies hold."""
    made = {keeps: hostile.context(browser, 390, 844, keeps_policy=keeps) for keeps in (True, False)}
    yield made
    for each in made.values():
        each.close()


@pytest.fixture
def origins(every_kind: Path, sites_over_http: str) -> Origins:
    return {"http": sites_over_http, "file": f"{every_kind.as_uri()}/"}


@pytest.fixture
def times(request: pytest.FixtureRequest) -> int:
    """How much more than in CI is tried."""
    return 24 if request.config.getoption("--all") else 1


@pytest.mark.parametrize(("path", "scheme", "policy"), list(ways()))
def test_whatever_an_address_says_the_page_can_be_used(
    contexts: dict[bool, BrowserContext], origins: Origins, path: str, scheme: str, policy: bool, times: int
) -> None:
    visit, dice = Visit(contexts[policy]), random.Random(f"{SEED} {path} {scheme}")
    ready, before = PAGES[path]
    for _ in range(times):
        behind = f"{dice.choice(before)}{escaped(dice, dice.choice(STRINGS))}"
        address = f"{origins[scheme]}{path}?{several(dice, ASKED)}#{behind}"
        visit.page.goto("about:blank")
        visit.page.goto(address)
        visit.judge(address, ready)
        assert visit.page.evaluate(LOOKS), ascii(address)
    visit.page.close()


# One step of the browser's Back to an address, as if somebody had been there.
STEP = """async (address) => {
  history.pushState(null, '', address);
  dispatchEvent(new PopStateEvent('popstate'));
  await new Promise((done) => setTimeout(done, 10));
  return document.querySelectorAll('.finder.is-live').length;
}"""


@pytest.mark.parametrize("policy", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("path", FINDERS)
def test_whatever_a_finder_goes_back_to_it_answers(
    contexts: dict[bool, BrowserContext], origins: Origins, path: str, policy: bool, times: int
) -> None:
    visit, dice = Visit(contexts[policy]), random.Random(f"{SEED} {path}")
    visit.page.goto(f"{origins['http']}{path}")
    visit.page.wait_for_function(LIVE)
    asked = [f"?{several(dice, ASKED)}" if turn % 2 else f"?q={dice.choice(STRINGS)[:300]}" for turn in range(8 * times)]
    for address in ("?q=%E0%A4%A&town=%zz&near=%", *asked):
        try:
            shown = visit.page.evaluate(f"({STEP})({script(address)})")
        except Error as error:
            raise AssertionError(ascii(address)) from error
        assert shown == 1, ascii(address)
        visit.judge(address)
    visit.page.evaluate(f"({STEP})('?')")
    visit.page.wait_for_function("document.querySelectorAll('.find-list .card').length > 3")
    visit.page.close()


LEFT: tuple[Any, ...] = (
    None, 5, "x", [], True, {}, {"y": "x"}, {"y": -1e308, "rooms": None},
    {"y": 1e308, "rooms": {}, "open": None, "cards": None},
    {"y": 3, "rooms": {"(": 5, "<x-hostile>": 1, "": 2}, "open": 7, "cards": 5, "height": {}, "sort": []},
    {"rooms": {".list-body": "x", "__proto__": 1}, "open": ["x"], "cards": {"find-list": 1e9}, "height": "__proto__"},
    {"rooms": {".list-body": 1e9}, "open": {"length": 3}, "cards": {"find-list": -5}, "height": "full", "sort": "near"},
    {"y": 0, "cards": {"find-list": 2.5}, "height": "toString", "sort": "constructor"},
    {"rooms": [], "open": [], "cards": [], "height": {"toString": 1}, "sort": "<x-hostile>"},
)  # fmt: skip
VIEWS: tuple[Any, ...] = (
    None, 5, "x", [], {}, {"lat": None, "lon": None, "zoom": None}, {"lat": "x", "lon": "y", "zoom": "z"},
    {"lat": 1e308, "lon": -1e308, "zoom": 1e308}, {"lat": 31, "lon": 121}, {"lat": 31, "lon": 121, "zoom": -1e9},
    {"lat": 91, "lon": 181, "zoom": 2.5}, {"lat": "31", "lon": "121", "zoom": "5"},
    {"lat": [31], "lon": {"a": 1}, "zoom": True},
)  # fmt: skip
WHOLE = (
    "",
    "null",
    "5",
    "true",
    '"x"',
    "[]",
    "[[]]",
    "{",
    "undefined",
    "{}",
    '{"__proto__":{"hostile":1}}',
    '{"constructor":{"prototype":{"hostile":1}}}',
    "\x00",
    "\ufeff{}",
    "NaN",
)


NAMES = (
    "haitang-display",
    "haitang-own",
    "haitang-left",
    "haitang-views",
    "haitang-here",
    "haitang-kept-all",
    "haitang-form-key",
)
# In both storages, whichever of them a page looks into; and again before each page.
KEEP = """if (location.protocol !== 'about:') for (const storage of [localStorage, sessionStorage]) {
  storage.clear();
  for (const [name, text] of Object.entries(%s)) storage.setItem(name, text);
}"""
REMEMBERING = ("many/search.html", "many/map.html", "many/own.html", "many/index.html", "world/offline.html")


def kept(dice: random.Random, path: str, number: int) -> dict[str, str]:
    """What storage holds under every name that pages keep something by. `path` is the page's with its query."""
    found = {name: dice.choice((*WHOLE, *STRINGS)) for name in NAMES}
    for name, values in {"haitang-left": LEFT, "haitang-views": VIEWS}.items():
        turn = number % (len(values) + len(WHOLE))
        in_place = turn < len(values)
        found[name] = script({path: values[turn], "/x": dice.choice(values)}) if in_place else WHOLE[turn - len(values)]
    if number % 3 == 0:
        choices = ("size", "contrast", "theme", "reading", "elder", *KEYS)
        found["haitang-display"] = script({name: hostile.value(dice) for name in choices})
        lists = (f"{ID},{ID},{ID}", ",".join(STRINGS), ",".join(["a-b"] * 5_000), f"__proto__,{ID},constructor")
        found["haitang-own"] = dice.choice(lists)
    return found


@pytest.mark.parametrize("policy", [False, pytest.param(True, marks=pytest.mark.long)])
@pytest.mark.parametrize("scheme", ["http", pytest.param("file", marks=pytest.mark.long)])
def test_whatever_a_browser_has_kept_the_page_can_be_used(
    contexts: dict[bool, BrowserContext], origins: Origins, scheme: str, policy: bool, times: int
) -> None:
    dice = random.Random(f"{SEED} {scheme}")
    for number in (9,) if times == 1 else range(60):
        path = REMEMBERING[number % 2] if number % 4 else dice.choice(REMEMBERING)
        visit = Visit(contexts[policy])
        damaged = kept(dice, re.sub(r"^\w+://[^/]*", "", f"{origins[scheme]}{path}"), number)
        mark = {name: text[:200] for name, text in damaged.items()}
        visit.page.add_init_script(KEEP % script(damaged))
        visit.page.goto(f"{origins[scheme]}{path}")
        visit.judge((path, mark), PAGES[path][0])
        visit.page.goto(f"{origins[scheme]}world/about.html")
        visit.page.go_back()
        visit.judge((path, "back", mark), PAGES[path][0])
        assert visit.page.evaluate(LOOKS), ascii(mark)
        visit.page.close()


@pytest.mark.parametrize("policy", [False, pytest.param(True, marks=pytest.mark.long)])
def test_whatever_is_not_there_is_only_looked_up(
    contexts: dict[bool, BrowserContext], origins: Origins, every_kind: Path, policy: bool, times: int
) -> None:
    """404.html, as hosts give it for any address."""
    visit, dice = Visit(contexts[policy]), random.Random(SEED)
    lost = every_kind / "world" / "404.html"
    root = urlsplit(root_of(lost)).path

    def answer(route: Route) -> None:
        if route.request.resource_type == "document":
            route.fulfill(body=lost.read_text("utf-8"), content_type="text/html; charset=utf-8")
        else:
            route.continue_()

    visit.page.route("**/*", answer)
    lost_paths = ["positions/%E0%A4%A%zz%.html"]
    for _ in range(2 * times):
        folder = dice.choice(("", "positions/", "towns/", "needs/kind-", "brands/", "/", "a/b/"))
        said = quote(dice.choice(STRINGS)[:300], safe=dice.choice(("", "%/:\\", "%<>'\"();")), errors="replace")
        lost_paths.append(f"{folder}{said}{dice.choice(('', '.html', '/', '.php?x=1'))}")
    for path in lost_paths:
        address = f"{origins['http'].rstrip('/')}{root}{path}"
        visit.page.goto("about:blank")
        visit.page.goto(address)
        visit.judge(address, SCRIPTED)
        assert visit.page.evaluate(LOOKS), ascii(address)
    visit.page.close()


@pytest.mark.parametrize("hash", ["%2e%2e/%2e%2e/evil.html", *(pytest.param(h, marks=pytest.mark.long) for h in UPWARD)])
def test_without_a_network_no_link_leads_out_of_the_site(
    contexts: dict[bool, BrowserContext], origins: Origins, hash: str
) -> None:
    visit = Visit(contexts[False])
    visit.page.goto(f"{origins['file']}world/offline.html#{hash}")
    visit.judge(hash, SCRIPTED)
    assert visit.page.locator("[data-retry]").is_hidden()
    visit.page.close()
