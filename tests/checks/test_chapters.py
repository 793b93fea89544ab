"""Concepts of the system: which positions show them, and what chapters may refer to."""

from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.data.directory import Directory
from tests.conftest import TODAY, problems_of, spots

CHAPTER = """id: services
name: 一站式服务
order: 2
concepts:
  - id: bianmin
    name: 便民
    shown_by:
      - field: services
        terms:
          - 综合性便民服务
  - id: kongjian
    name: 空间
    shown_by:
      - field: spaces
    positions:
      - lujia-zhen
  - id: zhongxin
    name: 中心
    shown_by:
      - field: tier
        terms:
          - centre
sources:
  - title: 虚构的报道
"""


@pytest.fixture
def root(root: Path) -> Path:
    """The sound data root, whose word 便民服务 belongs to a group."""
    path = root / "directory.yml"
    text = path.read_text(encoding="utf-8")
    path.write_text(text.replace("- name: 便民服务\n", "- name: 便民服务\n      group: 综合性便民服务\n"), encoding="utf-8")
    return root


def write(root: Path, text: str = CHAPTER, name: str = "services") -> Path:
    (root / "concepts").mkdir(exist_ok=True)
    path = root / "concepts" / f"{name}.yml"
    path.write_text(text, encoding="utf-8")
    return path


def loaded(root: Path) -> Directory:
    return load(root, today=TODAY)


def ids(directory: Directory, concept: str) -> list[str]:
    return [position.id for position in directory.showing(concept)]


def test_a_directory_needs_no_chapters(root: Path) -> None:
    assert loaded(root).chapters == ()


def test_positions_show_a_concept_by_their_own_fields(root: Path) -> None:
    write(root)
    directory = loaded(root)
    assert ids(directory, "bianmin") == ["qifa-guangchang"]  # by the group its services belong to
    assert set(ids(directory, "zhongxin")) == {position.id for position in directory.positions if position.tier == "centre"}


def test_positions_named_by_a_chapter_come_first(root: Path) -> None:
    write(root)
    found = ids(loaded(root), "kongjian")
    assert found[0] == "lujia-zhen"
    assert "qifa-guangchang" in found[1:]  # has spaces, whatever they are called


def test_links_lead_both_ways(root: Path) -> None:
    write(root)
    directory = loaded(root)
    for chapter in directory.chapters:
        for concept in chapter.concepts:
            for position in directory.showing(concept.id):
                assert concept in [told for _, told in directory.concepts_of(position.id)]
    assert [concept.id for _, concept in directory.concepts_of("lujia-zhen")] == ["kongjian", "zhongxin"]


def test_chapters_stand_in_their_order(root: Path) -> None:
    write(root)
    write(
        root, CHAPTER.replace("id: services", "id: first").replace("order: 2", "order: 1").replace("- id: ", "- id: x"), "first"
    )
    own = CHAPTER.replace("id: services", "id: last").replace("- id: ", "- id: y")
    write(root, own.replace("order: 2\n", ""), "last")
    assert [chapter.id for chapter in loaded(root).chapters] == ["first", "services", "last"]


def test_what_a_chapter_may_not_say(root: Path) -> None:
    write(root)
    write(root, CHAPTER.replace("id: services", "id: again"), "again")
    wrong = CHAPTER.replace("id: services", "id: wrong").replace("- id: ", "- id: w").replace("lujia-zhen", "lujia-zheng")
    write(root, wrong.replace("综合性便民服务", "综合便民服务").replace("- centre", "- center"), "wrong")
    assert spots(problems_of(root)) == [
        ("concepts/services.yml", 5, "concept-repeated"),
        ("concepts/services.yml", 11, "concept-repeated"),
        ("concepts/services.yml", 17, "concept-repeated"),
        ("concepts/wrong.yml", 10, "unknown-term"),
        ("concepts/wrong.yml", 16, "unknown-position"),
        ("concepts/wrong.yml", 22, "unknown-term"),
    ]


def test_an_unknown_position_is_guessed(root: Path) -> None:
    write(root, CHAPTER.replace("lujia-zhen", "lujia-zheng"))
    (problem,) = problems_of(root)
    assert problem.values["guess"] == "lujia-zhen"


def test_a_chapter_needs_sources_and_concepts(root: Path) -> None:
    write(root, CHAPTER.split("sources:", maxsplit=1)[0])
    write(root, "id: empty\nname: 空\nconcepts: []\nsources:\n  - title: 虚构的报道\n", "empty")
    assert {code for _, _, code in spots(problems_of(root))} >= {"no-sources"}
    assert any(file == "concepts/empty.yml" for file, _, _ in spots(problems_of(root)))
