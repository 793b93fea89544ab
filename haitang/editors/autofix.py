"""Cures that nobody needs to be asked about: slips of the keyboard, words with one meaning, what a problem says to write.

The rule: a line is changed only where a problem was told on it, and a file only when it reads better afterwards, never worse.
"""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from haitang.core.decoding import decode, read_regular
from haitang.core.problem_codes import CODES, Fix
from haitang.core.problems import Place, Problem
from haitang.editors.entry_files import put
from haitang.media.image_store import FOLDER
from haitang.media.metadata import Unreadable, without_hidden_data
from haitang.model.field_specs import MODELS
from haitang.model.messages import words
from haitang.model.paths import kind_of
from haitang.model.validation import read
from haitang.source.parser import MAX_BYTES, Fields, Flawed, parse

_ROUNDS = 20  # a line is cured once a round
_KEY = r"^( *(?:- +)?[^\W\d]\w{0,20}) *"
SLIPS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "full-width-colon": (re.compile(_KEY + r"：\s*"), r"\1: "),
    "no-space-after-colon": (re.compile(_KEY + r":(?=\S)"), r"\1: "),
    # A vertical tab of Word's, inside a long text, is a line break.
    "hidden-character": (
        re.compile("^( +)(?!- |[^\\W\\d]\\w*:)([^\v\f\x85\u2028\u2029]*)[\v\f\x85\u2028\u2029]+"),
        r"\1\2\n\1",
    ),
    "code-fence": (re.compile(r"^.*"), ""),
    "full-width-dash": (re.compile(r"^( *)(?:[－—–•·●]\s*|[*＊] +|\d{1,2}[.．、)）]\s*|[①-⑩]\s*)"), r"\1- "),
    "no-space-after-dash": (re.compile(r"^( *)-(?=\S)"), r"\1- "),
    "curly-quotes": (re.compile('^( *(?:- +)?(?:[^\\W\\d]\\w*: +)?)[“‘”’]([^“”‘’"\\\\]*)[”’](?=\\s*$)'), r'\1"\2"'),
}


@dataclass(frozen=True, slots=True)
class Cure:
    """What was changed: on a line of a file (`cured`), a line that went (`dropped`), in the encoding of a whole file
    (`converted`), or beside the pixels of a picture (`bared`)."""

    file: str
    line: int = 0
    wrong: str = ""
    right: str = ""
    how: Literal["cured", "dropped", "converted", "bared"] = "cured"


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
            cures[line] = Cure(file, line, wrong, str(right), "cured" if right else "dropped")
        elif wrong is not None:
            cures |= {each.line: each for each in _over_lines(file, lines, problem) if each.line not in cures}
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
    right = {one.line: one for one in cures}
    kept = (right.get(number, line) for number, line in enumerate(lines, 1))
    return "\n".join(line if isinstance(line, str) else line.right for line in kept if isinstance(line, str) or line.right)


def _faults(text: str, file: str) -> tuple[int, int]:
    """How badly a text reads: whether not at all, and on how many lines it has problems by itself."""
    kind = kind_of(file)
    tree = parse(text, file)
    if kind is None or not isinstance(tree, Fields):
        return (1 if isinstance(tree, Flawed) else 2, len(tree))
    found = read(MODELS[kind], tree, file)
    return 0, len({problem.place.line for problem in found}) if isinstance(found, list) else 0


def _line(line: str, problem: Problem) -> str | None:
    """The line as it ought to be, None where that is not certain."""
    fix = CODES[problem.code].fix
    if fix == "indent":
        indent = line[: len(line) - len(line.lstrip(" \t\u3000\xa0\u2002\u2003\u2009\u202f"))]
        return indent.replace("\t", "  ").replace("\u3000", "  ").replace("\u2003", "  ") + line[len(indent) :]
    if fix == "slip":
        pattern, right = SLIPS[problem.code]
        return pattern.sub(right, line, count=1)
    return _told(line, problem, fix)


