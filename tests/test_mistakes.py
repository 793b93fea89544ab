"""The mistakes editors make: each must be told on its own line, with its own sentence, and nothing else told beside it.

The tables in tests/mistakes/*.txt change the sound data root in tests/mistakes/base, as a patch does:

    ## title
    @ positions/lujia/lujia-zhen.yml    the file, when it is not the first position; `whole` behind it replaces the file
      name: x                           two blanks: a line that is there        > the same, and the problem is told here
    - name: x                           a line that goes
    + name: y                           a line that comes                       ! the same, and the problem is told here
    ...                                 between changes of one file
    = code 「guess」: sentence           what is told: one for each mark, in order; `= file:line code` where nothing is marked

Where a warning or hint is told, all warnings and hints are; otherwise only errors count.
`{TAB}` and `{U+200B}` stand for characters that could not be seen here. Lines without a place to change come at the end.
"""

import os
import re
import shutil
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from haitang.core.problem_codes import CODES
from haitang.core.problems import Problem
from haitang.model.messages import words
from haitang.source.parser import MAX_BYTES
from tests.conftest import BASE, problems_of, readable, spots

TABLES = Path(__file__).parent / "mistakes"
FIRST = "positions/lujia/qifa-guangchang.yml"
_TOKEN = re.compile(r"\{(?:TAB|U\+([0-9A-F]{4,5}))\}")
_TOLD = re.compile(r"(?:(?P<file>\S+\.yml):(?P<line>\d+) )?(?P<code>[a-z0-9-]+)(?: 「(?P<guess>.+?)」)?(?:: (?P<sentence>.+))?")


@dataclass
class Mistake:
    """One mistake of a table: the files it leaves behind and what must be told."""

    title: str
    files: dict[str, list[str]] = field(default_factory=dict)
    marks: list[tuple[str, int]] = field(default_factory=list)
    told: list[re.Match[str]] = field(default_factory=list)

    def expected(self) -> list[tuple[str, int, str]]:
        """What is told, where: a mark for each, and the last mark for all that are left."""
        marks = iter(self.marks)
        last = self.marks[-1:]
        places = [(told["file"], int(told["line"])) if told["file"] else next(marks, *last) for told in self.told]
        assert not list(marks), "a mark without a `=` line"
        return [(*place, told["code"]) for place, told in zip(places, self.told, strict=True)]

    @property
    def advised(self) -> bool:
        """Whether a warning or a hint is told."""
        return any(CODES[told["code"]].level != "error" for told in self.told)


def read_table(path: Path) -> Iterator[Mistake]:
    """The mistakes of one table."""
    for part in path.read_text("utf-8").split("\n## ")[1:]:
        title, *lines = part.rstrip("\n").split("\n")
        mistake, file, hunk = Mistake(f"{path.stem}: {title}"), FIRST, list[str]()
        for line in [*lines, "..."]:
            if line[:2] in ("@ ", "= ") or line == "...":
                apply(mistake, file, hunk)
                hunk = []
            if line.startswith("@ "):
                file, _, whole = line[2:].partition(" ")
                if whole:
                    mistake.files[file] = []
            elif line.startswith("= "):
                told = _TOLD.fullmatch(line[2:])
                assert told, f"{mistake.title}: {line}"
                mistake.told.append(told)
            elif line and line != "...":
                assert line[:2] in ("  ", "- ", "+ ", "! ", "> "), f"{mistake.title}: {line}"
                hunk.append(line)
        yield mistake


def apply(mistake: Mistake, file: str, hunk: list[str]) -> None:
    """Changes one stretch of a file as the lines of a hunk say."""
    if not hunk:
        return
    source = BASE / file
    lines = mistake.files.setdefault(file, source.read_text("utf-8").splitlines() if source.exists() else [])
    old = [shown(line[2:]) for line in hunk if line[0] in " ->"]
    starts = [at for at in range(len(lines) - len(old) + 1) if lines[at : at + len(old)] == old] if old else [len(lines)]
    assert len(starts) == 1, f"{mistake.title}: {len(starts)} places in {file} look like this"
    new = [line for line in hunk if line[0] != "-"]
    lines[starts[0] : starts[0] + len(old)] = [shown(line[2:]) for line in new]
    mistake.marks.extend((file, starts[0] + at) for at, line in enumerate(new, 1) if line[0] in "!>")


def shown(line: str) -> str:
    return _TOKEN.sub(lambda token: chr(int(token[1], 16)) if token[1] else "\t", line)


MISTAKES = [mistake for path in sorted(TABLES.glob("*.txt")) for mistake in read_table(path)]


def test_the_base_is_sound(root: Path) -> None:
    assert problems_of(root, advised=True) == ()


