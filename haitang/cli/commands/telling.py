"""What several commands say: of which day the data is and what that means, and why git could not help.

The rule: each reason has its own sentence, with what to do about that one; a build without a change must not pay for this.
"""

from datetime import date
from pathlib import Path

from haitang.core.console import Console
from haitang.core.problems import Value
from haitang.data.git import Obstacle, obstacle
from haitang.data.revision import OLDEST, Told, bad_epoch, day_of_data, today
from haitang.model.messages import Whole, Words


def tell_day(root: Path, words: Words, console: Console, effect: str = "site", told: Told | None = None) -> None:
    """Where the pages leave much unsaid, because nobody knows the day of the data or no clock can fit it: why, and what to do.
    `effect` is for whom, `site` or `kiosk`; what is not `told` yet is asked for."""
    if epoch := bad_epoch():
        console.note(words.sentence("day", "bad_epoch", value=epoch))
    told = told or day_of_data(root)
    if not told.day:
        lacking = obstacle(root)
        values = {"git": _clause(lacking, words), "effect": words.sentence("day", f"effect_{effect}")}
        kind = f"updated_{told.updated}"
        values |= {"remedy": _remedy(lacking, words), "todo": words.sentence("day", f"{kind}_todo")}
        console.note(words.sentence("day", "unknown", updated=words.sentence("day", kind), **values))
        return
    now = today(root)
    age = now - date.fromisoformat(told.day)
    if 0 <= age.days <= OLDEST.days:
        return
    key = "old" if age.days > 0 else "ahead"
    days: dict[str, Value] = {"day": told.day, "today": now.isoformat(), "days": abs(age.days), "most": OLDEST.days}
    source, todo = (words.sentence("day", name) for name in (f"from_{told.source}", f"{key}_{told.source}"))
    console.note(words.sentence("day", key, source=source, todo=todo, **days))


def no_history(root: Path, revision: str, words: Words) -> str | None:
    """Why git could not compare with a revision, where that is not the revision's fault."""
    lacking = obstacle(root)
    if lacking.kind in ("", "shallow"):
        return None
    return words.sentence(
        "git", "cannot_compare", revision=revision, git=_clause(lacking, words), todo=_remedy(lacking, words, last=True)
    )


def no_commit(lacking: Obstacle, said: str, words: Words) -> str:
    """Why git took no commit: what stands in the way of all it does, else what it said."""
    if lacking.kind in ("", "shallow"):
        return said
    return words.sentence("git", "and_then", git=_clause(lacking, words), todo=_remedy(lacking, words, last=True))


def _clause(lacking: Obstacle, words: Words) -> str:
    return words.sentence("git", lacking.kind or "no-data", said=Whole(lacking.said))


def _remedy(lacking: Obstacle, words: Words, *, last: bool = False) -> str:
    """What to do about it, with `or` behind it where more follows; nothing where nothing can be done."""
    key = f"{lacking.kind or 'no-data'}-todo"
    if key not in words.tree["git"]:
        return ""
    return words.sentence("git", "end" if last else "or", todo=words.sentence("git", key, said=Whole(lacking.said)))
