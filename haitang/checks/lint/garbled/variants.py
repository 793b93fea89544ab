"""Characters that are not the ones meant: traditional, variant and look-alike ones, and those of other alphabets and widths.

The rule: a character that stands in GB 2312 is simplified and is left alone, unless our own table names it; whatever else the
conversion tables change is not, except for the few that the general standard table keeps for names.
"""

import re
import unicodedata
from collections.abc import Iterator
from functools import cache
from pathlib import Path

from haitang.checks.lint.garbled.edits import Slip
from haitang.model.messages.traditional import table

# Every Chinese character of GB 2312: rows 16 to 87.
PLAIN = b"".join(bytes((row, cell)) for row in range(0xB0, 0xF8) for cell in range(0xA1, 0xFF)).decode("gb2312", "ignore")
PLAIN_SET = frozenset(PLAIN)
# Beyond GB 2312 and changed by the tables, yet in the general standard table (通用规范汉字表): they stand in names.
_KEPT = frozenset("氾扞昇於陞祕脩釐谿劄迺苧蒐頫旂爇薳頔鮀齮")
_RUN = re.compile("[\u3400-\u9fff]+")
_PARTS = re.compile("[\u2f00-\u2fd5\u2e80-\u2ef3\uf900-\ufaff\U0002f800-\U0002fa1f]")
_WIDE = re.compile("[０-９Ａ-Ｚａ-ｚ]+(?:[－．／＆＋＠＿　]?[０-９Ａ-Ｚａ-ｚ]+)*")
# Letters that look Latin, and what they look like.
_LOOKS = str.maketrans("АВЕЅІЈКМНОРСТУХаеорсухіјѕԁһΑΒΕΖΗΙΚΜΝΟΡΤΥΧο", "ABESIJKMHOPCTYXaeopcyxijsdhABEZHIKMNOPTYXo")
_OTHER = "\u0370-\u03ff\u0400-\u052f"
_WORD = re.compile(f"[A-Za-z{_OTHER}]{{2,}}")


@cache
def lookalikes() -> tuple[dict[str, str], frozenset[str], re.Pattern[str]]:
    """What stands for what, the words in which it is at home, and a pattern for all of them, longest first."""
    meant: dict[str, str] = {}
    home = set[str]()
    for line in Path(__file__).with_name("lookalikes.txt").read_text("utf-8").splitlines():
        if line and not line.startswith("#"):
            wrong, right, *words = line.split()
            meant[wrong] = right
            home.update(words)
    longest_first = sorted((*meant, *home), key=lambda word: (-len(word), word))
    return meant, frozenset(home), re.compile("|".join(longest_first))


def traditional(text: str) -> Iterator[Slip]:
    """Traditional and foreign variant characters. What stands beside one is converted with it, for words go together."""
    for run in _RUN.finditer(text):
        if not PLAIN_SET.issuperset(run[0]):
            simple = _simplified(run[0])
            for stretch in _stretches(run[0], simple):
                yield _slip(run.start() + stretch.start, stretch.stop - stretch.start, text, simple[stretch], "traditional")


def traditional_forms() -> dict[str, str]:
    """All traditional characters beyond GB 2312 that are one of its own in simplified ones, each with it. The search keeps
    them in a table of its own (haitang/site/exports/search/traditional.txt)."""
    asked = [chr(code) for code in range(0x3400, 0xA000) if chr(code) not in PLAIN_SET]
    simple = str(table("t2s").convert("\n".join(asked))).split("\n")  # one by one: words would be changed as words
    return {was: now for was, now in zip(asked, simple, strict=True) if now in PLAIN_SET}


def _simplified(run: str) -> str:
    """The run in simplified characters, as long as before."""
    simple = str(table("t2s").convert(run))
    if len(simple) != len(run):
        simple = "".join(_one(character, ("t2s",)) for character in run)
    return "".join(map(_settled, run, simple))


def _settled(was: str, now: str) -> str:
    """What a character becomes: names keep theirs; what no table of traditional characters has may be another country's."""
    if was in _KEPT or now > "\uffff":
        return was
    if was != now or was in PLAIN_SET:
        return now
    return next((found for tables in _FOREIGN if (found := _one(was, tables)) in PLAIN_SET), was)


_FOREIGN = (("tw2sp",), ("jp2t", "t2s"))


@cache
def _one(character: str, tables: tuple[str, ...]) -> str:
    """A single character through tables, itself where it would become several."""
    now = character
    for name in tables:
        now = str(table(name).convert(now))
    return now if len(now) == 1 else character


def _stretches(run: str, simple: str) -> Iterator[slice]:
    """Where characters change side by side and one of them is not simplified."""
    at = 0
    while at < len(run):
        end = at
        while end < len(run) and run[end] != simple[end]:
            end += 1
        if any(character not in PLAIN_SET for character in run[at:end]):
            yield slice(at, end)
        at = max(end, at + 1)


def variant(text: str) -> Iterator[Slip]:
    """Look-alikes, variants, and parts of characters in place of the whole."""
    for part in _PARTS.finditer(text):
        whole = unicodedata.normalize("NFKC", part[0])
        if len(whole) == 1:
            yield _slip(part.start(), 1, text, whole, "variant")
    meant, home, pattern = lookalikes()
    for match in pattern.finditer(text):
        if match[0] not in home:
            yield _slip(match.start(), len(match[0]), text, meant[match[0]], "variant")


def wide(text: str) -> Iterator[Slip]:
    """Latin letters and digits as wide as Chinese characters."""
    for match in _WIDE.finditer(text):
        yield _slip(match.start(), len(match[0]), text, unicodedata.normalize("NFKC", match[0]), "width")


def mixed(text: str) -> Iterator[Slip]:
    """Letters of other alphabets inside Latin words."""
    for match in _WORD.finditer(text):
        latin = match[0].translate(_LOOKS)
        if latin.isascii() and re.search("[A-Za-z]", match[0]):
            yield _slip(match.start(), len(match[0]), text, latin, "letters")


def _slip(start: int, length: int, text: str, right: str, why: str) -> Slip:
    return Slip(start, start + length, text[start : start + length], right, _CODES[why])


_CODES = {
    "traditional": "garbled-traditional",
    "variant": "garbled-variant",
    "width": "garbled-width",
    "letters": "garbled-letters",
}
