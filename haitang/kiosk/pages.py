"""Pages of entries for the kiosk, rendered at build time by the same views as the website's and carried as packed text.

The rule: an entry's text becomes HTML here, under autoescape, and nowhere in the browser.
"""

import json
import zlib
from base64 import b64encode
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from haitang.model.entries import Brand, Chapter
from haitang.model.paths import SETTINGS_FILE, entry_file
from haitang.site.pages.statistics import flowers
from haitang.site.templates import Markup
from haitang.site.views import Site, public_address
from haitang.site.views.brand import brand_view
from haitang.site.views.position import position_view
from haitang.site.views.route import on_routes

EACH = 40  # positions to a chunk: some 100 kB of HTML, unpacked in a few milliseconds


@dataclass(frozen=True)
class Written:
    """Pages as HTML: of positions in the directory's order, of brands and chapters by id. `files` are the
    positions' entries."""

    positions: tuple[str, ...]
    brands: Mapping[str, str]
    chapters: Mapping[str, str]
    progress: str
    files: tuple[str, ...]

    @property
    def packed(self) -> dict[str, Any]:
        """HAITANG.kiosk.written."""
        chunks = [packed(self.positions[at : at + EACH]) for at in range(0, len(self.positions), EACH)]
        positions = {"each": EACH, "chunks": chunks}
        return {"positions": positions, "brands": self.brands, "chapters": self.chapters, "progress": self.progress}

    @property
    def texts(self) -> dict[str, str]:
        """What may be shown, by the file it comes from."""
        brands = {entry_file("brand", name): page for name, page in self.brands.items()}
        chapters = {entry_file("chapter", name): page for name, page in self.chapters.items()}
        return {**dict(zip(self.files, self.positions, strict=True)), **brands, **chapters, SETTINGS_FILE: self.progress}


def written(site: Site, public: str | None, parts: Mapping[str, str]) -> Written:
    """`public` is where the website is; `parts` names the part of each photo."""
    directory = site.directory
    return Written(
        tuple(_positions(site, public, parts)),
        {brand.id: str(_brand(site, brand, public, parts)) for brand in directory.brands},
        {chapter.id: str(_chapter(site, chapter)) for chapter in directory.chapters},
        str(_progress(site)),
        tuple(directory.files[f"position:{position.id}"] for position in directory.positions),
    )


def _positions(site: Site, public: str | None, parts: Mapping[str, str]) -> Iterator[str]:
    for position in site.directory.positions:
        view = position_view(site, position)
        page = site.templates.render(
            "kiosk/position.html", view=view, card=view.card, position=position, week=site.week(position), parts=parts,
            pictures=site.pictures, stops=on_routes(site, position), tell=site.tell_in_hall,
            address=public_address(public, f"{site.folder}positions/{position.id}.html"),
            data_from=site.directory.settings.data_from,
        )  # fmt: skip
        yield str(page)


def _brand(site: Site, brand: Brand, public: str | None, parts: Mapping[str, str]) -> Markup:
    return site.templates.render(
        "kiosk/brand.html", view=brand_view(brand), brand=brand, parts=parts, site=site, pictures=site.pictures,
        places=site.cards(site.directory.with_brand(brand.id)), tell=site.tell_in_hall,
        address=public_address(public, f"{site.folder}brands/{brand.id}.html"),
    )  # fmt: skip


def _chapter(site: Site, chapter: Chapter) -> Markup:
    concepts = [(concept, site.cards(site.directory.showing(concept.id))) for concept in chapter.concepts]
    return site.templates.render("kiosk/chapter.html", chapter=chapter, told=concepts, brands=site.directory.brand)


def _progress(site: Site) -> Markup:
    progress, layer = site.progress, site.directory.settings.map.boundary
    return site.templates.render(
        "kiosk/progress.html", progress=progress, settings=site.directory.settings, updated=site.directory.updated,
        standings=[(standing, *flowers(site, standing)) for standing in progress.standings],
        boundary=layer.approval_no if layer else None, tell=site.tell_in_hall,
    )  # fmt: skip


def packed(told: object) -> str:
    """Raw DEFLATE (RFC 1951) of JSON, in base64."""
    deflate = zlib.compressobj(9, zlib.DEFLATED, -15)
    text = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return b64encode(deflate.compress(text) + deflate.flush()).decode()
