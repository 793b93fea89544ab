"""build.py forms: writes the issue forms and the schemas of this directory; with --check only says which are stale."""

import argparse

from haitang.cli.reporting import PROBLEMS, SOUND
from haitang.core.console import Console
from haitang.editors.issues.templates import generated, stale, write
from haitang.editors.scaffold import settings_of
from haitang.model.messages import Words


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    files = generated(settings_of(options.root))
    if options.check:
        old = stale(options.root, files)
        for file in old:
            console.say(words.sentence("commands", "forms_stale", file=file))
        if not old:
            console.say(words.sentence("commands", "forms_fresh", count=len(files)))
        return PROBLEMS if old else SOUND
    for file in write(options.root, files):
        console.say(words.sentence("commands", "forms_written", file=file))
    console.say(words.sentence("commands", "forms_fresh", count=len(files)))
    return SOUND
