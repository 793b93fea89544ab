"""The form editor through both of its doors: on this machine, from `serve --admin`; and in a published site behind nginx with
the shipped file, whose forge is played here from a folder of data."""

import json
import re
import shutil
import socket
import subprocess
import sys
import time
from base64 import b64decode, b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from hashlib import sha1
from pathlib import Path
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Browser, Locator, Page, Route, expect

from haitang.site import form_editor
from haitang.site.build import Builder
from tests.conftest import TODAY
from tests.e2e.site.test_nginx import nginx
from tests.worlds import PROJECT, inputs, publish

PATIENCE = 20_000  # milliseconds
FORGE = "https://git.example.org"
LOGIN = f"repository:\n  url: {FORGE}/yangli/zhendi\n  kind: gitea\n  app_id: 00000000-0000\n"


@dataclass
class Door:
    """Where the form is, and the data that it changes: on the disk, or in the forge's branch."""

    root: Path
    origin: str
    is_served: bool
    pid: int = 0
    written: list[str] = field(default_factory=list)  # files that reached the forge
    key: str = ""  # without it the local server takes nothing

    @property
    def address(self) -> str:
        """Where somebody opens the form."""
        return f"{self.origin}/admin/index.html" + (f"#key={self.key}" if self.key else "")

    @property
    def port(self) -> int:
        return int(self.origin.rpartition(":")[2])

    def files(self) -> dict[str, bytes]:
        """All entries; not what lies hidden while something is saved."""
        return {path.relative_to(self.root).as_posix(): path.read_bytes() for path in sorted(self.root.glob("[!.]*/**/*.yml"))}


@contextmanager
def served(root: Path) -> Iterator[Door]:
    """By `serve --admin`, as a process of its own."""
    command = [sys.executable, "build.py", "serve", "--admin", "--root", str(root), "--port", "0"]
    process = subprocess.Popen(
        command, cwd=PROJECT, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True, encoding="utf-8"
    )
    assert process.stdout is not None
    found = (re.search(r"(http://127\.0\.0\.1:\d+)/admin/#key=([\w-]+)", line) for line in process.stdout)
    origin, key = next(match.groups() for match in found if match)
    yield Door(root, origin, True, process.pid, key=key)
    process.terminate()
    process.communicate(timeout=20)


@contextmanager
def published(root: Path, folder: Path) -> Iterator[Door]:
    """Behind nginx; what is saved goes to the forge of directory.yml."""
    told = (root / "directory.yml").read_text("utf-8")
    (root / "directory.yml").write_text(re.sub(r"^repository:\n(?: .*\n)+", LOGIN, told, flags=re.M), "utf-8")
    given = replace(inputs(root), editor=form_editor.Editor(PROJECT / form_editor.PACKAGE))
    publish(root, folder / "out", builder=Builder(given), today=TODAY)
    (folder / "site").symlink_to((folder / "out" / "site").resolve())
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    command = nginx(folder, port)
    subprocess.run(command, check=True)  # comes back when it listens
    yield Door(root, f"http://127.0.0.1:{port}", False)
    subprocess.run([*command, "-s", "stop"], check=True)


@dataclass
class Opened:
    """The form, logged in. `errors` are those of its console and its scripts, `foreign` what it asked of others."""

    door: Door
    page: Page
    errors: list[str] = field(default_factory=list)
    foreign: list[str] = field(default_factory=list)

    def open(self, path: str) -> None:
        """A page of the editor; what was written on the one before is left."""
        self.page.goto(f"{self.door.origin}/admin/index.html#/collections/chapter")
        expect(box(self.page, "name")).to_have_count(0)
        self.page.goto(f"{self.door.origin}/admin/index.html#/collections/{path}")
        expect(box(self.page, "name")).to_be_visible()

    def saved(self, file: str, part: str) -> None:
        """Waits until a file has such a line, and the editor shows it as what it is now."""
        latest = time.monotonic() + PATIENCE / 1000
        while part not in self.door.files().get(file, b"").decode():
            assert time.monotonic() < latest, self.page.locator("li").all_inner_texts()
            self.page.wait_for_timeout(50)
        self.page.wait_for_url("**/entries/**")


