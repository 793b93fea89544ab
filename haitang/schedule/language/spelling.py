"""Texts about time in one spelling, and the way back to the editor's own characters.

The rule: a message quotes what was written, never what it was turned into.
"""

import re
import unicodedata
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Literal

_BRACKETS = {"(": ")）", "（": "）)"}
Language = Literal["hours", "when"]

# Of the words of this language only; a whole dictionary would also change names.
_TRADITIONAL = (
    "週禮閉館開關時點節國規營業務雙無間號後內員對學應辦試現場運進預約"
    "報從補兩農曆陰臘陽慶勞動準際門僅暫單個餘為舉廳續斷處據請話達換眾"
)
_SIMPLIFIED = (
    "周礼闭馆开关时点节国规营业务双无间号后内员对学应办试现场运进预约"
    "报从补两农历阴腊阳庆劳动准际门仅暂单个余为举厅续断处据请话达换众"
)
_VARIANTS = str.maketrans(
    dict(zip(_TRADITIONAL, _SIMPLIFIED, strict=True))
    | dict.fromkeys("∶︰﹕꞉", ":")
    | dict.fromkeys("–—―−‐‑‒━─→〜∼~﹣－", "-")
    | dict.fromkeys("•‧∙・", "·")
    | dict.fromkeys("×✕", "x")
)


class UnreadableTime(ValueError):
    """The text is no certain time. `part` is the piece, as it was written, `code` the problem it is told as; `hint` fills
    another blank of its sentence."""

    def __init__(self, part: str, code: str, hint: str = "") -> None:
        plain = part.strip(" \t\u3000,，、-—–；;:：")
        self.part, self.code, self.hint = plain or part.strip(), code, hint
        super().__init__(part)


@dataclass(frozen=True, slots=True)
class Spelling:
    """`plain`: half-width, simplified, one sign for each meaning. `origins`: the place in `written` of each of its signs."""

    written: str
    plain: str
    origins: tuple[int, ...]

    def quote(self, start: int, end: int) -> str:
        """What was written where `plain[start:end]` stands."""
        if start >= end:
            return ""
        first, last = min(self.origins[start:end]), max(self.origins[start:end]) + 1
        # What ends within brackets is quoted with the one that closes them.
        closing = _BRACKETS.get(next((sign for sign in reversed(self.written[first:last]) if sign in "（(）)"), ""))
        return self.written[first : last + bool(closing and self.written[last : last + 1] in closing)]


def spell(written: str) -> Spelling:
    """Character by character, so that each has an origin."""
    plain: list[str] = []
    origins: list[int] = []
    for at, character in enumerate(written):
        for sign in unicodedata.normalize("NFKC", character.translate(_VARIANTS)).translate(_VARIANTS):
            plain.append(sign)
            origins.append(at)
    return Spelling(written, "".join(plain), tuple(origins))


_LATIN, _HAN = re.compile("[A-Za-z]"), re.compile("[\u3400-\u9fff]")


def on_one_line(rules: Iterable[str]) -> str:
    """Rules parted by the sign of the script they are written in."""
    rules = list(rules)
    whole = "".join(rules)
    return ("; " if _LATIN.search(whole) and not _HAN.search(whole) else "；").join(rules)


def problem_code(code: str, language: Language) -> str:
    """`bad-time` → `bad-hours-time`, `hour-unclear` → `hours-hour-unclear`; seasons are of one language anyway."""
    if "season" in code:
        return code
    if language == "hours" and code in ("nth-week", "needs-start"):
        code = "monthly"  # hours are of a week
    name, _, rest = code.partition("-")
    return f"bad-{language}{'-' if rest else ''}{rest}" if name == "bad" else f"{language}-{code}"
