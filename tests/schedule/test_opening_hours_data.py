"""Opening hours as the browser is told them: the data string of frontend/README.md, for every kind of text and policy."""

import pytest

from haitang.schedule.opening_hours_data import holiday_policy, seasons_of, week_data
from haitang.schedule.opening_hours_reader import read_hours

OFFICE = "|".join(["510-1020"] * 5) + "||"
EVERY_DAY = "|".join(["540-1020"] * 7)
ROUND_THE_CLOCK = "|".join(["0-1440"] * 7)


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
        ("24小时；周一休息", None, "us!|" + "|".join(["0-1440"] * 6)),
        ("工作日 08:30-17:00", None, f"cw!{OFFICE}|510-1020"),
        ("工作日 08:30-17:00", True, f"cw!{OFFICE}|510-1020"),
        ("工作日 08:30-17:00；周六 09:00-12:00", None, "cccccucw!" + "|".join(["510-1020"] * 5) + "|540-720||510-1020"),
        ("每天 09:00-17:00；周日 10:00-11:00", None, "usx!" + "|".join(["540-1020"] * 6) + "|600-660"),
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
