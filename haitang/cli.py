"""The command line: which commands there are, their options, and their exit codes.

Exit codes: 0 built · 1 problems in the data · 2 wrong command line · 3 environment. Anything else is a bug, with a traceback.
The rule: a command is a module with `run(options, console) -> int`; COMMANDS is the whole list.
"""

import argparse
import importlib
import os
import re
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, NoReturn

from haitang.console import Console
from haitang.environment import QUOTES, command_at, is_option, meant, mistaken, nearest
from haitang.problems import Value
from haitang.words import LANGUAGES, Words, words

PROJECT = Path(__file__).resolve().parent.parent
SOUND, PROBLEMS, USAGE, ENVIRONMENT = 0, 1, 2, 3


@dataclass(frozen=True)
class Command:
    """A command's name and the module that does it; the module is imported only when it is asked for."""

    name: str
    module: str
    options: tuple[str, ...] = ()


COMMANDS = (
    Command("site", "haitang.commands.site", ("engine", "out")),
    Command("check", "haitang.commands.check", ("files", "strict", "format")),
    Command("format", "haitang.commands.format", ("files", "tidy")),
    Command("serve", "haitang.commands.serve", ("engine", "port", "admin")),
    Command("kiosk", "haitang.commands.kiosk", ("kiosk", "out")),
    Command("review", "haitang.commands.review", ("review",)),
    Command("new", "haitang.commands.new", ("new",)),
    Command("issue", "haitang.commands.issue", ("issue",)),
    Command("forms", "haitang.commands.forms", ("stale",)),
    Command("reminders", "haitang.commands.reminders", ("reminders", "out")),
    Command("links", "haitang.commands.links", ("links",)),
    Command("excel", "haitang.commands.excel", ("excel",)),
    Command("test", "haitang.commands.test", ("pytest",)),
    Command("bench", "haitang.commands.bench", ("bench", "out")),
)


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

    def refuse(self, key: str, named: str, known: Iterable[str] = (), **values: Value) -> NoReturn:
        """Says what is wrong with a word, with the one of the `known` that was probably meant. Raises SystemExit."""
        Console().error(_mistake(self.tongue, key, named, nearest(named, known), **values))
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
        takers = tuple(command.name for command in COMMANDS if name in parser_of(command, self.tongue)._option_string_actions)
        command = name.lstrip("-")
        if self.is_implied and command in {one.name for one in COMMANDS}:
            self.refuse("usage_unknown", name, [command])
        if takers:
            self.refuse("usage_elsewhere", name, takers=takers, command=self.get_default("command"))
        self.refuse("usage_unknown", name, self._option_string_actions)

    passes_on = False  # unknown options are somebody else's
    is_implied = False  # nobody wrote the command


def main(argv: list[str] | None = None) -> int:
    """Runs one command line and returns its exit code."""
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
    options.words, options.project = tongue, PROJECT
    options.root = Path(options.root).resolve() if options.root else PROJECT
    own = options.root / "site_src"
    options.site_src = own if own.is_dir() else PROJECT / "site_src"
    if "out" in options:
        options.out = Path(options.out).resolve()
    command = next(command for command in COMMANDS if command.name == options.command)
    return int(importlib.import_module(command.module).run(options, console))


def _language(argv: list[str]) -> str:
    """The language is needed before the command line is understood, to complain about it."""
    asked = os.environ.get("HAITANG_LANG", LANGUAGES[0])
    for before, argument in zip(["", *argv], argv, strict=False):
        if before == "--lang" or argument.startswith("--lang="):
            asked = argument.removeprefix("--lang=")
    return asked if asked in LANGUAGES else LANGUAGES[0]


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
        _overview(tongue).print_help()
        raise SystemExit(SOUND)
    name, rest = ("site", argv) if at is None else (argv[at], [*argv[:at], *argv[at + 1 :]])
    parser = parser_of(next(command for command in COMMANDS if command.name == name), tongue)
    parser.is_implied = at is None
    return parser.parsed(rest)


def _overview(tongue: Words) -> _Parser:
    """What tells which commands there are."""
    told = tongue.tree["commands"]
    parser = _Parser(prog="build.py", description=told["about"], add_help=False, usage=told["usage"], formatter_class=_Help)
    parser._optionals.title, parser._positionals.title = told["options"], told["commands"]
    parser.add_argument("-h", "--help", action="help", help=told["help"])
    commands = parser.add_subparsers(metavar=told["metavar"])
    for command in COMMANDS:
        commands.add_parser(command.name, help=told[f"{command.name}_about"])
    return parser


def parser_of(command: Command, tongue: Words) -> _Parser:
    """The options and names a command takes."""
    told = tongue.tree["commands"]
    about, usage = told[f"{command.name}_about"], told[f"{command.name}_usage"]
    parser = _Parser(
        prog="build.py", allow_abbrev=False, description=about, add_help=False, usage=usage, formatter_class=_Help
    )  # fmt: skip
    parser._optionals.title, parser._positionals.title = told["options"], told["arguments"]
    parser.set_defaults(command=command.name)
    parser.add_argument("-h", "--help", action="help", help=told["help"])
    parser.add_argument("--root", metavar="DIR", help=told["root"])
    parser.add_argument("--lang", choices=LANGUAGES, help=told["lang"])
    parser.passes_on = "pytest" in command.options
    for option in command.options:
        _OPTIONS[option](parser, told)
    return parser


