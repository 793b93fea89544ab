"""Conversations with strangers' servers that are over in time, whatever the server does.

The rule: alone knows urllib3. A socket's time limit is one for each silence, and a server that sends a byte now and then is
never silent. So what is still open at the deadline is cut: head, body and pieces of a body end there. The machine's own
resolver cannot be cut; whoever waits for it goes away in time and leaves it behind.
"""

import socket
import ssl
import time
from collections.abc import Callable
from contextlib import suppress
from queue import Empty, SimpleQueue
from threading import Condition, Thread
from types import TracebackType
from typing import ClassVar, Literal, Self, TypeVar
from weakref import WeakSet

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.exceptions import ConnectTimeoutError, NameResolutionError, NewConnectionError

Response = urllib3.BaseHTTPResponse
HTTPConnectionPool = urllib3.HTTPConnectionPool
HTTPError = urllib3.exceptions.HTTPError
Result = TypeVar("Result")


class Deadline:
    """A number of seconds from now on, while the context lasts; then every connection that was held is cut. The clock is one
    that nobody can set."""

    def __init__(self, seconds: float) -> None:
        self._end = self._until = time.monotonic() + seconds
        self._over = False
        self._changed = Condition()
        self._sockets: WeakSet[socket.socket] = WeakSet()

    def __enter__(self) -> Self:
        Thread(target=self._watch, daemon=True).start()
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None) -> None:
        with self._changed:
            self._over = True
            self._changed.notify()

    @property
    def left(self) -> float:
        """Seconds, never less than none."""
        return max(0.0, self._until - time.monotonic())

    def allow(self, seconds: float) -> None:
        """From now on so long for what comes next, and never longer than for everything."""
        with self._changed:
            self._until = min(self._end, time.monotonic() + seconds)
            self._changed.notify()

    def hold(self, connected: socket.socket) -> None:
        """Cuts a connection when the time has come; at once where it has."""
        with self._changed:
            self._sockets.add(connected)
            if not self.left:
                self._cut()

    def client(self, connect: float, read: float) -> urllib3.PoolManager:
        """Asks any address, never twice; seconds until a connection stands, and for a silence."""
        manager = urllib3.PoolManager(timeout=urllib3.Timeout(connect=connect, read=read), retries=False)
        manager.pool_classes_by_scheme = dict(zip(("http", "https"), self._pools(), strict=True))
        return manager

    def connection(self, address: str, port: int, host: str, connect: float, read: float) -> HTTPConnectionPool:
        """To this very address, over TLS where there is a `host`: that is who has to be there."""
        plain, secured = self._pools()
        where, timeout = f"[{address}]" if ":" in address else address, urllib3.Timeout(connect=connect, read=read)
        if not host:
            return plain(where, port, timeout=timeout, maxsize=1)
        return secured(
            where, port, timeout=timeout, maxsize=1, cert_reqs="CERT_REQUIRED", server_hostname=host, assert_hostname=host
        )

    def _pools(self) -> tuple[type[urllib3.HTTPConnectionPool], type[urllib3.HTTPSConnectionPool]]:
        """Kinds of connection pools, for http and https, that keep to it."""

        class Plain(_Held, HTTPConnection):
            deadline = self

        class Secured(_Held, HTTPSConnection):
            deadline = self

        class PlainPool(urllib3.HTTPConnectionPool):
            ConnectionCls = Plain

        class SecuredPool(urllib3.HTTPSConnectionPool):
            ConnectionCls = Secured

        return PlainPool, SecuredPool

    def _watch(self) -> None:
        with self._changed:
            while not self._over:
                left = self.left
                if not left:
                    self._cut()
                self._changed.wait(left or None)  # what was cut may be allowed more time: for another try

    def _cut(self) -> None:
        for held in self._sockets:
            with suppress(OSError):  # it is closed already
                socket.socket.shutdown(held, socket.SHUT_RDWR)  # an SSLSocket's own would forget its keys first


def in_time(act: Callable[[], Result], seconds: float) -> Result:
    """What `act` gives, or raises as an OSError or UnicodeError. Raises TimeoutError and leaves it behind where that is late.
    Only for what nobody can cut: the machine's own resolver waits for ever for half an answer over TCP."""
    answer: SimpleQueue[tuple[Result] | OSError | UnicodeError] = SimpleQueue()

    def run() -> None:
        try:
            answer.put((act(),))
        except (OSError, UnicodeError) as error:
            answer.put(error)

    Thread(target=run, daemon=True).start()
    try:
        got = answer.get(timeout=max(0.0, seconds))
    except Empty:
        raise TimeoutError from None
    if isinstance(got, tuple):
        return got[0]
    raise got


class _Held(HTTPConnection):
    deadline: ClassVar[Deadline]

    def _new_conn(self) -> socket.socket:
        """As urllib3's, except that all addresses of a host share the time that is left."""
        host, port = self.host.strip("[]"), self.port
        try:
            found = in_time(lambda: socket.getaddrinfo(host, port, type=socket.SOCK_STREAM), self.deadline.left)
        except socket.gaierror as error:
            raise NameResolutionError(self.host, self, error) from error
        except TimeoutError as error:
            raise ConnectTimeoutError(self, "too slow") from error
        limit = self.timeout if isinstance(self.timeout, int | float) else self.deadline.left
        failure: Exception = NewConnectionError(self, "no address")
        for *_, address in found:
            if not (left := self.deadline.left):
                raise ConnectTimeoutError(self, "too slow")
            try:
                return socket.create_connection((str(address[0]), self.port), min(limit, left))
            except TimeoutError as error:
                failure = ConnectTimeoutError(self, str(error))
            except OSError as error:
                failure = NewConnectionError(self, str(error))
        raise failure

    def connect(self) -> None:
        """Raises what urllib3 raises. Of a handshake the time limit of the socket is one for all of it (CPython's `_ssl`)."""
        super().connect()
        if self.sock is not None:
            self.deadline.hold(self.sock)


def failure(error: Exception) -> Literal["unreachable", "timeout", "certificate"]:
    """What an HTTPError, OSError or ValueError of a request says of a server."""
    if isinstance(error, NewConnectionError):  # a kind of TimeoutError in some versions
        return "unreachable"
    if isinstance(error, urllib3.exceptions.TimeoutError | TimeoutError):
        return "timeout"
    return "certificate" if isinstance(error, urllib3.exceptions.SSLError | ssl.SSLError) else "unreachable"
