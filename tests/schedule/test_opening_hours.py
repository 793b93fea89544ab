"""Opening hours: what editors write and what it means; what is not certain is refused."""

import pytest

from haitang.schedule.language.spelling import UnreadableTime
from haitang.schedule.opening_hours import DAY_MINUTES, clock
from haitang.schedule.opening_hours_reader import read_hours

DAYS = "一二三四五六日"


def told(text: str) -> str:
    """The week in short: equal days together, as `一二三四五 08:30-17:00`; closed days are left out."""
    groups: dict[str, str] = {}
    for day, spans in zip(DAYS, read_hours(text).week, strict=True):
        said = " ".join(f"{clock(start)}-{clock(end)}" for start, end in spans)
        if said:
            groups[said] = groups.get(said, "") + day
    return "；".join(f"{days} {said}" for said, days in groups.items())


@pytest.mark.parametrize(
    ("text", "meaning"),
    [
        ("周一至周五 08:30-11:30, 13:30-17:00", "一二三四五 08:30-11:30 13:30-17:00"),
        ("周一至周五 08:30-11:30，13:30-17:00", "一二三四五 08:30-11:30 13:30-17:00"),
        ("周一至周五 08:30-11:30、13:30-17:00", "一二三四五 08:30-11:30 13:30-17:00"),
        ("周一至周五 08:30-11:30 13:30-17:00；周六 09:00-12:00", "一二三四五 08:30-11:30 13:30-17:00；六 09:00-12:00"),
        ("周一至周五 08:30-11:30;周六 09:00-12:00", "一二三四五 08:30-11:30；六 09:00-12:00"),
        ("每天 09:00-21:00", "一二三四五六日 09:00-21:00"),
        ("每日 9:00-21:00", "一二三四五六日 09:00-21:00"),
        ("每天 09:00-21:00", "一二三四五六日 09:00-21:00"),
        ("每天 8:30—17:00", "一二三四五六日 08:30-17:00"),
        ("每天 8:30～17:00", "一二三四五六日 08:30-17:00"),
        ("每天 8:30 至 17:00", "一二三四五六日 08:30-17:00"),
        ("每天 8:30到17:00", "一二三四五六日 08:30-17:00"),
        ("每天 ８：３０－１７：００", "一二三四五六日 08:30-17:00"),
        ("每天 08：30——17：00", "一二三四五六日 08:30-17:00"),
        ("周一到周五8点半到17点", "一二三四五 08:30-17:00"),
        ("星期一至星期五 8点30分-17时", "一二三四五 08:30-17:00"),
        ("礼拜六 9点-12点", "六 09:00-12:00"),
        ("周一至五 08:30-17:00", "一二三四五 08:30-17:00"),
        ("周一、周三、周五 14:00-16:00", "一三五 14:00-16:00"),
        ("周一三五 14:00-16:00", "一三五 14:00-16:00"),
        ("每周六、日 09:00-16:00", "六日 09:00-16:00"),
        ("周末 09:00-16:00", "六日 09:00-16:00"),
        ("工作日 09:00-17:00", "一二三四五 09:00-17:00"),
        ("法定工作日 09:00-17:00", "一二三四五 09:00-17:00"),
        ("周二至周日 9:00-17:00，周一闭馆", "二三四五六日 09:00-17:00"),
        ("周一至周五 9:00-11:30，周六、周日 9:00-17:00", "一二三四五 09:00-11:30；六日 09:00-17:00"),
        ("双休日：10:00-16:00", "六日 10:00-16:00"),
        ("周一至周五及周日 09:00-17:00", "一二三四五日 09:00-17:00"),
        ("周六至周一 10:00-12:00", "一六日 10:00-12:00"),
        ("每天 上午8:30-11:30，下午1:30-5:00", "一二三四五六日 08:30-11:30 13:30-17:00"),
        ("每天 上午9点-下午5点", "一二三四五六日 09:00-17:00"),
        ("每天 晚上6:30-9:00", "一二三四五六日 18:30-21:00"),
        ("每天 下午1点半-5点", "一二三四五六日 13:30-17:00"),
        ("每天 18:00-次日02:00", "一二三四五六日 18:00-02:00"),
        ("每天 06:00-次日01:00", "一二三四五六日 06:00-01:00"),
        ("每天 20:00-次日08:00", "一二三四五六日 20:00-08:00"),
        ("每天 08:00-24:00", "一二三四五六日 08:00-24:00"),
        ("24小时", "一二三四五六日 00:00-24:00"),
        ("全天开放", "一二三四五六日 00:00-24:00"),
        ("24小时开放；周一 休息", "二三四五六日 00:00-24:00"),
        ("每天 09:00-17:00；周一闭馆", "二三四五六日 09:00-17:00"),
        ("每天 09:00-17:00；周六 10:00-12:00", "一二三四五日 09:00-17:00；六 10:00-12:00"),
        # A second rule for the same days adds to the first: half a day must not be lost.
        ("每天 8:30-11:30；13:30-17:00", "一二三四五六日 08:30-11:30 13:30-17:00"),
        ("周一至周五 08:30-11:30；周一至周五 13:30-17:00", "一二三四五 08:30-11:30 13:30-17:00"),
        ("周一至周五 08:30-11:30\n周六 09:00-12:00", "一二三四五 08:30-11:30；六 09:00-12:00"),
        ("周一至周五（08:30-17:00）。", "一二三四五 08:30-17:00"),
    ],
)
def test_what_is_written(text: str, meaning: str) -> None:
    assert told(text) == meaning
    assert read_hours(text).text == text.strip()


