"""Entry files as they lie on the disk: which of them are meant, their text, and a new text in their place.

The rule: a file is replaced whole, in one step, or not at all; only files of entries below the root are ever touched.
"""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from haitang.core.atomic_files import write_atomic
from haitang.core.decoding import decode, read_regular
from haitang.core.problems import Problem
from haitang.model.formatter import NotCanonical, formatted
from haitang.model.paths import entry_files, kind_of
from haitang.source.parser import MAX_BYTES


class NotAnEntry(Exception):
    """There is no such file below the root, or it is not an entry's; holds what was asked for."""


def asked(root: Path, written: Iterable[str]) -> list[str]:
    """The files that people mean, sorted: by their paths from where they stand or from the root; a folder stands for the
    entries in it. Raises NotAnEntry."""
    return sorted({file for name in written for file in _meant(root, name)})


def _meant(root: Path, written: str) -> Iterator[str]:
    for start in (Path.cwd(), root):
        path = (start / written).resolve()
        if path.is_relative_to(root) and (path.is_file() or path.is_dir()):
            file = PurePosixPath(path.relative_to(root)).as_posix()
            inside = "" if file == "." else f"{file}/"
            yield from (file,) if path.is_file() else (name for name in entry_files(root) if name.startswith(inside))
            return
    raise NotAnEntry(written)


def read_text(root: Path, file: str) -> str:
    """The text of a file. Raises NotCanonical."""
    content = read_regular(root / file, file, MAX_BYTES)
    text = content if isinstance(content, Problem) else decode(content, file)
    if isinstance(text, Problem):
        raise NotCanonical([text])
    return text


def tidied(root: Path, file: str) -> tuple[str, int | None]:
    """The canonical text of a file and the first line where the file differs from it, None where it does not. Raises
    NotCanonical; NotAnEntry for files of another kind."""
    kind = kind_of(file)
    if kind is None:
        raise NotAnEntry(file)
    right = formatted(read_text(root, file), kind, file)
    return right, first_difference((root / file).read_bytes(), right.encode())


def first_difference(written: bytes, right: bytes) -> int | None:
    """The first line, from 1, where two texts differ."""
    if written == right:
        return None
    pairs = zip(written.split(b"\n"), right.split(b"\n"), strict=False)
    same = next((number for number, (one, other) in enumerate(pairs) if one != other), None)
    return (min(written.count(b"\n"), right.count(b"\n")) if same is None else same) + 1


def put(root: Path, file: str, content: str | bytes) -> None:
    """Writes a file in one step. Raises OSError."""
    write_atomic(root / file, content, durable=True)
