"""Where in the data the text comes from that a new site stumbles over: whoever mends it must not search thousands of files.

The rule: asked only when something is wrong; what cannot be found is not guessed, the page is named in any case.
"""

from collections.abc import Iterator, Mapping
from html import unescape
from pathlib import Path
from typing import Any

from pydantic import BaseModel

from haitang.directory import Directory
from haitang.problems import Place
from haitang.publish import Fault, Unsound
from haitang.source import Fields, place_of, read_file
from haitang.world import SETTINGS_FILE

_FOLDERS: Mapping[str, str] = {"position": "positions", "brand": "brands", "route": "routes"}
Text = tuple[str, tuple[str | int, ...], str]  # the file, the field's path in it, what stands there


def with_origins(broken: Unsound, root: Path, directory: Directory) -> Unsound:
    """The same faults, each with the place of the text it is about, as far as one of the data holds it."""
    texts = list(_texts(directory))
    found = ((fault, _origin(fault, texts, directory)) for fault in broken.faults)
    return Unsound(broken.faults, {fault: _place(root, text) for fault, text in found if text})


def _origin(fault: Fault, texts: list[Text], directory: Directory) -> Text | None:
    """The first text that holds the address, in the page's own entry if it has one, else anywhere."""
    wanted = unescape(fault.about)
    if not wanted:
        return None
    own = _entry_of(fault.page, directory)
    holding = [text for text in texts if wanted in text[2]]
    return next((text for text in holding if text[0] == own), holding[0] if holding else None)


def _entry_of(page: str, directory: Directory) -> str | None:
    folder, _, name = page.removesuffix(".html").rpartition("/")
    return next((directory.files.get(f"{kind}:{name}") for kind, there in _FOLDERS.items() if there == folder), None)


def _place(root: Path, text: Text) -> tuple[Place, str]:
    file, path, _ = text
    tree = read_file(root / file, file)
    field = next(str(step) for step in reversed(path) if isinstance(step, str))
    return (place_of(tree, path, file) if isinstance(tree, Fields) else Place(file)), field


def _texts(directory: Directory) -> Iterator[Text]:
    groups: dict[str, tuple[Any, ...]] = {"position": directory.positions, "brand": directory.brands, "route": directory.routes}
    for kind, entries in groups.items():
        for entry in entries:
            yield from _below(entry, directory.files[f"{kind}:{entry.id}"], ())
    for chapter in directory.chapters:
        yield from _below(chapter, f"concepts/{chapter.id}.yml", ())
    yield from _below(directory.settings, SETTINGS_FILE, ())


def _below(node: Any, file: str, path: tuple[str | int, ...]) -> Iterator[Text]:
    if isinstance(node, str):
        yield file, path, node
    elif isinstance(node, BaseModel):
        for name, value in node.__dict__.items():
            yield from _below(value, file, (*path, name))
    elif isinstance(node, tuple):
        for index, value in enumerate(node):
            yield from _below(value, file, (*path, index))
