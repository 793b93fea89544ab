"""Draws the icons for home screens from templates/assets/favicon.svg: `.venv/bin/python docs/icons.py`.

The rule: the flower lies in the middle; of a maskable icon a phone may cut away all but the inner 80 %.
"""

import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))
from haitang.core.toolchain import browser_lacks, chromium  # noqa: E402 - found only with the project on the path

ASSETS = ROOT / "templates" / "assets"
PAPER = "#fffbf8"
ICONS = (("icon-192.png", 192, 0.8), ("icon-maskable.png", 512, 0.62))  # name, side in pixels, share the flower takes of it


def main() -> int:
    if lacks := browser_lacks():
        print(lacks, file=sys.stderr)
        return 3
    from playwright.sync_api import sync_playwright

    flower = (ASSETS / "favicon.svg").read_text(encoding="utf-8")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=["--no-sandbox"])
        for name, side, share in ICONS:
            page = browser.new_page(viewport={"width": side, "height": side})
            style = f"body{{margin:0;height:100vh;display:grid;place-items:center;background:{PAPER}}}svg{{width:{share:.0%}}}"
            page.set_content(f"<style>{style}</style>{flower}")
            page.screenshot(path=ASSETS / name)
            page.close()
        browser.close()
    return 0


if __name__ == "__main__":
    sys.exit(main())
