"""Opening hours as the browser is told them: the data string of frontend/README.md, for every kind of text and policy."""

import pytest

from haitang.schedule.opening_hours import DatedHours, HolidayPolicy, OpeningHours, Season, Spans
from haitang.schedule.opening_hours_data import Different, exceptions_of, holiday_policy, seasons_of, week_data
from haitang.schedule.opening_hours_reader import read_hours

OFFICE = "510-1020" + "|=" * 4 + "||"
EVERY_DAY = "540-1020" + "|=" * 6
ROUND_THE_CLOCK = "0-1440" + "|=" * 6


@pytest.mark.parametrize(
    ("text", "closed", "data"),
    [
        ("周一至周五 08:30-17:00", None, OFFICE),
        ("周一至周五 08:30-17:00", True, f"c!{OFFICE}"),
        ("周一至周五 08:30-17:00", False, f"os!{OFFICE}"),
        ("周一至周五 08:30-17:00，节假日休息", None, f"c!{OFFICE}"),
        ("每天 09:00-17:00", None, f"us!{EVERY_DAY}"),
        ("每天 09:00-17:00", True, f"cs!{EVERY_DAY}"),
        ("每天 09:00-17:00", False, f"os!{EVERY_DAY}"),
        ("全年无休 09:00-17:00", None, f"os!{EVERY_DAY}"),
        ("24小时", None, f"os!{ROUND_THE_CLOCK}"),
        ("24小时", True, f"cs!{ROUND_THE_CLOCK}"),
        ("24小时；周一休息", None, "us!|" + "0-1440" + "|=" * 5),
        ("工作日 08:30-17:00", None, f"cw!{OFFICE}|510-1020"),
        ("工作日 08:30-17:00", True, f"cw!{OFFICE}|510-1020"),
        ("工作日 08:30-17:00；周六 09:00-12:00", None, "cccccucw!" + "510-1020" + "|=" * 4 + "|540-720||510-1020"),
        ("每天 09:00-17:00；周日 10:00-11:00", None, "usx!" + "540-1020" + "|=" * 5 + "|600-660"),
        ("5月-9月 每天 09:00-17:00；10月-4月 周一至周五 08:30-17:00", None, f"0501-0930@us!{EVERY_DAY}/1001-0430@{OFFICE}"),
        ("7月、12月 每天 09:00-17:00", True, f"0701-0731,1201-1231@cs!{EVERY_DAY}"),
    ],
)
def test_week_data(text: str, closed: bool | None, data: str) -> None:
    assert week_data(read_hours(text), closed) == data


@pytest.mark.parametrize(
    ("text", "closed", "policy"),
    [
        ("周一至周五 08:30-17:00", None, None),
        ("周一至周五 08:30-17:00", True, True),
        ("周一至周五 08:30-17:00；节假日休息", None, True),
        ("全年无休 08:30-17:00", None, False),
        ("工作日 08:30-17:00", None, True),
        ("工作日 08:30-17:00；周末 09:00-12:00", None, None),
        ("24小时", None, None),
    ],
)
def test_holiday_policy(text: str, closed: bool | None, policy: bool | None) -> None:
    assert holiday_policy(read_hours(text), closed) is policy
    assert holiday_policy(None, closed) is closed


def test_seasons_of_a_page() -> None:
    summer, winter = seasons_of(
        read_hours("夏季（5月1日至9月30日）每天 08:30-17:30；冬季（10月1日至次年4月30日）每天 09:00-17:00")
    )
    assert (summer.name, summer.dates, summer.data) == ("夏季", (((5, 1), (9, 30)),), "0501-0930")
    assert winter.dates == (((10, 1), (4, 30)),)
    assert summer.days[6].spans == ("08:30–17:30",)
    (whole,) = seasons_of(read_hours("每天 08:30-17:30"))
    assert (whole.name, whole.dates, whole.data) == ("", (), "")


DAY, SHORT = ((540, 1020),), ((600, 780),)


def hours_of(
    week: list[Spans], on_holidays: list[Spans | None], policy: HolidayPolicy, *exceptions: DatedHours
) -> OpeningHours:
    """Every kind of hours, whatever its text would be."""
    season = Season("", (), tuple(week), tuple(on_holidays), None, (True, True))
    return OpeningHours("", (season,), exceptions, policy)


def test_hours_of_holidays_and_of_dates() -> None:
    hours = hours_of([DAY] * 7, [SHORT] * 7, "hours", DatedHours(801, 831, ()), DatedHours(1230, 102, SHORT))
    assert week_data(hours) == f"hs!{EVERY_DAY}|600-780/x0801-0831@/x1230-0102@600-780"
    assert exceptions_of(hours) == (
        Different(((8, 1), (8, 31)), (), ()),
        Different(((12, 30), (1, 2)), (), ("10:00–13:00",)),
    )
    (season,) = seasons_of(hours)
    assert season.holidays == (Different(None, (), ("10:00–13:00",)),)
    (season,) = seasons_of(hours, closed=True)
    assert season.holidays == ()


def test_a_rest_day_that_opens_on_holidays() -> None:
    hours = hours_of([(), *[DAY] * 6], [DAY] * 7, "open")
    assert week_data(hours) == "hoooooos!|540-1020" + "|=" * 6
    (season,) = seasons_of(hours)
    assert season.holidays == (Different(None, (1,), ("09:00–17:00",)),)


def test_a_week_without_hours_of_holidays_has_no_line_for_them() -> None:
    told: list[tuple[HolidayPolicy, Spans | None]] = [("closed", ()), ("open", DAY), ("unsaid", None)]
    for policy, said in told:
        (season,) = seasons_of(hours_of([DAY] * 7, [said] * 7, policy))
        assert season.holidays == ()
