"""A new position, brand or route file, with what is known and room for what is not.

The rule: a file that exists is never touched, and nothing is filled in that nobody said.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from haitang.core.problems import InvalidDirectory
from haitang.editors.new_ids import new_id
from haitang.model.formatter import updated
from haitang.model.json_schema import schema_line
from haitang.model.paths import SETTINGS_FILE, EntryKind, entry_file, entry_files, id_of
from haitang.model.settings import Settings
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
        return entry_file(self.kind, self.id, self.facts.get("town", ""))

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
    tree = read_file(root / SETTINGS_FILE, SETTINGS_FILE)
    settings = read(Settings, tree, SETTINGS_FILE) if isinstance(tree, Fields) else tree
    if isinstance(settings, list):
        raise InvalidDirectory(settings)
    return settings


def find(written: str, names: Mapping[str, Iterable[str]]) -> str | None:
    """The id that a person means by an id, a name, or a part of only one name (张浦 for 张浦镇); None if not certain."""
    for name, spoken in names.items():
        if written == name or written in spoken:
            return name
    holding = [name for name, spoken in names.items() if len(written) > 1 and any(written in each for each in spoken)]
    return holding[0] if len(holding) == 1 else None


def free_id(root: Path, kind: EntryKind, name: str, town: str = "") -> str:
    """An id proposed from the name that no entry of this kind has."""
    return new_id(kind, name, {*map(id_of, entry_files(root, [kind]))}, town)
