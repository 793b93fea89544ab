"""What is sent to browsers can be read by the oldest of them: scripts as ES2015, style sheets as Chromium 69 knows them."""

import re
import subprocess
from pathlib import Path

import pytest

from haitang import environment
from haitang.bundling import bundle
from tests.worlds import PROJECT

FOLDER = bundle(PROJECT)
SCRIPTS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.js"))
STYLES = [*sorted((PROJECT / "templates" / "styles").glob("*.css")), FOLDER / "map.css"]
PARSE = """
const {parse} = require('acorn');
for (const file of process.argv.slice(1)) {
  parse(require('fs').readFileSync(file, 'utf8'), {ecmaVersion: 2015, sourceType: 'script'});
}
"""
# Younger than Chromium 69 or iOS 13: a rule with one of them is dropped whole, or looks another way.
LATER = (
    r":has\(", r":is\(", r":where\(", r"@layer", r"@container", r"@property", r"\bclamp\(", r"[\s:(,]m(?:in|ax)\(", r"\binset:",
    r"(?<!area-)\binset-", r"\d[dsl]v[hw]\b", r"aspect-ratio:\s*\d", r"color-mix\(", r"\bsubgrid\b", r"place-(?:content|self)",
    r"content-visibility", r"&\s*[.:>]",
)  # fmt: skip


def test_every_script_is_here() -> None:
    pages = {"early.js", "site.js", "map.js", "explore.js", "find.js", "gallery.js"}
    assert set(SCRIPTS) >= {*pages, "worker/sw.js", "worker/off.js"}


def parsed(*files: Path) -> str:
    """What an ES2015 parser says of classic scripts; empty when they are."""
    node, _ = environment.node(str(PROJECT))
    done = subprocess.run(
        [node, "-e", PARSE, *map(str, files)],
        cwd=PROJECT / "frontend" / "checks", capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stderr if done.returncode else ""


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_are_es2015(script: str) -> None:
    assert parsed(FOLDER / script) == ""


@pytest.mark.parametrize("line", ["let a = b?.c;", "a ?? b;", "async () => 1;", "import 'x';", "({...a});", "a ** b;"])
def test_the_parser_would_notice(line: str, tmp_path: Path) -> None:
    (tmp_path / "later.js").write_text(line, encoding="utf-8")
    assert "SyntaxError" in parsed(tmp_path / "later.js")


@pytest.mark.parametrize("sheet", STYLES, ids=lambda path: path.name)
def test_style_sheets_are_of_their_time(sheet: Path) -> None:
    text = re.sub(r"/\*.*?\*/", "", sheet.read_text(encoding="utf-8"), flags=re.DOTALL)
    assert [found[0] for later in LATER for found in re.finditer(later, text)] == []
    # In a flex box it does nothing there; in a grid the old name stands before it.
    gaps = [block for block in re.findall(r"{([^{}]*)}", text) if re.search(r"(?<!-)\bgap:", block)]
    assert [block for block in gaps if "grid-gap:" not in block] == []
