"""The commands that sentences name: each can be typed as it stands, for the data that it was said of, in its language."""

import re
import shlex
from collections.abc import Iterator
from pathlib import Path

import pytest

from haitang.cli.command_line import BY_NAME
from haitang.cli.main import main, parser_of
from haitang.cli.reporting import calling
from haitang.model.messages import LANGUAGES, words
from haitang.model.messages.commands import ANYWHERE
from tests.model.test_messages import texts

NAMED = re.compile(r"\{run:([^{}]*)\}")
# What argparse shows of a command; what nobody's data is behind; what a workflow runs.
UNBOUND = re.compile(r".*usage$|.*\.(usage_error|no_tests)")


def named(language: str) -> Iterator[tuple[str, str]]:
    for key, text in texts(words(language).tree):
        yield from ((key, command) for command in NAMED.findall(text))


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_sentence_writes_a_command_out(language: str) -> None:
    found = [key for key, text in texts(words(language).tree) if "build.py" in text and not UNBOUND.fullmatch(key)]
    assert found == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_command_that_is_named_can_be_typed(language: str) -> None:
    line = calling("../my libraries/x/..", "site", "en")
    for key, command in named(language):
        program, script, *argv = shlex.split(line(command))
        assert (program, script) == ("python3", "build.py"), key
        name = argv.pop(0) if argv[0] in BY_NAME else "site"
        options = parser_of(BY_NAME[name], words(language)).parsed(argv)
        assert (options.root, options.lang) == ("../my libraries", "en"), key
        assert getattr(options, "out", "site") == "site", key
    assert format(ANYWHERE, "check --fix") == "python3 build.py check --fix"


def test_what_it_was_called_with_is_named_again(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    folder, table = tmp_path / "our libraries", tmp_path / "list.csv"
    table.write_text("Name,Area,Address\nArmley Library,Armley,2 Stocks Hill\n", "utf-8")
    begin = ["init", f"{tmp_path}/x/../our libraries", "--language", "en", "--lang", "en", "--from", str(table)]
    assert main([*begin, "--source", "Councils' list"]) == 0
    said = capsys.readouterr().out
    assert f'python3 build.py check --root "{folder}" --lang en\n' in said
    assert f'python3 build.py --root "{folder}" --out "{folder}-site" --lang en\n' in said
    table.write_text("Name,Area,Address,Colour\nArmley Library,Armley,3 Stocks Hill,red\n", "utf-8")
    assert main(["excel", "import", str(table), "--root", f"{tmp_path}/x/../our libraries", "--lang", "en"]) == 1
    assert f'--root "{folder}" --lang en\n' in capsys.readouterr().out
    table.write_text("Name,Area,Address\nArmley Library,Armley,3 Stocks Hill\n", "utf-8")
    assert main(["excel", "import", str(table), "--root", str(folder), "--lang", "en"]) == 0
    assert f'Run python3 build.py check --root "{folder}" --lang en,' in capsys.readouterr().out
