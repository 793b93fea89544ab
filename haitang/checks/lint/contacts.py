"""Numbers and addresses that are hardly this place's own.

The rule: what is usual is learnt from the directory itself (which area code the others of an area have), so that another city
needs no other code; where that is too little, the area's city tells (`model.divisions`), and else nothing is said.
"""

import re
import unicodedata
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any, TypeVar

from haitang.checks.lint.garbled import texts_of
from haitang.core.pinyin import han
from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Finding, Path
from haitang.model.divisions import first_named
from haitang.model.divisions.home import Home, cities_named, home_of
from haitang.model.entries import Position
from haitang.model.paths import SETTINGS_FILE
from haitang.model.settings import Settings, Town
from haitang.model.types import GONE

_FEWEST = 2  # other numbers of an area, before they say what is usual there
_MOST_OF = 0.8
_LANDLINE = re.compile(r"(0\d{2,3})-(\d{7,8})(?:-\d+)?", re.ASCII)
_PUBLIC = re.compile(r"1\d{2,4}|9\d{4,5}")
_UNKNOWN_CITY = re.compile(r"\w{2,3}市")
Kind = TypeVar("Kind", str, int)
_ROW = "0123456789012345678"
LONG_NAME = 28  # characters: two lines of a telephone


def phones_are_likely(dataset: Dataset) -> Iterator[Finding]:
    usual = _Usual(dataset)
    numbers: list[tuple[str, Path, str | None, str]] = [
        (entry.file, ("phone",), entry.value.phone, entry.value.town) for entry in dataset.own(dataset.positions)
    ]
    numbers.append((SETTINGS_FILE, ("identity", "phone"), dataset.settings.identity.phone, ""))
    if contact := dataset.settings.contact:
        numbers.append((SETTINGS_FILE, ("contact", "phone"), contact.phone, ""))
    for file, path, phone, town in numbers:
        # Whoever runs the directory may be reached by a number that is everybody's; a place has one of its own.
        if phone and (odd := _odd(phone, usual, town)) and not (file == SETTINGS_FILE and odd[0] == "phone-public"):
            yield Finding(file, path, odd[0], {"field": "phone", "value": phone, **odd[1]})


def _odd(phone: str, usual: "_Usual", town: str) -> tuple[str, dict[str, Value]] | None:
    if _PUBLIC.fullmatch(phone):
        return "phone-public", {}
    number = _LANDLINE.fullmatch(phone)
    if number is None:
        return None
    code, digits = number[1], number[2]
    if len(set(digits)) == 1 or digits in _ROW or digits in _ROW[::-1]:
        return "phone-placeholder", {}
    return _unusual(code, len(digits), usual, town)


def _unusual(code: str, count: int, usual: "_Usual", town: str) -> tuple[str, dict[str, Value]] | None:
    """Of an area code and so many digits behind it, what others here have not."""
    expected = usual.code(town, code)
    if expected and expected != code:
        return "phone-elsewhere", {"said": code, "usual": expected}
    if not expected and (home := usual.of_city(town)) and code != home[0]:
        return "phone-other-city", {"said": code, "usual": home[0], "name": home[1]}
    if (length := usual.length(town, code, count)) and length != count:
        return "phone-digits", {"said": count, "usual": length}
    return None


class _Usual:
    """What most numbers of an area look like, the one in question left out."""

    def __init__(self, dataset: Dataset) -> None:
        self._area = {place.id: area.id for area in dataset.settings.areas for place in area.places}
        self._home = home_of(dataset.settings)
        self._codes: dict[str, Counter[str]] = defaultdict(Counter)
        self._lengths: dict[tuple[str, str], Counter[int]] = defaultdict(Counter)
        for entry in dataset.positions:
            self._count(self._area.get(entry.value.town, ""), entry.value.phone)
        # Most numbers begin alike.
        self._code = cache(lambda area, own: _most(self._codes[area], own))
        self._length = cache(lambda area, code, own: _most(self._lengths[area, code], own))
        # The organiser's number is of the first area.
        self._count(dataset.settings.areas[0].id, dataset.settings.identity.phone)

    def _count(self, area: str, phone: str | None) -> None:
        if phone and (number := _LANDLINE.fullmatch(phone)):
            self._codes[area][number[1]] += 1
            self._lengths[area, number[1]][len(number[2])] += 1

    def code(self, town: str, own: str) -> str | None:
        return self._code(self._area.get(town, ""), own)

    def of_city(self, town: str) -> tuple[str, str] | None:
        """The area code of a town's city, and what that is called."""
        area = self._area.get(town, "")
        code = self._home.code(area) if area else None
        return (code, self._home.city(area)) if code else None

    def length(self, town: str, code: str, own: int) -> int | None:
        return self._length(self._area.get(town, ""), code, own)


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

# Mail of persons; an office has its own.
_MAIL = re.compile(
    r"(?<![\w.])[\w.+-]{1,64}@(?:(?:vip\.)?(?:qq|163|126|sina|sohu|139|188|foxmail|21cn|tom|aliyun|gmail|outlook|hotmail|live|msn|icloud"
    r"|yahoo|me)\.com|yeah\.net|(?:189|wo|live|sina|yahoo\.com)\.cn)(?![\w.-]*\w)",
    re.ASCII | re.IGNORECASE,
)
_AT = re.compile("[@＠]")
# Nearly no text holds any of these, and this is found out much faster.
_HINTED = re.compile(r"[0-9]{5}|[微扣QqVvWw]")


