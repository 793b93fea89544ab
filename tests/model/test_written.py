"""What people write, and what it means; what has two readings means nothing."""

import pytest

from haitang.model.written import dates, lists, numbers, phones, places, urls
from haitang.model.written.lines import with_line_breaks

NUMBERS = {
    "320": "320",
    "１２０": "120",
    "1,200": "1200",
    "1，200": "1200",
    "1.2万": "12000",
    "３万": "30000",
    "三百二十": "320",
    "一千二百": "1200",
    "两千零五": "2005",
    "十五": "15",
    "一二〇": "120",
    "1。5": "1.5",
    "一百二": None,
    "300-350": None,
    "1_320": None,
    "3.2.0": None,
    "+320": "320",
    "320.": "320",
    "300 350": None,
    "1e3": None,
    "约320": None,
    "": None,
}


@pytest.mark.parametrize("text", NUMBERS)
def test_numbers(text: str) -> None:
    assert numbers.number(text) == NUMBERS[text]


MEASURES = {
    ("3亩", "area_m2"): ("2000", "3 亩 × 666.67 ≈ 2000", True),
    ("1.5 亩", "area_m2"): ("1000", "1.5 亩 × 666.67 ≈ 1000", True),
    ("0.1亩", "area_m2"): ("66.7", "0.1 亩 × 666.67 ≈ 66.7", True),
    ("三亩", "area_m2"): ("2000", "3 亩 × 666.67 ≈ 2000", True),
    ("约3亩", "area_m2"): ("2000", "3 亩 × 666.67 ≈ 2000", False),
    ("1.2万平方米", "area_m2"): ("12000", "1.2万平方米 = 12000", True),
    ("1.2万㎡", "area_m2"): ("12000", "1.2万m2 = 12000", True),
    ("320平方米", "area_m2"): ("320", "", True),
    ("320㎡", "area_m2"): ("320", "", True),
    ("320 m²", "area_m2"): ("320", "", True),
    ("３２０平米", "area_m2"): ("320", "", True),
    ("1,200平方米", "area_m2"): ("1200", "", True),
    ("0.5平方公里", "area_m2"): ("500000", "0.5 平方公里 × 1000000 = 500000", True),
    ("2公顷", "area_m2"): ("20000", "2 公顷 × 10000 = 20000", True),
    ("建筑面积320平方米", "area_m2"): ("320", "", True),
    ("约320", "area_m2"): ("320", "", False),
    ("300余", "area_m2"): ("300", "", False),
    ("300多平方米", "area_m2"): ("300", "", False),
    ("3亩地", "area_m2"): ("2000", "3 亩地 × 666.67 ≈ 2000", True),
    ("半亩", "area_m2"): ("333", "0.5 亩 × 666.67 ≈ 333", True),
    ("320㎡。", "area_m2"): ("320", "", True),
    ("320（平方米）", "area_m2"): ("320", "", True),
    ("1千多平方米", "area_m2"): ("1000", "1千平方米 = 1000", False),
    ("300~350", "area_m2"): None,
    ("300约350", "area_m2"): None,
    ("300 350", "area_m2"): None,
    ("320 50平方米", "area_m2"): None,
    ("320间", "area_m2"): None,
    ("300-350", "area_m2"): None,
    ("320平方米左右，另有院子", "area_m2"): None,
    ("1.5公里", "metres"): ("1500", "1.5 公里 × 1000 = 1500", True),
    ("800米", "metres"): ("800", "", True),
    ("2小时", "minutes"): ("120", "", True),
    ("半小时", "minutes"): ("30", "", True),
    ("1小时30分", "minutes"): ("90", "", True),
    ("1个半小时", "minutes"): ("90", "", True),
    ("80%", "progress"): ("80", "", True),
    ("百分之八十", "progress"): ("80", "", True),
    ("26名", "value"): ("26", "", False),
    ("1.2万人次", "value"): ("12000", "", False),
}


@pytest.mark.parametrize(("text", "field"), MEASURES)
def test_measures(text: str, field: str) -> None:
    assert numbers.measured(text, field) == MEASURES[text, field]


DATES = {
    "20240308": "2024-03-08",
    "２０２４０３０８": "2024-03-08",
    "202403": "2024-03",
    "二〇二四年三月": "2024-03",
    "二零二四年三月八日": "2024-03-08",
    "二○二四年十二月三十一日": "2024-12-31",
    "二〇二四年": "2024",
    "2024年三月": "2024-03",
    "2024.3": "2024-03",
    "2024.3.8": "2024-03-08",
    "2024。3。8": "2024-03-08",
    "2024年3月8日": "2024-03-08",
    "2024 年 3 月 8 日": "2024-03-08",
    "2024年3月8号": "2024-03-08",
    "2024年3月份": "2024-03",
    "2024/3/8": "2024-03-08",
    "2024 3 8": "2024-03-08",
    "2018 1 2": "2018-01-02",
    "2024—03—08": "2024-03-08",
    "2024·3": "2024-03",
    "2024-03-08 00:00:00": "2024-03-08",
    "2024年3月8日（周五）": "2024-03-08",
    "2024年3月8日（周六）": None,
    "201112": None,
    "20240230": None,
    "20112024": None,
    "18-11": None,
    "3/8/2024": None,
    "去年十一月": None,
    "2018年底": None,
    "2018年第四季度": None,
    "57621055": None,
}


