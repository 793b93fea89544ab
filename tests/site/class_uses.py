"""Which classes templates and scripts give to elements, read from how they are written.

The rule: a class stands where one is meant: in `class="…"`, in what is assigned to `className`, `classList` or `cls`, and at
the place of an argument whose parameter becomes a class. A part that is only known later is `*`.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from itertools import product
from pathlib import Path

ATTRIBUTE = re.compile(r'\bclass="((?:[^"{]|\{(?![{%])|\{\{.*?\}\}|\{%.*?%\})*)"')
HOLE = {".html": re.compile(r"\{\{(.*?)\}\}"), ".ts": re.compile(r"\$\{((?:[^{}`]|`[^`]*`)*)\}")}
LITERAL = re.compile(r'"([^"\n]*)"|`((?:[^`$]|\$\{(?:[^{}`]|`[^`]*`)*\})*)`')
COMPARED = re.compile(r'[=!]==?\s*"[^"]*"|\bin \([^)]*\)|\["[^"]*"\]')
MACRO = re.compile(r"\{% macro (\w+)\((.*?)\) -?%\}(.*?)\{% endmacro %\}", re.DOTALL)
FUNCTION = re.compile(
    r"(?:function\s+(\w+)(?:<[^>]*>)?|\bprivate (\w+)|\bconst (\w+) = )\(((?:[^()]|\([^()]*\))*)\)\s*(?::|=>)"
)
CONSTANT = re.compile(r"const ([A-Z_]+)[^=\n]*= (.*);")
PARAMETERS = ("className", "cls")
METHODS = {"add", "remove", "toggle", "contains"}


def uses(files: Iterable[Path]) -> dict[Path, set[str]]:
    """File → the classes that it gives or asks for, `*` for what is only known later."""
    texts = {path: path.read_text("utf-8") for path in files}
    takers: dict[str, dict[str, int]] = {".html": {}, ".ts": {}}
    for path, text in texts.items():
        takers[path.suffix].update(_macros(text) if path.suffix == ".html" else _functions(text, "export function"))
    return {path: set(_words(path.suffix, text, takers[path.suffix])) for path, text in texts.items()}


def _words(kind: str, text: str, takers: Mapping[str, int]) -> Iterator[str]:
    constants = dict(CONSTANT.findall(text))
    for piece in (*_places(kind, text), *_given(text, takers if kind == ".html" else {**takers, **_functions(text)})):
        for written in _strings(kind, constants.get(piece.strip(), piece)):
            for word in _spelled(kind, written):
                yield from (one.replace("**", "*") for one in word.split() if one.strip("*"))


def _places(kind: str, text: str) -> Iterator[str]:
    """The pieces of the text that are classes by themselves, as expressions."""
    if kind == ".html":
        for value in ATTRIBUTE.findall(text):
            yield "`" + re.sub(r"\{%.*?%\}", "\n", value) + "`"
        yield from re.findall(r"\{% set class = (.*?) %\}", text)
        return
    yield from re.findall(r"\b(?:className|cls)\s*[=:] ([^;,\n]*)", text)
    yield from re.findall(r'setAttribute\("class", (.*)\)', text)
    yield from re.findall(r"\bclass: ([^,}]*)", text)
    yield from re.findall(r"const CLASSES = (.*);", text)
    for name, arguments in re.findall(r"[cC]lass(?:List)?\.(\w+)\((.*)", text):
        if name in METHODS:
            given = _arguments(arguments)
            yield from given[:1] if name == "toggle" else given
    if "= document.documentElement.classList" in text:
        yield from re.findall(r"root\.add\((.*?)\)", text)


def _given(text: str, takers: Mapping[str, int]) -> Iterator[str]:
    """What is given where a parameter becomes a class."""
    if not takers:
        return
    for call in re.finditer(rf"(?<![\w])({'|'.join(takers)})\(", text):
        given = _arguments(text[call.end() :])
        at = takers[call[1]]
        named = [value.partition("=")[2] for value in given if re.match(r"(?:class|extra)\s*=[^=]", value)]
        yield from named or given[at : at + 1]


def _macros(text: str) -> dict[str, int]:
    """Macros with a parameter that becomes a class → its place."""
    found = {}
    for name, parameters, body in MACRO.findall(text):
        names = [one.partition("=")[0].strip() for one in parameters.split(",")]
        holes = {hole.strip() for value in ATTRIBUTE.findall(body) for hole in re.findall(r"\{\{ (\w+) \}\}", value)}
        for parameter in holes.intersection(names, ("class", "extra")):
            found[name] = names.index(parameter)
    return found


def _functions(text: str, said: str = "") -> dict[str, int]:
    """Functions and methods with a parameter that becomes a class → its place. `said`: how their lines begin."""
    found = {}
    for *names, parameters in FUNCTION.findall("\n".join(line for line in text.splitlines() if line.startswith(said))):
        given = [re.split(r"[?:=]", one)[0].strip() for one in _arguments(parameters + ")")]
        found.update({name: given.index(one) for one in PARAMETERS if one in given for name in names if name})
    return found


def _arguments(text: str) -> list[str]:
    """What stands between commas up to the bracket that closes."""
    found, depth, quote, last = [""], 0, "", ""
    for character in text:
        if quote:
            quote = "" if character == quote and last != "\\" else quote
        elif character in "\"`'":
            quote = character
        elif character in "([{":
            depth += 1
        elif character in ")]}":
            depth -= 1
            if depth < 0:
                break
        elif character == "," and not depth:
            found.append("")
            continue
        found[-1] += character
        last = character
    return [one.strip() for one in found]


def _strings(kind: str, expression: str) -> Iterator[str]:
    """The texts that an expression may give."""
    for double, back in LITERAL.findall(COMPARED.sub("", expression) if kind == ".ts" else expression):
        yield double or back


def _spelled(kind: str, written: str) -> Iterator[str]:
    """A text with each hole filled by each text that it may give, else by a star."""
    parts = HOLE[kind].split(written)
    choices = [[part] if at % 2 == 0 else _filled(kind, part) for at, part in enumerate(parts)]
    yield from ("".join(choice) for choice in product(*choices))


def _filled(kind: str, expression: str) -> list[str]:
    found = [
        spelled
        for double, back in LITERAL.findall(COMPARED.sub("", expression))
        for spelled in (_spelled(kind, back) if back else (double,))
    ]
    if not found:
        return ["*"]
    return found if kind == ".ts" or " else " in expression else [*found, ""]
