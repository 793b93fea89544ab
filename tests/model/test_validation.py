"""From plain text to models: every error of pydantic has a code of ours, and guesses help instead of misleading."""

from time import process_time
from typing import get_args

import pytest
from pydantic import BaseModel
from pydantic_core.core_schema import ErrorType

from haitang.core.problem_codes import CODES
from haitang.core.problems import Problem
from haitang.model.cures.model_types import choices, field_type
from haitang.model.entries import Brand, Location, Position
from haitang.model.settings import Settings
from haitang.model.validation import closest, code_of, read
from haitang.source.parser import Fields, parse
from tests.conftest import readable

FILE = "positions/lujia/x.yml"
SOUND = "id: x\nname: 名\ntown: lujia\n"


def told(text: str, model: type[BaseModel] = Position) -> list[tuple[int, str, str, str]]:
    """Line, code, field and guess of everything that is wrong with an entry."""
    tree = parse(text, FILE)
    assert isinstance(tree, Fields), tree
    found = read(model, tree, FILE)
    if not isinstance(found, list):
        return []
    for problem in found:
        readable(problem, text[:500])
    return [(p.place.line, p.code, str(p.values["field"]), str(p.values.get("guess", ""))) for p in found if _is_problem(p)]


def _is_problem(found: object) -> bool:
    return isinstance(found, Problem)


def test_every_error_pydantic_knows_has_a_code() -> None:
    kinds = {kind: code_of(kind) for kind in get_args(ErrorType)}
    assert len(kinds) >= 90
    assert set(kinds.values()) <= set(CODES)
    # Of all others we can say better what is wrong; a type that is new in pydantic must be looked at.
    assert {kind for kind, code in kinds.items() if code == "unreadable-value"} == {
        "assertion_error", "callable_type", "default_factory_not_called", "ellipsis_error", "frozen_field", "frozen_instance",
        "json_invalid", "json_type", "missing_sentinel_error", "multiple_argument_values", "needs_python_object",
        "none_required", "recursion_depth_exceeded", "recursion_loop", "union_tag_invalid", "union_tag_not_found",
        "uuid_parsing", "uuid_type", "uuid_version", "value_error",
    }  # fmt: skip


@pytest.mark.parametrize(("kind", "code"), [
    ("too_long", "too-many"), ("string_too_long", "too-long"), ("missing", "missing-field"), ("model_type", "needs-fields"),
    ("missing_keyword_only_argument", "missing-field"), ("frozen_set_type", "needs-list"), ("date_past", "bad-date"),
    ("frozen_dict_type", "needs-fields"), ("time_delta_parsing", "bad-date"), ("is_instance_of", "needs-text"),
    ("finite_number", "bad-number"), ("set_item_not_hashable", "needs-list"), ("string_pattern_mismatch", "one-line"),
    ("bytes_too_short", "empty-field"), ("less_than_equal", "number-too-large"), ("ours:bad-id", "bad-id"),
])  # fmt: skip
def test_the_first_code_that_fits_is_meant(kind: str, code: str) -> None:
    assert code_of(kind) == code


def test_a_sound_entry_is_frozen() -> None:
    tree = parse(SOUND, FILE)
    assert isinstance(tree, Fields)
    position = read(Position, tree, FILE)
    assert isinstance(position, Position)
    assert (position.id, position.name, position.town) == ("x", "名", "lujia")
    with pytest.raises(ValueError, match="frozen"):
        position.name = "y"  # type: ignore[misc]


