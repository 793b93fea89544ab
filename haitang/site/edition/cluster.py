"""Workers of a Dask cluster, for a directory that outgrows one machine.

The rule: this is the only module that knows Dask, and it is imported only where a cluster is asked for. Every worker sees the
project, the data and the output folder under the same paths (a shared folder), and has what `requirements/dask.txt` names.
"""

import asyncio
from concurrent.futures import CancelledError, Executor

from distributed import Client
from distributed.cfexecutor import ClientExecutor
from distributed.comm import CommClosedError
from distributed.scheduler import KilledWorker

from haitang.site.edition.workers import Workers

_SECONDS = 20  # to find the scheduler, and a first worker
_LOST = (KilledWorker, CommClosedError, CancelledError, asyncio.CancelledError)


class NoCluster(Exception):
    """Nobody answers at that address; holds what Dask says."""


class _Executor(ClientExecutor):  # type: ignore[misc]
    """Takes its client with it, and the arguments that the standard library's executors take."""

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        super().shutdown(wait=wait and not cancel_futures)
        self._client.close()


def workers(address: str) -> Workers:
    """Those of the scheduler at `address`, such as `tcp://10.0.0.5:8786`. Raises NoCluster."""
    try:
        client = Client(address, timeout=_SECONDS, set_as_default=False)
        client.wait_for_workers(1, timeout=_SECONDS)
    except (OSError, TimeoutError, ValueError) as error:
        raise NoCluster(str(error)) from error
    count = sum(client.ncores().values())

    def executor() -> Executor:
        return _Executor(client, pure=False, retries=3)

    return Workers(count + 1, executor, _LOST)
