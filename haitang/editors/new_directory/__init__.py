"""A directory that begins: the files a folder needs to be checked, built and edited, from a title and the names of towns.

The rule: nothing of another directory stands in them. What they say is in `templates/init`, in each language of a site, where
each choice is explained; how a forge checks and publishes it in `templates/init/forges`.
"""

import re
import string
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from pathlib import Path

from haitang.core import pinyin
from haitang.editors.forge_setup.switches import FORGES, Forge
from haitang.editors.new_directory.generator import UNKNOWN, Generator
from haitang.editors.new_directory.own_terms import numbered, with_own_terms
from haitang.editors.new_ids import new_id
from haitang.model.abroad.region import CHINA
from haitang.model.normalize import scalar
from haitang.model.paths import SETTINGS_FILE, entry_file
from haitang.model.types import RESERVED_IDS
from haitang.model.written.places import without_kind
from haitang.source.parser import Fields, read_file

LANGUAGES = ("zh-CN", "zh-TW", "en")  # of a site; the first one is taken where nobody says one
WORKFLOWS: Mapping[Forge, str] = {
    "github": ".github/workflows/site.yml", "gitlab": ".gitlab-ci.yml", "gitea": ".gitea/workflows/site.yml"
}  # fmt: skip
_TEMPLATES = Path(__file__).resolve().parents[3] / "templates"
KINDS_OF_TOWNS = ("街道", "镇", "鎮", "乡", "鄉", "社区", "社區")  # which a site may call its towns by
_WIDE = r"[\u2e80-\u9fff\uf900-\ufaff]"  # characters that no space stands between


@dataclass(frozen=True, slots=True)
class Beginning:
    """What is known of a directory before it has a file. `region` is a country as ISO 3166 has it; without `tiers` it has those
    that suit anybody. With a list its entries come from there, and none is made up; `cells` are those of its lists of words, by
    the column's name."""

    title: str
    area: str
    towns: tuple[str, ...]
    day: date
    tiers: tuple[str, ...] = ()
    language: str = LANGUAGES[0]
    timezone: str = ""
    region: str = ""
    forges: tuple[Forge, ...] = FORGES
    generator: Generator = UNKNOWN
    has_list: bool = False
    cells: Mapping[str, tuple[str, ...]] = field(default_factory=dict)


@cache
def usual(language: str) -> Mapping[str, str]:
    """What stands in a directory of this language where nobody said anything: its title, area, towns and so on."""
    return _texts(f"{language}/usual.yml")


def files_of(beginning: Beginning) -> Mapping[str, str]:
    """The files of the directory, by their path below its folder."""
    language = beginning.language
    example = _example(beginning) if not beginning.has_list else {}
    return {
        SETTINGS_FILE: _settings(beginning)[0],
        "README.md": _readme(beginning),
        "site_src/about.md": _about(language),
        **_own_words(beginning),
        **{WORKFLOWS[forge]: _workflow(forge, beginning) for forge in beginning.forges},
        **example,
    }


def own_terms_of(beginning: Beginning) -> tuple[str, ...]:
    """The words of its list that its vocabularies have besides ours."""
    return _settings(beginning)[1]


def _settings(beginning: Beginning) -> tuple[str, tuple[str, ...]]:
    """directory.yml, and the words in it that come from the list."""
    words, parts = usual(beginning.language), _texts(f"{beginning.language}/parts.yml")
    ids = dict(_ids((beginning.area, *beginning.towns)))
    told = {"timezone": beginning.timezone or words["timezone"], "region": beginning.region or words["region"]}
    optional = {name: string.Template(parts[name]).substitute(told) for name in ("languages", "region", "timezone")}
    values = {
        "title": scalar(beginning.title),
        "description": scalar(words["description"].format(title=beginning.title)),
        "area": scalar(beginning.area),
        "area_id": ids[beginning.area],
        "tiers": "".join(_tiers(beginning.tiers)) or parts["tiers"],
        "towns": "".join(f"      - id: {ids[name]}\n        name: {scalar(name)}\n" for name in beginning.towns),
        "updated": beginning.day.isoformat(),
    }
    text = _filled(f"{beginning.language}/directory.yml", {**values, **optional})
    if told["region"] == CHINA and (code := _area_code(beginning.cells.get("phone", ()))):
        text = re.sub(r'^# (area_code: )"\d+"$', rf'\g<1>"{code}"', text, flags=re.MULTILINE)
    return with_own_terms(text, beginning.cells)


