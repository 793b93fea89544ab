"""The screen of a hall while its next release is brought in badly: killed in the middle, broken, hostile. Somebody watches it.

The rule: pictures are taken all the while; none is of one colour, and each shows the app of a whole release.
"""

import random
import shutil
import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from haitang.kiosk.release.install import install, lay_out, pack, rollback, sign, verify
from haitang.kiosk.release.manifest import Refused
from tests.e2e.kiosk.apps import kiosk_of
from tests.e2e.kiosk.launcher_page import live, not_blank, pass_time, pass_until, shown
from tests.e2e.kiosk.screen import app as app_file
from tests.e2e.site.conftest import Watched
from tests.kiosk.broken_zips import SECRET, broken_zips, release
from tests.site.kills import killed

KILLS = 20
BETWEEN = 0.1  # seconds from one picture to the next, where a picture does not take longer


@pytest.fixture(scope="module")
def zips(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, Path]:
    """Two signed releases of a hall; the second has another place."""
    folder = tmp_path_factory.mktemp("watched")
    root = folder / "data"
    app_file(root, folder / "app")
    made = []
    for name in ("old", "new"):
        if name == "new":
            own = root / "positions" / "hecheng" / "xin.yml"
            own.write_text("id: xin\nname: 新来的站\ntown: hecheng\ntier: station\nsources:\n  - title: 虚构\n", "utf-8")
        kiosk_of(root, folder / name)
        made.append(next((folder / name).rglob("*.zip")))
        sign(made[-1], SECRET)
    return made[0], made[1]


def attempts(good: Path, dest: Path, scratch: Path) -> Iterator[str]:
    """Everything that goes wrong, one after the other: what came of each."""
    dice = random.Random(20)
    install(good, scratch / "usual", SECRET.public)  # the imports are done, and how long it takes is known
    started = time.perf_counter()
    install(good, scratch / "again", SECRET.public)
    usual = time.perf_counter() - started
    first = verify(dest).id
    for _ in range(KILLS):
        in_time = killed(["kiosk", "install", str(good), str(dest)], dice.uniform(0, usual))
        usual *= 1 if in_time else 0.8  # the machine was busier when it was measured
        yield "killed" if in_time else "done"
        if verify(dest).id != first:  # it had ended before: once more from the beginning
            new = verify(dest).id
            rollback(dest)
            shutil.rmtree(dest / "releases" / new)
    small = release(hall="yang-li")  # of the same hall, whose files the broken ones know by name
    lay_out(small, scratch / "small")
    pack(scratch / "small", scratch / "small.zip")
    sign(scratch / "small.zip", SECRET)
    for number, (name, code, data) in enumerate(broken_zips((scratch / "small.zip").read_bytes())):
        path = scratch / f"{number}.zip"
        path.write_bytes(data)
        try:
            install(path, dest)
            yield f"{name}: taken"
        except Refused as refused:
            yield "refused" if refused.code == code else f"{name}: {refused.code}"
        path.unlink()


@pytest.mark.requirement(25, 26)
def test_the_screen_is_never_blank(tmp_path: Path, zips: tuple[Path, Path], watched: Watched) -> None:
    """Twenty kills and every broken zip; then a good one is swapped in."""
    old, new = zips
    dest = tmp_path / "展厅 #1 50%"
    first = install(old, dest, SECRET.public).manifest.id
    page = watched.page
    page.clock.install()
    page.goto((dest / "index.html").as_uri())
    live(page).wait_for_selector(".a-slide.is-on", state="attached")
    page.wait_for_selector("#splash", state="hidden")
    outcomes: list[str] = []
    trouble: list[BaseException] = []

    def work() -> None:
        try:
            outcomes.extend(attempts(new, dest, tmp_path))
        except BaseException as error:  # told below, in the thread that is asked
            trouble.append(error)

    # Forking beside a browser's threads is safe here: the child only installs, and is killed.
    worker = threading.Thread(target=work)
    worker.start()
    seen, pictures = set(), 0
    while worker.is_alive():
        started = time.perf_counter()
        not_blank(page)
        seen.add(shown(page))
        pictures += 1
        page.clock.run_for(2_000)  # the launcher looks for a new release all the while
        page.wait_for_timeout(max(10, (BETWEEN - (time.perf_counter() - started)) * 1_000))
    worker.join()
    assert not trouble
    assert "killed" in outcomes and set(outcomes) <= {"killed", "done", "refused"}
    assert outcomes.count("refused") >= 20 and pictures >= 5  # as many as a busy machine can take
    pass_time(page, 44, pause=200)  # the launcher has seen what is there now: it looks every 20 seconds
    outcome = install(new, dest)
    assert verify(dest).id == outcome.manifest.id != first
    assert seen <= {first, outcome.manifest.id}  # an installation that was not killed in time is a whole one
    pass_until(page, lambda: shown(page) == outcome.manifest.id, 120, pause=500)
    not_blank(page)
    pass_until(page, lambda: page.locator("iframe").count() == 1)
    assert live(page).evaluate("HAITANG.places.id.indexOf('xin') >= 0")
    # A release that the test itself took away may just have been looked for.
    assert [text for text in watched.console if "ERR_FILE_NOT_FOUND" not in text] == []