@pytest.mark.parametrize("text", DATES)
def test_dates(text: str) -> None:
    assert dates.date_of(text) == DATES[text]


@pytest.mark.parametrize(
    ("text", "month"),
    [("2019.7", "2019-07"), ("2019.3", "2019-03"), ("2019.9", "2019-09"), ("2019.11", "2019-11"), ("2019.12", "2019-12"),
     ("2019.01", "2019-01"), ("2019.1", None), ("2019.13", None), ("43647.5", None), ("2019", None)],
)  # fmt: skip
def test_months_in_numbers(text: str, month: str | None) -> None:
    assert dates.month_of(text) == month


PHONES = {
    "0512-57621055": "0512-57621055",
    "0512 57621055": "0512-57621055",
    "（0512）57621055": "0512-57621055",
    "0512—5762 1055": "0512-57621055",
    "051257621055": "0512-57621055",
    "+86-512-57621055": "0512-57621055",
    "0086 512 57621055": "0512-57621055",
    "86512576": "0512-86512576",
    "400-8281-234": "400-828-1234",
    "400-82-81234": "400-828-1234",
    "4008281-234": None,
    "☎ 57621055": "0512-57621055",
    "0512-57621055 张三": "0512-57621055",
    "0512-57621055（王某某）": "0512-57621055",
    "0512-57621055（周末）": None,
    "0512-57621055（周三）": None,
    "0512-57621055（白天）": None,
    "57621055（陆家）": None,
    "办公室0512-57621055": None,
    "+86 0512 57621055": "0512-57621055",
    "0512-57621055转8001": "0512-57621055-8001",
    "0512-57621055 转 8001": "0512-57621055-8001",
    "0512-57621055分机801": "0512-57621055-801",
    "0512-57621055（转801）": "0512-57621055-801",
    "0512-57621055，分机号：801": "0512-57621055-801",
    "0512-57621055 ext. 801": "0512-57621055-801",
    "57621055": "0512-57621055",
    "5762 1055": "0512-57621055",
    "57621055转801": "0512-57621055-801",
    "512-57621055": "0512-57621055",
    "0512-57621055（张主任）": "0512-57621055",
    "0512-57621055 张主任": "0512-57621055",
    "0512-57621055（小王）": "0512-57621055",
    "0512-57621055（联系人：王建国）": "0512-57621055",
    "张书记 0512-57621055": "0512-57621055",
    "57621055（李阿姨）": "0512-57621055",
    "联系电话：0512-57621055": "0512-57621055",
    "Tel: 0512-57621055": "0512-57621055",
    "400 800 1234": "400-800-1234",
    "400-800-1234": "400-800-1234",
    "0512-57621055（传真）": None,
    "0512-57621055（夜间）": None,
    "0512-576210": None,
    "13900000001": None,
    "0512-57621055/57621056": None,
    "5762": None,
}


@pytest.mark.parametrize("text", PHONES)
def test_phones(text: str) -> None:
    assert phones.phone(text, "0512") == PHONES[text]


@pytest.mark.parametrize("text", ["0512-57621055（周末）", "办公室 57621055", "0512-57621055 工作日", "57621055（陆家）"])
def test_a_number_with_a_remark(text: str) -> None:
    assert phones.phone_with_remark(text, "0512") == "0512-57621055"
    assert phones.phone_with_remark(f"传真{text}", "0512") is None


@pytest.mark.parametrize(
    ("text", "all_of", "mobiles"),
    [
        ("0512-57621055/57621056", ("0512-57621055", "57621056"), ()),
        ("0512-57621055、13900000001", ("0512-57621055", "13900000001"), ("13900000001",)),
        ("0512-57621055/56", ("0512-57621055", "0512-57621056"), ()),
        ("0512-57621055 139 0000 0001", ("0512-57621055", "139 0000 0001"), ("139 0000 0001",)),
        ("57621055；57621056；57621057", ("57621055", "57621056", "57621057"), ()),
        ("13900000001（张主任）", ("13900000001",), ("13900000001",)),
        ("+86 13900000001", ("+86 13900000001",), ("+86 13900000001",)),
        ("0512-57621055转8001", ("0512-57621055",), ()),
        ("４００-800-1234或0512-57621055", ("400-800-1234", "0512-57621055"), ()),
        ("0512-57621055-8001", ("0512-57621055",), ()),
    ],
)
def test_several_numbers(text: str, all_of: tuple[str, ...], mobiles: tuple[str, ...]) -> None:
    assert phones.numbers(text) == (all_of, mobiles)


