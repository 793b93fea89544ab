"""The form editor in a real browser, on this machine alone: what is filled in is there as a file, a page, and sound data."""

import json
import re
import socket
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import urlopen

import psutil  # type: ignore[import-untyped]
import pytest
from PIL import Image
from playwright.sync_api import Browser, Locator, Page, Route, expect

from haitang.editors.form_server import CHECK
from tests.conftest import BASE, CHINESE, problems_of
from tests.e2e.site.form_doors import PATIENCE, Door, box, choose, copied, save, served

GPS = 0x8825


@dataclass
class Seen:
    page: Page
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    with served(copied(BASE, tmp_path_factory.mktemp("admin") / "data")) as door:
        yield door


@pytest.fixture
def seen(desk: Door, browser: Browser) -> Iterator[Seen]:
    """The editor, logged in, with everything cut off that is not ours."""
    context = browser.new_context(locale="zh-CN", viewport={"width": 1440, "height": 900})
    watched = Seen(context.new_page())

    def cut(route: Route) -> None:
        if route.request.url.startswith(desk.origin):
            route.continue_()
        else:
            watched.foreign.append(route.request.url)
            route.abort()

    context.route("**/*", cut)
    watched.page.set_default_timeout(PATIENCE)
    watched.page.on("console", lambda said: watched.errors.append(said.text) if said.type in ("error", "warning") else None)
    watched.page.on("pageerror", lambda error: watched.errors.append(str(error)))
    watched.page.goto(desk.address)
    watched.page.get_by_role("button", name="登录").click()
    expect(watched.page.get_by_role("heading", name="阵地")).to_be_visible(timeout=PATIENCE)
    yield watched
    context.close()


def published(url: str) -> str:
    """A page, as soon as the site has been built again."""
    latest = time.monotonic() + PATIENCE / 1000
    while True:
        try:
            with urlopen(url) as answer:
                return str(answer.read().decode())
        except HTTPError:
            assert time.monotonic() < latest, "the page did not come"
        time.sleep(0.05)


def phone_picture(path: Path) -> Path:
    """As a phone writes it: with the place where it was taken, under a name of WeChat's."""
    exif = Image.Exif()
    exif.get_ifd(GPS).update({1: "N", 2: (31.0, 19.0, 1.0), 3: "E", 4: (121.0, 2.0, 37.0)})
    Image.new("RGB", (800, 600), (184, 38, 63)).save(path, exif=exif)
    with Image.open(path) as taken:
        assert taken.getexif().get_ifd(GPS)
    return path


def test_a_position_is_added_with_its_photo_and_place(desk: Door, seen: Seen, tmp_path: Path) -> None:
    page = seen.page
    page.goto(f"{desk.origin}/admin/index.html#/collections/position/new")
    box(page, "id").fill("shifan-jiayuan")
    box(page, "name").fill(" 示范家园党群服务点 ")
    choose(page, "town", "陆家镇")
    choose(page, "services", "便民服务")
    box(page, "hours").fill("周一至周五 9:30-17:00")
    box(page, "opened").fill("2019-07")
    choose(page, "brands", "红富士")
    page.get_by_label("从地图软件复制来的经纬度").fill("31.318800,121.041200 （高德）")
    page.get_by_role("button", name="用这个点").click()
    expect(page.get_by_role("status").filter(has_text="已填入")).to_contain_text("121.041200")
    page.get_by_role("button", name="新增照片").click()
    page.get_by_role("button", name="选择图片").click()
    page.locator("input[type=file]").first.set_input_files(phone_picture(tmp_path / "微信图片_2026.jpg"))
    page.get_by_role("button", name="选用已选中项目").click()
    box(page, "alt").fill("议事厅里的长桌")
    box(page, "credit").fill("示范社区")
    box(page, "licence").fill("CC BY 4.0")
    box(page, "title").fill("示范家园党群服务点启用")
    save(page)
    written = desk.root / "positions/lujia/shifan-jiayuan.yml"
    expect(page.get_by_text("内容已保存")).to_be_visible(timeout=PATIENCE)
    text = written.read_text("utf-8")
    name = re.search(r"file: (photo-\d{12}\.jpg|2026-\d{12}\.jpg)\n", text)
    assert name, text
    assert text == (
        "id: shifan-jiayuan\nname: 示范家园党群服务点\ntown: lujia\nlocation:\n  lon: 121.041200\n  lat: 31.318800\n"
        "  crs: gcj02\n  precision: exact\nopened: 2019-07\nhours: 周一至周五 09:30-17:00\nservices:\n  - 便民服务\n"
        f"brands:\n  - hongfushi\nphotos:\n  - file: {name[1]}\n    alt: 议事厅里的长桌\n    credit: 示范社区\n"
        "    licence: CC BY 4.0\nsources:\n  - title: 示范家园党群服务点启用\n"
    )
    with Image.open(desk.root / "photos" / name[1]) as kept:
        assert not kept.getexif().get_ifd(GPS)
    assert problems_of(desk.root) == ()
    assert "示范家园党群服务点" in published(f"{desk.origin}/positions/shifan-jiayuan.html")
    assert seen.foreign == []
    assert seen.errors == []


