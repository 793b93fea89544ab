"""The house stays as drawn: imports point one way, no circles, a room for each library, nothing grows over its size."""

import ast
import sys
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from haitang import HOMES, LAYERS

PACKAGE = Path(__file__).resolve().parent.parent / "haitang"
MODULES = sorted(path for path in PACKAGE.rglob("*.py") if path != PACKAGE / "__init__.py")
MOST_MODULES, MOST_LINES, MOST_FUNCTION_LINES = 14, 350, 40
LIBRARIES = {library: room for room, libraries in HOMES.items() for library in libraries}


def room(path: Path) -> str:
    return path.relative_to(PACKAGE).parts[0]


def module(path: Path) -> str:
    return ".".join(("haitang", *path.relative_to(PACKAGE).with_suffix("").parts)).removesuffix(".__init__")


NAMES = {module(path) for path in MODULES}


def imports(path: Path) -> Iterator[tuple[str, int]]:
    """Every imported module with its line, wherever in the file it stands."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from ((alias.name, node.lineno) for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            inner = [f"{node.module}.{alias.name}" for alias in node.names]
            yield from ((name if name in NAMES else node.module, node.lineno) for name in inner)


def upward(path: Path, own: str) -> list[str]:
    """What a module of a room imports from rooms that stand after it in LAYERS."""
    found = [(name.split("."), line) for name, line in imports(path)]
    ours = [(parts[1], line) for parts, line in found if parts[0] == "haitang" and len(parts) > 1]
    return [f"line {line}: {there}" for there, line in ours if LAYERS.index(there) > LAYERS.index(own)]


def strangers(path: Path, own: str) -> list[str]:
    """The outside libraries that a module imports and that are not at home in its room."""
    found = [(name.split(".")[0], line) for name, line in imports(path)]
    outside = [(name, line) for name, line in found if name not in {*sys.stdlib_module_names, "haitang"}]
    return [f"line {line}: {name}" for name, line in outside if LIBRARIES.get(name) != own]


def circle(graph: dict[str, set[str]]) -> list[str]:
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as found:
        return list(found.args[1])
    return []


def test_the_house_is_rooms_and_nothing_else() -> None:
    assert {path.name for path in PACKAGE.iterdir() if path.name != "__pycache__"} == {"__init__.py", *LAYERS}
    assert HOMES.keys() <= set(LAYERS)


@pytest.mark.parametrize("own", LAYERS)
def test_imports_point_one_way(own: str) -> None:
    assert {path.name: found for path in MODULES if room(path) == own and (found := upward(path, own))} == {}


@pytest.mark.parametrize("own", LAYERS)
def test_outside_libraries_stay_at_home(own: str) -> None:
    assert {path.name: found for path in MODULES if room(path) == own and (found := strangers(path, own))} == {}


def test_nothing_imports_in_circles() -> None:
    """Modules of one room may use each other, but one way; inside a function counts too."""
    assert (
        circle({module(path): {name for name, _ in imports(path) if name in NAMES} - {module(path)} for path in MODULES}) == []
    )


def test_pages_and_exports_do_not_import_pages() -> None:
    """A kind of page can be taken out without looking at the others."""
    for path in (*(PACKAGE / "site/pages").glob("*.py"), *(PACKAGE / "site/exports").glob("*.py")):
        assert [name for name, _ in imports(path) if name.startswith("haitang.site.pages.")] == [], path.name


def test_the_site_knows_the_rules_only_as_a_report() -> None:
    for path in (path for path in MODULES if room(path) == "site"):
        assert {name for name, _ in imports(path) if name.startswith("haitang.checks")} <= {"haitang.checks.load"}, path


def test_a_release_knows_no_directory() -> None:
    """It is installed on machines that have the zip and nothing else."""
    for path in (PACKAGE / "kiosk/release").glob("*.py"):
        ours = [name for name, _ in imports(path) if name.startswith("haitang.")]
        assert all(name.startswith(("haitang.core", "haitang.kiosk.release")) for name in ours), (path.name, ours)


def test_the_tests_of_the_house_can_fail(tmp_path: Path) -> None:
    """A planted upward import is seen, also inside a function; so is a library that is not at home, and a circle."""
    planted = tmp_path / "entries.py"
    planted.write_text(
        "def late():\n    from haitang.cli import main\n    import yaml\n    return main, yaml\n", encoding="utf-8"
    )
    assert upward(planted, "model") == ["line 2: cli"]
    assert strangers(planted, "model") == ["line 3: yaml"]
    assert set(circle({"a": {"b"}, "b": {"a"}})) == {"a", "b"}


def test_rooms_files_and_functions_stay_small() -> None:
    """Places grow until somebody says stop."""
    large = []
    for path in MODULES:
        text = path.read_text(encoding="utf-8")
        if text.count("\n") > MOST_LINES:
            large.append(f"{path.name} {text.count(chr(10))} lines")
        functions = [node for node in ast.walk(ast.parse(text)) if isinstance(node, ast.FunctionDef)]
        large += [
            f"{path.name}: {node.name}" for node in functions if (node.end_lineno or 0) - node.lineno >= MOST_FUNCTION_LINES
        ]
        if path.name == "__init__.py" and len(list(path.parent.glob("*.py"))) - 1 > MOST_MODULES:
            large.append(f"{path.parent.name}/")
    assert large == []
