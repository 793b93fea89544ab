"""Large numbers as people of a language say them: in Chinese by 万 and 亿, else as CLDR has it."""

from collections.abc import Mapping

from haitang.site.languages.dates import locale_of

_SIZES = {"wan": 1e4, "yi": 1e8, "wan_yi": 1e12}


def large(digits: str, scale: str, names: Mapping[str, str], language: str) -> str:
    """`1,230万`, `12.3M`; `scale` is a key of `names`, empty for plain digits."""
    if not scale:
        return digits
    if language.startswith("zh"):
        return digits + names[scale]
    from babel.numbers import format_compact_decimal

    value = float(digits.replace(",", "").replace("−", "-")) * _SIZES[scale]
    return str(format_compact_decimal(value, format_type="short", locale=locale_of(language), fraction_digits=2)).replace(
        "-", "−"
    )
