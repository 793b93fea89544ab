"""One release, built on a machine that is as it is told: `python machine.py '{"clock": 200, …}'` (`Machine`).

The rule: this runs in a process of its own, and what it changes is changed before anything of the product is imported, for all
of Python that asks: the clock, the order in which a folder tells its files. What the environment says comes with the process.
"""

import contextlib
import json
import os
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass
from importlib import import_module
from pathlib import Path
from random import Random
from typing import Any

HOME = Path(__file__).resolve().parents[2]
_DAY_S = 86_400
_FEW = "样例禾城镇党群服务中心，周一至周五 9:00—17:00 ABCabc"


@dataclass(frozen=True)
class Machine:
    """`project` has caches of its own; `clock` are days that it is ahead; `order` is a seed for the order of files in folders,
    None for that of the disk; `umask` is octal. Without `fonts` a kiosk has few
    letters. A `fault` is one of `faults`."""

    project: str
    root: str
    out: str
    clock: int = 0
    order: int | None = None
    umask: str = "022"
    workers: str = "1"
    fonts: bool = True
    fault: str = ""

    def text(self) -> str:
        return json.dumps(asdict(self))


def set_clock(days: int) -> None:
    """Everything that tells the time tells it so many days later."""
    from datetime import UTC
    from datetime import date as real_date
    from datetime import datetime as real_datetime

    datetime: Any = import_module("datetime")
    time: Any = import_module("time")
    shift, real = days * _DAY_S, time.time

    class _Kind(type):
        def __instancecheck__(cls, value: object) -> bool:
            return isinstance(value, real_datetime if cls.__name__ == "datetime" else real_date)

        def __subclasscheck__(cls, other: type) -> bool:
            return issubclass(other, real_datetime if cls.__name__ == "datetime" else real_date)

    class later_datetime(real_datetime, metaclass=_Kind):
        @classmethod
        def now(cls, tz: Any = None) -> Any:
            return real_datetime.fromtimestamp(time.time(), tz)

        @classmethod
        def utcnow(cls) -> Any:
            return real_datetime.fromtimestamp(time.time(), UTC).replace(tzinfo=None)

        @classmethod
        def today(cls) -> Any:
            return cls.now()

    class later_date(real_date, metaclass=_Kind):
        @classmethod
        def today(cls) -> Any:
            return real_datetime.fromtimestamp(time.time()).date()

    later_datetime.__name__, later_date.__name__ = "datetime", "date"
    local, utc, nanoseconds, formatted = time.localtime, time.gmtime, time.time_ns, time.strftime
    time.time = lambda: real() + shift
    time.time_ns = lambda: nanoseconds() + shift * 10**9
    time.localtime = lambda seconds=None: local(time.time() if seconds is None else seconds)
    time.gmtime = lambda seconds=None: utc(time.time() if seconds is None else seconds)
    time.strftime = lambda form, moment=None: formatted(form, time.localtime() if moment is None else moment)
    time.ctime = lambda seconds=None: time.asctime(time.localtime(seconds))
    datetime.datetime, datetime.date = later_datetime, later_date


def set_order(seed: int) -> None:
    """Folders tell their files in another order, as other file systems do."""
    folders: Any = os
    random, listed, scanned = Random(seed), os.listdir, os.scandir

    def shuffled(found: Any) -> Any:
        found = sorted(found, key=lambda one: one if isinstance(one, str | bytes) else one.name)
        random.shuffle(found)
        return found

    class Scanned:
        def __init__(self, *given: Any) -> None:
            with scanned(*given) as found:
                self._found = iter(shuffled(found))

        def __iter__(self) -> Any:
            return self._found

        def __next__(self) -> Any:
            return next(self._found)

        def __enter__(self) -> Any:
            return self

        def __exit__(self, *_: object) -> None:
            self.close()

        def close(self) -> None:
            self._found = iter(())

    folders.listdir = lambda *given: shuffled(listed(*given))
    folders.scandir = Scanned


def refuse_network() -> None:
    """Who asks another machine for anything ends the build: it is made of what lies here. Between its own processes they are
    sockets without a host."""

    def heard(event: str, given: tuple[Any, ...]) -> None:
        asks = event == "socket.getaddrinfo" or (event in ("socket.connect", "socket.sendto") and isinstance(given[1], tuple))
        if asks:
            sys.stderr.write(f"asked the network: {event} {given[0]!r}\n")
            sys.stderr.flush()
            os._exit(70)

    sys.addaudithook(heard)


def few_letters() -> None:
    """One font for all that a kiosk shows, with the letters of a few slices."""
    halls, fonts = import_module("haitang.kiosk.halls"), import_module("haitang.media.fonts")
    halls.Workshop._font = lambda shop, _: fonts.subset(shop.project, (_FEW,), shop.project / fonts.KEPT)


def plant(fault: str, root: Path) -> None:
    """What makes a release depend on the machine: the tests must see each."""
    halls: Any = import_module("haitang.kiosk.halls")
    archive: Any = import_module("haitang.kiosk.release.archive")
    match fault:
        case "today in a zip":
            archive._DAY = time.localtime()[:6]
        case "today as the day of the data":
            halls._newest = lambda _: time.strftime("%Y-%m-%d")
        case _:
            told: dict[str, Callable[[], str]] = {
                "the order of a set": lambda: " ".join({"a", "b", "c", "d", "e", "f"}),
                "the order of a folder": lambda: " ".join(path.name for path in (HOME / "templates").iterdir()),
                "the zone": lambda: time.strftime("%H", time.localtime(0)),
                "the time of a file": lambda: str((root / "directory.yml").stat().st_mtime),
                "the path": lambda: str(root),
                "the user": lambda: os.environ.get("USER", ""),
                "an assert": lambda: str(__debug__),
                "the umask": lambda: str(os.umask(0o22)),
                "the network": lambda: str(asked()),
            }
            made, ask = halls.launcher.sample, told[fault]
            halls.launcher.sample = lambda *given: made(*given) + f"<!-- {ask()} -->".encode()


def asked() -> bool:
    import socket

    with contextlib.suppress(OSError):
        socket.create_connection(("192.0.2.1", 80), 0.1).close()
    return True


def door() -> Any:
    return import_module("haitang.cli.main")


def main(told: dict[str, Any]) -> int:
    """0 where every command went well."""
    machine = Machine(**told)
    os.umask(int(machine.umask, 8))
    if machine.clock:
        set_clock(machine.clock)
    if machine.order is not None:
        set_order(machine.order)
    sys.path.insert(0, str(HOME))
    refuse_network()
    door().PROJECT = Path(machine.project)
    if not machine.fonts:
        few_letters()
    if machine.fault:
        plant(machine.fault, Path(machine.root))
    where = ["--root", machine.root, "--out", machine.out]
    lines = (
        ["site", *where, "--workers", machine.workers],
        ["kiosk", *where],
        ["provenance", *where, f"{machine.out}/site", f"{machine.out}/kiosk"],
    )
    return max(int(door().main(line)) for line in lines)


if __name__ == "__main__":
    sys.exit(main(json.loads(sys.argv[1])))
