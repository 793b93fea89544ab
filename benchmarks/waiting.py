"""Waiting until something is so in a page.

The rule: Playwright's own `wait_for_function` makes code of a text in the page again and again, which a page's policy forbids;
here each question is one evaluation, which it does not govern.
"""

import time

from playwright.sync_api import Error, Frame, Page, TimeoutError

_STEP = 10  # milliseconds
_ASKED = """async (argument) => {{
  const asked = ({0}
  );
  return Boolean(await (typeof asked === 'function' ? asked(argument) : asked));
}}"""
_GONE = ("context was destroyed", "Cannot find context", "navigat")  # the page went on to another; that one is asked


def wait_for(page: Page | Frame, asked: str, *, arg: object = None, timeout: float | None = None) -> None:
    """Until `asked`, an expression or a function of `arg`, gives something true. `timeout` is in milliseconds, half a minute
    without one. Raises Playwright's TimeoutError."""
    latest = time.monotonic() + (30_000 if timeout is None else timeout) / 1000
    while not _is_so(page, asked, arg):
        if time.monotonic() > latest:
            raise TimeoutError(f"it never was so: {asked}")
        page.wait_for_timeout(_STEP)


def _is_so(page: Page | Frame, asked: str, arg: object) -> bool:
    try:
        return bool(page.evaluate(_ASKED.format(asked.strip().rstrip(";")), arg))
    except Error as told:
        if any(sign in told.message for sign in _GONE):
            return False
        raise
