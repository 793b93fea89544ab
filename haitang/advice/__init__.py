"""What is very likely a mistake, or worth a second look, though the site can be built with it.

The rule: as in `checks`, a function from World to Findings each, and ADVICE is the whole list; their codes stand in
`problems.WARNINGS` or `problems.HINTS`. Only those who advise editors ask (`directory.load` with `advised`): a build does not
wait for it.
"""

from collections.abc import Iterator

from haitang.advice.garbled import garbled
from haitang.checks import Check
from haitang.world import Finding, World

ADVICE: tuple[Check, ...] = (garbled,)


def remarks(world: World) -> Iterator[Finding]:
    """What all advice has to say."""
    for advice in ADVICE:
        yield from advice(world)
