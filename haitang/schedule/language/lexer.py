"""The one tokeniser of times: patterns for what holds figures, words for the rest, and what commas join.

The rule: a piece that is no token is refused as it was written. A comma, a blank or nothing between two days or two dates joins
them; between anything else it parts.
"""

import re
from collections.abc import Iterator

from haitang.schedule.language.lalr import Token
from haitang.schedule.language.numerals import NUMERAL
from haitang.schedule.language.spelling import Language, Spelling, UnreadableTime, problem_code
from haitang.schedule.language.vocabulary import words

_TO = r"\s*(?:-+|至|到)\s*"
_AND = r"\s*[、,和及与]\s*"
_WEEK = "(?:周|星期|礼拜)"
_DAY = "[一二三四五六日天]"
_H = rf"(?:\d{{1,2}}|{NUMERAL})"
_PART = "(?:凌晨|清晨|早上|早晨|上午|中午|正午|下午|傍晚|晚上|晚间|夜间|夜里|早|晚)"
_O_CLOCK = r"[点时](?!间|段|长)"
_MINUTE = r"(?:\d{1,2}分?|半|整|正|[一三]刻|(?:[二三四五]?十[一二三四五六七八九]?|[零〇][一二三四五六七八九])分?)"
# In this order; the first that fits is taken. Groups are not read here: what a token says, its reader tells.
_PATTERNS: tuple[tuple[str, str], ...] = (
    (
        "ISO",
        r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(?::00)?(?:\+08:?00)?(?:[/-](?:\d{4}-\d{2}-\d{2}T)?\d{2}:\d{2}(?::00)?(?:\+08:?00)?)?",
    ),
    ("DATE", r"(?<!\d)\d{4}(?:[-/.]\d{1,2}[-/.]\d{1,2}(?!\d)|年\d{1,2}月\d{1,2}(?!\d))[日号]?"),
    ("YEAR_MONTH", r"(?<!\d)\d{4}年\d{1,2}月(?:份)?"),
    ("YEAR", r"(?<!\d)\d{4}年"),
    ("ALL_WEEK", r"24\s*/\s*7(?!\d|\s*[:点时])|7\s*[xX*]\s*24\s*(?:个?小时)?"),
    ("ALL_DAY", r"24[hH](?![A-Za-z])|(?:全天(?:候)?)?(?:24|二十四)个?小时(?:全天(?:候)?)?(?:不间断|不打烊)?"),
    ("BEFORE", rf"(?:(?:闭馆|关门|关闭|闭园|结束|清场|下班)之?前|提前)\s*(?:\d{{1,3}}|{NUMERAL}|半个?)\s*(?:分钟|小时|刻钟)"),
    ("CLOCK", rf"\d{{1,2}}:\d{{2}}(?::00)?(?!\d)[整正]?|{_H}{_O_CLOCK}{_MINUTE}?"),
    ("CLOCK", rf"{_H}(?={_TO}(?:次日)?{_PART}?{_H}{_O_CLOCK})"),  # 2 of 2-4点
    ("MONTH_DOM", rf"{_H}月\s*(?:{_H}[日号]|\d{{1,2}}(?={_TO}\d{{1,2}}[日号]|(?:{_AND}\d{{1,2}})*{_AND}\d{{1,2}}[日号]))"),
    (
        "MONTH",
        rf"(?:\d{{1,2}}|{NUMERAL})月份?|\d{{1,2}}(?=(?:{_AND}\d{{1,2}})*(?:{_TO}|{_AND})(?:次年|来年|翌年|第二年)?的?\d{{1,2}}月)",
    ),
    ("DOM", rf"\d{{1,2}}[日号]|\d{{1,2}}(?=(?:{_AND}\d{{1,2}})*{_AND}\d{{1,2}}[日号])"),
    ("EVERY_N", rf"(?:隔{_WEEK}|每隔一个?{_WEEK}|每[两二三四2-4]个?{_WEEK})的?(?=\s*{_WEEK})"),
    ("!nth-week", rf"(?:第[一二三四五\d]|最后一)个?{_WEEK}的?{_WEEK}{_DAY}?"),
    ("!needs-start", rf"[单双]{_WEEK}(?!末|日)(?:的?{_WEEK}{_DAY})?"),
    (
        "!irregular",
        rf"(?:每逢|逢|每个?|个)?{_WEEK}(?:[一二三四五六两]+|[1-7])天(?!天)|(?:每逢|逢|每个?|个)?{_WEEK}(?:[1-7]|[一二三四五])日(?!{_DAY})",
    ),
    ("!irregular", rf"(?:每[两三四]?个?(?:天|日|{_WEEK}|月|季度?|年))?(?:\d{{1,2}}|[一二三四五六两几多])次"),
    ("WEEKEND", rf"(?:每逢|每个?|逢)?(?:周末|双休日|{_WEEK}六日(?!{_AND}?{_DAY}))"),
    ("WEEKDAY", rf"(?:每逢|逢|每个?|个)?{_WEEK}(?:{_DAY}|[1-7](?![\d:点时]))"),
    ("WEEKDAY", r"(?i:Mo|Tu|We|Th|Fr|Sa|Su)(?i:n|e|s|d|u|r|i|t|nday|esday|dnesday|ursday|iday|turday|urs?|es)?(?![A-Za-z])"),
    ("WORKDAY", r"(?:每逢|每个?|逢)?(?:法定)?工作日"),
    (
        "NTH",
        rf"(?:第[一二三四五1-5]|最后一|倒数第[一二三]|首)个?(?=的?(?:{_WEEK}{_DAY}|(?:法定)?工作日|{_AND}))",
    ),
    ("LAST_DAY", r"的?最后一[天日]|末日"),
    ("QUARTER", r"每个?季度?(?:的?第[一二三]个|的?首个?|的?(?:最后一|末)个?)月的?"),
    ("MONTHLY", r"(?:每个?月|当月)的?"),
)
_LABEL = re.compile("时间|时段")
_KINDS_OF_HOURS = {
    "open": "开放|开馆|开园|开门", "visit": "参观", "shop": "营业|运营", "service": "服务", "office": "办公|工作|上班",
    "reading": "借阅|阅览", "desk": "办事|接待|窗口|受理|办理",
}  # fmt: skip
# What a day or a date lets a bare figure behind it mean.
_BARE_DAY = re.compile(rf"\s*({_DAY}(?![个点时月号天])|[1-7](?![\d:个点时月号日天]))(?!\s*[:点时])")
_BARE_DAYS_COUNT = re.compile(r"[一二三四五六两]+天(?!天)")
_BARE_DOM = re.compile(rf"({NUMERAL})[日号]")
_BARE_NTH = re.compile(r"(?:第[一二三四五1-5]|最后一|倒数第[一二三]|首|[一二三四五1-5])个?")
_DAYISH = {"WEEKDAY", "DAY", "WEEKEND", "WORKDAY"}
_DATEISH = {"DATE", "DOM", "MONTH", "MONTH_DOM", "YEAR_MONTH", "NAMED_DAY"}
_JOINED = ({*_DAYISH, "HOLIDAY"}, _DATEISH, {"NTH"})
_OF_FIGURES = {"CLOCK", "MONTH", "MONTH_DOM"}
_BETWEEN = {"COMMA", "AND", "SLASH"}
SAYS_NOTHING_ALONE = {"FILLER", "MONTHLY", "YEARLY"}  # a piece that cannot be read is told with them
_SKIPPED = re.compile(r"[^\S\n]+")
_PIECE = re.compile(r"\d[\d.:]*(?:-\d[\d.:]*)?|[^\s;,。()|/\d]+|\S")
_TOKEN = re.compile("|".join(f"(?P<p{at}>{pattern})" for at, (_, pattern) in enumerate(_PATTERNS)))
_KINDS = [kind for kind, _ in _PATTERNS]
_WORD_KINDS = words()
_LONGEST_WORD = max(map(len, _WORD_KINDS))


