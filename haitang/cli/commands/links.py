"""build.py links: which of the addresses the data links to still open. The only command that asks other hosts for them."""

import argparse

from haitang.checks.links.probe import Prober
from haitang.checks.links.report import KEPT, check, links, problems
from haitang.cli.commands.check import tell
from haitang.core.console import Console
from haitang.data.loader import lacking
from haitang.model.messages import Words

SOUND, PROBLEMS, USAGE = 0, 1, 2


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    if options.timeout < 1 or options.max < 1:
        console.error(words.sentence("links", "bad_number"))
        return USAGE
    if lacks := lacking(options.root):
        tell(lacks, words, console)
        return PROBLEMS
    found = links(options.root)
    if not found:
        console.say(words.sentence("links", "none"))
        return SOUND
    console.note(words.sentence("links", "asking", count=len({link.url for link in found})))
    ask = Prober().ask
    checked = check((link.url for link in found), ask, options.project / KEPT, options.max, options.timeout)
    if checked.offline:
        console.say(words.sentence("links", "offline"))
        return SOUND
    told = problems(found, checked.answers)
    if told:
        tell(told, words, console)
    console.say(words.sentence("links", "done", opened=checked.opened, known=len(checked.answers), asked=checked.asked))
    if checked.left:
        console.say(words.sentence("links", "left", count=checked.left))
    return PROBLEMS if options.strict and any(problem.level == "warning" for problem in told) else SOUND
