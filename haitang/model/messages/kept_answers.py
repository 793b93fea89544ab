"""Answers that take long to find out, each kept for the next run: how a text is written in another script, how a name is read.

The rule: an answer is believed only by the program that found it; a note that is gone or damaged costs time and nothing else.
"""

from collections.abc import Callable
from contextlib import suppress
from pathlib import Path

from haitang.core.digests import keep_note, unsealed

_MOST_NOTES = 4  # of a kind; some megabytes each, where there are thousands of entries


class Answers(dict[str, str]):
    """What `find` says of each text that was asked about. Nothing is read before the first question."""

    def __init__(self, find: Callable[[str], str]) -> None:
        super().__init__()
        self._find = find
        self._note: tuple[Path, str] | None = None
        self._before: dict[str, str] | None = None
        self._has_new = False

    def __missing__(self, text: str) -> str:
        if self._before is None:
            self._before = self._recalled()
        found = self._before.get(text)
        if found is None:
            found = self._find(text)
            self._has_new = self._has_new or found is not text  # what needs no answer is not worth a line
        self[text] = found
        return found

    def recall(self, note: Path, whose: str) -> None:
        """From now on answers are kept in a note, for who makes them as `whose` says."""
        if self._note != (note, whose):
            self._note, self._before = (note, whose), None

    def _recalled(self) -> dict[str, str]:
        kept = unsealed(self._note[1], self._note[0]) if self._note else None
        return kept if isinstance(kept, dict) else {}

    def keep(self) -> None:
        """Notes what was asked about; that it cannot be written down is no harm."""
        if self._note and self._has_new:
            note, whose = self._note
            with suppress(OSError):
                keep_note(note, whose, {text: found for text, found in self.items() if found is not text}, _MOST_NOTES)
            self._has_new = False