WRONG = {
    "id": "Shi Fan",
    "name": "示" * 61,
    "area_m2": "三百",
    "opened": "去年七月",
    "phone": "0512 57300000",
    "hours": "白天",
}


def test_what_is_wrong_is_said_beside_its_box_in_chinese(desk: Door, seen: Seen) -> None:
    page = seen.page
    page.goto(f"{desk.origin}/admin/index.html#/collections/position/new")
    for name, value in WRONG.items():
        box(page, name).fill(value)
    page.get_by_label("经度", exact=True).fill("121.04")
    save(page)
    said = page.locator("li", has_text=re.compile("要改一下|必填项|四项都要写"))
    expect(said.filter(has_text="只用小写英文字母")).to_be_visible(timeout=PATIENCE)
    told = said.all_inner_texts()
    for part in ("最多 60 个字", "大于 0 的数字", "写成 2019", "010-00000000", "先写哪几天", "四项都要写", "区镇", "标题"):
        assert any(part in line for line in told), part
    assert all(CHINESE.search(line) for line in told)
    assert not list(desk.root.rglob("Shi*"))
    assert seen.foreign == []


def reading(page: Page, name: str) -> Locator:
    """What is shown below a box for times."""
    return page.locator(".a-time", has=box(page, name)).get_by_role("status")


def test_how_hours_are_read_is_shown_while_they_are_typed(desk: Door, seen: Seen) -> None:
    page = seen.page
    page.goto(f"{desk.origin}/admin/index.html#/collections/position/new")
    hours = box(page, "hours")
    told = reading(page, "hours")
    hours.press_sequentially("周一到周五8:30-11:30，13:30-17:00；周六看看")
    expect(told).to_have_class(re.compile("is-wrong"))
    expect(told).to_contain_text("看看")
    for _ in "看看":
        hours.press("Backspace")
    hours.press_sequentially("9点到12点")
    expect(told.locator("p")).to_have_text(
        ["周一至周五：08:30-11:30, 13:30-17:00", "周六：09:00-12:00", "周日：休息", "节假日：没有写",
         "统一的写法：周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00"]
    )  # fmt: skip
    expect(told).not_to_have_class(re.compile("is-wrong"))
    hours.fill("")
    expect(told.locator("p")).to_have_count(0)
    page.get_by_role("button", name="新增活动").click()
    box(page, "when").fill("每周三下午2点到4点")
    expect(reading(page, "when").locator("p").first).to_have_text("每周三 14:00-16:00")
    page.goto(f"{desk.origin}/admin/index.html#/collections/position/entries/lujia/qifa-guangchang")
    page.reload()  # leaves what was typed
    expect(hours).to_have_value("周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00")
    expect(told.locator("p").nth(1)).to_have_text("周六：09:00-12:00")
    assert (seen.foreign, seen.errors) == ([], [])


