"""build.py new position|brand|route: writes the beginning of a new file; asks on a terminal for what the flags leave open."""

import argparse
import re
import sys
from collections.abc import Iterable
from pathlib import Path

from haitang.commands.check import tell
from haitang.console import Console
from haitang.editing.new import Draft, find, free_id, guess, settings_of
from haitang.problems import InvalidDirectory
from haitang.settings import Settings
from haitang.words import Words

SOUND, PROBLEMS, USAGE = 0, 1, 2
Names = dict[str, Iterable[str]]


class _Missing(Exception):
    """Something was neither given nor could be asked for, or is not known; holds the sentence."""


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    try:
        draft = _draft(options, settings_of(options.root))
    except InvalidDirectory as invalid:
        tell(invalid.problems, words, console)
        return PROBLEMS
    except _Missing as missing:
        console.error(str(missing))
        return USAGE
    path: Path = options.root / draft.file
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        with path.open("x", encoding="utf-8", newline="\n") as stream:
            stream.write(draft.text(words.tree["commands"]["new_source"], words.tree["commands"]["new_stop"]))
    except FileExistsError:
        console.error(words.sentence("commands", "new_exists", file=draft.file))
        return USAGE
    console.say(words.sentence("commands", "new_written", file=draft.file))
    return SOUND


def _draft(options: argparse.Namespace, settings: Settings) -> Draft:
    words: Words = options.words
    asking = sys.stdin.isatty()
    name = (options.name or _ask(words, "name")).strip()
    if not name.isprintable() or not name.encode("utf-8", "ignore").decode() == name or len(name) > 60:
        raise _Missing(words.sentence("commands", "new_bad_name", value=name))
    town = tier = None
    if options.kind == "position":
        towns: Names = {place.id: (place.name, place.short_name or "") for area in settings.areas for place in area.places}
        tiers: Names = {item.id: (item.name, item.short_name) for item in settings.tiers}
        town = _known(words, "town", options.town, towns)
        if options.tier is not None or asking:
            tier = _known(words, "tier", options.tier, tiers) or None
    proposed = free_id(options.root, options.kind, name)
    own_id = options.id or (_ask(words, "id", proposed) if asking and not options.name else proposed)
    if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", own_id) is None:
        raise _Missing(words.sentence("commands", "new_bad_id", value=own_id))
    return Draft(options.kind, own_id, name, town, tier)


def _known(words: Words, option: str, given: str | None, names: Names) -> str:
    """The id behind a word for a town or a tier. On a terminal a wrong word is asked for again."""
    while True:
        written = given if given is not None else _ask(words, option, "" if option == "tier" else None)
        found = find(written, names)
        if found or (option == "tier" and not written):
            return found or ""
        listed = tuple(f"{name}（{next(iter(spoken))}）" for name, spoken in names.items())
        said = words.sentence("commands", f"new_unknown_{option}", value=written, known=listed)
        if near := guess(written, names):
            said += words.sentence("terms", "guess", guess=near)
        if given is not None:
            raise _Missing(said)
        Console().error(said)


def _ask(words: Words, option: str, default: str | None = None) -> str:
    """A question on the terminal; without one, what is missing is an error of the command line."""
    if not sys.stdin.isatty():
        raise _Missing(words.sentence("commands", "new_needs", option=option))
    while True:
        question = words.sentence("commands", f"new_ask_{option}", id=default or "")
        answer = input(f"{question}: ").strip() or (default if default is not None else "")
        if answer or default is not None:
            return answer
