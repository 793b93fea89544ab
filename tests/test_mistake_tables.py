"""All labelled mistakes together: enough of them through every door, and every sentence says what to do.

That each is told on its line, in its cell, at its question is what `test_mistakes`, `test_excel`, `test_issue_parser` and
`test_form_server` ask, row by row, without exception.
"""

import re

from haitang.model.messages import words
from tests import test_mistakes
from tests.editors import excel_mistakes, test_form_server, test_issue_parser

CURE = re.compile("请|建议|可以|只能|只写|必须|应当|最多|至少|删|要|一律写|合并|并成|去掉")


def test_there_are_enough_through_every_door() -> None:
    counts = {
        "YAML": len(test_mistakes.MISTAKES),
        "Excel": len(excel_mistakes.MISTAKES),
        "issue forms": len(test_issue_parser.MISTAKES),
        "form": len(list(test_form_server.wrong_values())),
    }
    assert sum(counts.values()) >= 300
    assert min(counts.values()) >= 20, counts


def test_every_sentence_names_a_cure() -> None:
    assert [code for code, text in words("zh-CN").tree["problems"].items() if not CURE.search(text)] == []