def _area_code(phones: Iterable[str]) -> str:
    """The area code that nearly all numbers of a list have; empty where there is none."""
    codes = Counter(
        found[1] for phone in phones if (found := re.match(r"(0\d{2,3})[-\s]?\d{7,8}(?!\d)", phone.strip(), re.ASCII))
    )
    code, often = next(iter(codes.most_common(1)), ("", 0))
    return code if often * 10 >= codes.total() * 9 else ""


def _tiers(names: Iterable[str]) -> Iterator[str]:
    for name, own in _ids(names):
        yield f"  - id: {own}\n    name: {scalar(name)}\n    short_name: {scalar(name)}\n"


def _example(beginning: Beginning) -> Mapping[str, str]:
    town = dict(_ids((beginning.area, *beginning.towns)))[beginning.towns[0]]
    own = new_id("position", usual(beginning.language)["example"], set())
    tiers = [tier for _, tier in _ids(beginning.tiers)] or ["centre", "station"]
    values = {"id": own, "town": town, "tier": tiers[:2][-1]}
    return {entry_file("position", own, town): _filled(f"{beginning.language}/example.yml", values)}


def _readme(beginning: Beginning) -> str:
    files = ", ".join(WORKFLOWS[forge] for forge in beginning.forges).replace(", ", "`, `")
    told = string.Template(_texts(f"{beginning.language}/parts.yml")["workflows"]).substitute(files=files) if files else ""
    return _filled(f"{beginning.language}/README.md", {"title": beginning.title, "forge": told}).rstrip() + "\n"


def _about(language: str) -> str:
    """The page about the site; the first language's is the one that a site without its own has."""
    own = _TEMPLATES / "init" / language / "about.md"
    return (own if own.is_file() else _TEMPLATES / "site_src" / "about.md").read_text("utf-8")


def _own_words(beginning: Beginning) -> Mapping[str, str]:
    """A beginning of its own words, where the program has words of this language that they can be laid over; with what its
    towns are called, where their names all end so."""
    language = beginning.language
    name = f"words/site.{language}.yml"
    if not (_TEMPLATES / name).is_file():
        return {}
    kind = next((kind for kind in KINDS_OF_TOWNS if all(town.endswith(kind) for town in beginning.towns)), "")
    told = f"area_word:\n  one: {kind}\n  many: {kind}\n" if kind and language.startswith("zh") else ""
    return {name: _text(f"{language}/site.yml") + told}


def _workflow(forge: Forge, beginning: Beginning) -> str:
    lang = "en" if beginning.language == "en" else "zh-CN"
    values = {"generator": beginning.generator.url, "commit": beginning.generator.commit, "lang": lang}
    return string.Template(_text(f"forges/{forge}.yml")).safe_substitute(values)  # the rest with $ is the shell's


def towns_among(written: Iterable[str]) -> tuple[str, ...]:
    """The towns that cells name, each once and by its longest name: 陆家 and 陆家镇 are one, ARMLEY and Armley too."""
    plain = (re.sub(rf"(?<={_WIDE})\s+|\s+(?={_WIDE})", "", " ".join(text.split())) for text in written)
    alike: dict[str, str] = {}
    for name in plain:
        if 1 < len(name) <= 40:
            alike.setdefault(name.casefold(), name)
    names = set(alike.values())
    longer = {shorter: name for name in names if (shorter := without_kind(name)) != name and shorter in names}
    return tuple(sorted(names - longer.keys(), key=lambda name: (pinyin.slug(name), name)))


def _ids(names: Iterable[str]) -> Iterator[tuple[str, str]]:
    """An id for each name: 陆家镇 is `lujia`. Of two that would be called alike, the second is numbered."""
    taken = set[str](RESERVED_IDS)
    for name in names:
        taken.add(own := numbered(name, taken))
        yield name, own


@cache
def _texts(name: str) -> Mapping[str, str]:
    read = read_file(_TEMPLATES / "init" / name, name)
    assert isinstance(read, Fields), read
    return {str(key): str(text) for key, text in read.items()}


def _text(name: str) -> str:
    return (_TEMPLATES / "init" / name).read_text("utf-8")


def _filled(name: str, values: Mapping[str, str]) -> str:
    return string.Template(_text(name)).substitute(values)
