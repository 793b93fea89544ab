"""Whatever is edited in whatever order: a build after edits gives the very bytes that a build from nothing gives."""

import os
import random
import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, seed, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, rule, run_state_machine_as_test

from haitang.core.problems import InvalidDirectory
from haitang.model import messages
from haitang.site import build
from haitang.site.build import Builder
from haitang.site.exports import browser_data
from haitang.site.pages import home
from haitang.site.publish import Unsound
from tests.data.history_world import git
from tests.worlds import PROJECT, WORLD, inputs, publish, tree

IDS = ("he-cheng", "xiao-qu", "gong-yuan", "qing-shan", "xin-yi", "xin-er", "xin-san")
TOWNS = ("hecheng", "qingshan", "baiyun", "lantian")
HOURS = ("周一至周五 09:00-17:00", "全天开放", "周二至周日 09:00-11:30, 13:00-16:30；法定节假日休息", None)
WHENS = ("每周三 14:00-16:00", "2026-05-01 09:00", "2019-12-31", "每月最后一个工作日 14:00", None)
TEMPLATES = (
    "pages/position.html", "parts/card.html", "parts/pieces.html", "pages/home.html", "parts/week.html",
    "pages/activities.html", "pages/need.html", "parts/need.html",
    "parts/footer.html", "styles/base.css", "theme/main.html", "assets/favicon.svg",
)  # fmt: skip
DAYS = ("2020-01-02", "2026-03-04", "2026-03-05", None)
FIELDS: dict[str, st.SearchStrategy[Any]] = {
    "name": st.sampled_from(("样例甲", "样例乙 <b>", "样例丙")),
    "tier": st.sampled_from(("centre", "station", "point", None)),
    "status": st.sampled_from((None, "open", "closed", "paused", "planned")),
    "phone": st.sampled_from((None, "0512-00000001", "0512-00000002")),
    "address": st.sampled_from((None, "样例路 1 号", "样例路 2 号")),
    "hours": st.sampled_from(HOURS),
    "parent": st.sampled_from((None, *IDS)),
    "brands": st.sampled_from(([], ["he-hua"], ["kong", "he-hua"])),
    "services": st.sampled_from(([], ["政策咨询"], ["政策咨询", "党建指导"])),
    "facilities": st.sampled_from(([], ["饮水"], ["充电", "饮水"])),
    "site_kind": st.sampled_from((None, "区镇", "小区")),
    "former_ids": st.sampled_from(([], ["jiu-yi"], ["jiu-er"])),
    "location": st.sampled_from(
        (None, {"lon": 121.0, "lat": 31.3, "crs": "wgs84", "precision": "exact"},
         {"lon": 121.02, "lat": 31.31, "crs": "wgs84", "precision": "street"})
    ),
    "activities": st.tuples(st.sampled_from(WHENS), st.sampled_from(({}, {"place": "大厅"}, {"text": "带凳子"}))).map(
        lambda told: [{"name": "读报", **({"when": told[0]} if told[0] else {}), **told[1]}]
    ),
    "photos": st.sampled_from(([], ["he-cheng-1.jpg"], ["he-hua.png"])).map(
        lambda names: [{"file": name, "alt": "画的门", "credit": "样例单位"} for name in names]
    ),
    "spaces": st.sampled_from(([], [{"name": "活动室", "area_m2": 60}])),
    "notices": st.sampled_from((None, "2026-03-04", "2026-03-09")).map(
        lambda until: until and [{"text": "样例通知", "from": "2026-03-01", "until": until}]
    ),
    "story": st.sampled_from((None, "一个**故事**。" * 12, "见[网页](https://example.org/)。")),
}  # fmt: skip


