"""Cures that nobody needs to be asked about: slips of the keyboard, words with one meaning, what a problem says to write.

The rule: a line is changed only where a problem was told on it, and a file only when it reads better afterwards, never worse.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from haitang.core.decoding import decode, read_regular, without_nothing
from haitang.core.problem_codes import CODES
from haitang.core.problems import Place, Problem
from haitang.editors.entry_files import put
from haitang.media.image_store import FOLDER
from haitang.media.metadata import Unreadable, without_hidden_data
from haitang.model.field_specs import MODELS
from haitang.model.messages import words
from haitang.model.paths import kind_of
from haitang.model.validation import meant, plainly, read
from haitang.source.parser import MAX_BYTES, Fields, Flawed, parse

_ROUNDS = 20  # a line is cured once a round
_KEY = r"^( *(?:- +)?[^\W\d]\w{0,20}) *"
SLIPS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "full-width-colon": (re.compile(_KEY + r"：\s*"), r"\1: "),
    "no-space-after-colon": (re.compile(_KEY + r":(?=\S)"), r"\1: "),
    "full-width-dash": (re.compile(r"^( *)[－—–•·●]\s*"), r"\1- "),
    "no-space-after-dash": (re.compile(r"^( *)-(?=\S)"), r"\1- "),
    "curly-quotes": (re.compile('^( *(?:- +)?(?:[^\\W\\d]\\w*: +)?)[“‘”’]([^“”‘’"\\\\]*)[”’](?=\\s*$)'), r'\1"\2"'),
}


@dataclass(frozen=True, slots=True)
class Cure:
    """What was changed: on a line of a file (`cured`), in the encoding of a whole file (`converted`), or beside the pixels of a
    picture (`bared`)."""

    file: str
    line: int = 0
    wrong: str = ""
    right: str = ""
    how: Literal["cured", "converted", "bared"] = "cured"


def cure(root: Path, files: frozenset[str], problems: Callable[[], Iterable[Problem]]) -> Iterator[Cure]:
    """Cures these entry files, and the pictures that problems name, as far as that is safe, and names each change. `problems`
    looks at all data anew: what was unreadable may say more once it can be read. Raises OSError."""
    for _ in range(_ROUNDS):
        by_file: dict[str, list[Problem]] = {}
        pictures: set[str] = set()
        for problem in problems():
            if CODES[problem.code].fix == "photo":
                pictures.add(f"{FOLDER}/{problem.values['value']}")
            elif problem.place.file in files:
                by_file.setdefault(problem.place.file, []).append(problem)
        done = [found for file, some in sorted(by_file.items()) for found in _cured(root, file, some)]
        done += [Cure(file, how="bared") for file in sorted(pictures) if _bare_picture(root, file)]
        yield from done
        if not done:
            return


def _bare_picture(root: Path, file: str) -> bool:
    """Takes out what a picture tells beside its pixels; whether there was anything that could be taken out."""
    try:
        content = without_hidden_data(root / file)
    except Unreadable:
        return False
    if content == (root / file).read_bytes():
        return False
    put(root, file, content)
    return True


def _cured(root: Path, file: str, problems: list[Problem]) -> list[Cure]:
    content = read_regular(root / file, file, MAX_BYTES)
    if isinstance(content, Problem) or kind_of(file) is None:
        return []
    text = decode(content, file)
    if isinstance(text, Problem):
        certain = _converted(content, str(text.values.get("encoding"))) if CODES[text.code].fix == "encoding" else None
        if certain is None:
            return []
        put(root, file, certain[0])
        return [Cure(file, wrong=certain[1], right="UTF-8", how="converted")]
    lines = text.split("\n")
    cures: dict[int, Cure] = {}
    for problem in problems:
        line = problem.place.line
        wrong = lines[line - 1] if line <= len(lines) and line not in cures else None
        if wrong is not None and (right := _line(wrong, problem)) not in (None, wrong):
            cures[line] = Cure(file, line, wrong, str(right))
    return _better(root, file, lines, list(cures.values()))


def _better(root: Path, file: str, lines: list[str], cures: list[Cure]) -> list[Cure]:
    """Writes the cures that do not make the file read worse: all of them, else those that do no harm alone."""
    before = _faults("\n".join(lines), file)
    if cures and _faults(_with(lines, cures), file) > before:
        cures = [one for one in cures if _faults(_with(lines, [one]), file) <= before][:1]
    if cures:
        put(root, file, _with(lines, cures))
    return cures


def _with(lines: list[str], cures: Iterable[Cure]) -> str:
    """The text with these lines; one of which nothing is left goes."""
    right = {one.line: one.right for one in cures}
    numbered = ((right.get(number, line), number in right) for number, line in enumerate(lines, 1))
    return "\n".join(line for line, is_new in numbered if line or not is_new)


def _faults(text: str, file: str) -> tuple[int, int]:
    """How badly a text reads: whether not at all, and how many problems it has by itself."""
    kind = kind_of(file)
    tree = parse(text, file)
    if kind is None or not isinstance(tree, Fields):
        return (1 if isinstance(tree, Flawed) else 2, len(tree))
    found = read(MODELS[kind], tree, file)
    return 0, len(found) if isinstance(found, list) else 0


def _line(line: str, problem: Problem) -> str | None:
    """The line as it ought to be, None where that is not certain."""
    fix = CODES[problem.code].fix
    if fix in _WHOLE:
        return _WHOLE[fix](line, problem)
    guess = problem.values.get("guess")
    if not isinstance(guess, str):
        return None
    wrong = problem.values.get("wrong")
    if fix == "text" and isinstance(wrong, str):
        return _replaced(line, problem.place, wrong, guess)
    written = str(problem.values.get("field" if problem.code == "unknown-field" else "value", ""))
    if fix == "guess" and _means(written, guess, problem):
        return _replaced(line, problem.place, written, guess)
    return None


def _indented(line: str, _: Problem) -> str:
    """With plain blanks before it."""
    indent = line[: len(line) - len(line.lstrip(" \t\u3000\xa0\u2002\u2003\u2009\u202f"))]
    return indent.replace("\t", "  ").replace("\u3000", "  ").replace("\u2003", "  ") + line[len(indent) :]


def _typed(line: str, problem: Problem) -> str:
    """Without the slip of the keyboard."""
    pattern, right = SLIPS[problem.code]
    return pattern.sub(right, line, count=1)


_PASTED = re.compile(
    r"(?P<indent> *)(?P<key>[^\W\d]\w*) *: +(?P<value>\"[^\"\\]*\"|'[^']*'|\[[^\]]*\]|[^\s#\"'\[].*?)(?P<comment> +#.*)?\s*"
)


def _parted(line: str, problem: Problem) -> str | None:
    """A location, or a part of it, on the lines that say the same: those of a location below its name."""
    written, found = problem.values.get("written"), _PASTED.fullmatch(line)
    value = found["value"].strip("\"'[] ") if found else ""
    if found is None or not isinstance(written, tuple) or value != str(problem.values.get("value")).strip("\"'[] "):
        return None
    indent, comment = found["indent"], found["comment"] or ""
    if problem.values.get("field") in ("location", "address"):
        return "\n".join([f"{indent}location:{comment}", *(f"{indent}  {each}" for each in written)])
    return "\n".join(indent + each for each in (written[0] + comment, *written[1:]))


_WHOLE: Mapping[str, Callable[[str, Problem], str | None]] = {
    "indent": _indented,
    "slip": _typed,
    "hidden": lambda line, _: without_nothing(line),
    "lines": _parted,
}


def _replaced(line: str, place: Place, wrong: str, right: str) -> str | None:
    at = line.find(wrong, min(place.column, len(line)) - 1) if wrong else -1
    if at < 0 or "\n" in right:
        return None
    return "" if line.strip() == wrong.strip() and not right else line[:at] + right + line[at + len(wrong) :]


def _means(written: str, guess: str, problem: Problem) -> bool:
    """Whether a word certainly means what was guessed: it is written otherwise, or is one of its Chinese names."""
    if problem.code == "bad-choice":
        return meant(str(problem.values.get("field")), written, (guess,)) == guess
    tree, named = words("zh-CN").tree, ""
    if problem.code == "unknown-field":
        named = f"{tree['fields'].get(guess, '')} {tree['also_called'].get(guess, '')}"
    return plainly(written) in {plainly(name) for name in (guess, *str(named).split())}


def _converted(content: bytes, likely: str) -> tuple[str, str] | None:
    """The text of bytes in another encoding and its name, where there is no doubt. `likely` is what it looks like."""
    is_utf16 = content.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not is_utf16 and not likely.startswith("GB"):
        return None
    try:
        text = content.decode("utf-16" if is_utf16 else "gb18030").replace("\r\n", "\n")
        if is_utf16:
            return text, "UTF-16"
        # The everyday half of it: bytes of another encoding come out as characters nobody uses.
        text.translate(_ALSO).encode("gb2312")
    except UnicodeError:
        return None
    return text, "GB18030"


_ALSO = dict.fromkeys(map(ord, "镕堃喆淼垚祎骉·—"), " ")
