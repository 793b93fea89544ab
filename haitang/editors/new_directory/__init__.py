"""A directory that begins: the files a folder needs to be checked, built and edited, from a title and the names of towns.

The rule: nothing of another directory stands in them. What they say is in `templates/init`, where each choice is explained.
"""

import string
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from haitang.core import pinyin
from haitang.editors.new_ids import new_id
from haitang.model.normalize import scalar
from haitang.model.paths import SETTINGS_FILE, entry_file
from haitang.model.types import RESERVED_IDS
from haitang.model.written.places import without_kind

_TEMPLATES = Path(__file__).resolve().parents[3] / "templates"


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of a directory before it has a file. With a list its entries come from there, and none is made up."""

    title: str
    description: str
    area: str
    towns: tuple[str, ...]
    day: date
    has_list: bool = False


def files_of(beginning: Beginning) -> Mapping[str, str]:
    """The files of the directory, by their path below its folder."""
    ids = dict(_ids((beginning.area, *beginning.towns)))
    towns = [f"      - id: {ids[name]}\n        name: {scalar(name)}\n" for name in beginning.towns]
    values = {
        "title": scalar(beginning.title),
        "description": scalar(beginning.description),
        "area": scalar(beginning.area),
        "area_id": ids[beginning.area],
        "towns": "".join(towns),
        "updated": beginning.day.isoformat(),
    }
    example = {"id": (own := new_id("position", "示例服务站", set())), "town": (town := ids[beginning.towns[0]])}
    return {
        SETTINGS_FILE: _filled("init/directory.yml", values),
        "README.md": _filled("init/README.md", {"title": beginning.title}),
        "site_src/about.md": (_TEMPLATES / "site_src" / "about.md").read_text("utf-8"),
        "words/site.zh-CN.yml": (_TEMPLATES / "init" / "site.zh-CN.yml").read_text("utf-8"),
        **({} if beginning.has_list else {entry_file("position", own, town): _filled("init/example.yml", example)}),
    }


def towns_among(written: Iterable[str]) -> tuple[str, ...]:
    """The towns that cells name, each once and by its longest name: 陆家 and 陆家镇 are one."""
    names = {name for text in written if 1 < len(name := "".join(text.split())) <= 40}
    longer = {shorter: name for name in names if (shorter := without_kind(name)) != name and shorter in names}
    return tuple(sorted(names - longer.keys(), key=lambda name: (pinyin.slug(name), name)))


def _ids(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """An id for each name: 陆家镇 is `lujia`. Of two that would be called alike, the second is numbered."""
    taken = set[str](RESERVED_IDS)
    for name in names:
        plain = pinyin.slug(without_kind(name)).replace("-", "") or "x"
        own = next(
            each for number in range(1, len(taken) + 2) if (each := plain if number == 1 else f"{plain}-{number}") not in taken
        )
        taken.add(own)
        yield name, own


def _filled(name: str, values: Mapping[str, str]) -> str:
    return string.Template((_TEMPLATES / name).read_text("utf-8")).substitute(values)