class Edits(RuleBasedStateMachine):
    """A directory that is edited, and its site, which is built after each edit."""

    folder: Path  # of all runs; each has one of its own below
    runs = 0

    def __init__(self) -> None:
        super().__init__()
        type(self).runs += 1
        self.base = self.folder / "run"
        self.root, self.package = self.base / "root", self.base / "package"
        shutil.copytree(WORLD, self.root)
        # What is kept from build to build stays from run to run: compiling all templates again would take most of the time.
        self.project, self.other = self.folder / "project", self.folder / "cache"  # the cache of builds from nothing
        shutil.copytree(PROJECT / "templates", self.project / "templates")
        shutil.copytree(PROJECT / "requirements", self.project / "requirements")
        shutil.copy(PROJECT / "mkdocs.yml", self.project)
        for cache in (self.project / ".cache", self.other):
            cache.mkdir(exist_ok=True)
        self.package.mkdir()
        build.PACKAGE, messages._FOLDER = self.package, self.project / "templates" / "words"
        messages.forget()
        (self.package / "x.py").write_text("0", encoding="utf-8")
        self.out, self.number, self.shown = self.base / "out", 0, home.CARDS_BESIDE_MAP
        self.chooser = random.Random(self.runs)
        browser_data.MOST_WHOLE = self.chooser.choice((0, 5_000))  # places; the browser's data of more are split

    def teardown(self) -> None:
        home.CARDS_BESIDE_MAP = self.shown
        shutil.rmtree(self.base)
        for name in ("templates", "requirements"):
            shutil.rmtree(self.project / name)

    @initialize()
    def first(self) -> None:
        self.is_edited = True

    # What is edited

    def _position(self, name: str) -> Path:
        return next(iter(self.root.glob(f"positions/*/{name}.yml")), self.root / "positions" / "hecheng" / f"{name}.yml")

    def _write(self, path: Path, fields: dict[str, Any]) -> None:
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(yaml.safe_dump(fields, allow_unicode=True, sort_keys=False), encoding="utf-8")
        self.is_edited = True

    def _edit(self, path: Path, change: Callable[[dict[str, Any]], None]) -> None:
        fields = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
        change(fields)
        self._write(path, fields)

    def _append(self, path: Path, text: str) -> None:
        path.write_text(path.read_text("utf-8") + text, encoding="utf-8")
        self.is_edited = True

    @rule(name=st.sampled_from(IDS), field=st.sampled_from(sorted(FIELDS)), data=st.data())
    def position(self, name: str, field: str, data: st.DataObject) -> None:
        value, path = data.draw(FIELDS[field]), self._position(name)
        if not path.exists():
            self._write(path, {"id": name, "name": f"样例{name}", "town": path.parent.name, "sources": [{"title": "虚构"}]})

        def change(fields: dict[str, Any]) -> None:
            fields.pop(field, None)
            if value:
                fields[field] = value

        self._edit(path, change)

    @rule(name=st.sampled_from(IDS))
    def removed(self, name: str) -> None:
        self._position(name).unlink(missing_ok=True)
        self.is_edited = True

    @rule(name=st.sampled_from(IDS), town=st.sampled_from(TOWNS))
    def moved(self, name: str, town: str) -> None:
        path = self._position(name)
        if path.exists():
            self._edit(path, lambda fields: fields.update(town=town))
            (self.root / "positions" / town).mkdir(exist_ok=True)
            path.rename(self.root / "positions" / town / path.name)

    @rule(
        name=st.sampled_from(("he-hua", "kong")),
        field=st.sampled_from(("name", "slogan", "story", "colour")),
        number=st.integers(0, 3),
    )
    def brand(self, name: str, field: str, number: int) -> None:
        value = f"#{number}f6f4f" if field == "colour" else f"样例品牌{number}"
        self._edit(self.root / "brands" / f"{name}.yml", lambda fields: fields.update({field: value}))

    @rule(number=st.integers(0, 3), shown=st.sampled_from(("tier", "spaces")))
    def concept(self, number: int, shown: str) -> None:
        def change(fields: dict[str, Any]) -> None:
            fields["concepts"][0]["name"] = f"中心{number}"
            fields["concepts"][2]["shown_by"] = [{"field": shown}]

        self._edit(self.root / "concepts" / "san-ji.yml", change)

    @rule(number=st.integers(0, 3), stops=st.lists(st.sampled_from(IDS), min_size=2, max_size=4))
    def route(self, number: int, stops: list[str]) -> None:
        def change(fields: dict[str, Any]) -> None:
            fields["name"] = f"样例线{number}"
            fields["stops"] = [{"position": name} for name in stops]

        self._edit(self.root / "routes" / "he-xian.yml", change)

    @rule(name=st.sampled_from(("he-cheng-1.jpg", "he-hua.png")), other=st.sampled_from(("he-cheng-2.jpg", "he-cheng-1.jpg")))
    def photo(self, name: str, other: str) -> None:
        if name.endswith(other[-4:]):
            shutil.copyfile(WORLD / "photos" / other, self.root / "photos" / name)
            self.is_edited = True

    @rule(
        change=st.sampled_from(("title", "base_url", "repository", "town", "service", "updated", "offline", "notices")),
        number=st.integers(0, 3),
    )
    def directory(self, change: str, number: int) -> None:
        def changed(fields: dict[str, Any]) -> None:
            if change == "repository":
                fields.pop("repository", None) or fields.update(repository={"url": "https://example.org/z", "kind": "gitea"})
            elif change == "town":
                fields["areas"][0]["towns"][0]["name"] = f"禾城镇{number}"
            elif change == "service":
                fields["vocabularies"]["services"][0]["group"] = f"组{number}"
            elif change == "updated":
                fields.pop("updated", None)
                fields |= {"updated": DAYS[number]} if DAYS[number] else {}
            elif change == "notices":
                days = {"from": "2026-03-05", "until": f"2026-03-0{5 + number}"}
                fields["notices"] = [{"text": f"样例{number}", **days}, {"text": "镇里", **days, "areas": ["hecheng"]}]
            elif change == "offline":
                fields["offline"] = "是" if number % 2 else "否"
            else:
                fields[change] = f"https://example.org/{number}" if change == "base_url" else f"样例{number}"

        self._edit(self.root / "directory.yml", changed)

    @rule(name=st.sampled_from(TEMPLATES))
    def template(self, name: str) -> None:
        self._append(self.project / "templates" / name, "<!-- -->\n" if not name.endswith("css") else "/* */\n")

    @rule()
    def words(self) -> None:
        path = self.project / "templates" / "words" / "site.zh-CN.yml"
        path.write_text(path.read_text("utf-8").replace("的全部地方", "的所有的全部地方"), encoding="utf-8")
        self.is_edited = True

    @rule()
    def handwritten(self) -> None:
        self._append(self.root / "site_src" / "about.md", "\n又一段。\n")

    @rule(number=st.integers(1, 4))
    def program(self, number: int) -> None:
        (self.package / "x.py").write_text(str(number), encoding="utf-8")
        home.CARDS_BESIDE_MAP = number
        self.is_edited = True

    @rule(day=st.sampled_from(DAYS[:3]), amended=st.booleans())
    def committed(self, day: str, amended: bool) -> None:
        if not (self.root / ".git").exists():
            git(self.root, day, "init", "-q", "-b", "main")
            amended = False
        git(self.root, day, "add", "-A")
        git(self.root, day, "commit", "-q", "--allow-empty", "-m", "x", *(("--amend",) if amended else ()))
        self.is_edited = True

    @rule()
    def shallow(self) -> None:
        if (self.root / ".git").exists():
            path = self.root / ".git" / "shallow"
            if path.exists():
                path.unlink()
            else:
                path.write_text(git(self.root, DAYS[0] or "", "rev-parse", "HEAD") + "\n", encoding="utf-8")
            self.is_edited = True

    @rule(how=st.sampled_from(("deleted", "cut", "swapped")), where=st.sampled_from((".cache", "out")))
    def damaged(self, how: str, where: str) -> None:
        """Of what is kept from build to build, and of what is out."""
        folder = self.out if where == "out" else self.project / ".cache"
        found = (path for path in folder.rglob("*") if path.is_file() and not path.is_symlink() and path.stat().st_size)
        files = sorted(found, key=lambda path: (path.parent, path.stat().st_size, path.name))  # some names are drawn by chance
        for path in self.chooser.sample(files, min(3, len(files))):
            other = self.chooser.choice(files)
            if how == "deleted" or path == other or not other.exists() or not path.exists():
                path.unlink(missing_ok=True)
            elif how == "cut":
                os.truncate(path, self.chooser.randrange(path.stat().st_size))
            else:
                path.replace(path.with_name("swapped")), other.replace(path), path.with_name("swapped").replace(other)
        self.is_edited = True

    # What comes of it

    @invariant()
    def the_same_as_from_nothing(self) -> None:
        if not self.is_edited:
            return
        self.is_edited = False
        self.number += 1
        clean, kept = self.base / "clean", self.project / ".cache"
        found = [self._built(self.out)]
        kept.rename(self.base / "kept")
        self.other.rename(kept)
        found.append(self._built(clean))
        kept.rename(self.other)
        (self.base / "kept").rename(kept)
        assert found[0] == found[1]
        if found[0] == "built":
            ours, theirs = tree(self.out / "site"), tree(clean / "site")
            assert ours.keys() == theirs.keys()
            assert [path for path in ours if ours[path] != theirs[path]] == []
        shutil.rmtree(clean, ignore_errors=True)

    def _built(self, out: Path) -> str:
        given = replace(inputs(self.root), project=self.project, site_src=self.root / "site_src")
        try:
            publish(self.root, out, builder=Builder(given), today=date(2026, 3, 4))
        except (InvalidDirectory, Unsound) as refused:
            return str(refused)
        return "built"


