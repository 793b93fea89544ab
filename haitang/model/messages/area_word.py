"""What a directory calls its towns: 区镇, 街道; town, area, neighbourhood. One word in one place, `area_word` of `site.*.yml`.

The rule: our sentences are written with our word, and it is changed in all of them; blanks and what an entry says stay.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from haitang.model.messages.counted import text_of

KEY = "area_word"
_BLANK = re.compile(r"(\{\w+:?|\})")
_ENGLISH = re.compile(r"\b(?:(a|an|A|An) )?([Tt])own(s?)\b")
_VOWELS = tuple("aeiouAEIOU")


def said_with(tree: Any, ours: Mapping[str, str], theirs: Mapping[str, str], *, is_chinese: bool) -> Any:
    """The sentences of `tree` with their word for ours."""
    if ours == theirs:
        return tree
    change = _chinese(ours["one"], theirs["one"]) if is_chinese else _english(theirs["one"], theirs["many"])
    return _changed(tree, change)


def _changed(node: Any, change: Callable[[str], str]) -> Any:
    if isinstance(node, str):
        return text_of(change(node))
    if isinstance(node, list):
        return [_changed(item, change) for item in node]
    return {key: value if key == KEY else _changed(value, change) for key, value in node.items()}


def _chinese(ours: str, theirs: str) -> Callable[[str], str]:
    return lambda text: text.replace(ours, theirs)


def _english(one: str, many: str) -> Callable[[str], str]:
    def word(found: re.Match[str]) -> str:
        article, first, several = found.groups()
        said = many if several else one
        said = said[:1].upper() + said[1:] if first == "T" else said
        if not article:
            return said
        return f"{article[0]}{'n' if said.startswith(_VOWELS) else ''} {said}"

    def change(text: str) -> str:
        """A blank's name stays, its forms do not: `{town}`, `{count:town|towns}`."""
        return "".join(part if _BLANK.fullmatch(part) else _ENGLISH.sub(word, part) for part in _BLANK.split(text))

    return change
