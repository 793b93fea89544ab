"""The generator of the Haitang Red directory: YAML files in, a whole static site out. See ARCHITECTURE.md.

The rule: imports point one way, and LAYERS says which (lowest first); `tests/test_layers.py` holds us to it.
"""

LAYERS = (
    "problems",
    "coordinates",
    "hours",
    "calendar_dates",
    "model",
    "source",
    "words",
    "reading",
    "checks",
    "directory",
    "rendering",
    "outputs",
    "frame",
    "publish",
    "editing",
    "serving",
    "environment",
    "cli",
)
