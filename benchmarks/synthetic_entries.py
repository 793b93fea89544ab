"""The YAML of synthetic entries, written straight as text: ten thousand files should take seconds.

The rule: what is written follows the schema and nothing else of the generator that reads it; a value that YAML could take
for something else is quoted.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeVar

from benchmarks import word_lists as words

T = TypeVar("T")
_PUBLISHERS = ("样例日报", "样例发布", "样例区镇党建办", "样例社区简报")
_TITLES = ("{name}启用", "家门口的{name}", "{name}服务指南", "走进{name}")


class Chooser(Protocol):
    """What the entries need of the dice."""

    def below(self, limit: int) -> int: ...

    def one(self, items: Sequence[T]) -> T: ...

    def some(self, items: Sequence[T], least: int, most: int) -> tuple[T, ...]: ...

    def between(self, low: float, high: float) -> float: ...


@dataclass(frozen=True, slots=True)
class Facts:
    """What hangs together in one position; points in WGS-84 degrees."""

    id: str
    town: str
    town_name: str
    place: str
    tier: str
    parent: str | None
    brands: tuple[str, ...]
    lon: float
    lat: float


def position_yaml(dice: Chooser, facts: Facts) -> str:
    """A full entry, 2–3 kB."""
    name = _name(facts)
    services = dice.some([service for service, _ in words.SERVICES], 3, 7)
    lines = [
        *_identity(dice, facts, name),
        *_condition(dice, facts),
        *_listed("services", services),
        *_listed("facilities", dice.some(words.FACILITIES, 2, 5)),
        *_listed("functions", _functions(facts.tier)),
        *_spaces(dice),
        *_activities(dice),
        *_pledges(dice),
        *_listed("brands", facts.brands),
        "story: |",
        *(f"  {line}" if line else "" for line in _story(dice, name, facts.place, services)),
        *_sources(dice, name, count=2),
        "verified:",
        f"  on: 2024-{1 + dice.below(12):02d}-{1 + dice.below(28):02d}",
        "  by: 样例核对组",
    ]
    return "\n".join(lines) + "\n"


def brand_yaml(dice: Chooser, brand: str, number: int) -> str:
    """A brand with its four blocks: goals, people, actions, results."""
    row, column = divmod(number, len(words.BRAND_WORDS))
    shape = words.BRAND_SHAPES[(row + column) % len(words.BRAND_SHAPES)]
    name = f"样例{words.BRAND_WORDS[column]}{shape}{'' if row == 0 else f'{row + 1}号'}"
    lines = [
        f"id: {brand}",
        f"name: {name}",
        "slogan: 一处阵地，一面旗帜，一群热心人",
        f"host: 样例{words.BRAND_WORDS[column]}联合党委",
        f"founded: {2012 + dice.below(10)}",
        f'colour: "#{0x600000 + dice.below(0x9F0000):06x}"',
        "story: |",
        *(f"  {line}" if line else "" for line in _story(dice, name, "样例路", (words.SERVICES[0][0], "健康义诊"))),
        *_brand_blocks(dice),
        *_sources(dice, name, count=2),
    ]
    return "\n".join(lines) + "\n"


def directory_yaml(box: tuple[float, float, float, float]) -> str:
    """One area with its towns, the four tiers and the vocabularies."""
    west, south, east, north = box
    lines = [
        "title: 样例先锋阵地名录",
        "subtitle: 用来量速度的样例数据",
        "description: 每一条都是编出来的，字段写满，长短和真实条目相近",
        "base_url: https://directory.example.org/",
        "repository:",
        "  url: https://code.example.org/directory",
        "areas:",
        "  - id: sample",
        "    name: 样例市",
        f"    bounds: {{west: {west}, south: {south}, east: {east}, north: {north}}}",
        "    towns:",
    ]
    for town, name, lon, lat in words.TOWNS:
        point = f"{{lon: {lon}, lat: {lat}, crs: wgs84, precision: town}}"
        lines += [f"      - id: {town}", f"        name: 样例{name}镇", f"        short_name: {name}"]
        lines += ["        kind: 镇", f"        location: {point}"]
    lines.append("tiers:")
    for tier, name, short, keyword, siting, functions in words.TIERS:
        lines += [f"  - id: {tier}", f"    name: {name}", f"    short_name: {short}", f"    keyword: {keyword}"]
        lines += [f"    siting: {siting}", f"    functions: [{', '.join(functions)}]"]
    return "\n".join(lines + _vocabularies()) + "\n"


def _vocabularies() -> list[str]:
    lines = ["vocabularies:"]
    functions = tuple(dict.fromkeys(word for tier in words.TIERS for word in tier[5]))
    kinds = tuple(kind for kinds in words.SITE_KINDS.values() for kind in kinds)
    for field, terms in (("site_kind", kinds), ("facilities", words.FACILITIES), ("functions", functions)):
        lines += [f"  {field}:", *(f"    - name: {term}" for term in terms)]
    lines.append("  services:")
    for service, group in words.SERVICES:
        lines += [f"    - name: {service}", f"      group: {group}"]
    return lines


def _name(facts: Facts) -> str:
    tier_name = next(name for tier, name, *_ in words.TIERS if tier == facts.tier)
    if facts.tier == "centre":
        return f"样例{facts.town_name}镇{tier_name}"
    area = "社区" if facts.tier == "station" else ""
    ending = "先锋驿站" if facts.tier == "other" else tier_name
    return f"样例{facts.place}{area}{ending}"


def _functions(tier: str) -> tuple[str, ...]:
    return next(functions for known, *_, functions in words.TIERS if known == tier)


def _identity(dice: Chooser, facts: Facts, name: str) -> list[str]:
    lines = [f"id: {facts.id}", f"name: {name}", f"name_en: Sample place {facts.id}", f"short_name: {facts.place}"]
    lines += _listed("aliases", (f"{facts.place}先锋站", f"{facts.place}大家庭"))
    lines += [f"tier: {facts.tier}", f"site_kind: {dice.one(words.SITE_KINDS[facts.tier])}", f"town: {facts.town}"]
    lines += [f"community: 样例{facts.place}社区", f"host: 样例{facts.town_name}镇{facts.place}社区党总支"]
    lines += [f"address: 样例市样例{facts.town_name}镇{facts.place}路{1 + dice.below(999)}号{1 + dice.below(20)}幢一楼"]
    lines += ["location:", f"  lon: {facts.lon:.6f}", f"  lat: {facts.lat:.6f}", "  crs: wgs84", "  precision: exact"]
    return lines


def _condition(dice: Chooser, facts: Facts) -> list[str]:
    lines = [f"status: {dice.one(words.STATUSES)}", f"opened: {_month(dice)}"]
    lines += [] if facts.parent is None else [f"parent: {facts.parent}"]
    lines += [f"area_m2: {80 + dice.below(1800)}", "figures:"]
    for label, unit, least, spread in (("党员", "名", 30, 900), ("年服务", "人次", 800, 40000)):
        lines += [f"  - label: {label}", f"    value: {least + dice.below(spread)}", f"    unit: {unit}"]
        lines += [f"    as_of: {2018 + dice.below(6)}", "    source: 站内公示栏"]
    lines += [f"hours: {_hours(dice)}", f"closed_on_holidays: {dice.one(('是', '否'))}"]
    # 00 after the area code: no subscriber number of the area begins with it, so that no real telephone can ring.
    return [*lines, f'phone: "0512-00{dice.below(1_000_000):06d}"']


def _hours(dice: Chooser) -> str:
    if dice.below(6) == 0:
        return dice.one(words.EVERY_DAY)
    return f"周一至周五 {dice.one(words.WEEKDAY_SPANS)}{dice.one(words.WEEKEND_RULES)}"


def _spaces(dice: Chooser) -> list[str]:
    lines = ["spaces:"]
    for name, text in dice.some(words.SPACES, 2, 4):
        lines += [f"  - name: {name}", f"    text: {text}", f"    area_m2: {20 + dice.below(160)}"]
    return lines


def _activities(dice: Chooser) -> list[str]:
    lines = ["activities:"]
    for name, when, text in dice.some(words.ACTIVITIES, 1, 3):
        lines += [f"  - name: {name}", f"    when: {when}", f"    place: {dice.one(words.SPACES)[0]}", f"    text: {text}"]
    return lines


def _pledges(dice: Chooser) -> list[str]:
    lines = ["pledges:"]
    for post, text in dice.some(words.PLEDGES, 1, 2):
        lines += [f"  - post: {post}", f"    text: {text}"]
    return lines


def _story(dice: Chooser, name: str, place: str, services: Sequence[str]) -> list[str]:
    """Two paragraphs, about 300 characters, one or two words in bold."""
    sentences = dice.some(words.SENTENCES, 4, 4)
    filled = [text.format(name=name, place=place, service=services[i % 2]) for i, text in enumerate(sentences)]
    opening = dice.one(words.OPENINGS).format(name=name, place=place)
    return [opening + "".join(filled[:2]), "", "".join(filled[2:]) + dice.one(words.CLOSINGS)]


def _sources(dice: Chooser, name: str, count: int) -> list[str]:
    lines = ["sources:"]
    for title in dice.some(_TITLES, count, count):
        lines += [f"  - title: {title.format(name=name)}", f"    publisher: {dice.one(_PUBLISHERS)}"]
        lines += [f"    date: {_day(dice)}", f"    url: https://news.example.org/{dice.below(10_000_000):07d}.html"]
    return lines


def _brand_blocks(dice: Chooser) -> list[str]:
    lines = ["goals:"]
    for title, status in (("把服务送到家门口", "done"), ("骨干队伍全员轮训", "running"), ("阵地共享全覆盖", "planned")):
        lines += [f"  - title: {title}", "    text: 年初公开目标，年末公开结果，由居民代表打分"]
        lines += [f"    due: {2019 + dice.below(8)}", f"    status: {status}"]
    lines.append("people:")
    for post, text in words.PLEDGES[:3]:
        lines += [f"  - post: {post}", f"    text: {text}", "    honour: 样例市先锋示范岗"]
    lines.append("actions:")
    for name, _, text in dice.some(words.ACTIVITIES, 3, 3):
        lines += [f"  - on: {_day(dice)}", f"    title: {name}", f"    text: {text}"]
    return lines + _results(dice)


def _results(dice: Chooser) -> list[str]:
    lines = ["results:"]
    for label, unit in (("服务人次", "人次"), ("解决难题", "件")):
        lines += [f"  - label: {label}", f"    unit: {unit}", "    series:"]
        for year in range(2019, 2024):
            lines.append(f"      - {{at: {year}, value: {200 + dice.below(9000)}}}")
    return lines


def _listed(field: str, items: Iterable[str]) -> list[str]:
    return [f"{field}:", *(f"  - {item}" for item in items)]


def _day(dice: Chooser) -> str:
    return f"{_month(dice)}-{1 + dice.below(28):02d}"


def _month(dice: Chooser) -> str:
    """Between 2016 and 2023: never in the future, and before the year everything was verified in."""
    return f"{2016 + dice.below(8)}-{1 + dice.below(12):02d}"
