"""Where in the data the text comes from that a new site stumbles over: whoever mends it must not search thousands of files.

The rule: asked only when something is wrong; what cannot be found is not guessed, the page is named in any case. A text is
found where the whole address stands in the page's own entry, or in no other text of the directory.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any

from haitang.core.problems import Place
from haitang.data.directory import Directory
from haitang.model.citations import CitedText
from haitang.model.entries import Entry
from haitang.model.paths import SETTINGS_FILE, entry_file
from haitang.site.edition.handwritten import line_of, source_of, whole
from haitang.site.page import PAGE_KINDS
from haitang.site.publish import Fault, Unsound
from haitang.source.parser import Fields, place_of, read_file

_FURTHER = re.compile(r"\.\d+\.html$")  # a further page of a long list
Text = tuple[str, tuple[str | int, ...], str]  # the file, the field's path in it, what stands there


def with_origins(broken: Unsound, root: Path, directory: Directory, site_src: Path) -> Unsound:
    """The same faults, each with the place of the text it is about, as far as one of the data, or of a handwritten page, holds
    it."""
    texts = [text for file, entry in _entries(directory) for text in _below(entry, file, ())]
    files = {id(entry): file for file, entry in _entries(directory)}
    files_of = {path: files.get(id(subject)) for kind in PAGE_KINDS for path, subject in kind.pages(directory)}
    places = {}
    for fault in broken.faults:
        if source := source_of(fault.page, site_src):
            if line := line_of(fault.about, source):
                places[fault] = Place(f"{site_src.name}/{source.relative_to(site_src).as_posix()}", line), ""
        elif text := _origin(fault, texts, files_of.get(_FURTHER.sub(".html", fault.page))):
            places[fault] = _place(root, text)
    return Unsound(broken.faults, places)


def _origin(fault: Fault, texts: list[Text], file: str | None) -> Text | None:
    """The first text of the page's own file that holds the address, else the only one of the directory that does."""
    if not fault.about:
        return None
    address = whole(unescape(fault.about))
    holding = [text for text in texts if address.search(text[2])]
    return next((text for text in holding if text[0] == file), holding[0] if len(holding) == 1 else None)


def _place(root: Path, text: Text) -> tuple[Place, str]:
    file, path, _ = text
    tree = read_file(root / file, file)
    field = next(str(step) for step in reversed(path) if isinstance(step, str))
    return (place_of(tree, path, file) if isinstance(tree, Fields) else Place(file)), field


def _entries(directory: Directory) -> Iterator[tuple[str, Entry]]:
    """Every file of the data, and what was read from it."""
    yield from ((directory.files[f"position:{entry.id}"], entry) for entry in directory.positions)
    yield from ((directory.files[f"brand:{entry.id}"], entry) for entry in directory.brands)
    yield from ((directory.files[f"route:{entry.id}"], entry) for entry in directory.routes)
    yield from ((entry_file("chapter", entry.id), entry) for entry in directory.chapters)
    yield SETTINGS_FILE, directory.settings


def _below(node: Any, file: str, path: tuple[str | int, ...]) -> Iterator[Text]:
    if isinstance(node, str | CitedText):
        yield file, path, str(node)
    elif isinstance(node, Entry):
        for name, value in node.__dict__.items():
            yield from _below(value, file, (*path, name))
    elif isinstance(node, tuple):
        for index, value in enumerate(node):
            yield from _below(value, file, (*path, index))
