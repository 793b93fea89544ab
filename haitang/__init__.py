"""The generator of the Haitang Red directory: YAML files in, a whole static site out. See ARCHITECTURE.md.

The rule: a room imports only rooms before it in LAYERS, and each outside library has one room, so that it can be replaced
there. `tests/test_layers.py` holds us to both.
"""

VERSION = "0.1.0"  # pyproject.toml has the same
LAYERS = ("core", "schedule", "geo", "source", "model", "media", "data", "checks", "site", "editors", "kiosk", "cli")
HOMES = {
    "core": ("rich", "pypinyin", "anyascii", "urllib3"),
    "schedule": ("chinese_calendar", "holidays"),
    "geo": ("shapely", "numpy"),
    "source": ("yaml",),
    "model": ("pydantic", "pydantic_core", "opencc", "phonenumbers"),
    "media": ("PIL", "fontTools"),
    "checks": ("rapidfuzz",),
    "site": ("jinja2", "babel", "markupsafe", "markdown_it", "geojson", "mkdocs", "zensical", "distributed"),
    "editors": ("openpyxl", "defusedxml", "xlrd"),
    "kiosk": ("cryptography",),
    "cli": ("watchdog",),
}
