"""Paragraphs that do not say on which source they rest."""

from collections.abc import Iterator
from typing import Any

from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Filed, Finding, Path
from haitang.model.citations.places import cited_texts
from haitang.model.entries import Entry, Position

_BEGINNING = 10  # characters by which an editor finds a paragraph
_NAMED = 6


def paragraphs_name_their_sources(dataset: Dataset) -> Iterator[Finding]:
    """Of stories, chapters and brands; one remark an entry."""
    for entry in dataset.own((*dataset.positions, *dataset.brands, *dataset.chapters)):
        found = list(_unmarked(entry)) if entry.value.sources else []
        if found:
            path, below, _ = found[0]
            places = tuple(f"“{_beginning(text)}”" for _, _, text in found[:_NAMED])
            places += ("…",) if len(found) > _NAMED else ()
            values: dict[str, Value] = {"count": len(found), "places": places}
            yield Finding(entry.file, path, "marks-missing", values, below=below)


def _unmarked(entry: Filed[Any]) -> Iterator[tuple[Path, int, str]]:
    for path, cited in cited_texts(entry.value):
        if _is_told(entry.value, path):
            for below, text in cited.unmarked:
                yield path, below, text


def _is_told(entry: Entry, path: Path) -> bool:
    """Whether what stands there is a story and no summary of what follows, nor what a room is for."""
    return path == ("story",) if isinstance(entry, Position) else path != ("lead",)


def _beginning(text: str) -> str:
    line = text.partition("\n")[0]
    return line if len(line) <= _BEGINNING else f"{line[:_BEGINNING]}…"
