"""A keyboard on the map: every mark shows that it has the focus, by day and by night, in both contrasts, drawn and alive."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.e2e.focus_ring import share

MARKS = {"alive": ".map.is-live .map-mark", "drawn": ".map-picture a.m-mark"}


@pytest.mark.parametrize("kind", MARKS)
def test_one_sees_which_mark_has_the_focus(every_kind: Path, browser: Browser, kind: str) -> None:
    context = browser.new_context(
        viewport={"width": 1440, "height": 900}, reduced_motion="reduce", java_script_enabled=kind == "alive"
    )
    page = context.new_page()
    page.goto((every_kind / "world" / "map.html").as_uri())
    page.locator(MARKS[kind]).first.wait_for(state="attached")
    seen = {}
    for scheme in ("light", "dark"):
        page.emulate_media(color_scheme=scheme)
        for contrast in ("", "high"):
            page.evaluate("(name) => void (document.documentElement.dataset.contrast = name)", contrast)
            for at, mark in enumerate(page.locator(MARKS[kind]).all()):
                mark.scroll_into_view_if_needed()
                seen[f"{scheme} {contrast} {at} {mark.text_content()}"] = share(page, mark)
    context.close()
    assert len(seen) >= 4 and {name: part for name, part in seen.items() if part < 1} == {}
