"""Marks behind sentences, published: links on the page of their own entry, and nothing anywhere else."""

import re
import shutil
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import yaml

from haitang.checks.load import load
from haitang.kiosk.attract import slides_of
from haitang.kiosk.pages import written
from haitang.model.citations import CitedText
from haitang.model.cures.model_types import field_type
from haitang.model.entries import Brand, Chapter, Entry, Position, Route
from haitang.model.messages import site_words
from haitang.site.page import BRAND, CHAPTER, POSITION, ROUTE
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from tests.worlds import WORLD, publish, tree

MODELS: dict[str, type[Entry]] = {"positions": Position, "brands": Brand, "concepts": Chapter, "routes": Route}
NUMBERS = (7, 13)  # sources that no text of ours names by chance
MARKS = "".join(f"[^{number}]" for number in NUMBERS)
DERIVED = {"data/edition.json", "data/pages.json"}  # digests of all pages


def marked(kind: type[Entry], raw: dict[str, Any]) -> Iterator[tuple[dict[str, Any], str]]:
    """Every text of an entry that may hold marks, written or not: what it stands in, and the field's name."""
    for name in kind.model_fields:
        inner = field_type(kind, (name,))
        if inner is CitedText:
            yield raw, name
        elif name in raw and isinstance(inner, type) and issubclass(inner, Entry):
            for part in raw[name] if isinstance(raw[name], list) else [raw[name]]:
                yield from marked(inner, part)


def world(folder: Path, marks: str) -> Path:
    """The golden world with a score of sources an entry, and `marks` behind every line of every text that may hold them."""
    shutil.copytree(WORLD, folder)
    seen = 0
    for name, kind in MODELS.items():
        for path in (folder / name).rglob("*.yml"):
            raw = yaml.load(path.read_text("utf-8"), yaml.BaseLoader)
            raw["sources"] += [{"title": f"虚构的报道之{number}"} for number in range(len(raw["sources"]), 20)]
            for part, field in [*marked(kind, raw)]:
                lines = CitedText.read(part.get(field, "虚构的一句话。")).text.rstrip().split("\n")
                part[field] = "\n".join(f"{line.rstrip()}{marks}" if line.strip() else line for line in lines)
                seen += 1
            path.write_text(yaml.safe_dump(raw, allow_unicode=True, width=10_000), "utf-8")
    assert seen > 20
    return folder


@pytest.fixture(scope="module")
def worlds(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    folder = tmp_path_factory.mktemp("worlds")
    return world(folder / "plain", ""), world(folder / "marked", MARKS)


@pytest.fixture(scope="module")
def published(worlds: tuple[Path, Path], tmp_path_factory: pytest.TempPathFactory) -> tuple[dict[str, bytes], dict[str, bytes]]:
    out = tmp_path_factory.mktemp("out")
    for number, root in enumerate(worlds):
        publish(root, out / str(number))
    return tree(out / "0" / "site"), tree(out / "1" / "site")


def own_pages(root: Path) -> set[str]:
    directory = load(root, today=date(2026, 1, 2))
    return {path for kind in (POSITION, BRAND, CHAPTER, ROUTE) for path, _ in kind.pages(directory)}


def test_no_mark_is_published_as_it_is_written(published: tuple[dict[str, bytes], dict[str, bytes]]) -> None:
    """Pages, data, calendars, the words of searches: none shows one. The release has them: data/index.html says how they are
    read."""
    for path, content in published[1].items():
        if path.startswith("data/v1/") or path == "data/index.html":
            continue
        for number in NUMBERS:
            assert f"[^{number}]".encode() not in content, path


def test_marks_change_nothing_but_their_own_pages(
    worlds: tuple[Path, Path], published: tuple[dict[str, bytes], dict[str, bytes]]
) -> None:
    """Descriptions, cards, data, calendars, exports: byte for byte what they are without marks."""
    plain, cited = published
    assert plain.keys() == cited.keys()
    changed = {path for path in plain if plain[path] != cited[path] and not path.startswith("data/v1/")} - {"data/index.html"}
    own = own_pages(worlds[1])
    assert changed - own == DERIVED
    assert own <= changed
    for path in changed & own:
        heads = [re.sub(r"data-version=.\S+", "", content[path].decode().partition("<body")[0]) for content in published]
        assert heads[0] == heads[1], path


def test_every_mark_leads_to_its_source(
    worlds: tuple[Path, Path], published: tuple[dict[str, bytes], dict[str, bytes]]
) -> None:
    for path in own_pages(worlds[1]):
        page = published[1][path].decode()
        links = re.findall(r'<sup><a href="#source-(\d+)" aria-label="来源 (\d+)">(\d+)</a></sup>', page)
        assert all(len(set(link)) == 1 for link in links)
        assert all(page.count(f'id="source-{number}"') == 1 for number, _, _ in links), path
        assert {number for number, _, _ in links} <= {str(number) for number in NUMBERS}
    page = published[1]["positions/he-cheng.html"].decode()
    assert "依据这条来源的话：“" in page


def test_kiosks_show_no_mark(worlds: tuple[Path, Path]) -> None:
    """Fingers on a screen in a hall do not hit small numbers; the sources stand on the same card."""
    made = []
    for root in worlds:
        site = Site(load(root, today=date(2026, 1, 2)), Templates(site_words(LANGUAGE)))
        slides = slides_of(site.directory.settings.halls[0], site)
        made.append((written(site, None, {}).texts, slides.story))
    assert made[0] == made[1]
