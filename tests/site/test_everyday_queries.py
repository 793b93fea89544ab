"""What people type every day, asked in Node of the real directory's words: the right need or place is in the first group."""

from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from tests.site import everyday_world

TABLE = Path(__file__).with_name("everyday_queries.tsv")
ORDER = ("needs", "places", "activities", "pages", "nearest")  # as they stand on a page


def queries() -> list[list[str]]:
    """Query, first group, what must be first in it."""
    lines = TABLE.read_text("utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")]


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Callable[[list[str]], list[dict[str, Any]]]:
    """Asks the search of that world some queries, all at once."""
    folder = tmp_path_factory.mktemp("everyday")
    (folder / "root").mkdir()
    everyday_world.write(folder / "root")
    return partial(everyday_world.Asker(folder).ask, everyday_world.data(folder / "root"))


def test_everyday_queries_find_what_they_mean(ask: Callable[[list[str]], list[dict[str, Any]]]) -> None:
    table = queries()
    assert len(table) >= 60 and everyday_world.COUNT >= 300
    wrong = []
    for (query, group, first), answer in zip(table, ask([row[0] for row in table]), strict=True):
        found = next((each for each in ORDER if answer[each]), "")
        own = (
            answer[group] if group in ("activities", "pages") else [answer[group]] if group == "nearest" else answer[group][:1]
        )
        if found != group or first not in own:
            wrong.append(f"{query}: {group} {first}, not {found} {answer}")
    assert wrong == []


def test_every_word_of_a_need_finds_it(ask: Callable[[list[str]], list[dict[str, Any]]]) -> None:
    """As it is written, and as people ask."""
    words = [(word, need) for need in everyday_world.needs() for word in (need.name, *need.also)]
    answers = ask([form.format(word) for word, _ in words for form in ("{}", "请问哪里有{}吗")])
    wrong = []
    for at, (word, need) in enumerate(words):
        alone, asked = (answer["needs"] for answer in answers[2 * at : 2 * at + 2])
        if need.id not in alone and need.kind != "site_kind":  # what a place is called says more than what kind it is
            wrong.append(f"{word}: {alone}")
        if not asked and len(word) > 1 and need.kind != "site_kind":
            wrong.append(f"请问哪里有{word}吗")
    assert wrong == []


def test_what_only_sounds_like_a_need_is_none(ask: Callable[[list[str]], list[dict[str, Any]]]) -> None:
    assert [answer["needs"] for answer in ask(["测锁", "打因", "找功作", "热反", "cesou"])] == [[]] * 5
