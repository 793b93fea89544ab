"""Every word people read, from `templates/words/`: `messages.*`, `fields.*`, `codes.*` for editors, `site.*` for visitors; and
what a directory says otherwise, in files of the same names (`overlay`).

The rule: no sentence stands in code; a sentence's blanks are filled here and nowhere else, with values made harmless first.
"""

import errno
import os
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, ParamSpec, TypeVar, cast, get_args

from haitang.core.problems import Problem, Value
from haitang.core.sanitize import LONGEST, plain
from haitang.model.messages import area_word, commands, kept_words, overlay
from haitang.model.messages.traditional import Traditional

LANGUAGES = ("zh-CN", "en")
SiteLanguage = Literal["zh-CN", "zh-TW", "en"]  # of what visitors read
SITE_LANGUAGES: tuple[SiteLanguage, ...] = get_args(SiteLanguage)
_SIMPLIFIED, _CONVERTED = (
    "site.zh-CN.yml",
    "site.zh-TW.yml",
)  # the latter holds only exceptions: all else is made of the words in simplified characters
_FOLDER = Path(__file__).resolve().parents[3] / "templates" / "words"
_FIELDS = f"fields.{LANGUAGES[0]}.yml"
_LONGEST_PATH = 4096
_made = list[Callable[[], None]]()


class _InUse:
    """Whose words are laid over ours."""

    root: Path | None = None
    are_laid = False  # whether it has any


_Made = TypeVar("_Made")
_Given = ParamSpec("_Given")


class Words:
    """The words of one language. `tree` is what templates read: nested dicts of texts."""

    def __init__(self, language: str, tree: dict[str, Any]) -> None:
        self.language = language
        self.tree = tree

    def sentence(self, group: str, key: str, /, **values: Value | Path) -> str:
        """The sentence `group.key` with its blanks filled. Paths and `Whole` are shown whole: half of one
        leads nowhere."""
        filled = {**{name: shown(value, self) for name, value in values.items()}, commands.NAME: commands.HERE}
        text: str = self.tree[group][key]
        return Clean(text.format_map(filled))  # it may stand in another one

    def label(self, field: str) -> str:
        """How a field is called in messages: `tier（层级）`."""
        name = self.tree["fields"].get(field)
        return self.sentence("terms", "labelled", field=field, label=name) if name else shown(field, self)

    def problem(self, problem: Problem) -> str:
        """`file:line:column: what is wrong, what to write`. One line, whatever the values hold."""
        place = problem.place
        return f"{shown(place.file, self, 200)}:{place.line}:{place.column}: {self.message(problem)}"

    def message(self, problem: Problem) -> str:
        """What is wrong and what to write, without the place."""
        return self.explanation(problem.code, problem.values)

    def explanation(self, code: str, values: Mapping[str, Value], harmless: Callable[[str], str] = str) -> str:
        """The sentence of a problem code with its blanks filled. `harmless` makes what strangers wrote so, for where it is
        shown; our own words are never changed."""
        ours = {name: self.label(str(values[name])) for name in values.keys() & {"field", "owner"}}
        known = {name: Clean(label) for name, label in ours.items() if str(values[name]) in self.tree["fields"]}
        written = {name: value for name, value in {**values, **ours}.items() if name not in known}
        filled = known | {
            name: Clean(value if isinstance(value, Clean) else harmless(shown(value, self))) for name, value in written.items()
        }
        if isinstance(parts := values.get("parts"), tuple):
            filled["parts"] = Clean(str(self.tree["terms"]["comma"]).join(map(self.label, parts)))
        text = self.sentence("problems", code, **filled)
        for more in ("parts", "mobiles", "guess", "new_town", "steps"):  # what stands behind the sentence where it is told
            text += self.sentence("terms", more, **{more: filled[more]}) if filled.get(more) else ""
        return text

    def unfilled(self, code: str) -> str:
        """The sentence of a problem code with its blanks left open."""
        text: str = self.tree["problems"][code]
        return text.format_map(_Open({commands.NAME: commands.ANYWHERE}))

    def reason(self, code: str) -> str:
        """What the system means by EIO or ENOSPC; empty where we do not know."""
        return str(self.tree["files"].get(code, ""))

    def trouble(self, error: OSError) -> str:
        """Which file cannot be read or written, by its whole path, and why; or only why, where the system names none."""
        named = [name for name in (error.filename2, error.filename) if isinstance(name, str | bytes | os.PathLike)]
        reason = self.reason(errno.errorcode.get(error.errno or 0, "")) or error.strerror or str(error)
        if not named:
            return self.sentence("files", "trouble_nameless", reason=Clean(reason))
        path = Path(os.fsdecode(named[0])).absolute()
        if error.errno == errno.ENOENT and not path.parent.is_dir():
            reason = self.sentence("files", "no_folder", folder=path.parent)
        return self.sentence("files", "trouble", file=path, reason=Clean(reason))


