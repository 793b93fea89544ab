"""What people call a town: 陆家 for 陆家镇, 昆山高新区 for 玉山镇（昆山高新区）."""

import re
from collections.abc import Container, Iterator

from haitang.model.divisions import unit_called

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
    found = re.fullmatch(r"(.{2,12}?(?:省|自治区|市))??(.{2,4})市(.{2,})", text.strip())
    if not found or found[2] not in known or found[3] not in known:
        return text
    city = unit_called(found[2])
    above = city.chain[:-1] if city else ()
    return found[3] if not found[1] or city is None or found[1] in (*above, "".join(above)) else text
