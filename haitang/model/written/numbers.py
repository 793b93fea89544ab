"""Numbers as people write them: full-width, with commas, 1.2万, 三百二十; and measures, 3亩 and 1小时30分."""

import re
import unicodedata
from collections.abc import Mapping
from decimal import Decimal

PLAIN = re.compile(r"-?(?:0|[1-9]\d{0,8})(?:\.\d{1,17})?", re.ASCII)
_LONGEST = 80  # characters: what is longer is no number
_COMMAS = re.compile(r"-?\d{1,3}(?:,\d{3})+(?:\.\d+)?", re.ASCII)
_DIGITS = {sign: at for signs in ("〇一二三四五六七八九", "零壹贰叁肆伍陆柒捌玖") for at, sign in enumerate(signs)} | {"两": 2}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
_MYRIADS = {"万": 10_000, "亿": 100_000_000}
_HAN = "".join((*_DIGITS, *_TENS, *_MYRIADS))
_ABOUT = re.compile(r"(?<!\d)(?:大概|大约|约|近|超过?|不到|至少|~)|(?:左右|上下|以上|以内|余|多)(?!\d)")

# What a field counts in, and how much of it each unit is.
UNITS: Mapping[str, Mapping[str, Decimal]] = {
    "area_m2": {
        **dict.fromkeys(("平方米", "平米", "平方", "平", "m2", "m^2", "sqm", "平方公尺"), Decimal(1)),
        **dict.fromkeys(("亩", "亩地", "市亩"), Decimal(2000) / 3),
        **dict.fromkeys(("公顷", "ha"), Decimal(10_000)),
        **dict.fromkeys(("平方公里", "平方千米", "km2"), Decimal(1_000_000)),
    },
    "metres": {**dict.fromkeys(("米", "m"), Decimal(1)), **dict.fromkeys(("公里", "千米", "km"), Decimal(1000))},
    "minutes": {
        **dict.fromkeys(("分钟", "分", "min"), Decimal(1)),
        **dict.fromkeys(("小时", "个小时", "钟头", "个钟头", "h"), Decimal(60)),
    },
    "progress": {"%": Decimal(1)},
    "share": {"%": Decimal(1)},
}
_HOURS = re.compile(r"([\d.]+)个?(?:小时|h)(?:([\d.]+)分钟?|(半))?|(半)个?小时|([\d.]+)个半小时", re.ASCII)


def number(text: str) -> str | None:
    """A number as digits: `１２０`, `1,200`, `1.2万`, `三百二十`; None for what is no number, or has two readings."""
    if len(text) > _LONGEST:
        return None
    plain = unicodedata.normalize("NFKC", text).strip().removeprefix("+").replace("．", ".")
    plain = re.sub(r"(?<=\d)[.。]$", "", plain)
    plain = re.sub(r"(?<=\d)[。·](?=\d)", ".", plain)
    if _COMMAS.fullmatch(plain):
        plain = plain.replace(",", "")
    if found := re.fullmatch(r"(-?[\d.]+)\s*([万亿千])", plain, re.ASCII):
        factor = (_MYRIADS | _TENS)[found[2]]
        return _digits(Decimal(found[1]) * factor) if PLAIN.fullmatch(found[1]) else None
    if PLAIN.fullmatch(plain):
        return plain
    if re.fullmatch(f"[{_HAN}]+", plain) and (value := _han(plain)) is not None:
        return str(value)
    return None


def measured(text: str, field: str) -> tuple[str, str, bool] | None:
    """What a measure comes to in the unit of a field, with the arithmetic where there was some, and whether that is all it
    says: `约3亩` is about that. None for units of something else."""
    if len(text) > _LONGEST or re.search(r"\d\s+\d", text):  # 300 350 may be two
        return None
    units = UNITS.get(field, {})
    plain = re.sub(r"\s+", "", unicodedata.normalize("NFKC", text)).replace("㎡", "m2").rstrip(".。")
    plain = re.sub(r"\(([^\d()]{1,4})\)$", r"\1", plain)
    plain = f"0.5{plain[1:]}" if plain[:1] == "半" and plain[1:] in units else plain
    exact = _ABOUT.sub("", plain) == plain
    plain = (
        re.sub("^(?:建筑|使用|室内)?(?:总)?面积[:为]?|^共", "", _ABOUT.sub("", plain))
        if field == "area_m2"
        else _ABOUT.sub("", plain)
    )
    if field == "minutes" and (spent := _HOURS.fullmatch(plain)):
        return _minutes(spent), "", exact
    if field in ("progress", "share") and plain.startswith("百分之"):
        plain = f"{plain[3:]}%"
    found = re.fullmatch(rf"(-?[\d.,]+[万亿千]?|[{_HAN}]+)(.*)", plain, re.ASCII)
    if found is None or (value := number(found[1])) is None:
        return None
    unit = found[2].lower()
    if not units and re.fullmatch(r"[^\d\W]*|%|°c", unit):  # whose unit has a field of its own
        return value, "", exact and not unit
    if unit and unit not in units:
        return None
    return _converted(found[1], value, found[2], units.get(unit, Decimal(1)), exact=exact)


def _converted(written: str, value: str, unit: str, factor: Decimal, *, exact: bool) -> tuple[str, str, bool]:
    result = Decimal(value) * factor
    rounded = _digits(result.quantize(Decimal(1) if result >= 100 else Decimal("0.1")) if factor % 1 else result)
    if factor == 1:
        steps = f"{written}{unit} = {rounded}" if written[-1] in "万亿千" else ""
    else:
        sign = "≈" if factor % 1 else "="
        steps = f"{value} {unit} × {factor.quantize(Decimal('0.01')) if factor % 1 else factor} {sign} {rounded}"
    return rounded, steps, exact


def _minutes(spent: re.Match[str]) -> str:
    hours, minutes, half, only_half, hours_and_half = spent.groups()
    if only_half:
        return "30"
    if hours_and_half:
        return _digits(Decimal(hours_and_half) * 60 + 30)
    return _digits(Decimal(hours) * 60 + (30 if half else Decimal(minutes or 0)))


def _digits(value: Decimal) -> str:
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def _han(text: str) -> int | None:
    """三百二十, 两千零五, 一二〇; None for 一百二, which is said and not written."""
    if all(sign in _DIGITS for sign in text):
        return int("".join(str(_DIGITS[sign]) for sign in text)) if len(text) < 10 else None
    total = part = 0
    digit: int | None = None
    last = 0  # the unit before, within which a number without one would be unclear
    for sign in text:
        if sign in _DIGITS:
            if digit:  # two digits in a row, and not all are digits
                return None
            digit = _DIGITS[sign]
            last = 0 if digit == 0 else last
        elif sign in _TENS:
            part += (digit or 1) * _TENS[sign]
            digit, last = None, _TENS[sign]
        else:
            total = (total + part + (digit or 0)) * _MYRIADS[sign]
            part, digit, last = 0, None, _MYRIADS[sign]
    if digit and last > 10:
        return None
    return total + part + (digit or 0)
