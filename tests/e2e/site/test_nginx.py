"""The site behind a real nginx with the file that is shipped: each page gets what it needs, and no page more than that."""

import os
import re
import shutil
import socket
import subprocess
from collections.abc import Iterator
from dataclasses import replace
from http.client import HTTPResponse
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest
from playwright.sync_api import Browser, Route, expect

from haitang.core.toolchain import program
from haitang.site import form_editor
from haitang.site.build import Builder
from tests.e2e.site.conftest import Watched, until
from tests.e2e.site.page_kinds import KINDS
from tests.worlds import PROJECT, WORLD, inputs, publish

SHIPPED = (PROJECT / "deploy" / "nginx.conf").read_text("utf-8")
SUB = "dang/zhendi/"  # another path of the same server
FORGE = "https://git.example.org"
PAGES = sorted({kind.path for kind in KINDS if kind.site == "world" and kind.path != "404.html"})
FORM = ("admin/", "admin/index.html", f"{SUB}admin/", f"{SUB}admin/index.html")
OTHERS = ("", "no-such-page.html", "administration.html", "data-no-such-page.html", "manifest.webmanifest")
DATA = ("data/positions.geojson", "data/embed.html", f"{SUB}data/embed.html", f"{SUB}data/files.js")
HARDENED = ("X-Content-Type-Options", "Referrer-Policy", "Permissions-Policy", "Cache-Control")


