"""What people call a town: 陆家 for 陆家镇, 昆山高新区 for 玉山镇（昆山高新区）."""

import re
from collections.abc import Iterator

_KIND = re.compile(r"(.{2,}?)(?:镇|乡|街道|街道办事处|市)")


def town_names(name: str, short: str = "") -> Iterator[str]:
    """All the names in a name, the whole one first; each may be that of another town as well."""
    for part in dict.fromkeys((name, short, *re.split(r"\s*[（）()]\s*", name))):
        if part:
            yield part
            if found := _KIND.fullmatch(part):
                yield found[1]
