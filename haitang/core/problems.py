"""What is wrong with the data, as values: collected everywhere, put into words and printed in one place (cli).

The rule: nothing here prints, formats or knows a language; a problem names a code, and `templates/words` holds the sentence.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Literal

Value = str | int | float | tuple[str, ...]
# An error keeps the site from being built; a warning is very likely a mistake; a hint is worth a second look.
Level = Literal["error", "warning", "hint"]
LEVELS: tuple[Level, ...] = ("error", "warning", "hint")
# The codes that are not errors.
WARNINGS = frozenset(
    (
        "address-elsewhere",
        "crs-doubtful",
        "far-from-town",
        "garbled-bracket",
        "garbled-doubled",
        "garbled-encoding",
        "garbled-half",
        "garbled-inserted",
        "garbled-letters",
        "garbled-lost",
        "garbled-markup",
        "garbled-punctuation",
        "garbled-spaced",
        "garbled-traditional",
        "garbled-variant",
        "garbled-width",
        "likely-twice",
        "link-dead",
        "link-inside",
        "link-lookalike",
        "link-personal",
        "link-private",
        "link-program",
        "link-search",
        "link-shortened",
        "near-twice",
        "phone-digits",
        "phone-elsewhere",
        "phone-placeholder",
        "photo-unused-tells",
        "point-of-town",
    )
)
HINTS = frozenset(
    (
        "alt-idle",
        "alt-repeats",
        "alt-short",
        "contact-in-text",
        "hours-before-dawn",
        "hours-long-break",
        "hours-no-weekday",
        "hours-odd-minute",
        "hours-past-midnight",
        "hours-very-long",
        "link-certificate",
        "link-later",
        "link-not-secure",
        "link-redirects",
        "link-refused",
        "link-server",
        "link-timeout",
        "link-traced",
        "link-unreachable",
        "link-unresolved",
        "maybe-twice",
        "name-long",
        "phone-public",
        "phone-shared",
        "photo-filmed",
        "photo-maker-notes",
        "photo-other-kind",
        "photo-small",
        "photo-twice",
        "photo-unused",
        "point-coarse",
        "point-copied",
    )
)
# The codes whose values say safely what to write, `guess`, in place of what stands on the line, `wrong`.
CURABLE = frozenset(
    (
        "bad-id",
        "garbled-doubled",
        "garbled-encoding",
        "garbled-letters",
        "garbled-markup",
        "garbled-punctuation",
        "garbled-spaced",
        "garbled-traditional",
        "garbled-variant",
        "garbled-width",
        "link-not-secure",
        "link-traced",
    )
)
# Those of a picture (`value` is its name in photos/) that are cured by `photo_metadata.without_hidden_data`.
BARED = frozenset(
    (
        "photo-filmed",
        "photo-maker-notes",
        "photo-tells-person",
        "photo-tells-place",
        "photo-tells-serial",
        "photo-unused-tells",
    )
)


@dataclass(frozen=True, slots=True)
class Place:
    """A spot in a file: path relative to the data root with `/`, line and column counted from 1, column in characters."""

    file: str
    line: int = 1
    column: int = 1


@dataclass(frozen=True, slots=True)
class Problem:
    """One thing an editor must mend.

    `code` is the key of the sentence in `templates/words/*.yml` under `problems`; `values` fill its blanks. Values come
    from strangers: whoever shows them cleans them first (`words.Words.sentence`). `eased` is a lower level than its code has
    by itself, for what was there before a change.
    """

    place: Place
    code: str
    values: Mapping[str, Value] = field(default_factory=dict)
    eased: Level | None = None

    @property
    def level(self) -> Level:
        return self.eased or ("warning" if self.code in WARNINGS else "hint" if self.code in HINTS else "error")

    def __hash__(self) -> int:
        return hash((self.place, self.code))


class InvalidDirectory(Exception):
    """The data is not sound; holds every problem of every file at once, sorted."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = ordered(problems)
        super().__init__(f"{len(self.problems)} problems")


def ordered(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    """Without repeats, by file, line, column, code: the order an editor works through them."""
    unique = {(p.place.file, p.place.line, p.place.column, p.code, repr(sorted(p.values.items()))): p for p in problems}
    return tuple(unique[key] for key in sorted(unique))
