"""A brand made visible: newest first, charts only where there is a series, empty blocks named and never framed."""

from haitang.core.contrast import on_white
from haitang.model.entries import Action, Brand, Goal, Measure, Result
from haitang.schedule.partial_dates import read_date
from haitang.site.views.brand import brand_view, completeness

BARE = Brand(id="bare", name="空")


def series(*values: tuple[str, float]) -> tuple[Measure, ...]:
    return tuple(Measure.model_construct(at=read_date(at), value=value) for at, value in values)


def test_actions_are_newest_first_and_undated_ones_last() -> None:
    actions = tuple(
        Action.model_construct(title=title, on=read_date(on) if on else None, text=None, photo=None)
        for title, on in (("旧", "1997"), ("不知", ""), ("新", "2018-12"), ("同年", "2018"))
    )
    view = brand_view(BARE.model_copy(update={"actions": actions}))
    assert [action.title for action in view.actions] == ["新", "同年", "旧", "不知"]


def test_only_a_series_is_drawn_and_by_its_dates() -> None:
    one = Result.model_construct(label="一", unit=None, series=series(("2018", 5)), source=None)
    more = Result.model_construct(label="多", unit="件", series=series(("2024", 31), ("2023", 12)), source=None)
    gap = Result.model_construct(label="隔", unit="件", series=series(("2010", 1), ("2020", 5), ("2021", 6)), source=None)
    (third,) = brand_view(BARE.model_copy(update={"results": (gap,)})).results
    assert third.chart is not None
    assert third.chart.kind == "bar"  # a line would make a slope of ten years and one of a year look the same
    first, second = brand_view(BARE.model_copy(update={"results": (one, more)})).results
    assert first.chart is None
    assert second.chart is not None
    assert [row[0] for row in second.chart.table.rows] == ["2023", "2024"]


def test_the_newest_value_is_the_figure_whatever_the_order_of_the_lines() -> None:
    more = Result.model_construct(label="多", unit="件", series=series(("2024", 31), ("2023", 12)), source=None)
    (view,) = brand_view(BARE.model_copy(update={"results": (more,)})).results
    assert (str(view.newest.at), view.newest.value) == ("2024", 31)


def test_empty_blocks_are_named() -> None:
    assert brand_view(BARE).missing == ("goals", "people", "actions", "results")
    some = BARE.model_copy(update={"goals": (Goal(title="目标"),)})
    assert brand_view(some).missing == ("people", "actions", "results")
    assert completeness(some) > completeness(BARE)


def test_its_ground_carries_white_text() -> None:
    for colour in ("#ffff00", "#ffffff", "#b8263f", None):
        assert on_white(brand_view(BARE.model_copy(update={"colour": colour})).ground) >= 4.5
