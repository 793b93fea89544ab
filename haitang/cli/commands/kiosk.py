"""build.py kiosk: builds the kiosks of all halls; installs, rolls back, pulls and signs releases of one; shows how all are.

The rule: whoever reads this stands in a hall with a stick in the hand. Every refusal says what is wrong, what to do, and that
the screen still shows what it showed.
"""

import argparse
import os
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from haitang.cli.commands.site import bundled
from haitang.cli.reporting import ENVIRONMENT, PROBLEMS, SOUND, Stop, report_day, report_problems
from haitang.core.atomic_files import NoRoom
from haitang.core.console import Console
from haitang.core.problems import InvalidDirectory, Value
from haitang.kiosk.release.manifest import Refused
from haitang.model.messages import Clean

if TYPE_CHECKING:
    from haitang.kiosk.release.signing import PublicKey


def run(options: argparse.Namespace, console: Console) -> int:
    sentence = partial(options.words.sentence, "kiosk")
    try:
        if options.action is None:
            return _build(options, console)
        if options.action == "status":
            return _status(options, console)
        act, count, usage = _ACTIONS[options.action]
        if len(options.names) != count or (options.action == "sign") != bool(options.secret):
            raise Stop(sentence(usage))
        key, values = act(options, lambda: console.note(sentence("waiting")))
        console.say(sentence(key, **values))
    except Refused as refused:
        reason = options.words.reason(str(refused.values.get("reason")))
        told = {**refused.values, "reason": Clean(reason)} if reason else refused.values
        console.error(sentence(refused.code, **told))
        if options.action in ("install", "pull", "rollback"):
            console.error(sentence("kept"))
        return PROBLEMS
    except NoRoom as full:
        needed, free = _megabytes(full.needed), _megabytes(full.free)
        raise Stop(sentence("no-room", needed=needed, free=free), ENVIRONMENT) from None
    return SOUND


def _build(options: argparse.Namespace, console: Console) -> int:
    from haitang.data.revision import today
    from haitang.kiosk import halls
    from haitang.kiosk.build import public_site

    words, sentence = options.words, partial(options.words.sentence, "kiosk")
    scripts = bundled(options)
    try:
        shop = halls.workshop(options.project, options.root, scripts, today(options.root))
    except InvalidDirectory as invalid:
        report_problems(invalid.problems, words, console)
        console.error(sentence("kept"))
        return PROBLEMS
    report_day(options.root, words, console, "kiosk")
    if not shop.directory.settings.halls:
        console.note(sentence("no-halls"))

    def missing(character: str, file: str) -> None:
        console.error(sentence("no-glyph", character=character, file=file))

    for hall in halls.halls_of(shop.directory):
        made = halls.build(shop, hall, options.out, missing)
        values = {"hall": hall.title, "folder": made.folder, "parcel": made.parcel, "size": _megabytes(made.bytes)}
        console.say(sentence("built" if made.changed else "unchanged", id=made.manifest.id, **values))
        if not public_site(hall, shop.directory):
            console.note(sentence("no-public", hall=hall.title))
    return SOUND


def _status(options: argparse.Namespace, console: Console) -> int:
    """What the halls' screens have told, a line each; PROBLEMS where one is silent or cannot be understood."""
    from haitang.kiosk.release.status import Report, reports

    sentence = partial(options.words.sentence, "kiosk")
    if len(options.names) != 1:
        raise Stop(sentence("usage-status"))
    folder, now = Path(options.names[0]), time.time()
    try:
        told = list(reports(folder))
    except OSError:
        raise Stop(sentence("no-status", folder=folder)) from None
    if not told:
        console.note(sentence("status-none", folder=folder))
    ill = False
    for report in told:
        if not isinstance(report, Report):
            ill = True
            console.error(sentence("status-unreadable", file=report))
            continue
        silent = report.silent(now)
        ill |= silent
        values: dict[str, Value] = {
            "hall": report.hall or report.machine, "machine": report.machine, "day": report.day or sentence("status-no-day"),
            "ago": _span(now - report.at, options), "up": _span(report.at - report.started, options), "count": report.restarts,
        }  # fmt: skip
        (console.error if silent else console.say)(sentence("status-silent" if silent else "status-well", **values))
        if report.last:
            console.say(sentence("status-last", note=report.last))
    return PROBLEMS if ill else SOUND


