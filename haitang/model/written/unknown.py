"""Words that say that nothing is known, where a value ought to stand: 待核实, 不详, 无, `/`, `-`, ？"""

import re
import unicodedata

WORDS = frozenset(
    "待核实 待核 待查 待查实 待查证 待考 待考证 待议 待测 待测量 待了解 待落实 待明确 "
    "待核对 待确认 待补 待补充 待完善 待更新 待填 待填写 "
    "待定 待公布 待通知 待建 待录入 未知 未定 未填 未填写 未提供 未公布 未统计 "
    "未核实 未登记 不详 不明 不明确 不清楚 不知道 不知 不确定 说不清 无 暂无 暂缺 "
    "暂未提供 暂未公布 暂不清楚 暂不详 没有 没 缺 空 空白 无资料 无信息 无数据 "
    "没问到 问不到 没写 没有写 不掌握 未掌握 不适用 不填 免填 "
    "暂无资料 暂无信息 暂无数据 信息待补充 信息缺失 略 "
    "n/a n.a. na none null nil nan unknown tbd tba todo tbc undefined".split()
)  # not 同上: that tells where it is known
# What is not known, named beside the word: 地址不详, 无固定电话.
_WHAT = "(?:具体|详细|固定|联系|办公)?(?:电话|方式|座机|地址|位置|面积|时间|日期|网址|来源|单位|情况|人数|号码|链接|照片|品牌)"
NAMED = f"(?:(?:主办|开放|服务|启用)?{_WHAT})?(?:暂时|暂|尚|目前|还)?(.+?)(?:{_WHAT})?"
_LONGEST = 16  # characters, with brackets
_FIRSTS = frozenset(character for word in WORDS for character in (word[0], word[0].upper())) | frozenset(
    "xX〇具详固联办电方座地位面时日网来单情人号主开服启尚目还链照品"
)
# Signs that say something: 26 %, 5 ℃, a tick for yes.
SAYING = "%‰°℃℉$¥€#&@+√"
BLANKS = "○●□■◇◆◯"
CLOSERS = " \t.。!！,，;；~～…、?？#()[]【】{}<>《》「」\"'“”‘’*"
REPEATED = r"x{2,}|×+|〇+|○+"  # the same sign, where digits or letters ought to stand


def is_unknown(text: str) -> bool:
    """Whether a text says that the value is not known: a word for it, in brackets or not, or signs alone. An empty text does
    not say so."""
    if not may_be_unknown(text) or not (plain := unicodedata.normalize("NFKC", text).strip()):
        return False
    if not re.search(r"\w", plain.replace("_", "")):
        return not any(map(_says_something, plain))
    bare = re.sub(r"\s+", "", plain).strip(CLOSERS).casefold()
    parts = re.findall(r"[^\W_]+", bare)
    named = re.fullmatch(NAMED, "".join(parts))  # 地址：待核实
    if len(parts) > 1 and all(part in WORDS for part in parts):  # 无（待核实）
        return True
    return bare in WORDS or (named is not None and named[1] in WORDS) or re.fullmatch(REPEATED, bare) is not None


def may_be_unknown(text: str) -> bool:
    """Whether it is worth while to ask `is_unknown`: of a sound value nearly never, and this is found out much faster."""
    if not 0 < len(text) <= _LONGEST:
        return False
    first = text[0]
    return first in _FIRSTS or not first.isalnum() or first > "\uff00"


def _says_something(sign: str) -> bool:
    return sign in SAYING or (unicodedata.category(sign) in ("So", "Sc") and sign not in BLANKS)
