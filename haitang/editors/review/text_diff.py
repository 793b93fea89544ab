"""What differs in a text: word by word, with a little around it.

The rule: a text of strangers costs no more than a bounded time; where two texts have little in common, the whole is told.
"""

import re
from collections.abc import Iterator
from difflib import SequenceMatcher

from haitang.editors.review.report import Piece

AROUND = 8  # words kept before and after what differs
LONGEST = 200  # characters of a piece
MOST = 24  # pieces
_LARGEST = 250_000  # pairs of words that are compared
# A Chinese character is a word; letters and digits that belong together are one.
_WORD = re.compile(r"[0-9A-Za-z]+|\s+|.", re.DOTALL)


def pieces(old: str, new: str) -> tuple[Piece, ...]:
    """The difference of two texts, the unchanged cut short."""
    before, after = _WORD.findall(old), _WORD.findall(new)
    head = _common(before, after)
    tail = _common(before[head:][::-1], after[head:][::-1])
    middle = list(_differing(before[head : len(before) - tail], after[head : len(after) - tail]))
    ends = [Piece("", "".join(before[:head]))], [Piece("", "".join(before[len(before) - tail :]))]
    whole = _joined([*ends[0], *middle, *(ends[1] if tail else [])])
    shown = tuple(_cut(piece, first=at == 0, last=at == len(whole) - 1) for at, piece in enumerate(whole))
    return shown if len(shown) <= MOST else (*shown[: MOST - 1], Piece("", "…"))


def _common(one: list[str], other: list[str]) -> int:
    """How many words they begin with alike."""
    return next((at for at, (a, b) in enumerate(zip(one, other, strict=False)) if a != b), min(len(one), len(other)))


def _differing(before: list[str], after: list[str]) -> Iterator[Piece]:
    if len(before) * len(after) > _LARGEST:
        yield Piece("-", "".join(before))
        yield Piece("+", "".join(after))
        return
    for what, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        if what == "equal":
            yield Piece("", "".join(before[a:b]))
            continue
        yield Piece("-", "".join(before[a:b]))
        yield Piece("+", "".join(after[c:d]))


def _joined(parts: list[Piece]) -> list[Piece]:
    """Without empty pieces; a single word that stayed between two changes is told as changed with them."""
    joined: list[Piece] = []
    gone = come = ""
    for piece in [*(part for part in parts if part.text), Piece("", "")]:
        is_between = not piece.sign and (gone or come) and len(piece.text) == 1 and piece is not parts[-1]
        if piece.sign or is_between:
            gone += "" if piece.sign == "+" else piece.text
            come += "" if piece.sign == "-" else piece.text
        else:
            joined += [part for part in (Piece("-", gone), Piece("+", come), piece) if part.text]
            gone = come = ""
    return joined


def _cut(piece: Piece, *, first: bool, last: bool) -> Piece:
    text = piece.text
    if piece.sign:
        return Piece(piece.sign, shortened(text, LONGEST))
    if len(text) <= (AROUND if first or last else 2 * AROUND):
        return piece
    before, after = "" if first else text[:AROUND], "" if last and not first else text[-AROUND:]
    return Piece("", f"{before}…{after}")


def shortened(text: str, longest: int) -> str:
    """With a `…` for what is too much."""
    return text if len(text) <= longest else text[: longest - 1] + "…"
