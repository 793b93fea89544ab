"""Strings of strangers, and whether a page took one for more than a text: for the tests of addresses, of what browsers keep, of
messages and of data.

The rule: whatever would be an element says so (`x-hostile`, `data-hostile`), whatever would run calls `ran`, and whatever would
be asked for or led to is of `evil.example`. So a page is judged without knowing which string was where.
"""

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from tests.e2e.site.conftest import Watched

HTML = (
    "<x-hostile>", "<img data-hostile src=x onerror=ran(1)>", "<svg data-hostile onload=ran(2)>",
    "<script data-hostile>ran(3)</script>", "\"><x-hostile a=\"", "'><x-hostile a='", "`><x-hostile>", "--><x-hostile>",
    "]]><x-hostile>", "</script><x-hostile>", "</title><x-hostile>", "</textarea><x-hostile>", "</style><x-hostile>",
    "</select><x-hostile>", "\" data-hostile=\"", "' data-hostile='", "\" onfocus=ran(4) autofocus data-hostile=\"",
    "<iframe data-hostile srcdoc='<script>parent.ran(5)</script>'>", "<a data-hostile href=javascript:ran(6)>x</a>",
    "<base data-hostile href=//evil.example/>", "<meta data-hostile http-equiv=refresh content='0;url=//evil.example'>",
    "<link data-hostile rel=stylesheet href=//evil.example/x.css>",
    "<math data-hostile><mtext><table><mglyph><style><img data-hostile src=x onerror=ran(7)>", "&lt;x-hostile&gt;",
    "&#60;x-hostile&#62;", "\\x3cx-hostile\\x3e", "\\u003cx-hostile\\u003e", "%3Cx-hostile%3E", "＜x-hostile＞",
    "<x-hostile\x00>", "<\x00x-hostile>", "<<x-hostile>>", "<x-hostile/x=",
)  # fmt: skip
ADDRESSES = (
    "javascript:ran(8)", "JaVaScRiPt:ran(8)", "java\tscript:ran(8)", "\x01javascript:ran(8)", " javascript:ran(8)",
    "javascript://%0aran(8)", "data:text/html,<script>parent.ran(9)</script>", "vbscript:ran(9)", "//evil.example/",
    "https://evil.example/x", "\\\\evil.example\\x", "/\\evil.example", "http:evil.example", "https:/evil.example",
    "blob:https://evil.example/x", "file:///etc/passwd", "../../../evil", "..%2f..%2fevil", "%2e%2e/%2e%2e/evil.html",
    "%2E./evil.html", "./%2e%2e/evil.html", "positions/%2e%2e/%2e%2e/%2e%2e/evil.html", "evil.example@127.0.0.1",
    "#javascript:ran(8)", "?q=<x-hostile>",
)  # fmt: skip
KEYS = (
    "__proto__",
    "constructor",
    "prototype",
    "toString",
    "valueOf",
    "hasOwnProperty",
    "__defineGetter__",
    "length",
    "0",
    "-1",
    "then",
    "undefined",
    "null",
)
NUMBERS = (
    "NaN",
    "Infinity",
    "-Infinity",
    "1e999",
    "-1",
    "-0",
    "0x10",
    "9" * 400,
    "1e-999",
    "121.0,91",
    "181,31",
    "1,2,3",
    ",",
    "NaN,NaN",
    "١٢",
    "１２",
)
BROKEN = (
    "%",
    "%%",
    "%E0%A4%A",
    "%zz",
    "%u0041",
    "%c0%af",
    "%ff",
    "%00",
    "%ED%A0%80",
    "+",
    "+%2b+",
    "=",
    "&",
    "&&==",
    ";",
    "#",
    "##",
    "%23",
    "%26",
    "\x00",
    "\x7f",
    "\x1b[31m",
)
TEXTS = (
    "\ud800", "\udfff\ud800", "\ud83d", "\u202egnp.exe", "\u2028\u2029", "\ufeff", "\u200b" * 50, "a\u0300" * 200, "ß" * 100,
    "İ", "ﷺ" * 100, "𠮷" * 90, "👨‍👩‍👧‍👦" * 30, "海" * 5_000, "a" * 20_000, "a " * 5_000, "lu jia " * 800, "(" * 3_000,
    "[" * 3_000, "\\" * 3_000, ".*+?^${}()|[]\\", "(a+)+$", "a{99999}", "{{7*7}}", "{q}", "{name}", "$&$1$`$'",
    "\r\nSet-Cookie: a=b", "\n" * 2_000, "'; DROP TABLE positions;--", "=cmd|' /C calc'!A0", "@SUM(1)", "", " ", "\t", "own:",
    "service:",
)  # fmt: skip
STRINGS = (*HTML, *ADDRESSES, *KEYS, *NUMBERS, *BROKEN, *TEXTS)
ID = "p-003"  # a place of the finder's world

