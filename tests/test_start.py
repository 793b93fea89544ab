"""What a build imports before it knows what is to be done: every start pays for it."""

import subprocess
import sys

from tests.worlds import PROJECT

# Each is needed by some builds only, or by tests only, and takes from ten to two hundred milliseconds to import.
NOT_AT_ONCE = {
    "icalendar", "lark", "pypinyin", "markdown_it", "mkdocs", "zensical", "fontTools", "segno", "openpyxl",
    "urllib.request", "xml.sax", "http.client", "ssl", "asyncio",
    "haitang.site.form_editor.config", "haitang.schedule.language.parser",
}  # fmt: skip


def test_a_build_imports_what_all_builds_need() -> None:
    code = "import haitang.site.build, sys; print(*sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], cwd=PROJECT, capture_output=True, text=True, check=True)
    loaded = set(done.stdout.split())
    assert "haitang.site.publish" in loaded
    assert NOT_AT_ONCE & loaded == set()
