"""English about time in the words of the one grammar: `Mon-Fri 9am-5.30pm, closed bank holidays`.

The rule: each word becomes the one that means the same; what has two readings is refused, and what is not known stays as it is,
for the tokeniser to refuse. Every sign knows what was written for it.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import takewhile

from haitang.schedule.language import english_series, english_words
from haitang.schedule.language.english_clock import TwoReadings, text_of
from haitang.schedule.language.english_words import AS_WRITTEN
from haitang.schedule.language.spelling import Language, Spelling, UnreadableTime, problem_code

PATTERNS = (*english_series.PATTERNS, *english_words.PATTERNS)
MADE = {**english_words.MADE, **english_series.MADE}
_PLAIN_SPAN = re.compile(r"(\d{1,2})[:.](\d\d)-(\d{1,2})[:.](\d\d)")
_HAN = re.compile("[\u4e00-\u9fff]")
_DAYS = ("weekday", "weekdays", "every", "holiday", "date", "named")
_SAYING = ("span", "moment", "time", "open", "closed", "off")
_OF_WHEN = ("lunar", "irregular", "needs-start", "hour-unclear")  # problems that texts of activities have too


@dataclass(frozen=True, slots=True)
class _Piece:
    """`text` is what stands for `plain[start:end]`."""

    kind: str
    text: str
    start: int
    end: int


class _Unclear(ValueError):
    def __init__(self, code: str, start: int, end: int) -> None:
        self.code, self.start, self.end = code, start, end
        super().__init__(code)


def translated(spelling: Spelling, language: Language) -> Spelling:
    """The same text without English. Raises UnreadableTime with what may be read in two ways."""
    try:
        pieces = [*_closings(_without_lunch(_without_bridges(list(_pieces(spelling.plain)))))]
    except _Unclear as unclear:
        code = unclear.code if language == "hours" or unclear.code in _OF_WHEN else "bad"
        raise UnreadableTime(spelling.quote(unclear.start, unclear.end), problem_code(code, language)) from None
    plain: list[str] = []
    origins: list[int] = []
    for piece in pieces:
        if not piece.text:
            continue
        as_written = piece.text == spelling.plain[piece.start : piece.end]
        if plain and not (as_written and piece.kind in ("", "dash", "colon")) and not plain[-1].isspace():
            plain.append(" ")
            origins.append(origins[-1])
        plain.extend(piece.text)
        last = piece.end - 1
        places = range(piece.start, piece.end) if as_written else [piece.start, *[last] * (len(piece.text) - 1)]
        origins.extend(spelling.origins[place] for place in places)
    return Spelling(spelling.written, "".join(plain), tuple(origins))


@cache
def _patterns() -> tuple[re.Pattern[str], tuple[re.Pattern[str], ...]]:
    """All in one, to find a piece, and each by itself, to read it."""
    flags = re.IGNORECASE
    each = [pattern if pattern[0] in "-&:[" else rf"(?<![A-Za-z])(?:{pattern})" for _, pattern, _ in PATTERNS]
    whole = "|".join(f"(?P<piece{at}>{pattern})" for at, pattern in enumerate(each))
    return re.compile(whole, flags), tuple(re.compile(pattern, flags) for pattern in each)


def _pieces(text: str) -> Iterator[_Piece]:
    """A text in pieces; those that no pattern knows are of no kind."""
    whole, each = _patterns()
    chinese, at = _HAN.search(text) is not None, 0
    for match in whole.finditer(text):
        if match.start() > at:
            yield _Piece("", text[at : match.start()], at, match.start())
        number = next(
            int(name[5:]) for name, found in match.groupdict().items() if name.startswith("piece") and found is not None
        )
        at = match.end()
        yield _piece(number, each[number].match(text, match.start()), chinese=chinese)
    if at < len(text):
        yield _Piece("", text[at:], at, len(text))


def _piece(number: int, found: re.Match[str] | None, *, chinese: bool) -> _Piece:
    assert found is not None
    (kind, _, said), (start, end) = PATTERNS[number], found.span()
    if kind.startswith("!"):
        raise _Unclear(kind[1:], start, end)
    if kind in MADE and not (chinese and kind in ("span", "moment") and not re.search("[a-z]", found[0], re.IGNORECASE)):
        try:
            made = MADE[kind](found)
        except TwoReadings:
            raise _Unclear("hour-unclear", start, end) from None
        said = AS_WRITTEN if made is None else made
    elif kind in MADE:
        said = AS_WRITTEN
    return _Piece(kind, found[0] if said == AS_WRITTEN else said, start, end)


def _without_bridges(pieces: Sequence[_Piece]) -> list[_Piece]:
    """Without blanks, a dash between days and what is said of them, and `from` before what has an end."""
    kept = [piece for piece in pieces if piece.text.strip(" \t") and piece.kind != "nothing"]
    found: list[_Piece] = []
    for at, piece in enumerate(kept):
        after = [one.kind for one in kept[at + 1 : at + 4]]
        before = found[-1].kind if found else ""
        said = bool(after) and after[0] in ("span", "time", "closed", "off")
        ranged = len(after) > 2 and after[0] in _DAYS and after[1] == "dash" and after[2] in _DAYS
        ends = bool(after) and (after[0] in ("span", "weekdays") or ranged or (after[0] == "date" and "-" in kept[at + 1].text))
        if not (piece.kind == "dash" and before in _DAYS and said) and not (piece.kind == "from" and ends):
            found.append(piece)
    return found


def _without_lunch(pieces: Sequence[_Piece]) -> list[_Piece]:
    """`9am-5pm, closed 1pm-2pm` as `9am-1pm, 2pm-5pm`: closed between hours that stand right before it, or for lunch where the
    text has one span. Of several spans nobody says which one has the break."""
    found = list(pieces)
    at = next((place for place, piece in enumerate(found) if piece.kind == "closed" and _break_at(found, place)), None)
    if at is None:
        return found
    first, last, lunch = _break_at(found, at) or (at, at, found[at])
    spans = [place for place, piece in enumerate(found) if piece.kind in ("span", "time") and not first <= place < last]
    start, end = _minutes(lunch.text)
    whole = [place for place in spans if found[place].kind == "span" and place < at]
    if len(spans) != 1 or not whole:
        raise _Unclear("two-rules" if spans else "no-opening", found[at].start, lunch.end)
    opens, closes = _minutes(found[whole[0]].text)
    if not opens < start < end < closes:
        raise _Unclear("two-rules", found[at].start, lunch.end)
    joints = first
    while joints > whole[0] + 1 and found[joints - 1].kind in ("comma", "and", "sep", "bracket"):
        joints -= 1
    if joints != whole[0] + 1:
        raise _Unclear("rest-unclear", found[at].start, lunch.end)
    day = found[whole[0]]
    before = _Piece("span", f"{text_of(opens)}-{text_of(start)}", day.start, day.end)
    after = _Piece("span", f"{text_of(end)}-{text_of(closes)}", lunch.start, lunch.end)
    return [*found[: whole[0]], before, _Piece("comma", ",", found[at].start, found[at].end), after, *found[last:]]


def _break_at(pieces: Sequence[_Piece], at: int) -> tuple[int, int, _Piece] | None:
    """`closed [for lunch] 1pm-2pm [for lunch]` from `at` on: where it begins and ends, with its brackets, and its span."""
    place = at + 1 + (at + 1 < len(pieces) and pieces[at + 1].kind == "lunch")
    if place >= len(pieces) or pieces[place].kind != "span":
        return None
    end = place + 1 + (place + 1 < len(pieces) and pieces[place + 1].kind == "lunch")
    is_bracketed = at > 0 and end < len(pieces) and pieces[at - 1].text.strip() == "(" and pieces[end].text.strip() == ")"
    return at - is_bracketed, end + is_bracketed, pieces[place]


def _minutes(span: str) -> tuple[int, int]:
    """`09:00-13:30`; of a span past midnight nothing is told."""
    found = _PLAIN_SPAN.fullmatch(span)
    if found is None:
        return 0, 0
    hours = [int(number) for number in found.groups()]
    return hours[0] * 60 + hours[1], hours[2] * 60 + hours[3]


def _closings(pieces: Sequence[_Piece]) -> Iterator[_Piece]:
    """`closed Sundays and bank holidays` as `Su closed；节假日 closed`: what is said of days stands behind them."""
    at = 0
    while at < len(pieces):
        piece, after = pieces[at], pieces[at + 1] if at + 1 < len(pieces) else None
        at += 1
        if piece.kind == "without":
            _refuse_hours_around(pieces, at)
        if not (after and after.kind in _DAYS and (piece.kind == "closed" or _are_dates(pieces, at, piece))):
            yield piece
            continue
        before = pieces[at - 2] if at > 1 else None
        if piece.kind == "closed" and before is not None and before.kind in (*_DAYS, "colon"):
            raise _Unclear("rest-unclear", before.start, after.end)  # Sunday closed Monday
        items, at = _listed(pieces, at, piece)
        for number, item in enumerate(items):
            if number or piece.kind == "without":
                yield _Piece("sep", ";", item[0].start, item[0].start + 1)
            yield from (*item, _Piece("closed", "closed", piece.start, piece.end))


def _refuse_hours_around(pieces: Sequence[_Piece], at: int) -> None:
    """`Mon-Fri 9am-5pm except Wed 6pm-8pm`: of these days, or of that one?"""
    start = max((place + 1 for place in range(at - 1) if pieces[place].kind == "sep"), default=0)
    end = next((place for place in range(at, len(pieces)) if pieces[place].kind in ("sep", "comma")), len(pieces))
    hours = [[piece for piece in part if piece.kind in ("span", "time")] for part in (pieces[start:at], pieces[at:end])]
    if all(hours):
        raise _Unclear("two-rules", pieces[at - 1].start, hours[1][0].end)


def _are_dates(pieces: Sequence[_Piece], at: int, piece: _Piece) -> bool:
    """`except Sundays and Christmas Day`: days of the year are closed; days of the week alone have words of their own."""
    kinds = [one.kind for one in takewhile(lambda one: one.kind in (*_DAYS, "comma", "and", "dash"), pieces[at:])]
    return piece.kind == "without" and bool({"date", "named"}.intersection(kinds))


def _listed(pieces: Sequence[_Piece], at: int, closed: _Piece) -> tuple[list[list[_Piece]], int]:
    """Days, ranges of days and dates in a list, and what stands behind it: not the days that say something of their own."""
    items: list[list[_Piece]] = []
    ends = [at]
    commas: list[bool] = []
    while at < len(pieces) and pieces[at].kind in _DAYS:
        ranged = at + 2 < len(pieces) and pieces[at + 1].kind == "dash" and pieces[at + 2].kind in _DAYS
        items.append(list(pieces[at : at + (3 if ranged else 1)]))
        at += len(items[-1])
        ends.append(at)
        joint = at
        while joint < len(pieces) and pieces[joint].kind in ("comma", "and"):
            joint += 1
        commas.append(joint > at and pieces[at].kind == "comma")
        if joint == at:
            break
        at = joint
    following = pieces[ends[-1]] if ends[-1] < len(pieces) else None
    if following is not None and following.kind in (*_SAYING, "colon"):
        if len(items) < 2 or not commas[-2]:
            raise _Unclear("rest-unclear", closed.start, following.end)
        items.pop()
        ends.pop()
    return items, ends[-1]
