"""A new position, brand or route file, with what is known and room for what is not.

The rule: a file that exists is never touched, and nothing is filled in that nobody said.
"""

import json
import re
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from haitang.pinyin import proposed_id
from haitang.problems import InvalidDirectory
from haitang.reading import closest, read
from haitang.settings import Settings
from haitang.source import Fields, read_file
from haitang.values import RESERVED_IDS

_BARE = re.compile(r"[\w（）()·“”][\w（）()·“”、，。 -]*", re.UNICODE)


@dataclass(frozen=True, slots=True)
class Draft:
    """What a new file will say."""

    kind: str
    id: str
    name: str
    town: str | None = None
    tier: str | None = None

    @property
    def file(self) -> str:
        folder = f"positions/{self.town}" if self.kind == "position" else f"{self.kind}s"
        return f"{folder}/{self.id}.yml"

    def text(self, source_hint: str, stop_hint: str = "") -> str:
        """The YAML. Fields nobody knows yet are left out; the source stays as a comment to be filled."""
        lines = [f"id: {self.id}", f"name: {scalar(self.name)}"]
        lines += [f"tier: {self.tier}"] if self.tier else []
        lines += [f"town: {self.town}"] if self.town else []
        lines += ["stops:", *[f"  - position: # {stop_hint}"] * 2] if self.kind == "route" else []
        lines += ["sources:", f"  - title: # {source_hint}"]
        return "\n".join(lines) + "\n"


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
    holding = [name for name, spoken in names.items() if len(written) > 1 and any(written in said for said in spoken)]
    return holding[0] if len(holding) == 1 else None


def guess(written: str, names: dict[str, Iterable[str]]) -> str | None:
    """The likely id, to be offered and not taken."""
    return closest(written, names)


def free_id(root: Path, kind: str, name: str) -> str:
    """An id proposed from the name that no entry of this kind has."""
    taken = {path.stem for path in (root / f"{kind}s").rglob("*.yml")} | RESERVED_IDS
    proposed = proposed_id(name) or kind
    candidates = [proposed, *(f"{proposed}-{number}" for number in range(2, 1000))]
    return next(candidate for candidate in candidates if candidate not in taken)


def scalar(text: str) -> str:
    """A text as YAML: bare where that is safe, else in double quotes (JSON strings are YAML)."""
    return text if _BARE.fullmatch(text) and text == text.strip() else json.dumps(text, ensure_ascii=False)