# Before any script of the page's.
WATCH = """window.ran = (what) => (window.ranAll = window.ranAll || []).push(what);"""
# What is wrong with a page, in words; nothing where all is well.
JUDGE = """(isWhole = true) => {
  const wrong = [];
  const say = (what, element) => wrong.push(`${what}: ${element.outerHTML.slice(0, 120)}`);
  if (window.ranAll) wrong.push(`ran: ${window.ranAll}`);
  if ({}.hostile !== undefined || Object.keys(Object.prototype).length) wrong.push('a prototype has changed');
  for (const element of document.querySelectorAll('x-hostile, [data-hostile], base')) say('a node', element);
  for (const element of document.querySelectorAll('*')) {
    for (const { name, value } of element.attributes) {
      if (/^on/i.test(name) || name === 'srcdoc') say('a handler', element);
      if (!/^(?:href|src|action|formaction|xlink:href|poster|data|srcset)$/.test(name)) continue;
      let to = null;
      try { to = new URL(value, document.baseURI); } catch { continue; }
      const isPicture = /^data:image\\/|^data:,$/.test(value);
      if (/^(?:javascript|vbscript):$/.test(to.protocol) || (to.protocol === 'data:' && !isPicture)) say('an address', element);
      if (/evil/.test(to.host) || (/\\/evil/.test(to.pathname) && to.pathname !== location.pathname)) say('leads', element);
    }
  }
  const text = document.body ? document.body.innerText.trim() : '';
  if (!isWhole) return wrong;
  if (text.length < 10) wrong.push(`blank: ${JSON.stringify(text)}`);
  if (!document.title.trim()) wrong.push('no title');
  return wrong;
}"""
LOOKS = "[...document.querySelectorAll('h1')].some((h1) => h1.getClientRects().length && h1.innerText.trim())"


def context(browser: Browser, width: int, height: int, *, keeps_policy: bool) -> BrowserContext:
    """A browser that minds the pages' policies, or one in which only what is right by itself holds."""
    made = browser.new_context(
        viewport={"width": width, "height": height}, has_touch=True, reduced_motion="reduce", bypass_csp=not keeps_policy
    )
    made.add_init_script(WATCH)
    return made


@dataclass
class Visit:
    """A tab of a stranger's link: what was wrong is gathered with what was asked."""

    context: BrowserContext
    watched: Watched = field(init=False)
    dialogs: list[str] = field(default_factory=list)
    tried: int = 0

    def __post_init__(self) -> None:
        self.watched = Watched(self.context.new_page())
        self.page.set_default_timeout(15_000)

        def told(dialog: Dialog) -> None:
            self.dialogs.append(dialog.message)
            dialog.dismiss()

        self.page.on("dialog", told)

    @property
    def page(self) -> Page:
        return self.watched.page

    def judge(self, what: object, ready: str = "", fine: Sequence[str] = ()) -> None:
        """After `ready` is so. `fine`: parts of what a console may say here."""
        self.tried += 1
        if ready:
            self.page.wait_for_function(ready)
        wrong = list(self.page.evaluate(JUDGE))
        wrong += [line for line in self.watched.console if not any(part in line for part in fine)]
        wrong += [*self.watched.foreign, *self.dialogs]
        if wrong:
            raise AssertionError(f"{wrong[:5]} after {ascii(what)[:900]}")
        self.watched.requests.clear()


def script(value: object) -> str:
    """A value as JavaScript, with every character escaped that no pipe to a browser takes, such as halves of pairs."""
    return json.dumps(value)


def several(dice: random.Random, names: Sequence[str], most: int = 5) -> str:
    """A query with hostile values under known and unknown names; some escaped as they should be, some not at all."""
    pairs = []
    for _ in range(dice.randint(1, most)):
        name = dice.choice((*names, *names, *KEYS, dice.choice(STRINGS)))
        pairs.append(f"{escaped(dice, name)}={escaped(dice, dice.choice(STRINGS))}")
    return dice.choice("&&&;").join(pairs)


def escaped(dice: random.Random, text: str) -> str:
    text = text[: dice.choice((200, 2_000))]  # servers and browsers take no endless address
    if dice.random() < 0.7:
        return quote(text, safe=dice.choice(("", "<>'\"", "/:")), errors="replace")
    return "".join(
        character
        for character in text
        if character > " " and character not in "#\x7f" and not "\ud800" <= character <= "\udfff"
    )


def value(dice: random.Random, depth: int = 0) -> Any:
    """Anything that can be sent or kept: strings, numbers, lists, groups under odd names."""
    turn = dice.random()
    if turn < 0.45 or depth > 3:
        return dice.choice(STRINGS)[:3_000]
    if turn < 0.6:
        return dice.choice((None, True, False, 0, -1, 1.5, 1e308, -1e308, 2**53, 10**9))
    if turn < 0.75:
        return [value(dice, depth + 1) for _ in range(dice.randrange(4))]
    return {dice.choice((*KEYS, dice.choice(STRINGS)[:200])): value(dice, depth + 1) for _ in range(dice.randrange(4))}


def visits(width: int, height: int) -> tuple[Any, Any]:
    """The fixtures `context` and `visit` of a file: browsers with and without the pages' policies, and a tab for each test."""

    @pytest.fixture(scope="module", params=[pytest.param(True, marks=pytest.mark.long), False], ids=["policy", "no policy"])
    def _context(browser: Browser, request: pytest.FixtureRequest) -> Iterator[BrowserContext]:
        made = context(browser, width, height, keeps_policy=request.param)
        yield made
        made.close()

    @pytest.fixture
    def _visit(context: BrowserContext) -> Iterator[Visit]:
        made = Visit(context)
        yield made
        made.page.close()

    return _context, _visit
