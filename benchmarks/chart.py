"""One drawing: bars of CPU seconds, a panel a size, each on its own scale.

The rule: a file by itself, shown as a picture. So it brings its own colours, for light and for dark, and no script.
"""

from collections.abc import Mapping, Sequence
from xml.sax.saxutils import escape

_WIDTH, _NAMES, _VALUES = 720, 190, 90  # of all, for the names on the left and the values on the right; units
_BAR, _STEP, _HEAD, _GAP = 16, 24, 30, 18
_STYLE = (
    "text{font:14px system-ui,sans-serif;fill:#2b2024}.head{font-weight:600}.ours{fill:#b4232f}.peer{fill:#8b8187}"
    "@media(prefers-color-scheme:dark){text{fill:#f3e9ea}.ours{fill:#ff8087}.peer{fill:#a79ca1}}"
)


def bars(title: str, panels: Mapping[str, Sequence[tuple[str, float]]], ours: str) -> str:
    """`{heading: [(case, seconds)]}` as SVG; cases whose name begins with `ours` in its colour."""
    parts: list[str] = []
    y = 4
    for heading, values in panels.items():
        parts.append(f'<text class="head" x="0" y="{y + 16}">{escape(heading)}</text>')
        y += _HEAD
        most = max((value for _, value in values), default=0) or 1
        for case, value in values:
            parts.append(_bar(case, value, value / most, y, "ours" if case.startswith(ours) else "peer"))
            y += _STEP
        y += _GAP
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {y}" width="{_WIDTH}" height="{y}" role="img">\n'
        f"<title>{escape(title)}</title>\n<style>{_STYLE}</style>\n" + "\n".join(parts) + "\n</svg>\n"
    )


def _bar(case: str, value: float, share: float, y: int, kind: str) -> str:
    """A bar is never too short to be seen."""
    width = max(1.0, share * (_WIDTH - _NAMES - _VALUES))
    base = y + 13
    return (
        f'<text x="{_NAMES - 8}" y="{base}" text-anchor="end">{escape(case)}</text>'
        f'<rect class="{kind}" x="{_NAMES}" y="{y}" width="{width:.1f}" height="{_BAR}" rx="2"/>'
        f'<text x="{_NAMES + width + 8:.1f}" y="{base}">{value:.2f} s</text>'
    )
