"""build.py serve: the site on this machine, shown again as files change."""

import argparse
import time
from pathlib import Path

from haitang.admin import PACKAGE, Editor
from haitang.building import Builder, Inputs
from haitang.commands.check import tell
from haitang.commands.site import bundled, tell_undated
from haitang.console import Console
from haitang.editing.desk import API, MOST_BYTES, Desk
from haitang.frame import FrameProblem
from haitang.generations import Target
from haitang.problems import InvalidDirectory
from haitang.publish import Unsound
from haitang.serving import Posts, Server
from haitang.version import data_version, today

SOUND, USAGE, ENVIRONMENT = 0, 2, 3


def run(options: argparse.Namespace, console: Console) -> int:
    scripts = bundled(options, console)
    if scripts is None:
        return ENVIRONMENT
    editor = Editor(options.project / PACKAGE, API) if options.admin else None
    inputs = Inputs(options.project, options.root, options.site_src, scripts, options.engine, offline=False, editor=editor)
    return _serve(inputs, options, console, Posts(API, MOST_BYTES, Desk(options.root).answer) if editor else None)


def _serve(inputs: Inputs, options: argparse.Namespace, console: Console, posts: Posts | None = None) -> int:
    words = options.words
    # Never into `out`: what is being tried must not become the site that is out.
    target = Target(options.project / ".cache" / "serve" / str(options.port))
    rebuilding = Rebuilding(inputs, target, options, console)
    try:
        server = Server(target.site, rebuilding.again, words.tree["commands"]["overlay_title"], options.port, posts)
    except (OSError, OverflowError):
        console.error(words.sentence("commands", "port_taken", port=str(options.port)))
        return USAGE
    tell_undated(data_version(inputs.root), words, console)
    server.tell(rebuilding.again())
    console.say(words.sentence("commands", "serving", port=str(server.port)))
    if posts:
        console.say(words.sentence("commands", "serving_form", port=str(server.port)))
    server.run(watched(inputs), lambda: console.note(words.sentence("commands", "polling")))
    return SOUND


def watched(inputs: Inputs) -> dict[Path, bool]:
    """The folders to watch, and whether what lies below them counts: of a root only its own directory.yml does."""
    deep = [inputs.root / name for name in ("positions", "brands", "concepts", "routes", "photos", "map")]
    deep += [inputs.site_src, inputs.project / "templates"]
    return {inputs.root: False, **dict.fromkeys(deep, True)}


class Rebuilding:
    """Builds into the served folder and says how it went."""

    def __init__(self, inputs: Inputs, target: Target, options: argparse.Namespace, console: Console) -> None:
        self._builder = Builder(inputs)
        self._target = target
        self._words = options.words
        self._console = console
        self._troubled = False

    def again(self) -> tuple[str, ...]:
        """One build; the lines of its problems, none when it is out."""
        started = time.monotonic()
        try:
            with self._target.locked(lambda: None):
                report = self._builder.build(self._target, today(self._builder.inputs.root))
        except InvalidDirectory as invalid:
            self._troubled = True
            tell(invalid.problems, self._words, self._console)
            return tuple(self._words.problem(problem) for problem in invalid.problems)
        except (Unsound, FrameProblem) as fault:
            self._troubled = True
            lines = fault.lines(self._words) if isinstance(fault, Unsound) else str(fault).splitlines()
            self._console.error("\n".join(lines))
            return tuple(lines)
        if self._troubled:
            self._console.say(self._words.sentence("commands", "cleared"))
            self._troubled = False
        seconds = f"{time.monotonic() - started:.2f}"
        self._console.say(self._words.sentence("commands", "rebuilt", seconds=seconds, written=report.written))
        return ()
