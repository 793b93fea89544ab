"""A directory's own words: they stand in the place of ours, everywhere, and nothing else of ours changes."""

import random
import re
import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from haitang.cli.main import main
from haitang.model import messages
from haitang.model.field_specs import entry_spec
from haitang.model.messages import overlay, site_words, words
from haitang.site.build import Builder
from tests.conftest import problems_of
from tests.worlds import PROJECT, WORLD, inputs, publish, tree


@pytest.fixture
def root(tmp_path: Path) -> Path:
    return Path(shutil.copytree(WORLD, tmp_path / "root"))


def write(root: Path, name: str, tree: Any) -> None:
    (root / "words").mkdir(exist_ok=True)
    (root / "words" / name).write_text(yaml.safe_dump(tree, allow_unicode=True, width=10**9), "utf-8")


def test_a_sentence_of_theirs_takes_the_place_of_ours(root: Path) -> None:
    write(root, "site.zh-CN.yml", {"brands_title": "读书会", "live": {"state": {"open": "开着门 · 到 {time}"}}})
    messages.use(None)
    ours = site_words("zh-CN")
    messages.use(root)
    theirs = site_words("zh-CN")
    assert (theirs["brands_title"], theirs["live"]["state"]["open"]) == ("读书会", "开着门 · 到 {time}")
    assert theirs != ours
    theirs["brands_title"], theirs["live"]["state"]["open"] = ours["brands_title"], ours["live"]["state"]["open"]
    theirs["open_data"]["records"]["Position"] = ours["open_data"]["records"]["Position"]  # their noun for a place
    assert theirs == ours
    messages.use(None)
    assert site_words("zh-CN") == ours


def test_labels_messages_and_what_is_made_of_them_follow(root: Path) -> None:
    def label() -> str:
        return next(spec.label for spec in entry_spec("position").fields if spec.name == "town")

    write(root, "messages.zh-CN.yml", {"fields": {"town": "分馆"}, "problems": {"unknown-town": "没有「{value}」这个分馆"}})
    write(root, "fields.zh-CN.yml", {"kinds": {"position": "图书馆"}})
    write(root, "codes.zh-CN.yml", {"places": {"problems": {"unknown-town": {"why": "分馆要先写在 directory.yml 里"}}}})
    messages.use(None)
    before = label(), entry_spec("position").label
    messages.use(root)
    assert (label(), entry_spec("position").label) == ("分馆", "图书馆")
    assert words("zh-CN").tree["problems"]["unknown-town"] == "没有「{value}」这个分馆"
    messages.use(None)
    assert (label(), entry_spec("position").label) == before


def test_every_command_speaks_so(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "messages.zh-CN.yml", {"commands": {"sound_routes": "都好了"}})
    assert main(["check", "--root", str(root)]) == 0
    assert "都好了" in capsys.readouterr().out
    write(root, "messages.zh-CN.yml", {"commands": {"sound_routes": "全好了"}})
    assert main(["check", "--root", str(root)]) == 0
    assert "全好了" in capsys.readouterr().out
    shutil.rmtree(root / "words")
    assert main(["check", "--root", str(root)]) == 0
    assert "好了" not in capsys.readouterr().out


def test_a_site_is_made_with_them_and_made_anew_when_they_change(root: Path, tmp_path: Path) -> None:
    ours = publish(root, tmp_path / "out")
    plain = tree(tmp_path / "out" / "site")
    assert ours.pages
    write(root, "site.zh-CN.yml", {"brands_title": "读书会"})
    builder = Builder(inputs(root))
    for title in ("读书会", "朗读者"):
        write(root, "site.zh-CN.yml", {"brands_title": title})
        publish(root, tmp_path / "out", builder=builder)
        kept = tree(tmp_path / "out" / "site")
        assert f"<title>{title}" in kept["brands/index.html"].decode()
        publish(root, tmp_path / title)
        assert tree(tmp_path / title / "site") == kept
    shutil.copy(WORLD / "words" / "site.zh-CN.yml", root / "words")
    publish(root, tmp_path / "out", builder=builder)
    assert tree(tmp_path / "out" / "site") == plain


