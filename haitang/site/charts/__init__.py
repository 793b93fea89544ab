"""Charts drawn at build time: bars, lines, stacked areas, a dot map, the tree of tiers, flowers that count.

The rule: geometry and facts only. Words and HTML are `templates/parts/charts.html`, colours `styles/charts.css`, so that dark,
high contrast and paper are the page's own; a value nobody knows is a gap or a hatched stub, never a nought.
No library serves: pygal and matplotlib write styles, scripts or chance ids into the SVG (our CSP forbids the former, our bytes
the latter), Vega and leather fix colours as attributes; none knows title, desc, 待核实 and a hatch.
"""

from haitang.site.charts.bars import Bars, bars
from haitang.site.charts.dots import Dot, Dots, TownPoint, dots
from haitang.site.charts.flowers import Pictogram, pictogram
from haitang.site.charts.lines import Areas, Lines, areas, lines
from haitang.site.charts.parts import Chart
from haitang.site.charts.tree import Node, Tree, tree

__all__ = [
    "Areas", "Bars", "Chart", "Dot", "Dots", "Lines", "Node", "Pictogram", "TownPoint", "Tree",
    "areas", "bars", "dots", "lines", "pictogram", "tree",
]  # fmt: skip
