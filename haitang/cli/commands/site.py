"""build.py site: builds the website into OUT/site, unless nothing has changed."""

import argparse
import gc
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from haitang.cli.bootstrap import CLUSTER, prepare
from haitang.cli.reporting import ENVIRONMENT, PROBLEMS, SOUND, USAGE, Stop, report_day, report_holidays, report_problems
from haitang.core.console import Console
from haitang.core.digests import DIGESTS, Digested, FileIndex, fingerprint
from haitang.core.problems import InvalidDirectory
from haitang.core.toolchain import EnvironmentProblem
from haitang.data.revision import State, data_state, day_of_data, today
from haitang.site.bundles import BundleProblem, bundle
from haitang.site.output_folder import NotOurs, Target

if TYPE_CHECKING:
    from haitang.site.build import Builder
    from haitang.site.edition.workers import Workers

MOST_WORKERS = 64


def run(options: argparse.Namespace, console: Console) -> int:
    words, asked = options.words, options.workers or ""
    if asked and not (asked.startswith(CLUSTER) or (asked.isascii() and asked.isdigit() and 0 < int(asked) <= MOST_WORKERS)):
        raise Stop(words.sentence("commands", "bad_workers", text=asked), USAGE)
    index = FileIndex(options.project / DIGESTS, options.root)
    scripts = bundled(options, index)
    target = Target(options.out)
    try:
        with target.locked(lambda: console.note(words.sentence("commands", "waiting"))):
            found = day_of_data(options.root)
            report_day(options.root, words, console, found=found)
            state = data_state(options.root, found.day)
            parts = [options.engine, *map(str, state)]
            inputs = fingerprint(options.project, options.root, options.site_src, scripts, parts, index)
            index.keep()
            manifest = target.manifest()
            if manifest.get("fingerprint") == inputs.key and target.is_whole(manifest):
                console.say(words.sentence("commands", "unchanged", site=target.site))
                return SOUND
            return _build(options, console, target, _Begun(scripts, inputs, state, index))
    except NotOurs as foreign:
        raise Stop(words.sentence("commands", "not_ours", site=Path(str(foreign))), ENVIRONMENT) from None


def _workers(options: argparse.Namespace) -> "Workers | None":
    """Those the command line asks for; None for as many as pay."""
    from haitang.site.edition.workers import Workers

    text: str = options.workers or ""
    if text.startswith(CLUSTER):
        from haitang.site.edition.cluster import NoCluster, workers

        address = text.removeprefix(CLUSTER)
        try:
            return workers(address)
        except NoCluster as reason:
            words = options.words.sentence("commands", "no_cluster", address=address, reason=str(reason))
            raise Stop(words, ENVIRONMENT) from None
    return Workers(int(text)) if text else None


def bundled(options: argparse.Namespace, index: FileIndex | None = None) -> Path:
    """The folder with the browser's scripts."""
    try:
        return bundle(options.project, index)
    except (BundleProblem, EnvironmentProblem) as problem:
        raise Stop(options.words.sentence("commands", "no_bundle", reason=str(problem)), ENVIRONMENT) from None


@dataclass(frozen=True)
class _Begun:
    """What is known before a build: where the browser's scripts are, all inputs and the state of the data, as they were."""

    scripts: Path
    read: Digested
    state: State
    index: FileIndex


def _build(options: argparse.Namespace, console: Console, target: Target, begun: _Begun) -> int:
    # What is imported and loaded stays to the end: collecting garbage meanwhile would walk it again and again for nothing.
    gc.disable()
    # Imported here: a build without a change must not pay for what only a real one needs.
    from haitang.site.build import Builder, Inputs
    from haitang.site.form_editor import PACKAGE, Editor
    from haitang.site.publish import Unsound
    from haitang.site.theme import FrameProblem

    words = options.words
    editor = Editor(options.project / PACKAGE)
    inputs = Inputs(options.project, options.root, options.site_src, begun.scripts, options.engine, editor=editor)

    def developing(count: int) -> None:
        console.note(words.sentence("commands", "developing", count=count))

    def track(items: Iterable[Any], count: int) -> Iterable[Any]:
        _collect_again()
        return console.track(items, words.sentence("commands", "rendering", count=count))

    try:
        builder = Builder(inputs, developing, _install_form, index=begun.index, workers=_workers(options))
        report = builder.build(target, today(options.root), begun.read, track, begun.state)
    except InvalidDirectory as invalid:
        report_problems(invalid.problems, words, console)
        console.error(words.sentence("commands", "kept"))
        return PROBLEMS
    except (Unsound, FrameProblem) as fault:
        console.error(words.sentence("commands", fault.heading if isinstance(fault, Unsound) else "unsound"))
        console.error("\n".join(fault.lines(words)) if isinstance(fault, Unsound) else str(fault))
        return PROBLEMS
    values = {"pages": report.pages, "files": report.files, "written": report.written}
    console.say(words.sentence("commands", "built", **values, site=target.site / "index.html"))
    _report_lacking(builder, options, console)
    return SOUND


def _collect_again() -> None:
    """Each rendered page leaves some rings of objects behind; those are collected, and what was loaded is set aside."""
    gc.freeze()
    gc.set_threshold(20_000, 50, 1_000)
    gc.enable()


def _report_lacking(builder: "Builder", options: argparse.Namespace, console: Console) -> None:
    """What the site cannot show, or visitors cannot do, for what directory.yml lacks."""
    if builder.settings is not None:
        report_holidays(builder.settings, today(options.root), options.words, console, briefly=True)
    if not builder.is_reachable:
        console.note(options.words.sentence("commands", "unreachable"))


def _install_form() -> None:
    """Whether directory.yml publishes the form editor is known only to a build, not yet at the door."""
    try:
        prepare(("site", "admin"))
    except EnvironmentProblem as problem:
        raise Stop(str(problem), ENVIRONMENT) from None
