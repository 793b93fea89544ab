"""A directory for everyday queries: the real directory.yml, so that its words are tried, and made-up places with every fact.

The rule: no chance. Facts go round by the number of a place, so that each term of the vocabularies is somewhere but those of
NOWHERE.
"""

import json
import re
import shutil
import subprocess
from collections.abc import Iterator
from datetime import date
from itertools import cycle, islice
from pathlib import Path
from typing import Any

from haitang.checks.load import load
from haitang.cli.bootstrap import esbuild
from haitang.core import toolchain
from haitang.model.messages import site_words
from haitang.site.edition.recipe import made_files
from haitang.site.exports import browser_activities, browser_needs, browser_places
from haitang.site.exports.search import browser_pinyin, browser_stories, browser_traditional
from haitang.site.languages.translation import translation
from haitang.site.page import File
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from haitang.site.views.needs import Need
from tests.worlds import PROJECT

COUNT = 312
NOWHERE = ("母婴室", "法律援助")  # needs that no place of this world has
FIRST, SECOND = "望和春启明同安乐金玉", "河园塘桥里湾苑泾"
TAILS = ("社区党群服务站", "村党群服务站", "小区党群服务点", "广场党群服务点")
ACTIVITIES = (
    ("邻里百家宴", "linli"), ("四点半课堂", "shalong"), ("露天电影", "dianying"), ("量血压义诊日", ""),
    ("亲子研学行", "yanxue"), ("老年手机课", "shalong"), ("主题党日", "dangyuan"),
)  # fmt: skip
HOURS = ("每天 08:30-17:00", "周一至周五 09:00-17:30", "24小时")
NAMED = (("lujia", "车塘社区党群服务中心"), ("yushan", "昆山城东党群服务中心"), ("huaqiao", "光夏花园党群服务点"))


def write(root: Path) -> None:
    shutil.copy(PROJECT / "directory.yml", root / "directory.yml")
    shutil.copytree(PROJECT / "brands", root / "brands")
    (root / "positions").mkdir()
    site = load(root, today=date.today()).settings
    towns = [town.id for area in site.areas if area.id == "kunshan" for town in area.towns]
    services = [term.name for term in site.vocabularies.services if term.name not in NOWHERE]
    facilities = [term.name for term in site.vocabularies.facilities if term.name not in NOWHERE]
    kinds = [term.name for term in site.vocabularies.site_kind]
    for number in range(COUNT):
        town = towns[number % len(towns)]
        side = "" if number < 80 else "东西南北"[number // 80 - 1]
        name = f"{FIRST[number % 10]}{SECOND[number // 10 % 8]}{side}{TAILS[number % 4]}"
        if number < len(NAMED):
            town, name = NAMED[number]
        lines = {
            "id": f"p{number}", "name": name, "town": town, "tier": "station" if number % 4 < 2 else "point",
            "site_kind": kinds[number % len(kinds)], "address": f"样例路 {number + 1} 号", "phone": f'"0512-0000{number:04d}"',
            "hours": HOURS[number % 3], "services": _some(services, number, 5), "facilities": _some(facilities, number, 5),
        }  # fmt: skip
        activity, kind = ACTIVITIES[number % len(ACTIVITIES)]
        folder = root / "positions" / town
        folder.mkdir(parents=True, exist_ok=True)
        (folder / f"p{number}.yml").write_text(
            "".join(f"{key}: {value}\n" for key, value in lines.items())
            + f"activities:\n  - name: {activity}\n    when: 每周三 15:00-16:00\n"
            + (f"    kind: {kind}\n" if kind else "")
            + ("story: 一楼原是老粮仓，后来改成了大家的客厅。\n" if number == 7 else "")
            + ("figures:\n  - label: 共享花圃\n    value: 12\n    unit: 块\n" if number == 9 else "")
            + ("status: closed\n" if number == 2 else "")
            + "sources:\n  - title: 虚构的报道\n",
            "utf-8",
        )


def needs(language: str = LANGUAGE) -> tuple[Need, ...]:
    """All needs of the real directory."""
    return site_of(PROJECT, language).needs


def _some(terms: list[str], number: int, count: int) -> str:
    return f"[{', '.join(islice(cycle(terms), number % len(terms), number % len(terms) + count))}]"


def site_of(root: Path, language: str = LANGUAGE) -> Site:
    """This world as it is read in a language: its first one, or one of the further ones."""
    directory = load(root, today=date.today())
    first = directory.settings.languages[0]
    site = Site(directory, Templates(site_words(first)), language=first, written=first)
    return site if language == first else translation(site, language, Templates(site_words(language)))


def files(root: Path, language: str = LANGUAGE) -> Iterator[File]:
    """The browser's data of this world."""
    site = site_of(root, language)
    for output in (browser_places, browser_activities, browser_needs, browser_pinyin, browser_traditional, browser_stories):
        yield from made_files(output.build(site))


def data(root: Path, language: str = LANGUAGE) -> dict[str, Any]:
    """The same by name, as they travel."""
    found: dict[str, Any] = {"language": language}
    for file in files(root, language):
        match = re.fullmatch(r"\(window\.HAITANG=window\.HAITANG\|\|\{\}\)\.(\w+)=(.*);\n", file.content.decode(), re.DOTALL)
        assert match
        found[match[1]] = json.loads(match[2])
    return found


class Asker:
    """Asks the search queries in Node, a world's all at once: `[{needs, places, activities, pages, nearest}]`, ids in order."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        script = PROJECT / "frontend" / "tests" / "fixtures" / "everyday.ts"
        bundled = ["--bundle", "--platform=node", f"--outfile={folder / 'ask.cjs'}", "--log-level=warning"]
        subprocess.run([esbuild(), str(script), *bundled], check=True)

    def ask(self, world: dict[str, Any], queries: list[str]) -> list[dict[str, Any]]:
        """`world` as `data` gives it."""
        (self._folder / "asked.json").write_text(json.dumps({**world, "queries": queries}), "utf-8")
        node, _ = toolchain.node(str(PROJECT))
        command = [node, str(self._folder / "ask.cjs"), str(self._folder / "asked.json")]
        answers: list[dict[str, Any]] = json.loads(subprocess.check_output(command))
        return answers