class _Open(dict[str, Any]):
    def __missing__(self, key: str) -> str:
        return "…"


class Whole(str):
    """A stranger's text that is of no use cut short: a command to type."""

    __slots__ = ()


class Clean(str):
    """Text that needs no cleaning: ours, or cleaned already."""


def shown(value: Value | Path, words: Words, longest: int = LONGEST) -> str:
    """A stranger's value as it may stand in a message: one line, no control characters, not endless."""
    if isinstance(value, Clean):
        return value
    if isinstance(value, Path | Whole):
        return plain(str(value), _LONGEST_PATH)
    if isinstance(value, tuple):
        return str(words.tree["terms"]["comma"]).join(shown(item, words, longest) for item in value)
    if isinstance(value, float):
        return str(int(value)) if value.is_integer() else repr(value)
    return plain(str(value), longest)


@cache
def words(language: str) -> Words:
    """What we tell editors, in a language of LANGUAGES. Raises InvalidDirectory when the words file itself is broken."""
    return Words(language, _tree(f"messages.{language}.yml"))


def site_words(language: str, variants: Iterable[str] = ()) -> dict[str, Any]:
    """What visitors read, in a language of SITE_LANGUAGES: nested dicts of texts. `variants` are groups of the file whose
    sentences stand for those of the same names. Raises InvalidDirectory when the words file itself is broken."""
    name = f"site.{language}.yml"
    tree = _tree(name)
    for variant in variants:
        tree = _instead(tree, tree[variant], _laid(name), shipped(name))
    return tree


def _instead(tree: Any, others: Any, theirs: Any, ours: Any) -> Any:
    """`tree` with the sentences of `others` for ours; what a directory says otherwise (`theirs`, not `ours`) stays."""
    if not isinstance(others, dict):
        return others if theirs == ours else tree
    return {**tree, **{key: _instead(tree[key], said, theirs[key], ours[key]) for key, said in others.items()}}


@cache
def phrases(language: str) -> dict[str, str]:
    """What names and words of a directory are called in a language, by what they are called in the first one: ours, and those
    of the directory in use. Raises InvalidDirectory when our file is broken."""
    name = f"site.{language}.yml"
    theirs = overlay.phrases(_InUse.root, name) if _InUse.root else {}
    return {**_read(name).get(overlay.PHRASES, {}), **theirs}


@cache
def traditional() -> Traditional:
    """How simplified Chinese is written in Taiwan. Raises InvalidDirectory when the table of exceptions is broken."""
    return Traditional(phrases("zh-TW"))


def field_words(language: str = LANGUAGES[0]) -> dict[str, Any]:
    """How every field is written and what stands in workbooks, in a language of LANGUAGES: nested dicts; forms, and what people
    call the columns of their own sheets, only in Chinese. Raises InvalidDirectory when the file is broken."""
    return _tree(f"fields.{_of_editors(language)}.yml")


def code_words(language: str = LANGUAGES[0]) -> dict[str, Any]:
    """What each kind of problem means, in Chinese; in other languages of LANGUAGES only what their groups are called: nested
    dicts of texts. Raises InvalidDirectory when the file is broken."""
    return _tree(f"codes.{_of_editors(language)}.yml")


def _of_editors(language: str) -> str:
    """The language in which workbooks, guide and codes are there for whoever reads another one."""
    return language if (_FOLDER / f"fields.{language}.yml").is_file() else "en"


