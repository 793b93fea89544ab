"""The mutants of a module: every single change of the kinds below, as text to put in place of other text.

The rule: a mutant is one change that compiles and means something else. Left out is what cannot change how the program behaves
or only what a programmer reads: docstrings, annotations and aliases of types, decorators, assertions, `__all__`,
`if TYPE_CHECKING`, what `zip(strict=)` says, the texts of builtin errors, and the keys of sentences.
"""

import ast
import builtins
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

COMPARED: dict[type[ast.cmpop], tuple[type[ast.cmpop], ...]] = {
    ast.Lt: (ast.LtE, ast.GtE), ast.LtE: (ast.Lt, ast.Gt), ast.Gt: (ast.GtE, ast.LtE), ast.GtE: (ast.Gt, ast.Lt),
    ast.Eq: (ast.NotEq,), ast.NotEq: (ast.Eq,), ast.Is: (ast.IsNot,), ast.IsNot: (ast.Is,), ast.In: (ast.NotIn,),
    ast.NotIn: (ast.In,),
}  # fmt: skip
RECKONED: dict[type[ast.operator], type[ast.operator]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.FloorDiv, ast.Div: ast.Mult, ast.FloorDiv: ast.Mult,
    ast.Mod: ast.FloorDiv, ast.BitOr: ast.BitAnd, ast.BitAnd: ast.BitOr, ast.LShift: ast.RShift, ast.RShift: ast.LShift,
}  # fmt: skip
_TYPES_ONLY = {"cast", "TypeVar", "NewType", "NamedTuple", "namedtuple"}
_SENTENCES = {"sentence", "label"}
_Function = ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda


@dataclass(frozen=True, slots=True)
class Mutant:
    """`start` and `end` are offsets of bytes in the file; `new` stands in place of `old` between them. `first` to `last` are
    the lines of the statement's own; `inside`: it runs when a function is called, not when the module is imported."""

    file: str
    line: int
    kind: str
    start: int
    end: int
    old: str
    new: str
    first: int
    last: int
    inside: bool

    @property
    def name(self) -> str:
        return f"{self.file}:{self.line} {self.kind} {self.start}-{self.end} {self.new}"

    def applied(self, source: bytes) -> bytes:
        assert source[self.start : self.end].decode() == self.old, "the file is another one"
        return source[: self.start] + self.new.encode() + source[self.end :]


def mutants_of(file: str, source: bytes) -> list[Mutant]:
    """All mutants of one module; `is_another` has not been asked yet."""
    finder = _Finder(file, source)
    finder.block(finder.tree.body)
    return finder.found


def is_another(mutant: Mutant, source: bytes) -> bool:
    """Whether the changed module compiles and is not the same program."""
    try:
        tree = ast.parse(mutant.applied(source))
        compile(tree, "mutant", "exec")
    except (SyntaxError, ValueError):
        return False
    return ast.dump(tree) != _dumped(source)


@lru_cache(maxsize=8)
def _dumped(source: bytes) -> str:
    return ast.dump(ast.parse(source))


@contextmanager
def _changed(node: ast.AST, field: str, value: object) -> Iterator[None]:
    before = getattr(node, field)
    setattr(node, field, value)
    try:
        yield
    finally:
        setattr(node, field, before)


