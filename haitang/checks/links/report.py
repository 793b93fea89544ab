"""The addresses the data links to, and which of them still open.

The rule: never part of a build. What was asked is kept and not asked again for days; of hosts that are busy nothing more is
asked; what cannot be told for certain is a hint, and only an address that opens for nobody is a warning.
"""

import json
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import Any, get_args
from urllib.parse import urlsplit

from haitang.checks.links.probe import Answer, Kind
from haitang.core.atomic_files import write_atomic
from haitang.core.problems import Place, Problem, ordered
from haitang.model.paths import SETTINGS_FILE, entry_files
from haitang.source.parser import Fields, Items, Text, read_file

KEPT = ".cache/links.json"
TOGETHER = 6  # hosts
DAY = 86400.0
_GOOD_FOR: Mapping[Kind, float] = {"ok": 7 * DAY, "dead": DAY}  # others a quarter of a day
_CODES: Mapping[Kind, str] = {
    "dead": "link-dead",
    "private": "link-inside",
    "refused": "link-refused",
    "later": "link-later",
    "timeout": "link-timeout",
    "certificate": "link-certificate",
    "server": "link-server",
    "unreachable": "link-unreachable",
    "unresolved": "link-unresolved",
    "redirects": "link-redirects",
    "not-web": "link-redirects",
}
_NO_ANSWER = ("unreachable", "unresolved", "timeout")


@dataclass(frozen=True, slots=True)
class Link:
    url: str
    place: Place


@dataclass(frozen=True, slots=True)
class Known:
    """An answer, when it was given, and until when it is not asked for again, in seconds since 1970."""

    answer: Answer
    asked: float
    until: float


@dataclass
class Checked:
    """How all went: the answers by address, how many of them are of this time, and how many addresses were left for later."""

    answers: dict[str, Answer] = field(default_factory=dict)
    asked: int = 0
    left: int = 0
    offline: bool = False

    @property
    def opened(self) -> int:
        return sum(1 for answer in self.answers.values() if answer.kind == "ok")


def links(root: Path) -> list[Link]:
    """Every address under a key `url`, in the order of files and lines. Files that cannot be read are told by `check`."""
    found: list[Link] = []
    for file in (SETTINGS_FILE, *entry_files(root)):
        tree = read_file(root / file, file)
        if isinstance(tree, Fields):
            found += (Link(str(url), Place(file, url.line, url.column)) for url in _urls(tree))
    return found


def _urls(node: Any) -> Iterator[Text]:
    if isinstance(node, Fields):
        for key, value in node.items():
            if key == "url" and isinstance(value, Text) and value.startswith(("http://", "https://")) and "{" not in value:
                yield value
            else:
                yield from _urls(value)
    elif isinstance(node, Items):
        for item in node:
            yield from _urls(item)


def check(urls: Iterable[str], ask: Callable[[str], Answer], kept: Path, most: int, seconds: float) -> Checked:
    """Asks for what is not known, the longest unknown first: at most `most` addresses and for `seconds`."""
    wanted = list(dict.fromkeys(urls))
    known = {url: one for url, one in _kept(kept).items() if url in set(wanted)}
    now = time.time()
    due = [url for url in wanted if url not in known or not now < known[url].until <= now + 8 * DAY]
    due.sort(key=lambda url: known[url].asked if url in known else 0.0)
    fresh = _ask_all(due[:most], ask, time.monotonic() + seconds)
    # No host at all answered, not even one of several: it is more likely this machine than all of them.
    several = len({urlsplit(url).netloc for url in fresh}) > 1
    offline = bool(fresh) and all(
        answer.kind == "unresolved" or (several and answer.kind in _NO_ANSWER) for answer in fresh.values()
    )
    if not offline:
        for url, answer in fresh.items():
            known[url] = Known(answer, now, now + max(_GOOD_FOR.get(answer.kind, DAY / 4), answer.wait))
        _keep(kept, known)
    answers = {url: known[url].answer for url in wanted if url in known and (url in fresh or url not in due)}
    return Checked(answers, len(fresh), len([url for url in due if url not in fresh]), offline)


def _ask_all(urls: Iterable[str], ask: Callable[[str], Answer], until: float) -> dict[str, Answer]:
    """Several hosts at a time, of each one address after the other."""
    hosts: dict[str, list[str]] = defaultdict(list)
    for url in urls:
        hosts[urlsplit(url).netloc].append(url)
    todo: SimpleQueue[list[str]] = SimpleQueue()
    done: SimpleQueue[tuple[str, Answer] | None] = SimpleQueue()
    for group in hosts.values():
        todo.put(group)
    # Not waited for at the end: a name that nobody resolves can hold a thread longer than anybody wants to wait.
    threads = [Thread(target=_work, args=(todo, done, ask, until), daemon=True) for _ in range(min(TOGETHER, len(hosts)))]
    for thread in threads:
        thread.start()
    found: dict[str, Answer] = {}
    running = len(threads)
    while running:
        try:
            item = done.get(timeout=max(0.01, until - time.monotonic()))
        except Empty:
            break
        if item is None:
            running -= 1
        else:
            found[item[0]] = item[1]
    return found


def _work(
    todo: "SimpleQueue[list[str]]",
    done: "SimpleQueue[tuple[str, Answer] | None]",
    ask: Callable[[str], Answer],
    until: float,
) -> None:
    try:
        while time.monotonic() < until:
            for url in todo.get_nowait():
                if time.monotonic() >= until:
                    break
                answer = ask(url)
                done.put((url, answer))
                if answer.kind == "later":
                    break  # the rest of this host another day
    except Empty:
        pass
    finally:
        done.put(None)


def problems(found: Iterable[Link], answers: Mapping[str, Answer]) -> tuple[Problem, ...]:
    """What is to be told, at each place that names the address."""
    return ordered(
        Problem(link.place, _CODES[answer.kind], {"url": link.url, "status": answer.status})
        for link in found
        if (answer := answers.get(link.url)) is not None and answer.kind != "ok"
    )


def _kept(path: Path) -> dict[str, Known]:
    """What was asked before; nothing where the file is not what was written."""
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        return {str(url): _known(*values) for url, values in told.items() if values[0] in get_args(Kind)}
    except (OSError, ValueError, TypeError, AttributeError, LookupError, RecursionError):
        return {}


def _known(kind: Kind, status: int, asked: float, until: float) -> Known:
    return Known(Answer(kind, int(status)), float(asked), float(until))


def _keep(path: Path, known: Mapping[str, Known]) -> None:
    told = {url: (one.answer.kind, one.answer.status, one.asked, one.until) for url, one in sorted(known.items())}
    write_atomic(path, json.dumps(told, ensure_ascii=False, indent=0))
