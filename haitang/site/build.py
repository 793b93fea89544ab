"""From a data root to a published site: the stages of ARCHITECTURE.md in their order.

The rule: this module only joins the stages; each of them can be used and tested without it.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property, partial
from hashlib import blake2b
from itertools import chain
from pathlib import Path
from typing import Any

from haitang.checks.load import load
from haitang.core.digests import DATA, DATA_PARTS, DIGESTS, Digested, FileIndex, data_digest, digest, digest_of, integrity
from haitang.core.leftovers import is_leftover
from haitang.core.problems import InvalidDirectory
from haitang.data.directory import Directory
from haitang.data.git import last_days
from haitang.data.parse_cache import FOLDER as ENTRIES
from haitang.data.parse_cache import StoredCache
from haitang.data.revision import State, data_state
from haitang.media.image_store import FOLDER, KEPT, Album
from haitang.model.messages import forget, site_words, use
from haitang.model.messages.overlay import FOLDER as WORDS
from haitang.model.paths import FOLDERS, SETTINGS_FILE
from haitang.model.settings import Settings
from haitang.site import form_editor, licences, service_worker, theme
from haitang.site.edition import as_is
from haitang.site.edition.dressing import dressing
from haitang.site.edition.filler import Filler
from haitang.site.edition.handwritten import LOCKS, not_there, sources
from haitang.site.edition.recipe import Keys, Recipe
from haitang.site.edition.workers import Job, Workers, count_for
from haitang.site.edition.writer import Due, Writer
from haitang.site.exports import browser_data, icalendar
from haitang.site.exports.shards import browser_layers
from haitang.site.exports.sitemap import sitemap
from haitang.site.languages.folders import below, moved
from haitang.site.languages.translation import keep, recall, translation
from haitang.site.linked import share
from haitang.site.origins import with_origins
from haitang.site.output_folder import Target
from haitang.site.outputs import collected, everything_else, sealed, shared
from haitang.site.page import File, files_index
from haitang.site.publish import Edition, Item, Report, Unsound
from haitang.site.templates import LANGUAGE, Templates, compact_css
from haitang.site.theme import Engine, Frame
from haitang.site.views import Site
from haitang.site.views.changelog import changes

Track = Callable[[Iterable[Any], int], Iterable[Any]]
# The parts of assets/haitang.css in their order: what takes things away comes last.
STYLES = (
    "tokens", "contrast", "flowers", "icons", "base", "frame", "controls", "cards", "layout", "empty", "home", "family",
    "chapters", "progress", "brands", "drawn-map", "position", "tell", "small-map", "week", "towns", "needs", "unverified",
    "changes", "prose", "search", "finder", "list-sheet", "photos", "charts", "circles", "no-flowers", "routes", "activities",
    "fields", "problems", "notices", "display", "paper",
)  # fmt: skip
EMBED_STYLES = ("embed", "snippet")  # of assets/embed.css, for the frame in other sites and the page that writes its line
# Bundled too, but no files of the website.
ELSEWHERE = ("assets/worker/", "assets/data/", "assets/kiosk/", "assets/launcher/", "assets/admin/")
PACKAGE = Path(__file__).parents[1]


@dataclass(frozen=True)
class Inputs:
    """Where everything a build needs lies."""

    project: Path
    root: Path
    site_src: Path
    bundle: Path
    engine: Engine = "mkdocs"
    offline: bool = True  # False: whatever directory.yml says, phones keep nothing
    editor: form_editor.Editor | None = None  # None: no form editor, whatever directory.yml says


@dataclass
class Builder:
    """Builds again and again (for `serve`): templates stay compiled and the frame is kept while its sources are the same."""

    inputs: Inputs
    developing: Callable[[int], None] = lambda _: None  # is told how many pictures will be made, which takes its time
    publishing_form: Callable[[], None] = lambda: None  # is called before the form editor is put into the site
    settings: Settings | None = None  # of the last build
    index: FileIndex | None = None  # of the data's files, where somebody has just made sure of it
    workers: Workers | None = None  # who makes outputs; None: as many processes as pay
    is_reachable: bool = True  # of the last build: directory.yml names a way by which visitors can say what is wrong
    _templates: dict[tuple[str, tuple[str, ...]], Templates] = field(
        default_factory=dict
    )  # by language and variants of its words
    _templates_read: Digested | None = None
    _frames: dict[str, Frame] = field(default_factory=dict)
    _read: Digested | None = None  # by the last build

    def is_behind(self) -> bool:
        """Whether somebody has edited anything since the last build began, which perhaps did not see it."""
        return self._read is not None and not self._read.untouched()

    def build(
        self,
        target: Target,
        today: date,
        read: Digested | None = None,
        track: Track | None = None,
        state: State | None = None,
    ) -> Report:
        """Loads, renders, writes, checks and switches. The caller holds the target's lock. `read` is what all
        inputs were just digested to, by which the next build tells that nothing has changed, and `state` that of the data, as
        it was then.

        Raises InvalidDirectory (problems in the data), FrameProblem, Unsound or NotOurs; the site that is out stays then.
        """
        index = self.index or FileIndex(self.inputs.project / DIGESTS, self.inputs.root)
        state = state or data_state(self.inputs.root)
        read = replace(read or self._digested(index), stands=lambda: data_state(self.inputs.root) == state)
        self._read = read
        site, album = self.site(today, read, index, state.day)
        self.settings = site.directory.settings
        self.is_reachable = site.tell_us is not None
        if self.inputs.editor and self.inputs.editor.serves(site.directory.settings):
            self.publishing_form()
        try:
            report = self._published(target, site, album, today, track)
        except Unsound as broken:
            raise with_origins(broken, self.inputs.root, site.directory, self.inputs.site_src) from None
        if report.settled:
            self._read = replace(read, fresh={})
            for keep in site.notes:
                keep()
        return report

    def _published(self, target: Target, site: Site, album: Album, today: date, track: Track | None) -> Report:
        directory = site.directory
        updated = directory.updated.isoformat() if directory.updated else ""
        if faults := not_there(self.frame().handwritten, directory.settings, self.inputs.root):
            raise InvalidDirectory(faults)
        with Edition(target, self._read, Keys(site.made_by, updated, site.templates)) as edition:
            edition.add_all(self._shown_with(site))
            edition.add_all(browser_layers.program(site, self.inputs.bundle))
            for each in (site, *site.translations):
                edition.add_all(moved(self._indexes(each, edition), each, {}))
            versions = _versions(edition, site)
            filler = self.filler(site, versions)
            edition.dress(filler)
            items: Iterable[Item] = self.items(site, album, filler)
            items = track(items, len(directory.positions)) if track else items
            workers = self.workers or Workers(count_for(len(directory.positions)))
            edition.add_all(items, workers, partial(_load, self.inputs, today, versions, str(edition.folder)))
            edition.add_last(self._last(site))
            album.prune()
            return edition.switch()

    def _digested(self, index: FileIndex) -> Digested:
        """The data, and what else people edit while they look at the site."""
        parts = [(f"{DATA}{part}", self.inputs.root / part) for part in DATA_PARTS]
        parts += [("templates", self.inputs.project / "templates"), ("site_src", self.inputs.site_src)]
        return digest(parts, (), index)

    def site(self, today: date, read: Digested, index: FileIndex, changed: str) -> tuple[Site, Album]:
        """The directory as outputs see it, with the day of its data (`changed`), and its pictures. Raises InvalidDirectory."""
        album = Album(self.inputs.root, self.inputs.project / KEPT, read.below(f"{DATA}{FOLDER}/"), self.developing)
        updated = date.fromisoformat(changed) if changed else None
        entries = StoredCache(self.inputs.root, self.inputs.project / ENTRIES, index)
        directory = load(self.inputs.root, today=today, updated=updated, album=album, cache=entries)
        entries.store()
        index.keep()
        if not self.inputs.offline:
            directory = replace(directory, settings=directory.settings.model_copy(update={"offline": False}))
        directory = replace(directory, notes=self.inputs.project / ".cache" / "neighbours")
        told = changes(self.inputs.root, directory)
        digests = read.below(DATA) | entries.digests  # of entries, those of the very bytes that were read
        shown = tuple(album.pictures[name].variants[0].path for _, name in directory.settings.pictures)
        made_by = self._made_by(digests, shown, has_changes=bool(told))
        language, *further = directory.settings.languages
        site = Site(
            directory, self.templates(language, directory.word_variants), album.pictures, told, digests, made_by,
            language=language, written=language, days=last_days(self.inputs.root, FOLDERS.values(), directory.settings.zone),
        )  # fmt: skip
        if further:
            recall(self.inputs.project / ".cache" / "languages", self.inputs.root, self._program)
            site.notes.append(keep)
        drawn = [(other, self.templates(other, directory.word_variants)) for other in further]
        others = tuple(translation(site, other, templates) for other, templates in drawn)
        return replace(site, translations=others), album

    def filler(self, site: Site, versions: Mapping[str, str]) -> Filler:
        """What the pages are hung into, given the `integrity` of what they are shown with."""
        names = {each.language: str(each.templates.words["language"]) for each in (site, *site.translations)}
        further = [Filler(self.frame(), dressing(each, names), versions) for each in site.translations]
        return Filler(self.frame(), dressing(site, names), versions, further)

    def _indexes(self, site: Site, edition: Edition) -> Iterator[File]:
        paths = below(site.folder, edition.digests())
        return browser_data.indexes(site, self.inputs.bundle, paths, lambda path: edition.read(site.folder + path))

    @cached_property
    def _program(self) -> str:
        """Of what makes outputs, as it was when it was loaded."""
        project = self.inputs.project
        return digest_of([("haitang", PACKAGE), *((name, project / name) for name in LOCKS)], [self.inputs.engine])

    def _made_by(self, digests: Mapping[str, bytes], shown: tuple[str, ...], *, has_changes: bool) -> str:
        """A digest of what every output is made of: the program, all words, directory.yml, its pictures (`shown`) and the map's
        boundary."""
        settings = b"".join(digest for file, digest in sorted(digests.items()) if file.partition("/")[0] in _EVERYWHERE)
        words = digest_of([("words", self.inputs.project / "templates" / "words")])
        options = (self._program, words, settings.hex(), self.inputs.offline, has_changes, *shown)
        return blake2b(repr(options).encode(), digest_size=32).hexdigest()

    def templates(self, language: str = LANGUAGE, variants: tuple[str, ...] = ()) -> Templates:
        """The compiled templates with the words of a language, anew when a template or a word has changed."""
        read = digest([("templates", self.inputs.project / "templates"), ("own", self.inputs.root / WORDS)])
        if self._templates_read != read:
            use(self.inputs.root)
            forget()
            self._templates, self._templates_read = {}, read
        if (language, variants) not in self._templates:
            cache = self.inputs.project / ".cache" / "templates"
            cache.mkdir(parents=True, exist_ok=True)
            words = site_words(language, variants)
            self._templates[language, variants] = Templates(words, cache, self.inputs.project / "templates")
        return self._templates[language, variants]

    def frame(self) -> Frame:
        project, site_src = self.inputs.project, self.inputs.site_src
        read = sources(self.inputs.engine, project, site_src)
        if read.key in self._frames:
            return self._frames[read.key]
        made = theme.kept(self.inputs.engine, project, site_src, read)
        self._frames = {read.key: made} if read.untouched() else {}
        return made

    def _assets(self, directory: Directory) -> Iterator[File]:
        for sheet, names in (("haitang", STYLES), ("embed", EMBED_STYLES)):
            styles = _styles(self.inputs.project / "templates" / "styles", names, directory)
            yield File(f"assets/{sheet}.css", b"".join(styles))
        templates = self.inputs.project / "templates"
        rings = {} if directory.has_flowers else {file.path: file for file in _files(templates / "rings", "assets")}
        yield from (rings.get(file.path, file) for file in _files(templates / "assets", "assets"))
        yield from (file for file in _files(self.inputs.bundle, "assets") if not file.path.startswith(ELSEWHERE))

    def _last(self, site: Site) -> Callable[[Edition], Iterator[Item]]:
        """What is made from all the rest."""
        settings = site.directory.settings

        def files(edition: Edition) -> Iterator[Item]:
            for each in (site, *site.translations):
                yield from moved(_calendars(each, edition), each, {})
            yield from collected(site, edition.digests(), edition.read)
            yield from sitemap(site, edition.book)
            folders = [each.folder for each in site.translations]
            yield from service_worker.files(
                self.inputs.bundle, edition.digests(), edition.read, folders, offline=settings.offline
            )  # fmt: skip
            yield from sealed(site, edition.digests, edition.read)

        return files

    def _shown_with(self, site: Site) -> Iterator[Item]:
        for each in (site, *site.translations):
            yield from moved(shared(each), each, {})
        yield from self._assets(site.directory)

    def items(self, site: Site, album: Album, filler: Filler) -> Iterator[Item]:
        """All but what pages are shown with, and what is made last."""
        serving = self.inputs.editor and self.inputs.editor.serves(site.directory.settings)
        lock = self.inputs.project / form_editor.LOCK if serving else None
        for each in (site, *site.translations):
            own = chain(everything_else(each), [licences.page(each, self.inputs.bundle, lock)])
            yield from moved(own, each, filler.of(each.folder).digests())
        for each in (site, *site.translations):
            yield from moved(share.pictures(each, self.inputs.project), each, {})
        yield from as_is.published(self.inputs.site_src)
        if self.inputs.editor:
            yield from form_editor.files(site.directory, site.templates, self.inputs.bundle, self.inputs.editor)
        for path, made, content in album.files():
            yield Recipe(path, (made,), partial(_photo, path, made, content))


_EVERYWHERE = (SETTINGS_FILE, "map", WORDS)  # of the data, what any output may be made of


def _load(inputs: Inputs, today: date, versions: Mapping[str, str], folder: str) -> Job:
    """What a worker that does not share our memory needs to make any output of an edition."""
    builder = Builder(inputs)
    index = FileIndex(inputs.project / DIGESTS, inputs.root)
    site, album = builder.site(today, data_digest(inputs.root, index), index, data_state(inputs.root).day)
    writer = Writer(folder)
    filler = builder.filler(site, versions)
    writer.dress(filler)
    items = builder.items(site, album, filler)
    return Job(writer, {item.path: Due("", item.make) for item in items if isinstance(item, Recipe)})


def _calendars(site: Site, edition: Edition) -> Iterator[Recipe]:
    digests = {path[len(site.folder) :]: digest for path, digest in edition.digests().items() if path.startswith(site.folder)}
    return icalendar.lists(site, digests, lambda path: edition.read(site.folder + path))


def _photo(path: str, digest: str, content: Callable[[], bytes]) -> File:
    return File(path, content(), digest)


def _versions(edition: Edition, site: Site) -> dict[str, str]:
    """The `integrity` of what pages are shown with, the index of the data among it, which is added here, one a language."""
    versions = {path: integrity(edition.read(path)) for path in edition.digests() if service_worker.is_part(path)}
    indexes = [files_index(versions, each.folder) for each in (site, *site.translations)]
    edition.add_all(indexes)
    return {**versions, **{index.path: integrity(index.content) for index in indexes}}


def _styles(folder: Path, names: Iterable[str], directory: Directory) -> Iterator[bytes]:
    for name in names:
        if name not in directory.styles_left_out:
            yield compact_css((folder / f"{name}.css").read_text(encoding="utf-8")).encode()


def _files(folder: Path, to: str) -> Iterator[File]:
    if folder.is_dir():
        for path in sorted(folder.rglob("*")):
            if path.is_file() and not path.is_symlink() and not any(map(is_leftover, path.relative_to(folder).parts)):
                yield File(f"{to}/{path.relative_to(folder).as_posix()}", path.read_bytes())
