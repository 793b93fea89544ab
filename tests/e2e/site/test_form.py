"""The form is as strict as `check`, through both of its doors: what may not stand in the data never leaves the page, and why is
said at its field."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.conftest import BASE, CHINESE, problems_of
from tests.e2e.site.conftest import until
from tests.e2e.site.form_doors import (
    SAID_AT,
    Door,
    Opened,
    box,
    choose,
    copied,
    opened,
    published,
    said_at,
    save,
    served,
    write,
)

OLD = "positions/lujia/qifa-guangchang.yml"
UNUSUAL = "八点半至十七点，周一闭馆"  # one reading, which only the reader of `check` knows


@pytest.fixture(scope="module", params=["published", "served"])
def door(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Door]:
    folder = tmp_path_factory.mktemp(request.param)
    root = copied(BASE, folder / "data")
    old = (root / OLD).read_text("utf-8")
    text = old.replace("周一至周五 08:30-11:30, 13:30-17:00；周六 09:00-12:00", UNUSUAL)
    assert text != old
    (root / OLD).write_text(text, "utf-8")
    with served(root) if request.param == "served" else published(root, folder) as made:
        yield made


@pytest.fixture(scope="module")
def form(door: Door, browser: Browser) -> Iterator[Opened]:
    """Opened once: its program is long, and most of what a test takes."""
    with opened(door, browser) as made:
        yield made
        assert made.foreign == []
        # That nothing was saved the editor throws, and says so in the console.
        assert [said for said in made.errors if said not in ("undefined", "Object") and not CHINESE.search(said)] == []


# Field, value, and what is said of it.
WRONG = (
    ("id", "index", "只用小写英文字母"),
    ("name", "待核实", "不知道就空着"),
    ("address", "不详", "不知道就空着"),
    ("area_m2", "3亩", "不带单位"),
    ("opened", "2025-02-30", "没有这一天"),
    ("phone", "13862612345", "手机号"),
    ("hours", "周一至周五 9:00-12:00；周三 14:00-16:00", ""),
    ("host", "张三 138 6261 2345", "手机号"),
)
AGAIN = (
    ("phone", "0512-57300000，0512-57300001", "只写一个号码"),
    ("phone", "0512-57300000 转 801", "010-00000000-801"),
    ("hours", "8:30-17:00", ""),
    ("date", "2999-01-01", "还没有到"),
)
RIGHT = {
    "id": "shifan-jiayuan",
    "name": "示范家园党群服务点",
    "address": "示范路 1 号",
    "area_m2": "320",
    "opened": "2019-07",
    "phone": "0512-57300000",
    "hours": "周一至周五 8:30-11:30，13:30-17:00；周六 9:00-12:00",
    "host": "示范社区",
    "date": "2019-07-01",
}


def test_what_check_refuses_never_leaves_the_page(form: Opened) -> None:
    page, before = form.page, form.door.files()
    form.open("position/new")
    for name, value, _ in WRONG:
        write(page, name, value)
    choose(page, "town", "陆家镇")
    write(page, "title", "示范家园党群服务点启用")
    save(page)
    for name, value, part in WRONG:
        told = said_at(page, name)
        assert any(part in line and CHINESE.search(line) for line in told), (name, value, told)
    for name, value, part in AGAIN:
        write(page, name, value)
        box(page, "name").focus()  # said as soon as the field is left
        until(page, f"() => ({SAID_AT})('{name}').some((line) => line.includes('{part}'))")
    save(page)
    assert form.door.files() == before
    assert form.door.written == []
    for name, value in RIGHT.items():
        write(page, name, value)
    write(page, "opened", "2999-07")  # may lie ahead where it is planned: only the whole entry tells
    save(page)
    until(page, f"() => ({SAID_AT})('opened').some((line) => line.includes('还没有到'))")
    assert form.door.files() == before
    assert form.door.written == []
    write(page, "opened", "2019-07")
    save(page)
    form.saved("positions/lujia/shifan-jiayuan.yml", "320")
    new = form.door.files().keys() - before.keys()
    assert new == {"positions/lujia/shifan-jiayuan.yml"}
    assert problems_of(form.door.root) == ()


def test_an_id_that_is_taken_is_said_at_its_field(form: Opened) -> None:
    """Also a former one: printed QR codes lead there."""
    page, before = form.page, form.door.files()
    form.open("position/new")
    for name, told in {"name": "又一处", "title": "报道"}.items():
        write(page, name, told)
    choose(page, "town", "陆家镇")
    for value in ("qifa-guangchang", "huaqiao-jiu-zhan"):
        write(page, "id", value)
        save(page)
        until(page, f"() => ({SAID_AT})('id').some((line) => /已经/.test(line))")
    assert form.door.files() == before


@pytest.mark.parametrize("door", ["served"], indirect=True)  # elsewhere `check` tells it, in the pull request
def test_what_only_other_entries_tell_is_said_at_its_field(form: Opened) -> None:
    page, before = form.page, form.door.files()
    form.open("position/new")
    for name, told in {"id": "you-yi-chu", "name": "启发广场党群服务点", "title": "报道"}.items():
        write(page, name, told)
    choose(page, "town", "陆家镇")
    save(page)
    until(page, f"() => ({SAID_AT})('name').some((line) => line.includes('同名'))")
    expect(page.get_by_text("没有存：").last).to_contain_text("同名")
    assert form.door.files() == before
    write(page, "name", "启发广场西侧党群服务点")  # what was said does not stand in the way
    save(page)
    form.saved("positions/lujia/you-yi-chu.yml", "启发广场西侧")


def test_id_and_town_of_an_entry_stay(form: Opened) -> None:
    page, before = form.page, form.door.files()
    form.open("position/entries/lujia/qifa-guangchang")
    expect(box(page, "id")).to_have_value("qifa-guangchang")
    for name, value in (("id", "qifa-guangchang"), ("town", "陆家镇")):
        expect(box(page, name)).to_have_value(value)
        expect(box(page, name)).not_to_be_editable()
        assert "管理员" in str(page.locator(f'[id^="{name}-field-"][id$="-fixed"]').inner_text())
        box(page, name).evaluate("(input) => input.removeAttribute('readonly')")
        write(page, name, "huaqiao")
    write(page, "phone", "0512-57300009")
    save(page)
    form.saved(OLD, "0512-57300009")
    after = form.door.files()
    assert after.keys() == before.keys()
    text = after[OLD].decode()
    assert "0512-57300009" in text and UNUSUAL in text  # what was read long ago is not asked about
    assert {file for file in after if after[file] != before[file]} == {OLD}
    assert problems_of(form.door.root) == ()


def test_an_entry_is_closed_and_never_deleted(form: Opened) -> None:
    page, before = form.page, form.door.files()
    form.open("position/entries/huaqiao/huaqiao-zhan")
    expect(box(page, "name")).not_to_have_value("")
    assert page.get_by_text("删除条目").count() == page.get_by_role("button", name="删除").count() == 0
    expect(page.get_by_text("不能删除，改这里")).to_be_visible()
    choose(page, "status", "已撤销")
    save(page)
    form.saved("positions/huaqiao/huaqiao-zhan.yml", "status: closed")
    assert form.door.files().keys() == before.keys()
    assert problems_of(form.door.root) == ()
