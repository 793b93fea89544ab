"""build.py reminders: a sheet a town of what is missing or was not verified for long, and a message to send it with."""

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from haitang.checks.load import load
from haitang.cli.reporting import SOUND, Stop, unknown_name
from haitang.core.atomic_files import write_atomic
from haitang.core.console import Console
from haitang.data.directory import Directory
from haitang.data.revision import today as today_there
from haitang.editors.excel.layout import written_in
from haitang.editors.reminders import AFTER, reminder
from haitang.editors.scaffold import find
from haitang.model.messages import Words
from haitang.model.validation import closest
from haitang.site.views.freshness import TownWanted, wanted


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    try:
        today = date.fromisoformat(options.today) if options.today else today_there(options.root)
    except ValueError:
        raise Stop(words.sentence("reminders", "bad_today", value=options.today)) from None
    directory = load(options.root, today=today)
    towns = {_town(directory, word, words) for word in options.towns}
    groups = [group for group in wanted(directory, today, AFTER) if not towns or group.town.id in towns]
    if not groups:
        console.say(words.sentence("reminders", "nothing"))
        return SOUND
    return _write(options.out / "reminders" / today.isoformat(), groups, today, words, console)


def _town(directory: Directory, written: str, words: Words) -> str:
    """The id of a town that was asked for."""
    names: dict[str, Iterable[str]] = {town.id: (town.name, town.short_name or "") for town in directory.town.values()}
    if town := find(written, names):
        return town
    raise Stop(unknown_name("town", written, names, closest(written, names), words))


def _write(folder: Path, groups: Iterable[TownWanted], today: date, words: Words, console: Console) -> int:
    with written_in(words.language):
        made = [reminder(group, today, words) for group in groups]
    folder.mkdir(parents=True, exist_ok=True)
    for each in made:
        # Somebody may have filled in a sheet where it lay: what is there is never written over.
        for name, content in ((f"{each.stem}.xlsx", each.workbook), (f"{each.stem}.txt", each.message.encode())):
            path = folder / name
            if path.exists() and path.read_bytes() != content:
                console.note(words.sentence("reminders", "kept", file=path))
            else:
                write_atomic(path, content)
    for each in made:
        console.say(each.message)
    console.say(words.sentence("reminders", "written", towns=len(made), count=sum(each.count for each in made), folder=folder))
    return SOUND
