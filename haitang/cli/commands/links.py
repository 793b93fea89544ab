"""build.py links: which of the addresses the data links to still open. The only command that asks other hosts for them."""

import argparse

from haitang.checks.links.probe import Prober
from haitang.checks.links.report import KEPT, check, links, problems
from haitang.cli.reporting import PROBLEMS, SOUND, Stop, report_problems
from haitang.core.console import Console
from haitang.core.problems import InvalidDirectory
from haitang.data.loader import lacking
from haitang.model.messages import Words


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    if options.timeout < 1 or options.max < 1:
        raise Stop(words.sentence("links", "bad_number"))
    if lacks := lacking(options.root):
        raise InvalidDirectory(lacks)
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
    broken = problems(found, checked.answers)
    if broken:
        report_problems(broken, words, console)
    console.say(words.sentence("links", "done", opened=checked.opened, known=len(checked.answers), asked=checked.asked))
    if checked.left:
        console.say(words.sentence("links", "left", count=checked.left))
    return PROBLEMS if options.strict and any(problem.level == "warning" for problem in broken) else SOUND
