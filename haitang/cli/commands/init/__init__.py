"""build.py init: writes a directory of one's own that builds at once; asks on a terminal for what the flags leave open."""

import argparse
import os
import re
import sys
from collections.abc import Callable, Mapping
from datetime import date
from pathlib import Path
from typing import TypeVar

from haitang.cli.commands import excel
from haitang.cli.reporting import PROBLEMS, SOUND, Stop, calling
from haitang.cli.sheet_answers import ENDS
from haitang.core import clock
from haitang.core.console import Console
from haitang.core.disk.together import together
from haitang.core.leftovers import is_leftover
from haitang.core.problems import Place, Problem
from haitang.editors.excel.import_ import texts_in
from haitang.editors.excel.tables import NotTaken
from haitang.editors.forge_setup.switches import FORGES
from haitang.editors.new_directory import LANGUAGES, WORKFLOWS, Beginning, files_of, own_terms_of, towns_among, usual
from haitang.editors.new_directory.generator import UNKNOWN, this_generator
from haitang.editors.new_directory.own_terms import LISTS
from haitang.model.abroad.region import Refused, sound
from haitang.model.messages import Whole, Words, use
from haitang.model.messages import words as words_in
from haitang.model.messages.commands import HERE, call_with, quoted
from haitang.model.tiers import MOST

_Taken = TypeVar("_Taken")
_LONGEST = 60  # characters of a title or a name
_MOST_TOWNS = 1000


def run(options: argparse.Namespace, console: Console) -> int:
    use(None)  # what it says is no other directory's
    words = options.words = words_in(options.words.language)
    folder, given = Path(os.path.normpath(Path(options.folder).absolute())), [Path(options.list)] if options.list else []
    call_with(calling(str(folder), f"{folder}-site", options.lang))  # what it says next is about the new one
    if folder.exists() and (not folder.is_dir() or any(not is_leftover(each.name) for each in folder.iterdir())):
        raise Stop(words.sentence("init", "not_empty", folder=folder))
    beginning = _beginning(options, _listed(words, given[0]) if given else {})
    files = files_of(beginning)
    (folder / "positions").mkdir(parents=True, exist_ok=True)
    with together(folder) as begun:
        for file, text in files.items():
            begun.write(file, text)
    console.say(words.sentence("init", "written", folder=folder, count=len(files), towns=beginning.towns))
    if terms := own_terms_of(beginning):
        console.say(words.sentence("init", "terms", count=len(terms), terms=terms))
    status = _entered(options, folder, console) if given else SOUND
    if status:
        source = ["--source", options.source] if options.source else []
        again = " ".join(("excel import", *map(quoted, (os.path.normpath(options.list), *source))))
        console.say(words.sentence("init", "next_list", again=Whole(format(HERE, again))))
    else:
        console.say(words.sentence("init", "next"))
    if beginning.forges and beginning.generator == UNKNOWN:
        workflows = tuple(WORKFLOWS[forge] for forge in beginning.forges)
        console.say(words.sentence("init", "generator", files=workflows))
    return status


def _beginning(options: argparse.Namespace, cells: Mapping[str, tuple[str, ...]]) -> Beginning:
    """What the flags and the terminal say of it, and the cells of its list. Raises Stop."""
    words: Words = options.words
    language = _chosen(words, "language", options.language, LANGUAGES, LANGUAGES[0])
    own, abroad = usual(language), language != LANGUAGES[0]

    def said(option: str, taken: Callable[[str], _Taken], *, asked: bool = True) -> _Taken:
        """An answer as it is taken; on a terminal one that cannot be is asked for again."""
        given: str | None = getattr(options, option)
        while True:
            try:
                return taken(_said(words, option, given, own, asked=asked))
            except Stop as wrong:
                if given is not None or not asked or not sys.stdin.isatty():
                    raise
                Console().error(str(wrong))

    title = said("title", lambda text: _name(words, "title", text))
    area = said("area", lambda text: _name(words, "area", text))
    towns = (
        towns_among(cells["town"]) if cells and not options.towns else said("towns", lambda text: _names(words, "towns", text))
    )
    if not towns or len(towns) > _MOST_TOWNS:
        raise Stop(words.sentence("init", "no_towns" if not towns else "many_towns", most=_MOST_TOWNS))
    tiers = said("tiers", lambda text: _tiers(words, text, own["tiers"]))
    timezone, day = said("timezone", lambda text: (text, _day(words, text)), asked=abroad)
    region = said("region", lambda text: _region(words, text), asked=abroad)
    forge = _chosen(words, "forge", options.forge, FORGES, "")
    forges = tuple(each for each in FORGES if forge in ("", each))
    return Beginning(
        title, area, towns, day, tiers, language, timezone, region, forges, this_generator(), bool(options.list), cells
    )


