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
    """(where, header, value) as a file in deploy/ says it of pages, of the form editor and of a kiosk's folder."""
    return _READERS[name]((DEPLOY / name).read_text("utf-8"))


def _nginx_says(text: str) -> set[tuple[str, str, str]]:
    policies = dict(re.findall(r'^    (default|~/admin/) "([^"]*)";$', text, re.M))
    rows = set()
    for indent, header, value in re.findall(r'^( +)add_header (\S+) ("[^"]*"|\$haitang_policy) always;$', text, re.M):
        if len(indent) > 4:
            rows.add(("kiosk", header, value.strip('"')))
        else:
            is_policy = value == "$haitang_policy"
            rows.add(("pages", header, policies["default"] if is_policy else value.strip('"')))
            rows.add(("form", header, policies["~/admin/"] if is_policy else value.strip('"')))
    return rows


def _apache_says(text: str) -> set[tuple[str, str, str]]:
    whole: dict[str, dict[str, str]] = {}
    for where, start in (
        ("pages", "    "),
        ("form", '    <LocationMatch "/admin/">\n'),
        ("kiosk", '    <Location "/kiosk/">\n'),
    ):
        part = text if where == "pages" else text[text.index(start) + len(start) :].partition("</Location")[0]
        indent = "    " if where == "pages" else "        "
        own = re.findall(rf'^{indent}Header always set (\S+) "(.*)"$', part, re.M)
        whole[where] = whole.get("pages", {}) | dict(own)
    return {(where, header, value) for where, rows in whole.items() for header, value in rows.items()}


def _caddy_says(text: str) -> set[tuple[str, str, str]]:
    rows = set()
    kiosk, _, rest = text.partition("\thandle {\n")
    blocks = r'^\t{3}([A-Z][\w-]+) "(.*)"$'
    rows |= {("kiosk", header, value) for header, value in re.findall(blocks, kiosk, re.M)}
    for header, value in re.findall(blocks, rest, re.M):
        rows |= {("pages", header, value), ("form", header, value)}
    for where, value in re.findall(r'header @(pages|form|missing) Content-Security-Policy "(.*)"$', rest, re.M):
        rows.add(("pages" if where == "missing" else where, "Content-Security-Policy", value))
    return rows


_READERS = {"nginx.conf": _nginx_says, "apache.conf": _apache_says, "Caddyfile": _caddy_says}
