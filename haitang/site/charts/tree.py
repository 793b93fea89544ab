"""The tree of tiers: centre, station, point, one place a line, on a twig that branches.

The rule: what is folded is counted and told, and every place stands in the table.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import ClassVar

from haitang.site.charts.parts import LINE, TYPE, WIDTH, Cell, Chart, Link, Say, Table, ems, tenth, tier_of, wrapped

_ROWS = 60  # lines of a drawing; what is more is folded
_FOLDS = (12, 8, 5, 3, 2, 1)  # places of one parent that are shown: as many as _ROWS allows
_INDENT, _DEEPEST, _MARK = 22.0, 5, 12.0
_TAPPED, _READ = 48.0, 36.0  # heights of a line: one that leads somewhere must be easy to hit
_NAME_LINES = 3  # sixty characters


@dataclass(frozen=True, slots=True)
class Node:
    """A place in the tree. `count`: what it stands for beyond itself, 0 where there is nothing to say."""

    name: str
    tier: str
    href: str
    children: tuple["Node", ...]
    count: int = 0


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the tree around its mark at `x`, `y`; `folded` places are one line that says how many, without a name."""

    x: float
    y: float
    height: float
    tier: str
    name: str
    lines: tuple[str, ...]
    href: str
    count: int
    folded: int


@dataclass(frozen=True, kw_only=True)
class Tree(Chart):
    kind: ClassVar[str] = "tree"
    rows: tuple[Row, ...]
    branches: str
    tiers: tuple[tuple[str, str], ...]  # those that are drawn, in their order, each with its name

    @property
    def linked(self) -> bool:
        return any(row.href for row in self.rows)


@dataclass(frozen=True, slots=True)
class _Line:
    """A line before it has a place: its depth, its node or how many are folded, and which line its parent is (-1: none)."""

    depth: int
    node: Node | None
    folded: int
    parent: int


def tree(title: str, roots: Sequence[Node], tiers: Mapping[str, str]) -> Tree:
    """The roots and all below them, as many as fit. `tiers` are the names of all looks, the highest first."""
    every = [*_lines(roots, len(roots) + _size(roots))]
    shown = next((some for fold in _FOLDS if len(some := [*_lines(roots, fold)]) <= _ROWS), None) or [*_lines(roots, 1)]
    tall = _TAPPED if any(line.node and line.node.href for line in every) else _READ
    rows, y = list[Row](), 0.0
    for line in shown:
        rows.append(_row(line, y, tall))
        y += rows[-1].height
    branches = "".join(_branch(rows[line.parent], row) for line, row in zip(shown, rows, strict=True) if line.parent >= 0)
    cells = list[tuple[Cell, ...]]()
    for node, parent in ((line.node, line.parent) for line in every):
        if node:
            above = every[parent].node if parent >= 0 else None
            cells.append((Link(node.name, node.href), tiers[tier_of(node.tier)], above.name if above else ""))
    depth = max((line.depth for line in every), default=0) + 1
    folded = sum(line.folded for line in shown)
    drawn = {row.tier for row in rows}
    return Tree(
        title=title, unit="", height=tenth(max(y, 1)), empty=not roots,
        desc=(Say("tree", {"roots": len(roots), "count": len(every), "depth": depth}),),
        notes=(Say("folded", {"count": folded}),) if folded else (),
        table=Table((Say("name"), Say("tier_head"), Say("above")), tuple(cells)), rows=tuple(rows), branches=branches,
        tiers=tuple((look, name) for look, name in tiers.items() if look in drawn),
    )  # fmt: skip


def _size(nodes: Sequence[Node]) -> int:
    return sum(1 + _size(node.children) for node in nodes)


def _lines(nodes: Sequence[Node], fold: int, depth: int = 0, parent: int = -1, start: int = 0) -> Iterator[_Line]:
    """Lines from the top down; of more than `fold` siblings the last are one line. A single one is never folded: it would
    save nothing."""
    shown = nodes if len(nodes) <= fold + 1 else nodes[:fold]
    at = start
    for node in shown:
        yield _Line(depth, node, 0, parent)
        below = [*_lines(node.children, fold, depth + 1, at, at + 1)]
        yield from below
        at += 1 + len(below)
    if len(shown) < len(nodes):
        yield _Line(depth, None, _size(nodes[len(shown) :]), parent)


def _row(line: _Line, top: float, tall: float) -> Row:
    x = 14 + _INDENT * min(line.depth, _DEEPEST)
    node = line.node
    if node is None:
        return Row(tenth(x), tenth(top + tall / 2), tall, "", "", (), "", 0, line.folded)
    room = WIDTH - x - _MARK - 8 - (ems(str(node.count)) * TYPE + 30 if node.count else 0)
    names = wrapped(node.name, room, _NAME_LINES)
    height = max(tall, len(names) * LINE + tall - 28)
    middle = tenth(top + height / 2)
    return Row(tenth(x), middle, height, tier_of(node.tier), node.name, names, node.href, node.count, 0)


def _branch(parent: Row, child: Row) -> str:
    """From below the parent's mark down, and round the corner to the child."""
    if child.x <= parent.x:  # deeper than the indent goes
        return ""
    return f"M{parent.x} {tenth(parent.y + _MARK + 2)}V{tenth(child.y - 9)}q0 9 9 9H{tenth(child.x - _MARK - 2)}"
