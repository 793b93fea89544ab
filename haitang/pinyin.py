"""Chinese names in Latin letters.

The rule: what is made here is a proposal or a search key, never shown as the name.
"""

import re

from pypinyin import lazy_pinyin

# What nearly every name ends with tells nothing apart.
_TAIL = re.compile(r"(?:新就业群体)?(?:党群|党员)?(?:服务)?(?:中心|驿站|站|点)?$")
LONGEST = 40


def proposed_id(name: str) -> str:
    """An id from a name: 启发广场党群服务点 → `qifa-guangchang`, 市北村 → `shibei-cun`; empty if nothing is left.

    Most words of names have two syllables, so syllables are joined in pairs; Latin words and numbers stand by themselves.
    """
    heart = _TAIL.sub("", name) or name
    words: list[str] = []
    for run in re.findall(r"[\u3400-\u9fff]+|[A-Za-z0-9]+", heart):
        syllables = lazy_pinyin(run) if run[0] >= "\u3400" else [run]
        plain = [re.sub(r"[^a-z0-9]", "", syllable.lower().replace("ü", "v")) for syllable in syllables]
        words += ["".join(plain[start : start + 2]) for start in range(0, len(plain), 2)]
    proposed = "-".join(word for word in words if word)
    return proposed if len(proposed) <= LONGEST else proposed[:LONGEST].rpartition("-")[0]
