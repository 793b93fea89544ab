"""Folders under watch: a callback at each change in them, told by the system where it can, found by looking where it cannot.

The rule: no change goes by in silence. Where the system will not watch one more folder, all are looked at again and again
instead.
"""

import errno
import os
import sys
from collections.abc import Callable, Mapping
from contextlib import suppress
from pathlib import Path
from threading import Event, Lock, Thread
from typing import Any

from watchdog.events import FileSystemEvent, FileSystemEventHandler
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from haitang.core.leftovers import is_leftover

if sys.platform == "linux":
    from watchdog.observers.inotify import InotifyEmitter
    from watchdog.observers.inotify_c import InotifyFD

EVERY_SECONDS = 1.0  # a look at a thousand files takes some milliseconds
_CHANGES = ("created", "deleted", "modified", "moved")


class Watcher:
    """Calls `changed` after changes below folders, from threads of its own; leftovers of programs are none. `folders` maps each
    to whether what lies below it counts too; one that does not exist yet is watched once it does, if its parent is. `polling`
    is called, once, when the system's watches do not suffice."""

    def __init__(self, folders: Mapping[Path, bool], changed: Callable[[], None], polling: Callable[[], None]) -> None:
        self._folders = folders
        self._changed = changed
        self._polling = polling
        self._refused = Event()
        self._lock = Lock()
        self._observer: BaseObserver | None = None
        self._watches: dict[Path, ObservedWatch] = {}
        self._handler = _Noticed(changed, self._watch)

    def start(self) -> None:
        try:
            self._observe(_Inotify(self._refused.set) if sys.platform == "linux" else Observer())
        except OSError:  # no instance of the system's to be had, or none at all
            self._refused.set()
        Thread(target=self._look_instead, daemon=True).start()

    def stop(self) -> None:
        with suppress(OSError, RuntimeError):
            if self._observer:
                self._observer.stop()

    def _look_instead(self) -> None:
        self._refused.wait()
        self.stop()
        self._polling()
        self._observe(PollingObserver(timeout=EVERY_SECONDS))
        self._changed()  # whatever went by meanwhile

    def _observe(self, observer: BaseObserver) -> None:
        observer.start()
        with self._lock:
            self._observer = observer
            self._watches.clear()
        for folder in self._folders:
            self._watch(folder)

    def _watch(self, folder: Path) -> None:
        """Anew, where the folder was watched before: one that was taken away and has come again is another."""
        if folder not in self._folders or not folder.is_dir():
            return
        with self._lock:
            assert self._observer
            if before := self._watches.pop(folder, None):
                with suppress(KeyError, OSError):
                    self._observer.unschedule(before)
            try:
                self._watches[folder] = self._observer.schedule(self._handler, str(folder), recursive=self._folders[folder])
            except (FileNotFoundError, NotADirectoryError):
                pass  # gone again; its parent tells when it comes back
            except OSError:
                self._refused.set()


class _Noticed(FileSystemEventHandler):
    """Reading a file is no change. A new folder is told to `appeared`: the first route and the first photo come with theirs."""

    def __init__(self, changed: Callable[[], None], appeared: Callable[[Path], None]) -> None:
        self._changed = changed
        self._appeared = appeared

    def on_any_event(self, event: FileSystemEvent) -> None:
        paths = [Path(os.fsdecode(path)) for path in (event.src_path, event.dest_path) if path]
        if event.event_type not in _CHANGES or all(is_leftover(path.name) for path in paths):
            return
        if event.is_directory and event.event_type == "modified":
            return  # what changed in it is told by itself
        if event.is_directory and event.event_type != "deleted":
            self._appeared(paths[-1])
        self._changed()  # for a folder too: its first files may have come, its last gone, before anybody watched


if sys.platform == "linux":

    class _Inotify(BaseObserver):
        """Of a folder inside a watched one that cannot be watched, watchdog says nothing; this calls `refused`."""

        def __init__(self, refused: Callable[[], None]) -> None:
            self._system = _Telling(refused)
            self._system.start()
            super().__init__(InotifyEmitter, inotify_fd=self._system)

        def on_thread_stop(self) -> None:
            super().on_thread_stop()
            self._system.stop()

    class _Telling(InotifyFD):
        def __init__(self, refused: Callable[[], None]) -> None:
            super().__init__()
            self._refused = refused

        def add_callback(self, *args: Any) -> Any:
            try:
                return super().add_callback(*args)
            except OSError as error:
                if error.errno in (errno.ENOSPC, errno.EMFILE, errno.ENOMEM):
                    self._refused()
                raise
