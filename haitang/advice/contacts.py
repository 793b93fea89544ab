"""Numbers and addresses that are hardly this place's own.

The rule: what is usual is learnt from the directory itself (which area code the others of an area have), so that another city
needs no other code; where it knows too little, nothing is said.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from typing import TypeVar

from haitang.model import Position
from haitang.problems import Value
from haitang.settings import Settings
from haitang.values import GONE
from haitang.world import SETTINGS_FILE, Finding, Path, World

_FEWEST = 2  # other numbers of an area, before they say what is usual there
_MOST_OF = 0.8
_LANDLINE = re.compile(r"(0\d{2,3})-(\d{7,8})(?:-\d+)?", re.ASCII)
Kind = TypeVar("Kind", str, int)
_ROW = "0123456789012345678"
LONG_NAME = 28  # characters: two lines of a telephone


def phones_are_likely(world: World) -> Iterator[Finding]:
    usual = _Usual(world)
    numbers: list[tuple[str, Path, str | None, str]] = [
        (entry.file, ("phone",), entry.value.phone, entry.value.town) for entry in world.positions
    ]
    numbers.append((SETTINGS_FILE, ("identity", "phone"), world.settings.identity.phone, ""))
    for file, path, phone, town in numbers:
        if phone and (odd := _odd(phone, usual, town)):
            yield Finding(file, path, odd[0], {"field": "phone", "value": phone, **odd[1]})


def _odd(phone: str, usual: "_Usual", town: str) -> tuple[str, dict[str, Value]] | None:
    if re.fullmatch(r"1\d{2,4}|9\d{4,5}", phone):
        return "phone-public", {}
    number = _LANDLINE.fullmatch(phone)
    if number is None:
        return None
    code, digits = number[1], number[2]
    if len(set(digits)) == 1 or digits in _ROW or digits in _ROW[::-1]:
        return "phone-placeholder", {}
    if (expected := usual.code(town, code)) and expected != code:
        return "phone-elsewhere", {"said": code, "usual": expected}
    if (count := usual.length(town, code, len(digits))) and count != len(digits):
        return "phone-digits", {"said": len(digits), "usual": count}
    return None


class _Usual:
    """What most numbers of an area look like, the one in question left out."""

    def __init__(self, world: World) -> None:
        self._area = {place.id: area.id for area in world.settings.areas for place in area.places}
        self._codes: dict[str, Counter[str]] = defaultdict(Counter)
        self._lengths: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        for entry in world.positions:
            self._count(self._area.get(entry.value.town, ""), entry.value.phone)
        # The organiser's number is of the first area.
        self._count(world.settings.areas[0].id, world.settings.identity.phone)

    def _count(self, area: str, phone: str | None) -> None:
        if phone and (number := _LANDLINE.fullmatch(phone)):
            self._codes[area][number[1]] += 1
            self._lengths[area, number[1]][len(number[2])] += 1

    def code(self, town: str, own: str) -> str | None:
        return _most(self._codes.get(self._area.get(town, ""), Counter()), own)

    def length(self, town: str, code: str, own: int) -> int | None:
        return _most(self._lengths.get((self._area.get(town, ""), code), Counter()), own)


def _most(counts: Mapping[Kind, int], own: Kind) -> Kind | None:
    others = {value: count - (value == own) for value, count in counts.items()}
    total = sum(others.values())
    if total < _FEWEST:
        return None
    value = max(others, key=lambda each: (others[each], each))
    return value if others[value] >= _MOST_OF * total else None


# How people give a way to reach them inside a text: a number with its area code, a WeChat name, a QQ group.
_LINE = re.compile(r"(?<![\d-])(?:\(?0\d{2,3}\)?[- ]?\d{7,8}|[48]00-?\d{3}-?\d{4})(?![\d-])", re.ASCII)
_CHAT = re.compile(
    r"(?:加?微信(?:号|公众号|群)?|加微|(?<![a-z])(?:vx|wx|wechat)(?![a-z])|QQ群?号?|扣扣群?)"
    r"\s*(?:[:：是为]|\s)\s*([a-z][a-z0-9_-]{5,19}|\d{5,11})(?![a-z0-9_-])",
    re.IGNORECASE,
)


def texts_hold_no_contacts(world: World) -> Iterator[Finding]:
    """A number in a text is forgotten when it changes; the field for it is shown, called and checked."""
    for entry in world.positions:
        for path, text in _texts(entry.value):
            found = _contact(text)
            if found and re.sub(r"\D", "", found) != re.sub(r"\D", "", entry.value.phone or ""):
                below = text.count("\n", 0, max(text.find(found), 0))
                yield Finding(entry.file, path, "contact-in-text", {"field": str(path[-1]), "value": found}, below=below)


def _contact(text: str) -> str | None:
    if not re.search(r"\d{5}|微|vx|wx|wechat|qq|扣", text, re.IGNORECASE):
        return None
    if line := _LINE.search(text):
        return line[0]
    chat = _CHAT.search(text)
    return chat[0] if chat else None


def _texts(value: Position) -> Iterator[tuple[Path, str]]:
    """What is written in sentences."""
    if value.story:
        yield ("story",), value.story
    for name in ("spaces", "platforms", "activities", "pledges"):
        for index, item in enumerate(getattr(value, name)):
            if item.text:
                yield (name, index, "text"), item.text


_PROVINCE = re.compile(r"^(?:江苏省)?(?:苏州市)?(?=.)")
# Neighbours of Kunshan that an address may name, beside the towns and areas that directory.yml knows.
_NEIGHBOURS = ("上海市", "无锡市", "太仓市", "常熟市", "张家港市", "吴江区", "嘉定区", "青浦区", "昆山市", "苏州工业园区")
_PLACE_NAME = re.compile(r"\w{2,}?(?:城市管理办事处|经济技术开发区|开发区|高新区|街道|镇|区|市)")


def addresses_are_in_town(world: World) -> Iterator[Finding]:
    """An address that begins with the name of another town, or city."""
    names, own = _place_names(world.settings), _own_names(world.settings)
    for entry in world.positions:
        address = unicodedata.normalize("NFKC", entry.value.address or "").replace(" ", "")
        if not address or entry.value.town not in own or entry.value.status in GONE:
            continue
        ours, whole = own[entry.value.town], address
        said = next((name for name in names if _begins(whole, name)), None)
        if said and not any(name in whole or said in name for name in ours):
            town = next(place.name for area in world.settings.areas for place in area.places if place.id == entry.value.town)
            values: dict[str, Value] = {"field": "address", "value": said, "name": town}
            yield Finding(entry.file, ("address",), "address-elsewhere", values)


def _begins(address: str, name: str) -> bool:
    """Behind the names of province and city, and of an area, that stand before it."""
    plain = _PROVINCE.sub("", address)
    return address.startswith(name) or plain.startswith(name) or re.match(rf"\w{{2,3}}市{re.escape(name)}", plain) is not None


def _place_names(settings: Settings) -> tuple[str, ...]:
    """The names of all towns and neighbours, the longest first."""
    towns = (name for area in settings.areas for place in area.towns for name in _spellings(place.name, place.short_name))
    return tuple(sorted({*towns, *_NEIGHBOURS}, key=lambda name: (-len(name), name)))


def _own_names(settings: Settings) -> dict[str, tuple[str, ...]]:
    """By town what its addresses may begin with: its own names and its area's."""
    return {
        place.id: (*_spellings(place.name, place.short_name), *_spellings(f"{area.name}市", area.name))
        for area in settings.areas
        for place in area.places
    }


def _spellings(*names: str | None) -> Iterator[str]:
    """The names inside a name: 玉山镇（昆山高新区） is two."""
    for name in names:
        for part in re.split(r"[（）()、/]", name or ""):
            if len(part) > 2:
                yield part


def long_names_have_a_short_one(world: World) -> Iterator[Finding]:
    for entry in world.positions:
        if len(entry.value.name) > LONG_NAME and entry.value.short_name is None:
            values: dict[str, Value] = {"field": "name", "count": len(entry.value.name), "limit": LONG_NAME}
            yield Finding(entry.file, ("name",), "name-long", values)
