"""A stranger's text is harmless where it is printed: haitang.core.sanitize, haitang.core.console."""

import json
import re

import pytest

from haitang.core.console import Console
from haitang.core.sanitize import as_json, command, lines, plain, twins
from tests.hostile.strings import all_strings
from tests.hostile.terminal import COMMAND, DRIVING


def test_no_string_drives_a_terminal_or_a_runner(capsys: pytest.CaptureFixture[str]) -> None:
    """Made plain, in JSON, or printed by somebody who forgot both."""
    for text in all_strings():
        assert not DRIVING.search(plain(text)) and not COMMAND.search(plain(text)) and "\n" not in plain(text), ascii(text)
        written = as_json({"a": [text, "好"]})
        assert json.loads(written) == {"a": [text, "好"]}
        assert not DRIVING.search(written) and not COMMAND.search(written) and "好" in written, ascii(text)
        for shown in (lines(text), lines(f"好\n{text}"), command(text if text.startswith("::") else f"::error::{text}")[2:]):
            assert not DRIVING.search(shown) and not COMMAND.search(shown), ascii(text)
        Console().say(text)
        Console().note(text)
        Console().error(text)
    told = capsys.readouterr()
    assert (
        not DRIVING.search(told.out + told.err)
        and not COMMAND.search(told.out + told.err)
        and len(told.out.split("\n")) > len(all_strings())
    )


def test_what_is_harmless_stays(capsys: pytest.CaptureFixture[str]) -> None:
    for text in ("a\n  b\tc", "第 1 号 # 楼：「x」", "…→−⏎", ""):
        assert lines(text) == text
    assert re.fullmatch(r'\{\n "a": "\\u597d"\n\}', as_json({"a": "好"}, ascii_only=True, indent=1))


def test_signs_of_markdown_become_their_wide_twins() -> None:
    assert twins("a\tb #1 <i> [x](y) GH-12 www.a https://b") == "a b ＃1 ＜i＞ ［x］（y） GH－12 www．a https：//b"