def texts_hold_no_contacts(dataset: Dataset) -> Iterator[Finding]:
    """A number in a text is forgotten when it changes; the field for it is shown, called and checked."""
    for entry in dataset.own(dataset.positions):
        if not _HINTED.search(_sentences(entry.value)):
            continue
        for path, text in _texts(entry.value):
            found = _contact(text)
            if found and not (entry.value.phone and re.sub(r"\D", "", found) == re.sub(r"\D", "", entry.value.phone)):
                below = text.count("\n", 0, max(text.find(found), 0))
                yield Finding(entry.file, path, "contact-in-text", {"field": str(path[-1]), "value": found}, below=below)


def mails_are_an_offices(dataset: Dataset) -> Iterator[Finding]:
    """Private mail addresses, wherever they would be published."""
    for entry in dataset.own(dataset.files):
        if _AT.search(dataset.text_of(entry)):
            for path, text in texts_of(entry.value):
                if found := _MAIL.search(_AT.sub("@", text)):
                    values: dict[str, Value] = {"field": str(path[-1]), "value": found[0]}
                    yield Finding(entry.file, path, "contact-in-text", values, below=text.count("\n", 0, found.start()))


def _contact(text: str) -> str | None:
    if line := _LINE.search(text):
        return line[0]
    chat = _CHAT.search(text)
    return chat[0] if chat else None


def _sentences(value: Position) -> str:
    """What `_texts` tells, a line each."""
    items: list[Any] = [*value.spaces, *value.platforms, *value.activities, *value.pledges]
    return "\n".join(str(text) for text in (value.story, *(item.text for item in items)) if text)


def _texts(value: Position) -> Iterator[tuple[Path, str]]:
    """What is written in sentences."""
    if value.story:
        yield ("story",), value.story.text
    lists: dict[str, tuple[Any, ...]] = {
        "spaces": value.spaces,
        "platforms": value.platforms,
        "activities": value.activities,
        "pledges": value.pledges,
    }
    for name, items in lists.items():
        for index, item in enumerate(items):
            if item.text:
                yield (name, index, "text"), item.text.text


def addresses_are_in_town(dataset: Dataset) -> Iterator[Finding]:
    """An address that begins with the name of another town, or city; a name that begins with that of another city."""
    home, names = home_of(dataset.settings), _names(dataset.settings)
    places = [(place, area) for area in dataset.settings.areas for place in area.places]
    towns = {place.id: (place, area.id) for place, area in places}
    repeated = len(towns) < len(places)
    for entry in dataset.own(dataset.positions):
        value = entry.value
        if value.town not in towns or value.town != entry.folder or value.status in GONE or repeated:
            continue
        town, area = towns[value.town]
        there = next((city for city in cities_named(plain(value.name)) if home.is_elsewhere(city, area, town)), None)
        if there and there not in town.name:
            yield Finding(entry.file, ("name",), "name-elsewhere", {"field": "name", "value": there, "name": town.name})
        if value.address and (said := _elsewhere(plain(value.address), names, home, area, town)):
            values: dict[str, Value] = {"field": "address", "value": said, "name": town.name}
            yield Finding(entry.file, ("address",), "address-elsewhere", values)


def plain(text: str) -> str:
    return unicodedata.normalize("NFKC", text).replace(" ", "")


def _elsewhere(address: str, names: frozenset[str], home: Home, area: str, town: Town) -> str | None:
    """The name of another town of ours, or of another city than the town's, that an address begins with."""
    own = set(_spellings(town.name, town.short_name))
    city = home.city(area)
    for said in _named_first(address, names):
        is_ours = said in own or said == city or (said not in names and not home.is_elsewhere(said, area, town))
        if not is_ours:
            return None if any(ours in address or said in ours for ours in own) else said
    return None


def _named_first(address: str, names: frozenset[str]) -> Iterator[str]:
    """The names an address begins with, one after the other: province, city, then town; one that we do not know may stand
    before one that we do."""
    at, longest = 0, max(map(len, names), default=0)
    while True:
        starts = (at, *(unknown.end() for unknown in [_UNKNOWN_CITY.match(address, at)] if unknown))
        for start in starts:
            ours = next((address[start:end] for end in range(start + longest, start, -1) if address[start:end] in names), "")
            if said := max(ours, first_named(address, start), key=len):
                break
        else:
            return
        yield said
        at = start + len(said)


def _names(settings: Settings) -> frozenset[str]:
    towns = (name for area in settings.areas for place in area.towns for name in _spellings(place.name, place.short_name))
    return frozenset(towns)


def _spellings(*names: str | None) -> Iterator[str]:
    """The names inside a name: 玉山镇（昆山高新区） is two."""
    for name in names:
        for part in re.split(r"[（）()、/]", name or ""):
            if len(part) > 2:
                yield part


def long_names_have_a_short_one(dataset: Dataset) -> Iterator[Finding]:
    for entry in dataset.own(dataset.positions):
        limit = LONG_NAME if han(entry.value.name) else 2 * LONG_NAME  # Latin letters are half as wide
        if len(entry.value.name) > limit and entry.value.short_name is None:
            values: dict[str, Value] = {"field": "name", "count": len(entry.value.name), "limit": limit}
            yield Finding(entry.file, ("name",), "name-long", values)
