"""A new position, brand or route file, with what is known and room for what is not.

The rule: a file that exists is never touched, and nothing is filled in that nobody said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from haitang.core.leftovers import yaml_files
from haitang.core.pinyin import proposed_id
from haitang.core.problems import InvalidDirectory
from haitang.model.field_specs import FOLDERS, EntryKind
from haitang.model.formatter import updated
from haitang.model.json_schema import schema_line
from haitang.model.settings import Settings
from haitang.model.types import RESERVED_IDS
from haitang.model.validation import read
from haitang.source.parser import Fields, read_file


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new file will say."""

    kind: EntryKind
    id: str
    name: str
    facts: Mapping[str, str] = field(default_factory=dict)  # field → what was said, with the town
    source: Mapping[str, str] = field(default_factory=dict)

    @property
    def file(self) -> str:
        folder = f"positions/{self.facts['town']}" if self.kind == "position" else FOLDERS[self.kind]
        return f"{folder}/{self.id}.yml"

    def text(self, source_hint: str, stop_hint: str = "") -> str:
        """The YAML, canonical. Fields nobody knows yet are left out; what must be filled in stays as a comment."""
        values: dict[str, object] = {"id": self.id, "name": self.name, **self.facts}
        if self.source:
            values["sources"] = [dict(self.source)]
        lines = [schema_line(self.file, self.kind), updated(None, self.kind, values)]
        lines += ["stops:\n", *[f"  - position: # {stop_hint}\n"] * 2] if self.kind == "route" else []
        lines += [] if self.source else ["sources:\n", f"  - title: # {source_hint}\n"]
        return "".join(lines)


def settings_of(root: Path) -> Settings:
    """The directory's settings. Raises InvalidDirectory."""
    tree = read_file(root / "directory.yml", "directory.yml")
    settings = read(Settings, tree, "directory.yml") if isinstance(tree, Fields) else tree
    if isinstance(settings, list):
        raise InvalidDirectory(settings)
    return settings


def find(written: str, names: dict[str, Iterable[str]]) -> str | None:
    """The id that a person means by an id, a name, or a part of only one name (张浦 for 张浦镇); None if not certain."""
    for name, spoken in names.items():
        if written == name or written in spoken:
            return name
    holding = [name for name, spoken in names.items() if len(written) > 1 and any(written in each for each in spoken)]
    return holding[0] if len(holding) == 1 else None


def free_id(root: Path, kind: str, name: str) -> str:
    """An id proposed from the name that no entry of this kind has."""
    taken = {path.stem for path in yaml_files(root / f"{kind}s")} | RESERVED_IDS
    proposed = proposed_id(name) or kind
    candidates = [proposed, *(f"{proposed}-{number}" for number in range(2, 1000))]
    return next(candidate for candidate in candidates if candidate not in taken)
