"""`build.py kiosk`: from a data root to a folder and a zip for every hall of directory.yml.

The rule: as in `building`, this only joins the stages; a release is laid beside those before it and appears in one step. Where
directory.yml names no hall there is still one kiosk, for nobody in particular.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, partial
from pathlib import Path

from haitang.checks.facts import newest_day
from haitang.checks.load import load_for_halls
from haitang.data.directory import Directory
from haitang.data.revision import data_version
from haitang.kiosk import launcher
from haitang.kiosk.app import part_script
from haitang.kiosk.build import Made, Stock, language_part, made_of, photo_parts
from haitang.kiosk.release import install
from haitang.kiosk.release.manifest import Manifest, Release, manifest_js, seal
from haitang.kiosk.slides import Shown, shown
from haitang.kiosk.text_fallback import others_of, plain_file, plain_page
from haitang.media import fonts
from haitang.media.image_store import KEPT, Album
from haitang.model.imprint import Hall
from haitang.model.messages import site_words
from haitang.site import licences
from haitang.site.languages.translation import translation
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
    root: Path = Path()  # of the data
    _stocks: dict[str, Stock] = field(default_factory=dict)

    @cached_property
    def site(self) -> Site:
        """In the directory's first language."""
        language = self.directory.settings.languages[0]
        return Site(self.directory, self._templates(language), self.album.pictures, language=language, written=language)

    def stock(self, language: str) -> Stock:
        """What all halls share in a language; made once."""
        if language not in self._stocks:
            first = self.site
            site = first if language == first.language else translation(first, language, self._templates(language))
            self._stocks[language] = Stock(site, self.bundle, self.project / "templates" / "styles")
        return self._stocks[language]

    def _templates(self, language: str) -> Templates:
        cache = self.project / ".cache" / "templates"
        cache.mkdir(parents=True, exist_ok=True)
        return Templates(site_words(language, self.directory.word_variants), cache)

    @cached_property
    def photos(self) -> Mapping[str, bytes]:
        shown = {picture.for_kiosk().largest.path for picture in self.site.pictures.values()}
        return {path: content() for path, _, content in self.album.files() if path in shown}

    def release(self, hall: Hall, missing: Callable[[str, str], None]) -> Release:
        """The hall's release. `missing` is told of each character that has no glyph, and of the file that has it."""
        names, texts = photo_parts(self.site, self.photos)
        own = self._own_slides(hall)
        texts |= own.parts
        first, *others = self._in_each_language(hall, names, own)
        font = self._letters(first.characters, first, missing)
        app = first.app({"400 700": font})
        texts |= {language_part(each): each.further(first, self._new_letters(each, first, missing)) for each in others}
        site, templates = first.stock.site, first.stock.site.templates
        plains = others_of(site, [site, *(each.stock.site for each in others)])
        root = {
            "index.html": launcher.index(templates, self.bundle, lambda text: self._font(text).content, plains),
            "embed-sample.html": launcher.sample(templates, self.bundle),
            "licences.html": licences.of_kiosk(templates, self.bundle),
            **self._plain_pages((first, *others), font),
        }
        parts = {name: seal(text.encode()).digest for name, text in texts.items()}
        release_id, manifest = manifest_js(hall.id, self.built, app.digests, parts, {"app.html": app.html, **root})
        page = app.of_release(release_id)
        files = {"app.html": page, "manifest.js": manifest}
        files |= {f"parts/{name}.js": part_script(name, text) for name, text in texts.items()}
        return Release(release_id, hall.id, first.hall.title, self.built, files, {**root, "embed.html": page})

    def _own_slides(self, hall: Hall) -> Shown:
        """In the hall's own language: no other one shows them."""
        language = (hall.languages or self.directory.settings.languages)[0]
        slides = (slide for slide in self.directory.slides if slide.folder == hall.id)
        return shown(self.root, self.project, slides, self.stock(language).site, self.built)

    def _in_each_language(self, hall: Hall, names: Mapping[str, str], own: Shown) -> list[Made]:
        """The hall's app in each of its languages, its own one first. `names` are the parts of photos."""
        stocks = [self.stock(language) for language in hall.languages or self.directory.settings.languages]
        sites = [stock.site for stock in stocks]
        return [made_of(hall_in(stock.site, hall), stock, names, self.built, sites, own.slides) for stock in stocks]

    def _new_letters(self, made: Made, first: Made, missing: Callable[[str, str], None]) -> dict[str, bytes]:
        """Those that the first language does not have."""
        new = made.characters - first.characters
        return {"400 700": self._letters(new, made, missing)} if new else {}

    def _letters(self, characters: Iterable[str], made: Made, missing: Callable[[str, str], None]) -> bytes:
        font = self._font("".join(characters))
        for character in font.missing:
            missing(character, next(name for name, text in made.texts.items() if character in text))
        return font.content

    def _plain_pages(self, made: Sequence[Made], font: bytes) -> dict[str, bytes]:
        """The text edition in each language, by its file. `font` has the letters of the first one."""
        sites = [each.stock.site for each in made]
        pages = {}
        for site, hall in zip(sites, (each.hall for each in made), strict=True):
            page = partial(plain_page, site, hall, self.built, languages=sites)
            pages[plain_file(site, sites[0])] = page(font if site is sites[0] else self._font(page(b"").decode()).content)
        return pages

    def _font(self, text: str) -> fonts.Font:
        return fonts.subset(self.project, (text,), self.project / fonts.KEPT)


def workshop(project: Path, root: Path, bundle: Path, today: date) -> Workshop:
    """Raises InvalidDirectory with every problem of the data."""
    changed = data_version(root)
    album = Album(root, project / KEPT)
    updated = date.fromisoformat(changed) if changed else None
    directory = load_for_halls(root, today=today, updated=updated, album=album)
    return Workshop(project, directory, album, bundle, changed or _newest(directory), root)


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


def hall_in(site: Site, hall: Hall) -> Hall:
    """The hall as a language says it."""
    return next(each for each in halls_of(site.directory) if each.id == hall.id)
