"""Bytes → text that says to us what it shows to a reader.

The rule: encodings are recognised for the sentence and never converted, and a character nobody can see is never let through.
"""

import errno
import os
import re
import stat
import unicodedata
from itertools import islice
from pathlib import Path

from haitang.core.problems import Place, Problem, Value

# Characters that make the text a reviewer sees differ from the text we read: controls, line breaks only YAML knows,
# bidirectional controls ("Trojan Source"), zero-width and tag characters. Tab, LF and CR are judged elsewhere.
HIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u2028\u2029\u202a-\u202e"
    "\u2060-\u2064\u2066-\u206f\u3164\uffa0\ufeff"
    "\ufff9-\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e007f]"
    "|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"  # among little faces it makes one of several
)
# Of these what changes nothing that is seen; without the ones that turn the order of what stands behind them.
_NOTHING = re.compile(
    "[\xad\u034f\u061c\u115f\u1160\u180e\u200b\u200c\u200e\u200f\u202a\u202c\u202d\u2060-\u2064\u2066\u2068-\u206f\u3164\uffa0\ufeff]"
    "|\u200d(?![\u2600-\u27bf\U0001f000-\U0001faff])"
)
_PRINTABLE = re.compile("[\u034f\u115f\u1160\u3164\uffa0\ufffc]")
_BREAKS = re.compile("[\x0b\x0c\x85\u2028\u2029]")
_TURNING = re.compile("[\u202b\u202e\u2067]")
# What is left of text that was once saved in the wrong encoding: its marks, marks that sit on no letter, marks in heaps.
GARBLED = re.compile(
    "\ufffd|锟斤拷|(?<![A-Za-z\u00c0-\u024f\u0300-\u036f\u1e00-\u1eff])[\u0300-\u036f]"
    "|[\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]{5}"
)
# Any of the characters the pattern above is about: nearly no file has one, and this is found out much faster.
_MARKS = re.compile("[\ufffd锟\u0300-\u036f\u0483-\u0489\u1ab0-\u1aff\u1dc0-\u1dff\u20d0-\u20ff\ufe20-\ufe2f]")
# Characters that are visible, never change when a text is normalised, and are left of no wrong encoding (锟 is).
EVERYDAY = re.compile("[\n -~\u4e00-\u951e\u9520-\u9fff，。、；：？！“”‘’（）《》【】—…·]*")
_MOST_MARKS = 30  # on one letter; normalising a heap of them takes time that grows with its square


_NO_LINKS = getattr(os, "O_NOFOLLOW", 0)  # Windows has none: there a link is looked for before
_OPENING = os.O_RDONLY | _NO_LINKS | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_BINARY", 0)


