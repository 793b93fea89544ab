"""One at a time, also where somebody removes the lock's file meanwhile."""

import threading
import time
from contextlib import ExitStack
from pathlib import Path

from haitang.core.file_lock import locked


def nobody() -> None:
    raise AssertionError("nobody else has it")


def test_a_removed_file_is_no_lock(tmp_path: Path) -> None:
    """`rm -rf out` while one holds it and another waits: the next to come is asked for by both, and not two files by two."""
    path, inside, waits = tmp_path / "out" / "lock", list[str](), threading.Event()

    def second() -> None:
        with locked(path, waits.set):
            inside.append("second")

    with ExitStack() as first, ExitStack() as third:
        first_holds = first.enter_context(locked(path, nobody))
        assert first_holds()
        waiting = threading.Thread(target=second)
        waiting.start()
        assert waits.wait(10)
        path.unlink()
        path.parent.rmdir()
        assert not first_holds()
        third_holds = third.enter_context(locked(path, nobody))
        first.close()
        time.sleep(0.4)
        assert inside == []
        assert third_holds()
        third.close()
        waiting.join(10)
    assert inside == ["second"]
    with locked(path, nobody):  # none is left
        pass
