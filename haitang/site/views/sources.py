"""Which sentences of an entry rest on each of its sources."""

from haitang.model.citations.places import cited_texts
from haitang.model.entries import Entry

_LONGEST = 16  # characters of a sentence by which a reader finds it
_MOST = 8


def resting(entry: Entry) -> tuple[tuple[str, ...], ...]:
    """The beginnings of the sentences, by source in the entry's order; nothing where no sentence names one. Of many the last is
    an ellipsis."""
    found: list[list[str]] = [[] for _ in getattr(entry, "sources", ())]
    for _, text in cited_texts(entry):
        for at, number in text.marks:
            beginning = _beginning(text.sentence(at))
            if 0 < number <= len(found) and beginning not in found[number - 1]:
                found[number - 1].append(beginning)
    bounded = tuple(tuple(each) if len(each) <= _MOST else (*each[:_MOST], "…") for each in found)
    return bounded if any(bounded) else ()


def _beginning(sentence: str) -> str:
    return sentence if len(sentence) <= _LONGEST else f"{sentence[: _LONGEST - 1]}…"
