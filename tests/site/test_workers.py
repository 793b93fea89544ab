"""Whoever makes the outputs: the same bytes, the same faults, and nothing is lost with a worker."""

import json
import multiprocessing
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import replace
from importlib import import_module
from pathlib import Path

import pytest

from haitang.cli import main
from haitang.site import publish
from haitang.site.build import Builder
from haitang.site.edition import workers
from haitang.site.edition.recipe import Recipe
from haitang.site.edition.workers import Workers
from haitang.site.edition.writer import Part, Writer
from haitang.site.page import POSITION, File, Page
from haitang.site.pages import positions
from haitang.site.publish import Unsound
from haitang.site.views import Site
from tests import worlds
from tests.worlds import PROJECT, WORLD, inputs, tree

HERE = os.getpid()


@pytest.fixture(autouse=True)
def _many(monkeypatch: pytest.MonkeyPatch) -> None:
    """Few outputs are enough, and each may be another worker's."""
    monkeypatch.setattr(publish, "FEWEST", 1)
    monkeypatch.setattr(workers, "_SMALLEST", 2)
    monkeypatch.setattr(workers, "_CHUNKS", 40)


def built(out: Path, how: Workers, root: Path = WORLD) -> dict[str, bytes]:
    worlds.publish(root, out, builder=Builder(inputs(root), workers=how))
    return tree(out / "site")


@pytest.fixture(scope="module")
def alone(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    return built(tmp_path_factory.mktemp("alone"), Workers(1))


@pytest.mark.parametrize("count", [2, 3])
def test_the_number_of_workers_changes_no_byte(count: int, alone: dict[str, bytes], tmp_path: Path) -> None:
    assert built(tmp_path, Workers(count)) == alone
    assert list(built(tmp_path, Workers(count))) == list(alone)


def test_a_worker_makes_pages(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made = positions._page
    monkeypatch.setattr(positions, "_page", lambda *given: replace(made(*given), description=str(os.getpid())))
    # A worker that is slow to begin must find something left to do.
    local = workers._made_here

    def slowly(job: workers.Job, chunk: Sequence[str]) -> Part:
        time.sleep(0.02 * (os.getpid() == HERE))
        return local(job, chunk)

    monkeypatch.setattr(workers, "_made_here", slowly)
    pages = built(tmp_path, Workers(2))
    pids = {line for page in pages.values() for line in page.split(b'"') if line.isdigit() and int(line) > 1000}
    assert any(int(pid) != HERE for pid in pids)


def test_what_a_worker_made_of_the_same_bytes_is_the_same_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = built(tmp_path, Workers(2))
    inodes = {path: (tmp_path / "site" / path).stat().st_ino for path in before}
    monkeypatch.setattr("haitang.site.build.PACKAGE", tmp_path)  # another program, and so all is made again
    report = worlds.publish(WORLD, tmp_path, builder=Builder(inputs(WORLD), workers=Workers(2)))
    assert (report.written, report.switched) == (0, False)
    assert {path: (tmp_path / "site" / path).stat().st_ino for path in before} == inodes


def test_faults_of_workers_are_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def planted(site: Site) -> Iterator[Page | File | Recipe]:
        for number in range(40):
            path = f"positions/x{number}.html"
            page = Page(path, POSITION, "题", "话", f'<a href="nowhere{number}.html">x</a>')
            yield Recipe(path, (number,), lambda page=page: page, POSITION, "pages/position.html")  # type: ignore[misc]

    monkeypatch.setattr("haitang.site.build.everything_else", planted)
    with pytest.raises(Unsound) as broken:
        built(tmp_path, Workers(2))
    told = {fault.about for fault in broken.value.faults if fault.code == "missing"}
    assert {f"nowhere{number}.html" for number in range(40)} <= told


def test_a_killed_worker_costs_only_time(alone: dict[str, bytes], tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made, parent = positions._page, os.getpid()

    def deadly(*given: object) -> Page:
        page: Page = made(*given)  # type: ignore[arg-type]
        if os.getpid() != parent:
            os.kill(os.getpid(), signal.SIGKILL)
        return page

    monkeypatch.setattr(positions, "_page", deadly)
    assert built(tmp_path, Workers(2)) == alone


def test_a_worker_without_our_memory_loads_what_it_needs(alone: dict[str, bytes], tmp_path: Path) -> None:
    def spawned() -> ProcessPoolExecutor:
        return ProcessPoolExecutor(1, multiprocessing.get_context("spawn"))

    assert built(tmp_path, Workers(2, spawned)) == alone


@pytest.mark.parametrize("text", ["0", "-1", "two", "2.0", "１", "99999999", "dask"])
def test_a_number_of_workers_is_asked_for_kindly(text: str, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    assert main.main(["site", "--root", str(WORLD), "--out", str(tmp_path), f"--workers={text}"]) == 2
    assert f"“{text}”" in capsys.readouterr().err


@pytest.fixture
def cluster(tmp_path: Path) -> Iterator[tuple[str, list["subprocess.Popen[bytes]"]]]:
    """A scheduler and two workers on this machine, as the handbook starts them."""
    environment = {**os.environ, "PYTHONPATH": str(PROJECT)}
    address, started = tmp_path / "scheduler.json", []

    def start(*command: str) -> None:
        line, quiet = (
            [sys.executable, "-m", f"distributed.cli.{command[0]}", *command[1:], "--no-dashboard"],
            subprocess.DEVNULL,
        )
        started.append(subprocess.Popen(line, env=environment, cwd=tmp_path, stdout=quiet, stderr=quiet))

    start("dask_scheduler", "--host", "127.0.0.1", "--port", "0", "--scheduler-file", str(address))
    for _ in range(2):
        start("dask_worker", "--scheduler-file", str(address), "--nthreads", "1", "--no-nanny")
    try:
        deadline = time.monotonic() + 60
        while not address.exists() and time.monotonic() < deadline:
            time.sleep(0.1)
        yield json.loads(address.read_text("utf-8"))["address"], started
    finally:
        for process in started:
            process.kill()
            process.wait()


@pytest.mark.long
def test_a_cluster_makes_the_same_bytes_and_may_lose_a_worker(
    cluster: tuple[str, list["subprocess.Popen[bytes]"]],
    alone: dict[str, bytes],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    dask = import_module("haitang.site.edition.cluster")  # only with --all is it installed
    address, processes = cluster
    how = dask.workers(address)
    taken: Callable[..., None] = Writer.take
    counted: list[int] = []

    def killing(*given: object) -> None:
        counted.append(1)
        if len(counted) == 3:
            processes[-1].kill()
        taken(*given)

    monkeypatch.setattr(Writer, "take", killing)
    assert built(tmp_path, how) == alone
    assert len(counted) > 3
    again = dask.workers(address)
    assert again.count == 2  # one worker is left, and this process
    assert built(tmp_path / "again", again) == alone
