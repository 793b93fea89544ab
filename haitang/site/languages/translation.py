"""The Site of a further language, made of that of the first one."""

from collections.abc import Callable
from dataclasses import replace
from hashlib import blake2b

from haitang.data.directory import Directory
from haitang.model.messages import phrases, traditional
from haitang.site.languages.converted import Walk, in_simplified, in_traditional, simplified
from haitang.site.spoken.english import in_english
from haitang.site.spoken.romanised import romanised
from haitang.site.templates import Templates
from haitang.site.views import Site


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


def name_in(written: str, language: str) -> Callable[[str], str]:
    """How a name that is nobody's entry stands on pages in a language."""
    if language != "en":
        return text_in(written, language)
    known = phrases(language)
    return lambda name: known.get(name) or romanised(name)


def _directory(first: Site, language: str) -> Directory:
    if (first.language, language) == ("zh-CN", "zh-TW"):
        return in_traditional(first.directory, traditional())
    if (first.language, language) == ("zh-TW", "zh-CN"):
        return in_simplified(first.directory)
    return in_english(first.directory, phrases(language)) if language == "en" else first.directory