@pytest.mark.parametrize(
    "text",
    [
        "", " ", "；", "上班时间", "周一至周五", "每天", "8:30", "每天 8:30-", "-17:00", "每天 8.30-17.00",
        "08:70-17:00", "08:30-25:00", "24:01-25:00", "08:30-24:30", "09:00-09:00", "周八 9:00-17:00",
        "周一至周八 9:00-17:00", "9:00-17:00左右", "节假日 9:00-17:00", "9:00-5:00", "8:30-4:30",
        "8:30-11:30, 1:30-5:00", "8:00-12:00, 11:00-17:00", "周一至周日 休息", "周一 9:00-12:00；周一 11:00-13:00",
        "每天 9:00-17:00（春节除外）", "每天 9:00-17:00，节假日休息，节假日照常开放", "工作日 9:00-17:00，全年无休",
        "全年无休；周一闭馆；周二至周日 9:00-17:00", "09:00-21:00", "18:00-02:00", "每天 18:00-02:00", "9:00-17:00 x",
        "٩:٠٠-١٧:٠٠", "周一至周五 9:00-17:00；周六、周日 10:00-16:00；每天闭馆",
        "周六、周日 6:00-9:00。周一至周四 20:00-24:00。周五 9:00-24:00。周六至周四闭馆",
        "周末闭馆；周六 9:00-12:00；周日 9:00-11:00",
    ],
)  # fmt: skip
def test_what_is_not_certain(text: str) -> None:
    with pytest.raises(UnreadableTime):
        read_hours(text)


OFFICIAL = ["夏季 0501-0930 08:30-17:30", "冬季 1001-0430 09:00-17:00"]
SEASONS = [
    ("夏季（5月1日至9月30日） 每天 08:30-17:30；冬季（10月1日至次年4月30日） 每天 09:00-17:00", OFFICIAL),
    ("夏季（5月1日至9月30日） 每天 08:30-17:30，冬季（10月1日至次年4月30日） 每天 09:00-17:00", OFFICIAL),
    ("夏季：每年5月1日起至9月30日止 每天 8:30-17:30；冬季：10月1日—4月30日 每天 9:00-17:00", OFFICIAL),
    ("5月1日-9月30日（夏季） 每天 8:30-17:30；10月1日-次年4月30日（冬季） 每天 9:00-17:00", OFFICIAL),
    ("夏令时（5月至9月） 每天 8:30-17:30", ["夏令时 0501-0930 08:30-17:30"]),
    ("5月-9月 每天 08:30-18:00；10月-次年4月 每天 09:00-17:00", ["0501-0930 08:30-18:00", "1001-0430 09:00-17:00"]),
    ("5-9月 每天 08:30-18:00；10-4月 每天 09:00-17:00", ["0501-0930 08:30-18:00", "1001-0430 09:00-17:00"]),
    ("6月1日-8月31日 每天 08:30-18:00；其他时间 每天 09:00-17:00", ["0601-0831 08:30-18:00", "其他时间 0901-0531 09:00-17:00"]),
    ("其余时间 每天 09:00-17:00；6月1日-8月31日 每天 08:30-18:00", ["其余时间 0901-0531 09:00-17:00", "0601-0831 08:30-18:00"]),
    (
        "7月、8月 每天 08:30-18:00；其余月份 每天 09:00-17:00",
        ["0701-0731,0801-0831 08:30-18:00", "其余月份 0901-0630 09:00-17:00"],
    ),
    ("1月-2月、7月 每天 10:00-16:00；其他月份 休息", ["0101-0229,0701-0731 10:00-16:00", "其他月份 0301-0630,0801-1231"]),
    ("暑假（7月1日至8月31日） 每天 8:00-20:00", ["暑假 0701-0831 08:00-20:00"]),
    ("5月-9月 每天 8:30-11:30；14:00-18:00", ["0501-0930 08:30-11:30 14:00-18:00"]),
]


