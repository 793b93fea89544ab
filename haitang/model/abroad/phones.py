"""Telephone numbers of other countries than China.

The rule: a number is one that its country gives out, in the spelling of that country; what stands beside it is no part of it.
"""

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from haitang.model.abroad.region import CHINA, Refused, here

_NOBODYS = "010-00000000"  # what our sentences give as an example
_LONGEST = 80  # characters: what is longer is no number
_SHORT = re.compile(r"\d{3,6}", re.ASCII)
_LABEL = re.compile(
    r"^(?:(?:tele)?phone|tel|call|ring|enquiries|reception|main|office|front desk|t|p)?(?:\s+(?:no|number))?\s*[.:]*\s*",
    re.IGNORECASE,
)
_DASHES = str.maketrans(dict.fromkeys("‐‑‒–—―−－", "-"))
# The shape of a number for doors that look at a value before it is read.
SHAPE = r"[+(]?[0-9][0-9 ()./+-]{1,26}(?:,? ?(?:x|[Ee]xt\.?|#) ?[0-9]{1,6})?"


@dataclass(frozen=True, slots=True)
class Number:
    """`written` as its country writes it, for dialling `uri` from anywhere (RFC 3966)."""

    written: str
    uri: str
    is_mobile: bool = False


@lru_cache(4096)
def read(text: str, country: str) -> Number | None:
    """The number that a whole text is; None where it is none."""
    import phonenumbers

    plain = unicodedata.normalize("NFKC", text).translate(_DASHES).strip()
    if len(plain) > _LONGEST or not re.fullmatch(rf"(?i:tel:)?{SHAPE}", plain):
        return None
    if _SHORT.fullmatch(plain):
        return Number(plain, plain) if _is_short_line(plain, country) else None
    try:
        number = phonenumbers.parse(plain, country)
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    formats = phonenumbers.PhoneNumberFormat
    at_home = number.country_code == phonenumbers.country_code_for_region(country)
    written = phonenumbers.format_number(number, formats.NATIONAL if at_home else formats.INTERNATIONAL)
    uri = phonenumbers.format_number(number, formats.E164) + (f";ext={number.extension}" if number.extension else "")
    return Number(written, uri, phonenumbers.number_type(number) == phonenumbers.PhoneNumberType.MOBILE)


def sound(text: str, country: str) -> str:
    """A whole number in its canonical spelling. Raises Refused."""
    number = read(text, country)
    if number is None and len(found := several(text, country)) > 1:
        raise Refused("phone-several", count=len(found), numbers=found, mobiles=())
    if number is None and _is_like_mobile(text, country):
        raise Refused("mobile-number")
    if number is None:
        raise Refused("bad-phone-abroad", region=country, example=example(country))
    if number.is_mobile:
        raise Refused("mobile-number")
    return number.written


def _is_like_mobile(text: str, country: str) -> bool:
    """Whether a number begins as only mobile ones of a country do, though nobody has it: 07700 900123."""
    import phonenumbers

    kinds = phonenumbers.PhoneNumberType
    mobile, fixed = (phonenumbers.example_number_for_type(country, kind) for kind in (kinds.MOBILE, kinds.FIXED_LINE))
    try:
        written = str(phonenumbers.parse(unicodedata.normalize("NFKC", text[:_LONGEST]), country).national_number)
    except phonenumbers.NumberParseException:
        return False
    own, others = str(mobile and mobile.national_number), str(fixed and fixed.national_number)
    return len(written) == len(own) and written[0] == own[0] != others[0]


def _is_short_line(plain: str, country: str) -> bool:
    import phonenumbers

    code = phonenumbers.country_code_for_region(country)
    number = phonenumbers.PhoneNumber(country_code=code, national_number=int(plain))
    return plain[0] != "0" and bool(phonenumbers.is_valid_short_number_for_region(number, country))


def meant(text: str, country: str, area_code: str = "") -> tuple[str, bool] | None:
    """The one number in a text, as its country writes it, and whether nothing is lost of the text with it."""
    if len(text) > _LONGEST or len(found := several(text, country)) > 1:
        return None
    bare = _LABEL.sub("", unicodedata.normalize("NFKC", text).translate(_DASHES).strip()).strip(" .,;")
    local = area_code and not bare.startswith(("+", "(", "0", area_code))
    number = read(bare, country) or (read(f"{area_code} {bare}", country) if local else None)
    if number:
        return number.written, True
    return (found[0], False) if found else None


def several(text: str, country: str) -> tuple[str, ...]:
    """All numbers that stand in a text."""
    import phonenumbers

    plain = unicodedata.normalize("NFKC", text[:_LONGEST]).translate(_DASHES)
    matches = phonenumbers.PhoneNumberMatcher(plain, country)
    return tuple(number.written for match in matches if (number := read(match.raw_string, country)))


@lru_cache(16)
def example(country: str) -> str:
    """A number of a country, in its spelling."""
    import phonenumbers

    number = phonenumbers.example_number_for_type(country, phonenumbers.PhoneNumberType.FIXED_LINE)
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.NATIONAL) if number else ""


def sample(country: str, area_code: str | None) -> str:
    """How a number of a directory looks: of its country; in China with its area code, and nobody's."""
    return example(country) if country != CHINA else _NOBODYS.replace("010", area_code or "010")


def own(text: str, country: str, area_code: str | None) -> str:
    """A sentence of ours that gives a number as an example, with one of the directory instead."""
    return text.replace(_NOBODYS, sample(country, area_code)) if area_code or country != CHINA else text


def dial(country: str) -> dict[str, object]:
    """How a number of a country is dialled from abroad: its code, and what then goes."""
    import phonenumbers

    known = phonenumbers.PhoneMetadata.metadata_for_region(country)
    return {"code": str(phonenumbers.country_code_for_region(country)), "trunk": (known and known.national_prefix) or ""}


def tel(written: str) -> str:
    """What stands behind `tel:` for a number as it is written where the directory lies; in China the number itself."""
    number = read(written, here()) if here() != CHINA else None
    return number.uri if number else written
