"""What people call a town: 陆家 for 陆家镇, 昆山高新区 for 玉山镇（昆山高新区）."""

import re
from collections.abc import Container, Iterator

_KIND = re.compile(r"(.{2,}?)(?:镇|乡|街道|街道办事处|市)")
_ANY_KIND = re.compile(
    r"(?<=..)(?:经济技术开发区|高新技术产业开发区|城市管理办事处|街道办事处|开发区|高新区|办事处|街道|镇|乡|区|县|市)$"
)


def without_kind(name: str) -> str:
    """A name without what says which kind of unit it is: 城东 of 城东区. For ids: people say so of few of them."""
    return _ANY_KIND.sub("", name)


def town_names(name: str, short: str = "") -> Iterator[str]:
    """All the names in a name, the whole one first; each may be that of another town as well."""
    for part in dict.fromkeys((name, short, *re.split(r"\s*[（）()]\s*", name))):
        if part:
            yield part
            if found := _KIND.fullmatch(part):
                yield found[1]


def town_within(text: str, known: Container[str]) -> str:
    """陆家镇 of 江苏省昆山市陆家镇, where both names are known; any other text as it is."""
    found = re.fullmatch(r"(?:江苏省)?(.{2,4})市(.{2,})", text.strip())
    return found[2] if found and found[1] in known and found[2] in known else text