@pytest.mark.parametrize(("text", "seasons"), SEASONS)
def test_seasons(text: str, seasons: list[str]) -> None:
    hours = read_hours(text)
    assert hours.seasonal
    said = []
    for season in hours.seasons:
        dates = ",".join(f"{first:04d}-{last:04d}" for first, last in season.stretches)
        spans = [f"{clock(start)}-{clock(end)}" for start, end in season.week[0]]
        said.append(" ".join([*filter(None, [season.name]), dates, *spans]))
        assert len(set(season.week)) == 1
    assert said == seasons


def test_rules_without_dates_belong_to_the_season_before_them() -> None:
    hours = read_hours("5月-9月 每天 8:30-18:00；周一闭馆；10月-4月 周一至周五 9:00-17:00；周六 9:00-12:00")
    assert [[clock(day[0][1]) if day else "" for day in season.week] for season in hours.seasons] == [
        ["", *["18:00"] * 6],
        [*["17:00"] * 5, "12:00", ""],
    ]


def test_a_season_may_be_named_again() -> None:
    hours = read_hours("5月-9月 周一至周五 8:30-18:00；5月-9月 周六 9:00-12:00；10月-4月 每天 9:00-17:00")
    assert len(hours.seasons) == 2
    assert hours.seasons[0].week[5] == ((540, 720),)