def tokens(spelling: Spelling, language: Language) -> list[Token]:
    """The tokens of a text. Raises UnreadableTime with the piece that is none, or a word that makes no time certain."""
    found: list[Token] = []
    text, at = spelling.plain, 0
    while at < len(text):
        if blank := _SKIPPED.match(text, at):
            at = blank.end()
            continue
        kind, end = _next(text, at, found)
        if kind.startswith("!"):
            raise UnreadableTime(spelling.quote(at, end), problem_code(kind[1:], language))
        if not kind:
            piece = _PIECE.match(text, at)
            touched = bool(found) and found[-1].end_pos == at and _is_of_a_word(found[-1])
            start = found[-1].start_pos if touched else at
            raise UnreadableTime(spelling.quote(start or 0, piece.end() if piece else end), problem_code("bad", language))
        found.append(Token(kind, text[at:end], at, end))
        at = end
    if language == "when":
        _refuse_other_times(found, spelling)
        found = [token for token in _named(found) if token.type not in ("LPAR", "RPAR")]
    else:
        _refuse_other_kinds(found, spelling)
    found = list(_joined([token for token in found if token.type != "FILLER"], language))
    return [token for token in found if token.type != "COLON"]


def _is_of_a_word(token: Token) -> bool:
    """A sign that is likely the beginning of the word behind it: 自 of 自助."""
    return token.type in SAYS_NOTHING_ALONE or (len(token) == 1 and token.isalpha() and token.type not in _BETWEEN)


