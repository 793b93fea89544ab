"""What is the same at many places is one entry, and nothing else is; pages of activities are made of what they show."""

import re
from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from itertools import combinations
from typing import Any

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.model.entries import Activity
from haitang.model.messages import site_words
from haitang.schedule.recurrence_parser import read_when
from haitang.site.page import Page
from haitang.site.pages import activities
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from haitang.site.views.events import NAMED_LENGTH, PLACES_SHOWN, events_of, gatherings
from tests.worlds import WORLD

WEDNESDAYS = "每周三 14:00-16:00"


@pytest.fixture(scope="module")
def world() -> Directory:
    return load(WORLD, today=date(2026, 1, 2))


def activity(when: str | None = WEDNESDAYS, name: str = "理发", **more: Any) -> Activity:
    return Activity(name=name, when=read_when(when) if when else None, **more)


def holding(world: Directory, *held: tuple[Activity, ...]) -> Directory:
    """The first places hold these, each its own, and the others nothing."""
    own = dict(enumerate(held))
    changed = (
        each.model_copy(update={"activities": own.get(at, ()), "status": None}) for at, each in enumerate(world.positions)
    )
    return replace(world, positions=tuple(changed))


def many(world: Directory, count: int, held: Activity) -> Directory:
    """So many places that hold one and the same."""
    first = world.positions[0]
    each = {"activities": (held,), "status": None, "former_ids": ()}
    places = (first.model_copy(update={"id": f"p-{at}", "name": f"第{at}处", **each}) for at in range(count))
    return replace(world, positions=tuple(places))


def gathered(directory: Directory) -> list[list[str]]:
    """The places of each entry."""
    return [[event.position.id for event in each.events] for each in gatherings(events_of(directory))]


def pages(directory: Directory) -> Mapping[str, str]:
    site = Site(directory, Templates(site_words(LANGUAGE)))
    made = (recipe.make() for recipe in activities.build(site))
    return {page.path: page.body for page in made if isinstance(page, Page)}


def test_what_differs_in_nothing_but_its_place_is_one(world: Directory) -> None:
    first, second, third = (position.id for position in world.positions[:3])
    other = activity(name="读报")
    directory = holding(world, (activity(), other), (activity(place="大厅"),), (activity("每周三 14:00至16:00"),))
    assert gathered(directory) == [[first, second, third], [first]]
    assert gatherings(events_of(directory))[0].rooms == ("大厅",)
    rooms = holding(world, (activity(place="一楼"), activity(place="二楼")))
    (one,) = gatherings(events_of(rooms))
    assert (len(one.positions), one.rooms) == (1, ("一楼", "二楼"))


DIFFERENT = (
    activity(name="剪发"),
    activity("每周三 14:00-16:30"),
    activity("每周三 14:00-16:00（2026-12-31 止）"),
    activity("每周三 14:00-16:00；2026-12-23 取消"),
    activity("每周三 14:00-16:00；法定节假日休息"),
    activity("每周四 14:00-16:00"),
    activity(None),
    activity("2019-10-07 14:00-16:00"),
    activity(kind="linli"),
    activity(text="要预约"),
    activity(text="不要预约"),
)


def test_what_says_another_thing_is_another_one(world: Directory) -> None:
    for one, other in combinations((activity(), *DIFFERENT), 2):
        assert len(gathered(holding(world, (one,), (other,)))) == 2, (one, other)


def test_what_is_over_is_not_what_is_ahead(world: Directory) -> None:
    directory = replace(holding(world, (activity("2019-10-07 14:00"),)), updated=date(2026, 1, 2))
    assert [each.first.over for each in gatherings(events_of(directory))] == [True]


