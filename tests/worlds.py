"""Small directories for tests, and building them as the command line would, in this process."""

from datetime import date
from pathlib import Path

from haitang.site.build import Builder, Inputs
from haitang.site.bundles import bundle
from haitang.site.output_folder import Target
from haitang.site.publish import Report
from haitang.site.theme import Engine

PROJECT = Path(__file__).resolve().parent.parent
WORLD = PROJECT / "tests" / "golden" / "world"
TODAY = date(2026, 1, 2)
# Scripts that are published among the data, as pages load them in the same way.
CODE = tuple(f"data/{file.stem}.js" for file in sorted((PROJECT / "frontend" / "src" / "entries" / "data").glob("*.ts")))


def inputs(root: Path, engine: Engine = "mkdocs") -> Inputs:
    own = root / "site_src"
    return Inputs(PROJECT, root, own if own.is_dir() else PROJECT / "templates" / "site_src", bundle(PROJECT), engine)


def publish(root: Path, out: Path, engine: Engine = "mkdocs", builder: Builder | None = None, today: date = TODAY) -> Report:
    """One build of `root` into `out`; a given builder keeps its frame from build to build."""
    target = Target(out)
    with target.locked(lambda: None):
        return (builder or Builder(inputs(root, engine))).build(target, today)


def tree(folder: Path) -> dict[str, bytes]:
    """Every file below a folder by its path."""
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in sorted(folder.rglob("*")) if path.is_file()}


def position(own_id: str, town: str = "hecheng", **more: str) -> str:
    """The least a position needs, as YAML."""
    fields = {"id": own_id, "name": f"样例{own_id}", "town": town, **more}
    return "".join(f"{key}: {value}\n" for key, value in fields.items()) + "sources:\n  - title: 虚构的报道\n"
