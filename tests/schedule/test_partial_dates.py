"""Dates are as exact as they were written, never more."""

from datetime import date

import pytest

from haitang.schedule.partial_dates import PartialDate, read_date


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2018", "2018"),
        ("2018年", "2018"),
        ("2018-11", "2018-11"),
        ("2018/11", "2018-11"),
        ("2018.11", "2018-11"),
        ("2018-1", "2018-01"),
        ("2018年11月", "2018-11"),
        ("2018-11-30", "2018-11-30"),
        ("2018/1/3", "2018-01-03"),
        ("2018.11.30", "2018-11-30"),
        ("2018年11月30日", "2018-11-30"),
        ("2018年1月3日", "2018-01-03"),
        (" 2018-11-30 ", "2018-11-30"),
        ("2024-02-29", "2024-02-29"),
        ("1900", "1900"),
        ("9999-12-31", "9999-12-31"),
    ],
)
def test_what_is_written(text: str, expected: str) -> None:
    assert str(read_date(text)) == expected


@pytest.mark.parametrize(
    "text",
    [
        "", "18", "18-11", "2018-13", "2018-00", "2018-11-31", "2018-11-00", "2023-02-29", "2026-02-30", "20181130",
        "2018-11-30 08:00", "30-11-2018", "11/30/2018", "1899", "0000", "10000", "去年", "2018年底", "2018-11-", "-2018",
        "２０１８", "٢٠١٨", "2018－11", "43405", "2018-11-1a",
    ],
)  # fmt: skip
def test_what_is_no_date(text: str) -> None:
    with pytest.raises(ValueError, match=r"^"):
        read_date(text)


@pytest.mark.parametrize(
    ("text", "later"),
    [
        ("2026-11-24", True),
        ("2026-11-23", False),
        ("2026-11", False),
        ("2026", False),
        ("2026-12", True),
        ("2027", True),
        ("2025-12-31", False),
    ],
)
def test_later_only_when_certain(text: str, later: bool) -> None:
    assert read_date(text).after(date(2026, 11, 23)) is later


def test_they_sort_by_what_is_known() -> None:
    written = ["2018-11-30", "2018", "2019", "2018-11", "2018-02"]
    assert [str(day) for day in sorted(map(read_date, written))] == ["2018", "2018-02", "2018-11", "2018-11-30", "2019"]


def test_equal_dates_are_one() -> None:
    assert read_date("2018年11月") == PartialDate(2018, 11) == read_date("2018.11")


@pytest.mark.parametrize(
    "text, first, last",
    [
        ("2024", date(2024, 1, 1), date(2024, 12, 31)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2024-12", date(2024, 12, 1), date(2024, 12, 31)),
        ("9999-12-31", date(9999, 12, 31), date(9999, 12, 31)),
    ],
)
def test_a_date_has_a_first_and_a_last_day(text: str, first: date, last: date) -> None:
    assert (read_date(text).first, read_date(text).last) == (first, last)
