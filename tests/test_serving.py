"""The watching of `serve`: what it notices. What the browser then sees is in tests/browser/test_serve.py."""

import threading
import time
from collections.abc import Callable
from pathlib import Path

from haitang.serving import Server


def waited(done: Callable[[], bool]) -> bool:
    """Whether it came to pass within ten seconds."""
    until = time.monotonic() + 10
    while not done() and time.monotonic() < until:
        time.sleep(0.05)
    return done()


def test_a_folder_that_comes_later_is_watched_too(tmp_path: Path) -> None:
    """The first route and the first photo bring their folders with them."""
    built: list[bool] = []

    def rebuild() -> tuple[str, ...]:
        built.append((tmp_path / "routes").is_dir())
        return ()

    server = Server(tmp_path / "site", rebuild, "", 0)
    threading.Thread(target=server.run, args=({tmp_path: False, tmp_path / "routes": True},), daemon=True).start()
    time.sleep(0.5)
    (tmp_path / "routes").mkdir()
    assert waited(lambda: built[-1:] == [True])
    time.sleep(1)
    before = len(built)
    (tmp_path / "routes" / "lu.yml").write_text("id: lu\n", encoding="utf-8")
    assert waited(lambda: len(built) > before)
    server._http.shutdown()
