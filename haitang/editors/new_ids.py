"""Ids for new entries, made of their names.

The rule: one function for all doors; an id is words that can be read aloud, never cut within one, and two names that differ
get ids that say how.
"""

import re
import unicodedata
from collections.abc import Container, Iterator

from haitang.checks.lint.pasted import bare_name
from haitang.core.pinyin import is_han, latin, read
from haitang.model.divisions import first_named
from haitang.model.messages import field_words, made_of_words
from haitang.model.paths import EntryKind
from haitang.model.types import RESERVED_IDS

_LONGEST = 54  # of the 64 that an id may have: a town or a number may have to stand behind it
# What is said of a place for a time, and no part of its name.
_FOR_NOW = re.compile(
    r"[（(\[【]\s*(?:筹|筹建|筹备|在建|建设中|拟建|待建|暂名|暂定|暂|试运行|试行|未启用|新建|新增|已启用)[^）)\]】]{0,4}[）)\]】]"
)
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*|<[^<>]*>", re.ASCII | re.IGNORECASE)
_NUMBERED = re.compile(r"^\d{1,3}[.、)）]\s*(?=\D)")
# What nearly every name ends with tells nothing apart, wherever a house or a floor is told behind it.
_OF_THE_PARTY = (
    "(?:新就业群体|新业态)?(?:(?:党群|党员|党建|综合|便民)+(?:服务)?|服务)(?:工作|活动)?(?:中心|驿站|枢纽|站|点|阵地)"
)
_INNER = re.compile(rf"(?<=\S){_OF_THE_PARTY}(?=\s|\d)")
_TAIL = re.compile(rf"(?:{_OF_THE_PARTY}|中心|驿站|枢纽|站|点|阵地)$")
_LAST = re.compile("(?:中心|驿站|枢纽|站|点|阵地)$")
# Words that names are put together of; what lies between them is a name of its own.
_WORDS = tuple(
    "有限责任公司 股份有限公司 有限公司 新就业群体 乡村振兴 开发区 高新区 工业园 产业园 科技园 创业园 创新园 软件园 "
    "物流园 示范区 服务区 居委会 村委会 办事处 生活馆 讲习所 综合体 党群服务 街道 社区 小区 花园 家园 校园 乐园 庄园 新村 "
    "广场 大厦 大楼 中心 公园 园区 公寓 学校 医院 市场 商城 商圈 集团 公司 街区 街坊 邻里 党群 党建 党员 服务 驿站 先锋 红色 "
    "枢纽 联盟 阵地 之家 号楼 城市 工作 活动 综合 名苑 佳苑 花苑 雅苑 新城 新苑 片区 网格 区域".split()
)
_UNITS = "村镇乡路街巷弄组期区幢栋座楼苑园站点"  # a word alone where a name ends, or a word follows
_POSSESSIVE = re.compile(r"(?<=[A-Za-z])['’](?=s\b)", re.IGNORECASE)  # St Bart's
_PART = re.compile(r"[A-Za-z]+|[0-9]+|[^A-Za-z0-9]+")


def new_id(kind: EntryKind, name: str, taken: Container[str], town: str = "") -> str:
    """An id that no entry of the kind has, proposed from the name: 启发广场党群服务点 → `qifa-guangchang`. Of names that would
    have the same, the later ones say more: what the place is, then the town; a number only where neither tells them apart."""
    return next(each for each in _candidates(kind, name, town) if each not in taken and each not in RESERVED_IDS)


def _candidates(kind: EntryKind, name: str, town: str) -> Iterator[str]:
    heart, tail = _parted(name)
    short = proposed_id(name) or kind
    yield short
    if tail and heart:
        yield _joined([*_words(heart), *_words(tail)])
    if town:
        yield f"{short}-{town}"
    yield from (_joined(list(_words(_plain(name))), first=first) or kind for first in (0, -1))
    yield from (f"{short}-{number}" for number in range(2, 100_000))


def proposed_id(name: str) -> str:
    """An id from a name, whoever has it: 市北村 → `shibei-cun`; empty if nothing is left. It holds whole words only: of a long
    name the last ones, which tell most."""
    heart, _ = _parted(name)
    return _joined(list(_words(heart))) or _joined(list(_words(_plain(name))))


def _joined(words: list[str], *, first: int = 0) -> str:
    while len(words) > 1 and len("-".join(words)) > _LONGEST:
        del words[first]
    return "-".join(words)[:_LONGEST]


def _plain(name: str) -> str:
    """The letters and digits of a name; each mark between them a blank."""
    plain = _NUMBERED.sub(
        "", unicodedata.normalize("NFKC", _FOR_NOW.sub("", _ADDRESS.sub("", bare_name(name)))).strip(), count=1
    )
    plain = _POSSESSIVE.sub("", plain)
    kept = (sign if is_han(sign) or sign == "〇" else latin(sign) for sign in plain)
    return " ".join("".join(kept).split())


def _parted(name: str) -> tuple[str, str]:
    """A name without what nearly all end with, and the word for that."""
    plain = _plain(name)
    whole = _INNER.sub("", plain)
    found = _TAIL.search(whole)
    heart = whole[: found.start()].strip() if found else whole
    last = _LAST.search(plain)
    return (heart, last[0] if last else "") if len(heart) >= 2 else (plain, "")


def _words(text: str) -> Iterator[str]:
    for run in text.split():
        for part in _PART.findall(run):
            if part.isascii():
                yield part.lower()
            else:
                yield from _spelt(part)


def _spelt(part: str) -> Iterator[str]:
    """Chinese words in Latin letters."""
    said = read(part.replace("〇", "零"))
    at = 0
    for word in _split(part):
        if spelt := "".join(said.get(place, "") for place in range(at, at + len(word))):
            yield spelt
        at += len(word)


def _split(part: str) -> Iterator[str]:
    """社区 and its like by themselves; what lies between in words of two or three characters."""
    loose, at = "", 0
    while at < len(part):
        word = next((word for word in _known() if part.startswith(word, at)), "") or _city(part, at)
        if len(loose) == 1 and word and word[-1] in _UNITS:
            word = ""  # 新家园 is 新家 and 园, as it has always been
        if not word and part[at] in _UNITS and loose:
            rest = part[at + 1 :]
            word = part[at] if len(loose) > 1 and (not rest or rest.startswith(_known())) else ""
        if word:
            yield from _pieces(loose)
            yield word
            loose = ""
        else:
            loose += part[at]
        at += len(word) or 1
    yield from _pieces(loose)


@made_of_words
def _known() -> tuple[str, ...]:
    """The words of names everywhere and those of this directory, the longest first where one begins with another."""
    own = map(str, field_words()["ids"]["words"])
    return (*sorted(own, key=lambda word: -len(word)), *_WORDS)


def _city(part: str, at: int) -> str:
    city = first_named(part, at)
    return city if city.endswith(("省", "市")) else ""


def _pieces(loose: str) -> Iterator[str]:
    while len(loose) > 3:
        yield loose[:2]
        loose = loose[2:]
    if loose:
        yield loose