def test_there_are_enough_mistakes() -> None:
    assert len(MISTAKES) >= 400
    assert not [title for title, count in Counter(mistake.title for mistake in MISTAKES).items() if count > 1]
    assert not [mistake.title for mistake in MISTAKES if not mistake.told]


def spoil(mistake: Mistake, root: Path) -> None:
    for file, lines in mistake.files.items():
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        (root / file).write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))


@pytest.mark.parametrize("mistake", MISTAKES, ids=lambda mistake: mistake.title)
def test_mistake(mistake: Mistake, root: Path) -> None:
    spoil(mistake, root)
    problems = problems_of(root, advised=mistake.advised)
    messages = [readable(problem, " ".join(map(str, mistake.files.values()))) for problem in problems]
    assert sorted(spots(problems)) == sorted(mistake.expected()), messages
    guesses = sorted(str(problem.values.get("guess", "")) for problem in problems)
    assert guesses == sorted(told["guess"] or "" for told in mistake.told), messages
    for told in mistake.told:
        assert not told["sentence"] or any(
            message.endswith(f": {told['sentence']}") or f": {told['sentence']}；" in message for message in messages
        ), messages


ADVISED = [mistake for mistake in MISTAKES if any(told["guess"] for told in mistake.told)]


@pytest.mark.parametrize("mistake", ADVISED, ids=lambda mistake: mistake.title)
def test_advice_is_true_when_obeyed(mistake: Mistake, root: Path) -> None:
    """What a problem says to write, written in place of what is there: the same is not told again on that line."""
    spoil(mistake, root)
    for problem in problems_of(root, advised=mistake.advised):
        if guess := str(problem.values.get("guess", "")):
            path, number = root / problem.place.file, problem.place.line - 1
            before = path.read_bytes()
            lines = before.decode("utf-8", "surrogatepass").split("\n")
            lines[number] = obeyed(lines[number], problem, guess)
            assert lines[number] != before.decode("utf-8", "surrogatepass").split("\n")[number], problem
            path.write_bytes("\n".join(lines).encode("utf-8", "surrogatepass"))
            told = [(each.place.line, each.code, each.values) for each in problems_of(root, advised=mistake.advised)]
            assert (problem.place.line, problem.code, problem.values) not in told
            assert (problem.place.line, problem.code) not in [each[:2] for each in told] or problem.code in SEVERAL_A_LINE
            path.write_bytes(before)


# Of which a line may have more than one.
SEVERAL_A_LINE = {code for code, row in CODES.items() if row.chapter in ("garbled", "marks")}


def obeyed(line: str, problem: Problem, guess: str) -> str:
    """The line as an editor would change it: the word that is named, else all that stands behind the field."""
    field = problem.values.get("field")
    for wrong in (problem.values.get("wrong"), field if problem.code == "unknown-field" else problem.values.get("value")):
        if isinstance(wrong, str) and wrong and wrong in line:
            return line.replace(wrong, guess, 1)
    return re.sub(r"^(\s*(?:- )?(?:\w+: )?).*", lambda found: found[1] + guess, line)


def write(root: Path, file: str, content: str | bytes) -> None:
    path = root / file
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content if isinstance(content, bytes) else content.encode("utf-8"))


def rename(old: str, new: str) -> Callable[[Path], object]:
    return lambda root: (root / old).rename(root / new)


def brands_as_file(root: Path) -> None:
    shutil.rmtree(root / "brands")
    write(root, "brands", "")


def routes_as_file(root: Path) -> None:
    shutil.rmtree(root / "routes")
    write(root, "routes", "")


def encoded(file: str, encoding: str) -> Callable[[Path], object]:
    return lambda root: write(root, file, (root / file).read_text("utf-8").encode(encoding))


def linked(root: Path, name: str) -> None:
    """A file or folder of the root, moved out of it, with a link in its place."""
    away = root.parent / "away"
    (root / name).rename(away)
    (root / name).symlink_to(away, target_is_directory=away.is_dir())


