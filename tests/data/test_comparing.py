"""What rules among entries told is told again only where it holds: nothing they ask for has changed, in any state of notes."""

import random
import shutil
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest

from haitang import checks
from haitang.checks import lint
from haitang.core import digests
from haitang.data import parse_cache
from haitang.data.comparing import COMPARED
from haitang.data.dataset import Dataset, Filed
from haitang.data.loader import Snapshot, gather
from haitang.data.parse_cache import ParseCache
from haitang.editors.baseline import since
from haitang.editors.review.revisions import State, read_side
from haitang.media.image_store import Album
from tests.conftest import BASE, TODAY
from tests.data.history_world import git
from tests.data.test_parse_cache import BETWEEN, QIFA, ZHEN, cache_of, changed_by, edited, learn, looked, told
from tests.test_mistakes import MISTAKES

RULES = (*checks.COMPARING, *lint.COMPARING)


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(digests, "SETTLED_NS", 0)
    monkeypatch.setattr(parse_cache, "digest_of", lambda parts, index: "this program")


@pytest.fixture
def asked(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The rules that are asked, each time they are."""
    names = list[str]()

    def counted(rule: checks.Check) -> checks.Check:
        def asking(dataset: Dataset) -> Any:
            names.append(rule.__name__)
            return rule(dataset)

        asking.__name__ = rule.__name__
        return asking

    for room in (checks, lint):
        known = {rule: counted(rule) for rule in room.COMPARING}
        monkeypatch.setattr(room, "AMONG_ENTRIES", tuple(known.get(rule, rule) for rule in room.AMONG_ENTRIES))
        monkeypatch.setattr(room, "COMPARING", tuple(known.values()))
    return names


def replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new), "utf-8")


def with_the_rest_hidden(dataset: Dataset) -> Dataset:
    """Of entries only what they are compared by, no pictures, no day."""

    def left(entry: Filed[Any]) -> Filed[Any]:
        return Filed(entry.file, SimpleNamespace(**{name: getattr(entry.value, name) for name in COMPARED[type(entry.value)]}))

    nothing: Any = None
    positions, brands, chapters, routes = (tuple(map(left, entries)) for entries in dataset.kinds)
    return Dataset(
        dataset.settings, positions, brands, nothing, nothing, dataset.unread, nothing, chapters, routes, nothing, told=nothing
    )  # fmt: skip


def test_rules_that_compare_ask_for_nothing_else(root: Path) -> None:
    assert set(checks.COMPARING) < set(checks.AMONG_ENTRIES)
    assert set(lint.COMPARING) < set(lint.AMONG_ENTRIES)
    telling = set[str]()
    mistakes = [mistake for mistake in MISTAKES if mistake.title.split(":")[0] in (*BETWEEN, "ids")]
    random.Random(1).shuffle(mistakes)
    while mistakes:
        for mistake in mistakes[:5]:
            changed_by(mistake, root)
        del mistakes[:5]
        dataset = gather(Snapshot(root), TODAY, [], Album(root, only_looking=True))
        for rule in RULES if dataset else ():
            assert dataset
            right = list(rule(dataset))
            assert list(rule(with_the_rest_hidden(dataset))) == right, rule.__name__
            telling |= {rule.__name__} if right else set()
        shutil.rmtree(root)
        shutil.copytree(BASE, root)
    assert len(telling) > len(RULES) - 3, {rule.__name__ for rule in RULES} - telling


def test_only_what_is_compared_asks_again(root: Path, tmp_path: Path, asked: list[str]) -> None:
    """A word of a story does not; a name, another file or directory.yml does; what was before is known too."""
    kept, names = tmp_path / "kept", {rule.__name__ for rule in RULES}

    def again() -> set[str]:
        asked.clear()
        assert told(looked(root, learnt := learn(root, kept)).problems) == told(looked(root).problems)
        assert learnt.recalled
        found = asked[: -len(names)]  # the last look had no notes
        assert set(asked[len(found) :]) == names
        return set(found)

    learn(root, kept)
    assert again() == set()
    replaced(root / QIFA, "area_m2: 320", "area_m2: 330")
    assert again() == set()
    before = (root / ZHEN).read_text("utf-8")
    replaced(root / ZHEN, "name: ", "name: 新")
    assert again() == names
    assert again() == set()
    (root / ZHEN).write_text(before, "utf-8")
    assert again() == set()
    (root / "directory.yml").write_text((root / "directory.yml").read_text("utf-8") + "# x\n", "utf-8")
    assert again() == names
    (root / QIFA).unlink()
    assert again() == names


def test_what_a_build_asked_is_not_asked_by_a_check(root: Path, tmp_path: Path, asked: list[str]) -> None:
    learn(root, tmp_path, advised=False)
    asked.clear()
    learn(root, tmp_path)
    assert set(asked) == {rule.__name__ for rule in lint.COMPARING}
    learn(root, tmp_path)
    assert set(asked) == {rule.__name__ for rule in lint.COMPARING}


def test_few_states_are_kept(root: Path, tmp_path: Path) -> None:
    for at in range(parse_cache._MOST_TOLD + 3):
        replaced(root / ZHEN, "name: ", f"name: {at}")
        learn(root, tmp_path)
    cache = cache_of(root, tmp_path)
    assert len(cache._among) == parse_cache._MOST_TOLD
    assert told(looked(root, cache).problems) == told(looked(root).problems)


def test_after_any_edit_the_same_is_told(root: Path, tmp_path: Path) -> None:
    chance = random.Random(1)
    for _ in range(20):
        edited(root, chance)
        right = told(looked(root).problems)
        assert told(looked(root, learn(root, tmp_path / "kept")).problems) == right
        assert told(looked(root, cache_of(root, tmp_path / "kept")).problems) == right
        if chance.random() < 0.2:
            shutil.copytree(BASE, root, dirs_exist_ok=True)


@pytest.mark.parametrize(("line", "again"), [("story: 话说\n", False), ("community: 某社区\n", True)])
def test_the_other_side_of_a_change_is_asked_only_where_it_differs(
    line: str, again: bool, root: Path, tmp_path: Path, asked: list[str]
) -> None:
    replaced(root / QIFA, "parent: lujia-zhen", "parent: nobody")  # so that something is told elsewhere
    git(root, "2026-03-01", "init", "-q", ".")
    git(root, "2026-03-01", "add", ".")
    git(root, "2026-03-01", "commit", "-qm", "one")
    (root / ZHEN).write_text((root / ZHEN).read_text("utf-8") + line, "utf-8")
    cache = learn(root, tmp_path / "kept")
    report = looked(root, cache)
    asked.clear()
    found = since(root, "HEAD", report, TODAY)
    assert found.changed == {ZHEN}
    assert bool(asked) == again
    other = tmp_path / "other"
    (other / ZHEN).parent.mkdir(parents=True)
    (other / ZHEN).write_bytes((BASE / ZHEN).read_bytes())
    changed = frozenset([ZHEN])
    asked.clear()
    state = State(root, other, changed)
    side = read_side(state, changed, TODAY, ParseCache(report.cache, without=changed))
    assert bool(asked) == again
    assert told(side.problems) == told(read_side(state, changed, TODAY, ParseCache()).problems)
