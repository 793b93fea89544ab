"""The JSON Schema agrees with the reader: what is sound passes, what is mistaken in one value is refused."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator  # type: ignore[import-untyped]

from haitang.core.problem_codes import CODES
from haitang.editors.scaffold import settings_of
from haitang.model.field_specs import MODELS, FieldSpec, entry_spec
from haitang.model.json_schema import FOLDER, schema, schema_line, schemas
from haitang.model.messages import use
from haitang.model.paths import FOLDERS, EntryKind
from haitang.model.validation import read
from haitang.source.parser import Fields, Items, parse, read_file
from tests.conftest import BASE
from tests.site.release.judge import in_ajv
from tests.test_mistakes import MISTAKES, Mistake
from tests.worlds import PROJECT, WORLD

KINDS: tuple[EntryKind, ...] = tuple(MODELS)
ROOTS = (PROJECT, WORLD, BASE)
# What a schema cannot say: grammar, dates that do not exist, two fields together, other files, people's privacy.
BEYOND = frozenset(
    "bad-hours bad-hours-time bad-when season-without-dates bad-season-dates seasons-overlap season-unclear "
    "bad-when-date bad-when-time "
    "reserved-id swapped off-earth "
    "future-date mobile-number identity-number photo-missing no-sources same-name".split()
) | {code for code in CODES if code.startswith("hours-")}


def plain(node: Any) -> Any:
    """A source tree as a YAML program sees it, with all values as texts and blank ones as null."""
    if isinstance(node, Fields):
        return {str(name): plain(value) for name, value in node.items()} | dict.fromkeys(map(str, node.blank))
    return [plain(item) for item in node] if isinstance(node, Items) else str(node)


def resolved(node: Any) -> Any:
    """As a program that resolves YAML 1.2's types sees it."""
    if isinstance(node, dict):
        return {name: resolved(value) for name, value in node.items()}
    if isinstance(node, list):
        return [resolved(item) for item in node]
    if node in ("true", "false"):
        return node == "true"
    try:
        return float(node) if node.replace(".", "", 1).removeprefix("-").isdigit() and node.isascii() else node
    except (ValueError, AttributeError):
        return node


def validators(root: Path) -> dict[str, Draft202012Validator]:
    settings = settings_of(root)
    made = {FOLDERS[kind]: Draft202012Validator(schema(kind, settings)) for kind in KINDS}
    return made | {"directory.yml": Draft202012Validator(schema("directory", settings))}


BASES = validators(BASE)


@pytest.mark.parametrize("root", ROOTS, ids=lambda root: root.name)
def test_all_that_is_sound_passes(root: Path) -> None:
    made = validators(root)
    files = [root / "directory.yml", *(path for folder in FOLDERS.values() for path in sorted((root / folder).rglob("*.yml")))]
    assert len(files) > 3
    for path in files:
        tree = plain(read_file(path, path.name))
        check = made[path.relative_to(root).parts[0]]
        for seen in (tree, resolved(tree)):
            assert [f"{path}: {error.message}" for error in check.iter_errors(seen)] == []


@pytest.mark.parametrize("name", [*KINDS, "directory"])
def test_a_schema_is_sound_itself_and_explains_every_field(name: str) -> None:
    schema = json.loads(schemas(settings_of(PROJECT))[f"{name}.json"])
    Draft202012Validator.check_schema(schema)
    assert schema["additionalProperties"] is False
    if name != "directory":
        for field, told in schema["properties"].items():
            assert told["title"] and told["description"], field
        if name == "position":
            assert "- `paused` 暂停开放" in schema["properties"]["status"]["description"]


def test_ajv_compiles_them_in_its_strict_mode_and_takes_what_is_sound(tmp_path: Path) -> None:
    wanted: dict[Path, list[Path]] = {PROJECT / FOLDER / "directory.json": []}
    for kind in KINDS:
        files = wanted[PROJECT / FOLDER / f"{kind}.json"] = []
        for path in sorted((PROJECT / FOLDERS[kind]).rglob("*.yml")):
            for at, seen in enumerate((tree := plain(read_file(path, path.name)), resolved(tree))):
                files.append(tmp_path / f"{kind}.{path.stem}.{at}.json")
                files[-1].write_text(json.dumps(seen), "utf-8")
    assert in_ajv(wanted) == []