ZHEN = "positions/lujia/lujia-zhen.yml"
HUAQIAO = "positions/huaqiao/huaqiao-zhan.yml"
COPY = "id: huaqiao-zhan\nname: 花桥分站\ntown: lujia\nsources:\n  - title: 报道\n"
ROUTE = "routes/lujia-xian.yml"
LOST_STOPS = [(ROUTE, 10, "unknown-position"), (ROUTE, 12, "unknown-position")]
# What goes wrong with files themselves: what is done to the root, and all that is told.
FILE_MISTAKES: dict[str, tuple[Callable[[Path], object], list[tuple[str, int, str]]]] = {
    "后缀写成 .yaml": (
        rename(HUAQIAO, HUAQIAO.replace(".yml", ".yaml")),
        [(HUAQIAO.replace(".yml", ".yaml"), 1, "bad-suffix")],
    ),
    "后缀大写": (rename(HUAQIAO, HUAQIAO.replace(".yml", ".YML")), [(HUAQIAO.replace(".yml", ".YML"), 1, "bad-suffix")]),
    "记事本加了 .txt": (rename(HUAQIAO, f"{HUAQIAO}.txt"), [(f"{HUAQIAO}.txt", 1, "bad-suffix")]),
    "编辑器留下的旧稿不算": (lambda root: write(root, f"{HUAQIAO}~", COPY), []),
    "人留下的备份": (lambda root: write(root, f"{HUAQIAO}.bak", COPY), [(f"{HUAQIAO}.bak", 1, "stray-file")]),
    "Word 文件": (
        lambda root: write(root, "positions/lujia/启发广场.docx", b"PK"),
        [("positions/lujia/启发广场.docx", 1, "stray-file")],
    ),
    "品牌文件夹里的照片": (lambda root: write(root, "brands/logo.png", b""), [("brands/logo.png", 1, "stray-file")]),
    "没放进区镇文件夹": (rename(HUAQIAO, "positions/huaqiao-zhan.yml"), [("positions/huaqiao-zhan.yml", 1, "not-in-town")]),
    "多套了一层文件夹": (
        lambda root: write(root, "positions/lujia/dian/x.yml", COPY),
        [("positions/lujia/dian", 1, "stray-folder")],
    ),
    "品牌多套了一层文件夹": (lambda root: write(root, "brands/lujia/x.yml", ""), [("brands/lujia", 1, "stray-folder")]),
    "文件夹取名像文件": (lambda root: (root / "positions/lujia/x.yml").mkdir(), [("positions/lujia/x.yml", 1, "stray-folder")]),
    "隐藏文件不算": (lambda root: write(root, "positions/lujia/.x.yml.swp", b"\0"), []),
    "看图留下的 Thumbs.db 不算": (lambda root: write(root, "positions/lujia/Thumbs.db", b"\0"), []),
    "没有关的表格不算": (lambda root: write(root, "brands/~$品牌.xlsx", b"\0"), []),
    "文件是链接": (lambda root: linked(root, HUAQIAO), [(HUAQIAO, 1, "not-regular-file")]),
    "链接指向外面": (
        lambda root: (root / "positions/lujia/x.yml").symlink_to("/etc/passwd"),
        [("positions/lujia/x.yml", 1, "not-regular-file")],
    ),
    "区镇文件夹是链接": (lambda root: linked(root, "positions/huaqiao"), [("positions/huaqiao", 1, "not-regular-file")]),
    "阵地文件夹是链接": (
        lambda root: linked(root, "positions"),
        [("directory.yml", 79, "unknown-position"), ("positions", 1, "not-regular-file"), *LOST_STOPS],
    ),
    "总设置是链接": (lambda root: linked(root, "directory.yml"), [("directory.yml", 1, "not-regular-file")]),
    "文件是管道": (lambda root: os.mkfifo(root / "positions/lujia/x.yml"), [("positions/lujia/x.yml", 1, "not-regular-file")]),
    "总设置没有了": (lambda root: (root / "directory.yml").unlink(), [("directory.yml", 1, "file-missing")]),
    "阵地文件夹没有了": (
        lambda root: shutil.rmtree(root / "positions"),
        [("directory.yml", 79, "unknown-position"), ("positions", 1, "folder-missing"), *LOST_STOPS],
    ),
    "路线还没有": (lambda root: shutil.rmtree(root / "routes"), []),
    "路线文件夹变成了文件": (routes_as_file, [("routes", 1, "folder-missing")]),
    "路线文件夹是链接": (lambda root: linked(root, "routes"), [("routes", 1, "not-regular-file")]),
    "路线多套了一层文件夹": (lambda root: write(root, "routes/lujia/x.yml", ""), [("routes/lujia", 1, "stray-folder")]),
    "品牌文件夹变成了文件": (
        brands_as_file,
        [
            ("brands", 1, "folder-missing"),
            ("directory.yml", 64, "unknown-brand"),
            ("directory.yml", 83, "unknown-brand"),
            (FIRST, 47, "unknown-brand"),
            (ROUTE, 15, "unknown-brand"),
        ],
    ),
    "照片是链接": (
        lambda root: linked(root, "photos/qifa-01.png"),
        [(FIRST, 39, "photo-missing"), (FIRST, 49, "photo-missing")],
    ),
    "文件存成 GBK": (encoded(ZHEN, "gb18030"), [(ZHEN, 2, "not-utf8")]),
    "文件存成 UTF-16": (encoded(ZHEN, "utf-16"), [(ZHEN, 1, "not-utf8")]),
    "文件存成没有记号的 UTF-16": (encoded(ZHEN, "utf-16-le"), [(ZHEN, 1, "not-utf8")]),
    "总设置存成 GBK": (encoded("directory.yml", "gb18030"), [("directory.yml", 1, "not-utf8")]),
    "带记号的 UTF-8 和 Windows 的换行都行": (
        lambda root: write(root, ZHEN, b"\xef\xbb\xbf" + (root / ZHEN).read_bytes().replace(b"\n", b"\r\n")),
        [],
    ),
    "照片塞进了文件": (lambda root: write(root, ZHEN, b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 20), [(ZHEN, 1, "not-utf8")]),
    "文件太大": (lambda root: write(root, ZHEN, b"#" * (MAX_BYTES + 1)), [(ZHEN, 1, "file-too-large")]),
    "文件名有大写": (
        rename(HUAQIAO, "positions/huaqiao/Huaqiao-zhan.yml"),
        [("positions/huaqiao/Huaqiao-zhan.yml", 1, "id-not-file")],
    ),
    "文件名只差大小写": (
        lambda root: write(root, "positions/lujia/Huaqiao-zhan.yml", COPY.replace("zhan", "zhan-2")),
        [("positions/lujia/Huaqiao-zhan.yml", 1, "id-collides"), ("positions/lujia/Huaqiao-zhan.yml", 1, "id-not-file")],
    ),
    "文件名是中文": (rename(HUAQIAO, "positions/huaqiao/花桥.yml"), [("positions/huaqiao/花桥.yml", 1, "id-not-file")]),
    "复制文件留下的副本": (
        lambda root: shutil.copy(root / ZHEN, root / "positions/lujia/lujia-zhen - 副本.yml"),
        [("positions/lujia/lujia-zhen - 副本.yml", 1, "id-not-file"), (ZHEN, 2, "same-name")],
    ),
    "两个区镇里同一个文件名": (
        lambda root: write(root, "positions/lujia/huaqiao-zhan.yml", COPY),
        [("positions/lujia/huaqiao-zhan.yml", 1, "id-taken")],
    ),
}


