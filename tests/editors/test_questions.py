"""What to ask on the telephone: the most needed first, a sentence a fact, and lines that are sound once filled in."""

from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.editors.questions import ASKED, BLANK, facts, lines, question, urgent_first
from haitang.model.messages import words
from haitang.site.views.freshness import AGEING_AFTER, Wanted, wanted
from tests.data.history_world import begin, write

TODAY = date(2026, 11, 24)
KNOWN = {
    "hours": "hours: 周一至周五 8:30-17:00\n",
    "phone": "phone: 0512-00000001\n",
    "address": "address: 样例路 1 号\n",
    "location": "location:\n  lon: 120.95\n  lat: 31.4\n  crs: gcj02\n  precision: exact\n",
}
ANSWERS = {
    "hours": ["周一至周五 8:30-17:00"], "phone": ["0512-00000001"], "address": ["样例路 1 号"],
    "location": ["120.95", "31.4", "gcj02", "exact"],
}  # fmt: skip
PIECES = {"hours": "几点开门", "phone": "座机", "address": "什么路多少号", "location": "好认"}
LACKING = [lacking for count in range(5) for lacking in combinations(ASKED, count)]


def place(root: Path, own_id: str, lacking: tuple[str, ...], verified: date | None = None) -> None:
    seen = f"verified:\n  on: {verified}\n  by: 样例社区\n" if verified else ""
    write(root, own_id, "".join(text for fact, text in KNOWN.items() if fact not in lacking) + seen)


def asked(root: Path) -> tuple[Wanted, ...]:
    (group,) = wanted(load(root, today=TODAY), TODAY, AGEING_AFTER)
    return urgent_first(group.wanted)


@pytest.mark.parametrize("lacking", LACKING)
def test_each_missing_fact_is_asked_once_and_nothing_else(tmp_path: Path, lacking: tuple[str, ...]) -> None:
    root = begin(tmp_path / "data")
    place(root, "a", lacking)
    (one,) = asked(root)
    assert facts(one) == lacking
    said = question(one, words("zh-CN"))
    assert [fact for fact in ASKED if PIECES[fact] in said] == list(lacking)
    assert sorted(said.index(PIECES[fact]) for fact in lacking) == [said.index(PIECES[fact]) for fact in lacking]
    assert said.count("样例a") == 1
    assert ("现在还是这样吗" in said) == (not lacking)
    if not lacking:
        assert "周一至周五 8:30-17:00、0512-00000001、样例路 1 号" in said


@pytest.mark.parametrize("lacking", LACKING)
def test_the_lines_are_sound_once_they_are_filled_in(tmp_path: Path, lacking: tuple[str, ...]) -> None:
    root = begin(tmp_path / "data")
    place(root, "a", lacking)
    (one,) = asked(root)
    answered = lines(one, TODAY)
    for answer in [*(answer for fact in lacking for answer in ANSWERS[fact]), "样例社区"]:
        answered = answered.replace(BLANK, answer, 1)
    assert BLANK not in answered
    path = root / "positions" / "hecheng" / "a.yml"
    path.write_text(f"{path.read_text('utf-8')}{answered}\n", "utf-8")
    position = load(root, today=TODAY).position["a"]
    assert position.verified is not None
    assert all(getattr(position, fact) is not None for fact in (*ASKED, "verified"))


def test_what_visitors_need_most_is_asked_first(tmp_path: Path) -> None:
    root = begin(tmp_path / "data")
    old = TODAY - timedelta(400)
    order = [
        (ASKED, None), (("hours",), None), (("hours",), old), (("phone", "address", "location"), None), (("phone",), old),
        (("address",), old), (("location",), None), ((), None), ((), old),
    ]  # fmt: skip
    for number, (lacking, verified) in enumerate(reversed(order)):
        place(root, f"p{number}", lacking, verified)
    assert [each.position.id for each in asked(root)] == [f"p{number}" for number in reversed(range(len(order)))]