def test_two_places_are_named_where_both_fit_a_line(world: Directory) -> None:
    for length, count in ((NAMED_LENGTH // 2, 2), (NAMED_LENGTH // 2 + 1, 1)):
        directory = holding(world, (activity(),), (activity(),), (activity(),))
        called = (each.model_copy(update={"name": "名" * length}) for each in directory.positions)
        (one,) = gatherings(events_of(replace(directory, positions=tuple(called))))
        assert len(one.named) == count


def test_a_page_has_a_line_for_all_with_their_places_behind_it(world: Directory) -> None:
    body = pages(many(world, 20, activity(kind="linli", text="带老年卡")))["activities/index.html"]
    assert body.count('<li class="event"') == 1
    assert "在 20 处：第0处、第1处等" in body
    assert re.findall(r"positions/(p-\d+)\.html#activities", body) == [f"p-{at}" for at in range(20)]
    assert body.partition("<script")[0].count("带老年卡") == 1 and "处，按区镇可以看到" not in body
    body = pages(many(world, 2, activity()))["activities/index.html"]
    assert "在 2 处：第0处、第1处<" in body
    body = pages(many(world, PLACES_SHOWN + 7, activity()))["activities/index.html"]
    assert body.count("#activities") == PLACES_SHOWN and "还有 7 处，按区镇可以看到" in body


def test_what_is_at_one_place_leads_there_at_once(world: Directory) -> None:
    body = pages(holding(world, (activity(place="大厅"), activity(place="门口"))))["activities/index.html"]
    assert body.count('<li class="event"') == 1 and '<details class="places"' not in body
    assert "大厅、门口" in body


def test_a_long_group_is_folded(world: Directory) -> None:
    def shown(count: int) -> tuple[int, str]:
        body = pages(holding(world, tuple(activity(name=f"第{at}项") for at in range(count))))["activities/index.html"]
        first, _, rest = body.partition('<details class="events-rest">')
        assert body.count('<li class="event"') == count
        return first.count('<li class="event"'), re.sub("<.*", "", rest.partition("<summary>")[2], flags=re.DOTALL)

    assert shown(8) == (8, "")
    assert shown(9) == (6, "还有 3 项")


def test_entries_are_counted_and_not_their_places(world: Directory) -> None:
    directory = holding(world, (activity(kind="linli"), activity(name="读报", kind="linli")), (activity(kind="linli"),))
    body = pages(directory)["activities/index.html"]
    assert 'kind-linli.html">邻里 &lt;b&gt;聚会&lt;/b&gt;<b>2</b>' in body
    kind = pages(directory)["activities/kind-linli.html"]
    assert "2 项，在 2 处" in kind


def test_a_kind_reads_as_any_need(world: Directory) -> None:
    """What it is, the words for it, others of the same sort; where nobody has it who helps."""
    found = pages(world)
    kind, bare = found["activities/kind-linli.html"], found["activities/kind-kong.html"]
    assert '<i class="icon icon-people"></i>' in kind and "也可以搜：百家宴" in kind and "一起吃饭" in kind
    assert "kind-xuexi.html" in kind and "kind-linli.html" not in kind.partition("need-others")[2]
    assert 'class="empty"' in bare and "hotlines" in bare and "hotlines" not in kind


EDITS: tuple[dict[str, object], ...] = (
    {"name": "改了名字"},
    {"status": "closed"},
    {"town": "qingshan"},
    {"activities": ()},
    {"activities": (activity(),)},
    {"activities": (activity(place="后院"), activity("每周五 9:00", "读报"))},
    {"activities": (activity(kind="xuexi", text="换了说明"), activity(None, "百家宴"))},
    {"activities": (activity("2019-10-07 14:00"),)},
)


@pytest.mark.parametrize("edit", EDITS, ids=repr)
def test_a_page_is_made_again_where_it_would_differ(world: Directory, edit: dict[str, object]) -> None:
    """Whatever changes at one of the places that hold the same."""
    third = activity(None, "百家宴")
    there = holding(world, (activity(), third), (activity(kind="xuexi"), activity()), (activity(place="大厅"), third))
    before = made_of(there, "")
    for place in there.positions[:4]:
        edited = tuple(each.model_copy(update=edit) if each is place else each for each in there.positions)
        after = made_of(replace(there, positions=edited), world.files[f"position:{place.id}"])
        for path, (key, body) in after.items():
            assert path not in before or body == before[path][1] or key != before[path][0], path


def made_of(directory: Directory, edited: str) -> Mapping[str, tuple[object, str]]:
    """What each page is made of and what comes of it, where one file is another than before."""
    digests = {file: b"new" if file == edited else b"old" for file in directory.files.values()}
    site = replace(Site(directory, Templates(site_words(LANGUAGE))), digests=digests)
    made = ((recipe, recipe.make()) for recipe in activities.build(site))
    return {recipe.path: (recipe.made_of, page.body) for recipe, page in made if isinstance(page, Page)}
