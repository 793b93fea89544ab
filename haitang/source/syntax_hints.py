"""What people mistype in YAML on Chinese keyboards, and what the parser's complaints mean to them.

The rule: a slip is told on its own line and with its cure; what the parser says itself is never shown.
"""

import re
from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from haitang.core.problems import Place, Problem

if TYPE_CHECKING:
    import yaml

_MOST_SUSPECTS = 200  # lines of a file told one by one


# What libyaml says → our problem code, and whether the start of the construct (context) tells an editor more than the end.
LIBYAML = (
    ("scanning an alias", "yaml-alias", True),
    ("scanning an anchor", "yaml-anchor", True),
    ("a tag", "yaml-tag", True),
    ("mapping values are not allowed", "colon-in-value", False),
    ("could not find expected ':'", "no-colon", True),
    ("cannot start any token", "bad-start", False),
    ("did not find expected key", "bad-indent", False),
    ("did not find expected '-'", "bad-list-indent", False),
    ("block sequence entries are not allowed", "bad-dash", False),
    ("unexpected end of stream", "open-quote", True),
    ("unexpected document indicator", "open-quote", True),
    ("expected ',' or", "open-bracket", True),
    ("did not find expected node content", "open-bracket", True),
    ("unknown escape character", "bad-escape", False),
    ("hexdecimal", "bad-escape", False),
    ("Unicode character escape", "bad-escape", False),
    ("tab character", "tab-indent", False),
    ("document start", "after-document", False),
    ("alphabetic or numeric", "bad-start", False),
    ("directive", "yaml-directive", False),
    ("expected comment or line break", "bad-start", True),
)


def explain(text: str, error: "yaml.MarkedYAMLError", file: str) -> list[Problem]:
    """The parser's complaint in our words; known slips of the hand are named on their own line instead."""
    complaint = f"{error.context or ''}, {error.problem or ''}"
    code, at_context = next(((code, back) for part, code, back in LIBYAML if part in complaint), ("yaml-unreadable", False))
    mark = (error.context_mark if at_context else None) or error.problem_mark or error.context_mark
    line, column = (mark.line + 1, mark.column + 1) if mark else (1, 1)
    likely = [problem for problem in suspects(text, file, LIKELY) if problem.place.line <= line]
    if slips := list(suspects(text, file)) or likely or list(_unquoted(text, file)):
        return slips
    lines = text.split("\n")
    # A mark at the end of the file points behind the last line; an editor looks at the last line that has something on it.
    while line > 1 and (line > len(lines) or not lines[line - 1].strip()):
        line, column = line - 1, 1
    before = lines[line - 1][: column - 1]
    if code == "colon-in-value" and re.fullmatch(r" *(- +)?\w+", before):
        code, line = _misaligned(lines, line)
        column = indent(lines[line - 1]) + 1
    if code == "bad-indent" and before.rstrip().endswith(("'", '"')):
        code = "after-quote"
    character = lines[line - 1][column - 1 : column]
    return [Problem(Place(file, line, column), code, {"character": character, "text": lines[line - 1].strip()[:40]})]


# What stands behind a field or a dash where YAML wants a value, and the signs that begin something else there.
_VALUE = re.compile(r"^( *(?:- +)?(?:[^\W\d]\w{0,20}: +)?)(([\[{@`%]|[*&](?=[*\u2e80-\uffff])).*?) *(?: #.*)?$")
_QUOTED = re.compile(r"""^( *(?:- +)?(?:[^\W\d]\w{0,20}: +)?)((["'])[^"']*\3[^"'#]+?) *(?: #.*)?$""")
_SIGN = re.compile(r"^( *(?:- +)?([^\W\d]\w{0,20}): *)([-?]) *(?: #.*)?$")
_PAIRS = {"[": "]", "{": "}"}


def _unquoted(text: str, file: str) -> Iterator[Problem]:
    """Values that begin with a sign of YAML and are texts: `[红管家]社区`, `{某}街道`, `@某某`, `"红"管家`; or are no more than
    that sign, which says that nothing is known."""
    for number, line in enumerate(text.split("\n"), 1):
        if sign := _SIGN.match(line):
            values = {"field": sign[2], "value": sign[3], "wrong": sign[3], "guess": ""}
            yield Problem(Place(file, number, sign.end(1) + 1), "unknown-value", values)
        if half := _QUOTED.match(line):
            values = {"wrong": half[2], "guess": f"'{half[2]}'" if half[3] == '"' else f'"{half[2]}"'}
            yield Problem(Place(file, number, half.end(1) + 1), "after-quote", values)
        found = _VALUE.match(line)
        if found is None or not found[1].strip():
            continue
        _, closing, rest = found[2].partition(_PAIRS.get(found[3], "\n"))
        if found[3] not in _PAIRS or (closing and rest.strip() and not rest.lstrip().startswith(("#", ",", "]", "}"))):
            quoted = '"' + found[2].replace("\\", "\\\\").replace('"', '\\"') + '"'
            values = {"character": found[3], "wrong": found[2], "guess": quoted}
            yield Problem(Place(file, number, found.end(1) + 1), "bad-start", values)


