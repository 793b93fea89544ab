"""The launcher inside a host page (requirements 32, 33, 34): over http in both sandboxes, and from a file."""

from collections.abc import Iterator
from typing import Any

import pytest
from playwright.sync_api import Frame, Page

from tests.e2e.kiosk.conftest import over_http
from tests.e2e.kiosk.launcher_page import wait_for
from tests.e2e.kiosk.releases import BUILT, Kiosk
from tests.e2e.site.conftest import Watched

HOST = """<!DOCTYPE html><meta charset="utf-8"><link rel="icon" href="data:,"><body><script>
var heard = [], kiosk = document.createElement("iframe");
addEventListener("message", function (event) {
  if (event.source === kiosk.contentWindow) heard.push([performance.now(), event.data]);
});
function tell(m) { kiosk.contentWindow.postMessage(m, "*"); }
function send(m) { m.src = "hthh"; m.v = 1; tell(m); }
if ("%s") kiosk.setAttribute("sandbox", "%s");
kiosk.src = "index.html";
document.body.appendChild(kiosk);
</script>"""
SANDBOXES = ["allow-scripts", "allow-scripts allow-same-origin", ""]
# Values as strangers send them; each must be ignored by whoever gets it.
FUZZ = """() => {
  const odd = [undefined, null, 0, -1, NaN, true, "", "reset", "hthh", [], [1], {}, new Date(0), /x/, new Map([[1, 2]]),
    new ArrayBuffer(8), "X".repeat(100000), {src: "hthh"}, {v: 1}, {type: "reset"}];
  const types = ["ready", "heartbeat", "activity", "idle", "error", "count", "counts", "want", "checked", "launcher", "check",
    "part", "go", "reset ", "RESET", "__proto__", "constructor", "", "x".repeat(5000)];
  const out = odd.slice();
  // A short word may be somebody's id or code; everything else may not.
  const values = odd.slice(0, 17).filter((value) => value !== "reset" && value !== "hthh");
  for (const type of types) for (const value of values) out.push({src: "hthh", v: 1, type, id: value, state: value, code: value,
    what: value, part: value, name: value, text: value, built: value, days: value, script: value, style: value, csp: value});
  for (const type of ["reset", "pause", "go"])
    for (const v of [0, 2, "1", null, [1]]) out.push({src: "hthh", v, type, id: "a"});
  for (const src of ["HTHH", "", null, ["hthh"]]) out.push({src, v: 1, type: "reset"});
  for (const id of ["A", "-a", "a b", "../x", "a".repeat(65), "阵地", {}, ["a"], 1])
    out.push({src: "hthh", v: 1, type: "go", id});
  return out;
}"""


@pytest.fixture
def served(hall: Kiosk) -> Iterator[str]:
    hall.point(hall.release("a"))
    for number, sandbox in enumerate(SANDBOXES):
        (hall.folder / f"host{number}.html").write_text(HOST % (sandbox, sandbox), "utf-8")
    with over_http(hall.folder) as origin:
        yield origin


def said_by(watched: Watched) -> list[str]:
    """What the console said, but for what Chromium says of every host page that writes both words."""
    return [text for text in watched.console if "both allow-scripts and allow-same-origin" not in text]


def embedded(page: Page, url: str) -> Frame:
    """The app inside the launcher inside the host."""
    page.goto(url)
    wait_for(page, lambda: any(said["type"] == "ready" for said in heard(page)))
    return page.frames[-1]


def heard(page: Page) -> list[dict[str, Any]]:
    return [data for _, data in page.evaluate("heard")]


def seen(app: Frame) -> list[str]:
    return str(app.evaluate("root.getAttribute('data-seen')")).split()


