"""What several commands report: problems, the day of the data and what that means, why git could not help; and how one ends.

The rule: each reason has its own sentence, with what to do about that one; a build without a change must not pay for this.
"""

import os
from collections.abc import Callable, Collection, Iterable, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import TYPE_CHECKING

from haitang.cli.command_line import BY_NAME, OUT
from haitang.core.console import Console
from haitang.core.problems import Problem, Value
from haitang.data.git import Obstacle, obstacle
from haitang.data.revision import OLDEST, Told, bad_epoch, day_of_data, today
from haitang.model.messages import Whole, Words
from haitang.model.messages.commands import plainly

if TYPE_CHECKING:
    from haitang.model.settings import Settings

_SOON = timedelta(days=92)  # three months, in which a year is announced

SOUND, PROBLEMS, USAGE, ENVIRONMENT = 0, 1, 2, 3


class Stop(Exception):
    """A command ends here: with a sentence that says why, and an exit code."""

    def __init__(self, sentence: str, code: int = USAGE) -> None:
        super().__init__(sentence)
        self.code = code


def report_problems(problems: Collection[Problem], words: Words, console: Console) -> None:
    """Every problem on its line, and how many they are."""
    for problem in problems:
        console.say(line_of(problem, words))
    console.say(counted(problems, words))


def line_of(problem: Problem, words: Words) -> str:
    """A problem on its line, with its code, under which it is explained. What is no error says how serious it is."""
    place, _, text = words.problem(problem).partition(": ")
    level = "" if problem.level == "error" else words.sentence("check", problem.level)
    return f"{place}: {level}{text}{words.sentence('check', 'code', code=problem.code)}"


def counted(problems: Collection[Problem], words: Words) -> str:
    files = len({problem.place.file for problem in problems})
    return words.sentence("commands", "count", problems=len(problems), files=files)


def unknown_name(option: str, written: str, names: Mapping[str, Iterable[str]], guess: str | None, words: Words) -> str:
    """That a `town` or `tier` is not known, and which there are: ids, each with how it is called first."""
    listed = tuple(words.sentence("terms", "labelled", field=name, label=next(iter(spoken))) for name, spoken in names.items())
    sentence = words.sentence("commands", f"new_unknown_{option}", value=written, known=listed)
    return sentence + (words.sentence("terms", "guess", guess=guess) if guess else "")


def report_day(root: Path, words: Words, console: Console, effect: str = "site", found: Told | None = None) -> None:
    """Where the pages leave much unsaid, because nobody knows the day of the data or no clock can fit it: why, and what to do.
    `effect` is for whom, `site` or `kiosk`; the day is asked for where it was not `found` before."""
    if epoch := bad_epoch():
        console.note(words.sentence("day", "bad_epoch", value=epoch))
    found = found or day_of_data(root)
    if not found.day:
        lacking = obstacle(root)
        values = {"git": _clause(lacking, words), "effect": words.sentence("day", f"effect_{effect}")}
        kind = f"updated_{found.updated}"
        values |= {"remedy": _remedy(lacking, words), "todo": words.sentence("day", f"{kind}_todo")}
        console.note(words.sentence("day", "unknown", updated=words.sentence("day", kind), **values))
        return
    now = today(root)
    age = now - date.fromisoformat(found.day)
    if 0 <= age.days <= OLDEST.days:
        return
    key = "old" if age.days > 0 else "ahead"
    days: dict[str, Value] = {"day": found.day, "today": now.isoformat(), "days": abs(age.days), "most": OLDEST.days}
    source, todo = (words.sentence("day", name) for name in (f"from_{found.source}", f"{key}_{found.source}"))
    console.note(words.sentence("day", key, source=source, todo=todo, **days))


def report_holidays(settings: "Settings", today: date, words: Words, console: Console, *, briefly: bool = False) -> None:
    """That no public holidays are known beyond a day that comes soon, or has passed, and the lines that mend it; `briefly`, as
    a build says it, in one line."""
    calendar = settings.calendar
    if today < calendar.last_day - _SOON:
        return
    todo = words.sentence("day", "holidays_check")
    if not briefly:
        lines = words.sentence("day", "holidays_lines", year=calendar.last_year + 1)
        key = "holidays_list" if settings.holidays else "holidays_file"
        todo = words.sentence("day", key, year=calendar.last_year + 1, lines=lines)
    console.note(words.sentence("day", "holidays", until=calendar.last_day.isoformat(), todo=todo))


def no_history(root: Path, revision: str, words: Words) -> str | None:
    """Why git could not compare with a revision, where that is not the revision's fault."""
    lacking = obstacle(root)
    if lacking.kind in ("", "shallow"):
        return None
    return words.sentence(
        "git", "cannot_compare", revision=revision, git=_clause(lacking, words), todo=_remedy(lacking, words, last=True)
    )


def no_commit(lacking: Obstacle, message: str, words: Words) -> str:
    """Why git took no commit: what stands in the way of all it does, else its own message."""
    if lacking.kind in ("", "shallow"):
        return message
    return words.sentence("git", "and_then", git=_clause(lacking, words), todo=_remedy(lacking, words, last=True))


def _clause(lacking: Obstacle, words: Words) -> str:
    return words.sentence("git", lacking.kind or "no-data", said=Whole(lacking.said))


def _remedy(lacking: Obstacle, words: Words, *, last: bool = False) -> str:
    """What to do about it, with `or` behind it where more follows; nothing where nothing can be done."""
    key = f"{lacking.kind or 'no-data'}-todo"
    if key not in words.tree["git"]:
        return ""
    return words.sentence("git", "end" if last else "or", todo=words.sentence("git", key, said=Whole(lacking.said)))


def calling(root: str | None, out: str | None, lang: str | None) -> Callable[[str], str]:
    """How commands are to be typed after one that was called with these: `check --fix` is the whole line, with what it takes of
    them and does not say itself."""
    paths = {"--root": root, "--out": None if out == OUT else out}
    # As they were typed, without the detours in them.
    standing = {**{option: path and os.path.normpath(path) for option, path in paths.items()}, "--lang": lang}

    def line(command: str) -> str:
        name = command.split(" ", 1)[0]
        known = {"--root", "--lang", *(option for option, _ in BY_NAME[name].arguments)}
        words = [word for option, text in standing.items() if text and option in known for word in (option, text)]
        return plainly(command.removeprefix("site").strip(), words)

    return line
