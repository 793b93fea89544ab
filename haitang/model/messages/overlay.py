"""A directory's own words: `words/site.zh-CN.yml` and its like beside directory.yml, laid over ours.

The rule: a sentence of theirs takes the place of ours of the same name and nothing else: no new name, no other blank, no longer
list. What is not sound is told, and ours stands.
"""

import difflib
import os
import string
from collections.abc import Callable, Collection, Iterator
from pathlib import Path
from typing import Any

from haitang.core.leftovers import without_leftovers
from haitang.core.problems import Place, Problem, Value
from haitang.model.messages.counted import are_forms, text_of
from haitang.source.parser import Fields, Flawed, Items, Node, Text, place_of, read_file

FOLDER = "words"
MOST_BYTES = 256 * 1024  # every sentence there is, in one file
LONGEST = 2_000  # characters of a sentence
PHRASES = "phrases"  # of a language: what something of the directory's own is called in it, under any name
NOUN = "noun"  # a blank of any sentence in Chinese: what a directory calls a place of its own
OF_NOUN = ("kinds", "position")  # where it stands, in the words of fields
_BAGS = ("spoken", "words")  # lists that are searched, of any length; of the others each item has its own place

Tree = dict[str, Any]  # name → a text, a list of texts, or a tree
Path_ = tuple[str | int, ...]


def laid_over(ours: Tree, root: Path, name: str) -> Tree:
    """`ours`, with the sound sentences of the file `name` of the root's words in the places of their own."""
    read = _read(root, name)
    return ours if read is None else _Layer(name, read).over(ours)


def faults(root: Path, names: Collection[str], ours: Callable[[str], Tree], at: Callable[[str], Path]) -> Iterator[Problem]:
    """What is wrong with the words of a root, whose files are called as ours (`names`); `at` says where one is read."""
    folder = root / FOLDER
    if folder.is_symlink():
        yield Problem(Place(FOLDER), "not-regular-file")
        return
    for name in sorted(without_leftovers(path.name for path in folder.iterdir())):
        if not os.path.lexists(path := at(file := f"{FOLDER}/{name}")):
            continue
        if name not in names:
            yield Problem(Place(file), "words-file", {"name": name, "names": tuple(names)})
            continue
        read = read_file(path, file, MOST_BYTES)
        yield from read if isinstance(read, list) else ()
        if isinstance(tree := read.tree if isinstance(read, Flawed) else read, Fields):
            layer = _Layer(name, tree)
            layer.over(ours(name))
            yield from layer.faults


def phrases(root: Path, name: str) -> dict[str, str]:
    """What the file `name` of the root's words says of names of its own."""
    read = _read(root, name)
    held = read.get(PHRASES) if read else None
    return {str(key): str(value) for key, value in held.items() if isinstance(value, Text)} if isinstance(held, Fields) else {}


def _read(root: Path, name: str) -> Fields | None:
    folder = root / FOLDER
    if folder.is_symlink() or not os.path.lexists(folder / name):
        return None
    read = read_file(folder / name, f"{FOLDER}/{name}", MOST_BYTES)
    return read if isinstance(read, Fields) else None


class _Layer:
    """A file of words being laid over ours; `faults` are what was found of it so far."""

    def __init__(self, name: str, tree: Fields) -> None:
        self._file, self._tree = f"{FOLDER}/{name}", tree
        self.faults: list[Problem] = []

    def over(self, ours: Tree) -> Tree:
        return self._fields((), ours, self._tree)

    def _fields(self, path: Path_, ours: Tree, theirs: Fields) -> Tree:
        laid = dict(ours)
        for blank in theirs.blank:
            self._tell((*path, blank), "empty-field")
        for key, value in theirs.items():
            at, name = (*path, key), str(key)
            if at == (PHRASES,) and isinstance(value, Fields):
                self._named(value)
            elif name in ours:
                laid[name] = self._value(at, ours[name], value)
            else:
                self._tell(at, "words-unknown", wrong=name, file=f"templates/{self._file}", **_guess(name, ours))
        return laid

    def _named(self, phrases: Fields) -> None:
        for key, value in phrases.items():
            if not isinstance(value, Text):
                self._tell((PHRASES, key), "needs-text")

    def _value(self, path: Path_, ours: Any, theirs: Node) -> Any:
        """Theirs, or ours where theirs is not of the same shape."""
        if isinstance(ours, dict):
            return self._fields(path, ours, theirs) if isinstance(theirs, Fields) else self._kept(path, ours, "needs-fields")
        if isinstance(ours, list):
            return self._items(path, ours, theirs) if isinstance(theirs, Items) else self._kept(path, ours, "needs-list")
        return self._sentence(path, ours, theirs) if isinstance(theirs, Text) else self._kept(path, ours, "needs-text")

    def _items(self, path: Path_, ours: list[Any], theirs: Items) -> list[Any]:
        if path[-1] in _BAGS and all(isinstance(own, Text) for own in theirs):
            return list(map(str, theirs))
        if len(theirs) != len(ours):
            return list[Any](self._kept(path, ours, "too-few" if len(theirs) < len(ours) else "too-many", limit=len(ours)))
        return [self._value((*path, at), one, own) for at, (one, own) in enumerate(zip(ours, theirs, strict=True))]

    def _sentence(self, path: Path_, ours: str, theirs: Text) -> str:
        if len(theirs) > LONGEST:
            return self._told(path, ours, "too-long", limit=LONGEST)
        known, written = set(_blanks(ours) or ()), _blanks(theirs)
        if path != OF_NOUN:
            known.add(NOUN)
        if written is None or not written <= known:
            wrong = "{" if written is None else ", ".join(sorted(f"{{{name}}}" for name in written - known))
            return self._told(path, ours, "words-blank", wrong=wrong, right=ours)
        return text_of(str(theirs))

    def _told(self, path: Path_, ours: str, code: str, **values: Value) -> str:
        self._tell(path, code, **values)
        return ours

    def _kept(self, path: Path_, ours: Any, code: str, **values: Value) -> Any:
        self._tell(path, code, **values)
        return ours

    def _tell(self, path: Path_, code: str, **values: Value) -> None:
        named = ".".join(str(step + 1) if isinstance(step, int) else step for step in path)
        spot = place_of(self._tree, path, self._file, key=code in ("words-unknown", "empty-field"))
        self.faults.append(Problem(spot, code, {"field": named, **values}))


def _guess(written: str, known: Collection[str]) -> dict[str, Value]:
    near = difflib.get_close_matches(written[:100], known, n=1, cutoff=0.6)
    return {"guess": near[0]} if near else {}


def _blanks(sentence: str) -> set[str] | None:
    """The names of a sentence's blanks, None where its braces do not match or say more than a name and its forms."""
    try:
        parts = list(string.Formatter().parse(sentence))
    except ValueError:
        return None
    named = [(name, form, turned) for _, name, form, turned in parts if name is not None]
    plain = all(name.isidentifier() and (not form or are_forms(form)) and not turned for name, form, turned in named)
    return {name for name, _, _ in named} if plain else None