class EditsInLanguages(Edits):
    """The same of a site in three languages, with what only further ones show; the order of these changes too."""

    def __init__(self) -> None:
        super().__init__()
        self._languages(("zh-CN", "zh-TW", "en"))

    def _languages(self, languages: tuple[str, ...]) -> None:
        self._edit(self.root / "directory.yml", lambda fields: fields.update(languages=list(languages)))

    @rule(
        name=st.sampled_from(IDS),
        field=st.sampled_from(("name_en", "short_name", "community", "pinyin", "aliases", "host")),
        number=st.integers(0, 3),
    )
    def named(self, name: str, field: str, number: int) -> None:
        said: Any = f"里程{number}" if field != "name_en" else f"Place {number}"
        said = "li cheng" if field == "pinyin" else [said] if field == "aliases" else said
        if (path := self._position(name)).exists():
            self._edit(path, lambda fields: fields.update({field: said}) if number else fields.pop(field, None))

    @rule(
        language=st.sampled_from(("en", "zh-TW")), name=st.sampled_from(("样例甲", "饮水", "里程1")), number=st.integers(0, 3)
    )
    def phrase(self, language: str, name: str, number: int) -> None:
        self._write(self.root / "words" / f"site.{language}.yml", {"phrases": {name: f"Said {number}"}})

    @rule(languages=st.sampled_from((("zh-CN", "en"), ("zh-CN", "zh-TW", "en"), ("zh-CN",), ("zh-TW", "zh-CN"))))
    def spoken(self, languages: tuple[str, ...]) -> None:
        self._languages(languages)


