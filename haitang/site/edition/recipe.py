"""An output before it is made: where it goes, what it is made of, and how.

The rule: an output whose key is that of the last edition is not made again, so a recipe names everything its bytes depend on:
digests of the entries' files and plain values (anything else is refused: it could hide something). What all outputs are made
of (the program, the words, directory.yml, the parts that pages are shown with) is added by `Keys`, once.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from hashlib import blake2b
from typing import Any

from haitang.core.digests import plain_bytes
from haitang.site.page import File, Page, PageKind
from haitang.site.templates import Templates


@dataclass(frozen=True, slots=True)
class Recipe:
    """`made_of`: digests (bytes), texts, figures and tuples of these. `kind` and `template` are a page's; `day`: the bytes also
    depend on the day of the data."""

    path: str
    made_of: tuple[Any, ...]
    make: Callable[[], Page | File]
    kind: PageKind[Any] | None = None
    template: str = ""
    day: bool = False


def made_files(items: Iterable[Page | File | Recipe]) -> Iterator[File]:
    """Those among them that are no pages, made now."""
    for item in items:
        made = item.make() if isinstance(item, Recipe) else item
        if isinstance(made, File):
            yield made


class Keys:
    """Keys of recipes. `made_by` is a digest of what all outputs are made of, in hexadecimal digits; `day` is the data's."""

    def __init__(self, made_by: str, day: str, templates: Templates) -> None:
        self._base = bytes.fromhex(made_by)
        self._day = day
        self._templates = templates
        self._shells: Mapping[str, str] = {}
        self._pages: dict[tuple[str, str], bytes] = {}

    def dress(self, shells: Mapping[str, str]) -> None:
        """Pages are hung into these shells: a digest a section, the empty section's for pages without one."""
        self._shells = shells
        self._pages.clear()

    def of(self, recipe: Recipe) -> str:
        """The key, as 32 hexadecimal digits. Raises ValueError where a recipe is made of more than plain values."""
        around = self._around(recipe.kind.section, recipe.template) if recipe.kind else b""
        own = plain_bytes((recipe.path, self._day if recipe.day else "", recipe.made_of))
        return blake2b(around + own, key=self._base, digest_size=16).hexdigest()

    def _around(self, section: str, template: str) -> bytes:
        found = self._pages.get((section, template))
        if found is None:
            found = f"{self._shells[section]} {self._templates.digest(template)} ".encode()
            self._pages[section, template] = found
        return found
