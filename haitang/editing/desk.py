"""The local end of the form editor: Decap's own server beside us, and a gate before it.

The rule: what a browser sends is let through only where it speaks of entries and pictures of this root, and a file that the
editor wrote is in its canonical form before anybody is told that it is there.
"""

import json
import re
import socket
import subprocess
import time
from collections.abc import Iterator
from http.client import HTTPConnection, HTTPException
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from haitang import environment
from haitang.canonical import NotCanonical, updated
from haitang.fields import FOLDERS, EntryKind
from haitang.installing import clean_environment
from haitang.source import Fields, parse

PACKAGE = "frontend/admin/node_modules/decap-server"
API = "/__admin/api"
MOST_BYTES = 48 * 1024 * 1024  # of one request: some pictures, a third longer as text
_PATIENCE = 20.0  # seconds until the server has started
# It ends with us, however we end: its standard input is a pipe of ours.
_STARTING = "process.stdin.on('end', () => process.exit()).resume(); require(process.argv[1])"
_ENTRY = re.compile(r"(?:positions/[^/\\.][^/\\]*|brands|routes|concepts)/[^/\\.][^/\\]*\.yml")
_FOLDER = re.compile(r"positions(?:/[^/\\.][^/\\]*)?|brands|routes|concepts|photos")
_PICTURE = re.compile(r"photos/[A-Za-z0-9][A-Za-z0-9_-]*\.(?:jpg|jpeg|png|webp)")
_PLACES = ("path", "newPath", "folder", "mediaFolder")
Answer = tuple[int, bytes]


class Desk:
    """Decap's server on a root, while the context lasts. Raises OSError where it does not start."""

    def __init__(self, project: Path, root: Path, origin: str = "http://127.0.0.1") -> None:
        self._script = project / PACKAGE / "dist" / "index.js"
        self._root = root
        self._node, _ = environment.node(str(project))
        self.origin = origin

    def __enter__(self) -> Self:
        self.port = _free_port()
        settings = {"PORT": str(self.port), "BIND_HOST": "127.0.0.1", "MODE": "fs", "LOG_LEVEL": "error"}
        settings |= {"GIT_REPO_DIRECTORY": str(self._root), "ORIGIN": self.origin}
        self._process = subprocess.Popen(
            [self._node, "-e", _STARTING, str(self._script)],
            cwd=self._script.parent,  # never the root: a `.env` there would set it up
            env=clean_environment() | settings,
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        try:
            self._wait()
        except OSError:
            self._end()
            raise
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        self._end()

    def answer(self, body: bytes) -> Answer:
        """What Decap's server says to a request of the editor; 403 to one that is none of its business."""
        try:
            asked = json.loads(body)
        except ValueError:
            return 400, b"{}"
        if not _is_ours(asked):
            return 403, b'{"error":"forbidden"}'
        files = [file for file in _written(asked) if _ENTRY.fullmatch(file)]
        before = {file: _text(self._root / file) for file in files}
        answer = self._pass_on(body)
        for file in files:
            self._tidy(file, before[file])
        return answer

    def _pass_on(self, body: bytes) -> Answer:
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.request("POST", "/api/v1", body, {"Content-Type": "application/json"})
            response = connection.getresponse()
            return response.status, response.read()
        except (OSError, HTTPException):
            return 502, b'{"error":"no answer"}'
        finally:
            connection.close()

    def _tidy(self, file: str, before: str | None) -> None:
        """The file in canonical form. Comments of what the editor left alone come back: it has no idea of them."""
        after = _text(self._root / file)
        if after is None:
            return
        kind = _kind(file)
        try:
            told = _plain(after, file)
            old = _plain(before, file) if before is not None else {}
            changes = {name: told.get(name) for name in {**old, **told} if told.get(name) != old.get(name)}
            text = updated(before, kind, changes)
        except NotCanonical:
            return  # `check` tells what is wrong with it
        if text != after:
            (self._root / file).write_text(text, encoding="utf-8", newline="\n")

    def _wait(self) -> None:
        latest = time.monotonic() + _PATIENCE
        while True:
            try:
                socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
                return
            except OSError:
                if self._process.poll() is not None or time.monotonic() > latest:
                    raise
            time.sleep(0.02)

    def _end(self) -> None:
        self._process.terminate()
        self._process.wait()
        if self._process.stdin:
            self._process.stdin.close()


def _free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


def _is_ours(asked: Any) -> bool:
    """Every path in the request is an entry's file, a picture, or a folder of those."""
    known = (_ENTRY, _PICTURE, _FOLDER)
    return isinstance(asked, dict) and all(any(one.fullmatch(path) for one in known) for path in _paths(asked))


def _paths(node: Any) -> Iterator[str]:
    if isinstance(node, dict):
        for name, value in node.items():
            if name in _PLACES and isinstance(value, str):
                yield value
            elif name == "paths" and isinstance(value, list):
                yield from map(str, value)
            else:
                yield from _paths(value)
    elif isinstance(node, list):
        for item in node:
            yield from _paths(item)


def _written(asked: Any) -> Iterator[str]:
    """The entries' files that a request writes."""
    if asked.get("action") == "persistEntry":
        yield from dict.fromkeys(_paths(asked.get("params", {})))


def _kind(file: str) -> EntryKind:
    return next(kind for kind, folder in FOLDERS.items() if folder == file.partition("/")[0])


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, ValueError):
        return None


def _plain(text: str, file: str) -> dict[str, Any]:
    """A file's fields as plain values. Raises NotCanonical."""
    tree = parse(text, file)
    if not isinstance(tree, Fields):
        raise NotCanonical(tree)
    return {str(name): _bare(value) for name, value in tree.items() if value is not None}


def _bare(node: Any) -> Any:
    if isinstance(node, Fields):
        return {str(name): _bare(value) for name, value in node.items() if value is not None}
    return [_bare(item) for item in node] if isinstance(node, list) else str(node)
