"""Whether an address on the web opens: one question, politely put.

The rule: addresses come from strangers. A name is resolved here and only here, every address behind it must be a public one,
and the connection goes to an address that was looked at; so does each of the few redirects that are followed. Certificates are
checked, nothing of an answer is read beyond its head, and a host is asked one thing at a time, with a pause, and never for
longer than is said.
"""

import ipaddress
import socket
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Lock
from typing import Literal
from urllib.parse import SplitResult, quote, urljoin, urlsplit

from haitang.core.http_client import Deadline, HTTPConnectionPool, HTTPError, failure, in_time

Kind = Literal[
    "ok", "dead", "private", "refused", "later", "timeout", "certificate", "server", "unreachable", "unresolved", "redirects",
    "not-web",
]  # fmt: skip
AGENT = "haitang-links/1 (checks the links of a public directory now and then)"
MOST_REDIRECTS = 5
_REDIRECTS, _DEAD, _LATER = (301, 302, 303, 307, 308), (404, 410), (429, 503)
_SHORTEST_WAIT, _LONGEST_WAIT = 3600.0, 7 * 86400.0  # seconds until a host that is busy is asked again
_TRANSLATED = ipaddress.ip_network("64:ff9b::/96")
_SAFE = "%/:?#[]@!$&'()*+,;=~"  # what may stand in an address as it is (RFC 3986)


@dataclass(frozen=True, slots=True)
class Answer:
    """`status` is the last one that was given, 0 for none; `wait` says for how many seconds not to ask again."""

    kind: Kind
    status: int = 0
    wait: float = 0


def resolve(host: str, port: int) -> list[str]:
    """Every address of a host. Raises OSError."""
    return list(dict.fromkeys(str(found[4][0]) for found in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)))


def is_public(address: str) -> bool:
    """Whether everybody can reach it, also through what may be packed into an address of the new kind."""
    try:
        found = ipaddress.ip_address(address.partition("%")[0])
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv6Address):
        inner = found.ipv4_mapped or found.sixtofour or (found.teredo[1] if found.teredo else None)
        if inner is None and found in _TRANSLATED:
            inner = ipaddress.IPv4Address(int(found) & 0xFFFFFFFF)
        if inner is not None:
            return is_public(str(inner))
    return found.is_global and not found.is_multicast and not found.is_reserved


@dataclass
class _Host:
    lock: Lock = field(default_factory=Lock)
    asked: float = float("-inf")


