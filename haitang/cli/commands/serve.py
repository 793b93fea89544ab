"""build.py serve: the site on this machine, shown again as files change."""

import argparse
import errno
import json
import secrets
import time
from pathlib import Path

from haitang.cli.commands.site import bundled
from haitang.cli.dev_server import Posts, Server
from haitang.cli.reporting import ENVIRONMENT, SOUND, Stop, report_day, report_problems
from haitang.core.console import Console
from haitang.core.digests import DATA_PARTS
from haitang.core.problems import InvalidDirectory
from haitang.data.revision import today
from haitang.editors.form_server import API, CHECK, MOST_BYTES, Desk
from haitang.model.messages import field_words
from haitang.model.paths import SETTINGS_FILE
from haitang.site.build import Builder, Inputs
from haitang.site.form_editor import PACKAGE, Editor
from haitang.site.output_folder import NotOurs, Target
from haitang.site.publish import Unsound
from haitang.site.theme import FrameProblem

_LAST_PORT = 65535
_KEY_BYTES = 16
_NO_PORT = {errno.EADDRINUSE: "port_taken", errno.EACCES: "port_denied", errno.EPERM: "port_denied"}


def run(options: argparse.Namespace, console: Console) -> int:
    words = options.words
    if not 0 <= options.port <= _LAST_PORT:
        raise Stop(words.sentence("commands", "no_port", port=str(options.port), last=str(_LAST_PORT)))
    scripts = bundled(options)
    editor = Editor(options.project / PACKAGE, API) if options.admin else None
    inputs = Inputs(options.project, options.root, options.site_src, scripts, options.engine, offline=False, editor=editor)
    posts = _desk(options.root) if editor else None
    target = Target(folder(options.project, options.port), lasting=False)
    rebuilding = Rebuilding(inputs, target, options, console)
    try:
        server = Server(target.site, rebuilding.again, words.tree["commands"]["overlay_title"], options.port, posts)
    except OSError as error:
        key = _NO_PORT.get(error.errno or 0, "port_failed")
        raise Stop(words.sentence("commands", key, port=str(options.port))) from None
    report_day(inputs.root, words, console)
    server.tell(rebuilding.again())
    if rebuilding.is_blocked:
        server.close()
        return ENVIRONMENT
    console.say(words.sentence("commands", "serving", port=str(server.port)))
    if posts:
        console.say(words.sentence("commands", "serving_form", port=str(server.port), key=posts.key))
    server.run(watched(inputs), lambda: console.note(words.sentence("commands", "polling")), rebuilding.is_behind)
    return SOUND


def _desk(root: Path) -> Posts:
    """What the form asks, for whoever has read the key of this run where it was started."""
    desk = Desk(root)
    keyless = json.dumps({"error": field_words()["admin"]["desk"]["keyless"]}).encode()
    return Posts({API: desk.answer, CHECK: desk.checked}, MOST_BYTES, secrets.token_urlsafe(_KEY_BYTES), keyless)


def folder(project: Path, port: int) -> Path:
    """Where the site that is served lies; never in `out`: what is being tried must not become the site that is out."""
    return project / ".cache" / "serve" / str(port)


def watched(inputs: Inputs) -> dict[Path, bool]:
    """The folders to watch, and whether what lies below them counts: of a root only its own directory.yml does."""
    deep = [inputs.root / name for name in DATA_PARTS if name != SETTINGS_FILE]
    deep += [inputs.site_src, inputs.project / "templates"]
    return {inputs.root: False, **dict.fromkeys(deep, True)}


class Rebuilding:
    """Builds into the served folder and says how it went. `is_blocked`: no file could be written there, or one not be read;
    the data had no say in it."""

    def __init__(self, inputs: Inputs, target: Target, options: argparse.Namespace, console: Console) -> None:
        self._builder = Builder(inputs)
        self._target = target
        self._words = options.words
        self._console = console
        self._troubled = False
        self.is_blocked = False

    def is_behind(self) -> bool:
        """Whether anything was edited since the last build began."""
        return self._builder.is_behind()

    def again(self) -> tuple[str, ...]:
        """One build; the lines of its problems, none when it is out."""
        started = time.monotonic()
        self.is_blocked = False
        try:
            with self._target.locked(lambda: None):
                report = self._builder.build(self._target, today(self._builder.inputs.root))
        except InvalidDirectory as invalid:
            self._troubled = True
            report_problems(invalid.problems, self._words, self._console)
            return tuple(self._words.problem(problem) for problem in invalid.problems)
        except (Unsound, FrameProblem, NotOurs, OSError) as fault:
            self._troubled = True
            self.is_blocked = isinstance(fault, NotOurs | OSError)
            lines = self._lines(fault)
            self._console.error("\n".join(lines))
            return lines
        if self._troubled:
            self._console.say(self._words.sentence("commands", "cleared"))
            self._troubled = False
        seconds = f"{time.monotonic() - started:.2f}"
        self._console.say(self._words.sentence("commands", "rebuilt", seconds=seconds, written=report.written))
        return ()

    def _lines(self, fault: Exception) -> tuple[str, ...]:
        if isinstance(fault, Unsound):
            return tuple(fault.lines(self._words))
        if isinstance(fault, NotOurs):
            return (self._words.sentence("commands", "not_ours_served", site=Path(str(fault))),)
        return (self._words.trouble(fault),) if isinstance(fault, OSError) else tuple(str(fault).splitlines())