def _next(text: str, at: int, before: list[Token]) -> tuple[str, int]:
    """Kind and end of the token that begins at a place; no kind where none does."""
    if bare := _bare(text, at, before):
        return bare
    match = _TOKEN.match(text, at)
    # The longest word that begins here; to make one pattern of all of them takes longer than most texts together.
    ends = range(min(at + _LONGEST_WORD, len(text)), at, -1)
    word = next((end for end in ends if text[at:end] in _WORD_KINDS), None)
    if match and (word is None or match.end() >= word):
        return _KINDS[int(match.lastgroup[1:])], match.end()  # type: ignore[index]
    if word:
        return _WORD_KINDS[text[at:word]], word
    return "", at + 1


def _bare(text: str, at: int, before: list[Token]) -> tuple[str, int] | None:
    """A figure that goes on with the days, dates or ordinals before it: 三 of 周一、三."""
    head = before[-2:]
    if not head:
        return None
    last = head[-1] if head[-1].type not in (*_BETWEEN, "DASH") else head[0]
    if last.type in ("WEEKDAY", "DAY"):
        if match := _BARE_DAYS_COUNT.match(text, at):
            return "!irregular", match.end()
        clock = (token := _TOKEN.match(text, at)) and _KINDS[int((token.lastgroup or "p0")[1:])] in _OF_FIGURES
        if not clock and (match := _BARE_DAY.match(text, at)) and (not match[1].isdecimal() or last[-1].isdecimal()):
            return "DAY", match.end()
    if last.type in ("MONTHLY", "QUARTER", "MONTH_DOM", "DOM", "DATE") and (match := _BARE_DOM.match(text, at)):
        return "DOM", match.end()
    if last.type == "NTH" and head[-1].type in _BETWEEN and (match := _BARE_NTH.match(text, at)):
        return "NTH", match.end()
    return None


def _named(found: list[Token]) -> list[Token]:
    """A date's own weekday becomes NAMED_DAY, and a feast that only names it goes: 2026年10月1日（国庆节）周四."""
    kept: list[Token] = []
    for at, token in enumerate(found):
        before = next((one for one in reversed(kept) if one.type not in ("LPAR", "RPAR")), None)
        after = next((one for one in found[at + 1 :] if one.type not in ("RPAR", "LPAR")), None)
        dated = before is not None and before.type in ("DATE", "DOM", "MONTH_DOM")
        if dated and token.type == "FEAST" and at and found[at - 1].type == "LPAR":
            continue
        alone = after is None or after.type not in ("DAY", "AND", "WEEKDAY") or found[at + 1].type == "RPAR"
        if dated and token.type == "WEEKDAY" and alone and token[0] not in "每逢个":
            kept.append(token.of_kind("NAMED_DAY"))
        else:
            kept.append(token)
    return kept