@pytest.mark.parametrize("title", FILE_MISTAKES)
def test_file_mistake(title: str, root: Path) -> None:
    spoil, expected = FILE_MISTAKES[title]
    spoil(root)
    problems = problems_of(root)
    known = " ".join(path.name for path in root.rglob("*"))
    messages = [readable(problem, known) for problem in problems]
    assert spots(problems) == expected, messages


def test_all_problems_of_all_files_come_at_once_sorted_and_once(root: Path) -> None:
    """A file with slips of the hand is still read on, and what follows from them is not told again."""
    write(
        root,
        FIRST,
        (root / FIRST).read_text("utf-8").replace("tier: point", "tier: “point”").replace("status: open", "status: opne"),
    )
    write(root, ZHEN, (root / ZHEN).read_text("utf-8").replace("name: ", "name："))
    write(root, HUAQIAO, (root / HUAQIAO).read_text("utf-8").replace("town: huaqiao", "town: huaqia\ntown: huaqiao\nphone: 1"))
    write(root, "directory.yml", (root / "directory.yml").read_text("utf-8").replace("home: qifa-guangchang", "home: qifa"))
    write(root, "brands/x.yml", "id: x\nname: y\n")
    problems = problems_of(root)
    assert spots(problems) == [
        ("brands/x.yml", 1, "no-sources"),
        ("directory.yml", 79, "unknown-position"),
        (HUAQIAO, 7, "duplicate-key"),
        (HUAQIAO, 8, "bad-phone"),
        (ZHEN, 2, "full-width-colon"),
        (FIRST, 6, "curly-quotes"),
        (FIRST, 17, "bad-choice"),
    ]
    places = [(problem.place.file, problem.place.line, problem.place.column) for problem in problems]
    assert places == sorted(places)
    assert len({words("zh-CN").problem(problem) for problem in problems}) == len(problems)


def test_a_name_that_is_no_text_is_told(root: Path) -> None:
    """File names of another encoding reach us as half characters; the message must still be a line that can be printed."""
    with suppress(OSError, UnicodeEncodeError):  # some systems refuse to make such a file
        Path(os.fsdecode(os.fsencode(root) + b"/positions/lujia/\xbb\xa8.yml")).write_text("id: x\n", "utf-8")
    Path(root / "positions/lujia/a\x1b[31m\nb.yml").write_text("id: x\n", "utf-8")
    problems = problems_of(root)
    assert {problem.code for problem in problems} >= {"missing-field"}
    for problem in problems:
        readable(problem)
