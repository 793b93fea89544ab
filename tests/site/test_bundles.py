"""What is sent to browsers can be read by the oldest of them: scripts as ES2015, style sheets as Chromium 69 knows them."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from haitang.core import toolchain
from haitang.site.bundles import bundle
from tests.worlds import PROJECT

FOLDER = bundle(PROJECT)
SCRIPTS = sorted(path.relative_to(FOLDER).as_posix() for path in FOLDER.rglob("*.js"))
STYLES = [
    *sorted((PROJECT / "templates").glob("styles/*.css")),
    *sorted((PROJECT / "templates").glob("kiosk/*.css")),
    *sorted(FOLDER.rglob("*.css")),
]
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

# Younger than Chromium 69 or iOS 13, and only used where a browser says that it has it.
ASKED_FIRST = {
    "ResizeObserver", "Error.captureStackTrace", "Uint8Array.fromHex", ".toHex()", ".writeText()",
    ".share()", "Navigator.clipboard", "Navigator.connection", "Navigator.share",
    # of service workers, which are older than the methods of FinalizationRegistry
    ".register()", ".unregister()",
}  # fmt: skip
# Where it is not known, it is passed over and nothing is lost: the page moves to what has the focus, as it would by a key.
PASSED_OVER = {"focus({preventScroll})"}
# Where it is not known, the page looks plainer and nothing is lost: a declaration that is not understood is left out.
PLAINER = {
    "::marker", "::selection", ":focus-visible", "@page", "accent-color", "break-after: avoid", "color-scheme",
    "contain", "cursor", "font-family: ui-monospace", "forced-color-adjust", "mask-image", "outline", "overflow-wrap: anywhere",
    "overscroll-behavior", "page-break-after: avoid", "paint-order", "scroll-margin-top", "scroll-padding-bottom",
    "scroll-padding-top", "scrollbar-width", "size", "text-decoration-thickness", "text-size-adjust", "text-underline-offset",
    "@media forced-colors", "@media prefers-color-scheme", "@media prefers-reduced-motion",
    "user-select", "align-content: start", "align-self: start",
    "mask", "print-color-adjust",  # beside them stand the -webkit- ones, which all of these browsers know
}  # fmt: skip


def test_every_script_is_here() -> None:
    pages = {"ahead.js", "start.js", "site.js", "map.js", "explore.js", "find.js", "gallery.js"}
    assert set(SCRIPTS) >= {*pages, "worker/sw.js", "worker/off.js"}


def parsed(*files: Path, version: int = 2015) -> str:
    """What a parser of that ECMAScript says of classic scripts; empty when they are."""
    node, _ = toolchain.node(str(PROJECT))
    done = subprocess.run(
        [node, "-e", PARSE.replace("2015", str(version)), *map(str, files)],
        cwd=PROJECT / "frontend" / "checks", capture_output=True, text=True, check=False,
    )  # fmt: skip
    return done.stderr if done.returncode else ""


@pytest.mark.parametrize("script", SCRIPTS)
def test_scripts_are_es2015(script: str) -> None:
    assert parsed(FOLDER / script) == ""


def test_what_watches_over_all_scripts_is_es5() -> None:
    """It must run in a browser that understands none of them."""
    assert parsed(PROJECT / "templates" / "kiosk" / "text-edition.js", version=5) == ""


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


def younger(*files: Path) -> dict[str, set[str]]:
    """What each file uses that one of the oldest browsers lacks, dependencies included."""
    node, _ = toolchain.node(str(PROJECT))
    command = [node, str(PROJECT / "frontend" / "checks" / "compat.mjs"), *map(str, files)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, encoding="utf-8")
    return {Path(file).name: set(names) for file, names in json.loads(done.stdout).items()}


def test_nothing_is_called_that_the_oldest_browsers_lack() -> None:
    """Syntax is lowered by esbuild; what is missing at run time has to stand in frontend/src/core/older-browsers.ts."""
    excused = ASKED_FIRST | PASSED_OVER
    found = younger(*(FOLDER / script for script in SCRIPTS), PROJECT / "templates" / "kiosk" / "text-edition.js")
    assert {file: names - excused for file, names in found.items() if names - excused} == {}
    assert set().union(*found.values()) == excused  # what is no longer used is no longer excused


def test_no_style_sheet_depends_on_what_the_oldest_browsers_lack() -> None:
    found = younger(*STYLES)
    assert {file: names - PLAINER for file, names in found.items() if names - PLAINER} == {}
    assert set().union(*found.values()) == PLAINER


NOTICED = {
    "Object.hasOwn({}, 'a');": {"Object.hasOwn"},
    "Promise.any([]); Promise.allSettled([]);": {"Promise.any", "Promise.allSettled"},
    "structuredClone(x); window.queueMicrotask(f);": {"structuredClone", "queueMicrotask"},
    "x.at(-1); s.replaceAll('a', 'b'); s['matchAll'](r);": {".at()", ".replaceAll()", ".matchAll()"},
    "e.replaceChildren(); new Intl.Segmenter();": {".replaceChildren()", "Intl.Segmenter"},
    "x.map(f).at; class A { at() {} } y.at(1); Array.from(z); e.remove();": set(),
    "Array.from(x).findLast(f); var {groupBy} = Object; globalThis.x = 1;": {".findLast()", "Object.groupBy", "globalThis"},
    "new ResizeObserver(f); new IntersectionObserver(f, {trackVisibility: true});": {
        "ResizeObserver",
        "IntersectionObserver({trackVisibility})",
    },
    "e.addEventListener('x', f, {signal: s, once: true});": {"addEventListener({signal})"},
    "new Intl.DateTimeFormat('zh', {dateStyle: 'long', hour: '2-digit'});": {"DateTimeFormat({dateStyle})"},
    "document.adoptedStyleSheets = []; navigator.share({}); screen.width;": {
        "Document.adoptedStyleSheets",
        "Navigator.share",
        ".share()",
    },
    "e.matches(':is(a)'); d.querySelector(`${a}:not(b, c)`); e.closest(':focus');": {
        "matches(:is)",
        "querySelector(:not of a list)",
    },
    "new RegExp('(?<=a)b'); RegExp('\\\\p{L}', 'u'); String.raw`a`; [].flat();": {"RegExp"},
    "a:not(b,c){color:red} @media (width<9px){a{overflow:hidden auto}}": {
        ":not of a list",
        "@media with <",
        "overflow of two words",
    },
    "@supports selector(a:b){a{color:red}} a:not(b):not(c){overflow:hidden !important}": {"@supports selector()"},
    "a{inset:0} b:is(c){color:red} d:where(e),f{gap:0}": {"inset", ":is", ":where in a list"},
    "a{aspect-ratio:1;width:min(1px,2px)} a:b,c:b{color:red}": {"aspect-ratio", "min()"},
}


def test_the_guard_would_notice(tmp_path: Path) -> None:
    files = [tmp_path / f"{number}.{'css' if '{color' in text else 'js'}" for number, text in enumerate(NOTICED)]
    for file, text in zip(files, NOTICED, strict=True):
        file.write_text(text, encoding="utf-8")
    assert list(younger(*files).values()) == list(NOTICED.values())
