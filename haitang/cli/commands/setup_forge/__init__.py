"""build.py setup-forge: what an administrator switches on at a forge, in order, with the pages' addresses; what can be seen in
the repository is looked at. 0: all of that is right; 1: something has to be mended first.

The rule: it asks no host, and writes nothing; of the address that git fetches from, only the host and the path are shown.
"""

import argparse
from pathlib import Path

from haitang.cli.commands.setup_forge.lines import step
from haitang.cli.reporting import PROBLEMS, SOUND
from haitang.core.console import Console
from haitang.core.problems import Value
from haitang.data.git import origin
from haitang.editors.forge_setup.seen import NOBODY, OWNERS, label, seen
from haitang.editors.forge_setup.switches import CALLED, EXAMPLES, SWITCHES, Forge, web_address
from haitang.editors.scaffold import settings_of
from haitang.model.messages import Words
from haitang.model.settings import Settings


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    forge: Forge = options.forge
    settings = settings_of(options.root)
    address, switches = _address(settings, options.root, forge), SWITCHES[forge]
    found = seen(options.root, settings, forge, address)
    minutes = sum(switch.minutes for switch in switches)
    head: dict[str, Value] = {"title": settings.title, "forge": CALLED[forge], "count": len(switches), "minutes": minutes}
    console.say(words.sentence("forge", "head", **head))
    branch = settings.repository.branch if settings.repository else "main"
    values: dict[str, Value] = {"label": label(), "file": OWNERS[forge], "nobody": NOBODY, "branch": branch}
    for number, switch in enumerate(switches, 1):
        console.say("")
        own = [each for each in found if each.switch == switch.name]
        for line in step(number, switch, values, own, address, words):
            console.say(line)
    wrong = sum(each.is_wrong for each in found)
    console.say("")
    console.say(words.sentence("forge", "some_wrong", count=wrong) if wrong else words.sentence("forge", "all_good"))
    return PROBLEMS if wrong else SOUND


def _address(settings: Settings, root: Path, forge: Forge) -> str:
    """The repository's page: as directory.yml says, else where git fetches from, else an example."""
    if settings.repository and web_address(settings.repository.url, forge):
        return settings.repository.url.rstrip("/").removesuffix(".git")
    return web_address(origin(root), forge) or EXAMPLES[forge]
