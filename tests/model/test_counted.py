"""Numbers with the right form beside them."""

import pytest

from haitang.model.messages.counted import Counted, chosen, counted, text_of


@pytest.mark.parametrize(
    ("written", "count", "said"),
    [
        ("{count} {count:place|places}", 1, "1 place"),
        ("{count} {count:place|places}", 0, "0 places"),
        ("{count} {count:place|places}", 2, "2 places"),
        ("{count} {count:place|places}", "1", "1 place"),
        ("{count} {count:place|places}", "1,001", "1,001 places"),
        ("{count} {count:place|places}", 1.0, "1.0 place"),
        ("{count} {count:place|places}", 1.5, "1.5 places"),
        ("{count} {count:place is|places are} listed", 1, "1 place is listed"),
        ("收录 {count} {count:处}", 1, "收录 1 处"),
        ("收录 {count} {count:处}", 12, "收录 12 处"),
    ],
)
def test_the_form_follows_the_number(written: str, count: object, said: str) -> None:
    assert text_of(written).format(count=count) == said
    assert text_of(written).format_map({"count": count}) == said


def test_a_text_without_forms_is_a_text() -> None:
    assert type(text_of("{count} found")) is str
    assert type(text_of("{")) is str


def test_forms_are_chosen_before_the_rest_is_filled() -> None:
    text = text_of("{name}: {count} {count:item|items}")
    assert isinstance(text, Counted)
    assert chosen(text, {"name": "<b>", "count": 1}) == "{name}: {count} item"


def test_a_unit_of_an_entry_stays_as_it_is() -> None:
    assert counted("{家}", 2) == "{家}"
    assert counted(text_of("{count:place|places}"), 2) == "places"