@contextmanager
def opened(door: Door, browser: Browser) -> Iterator[Opened]:
    context = browser.new_context(locale="zh-CN", viewport={"width": 1000, "height": 600}, reduced_motion="reduce")
    form = Opened(door, context.new_page())

    def asked(route: Route) -> None:
        url = route.request.url
        if url.startswith(door.origin):
            route.continue_()
        elif url.startswith(f"{FORGE}/api/v1/") and not door.is_served:
            forge(door, route)
        else:
            form.foreign.append(url)
            route.abort()

    context.route("**/*", asked)
    form.page.set_default_timeout(PATIENCE)
    form.page.on("dialog", lambda dialog: dialog.accept())
    form.page.on("console", lambda said: form.errors.append(said.text) if said.type in ("error", "warning") else None)
    form.page.on("pageerror", lambda error: form.errors.append(str(error)))
    if not door.is_served:
        user = json.dumps({"backendName": "gitea", "token": "secret", "login": "yangli"})
        context.add_init_script(f"localStorage.setItem('decap-cms-user', {json.dumps(user)})")
    form.page.goto(door.address)
    if door.is_served:
        form.page.get_by_role("button", name="登录").click()
    expect(form.page.get_by_role("heading", name="阵地")).to_be_visible(timeout=PATIENCE)
    yield form
    context.close()


def forge(door: Door, route: Route) -> None:
    """Gitea's answers, as far as the editor asks: who one is, files of the branch, and files that are written."""
    request = route.request
    path = unquote(urlsplit(request.url).path).removeprefix("/api/v1")
    headers = {"Access-Control-Allow-Origin": "*", "Access-Control-Allow-Headers": "*", "Access-Control-Allow-Methods": "*"}
    blobs = {sha1(content).hexdigest(): content for content in door.files().values()}
    answer: object = []
    if request.method == "POST" and path.endswith("/contents"):
        for file in json.loads(request.post_data or "")["files"]:
            door.written.append(file["path"])
            (door.root / file["path"]).parent.mkdir(parents=True, exist_ok=True)
            (door.root / file["path"]).write_bytes(b64decode(file["content"]))
        answer = {"files": []}
    elif path == "/user":
        answer = {"login": "yangli", "full_name": "杨丽", "email": "yangli@example.org", "avatar_url": ""}
    elif path == "/repos/yangli/zhendi":
        answer = {"owner": {"login": "yangli"}, "permissions": {"push": True}}
    elif "/git/trees/" in path:
        answer = {"tree": _tree(door, path.partition(":")[2])}
    elif "/git/blobs/" in path:
        answer = {"content": b64encode(blobs[path.rpartition("/")[2]]).decode()}
    route.fulfill(json=answer, headers=headers)


def _tree(door: Door, folder: str) -> list[dict[str, object]]:
    return [
        {"path": file.removeprefix(f"{folder}/"), "type": "blob", "size": len(content), "sha": sha1(content).hexdigest()}
        for file, content in door.files().items()
        if file.startswith(f"{folder}/")
    ]


def box(page: Page | Locator, name: str) -> Locator:
    """A field's box by the name of the field."""
    return page.locator(f'[id^="{name}-field-"]:not([id$="-fixed"])').first


def write(page: Page, name: str, text: str) -> None:
    """In place of what is there. As it gets the focus, the editor moves the cursor to where it was."""
    box(page, name).focus()
    box(page, name).fill(text)


def choose(page: Page, name: str, label: str) -> None:
    box(page, name).click()
    page.get_by_role("option", name=label, exact=True).click()


def save(page: Page) -> None:
    page.get_by_role("button", name="发布", exact=True).click()
    page.get_by_text("立即发布", exact=True).click()


# What the form says at a field: in the part of the page that has its label and no other's.
SAID_AT = """(name) => {
  const input = document.querySelector(`[id^="${name}-field-"]`);
  let part = input;
  while (part && !part.querySelector(`label[for="${input.id}"]`)) part = part.parentElement;
  return [...part.querySelectorAll("li")].map((line) => line.innerText);
}"""


def said_at(page: Page, name: str) -> list[str]:
    return list(page.evaluate(SAID_AT, name))


def copied(base: Path, to: Path) -> Path:
    return Path(shutil.copytree(base, to))
