"""build.py reminders: a sheet a town of what is missing or was not verified for long, and a message to send it with."""

import argparse
from collections.abc import Iterable
from datetime import date
from pathlib import Path

from haitang.checks.load import load
from haitang.cli.commands.check import tell
from haitang.core.console import Console
from haitang.core.problems import InvalidDirectory
from haitang.data.directory import Directory
from haitang.data.revision import today as today_there
from haitang.editors.reminders import AFTER, Reminder, reminder
from haitang.editors.scaffold import find
from haitang.model.messages import Words
from haitang.model.validation import closest
from haitang.site.views.freshness import TownWanted, wanted

SOUND, PROBLEMS, USAGE = 0, 1, 2


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    try:
        today = date.fromisoformat(options.today) if options.today else today_there(options.root)
    except ValueError:
        console.error(words.sentence("reminders", "bad_today", value=options.today))
        return USAGE
    try:
        directory = load(options.root, today=today)
    except InvalidDirectory as invalid:
        tell(invalid.problems, words, console)
        return PROBLEMS
    towns = _towns(directory, options.towns, words, console)
    if towns is None:
        return USAGE
    groups = [group for group in wanted(directory, today, AFTER) if not towns or group.town.id in towns]
    if not groups:
        console.say(words.sentence("reminders", "nothing"))
        return SOUND
    return _write(options.out / "reminders" / today.isoformat(), groups, today, words, console)


def _towns(directory: Directory, written: Iterable[str], words: Words, console: Console) -> set[str] | None:
    """The ids of the towns that were asked for; None where one is not known, and that has been said."""
    names: dict[str, Iterable[str]] = {town.id: (town.name, town.short_name or "") for town in directory.town.values()}
    found = set()
    for word in written:
        town = find(word, names)
        if town is None:
            near = closest(word, names)
            said = words.sentence("commands", "new_unknown_town", value=word, known=tuple(names))
            console.error(said + (words.sentence("terms", "guess", guess=near) if near else ""))
            return None
        found.add(town)
    return found


def _write(folder: Path, groups: Iterable[TownWanted], today: date, words: Words, console: Console) -> int:
    made = [reminder(group, today, words) for group in groups]
    folder.mkdir(parents=True, exist_ok=True)
    for each in made:
        _keep(folder, each, words, console)
    for each in made:
        console.say(each.message)
    console.say(words.sentence("reminders", "written", towns=len(made), count=sum(each.count for each in made), folder=folder))
    return SOUND


def _keep(folder: Path, each: Reminder, words: Words, console: Console) -> None:
    """Somebody may have filled in a sheet where it lay: what is there is never written over."""
    for name, content in ((f"{each.stem}.xlsx", each.workbook), (f"{each.stem}.txt", each.message.encode())):
        path = folder / name
        if path.exists() and path.read_bytes() != content:
            console.note(words.sentence("reminders", "kept", file=path))
        else:
            path.write_bytes(content)
