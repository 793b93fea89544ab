"""A place as people paste it: two numbers in either order and any dress, degrees with minutes and seconds, a link of a map.

The rule: which number is which follows from China's ranges, which do not overlap; what else could be meant is not read. A datum
is told only by who knows it: the map that made the link, or a word beside the numbers. The form in the browser reads the same:
frontend/src/admin/judge/pasted-coordinates.ts, and frontend/tests/fixtures/pasted-points.json holds both to it.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal
from urllib.parse import parse_qsl, unquote, urlsplit

from haitang.geo.coordinates import Crs

_LON, _LAT = (73, 136), (3, 54)  # degrees of China
_LONGEST = 1000  # characters
_COARSE = 3  # decimals
Axis = Literal["lon", "lat"]


@dataclass(frozen=True, slots=True)
class Point:
    """Degrees, their digits as they were written; the datum where the text tells it. `is_view`: it is only the middle of what a
    map showed."""

    lon: str
    lat: str
    crs: Crs | None = None
    is_view: bool = field(default=False, compare=False)

    @property
    def precision(self) -> Literal["exact", "street"]:
        """How near it can be: three decimals are a hundred metres."""
        decimals = min(len(number.partition(".")[2]) for number in (self.lon, self.lat))
        return "street" if self.is_view or decimals <= _COARSE else "exact"


# What people call the numberings. A name of a map is enough; 谷歌 has two, by the layer one looks at, and tells none.
_NAMES: Mapping[Crs, str] = {
    "gcj02": r"gcj[- ]?0?2|火星|国测局|高德|amap|腾讯|苹果地图|apple ?maps?",
    "bd09": r"bd[- ]?0?9(?:ll)?|百度|baidu",
    "wgs84": r"wgs[- ]?(?:19)?84|(?:手机|卫星|北斗)定位|北斗|gps|gnss|天地图|cgcs[- ]?2000|国家2000|2000国家大地",
}
_ANY_NAME = re.compile("|".join(f"(?P<{crs}>{names})" for crs, names in _NAMES.items()), re.IGNORECASE)
# What may stand beside such a name, or beside the numbers, and tells nothing.
_BESIDE = re.compile(
    r"地图|坐标系?|经纬度|位置|定位|点位|导航|拾取器?|选点|系统|手机|app|coord(?:inate)?s?|point|location|[\s:=,;、。/|&_()<>{}\[\]【】「」'\"-]",
    re.IGNORECASE,
)

_WIDE = {code: code - 0xFEE0 for code in range(0xFF01, 0xFF5F)} | {0x3000: " ", 0xA0: " "}
_SIGNS = _WIDE | {ord(sign): plain for plain, signs in (("°", "º˚゜"), ("'", "′’‘`´ʹʼ"), ('"', "″”“ʺ〃")) for sign in signs}
_SPOKEN = (
    (re.compile(r"(?<=\d)。(?=\d)"), "."),
    (re.compile(r"(?<=\d)\s*度"), "°"),
    (re.compile(r"(?<=\d)\s*分"), "'"),
    (re.compile(r"(?<=\d)\s*秒"), '"'),
)
_WORDS: Mapping[Axis, str] = {"lon": "东经|经度|longitude|long|lng|lon|[东e]", "lat": "北纬|纬度|latitude|lat|[北n]"}
_HEAD = rf"(?:(?P<head>{'|'.join(_WORDS.values())})\"?\s*[:=]?\s*)?"
_DEGREES = r"(?P<degrees>\d{1,3}(?:\.\d{1,17})?)(?![\d.])"
_MINUTES = r"(?:\s*(?P<minutes>\d{1,2}(?:\.\d{1,9})?)\s*'(?!')(?:\s*(?P<seconds>\d{1,2}(?:\.\d{1,9})?)\s*(?:\"|''))?)?"
# What names the axis stands before the number or behind it, and of letters in a row each belongs to one: N31.3E121, 31.3N121E.
_TAIL = r"(?(head)(?!)|\s*(?P<tail>东经|北纬|[en](?![a-z])))"
_ANGLE = re.compile(
    rf"(?<![\d.\-])(?<![a-df-mo-z]){_HEAD}{_DEGREES}(?:\s*(?P<sign>°){_MINUTES})?(?:{_TAIL}|(?![\d.°']))", re.IGNORECASE
)


def read_point(text: str) -> Point | None:
    """The one place in China that a text says, and nothing else; None where it says none, several, or more."""
    if len(text) > _LONGEST:
        return None
    plain = text.replace("&amp;", "&")
    if link := _LINK.search(plain):
        return _of_link(link[0])
    plain = _plain(plain)
    angles = list(_ANGLE.finditer(plain))
    if len(angles) != 2 or not all(angle["sign"] or "." in angle["degrees"] for angle in angles):
        return None
    rest = _ANGLE.sub("", plain)
    named = {str(found.lastgroup) for found in _ANY_NAME.finditer(rest)}
    if len(named) > 1 or _BESIDE.sub("", _ANY_NAME.sub("", rest)):
        return None
    pair = _paired([_degrees(angle) for angle in angles], [_axis(angle) for angle in angles])
    return Point(*pair, crs=_crs(named.pop()) if named else None) if pair else None


def read_angle(text: str, axis: Axis) -> str | None:
    """One angle along an axis with its sign or its direction, in degrees: 121°2′36″, 东经121.04, 31.31N; None for what is no
    such thing, or is along the other axis. A number alone needs no reading."""
    angle = _ANGLE.fullmatch(_plain(text[:_LONGEST]).strip())
    if angle is None or not (angle["sign"] or _axis(angle)) or _axis(angle) not in (None, axis):
        return None
    return _degrees(angle)


def read_datum(text: str) -> Crs | None:
    """The numbering that a word names: 高德地图, WGS-84, 手机定位; None where it names none, several, or says more."""
    plain = text.translate(_SIGNS)
    named = {str(found.lastgroup) for found in _ANY_NAME.finditer(plain)}
    return _crs(named.pop()) if len(named) == 1 and not _BESIDE.sub("", _ANY_NAME.sub("", plain)) else None


def is_map_link(text: str) -> bool:
    """Whether a text holds a link of a map, whatever it leads to."""
    link = _LINK.search(text[:_LONGEST].replace("&amp;", "&"))
    return link is not None and (_host_of(link[0]) is not None or _SHORT.match(link[0]) is not None)


def _plain(text: str) -> str:
    """With the signs of a keyboard, and those of degrees, minutes and seconds in one shape each."""
    text = text.translate(_SIGNS)
    for spoken, sign in _SPOKEN:
        text = spoken.sub(sign, text)
    return text


def _crs(name: str) -> Crs:
    return next(crs for crs in _NAMES if crs == name)


def _axis(angle: re.Match[str]) -> Axis | None:
    """What a word or a letter at an angle says it is."""
    word = angle["head"] or angle["tail"]
    if not word:
        return None
    return "lon" if re.fullmatch(_WORDS["lon"], word, re.IGNORECASE) else "lat"


def _degrees(angle: re.Match[str]) -> str | None:
    """In degrees, to a tenth of a metre where minutes are counted; None for what no clock has."""
    degrees, minutes, seconds = angle.group("degrees", "minutes", "seconds")
    if minutes is None:
        return str(degrees)
    if "." in degrees or (seconds is not None and "." in minutes) or float(minutes) >= 60 or float(seconds or 0) >= 60:
        return None
    return f"{int(degrees) + float(minutes) / 60 + float(seconds or 0) / 3600:.6f}".rstrip("0").rstrip(".")


def _paired(numbers: list[str | None], said: list[Axis | None]) -> tuple[str, str] | None:
    """Longitude and latitude of two numbers, in China; None where they are no place there, or are called otherwise."""
    one, other = numbers
    if one is None or other is None:
        return None
    for lon, lat, axes in ((one, other, ("lon", "lat")), (other, one, ("lat", "lon"))):
        if _LON[0] <= float(lon) <= _LON[1] and _LAT[0] <= float(lat) <= _LAT[1]:
            return (lon, lat) if all(said[at] in (None, axes[at]) for at in (0, 1)) else None
    return None


_LINK = re.compile(
    r"[a-z][a-z0-9+.-]{1,20}://\S+|geo:\d\S+|(?<![\w.@/-])(?:[a-z0-9-]+\.)+(?:com|cn|org|net)/\S+", re.ASCII | re.IGNORECASE
)
# Hosts and schemes of maps, their datum, and the parameter that names another one.
_MAPS: tuple[tuple[str, Crs | None, str, Mapping[str, Crs]], ...] = (
    ("amap.com|gaode.com", "gcj02", "coordinate", {"gaode": "gcj02", "wgs84": "wgs84"}),
    ("androidamap|iosamap|amapuri", "gcj02", "dev", {"0": "gcj02", "1": "wgs84"}),
    (
        "map.baidu.com|baidumap|bdapp",
        "bd09",
        "coord_type",
        {"bd09": "bd09", "bd09ll": "bd09", "gcj02": "gcj02", "wgs84": "wgs84"},
    ),
    ("map.qq.com|qqmap", "gcj02", "coord_type", {"1": "wgs84", "2": "gcj02"}),
    ("maps.apple.com", "gcj02", "", {}),
    ("openstreetmap.org|osm.org|geo|tianditu.gov.cn|tianditu.com", "wgs84", "", {}),
    ("google.com|google.cn|maps.app.goo.gl", None, "", {}),
)
_SHORT = re.compile(r"(?:https?://)?(?:maps\.app\.)?goo\.gl/|(?:https?://)?url\.cn/", re.IGNORECASE)
_NUMBER = r"(\d{1,3}\.\d{1,17})(?![\d.])"
_PAIR = re.compile(rf"(?<![\d.]){_NUMBER}\s*[,/]\s*{_NUMBER}")
_MARK = re.compile(rf"!3d{_NUMBER}!4d{_NUMBER}")
_SINGLE = {"lng": "lon", "lon": "lon", "longitude": "lon", "pointx": "lon", "mlon": "lon", "dlon": "lon"}
_SINGLE |= {"lat": "lat", "latitude": "lat", "pointy": "lat", "mlat": "lat", "dlat": "lat"}
_STARTS = frozenset("from fromcoord origin saddr sll spn slat slon start".split())  # somebody's way there, and not the place
_VIEWS = frozenset("center centre c view".split())  # the middle of what was on the screen: told where nothing better is


def _of_link(link: str) -> Point | None:
    link = link.translate({ord("，"): ",", ord("："): ":"})
    try:
        parts = urlsplit(link if re.match(r"[a-z][a-z0-9+.-]*:", link, re.IGNORECASE) else f"https://{link}")
    except ValueError:  # of a host in brackets: https://[::1
        return None
    query = {name.lower().removesuffix("[lnglat]"): value for name, value in parse_qsl(parts.query)}
    surely, views = dict[tuple[str, str], None](), dict[tuple[str, str], None]()
    for name, one, other in _pairs_in(unquote(parts.path), query, unquote(parts.fragment)):
        if pair := _paired([one, other], [None, None]):
            (views if name in _VIEWS else surely)[pair] = None
    found = surely or views
    return Point(*next(iter(found)), crs=_crs_of(link, query), is_view=not surely) if len(found) == 1 else None


def _pairs_in(path: str, query: Mapping[str, str], fragment: str) -> Iterator[tuple[str, str, str]]:
    """Numbers that stand together in a link, with the name they stand under."""
    for mark in _MARK.finditer(path):
        yield "mark", mark[1], mark[2]
    for pair in _PAIR.finditer(path):
        yield "view" if path[: pair.start()].endswith("@") else "path", pair[1], pair[2]
    for pair in _PAIR.finditer(fragment):
        yield "view", pair[1], pair[2]
    for name, value in query.items():
        for pair in _PAIR.finditer(value) if name not in _STARTS else ():
            yield name, pair[1], pair[2]
    single = [(axis, query[name]) for name, axis in _SINGLE.items() if re.fullmatch(_NUMBER, query.get(name, ""))]
    for axis, lon in single:
        for other, lat in single:
            if (axis, other) == ("lon", "lat"):
                yield "single", lon, lat


def _host_of(link: str) -> tuple[Crs | None, str, Mapping[str, Crs]] | None:
    scheme, _, rest = (
        link.rpartition("://") if "://" in link else ("geo", "", "") if link[:4].lower() == "geo:" else ("", "", link)
    )
    host = re.split(r"[/?#:]", rest)[0] if scheme.lower() in ("", "http", "https") else scheme
    for names, crs, parameter, others in _MAPS:
        if any(f".{host.lower()}".endswith(f".{name}") for name in names.split("|")):
            return crs, parameter, others
    return None


def _crs_of(link: str, query: Mapping[str, str]) -> Crs | None:
    known = _host_of(link)
    if known is None:
        return None
    crs, parameter, others = known
    return others.get(query[parameter].lower()) if parameter in query else crs