LISTS = {
    "便民服务、志愿服务": ("便民服务", "志愿服务"),
    "a、b，c": ("a", "b", "c"),
    "便民服务,志愿服务": ("便民服务", "志愿服务"),
    "便民服务；志愿服务；": ("便民服务", "志愿服务"),
    "便民服务": ("便民服务",),
    "助餐（早，中）": ("助餐（早，中）",),
    "助餐（早、中）、理发": ("助餐（早、中）", "理发"),
    "“学习，讨论”、理发": ("“学习，讨论”", "理发"),
    "1. 便民服务 2. 志愿服务": ("便民服务", "志愿服务"),
    "1.便民服务；2.志愿服务": ("便民服务", "志愿服务"),
    "1、便民服务2、志愿服务": ("便民服务", "志愿服务"),
    "①便民服务、②志愿服务": ("便民服务", "志愿服务"),
    "这里有便民服务。还有志愿服务。": None,
    "便民服务（早": ("便民服务（早",),
    "": None,
    "、": None,
}


@pytest.mark.parametrize("text", LISTS)
def test_lists(text: str) -> None:
    assert lists.items(text) == LISTS[text]


URLS = {
    "www.js.com/1": "https://www.js.com/1",
    "WWW.js.com": "https://WWW.js.com",
    "https：//www.js.com/1": "https://www.js.com/1",
    "ｈｔｔｐｓ：／／www.js.com": "https://www.js.com",
    "https:/www.js.com/1": "https://www.js.com/1",
    "http//www.js.com/1": "http://www.js.com/1",
    "HTTPS://www.js.com/1": "https://www.js.com/1",
    "//www.js.com/1": "https://www.js.com/1",
    "js.com/news/1.html": "https://js.com/news/1.html",
    "网址：https://www.js.com/1。": "https://www.js.com/1",
    "《https://www.js.com/1》": "https://www.js.com/1",
    "苏州日报": None,
    "qifa.png": None,
    "javascript:alert(1)": None,
    "https://user:secret@www.example.org/": None,
    "http://192.168.1.10/qifa": None,
    "https://www.example.org/qi fa": None,
    "file:///C:/qifa.html": None,
    "a@b.cn": None,
}


@pytest.mark.parametrize("text", URLS)
def test_urls(text: str) -> None:
    assert urls.url_of(text) == URLS[text]


def test_line_breaks() -> None:
    assert with_line_breaks("a\x0bb\r\nc\u2028d\x0ce\x85f\rg") == "a\nb\nc\nd\ne\nf\ng"


def test_names_of_towns() -> None:
    assert list(places.town_names("陆家镇")) == ["陆家镇", "陆家"]
    assert {*places.town_names("玉山镇（昆山高新区）", "高新区")} == {
        "玉山镇（昆山高新区）", "高新区", "玉山镇", "玉山", "昆山高新区",
    }  # fmt: skip
    assert list(places.town_names("昆山")) == ["昆山"]
    known = ("昆山", "陆家镇", "陆家")
    assert places.town_within("江苏省昆山市陆家镇", known) == "陆家镇"
    assert places.town_within("昆山市陆家", known) == "陆家"
    assert places.town_within("太仓市陆家镇", known) == "太仓市陆家镇"
    assert places.town_within("昆山市周市镇", known) == "昆山市周市镇"


def test_what_is_too_long_is_not_looked_at() -> None:
    """Texts of any length come from sheets; a list and a number go as far as it is said, and no further."""
    assert lists.items("读" * 1000) == ("读" * 1000,)
    assert lists.items("读" * 1001) is None
    assert numbers.number(" " * 77 + "120") == "120"
    assert numbers.number(" " * 78 + "120") is None


@pytest.mark.parametrize("text", ["0512 57621055 / 0512 57621056", "0512 57621055" + " " * 100, "值班室", "120.98"])
def test_what_is_no_single_number_of_a_phone_stays_as_it_is(text: str) -> None:
    assert phones.spelled_phone(text) == text


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("30/11/2026", "2026-11-30"), ("11/30/2026", "2026-11-30"), ("5/5/2026", "2026-05-05"), ("30.11.2026", "2026-11-30"),
        ("5/11/2026", None), ("31/11/2026", None), ("30 Nov 2026", "2026-11-30"), ("November 30th, 2026", "2026-11-30"),
        ("30-Nov-2026", "2026-11-30"), ("Sept 2026", "2026-09"), ("31 Nov 2026", None), ("ma 2026", None),
    ],
)  # fmt: skip
def test_dates_as_they_are_written_elsewhere(written: str, meant: str | None) -> None:
    """A day and a month that may be each other say nothing."""
    assert dates.date_of(written) == meant