def read_regular(path: Path | str, file: str, limit: int) -> bytes | Problem:
    """The bytes of a regular file. Links, pipes and devices are refused before they can be followed or hang the build."""
    try:
        if not _NO_LINKS and Path(path).is_symlink():
            return Problem(Place(file), "not-regular-file")
        handle = os.open(path, _OPENING)
    except OSError as error:
        return _cannot_open(file, error)
    try:
        facts = os.fstat(handle)
        if not stat.S_ISREG(facts.st_mode):
            return Problem(Place(file), "not-regular-file")
        if facts.st_size > limit:
            return Problem(Place(file), "file-too-large", {"kib": facts.st_size // 1024 + 1, "limit": limit // 1024})
        content = os.read(handle, limit + 1)
        while more := os.read(handle, limit + 1 - len(content)):
            content += more
        return content
    except OSError as error:
        return _cannot_open(file, error)
    finally:
        os.close(handle)


def _cannot_open(file: str, error: OSError) -> Problem:
    if error.errno == errno.ELOOP:
        return Problem(Place(file), "not-regular-file")
    if isinstance(error, FileNotFoundError):
        return Problem(Place(file), "file-missing")
    # The system's own sentence would be in the system's language; its code can be looked up in any.
    return Problem(Place(file), "cannot-open", {"reason": errno.errorcode.get(error.errno or 0, "?")})


def raise_trouble(problem: Problem, path: Path) -> None:
    """Raises OSError where a file is there and it is the disk or the rights that fail: nothing is wrong in what it says."""
    if code := getattr(errno, str(problem.values.get("reason")), None) if problem.code == "cannot-open" else None:
        raise OSError(code, os.strerror(code), str(path))


def decode(content: bytes, file: str) -> str | Problem:
    """UTF-8 with or without BOM, NFC, LF line ends. Other encodings are recognised for the sentence, never converted."""
    # Without its mark UTF-16 still shows: every ASCII character has a NUL beside it.
    if content.startswith((b"\xff\xfe", b"\xfe\xff")) or content[:64].count(0) > 8:
        return Problem(Place(file), "not-utf8", {"encoding": "UTF-16"})
    try:
        text = content.removeprefix(b"\xef\xbb\xbf").decode("utf-8")
    except UnicodeDecodeError as error:
        before = content[: error.start]
        line, column = before.count(b"\n") + 1, len(before) - before.rfind(b"\n")
        return Problem(Place(file, line, column), "not-utf8", {"encoding": _looks_like(content)})
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return text
    if (heap := _heap_of_marks(text)) is not None:
        return spotted(text, heap, file, "garbled")
    return unicodedata.normalize("NFC", text)


def everyday(content: bytes) -> str | None:
    """The text of bytes that hold nothing but everyday Chinese and ASCII: `decode` says the same of them, and `unseen`
    nothing; None where those must be asked."""
    try:
        text = content.decode()
    except UnicodeDecodeError:
        return None
    return text if EVERYDAY.fullmatch(text) else None


def _heap_of_marks(text: str) -> int | None:
    """Where more marks than any script needs begin to pile up on one letter."""
    heap = 0
    for at, character in enumerate(text):
        heap = heap + 1 if unicodedata.combining(character) else 0
        if heap > _MOST_MARKS:
            return at - heap + 1
    return None


def _looks_like(content: bytes) -> str:
    """The likelier of the two encodings Chinese Windows writes, by how many everyday characters come out."""
    scores = {}
    for name, codec, common in (
        ("GBK（GB18030）", "gb18030", "的一是在不了有和中大为党群服务站点心街道社区村镇路号活动"),
        ("Big5", "big5", "的一是在不了有和中大為黨群服務站點心街道社區村鎮路號活動"),
    ):
        decoded = content.decode(codec, errors="replace")
        scores[name] = sum(decoded.count(character) for character in common) - decoded.count("�")
    return max(scores, key=lambda name: scores[name])


def unseen(text: str, file: str) -> list[Problem]:
    """What a reader of the text cannot see, or can no longer read: once a line."""
    hits: list[tuple[int, str, dict[str, Value]]] = []
    # What Python calls printable holds nothing hidden but the sign for an object and fillers; other text may still be fine.
    if not text.replace("\n", "").isprintable() or _PRINTABLE.search(text):
        found = islice(HIDDEN.finditer(text), 20)
        hits = [(match.start(), "hidden-character", {"code_point": f"U+{ord(match[0]):04X}"}) for match in found]
    if not hits and _MARKS.search(text):
        hits = [(match.start(), "garbled", {}) for match in islice(GARBLED.finditer(text), 20)]
    problems = [spotted(text, at, file, code, **values) for at, code, values in reversed(hits)]
    return list({problem.place.line: problem for problem in problems}.values())[::-1]


def without_nothing(text: str) -> str:
    """A line without the hidden characters that nobody misses, with a blank for those that broke it elsewhere; as it was, where
    one turns the order in which it is read."""
    return text if _TURNING.search(text) else _NOTHING.sub("", _BREAKS.sub(" ", text))


def spotted(text: str, at: int, file: str, code: str, **values: Value) -> Problem:
    """A problem with the character at `at`."""
    line = text.count("\n", 0, at) + 1
    return Problem(Place(file, line, at - text.rfind("\n", 0, at)), code, values)
