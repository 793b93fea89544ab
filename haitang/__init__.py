"""The generator of the Haitang Red directory: YAML files in, a whole static site out. See ARCHITECTURE.md.

The rule: imports point one way, and LAYERS says which (lowest first); `tests/test_layers.py` holds us to it. Modules on one
line do not import each other.
"""

LAYERS: tuple[tuple[str, ...], ...] = (
    ("core",),
    ("schedule",),
    ("geo",),
    ("source",),
    ("model",),
    ("media",),
    ("data",),
    ("checks",),
    ("site",),
    ("editors",),
    ("kiosk",),
    ("cli",),
)
# Each outside library has one home, so that it can be replaced by changing one module.
HOMES: dict[str, tuple[str, ...]] = {
    "yaml": ("source",),
    "pydantic": (
        "model",
        "data",
        "checks",
        "site",
    ),
    "pydantic_core": ("model",),
    "jinja2": ("site",),
    "markdown_it": ("site",),
    "markupsafe": (
        "site",
        "kiosk",
    ),
    "geojson": ("site",),
    "mkdocs": ("site",),
    "zensical": ("site",),
    "pypinyin": ("core",),
    "chinese_calendar": ("schedule",),
    "segno": ("media",),
    "PIL": ("media",),
    "fontTools": ("media",),
    "icalendar": ("site",),
    "watchdog": ("cli",),
    "cryptography": ("kiosk",),
    "urllib3": (
        "core",
        "kiosk",
        "checks",
    ),
    "rich": ("core",),
    "ruamel": ("model",),
    "opencc": ("checks",),
    "rapidfuzz": ("checks",),
    "openpyxl": ("editors",),
    "defusedxml": ("editors",),
}
