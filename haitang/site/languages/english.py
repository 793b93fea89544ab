"""A Chinese directory for who reads English: names in Latin letters, and the words for what there is as its table of phrases
says; all else stays as it was written, and pages say of it that it is Chinese.

The rule: nothing is translated by machine. A name is its `name_en`, else what the phrases call it, else how it is read.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from haitang.core import pinyin
from haitang.data.directory import Directory
from haitang.model.entries import Brand, Position, Route
from haitang.model.settings import Area, Town
from haitang.site.languages.converted import Walk, with_pages

_HAN = "\u3400-\u9fff"
# Text between tags; what holds no other elements is left as it is.
_WHOLE = "script|style|textarea|title|option|svg"
_TAGS = re.compile(rf"(<(?:{_WHOLE})\b.*?</(?:{_WHOLE})>|<[^>]*>)", re.DOTALL)
_CHINESE = re.compile(rf"[（《「“【]*[{_HAN}](?:[^<]*[{_HAN}])?[）》」”】，。、；：！？…]*")


def in_english(directory: Directory, phrases: Mapping[str, str]) -> Directory:
    """The directory with what has an English name called so."""
    walk = Walk(str, phrases)
    settings = walk.of(with_pages(directory.settings, lambda term: (term.name,)))
    areas = tuple(_area(area, phrases) for area in directory.settings.areas)
    settings = settings.model_copy(update={"areas": areas, "title": _called(directory.settings.title, phrases)})
    return replace(
        walk.directory(directory), settings=settings,
        positions=tuple(_position(walk.of(each), each, phrases) for each in directory.positions),
        brands=tuple(_renamed(walk.of(each), each, phrases) for each in directory.brands),
        routes=tuple(_renamed(walk.of(each), each, phrases) for each in directory.routes),
    )  # fmt: skip


def spelt(name: str, written: str | None = None) -> str:
    """A name as it is read; `written` is what somebody wrote of that."""
    said = pinyin.read(name)
    pieces = [f" {said[at].capitalize()} " if at in said else character for at, character in enumerate(name)]
    spaced = " ".join((written.title() if written else "".join(pieces)).translate(_MARKS).split())
    return spaced.replace("( ", "(").replace(" )", ")").replace(" ,", ",")


_MARKS = str.maketrans("（）“”‘’《》、，。：；", '()""\'\'"",,.:;')


def marked(html: str, language: str = "zh-CN") -> str:
    """A page on which Chinese texts say that they are, and of which script."""
    if not re.search(f"[{_HAN}]", html):
        return html
    parts = _TAGS.split(html)
    said = rf'<span lang="{language}">\g<0></span>'
    return "".join(part if at & 1 else _CHINESE.sub(said, part) for at, part in enumerate(parts))


def _called(name: str, phrases: Mapping[str, str], written: str | None = None) -> str:
    return phrases.get(name) or (spelt(name, written) if re.search(f"[{_HAN}]", name) else name)


def _area(area: Area, phrases: Mapping[str, str]) -> Area:
    towns = tuple(_renamed(town, town, phrases) for town in area.towns)
    changed: Area = _renamed(area, area, phrases)
    return changed.model_copy(update={"towns": towns})


def _renamed(changed: Any, written: Brand | Route | Town | Area, phrases: Mapping[str, str]) -> Any:
    short = getattr(written, "short_name", None)
    names = {"name": _called(written.name, phrases)}
    return changed.model_copy(update={**names, **({"short_name": _called(short, phrases)} if short else {})})


def _position(changed: Position, written: Position, phrases: Mapping[str, str]) -> Position:
    """Its own name is an alias: signs and passers-by know no other."""
    name = written.name_en or _called(written.name, phrases, written.pinyin)
    aliases = tuple(dict.fromkeys((written.name, *written.aliases))) if name != written.name else written.aliases
    return changed.model_copy(update={"name": name, "short_name": None, "aliases": aliases})
