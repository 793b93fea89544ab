"""build.py kiosk: builds the kiosks of all halls; installs, rolls back, pulls and signs releases of one.

The rule: whoever reads this stands in a hall with a stick in the hand. Every refusal says what is wrong, what to do, and that
the screen still shows what it showed.
"""

import argparse
import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from haitang.cli.commands.site import bundled
from haitang.core.atomic_files import NoRoom
from haitang.core.console import Console
from haitang.core.problems import InvalidDirectory, Value
from haitang.kiosk.release.manifest import Refused
from haitang.model.messages import Words

if TYPE_CHECKING:
    from haitang.kiosk.release.signing import PublicKey

SOUND, PROBLEMS, USAGE, ENVIRONMENT = 0, 1, 2, 3


class _Wrong(Exception):
    """The command line asks for what cannot be; holds the sentence."""


class _Telling:
    """Sentences of this command, to the console."""

    def __init__(self, words: Words, console: Console) -> None:
        self._words, self._console = words, console

    def sentence(self, key: str, /, **values: Value | Path) -> str:
        shown = {name: value if isinstance(value, tuple | Path) else str(value) for name, value in values.items()}
        return self._words.sentence("kiosk", key, **shown)

    def say(self, key: str, /, **values: Value | Path) -> None:
        self._console.say(self.sentence(key, **values))

    def error(self, key: str, /, **values: Value | Path) -> None:
        self._console.error(self.sentence(key, **values))

    def trouble(self, error: OSError) -> None:
        self._console.error(self._words.trouble(error))

    def waiting(self) -> None:
        self._console.note(self.sentence("waiting"))


def run(options: argparse.Namespace, console: Console) -> int:
    telling = _Telling(options.words, console)
    if options.action is None:
        return _guarded(lambda: _build(options, console, telling), telling)
    act, count = _ACTIONS[options.action]
    try:
        if len(options.names) != count or (options.action == "sign") != bool(options.secret):
            raise _Wrong(telling.sentence(_USAGES[options.action]))
        return _guarded(lambda: act(options, telling), telling, kept=options.action in ("install", "pull", "rollback"))
    except _Wrong as wrong:
        console.error(str(wrong))
        return USAGE


def _guarded(act: Callable[[], int | None], telling: _Telling, *, kept: bool = False) -> int:
    """Does it, and tells what stood in the way. `kept`: the screen goes on showing what it showed, and that is said."""
    try:
        return act() or SOUND
    except Refused as refused:
        telling.error(refused.code, **refused.values)
        if kept:
            telling.error("kept")
        return PROBLEMS
    except NoRoom as full:
        telling.error("no-room", needed=_megabytes(full.needed), free=_megabytes(full.free))
    except OSError as error:
        telling.trouble(error)
    return ENVIRONMENT


def _build(options: argparse.Namespace, console: Console, telling: _Telling) -> int:
    from haitang.cli.commands.check import tell
    from haitang.cli.commands.telling import tell_day
    from haitang.data.revision import today
    from haitang.kiosk import halls

    scripts = bundled(options, console)
    if scripts is None:
        return ENVIRONMENT
    try:
        shop = halls.workshop(options.project, options.root, scripts, today(options.root))
    except InvalidDirectory as invalid:
        tell(invalid.problems, options.words, console)
        telling.error("kept")
        return PROBLEMS
    tell_day(options.root, options.words, console, "kiosk")
    if not shop.directory.settings.halls:
        console.note(telling.sentence("no-halls"))

    def missing(character: str, file: str) -> None:
        telling.error("no-glyph", character=character, file=file)

    for hall in halls.halls_of(shop.directory):
        made = halls.build(shop, hall, options.out, missing)
        told: dict[str, Value | Path] = {
            "hall": hall.title,
            "folder": made.folder,
            "parcel": made.parcel,
            "size": _megabytes(made.bytes),
        }
        telling.say("built" if made.changed else "unchanged", id=made.manifest.id, **told)
    return SOUND


def _install(options: argparse.Namespace, telling: _Telling) -> None:
    from haitang.kiosk.release import install

    path, dest = _file(options.names[0], telling), Path(options.names[1]).absolute()
    outcome = install.install(path, dest, _key(options, telling), telling.waiting)
    telling.say("installed" if outcome.changed else "already", built=outcome.manifest.built, id=outcome.manifest.id)


def _pull(options: argparse.Namespace, telling: _Telling) -> None:
    from haitang.kiosk.release import download

    url, dest = options.names
    outcome = download.pull(url, Path(dest).absolute(), _key(options, telling), telling.waiting)
    telling.say("installed" if outcome.changed else "already", built=outcome.manifest.built, id=outcome.manifest.id)


def _rollback(options: argparse.Namespace, telling: _Telling) -> None:
    from haitang.kiosk.release import install

    manifest = install.rollback(Path(options.names[0]).absolute(), telling.waiting)
    telling.say("rolled-back", built=manifest.built, id=manifest.id)


def _sign(options: argparse.Namespace, telling: _Telling) -> None:
    from haitang.kiosk.release import install
    from haitang.kiosk.release.signing import BadKey, read_secret_key

    path = Path(options.names[0]).absolute()
    if not path.is_dir():
        _file(options.names[0], telling)
    try:
        secret = read_secret_key(_file(options.secret, telling).read_bytes())
    except BadKey:
        raise Refused("bad-secret-key", file=options.secret) from None
    manifest = install.sign(path, secret, telling.waiting)
    telling.say("signed", file=options.names[0], id=manifest.id)


def _make_key(options: argparse.Namespace, telling: _Telling) -> None:
    from haitang.kiosk.release.signing import new_key

    secret = Path(options.names[0]).absolute()
    public = secret.with_name(f"{secret.name}.pub")
    for path in (secret, public):
        if os.path.lexists(path):
            raise _Wrong(telling.sentence("key-there", file=path))
    key = new_key()
    secret.parent.mkdir(parents=True, exist_ok=True)
    with os.fdopen(os.open(secret, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as stream:  # for its owner alone
        stream.write(key.text())
    public.write_bytes(key.public.text())
    telling.say("key-made", secret=secret, public=public)


def _key(options: argparse.Namespace, telling: _Telling) -> "PublicKey | None":
    from haitang.kiosk.release.signing import BadKey, read_public_key

    if options.key is None:
        return None
    try:
        return read_public_key(_file(options.key, telling).read_bytes())
    except BadKey:
        raise Refused("bad-public-key", file=options.key) from None


def _file(name: str, telling: _Telling) -> Path:
    path = Path(name).absolute()
    if not path.is_file():
        raise _Wrong(telling.sentence("no-file", file=Path(name)))
    return path


def _megabytes(size: int) -> str:
    return str(-(-size >> 20))


# What each action does, and how many names it takes.
_ACTIONS: dict[str, tuple[Callable[[argparse.Namespace, _Telling], None], int]] = {
    "install": (_install, 2),
    "rollback": (_rollback, 1),
    "pull": (_pull, 2),
    "sign": (_sign, 1),
    "key": (_make_key, 1),
}
_USAGES = {
    "install": "usage-install",
    "rollback": "usage-rollback",
    "pull": "usage-pull",
    "sign": "usage-sign",
    "key": "usage-key",
}
