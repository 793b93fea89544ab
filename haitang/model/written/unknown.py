"""Words that say that nothing is known, where a value ought to stand: 待核实, 不详, 无, `/`, `-`, ？"""

import re
import unicodedata

WORDS = frozenset(
    "待核实 待核 待查 待查实 待核对 待确认 待补 待补充 待完善 待更新 待填 待填写 "
    "待定 待公布 待通知 待建 待录入 未知 未定 未填 未填写 未提供 未公布 未统计 "
    "未核实 未登记 不详 不明 不明确 不清楚 不知道 不知 不确定 说不清 无 暂无 暂缺 "
    "暂未提供 暂未公布 暂不清楚 暂不详 没有 没 缺 空 空白 无资料 无信息 无数据 "
    "暂无资料 暂无信息 暂无数据 信息待补充 信息缺失 略 "
    "n/a n.a. na none null nil nan unknown tbd tba todo tbc undefined".split()
)  # not 同上: that tells where it is known
CLOSERS = " \t.。!！,，;；~～…、?？()[]【】{}<>《》「」\"'“”‘’*"

REPEATED = r"x{2,}|×+|〇+|○+"  # the same sign, where digits or letters ought to stand


def is_unknown(text: str) -> bool:
    """Whether a text says that the value is not known: a word for it, in brackets or not, or signs alone. An empty text does
    not say so."""
    plain = unicodedata.normalize("NFKC", text).strip()
    if not plain:
        return False
    if not re.search(r"\w", plain.replace("_", "")):
        return True
    bare = re.sub(r"\s+", "", plain).strip(CLOSERS).casefold()
    return bare in WORDS or re.fullmatch(REPEATED, bare) is not None