@dataclass
class Prober:
    """Asks. In seconds: `pause` between two questions to a host, `connect` until a connection stands, `read` for a silence,
    `whole` for a question and its answer, `together` for all the questions that one address leads to. What tells addresses is
    given, so that tests can."""

    pause: float = 1.0
    connect: float = 8.0
    read: float = 12.0
    whole: float = 20.0
    together: float = 60.0
    resolve: Callable[[str, int], list[str]] = resolve
    is_public: Callable[[str], bool] = is_public
    _hosts: dict[str, _Host] = field(default_factory=lambda: defaultdict(_Host))
    _lock: Lock = field(default_factory=Lock)

    def ask(self, url: str) -> Answer:
        """What an address answers. Never raises for what a server or an address may be."""
        with Deadline(self.together) as deadline:
            for _ in range(MOST_REDIRECTS + 1):
                parts = _parts(url)
                if parts is None:
                    return Answer("not-web")
                answer, there = self._one(parts, deadline)
                if there is None:
                    return answer
                try:
                    url = urljoin(parts.geturl(), there)
                except ValueError:
                    return Answer("not-web", answer.status)
        return Answer("redirects")

    def _one(self, parts: SplitResult, deadline: Deadline) -> tuple[Answer, str | None]:
        """An address, and where it sends one on to."""
        host = parts.hostname or ""
        port = parts.port or (443 if parts.scheme == "https" else 80)
        deadline.allow(self.whole)
        try:
            addresses = in_time(lambda: self.resolve(host, port), deadline.left)
        except (OSError, UnicodeError):  # a TimeoutError is one
            return Answer("unresolved"), None
        if not addresses:
            return Answer("unresolved"), None
        if not all(self.is_public(address) for address in addresses):
            return Answer("private"), None
        addresses.sort(key=lambda address: ":" in address)  # many offices have only the old kind
        for address in addresses[:2]:
            answer, there = self._asked(parts, address, port, deadline)
            if answer.kind != "unreachable":
                break
        return answer, there

    def _asked(self, parts: SplitResult, address: str, port: int, deadline: Deadline) -> tuple[Answer, str | None]:
        """Its head; where a server does not like to give only that, the beginning of the whole."""
        try:
            status, headers = self._request("HEAD", parts, address, port, deadline)
            if status >= 400 and status not in _LATER:
                status, headers = self._request("GET", parts, address, port, deadline)
        except (HTTPError, OSError, ValueError) as error:
            return Answer(failure(error)), None
        there = headers.get("Location") if status in _REDIRECTS else None
        return _answer(status, headers), there

    def _request(
        self, method: str, parts: SplitResult, address: str, port: int, deadline: Deadline
    ) -> tuple[int, Mapping[str, str]]:
        """Raises TimeoutError where it takes too long altogether, else what `failure` takes."""
        with self._lock:
            host = self._hosts[parts.netloc]
        headers = {"Host": parts.netloc, "User-Agent": AGENT, "Accept": "*/*", "Accept-Encoding": "identity"}
        headers |= {"Range": "bytes=0-1023"} if method == "GET" else {}
        with host.lock:
            time.sleep(max(0.0, host.asked + self.pause - time.monotonic()))
            deadline.allow(self.whole)
            secured = (parts.hostname or "").strip("[]") if parts.scheme == "https" else ""
            try:
                with deadline.connection(address, port, secured, self.connect, self.read) as pool:
                    return _head(pool, method, parts, headers, deadline)
            finally:
                host.asked = time.monotonic()


def _head(
    pool: HTTPConnectionPool, method: str, parts: SplitResult, headers: Mapping[str, str], deadline: Deadline
) -> tuple[int, Mapping[str, str]]:
    target = quote((parts.path or "/") + (f"?{parts.query}" if parts.query else ""), safe=_SAFE)
    try:
        answer = pool.urlopen(method, target, headers=headers, redirect=False, retries=False, preload_content=False)
        answer.close()  # of what follows the head nothing is wanted
    except (HTTPError, OSError, ValueError):
        if deadline.left:
            raise
    if not deadline.left:  # it was cut, which looks like many things, also like a head that is whole
        raise TimeoutError
    return answer.status, answer.headers


def _parts(url: str) -> SplitResult | None:
    """An address of the web, its host in the letters of the wire; None for anything else."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
        if parts.scheme not in ("http", "https") or not host or parts.username is not None or port == 0:
            return None
        host = f"[{host}]" if ":" in host else host.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if any(character in host for character in "/\\@?#% "):
        return None
    return parts._replace(netloc=f"{host}:{port}" if port else host)


def _answer(status: int, headers: Mapping[str, str]) -> Answer:
    if status in _DEAD:
        return Answer("dead", status)
    if status in _LATER:
        return Answer("later", status, _wait(headers.get("Retry-After", "")))
    if status >= 500:
        return Answer("server", status)
    return Answer("refused" if status >= 400 else "ok", status)


def _wait(told: str) -> float:
    """Retry-After as seconds or as a moment (RFC 9110 §10.2.3), within reason."""
    try:
        seconds = float(told) if told.strip().isdigit() else (parsedate_to_datetime(told) - datetime.now(UTC)).total_seconds()
    except (ValueError, TypeError, OverflowError):
        seconds = 0.0
    return min(max(seconds, _SHORTEST_WAIT), _LONGEST_WAIT)
