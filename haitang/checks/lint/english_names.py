"""What a place, a brand or a route is called on English pages where nobody has said it."""

from collections.abc import Iterator

from haitang.core.pinyin import han
from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Finding
from haitang.model.abroad.romanised import romanised
from haitang.model.messages import phrases

_LANGUAGE = "en"  # of those that a site may have, the one whose names are not made of the characters here


def names_are_told_in_english(dataset: Dataset) -> Iterator[Finding]:
    """One for each entry that stands there in pinyin; whatever `phrases` name has a name."""
    if _LANGUAGE not in dataset.settings.languages or dataset.settings.languages[0] == _LANGUAGE:
        return
    known = phrases(_LANGUAGE)
    for entry in dataset.own((*dataset.positions, *dataset.brands, *dataset.routes)):
        named = entry.value
        if named.name_en is None and named.name not in known and han(named.name):
            shown = romanised(named.name, getattr(named, "pinyin", None), getattr(named, "short_name", None))
            values: dict[str, Value] = {"value": named.name, "shown": shown}
            yield Finding(entry.file, ("name",), "name-not-english", values)
