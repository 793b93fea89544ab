"""build.py init: writes a directory of one's own that builds at once; asks on a terminal for what the flags leave open."""

import argparse
import re
import sys
from pathlib import Path

from haitang.cli.commands import excel
from haitang.cli.reporting import PROBLEMS, SOUND, Stop
from haitang.cli.sheet_answers import ENDS
from haitang.core.console import Console
from haitang.core.disk.together import together
from haitang.core.leftovers import is_leftover
from haitang.core.problems import Place, Problem
from haitang.data.revision import today
from haitang.editors.excel.import_ import towns_in
from haitang.editors.excel.tables import NotTaken
from haitang.editors.new_directory import Beginning, files_of, towns_among
from haitang.model.messages import Whole, Words

_LONGEST = 40  # characters of a title or a name
_MOST_TOWNS = 1000


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    folder, given = Path(options.folder).absolute(), [Path(options.list)] if options.list else []
    if folder.exists() and (not folder.is_dir() or any(not is_leftover(each.name) for each in folder.iterdir())):
        raise Stop(words.sentence("init", "not_empty", folder=folder))
    title = _said(words, "title", options.title)
    area = _said(words, "area", options.area)
    towns = _listed(words, given[0]) if given and not options.towns else _towns(words, options.towns)
    if not towns or len(towns) > _MOST_TOWNS:
        raise Stop(words.sentence("init", "no_towns" if not towns else "many_towns", most=_MOST_TOWNS))
    description = words.sentence("init", "description", title=title)
    files = files_of(Beginning(title, description, area, towns, today(folder), has_list=bool(given)))
    (folder / "positions").mkdir(parents=True, exist_ok=True)
    with together(folder) as begun:
        for file, text in files.items():
            begun.write(file, text)
    console.say(words.sentence("init", "written", folder=folder, count=len(files), towns=towns))
    status = _entered(options, folder, console) if given else SOUND
    where = Whole(str(folder))
    console.say(words.sentence("init", "next_list" if status else "next", folder=where, list=Whole(options.list or "")))
    return status


def _entered(options: argparse.Namespace, folder: Path, console: Console) -> int:
    """Takes the entries of the list into the new directory."""
    open_ = dict.fromkeys(("town", "tier", "crs", "precision", "days", "ignore", "columns", "marked"))
    own = {"action": "import", "files": [options.list], "source": options.source, "leave_out": False, "dry_run": False}
    shown = {"root": folder, "root_given": options.folder, "words": options.words, "command": "excel"}
    return PROBLEMS if excel.run(argparse.Namespace(**open_, **own, **shown), console) else SOUND


def _listed(words: Words, file: Path) -> tuple[str, ...]:
    try:
        return towns_among(towns_in([file]))
    except NotTaken as refused:
        raise Stop(words.problem(Problem(Place(file.name), refused.code, refused.values)), PROBLEMS) from None


def _towns(words: Words, given: str | None) -> tuple[str, ...]:
    said = given if given is not None else _asked(words, "towns")
    return tuple(dict.fromkeys(_name(words, "towns", each) for each in ENDS.split(said) if each.strip()))


def _said(words: Words, option: str, given: str | None) -> str:
    return _name(words, option, given if given is not None else _asked(words, option))


def _asked(words: Words, option: str) -> str:
    """An answer from the terminal; without one, what suits anybody."""
    usual = words.tree["init"][f"usual_{option}"]
    if not sys.stdin.isatty():
        return str(usual)
    return input(words.sentence("init", f"ask_{option}", usual=usual) + ": ").strip() or str(usual)


def _name(words: Words, option: str, text: str) -> str:
    name = " ".join(text.split())
    if not name or not name.isprintable() or len(name) > _LONGEST or not re.search(r"\w", name):
        raise Stop(words.sentence("init", "bad_name", option=option, value=text, most=_LONGEST))
    return name