@pytest.mark.parametrize(
    ("text", "code", "part"),
    [
        ("夏季 每天 08:30-17:30；冬季 每天 09:00-17:00", "season-without-dates", "夏季"),
        ("夏季 每天 08:30-17:30，冬季 每天 09:00-17:00", "season-without-dates", "夏季"),
        ("夏季（5月1日至9月30日） 每天 08:30-17:30；冬季 每天 09:00-17:00", "season-without-dates", "冬季"),
        ("暑假期间 每天 09:00-17:00", "season-without-dates", "暑假期间"),
        ("冬令时：周一至周五 09:00-17:00", "season-without-dates", "冬令时"),
        ("2月30日至9月30日 每天 08:30-17:30", "bad-season-dates", "2月30日"),
        ("5月1日至13月1日 每天 08:30-17:30", "bad-season-dates", "13月1日"),
        ("0月至9月 每天 08:30-17:30", "bad-season-dates", "0月"),
        ("5月至次年9月 每天 08:30-17:30", "bad-season-dates", "5月至次年9月"),
        ("5月-9月 每天 8:00-18:00；9月-4月 每天 9:00-17:00", "seasons-overlap", "9月-4月"),
        ("5月1日-10月1日 每天 8:00-18:00；10月1日-4月30日 每天 9:00-17:00", "seasons-overlap", "10月1日-4月30日"),
        ("7月、7月-8月 每天 8:00-18:00", "seasons-overlap", "7月、7月-8月"),
        ("5月-9月 每天 8:00-18:00；10月-4月 每天 9:00-17:00；周一闭馆", "season-unclear", "周一闭馆"),
        ("其他时间 每天 9:00-17:00", "season-unclear", "其他时间"),
        ("周一至周五 9:00-17:00；周六、周日 10:00-16:00；每天闭馆", "hours-open-and-closed", "每天闭馆"),
        ("7月-8月 每天 9:00-17:00；其他时间 休息", "season-unclear", "其他时间"),
        ("5月-9月 每天 8:00-18:00；10月-4月 每天 9:00-17:00；其他月份 休息", "season-unclear", "其他月份"),
        ("7月-8月 每天 9:00-17:00；其他月份 每天 9:00-12:00；其余月份 每天 13:00-17:00", "season-unclear", "其余月份"),
        ("5月-9月 看情况；10月-4月 每天 9:00-17:00", "hours-irregular", "看情况"),
        ("5月-9月 休息", "hours-no-opening", "5月-9月 休息"),
        ("5月-9月", "hours-no-hour", "5月-9月"),
        ("5.1-9.30 每天 8:00-18:00", "bad-hours", "5.1-9.30"),
        ("夏季 冬季 9:00-17:00", "season-unclear", "冬季"),
        ("5月-9月 7月-8月 每天 9:00-17:00", "season-unclear", "7月-8月"),
        ("5月-9月 照常", "season-unclear", "5月-9月"),
        ("夏季 照常", "season-without-dates", "夏季"),
        ("照常 9:00-17:00", "bad-hours", "照常"),
        ("周一 7x24小时", "hours-two-days", "7x24小时"),
        ("每天 9:00-17:00 预约", "hours-aside", "预约"),
    ],
)
def test_seasons_that_are_not_certain(text: str, code: str, part: str | None) -> None:
    with pytest.raises(UnreadableTime) as caught:
        read_hours(text)
    assert caught.value.code == code
    assert part in (None, caught.value.part)


@pytest.mark.parametrize(
    ("text", "closed", "words", "meaning"),
    [
        ("全年无休 08:30-17:00", False, "全年无休", "一二三四五六日 08:30-17:00"),
        ("08:30-17:00，全年无休", False, "全年无休", "一二三四五六日 08:30-17:00"),
        ("24小时，全年无休", False, "全年无休", "一二三四五六日 00:00-24:00"),
        ("周一至周五 09:00-17:00；节假日照常", False, "节假日照常", "一二三四五 09:00-17:00"),
        ("每天 09:00-17:00（含法定节假日）", False, "含法定节假日", "一二三四五六日 09:00-17:00"),
        ("每天 09:00-17:00，法定节假日正常开放", False, "法定节假日正常开放", "一二三四五六日 09:00-17:00"),
        ("周一至周五 09:00-17:00（法定节假日除外）", True, "法定节假日除外", "一二三四五 09:00-17:00"),
        ("周一至周五 09:00-17:00；节假日休息", True, "节假日休息", "一二三四五 09:00-17:00"),
        ("每天 09:00-17:00，遇国家法定节假日闭馆", True, "国家法定节假日闭馆", "一二三四五六日 09:00-17:00"),
        ("周一至周五 09:00-17:00，周六、周日及法定节假日休息", True, "周六、周日及法定节假日休息", "一二三四五 09:00-17:00"),
        ("周一至周五 09:00-17:00，双休日和节假日不开放", True, "双休日和节假日不开放", "一二三四五 09:00-17:00"),
        ("节假日及周末休息；周一至周五 09:00-17:00", True, "节假日及周末休息", "一二三四五 09:00-17:00"),
        ("工作日 09:00-17:00，法定节假日休息", True, "法定节假日休息", "一二三四五 09:00-17:00"),
        ("每天 09:00-17:00", None, "", "一二三四五六日 09:00-17:00"),
    ],
)
def test_what_is_said_of_public_holidays(text: str, closed: bool | None, words: str, meaning: str) -> None:
    hours = read_hours(text)
    assert (hours.closed_on_holidays, hours.holiday_words, told(text)) == (closed, words, meaning)
    assert not closed or hours.against(False) == words
    assert closed is not False or (hours.against(True), hours.against(False)) == (words, "")


