"""Chinese names in Latin letters.

The rule: what is made here is a proposal or a search key, never shown as the name.
"""

import re

from pypinyin import lazy_pinyin

# What nearly every name ends with tells nothing apart.
_TAIL = re.compile(r"(?:新就业群体)?(?:党群|党员)?(?:服务)?(?:中心|驿站|站|点)?$")
LONGEST = 40


def proposed_id(name: str) -> str:
    """An id from a name: 启发广场党群服务点 → `qi-fa-guang-chang`; empty if nothing is left."""
    heart = _TAIL.sub("", name) or name
    syllables = lazy_pinyin(heart, errors=lambda text: " ".join(re.findall(r"[A-Za-z0-9]+", text)))
    proposed = "-".join(re.findall(r"[a-z0-9]+", " ".join(syllables).lower().replace("ü", "v")))
    return proposed if len(proposed) <= LONGEST else proposed[:LONGEST].rpartition("-")[0]
