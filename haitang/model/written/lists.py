"""Several things in one text: `便民服务、志愿服务`, `1. 便民服务 2. 志愿服务`."""

import re
from collections.abc import Container

_ENDS = "、，,；;\n"
_OPENING, _CLOSING = "（([【《“‘「『", "）)]】》”’」』"
_SENTENCE = re.compile("[。！？!?：:]")
_HAN = "一二三四五六七八九十"
_RINGS = "①②③④⑤⑥⑦⑧⑨⑩"
# What stands before an item of a numbered list.
NUMBERED = re.compile(
    rf"(?:[(（]?\d{{1,2}}[.．、)）](?!\d)|[{_RINGS}]|[(（][{_HAN}]{{1,3}}[)）]|第?[{_HAN}]{{1,3}}、(?![第{_HAN}]))\s*"
)
# 1 便民服务 in the first line, 2 in the next; no 24 小时书屋, no 1 号点.
_COUNTING = re.compile(r"(\d{1,2})\s+(?=[^\W\d])(?![号楼栋幢层室间个处位名人次小时分秒天周月日年元米里组队区期路村])")
_NUMBER = re.compile(
    rf"(?:^|[\s、，,；;]+|(?<=[^\d.．(（]))(?:[(（]?(\d{{1,2}})[.．、)）]|[(（第]?([{_HAN}])[)）、](?![第{_HAN}])|([{_RINGS}]))\s*(?!\d)",
    re.ASCII,
)
_LONGEST = 1000  # of a text: what is longer is no list
_LOOSE = re.compile(r"(?:[\s、，,；;/和及与|｜·+＋&＆【】《》“”]|(?<=\s)-(?=\s))+")
_QUOTED = re.compile('[“「『"][^“”「」『』"]+[”」』"]')


def items(text: str) -> tuple[str, ...] | None:
    """The things that a text names, one at least; None for a sentence. What stands in brackets or quotes is never parted."""
    text = re.sub(r"[^\S\n]+", " ", text[: _LONGEST + 1]).strip().rstrip("。.")
    if len(text) > _LONGEST:
        return None
    found = list(_NUMBER.finditer(text))
    if len(found) > 1 and found[0].start() == 0 and [_counted(each) for each in found] == [*range(1, len(found) + 1)]:
        ends = [*(each.start() for each in found[1:]), len(text)]
        parts = [text[each.end() : end] for each, end in zip(found, ends, strict=True)]
    else:
        parts = [part for line in _uncounted(text.split("\n")) for part in _parts(NUMBERED.sub("", line, count=1))]
    named = tuple(bare for part in parts if (bare := part.strip(f"{_ENDS} \t\u3000·•*+-").strip()))
    if named and all(_QUOTED.fullmatch(part) for part in named):
        named = tuple(part[1:-1].strip() for part in named)
    return None if not named or any(_SENTENCE.search(part) for part in named) else named


def known_items(text: str, known: Container[str]) -> tuple[str, ...] | None:
    """The words of a list one knows that a text is made of, however they are parted; None where it holds anything else."""
    for parts in (items(text) or (), tuple(filter(None, _LOOSE.split(text.strip())))):
        if len(parts) > 1 and all(part in known for part in parts):
            return parts
    return None


def _uncounted(lines: list[str]) -> list[str]:
    """The lines without the numbers that count them."""
    lines = [line.strip() for line in lines]
    found = [_COUNTING.match(line) for line in lines]
    if len(lines) > 1 and [found and int(found[1]) for found in found] == [*range(1, len(lines) + 1)]:
        return [_COUNTING.sub("", line, count=1) for line in lines]
    return lines


def _counted(found: re.Match[str]) -> int:
    return int(found[1] or 0) or (_HAN.index(found[2]) if found[2] else _RINGS.index(found[3])) + 1


def _parts(text: str) -> list[str]:
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth <= 0 and sign in _ENDS:
            parts.append("")
        else:
            parts[-1] += sign
    return parts if depth == 0 else [text]