def _span(seconds: float, options: argparse.Namespace) -> str:
    """A length of time as people say it, in its largest unit; nothing that lies ahead, as a wrong clock tells."""
    minutes, said = max(0, int(seconds // 60)), options.words.sentence
    if minutes < 120:
        return str(said("kiosk", "span-minutes", count=minutes))
    if minutes < 48 * 60:
        return str(said("kiosk", "span-hours", count=minutes // 60))
    return str(said("kiosk", "span-days", count=minutes // 1440))


_Report = tuple[str, dict[str, Value | Path]]  # the sentence of what was done, and its values


def _install(options: argparse.Namespace, waiting: Callable[[], None]) -> _Report:
    """From a file or, for `pull`, from the web."""
    name, dest = options.names[0], Path(options.names[1]).absolute()
    if options.action == "pull":
        from haitang.kiosk.release.download import pull

        outcome = pull(name, dest, _key(options), waiting)
    else:
        from haitang.kiosk.release.install import install

        outcome = install(_file(options, name), dest, _key(options), waiting)
    return "installed" if outcome.changed else "already", {"built": outcome.manifest.built, "id": outcome.manifest.id}


def _rollback(options: argparse.Namespace, waiting: Callable[[], None]) -> _Report:
    from haitang.kiosk.release import install

    manifest = install.rollback(Path(options.names[0]).absolute(), waiting)
    return "rolled-back", {"built": manifest.built, "id": manifest.id}


def _sign(options: argparse.Namespace, waiting: Callable[[], None]) -> _Report:
    from haitang.kiosk.release import install
    from haitang.kiosk.release.signing import BadKey, read_secret_key

    path = Path(options.names[0]).absolute()
    if not path.is_dir():
        _file(options, options.names[0])
    try:
        secret = read_secret_key(_file(options, options.secret).read_bytes())
    except BadKey:
        raise Refused("bad-secret-key", file=options.secret) from None
    manifest = install.sign(path, secret, waiting)
    return "signed", {"file": options.names[0], "id": manifest.id}


def _make_key(options: argparse.Namespace, waiting: Callable[[], None]) -> _Report:
    from haitang.kiosk.release.signing import new_key

    del waiting  # nobody else makes this one
    secret = Path(options.names[0]).absolute()
    public = secret.with_name(f"{secret.name}.pub")
    for path in (secret, public):
        if os.path.lexists(path):
            raise Stop(options.words.sentence("kiosk", "key-there", file=path))
    key = new_key()
    secret.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:  # for its owner alone
        stream.write(key.text())
    public.write_bytes(key.public.text())
    return "key-made", {"secret": secret, "public": public}


def _key(options: argparse.Namespace) -> "PublicKey | None":
    from haitang.kiosk.release.signing import BadKey, read_public_key

    if options.key is None:
        return None
    try:
        return read_public_key(_file(options, options.key).read_bytes())
    except BadKey:
        raise Refused("bad-public-key", file=options.key) from None


def _file(options: argparse.Namespace, name: str) -> Path:
    path = Path(name).absolute()
    if not path.is_file():
        raise Stop(options.words.sentence("kiosk", "no-file", file=Path(name)))
    return path


def _megabytes(size: int) -> str:
    return str(-(-size >> 20))


# What each action does, how many names it takes, and the sentence that shows it.
_ACTIONS: dict[str, tuple[Callable[[argparse.Namespace, Callable[[], None]], _Report], int, str]] = {
    "install": (_install, 2, "usage-install"),
    "rollback": (_rollback, 1, "usage-rollback"),
    "pull": (_install, 2, "usage-pull"),
    "sign": (_sign, 1, "usage-sign"),
    "key": (_make_key, 1, "usage-key"),
}
