"""Chinese numerals up to 99 as people write hours, minutes and days: 八, 十七, 二十, 三十一, 零五."""

_DIGITS = {"零": 0, "〇": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9}
NUMERAL = "(?:[二三四五]?十[一二三四五六七八九]?|[零〇一二两三四五六七八九])"


def number(text: str) -> int:
    """`17` or 十七 → 17. The text is digits or fits NUMERAL, perhaps with 零 before it."""
    if text.isdecimal():
        return int(text)
    tens, ten, ones = text.lstrip("零〇").rpartition("十")
    return (_DIGITS.get(tens, 1) * 10 if ten else 0) + _DIGITS.get(ones, 0)
