"""Entry files as they lie on the disk: which there are, what they say, and a new text in their place.

The rule: a file is replaced whole, in one step, or not at all; only files of entries below the root are ever touched.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from haitang.core.decoding import decode, raise_trouble, read_regular
from haitang.core.disk.together import together
from haitang.core.problems import Problem
from haitang.model.paths import FOLDERS, EntryKind, entry_files, id_of, kind_of
from haitang.source.parser import MAX_BYTES, Fields, read_file


class NotAnEntry(Exception):
    """There is no such file below the root, or it is not an entry's; holds what was asked for."""


@dataclass(frozen=True, slots=True)
class StoredEntry:
    """One entry as its file, relative to the root, says it: texts, lists and dicts. Nothing is read into the model, so that
    what is wrong today can be seen and mended; a file that cannot be read has `problems` and no values."""

    kind: EntryKind
    file: str
    values: Mapping[str, Any]
    problems: tuple[Problem, ...] = ()

    @property
    def id(self) -> str:
        return id_of(self.file)

    @property
    def name(self) -> str:
        return self.text("name")

    @property
    def other_names(self) -> tuple[str, ...]:
        """What people call it for short, or besides."""
        aliases = self.values.get("aliases")
        also = [name for name in aliases if isinstance(name, str)] if isinstance(aliases, list) else []
        return tuple(name for name in (self.text("short_name"), *also) if name)

    def text(self, field: str) -> str:
        """A field's text, empty where it has none."""
        value = self.values.get(field)
        return value if isinstance(value, str) else ""


def stored_entries(root: Path, kinds: Iterable[EntryKind] = tuple(FOLDERS)) -> Iterator[StoredEntry]:
    """The entries of these kinds, each kind's sorted by file. Raises OSError where one cannot be read: it says something all
    the same, and must not be taken for one that is not there."""
    for kind in kinds:
        for file in entry_files(root, [kind]):
            tree = read_file(root / file, file)
            if isinstance(tree, Fields):
                yield StoredEntry(kind, file, plain(tree))
                continue
            for problem in tree:
                raise_trouble(problem, root / file)
            yield StoredEntry(kind, file, {}, tuple(tree))


def plain(node: Any) -> Any:
    """What was read of a file, as plain values."""
    if isinstance(node, dict):
        return {str(name): plain(value) for name, value in node.items()}
    return [plain(item) for item in node] if isinstance(node, list) else str(node)


def requested(root: Path, written: Iterable[str]) -> list[str]:
    """The files that people mean, sorted: by their paths from where they stand or from the root; a folder stands for the
    entries in it. Raises NotAnEntry."""
    files: set[str] = set()
    for name in written:
        paths = ((start / name).resolve() for start in (Path.cwd(), root))
        path = next((path for path in paths if path.is_relative_to(root) and (path.is_file() or path.is_dir())), None)
        if path is None:
            raise NotAnEntry(name)
        if path.is_file():
            files.add(path.relative_to(root).as_posix())
        else:
            files.update(file for file in entry_files(root) if (root / file).is_relative_to(path))
    return sorted(files)


def read_text(root: Path, file: str) -> str:
    """The text of a file. Raises NotCanonical, OSError."""
    from haitang.model.formatter import NotCanonical  # its import takes as long as a look at thousands of files

    content = read_regular(root / file, file, MAX_BYTES)
    text = content if isinstance(content, Problem) else decode(content, file)
    if isinstance(text, Problem):
        raise_trouble(text, root / file)
        raise NotCanonical([text])
    return text


def tidied(root: Path, file: str) -> tuple[str, int | None]:
    """The canonical text of a file and the first line, from 1, where the file differs from it, None where it does not. Raises
    NotCanonical; NotAnEntry for files of another kind."""
    from haitang.model.formatter import formatted

    kind = kind_of(file)
    if kind is None:
        raise NotAnEntry(file)
    right = formatted(read_text(root, file), kind, file)
    written = (root / file).read_bytes()
    if written == right.encode():
        return right, None
    lines = written.split(b"\n"), right.encode().split(b"\n")
    pairs = enumerate(zip(*lines, strict=False), 1)
    return right, next((number for number, (one, other) in pairs if one != other), min(map(len, lines)))


def put(root: Path, file: str, content: str | bytes) -> None:
    """Writes one file, whole or not at all. Raises OSError."""
    with together(root) as files:
        files.write(file, content)