class _Finder:
    def __init__(self, file: str, source: bytes) -> None:
        self.tree = ast.parse(source)
        self.found: list[Mutant] = []
        self._file, self._source = file, source
        self._starts = [0]
        for line in source.splitlines(keepends=True):
            self._starts.append(self._starts[-1] + len(line))
        self._lines = (1, 1)
        self._inside = 0
        self._text: ast.JoinedStr | None = None  # what is written in it has no place of its own before Python 3.12
        self._kind = ""  # in default arguments

    def block(self, body: list[ast.stmt]) -> None:
        for at, node in enumerate(body):
            is_docstring = at == 0 and isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
            if not is_docstring and not _means_nothing(node):
                self._statement(node)

    def _statement(self, node: ast.stmt) -> None:
        inner = [
            child for child in ast.iter_child_nodes(node) if isinstance(child, ast.stmt | ast.match_case | ast.ExceptHandler)
        ]
        first = min((child.pattern if isinstance(child, ast.match_case) else child).lineno for child in inner) if inner else 0
        outer, self._lines = (
            self._lines,
            (node.lineno, max(node.lineno, first - 1) if inner else node.end_lineno or node.lineno),
        )
        self._whole(node)
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            self._defaults(node.args)
            self._inside += 1
            self.block(node.body)
            self._inside -= 1
        elif isinstance(node, ast.ClassDef):
            self.block(node.body)
        else:
            self._parts(node)
        self._lines = outer

    def _parts(self, node: ast.AST) -> None:
        """What a statement or an expression is made of."""
        for name, value in ast.iter_fields(node):
            if name in ("annotation", "pattern", "ctx", "format_spec"):
                continue
            for child in value if isinstance(value, list) else [value]:
                if isinstance(child, ast.stmt):
                    self.block(value)
                    break
                if isinstance(child, ast.expr):
                    self._expression(child)
                elif isinstance(child, ast.AST) and not (isinstance(child, ast.keyword) and child.arg == "strict"):
                    self._parts(child)

    def _whole(self, node: ast.stmt) -> None:
        """Changes of a whole statement."""
        if _may_go(node):
            self._put("statement", node, "pass")
        elif isinstance(node, ast.Return) and node.value is not None and not _is_empty(node.value):
            self._put("return", node, "return None")
        elif isinstance(node, ast.Break | ast.Continue):
            self._put("loop", node, "continue" if isinstance(node, ast.Break) else "break")
        if isinstance(node, ast.If | ast.While):
            self._negated(node.test)

    def _defaults(self, arguments: ast.arguments) -> None:
        self._kind = "default"
        for node in (*arguments.defaults, *(value for value in arguments.kw_defaults if value)):
            self._expression(node)
        self._kind = ""

    def _expression(self, node: ast.expr) -> None:
        if (isinstance(node, ast.Call) and _name(node.func) in _TYPES_ONLY) or _is_text_of_error(node):
            return
        if isinstance(node, ast.Lambda):
            self._defaults(node.args)
            self._inside += 1
            self._expression(node.body)
            self._inside -= 1
            return
        if make := self._MAKERS.get(type(node)):
            make(self, node)
        outer = self._text
        if isinstance(node, ast.JoinedStr):
            self._put("string", node, '""')
            self._text = outer or node
        if isinstance(node, ast.Call) and _name(node.func) in _SENTENCES:
            for child in (node.func, *(keyword.value for keyword in node.keywords)):
                self._expression(child)
        elif not isinstance(node, ast.JoinedStr):
            self._parts(node)
        else:
            for value in node.values:
                if isinstance(value, ast.FormattedValue):
                    self._expression(value.value)
        self._text = outer

    def _compare(self, node: ast.Compare) -> None:
        for at, op in enumerate(node.ops):
            for other in COMPARED[type(op)]:
                self._with("compare", node, "ops", [*node.ops[:at], other(), *node.ops[at + 1 :]])

    def _boolean(self, node: ast.BoolOp) -> None:
        self._with("boolean", node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())

    def _unary(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            self._replaced("not", node, node.operand)
        elif isinstance(node.op, ast.USub):
            self._replaced("arithmetic", node, node.operand)

    def _binary(self, node: ast.BinOp) -> None:
        is_text = any(isinstance(side, ast.JoinedStr) or _is_string(side) for side in (node.left, node.right))
        is_type = any(isinstance(side, ast.Constant) and side.value is None for side in (node.left, node.right))
        if type(node.op) in RECKONED and not is_text and not is_type:
            self._with("arithmetic", node, "op", RECKONED[type(node.op)]())

    def _constant(self, node: ast.Constant) -> None:
        kind, value = self._kind, node.value
        if isinstance(value, bool):
            self._with(kind or "constant", node, "value", not value)
        elif isinstance(value, int | float):
            for step in (1, -1):
                self._replaced(kind or "constant", node, ast.Constant(value + step))
        elif isinstance(value, str | bytes) and value:
            self._with(kind or "string", node, "value", value[:0])

    def _conditional(self, node: ast.IfExp) -> None:
        self._negated(node.test)

    def _gathered(self, node: ast.ListComp | ast.SetComp | ast.DictComp | ast.GeneratorExp) -> None:
        for part in node.generators:
            for test in part.ifs:
                self._negated(test)

    def _sliced(self, node: ast.Slice) -> None:
        for bound in (node.lower, node.upper):
            if bound is not None and self._text is None:
                self._put("slice", bound, "")

    def _negated(self, test: ast.expr) -> None:
        if not isinstance(test, ast.Compare) and not (isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not)):
            self._replaced("condition", test, ast.UnaryOp(ast.Not(), test))

    _MAKERS: dict[type[ast.expr], Callable[["_Finder", Any], None]] = {  # noqa: RUF012 – read only
        ast.Compare: _compare, ast.BoolOp: _boolean, ast.UnaryOp: _unary, ast.BinOp: _binary, ast.Constant: _constant,
        ast.IfExp: _conditional, ast.Slice: _sliced, ast.ListComp: _gathered, ast.SetComp: _gathered,
        ast.DictComp: _gathered, ast.GeneratorExp: _gathered,
    }  # fmt: skip

    def _with(self, kind: str, node: ast.expr, field: str, value: object) -> None:
        with _changed(node, field, value):
            self._unparsed(kind, node, node)

    def _replaced(self, kind: str, node: ast.expr, other: ast.expr) -> None:
        if self._text is None:
            self._unparsed(kind, node, other)
            return
        for parent in ast.walk(self._text):
            for field, value in ast.iter_fields(parent):
                if value is node:
                    with _changed(parent, field, other):
                        self._unparsed(kind, node, other)

    def _unparsed(self, kind: str, node: ast.expr, other: ast.expr) -> None:
        try:
            self._put(kind, self._text or node, f"({ast.unparse(self._text or other)})", node.lineno)
        except ValueError:  # a text within a text that cannot be written so
            return

    def _put(self, kind: str, node: ast.stmt | ast.expr, new: str, line: int = 0) -> None:
        assert node.end_lineno is not None and node.end_col_offset is not None
        start = self._starts[node.lineno - 1] + node.col_offset
        end = self._starts[node.end_lineno - 1] + node.end_col_offset
        line = node.lineno if self._text or not line else line
        old = self._source[start:end].decode()
        self.found.append(Mutant(self._file, line, kind, start, end, old, new, *self._lines, bool(self._inside)))


