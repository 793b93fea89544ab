"""build.py check: reads everything and tells every problem; builds nothing. With --fix, cures first what is safe to cure."""

import argparse
import gc
from collections import Counter
from collections.abc import Iterable
from pathlib import Path

from haitang.checks.load import Report, inspect
from haitang.cli import ci_annotations
from haitang.cli.commands.telling import no_history
from haitang.core.console import Console
from haitang.core.problems import Problem, Value
from haitang.data.git import NoSuchRevision
from haitang.data.loader import LOOKED_AT, Side
from haitang.data.parse_cache import FOLDER, StoredCache
from haitang.data.revision import today
from haitang.editors.autofix import Cure, cure, without_notes
from haitang.editors.baseline import Since, since
from haitang.editors.entry_files import NotAnEntry, put, requested, tidied
from haitang.media.image_store import KEPT, Album
from haitang.model.formatter import NotCanonical
from haitang.model.messages import Words
from haitang.model.paths import SETTINGS_FILE, entry_files, kind_of

SOUND, PROBLEMS, USAGE = 0, 1, 2


def run(options: argparse.Namespace, console: Console) -> int:
    # What is read stays to the end: looking through it for garbage, even once, takes a third of a second with 10,000 places.
    gc.disable()
    try:
        return _run(options, console)
    finally:
        gc.freeze()
        gc.enable()


def _run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    try:
        files = frozenset(requested(options.root, options.files)) or None
        if options.fix:
            _fix(options, files, console)
        report = _report(options, files)
        parted = since(options.root, options.changed_since, report, today(options.root)) if options.changed_since else None
    except NotAnEntry as unknown:
        console.error(words.sentence("check", "no_file", file=Path(str(unknown))))
        return USAGE
    except NoSuchRevision:
        why = no_history(options.root, options.changed_since, words)
        console.error(why or words.sentence("check", "no_revision", revision=options.changed_since))
        return USAGE
    parted = parted or Since(frozenset(), report.problems, ())
    _tell(parted, options, console)
    if not parted.fresh and not parted.before and options.format == "plain":
        _tell_sound(report, files, words, console)
    strict = ("error", "warning") if options.changed_since else ("error",)
    return PROBLEMS if any(problem.level in strict for problem in parted.fresh) else SOUND


def _report(options: argparse.Namespace, only: frozenset[str] | None) -> Report:
    album = Album(options.root, options.project / KEPT, only_looking=True)
    if only is None or SETTINGS_FILE in only:
        return inspect(Side(options.root, asked=only), today(options.root), album)
    cache = StoredCache(options.root, options.project / FOLDER, only)
    report = inspect(Side(options.root, only, cache=cache), today(options.root), album)
    cache.store()
    return report


def _fix(options: argparse.Namespace, files: frozenset[str] | None, console: Console) -> None:
    """Cures and tidies the entries that were asked for, and tells what became of them. Raises OSError."""
    words: Words = options.words
    mended = files if files is not None else frozenset(entry_files(options.root))
    say = console.say if options.format == "plain" else console.note
    for picture in without_notes(options.root, files, _report(options, files).problems):
        say(words.sentence("check", "bared", file=picture))
    for one in cure(options.root, mended, lambda: _report(options, files).problems):
        say(_cure(one, words))
    for file in sorted(mended):
        try:
            text, line = tidied(options.root, file) if kind_of(file) else ("", None)
        except NotCanonical:
            continue  # told by the check that follows
        if line is not None:
            put(options.root, file, text)
            say(words.sentence("format", "written", file=file))


def _cure(one: Cure, words: Words) -> str:
    values: dict[str, Value] = {"file": one.file, "line": one.line, "wrong": one.wrong.strip(), "right": one.right.strip()}
    return words.sentence("check", "cured" if one.line else "converted", **values)


def _tell(parted: Since, options: argparse.Namespace, console: Console) -> None:
    words: Words = options.words
    everything = (*parted.fresh, *parted.before)
    if options.format == "json":
        console.say(ci_annotations.as_json(everything, words).rstrip())
    elif options.format == "gitlab":
        console.say(ci_annotations.gitlab(everything, words).rstrip())
    elif options.format == "github":
        for line in ci_annotations.github(everything, words, parted.changed):
            console.say(line)
        _count(everything, words, console)
    else:
        for problem in parted.fresh:
            console.say(line_of(problem, words))
        if parted.before:
            console.say(words.sentence("check", "before", count=len(parted.before)))
        for problem in parted.before:
            console.say(line_of(problem, words))
        _count(everything, words, console)


def _count(problems: Iterable[Problem], words: Words, console: Console) -> None:
    problems = list(problems)
    if not problems:
        return
    files = len({problem.place.file for problem in problems})
    console.say(words.sentence("commands", "count", problems=len(problems), files=files))
    levels = Counter(problem.level for problem in problems)
    if levels["error"] != len(problems):
        counts = {"errors": levels["error"], "warnings": levels["warning"], "hints": levels["hint"]}
        console.say(words.sentence("check", "levels", **counts))
        if any(problem.level != "error" and problem.eased is None for problem in problems):
            console.say(words.sentence("check", "silence", mark=f"# {LOOKED_AT}"))
    console.say(words.sentence("check", "explained", page="editors/problems.html"))


def _tell_sound(report: Report, files: frozenset[str] | None, words: Words, console: Console) -> None:
    if files is not None or report.world is None:
        console.say(words.sentence("check", "files_sound", files=len(files or ())))
        return
    world = report.world
    counts = {"positions": len(world.positions), "brands": len(world.brands), "routes": len(world.routes)}
    console.say(words.sentence("commands", "sound_routes" if world.routes else "sound", **counts))


def line_of(problem: Problem, words: Words) -> str:
    """A problem on its line, with its code, under which it is explained. What is no error says how serious it is."""
    place, _, text = words.problem(problem).partition(": ")
    level = "" if problem.level == "error" else words.sentence("check", problem.level)
    return f"{place}: {level}{text}{words.sentence('check', 'code', code=problem.code)}"


def tell(problems: Iterable[Problem], words: Words, console: Console) -> None:
    """Every problem on its line, and how many they are."""
    problems = list(problems)
    for problem in problems:
        console.say(line_of(problem, words))
    files = len({problem.place.file for problem in problems})
    console.say(words.sentence("commands", "count", problems=len(problems), files=files))
