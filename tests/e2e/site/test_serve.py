"""build.py serve in a real browser: an edit shows, a problem shows over the page and clears."""

import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.worlds import PROJECT, WORLD

PATIENCE = 20_000  # milliseconds; how fast it really is, the benchmarks say


@pytest.fixture
def root(tmp_path: Path) -> Path:
    shutil.copytree(WORLD, tmp_path / "root")
    return tmp_path / "root"


@pytest.fixture
def served(root: Path) -> Iterator[tuple[str, "subprocess.Popen[str]"]]:
    command = [sys.executable, "build.py", "serve", "--root", str(root), "--port", "0"]
    process = subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    for line in process.stdout:
        if "http://127.0.0.1:" in line:
            yield line[line.index("http") : line.index("/ ") + 1], process
            break
    process.terminate()
    process.wait(timeout=20)
    process.stdout.close()


def test_an_edit_shows_and_a_problem_clears(root: Path, served: tuple[str, "subprocess.Popen[str]"], browser: Browser) -> None:
    address, process = served
    page = browser.new_page()
    page.goto(f"{address}positions/xiao-qu.html")
    path = root / "positions" / "hecheng" / "xiao-qu.yml"
    sound = path.read_text(encoding="utf-8")

    path.write_text(sound + "address: 新添的地址 8 号\n", encoding="utf-8")
    expect(page.locator("main")).to_contain_text("新添的地址 8 号", timeout=PATIENCE)

    path.write_text(sound.replace("tier: point", "tier: ponit"), encoding="utf-8")
    told = page.locator("#serve-problems")
    expect(told).to_contain_text("positions/hecheng/xiao-qu.yml:3:7", timeout=PATIENCE)
    expect(told).to_contain_text("是不是想写「point」")
    expect(page.locator("main")).to_contain_text("新添的地址 8 号")

    path.write_text(sound, encoding="utf-8")
    expect(told).to_have_count(0, timeout=PATIENCE)
    expect(page.locator("main")).not_to_contain_text("新添的地址 8 号")
    page.close()

    process.terminate()
    assert process.stdout is not None
    said = process.stdout.read()
    assert "positions/hecheng/xiao-qu.yml:3:7: 「tier（层级）」" in said
    assert "问题都改好了" in said


def test_files_outside_the_site_are_not_served(served: tuple[str, "subprocess.Popen[str]"], browser: Browser) -> None:
    page = browser.new_page()
    for path in ("../../directory.yml", "%2e%2e/%2e%2e/directory.yml", "..%2f..%2flock"):
        response = page.request.get(f"{served[0]}{path}")
        assert response.status == 404, path
    page.close()
