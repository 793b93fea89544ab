"""The command line as it is written: which commands there are, what each takes, and what a person probably meant.

The rule: every start reads this, outside `.venv` too, where nothing is installed: it imports only what it cannot do without.
Sentences stand in the words of the commands, and argparse is `main`'s.
"""

from __future__ import annotations

import os

from haitang.core.toolchain import ROOT

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from typing import Any

    Argument = tuple[str, dict[str, Any]]  # its name, and what argparse must know of it


def _argument(name: str, help_key: str, **settings: Any) -> Argument:
    """An option or, without dashes, a name; `help_key` is that of its sentence in the words of the commands."""
    return name, {"help": help_key, **settings}


def _flag(name: str, help_key: str) -> Argument:
    return _argument(name, help_key, action="store_true")


def _choice(name: str, help_key: str, *choices: str, **settings: Any) -> Argument:
    return _argument(name, help_key, choices=choices, metavar="|".join(choices), **settings)


class Command:
    """A command and what it takes. The module of its name, with `_` for `-`, does it, imported only when it is asked for.
    `passes_on`: unknown options are somebody else's."""

    def __init__(self, name: str, *arguments: Argument, passes_on: bool = False) -> None:
        self.name, self.arguments, self.passes_on = name, arguments, passes_on


_ENGINE = _argument("--engine", "engine", choices=("mkdocs", "zensical"), default="mkdocs")
OUT = os.path.join(ROOT, "out")
_OUT = _argument("--out", "out", metavar="DIR", default=OUT)
_MESSAGE = _argument("--message-file", "message_file", metavar="FILE")
_FILES = _argument("files", "files", nargs="*", metavar="FILE")
COMMANDS = (
    Command("site", _ENGINE, _OUT, _argument("--workers", "workers", metavar="N|dask:ADDRESS")),
    Command(
        "check",
        _FILES,
        _argument("--changed-since", "changed_since", metavar="REV"),
        _MESSAGE,
        _flag("--fix", "fix"),
        _argument("--format", "format", choices=("plain", "github", "json", "gitlab"), default="plain"),
    ),
    Command(
        "explain",
        _choice("what", "explain_what", "hours", "when", "code"),
        _argument("texts", "explain_texts", nargs="*", metavar="TEXT"),
        _choice("--format", "explain_format", "plain", "json", "osm", "schema-org", default="plain"),
    ),
    Command("format", _FILES, _flag("--check", "only_check")),
    Command("serve", _ENGINE, _argument("--port", "port", type=int, default=8000, metavar="N"), _flag("--admin", "admin")),
    Command(
        "kiosk",
        _choice("action", "kiosk_action", "install", "rollback", "pull", "sign", "key", "status", nargs="?"),
        _argument("names", "kiosk_names", nargs="*", metavar="ZIP|DIR|URL|FILE"),
        _argument("--key", "kiosk_key", metavar="FILE"),
        _argument("--secret", "kiosk_secret", metavar="FILE"),
        _OUT,
    ),
    Command(
        "review",
        _argument("base", "review_base", nargs="?", metavar="BASE"),
        _argument("head", "review_head", nargs="?", metavar="HEAD"),
        _choice("--format", "review_format", "markdown", "json", "github", "gitlab", default="markdown"),
        _argument("--out", "review_out", metavar="FILE", dest="into"),
        _argument("--map", "review_map", metavar="FILE.svg"),
        _MESSAGE,
        _argument("--comment", "review_comment", metavar="FILE.json"),
    ),
    Command(
        "new",
        _choice("kind", "new_kind", "position", "brand", "route"),
        *(
            _argument(f"--{name}", f"new_{name}", metavar=name.upper())
            for name in ("name", "id", "town", "tier", "address", "hours", "phone", "source", "publisher", "date")
        ),
    ),
    Command(
        "init",
        _argument("folder", "init_folder", metavar="FOLDER"),
        *(
            _argument(f"--{name}", f"init_{name}", metavar=name.upper())
            for name in ("title", "area", "towns", "tiers", "tier", "source")
        ),
        _argument("--from", "init_from", metavar="LIST.xlsx", dest="list"),
        _choice("--language", "init_language", "zh-CN", "zh-TW", "en"),
        _argument("--region", "init_region", metavar="XX"),
        _argument("--timezone", "init_timezone", metavar="ZONE"),
        _choice("--forge", "init_forge", "github", "gitlab", "gitea"),
    ),
    Command("issue", _argument("file", "issue_file", nargs="?", metavar="FILE"), _flag("--branch", "issue_branch_option")),
    Command("forms", _flag("--check", "forms_check")),
    Command("setup-forge", _choice("forge", "setup_forge_name", "github", "gitlab", "gitea")),
    Command(
        "reminders",
        _argument("towns", "reminders_towns", nargs="*", metavar="TOWN"),
        _argument("--today", "reminders_today", metavar="DATE"),
        _OUT,
    ),
    Command(
        "links",
        _argument("--timeout", "links_timeout", type=int, default=600, metavar="N"),
        _argument("--max", "links_max", type=int, default=1000, metavar="N"),
        _flag("--strict", "links_strict"),
    ),
    Command("provenance", _argument("released", "provenance_released", nargs="*", metavar="FILE|DIR"), _OUT),
    Command(
        "excel",
        _choice("action", "excel_action", "export", "import"),
        _argument("files", "excel_files", nargs="*", metavar="FILE"),
        _argument("--town", "excel_town", metavar="TOWN"),
        _argument("--source", "excel_source", metavar="TEXT"),
        _argument("--tier", "excel_tier", metavar="TIER"),
        _argument("--crs", "excel_crs", metavar="CRS"),
        _argument("--precision", "excel_precision", metavar="PRECISION"),
        _argument("--days", "excel_days", metavar="DAYS"),
        _argument("--renamed", "excel_renamed", metavar="yes|no"),
        _argument("--ignore", "excel_ignore", metavar="COLUMN,…"),
        _argument("--columns", "excel_columns", metavar="COLUMN=FIELD,…"),
        _flag("--leave-out", "excel_leave_out"),
        _flag("--dry-run", "excel_dry_run"),
        _argument("--marked", "excel_marked", metavar="FILE"),
    ),
    Command("test", _flag("--all", "test_all"), _argument("pytest", "pytest", nargs="*", metavar="…"), passes_on=True),
    Command(
        "bench",
        _argument("--sizes", "bench_sizes", default="", metavar="N,N"),
        _argument("--peers", "bench_peers", default="", metavar="NAME,NAME"),
        _argument("--rounds", "bench_rounds", default="", metavar="N"),
        _OUT,
    ),
)
BY_NAME = {command.name: command for command in COMMANDS}
_OPTIONS = [argument for command in COMMANDS for argument in command.arguments if argument[0].startswith("-")]
FLAGS = tuple(dict.fromkeys(("-h", "--help", *(name for name, settings in _OPTIONS if "action" in settings))))
OPTIONS_WITH_VALUE = tuple(
    dict.fromkeys(("--root", "--lang", *(name for name, settings in _OPTIONS if "action" not in settings)))
)

