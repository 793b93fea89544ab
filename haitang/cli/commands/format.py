"""build.py format: writes entry files in their canonical text, or says which are not."""

import argparse
from pathlib import Path

from haitang.cli.reporting import PROBLEMS, SOUND, Stop
from haitang.core.console import Console
from haitang.core.disk.together import together
from haitang.core.problems import InvalidDirectory
from haitang.data.loader import lacking
from haitang.editors.entry_files import NotAnEntry, read_text, requested, tidied
from haitang.model.formatter import NotCanonical
from haitang.model.messages import Words
from haitang.model.paths import entry_files


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    if lacks := lacking(options.root):
        raise InvalidDirectory(lacks)
    changed: dict[str, tuple[str, int]] = {}
    refused = False
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
                changed[file] = text, line
        _write(options, changed, console)
    except NotAnEntry as unknown:
        raise Stop(words.sentence("format", "no_entry", file=Path(str(unknown)))) from None
    sentence = "would_change" if options.check else "changed"
    console.say(words.sentence("format", sentence if changed else "nothing", count=len(changed), files=len(files)))
    return PROBLEMS if refused or (changed and options.check) else SOUND


def _write(options: argparse.Namespace, changed: dict[str, tuple[str, int]], console: Console) -> None:
    """Writes the canonical text of all these files, or of none; with --check only shows the line where each differs first."""
    words: Words = options.words
    if not options.check:
        with together(options.root) as files:
            for file, (text, _) in changed.items():
                files.write(file, text)
        for file in changed:
            console.say(words.sentence("format", "written", file=file))
        return
    for file, (text, line) in changed.items():
        lines = (whole.split("\n")[line - 1 : line] for whole in (read_text(options.root, file), text))
        written, right = ("".join(each).strip() for each in lines)
        key = "differs" if written != right else "unseen"
        console.say(words.sentence("format", key, file=file, line=line, written=written, right=right))
