"""build.py format: writes entry files in their canonical text, or says which are not."""

import argparse
from pathlib import Path

from haitang.cli.reporting import PROBLEMS, SOUND, Stop
from haitang.core.console import Console
from haitang.core.problems import InvalidDirectory
from haitang.data.loader import lacking
from haitang.editors.entry_files import NotAnEntry, put, read_text, requested, tidied
from haitang.model.formatter import NotCanonical
from haitang.model.messages import Words
from haitang.model.paths import entry_files


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    if lacks := lacking(options.root):
        raise InvalidDirectory(lacks)
    changed, refused = 0, False
    try:
        files = requested(options.root, options.files) or list(entry_files(options.root))
        for file in files:
            try:
                text, line = tidied(options.root, file)
            except NotCanonical as invalid:
                refused = True
                for problem in invalid.problems:
                    console.say(words.problem(problem))
                continue
            if line is not None:
                changed += 1
                _write(options, file, text, line, console)
    except NotAnEntry as unknown:
        raise Stop(words.sentence("format", "no_entry", file=Path(str(unknown)))) from None
    sentence = "would_change" if options.check else "changed"
    console.say(words.sentence("format", sentence if changed else "nothing", count=changed, files=len(files)))
    return PROBLEMS if refused or (changed and options.check) else SOUND


def _write(options: argparse.Namespace, file: str, text: str, line: int, console: Console) -> None:
    """Writes a file's canonical text, which differs first at a line; with --check only shows that line."""
    words: Words = options.words
    if not options.check:
        put(options.root, file, text)
        console.say(words.sentence("format", "written", file=file))
        return
    lines = (whole.split("\n")[line - 1 : line] for whole in (read_text(options.root, file), text))
    written, right = ("".join(each).strip() for each in lines)
    key = "differs" if written != right else "unseen"
    console.say(words.sentence("format", key, file=file, line=line, written=written, right=right))
