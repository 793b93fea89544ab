"""Telephone numbers as people write them: with brackets, blanks, 转8001, with a name behind, two at once."""

import re
import unicodedata

from haitang.model.abroad import phones as abroad
from haitang.model.abroad import region
from haitang.model.abroad.region import Refused
from haitang.model.written.personal import MOBILE
from haitang.model.written.persons import GIVEN, SURNAME

_LONGEST = 80  # characters: what is longer is no number
_DASH = "[-–—―−~〜～－]"
_SIGNS = re.compile(rf"\s*(?:{_DASH}\s*)+")
_DIGITS = re.compile(r"\d[\d-]*", re.ASCII)
_EXTENSION = r"(?:\s*[-,(]?\s*(?:(?:总机)?转接?|-|分机号?|内线|ext\.?|[x#*])\s*:?\s*(\d{1,6})\s*\)?)?"
_LANDLINE = re.compile(
    rf"(?:\+?86[- ]?)?[(\[]?(0(?:10|2\d|[3-9]\d\d))[)\]]?[-/. ]*(\d{{7,8}}|\d{{3,4}}[- .]\d{{4}}){_EXTENSION}",
    re.ASCII | re.IGNORECASE,
)
# 400-8281-234 is a free line, however it is grouped.
_LOCAL = re.compile(
    rf"(?![48]00(?:[- ]|(?:[- ]?\d){{7}}$))([2-9]\d{{6,7}}|[2-9]\d{{2,3}}[- ]\d{{4}}){_EXTENSION}", re.ASCII | re.IGNORECASE
)
_FREE_LINE = re.compile(r"[48]00[- ]\d(?:[- ]?\d){6}", re.ASCII)
_COUNTRY = re.compile(r"^\(?(?:\+|00)?86\)?[- ]*")
_ANY = re.compile(
    rf"(?<!\d)(?:[48]00[- ]?\d{{3}}[- ]?\d{{4}}|{MOBILE}|(?:\(?0(?:10|2\d|[3-9]\d\d)\)?[-/ ]?)?"
    r"[2-9]\d{2,3}[- ]?\d{4})(?!\d)",
    re.ASCII,
)
# 57621055/56: the second number is written by its end alone.
_TWIN = re.compile(r"(\d{7,8})\s*[/、,，~]\s*(\d{1,6})(?!\d)", re.ASCII)
_OTHER_LINE = re.compile("传真|手机|小灵通|微信|fax", re.IGNORECASE)
_LABEL = re.compile(
    r"^(?:[☎☏✆📞\ufe0f]+\s*)?"
    r"(?:(?:联系|办公室?|值班|咨询|服务|固定|单位|社区|对外)?(?:电话|座机|热线|固话)(?:号码)?|tel(?:ephone)?|phone|联系方式|总机)?\s*[:.]?\s*",
    re.IGNORECASE,
)
_TITLE = (
    "主任|书记|老师|女士|先生|小姐|经理|站长|社工|科长|同志|阿姨|师傅|部长|局长|镇长|村长|会长|委员|干事|组织员|网格员|专干"
)
_NO_PERSON = "周[一二三四五六日天末]|[白夏]天|高峰|金秋"  # what begins with a surname, too
_PERSON = re.compile(
    rf"(?:联系人\s*:?\s*)?(?:[\u4e00-\u9fff]{{1,3}}(?:{_TITLE})|[小老](?:{SURNAME})|"
    rf"(?!{_NO_PERSON})(?:{SURNAME})(?:{GIVEN}{{1,2}}|某{{1,2}}|工|总|姐|哥))"
)


PHONE = re.compile(
    r"0\d{2,3}-\d{7,8}(-\d{1,6})?|[48]00-?\d{3}-?\d{4}|1[0-2]\d{1,3}|9\d{4,5}"
    r"|(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}",
    re.ASCII,
)
_WIDE_SIGN = re.compile(r"[０-９－（）]")
_AREA_CODE = re.compile(r"0(?:10|2\d|[3-9]\d\d)", re.ASCII)
_ANY_AREA_CODE = re.compile(r"\d{1,6}", re.ASCII)


