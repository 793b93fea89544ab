"""Everyday words for what one may need: each once."""

import unicodedata
from collections.abc import Iterator

from haitang.data.dataset import Dataset, Finding
from haitang.data.needs import needs_in
from haitang.model.paths import SETTINGS_FILE


def everyday_words_are_told_once(dataset: Dataset) -> Iterator[Finding]:
    """The same word for two needs is fine: both are found by it."""
    for _, path, term in needs_in(dataset.settings):
        for field, called in (("also", term.name), ("also_en", term.name_en or term.name)):
            seen = {_typed(called)}
            for at, word in enumerate(getattr(term, field)):
                if _typed(word) in seen:
                    yield Finding(SETTINGS_FILE, (*path, field, at), "also-repeated", {"value": word, "name": called})
                seen.add(_typed(word))


def _typed(word: str) -> str:
    """As the search reads it."""
    return unicodedata.normalize("NFKC", word).casefold().replace(" ", "")
