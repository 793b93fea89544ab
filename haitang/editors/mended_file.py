"""An entry's file while `check --fix` mends it, and what became of each of its lines in the end.

The rule: a file is written only when it reads better afterwards, never worse; what is told is what the file says now.
"""

from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Literal

from haitang.core.decoding import decode, raise_trouble, read_regular
from haitang.core.disk.together import Together
from haitang.core.problem_codes import CODES
from haitang.core.problems import Problem
from haitang.editors.line_edits import Line, changes, edited, joined, numbered
from haitang.model.field_specs import MODELS
from haitang.model.formatter import NotCanonical, laid_out
from haitang.model.paths import kind_of
from haitang.model.validation import read
from haitang.source.parser import MAX_BYTES, Fields, Flawed, parse


@dataclass(frozen=True, slots=True)
class Cure:
    """What was changed, at the line where it now stands: lines of a file (`cured`; `wrong` and `right` may be several, `right`
    is empty where they were taken out: `removed`), the encoding of a whole file (`converted`), its layout (`tidied`), or what
    stood beside the pixels of a picture (`bared`)."""

    file: str
    line: int = 0
    wrong: str = ""
    right: str = ""
    how: Literal["cured", "removed", "converted", "tidied", "bared"] = "cured"


class MendedFile:
    """`text` is what the file said at first, `lines` what it says now, `touched` which of the first lines were mended.
    `encoding` is what it was in, where that was not UTF-8."""

    def __init__(self, file: str, text: str, encoding: str = "") -> None:
        self.file, self.text, self.encoding = file, text, encoding
        self.lines = numbered(text)
        self.touched: set[int] = set()

    @classmethod
    def at(cls, data: Together, file: str) -> "MendedFile | None":
        """The file as it lies there, in UTF-8 from now on; None where it cannot be read for certain."""
        content = read_regular(data.root / file, file, MAX_BYTES)
        if isinstance(content, Problem):
            raise_trouble(content, data.root / file)
            return None
        text = decode(content, file)
        if isinstance(text, str):
            return cls(file, text)
        certain = _converted(content, str(text.values.get("encoding"))) if CODES[text.code].fix == "encoding" else None
        if certain is None:
            return None
        data.put(file, certain[0])
        return cls(file, *certain)

    def cure(self, data: Together, rights: Mapping[int, str]) -> bool:
        """Writes the file with other lines, by their numbers as they are now, in the place of some, as `edited` has them: all
        of them, else the first that does no harm alone; whether that changed anything."""
        before = _faults(joined(self.lines), self.file)
        for some in [rights, *({number: right} for number, right in rights.items())] if rights else ():
            lines = edited(self.lines, some)
            if _faults(joined(lines), self.file) <= before:
                stay = {line.origin for line in lines}
                self.touched.update(line.origin for line in self.lines if line.origin not in stay)
                self.touched.update(self.lines[number - 1].origin for number in some)
                self.lines = lines
                data.put(self.file, joined(lines))
                return True
        return False

    def tidy(self, data: Together) -> bool:
        """Brings the file into its usual form, where it can be read; whether it was not."""
        kind = kind_of(self.file)
        with suppress(NotCanonical):
            text, sources = laid_out(joined(self.lines), kind, self.file) if kind else ("", ())
            if text.encode() == (data.root / self.file).read_bytes():
                return False
            origins = [self.lines[number - 1].origin if number else 0 for number in sources]
            self.lines = [Line(*pair) for pair in zip([*origins, 0], text.split("\n"), strict=True)]
            data.put(self.file, text)
            return True
        return False

    def cures(self) -> Iterator[Cure]:
        """What became of the file: of each line that was mended or is now written otherwise."""
        if self.encoding:
            yield Cure(self.file, wrong=self.encoding, right="UTF-8", how="converted")
        now: dict[int, str] = {}
        for line in self.lines:
            now[line.origin] = now.get(line.origin, "") + line.text
        old = self.text.split("\n")
        rewritten = {number for number, text in now.items() if number and _bare(text) != _bare(old[number - 1])}
        for change in changes(self.text, self.lines, self.touched | rewritten):
            if change.before != change.after:
                yield Cure(self.file, change.line, change.before, change.after, "cured" if change.after else "removed")


def _bare(text: str) -> str:
    return "".join(text.split())


def _faults(text: str, file: str) -> tuple[int, int]:
    """How badly a text reads: whether not at all, and on how many lines it has problems by itself."""
    kind = kind_of(file)
    tree = parse(text, file)
    if kind is None or not isinstance(tree, Fields):
        return (1 if isinstance(tree, Flawed) else 2, len(tree))
    found = read(MODELS[kind], tree, file)
    return 0, len({problem.place.line for problem in found}) if isinstance(found, list) else 0


def _converted(content: bytes, likely: str) -> tuple[str, str] | None:
    """The text of bytes in another encoding and its name, where there is no doubt. `likely` is what it looks like."""
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_utf16 and not likely.startswith("GB"):
        return None
    try:
        text = content.decode("utf-16" if is_utf16 else "gb18030").replace("\r\n", "\n")
        if is_utf16:
            return text, "UTF-16"
        # The everyday half of it: bytes of another encoding come out as characters nobody uses.
        text.translate(_ALSO).encode("gb2312")
    except UnicodeError:
        return None
    return text, "GB18030"


_ALSO = dict.fromkeys(map(ord, "镕堃喆淼垚祎骉·—"), " ")
