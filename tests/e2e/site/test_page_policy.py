"""Every page brings its own policy, on any host and from file://: it is in nobody's way, and stops what was planted."""

import re
import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, BrowserContext

from tests.e2e.site.conftest import Watched, _served
from tests.e2e.site.page_kinds import KINDS, Kind, show

# Told by the page itself, before anything of its own: what a policy stopped, and where.
TELLING = """addEventListener("securitypolicyviolation", (event) =>
  console.error(`policy: ${event.effectiveDirective} ${event.blockedURI} ${event.sourceFile}:${event.lineNumber}`));"""
META = re.compile(r'<head><meta http-equiv="Content-Security-Policy" content="([^"]*)"><meta charset="utf-8">')
# One of each kind that a text could smuggle in, with the directive that stops it.
PLANTED = {
    "a script": ("<script>window.planted = 1</script>", "script-src-elem inline"),
    "a script of another host": ('<script src="{foreign}/x.js"></script>', "script-src-elem {foreign}/x.js"),
    "a script in an address": ('<script src="data:text/javascript,window.planted=1"></script>', "script-src-elem data"),
    "a handler": ('<img src="data:," alt="" onerror="window.planted = 1">', "script-src-attr inline"),
    "a style": ('<p id="styled" style="position:fixed">x</p>', "style-src-attr inline"),
    "a sheet": ("<style>#styled{{position:fixed}}</style><p id=styled>x</p>", "style-src-elem inline"),
    "a picture": ('<img src="{foreign}/x.png" alt="">', "img-src {foreign}/x.png"),
    "a frame": ('<iframe src="{foreign}/"></iframe>', "frame-src {foreign}"),
    "an object": ('<object data="{foreign}/x.pdf"></object>', "object-src {foreign}"),
    "a sound": ('<audio src="{foreign}/x.mp3"></audio>', "media-src {foreign}/x.mp3"),
    "a base": ('<base href="{foreign}/">', "base-uri {foreign}"),
}
# The links of 404.html begin at a server's root.
SHOWN = [(kind, scheme) for kind in KINDS for scheme in ("file", "http") if (kind.name, scheme) != ("404", "file")]
FOREIGN = "http://localhost:9"


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    made = browser.new_context(viewport={"width": 1280, "height": 800}, reduced_motion="reduce")
    made.add_init_script(TELLING)
    yield made
    made.close()


@pytest.mark.parametrize(("kind", "scheme"), SHOWN, ids=lambda each: each if isinstance(each, str) else each.name)
def test_no_page_needs_what_its_policy_forbids(
    context: BrowserContext, every_kind: Path, sites_over_http: str, kind: Kind, scheme: str
) -> None:
    watched = Watched(context.new_page())
    show(watched.page, f"{every_kind.as_uri()}/" if scheme == "file" else sites_over_http, kind)
    watched.page.wait_for_timeout(100)
    assert watched.console == []
    watched.page.close()


def test_the_search_may_be_asked(context: BrowserContext, every_kind: Path, sites_over_http: str) -> None:
    for origin in (f"{every_kind.as_uri()}/", sites_over_http):
        watched = Watched(context.new_page())
        watched.page.goto(f"{origin}world/index.html")
        watched.page.evaluate("document.querySelector('form[role=search]').submit()")
        watched.page.wait_for_url("**/search.html?*")
        assert watched.console == []
        watched.page.close()


def test_it_is_the_first_element_of_every_head(every_kind: Path) -> None:
    """Where all that follows is governed, and the encoding is told within the kilobyte in which browsers look for it."""
    policies = set()
    for page in every_kind.glob("*/**/*.html"):
        head = page.read_bytes()[:1024].decode("utf-8", "ignore")
        found = META.search(head)
        assert found, page
        if page.parts[-2:] == ("data", "embed.html"):
            framing = found[1].replace("frame-src 'self';", "", 1)  # it shows another page of the site
            assert framing != found[1]
            policies.add(framing)
        else:
            policies.add(found[1])
    assert len(policies) == 1
    assert not {"unsafe", "http", "*"} & set(re.findall(r"unsafe|http|\*", policies.pop()))


@pytest.fixture(scope="module")
def spoilt(every_kind: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[dict[str, str]]:
    """A site with a page for each of PLANTED, and the same without a policy: where it begins, by scheme."""
    site = Path(shutil.copytree(every_kind / "world", tmp_path_factory.mktemp("spoilt") / "世界"))
    whole = (site / "about.html").read_text("utf-8")
    for number, (html, _) in enumerate(PLANTED.values()):
        text = whole.replace("<main ", f"{html.format(foreign=FOREIGN)}<main ", 1)
        (site / f"kept{number}.html").write_text(text, "utf-8")
        (site / f"bare{number}.html").write_text(META.sub('<head><meta charset="utf-8">', text), "utf-8")
    with _served(site) as origin:
        yield {"file": f"{site.as_uri()}/", "http": f"{origin}/"}


@pytest.mark.parametrize("scheme", ["file", "http"])
@pytest.mark.parametrize("planted", PLANTED)
def test_what_is_planted_is_stopped(context: BrowserContext, spoilt: dict[str, str], planted: str, scheme: str) -> None:
    """And without the policy it is not: the test sees what it looks for."""
    number, told = [*PLANTED].index(planted), PLANTED[planted][1].format(foreign=FOREIGN)
    works, seen = _opened(context, f"{spoilt[scheme]}kept{number}.html")
    assert [said for said in seen if said.startswith(f"policy: {told}")], seen
    assert not works
    works, seen = _opened(context, f"{spoilt[scheme]}bare{number}.html")
    assert not [said for said in seen if said.startswith("policy:")]
    assert works or "{foreign}" in PLANTED[planted][0]


def _opened(context: BrowserContext, address: str) -> tuple[bool, list[str]]:
    """Whether what was planted has run or shows, and what was told."""
    watched = Watched(context.new_page())
    watched.page.goto(address)
    watched.page.wait_for_timeout(50)
    styled = "[...document.querySelectorAll('#styled')].some((p) => getComputedStyle(p).position === 'fixed')"
    works = bool(watched.page.evaluate(f"Boolean(window.planted) || {styled}"))
    watched.page.close()
    return works, watched.console
