"""Which state of the data this is, and what day it is there.

The rule: the day of the data never comes from a clock. Two builds of one commit must be the same bytes.
"""

import os
import re
from datetime import date, timedelta
from pathlib import Path
from typing import Literal, NamedTuple
from zoneinfo import ZoneInfo

from haitang.core import clock
from haitang.core.decoding import read_regular
from haitang.core.problems import Problem
from haitang.data.git import head, is_partial, last_commit
from haitang.model.paths import FOLDERS, SETTINGS_FILE
from haitang.schedule.partial_dates import read_date

PARTS = (*FOLDERS.values(), SETTINGS_FILE)
OLDEST = timedelta(days=400)  # frontend/src/schedule/clock.ts: pages of older data say how old they are
_EPOCH = "SOURCE_DATE_EPOCH"
_MOST_BYTES = 2 * 1024 * 1024  # more than `source` takes
# A field as nearly everybody writes it. Where one stands in any other way, the real parser is asked, whose import takes longer
# than a build without a change.
_NAMED = re.compile(rb"^[^#\n]*?(?:timezone|updated)", re.MULTILINE)
_PLAIN = re.compile(rb"""^(timezone|updated): +(["']?)([\w/+.-]+)\2 *(?:\s#.*)?\r?$""", re.MULTILINE | re.ASCII)


class State(NamedTuple):
    """What the pages of a site depend on besides the bytes of its files: the day of the data as YYYY-MM-DD, empty where nobody
    says it; the commit its history ends with, empty where there is none; whether only a part of that history is here.

    Not the last commit that touched the data: once a branch is merged, the same one may end another history."""

    day: str
    commit: str
    is_partial: bool


class Told(NamedTuple):
    """The day of the data as YYYY-MM-DD, empty where nobody says it; who says it; what became of `updated` in directory.yml."""

    day: str
    source: Literal["epoch", "commit", "updated", ""]
    updated: Literal["right", "wrong", "absent", "unread"]


def data_state(root: Path, day: str | None = None) -> State:
    """The state of the data; `day` where it is known already."""
    return State(data_version(root) if day is None else day, commit := head(root), bool(commit) and is_partial(root))


def data_version(root: Path) -> str:
    """The day of the data as YYYY-MM-DD, in the directory's time zone: that of SOURCE_DATE_EPOCH, else of the last commit that
    touched the data, else what `updated` in directory.yml says; the empty string where nobody says it."""
    return day_of_data(root).day


def day_of_data(root: Path) -> Told:
    """As `data_version`, and who says so."""
    fields = _fields(root)
    where, commit = _zone(fields), last_commit(root, PARTS)
    said = _told(fields)
    updated: Literal["right", "wrong", "absent", "unread"] = "absent"
    if SETTINGS_FILE in fields:
        updated = "unread"
    elif "updated" in fields:
        updated = "right" if said else "wrong"
    if day := _day(os.environ.get(_EPOCH, ""), where):
        return Told(day, "epoch", updated)
    if day := _day(str(commit.seconds), where) if commit else "":
        return Told(day, "commit", updated)
    return Told(said, "updated" if said else "", updated)


def bad_epoch() -> str:
    """What SOURCE_DATE_EPOCH holds, where that is no moment and so does not count."""
    written = os.environ.get(_EPOCH, "")
    return "" if _day(written, clock.zone()) else written


def today(root: Path) -> date:
    """What day it is where the directory is; `timezone` in directory.yml says where, whether or not the rest is sound."""
    return clock.today(_zone(_fields(root)))


def _day(seconds: str, where: ZoneInfo) -> str:
    try:
        return clock.day_of(int(seconds), where).isoformat() if seconds.isascii() and seconds.isdigit() else ""
    except ValueError:
        return ""


def _zone(fields: dict[str, str]) -> ZoneInfo:
    """What cannot be read is told by `check`."""
    try:
        return clock.zone(fields.get("timezone", clock.CHINA))
    except clock.UnknownZone:
        return clock.zone()


def _told(fields: dict[str, str]) -> str:
    try:
        said = read_date(fields.get("updated", ""))
        return date(said.year, said.month, said.day).isoformat()
    except ValueError:
        return ""


def _fields(root: Path) -> dict[str, str]:
    """`timezone` and `updated` as directory.yml has them, before anybody knows that it is sound; the file's own name where
    nobody can tell what it has."""
    content = read_regular(root / SETTINGS_FILE, SETTINGS_FILE, _MOST_BYTES)
    if isinstance(content, Problem):
        return {SETTINGS_FILE: ""}
    found = {name.decode(): value.decode() for name, _, value in _PLAIN.findall(content)}
    return found if len(found) == len(_NAMED.findall(content)) else _parsed(root)


def _parsed(root: Path) -> dict[str, str]:
    from haitang.source.parser import Fields, Flawed, read_file

    tree = read_file(root / SETTINGS_FILE, SETTINGS_FILE)
    tree = tree.tree if isinstance(tree, Flawed) else tree
    if not isinstance(tree, Fields):
        return {SETTINGS_FILE: ""}
    # What is no text at all is none that anybody can read.
    return {
        name: str(tree[name]).strip() if isinstance(tree[name], str) else "?"
        for name in ("timezone", "updated")
        if name in tree
    }
