"""The long run: `python -m tests.fuzz --count 5000000 --keep out/fuzz.json`.

Input number n of a seed is always the same, so a run that was stopped goes on where it was (`--keep`), and several may share
the work by their seeds. An exception, an answer that is none, or one over a second of this process's own time is told with kind
and seed; `--only KIND:SEED` tries that one again.
"""

import argparse
import json
import resource
import signal
import sys
import time
import traceback
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType
from typing import Any

from tests.fuzz.kinds import KINDS, SHARES

SLOWEST = 1.0  # seconds of this process's own time
GIVEN_UP = 30.0  # the same: an input that has taken so long hangs
TOLD = 100  # complaints that are kept
_SAVED = 60.0  # seconds of the clock
_BILLION = 10**9


class Hangs(BaseException):
    """No reader may catch it as a fault of its input."""


@dataclass
class Tally:
    """How far a run has come, and what it found."""

    seed: int = 0
    done: int = 0
    cpu_s: float = 0.0
    peak_mb: float = 0.0
    slowest_s: float = 0.0
    kinds: Counter[str] = field(default_factory=Counter)
    exceptions: int = 0
    slow: int = 0
    wrong: int = 0
    complaints: list[str] = field(default_factory=list)

    def line(self) -> str:
        of_kinds = ", ".join(f"{kind} {count}" for kind, count in sorted(self.kinds.items()))
        return (
            f"{self.done} inputs ({of_kinds}), {self.done / (self.cpu_s or 1):.0f} a CPU second, {self.exceptions} exceptions, "
            f"{self.slow} over {SLOWEST:.0f} s (slowest {self.slowest_s:.2f} s), {self.wrong} wrong answers, "
            f"peak {self.peak_mb:.0f} MB"
        )

    def take(self, kind: str, seed: int, ask: Callable[[int], str]) -> None:
        """Asks one input."""
        start = time.process_time()
        said = ""
        signal.setitimer(signal.ITIMER_VIRTUAL, GIVEN_UP)
        try:
            if said := ask(seed):
                self.wrong += 1
        except Hangs:
            said = "hangs"
        except Exception:
            self.exceptions += 1
            said = traceback.format_exc(limit=-4)
        finally:
            signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        took = time.process_time() - start
        self.slowest_s = max(self.slowest_s, took)
        if took > SLOWEST:
            self.slow += 1
            said = f"{said} took {took:.1f} s".strip()
        if said and len(self.complaints) < TOLD:
            self.complaints.append(f"{kind}:{seed}: {said}")
        self.kinds[kind] += 1
        self.done += 1
        self.cpu_s += took


def turns() -> tuple[str, ...]:
    """The kinds of a hundred inputs, evenly mixed."""
    places = [((at + 0.5) / share, kind) for kind, share in SHARES.items() for at in range(share)]
    return tuple(kind for _, kind in sorted(places))


def run(tally: Tally, count: int, until: float = float("inf"), keep: Path | None = None) -> Tally:
    """Goes on to `count` inputs, or to a moment of `time.time`."""
    signal.signal(signal.SIGVTALRM, _hangs)
    kinds, saved = turns(), time.time()
    while tally.done < count and time.time() < until:
        kind = kinds[tally.done % len(kinds)]
        tally.take(kind, tally.seed * _BILLION + tally.done, KINDS[kind])
        if time.time() - saved > _SAVED or tally.done == count:
            saved = time.time()
            _save(tally, keep)
            print(tally.line(), flush=True)
    _save(tally, keep)
    return tally


def _hangs(_: int, __: FrameType | None) -> None:
    raise Hangs


def _save(tally: Tally, keep: Path | None) -> None:
    tally.peak_mb = max(tally.peak_mb, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * 1024 / 1e6)
    if keep:
        keep.parent.mkdir(parents=True, exist_ok=True)
        other = keep.with_suffix(".new")
        other.write_text(json.dumps(vars(tally), ensure_ascii=False, indent=1), "utf-8")
        other.replace(keep)


def kept(keep: Path | None, seed: int) -> Tally:
    """The run that was begun, or a new one."""
    if keep is None or not keep.is_file():
        return Tally(seed)
    told: Mapping[str, Any] = json.loads(keep.read_text("utf-8"))
    return Tally(**{**told, "kinds": Counter(told["kinds"])})


def main(argv: Sequence[str]) -> int:
    """0 all answered well, 1 not all."""
    parser = argparse.ArgumentParser(prog="python -m tests.fuzz", description=__doc__)
    parser.add_argument("--count", type=int, default=5_000_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--keep", type=Path, help="where the run is kept, to go on another time")
    parser.add_argument("--minutes", type=float, default=float("inf"))
    parser.add_argument("--only", help="KIND:SEED")
    options = parser.parse_args(argv)
    if options.only:
        kind, _, seed = options.only.partition(":")
        print(KINDS[kind](int(seed)) or "well")
        return 0
    tally = run(kept(options.keep, options.seed), options.count, time.time() + options.minutes * 60, options.keep)
    print(tally.line())
    print(*tally.complaints, sep="\n")
    return 1 if tally.complaints else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