def _day(words: Words, timezone: str) -> date:
    try:
        return clock.today(clock.zone(timezone))
    except clock.UnknownZone:
        raise _refused(words, "timezone", timezone, ("Europe/London", "Asia/Shanghai")) from None


def _region(words: Words, text: str) -> str:
    try:
        return sound(text.upper())
    except Refused:
        raise _refused(words, "region", text, ("GB", "TW", "CN")) from None


def _entered(options: argparse.Namespace, folder: Path, console: Console) -> int:
    """Takes the entries of the list into the new directory."""
    open_ = dict.fromkeys(("town", "crs", "precision", "days", "renamed", "ignore", "columns", "marked"))
    # Where the list does not say it, what is in it is from the list.
    options.source = _said(options.words, "source", options.source, {"source": Path(options.list).stem})
    own = {name: getattr(options, name) for name in ("source", "tier")}
    own |= {"action": "import", "files": [options.list], "leave_out": False, "dry_run": False}
    shown = {"root": folder, "root_given": options.folder, "words": options.words, "command": "init"}
    try:
        return PROBLEMS if excel.run(argparse.Namespace(**open_, **own, **shown), console) else SOUND
    except Stop as wrong:  # an answer for the list; the directory is there
        console.error(str(wrong))
        return PROBLEMS


def _listed(words: Words, file: Path) -> Mapping[str, tuple[str, ...]]:
    """The cells of a list that its directory has to know. Raises Stop."""
    try:
        return texts_in([file], ("town", "phone", *LISTS))
    except NotTaken as refused:
        raise Stop(words.problem(Problem(Place(file.name), refused.code, refused.values)), PROBLEMS) from None


def _names(words: Words, option: str, said: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(_name(words, option, each) for each in ENDS.split(said) if each.strip()))


def _tiers(words: Words, said: str, usual_ones: str) -> tuple[str, ...]:
    """The names of its tiers, none where they are the usual ones."""
    tiers = () if said == usual_ones else _names(words, "tiers", said)
    if len(tiers) > MOST or (not tiers and said != usual_ones):
        raise Stop(words.sentence("init", "bad_tiers", most=MOST))
    return tiers


def _said(words: Words, option: str, given: str | None, own: Mapping[str, str], *, asked: bool = True) -> str:
    """What a flag says, else an answer from the terminal; without one, what suits anybody."""
    if given is not None or not asked or not sys.stdin.isatty():
        return own[option] if given is None else given
    return input(words.sentence("init", f"ask_{option}", usual=own[option]) + ": ").strip() or own[option]


def _chosen(words: Words, option: str, given: str | None, known: tuple[str, ...], without: str) -> str:
    while (said := _said(words, option, given, {option: without})) not in (*known, without):
        if given is not None or not sys.stdin.isatty():
            raise _refused(words, option, said, known)
        Console().error(str(_refused(words, option, said, known)))
    return said


def _refused(words: Words, option: str, said: str, known: tuple[str, ...]) -> Stop:
    return Stop(words.sentence("init", "bad_answer", option=option, value=said, known=known))


def _name(words: Words, option: str, text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable() or len(name) > _LONGEST or not re.search(r"\w", name):
        raise Stop(words.sentence("init", "bad_name", option=option, value=text, most=_LONGEST))
    return name
