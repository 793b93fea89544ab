"""The generator of the Haitang Red directory: YAML files in, a whole static site out. See ARCHITECTURE.md.

The rule: imports point one way, and LAYERS says which (lowest first); `tests/test_layers.py` holds us to it. Modules on one
line do not import each other.
"""

LAYERS: tuple[tuple[str, ...], ...] = (
    (
        "installing",
        "console",
        "problems",
        "columns",
        "coordinates",
        "colours",
        "holidays",
        "seasons",
        "calendar_dates",
        "syllables",
        "qr",
        "fingerprint",
        "generations",
        "version",
    ),
    ("hours", "occasions"),
    ("moments",),
    ("unless",),
    ("when",),
    ("environment", "pinyin", "values", "slips", "text", "timetable"),
    ("source", "model", "bundling", "boundary", "photos"),
    ("settings",),
    ("words", "album"),
    ("reading",),
    ("world", "routes"),
    ("concept_checks", "photo_checks", "route_checks"),
    ("checks",),
    ("directory",),
    ("programme", "rendering", "schematic", "progress"),
    ("views", "charts"),
    ("showcase", "route_views"),
    ("outputs", "frame", "offline"),
    ("publish",),
    ("building", "editing", "serving"),
    ("commands",),
    ("cli",),
)
# Each outside library has one home, so that it can be replaced by changing one module.
HOMES: dict[str, tuple[str, ...]] = {
    "yaml": ("source",),
    "pydantic": ("values", "model", "settings", "reading", "world", "checks"),
    "pydantic_core": ("values", "reading"),
    "jinja2": ("rendering",),
    "markdown_it": ("rendering",),
    "markupsafe": ("rendering", "views", "showcase", "route_views", "outputs"),
    "geojson": ("outputs",),
    "mkdocs": ("frame",),
    "zensical": ("frame",),
    "pypinyin": ("pinyin",),
    "chinese_calendar": ("holidays",),
    "segno": ("qr",),
    "PIL": ("photos",),
    "icalendar": ("outputs",),
    "watchdog": ("serving",),
    "rich": ("console",),
}
