"""Kiosk folders for the launcher's tests: the real index.html beside releases with a small app of the tests' own.

The rule: an app here says and does what the contract asks and what a test tells it to, nothing more.
"""

import json
import shutil
from base64 import b64encode
from dataclasses import dataclass
from functools import cache
from hashlib import sha256
from pathlib import Path

from haitang.kiosk.launcher import index, sample
from haitang.model.messages import site_words
from haitang.site.bundles import bundle
from haitang.site.templates import LANGUAGE, Templates

PROJECT = Path(__file__).resolve().parents[3]
PLACE = "展厅 一层 #2 100%25 %"  # what people call folders
BUILT = "2026-11-24"
COLOURS = {"a": "#204080", "b": "#206040", "c": "#604020", "d": "#403060"}

# `HTHH` is written into each app: what it is and how it misbehaves. It obeys {do: …} messages of the page around it, which
# only the tests send (through the launcher's page, as its opener would).
APP = """
var HTHH = %s, state = HTHH.state, timer = 0, root = document.documentElement, seen = [];
function say(m) { m.src = "hthh"; m.v = 1; parent.postMessage(m, "*"); }
function beat() { if (state) say({type: "heartbeat", state: state}); }
root.setAttribute("data-seen", "");
addEventListener("message", function (event) {
  var m = event.data;
  if (event.source !== parent || !m) return;
  seen.push(m.type + (m.id ? ":" + m.id : "") + (m.name ? ":" + m.name + ":" + (m.text === null ? "none" : m.text.length) : "")
    + (m.days ? ":" + JSON.stringify(m.days) : ""));
  root.setAttribute("data-seen", seen.join(" "));
  if (m.type === "check" && HTHH.answers)
    say({type: "checked", script: HTHH.app.script, style: HTHH.app.style, csp: HTHH.app.csp});
});
addEventListener("pointerdown", function () { say({type: "activity"}); });
if (HTHH.says) {
  setTimeout(function () {
    requestAnimationFrame(function () { requestAnimationFrame(function () { // once it is painted, as the real one
      say({type: "ready", id: HTHH.id, built: HTHH.built}); beat(); timer = setInterval(beat, 3000);
    }); });
  }, HTHH.wait);
}
if (HTHH.hangs) setTimeout(function () { while (1) {} }, HTHH.hangs);
if (HTHH.stops) setTimeout(function () { state = ""; }, HTHH.stops);
"""
STYLE = (
    "html,body{{margin:0;height:100%;background:linear-gradient(160deg,{colour} 30%,#f0e0d0 31%)}}"
    "h1{{color:#fff;font:6vmin sans-serif}}"
)


@cache
def root_files() -> dict[str, bytes]:
    templates, scripts = Templates(site_words(LANGUAGE)), bundle(PROJECT)
    return {"index.html": index(templates, scripts), "embed-sample.html": sample(templates, scripts)}


def _sha(text: str) -> str:
    return sha256(text.encode()).hexdigest()


def _source(text: str) -> str:
    return f"'sha256-{b64encode(sha256(text.encode()).digest()).decode()}'"


def compact(data: object) -> str:
    return json.dumps(data, ensure_ascii=False, separators=(",", ":"))


@dataclass(frozen=True)
class Kiosk:
    """A kiosk's folder."""

    folder: Path

    @property
    def url(self) -> str:
        return (self.folder / "index.html").as_uri()

    def release(self, name: str, parts: dict[str, str] | None = None, day: str = "20261124", **how: object) -> str:
        """Writes a release and gives its id. `how`: says, answers, wait, hangs, stops, state, poses (an id it claims)."""
        texts = {"photo-a": f"data:image/png;base64,{name * 400}"} if parts is None else parts
        poses = how.pop("poses", None)
        behaviour = {
            "says": True, "answers": True, "wait": 20, "hangs": 0, "stops": 0, "state": "attract", "name": name, "built": BUILT,
        } | how  # fmt: skip
        style = STYLE.format(colour=COLOURS[name])
        script = 'var B = JSON.parse(document.body.getAttribute("data-app"));' + APP % "B"
        csp = f"default-src 'none'; script-src {_source(script)}; style-src {_source(style)}; img-src data:"
        app = {"script": _sha(script), "style": _sha(style), "csp": _sha(csp + name + compact(behaviour))}
        manifest = {"format": 1, "built": BUILT, "app": app, "parts": {key: _sha(texts[key]) for key in sorted(texts)}}
        identity = f"{day}-{_sha(compact(manifest))[:12]}"
        told = compact(behaviour | {"id": poses or identity, "app": app}).replace('"', "&quot;")
        page = (
            f'<!DOCTYPE html><html lang="zh-CN"><head><meta charset="utf-8"><meta http-equiv="Content-Security-Policy" '
            f'content="{csp}"><title>{name}</title><style>{style}</style></head><body data-app="{told}"><h1>{name}</h1>'
            f"<script>{script}</script></body></html>"
        )
        at = self.folder / "releases" / identity
        (at / "parts").mkdir(parents=True)
        (at / "app.html").write_text(page, "utf-8")
        (at / "manifest.js").write_text(f"HAITANG_MANIFEST({compact({**manifest, 'id': identity})});\n", "utf-8")
        for key, text in texts.items():
            (at / "parts" / f"{key}.js").write_text(f"HAITANG_PART({compact(key)},{compact(text)});\n", "utf-8")
        return identity

    def point(self, identity: str, *previous: str, file: str = "current.js") -> None:
        """As the installer does it: the pointer is whole at any moment."""
        fresh = self.folder / "current.js.new"
        fresh.write_text(f"HAITANG_CURRENT({compact({'id': identity, 'previous': list(previous)})});\n", "utf-8")
        fresh.replace(self.folder / file)

    def file(self, identity: str, name: str) -> Path:
        return self.folder / "releases" / identity / name


def kiosk(folder: Path) -> Kiosk:
    """A kiosk without a release yet."""
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    for name, content in root_files().items():
        (folder / name).write_bytes(content)
    (folder / "plain.html").write_text("<!DOCTYPE html><title>plain</title><h1>plain</h1>", "utf-8")
    return Kiosk(folder)
