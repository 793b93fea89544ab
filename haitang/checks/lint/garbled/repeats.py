"""Terms with something too much in them: a character twice, a foreign word before them, blanks between, marks twice.

The rule: only a known term can be broken. Chinese doubles characters for a living (星星, 家家户户), and words meet at the same
character (服务中心心理咨询): where what follows could go with the second one, nothing is said.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

from haitang.checks.lint.garbled.edits import Slip

_HAN = "\u3400-\u9fff"
# Units that are told of beside their own names: 陆家镇镇区, 巴城镇镇、村两级.
_UNITS = frozenset("镇村市区县省乡州街道路")
# What can follow a finished term, and makes no word with the second character; not behind those that begin words of all kinds.
_AFTER = frozenset("及是于将已把被至")
_BEGINNINGS = frozenset("站点作记示造建设处部红")
_WORDS_OF = {"心": "理愿灵意得声语桥连系"}  # what such a character does make words with
_BLANK = "[ \u3000\xa0\u2000-\u200a\u202f\u205f]"
_SPREAD = re.compile(f"(?<![{_HAN}])(?<![{_HAN}]{_BLANK})[{_HAN}](?:{_BLANK}[{_HAN}])+(?!{_BLANK}?[{_HAN}])")
_BETWEEN = re.compile(f"(?<=[{_HAN}]){_BLANK}{{1,4}}(?=[{_HAN}])")
_MARKS = re.compile("([，。、；：])\\1+|[，、；：]+。|。[，、；：]+")
_LONGEST = 12  # characters of a term; longer ones are made of these
_CHINESE = re.compile(f"[{_HAN}]")
_PAIRS = (("（", "）"), ("《", "》"), ("「", "」"), ("『", "』"), ("【", "】"), ("“", "”"), ("(", ")"), ("〔", "〕"))


@dataclass(frozen=True)
class Terms:
    """Words that are known to be right, and words that are known to be put before them."""

    words: frozenset[str]
    inserted: tuple[str, ...] = ()

    def more(self, words: Iterable[str]) -> "Terms":
        """These and more: words of Chinese characters, two at least."""
        return Terms(self.words.union(filter(re.compile(f"[{_HAN}]{{2,{_LONGEST}}}").fullmatch, words)), self.inserted)

    @cached_property
    def characters(self) -> str:
        """Every character of a term, each once."""
        return "".join(sorted(set("".join(self.words))))

    @cached_property
    def longest(self) -> int:
        return max(map(len, self.words), default=0)

    @cached_property
    def doubled(self) -> re.Pattern[str]:
        return re.compile(f"([{self.characters}])\\1+")

    @cached_property
    def preceded(self) -> re.Pattern[str]:
        return re.compile(f"(?:{'|'.join(self.inserted)})+(党群服务(?:中心|站|点)?)")

    def over(self, text: str, at: int) -> Iterator[tuple[int, int]]:
        """Where terms lie that hold the character at `at`."""
        for start in range(max(0, at - self.longest + 1), at + 1):
            for end in range(max(at + 1, start + 2), min(len(text), start + self.longest) + 1):
                if text[start:end] in self.words:
                    yield start, end


@cache
def everyday() -> Terms:
    """The terms that stand in our own file."""
    lines = Path(__file__).with_name("terms.txt").read_text("utf-8").splitlines()
    inserted = " ".join(line[2:] for line in lines if line.startswith("= "))
    words = " ".join(line for line in lines if line[:2] not in ("# ", "= "))
    longest_first = sorted(inserted.split(), key=lambda word: (-len(word), word))
    return Terms(frozenset(words.split()), tuple(longest_first))


def doubled(text: str, terms: Terms) -> Iterator[Slip]:
    """A character twice where a known term has it once."""
    for match in terms.doubled.finditer(text):
        first, after = match.span()
        near = max(0, first - terms.longest)
        before, behind = text[near : first + 1], text[after : after + terms.longest]
        if any(near + end > first + 1 for _, end in terms.over(text[near:after] + behind, first - near)):
            continue  # the term itself has it twice
        spans = ((near + start, near + end) for start, end in terms.over(before + behind, first - near))
        broken = [span for span in spans if _broken(text, match, *span)]
        if broken:
            start, end = max(broken, key=lambda span: span[1] - span[0])
            end += after - first - 1
            once = text[start : first + 1] + text[after:end]
            yield Slip(start, end, text[start:end], once, "garbled-doubled")


def _broken(text: str, match: re.Match[str], start: int, end: int) -> bool:
    """Whether a term that is there once the character stands once is cut by its doubling, or only ends or begins with it."""
    first, following = match.start(), text[match.end() : match.end() + 1]
    if start < first < end - 1:  # 服务务中心
        return True
    if end - 1 == first:  # 中心心
        return match[1] not in _UNITS and (
            not _CHINESE.match(following) or (following in _AFTER and match[1] not in _BEGINNINGS)
        )
    return end - start > 2 and not _CHINESE.match(text[first - 1 : first])  # 党党群服务


def inserted(text: str, terms: Terms) -> Iterator[Slip]:
    """A keyword right before a term, as machines that re-write articles put it there; they double its end, too."""
    for match in terms.preceded.finditer(text):
        end = match.end()
        if text[end : end + 1] == match[1][-1] and text[end + 1 : end + 2] not in _WORDS_OF.get(match[1][-1], "长点"):
            end += 1
        yield Slip(match.start(), end, text[match.start() : end], match[1], "garbled-inserted")


def spread(text: str, terms: Terms) -> Iterator[Slip]:
    """Single characters with blanks between, as on a plate."""
    for match in _SPREAD.finditer(text):
        word = re.sub(_BLANK, "", match[0])
        if any(word[at : at + size] in terms.words for at in range(len(word)) for size in range(2, terms.longest + 1)):
            yield Slip(match.start(), match.end(), match[0], word, "garbled-spaced")


def cut(text: str, terms: Terms) -> Iterator[Slip]:
    """A known term with a blank in it, of any width, whose parts do not stand by themselves: 党 群服务站, 党群服 务站. One that
    does may be a word of a list: 便民 服务中心."""
    for blank in _BETWEEN.finditer(text):
        before, behind = text[: blank.start()][-terms.longest :], text[blank.end() :][: terms.longest]
        at = len(before)
        spans = [(start, end) for start, end in terms.over(before + behind, at) if start < at]
        if spans:
            start, end = max(spans, key=lambda span: span[1] - span[0])
            head, tail = before[start:], behind[: end - at]
            goes_on = _CHINESE.match(behind[len(tail) :])
            if _is_part(head, tail, terms) and _is_part(tail, head, terms) and not (len(tail) == 1 and goes_on):
                first, last = blank.start() - len(head), blank.end() + len(tail)
                yield Slip(first, last, text[first:last], head + tail, "garbled-spaced")


def _is_part(one: str, other: str, terms: Terms) -> bool:
    return one not in terms.words or (len(other) == 1 and other not in terms.words)


def marks(text: str) -> Iterator[Slip]:
    """The same mark twice, or two that exclude each other."""
    for match in _MARKS.finditer(text):
        kept = "……" if match[0].startswith("。。。") else "。" if "。" in match[0] else match[1]
        yield Slip(match.start(), match.end(), match[0], kept, "garbled-punctuation")


def unclosed(name: str) -> Slip | None:
    """A bracket or quotation mark that a name opens and never closes."""
    for opening, closing in _PAIRS:
        if name.count(opening) == name.count(closing) + 1 and name.rfind(opening) > name.rfind(closing):
            return Slip(0, len(name), name, name + closing, "garbled-bracket")
    return None


def uneven(text: str) -> bool:
    """Whether some bracket is opened more often than it is closed."""
    return any(text.count(opening) > text.count(closing) for opening, closing in _PAIRS if opening in text)
