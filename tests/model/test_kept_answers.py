"""What took long to find out is kept for the next run, and believed only as far as it can be."""

from pathlib import Path

import pytest

from haitang.model.messages import kept_words
from haitang.model.messages.counted import Counted
from haitang.model.messages.kept_answers import Answers


class Finder:
    """Finds out of a text how it is shouted; a text without letters needs no answer."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, text: str) -> str:
        self.asked.append(text)
        return text.upper() if text.isalpha() else text


def test_each_text_is_found_out_once_and_kept_for_who_finds_the_same(tmp_path: Path) -> None:
    find, note = Finder(), tmp_path / "notes" / "x"
    first = Answers(find)
    first.recall(note, "me")
    assert [first[text] for text in ("a", "b", "1", "a")] == ["A", "B", "1", "A"]
    first.keep()
    again, other = Answers(find), Answers(find)
    again.recall(note, "me")
    other.recall(note, "another program")
    find.asked.clear()
    assert [again["a"], again["b"]] == ["A", "B"]
    assert find.asked == []
    assert other["a"] == "A"
    assert find.asked == ["a"]


def test_a_text_that_nobody_asks_about_any_more_is_forgotten_with_the_next_new_one(tmp_path: Path) -> None:
    find, note = Finder(), tmp_path / "x"
    for texts in (("a", "b"), ("b",), ("b", "c"), ("a",)):
        answers = Answers(find)
        answers.recall(note, "me")
        find.asked.clear()
        assert [answers[text] for text in texts] == [text.upper() for text in texts]
        answers.keep()
    assert find.asked == ["a"]


@pytest.mark.parametrize("damage", [b"", b"not a note", None])
def test_a_damaged_note_costs_time_and_nothing_else(tmp_path: Path, damage: bytes | None) -> None:
    find, note = Finder(), tmp_path / "x"
    answers = Answers(find)
    answers.recall(note, "me")
    assert answers["a"] == "A"
    answers.keep()
    note.write_bytes(note.read_bytes()[:-1] if damage is None else damage)
    again = Answers(find)
    again.recall(note, "me")
    assert again["a"] == "A"
    assert find.asked == ["a", "a"]


def test_a_words_file_is_kept_as_it_was_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_words, "_NOTES", tmp_path / "notes")
    path = tmp_path / "words.yml"
    path.write_text('a:\n  b: "{count} {count:place|places}"\n  c: [x, "{n}"]\n', encoding="utf-8")
    first, second = (kept_words.read(path, "words.yml", 1000) for _ in range(2))
    assert first == second == {"a": {"b": "{count} {count:place|places}", "c": ["x", "{n}"]}}
    assert isinstance(first["a"]["b"], Counted) and isinstance(second["a"]["b"], Counted)
    assert type(second["a"]["c"][1]) is str
    (note,) = (tmp_path / "notes").iterdir()
    note.write_bytes(b"gone bad")
    assert kept_words.read(path, "words.yml", 1000) == first
    path.write_text("a: other\n", encoding="utf-8")
    assert kept_words.read(path, "words.yml", 1000) == {"a": "other"}