# What stands before an option; also what an input method for Chinese, or a program that beautifies texts, makes of it.
DASHES = "-\uff0d\ufe63\ufe58\u2010\u2011\u2012\u2013\u2014\u2015\u2212\u2500"
QUOTES = "\"'\u201c\u201d\u201e\u2018\u2019\u300c\u300d\u300e\u300f\u300a\u300b\uff02\uff07"
_ALSO_CALLED = {"build": "site", "help": "--help"}
_FOR_HELP = ("help", "/?", "-?")
_ALIKE = 0.65  # below it, guesses lead astray


def meant(argv: list[str]) -> list[str]:
    """The command line, with `help` made `--help`, and without the two dashes that some programs want before a command."""
    first = [at for at, word in _words(argv) if word == "--" or not is_option(word)][:1]
    if first and argv[first[0]] == "--":
        return meant([*argv[: first[0]], *argv[first[0] + 1 :]])
    words = [at for at in (*first, *(at + 1 for at in first)) if at < len(argv) and argv[at] in _FOR_HELP]
    if words and (words == first or (len(argv) == words[0] + 1 and not os.path.exists(argv[words[0]]))):
        return [*argv[: words[0]], "--help", *argv[words[0] + 1 :]]
    return argv


def command_at(argv: list[str]) -> int | None:
    """Where in a command line the command stands: the first word that is no option nor the value of one. None: nowhere."""
    return next((at for at, word in _words(argv) if not is_option(word)), None)


def is_option(word: str) -> bool:
    """Whether a word was meant to be an option, with whatever dashes."""
    return len(word) > 1 and word[0] in DASHES


def _words(argv: list[str]) -> Iterator[tuple[int, str]]:
    """The words that are no option's value, each with where it stands."""
    at = 0
    while at < len(argv):
        yield at, argv[at]
        at += 2 if argv[at] in OPTIONS_WITH_VALUE else 1


def mistaken(argv: list[str]) -> tuple[str, str, str] | None:
    """The first word that no command line can have up to its command: what it should be (`option`, `command`; `empty`: a word
    at all), the word, and what was probably meant, or nothing."""
    options, command = (*OPTIONS_WITH_VALUE, *FLAGS), command_at(argv)
    for _, word in _words(argv[:command]):
        name = word.partition("=")[0]
        if name not in options and is_option(word):
            return "option", name, nearest(name, options if command is not None else (*BY_NAME, *options))
    if command is None or argv[command] in BY_NAME:
        return None
    word = argv[command]
    return ("command", word, nearest(word, (*BY_NAME, "--help"))) if word.strip() else ("empty", "", "")


def nearest(word: str, words: Iterable[str]) -> str:
    """The one of the words that was probably meant; empty where none is like it. Dashes and quotes do not count."""
    import difflib

    words = list(words)
    plain = _bare(word)
    names = {called: name for called, name in _ALSO_CALLED.items() if name in words}
    names |= {_bare(one): one for one in reversed(words)}
    if plain in names or len(plain) < 2:
        return names.get(plain, "")
    begun = [name for name in names if name.startswith(plain)]
    swapped = [name for name in names if sorted(name) == sorted(plain)]
    near = swapped or (begun if len(begun) == 1 else difflib.get_close_matches(plain, names, 1, _ALIKE))
    return names[near[0]] if near else ""


def _bare(word: str) -> str:
    import unicodedata

    plain = unicodedata.normalize("NFKC", word).partition("=")[0].strip(DASHES + QUOTES)
    return plain.lower().replace("_", "-")
