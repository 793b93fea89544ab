"""Chinese names as they are written in Latin letters for those who read no Chinese: 启发广场 → Qifa Guangchang.

The rule: syllables of a word stand together, words apart, as in the national standard of place names; nothing is translated.
"""

import re
from functools import lru_cache
from itertools import groupby

from haitang.core import pinyin
from haitang.model.messages.kept_answers import Answers

# What stands as a word of its own behind a name: 陆家镇 is Lujia Zhen.
_KINDS = frozenset("镇村路街区市县乡站点巷弄桥园苑港湖河楼馆室座")
# Words of names that the dictionary of readings does not have, or takes apart.
_WORDS = frozenset(
    "党群 党建 党员 党委 公园 花园 家园 校园 乐园 驿站 城市 城区 新区 高新区 开发区 度假区 园区 街区 街道 社区 小区 "
    "村委会 居委会 办事处 中心 服务 图书馆 文化馆 活动室 广场 大厦 大楼 集团 公司 以外 阵地 书房 书屋 食堂 学校 品牌".split()
)
_LONGEST = 4  # characters of a word: longer entries of the dictionary are sayings
_FULL_WIDTH = str.maketrans("（）：，、。；！？【】《》～－／", "():,,.;!?[]“”~-/")
_WIDE = re.compile("[（），：；]")
_SPACED = re.compile(r"([,;:!?](?=\w))|(?<=\w)([(“])|([)”])(?=\w)")


@lru_cache(16384)  # names of communities stand in many entries
def romanised(name: str, by_hand: str | None = None, short_name: str | None = None) -> str:
    """A name in Latin letters, whatever Latin is in it kept; `by_hand` is how an editor says that it, or its short name, is
    read."""
    if not pinyin.han(name):
        return name
    return answers["\0".join((name, by_hand or "", short_name or ""))]


def _found(asked: str) -> str:
    name, by_hand, short_name = asked.split("\0")
    own = pinyin.reading_of(name, short_name, by_hand) if by_hand else None
    said = {**pinyin.read(name), **(own or {})}
    parts = []
    for chinese, run in groupby(enumerate(name), lambda at: pinyin.is_han(at[1])):
        places = [at for at, _ in run]
        text = name[places[0] : places[-1] + 1]
        words = _words(text, [said.get(at, "") for at in places]) if chinese else [text.translate(_FULL_WIDTH)]
        parts.append(" ".join(words))
    return _joined(parts)


answers = Answers(_found)


@lru_cache(4096)
def in_letters(text: str) -> str:
    """A text that is all in letters with the marks of such; any other as it is."""
    return text if text.isascii() or not _WIDE.search(text) or pinyin.han(text) else _joined([text.translate(_FULL_WIDTH)])


def _letters(syllables: str) -> str:
    return syllables.replace("v", "ü")


def _words(text: str, syllables: list[str]) -> list[str]:
    """The words of a run of Chinese characters: those of the dictionary, and what is left between them as one."""
    found = min((_forwards(text), _backwards(text)), key=_cost)
    merged, at = list[list[int]](), 0  # the places of each word
    for word in found:
        places = list(range(at, at + len(word)))
        alone = bool(merged) and len(merged[-1]) == 1 and not _is_kind(text, merged[-1])
        if len(word) == 1 and alone and not (word in _KINDS and at > 1):
            merged[-1] += places
        else:
            merged.append(places)
        at += len(word)
    if len(merged) > 1 and len(merged[-1]) == 1 and not _is_kind(text, merged[-1]) and not _is_kind(text, merged[-2]):
        last = merged.pop()
        merged[-1] += last
    return [_letters("".join(syllables[place] for place in places)).capitalize() for places in merged]


def _is_kind(text: str, places: list[int]) -> bool:
    return len(places) == 1 and text[places[0]] in _KINDS


def _cost(words: list[str]) -> tuple[int, int]:
    """The fewer words the better, and the fewer characters that are left over."""
    return len(words), sum(1 for word in words if len(word) == 1 and word not in _KINDS)


def _is_word(text: str) -> bool:
    return text in _WORDS or (len(text) > 1 and pinyin.is_word(text))


def _forwards(text: str) -> list[str]:
    words, start = list[str](), 0
    while start < len(text):
        ends = range(min(len(text), start + _LONGEST), start + 1, -1)
        end = next((end for end in ends if _is_word(text[start:end])), start + 1)
        words.append(text[start:end])
        start = end
    return words


def _backwards(text: str) -> list[str]:
    words, end = list[str](), len(text)
    while end:
        starts = range(max(end - _LONGEST, 0), end - 1)
        start = next((start for start in starts if _is_word(text[start:end])), end - 1)
        words.insert(0, text[start:end])
        end = start
    return words


def _joined(parts: list[str]) -> str:
    """Latin and romanised parts with a blank between, but none inside brackets."""
    text = ""
    for part in parts:
        glued = not text or text[-1] in " (“‘[-/·~" or part[:1] in " ),.;:!?]’”-/·~"
        text += part if glued else f" {part}"
    return re.sub(r" +", " ", _SPACED.sub(_space, text)).strip()


def _space(found: re.Match[str]) -> str:
    return f"{found[1]} " if found[1] else f" {found[2]}" if found[2] else f"{found[3]} "