@pytest.mark.parametrize(
    ("more", "expected"),
    [
        ("nmae: y", [(4, "unknown-field", "nmae", "")]),  # `name` is there: never suggested
        ("Name2: y", [(4, "unknown-field", "Name2", "")]),
        ("name：: y", [(4, "unknown-field", "name：", "")]),
        ("adress: y", [(4, "unknown-field", "adress", "address")]),
        ("short_name:\nshortname: y", [(5, "unknown-field", "shortname", "")]),  # there, though blank
        ("location:\n  经度: 121\n  lat: 31\n  crs: wgs84\n  precision: exact", [(5, "unknown-field", "经度", "lon")]),
        ("location:\n  lon: 121\n  维度: 31\n  crs: wgs84\n  precision: exact", [(6, "unknown-field", "维度", "lat")]),
        ("location:\n  lon: 121\n  lat: 31\n  crs: wgs84\n  precison: exact", [(8, "unknown-field", "precison", "precision")]),
        ("sources:\n  - titel: y", [(5, "unknown-field", "titel", "title")]),
        ("sources:\n  - title: y\n  - title: z\n    publishr:", [(7, "unknown-field", "publishr", "publisher")]),
        ("sources:\n  - publisher: y", [(5, "missing-field", "title", "")]),
        ("sources:\n  - titel: y\nphotos:\n  - file: a.png\n    alt: x\n    credit: x", [(5, "unknown-field", "titel", "title"),
                                                                           (7, "missing-field", "licence", "")]),
        ("zzz: y\nqqq:", [(5, "unknown-field", "qqq", ""), (4, "unknown-field", "zzz", "")]),
        ("tier:\n  - point", [(5, "needs-text", "tier", "")]),
        ("opened:\n  year: 2018", [(5, "needs-text", "opened", "")]),  # dataclasses must not be filled from a mapping
        ("hours:\n  text: x\n  week: []", [(5, "needs-text", "hours", "")]),
        ("hours:\n  - x: y", [(5, "needs-text", "hours", "")]),
        ("hours: []", [(4, "needs-text", "hours", "")]),
        ("area_m2: [1]", [(4, "needs-text", "area_m2", "")]),
        ("location: [1]", [(4, "needs-fields", "location", "")]),
        ("lat: 31", [(4, "unknown-field", "lat", "")]),
        ("location:\nlat: 31", [(5, "misplaced-field", "lat", "")]),
        ("phone: x" + "x" * 40, [(4, "too-long", "phone", "")]),
        ("story: " + "长" * 4001, [(4, "too-long", "story", "")]),
        ("aliases:\n" + "  - x\n" * 41, [(5, "too-many", "aliases", "")]),
        ("opened: '2018\\n'", [(4, "bad-date", "opened", "")]),
    ],
    ids=lambda value: str(value)[:50],
)  # fmt: skip
def test_what_is_told(more: str, expected: list[tuple[int, str, str, str]]) -> None:
    assert sorted(told(SOUND + more)) == sorted(expected)


def test_a_misspelt_required_field_is_one_mistake() -> None:
    assert told("id: x\nnaem: y\ntown: z") == [(2, "unknown-field", "naem", "name")]


def test_a_missing_required_field_is_guessed_before_any_other() -> None:
    # 维度 is as near to 经度 as to 纬度, and `nam` to `name` as to `names`.
    assert told("id: x\ntown: z\nnam: y")[0] == (3, "unknown-field", "nam", "name")


@pytest.mark.parametrize("model", [Position, Brand, Settings])
def test_an_empty_entry_lacks_what_is_required(model: type[BaseModel]) -> None:
    required = {name for name, info in model.model_fields.items() if info.is_required()}
    assert {(code, field) for _, code, field, _ in told("{}", model)} == {("missing-field", name) for name in required}


@pytest.mark.parametrize(
    ("written", "candidates", "expected"),
    [
        ("lujai", {"lujia": [], "huaqiao": []}, "lujia"),
        ("LUJIA", {"lujia": []}, "lujia"),
        ("ｌｕｊｉａ", {"lujia": []}, "lujia"),
        ("short name", {"short_name": []}, "short_name"),
        ("电话", {"phone": ["电话", "联系电话"]}, "phone"),
        ("单位联系电话", {"phone": ["电话", "联系电话"]}, "phone"),
        ("gps", {"wgs84": ["GPS"], "bd09": ["百度"]}, "wgs84"),
        ("党群服务站", {"station": ["站", "服务站"], "point": ["点", "服务点"]}, "station"),
        ("完全不同", {"lujia": []}, None),
        ("", {"lujia": []}, None),
        ("   ", {"lujia": []}, None),
        ("x" * 41, {"x" * 41: []}, None),
    ],
)
def test_closest(written: str, candidates: dict[str, list[str]], expected: str | None) -> None:
    assert closest(written, candidates) == expected


def test_types_are_found_through_lists_and_options() -> None:
    assert field_type(Position, ("location",)) is Location
    assert choices(field_type(Position, ("location", "crs"))) == ("wgs84", "gcj02", "bd09")
    assert choices(field_type(Brand, ("goals", 3, "status"))) == ("planned", "running", "done")
    assert field_type(Position, ("nowhere", "at", "all")) is None
    assert choices(field_type(Position, ("name",))) == ()


@pytest.mark.parametrize("piece", ["1", " ", "a", "1,", "0.", "周", "-", "1:00-2:00 ", "/", "a.", "@", "至 "])
@pytest.mark.parametrize("name", ["id", "area_m2", "opened", "hours", "phone", "tier", "closed_on_holidays", "story", "name"])
def test_a_long_value_takes_no_time(piece: str, name: str) -> None:
    start = process_time()
    found = told(f"{name}: 'x{piece * (60_000 // len(piece.encode()))}y'\n")
    assert name in {field for _, _, field, _ in found}
    assert process_time() - start < 1


def test_many_unknown_fields_take_no_time() -> None:
    start = process_time()
    found = told(SOUND + "".join(f"{'abcdefghij' * 3}{number}: x\n" for number in range(190)))
    assert len(found) == 190
    assert process_time() - start < 1
