"""Names as people type them, with what is no part of them: emoji, the marks of Markdown, addresses that links lead to."""

import re
import unicodedata

_LINK = re.compile(r"!?\[([^\[\]]*)\]\([^()]*\)")
_ADDRESS = re.compile(r"(?:https?://|www\.)[!-~]*|<[^<>]*>", re.ASCII | re.IGNORECASE)
# What WeChat writes for its own emoji.
_CODE = re.compile(
    r"\[(?:玫瑰|爱心|心|太阳|月亮|强|鼓掌|握手|胜利|红包|庆祝|烟花|爆竹|礼物|咖啡|拥抱|微笑|呲牙|偷笑|愉快|合十|加油|加油加油|OK|666|"
    r"福|發|发|让我看看|嘿哈|奋斗|机智|耶|旺柴|社会社会|蛋糕|鲜花|拳头|跳跳|转圈|Rose|Heart|Sun|Smile|Party|Fireworks|ThumbsUp)\]"
)
_MARKS = re.compile(r"[*~`#>|]+|(?<![A-Za-z0-9])_+|_+(?![A-Za-z0-9])")


def bare_name(text: str) -> str:
    """The name without all that; the text itself where nothing would be left."""
    text = text[:400]
    words = _MARKS.sub("", _CODE.sub("", _ADDRESS.sub("", _LINK.sub(r"\1", text))))
    plain = "".join(sign for sign in words if unicodedata.category(sign) not in ("So", "Sk", "Cf", "Co", "Mn", "Me"))
    return re.sub(r"\s+", " ", plain).strip() or text
