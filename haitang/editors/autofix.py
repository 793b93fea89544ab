"""Cures that nobody needs to be asked about: slips of the keyboard, words with one meaning, what a problem says to write.

The rule: a line is changed only where a problem was told on it.
"""

import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from pathlib import Path

from haitang.checks.slides import FOLDER as SLIDES
from haitang.core.decoding import without_nothing
from haitang.core.disk.together import Together, together
from haitang.core.problem_codes import CODES, Fix
from haitang.core.problems import Place, Problem
from haitang.editors.mended_file import Cure, MendedFile
from haitang.media import videos
from haitang.media.image_store import FOLDER
from haitang.media.metadata import Unreadable, without_hidden_data
from haitang.model.messages import words
from haitang.model.paths import kind_of
from haitang.model.validation import meant, plainly

_ROUNDS = 20  # a line is cured once a round
_KEY = r"^( *(?:- +)?[^\W\d]\w{0,20}) *"
SLIPS: Mapping[str, tuple[re.Pattern[str], str]] = {
    "full-width-colon": (re.compile(_KEY + r"：\s*"), r"\1: "),
    "no-space-after-colon": (re.compile(_KEY + r":(?=\S)：*\s*"), r"\1: "),
    "code-fence": (re.compile(r"^.*"), ""),
    "full-width-dash": (re.compile(r"^( *)(?:[－—–•·●]\s*|[*＊] +|\d{1,2}[.．、)）](?!\d)\s*|[①-⑩]\s*)"), r"\1- "),
    "no-space-after-dash": (re.compile(r"^( *)-(?=\S)"), r"\1- "),
    "curly-quotes": (re.compile('^( *(?:- +)?(?:[^\\W\\d]\\w*: +)?)[“‘”’]([^“”‘’"\\\\]*)[”’](?=\\s*$)'), r'\1"\2"'),
}


def cure(root: Path, files: frozenset[str], problems: Callable[[], Iterable[Problem]]) -> Iterator[Cure]:
    """Cures these entry files, and the pictures that problems name, as far as that is safe, brings the files into their usual
    form, and tells each change at the line where it stands in the end. `problems` looks at all data anew: what was unreadable
    may say more once it can be read. Raises OSError."""
    with together(root) as data:
        mended, bared = _in_rounds(data, files, problems)
        told = [Cure(file, how="bared") for file in sorted(bared)]
        for file in sorted(filter(kind_of, files)):
            if whole := mended.get(file) or MendedFile.at(data, file):
                is_tidied = whole.tidy(data)
                told += [*whole.cures(), *([Cure(file, how="tidied")] if is_tidied else [])]
    yield from told


def _in_rounds(
    data: Together, files: frozenset[str], problems: Callable[[], Iterable[Problem]]
) -> tuple[dict[str, MendedFile], set[str]]:  # fmt: skip
    """Cures what is told, and what is told then; the files and the pictures that were looked at or changed."""
    mended: dict[str, MendedFile] = {}
    bared: set[str] = set()
    for _ in range(_ROUNDS):
        by_file: dict[str, list[Problem]] = {}
        pictures: set[str] = set()
        for problem in problems():
            if CODES[problem.code].fix == "photo":
                beside = problem.place.file.rpartition("/")[0]  # what a hall shows lies there, all else in one folder
                folder = beside if beside.startswith(f"{SLIDES}/") else FOLDER
                pictures.add(f"{folder}/{problem.values['value']}")
            elif problem.place.file in files and kind_of(problem.place.file):
                by_file.setdefault(problem.place.file, []).append(problem)
        changed = {file for file in pictures if _bare_picture(data, file)}
        bared |= changed
        changed.update(file for file, some in by_file.items() if _cured(data, file, some, mended))
        if not changed:
            break
    return mended, bared


def _bare_picture(data: Together, file: str) -> bool:
    """Takes out what a picture or a film tells beside its pixels; whether there was anything that could be taken out."""
    try:
        path = data.root / file
        content = videos.bare(path.read_bytes()) if videos.FILE.search(file) else without_hidden_data(path)
    except (Unreadable, videos.BadVideo):
        return False
    if content == (data.root / file).read_bytes():
        return False
    data.put(file, content)
    return True