def _name(node: ast.expr) -> str:
    return node.attr if isinstance(node, ast.Attribute) else node.id if isinstance(node, ast.Name) else ""


def _is_string(node: ast.expr) -> bool:
    return isinstance(node, ast.Constant) and isinstance(node.value, str | bytes)


def _is_empty(node: ast.expr) -> bool:
    """Nothing, or what is taken for nothing wherever it is asked."""
    return (isinstance(node, ast.Constant) and not node.value) or (isinstance(node, ast.Tuple | ast.List) and not node.elts)


def _may_go(node: ast.stmt) -> bool:
    """Whether the module still makes sense without it. Without its only `yield` a function is none that yields, and without
    its binding a name is unknown: changes of another kind."""
    if isinstance(node, ast.Expr):
        return not isinstance(node.value, ast.Yield | ast.Constant)
    if isinstance(node, ast.Assign):
        return isinstance(node.targets[0], ast.Attribute | ast.Subscript)
    return isinstance(node, ast.AugAssign | ast.Delete | ast.Raise)


def _is_text_of_error(node: ast.expr) -> bool:
    error = getattr(builtins, _name(node.func), None) if isinstance(node, ast.Call) else None
    return isinstance(error, type) and issubclass(error, Exception) and not issubclass(error, OSError)


def _means_nothing(node: ast.stmt) -> bool:
    """Statements of which no part is mutated."""
    if isinstance(node, ast.Import | ast.ImportFrom | ast.Assert | ast.Global | ast.Nonlocal | ast.Pass):
        return True
    if isinstance(node, ast.If):
        return "TYPE_CHECKING" in ast.dump(node.test) or "__main__" in ast.dump(node.test)
    if isinstance(node, ast.Assign) and isinstance(target := node.targets[0], ast.Name):
        is_alias = target.id.lstrip("_")[:1].isupper() and not target.id.isupper()
        return target.id in ("__all__", "__slots__") or (is_alias and isinstance(node.value, ast.Subscript | ast.BinOp))
    return False
