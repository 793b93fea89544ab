"""In which country the directory lies that is being read: what a telephone number may be depends on it.

The rule: whoever reads directory.yml settles it, and what is read after that is of that directory.
"""

import re

CHINA = "CN"
_LINE = re.compile(rb"""^region: +(["']?)([A-Za-z]{2})(?:-[A-Za-z0-9]{1,3})?\1 *(?:\s#.*)?\r?$""", re.MULTILINE | re.ASCII)
_WRITTEN = re.compile(r"([A-Za-z]{2})(?:-([A-Za-z0-9]{1,3}))?", re.ASCII)


class Refused(ValueError):
    """A text that is no such value: a problem's code, and what it is told with beside the text."""

    def __init__(self, code: str, **values: str | int | tuple[str, ...]) -> None:
        self.code, self.values = code, values
        super().__init__(code)


class _Here:
    country = CHINA


def here() -> str:
    return _Here.country


def settle(region: object) -> None:
    """`GB-ENG`, or nothing for China; what is no region is told elsewhere, and its country is believed where there is one."""
    found = _WRITTEN.fullmatch(region.strip()) if isinstance(region, str) else None
    country = found[1].upper() if found else CHINA
    try:
        parts_of(country)
    except ValueError:
        country = CHINA
    _Here.country = country


def written_in(directory: bytes) -> str:
    """The country that a directory.yml names, before anybody knows that it is sound."""
    found = _LINE.search(directory)
    return found[2].decode().upper() if found else CHINA


def sound(text: str) -> str:
    """ISO 3166: a country, `GB`, or a part of one, `GB-ENG`."""
    try:
        return "-".join(filter(None, parts_of(text)))
    except ValueError:
        raise Refused("bad-region") from None


def parts_of(region: str) -> tuple[str, str]:
    """`GB-ENG` → GB and ENG; the second is empty where none is named. Raises ValueError for what nobody knows."""
    found = _WRITTEN.fullmatch(region)
    if found is None:
        raise ValueError(region)
    country, part = found[1].upper(), (found[2] or "").upper()
    if country == CHINA and not part:
        return country, part
    import phonenumbers

    from haitang.schedule.holidays import parts_known

    if country not in phonenumbers.SUPPORTED_REGIONS or (part and part not in parts_known(country)):
        raise ValueError(region)
    return country, part