def test_rules_of_workdays_follow_the_calendar() -> None:
    office = read_hours("工作日 08:30-17:00；周末 09:00-12:00").seasons[0]
    assert office.workday == ((510, 1020),)
    assert office.on_holidays == ((), (), (), (), (), None, None)
    assert read_hours("法定工作日 9:00-17:00").against(False) == "法定工作日"
    assert read_hours("工作日 9:00-17:00").against(True) == ""
    named = read_hours("周一至周五 08:30-17:00；周末 09:00-12:00")
    assert not named.follows_workdays
    assert named.seasons[0].steady == (False, False)
    # Another rule may open the day all the same.
    assert read_hours("每天 9:00-17:00；工作日 8:00-20:00").seasons[0].on_holidays == (None,) * 7


@pytest.mark.parametrize(
    ("text", "steady"),
    [
        ("每天 9:00-17:00", (True, True)),
        ("9:00-17:00；周一闭馆", (True, True)),
        ("周一至周日 9:00-17:00", (True, True)),
        ("每天 9:00-17:00；周一闭馆", (True, True)),
        ("每天 9:00-17:00；周日 休息", (True, False)),
        ("周一至周五 9:00-17:00；周六 9:00-17:00", (True, False)),
        ("周二至周日 9:00-17:00", (False, False)),
        ("周一至周五 9:00-17:00", (False, False)),
    ],
)
def test_weekends_that_keep_their_hours_when_they_are_worked(text: str, steady: tuple[bool, bool]) -> None:
    assert read_hours(text).seasons[0].steady == steady


def test_the_part_that_was_not_understood_is_named() -> None:
    with pytest.raises(UnreadableTime) as caught:
        read_hours("周一至周五 08:30-17:00；周六看情况")
    assert caught.value.part == "看情况"


@pytest.mark.parametrize(
    ("text", "sunday"),
    [("周一至周五 9:00-17:00，其余闭馆", ()), ("周一至周五 9:00-17:00；其余 10:00-12:00；周六闭馆", ((600, 720),))],
)
def test_the_rest_is_every_day_that_is_left(text: str, sunday: object) -> None:
    week = read_hours(text).seasons[0].week
    assert (week[4], week[5], week[6]) == (((540, 1020),), (), sunday)


def test_all_day_all_week_is_each_day() -> None:
    assert read_hours("7x24小时").seasons[0].week == (((0, DAY_MINUTES),),) * 7


@pytest.mark.parametrize(
    ("text", "is_told"),
    [
        ("节假日正常开放 7:00-18:00；周一休馆；2月每天 9:00-12:00", False),  # the holidays' hours, or those of all other days
        ("节假日照常 9:00-16:00", False),
        ("节假日照常开放 9:00-16:00；7月-8月 每天 9:00-21:00", False),
        ("节假日 9:00-16:00；7月-8月 每天 9:00-21:00", True),
        ("周一至周五 9:00-17:00；节假日正常开放 9:00-16:00", True),
        ("节假日正常开放 9:00-16:00；周一至周五 9:00-17:00", True),
        ("5月-9月 每天 8:00-18:00；10月-4月 每天 9:00-17:00；节假日正常开放 9:00-16:00", True),
        ("7月-8月 每天 9:00-21:00；其余月份 每天 9:00-17:00；节假日正常开放 9:00-16:00", True),
    ],
)
def test_hours_as_usual_on_holidays_are_theirs_where_the_usual_ones_are_told(text: str, is_told: bool) -> None:
    if is_told:
        assert read_hours(text).holidays == "hours"
        return
    with pytest.raises(UnreadableTime) as caught:
        read_hours(text)
    assert caught.value.code == "hours-holiday-unclear"


def test_always() -> None:
    assert read_hours("24小时").always
    assert not read_hours("24小时；周一休息").always
    assert not read_hours("每天 00:00-23:59").always
    assert not read_hours("24小时；节假日休息").always
    assert not read_hours("5月-9月 24小时").always


@pytest.mark.parametrize(
    ("minutes", "shown"), [(0, "00:00"), (510, "08:30"), (DAY_MINUTES, "24:00"), (DAY_MINUTES + 90, "01:30")]
)
def test_clock(minutes: int, shown: str) -> None:
    assert clock(minutes) == shown
