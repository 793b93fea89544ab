"""build.py excel export|import: the directory as a workbook, and a workbook that was filled in back into files."""

import argparse
import os
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import suppress
from pathlib import Path

from haitang.cli.causes import cells_told
from haitang.cli.reporting import PROBLEMS, SOUND, Stop, unknown_name
from haitang.cli.sheet_answers import Questions, answers_of, ask, is_asked, new_towns, told
from haitang.cli.sheet_preview import preview, tiers_told
from haitang.core.atomic_files import write_given
from haitang.core.console import Console
from haitang.core.leftovers import is_leftover
from haitang.data.revision import today
from haitang.editors.dry_run import Draft, EditedMeanwhile, write
from haitang.editors.excel.export import export
from haitang.editors.excel.headers import CellProblem
from haitang.editors.excel.import_ import Outcome, import_files
from haitang.editors.excel.layout import phrase, phrases, sheet_of, written_in
from haitang.editors.excel.tables import address
from haitang.editors.excel.workbook_writer import Mark, Remark, marked
from haitang.editors.readings import hours_lines
from haitang.editors.scaffold import find, settings_of
from haitang.model.messages import LANGUAGES, Whole, Words
from haitang.model.messages.commands import HERE, quoted
from haitang.schedule.language.spelling import UnreadableTime
from haitang.schedule.opening_hours_reader import read_hours

_OF_A_BEGINNING = 5  # lines that show how the rows of a first list were read
_LISTED = 12  # cells that are named one by one


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    # `*.xlsx` of a folder in which Excel has one open holds its ~$….xlsx too.
    files = [Path(name) for name in options.files if not is_leftover(Path(name).name)]
    if not files or (len(files) > 1 and (options.action == "export" or options.marked)):
        raise Stop(words.sentence("excel", f"usage_{options.action}"))
    is_export = options.action == "export"
    with written_in(_language(options) if is_export else words.language):
        return _export(options, files[0], console) if is_export else _import(options, files, console)


def _language(options: argparse.Namespace) -> str:
    """The language of a workbook: the one asked for, else that of the directory."""
    words: Words = options.words
    asked = options.lang or os.environ.get("HAITANG_LANG")
    return words.language if asked else "en" if settings_of(options.root).languages[0] == "en" else LANGUAGES[0]


def _export(options: argparse.Namespace, file: Path, console: Console) -> int:
    words: Words = options.words
    if file.suffix.lower() != ".xlsx":
        raise Stop(words.sentence("excel", "usage_export"))
    places = [place for area in settings_of(options.root).areas for place in area.places]
    towns = {place.id: (place.name, place.short_name or "") for place in places}
    town = find(options.town, dict(towns)) if options.town else None
    if options.town and town is None:
        raise Stop(unknown_name("town", options.town, towns, None, words))
    content, counts = export(options.root, town)
    write_given(file, content)
    counted = tuple(words.sentence("excel", f"count_{kind}", count=count) for kind, count in counts.items())
    again = Whole(format(HERE, f"excel import {quoted(os.path.normpath(file))}"))
    console.say(words.sentence("excel", "exported", file=file, counts=counted, again=again))
    return SOUND


def _import(options: argparse.Namespace, files: list[Path], console: Console) -> int:
    words: Words = options.words
    settings = settings_of(options.root)
    while True:
        outcome = import_files(options.root, files, today(options.root), answers_of(options, settings))
        questions = Questions(outcome)
        if outcome.is_sound or not (is_asked() and questions.is_enough):
            break
        _tell(outcome, words, console, several=len(files) > 1)
        if not ask(options, questions, input):
            break
    _tell(outcome, words, console, several=len(files) > 1)
    if not outcome.is_sound:
        return _refuse(options, files, outcome, questions, console)
    if not outcome.drafts and not options.dry_run:
        console.say(words.sentence("excel", "nothing_changed"))
        return SOUND
    most = _OF_A_BEGINNING if options.command == "init" else None  # all are new, and there may be thousands
    _report(outcome, words, console, most=most)
    if not options.dry_run:
        _write(options, outcome.drafts)
    for line in tiers_told(outcome, map(os.path.normpath, options.files), words):
        console.say(line)
    _end(options, console)
    return SOUND