@pytest.mark.requirement(33, 34)
@pytest.mark.parametrize("number", range(len(SANDBOXES)))
def test_a_host_hears_and_is_heard(hall: Kiosk, served: str, watched: Watched, number: int) -> None:
    """33, 34: ready within two seconds, a heartbeat within five, activity once a second; what is private stays private."""
    page = watched.page
    app = embedded(page, f"{served}/host{number}.html")
    assert page.evaluate("heard.filter((m) => m[1].type === 'ready')[0][0]") < 10_000
    ready = next(said for said in heard(page) if said["type"] == "ready")
    assert ready == {"src": "hthh", "v": 1, "type": "ready", "id": app.url.split("/")[-2], "built": BUILT}
    wait_for(page, lambda: [said["state"] for said in heard(page) if said["type"] == "heartbeat"][:2] == ["attract"] * 2)
    page.evaluate(
        "send({type: 'reset'}); send({type: 'go', id: 'lujia-1', more: 1}); send({type: 'pause'}); send({type: 'resume'})"
    )
    wait_for(page, lambda: seen(app)[-4:] == ["reset", "go:lujia-1", "pause", "resume"])
    app.evaluate("for (let i = 0; i < 30; i++) say({type: 'activity', who: '王'})")
    app.evaluate("say({type: 'count', what: 'qr'}); say({type: 'counts'}); say({type: 'want', part: 'photo-a'})")
    app.evaluate("say({type: 'idle'}); say({type: 'error', code: 'data', text: 'x'})")
    wait_for(page, lambda: {"idle", "error"} <= {said["type"] for said in heard(page)})
    assert [said for said in heard(page) if said["type"] == "activity"] == [{"src": "hthh", "v": 1, "type": "activity"}]
    assert {said["type"] for said in heard(page)} == {"ready", "heartbeat", "activity", "idle", "error"}
    assert {"src": "hthh", "v": 1, "type": "error", "code": "data"} in heard(page)
    assert said_by(watched) == []
    assert [url for url in watched.requests if not url.startswith((f"{served}/", "data:"))] == []


@pytest.mark.requirement(33)
@pytest.mark.parametrize("number", range(len(SANDBOXES)))
def test_odd_messages_are_ignored(hall: Kiosk, served: str, watched: Watched, number: int) -> None:
    """33: hundreds of them, from the host and from the app; and what is sound is ignored from anybody else."""
    page = watched.page
    app = embedded(page, f"{served}/host{number}.html")
    wait_for(page, lambda: "check" in seen(app))
    before = seen(app)
    sent = page.evaluate(f"() => {{ const all = ({FUZZ})(); for (const m of all) tell(m); return all.length; }}")
    assert sent > 300
    page.evaluate("send({type: 'resume'})")
    wait_for(page, lambda: "resume" in seen(app))
    assert seen(app) == [*before, "resume"]
    known = len(heard(page))
    app.evaluate(f"() => {{ for (const m of ({FUZZ})()) parent.postMessage(m, '*'); say({{type: 'idle'}}); }}")
    wait_for(page, lambda: any(said["type"] == "idle" for said in heard(page)[known:]))
    told = [said for said in heard(page)[known:] if said["type"] not in ("heartbeat", "idle", "activity")]
    assert told == []
    page.evaluate("() => { const f = document.createElement('iframe'); f.id = 'other'; document.body.appendChild(f); }")
    page.evaluate('other.contentWindow.eval(\'parent.kiosk.contentWindow.postMessage({src:"hthh",v:1,type:"reset"},"*")\')')
    page.wait_for_timeout(500)
    assert "reset" not in seen(app)
    assert page.frames[1].locator("iframe").count() == 1
    assert said_by(watched) == []


def test_a_pause_outlives_the_app(hall: Kiosk, served: str, watched: Watched) -> None:
    page = watched.page
    app = embedded(page, f"{served}/host0.html")
    page.evaluate("send({type: 'pause'})")
    wait_for(page, lambda: "pause" in seen(app))
    app.evaluate("for (let i = 0; i < 6; i++) say({type: 'error', code: 'script'})")
    wait_for(page, lambda: [said["type"] for said in heard(page)].count("ready") == 2)
    wait_for(page, lambda: "pause" in seen(page.frames[-1]))


def test_from_a_file_in_a_host_and_in_the_sample(hall: Kiosk, watched: Watched) -> None:
    """33, 34: no server at all; the sample page shows what it hears and says."""
    hall.point(hall.release("a"))
    page = watched.page
    page.goto((hall.folder / "embed-sample.html").as_uri())
    page.wait_for_selector("#log li:has-text('\"ready\"')")
    page.click("#reset")
    page.fill("#position", "lujia-1")
    page.click("#go")
    wait_for(page, lambda: seen(page.frames[-1])[-2:] == ["reset", "go:lujia-1"])
    assert "index.html" in page.inner_text("pre")
    assert said_by(watched) == []
