"""Chinese names as they are written in Latin letters for those who read no Chinese: 启发广场 → Qifa Guangchang.

The rule: syllables of a word stand together, words apart, as in the national standard of place names; nothing is translated.
"""

import re
from itertools import groupby

from haitang.core import pinyin

# What stands as a word of its own behind a name: 陆家镇 is Lujia Zhen.
_KINDS = frozenset("镇村路街区市县乡站点巷弄桥园苑港湖河楼馆室座")
_FULL_WIDTH = str.maketrans("（）：，、。；！？【】《》～－／", "():,,.;!?[]“”~-/")
_SPACED = re.compile(r"([,;:!?](?=\w))|(?<=\w)([(“])|([)”])(?=\w)")


def romanised(name: str, by_hand: str | None = None, short_name: str | None = None) -> str:
    """A name in Latin letters, whatever Latin is in it kept; `by_hand` is how an editor says that it, or its short name, is
    read."""
    if not pinyin.han(name):
        return name
    own = pinyin.reading_of(name, short_name, by_hand) if by_hand else None
    said = {**pinyin.read(name), **(own or {})}
    parts = []
    for chinese, run in groupby(enumerate(name), lambda at: pinyin.is_han(at[1])):
        places = [at for at, _ in run]
        text = name[places[0] : places[-1] + 1]
        words = _words(text, [said.get(at, "") for at in places]) if chinese else [text.translate(_FULL_WIDTH)]
        parts.append(" ".join(words))
    return _joined(parts)


def _letters(syllables: str) -> str:
    return syllables.replace("v", "ü")


def _words(text: str, syllables: list[str]) -> list[str]:
    """The words of a run of Chinese characters: those of the dictionary, and what is left between them as one."""
    lengths = pinyin.word_lengths(text)
    merged = list[list[int]]()  # the places of each word
    at = 0
    for length in lengths:
        places = list(range(at, at + length))
        single = length == 1 and not (text[at] in _KINDS and at > 1)
        if single and merged and len(merged[-1]) == 1 and text[merged[-1][0]] not in _KINDS:
            merged[-1] += places
        else:
            merged.append(places)
        at += length
    if len(merged) > 1 and len(merged[-1]) == 1 and text[merged[-1][0]] not in _KINDS:
        last = merged.pop()
        merged[-1] += last
    return [_letters("".join(syllables[place] for place in places)).capitalize() for places in merged]


def _joined(parts: list[str]) -> str:
    """Latin and romanised parts with a blank between, but none inside brackets."""
    text = ""
    for part in parts:
        glued = not text or text[-1] in " (“‘[-/·~" or part[:1] in " ),.;:!?]’”-/·~"
        text += part if glued else f" {part}"
    return re.sub(r" +", " ", _SPACED.sub(_space, text)).strip()


def _space(found: re.Match[str]) -> str:
    return f"{found[1]} " if found[1] else f" {found[2]}" if found[2] else f"{found[3]} "