def made_of_words(make: Callable[_Given, _Made]) -> Callable[_Given, _Made]:
    """Keeps what a function makes of the words, until they are read anew."""
    kept = cache(make)
    _made.append(kept.cache_clear)
    return cast("Callable[_Given, _Made]", kept)


def use(root: Path | None) -> None:
    """From now on this process speaks with the words of the directory below `root`, where it has its own; None: with ours."""
    were_laid, _InUse.root = _InUse.are_laid, root
    _InUse.are_laid = root is not None and (root / overlay.FOLDER).exists()
    if were_laid or _InUse.are_laid:
        _forget_laid()


def whose() -> Path | None:
    """The root whose words this process speaks with."""
    return _InUse.root


def forget() -> None:
    """Reads the words anew when next asked for, and makes anew what is made of them: `serve` lets people edit them."""
    _read.cache_clear()
    _forget_laid()


def _forget_laid() -> None:
    words.cache_clear()
    _tree.cache_clear()
    _laid.cache_clear()
    shipped.cache_clear()  # words that are converted follow the directory's phrases too
    phrases.cache_clear()
    traditional.cache_clear()
    for clear in _made:
        clear()


def faults(root: Path, at: Callable[[str], Path] | None = None) -> Iterator[Problem]:
    """What is wrong with a directory's own words; `at` says where a file below the root is read."""
    if (root / overlay.FOLDER).is_dir():  # nearly none has any
        names = sorted(path.name for path in _FOLDER.glob("*.yml"))
        yield from overlay.faults(root, names, shipped, at or root.joinpath)


@cache
def _tree(name: str) -> dict[str, Any]:
    laid = _laid(name)
    own = re.sub("[{}]", "", str(_laid(_FIELDS)["kinds"]["position"]))
    if name == _CONVERTED:
        own = traditional().text(own)
    is_chinese = name == _CONVERTED or name.endswith(f"{LANGUAGES[0]}.yml")
    if not (is_chinese or name == "site.en.yml"):  # other words in English are of fields, which are called `town`
        return laid
    site = name if name.startswith("site.") else _SIMPLIFIED
    said: dict[str, Any] = area_word.said_with(
        laid, shipped(site)[area_word.KEY], _laid(site)[area_word.KEY], is_chinese=is_chinese
    )
    return {key: _with_noun(value, own) for key, value in said.items()} if is_chinese else said


@cache
def _laid(name: str) -> dict[str, Any]:
    ours = shipped(name)
    if name == _CONVERTED and _InUse.root:
        ours = _as_said(shipped(_SIMPLIFIED), _laid(_SIMPLIFIED), ours)
    return overlay.laid_over(ours, _InUse.root, name) if _InUse.root else ours


def _with_noun(node: Any, own: str) -> Any:
    """Sentences with what the directory calls a place of its (`kinds.position`) for their `{noun}`."""
    if isinstance(node, str):
        return node.replace(f"{{{overlay.NOUN}}}", own)
    if isinstance(node, list):
        return [_with_noun(item, own) for item in node]
    return {key: _with_noun(value, own) for key, value in node.items()}


def _as_said(ours: Any, theirs: Any, converted: Any) -> Any:
    """`converted`, with what a directory says otherwise (`theirs`, not `ours`) converted in its place."""
    if isinstance(theirs, dict):
        return {key: _as_said(ours[key], theirs[key], converted[key]) for key in theirs}
    return converted if theirs == ours else traditional().tree(theirs)


@cache
def shipped(name: str) -> dict[str, Any]:
    """The sentences of a file of ours as they stand there, with all their blanks; those of Taiwan are made."""
    exceptions = {key: value for key, value in _read(name).items() if key != overlay.PHRASES}
    if name != _CONVERTED:
        return exceptions
    made: dict[str, Any] = _excepted(traditional().tree(shipped(_SIMPLIFIED)), exceptions)
    return made


def _excepted(tree: Any, exceptions: Any) -> Any:
    if not isinstance(exceptions, dict):
        return exceptions
    return {**tree, **{key: _excepted(tree[key], value) for key, value in exceptions.items()}}


@cache
def _read(name: str) -> dict[str, Any]:
    return kept_words.read(_FOLDER / name, f"templates/words/{name}", overlay.MOST_BYTES)
