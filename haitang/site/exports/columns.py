"""Columns of the browser's data as short texts, for what a phone loads before it can search.

The rule: what is packed here is unpacked by frontend/src/data/columns.ts to the same values, and both are held against each
other in the tests. A column is one text with a line a row; no value holds a line end or a tab (`text` refuses them).
"""

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date

DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
_LEAST = 2  # characters that are worth a reference


def texts(values: Iterable[str]) -> str:
    """One value a line."""
    return "\n".join(values)


def below(heads: Sequence[str], values: Iterable[str]) -> str:
    """One id a line; one that begins with its head's and a dash is told from the dash on. No id begins with a dash."""
    return "\n".join(
        value[len(head) :] if value.startswith(f"{head}-") else value for head, value in zip(heads, values, strict=True)
    )


def shared_with(names: Sequence[str], values: Iterable[str]) -> str:
    """One value a line, with what it shares with its row's name as a reference: addresses and other names repeat it.

    A reference is a tab and two digits to the base of 36: where in the name, and how many UTF-16 units.
    """
    lines = []
    for value, name in zip(values, names, strict=True):
        start, at, length = _shared(value, name)
        reference = f"{value[:start]}\t{DIGITS[at]}{DIGITS[length]}{value[start + length :]}"
        lines.append(value if length < _LEAST else reference)
    return "\n".join(lines)


def _shared(value: str, name: str) -> tuple[int, int, int]:
    """The longest stretch both have, below the base's reach: where in the value, where in the name, how long."""
    if not value or not name or max(name) > "\uffff":  # those are counted differently in the browser
        return 0, 0, 0
    found, longest, size = 0, _LEAST - 1, len(name)
    for at in range(min(size - longest, len(DIGITS))):
        while name[at : at + longest + 1] in value and at + longest < size and longest < len(DIGITS) - 1:
            found, longest = at, longest + 1
    return value.find(name[found : found + longest]), found, longest


def patterned(names: Sequence[str], values: Iterable[str]) -> dict[str, str]:
    """Texts that differ by their names and figures, as addresses do: the different patterns, as `shared_with` with a CR where
    figures go; which one a row has; and every row's figures."""
    values = list(values)
    patterns: dict[str, int] = {}
    bare = shared_with(names, (_FIGURE.sub("\r", value) for value in values)).split("\n")
    rows = [patterns.setdefault(pattern, len(patterns)) for pattern in bare] if values else []
    figures = (" ".join(_FIGURE.findall(value)) for value in values)
    return {"patterns": texts(patterns), "row": numbers(rows), "figures": texts(figures)}


_FIGURE = re.compile(r"[0-9]+")


def calls(values: Sequence[str]) -> dict[str, str]:
    """Telephone numbers: the start that saves most; what follows it in each row, with a 1 before it, to the base of 36 and all
    of one width, dashes where there is none and `!` where the row has another; and those others as they are, a line each."""
    starts = Counter(value[:length] for value in values for length in range(1, len(value)))
    start = max(starts, key=lambda start: ((starts[start] - 1) * len(start), start), default="")
    rests = [value[len(start) :] if value.startswith(start) else "" for value in values]
    short = [_shortest(int(f"1{rest}")) if _FIGURE.fullmatch(rest) and len(rest) <= 12 else "" for rest in rests]
    width = max(map(len, short), default=1) or 1
    filled = (
        each.rjust(width, "0") if each else ("!" if value else "-") * width for each, value in zip(short, values, strict=True)
    )
    others = (value for each, value in zip(short, values, strict=True) if value and not each)
    return {"start": start, "digits": "".join(filled), "others": "\n".join(others)}


def fixed(values: Sequence[int | None]) -> dict[str, object]:
    """Numbers from the least on, to the base of 36, all of one width; dashes where there is none."""
    least = min((value for value in values if value is not None), default=0)
    above = [None if value is None else value - least for value in values]
    width = len(_shortest(max((value for value in above if value is not None), default=0)))
    written = "".join("-" * width if value is None else digits(value, width) for value in above)
    return {"from": least, "digits": written}


def sets(values: Iterable[Iterable[int]]) -> str:
    """Sets of numbers, one a line, each in rising order as steps from the one before."""
    rising = map(sorted, values)
    return "\n".join(
        "".join([_NUMBERS.get(b - a) or _number(b - a) for a, b in zip([0, *each], each, strict=False)]) for each in rising
    )


def numbers(values: Iterable[int]) -> str:
    """One number from -1 on a row, without line ends; -1 is `-`."""
    return "".join([_NUMBERS.get(value) or _number(value) for value in values])


def _number(number: int) -> str:
    """One digit to the base of 36, or `y` and two, or `z` and four: most numbers are small."""
    return DIGITS[number] if number < 34 else f"y{digits(number, 2)}" if number < 1296 else f"z{digits(number, 4)}"


def digits(number: int, count: int) -> str:
    """So many digits to the base of 36."""
    return "".join(DIGITS[number // 36**place % 36] for place in reversed(range(count)))


_NUMBERS = {-1: "-", **{number: _number(number) for number in range(1296)}}  # nearly all that are written


def _shortest(number: int) -> str:
    return (_shortest(number // 36) if number >= 36 else "") + DIGITS[number % 36]


def days(values: Sequence[date | None]) -> dict[str, str]:
    """Days since the earliest, as numbers that all have as many digits; dashes where there is none."""
    earliest = min((day for day in values if day), default=None)
    since = [None if day is None or earliest is None else (day - earliest).days for day in values]
    width = len(_shortest(max((number for number in since if number is not None), default=0)))
    written = "".join("-" * width if number is None else digits(number, width) for number in since)
    return {"from": earliest.isoformat() if earliest else "", "digits": written}
