"""build.py check: reads everything and tells every problem; builds nothing."""

import argparse
from collections.abc import Iterable
from datetime import date

from haitang.album import KEPT, Album
from haitang.annotations import annotation
from haitang.console import Console
from haitang.directory import load
from haitang.problems import InvalidDirectory, Problem
from haitang.words import Words

SOUND, PROBLEMS = 0, 1


def run(options: argparse.Namespace, console: Console) -> int:
    words = options.words
    try:
        album = Album(options.root, options.project / KEPT, only_looking=True)
        directory = load(options.root, today=date.today(), album=album)
    except InvalidDirectory as invalid:
        tell(invalid.problems, words, console, github=options.format == "github")
        return PROBLEMS
    counts = {"positions": len(directory.positions), "brands": len(directory.brands), "routes": len(directory.routes)}
    console.say(words.sentence("commands", "sound_routes" if directory.routes else "sound", **counts))
    return SOUND


def tell(problems: Iterable[Problem], words: Words, console: Console, *, github: bool = False) -> None:
    """Every problem on its line, and how many they are."""
    problems = list(problems)
    for problem in problems:
        console.say(annotation(problem, words) if github else words.problem(problem))
    files = len({problem.place.file for problem in problems})
    console.say(words.sentence("commands", "count", problems=len(problems), files=files))
