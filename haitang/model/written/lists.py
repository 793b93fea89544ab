"""Several things in one text: `便民服务、志愿服务`, `1. 便民服务 2. 志愿服务`."""

import re

_ENDS = "、，,；;\n"
_OPENING, _CLOSING = "（([【《“‘「『", "）)]】》”’」』"
_SENTENCE = re.compile("[。！？!?：:]")
# What stands before an item of a numbered list.
NUMBERED = re.compile(
    r"(?:[(（]?(\d{1,2})(?:[.．、)）]|\s(?=[^\d\s]))(?!\d)|[①②③④⑤⑥⑦⑧⑨⑩]|[(（][一二三四五六七八九十]{1,3}[)）]|[一二三四五六七八九十]{1,3}、)\s*"
)
_NUMBER_WITHIN = re.compile(r"(?:^|[\s、，,；;]+|(?<=[^\d.．]))(\d{1,2})[.．、)）]\s*(?!\d)", re.ASCII)


def items(text: str) -> tuple[str, ...] | None:
    """The things that a text names, one at least; None for a sentence. What stands in brackets or quotes is never parted."""
    text = text.strip()
    numbers = [found[1] for found in _NUMBER_WITHIN.finditer(text)]
    if len(numbers) > 1 and numbers == [str(at) for at in range(1, len(numbers) + 1)] and _NUMBER_WITHIN.match(text):
        parts = _NUMBER_WITHIN.split(text)[2::2]
    else:
        parts = list(_parts(text))
    named = tuple(bare for part in parts if (bare := NUMBERED.sub("", part.strip(f"{_ENDS} \t\u3000·•-"), count=1).strip()))
    return None if not named or any(_SENTENCE.search(part) for part in named) else named


def _parts(text: str) -> list[str]:
    parts, depth = [""], 0
    for sign in text:
        depth += (sign in _OPENING) - (sign in _CLOSING)
        if depth <= 0 and sign in _ENDS:
            parts.append("")
        else:
            parts[-1] += sign
    return parts if depth == 0 else [text]
