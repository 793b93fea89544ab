"""The site behind each server that deploy/ has a file for: the same headers, and the form editor opens."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Route, expect

from benchmarks.scores import headers
from haitang.model.messages import SITE_LANGUAGES
from haitang.model.settings import MapSettings
from haitang.site.policy import of_form, of_pages
from tests.e2e.site.conftest import Watched, until
from tests.e2e.site.servers import DEPLOY, behind, said_by
from tests.e2e.site.test_nginx import DATA, FORGE, FORM, OTHERS, PAGES, SUB, asked, laid_out

WHERE = ("pages", "form", "embed", "data", "assets", "kiosk")
TABLE = {(where, header, value) for where in WHERE for header, value in headers(where)}


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return laid_out(tmp_path_factory.mktemp("servers"))


@pytest.fixture(
    scope="module",
    params=["nginx", pytest.param("apache", marks=pytest.mark.long), pytest.param("caddy", marks=pytest.mark.long)],
)
def origin(request: pytest.FixtureRequest, folder: Path) -> Iterator[str]:
    with behind(request.param, folder) as origin:
        yield origin


@pytest.mark.requirement(34)
@pytest.mark.parametrize("name", ["nginx.conf", "apache.conf", "Caddyfile"])
def test_every_file_says_what_the_table_says(name: str) -> None:
    assert said_by(name) == TABLE
    assert re.search(r"(?m)^\s*# .*Strict-Transport-Security", (DEPLOY / name).read_text("utf-8"))
    assert not re.search(r"(?m)^[^#\n]*Strict-Transport-Security", (DEPLOY / name).read_text("utf-8"))


def test_the_file_for_pages_hosts_says_so_too() -> None:
    """Of policies only who may frame a page, which a page cannot say: such hosts send both where two rules fit."""
    rows: dict[str, dict[str, str]] = {}
    for line in (DEPLOY / "_headers").read_text("utf-8").splitlines():
        if line.startswith("/"):
            rows[line] = {}
        elif not line.lstrip().startswith(("#", "!")):
            header, _, value = line.strip().partition(": ")
            rows[[*rows][-1]][header] = value
    of = {where: dict(headers(where)) for where in ("pages", "form", "embed", "data", "assets")}
    framing = {where: of[where]["Content-Security-Policy"].rpartition("; ")[2] for where in ("pages", "form", "embed")}
    resource = {"Cross-Origin-Resource-Policy": of["assets"]["Cross-Origin-Resource-Policy"]}
    assert rows.pop("/*") == of["pages"] | {"Content-Security-Policy": framing["pages"]}
    assert rows.pop("/admin/*") == {"Content-Security-Policy": framing["form"]}
    assert rows.pop("/assets/*") == resource
    for folder in ("", *(f"/{language}" for language in SITE_LANGUAGES)):
        name = "Access-Control-Allow-Origin"
        assert rows.pop(f"{folder}/data/*") == resource | {name: of["data"][name]}
        for page in ("embed", "embed.html"):
            assert rows.pop(f"{folder}/{page}") == resource | {"Content-Security-Policy": framing["embed"]}
    assert not rows


def test_servers_say_what_pages_say() -> None:
    """And who may frame them. Which hosts the form editor asks, only its page knows."""

    def said(where: str) -> str:
        return dict(headers(where))["Content-Security-Policy"].replace("; ", ";")

    pages, form = said("pages"), said("form")
    assert pages == said("assets") == f"{of_pages(MapSettings())};frame-ancestors 'self'"
    assert said("embed") == f"{of_pages(MapSettings())};frame-ancestors *"
    assert said("data") == f"{of_pages(MapSettings(), framing=True)};frame-ancestors 'self'"
    assert form.replace(" https:", "") == f"{of_form(())};frame-ancestors 'none'"


def test_each_address_gets_its_headers_once(origin: str) -> None:
    of = {
        "pages": (
            "",
            "index.html",
            "positions/he-cheng.html",
            "no-such-page.html",
            "admin-no-such-page.html",
            *OTHERS,
            "sw.js",
        ),
        "embed": ("embed.html", "embed.html?town=hecheng", f"{SUB}embed.html"),
        "data": DATA,
        "assets": ("assets/haitang.css", f"{SUB}assets/words.js"),
        "form": FORM,
        "kiosk": ("kiosk/index.html",),
    }
    for where, paths in of.items():
        for path in paths:
            answer = asked(f"{origin}{path}")
            for header, value in headers(where):
                assert answer.headers.get_all(header) == [value], (path, header)
            readers = "Access-Control-Allow-Origin"
            assert (readers in answer.headers) == (readers in dict(headers(where))), path
            assert "Access-Control-Allow-Credentials" not in answer.headers


def test_it_serves_files_and_takes_nothing(origin: str) -> None:
    assert asked(f"{origin}index.html", "HEAD").status == 200
    assert asked(f"{origin}index.html", "POST").status in (403, 405)
    assert asked(f"{origin}index.html", "DELETE").status in (403, 405)
    assert asked(f"{origin}.git/config").status == 404
    missing = asked(f"{origin}no-such-page.html")
    assert missing.status == 404 and b"data-lost" in missing.read()
    assert asked(f"{origin}admin").url == f"{origin}admin/"
    for path, kind in {
        "admin/config.yml": "text/yaml",
        "data/positions.geojson": "application/geo+json",
        "manifest.webmanifest": "application/manifest+json",
        "assets/haitang.css": "text/css; charset=utf-8",
        "index.html": "text/html; charset=utf-8",
        "sw.js": "javascript",
    }.items():
        assert kind in asked(f"{origin}{path}").headers["Content-Type"], path


def test_no_page_is_broken(origin: str, browser: Browser) -> None:
    watched = Watched(browser.new_page(viewport={"width": 1440, "height": 900}))
    for path in (*PAGES, f"{SUB}index.html", f"{SUB}map.html"):
        watched.page.goto(origin + path, wait_until="networkidle")
    until(watched.page, "() => navigator.serviceWorker.getRegistration().then((found) => found && found.active)")
    assert watched.console == []
    watched.page.context.close()


def test_the_form_editor_opens_and_asks_its_forge_alone(origin: str, browser: Browser) -> None:
    """And its login, a window of the forge's, can answer it."""
    context = browser.new_context(locale="zh-CN")

    def answer(route: Route) -> None:
        told = "<script>opener.postMessage('signed in', '*')</script>" if "login" in route.request.url else "{}"
        kind = "text/html" if "login" in route.request.url else "application/json"
        route.fulfill(body=told, content_type=kind, headers={"Access-Control-Allow-Origin": "*"})

    context.route(re.compile("^https://"), answer)
    watched = Watched(context.new_page())
    watched.page.goto(f"{origin}admin/")
    expect(watched.page.get_by_role("button", name=re.compile("Gitea|登录"))).to_be_visible(timeout=20_000)
    assert [said for said in watched.console if not said.startswith(("decap-cms", "Using config file"))] == []
    ask = "(url) => fetch(url).then((answer) => answer.ok, () => false)"
    assert watched.page.evaluate(ask, f"{FORGE}/api/v1/user")
    assert not watched.page.evaluate(ask, "https://elsewhere.example.org/")
    heard = """(url) => new Promise((done) => {
      addEventListener("message", (event) => done(event.data));
      open(url);
      setTimeout(() => done("nothing"), 5000);
    })"""
    assert watched.page.evaluate(heard, f"{FORGE}/login") == "signed in"
    context.close()