def _cured(data: Together, file: str, problems: list[Problem], mended: dict[str, MendedFile]) -> bool:
    """Writes a file with what is wrong on its lines cured; whether that changed anything."""
    if file not in mended:
        whole = MendedFile.at(data, file)
        if whole is None:
            return False
        mended[file] = whole
        if whole.encoding:
            return True  # what else is wrong with it can be told now
    lines, rights = mended[file].lines, dict[int, str]()
    for problem in problems:
        number = problem.place.line
        wrong = lines[number - 1].text if number <= len(lines) and number not in rights else None
        if wrong is not None and (right := _line(wrong, problem)) is not None and right != wrong:
            rights[number] = right
        elif wrong is not None:
            rights = _over_lines([line.text for line in lines], problem) | rights
    return mended[file].cure(data, rights)


def _line(line: str, problem: Problem) -> str | None:
    """The line as it ought to be, which may become several; empty where it ought not to be there; None where that is not
    certain."""
    fix = CODES[problem.code].fix
    if fix in _WHOLE:
        return _WHOLE[fix](line, problem)
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


def _indented(line: str, _: Problem) -> str:
    """With plain blanks before it."""
    indent = line[: len(line) - len(line.lstrip(" \t\u3000\xa0\u2002\u2003\u2009\u202f"))]
    return re.sub(r"\s", " ", re.sub("[\t\u3000\u2003]", "  ", indent)) + line[len(indent) :]


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


# A vertical tab of Word's, inside a long text, is a line break.
_BROKEN = re.compile("^( +)(?!- |[^\\W\\d]\\w*:)([^\v\f\x85\u2028\u2029]*)[\v\f\x85\u2028\u2029]+")


def _seen(line: str, _: Problem) -> str:
    """Without characters that cannot be seen."""
    return _BROKEN.sub(r"\1\2\n\1", line) if _BROKEN.match(line) else without_nothing(line)


_WHOLE: Mapping[str, Callable[[str, Problem], str | None]] = {
    "indent": _indented,
    "slip": _typed,
    "hidden": _seen,
    "lines": _parted,
}


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


_BLOCK_HEAD = re.compile(r"( *(?:- +)?\w+: +)[|>][-+]? *")


def _over_lines(lines: list[str], problem: Problem) -> dict[int, str]:
    """A value that was written over several lines, in one: what becomes of each of them."""
    wrong, guess, first = problem.values.get("wrong"), problem.values.get("guess"), problem.place.line - 1
    if CODES[problem.code].fix != "text" or not isinstance(wrong, str) or not isinstance(guess, str) or "\n" in guess:
        return {}
    column = problem.place.column - 1
    if _BLOCK_HEAD.fullmatch(lines[first]) and first + 1 < len(lines):
        first, column = first + 1, 0
    before, text, last = lines[first][:column], lines[first][column:].strip(), first
    head = _BLOCK_HEAD.fullmatch(lines[first - 1]) if first else None
    while text != wrong and len(text) < len(wrong) and last + 1 < len(lines):
        last += 1
        text += ("\n" if head and "|" in head[0] else " ") + lines[last].strip()
    if text != wrong or (last == first and not head):
        return {}
    if head:
        first, before = first - 1, head[1]
    return {first + 1: before + guess, **dict.fromkeys(range(first + 2, last + 2), "")}


def _without(before: str, behind: str) -> str:
    """What is left of a line that loses what stood between these; nothing where it held a value and no more."""
    line = before + behind
    if "[" in before:  # one of the items on a line
        line = re.sub(r"\[\s*,\s*", "[", re.sub(r",\s*(?=[,\]])", "", line))
    item, comment, _ = line.partition("#")
    if re.fullmatch(r"""\s*(?:-|[^\W\d]\w*:)?\s*(?:""|'')?\s*""", item):
        return line if comment and ":" in item else re.sub(r"^(\s*)[^#]*", r"\1", line).rstrip()
    return line.rstrip()


_NO_OR_MAYBE = re.compile(r"[×✕✖✗✘❌❎☐□○◯?？]|\[ *[xX]? *\]")


def _means(written: str, guess: str, problem: Problem) -> bool:
    """Whether a word certainly means what was guessed: it is written otherwise, or is one of its Chinese names; a sign that
    says no, or that nobody is sure, is no other way of writing it."""
    if _NO_OR_MAYBE.search(written):
        return False
    if problem.code == "bad-choice":
        called = problem.values.get("called", ())
        is_called = isinstance(called, tuple) and plainly(written) in map(plainly, called)
        return is_called or meant(str(problem.values.get("field")), written, (guess,)) == guess
    tree, named = words("zh-CN").tree, ""
    if problem.code == "unknown-field":
        named = f"{tree['fields'].get(guess, '')} {tree['also_called'].get(guess, '')}"
    return plainly(written) in {plainly(name) for name in (guess, *str(named).split())}
