"""MkDocs with the Material theme, plain and with search, and Zensical: one Markdown file a page.

The Markdown is written beforehand and not on the clock, which is an advantage for these peers: they never read the YAML.
"""

import sys
from pathlib import Path

from benchmarks.peers.entries import read_entries
from benchmarks.peers.markdown_tree import write_tree
from benchmarks.peers.project import SOURCES, Project, need, script


def mkdocs(data: Path, folder: Path) -> Project:
    """No search plugin."""
    return _mkdocs(data, folder, "plugins: []")


def mkdocs_search(data: Path, folder: Path) -> Project:
    """With Material's search for Chinese; words are cut with jieba where that is installed."""
    return _mkdocs(data, folder, "plugins:\n  - search:\n      lang: zh")


def zensical(data: Path, folder: Path) -> Project:
    """The same Markdown and settings. Its search cannot be switched off; its cache is removed before each build."""
    command = (script("zensical"), "build")
    need("yaml", "jinja2")
    _write(data, folder, "")
    return Project(command, folder, folder / "site", (folder / ".cache",))


def _mkdocs(data: Path, folder: Path, plugins: str) -> Project:
    need("mkdocs", "material", "yaml", "jinja2")
    _write(data, folder, plugins)
    # Material prints a notice on each build unless told not to.
    quiet = {"NO_MKDOCS_2_WARNING": "1"}
    return Project((sys.executable, "-m", "mkdocs", "build", "--quiet"), folder, folder / "site", (), quiet)


def _write(data: Path, folder: Path, plugins: str) -> None:
    write_tree(read_entries(data), folder / "docs")
    config = (SOURCES / "markdown_site" / "mkdocs.yml").read_text(encoding="utf-8")
    (folder / "mkdocs.yml").write_text(f"{config}{plugins}\n", encoding="utf-8", newline="\n")