def test_without_a_server_of_ours_nothing_is_read(desk: Door, browser: Browser) -> None:
    """As on a git host: the page knows no address to ask."""
    context = browser.new_context(locale="zh-CN")
    page, asked, errors = context.new_page(), list[str](), list[str]()
    page.set_default_timeout(PATIENCE)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("request", lambda request: asked.append(request.post_data or "") if request.method == "POST" else None)

    def published_page(route: Route) -> None:
        answer = route.fetch()
        assert 'data-api="' in answer.text()
        route.fulfill(response=answer, body=re.sub(r' data-api="[^"]*"', "", answer.text()))

    context.route("**/admin/index.html", published_page)
    page.goto(desk.address)
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_role("heading", name="阵地")).to_be_visible()
    page.goto(f"{desk.origin}/admin/index.html#/collections/position/new")
    box(page, "hours").fill("每天 9:00-17:00")
    box(page, "name").fill("示范")
    expect(box(page, "hours")).to_have_value("每天 9:00-17:00")
    expect(page.locator(".a-time").get_by_role("status")).to_have_count(0)
    assert (errors, [body for body in asked if "explain" in body]) == ([], [])
    context.close()


def test_a_point_of_the_drawing_is_chosen_by_keys(desk: Door, seen: Seen) -> None:
    page = seen.page
    page.set_viewport_size({"width": 390, "height": 844})
    page.goto(f"{desk.origin}/admin/index.html#/collections/position/new")
    drawing = page.get_by_role("application")
    drawing.focus()
    for key in ("ArrowRight", "ArrowRight", "ArrowUp", "Enter"):
        drawing.press(key)
    longitude = page.get_by_label("经度", exact=True)
    expect(longitude).to_have_value(re.compile(r"^1(20|21)\.\d{4}$"))
    expect(page.get_by_label("精度", exact=True)).to_have_value("street")
    page.get_by_role("button", name="去掉这个点").click()
    expect(longitude).to_have_value("")
    page.get_by_label("从地图软件复制来的经纬度").fill("121。0412，31。3188")
    page.get_by_role("button", name="用这个点").click()
    expect(page.get_by_role("status").filter(has_text="请先选是从哪个软件复制的")).to_be_visible()
    overflow = page.evaluate(
        "() => document.querySelector('.a-place').scrollWidth - document.querySelector('.a-place').clientWidth"
    )
    assert overflow <= 0
    assert seen.foreign == []
    assert seen.errors == []


def sent(port: int, head: list[str], body: bytes, path: str = "/__admin/api") -> int:
    """The status of a request sent as it stands."""
    with socket.create_connection(("127.0.0.1", port), timeout=10) as connection:
        connection.sendall("\r\n".join([f"POST {path} HTTP/1.1", *head, "", ""]).encode() + body)
        return int(connection.makefile("rb").readline().split()[1])


def writing(path: str) -> bytes:
    told = {"path": path, "slug": "x", "raw": "id: xin-pai\nname: 新牌\nsources:\n  - title: 报道\n"}
    options = {"commitMessage": "x", "useWorkflow": False, "status": "draft"}
    params = {"branch": "main", "dataFiles": [told], "assets": [], "options": options}
    return json.dumps({"action": "persistEntry", "params": params}).encode()


def test_nothing_but_the_gate_can_be_reached(desk: Door) -> None:
    """Of all that was started no other port listens: whoever wants to write must come through the gate."""
    family = [psutil.Process(desk.pid), *psutil.Process(desk.pid).children(recursive=True)]
    open_ports = {
        (str(one.laddr.ip), int(one.laddr.port))
        for process in family
        for one in process.net_connections("inet")
        if one.status == psutil.CONN_LISTEN or not one.status
    }
    assert open_ports == {("127.0.0.1", desk.port)}


