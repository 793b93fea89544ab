"""What a command may leave that met a fault: the old or the new, one sentence, no litter, a next run like any other."""

import errno
import re
from collections.abc import Iterator

from haitang.model.messages import words
from tests.faults.scenes import CRASHED, Outcome, World
from tests.faults.shim import NONE, Fault

REASONS: dict[str, str] = words("zh-CN").tree["files"]
CHINESE = re.compile("[\u4e00-\u9fff]")


class Judge:
    """Of one scene, which is run without a fault first: `most` are the calls of each kind that it makes."""

    def __init__(self, world: World) -> None:
        self.world = world
        world.begin()
        self.old = world.visible()
        done = world.run()
        self.new, self.litter = world.visible(), world.litter()
        assert done.code == 0 and self.old != self.new and not self.litter, (done, self.litter)
        self.most = done.counts
        again = world.run()
        self.after = {
            False: (0, self.new),
            True: (again.code, self.new),
        }  # what a run without a fault ends with, by whether all is done

    def wrong(self, fault: Fault) -> list[str]:
        """What is not as promised after this fault, and after the next run; nothing where all is well."""
        self.world.begin()
        outcome = self.world.run(fault)
        if not outcome.fired and 0 <= outcome.code < CRASHED:
            return []
        return [f"{self.world.scene.name} {fault} at {outcome.fired}: {text}" for text in self._faults(fault, outcome)]

    def _faults(self, fault: Fault, outcome: Outcome) -> Iterator[str]:
        seen = self.world.visible()
        if any(each not in both for each, *both in zip(seen, self.old, self.new, strict=True)):
            yield "neither old nor new"
        if outcome.code == 0 and seen != self.new:
            yield "says it is done and it is not"
        if outcome.code not in (0, 1, 3):
            yield f"ends with {outcome.code}: {outcome.told[-2000:]}"
        elif outcome.code:
            yield from self._told(fault, outcome)
        if left := self.world.litter():
            yield f"litter: {left}"
        again = self.world.run(NONE)
        ended = again.code, self.world.visible()
        if ended != self.after[seen == self.new]:
            yield f"the next run ends with {again.code}, new is {ended[1] == self.new}: {again.told[-500:]}"
        if left := self.world.litter():
            yield f"litter after the next run: {left}"

    @staticmethod
    def _told(fault: Fault, outcome: Outcome) -> Iterator[str]:
        """Which file, and why, in words."""
        code = errno.errorcode[fault.error]
        if "Traceback" in outcome.told or "Errno" in outcome.told:
            yield f"a traceback: {outcome.told[-2000:]}"
        elif REASONS[code] not in outcome.told and code not in outcome.told:
            yield f"no reason: {outcome.told[-500:]}"
        elif not CHINESE.search(outcome.told.strip().splitlines()[-1]):
            yield f"no sentence: {outcome.told[-500:]}"
