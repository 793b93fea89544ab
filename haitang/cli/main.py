"""One command line: understood in the person's language, carried out, and its exit code.

Exit codes: 0 built · 1 problems in the data · 2 wrong command line · 3 environment. Anything else is a bug, with a traceback.
The rule: a command is a module with `run(options, console) -> int`, named as in `command_line.COMMANDS`, the whole list.
"""

import argparse
import importlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any, NoReturn

from haitang.cli.command_line import BY_NAME, COMMANDS, QUOTES, Command, command_at, is_option, meant, mistaken, nearest
from haitang.cli.reporting import ENVIRONMENT, PROBLEMS, SOUND, USAGE, Stop, calling, report_problems
from haitang.core.console import Console
from haitang.core.disk.together import recover
from haitang.core.problems import InvalidDirectory, Value
from haitang.model.messages import LANGUAGES, Words, use, words
from haitang.model.messages.commands import call_with, plainly

PROJECT = Path(__file__).resolve().parents[2]


class _Help(argparse.HelpFormatter):
    def add_usage(self, usage: Any, actions: Any, groups: Any, prefix: str | None = None) -> None:
        super().add_usage(
            usage, actions, groups, prefix if prefix is not None else _Parser.tongue.tree["commands"]["usage_prefix"]
        )


class _Parser(argparse.ArgumentParser):
    """argparse in the person's language: its own sentences are English only."""

    tongue: Words

    def error(self, message: str) -> Any:
        self.refuse(*_read(message, self._option_string_actions))

    def refuse(self, key: str, named: str, choices: Iterable[str] = (), **values: Value) -> NoReturn:
        """Says what is wrong with a word, with the one of the `choices` that was probably meant. Raises SystemExit."""
        Console().error(_mistake(self.tongue, key, named, nearest(named, choices), **values))
        raise SystemExit(USAGE)

    def parsed(self, argv: list[str]) -> argparse.Namespace:
        """Options may stand before, between and behind the names: argparse alone, having met names, takes no more of them."""
        options, names, at = list[str](), list[str](), 0
        while at < len(argv):
            word = argv[at]
            name, equals, value = word.partition("=")
            action = self._option_string_actions.get(name)
            if word == "--":
                names += argv[at + 1 :]
                break
            takes = 2 if action and action.nargs is None and not equals else 1
            if is_option(word) and not action and not self.passes_on:
                self._unknown(name)  # before what follows it is taken for a name
            if action and action.nargs is None and at + takes <= len(argv) and not (value if equals else argv[at + 1]).strip():
                self.refuse("usage_empty", name)
            (options if action else names).extend(argv[at : at + takes])
            at += takes
        if not self.passes_on and not all(name.strip() for name in names):
            self.refuse("usage_empty_word", "")
        return self.parse_args([*options, "--", *names] if names else options)

    def _unknown(self, name: str) -> NoReturn:
        """An option that this command does not have: perhaps another one has it, or it is the command."""
        takers = tuple(command.name for command in COMMANDS if name in dict(command.arguments))
        command = name.lstrip("-")
        if self.is_implied and command in BY_NAME:
            self.refuse("usage_unknown", name, [command])
        if takers:
            self.refuse("usage_elsewhere", name, takers=takers, command=self.get_default("command"))
        self.refuse("usage_unknown", name, self._option_string_actions)

    passes_on = False
    is_implied = False  # nobody wrote the command


def main(argv: list[str] | None = None) -> int:
    """Runs one command line and returns its exit code."""
    try:
        return _main(argv)
    finally:
        call_with(plainly)


def _main(argv: list[str] | None) -> int:
    argv = sys.argv[1:] if argv is None else argv
    console = Console()  # first: it makes the streams take Chinese whatever their code page
    tongue = words(_language(argv))
    try:
        options = _parsed(argv, tongue)
    except SystemExit as leaving:
        return int(leaving.code or 0)
    try:
        code = _run(options, tongue, console)
    except (KeyboardInterrupt, EOFError):
        console.error(tongue.sentence("commands", "stopped"))
        return 130
    except Stop as stop:
        console.error(str(stop))
        code = stop.code
    except InvalidDirectory as invalid:
        report_problems(invalid.problems, tongue, console)
        code = PROBLEMS
    except OSError as error:  # whichever file it is: where it lies is not as it should be, and no data is wrong
        console.error(tongue.trouble(error))
        code = ENVIRONMENT
    if code and options.command != "test":
        for word in _quoted(argv):
            console.error(tongue.sentence("commands", "quoted", word=word))
    return code


def _quoted(argv: list[str]) -> Iterator[str]:
    """Names and values that begin or end with a quote, which no shell has taken off."""
    for word in argv:
        value = word.partition("=")[2] if is_option(word) else word
        if value.strip(QUOTES) != value and not os.path.lexists(value):
            yield value


