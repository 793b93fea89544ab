"""build.py check: reads everything and reports every problem; builds nothing. With --fix, cures first what is safe to cure."""

import argparse
import gc
from collections import Counter
from dataclasses import replace
from pathlib import Path

from haitang.checks.load import Report, inspect
from haitang.cli import ci_annotations
from haitang.cli.causes import files_told
from haitang.cli.reporting import PROBLEMS, SOUND, Stop, counted, line_of, no_history, report_holidays
from haitang.core.console import Console
from haitang.core.digests import DIGESTS, FileIndex
from haitang.core.problems import InvalidDirectory, Problem, ordered
from haitang.data.dataset import Dataset
from haitang.data.directory import indexed
from haitang.data.git import NoSuchRevision
from haitang.data.loader import LOOKED_AT, Snapshot
from haitang.data.parse_cache import FOLDER, StoredCache
from haitang.data.revision import today
from haitang.editors.baseline import Since, since
from haitang.editors.entry_files import NotAnEntry, requested
from haitang.media.image_store import KEPT, Album
from haitang.model.messages import Words
from haitang.model.paths import SETTINGS_FILE, entry_files


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
        report = _inspected(options, files)
        parted = Since(frozenset(), report.problems, ())
        if options.changed_since:
            parted = _parted(options, report, files)
    except NotAnEntry as unknown:
        raise Stop(words.sentence("check", "no_file", file=Path(str(unknown)))) from None
    except NoSuchRevision:
        why = no_history(options.root, options.changed_since, words)
        raise Stop(why or words.sentence("check", "no_revision", revision=options.changed_since)) from None
    except InvalidDirectory as invalid:  # no date can be judged here
        report = Report(invalid.problems, None)
        parted = Since(frozenset(), report.problems, ())
    _print(parted, options, console)
    if not parted.fresh and not parted.before and options.format == "plain":
        if files is not None or report.dataset is None:
            console.say(words.sentence("check", "files_sound", files=len(files or ())))
        else:
            dataset = report.dataset
            counts = {"positions": len(dataset.positions), "brands": len(dataset.brands), "routes": len(dataset.routes)}
            console.say(words.sentence("commands", "sound_routes" if dataset.routes else "sound", **counts))
    if report.dataset is not None and (files is None or SETTINGS_FILE in files):
        report_holidays(report.dataset.settings, report.dataset.today, words, console)
    strict = ("error", "warning") if options.changed_since else ("error",)
    return PROBLEMS if any(problem.level in strict for problem in parted.fresh) else SOUND


def _parted(options: argparse.Namespace, report: Report, files: frozenset[str] | None) -> Since:
    """What was found by whether the change is to blame, with what it lost. Raises NoSuchRevision."""
    from haitang.cli.confirmations import said  # a look at files needs nothing of a review
    from haitang.editors.review.confirmation import lost_since

    parted = since(options.root, options.changed_since, report, today(options.root))
    gone = lost_since(options.root, options.changed_since, said(options)) if files is None else ()
    return replace(parted, fresh=ordered([*parted.fresh, *gone]))


def _inspected(options: argparse.Namespace, only: frozenset[str] | None) -> Report:
    album = Album(options.root, options.project / KEPT, only_looking=True)
    index = FileIndex(options.project / DIGESTS, options.root)
    cache = StoredCache(options.root, options.project / FOLDER, index, only or frozenset())
    report = inspect(Snapshot(options.root, only, cache=cache), today(options.root), album, slides=True)
    cache.store()
    index.keep()
    if only is None and report.dataset is not None and not any(problem.level == "error" for problem in report.problems):
        return replace(report, problems=ordered([*report.problems, *_handwritten(options, report.dataset)]))
    return report


def _handwritten(options: argparse.Namespace, dataset: Dataset) -> list[Problem]:
    """What a build would refuse in the directory's own pages."""
    if not any(each.suffix for each in options.site_src.rglob("*")) or not options.site_src.is_relative_to(options.root):
        if not dataset.settings.nav:
            return []
        from haitang.site.edition import handwritten

        own = [path.relative_to(options.site_src).with_suffix(".html").as_posix() for path in options.site_src.rglob("*.md")]
        return handwritten.not_there(own, dataset.settings, options.root)
    from haitang.site.edition import handwritten  # few directories have pages of their own
    from haitang.site.theme import FrameProblem

    try:
        directory = indexed(dataset, None)
        return handwritten.problems("mkdocs", options.project, options.site_src, directory, options.root)
    except FrameProblem as fault:
        raise Stop(f"{options.words.sentence('commands', 'unsound_pages')}\n{fault}", PROBLEMS) from None


def _fix(options: argparse.Namespace, files: frozenset[str] | None, console: Console) -> None:
    """Cures and tidies the entries that were asked for, and reports what became of them. Raises OSError."""
    from haitang.cli.cure_lines import told  # most looks mend nothing
    from haitang.editors.autofix import cure

    words: Words = options.words
    mended = files if files is not None else frozenset(entry_files(options.root))
    say = console.say if options.format == "plain" else console.note
    for one in cure(options.root, mended, lambda: _inspected(options, files).problems):
        say(told(one, words))


def _print(parted: Since, options: argparse.Namespace, console: Console) -> None:
    words: Words = options.words
    everything = (*parted.fresh, *parted.before)
    if options.format == "json":
        console.say(ci_annotations.as_json(everything, words).rstrip())
    elif options.format == "gitlab":
        console.say(ci_annotations.gitlab(everything, words).rstrip())
    else:
        if options.format == "github":
            lines = [*ci_annotations.github(everything, words, parted.changed)]
        else:
            lines = [*files_told(parted.fresh, words, line_of)]
            lines += [words.sentence("check", "before", count=len(parted.before))] if parted.before else []
            lines += files_told(parted.before, words, line_of)
        for line in lines:
            (console.command if options.format == "github" else console.say)(line)
        if everything:
            _print_counts(everything, words, console)


def _print_counts(problems: tuple[Problem, ...], words: Words, console: Console) -> None:
    console.say(counted(problems, words))
    levels = Counter(problem.level for problem in problems)
    if levels["error"] != len(problems):
        counts = {"errors": levels["error"], "warnings": levels["warning"], "hints": levels["hint"]}
        console.say(words.sentence("check", "levels", **counts))
        if any(problem.level != "error" and problem.eased is None for problem in problems):
            mark = LOOKED_AT.get(words.language, LOOKED_AT["en"])
            console.say(words.sentence("check", "silence", mark=f"# {mark}"))
    console.say(words.sentence("check", "explained", page="editors/problems.html"))
