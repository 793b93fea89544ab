"""Whose code is handed out is named with its licence; nobody else is."""

import json
import re
import subprocess
from pathlib import Path

import pytest

from haitang.core import toolchain
from haitang.kiosk.halls import halls_of, workshop
from haitang.media.fonts import _PACKAGE as FONT
from haitang.model.messages import site_words
from haitang.site import licences
from haitang.site.bundles import bundle as bundled
from haitang.site.form_editor import LOCK, PACKAGE
from haitang.site.templates import LANGUAGE, Templates
from tests.worlds import PROJECT, TODAY, WORLD, publish

FRONTEND = PROJECT / "frontend"
HALL = ("kiosk", "launcher")
_OURS = re.compile(r"(?:.*/)?node_modules/((?:@[^/]+/)?[^/]+)/")


@pytest.fixture(scope="module")
def bundle() -> Path:
    return bundled(PROJECT)


def packages(entries: list[str], folder: Path, may_ask: str) -> set[str]:
    """Whose code esbuild itself says that these bundles hold, asked on its command line."""
    node, _ = toolchain.node(str(PROJECT))
    options = [
        "--bundle", "--minify", "--format=iife", "--log-level=warning", f"--outdir={folder}", f"--metafile={folder}.json",
        "--outbase=src/entries", '--define:process.env.NODE_ENV="production"', f"--define:MAY_ASK={may_ask}",
        "--define:Object.hasOwn=objectHasOwn", "--define:Promise.allSettled=promiseAllSettled",
        "--inject:src/core/older-browsers.ts", "--target=es2015,chrome69,safari13", "--supported:destructuring=true",
    ]  # fmt: skip
    subprocess.run([node, "node_modules/esbuild/bin/esbuild", *entries, *options], cwd=FRONTEND, check=True)
    outputs = json.loads(Path(f"{folder}.json").read_text("utf-8"))["outputs"].values()
    shipped = (name for output in outputs for name, part in output["inputs"].items() if part["bytesInOutput"])
    return {found[1] for name in shipped if (found := _OURS.match(name))}


def test_every_package_that_is_handed_out_is_named_and_nothing_else(bundle: Path, tmp_path: Path) -> None:
    entries = sorted(path for path in (FRONTEND / "src/entries").rglob("*") if path.suffix in (".ts", ".css"))
    parted: dict[bool, list[str]] = {True: [], False: []}
    for path in entries:
        name = path.relative_to(FRONTEND).as_posix()
        parted[name.split("/")[2] in HALL].append(name)
    site = packages(parted[False], tmp_path / "site", "true")
    hall = packages(parted[True], tmp_path / "hall", "false")
    assert {"leaflet", "workbox-core"} <= site
    assert {part.name for part in licences.of_site(bundle, None)} == site
    assert {part.name for part in licences.listed(bundle / "kiosk" / licences.LISTED)} == hall | {
        FONT.removeprefix("node_modules/")
    }


def test_each_is_named_as_it_is_locked_with_its_own_words(bundle: Path) -> None:
    locked = json.loads((FRONTEND / "package-lock.json").read_text("utf-8"))["packages"]
    for part in (*licences.of_site(bundle, None), *licences.listed(bundle / "kiosk" / licences.LISTED)):
        said = locked[f"node_modules/{part.name}"]
        assert (part.version, part.licence) == (said["version"], said["license"])
        assert "dev" not in said, part.name
        text = " ".join(part.paragraphs)
        assert re.search(r"copyright|google inc", text, re.IGNORECASE), part.name
        assert len(text) > 200, part.name


def test_the_page_says_it_all(bundle: Path, tmp_path: Path) -> None:
    publish(WORLD, tmp_path)
    page = (tmp_path / "site/licences.html").read_text("utf-8")
    for part in licences.of_site(bundle, None):
        assert f"<h2>{part.name} {part.version}</h2>" in page
        assert page.count(f"{part.licence} 许可")
    assert page.count("<article") == len(licences.of_site(bundle, None))
    assert "licences.html" in (tmp_path / "site/index.html").read_text("utf-8")


def test_the_form_editor_is_named_where_it_is_published(bundle: Path) -> None:
    *_, form = licences.of_site(bundle, PROJECT / LOCK)
    locked = json.loads((FRONTEND / "admin/package-lock.json").read_text("utf-8"))["packages"]["node_modules/decap-cms"]
    assert (form.name, form.version, form.licence) == ("decap-cms", locked["version"], locked["license"])
    assert form.more.startswith("admin/")
    assert (PROJECT / PACKAGE / Path(form.more).name).is_file()


def test_a_kiosk_carries_its_own(bundle: Path, tmp_path: Path) -> None:
    shop = workshop(PROJECT, WORLD, bundle, TODAY)
    made = shop.release(halls_of(shop.directory)[0], lambda *_: None)
    page = made.root["licences.html"].decode()
    assert "SIL OPEN FONT LICENSE" in page
    assert "leaflet" in page
    assert "default-src 'none'" in page
    assert "<script" not in page


def test_words_of_a_licence_stay_words() -> None:
    part = licences._part("x/y 1.0 (MIT OR Apache-2.0)\nhttps://example.org\n\n<b>a</b>\nb\n\nc\n")
    assert part == licences.Part("x/y", "1.0", "MIT OR Apache-2.0", "https://example.org", ("<b>a</b> b", "c"))
    page = Templates(site_words(LANGUAGE)).render("kiosk/licences.html", parts=(part,))
    assert "&lt;b&gt;a&lt;/b&gt; b" in page