def _run(options: argparse.Namespace, tongue: Words, console: Console) -> int:
    options.project = PROJECT
    options.root_given = options.root  # as it was typed, to be typed again
    options.out_given = getattr(options, "out", None)
    options.root = Path(options.root).resolve() if options.root else PROJECT
    recover(options.root)
    use(options.root)
    call_with(calling(options.root_given, options.out_given, options.lang))
    options.words = words(tongue.language)
    own = options.root / "site_src"
    options.site_src = own if own.is_dir() else PROJECT / "templates" / "site_src"
    if "out" in options:
        options.out = Path(options.out).resolve()
    module = options.command.replace("-", "_")
    return int(importlib.import_module(f"haitang.cli.commands.{module}").run(options, console))


def _language(argv: list[str]) -> str:
    """The language is needed before the command line is understood, to complain about it."""
    language = os.environ.get("HAITANG_LANG", LANGUAGES[0])
    for before, argument in zip(["", *argv], argv, strict=False):
        if before == "--lang" or argument.startswith("--lang="):
            language = argument.removeprefix("--lang=")
    return language if language in LANGUAGES else LANGUAGES[0]


def _parsed(argv: list[str], tongue: Words) -> argparse.Namespace:
    """`build.py` and `build.py --out X` mean `build.py site …`. Raises SystemExit once help or a mistake has been told."""
    argv = meant(argv)
    if slip := mistaken(argv):
        key, word, guess = slip
        Console().error(_mistake(tongue, _MISTAKEN[key], word, guess))
        raise SystemExit(USAGE)
    _Parser.tongue = tongue
    at = command_at(argv)
    if at is None and {"-h", "--help"} & set(argv):
        texts = tongue.tree["commands"]
        overview = _parser(tongue, texts["about"], texts["usage"], texts["commands"])
        commands = overview.add_subparsers(metavar=texts["metavar"])
        for command in COMMANDS:
            commands.add_parser(command.name, help=texts[f"{command.name}_about"])
        overview.print_help()
        raise SystemExit(SOUND)
    name, rest = ("site", argv) if at is None else (argv[at], [*argv[:at], *argv[at + 1 :]])
    parser = parser_of(BY_NAME[name], tongue)
    parser.is_implied = at is None
    return parser.parsed(rest)


def _parser(tongue: Words, about: str, usage: str, names: str) -> _Parser:
    texts = tongue.tree["commands"]
    parser = _Parser(
        prog="build.py", allow_abbrev=False, description=about, add_help=False, usage=usage, formatter_class=_Help
    )  # fmt: skip
    parser._optionals.title, parser._positionals.title = texts["options"], names
    parser.add_argument("-h", "--help", action="help", help=texts["help"])
    return parser


def parser_of(command: Command, tongue: Words) -> _Parser:
    """The options and names a command takes."""
    texts = tongue.tree["commands"]
    parser = _parser(tongue, texts[f"{command.name}_about"], texts[f"{command.name}_usage"], texts["arguments"])
    parser.set_defaults(command=command.name)
    parser.add_argument("--root", metavar="DIR", help=texts["root"])
    parser.add_argument("--lang", choices=LANGUAGES, help=texts["lang"])
    parser.passes_on = command.passes_on
    for name, settings in command.arguments:
        parser.add_argument(name, **{**settings, "help": texts[settings["help"]]})
    return parser


_MISTAKEN = {"command": "usage_command", "option": "usage_unknown", "empty": "usage_empty_word"}
_ARGPARSE = (
    ("invalid choice", "usage_choice"),
    ("unrecognized arguments", "usage_unknown"),
    ("the following arguments are required", "usage_missing"),
    ("expected one argument", "usage_value"),
    ("ignored explicit argument", "usage_flag"),
    ("invalid int value", "usage_number"),
)


def _mistake(tongue: Words, key: str, named: str, guess: str, **values: Value) -> str:
    end = tongue.sentence("terms", "guess", guess=guess) if guess else tongue.sentence("commands", "usage_end")
    message = tongue.sentence("commands", key, named=named, **values)
    return tongue.sentence("commands", "usage_error", message=message, end=end)


def _read(message: str, options: Iterable[str]) -> tuple[str, str, Iterable[str]]:
    """argparse's few sentences: the key of ours, what it names, and what could stand there instead."""
    key = next((key for part, key in _ARGPARSE if part in message), "usage_other")
    if key == "usage_unknown":
        unknown = [word for word in message.partition(": ")[2].split() if word != "--"]
        named = next((word for word in unknown if word.startswith("-")), unknown[0])
        return key, named.partition("=")[0], options if named.startswith("-") else ()
    if quoted := re.search(r"invalid \S+(?: value)?: '([^']*)'", message):
        choices = re.search(r"choose from (.*)\)$", message)
        return key, quoted[1], [word.strip("' ") for word in choices[1].split(",")] if choices else ()
    named = message.rpartition("required: ")[2] if key == "usage_missing" else re.sub(r"^argument ([^:]+):.*", r"\1", message)
    return key, named, ()
