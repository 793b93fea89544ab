"""Waiting until something is so in a page.

The rule: Playwright's own `wait_for_function` makes code of a text in the page again and again, which a page's policy forbids;
here each question is one evaluation, which it does not govern.
"""

import time
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from playwright.sync_api import Frame, Page

_STEP = 10  # milliseconds
_ASKED = """async (argument) => {{
  const asked = ({0}
  );
  return Boolean(await (typeof asked === 'function' ? asked(argument) : asked));
}}"""
# The page went on to another, or has just begun to come: what comes is asked.
_GONE = ("context was destroyed", "Cannot find context", "navigat", "properties of null", "not of type 'Element'")


def wait_for(page: "Page | Frame", asked: str, *, arg: object = None, timeout: float | None = None) -> None:
    """Until `asked`, an expression or a function of `arg`, gives something true. `timeout` is in milliseconds, half a minute
    without one. Raises Playwright's TimeoutError."""
    from playwright.sync_api import TimeoutError  # programs say by themselves what is missing

    latest = time.monotonic() + (30_000 if timeout is None else timeout) / 1000
    while not _is_so(page, asked, arg):
        if time.monotonic() > latest:
            raise TimeoutError(f"it never was so: {asked}")
        page.wait_for_timeout(_STEP)


def _is_so(page: "Page | Frame", asked: str, arg: object) -> bool:
    from playwright.sync_api import Error

    try:
        return bool(page.evaluate(_ASKED.format(asked.strip().rstrip(";")), arg))
    except Error as told:
        if any(sign in told.message for sign in _GONE):
            return False
        raise