@pytest.fixture(scope="module")
def origin(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A site with the form editor and a kiosk's folder behind nginx, at the server's root and below SUB."""
    folder = laid_out(tmp_path_factory.mktemp("nginx"))
    port = free_port()
    command = nginx(folder, port)
    subprocess.run([*command, "-t"], check=True, capture_output=True)
    subprocess.run(command, check=True)  # comes back when it listens
    yield f"http://127.0.0.1:{port}/"
    subprocess.run([*command, "-s", "stop"], check=True)


def laid_out(folder: Path) -> Path:
    """The folder with what a server is to show: `site`, which holds itself below SUB too, and `kiosk`."""
    root = Path(shutil.copytree(WORLD, folder / "data"))
    settings = (root / "directory.yml").read_text("utf-8")
    login = f"repository:\n  url: {FORGE}/yangli/zhendi\n  kind: gitea\n  app_id: 00000000-0000\n"
    (root / "directory.yml").write_text(re.sub(r"^repository:\n(?: .*\n)+", login, settings, flags=re.M), "utf-8")
    publish(
        root, folder / "out", builder=Builder(replace(inputs(root), editor=form_editor.Editor(PROJECT / form_editor.PACKAGE)))
    )
    (folder / "site").symlink_to((folder / "out" / "site").resolve())
    (folder / "site" / SUB).parent.mkdir()
    (folder / "site" / SUB.rstrip("/")).symlink_to(folder / "site")
    (folder / "kiosk").mkdir()
    (folder / "kiosk" / "index.html").write_text("<title>kiosk</title>", "utf-8")
    return folder


def free_port() -> int:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        return int(free.getsockname()[1])


def nginx(folder: Path, port: int) -> list[str]:
    """The command line for the shipped file, of which only the port and the folders are others."""
    found = program("nginx")
    assert found, "no nginx: `build.py test` installs it for root on Debian; else install nginx"
    conf = SHIPPED
    for shipped, ours in (
        ("listen 80;", f"listen 127.0.0.1:{port};"),
        ("    listen [::]:80;\n", ""),
        ("/srv/haitang/out/site", f"{folder}/site"),
        ("/srv/haitang/out/kiosk/", f"{folder}/kiosk/"),
    ):
        assert shipped in conf
        conf = conf.replace(shipped, ours)
    user = "user root;\n" if os.geteuid() == 0 else ""  # its workers could not read a test's folder
    kept = "".join(f"{kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    (folder / "nginx.conf").write_text(
        f"{user}worker_processes 1;\npid {folder}/pid;\nevents {{}}\nhttp {{ access_log off; {kept}\n{conf}\n}}\n", "utf-8"
    )
    return [found, "-p", str(folder), "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]


def asked(url: str, method: str = "GET") -> HTTPResponse | HTTPError:
    try:
        return urlopen(Request(url, method=method), timeout=20)  # type: ignore[no-any-return]
    except HTTPError as refused:
        return refused


@pytest.mark.parametrize("path", FORM)
def test_the_form_editor_opens(origin: str, browser: Browser, path: str) -> None:
    """Decap makes code from text to check its settings: an EvalError would leave the page empty."""
    watched = Watched(browser.new_page(locale="zh-CN"))
    watched.page.goto(origin + path)
    expect(watched.page.get_by_role("button", name=re.compile("Gitea|登录"))).to_be_visible(timeout=20_000)
    assert [said for said in watched.console if not said.startswith(("decap-cms", "Using config file"))] == []
    assert watched.foreign == []
    watched.page.context.close()


def test_it_may_ask_its_forge_and_nobody_else(origin: str, browser: Browser) -> None:
    context = browser.new_context()

    def answer(route: Route) -> None:
        route.fulfill(json={"login": "yangli"}, headers={"Access-Control-Allow-Origin": "*"})

    context.route(re.compile("^https://"), answer)
    page = context.new_page()
    page.goto(f"{origin}admin/")
    ask = "(url) => fetch(url).then((answer) => answer.ok, () => false)"
    assert page.evaluate(ask, f"{FORGE}/api/v1/user")
    assert not page.evaluate(ask, "https://elsewhere.example.org/")
    context.close()


def test_no_other_page_gets_what_the_editor_needs(origin: str) -> None:
    for sub in ("", SUB):
        for path in (
            *PAGES,
            "",
            "no-such-page.html",
            "admin-no-such-page.html",
            "assets/haitang.css",
            "data/positions.geojson",
        ):
            answer = asked(f"{origin}{sub}{path}")
            policy = str(answer.headers["Content-Security-Policy"])
            assert "'unsafe-" not in policy and "default-src 'none'" in policy and "https:" not in policy, path
            assert all(answer.headers[name] for name in HARDENED), path
        for path in FORM:
            answer = asked(f"{origin}{path}")
            assert "'unsafe-eval'" in str(answer.headers["Content-Security-Policy"])
            assert all(answer.headers[name] for name in HARDENED), path
    assert answer.headers.get_all("Content-Security-Policy") == [str(answer.headers["Content-Security-Policy"])]


def test_the_policy_breaks_no_page(origin: str, browser: Browser) -> None:
    """With scripts, maps, search and the service worker."""
    watched = Watched(browser.new_page(viewport={"width": 1440, "height": 900}))
    for path in (*PAGES, "search.html?town=hecheng", "map.html", f"{SUB}index.html", f"{SUB}map.html"):
        watched.page.goto(origin + path, wait_until="networkidle")
    until(watched.page, "() => navigator.serviceWorker.getRegistration().then((found) => found && found.active)")
    assert watched.page.locator(".map-mark").count() > 0
    assert watched.console == []
    assert watched.foreign == []
    watched.page.context.close()


@pytest.mark.parametrize(
    "path",
    [
        "x%0d%0aX-Evil:%201/admin", "x%0d%0aSet-Cookie:a=b%0d%0a%0d%0a<script>/admin", "%5cexample.org/admin",
        "%09/example.org/admin",
        "/example.org/admin", "admin%0a", "%E9%98%B5%20%E5%9C%B0/admin", "kiosk/%0d%0aX-Evil:%201/admin",
        "kiosk/%0d%0aX-Evil:%201",
    ],
)  # fmt: skip
def test_no_address_writes_a_header_or_leads_elsewhere(origin: str, path: str) -> None:
    """Asked as it stands, without what a client makes of it."""
    host = origin.removeprefix("http://").rstrip("/")
    with socket.create_connection((host.split(":")[0], int(host.split(":")[1])), timeout=20) as server:
        server.sendall(f"GET /{path} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n".encode())
        told = b"".join(iter(lambda: server.recv(65536), b"")).decode("latin-1")
    headers, _, body = told.partition("\r\n\r\n")
    names = [line.partition(":")[0].lower() for line in headers.split("\r\n")[1:]]
    assert "x-evil" not in names and "set-cookie" not in names and "<script>/admin" not in body
    assert names.count("content-security-policy") == 1
    assert re.findall(r"(?im)^location: (.*)$", headers) in ([], ["admin/\r"], ["admin/"])


def test_it_serves_files_and_takes_nothing(origin: str) -> None:
    assert asked(f"{origin}index.html", "HEAD").status == 200
    assert asked(f"{origin}index.html", "POST").status == 403
    assert asked(f"{origin}.git/config").status == 404
    assert asked(f"{origin}no-such-page.html").status == 404
    assert asked(f"{origin}admin").url == f"{origin}admin/"
    assert "text/yaml" in str(asked(f"{origin}admin/config.yml").headers["Content-Type"])
    assert asked(f"{origin}kiosk/index.html").headers["Content-Security-Policy"] == "frame-ancestors *"
