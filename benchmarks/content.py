"""What a built page holds, so that every run of the bench shows whether the cases built comparable pages.

The rule: counted on what was really built and measured, never on templates.
"""

import gzip
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path

SAMPLED = 20  # position pages a case
_SILENT = frozenset(("script", "style", "template", "title"))
_VOID = frozenset("area base br col embed hr img input link meta source track wbr".split())
# Where the page's own content stands: ours and Hugo's, the Material theme's.
_CONTENT = (("id", "main"), ("class", "md-content__inner"))


@dataclass(frozen=True, slots=True)
class Content:
    """Means over sampled pages. `text` and `tags` count the page's own content without the shell around it: characters
    that are no blanks, and opening tags outside drawings; `shell_text` is the text around it; `bytes` is the whole file."""

    text: float
    tags: float
    shell_text: float
    bytes: float


def sample(site: Path, ids: Sequence[str]) -> Content:
    """Read the position pages of some of the ids, evenly spread over them."""
    pages = [site / "positions" / f"{id_}.html" for id_ in ids[:: max(1, len(ids) // SAMPLED)][:SAMPLED]]
    counts = [_Counter(page.read_text(encoding="utf-8")) for page in pages]
    count = len(pages)
    return Content(
        sum(counter.text for counter in counts) / count,
        sum(counter.tags for counter in counts) / count,
        sum(counter.shell_text for counter in counts) / count,
        sum(page.stat().st_size for page in pages) / count,
    )


def rows(contents: Mapping[str, Content]) -> list[tuple[str, ...]]:
    """The lines of a table with the columns HEAD."""
    return [
        (case, f"{each.text:.0f}", f"{each.tags:.0f}", f"{each.shell_text:.0f}", f"{each.bytes / 1000:.1f}")
        for case, each in contents.items()
    ]


HEAD = ("case", "characters", "tags", "characters around", "kB a page")


WEIGHED = 500  # position pages a case
WEIGHT_HEAD = ("case", "positions", "kB, median", "kB, p95", "gzip kB, median", "gzip kB, p95")


@dataclass(frozen=True, slots=True)
class Weight:
    """Bytes of a position's page, as it is and packed with gzip as a server does: the median, and what 95 of 100 stay below."""

    case: str
    n: int
    median: int
    p95: int
    gzip: int
    gzip_p95: int


def weigh(case: str, site: Path, ids: Sequence[str]) -> Weight:
    """Of some of the pages, evenly spread."""
    pages = [site / "positions" / f"{id_}.html" for id_ in ids[:: max(1, len(ids) // WEIGHED)][:WEIGHED]]
    contents = [page.read_bytes() for page in pages]
    whole = sorted(map(len, contents))
    packed = sorted(len(gzip.compress(each, 6)) for each in contents)
    return Weight(case, len(ids), *(sizes[int(len(sizes) * share)] for sizes in (whole, packed) for share in (0.5, 0.95)))


def weight_rows(weights: Sequence[Weight]) -> list[tuple[str, ...]]:
    """The lines of a table with the columns WEIGHT_HEAD."""
    return [
        (each.case, f"{each.n:,}", *(f"{size / 1000:.1f}" for size in (each.median, each.p95, each.gzip, each.gzip_p95)))
        for each in weights
    ]


class _Counter(HTMLParser):
    """Counts while parsing; knows only how deep it is inside the content, a drawing or a silent element."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.text = self.tags = self.shell_text = 0
        self._open: list[str] = []
        self._content_at = self._drawing_at = 0
        self._silent = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if not self._content_at and _begins_content(attrs):
            self._content_at = len(self._open) + 1
        elif self._content_at and not self._drawing_at:
            self.tags += 1
        if tag in _VOID:
            return
        self._open.append(tag)
        if tag == "svg" and not self._drawing_at:
            self._drawing_at = len(self._open)
        self._silent = tag in _SILENT

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag not in self._open:
            return
        while self._open.pop() != tag:
            pass
        self._silent = False
        self._content_at = 0 if len(self._open) < self._content_at else self._content_at
        self._drawing_at = 0 if len(self._open) < self._drawing_at else self._drawing_at

    def handle_data(self, data: str) -> None:
        if self._silent or self._drawing_at:
            return
        characters = sum(1 for character in data if not character.isspace())
        if self._content_at:
            self.text += characters
        else:
            self.shell_text += characters


def _begins_content(attrs: list[tuple[str, str | None]]) -> bool:
    return any(key == name and word in (value or "").split() for key, value in attrs for name, word in _CONTENT)
