"""Kiosk apps of small directories and of the real one, as one file each, and what stands in their written pages."""

import json
import shutil
import zlib
from base64 import b64decode
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

from haitang.model.messages import SITE_LANGUAGES
from tests.conftest import Shared
from tests.e2e.kiosk.apps import in_languages, kiosk_of, site_at, with_halls, write_app
from tests.e2e.kiosk.screen import PIN
from tests.worlds import WORLD

BUILT = "2020-01-01"  # of every app here: browser tests set their clocks by it
HOSTILE = "<img src=x onerror=alert(1)></script><!--{{ 7*7 }}]]>&lt;\"'`"
HALL = "  - id: li-tang\n    title: 禾城展厅\n    home: he-cheng\n"
VOID = ("br", "hr", "img", "input", "meta", "link")


def app_at(root: Path, into: Path) -> Path:
    """The app of the first hall of `root`; every photo has a part of a name that tells it."""
    site = site_at(root)
    names = {original: f"photo-{at}" for at, original in enumerate(sorted(site.pictures))}
    return write_app(site, into, BUILT, names)


def small_world(root: Path) -> Path:
    """The golden world with a hall in it, a long story, and a place that has gone."""
    shutil.copytree(WORLD, root)
    with_halls(root, f'{HALL}    staff_pin: "{PIN}"\n')
    story = "".join(
        f"  这里的故事很长，一段接一段，讲到第{number}年：大家来了，又走了；（灯）还亮着。\n\n" for number in range(1, 40)
    )
    place = "id: {id}\nname: {name}\ntown: hecheng\ntier: station\n{more}sources:\n  - title: 虚构的报道\n"
    for own_id, name, more in (
        ("chang", "讲了很久的党群服务站", f"brands: [he-hua, kong]\nstory: |\n{story}"),
        ("qu", "已经并走的站", "status: merged\nsuccessor: he-cheng\n"),
    ):
        (root / "positions" / "hecheng" / f"{own_id}.yml").write_text(
            place.format(id=own_id, name=name, more=more), encoding="utf-8"
        )
    return root


def hostile_world(root: Path) -> Path:
    """Every field that takes free text holds what would do harm if anybody took it for HTML."""
    shutil.copytree(WORLD, root)
    said = json.dumps(HOSTILE)
    lines = [
        "id: e-yi", f"name: {said}", "town: hecheng", "tier: point", f"address: {said}", f"aliases: [{said}]",
        f"community: {said}",
        f"host: {said}", f"story: {said}", f"pledges: [{{post: {said}, text: {said}}}]",
        f"spaces: [{{name: {said}, text: {said}}}]",
        f"figures: [{{label: {said}, value: 1, unit: {said}, source: {said}}}]",
        f"activities: [{{name: {said}, when: 每周三 14:00, place: {said}, text: {said}}}]",
        f"sources: [{{title: {said}, publisher: {said}, note: {said}}}]", "brands: [e-pai]",
    ]  # fmt: skip
    (root / "positions" / "hecheng" / "e-yi.yml").write_text("\n".join(lines), encoding="utf-8")
    brand = [
        "id: e-pai", f"name: {said}", f"slogan: {said}", f"host: {said}", f"story: {said}",
        f"goals: [{{title: {said}, text: {said}}}]",
        f"people: [{{post: {said}, text: {said}, honour: {said}}}]", f"actions: [{{title: {said}, text: {said}}}]",
        f"results: [{{label: {said}, unit: {said}, series: [{{at: 2018, value: 1}}, {{at: 2019, value: 2}}], source: {said}}}]",
        f"sources: [{{title: {said}}}]",
    ]  # fmt: skip
    (root / "brands" / "e-pai.yml").write_text("\n".join(brand), encoding="utf-8")
    return root


def unpacked(positions: dict[str, Any]) -> list[str]:
    """The pages of all positions, as the browser unpacks them."""
    found: list[str] = []
    for packed in positions["chunks"]:
        pages = json.loads(zlib.decompress(b64decode(packed), -15))
        assert len(pages) <= positions["each"]
        found += pages
    return found


@dataclass
class Parsed(HTMLParser):
    """The elements of a fragment with their attributes, and its text."""

    elements: list[tuple[str, dict[str, str | None]]] = field(default_factory=list)
    texts: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=True)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.texts.append(data)

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    @property
    def text(self) -> str:
        return "".join(self.texts)


def parsed(html: str) -> Parsed:
    parser = Parsed()
    parser.feed(html)
    parser.close()
    return parser


def three_languages(shared: Shared) -> Path:
    """The folder of a hall of the small world in every language, made once for all tests: letters take their time. Its staff
    has the number PIN."""

    def made(folder: Path) -> None:
        root = in_languages(small_world(folder / "data"), *SITE_LANGUAGES)
        with_halls(root, f'{HALL}    staff_pin: "{PIN}"\n')
        kiosk_of(root, folder / "out")

    return next((shared("kiosk in three languages", made) / "out" / "kiosk").glob("*/index.html")).parent
