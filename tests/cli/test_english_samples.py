"""What sentences in English tell people to write about times is read, and stands in those sentences."""

import re

import pytest

from haitang.cli.main import main
from haitang.model.messages import words

WHEN = [
    "5 Dec 2026 14:00-16:00", "every Wed 14:00-16:00", "first Sat of each month 9:00", "last working day of each month",
    "5 December 2026", "5 Dec 2026 to 8 Dec 2026 09:00-17:00", "in July, on the 1st of each month",
    "in July and Aug, every Wed", "first Wed of each month", "every 2 weeks on Wed 14:00-16:00 (from 4 Mar 2026)",
    "on the 5th of each month",
    "every Wed (from 4 Mar 2026)",
]  # fmt: skip
SEASONS = ["1 May to 30 September", "October to April", "other months"]


def test_samples_stand_in_the_sentences_and_nothing_there_is_chinese() -> None:
    told = {
        code: said for code, said in words("en").tree["problems"].items() if code.startswith(("when-", "bad-when", "season-"))
    }
    text = " ".join(map(str, told.values())) + str(words("en").tree["problems"]["bad-season-dates"])
    assert [sample for sample in (*WHEN, *SEASONS) if sample not in text] == []
    assert set(re.findall("[\u4e00-\u9fff]+", text)) <= {"周"}  # before the day of a calendar


@pytest.mark.parametrize("sample", WHEN)
def test_a_time_that_is_told_to_be_written_is_read(sample: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["explain", "when", sample, "--lang", "en"]) == 0, capsys.readouterr().out


def test_seasons_that_are_told_to_be_written_are_read(capsys: pytest.CaptureFixture[str]) -> None:
    for text in (
        f"{SEASONS[0]}: daily 9am-6pm; {SEASONS[2]}: daily 9am-5pm",
        f"{SEASONS[1]}: daily 9am-5pm; May to September: closed",
    ):
        assert main(["explain", "hours", text, "--lang", "en"]) == 0, capsys.readouterr().out
