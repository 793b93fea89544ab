"""What was read of files, so that a second look at nearly the same data reads only what differs.

The rule: a file is the same when its bytes are; what had a problem is never remembered.
"""

from pathlib import Path
from typing import TypeVar

from pydantic import BaseModel

from haitang.core.decoding import read_regular
from haitang.core.problems import Problem
from haitang.source.parser import MAX_BYTES

Model = TypeVar("Model", bound=BaseModel)


class Memory:
    """The sound files of one look: `values` by their names. What `earlier` remembers is not read again."""

    def __init__(self, earlier: "Memory | None" = None) -> None:
        self.values: dict[str, BaseModel] = {}
        self._bytes: dict[str, bytes] = {}
        self._earlier = earlier

    def recall(self, model: type[Model], root: Path, file: str) -> Model | None:
        """What the earlier look made of the same bytes."""
        content = read_regular(root / file, file, MAX_BYTES)
        if isinstance(content, Problem):
            return None
        self._bytes[file] = content
        if self._earlier is None or self._earlier._bytes.get(file) != content:
            return None
        value = self._earlier.values.get(file)
        return value if isinstance(value, model) else None

    def keep(self, file: str, value: BaseModel) -> None:
        self.values[file] = value
