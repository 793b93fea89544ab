"""What the real directory leaves Chinese in English: exactly these fields, whatever an editor writes; all else has words in
words/site.en.yml, or in fields of directory.yml."""

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from typing import Any

import pytest

from haitang.core import pinyin
from haitang.data.directory import Directory
from haitang.model.entries import Entry
from haitang.model.messages import use, whose
from tests.site.everyday_world import site_of
from tests.worlds import PROJECT

# Names of people's own and texts that somebody wrote: pages mark them as Chinese. An activity's name and a figure's label and
# unit are said in English where `phrases` know them.
STORIES = {"story", "text", "place", "lead", "missing", "slogan", "honour", "title", "note"}
NAMES = {"host", "address", "aliases", "sources", "source", "spaces", "activities", "holiday_words"}
FIGURES = {"label", "unit", "post"}
EVERYWHERE = STORIES | NAMES | FIGURES
# In directory.yml only what is told of others, and where it is from.
IN_SETTINGS = {"sources", "source", "also", "aggregates"}
KINDS = ("positions", "brands", "chapters", "routes")


def left(node: Any, allowed: set[str], path: str = "") -> Iterator[tuple[str, str]]:
    """Chinese texts with the fields that lead to them, but below fields that may have some."""
    if isinstance(node, str):
        if pinyin.han(node):
            yield path, node
    elif isinstance(node, tuple | list):
        for item in node:
            yield from left(item, allowed, path)
    elif isinstance(node, Entry) or is_dataclass(node):
        names = type(node).model_fields if isinstance(node, Entry) else [field.name for field in fields(node)]
        for name in names:
            if name not in allowed:
                yield from left(getattr(node, name), allowed, f"{path}.{name}")


@pytest.fixture
def english() -> Iterator[Directory]:
    before = whose()
    use(PROJECT)
    yield site_of(PROJECT, "en").directory
    use(before)


def test_only_stories_and_names_stay_chinese(english: Directory) -> None:
    found = defaultdict(list)
    for path, text in left(english.settings, IN_SETTINGS, "settings"):
        found[path].append(text)
    for kind in KINDS:
        for path, text in left(getattr(english, kind), EVERYWHERE, kind):
            found[path].append(text)
    assert dict(found) == {}


def test_nothing_may_stay_that_does_not(english: Directory) -> None:
    paths = [path for kind in KINDS for path, _ in left(getattr(english, kind), set(), kind)]
    assert sorted(name for name in EVERYWHERE if not any(name in path.split(".") for path in paths)) == []
