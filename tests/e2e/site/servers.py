"""Apache and Caddy with the files that are shipped, of which only ports and folders are others."""

import re
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.error import URLError
from urllib.request import urlopen

from haitang.core.toolchain import program
from tests.e2e.site.test_nginx import free_port, nginx
from tests.worlds import PROJECT

DEPLOY = PROJECT / "deploy"
_MODULES = ("mpm_event", "authz_core", "dir", "mime", "alias", "headers", "filter", "deflate")


def shipped(name: str, replaced: dict[str, str]) -> str:
    """The text of a file in deploy/ with other words for some of it, each of which must be there."""
    text = (DEPLOY / name).read_text("utf-8")
    for theirs, ours in replaced.items():
        assert theirs in text, theirs
        text = text.replace(theirs, ours)
    return text


def apache(folder: Path, port: int) -> list[str]:
    """The command line that runs it in the foreground."""
    found = program("apache2")
    assert found, "no apache2: `build.py test --all` installs it for root on Debian; else install apache2-bin"
    conf = shipped("apache.conf", {"*:80>": f"127.0.0.1:{port}>", "/srv/haitang/out": str(folder)})
    modules = "".join(f"LoadModule {name}_module /usr/lib/apache2/modules/mod_{name}.so\n" for name in _MODULES)
    (folder / "apache2.conf").write_text(
        f"{modules}ServerName 127.0.0.1\nListen 127.0.0.1:{port}\nPidFile {folder}/pid\nErrorLog {folder}/error.log\n"
        f"TypesConfig /etc/mime.types\nDefaultRuntimeDir {folder}\nServerRoot {folder}\n{conf}",
        "utf-8",
    )
    subprocess.run([found, "-t", "-f", f"{folder}/apache2.conf"], check=True, capture_output=True)
    return [found, "-f", f"{folder}/apache2.conf", "-DFOREGROUND"]


def caddy(folder: Path, port: int) -> list[str]:
    """The same for Caddy."""
    found = program("caddy")
    assert found, "no caddy: `build.py test --all` installs it for root on Debian; else install caddy"
    conf = shipped("Caddyfile", {"directory.example {": f"http://127.0.0.1:{port} {{", "/srv/haitang/out": str(folder)})
    (folder / "Caddyfile").write_text(f"{{\n\tadmin off\n\tstorage file_system {folder}/store\n}}\n{conf}", "utf-8")
    command = ["--config", f"{folder}/Caddyfile", "--adapter", "caddyfile"]
    subprocess.run([found, "validate", *command], check=True, capture_output=True)
    return [found, "run", *command]


def nginx_in_front(folder: Path, port: int) -> list[str]:
    """And for nginx."""
    return [*nginx(folder, port), "-g", "daemon off;"]


SERVERS = {"nginx": nginx_in_front, "apache": apache, "caddy": caddy}


@contextmanager
def behind(name: str, folder: Path) -> Iterator[str]:
    """The origin of what test_nginx.laid_out made, with a slash, while a server shows it."""
    port = free_port()
    with (folder / f"{name}.log").open("wb") as log:
        running = subprocess.Popen(SERVERS[name](folder, port), stdout=log, stderr=log)
    try:
        _wait(f"http://127.0.0.1:{port}/", running)
        yield f"http://127.0.0.1:{port}/"
    finally:
        running.terminate()
        running.wait(20)


def _wait(address: str, running: "subprocess.Popen[bytes]") -> None:
    for _ in range(200):
        assert running.poll() is None, "the server ended"
        try:
            with urlopen(address, timeout=5):
                return
        except URLError:
            time.sleep(0.05)
    raise AssertionError("the server does not answer")


def said_by(name: str) -> set[tuple[str, str, str]]:
    """(where, header, value) as a file in deploy/ says it of pages, of what is not like them, and of a kiosk's folder."""
    return _READERS[name]((DEPLOY / name).read_text("utf-8"))


EMBED, DATA, ASSETS = r"(?<!/data)/embed\.html$", "/data/", "/assets/"
SITE = {"pages": "", "form": "/admin/", "embed": EMBED, "data": DATA, "assets": ASSETS}  # a part of its addresses


def _nginx_says(text: str) -> set[tuple[str, str, str]]:
    maps = {}
    for name, body in re.findall(r"^map \$uri \$(\w+) \{\n(.*?)^\}", text, re.M | re.S):
        maps[name] = re.findall(r'^    (default|~\S+) "?([^"\n]*?)"?;(?: #.*)?$', body, re.M)
    rows = set()
    for indent, header, value in re.findall(r'^( +)add_header (\S+) ("[^"]*"|\$\w+) always;$', text, re.M):
        for where, part in SITE.items() if len(indent) == 4 else [("kiosk", "")]:
            said = value.strip('"')
            if value.startswith("$"):
                rules = maps[value[1:]]
                fits = [own for rule, own in rules if rule == f"~{part}" or part.strip("/") in _either(rule)]
                said = fits[0] if fits else dict(rules)["default"]
            if said:
                rows.add((where, header, said))
    return rows


def _either(rule: str) -> list[str]:
    """The folders that a rule names."""
    found = re.fullmatch(r"~/\(\?:([\w|]+)\)/", rule)
    return found[1].split("|") if found else []


def _apache_says(text: str) -> set[tuple[str, str, str]]:
    whole = dict.fromkeys((*SITE, "kiosk"), "")
    whole |= {where: f'    <LocationMatch "{part}">\n' for where, part in SITE.items() if part}
    whole["kiosk"] = '    <Location "/kiosk/">\n'
    common = dict(re.findall(r'^    Header always set (\S+) "(.*)"$', text, re.M))
    rows = set()
    for where, start in whole.items():
        part = text[text.index(start) + len(start) :].partition("</Location")[0] if start else ""
        own = common | dict(re.findall(r'^        Header always set (\S+) "(.*)"$', part, re.M))
        rows |= {(where, header, value) for header, value in own.items()}
    return rows


def _caddy_says(text: str) -> set[tuple[str, str, str]]:
    rows = set()
    kiosk, _, rest = text.partition("\thandle {\n")
    blocks = r'^\t{3}([A-Z][\w-]+) "(.*)"$'
    rows |= {("kiosk", header, value) for header, value in re.findall(blocks, kiosk, re.M)}
    for header, value in re.findall(blocks, rest, re.M):
        rows |= {(where, header, value) for where in SITE}
    # Which addresses a matcher means: all but those of the others, or its own.
    means = {"missing": ("pages",), "pages": ("pages", "assets"), "own": ("pages", "form")}
    for name, header, value in re.findall(r'header @(\w+) ((?:Content-Sec|Cross-Or|Access-Con)\S+) "(.*)"$', rest, re.M):
        rows |= {(where, header, value) for where in means.get(name, (name,))}
    return rows


_READERS = {"nginx.conf": _nginx_says, "apache.conf": _apache_says, "Caddyfile": _caddy_says}
