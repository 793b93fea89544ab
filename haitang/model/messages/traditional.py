"""Simplified Chinese as it is written in Taiwan, by OpenCC and our table of exceptions.

The rule: our own words take the wording of Taiwan too (`words`); what a directory says of its places only its characters
(`text`), for nobody may change how a place is called. What stands in the table of phrases is written as it says.
"""

import re
from collections.abc import Callable, Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

from haitang.model.messages.kept_answers import Answers

if TYPE_CHECKING:
    from opencc import OpenCC

_HAN = re.compile("[\u3400-\u9fff]")


@cache
def table(name: str) -> "OpenCC":
    """A conversion of OpenCC by its name."""
    from opencc import OpenCC  # takes a moment: a directory in one language never asks for it

    return OpenCC(name)


class Traditional:
    """A converter. `phrases` are exceptions: how something is written in Taiwan by how it is written here."""

    def __init__(self, phrases: Mapping[str, str]) -> None:
        self._phrases = dict(phrases)
        longest_first = sorted(self._phrases, key=lambda phrase: (-len(phrase), phrase))
        self._pattern = re.compile(f"({'|'.join(map(re.escape, longest_first))})") if longest_first else None
        self.answers = {name: Answers(self._by(name)) for name in ("s2twp", "s2tw")}  # of OpenCC's conversions, by their names
        self.words, self.text = (answers.__getitem__ for answers in self.answers.values())

    def _by(self, name: str) -> Callable[[str], str]:
        def converted(text: str) -> str:
            if not _HAN.search(text):
                return text
            has_phrase = any(phrase in text for phrase in self._phrases)  # to split takes as long as to convert
            parts = self._pattern.split(text) if self._pattern and has_phrase else [text]
            known, convert = self._phrases, table(name).convert
            return "".join(known.get(part) or convert(part) for part in parts if part)

        return converted

    def tree(self, node: Any) -> Any:
        """Nested words (dicts and lists of texts) in the wording of Taiwan."""
        if isinstance(node, dict):
            return {key: self.tree(value) for key, value in node.items()}
        return [self.tree(item) for item in node] if isinstance(node, list) else self.words(node)
