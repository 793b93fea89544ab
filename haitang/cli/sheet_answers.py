"""What a sheet leaves open, asked once: as options of the command line, or on a terminal one question after the other.

The rule: whoever asks gives the whole command line back, with what is certain filled in and `……` where an answer goes.
"""

import argparse
import os
import re
import sys
from collections.abc import Callable, Iterable, Iterator

from haitang.cli.reporting import Stop, unknown_name
from haitang.editors.excel.headers import CellProblem
from haitang.editors.excel.import_ import Outcome
from haitang.editors.excel.layout import column_at, sheet_of
from haitang.editors.excel.names import choice_of
from haitang.editors.excel.own.answers import Answers, with_days
from haitang.editors.excel.own.called import meaning
from haitang.editors.excel.own.renamed import ANSWERS
from haitang.editors.new_directory.own_terms import numbered
from haitang.editors.scaffold import find, settings_of
from haitang.model.field_specs import FieldSpec
from haitang.model.messages import Whole, Words, shown
from haitang.model.messages.commands import HERE, quoted
from haitang.model.normalize import scalar
from haitang.model.paths import SETTINGS_FILE
from haitang.model.settings import Settings
from haitang.model.types import RESERVED_IDS
from haitang.model.validation import closest, tier_names

BLANK = "……"
# Option → the path of the column it fills.
_FIELDS = {"town": "town", "tier": "tier", "crs": "location.crs", "precision": "location.precision", "source": "source.title"}
_LISTS = ("ignore", "columns")
# Option → the sentence that explains it.
_ASKED = {
    "town": "ask_town",
    "source": "ask_source",
    "crs": "ask_crs",
    "precision": "ask_precision",
    "days": "ask_days",
    "renamed": "ask_renamed",
    "ignore": "ask_ignore",
    "leave-out": "ask_leave_out",
}
ENDS = re.compile("[,，、;；]")  # between what one option lists


def answers_of(options: argparse.Namespace, settings: Settings) -> Answers:
    """What the command line says. Raises Stop where it is not understood."""
    words: Words = options.words
    fields = {path: _value(name, text, settings, words) for name, path in _FIELDS.items() if (text := getattr(options, name))}
    days = options.days or ""
    if days and with_days("09:00-17:00", days) == "09:00-17:00":
        raise Stop(words.sentence("excel", "bad_days", value=days))
    columns: dict[str, str] = {}
    for pair in ENDS.split(options.columns or ""):
        name, _, label = (part.strip() for part in pair.partition("="))
        if name and meaning(sheet_of("position"), (label,), {}) is None:
            known = tuple(column.label for column in sheet_of("position").columns)
            raise Stop(words.sentence("excel", "bad_column", value=pair, known=known))
        columns |= {name: label} if name else {}
    ignored = frozenset(name.strip() for name in ENDS.split(options.ignore or "") if name.strip())
    said = (options.renamed or "").strip().lower()
    if said and said not in ANSWERS:
        raise Stop(words.sentence("excel", "bad_answer", option="renamed", value=said, known=("yes", "no")))
    return Answers(fields, columns, ignored, days, options.leave_out, renamed=ANSWERS.get(said, ""))


def _value(name: str, text: str, settings: Settings, words: Words) -> str:
    if not re.search(r"\w", text):
        raise Stop(words.sentence("excel", "blank_answer", option=name))
    if name == "source":
        return text.strip()
    if name in ("town", "tier"):
        places = [place for area in settings.areas for place in area.places]
        known: dict[str, Iterable[str]] = dict(tier_names(settings))
        if name == "town":
            known = {place.id: (place.name, place.short_name or "") for place in places}
        found = find(text, known)
        if found is None:
            raise Stop(unknown_name(name, text, known, closest(text, known), words))
        return found
    spec = column_at(sheet_of("position"), ("location", name)).spec
    choice = choice_of(spec, text)
    if choice is None:
        raise Stop(words.sentence("excel", "bad_answer", option=name, value=text, known=_choices(spec, words)))
    return choice


def _choices(spec: FieldSpec, words: Words) -> tuple[str, ...]:
    """exact (at the door)."""
    return tuple(words.sentence("terms", "labelled", field=value, label=label) for value, label in spec.choices)


class Questions:
    """What an import that went wrong wants to know: option → the answer as far as it is known."""

    def __init__(self, outcome: Outcome) -> None:
        wrong = [each for each in outcome.problems if each.problem.level == "error"]
        self.options: dict[str, str] = {}
        self.meant: tuple[str, ...] = ()  # what unknown columns may be
        self.headings: tuple[str, ...] = ()  # which there are, the nearest first
        self.towns: tuple[str, ...] = ()  # that directory.yml does not have
        for each in wrong:
            self._take(each)
        # What remains stands in cells that may as well be empty.
        if any(each.may_go and not _option(each) for each in wrong):
            self.options["leave-out"] = ""
        self.is_enough = bool(self.options) and all(self._answers(each) for each in wrong)

    def _take(self, each: CellProblem) -> None:
        field = each.problem.values.get("label", each.problem.values.get("field"))
        option = _option(each)
        if option == "ignore":
            named = _listed(each, "header" if each.problem.code == "excel-column-twice" else "value")
            self.options["ignore"] = ",".join(filter(None, (self.options.get("ignore"), *named)))
            self.meant += _listed(each, "meant")
            self.headings = self.headings or _listed(each, "known")
        elif option:
            self.options.setdefault(option, BLANK)
        elif each.problem.code == "excel-unknown-name" and field == column_at(sheet_of("position"), ("town",)).label:
            self.towns = tuple(dict.fromkeys((*self.towns, *_listed(each, "value"))))

    def _answers(self, each: CellProblem) -> bool:
        return each.may_go or _option(each) in (*self.options, "ignore")


