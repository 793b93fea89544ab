"""A step as it is shown: what, on which page, how, and what was seen of it."""

from collections.abc import Iterator, Mapping, Sequence

from haitang.core.problems import Value
from haitang.editors.forge_setup.seen import Seen
from haitang.editors.forge_setup.switches import Switch
from haitang.model.messages import Whole, Words

_INDENT = "    "


def step(
    number: int, switch: Switch, values: Mapping[str, Value], own: Sequence[Seen], address: str, words: Words
) -> Iterator[str]:
    """`values` are for its sentence, whose first line is its name; `own` is what was seen of it; `address` the repository's."""
    what, *how = words.sentence("forge", switch.name, **values).split("\n")
    yield words.sentence("forge", "step", number=number, what=what, minutes=switch.minutes)
    if switch.page:
        yield _INDENT + words.sentence("forge", "page", page=Whole(f"{address}/{switch.page}"))
    yield from (f"{_INDENT}- {line}" for line in how)
    for each in own:
        what = words.sentence("forge", each.key, **each.values)
        yield _INDENT + words.sentence("forge", "wrong" if each.is_wrong else "advice", what=what)
        yield from (f"{_INDENT}  {line}" for line in each.lines)
    if not own and not switch.page:
        yield _INDENT + words.sentence("forge", "good")