def fields() -> list[tuple[EntryKind, FieldSpec]]:
    """As the directory explains them whose settings they must fit."""
    use(PROJECT)
    found = [(kind, field) for kind in KINDS for field in entry_spec(kind).fields if field.example]
    use(None)
    return found


@pytest.mark.parametrize("at", fields(), ids=lambda at: f"{at[0]}.{at[1].name}")
def test_every_example_passes_as_text_and_as_yaml_resolves_it(at: tuple[EntryKind, FieldSpec]) -> None:
    kind, field = at
    made = schema(kind, settings_of(PROJECT))["properties"][field.name]
    written = [field.example] if field.kind == "list" else field.example
    for seen in (written, resolved(written)):
        assert [error.message for error in Draft202012Validator(made).iter_errors(seen)] == []


@pytest.mark.parametrize(
    ("field", "seen"),
    [
        ("hours", "9:30-17:00"), ("hours", ["每天 9:00-17:00"]), ("opened", 2019), ("opened", 2019.5), ("phone", 96889),
        ("closed_on_holidays", True), ("closed_on_holidays", "YES"), ("name", 1949), ("name", True), ("area_m2", "320"),
        ("area_m2", 320), ("aliases", [2019]), ("phone", None), ("id", 404404),
    ],
)  # fmt: skip
def test_what_yaml_makes_of_texts_passes(field: str, seen: object) -> None:
    made = schema("position", settings_of(PROJECT))["properties"][field]
    assert Draft202012Validator(made).is_valid(seen)


def one_file(mistake: Mistake) -> tuple[str, Fields] | None:
    """The file and tree of a mistake that the model itself finds in one file that can be parsed."""
    if len(mistake.files) != 1:
        return None
    ((file, lines),) = mistake.files.items()
    tree = parse("".join(f"{line}\n" for line in lines), file)
    kind = next((kind for kind, folder in FOLDERS.items() if file.startswith(f"{folder}/")), None)
    if kind is None or not isinstance(tree, Fields):
        return None
    found = read(MODELS[kind], tree, file)
    codes = {told["code"] for told in mistake.told}
    return (file, tree) if isinstance(found, list) and {problem.code for problem in found} & codes else None


def test_what_the_model_refuses_in_one_value_the_schema_refuses_too() -> None:
    expressible = missed = 0
    told = []
    for mistake in MISTAKES:
        codes = {found["code"] for found in mistake.told if not found["code"].startswith("when-")}
        if codes <= BEYOND or not (made := one_file(mistake)):
            continue
        expressible += 1
        file, tree = made
        if all(BASES[file.split("/")[0]].is_valid(seen) for seen in (plain(tree), resolved(plain(tree)))):
            missed += 1
            told.append(f"{mistake.title}: {[found['code'] for found in mistake.told]}")
    assert expressible > 100
    assert missed / expressible < 0.03, "\n".join(told)
    print(f"{expressible - missed} of {expressible} mistakes in one value are refused by the schema as well")


def test_a_new_files_first_line_leads_to_its_schema(tmp_path: Path) -> None:
    for kind, file in (("position", "positions/lujia/x.yml"), ("brand", "brands/x.yml")):
        name = schema_line(file, kind).strip().rpartition("=")[2]  # type: ignore[arg-type]
        assert ((PROJECT / file).parent / name).resolve() == PROJECT / FOLDER / f"{kind}.json"
        assert isinstance(parse(schema_line(file, kind) + "id: x\n", file), Fields)  # type: ignore[arg-type]


def test_vs_code_finds_every_schema() -> None:
    wired = json.loads((PROJECT / ".vscode/settings.json").read_text("utf-8"))["yaml.schemas"]
    assert {PROJECT / name for name in wired} == set((PROJECT / FOLDER).glob("*.json"))
    for pattern in wired.values():
        assert list(PROJECT.glob(pattern.lstrip("/"))) or "routes" in pattern