def _new(sub: argparse.ArgumentParser, told: dict[str, str]) -> None:
    sub.add_argument("kind", choices=("position", "brand", "route"), metavar="position|brand|route", help=told["new_kind"])
    for name in ("name", "id", "town", "tier", "address", "hours", "phone", "source", "publisher", "date"):
        sub.add_argument(f"--{name}", metavar=name.upper(), help=told[f"new_{name}"])


def _issue(sub: argparse.ArgumentParser, told: dict[str, str]) -> None:
    sub.add_argument("file", nargs="?", metavar="FILE", help=told["issue_file"])
    sub.add_argument("--branch", action="store_true", help=told["issue_branch_option"])


def _review(sub: argparse.ArgumentParser, told: dict[str, str]) -> None:
    formats = ("markdown", "json", "github", "gitlab")
    sub.add_argument("base", nargs="?", metavar="BASE", help=told["review_base"])
    sub.add_argument("head", nargs="?", metavar="HEAD", help=told["review_head"])
    sub.add_argument("--format", choices=formats, default=formats[0], metavar="|".join(formats), help=told["review_format"])
    sub.add_argument("--out", metavar="FILE", dest="into", help=told["review_out"])
    sub.add_argument("--map", metavar="FILE.svg", help=told["review_map"])
    sub.add_argument("--comment", metavar="FILE.json", help=told["review_comment"])


def _bench(sub: argparse.ArgumentParser, told: dict[str, str]) -> None:
    sub.add_argument("--sizes", default="", metavar="N,N", help=told["bench_sizes"])
    sub.add_argument("--peers", default="", metavar="NAME,NAME", help=told["bench_peers"])
    sub.add_argument("--rounds", default="", metavar="N", help=told["bench_rounds"])


def _strict(sub: argparse.ArgumentParser, told: dict[str, str]) -> None:
    sub.add_argument("--changed-since", metavar="REV", help=told["changed_since"])
    sub.add_argument("--fix", action="store_true", help=told["fix"])


def _pytest(sub: argparse.ArgumentParser, told: dict[str, str]) -> None:
    sub.add_argument("--all", action="store_true", help=told["test_all"])
    sub.add_argument("pytest", nargs="*", metavar="…", help=told["pytest"])


def _kiosk(sub: argparse.ArgumentParser, told: dict[str, str]) -> None:
    actions = ("install", "rollback", "pull", "sign", "key")
    sub.add_argument("action", nargs="?", choices=actions, metavar="|".join(actions), help=told["kiosk_action"])
    sub.add_argument("names", nargs="*", metavar="ZIP|DIR|URL|FILE", help=told["kiosk_names"])
    sub.add_argument("--key", metavar="FILE", help=told["kiosk_key"])
    sub.add_argument("--secret", metavar="FILE", help=told["kiosk_secret"])


def _reminders(sub: argparse.ArgumentParser, told: dict[str, str]) -> None:
    sub.add_argument("towns", nargs="*", metavar="TOWN", help=told["reminders_towns"])
    sub.add_argument("--today", metavar="DATE", help=told["reminders_today"])


def _links(sub: argparse.ArgumentParser, told: dict[str, str]) -> None:
    sub.add_argument("--timeout", type=int, default=600, metavar="N", help=told["links_timeout"])
    sub.add_argument("--max", type=int, default=1000, metavar="N", help=told["links_max"])
    sub.add_argument("--strict", action="store_true", help=told["links_strict"])


def _excel(sub: argparse.ArgumentParser, told: dict[str, str]) -> None:
    actions = ("export", "import")
    sub.add_argument("action", choices=actions, metavar="|".join(actions), help=told["excel_action"])
    sub.add_argument("files", nargs="*", metavar="FILE", help=told["excel_files"])
    sub.add_argument("--town", metavar="TOWN", help=told["excel_town"])
    sub.add_argument("--dry-run", action="store_true", help=told["excel_dry_run"])
    sub.add_argument("--marked", metavar="FILE", help=told["excel_marked"])


_OPTIONS: dict[str, Any] = {
    "out": lambda sub, told: sub.add_argument("--out", metavar="DIR", default=str(PROJECT / "out"), help=told["out"]),
    "engine": lambda sub, told: sub.add_argument(
        "--engine", choices=("mkdocs", "zensical"), default="mkdocs", help=told["engine"]
    ),
    "format": lambda sub, told: sub.add_argument(
        "--format", choices=("plain", "github", "json", "gitlab"), default="plain", help=told["format"]
    ),
    "files": lambda sub, told: sub.add_argument("files", nargs="*", metavar="FILE", help=told["files"]),
    "tidy": lambda sub, told: sub.add_argument("--check", action="store_true", help=told["only_check"]),
    "strict": _strict,
    "port": lambda sub, told: sub.add_argument("--port", type=int, default=8000, metavar="N", help=told["port"]),
    "admin": lambda sub, told: sub.add_argument("--admin", action="store_true", help=told["admin"]),
    "pytest": _pytest,
    "kiosk": _kiosk,
    "issue": _issue,
    "stale": lambda sub, told: sub.add_argument("--check", action="store_true", help=told["forms_check"]),
    "new": _new,
    "excel": _excel,
    "review": _review,
    "bench": _bench,
    "reminders": _reminders,
    "links": _links,
}

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