def _refuse(options: argparse.Namespace, files: list[Path], outcome: Outcome, questions: Questions, console: Console) -> int:
    """What is to be mended, what may be answered instead, and the files with their cells marked."""
    words: Words = options.words
    errors = [each for each in outcome.problems if each.problem.level == "error"]
    causes = sum(1 for _ in cells_told(errors, words))
    console.say(words.sentence("excel", "refused", count=causes))
    for line in (*new_towns(options, questions), *(told(options, questions) if questions.options else ())):
        console.say(line)
    for file in files:
        _mark(options, file, outcome, console)
    return PROBLEMS


def _end(options: argparse.Namespace, console: Console) -> None:
    words: Words = options.words
    if options.dry_run:
        console.say(words.sentence("excel", "dry_run"))
    elif options.command != "init":  # which says itself what comes next
        own = options.root != options.project
        console.say(words.sentence("excel", "written", where=words.sentence("excel", "hand_in_own" if own else "hand_in")))


def _write(options: argparse.Namespace, drafts: Iterable[Draft]) -> None:
    try:
        write(options.root, drafts)
    except EditedMeanwhile as edited:
        raise Stop(options.words.sentence("excel", "edited_meanwhile", file=Path(str(edited))), PROBLEMS) from None


def _tell(outcome: Outcome, words: Words, console: Console, *, several: bool) -> None:
    """What is wrong, what was left out, and what else is to be known."""
    for line in cells_told(outcome.problems, words, several=several):
        console.say(line)
    for line in cells_told(outcome.left_out, words, several=several):
        console.say(words.sentence("excel", "left_out", line=Whole(line)))
    for note in outcome.notes:
        console.say(words.sentence("excel", note.key, **note.values))
    if outcome.kept:
        cells = tuple(f"{spot.title}!{address(spot.row, spot.column)}" for spot in outcome.kept[:_LISTED])
        console.say(words.sentence("excel", "kept", count=len(outcome.kept), cells=cells))


def sentence(each: CellProblem, words: Words) -> str:
    """阵地!F12：what is wrong, and what to write; with the level where it is no error."""
    return next(cells_told([each], words))


def _report(outcome: Outcome, words: Words, console: Console, *, most: int | None = None) -> None:
    """What changes, first in one line, then row by row; at `most` so many lines."""
    changes = [change for change in outcome.changes if change.values]
    counted = Counter((change.is_new, change.kind) for change in changes)
    parts = [
        words.sentence("excel", "added" if is_new else "changed", count=count, kind=sheet_of(kind).title)
        for (is_new, kind), count in sorted(counted.items())
    ]
    if parts:
        console.say(words.sentence("excel", "summary", parts=tuple(parts)))
    lines = list(preview(outcome, words))
    for line in lines[:most]:
        console.say(line)
    if most and len(lines) > most:
        console.say(words.sentence("excel", "more_lines", count=len(lines) - most))


def _mark(options: argparse.Namespace, file: Path, outcome: Outcome, console: Console) -> None:
    """A copy of the workbook with its wrong cells marked; the editor's own file stays as it is."""
    words: Words = options.words
    own = [each for each in outcome.problems if each.spot.file == file.name and each.spot.title]
    if not own or file.suffix.lower() != ".xlsx":
        return
    name = file.name if file.name.endswith(tuple(phrases("marks_ending"))) else file.stem + phrase("marks_ending")
    target = Path(options.marked) if options.marked else file.with_name(name)
    marks = [
        Mark(each.spot.title, each.spot.row, each.spot.column, words.message(each.problem), each.problem.level) for each in own
    ]  # fmt: skip
    remarks = list(_readings(outcome, file, words))
    heads = (phrase("marks_place"), phrase("marks_text"))
    try:
        content = marked(file.read_bytes(), marks, phrase("marks_title"), heads, remarks, phrase("readings_title"))
    except Exception:  # openpyxl is stricter about a workbook's ornaments than we are, in ways of its own
        console.say(words.sentence("excel", "not_marked", file=file.name))
        return
    write_given(target, content)
    console.say(words.sentence("excel", "marked", file=target))


def _readings(outcome: Outcome, file: Path, words: Words) -> Iterator[Remark]:
    """How the opening hours of a workbook are understood, where they are."""
    for spot, text in outcome.hours:
        if spot.file == file.name:
            with suppress(UnreadableTime):
                lines = hours_lines(read_hours(text), words)
                yield Remark(spot.title, spot.row, spot.column, "\n".join((phrase("readings"), *lines)))
