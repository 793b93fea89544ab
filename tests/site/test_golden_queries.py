"""What visitors type in the further languages, asked in Node: the right place, town or need is among the first three shown."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.leeds.test_leeds import WORLD as LEEDS
from tests.site import everyday_world

TABLES = Path(__file__).with_name("golden_queries")
FIRST = 3
LEAST = 25
Ask = Callable[[str, list[str]], list[dict[str, Any]]]
WORLDS = {"en": "en", "zh-TW": "zh-TW", "leeds": "en"}  # a table, and the language of its pages


@pytest.fixture(scope="module")
def ask(tmp_path_factory: pytest.TempPathFactory) -> Ask:
    """Asks one of the worlds."""
    folder = tmp_path_factory.mktemp("golden queries")
    kunshan, leeds = folder / "kunshan", folder / "leeds"
    kunshan.mkdir()
    everyday_world.write(kunshan)
    leeds.symlink_to(LEEDS)
    asker = everyday_world.Asker(folder)

    def asked(world: str, queries: list[str]) -> list[dict[str, Any]]:
        return asker.ask(everyday_world.data(leeds if world == "leeds" else kunshan, WORLDS[world]), queries)

    return asked


def shown(answer: dict[str, Any]) -> list[tuple[str, str]]:
    """What stands on a page, in its order; towns beside places, for they are drawn below them in one line."""
    groups = ("needs", "places", "activities", "pages")
    return [(group, each) for group in groups for each in answer[group][:FIRST]]


@pytest.mark.requirement(57)
@pytest.mark.parametrize("world", WORLDS)
def test_golden_queries_find_what_they_mean(ask: Ask, world: str) -> None:
    lines = (TABLES / f"{world}.tsv").read_text("utf-8").splitlines()
    table = [line.split("\t") for line in lines if not line.startswith("#")]
    assert len(table) >= LEAST
    wrong = []
    for (query, group, wanted), answer in zip(table, ask(world, [row[0] for row in table]), strict=True):
        told = [("towns", each) for each in answer["pages"][:FIRST]] if group == "towns" else shown(answer)[:FIRST]
        if (group, wanted) not in told:
            wrong.append(f"{query}: not {group} {wanted} but {shown(answer)[:8]} nearest {answer['nearest']}")
    assert not wrong, "\n".join(wrong)


def test_every_english_word_of_a_need_finds_it(ask: Ask) -> None:
    """As it is written, and as people ask."""
    words = [(word, need) for need in everyday_world.needs("en") for word in (need.name, *need.also)]
    answers = ask("en", [form.format(word) for word, _ in words for form in ("{}", "where can I find {}")])
    wrong = [
        f"{word}: {need.id} not in {alone['needs']}, or {asked['needs']} when asked for"
        for (word, need), alone, asked in zip(words, answers[::2], answers[1::2], strict=True)
        if need.kind != "site_kind" and (need.id not in alone["needs"] or not asked["needs"])
    ]
    assert not wrong, "\n".join(wrong)
