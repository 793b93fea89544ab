"""The house stays as drawn: imports point one way, and each outside library has one home."""

import ast
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from haitang import HOMES, LAYERS

PACKAGE = Path(__file__).resolve().parent.parent / "haitang"
RANK = {room: rank for rank, rooms in enumerate(LAYERS) for room in rooms}
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")


def room(path: Path) -> str:
    """The module, or the folder it lives in."""
    return path.relative_to(PACKAGE).parts[0].removesuffix(".py")


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every imported module with its line, wherever in the file it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            if node.module in ("haitang", "haitang.site.outputs", "haitang.cli.commands"):
                yield from ((f"{node.module}.{alias.name}", node.lineno) for alias in node.names)
            else:
                yield node.module, node.lineno


def test_every_module_has_a_layer() -> None:
    assert {room(path) for path in MODULES} == set(RANK)


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_imports_point_down(path: Path) -> None:
    own = room(path)
    upward = [
        f"line {line}: {name}"
        for name, line in imports(path)
        if name.startswith("haitang.") and (there := name.split(".")[1]) in RANK and there != own and RANK[there] >= RANK[own]
    ]
    assert upward == []


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(PACKAGE).as_posix())
def test_outside_libraries_stay_at_home(path: Path) -> None:
    own = room(path)
    known = {*sys.stdlib_module_names, "haitang", "benchmarks"}
    for name, line in imports(path):
        library = name.split(".")[0]
        if library not in known:
            assert own in HOMES.get(library, ()), f"line {line}: {library} is not at home in {own}"


def test_outputs_do_not_import_each_other() -> None:
    outputs = {path.stem for path in (PACKAGE / "outputs").glob("*.py")} - {"__init__"}
    for path in (PACKAGE / "outputs").glob("*.py"):
        if path.stem != "__init__":
            others = {name.split(".")[2] for name, _ in imports(path) if name.startswith("haitang.site.outputs.")}
            assert not others & outputs, path.name


def test_the_layer_test_can_fail(tmp_path: Path) -> None:
    """A planted upward import is seen, also inside a function."""
    planted = tmp_path / "model.py"
    planted.write_text("def late():\n    from haitang.cli import main\n    return main\n", encoding="utf-8")
    assert [name for name, _ in imports(planted)] == ["haitang.cli.main"]
    assert RANK["cli"] >= RANK["model"]


def test_files_and_functions_stay_small() -> None:
    """Places grow until somebody says stop. Most files are far below 250 lines; the list of checks and the schema are not."""
    large = []
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > 460:
            large.append(f"{path.name} {text.count(chr(10))} lines")
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        large += [f"{path.name}: {node.name}" for node in functions if (node.end_lineno or 0) - node.lineno > 40]
    assert large == []