def _misaligned(lines: list[str], line: int) -> tuple[str, int]:
    """What is wrong where a field seems to continue the value above it, and on which line: there a colon is missing, or one
    of the two stands at another depth than its neighbours."""
    numbers = [number for number, text in enumerate(lines, 1) if text.strip() and not text.lstrip().startswith("#")]
    at = numbers.index(line)
    if at == 0:
        return "bad-indent", line
    above = numbers[at - 1]
    if ":" not in lines[above - 1]:
        return "no-colon", above
    here = indent(lines[line - 1])
    around = [indent(lines[number - 1]) for number in (*numbers[max(at - 2, 0) : at - 1], *numbers[at + 1 : at + 2])]
    return "bad-indent", above if indent(lines[above - 1]) < here and here in around else line


def indent(line: str) -> int:
    """How many blanks a line begins with."""
    return len(line) - len(line.lstrip(" "))


SLIPS = (
    (re.compile(r"^( *\t[ \t]*)\S"), "tab-indent"),
    (re.compile(r"^( *[\u3000\xa0\u2002-\u200a\u202f][\u3000\xa0\u2002-\u200a\u202f ]*)\S"), "wide-space-indent"),
    (re.compile(r"^( *(?:- +)?[A-Za-z_][\w\-]{0,20}) *："), "full-width-colon"),
    (re.compile(r"^( *)(?:[`｀]{3,}|~{3,}) *\w* *$"), "code-fence"),
    (re.compile(r"^( *)(?:[－—–•·●]\s*|[*＊] +)\S"), "full-width-dash"),
    (re.compile(r"^()(?:\d{1,2}[.．、)）](?!\d)|[①-⑩])\s*\S"), "full-width-dash"),
    (re.compile(r"^( *(?:- +)?[A-Za-z_]\w{0,20}):(?=[^ \t/:])"), "no-space-after-colon"),
    (re.compile(r"^( *)-(?=[^ \t\-])"), "no-space-after-dash"),
    (re.compile(r"^()(?:<{7}|={7}|>{7})(?: |$)"), "merge-conflict"),
)


# Slips where the field has a Chinese name; but so may begin a line of prose that lost its indentation.
LIKELY = (
    (re.compile(r"^( *[^\W\d]\w{0,20}) *："), "full-width-colon"),
    (re.compile(r"^( *[^\W\d]\w{0,20}):(?=[^ \t/:])"), "no-space-after-colon"),
)


def slip_in(line: str, patterns: Iterable[tuple[re.Pattern[str], str]] = SLIPS) -> tuple[str, int] | None:
    """The slip of the hand that a line shows, and at which character; None for a line without one."""
    for pattern, code in patterns:
        if match := pattern.match(line):
            return code, match.end(1)
    return None


def _opens_block(line: str) -> bool:
    """Whether a line ends in a block's `|` or `>` (no pattern over the whole line: those can take forever)."""
    head, sign, tail = line.partition(" #")[0].rstrip().rpartition(" ")
    return bool(sign) and tail[:1] in ("|", ">") and len(tail) <= 3 and head.rstrip().endswith((":", "-"))


def suspects(text: str, file: str, patterns: Iterable[tuple[re.Pattern[str], str]] = SLIPS) -> Iterator[Problem]:
    """Lines that show a slip editors make on Chinese keyboards. Asked only about files already known to be wrong."""
    count, block_indent = 0, None
    for number, line in enumerate(text.split("\n"), 1):
        if block_indent is not None and (not line.strip() or indent(line) > block_indent):
            continue  # prose inside a `|` block
        block_indent = indent(line) if _opens_block(line) else None
        found = None if line.lstrip().startswith("#") else slip_in(line, patterns)
        if found and count < _MOST_SUSPECTS:
            count += 1
            yield Problem(Place(file, number, found[1] + 1), found[0], {"text": line.strip()[:40]})
