"""build.py init: writes a directory of one's own that builds at once; asks on a terminal for what the flags leave open."""

import argparse
import re
import sys
from collections.abc import Mapping
from pathlib import Path

from haitang.cli.commands import excel
from haitang.cli.reporting import PROBLEMS, SOUND, Stop
from haitang.cli.sheet_answers import ENDS, quoted
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
from haitang.model.tiers import MOST

_LONGEST = 60  # characters of a title or a name
_MOST_TOWNS = 1000


def run(options: argparse.Namespace, console: Console) -> int:
    use(None)  # what it says is no other directory's
    words = options.words = words_in(options.words.language)
    folder, given = Path(options.folder).absolute(), [Path(options.list)] if options.list else []
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
    where = quoted(str(folder))
    again = [options.list, "--root", str(folder), *(["--source", options.source] if options.source else [])] if status else []
    told = {"folder": Whole(where), "again": Whole(" ".join(map(quoted, again)))}
    console.say(words.sentence("init", "next_list" if status else "next", **told))
    if beginning.forges and beginning.generator == UNKNOWN:
        workflows = tuple(WORKFLOWS[forge] for forge in beginning.forges)
        console.say(words.sentence("init", "generator", files=workflows))
    return status


def _beginning(options: argparse.Namespace, cells: Mapping[str, tuple[str, ...]]) -> Beginning:
    """What the flags and the terminal say of it, and the cells of its list. Raises Stop."""
    words: Words = options.words
    language = _chosen(words, "language", options.language, LANGUAGES, LANGUAGES[0])
    own = usual(language)
    title = _name(words, "title", _said(words, "title", options.title, own))
    area = _name(words, "area", _said(words, "area", options.area, own))
    towns = (
        towns_among(cells["town"])
        if cells and not options.towns
        else _names(words, "towns", _said(words, "towns", options.towns, own))
    )
    if not towns or len(towns) > _MOST_TOWNS:
        raise Stop(words.sentence("init", "no_towns" if not towns else "many_towns", most=_MOST_TOWNS))
    tiers = _tiers(words, _said(words, "tiers", options.tiers, own), own["tiers"])
    abroad = language != LANGUAGES[0]
    timezone = _said(words, "timezone", options.timezone, own, asked=abroad)
    region = _said(words, "region", options.region, own, asked=abroad).upper()
    try:
        day = clock.today(clock.zone(timezone))
    except clock.UnknownZone:
        raise _refused(words, "timezone", timezone, ("Europe/London", "Asia/Shanghai")) from None
    try:
        region = sound(region)
    except Refused:
        raise _refused(words, "region", region, ("GB", "TW", "CN")) from None
    forge = _chosen(words, "forge", options.forge, FORGES, "")
    forges = tuple(each for each in FORGES if forge in ("", each))
    return Beginning(
        title, area, towns, day, tiers, language, timezone, region, forges, this_generator(), bool(options.list), cells
    )


def _entered(options: argparse.Namespace, folder: Path, console: Console) -> int:
    """Takes the entries of the list into the new directory."""
    open_ = dict.fromkeys(("town", "tier", "crs", "precision", "days", "ignore", "columns", "marked"))
    own = {"action": "import", "files": [options.list], "source": options.source, "leave_out": False, "dry_run": False}
    shown = {"root": folder, "root_given": options.folder, "words": options.words, "command": "init"}
    return PROBLEMS if excel.run(argparse.Namespace(**open_, **own, **shown), console) else SOUND


def _listed(words: Words, file: Path) -> Mapping[str, tuple[str, ...]]:
    """The cells of a list that its directory has to know. Raises Stop."""
    try:
        return texts_in([file], ("town", *LISTS))
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
    said = _said(words, option, given, {option: without})
    if said not in (*known, without):
        raise _refused(words, option, said, known)
    return said


def _refused(words: Words, option: str, said: str, known: tuple[str, ...]) -> Stop:
    return Stop(words.sentence("init", "bad_answer", option=option, value=said, known=known))


def _name(words: Words, option: str, text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable() or len(name) > _LONGEST or not re.search(r"\w", name):
        raise Stop(words.sentence("init", "bad_name", option=option, value=text, most=_LONGEST))
    return name