def _listed(each: CellProblem, key: str) -> tuple[str, ...]:
    value = each.problem.values.get(key, ())
    return value if isinstance(value, tuple) else (str(value),)


def _option(each: CellProblem) -> str:
    """The option that answers a problem, empty where none does."""
    code, field = each.problem.code, each.problem.values.get("label", each.problem.values.get("field"))
    if code == "excel-missing-field":
        labels = {
            column_at(sheet_of("position"), tuple(_FIELDS[name].split("."))).label: name
            for name in ("town", "crs", "precision")
        }
        return labels.get(str(field), "")
    if code == "excel-column-twice":
        return "ignore" if each.problem.values.get("header") else ""
    return {
        "excel-no-sources": "source",
        "hours-no-days": "days",
        "excel-renamed": "renamed",
        "excel-unknown-column": "ignore",
    }.get(code, "")


def command(options: argparse.Namespace, questions: Questions, columns: Iterable[str] = ()) -> str:
    """The whole command line, to be copied; with `columns` those are read and not ignored."""
    given = {
        name: getattr(options, name) for name in (*_FIELDS, "days", "renamed", *_LISTS, "marked") if getattr(options, name)
    }
    for name, text in questions.options.items():
        given[name] = ",".join((given[name], text)) if name in _LISTS and name in given else text
    if columns:
        read = {pair.rpartition("=")[0] for pair in columns}
        given["ignore"] = ",".join(name for name in ENDS.split(given.get("ignore", "")) if name not in read)
        given["columns"] = ",".join(filter(None, (given.get("columns"), *columns)))
        given = {name: text for name, text in given.items() if text or name == "leave-out"}
    flags = [f"--{name}" for name in ("leave-out", "dry-run") if getattr(options, name.replace("-", "_")) or name in given]
    parts = [f"--{name} {quoted(text)}" for name, text in given.items() if name != "leave-out"]
    return format(HERE, " ".join(["excel import", *map(quoted, map(os.path.normpath, options.files)), *parts, *flags]))


def new_towns(options: argparse.Namespace, questions: Questions) -> Iterator[str]:
    """The lines of directory.yml that make towns of those it does not have."""
    taken = {*RESERVED_IDS, *(place.id for area in settings_of(options.root).areas for place in area.places)}
    if questions.towns:
        yield options.words.sentence("excel", "new_towns", file=SETTINGS_FILE)
    for name in questions.towns:
        taken.add(own := numbered(name, taken))
        yield f"      - id: {own}\n        name: {scalar(shown(name, options.words))}"


def told(options: argparse.Namespace, questions: Questions) -> Iterator[str]:
    """The questions, and the command line that answers them."""
    words: Words = options.words
    line = command(options, questions)
    yield words.sentence("excel", "ask_intro" if questions.is_enough else "ask_some")
    if BLANK in line:
        yield words.sentence("excel", "ask_blank", blank=BLANK)
    yield "  " + words.sentence("excel", "ask_command", command=Whole(line))
    for name in questions.options:
        yield "  " + _explained(name, questions, words)
    if questions.meant:
        yield "  " + words.sentence("excel", "ask_columns")
        yield "  " + words.sentence("excel", "ask_command", command=Whole(command(options, questions, columns=questions.meant)))
    if questions.headings:
        yield "  " + words.sentence("excel", "ask_headings", headings=questions.headings)


def _explained(name: str, questions: Questions, words: Words) -> str:
    key = _ASKED[name]
    if name in ("crs", "precision"):
        spec = column_at(sheet_of("position"), ("location", name)).spec
        return words.sentence("excel", key, known=_choices(spec, words))
    return words.sentence("excel", key, columns=questions.options[name]) if name in _LISTS else words.sentence("excel", key)


def ask(options: argparse.Namespace, questions: Questions, ask_one: Callable[[str], str]) -> bool:
    """Asks on a terminal and puts the answers into the options; whether anything was answered."""
    before = vars(options).copy()
    for name, proposed in questions.options.items():
        text = _explained(name, questions, options.words).removeprefix(f"--{name} ")
        default = "" if proposed == BLANK else proposed
        how = "ask_whether" if name == "leave-out" else "ask_agreed" if default else "ask_prompt"
        answer = ask_one(options.words.sentence("excel", how, text=Whole(text.strip()))).strip()
        if name == "leave-out":
            options.leave_out = answer.lower() in ("是", "y", "yes")
        elif name in _LISTS and answer.lower() in ("是", "y", "yes", ""):
            setattr(options, name, ",".join(filter(None, (getattr(options, name), default))))
        elif answer and (name == "renamed" or answer not in ("否", "n", "no")):
            setattr(options, name, answer)
    return vars(options) != before


def is_asked() -> bool:
    """Whether somebody sits there who may be asked."""
    return sys.stdin.isatty() and sys.stdout.isatty()
