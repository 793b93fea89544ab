"""embed.html in a page of another origin, behind the nginx file that is shipped: with scripts, without, in a sandbox and from file://;
data/embed.html, and what it writes pasted into a page; the script for other sites."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, Request, Route, expect

from tests.e2e.site.conftest import Watched, _served
from tests.e2e.site.finder_world import NOON, Place
from tests.e2e.site.servers import behind

HEARD = """<script>addEventListener("message", (event) => (window.heard = window.heard || []).push(event.data));</script>"""
HOSTILE = "town=%22%3E%3Cimg%20src%3Dx%20onerror%3Dparent.bad%3D1%3E&theme=%22onload%3D1&need=__proto__"


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory, finder_site: Path) -> Iterator[str]:
    """The finder's site, as it is published."""
    folder = tmp_path_factory.mktemp("published")
    (folder / "site").symlink_to(finder_site)
    with behind("nginx", folder) as origin:
        yield origin


@pytest.fixture(scope="module")
def hosts(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of another site."""
    return tmp_path_factory.mktemp("another")


@pytest.fixture(scope="module")
def elsewhere(hosts: Path) -> Iterator[str]:
    with _served(hosts) as origin:
        yield origin


@pytest.fixture(scope="module")
def context(browser: Browser) -> Iterator[BrowserContext]:
    context = browser.new_context(viewport={"width": 900, "height": 800}, locale="zh-CN")
    yield context
    context.close()


@pytest.fixture
def watched(context: BrowserContext) -> Iterator[Watched]:
    page = context.new_page()
    page.clock.set_fixed_time(NOON)
    yield Watched(page)
    page.close()


def write(hosts: Path, name: str, body: str) -> str:
    name = f"{len([*hosts.iterdir()])}-{name}"  # no browser's cache has it
    (hosts / name).write_text(f"<!doctype html><html lang=zh><title>别人的页面</title><body>{HEARD}{body}", "utf-8")
    return name


def frame(address: str, more: str = "", wide: str = "100%") -> str:
    return f'<iframe src="{address}" title="地图" width="{wide}" height="600" {more}></iframe>'


def standing(page: Page) -> FrameLocator:
    inside = page.frame_locator("iframe")
    inside.locator(".finder.is-live .card").first.wait_for()
    return inside


def heights(page: Page) -> list[int]:
    told: list[Any] = page.evaluate("window.heard || []")
    return [each["height"] for each in told if set(each) == {"type", "height"} and each["type"] == "haitang:height"]


def test_it_stands_in_a_page_of_another_site(
    watched: Watched, origin: str, elsewhere: str, hosts: Path, world: list[Place]
) -> None:
    page = watched.page
    page.goto(f"{elsewhere}/{write(hosts, 'plain.html', frame(f'{origin}embed.html?town=jia-zhen&theme=dark'))}")
    inside = standing(page)
    wanted = [place for place in world if place.town == "jia-zhen" and not place.is_gone]
    expect(inside.locator(".chosen-one")).to_have_text(["甲家镇"])
    expect(inside.locator(".list-count").first).to_contain_text(str(sum(1 for place in wanted if place.is_drawn)))
    assert inside.locator(".map.is-live .map-mark").count() > 0
    own = page.frames[1]
    assert own.evaluate("document.documentElement.dataset.theme") == "dark"
    # Several values, as in the finder's own address; what is chosen here is no step of the other site's.
    before = page.evaluate("history.length")
    inside.locator(".find-filters").click()
    inside.locator(".filters .pick", has_text="乙河镇").click()
    expect(inside.locator(".chosen-one")).to_have_text(["甲家镇", "乙河镇"])
    assert own.evaluate("location.search") == "?town=jia-zhen&town=yi-zhen&theme=dark"
    assert page.evaluate("history.length") == before
    full = inside.locator("[data-embed-full]")
    assert str(full.get_attribute("href", timeout=1000)).endswith("map.html?town=jia-zhen&town=yi-zhen")
    assert len(heights(page)) > 1 and heights(page)[-1] > heights(page)[0] > 400
    page.evaluate("document.querySelector('iframe').contentWindow.postMessage({type: 'haitang:height', height: 9}, '*')")
    with page.context.expect_page() as opened:
        inside.locator(".find-list .card h3 a").first.click()
    assert "/positions/" in opened.value.url and opened.value.evaluate("window.opener") is None
    opened.value.close()
    with page.context.expect_page() as opened:
        full.click()
    opened.value.wait_for_selector(".finder.is-live .chosen-one")
    assert opened.value.locator(".chosen-one").all_text_contents() == ["甲家镇", "乙河镇"]
    opened.value.close()
    assert watched.console == [] and watched.foreign == []


@pytest.mark.parametrize("sandbox", ["allow-scripts", "allow-scripts allow-popups allow-popups-to-escape-sandbox"])
def test_a_sandbox_where_nothing_can_be_kept_stops_nothing(
    watched: Watched, origin: str, elsewhere: str, hosts: Path, sandbox: str
) -> None:
    page = watched.page
    boxed = frame(f"{origin}embed.html?tier=station", f'sandbox="{sandbox}"')
    page.goto(f"{elsewhere}/{write(hosts, 'boxed.html', boxed)}")
    inside = standing(page)
    assert inside.locator(".map.is-live .map-mark").count() > 0
    assert page.frames[1].evaluate("self.origin") == "null"
    assert heights(page)
    inside.locator(".chosen-one").click()
    expect(inside.locator(".chosen")).to_be_hidden()
    if "popups" in sandbox:
        with page.context.expect_page() as opened:
            inside.locator(".find-list .card h3 a").first.click()
        opened.value.wait_for_selector("main")
        opened.value.close()
    assert watched.console == [] and watched.foreign == []


def test_without_scripts_it_leads_to_every_town(browser: Browser, origin: str, elsewhere: str, hosts: Path) -> None:
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{elsewhere}/{write(hosts, 'still.html', frame(f'{origin}embed.html?town=jia-zhen'))}")
    inside = page.frame_locator("iframe")
    expect(inside.locator(".embed-plain")).to_be_visible()
    expect(inside.locator(".embed-towns li")).to_contain_text(["甲家镇", "乙河镇", "丙湖镇", "丁山镇"])
    assert inside.locator("a:not([target=_blank][rel=noopener])").count() == 0
    for link in ("甲家镇", "打开完整地图"):
        with context.expect_page() as opened:
            inside.get_by_role("link", name=link).last.click()
        assert opened.value.locator("h1").inner_text()
    context.close()


def test_only_this_page_may_stand_in_another_sites_frame(watched: Watched, origin: str, elsewhere: str, hosts: Path) -> None:
    page = watched.page
    for name in ("map", "data/embed"):
        page.goto(f"{elsewhere}/{write(hosts, 'others.html', frame(f'{origin}{name}.html'))}")
        page.wait_for_timeout(100)
        assert not page.frames[1].url.startswith(origin)


@pytest.mark.parametrize("asked", [HOSTILE, "town=no-such-town", "need=no-such-need", "tier=centre&town=__proto__"])
def test_what_is_not_there_is_said_kindly_and_nothing_asked_is_run(
    watched: Watched, origin: str, elsewhere: str, hosts: Path, asked: str
) -> None:
    page = watched.page
    page.goto(f"{elsewhere}/{write(hosts, 'lost.html', frame(f'{origin}embed.html?{asked}', wide='280'))}")
    inside = page.frame_locator("iframe")
    expect(inside.locator("[data-lost]")).to_be_visible()
    expect(inside.locator(".embed-towns")).to_be_visible()
    expect(inside.locator(".finder")).to_be_hidden()
    own = page.frames[1]
    assert own.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate("window.bad") is None and own.evaluate("document.documentElement.dataset.theme") is None
    assert heights(page) and watched.console == []


def test_a_need_is_the_finders_own_choice(watched: Watched, origin: str, world: list[Place]) -> None:
    """On its own, on the narrowest phone; two needs of one kind are either of them."""
    page = watched.page
    page.set_viewport_size({"width": 280, "height": 600})
    page.goto(f"{origin}embed.html?theme=light&town=jia-zhen")
    needs = page.evaluate("document.documentElement.dataset.theme"), page.locator(".chosen-one").count()
    assert needs[0] == "light"
    page.goto(f"{origin}data/embed.html")
    options = page.locator("select[name=need] option").evaluate_all("(all) => all.map((each) => [each.value, each.text])")
    ids = {text: value for value, text in options}
    page.goto(f"{origin}embed.html?need={ids['子办理']}&need={ids['寅办理']}&need={ids['母婴室']}")
    page.wait_for_selector(".finder.is-live")
    assert page.locator(".chosen-one").all_text_contents() == ["寅办理", "子办理", "母婴室"]  # as the finder has them
    found = [
        each for each in world
        if not each.is_gone and {"子办理", "寅办理"} & {*each.services} and "母婴室" in each.facilities
    ]  # fmt: skip
    assert found and page.evaluate(COUNTED) == len(found)
    assert page.evaluate("document.documentElement.scrollWidth") <= 280
    assert page.evaluate(
        "[...document.querySelectorAll('button, .embed-top a')].every((e) => !e.offsetParent || e.offsetHeight >= 40)"
    )


COUNTED = """() => [...document.querySelectorAll(".list-count")].filter((each) => each.offsetParent)
  .reduce((sum, each) => sum + Number(/\\d+/.exec(each.textContent)), 0)"""


def cost(browser: Browser, address: str) -> int:
    """Bytes over the wire until map and list stand."""
    context, came = browser.new_context(viewport={"width": 390, "height": 600}, service_workers="block"), list[Request]()

    def note(request: Request) -> None:
        came.append(request)

    page = context.new_page()
    page.on("requestfinished", note)
    page.goto(address)
    page.wait_for_selector(".finder.is-live .card")
    bytes_ = sum(each.sizes()["responseBodySize"] for each in came)
    context.close()
    return bytes_


def test_it_costs_its_visitors_no_more_than_the_map(browser: Browser, origin: str) -> None:
    assert 0 < cost(browser, f"{origin}embed.html") <= cost(browser, f"{origin}map.html")


def test_from_a_file_in_a_page_that_is_a_file(watched: Watched, finder_site: Path, hosts: Path) -> None:
    page = watched.page
    name = write(hosts, "file.html", frame(f"{finder_site.as_uri()}/embed.html?town=yi-zhen&tier=station"))
    page.goto((hosts / name).as_uri())
    inside = standing(page)
    assert inside.locator(".chosen-one").all_text_contents() == ["乙河镇", "站"]
    assert inside.locator(".map.is-live .map-mark").count() > 0
    assert heights(page) and watched.console == []


def pasted(page: Page, hosts: Path, name: str, copied: str, origin: str) -> str:
    """The page of a new user: what was copied, with the site's address where its placeholder stood."""
    return write(hosts, name, copied.replace("https://example.com/", origin))


@pytest.mark.parametrize("way", ["served", "file"])
def test_what_the_page_writes_is_pasted_and_works(
    watched: Watched, finder_site: Path, origin: str, elsewhere: str, hosts: Path, way: str
) -> None:
    page = watched.page
    page.goto(f"{finder_site.as_uri() if way == 'file' else origin.rstrip('/')}/data/embed.html")
    expect(page.locator(".snippet-unset")).to_contain_text("base_url")
    line = page.locator("[data-line]")
    assert line.input_value().startswith('<iframe src="https://example.com/embed.html" title="')
    page.get_by_label("区镇", exact=True).select_option("乙河镇")
    page.get_by_label("颜色").select_option("深色")
    page.get_by_label("宽").fill("360")
    page.get_by_label("高（").fill("480")
    page.get_by_label("高度跟着内容变").check()
    assert line.input_value().count("\n") == 1
    inside = page.frame_locator("[data-preview] iframe")
    expect(inside.locator(".finder.is-live .chosen-one")).to_have_text(["乙河镇"])
    assert inside.locator(".map.is-live").bounding_box()["width"] < 360  # type: ignore[index]
    page.context.grant_permissions(["clipboard-read"]) if way == "served" else None
    page.locator("[data-copy=line]").click()
    expect(page.locator("[data-copy=line] + [role=status]")).to_contain_text("已复制")
    copied = page.evaluate("navigator.clipboard.readText()") if way == "served" else line.input_value()
    assert copied == line.input_value()
    listed = page.locator("[data-list]").input_value()
    page.goto(f"{elsewhere}/{pasted(page, hosts, 'pasted.html', copied, origin)}")
    standing(page)
    page.wait_for_function("document.querySelector('iframe').offsetHeight > 600")  # as high as what is in it
    own = page.frames[1]
    assert own.evaluate("innerHeight >= document.body.offsetHeight && innerHeight - document.body.offsetHeight < 2")
    assert own.evaluate("document.documentElement.dataset.theme") == "dark"
    evil = {"name": "<b>甲</b>", "address": "<script>bad=1</script>"}
    features = [
        {"type": "Feature", "id": "p-001", "geometry": None, "properties": evil},
        {"type": "Feature", "id": '"><img src=x onerror=bad=1>', "properties": {"name": "乙", "hours": ["x"], "phone": "1"}},
        {"type": "Feature", "id": "p-003", "properties": {"name": "没有了", "status": "closed"}},
        {"type": "Feature", "properties": None},
        {"type": "Feature", "id": "p-004", "properties": {"name": 7}},
        None,
        "x",
    ]

    whole = {"features": features, "attribution": "<i>样例", "licence": "CC-BY-4.0", "licence_url": "javascript:bad=1"}

    def answer(route: Route) -> None:
        route.fulfill(json={"type": "FeatureCollection", **whole}, headers={"Access-Control-Allow-Origin": "*"})

    page.route("**/data/v1/towns/*.geojson", answer)
    page.goto(f"{elsewhere}/{pasted(page, hosts, 'list.html', listed, origin)}")
    places = page.locator("[data-haitang-town] > [data-haitang=places] > li")
    expect(places).to_have_text(["<b>甲</b> <script>bad=1</script>", "乙 1"])
    assert [link.get_attribute("href") for link in places.locator("a").all()] == [f"{origin}positions/p-001.html", origin]
    expect(page.locator("[data-haitang-town] > a")).to_have_attribute("href", f"{origin}towns/yi-zhen.html")
    expect(page.locator("[data-haitang=source]")).to_have_text("<i>样例")
    assert page.evaluate("window.bad") is None and watched.console == []
    page.unroute("**/data/v1/towns/*.geojson")


@pytest.mark.parametrize("town", ["yi-zhen", "../../index", "", '"><b>'])
def test_where_the_data_do_not_come_a_link_is_left(
    watched: Watched, origin: str, elsewhere: str, hosts: Path, finder_site: Path, town: str
) -> None:
    page = watched.page
    room = f'<div data-haitang-town="{town.replace(chr(34), "&quot;")}"></div>'
    page.goto(f"{elsewhere}/{write(hosts, 'bare.html', f'{room}<script src={origin}data/embed.js async></script>')}")
    link = page.locator("[data-haitang-town] > a")
    expect(link).to_have_attribute("href", f"{origin}towns/yi-zhen.html" if town == "yi-zhen" else origin)
    name = write(hosts, "bare-file.html", f'{room}<script src="{finder_site.as_uri()}/data/embed.js" async></script>')
    page.goto((hosts / name).as_uri())
    expect(link).to_have_count(1)


def test_the_script_obeys_nobody_but_our_frame(watched: Watched, origin: str, elsewhere: str, hosts: Path) -> None:
    page = watched.page
    other = write(hosts, "liar.html", '<script>parent.postMessage({type: "haitang:height", height: 5000}, "*")</script>')
    body = f'<iframe src="{other}" height="300"></iframe><script src="{origin}data/embed.js"></script>'
    page.goto(f"{elsewhere}/{write(hosts, 'liars.html', body)}")
    page.wait_for_function("(window.heard || []).length")
    page.evaluate("postMessage({type: 'haitang:height', height: 5000}, '*')")
    page.evaluate("postMessage(null, '*')")
    page.wait_for_timeout(50)
    assert page.evaluate("document.querySelector('iframe').clientHeight") == 300


def test_the_script_for_other_sites_is_small(finder_site: Path) -> None:
    assert len(gzip.compress((finder_site / "data" / "embed.js").read_bytes())) <= 3000
