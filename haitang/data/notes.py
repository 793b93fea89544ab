"""Plain values that a program notes of many files, from run to run: a large note of all, and a small one of what is new since.

The rule: both tell whose they are and whether they are whole, and the small one to which large one it belongs; else nothing is
known. One edit among thousands of files writes little.
"""

import os
from collections.abc import Iterable, Mapping
from pathlib import Path
from typing import Any

from haitang.core.atomic_files import write_atomic
from haitang.core.digests import keep_note, sealed, unsealed

_FEWEST = 64  # changes, from which on a large note is written anew, should they be a tenth
_NEWER = ".newer"


class Notes:
    """`sections` are what is known, each by the names of files or of other things."""

    def __init__(self, path: Path, whose: str, sections: Iterable[str]) -> None:
        self._path, self._whose = path, whose
        self._newer: dict[str, dict[str, Any]] = {name: {} for name in sections}
        self._gone = set[str]()
        self.sections: dict[str, dict[str, Any]] = {name: {} for name in self._newer}
        self._base = ""
        if (found := unsealed(whose, path)) and found["sections"].keys() == self.sections.keys():
            self.sections, self._base = found["sections"], found["name"]
            self._add_newer()

    def _add_newer(self) -> None:
        if newer := unsealed(f"{self._whose} {self._base}", self._path.with_suffix(_NEWER)):
            self._newer, self._gone = newer["sections"], set(newer["gone"])
            for name, values in self._newer.items():
                self.sections[name].update(values)
            for section in self.sections.values():
                for key in self._gone:
                    section.pop(key, None)

    def forget(self) -> None:
        """As if nothing were known."""
        self.sections, self._base = {name: {} for name in self.sections}, ""
        self._newer, self._gone = {name: {} for name in self.sections}, set()

    def write(self, changed: Mapping[str, Iterable[str]], gone: Iterable[str]) -> None:
        """Notes the sections as they are now. `changed` are keys that are new or have other values, `gone` those of no section
        any more. Raises OSError."""
        newer = {}
        for section, keys in changed.items():
            now = self.sections[section]
            newer[section] = {key: now[key] for key in {*self._newer[section], *keys} if key in now}
        self._gone = (self._gone | set(gone)) - {key for values in newer.values() for key in values}
        size, most = max(map(len, newer.values())) + len(self._gone), max(map(len, self.sections.values()))
        if self._base and size <= max(_FEWEST, most // 10):
            note = sealed(f"{self._whose} {self._base}", {"sections": newer, "gone": sorted(self._gone)})
            write_atomic(self._path.with_suffix(_NEWER), note)
            self._newer = newer
        else:
            name = os.urandom(16).hex()
            keep_note(self._path, self._whose, {"name": name, "sections": self.sections}, _MOST)
            self._path.with_suffix(_NEWER).unlink(missing_ok=True)
            self._base, self._newer, self._gone = name, {section: {} for section in self.sections}, set()


_MOST = 8  # large notes in a folder, ten megabytes each where there are thousands of entries