def _told(line: str, problem: Problem, fix: Fix) -> str | None:
    """The line with what the problem says to write."""
    guess, wrong, items = problem.values.get("guess"), problem.values.get("wrong"), problem.values.get("items")
    if isinstance(items, tuple):
        return _as_items(line, str(wrong), items)
    if not isinstance(guess, str):
        return None
    if fix == "text" and isinstance(wrong, str):
        return _replaced(line, problem.place, wrong, guess)
    written = str(problem.values.get("field" if problem.code == "unknown-field" else "value", ""))
    if fix == "guess" and _means(written, guess, problem):
        return _replaced(line, problem.place, written, guess)
    return None


def _replaced(line: str, place: Place, wrong: str, right: str) -> str | None:
    at = line.find(wrong, min(place.column, len(line)) - 1) if wrong else -1
    if at < 0 or "\n" in right:
        return None
    before, behind = line[:at], line[at + len(wrong) :]
    if right.startswith("[") and before[-1:] in ("'", '"') and behind[:1] == before[-1]:
        before, behind = before[:-1], behind[1:]  # in quotes a list would be a text
    return before + right + behind if right else _without(before, behind)


def _as_items(line: str, wrong: str, items: tuple[str, ...]) -> str | None:
    """One item of a list as the several that it names."""
    if "[" in line.partition(wrong)[0]:
        return line.replace(wrong, ", ".join(items), 1)
    found = re.fullmatch(rf"""( *- +)["']?{re.escape(wrong)}["']?( +#.*)?""", line)
    return "\n".join(found[1] + item + (found[2] or "") * (item == items[0]) for item in items) if found else None


def _over_lines(file: str, lines: list[str], problem: Problem) -> list[Cure]:
    """A value that was written over several lines, in one."""
    wrong, guess, first = problem.values.get("wrong"), problem.values.get("guess"), problem.place.line - 1
    if CODES[problem.code].fix != "text" or not isinstance(wrong, str) or not isinstance(guess, str) or "\n" in guess:
        return []
    column = problem.place.column - 1
    before, text, last = lines[first][:column], lines[first][column:].strip(), first
    head = re.fullmatch(r"( *(?:- +)?\w+: +)[|>][-+]? *", lines[first - 1]) if first else None  # of a block
    while text != wrong and len(text) < len(wrong) and last + 1 < len(lines):
        last += 1
        text += ("\n" if head else " ") + lines[last].strip()
    if text != wrong or (last == first and not head):
        return []
    if head:
        first, before = first - 1, head[1]
    dropped = [Cure(file, at + 1, lines[at], how="dropped") for at in range(first + 1, last + 1)]
    return [Cure(file, first + 1, lines[first], before + guess), *dropped]


def _without(before: str, behind: str) -> str:
    """What is left of a line that loses what stood between these; nothing where it held a value and no more."""
    line = before + behind
    if "[" in before:  # one of the items on a line
        line = re.sub(r"\[\s*,\s*", "[", re.sub(r",\s*(?=[,\]])", "", line))
    item, comment, _ = line.partition("#")
    if re.fullmatch(r"""\s*(?:-|[^\W\d]\w*:)?\s*(?:""|'')?\s*""", item):
        return line if comment and ":" in item else re.sub(r"^(\s*)[^#]*", r"\1", line).rstrip()
    return line.rstrip()


def _means(written: str, guess: str, problem: Problem) -> bool:
    """Whether a word certainly means what was guessed: it is written otherwise, or is one of its Chinese names."""
    tree, named = words("zh-CN").tree, ""
    if problem.code == "bad-choice":
        named = tree["choices"].get(str(problem.values.get("field")), {}).get(guess, "")
    elif problem.code == "unknown-field":
        named = f"{tree['fields'].get(guess, '')} {tree['also_called'].get(guess, '')}"
    return _bare(written) in {_bare(name) for name in (guess, *str(named).split())}


def _bare(word: str) -> str:
    """Without what keyboards vary: width, case, blanks and signs."""
    return re.sub(r"[\W_]", "", unicodedata.normalize("NFKC", word)).casefold()


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
