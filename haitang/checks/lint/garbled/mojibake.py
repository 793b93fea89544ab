"""Text that went through the wrong encoding, or kept the escapes of one: undone, to see whether everyday Chinese comes out.

The rule: a reading counts only when all of it is ordinary Chinese; otherwise the text is left as it is.
"""

import re
from collections.abc import Callable, Iterator
from html import unescape
from urllib.parse import unquote_to_bytes

from haitang.checks.lint.garbled.edits import Slip
from haitang.checks.lint.garbled.variants import PLAIN, PLAIN_SET

_COMMON = frozenset(PLAIN[:3755])  # level 1: the characters of every day
_ORDINARY = (
    PLAIN_SET | frozenset("，。、；：？！“”‘’（）《》〈〉【】「」『』…—·～￥％　②①③") | frozenset(map(chr, range(0x20, 0x7F)))
)
# The letters that Windows shows for the bytes 80 to 9f; the rest of its table is Latin-1.
_WINDOWS = "€‚ƒ„…†‡ˆ‰Š‹ŒŽ‘’“”•–—˜™š›œžŸ"
_AS_GBK = re.compile("[\u00b7\u2000-\u9fff\ue000-\uf8ff\uff00-\uffef]{3,}\\??")
_AS_LATIN = re.compile(f"[\x80-\xff{_WINDOWS}]{{2,}}")
# What is left where the characters themselves are gone: of encodings, and of memory that was never filled.
_LOST = re.compile("(?:锟斤拷)+锟?|(?:嚙[踝踐]蕭)+|\ufffd+|烫{3,}|屯{3,}")
_LETTER = re.compile("[À-ÖØ-öø-ÿ]")  # not only marks of our own: ××××, “……”
_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9A-Fa-f]{1,6}|[A-Za-z][A-Za-z0-9]{1,30});")
_PERCENT = re.compile(r"(?:%[0-9A-Fa-f]{2}){2,}")
_ADDRESS = re.compile(r"https?://\S*$")
_ESCAPE = re.compile(r"(?:(?:\\u|%u)[0-9A-Fa-f]{4})+")


def lost(text: str) -> Iterator[Slip]:
    """Where nothing can be read any more."""
    for match in _LOST.finditer(text):
        yield Slip(match.start(), match.end(), match[0], "…", "garbled-lost")


def encodings(text: str) -> Iterator[Slip]:
    """UTF-8 read as GBK; UTF-8 or GBK read as Latin-1."""
    for run in _AS_GBK.finditer(text):
        yield from _from_gbk(run)
    for run in _AS_LATIN.finditer(text):
        if _LETTER.search(run[0]) and (read := _from_latin(run[0])):
            yield Slip(run.start(), run.end(), run[0], read, _WHOLE)


def _from_latin(wrong: str, times: int = 3) -> str | None:
    """What was UTF-8, perhaps more than once, or GBK."""
    content = b"".join(one.encode("cp1252" if one in _WINDOWS else "latin-1") for one in wrong)
    read = _read(content, "utf-8")
    if read is None:
        read = _read(content, "gb18030")
        return read if read and _everyday(read) else None
    if ordinary(read):
        return read
    return _from_latin(read, times - 1) if times and _AS_LATIN.fullmatch(read) else None


def _from_gbk(run: re.Match[str]) -> Iterator[Slip]:
    """What was UTF-8, wherever in the run it begins. A byte that found no partner took its character with it."""
    wrong, at = run[0].rstrip("?"), 0
    if not _unusual(wrong):
        return
    content = b"".join(pair if len(pair) == 2 else b"\0\0" for pair in (one.encode("gb18030") for one in wrong))
    while at < len(wrong):
        read, size = _beginning(content[2 * at : 2 * at + _CHUNK]) if content[2 * at] >= 0xC2 else ("", 0)
        end = at + (size + 1) // 2
        if len(read) < 2 or not ordinary(read) or not _unusual(wrong[at:end]):
            at += 1
            continue
        half = size % 2 == 1 or end == len(wrong) - 1
        end = len(wrong) if end == len(wrong) - 1 else end
        start, stop = run.start() + at, run.end() if half and end == len(wrong) else run.start() + end
        yield Slip(start, stop, run.string[start:stop], f"{read}…" if half else read, _HALF if half else _WHOLE)
        at = end


def _unusual(text: str) -> bool:
    return any("\u4e00" <= one <= "\u9fff" and one not in PLAIN_SET for one in text)


_WHOLE, _HALF = "garbled-encoding", "garbled-half"
_CHUNK = 3_000  # bytes read at once: whole pairs and whole threes


def _beginning(content: bytes) -> tuple[str, int]:
    """As much as is UTF-8, and how many bytes that is."""
    try:
        return content.decode("utf-8"), len(content)
    except UnicodeDecodeError as error:
        return content[: error.start].decode("utf-8"), error.start


def _read(content: bytes, codec: str) -> str | None:
    try:
        return content.decode(codec)
    except UnicodeDecodeError:
        return None


def ordinary(text: str) -> bool:
    """Whether a text could be one of ours."""
    return _ORDINARY.issuperset(text)


def _everyday(text: str) -> bool:
    """Any two bytes make some character: only common ones count, and more than one."""
    return len(set(text)) > 1 and _COMMON.issuperset(
        character for character in text if character not in "，。、；：！？“”（）《》"
    )


def escapes(text: str) -> Iterator[Slip]:
    """What web pages and programs write in place of characters."""
    for pattern, undone in _ESCAPES:
        for match in pattern.finditer(text):
            read = undone(match[0])
            if read and read != match[0] and not _ADDRESS.search(text, max(0, match.start() - 300), match.start()):
                yield Slip(match.start(), match.end(), match[0], read, "garbled-markup")


def _entity(written: str) -> str | None:
    read = unescape(written).replace("\xa0", " ")
    return read if read.isprintable() else None


def _percent(written: str) -> str | None:
    content = unquote_to_bytes(written)
    found = _read(content, "utf-8") or _read(content, "gb18030")
    return found if found and not found.isascii() and ordinary(found) else None


def _unicode(written: str) -> str | None:
    units = bytes.fromhex("".join(re.findall("[0-9A-Fa-f]{4}", written)))
    read = _read(units, "utf-16-be")
    return read if read and read.isprintable() else None


_ESCAPES: tuple[tuple[re.Pattern[str], Callable[[str], str | None]], ...] = (
    (_ENTITY, _entity),
    (_PERCENT, _percent),
    (_ESCAPE, _unicode),
)