def sound(text: str) -> str:
    """Institution numbers: landline with area code, 400/800 line, or a short public line. Mobiles are somebody's own. Raises
    Refused."""
    if (country := region.here()) != region.CHINA:
        return abroad.sound(text, country)
    fits = PHONE.fullmatch(text) is not None
    if fits and not text.startswith(("1", "+", "86")):
        return text
    found, mobiles = numbers(text)
    if len(found) > 1:
        raise Refused("phone-several", count=len(found), numbers=found, mobiles=mobiles)
    if mobiles:
        raise Refused("mobile-number", value=mobiles[0])
    if not fits and _WIDE_SIGN.search(text) and PHONE.fullmatch(unicodedata.normalize("NFKC", text)):
        raise Refused("full-width-number")
    if not fits:
        raise Refused("bad-phone")
    return text


def area_code(text: str) -> str:
    """What stands before numbers that are written without one. Raises Refused."""
    if (_AREA_CODE if region.here() == region.CHINA else _ANY_AREA_CODE).fullmatch(text) is None:
        raise Refused("unreadable-value")
    return text


def spelled_phone(text: str) -> str:
    """The canonical spelling of a whole number: `0512-57621055-8001`; what is none stays as it is."""
    if (country := region.here()) != region.CHINA:
        number = abroad.read(text, country)
        return number.written if number else text
    half = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).strip()
    plain = _SIGNS.sub("-", half)
    if _TWIN.search(half) or len(text) > _LONGEST:
        return text
    if found := _LANDLINE.fullmatch(plain):
        return "-".join(part for part in (found[1], re.sub("[- .]", "", found[2]), found[3]) if part)
    if found := _FREE_LINE.fullmatch(plain):
        digits = re.sub("[- ]", "", found[0])
        return f"{digits[:3]}-{digits[3:6]}-{digits[6:]}"
    return plain if _DIGITS.fullmatch(plain) else text


def phone(text: str, area_code: str = "") -> str | None:
    """The one number that a text means: without what it is called and who answers it, with the area code of the place where
    none is written. None for what is no number, or may be another kind of line (传真)."""
    if (country := region.here()) != region.CHINA:
        meant = abroad.meant(text, country, area_code)
        return meant[0] if meant and meant[1] else None
    half = unicodedata.normalize("NFKC", text[: _LONGEST + 1]).strip()
    plain = _without_person(_LABEL.sub("", _SIGNS.sub("-", half))).strip(" .,;。、；")
    if _TWIN.search(half) or len(text) > _LONGEST:
        return None
    if _LANDLINE.fullmatch(plain) or _FREE_LINE.fullmatch(plain):
        return spelled_phone(plain)
    if area_code and (found := _LOCAL.fullmatch(plain)):
        return "-".join(part for part in (area_code, re.sub("[- ]", "", found[1]), found[2]) if part)
    plain = _COUNTRY.sub("", plain)
    if area_code and plain.startswith(area_code[1:]) and _LANDLINE.fullmatch(f"0{plain}"):
        return spelled_phone(f"0{plain}")  # a spreadsheet took the zero, or the country's code stands for it
    return None


def phone_with_remark(text: str, area_code: str = "") -> str | None:
    """The number beside a remark, which is lost without it: 办公室, 工作日."""
    if (country := region.here()) != region.CHINA:
        meant = abroad.meant(text, country, area_code)
        return meant[0] if meant else None
    if len(text) > _LONGEST:
        return None
    half = unicodedata.normalize("NFKC", text).strip()
    found = re.fullmatch(r"([^\d(+]{0,20})([(+\d].*\d)([^\d]{0,20})", half, re.ASCII)
    return None if found is None or _OTHER_LINE.search(found[1] + found[3]) else phone(found[2], area_code)


def numbers(text: str) -> tuple[tuple[str, ...], tuple[str, ...]]:
    """All the numbers in a text as they stand there, and those of them that are mobile ones, which are somebody's own."""
    text = text[:_LONGEST]
    plain = _SIGNS.sub("-", unicodedata.normalize("NFKC", text))
    found = [match[0].strip() for match in _ANY.finditer(plain)]
    if len(found) == 1 and (twin := _TWIN.search(unicodedata.normalize("NFKC", text))) and len(twin[2]) < 7:
        found.append(f"{found[0].rstrip()[: -len(twin[2])]}{twin[2]}")
    return tuple(found), tuple(each for each in found if re.fullmatch(MOBILE, each))


def _without_person(plain: str) -> str:
    bare = re.sub(rf"\s*[(\[]\s*{_PERSON.pattern}\s*[)\]]\s*$|\s*{_PERSON.pattern}\s*$", "", plain)
    return re.sub(rf"^{_PERSON.pattern}\s*[:,]?\s*(?=[\d(+])", "", bare)
