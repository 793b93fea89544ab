"""The small world, published again and again while a phone has it."""

import shutil
from pathlib import Path

from playwright.sync_api import BrowserContext, Page

from haitang.site.build import Builder
from tests.e2e.site.line import Line
from tests.worlds import WORLD, inputs, publish

ACTIVE = "navigator.serviceWorker.ready.then(({active}) => active.state === 'activated' || new Promise((done) => "
ACTIVE += "active.addEventListener('statechange', () => done(true))))"


class Press:
    """Publishes the small world again and again into the folder that is served."""

    def __init__(self, folder: Path) -> None:
        self.root = Path(shutil.copytree(WORLD, folder / "root"))
        self.out = folder / "out"
        self.served = folder / "served" / "dir"
        self._builder = Builder(inputs(self.root))

    def settings(self, old: str, new: str) -> None:
        file = self.root / "directory.yml"
        text = file.read_text(encoding="utf-8")
        assert old in text
        file.write_text(text.replace(old, new, 1), encoding="utf-8")

    def publish(self) -> None:
        publish(self.root, self.out, builder=self._builder)
        shutil.rmtree(self.served, ignore_errors=True)
        shutil.copytree((self.out / "site").resolve(), self.served)


def first_visit(phone: BrowserContext, line: Line) -> Page:
    page = phone.new_page()
    page.goto(line.url("index.html"))
    page.evaluate(ACTIVE)
    return page
