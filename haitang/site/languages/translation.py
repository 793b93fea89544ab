"""The Site of a further language, made of that of the first one."""

from collections.abc import Callable, Mapping
from dataclasses import replace
from hashlib import blake2b

from haitang.data.directory import Directory
from haitang.model.abroad.romanised import in_letters
from haitang.model.entries import Position
from haitang.model.messages import phrases, traditional
from haitang.site.languages.converted import Walk, in_simplified, in_traditional, simplified
from haitang.site.spoken.english import in_english
from haitang.site.templates import Templates
from haitang.site.views import Site

_SHORT = ("activities", "figures", "spaces")  # of a position, with texts that phrases may know


def translation(first: Site, language: str, templates: Templates) -> Site:
    """The same directory in another language, below a folder of that name."""
    if first.language.startswith("zh"):
        templates.written = first.language
    made_by = blake2b(f"{first.made_by} {language}".encode(), digest_size=32).hexdigest() if first.made_by else ""
    site = Site(
        first.directory, templates, first.pictures, first.changes, first.digests, made_by, first.notes, language,
        f"{language}/", first.language,
    )  # fmt: skip
    changes = Walk(text_in(first.language, language), {}).of(first.changes)
    return replace(site, directory=_directory(first, language), changes=changes)


def text_in(written: str, language: str) -> Callable[[str], str]:
    """How a text of the directory's own stands on pages in a language: converted where only the script is another one."""
    if (written, language) == ("zh-CN", "zh-TW"):
        return traditional().text
    return simplified() if (written, language) == ("zh-TW", "zh-CN") else str


def _directory(first: Site, language: str) -> Directory:
    if (first.language, language) == ("zh-CN", "zh-TW"):
        return in_traditional(first.directory, traditional())
    if (first.language, language) == ("zh-TW", "zh-CN"):
        return in_simplified(first.directory)
    return _in_english(first.directory, phrases(language)) if language == "en" else first.directory


def _in_english(directory: Directory, known: Mapping[str, str]) -> Directory:
    """Names first, for by them words of a vocabulary are known; then every text of which the phrases know how it is said, and
    the marks of those in letters: GeoNames（CC BY）."""
    said, walk = in_english(directory, known), Walk(in_letters, known)

    def told(position: Position) -> Position:
        changed = {name: new for name in _SHORT if (new := walk.of(old := getattr(position, name))) is not old}
        return position.model_copy(update=changed) if changed else position

    return replace(
        said, settings=walk.of(said.settings), positions=tuple(map(told, said.positions)), brands=walk.of(said.brands),
        chapters=walk.of(said.chapters), routes=walk.of(said.routes),
    )  # fmt: skip