def test_a_build_by_itself_sees_that_nothing_has_changed_but_words(root: Path, tmp_path: Path) -> None:
    run = ["site", "--root", str(root), "--out", str(tmp_path / "out")]
    assert main(run) == 0
    write(root, "site.zh-CN.yml", {"brands_title": "读书会"})
    assert main(run) == 0
    assert "<title>读书会" in (tmp_path / "out" / "site" / "brands" / "index.html").read_text("utf-8")


def test_words_that_are_wrong_are_not_published(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    write(root, "site.zh-CN.yml", {"brands_title": "{x}"})
    assert main(["check", "--root", str(root)]) == 1
    assert "words/site.zh-CN.yml:1:15: " in capsys.readouterr().out
    assert main(["site", "--root", str(root), "--out", str(tmp_path / "out")]) == 1
    assert not (tmp_path / "out" / "site").exists()


@pytest.mark.parametrize("target", ["file", "folder"])
def test_links_are_not_followed(root: Path, tmp_path: Path, target: str) -> None:
    write(root, "site.zh-CN.yml", {"brands_title": "读书会"})
    own = root / "words" / ("site.zh-CN.yml" if target == "file" else "")
    shutil.move(own, tmp_path / "away")
    own.symlink_to(tmp_path / "away")
    messages.use(root)
    assert site_words("zh-CN")["brands_title"] != "读书会"
    assert [problem.code for problem in problems_of(root)] == ["not-regular-file"]


def texts(tree: Any, path: tuple[str | int, ...] = ()) -> Iterator[tuple[tuple[str | int, ...], str]]:
    if isinstance(tree, str):
        yield path, tree
    else:
        for key, value in tree.items() if isinstance(tree, dict) else enumerate(tree):
            yield from texts(value, (*path, key))


SHIPPED = {path.name: messages.shipped(path.name) for path in sorted((PROJECT / "templates" / "words").glob("*.yml"))}


@pytest.mark.parametrize("name", sorted(SHIPPED))
def test_our_own_words_are_sound_words_of_a_directory(tmp_path: Path, name: str) -> None:
    """Whoever copies a file of ours whole and changes a word has nothing to mend."""
    (tmp_path / "words").mkdir()
    shutil.copy(PROJECT / "templates" / "words" / name, tmp_path / "words")
    assert list(messages.faults(tmp_path)) == []
    assert overlay.laid_over(SHIPPED[name], tmp_path, name) == SHIPPED[name]


@given(st.data())
def test_whatever_stands_there_what_is_taken_can_be_filled(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    """Any text for any sentence: it is told, or it can be filled with what ours is filled with."""
    chooser = random.Random(data.draw(st.integers(0, 1 << 30)))
    name = chooser.choice(sorted(SHIPPED))
    path, ours = chooser.choice([each for each in texts(SHIPPED[name]) if not any(isinstance(step, int) for step in each[0])])
    parts = ["{", "}", "{{", "}}", "{0}", "{}", "!r", ":>9", ".x", "[0]", "读书", " ", *re.findall(r"\{\w*\}", ours)]
    text = data.draw(st.lists(st.sampled_from(parts), min_size=1, max_size=6).map("".join)).strip() or "读"
    own: Any = text
    for step in reversed(path):
        own = {step: own}
    root = tmp_path_factory.mktemp("any")
    write(root, name, own)
    laid: Any = overlay.laid_over(SHIPPED[name], root, name)
    told = [problem.code for problem in messages.faults(root)]
    for step in path:
        laid = laid[step]
    assert laid == (ours if told else text)
    laid.format_map(dict.fromkeys(re.findall(r"\{(\w+)\}", ours), "x"))


def test_no_word_is_markup(root: Path, tmp_path: Path) -> None:
    """Every sentence with what would be an element, an attribute, an entity: each is shown as it stands."""
    hostile = "<xq onload=1>\"'&"

    def with_it(tree: Any) -> Any:
        if isinstance(tree, dict):
            return {key: with_it(value) for key, value in tree.items()}
        return [with_it(value) for value in tree] if isinstance(tree, list) else tree + hostile

    for name, words_ in SHIPPED.items():
        write(root, name, with_it(words_))
    publish(root, tmp_path / "out")
    pages = {name: content.decode("utf-8", "replace") for name, content in tree(tmp_path / "out" / "site").items()}
    assert [name for name, text in pages.items() if name.endswith((".html", ".svg", ".xml", ".atom")) and "<xq" in text] == []
    assert sum("&lt;xq onload=1" in text for text in pages.values()) > 20
