"""One word for an area, in every sentence of the pages; what is not a word of ours stays as it is."""

import shutil
from pathlib import Path
from typing import Any

import pytest

from haitang.model import messages
from haitang.model.messages import area_word, site_words, words
from tests.worlds import WORLD


def texts(node: Any) -> str:
    if isinstance(node, str):
        return node
    return "\n".join(map(texts, node.values() if isinstance(node, dict) else node))


def use(root: Path, language: str, one: str, many: str) -> None:
    shutil.copytree(WORLD, root)
    (root / "words").mkdir(exist_ok=True)
    (root / "words" / f"site.{language}.yml").write_text(f"area_word:\n  one: {one}\n  many: {many}\n", "utf-8")
    messages.use(root)


def test_every_chinese_sentence_follows(tmp_path: Path) -> None:
    before = texts(site_words("zh-CN")).count("区镇")
    use(tmp_path / "root", "zh-CN", "街道", "街道")
    site = site_words("zh-CN")
    assert before > 40 and "区镇" not in texts(site)
    assert (site["towns_title"], site["header"]["towns"]) == ("按街道找", "街道")
    assert "{town}" in site["town_description"]
    assert "区镇" not in texts(words("zh-CN").tree["fields"]["towns"])
    assert "區鎮" not in texts(site_words("zh-TW")) and "街道" in texts(site_words("zh-TW"))
    messages.use(None)
    assert texts(site_words("zh-CN")).count("区镇") == before


@pytest.mark.parametrize(("one", "many"), [("area", "areas"), ("neighbourhood", "neighbourhoods")])
def test_every_english_sentence_follows(tmp_path: Path, one: str, many: str) -> None:
    use(tmp_path / "root", "en", one, many)
    said = texts(site_words("en"))
    assert f"this {one}" in said and many in said
    for wrong in ("a area", "A area", " town ", "Town ", "towns"):
        assert wrong not in said.replace("{town}", ""), wrong


def test_articles_blanks_and_forms() -> None:
    ours, theirs = {"one": "town", "many": "towns"}, {"one": "area", "many": "areas"}
    told = {"x": "A town. {town}: a town of {count:town|towns}. Towns!", "area_word": ours}
    said = area_word.said_with(told, ours, theirs, is_chinese=False)
    assert said["x"].format(town="Armley", count=2) == "An area. Armley: an area of areas. Areas!"
    assert said["x"].format(town="Armley", count=1).endswith("of area. Areas!")
    assert area_word.said_with(told, ours, dict(ours), is_chinese=False) is told
