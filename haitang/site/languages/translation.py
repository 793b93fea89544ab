"""The Site of a further language, made of that of the first one."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from hashlib import blake2b
from pathlib import Path

from haitang.core import pinyin
from haitang.data.directory import Directory
from haitang.model.abroad import romanised
from haitang.model.messages import phrases, traditional
from haitang.model.messages.kept_answers import Answers
from haitang.site.languages.chinese import Script, in_simplified, in_traditional, simplified
from haitang.site.languages.english import in_english
from haitang.site.templates import Templates
from haitang.site.views import Site


def translation(first: Site, language: str, templates: Templates) -> Site:
    """The same directory in another language, below a folder of that name."""
    if first.language.startswith("zh"):
        templates.written = first.language
    made_by = blake2b(f"{first.made_by} {language}".encode(), digest_size=32).hexdigest() if first.made_by else ""
    site = Site(
        first.directory, templates, first.pictures, first.changes, first.digests, made_by, first.notes, language,
        f"{language}/", first.language, first=first,
    )  # fmt: skip
    text = text_in(first.language, language)
    return replace(site, directory=_directory(first, language), changes=Script(text).of(first.changes))


def text_in(written: str, language: str) -> Callable[[str], str]:
    """How a text of the directory's own stands on pages in a language: converted where only the script is another one."""
    if (written, language) == ("zh-CN", "zh-TW"):
        return traditional().text
    return simplified.__getitem__ if (written, language) == ("zh-TW", "zh-CN") else str


def name_in(written: str, language: str) -> Callable[[str], str]:
    """How a name that is nobody's entry stands on pages in a language."""
    if language != "en":
        return text_in(written, language)
    known = phrases(language)
    return lambda name: known.get(name) or romanised.romanised(name)


def _directory(first: Site, language: str) -> Directory:
    if (first.language, language) == ("zh-CN", "zh-TW"):
        return in_traditional(first.directory, traditional())
    if (first.language, language) == ("zh-TW", "zh-CN"):
        return in_simplified(first.directory)
    return in_english(first.directory, phrases(language)) if language == "en" else first.directory


def recall(folder: Path, root: Path, program: str) -> None:
    """From now on what it takes long to find out of texts is kept in a folder, for the directory below `root` and for who
    makes it as `program` says."""
    for name, whose, answers in _answers():
        note = folder / name / blake2b(str(root).encode(), digest_size=16).hexdigest()
        answers.recall(note, f"{name} {program} {whose}")


def keep() -> None:
    """Notes what was found out, and lets go of what it was found in."""
    for _, _, answers in _answers():
        answers.keep()
    pinyin.keep()


def _answers() -> Iterator[tuple[str, str, Answers]]:
    """What is kept: its name, what it is made of besides the program, and the answers."""
    for name, answers in traditional().answers.items():
        yield name, repr(sorted(phrases("zh-TW").items())), answers
    yield "tw2s", "", simplified
    yield "romanised", "", romanised.answers
