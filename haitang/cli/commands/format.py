"""build.py format: writes entry files in their canonical text, or says which are not."""

import argparse
from collections.abc import Iterable
from pathlib import Path

from haitang.cli.commands.check import tell
from haitang.core.console import Console
from haitang.core.problems import Value
from haitang.data.loader import lacking
from haitang.editors.entry_files import NotAnEntry, put, read_text, requested, tidied
from haitang.model.formatter import NotCanonical
from haitang.model.messages import Words
from haitang.model.paths import entry_files

SOUND, PROBLEMS, USAGE = 0, 1, 2


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    if lacks := lacking(options.root):
        tell(lacks, words, console)
        return PROBLEMS
    try:
        files = requested(options.root, options.files) or list(entry_files(options.root))
        changed, refused = _tidy(options.root, files, console, words, only_looking=options.check)
    except NotAnEntry as unknown:
        console.error(words.sentence("format", "no_entry", file=Path(str(unknown))))
        return USAGE
    sentence = "would_change" if options.check else "changed"
    console.say(words.sentence("format", sentence if changed else "nothing", count=changed, files=len(files)))
    return PROBLEMS if refused or (changed and options.check) else SOUND


def _tidy(root: Path, files: Iterable[str], console: Console, words: Words, *, only_looking: bool) -> tuple[int, int]:
    """How many files changed, or would, and how many cannot be read."""
    changed = refused = 0
    for file in files:
        try:
            text, line = tidied(root, file)
        except NotCanonical as problems:
            refused += 1
            for problem in problems.problems:
                console.say(words.problem(problem))
            continue
        if line is None:
            continue
        changed += 1
        if only_looking:
            written, right = (said.split("\n")[line - 1 : line] for said in (read_text(root, file), text))
            values: dict[str, Value] = {
                "file": file,
                "line": line,
                "written": "".join(written).strip(),
                "right": "".join(right).strip(),
            }
            console.say(words.sentence("format", "differs" if values["written"] != values["right"] else "unseen", **values))
        else:
            put(root, file, text)
            console.say(words.sentence("format", "written", file=file))
    return changed, refused