def _refuse_other_kinds(found: list[Token], spelling: Spelling) -> None:
    """`开放时间：…；办公时间：…` are the hours of two things; a place has one."""
    kinds: set[str] = set()
    for token in found:
        labelled = token.type == "OPEN" or (token.type == "FILLER" and _LABEL.search(token))
        kind = next((kind for kind, words in _KINDS_OF_HOURS.items() if labelled and re.search(words, token)), None)
        kinds |= {kind} if kind else set()
        if len(kinds) > 1:
            raise UnreadableTime(spelling.quote(token.start_pos or 0, token.end_pos or 0), problem_code("two-kinds", "hours"))


def _refuse_other_times(found: list[Token], spelling: Spelling) -> None:
    """`每周三14:00（7月、8月15:00）`: without its brackets it would be one clause of both."""
    opening = 0
    for at, token in enumerate(found):
        if token.type == "LPAR":
            opening = at
        elif token.type == "RPAR":
            inside, before = found[opening:at], found[:opening]
            dated = any(one.type in (*_DATEISH, "SEASON") for one in inside)
            if dated and any(one.type == "CLOCK" for one in inside) and any(one.type == "CLOCK" for one in before):
                start, end = inside[0].start_pos or 0, token.end_pos or 0
                raise UnreadableTime(spelling.quote(start, end), problem_code("two-days", "when"))


def _joined(found: list[Token], language: Language) -> Iterator[Token]:
    """Separators as what they do: AND between days, dates or ordinals, else COMMA or SEP; UNTIL_DASH before a last day."""
    last: Token | None = None
    for at, token in enumerate(found):
        after = found[at + 1] if at + 1 < len(found) else None
        if last is not None and _adjacent(last, token):
            yield Token("AND", "", token.start_pos, token.start_pos)
        last = _as_it_does(token, last, after)
        if token == "," and last.type == "AND" and language == "hours" and _parts_rest(found, at):
            last = token.of_kind("COMMA")
        yield last


def _parts_rest(found: list[Token], at: int) -> bool:
    """`周二至周日，周一闭馆`: a range of days before a comma, a day of rest behind it."""
    ranged = at > 1 and found[at - 2].type == "DASH"
    behind = next((one for one in found[at + 1 :] if one.type not in (*_DAYISH, "AND", "DASH") and one != "、"), None)
    return ranged and behind is not None and behind.type in ("REST", "EXCEPT")


def _as_it_does(token: Token, last: Token | None, after: Token | None) -> Token:
    if token.type == "COLON" and last is not None and after is not None and {last.type, after.type} <= _DAYISH:
        return token.of_kind("SEP")  # no list, no range
    if token.type in _BETWEEN:
        return _separator(token, last, after)
    dated = last is not None and last.type in _DATEISH
    if token.type == "DASH" and after is not None and after.type == "DATE" and not dated:
        return token.of_kind("UNTIL_DASH")
    return token


def _separator(token: Token, last: Token | None, after: Token | None) -> Token:
    joins = any(last is not None and after is not None and {last.type, after.type} <= kinds for kinds in _JOINED)
    if token == "," and after is not None and after.type == "HOLIDAY" and after != "PH":
        joins = False  # `每周三，节假日休息` does not say that Wednesdays are off
    if token.type == "SLASH" and last is not None and after is not None and last.type == after.type == "DATE":
        kind = "DASH"
    else:
        kind = "AND" if joins else "SEP" if token.type == "SLASH" else "COMMA"
    return token.of_kind(kind)


def _adjacent(last: Token, token: Token) -> bool:
    return ({last.type, token.type} <= _DAYISH) or (last.type == token.type == "DOM")
