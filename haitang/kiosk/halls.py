"""`build.py kiosk`: from a data root to a folder and a zip for every hall of directory.yml.

The rule: as in `building`, this only joins the stages; a release is laid beside those before it and appears in one step. Where
directory.yml names no hall there is still one kiosk, for nobody in particular.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from pathlib import Path

from haitang.checks.facts import newest_day
from haitang.checks.load import load
from haitang.data.directory import Directory
from haitang.data.revision import data_version
from haitang.kiosk import launcher
from haitang.kiosk.app import part_script
from haitang.kiosk.build import Stock, made_of, photo_parts
from haitang.kiosk.release import install
from haitang.kiosk.release.manifest import Manifest, Release, manifest_js, seal
from haitang.kiosk.text_fallback import plain_page
from haitang.media import fonts
from haitang.media.image_store import KEPT, Album
from haitang.model.messages import site_words
from haitang.model.settings import Hall
from haitang.site import licences
from haitang.site.templates import Templates
from haitang.site.views import Site

FOLDER = "kiosk"


@dataclass(frozen=True)
class Built:
    """What was made for a hall: the folder that can be copied, the zip that can be installed."""

    hall: Hall
    folder: Path
    parcel: Path
    manifest: Manifest
    changed: bool
    bytes: int


@dataclass(frozen=True)
class Workshop:
    """Makes the kiosks of one directory, one hall after the other."""

    project: Path
    directory: Directory
    album: Album
    bundle: Path
    built: str  # the day of the data, else the last that they speak of, before which no clock can be right; or empty

    @cached_property
    def site(self) -> Site:
        cache = self.project / ".cache" / "templates"
        cache.mkdir(parents=True, exist_ok=True)
        language = self.directory.settings.languages[0]
        templates = Templates(site_words(language, self.directory.word_variants), cache)
        return Site(self.directory, templates, self.album.pictures, language=language, written=language)

    @cached_property
    def photos(self) -> Mapping[str, bytes]:
        shown = {picture.for_kiosk().largest.path for picture in self.site.pictures.values()}
        return {path: content() for path, _, content in self.album.files() if path in shown}

    def release(self, hall: Hall, missing: Callable[[str, str], None]) -> Release:
        """The hall's release. `missing` is told of each character that has no glyph, and of the file that has it."""
        names, texts = photo_parts(self.site, self.photos)
        stock = Stock(self.site, self.bundle, self.project / "templates" / "styles")
        made = made_of(hall, stock, names, self.built)
        font = self._font("".join(made.texts.values()))
        for character in font.missing:
            missing(character, next(name for name, text in made.texts.items() if character in text))
        app = made.app({"400 700": font.content})
        root = {
            "index.html": launcher.index(self.site.templates, self.bundle, lambda text: self._font(text).content),
            "embed-sample.html": launcher.sample(self.site.templates, self.bundle),
            "plain.html": plain_page(self.site, hall, self.built, font.content),
            "licences.html": licences.of_kiosk(self.site.templates, self.bundle),
        }
        parts = {name: seal(text.encode()).digest for name, text in texts.items()}
        release_id, manifest = manifest_js(hall.id, self.built, app.digests, parts, {"app.html": app.html, **root})
        page = app.of_release(release_id)
        files = {"app.html": page, "manifest.js": manifest}
        files |= {f"parts/{name}.js": part_script(name, text) for name, text in texts.items()}
        return Release(release_id, hall.id, hall.title, self.built, files, {**root, "embed.html": page})

    def _font(self, text: str) -> fonts.Font:
        return fonts.subset(self.project, (text,), self.project / fonts.KEPT)


def workshop(project: Path, root: Path, bundle: Path, today: date) -> Workshop:
    """Raises InvalidDirectory with every problem of the data."""
    changed = data_version(root)
    album = Album(root, project / KEPT)
    directory = load(root, today=today, updated=date.fromisoformat(changed) if changed else None, album=album)
    return Workshop(project, directory, album, bundle, changed or _newest(directory))


def _newest(directory: Directory) -> str:
    """The last day that the data speak of: two builds of the same files are the same release, on whatever day."""
    entries = (*directory.positions, *directory.brands, *directory.routes, *directory.chapters)
    found = newest_day((directory.settings, *entries))
    return found.isoformat() if found else ""


def build(shop: Workshop, hall: Hall, out: Path, missing: Callable[[str, str], None]) -> Built:
    """Lays the hall's release out in `out`/kiosk/<hall> and packs it beside. Raises Refused, NoRoom or OSError with each
    of them as it was or new, whole."""
    folder, parcel = out / FOLDER / hall.id, out / FOLDER / f"{hall.id}.zip"
    outcome = install.lay_out(shop.release(hall, missing), folder)
    manifest = install.pack(folder, parcel)
    return Built(hall, folder, parcel, manifest, outcome.changed, parcel.stat().st_size)


def halls_of(directory: Directory) -> tuple[Hall, ...]:
    return directory.settings.halls or (Hall(id="kiosk", title=directory.settings.title),)