FORGED = {
    "by another name of this machine": {"Host": "evil.example:{port}"},
    "by another name and its origin": {"Host": "evil.example:{port}", "Origin": "http://evil.example:{port}"},
    "by a name that begins like ours": {
        "Host": "127.0.0.1.evil.example:{port}",
        "Origin": "http://127.0.0.1.evil.example:{port}",
    },
    "without a name": {"Host": ""},
    "by the name without the port": {"Host": "127.0.0.1"},
    "from a page elsewhere": {"Origin": "http://evil.example"},
    "from another port here": {"Origin": "http://127.0.0.1:1"},
    "from https": {"Origin": "https://127.0.0.1:{port}"},
    "from a file or a frame without an origin": {"Origin": "null"},
    "without an origin": {"Origin": ""},
    "as the browser says, from elsewhere": {"Sec-Fetch-Site": "cross-site"},
    "as the browser says, from another port": {"Sec-Fetch-Site": "same-site"},
    "as a form sends it": {"Content-Type": "text/plain"},
    "as a form sends it, named JSON": {"Content-Type": "text/plain; application/json"},
    "without a kind": {"Content-Type": ""},
    "without the key": {"X-Haitang-Key": ""},
    "with another key": {"X-Haitang-Key": "x"},
    "of no length": {"Content-Length": ""},
    "of a length below nothing": {"Content-Length": "-1"},
    "too long": {"Content-Length": "99999999999"},
    "in pieces": {"Content-Length": "", "Transfer-Encoding": "chunked"},
}


@pytest.mark.parametrize("how", FORGED)
def test_a_forged_request_writes_nothing(desk: Door, how: str) -> None:
    body = writing("brands/forged.yml")
    ours = {"Host": "127.0.0.1:{port}", "Origin": "http://127.0.0.1:{port}", "Content-Type": "application/json"}
    head = {**ours, "X-Haitang-Key": desk.key, "Content-Length": str(len(body)), **FORGED[how]}
    assert sent(desk.port, [f"{name}: {told.format(port=desk.port)}" for name, told in head.items() if told], body) in (
        403, 413, 421,
    )  # fmt: skip
    assert sent(desk.port, [f"{name}: {told.format(port=desk.port)}" for name, told in head.items() if told], body, CHECK) in (
        403, 413, 421,
    )  # fmt: skip
    assert not (desk.root / "brands/forged.yml").exists()


def test_without_the_key_the_form_shows_nothing_and_says_why(desk: Door, browser: Browser) -> None:
    """As somebody else on this machine opens it; with the address of the terminal it goes on, in this tab and in the next."""
    context = browser.new_context(locale="zh-CN")
    page = context.new_page()
    page.set_default_timeout(PATIENCE)
    page.goto(f"{desk.origin}/admin/index.html")
    page.get_by_role("button", name="登录").click()
    expect(page.get_by_text("完整地址").first).to_be_visible()
    expect(page.get_by_text("启发广场")).to_have_count(0)
    page.goto(desk.address)
    page.get_by_role("link", name="启发广场").first.wait_for()
    assert desk.key not in page.url
    other = context.new_page()
    other.goto(f"{desk.origin}/admin/index.html")
    other.get_by_role("link", name="启发广场").first.wait_for()
    context.close()


def test_two_names_are_none(desk: Door) -> None:
    body = writing("brands/forged.yml")
    ours = [f"Host: 127.0.0.1:{desk.port}", f"Origin: http://127.0.0.1:{desk.port}", f"Content-Length: {len(body)}"]
    ours += ["Content-Type: application/json", f"X-Haitang-Key: {desk.key}"]
    assert sent(desk.port, [*ours, "Host: evil.example"], body) == 421
    assert not (desk.root / "brands/forged.yml").exists()


def test_the_program_is_not_writable_through_the_gate(desk: Door) -> None:
    """What the gate lets through may write entries, and nothing else: the very same request, with another path."""
    for path, status in (("brands/xin-pai.yml", 200), ("build.py", 403), ("directory.yml", 403), ("../build.py", 403)):
        body = writing(path)
        head = [f"Host: localhost:{desk.port}", f"Origin: http://localhost:{desk.port}", "Content-Type: application/json"]
        head.append(f"X-Haitang-Key: {desk.key}")
        before = (desk.root / "directory.yml").read_bytes()
        assert sent(desk.port, [*head, "Sec-Fetch-Site: same-origin", f"Content-Length: {len(body)}"], body) == status, path
        assert (desk.root / "directory.yml").read_bytes() == before
    (desk.root / "brands/xin-pai.yml").unlink()
    assert not (desk.root / "build.py").exists()
