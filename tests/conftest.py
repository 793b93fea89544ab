"""What several test files share: a small sound data root, and how a problem must read."""

import fcntl
import importlib
import os
import pkgutil
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from datetime import date
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Frame, Page, sync_playwright

import haitang
from benchmarks.waiting import wait_for
from haitang.checks.load import load_for_halls
from haitang.cli.install_steps import HEADLESS
from haitang.core.problems import InvalidDirectory, Problem
from haitang.core.toolchain import chromium, program
from haitang.model import messages
from haitang.model.abroad import region
from haitang.model.messages import words
from tests.acceptance.table import Plugin as AcceptanceTable

# Playwright's own makes code of texts in the page, which no page's policy allows.
Page.wait_for_function = wait_for  # type: ignore[method-assign, assignment]
Frame.wait_for_function = wait_for  # type: ignore[method-assign, assignment]

# All of it before any test: a module that is first loaded while a test has something else in the place of a function would
# keep that for good.
for _module in pkgutil.walk_packages(haitang.__path__, "haitang."):
    if _module.name != "haitang.site.edition.cluster":  # whose package is of no test
        importlib.import_module(_module.name)

BASE = Path(__file__).parent / "mistakes" / "base"
ARGUMENTS = [
    "--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update", "--no-first-run",
    "--font-render-hinting=none",  # a line is as long in every Chromium, small or whole
]  # fmt: skip
TODAY = date(2026, 11, 23)

# A message for editors is Chinese. These Latin words belong to what they type or see; field names, the words to choose from and
# what stands in the file itself may be named too.
LATIN = frozenset(
    (
        "ICP GBK GB18030 Big5 KiB MiB PNG JPEG WebP Tab UTF Excel YAML brands directory photos positions yml "
        "jpg png webp root https http id name title publisher date crs lon lat successor identity production "
        "approval tiers qifa guangchang lujia b8263f wgs84 gcj02 sources no map geojson "
        "GeoJSON Polygon MultiPolygon kunshan tiles iPhone HEIC GIF python3 build py check fix bd09 exact street "
        "dangqun example com Asia Shanghai GB ENG XYZ region slides video mp4 webm MP4 WebM GPS"
    ).split()
)
_LATIN_WORD = re.compile(r"[A-Za-z][A-Za-z0-9]+(?![A-Za-z0-9…])")  # not one that was cut short
LINE = re.compile(r"[^:\n]+:[1-9]\d*:[1-9]\d*: .+")
CHINESE = re.compile(r"[\u4e00-\u9fff]")
HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ud800-\udfff]")


def headless() -> str:
    """The browser of the tests: HAITANG_CHROMIUM, else the small one, else any Chromium."""
    executable = os.environ.get("HAITANG_CHROMIUM") or program(HEADLESS) or chromium()
    assert executable, "no Chromium: `build.py test` installs it or says how"
    return executable


@pytest.hookimpl(tryfirst=True)
def pytest_runtest_setup() -> None:
    """Each test, and what fixtures of any scope make for it, begins with the words of the small root, in its country, whosever
    the one before it spoke with."""
    if messages.whose() != BASE:
        messages.use(BASE)
    region.settle(None)


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    executable = headless()
    with sync_playwright() as playwright:
        running = playwright.chromium.launch(executable_path=executable, args=ARGUMENTS)
        yield running
        running.close()


def pytest_configure(config: pytest.Config) -> None:
    config.pluginmanager.register(AcceptanceTable())


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--bless", action="store_true", help="take what is built now as what is right (tests/golden)")
    parser.addoption(
        "--pictures", action="store_true", help="take pictures of all pages too (tests/e2e/looks.py): out/looks.html"
    )
    parser.addoption("--all", action="store_true", help="the tests marked `long` too: `build.py test --all`")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Leaves out what is `long`, and puts files that wait (those in a browser) between files that compute, each in their order:
    whatever a worker is at, others use the time in which it waits."""
    if not config.getoption("--all"):
        left_out = [item for item in items if item.get_closest_marker("long")]
        config.hook.pytest_deselected(items=left_out)
        items[:] = [item for item in items if item not in left_out]
    items[:] = mixed(items)


def mixed(items: list[pytest.Item]) -> list[pytest.Item]:
    """Files of either sort spread evenly over the whole run."""
    place: dict[Path, float] = {}
    sorts: list[list[Path]] = [[], []]
    for item in items:
        waits = "e2e" in item.path.parts
        if item.path not in sorts[waits]:
            sorts[waits].append(item.path)
    for files in sorts:
        place.update({path: (at + 0.5) / len(files) for at, path in enumerate(files)})
    return sorted(items, key=lambda item: (place[item.path], item.path))


@pytest.fixture
def bless(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--bless"))


@pytest.fixture(scope="session")
def pictures(request: pytest.FixtureRequest) -> bool:
    return bool(request.config.getoption("--pictures"))


Shared = Callable[[str, Callable[[Path], object]], Path]


@pytest.fixture(scope="session")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Shared:
    """`shared(name, make)`: a folder that the first of all workers who asks for it has made, once a run. Nobody changes it."""
    top = tmp_path_factory.getbasetemp()
    top = (top.parent if "PYTEST_XDIST_WORKER" in os.environ else top) / "shared"
    top.mkdir(exist_ok=True)

    def folder(name: str, make: Callable[[Path], object]) -> Path:
        made, fresh = top / name, top / f"{name}.new"
        with (top / f"{name}.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            if not made.exists():
                fresh.mkdir()
                make(fresh)
                fresh.rename(made)
        return made

    return folder


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A sound data root that a test may spoil."""
    return Path(shutil.copytree(BASE, tmp_path / "data"))


def problems_of(root: Path, *, advised: bool = True) -> tuple[Problem, ...]:
    """Every problem of a data root, warnings and hints too; none when it is sound."""
    try:
        return load_for_halls(root, today=TODAY, advised=advised).remarks
    except InvalidDirectory as invalid:
        return invalid.problems


def spots(problems: Iterable[Problem]) -> list[tuple[str, int, str]]:
    """File, line and code of problems: what tables of mistakes tell."""
    return [(problem.place.file, problem.place.line, problem.code) for problem in problems]


def readable(problem: Problem, known: str = "") -> str:
    """The Chinese message of a problem, once it has the shape every message has. `known` is text it may quote."""
    message = words("zh-CN").problem(problem)
    assert LINE.fullmatch(message), message
    assert not HIDDEN.search(message), ascii(message)
    said = message.split(": ", 1)[1]
    assert CHINESE.search(said), message
    fields = words("zh-CN").tree["fields"]
    allowed = LATIN | set(_LATIN_WORD.findall(f"{known} {' '.join(fields)} {' '.join(map(str, problem.values.values()))}"))
    assert set(_LATIN_WORD.findall(said)) <= allowed, f"{message} speaks English: {set(_LATIN_WORD.findall(said)) - allowed}"
    return message
