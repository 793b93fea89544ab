"""What is told of entries one by one, as they are read: asked of who judges, or known from before.

The rule: whose answer is still good is the cache's to say, and what the rules are is `checks`' business.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from haitang.data.dataset import Dataset, Filed, Finding
from haitang.data.parse_cache import ParseCache, Terms, Verdict
from haitang.model.paths import SETTINGS_FILE
from haitang.model.settings import Settings

Judge = Callable[[Dataset, Terms], Mapping[str, Verdict]]


@dataclass
class Judging:
    """What is told of entries by themselves, as they are read: by the `judge`, or as it was told before under the same terms.
    Without terms (no directory.yml can be read) nothing is."""

    cache: ParseCache
    judge: Judge
    terms: Terms | None
    nothing: Dataset | None
    told: list[Finding] = field(default_factory=list)

    def is_open(self, file: str) -> bool:
        """Whether an entry is still to be judged."""
        if self.terms is None or self.nothing is None or not self.nothing.wants(file):
            return True
        if verdict := self.cache.judged(file, self.terms):
            self.told += verdict.told(self.terms)
        return verdict is None

    def begin(self) -> None:
        """Has directory.yml judged."""
        if self.nothing and self.is_open(SETTINGS_FILE):
            self._judge(self.nothing)

    def settle(self, entries: Sequence[Filed[Any]]) -> None:
        """Has entries judged, thousands not at once: what they hold is let go of when that is done."""
        if self.nothing and (wanted := [entry for entry in entries if self.nothing.wants(entry.file)]):
            self._judge(self.nothing.holding(wanted))
        self.cache.settle()

    def _judge(self, dataset: Dataset) -> None:
        if self.terms:
            for file, verdict in self.judge(dataset, self.terms).items():
                self.cache.judge(file, verdict)
                self.told += verdict.told(self.terms)


def begun(
    cache: ParseCache, settings: Settings | None, today: date, asked: frozenset[str] | None, judging: tuple[Judge, bool] | None
) -> Judging:
    """With directory.yml judged; without a judge, and with whether advice is wanted, nothing will be."""
    if settings is None or judging is None:
        return Judging(cache, lambda *_: {}, None, None)
    judge, advised = judging
    terms = Terms(cache.digests[SETTINGS_FILE], today, advised)
    found = Judging(cache, judge, terms, Dataset(settings, (), (), frozenset(), today, asked=asked))
    found.begin()
    return found