def sequences(
    count: int, steps: int, number: int, folder: Path, monkeypatch: pytest.MonkeyPatch, edits: type[Edits] = Edits
) -> None:
    monkeypatch.setattr(Edits, "folder", folder, raising=False)
    monkeypatch.setattr(build, "PACKAGE", build.PACKAGE)
    monkeypatch.setattr(browser_data, "MOST_WHOLE", browser_data.MOST_WHOLE)
    monkeypatch.setattr(messages, "_FOLDER", messages._FOLDER)
    machine = seed(number)(edits)
    quiet = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]
    how = settings(
        max_examples=count, stateful_step_count=steps, deadline=None, database=None, derandomize=False,
        suppress_health_check=quiet, phases=[Phase.generate, Phase.shrink],
    )  # fmt: skip
    run_state_machine_as_test(machine, settings=how)


def test_ten_sequences_of_edits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sequences(10, 5, 14, tmp_path, monkeypatch)


def test_edits_of_a_site_in_several_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """In every folder the very bytes of a build from nothing, whatever is kept of translations."""
    sequences(2, 4, 20, tmp_path, monkeypatch, EditsInLanguages)


@pytest.mark.long
def test_a_hundred_sequences_of_edits_in_several_languages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sequences(100, 10, 2_000, tmp_path, monkeypatch, EditsInLanguages)


@pytest.mark.long
def test_a_thousand_sequences_of_edits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    sequences(1_000, 12, 1_000, tmp_path, monkeypatch)
