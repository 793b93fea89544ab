"""What the screens of halls tell of themselves, each in a small file of one folder: `deploy/kiosk` writes them, once an hour.

The rule: whoever may write into that folder is a stranger. A file has its one permitted form or is told as unreadable; nothing
of it is shown that is not a number, an id or a plain sentence.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from haitang.kiosk.release.installation import read_small
from haitang.kiosk.release.manifest import RELEASE_ID, Refused

SILENT = 3 * 3600  # seconds: a screen tells once an hour, and one word may be lost
_NAME = re.compile(r"[A-Za-z0-9-]{1,64}\.json")
_FORM: dict[str, type | re.Pattern[str]] = {
    "format": int, "hall": re.compile(r"(?:[a-z0-9][a-z0-9-]{0,63})?"), "release": re.compile(rf"(?:{RELEASE_ID.pattern})?"),
    "at": int, "started": int, "restarts": int, "last": re.compile(r"[A-Za-z0-9 :#-]{0,200}"),
}  # fmt: skip


@dataclass(frozen=True)
class Report:
    """One screen's last word: `machine` is its name, `at` and `started` are seconds since 1970, `release` may be empty."""

    machine: str
    hall: str
    release: str
    at: int
    started: int
    restarts: int
    last: str

    @property
    def day(self) -> str:
        """The day of the data that is shown; empty where no release is, or its day is not known."""
        day = self.release[:8]
        return "" if day in ("", "00000000") else f"{day[:4]}-{day[4:6]}-{day[6:]}"

    def silent(self, now: float) -> bool:
        """Whether it should have told again by now."""
        return now - self.at > SILENT


def reports(folder: Path) -> Iterator[Report | str]:
    """The screens in the order of their names; the name of a file that is none. Raises OSError where that folder cannot be."""
    for path in sorted(folder.iterdir()):
        if path.suffix == ".json":
            yield _read(path) or path.name


def _read(path: Path) -> Report | None:
    try:
        told = json.loads(read_small(path).decode("ascii"), parse_constant=int)
    except (OSError, Refused, ValueError, RecursionError):
        return None
    if not _NAME.fullmatch(path.name) or not isinstance(told, dict) or set(told) != set(_FORM) or told["format"] != 1:
        return None
    for key, form in _FORM.items():
        value = told[key]
        sound = type(value) is int and 0 <= value < 1 << 40 if form is int else isinstance(value, str) and _fits(form, value)
        if not sound:
            return None
    del told["format"]
    return Report(path.stem, **told)


def _fits(form: type | re.Pattern[str], text: str) -> bool:
    return isinstance(form, re.Pattern) and form.fullmatch(text) is not None
