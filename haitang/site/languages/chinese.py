"""A directory as it is written in another script: every text of its own converted; ids, links and files stay.

The rule: a name is written in other characters and never reworded; only the words for what there is (services, facilities and
their like), which are nobody's names, take the wording of the language.
"""

from collections.abc import Callable, Mapping
from dataclasses import fields, is_dataclass, replace
from typing import Any

from haitang.data.directory import Directory
from haitang.model.citations import CitedText
from haitang.model.messages.kept_answers import Answers
from haitang.model.messages.traditional import Traditional, table
from haitang.model.settings import Settings, Term, Vocabularies
from haitang.site.languages.entry_texts import Retelling
from haitang.site.languages.retold import retold


def in_traditional(directory: Directory, script: Traditional) -> Directory:
    """The directory as it is written in Taiwan."""
    settings = directory.settings
    reworded = {term.name: script.words(term.name) for term in _terms(settings)}
    groups = {name: script.words(name) for term in _terms(settings) for name in (term.group, term.official) if name}
    both = with_pages(settings, lambda term: (*map(script.words, term.also), script.text(term.name)))
    return _converted(directory, both, Script(script.text, {**groups, **reworded}))


def in_simplified(directory: Directory) -> Directory:
    """A directory written in Taiwan as it is written here."""
    return _converted(directory, with_pages(directory.settings), Script(simplified.__getitem__))


simplified = Answers(lambda text: table("tw2s").convert(text))  # texts of Taiwan in simplified characters


def with_pages(settings: Settings, more: Callable[[Term], tuple[str, ...]] = lambda _: ()) -> Settings:
    """With every word's page at the address that its own name gave it; it is found by that name, and by `more`."""

    def pinned(term: Term) -> Term:
        return term.model_copy(update={"id": term.slug, "also": tuple(dict.fromkeys((*term.also, *more(term))))})

    vocabularies = settings.vocabularies
    terms = {name: tuple(map(pinned, getattr(vocabularies, name))) for name in Vocabularies.model_fields}
    return settings.model_copy(update={"vocabularies": vocabularies.model_copy(update=terms)})


def _terms(settings: Settings) -> list[Term]:
    return [term for name in Vocabularies.model_fields for term in getattr(settings.vocabularies, name)]


def _converted(directory: Directory, settings: Settings, script: "Script") -> Directory:
    def say(value: Any, *_: Any) -> Any:
        return value and script.of(value)

    retelling = Retelling({"name": say, "term": say, "time": say, "unit": say, "phone": say, "prose": say})
    return retold(directory, retelling, retelling.of(settings))


class Script:
    """Converts texts, lists of them and what holds some. `known`: what is written otherwise than by its characters."""

    def __init__(self, text: Callable[[str], str], known: Mapping[str, str] | None = None) -> None:
        self._text = text
        self._known = known or {}

    def of(self, node: Any) -> Any:
        """The same value with its texts converted; the very same where none changes."""
        kind = node.__class__
        if kind is str:
            return self._known.get(node) or self._text(node)
        if kind is tuple:
            made = tuple(map(self.of, node))
            return node if all(new is old for new, old in zip(made, node, strict=True)) else made
        if kind is CitedText:
            return self._cited(node)
        if is_dataclass(kind):
            values = ((each.name, getattr(node, each.name)) for each in fields(node))
            changed = {name: new for name, old in values if (new := self.of(old)) is not old and new != old}
            return replace(node, **changed) if changed else node
        return node

    def _cited(self, text: CitedText) -> CitedText:
        if not text.marks:
            said = self.of(text.text)
            return text if said == text.text else CitedText(said)
        said, marks, length = [], list[tuple[int, int]](), 0
        for piece, number in text.pieces:
            said.append(self._text(piece))
            length += len(said[-1])
            if number:
                marks.append((length, number))
        return CitedText("".join(said), tuple(marks))
