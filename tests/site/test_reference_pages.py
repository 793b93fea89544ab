"""The pages for editors: every kind of problem is explained."""

import re
from pathlib import Path

from haitang.core.problem_codes import CODES
from haitang.model.messages import code_words, words

ROOT = Path(__file__).resolve().parents[1]


def test_every_problem_is_explained_and_nothing_else() -> None:
    explained = [item for group in code_words().values() for item in group["problems"].items()]
    problems = set(words("zh-CN").tree["problems"])
    assert sorted(code for code, _ in explained) == sorted(problems)
    assert all(entry["why"] and entry.get("wrong") != entry.get("right", "") for _, entry in explained)
    assert {code: row.chapter for code, row in CODES.items()} == {
        code: chapter for chapter, group in code_words().items() for code in group["problems"]
    }


def test_the_page_shows_each_at_an_address_of_its_own() -> None:
    page = (ROOT / "golden/published/editors/problems.html").read_text("utf-8")
    shown = re.findall(r'<article id="([^"]+)"', page)
    assert sorted(shown) == sorted(words("zh-CN").tree["problems"])
