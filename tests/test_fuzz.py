"""Spoiled files by the thousand: whatever an editor or a stranger saves, there is an answer, soon, and it can be read.

With `--all` a hundred thousand, or as many as HAITANG_FUZZ says. A failure names its seed: `spoiled(Random(seed))` gives the
file again.
"""

import multiprocessing
import os
import re
from dataclasses import replace
from functools import cache
from pathlib import Path
from random import Random
from time import process_time

import pytest

from haitang.checks import findings
from haitang.checks.load import load
from haitang.core.decoding import decode
from haitang.core.problems import Place, Problem
from haitang.data.dataset import Dataset, Filed
from haitang.model.entries import Brand, Entry, Position, Route
from haitang.model.messages import words
from haitang.model.settings import Settings
from haitang.model.validation import read
from haitang.source.parser import MAX_BYTES, Fields, Flawed, parse, place_of
from tests.conftest import BASE, CHINESE, HIDDEN, LINE, TODAY

FEW = 3_000
MANY = int(os.environ.get("HAITANG_FUZZ", "100000"))
SLOWEST = 1.0  # seconds of this process's own time: a busy machine is not our fault
WORKERS = 2
REAL = Path(__file__).resolve().parents[1]
MODELS: dict[str, type[Position | Brand | Route | Settings]] = {
    "positions": Position,
    "brands": Brand,
    "routes": Route,
    "directory.yml": Settings,
}
# What the libraries say themselves must never come through.
ENGLISH = re.compile(
    r"should be|Input|expected|mapping values|Value error|validation|while (?:scanning|parsing)|None|class|Error"
)

# Parted by blanks; `_` stands for a blank inside one.
TOKENS = [
    token.replace("_", " ")
    for token in r"""
    &a_*a *a <<:_*a <<:_{a:_b} !!python/object/apply:os.system_[ls] !!binary_ !x_ ! %YAML_1.2 --- ... ?_ ?_[a] :_ : -_ - --_
    [ ] { } [[[[[[[[[[ {{{{ [a,_b] {a:_b} ' " “ ” ‘ ’ 「 ： ， 、 。 ； － — ~ null NULL true no 是 否 > >- >+9 # #_ _#3
    #3 @ ` | |_ 0x1F 1e999 -0.0 .nan .inf 017 1,000 １２３ ٣ 99999999999999999999999 0.1234567890123456789 24:00
    周一至周五 9:00-5:00 24小时 2026-02-30 9999-12-31 0000 13862612345 320583199001011234
    ../../etc/passwd con https://[::1 http://a@b javascript:x
    id:_x name:_y tier:_z nmae:_1 location:_{lon:_1,_lat:_2} <<<<<<<_HEAD ======= >>>>>>>_x 锟斤拷 {x} {0} %s </script> \\ \x
    "\ud800" "\0" "\U00110000" "\u2028" "\N" gcj02 lat:_90 lon:_-180 -_-_-_-_- é 𠮷 👨‍👩‍👧
    """.split()
]
TOKENS += [
    "|2\n",
    "\t",
    "\r",
    "\n",
    "\n\n",
    "\r\n",
    "  ",
    " ",
    "\u3000",
    "\xa0",
    "\u200b",
    "\ufeff",
    "\u2028",
    "\x85",
    "\u202e",
    "\0",
]
TOKENS += ["\x1b[31m", "\ufffd", "\ufffc", "\u0301", "a\u0301\u0323" * 40, "\U000e0041", "ﷺ" * 50, "\ud800"]
# For something very long: each is repeated up to the limit of a file.
LONG = [
    *(
        token.replace("_", " ")
        for token in "- -_ [ { a 1 1, ０ ： #_ _# ' 至 周一 1:00-2:00_ é ﷺ ?_ a:_ ! | “ 1. a. @ -_-_| -_' x：".split()
    ),
    *(" ", "\t", "\n", "a\n", "\u0301\u0323", "<<<<<<< ", "\\"),
]
ENCODINGS = ("gb18030", "big5", "utf-16", "utf-16-le", "utf-16-be", "utf-8-sig", "utf-32", "latin-1", "cp1252", "utf-7")


@cache
def samples() -> tuple[tuple[Path, str, str], ...]:
    """Sound files to spoil, with the root they are from: those of the base, which say everything, and the real ones."""
    full = [(BASE, path) for path in sorted(BASE.rglob("*.yml")) if path.parent.name != "words"] * 20
    real = [(REAL, path) for folder in ("positions", "brands") for path in sorted((REAL / folder).rglob("*.yml"))]
    return tuple((root, path.relative_to(root).as_posix(), path.read_text("utf-8")) for root, path in full + real)


@cache
def world(root: Path) -> Dataset:
    """A sound world with few neighbours: what a file refers to must be there, the rest would only take time."""
    sound = load(root, today=TODAY)
    positions = tuple(Filed(sound.files[f"position:{value.id}"], value) for value in sound.positions)
    brands = tuple(Filed(sound.files[f"brand:{value.id}"], value) for value in sound.brands)
    routes = tuple(Filed(sound.files[f"route:{value.id}"], value) for value in sound.routes)
    settings = sound.settings.model_copy(update={"published": (), "aggregates": (), "targets": ()})
    return Dataset(
        settings if root == REAL else sound.settings, positions, brands, frozenset(["qifa-01.png"]), TODAY, routes=routes
    )


def spoiled(random: Random) -> tuple[Path, str, bytes]:
    """A file with one to four things wrong, as bytes; most are small slips, some are monsters."""
    root, file, text = random.choice(samples())
    for _ in range(random.choice((1, 1, 1, 2, 3, 4))):
        text = random.choice(CHANGES)(text, random)
    if random.random() < 0.06:
        return root, file, text.encode(random.choice(ENCODINGS), "replace")
    content = bytearray(text.encode("utf-8", "surrogatepass"))
    if random.random() < 0.12 and content:
        for _ in range(random.randint(1, 4)):
            content[random.randrange(len(content))] = random.randrange(256)
    return root, file, bytes(content[:MAX_BYTES])


def _cut(text: str, random: Random) -> tuple[str, str]:
    at = random.randint(0, len(text))
    return text[:at], text[at:]


def insert_token(text: str, random: Random) -> str:
    before, after = _cut(text, random)
    return before + random.choice(TOKENS) + after


def spoil_value(text: str, random: Random) -> str:
    """Puts a token where a value was: the model and the checks see it, not only the parser."""
    values = list(re.finditer(r"(?<=: )\S.*$", text, re.MULTILINE))
    if not values:
        return insert_token(text, random)
    value = random.choice(values)
    return text[: value.start()] + random.choice(TOKENS) + random.choice(("", value[0])) + text[value.end() :]


def remove_part(text: str, random: Random) -> str:
    before, after = _cut(text, random)
    return before + after[random.randint(1, 8) :]


def change_lines(text: str, random: Random) -> str:
    lines = text.split("\n")
    one, other = random.randrange(len(lines)), random.randrange(len(lines))
    match random.randrange(5):
        case 0:
            lines[one], lines[other] = lines[other], lines[one]
        case 1:
            lines.insert(other, lines[one])
        case 2:
            del lines[one]
        case 3:
            lines[one] = random.choice((" ", "  ", "    ", "\t", "\u3000", "- ", "#")) + lines[one]
        case _:
            lines[one] = lines[one].lstrip()
    return "\n".join(lines)


def replace_sign(text: str, random: Random) -> str:
    """As a keyboard in the wrong mode would."""
    old, new = random.choice(
        (
            (": ", "："),
            (": ", ":"),
            (": ", "： "),
            ("- ", "-"),
            ("- ", "－"),
            ("-", "—"),
            ("  ", "\u3000"),
            ("0", "０"),
            ('"', "”"),
        )
    )
    places = [match.start() for match in re.finditer(re.escape(old), text)]
    if not places:
        return text
    at = random.choice(places)
    return text[:at] + new + text[at + len(old) :]


def swap_letters(text: str, random: Random) -> str:
    before, after = _cut(text, random)
    return before + after[1:2] + after[:1] + after[2:]


def borrow(text: str, random: Random) -> str:
    """Half of this file, half of another."""
    return _cut(text, random)[0] + _cut(random.choice(samples())[2], random)[1]


def blow_up(text: str, random: Random) -> str:
    """Something very long or very deep. Rare: these are the slow ones."""
    if random.random() > 0.02:
        return insert_token(text, random)
    before, after = _cut(text, random)
    piece = random.choice(LONG)
    return before + piece * (random.choice((300, 3_000, MAX_BYTES)) // len(piece.encode("utf-8"))) + after


CHANGES = (
    insert_token,
    spoil_value,
    spoil_value,
    remove_part,
    change_lines,
    change_lines,
    replace_sign,
    swap_letters,
    borrow,
    blow_up,
)


def judge(root: Path, file: str, content: bytes) -> list[Problem]:
    """Everything the program would say about a file with this content, its neighbours being sound."""
    text = decode(content, file)
    if isinstance(text, Problem):
        return [text]
    tree = parse(text, file)
    problems = [] if isinstance(tree, Fields) else list(tree)
    if isinstance(tree, Flawed):
        tree = tree.tree
    if not isinstance(tree, Fields):
        return problems
    value = read(MODELS[file.partition("/")[0]], tree, file)
    if isinstance(value, list):
        return problems + value
    for finding in findings(world_with(world(root), file, value)):
        place = Place(finding.file)
        if finding.file == file:
            place = place_of(tree, finding.path, file, key=finding.key, below=finding.below)
        problems.append(Problem(place, finding.code, finding.values))
    return problems


def world_with(sound: Dataset, file: str, value: Entry) -> Dataset:
    if isinstance(value, Route):
        return replace(sound, routes=(Filed(file, value),))
    sound = replace(sound, routes=())
    if isinstance(value, Position):
        near = {value.parent, value.successor}
        others = [other for other in sound.positions if other.value.id in near and other.file != file]
        return replace(sound, positions=(*others, Filed(file, value)))
    if isinstance(value, Brand):
        return replace(sound, positions=(), brands=(Filed(file, value),))
    assert isinstance(value, Settings)
    return replace(sound, settings=value)


def complaint(seed: int) -> str:
    """What is wrong with how a spoiled file was judged; nothing when all is well."""
    root, file, content = spoiled(Random(seed))
    start = process_time()
    try:
        problems = judge(root, file, content)
        messages = [words("zh-CN").problem(problem) for problem in problems]
        english = [words("en").problem(problem) for problem in problems[:3]]
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    if (took := process_time() - start) > SLOWEST:
        return f"took {took:.1f} s"
    lines = content.count(b"\n") + content.count(b"\r") + 1
    for problem, message in zip(problems, messages, strict=True):
        said = message.split(": ", 1)[-1]
        quoted = " ".join(map(str, problem.values.values()))
        if not LINE.fullmatch(message) or HIDDEN.search(message) or len(message) > 2000:
            return f"not one clean line: {message!a}"
        if not CHINESE.search(said) or set(ENGLISH.findall(said)) - set(ENGLISH.findall(quoted)):
            return f"not Chinese: {message}"
        if problem.place.file == file and not 1 <= problem.place.line <= lines:
            return f"no such line: {message}"
    return "" if all(map(LINE.fullmatch, english)) else f"English is broken: {english}"


def complaints(seeds: range) -> tuple[list[str], int]:
    """The complaints of a stretch of seeds, and how many files were found at fault."""
    found = [f"seed {seed}: {said}" for seed in seeds if (said := complaint(seed))]
    return found[:20], len(seeds)


def test_spoiled_files_get_an_answer() -> None:
    assert complaints(range(FEW)) == ([], FEW)


@pytest.mark.long
def test_a_hundred_thousand_spoiled_files_get_an_answer() -> None:
    step = max(min(2_000, MANY // WORKERS), 1)
    stretches = [range(start, min(start + step, MANY)) for start in range(0, MANY, step)]
    with multiprocessing.get_context("spawn").Pool(WORKERS) as pool:
        results = pool.map(complaints, stretches, chunksize=1)
    assert sum(count for _, count in results) == MANY
    assert [said for found, _ in results for said in found][:20] == []


def test_the_fuzz_spoils_and_spares() -> None:
    """It would be no test if nearly all files were refused alike, or nearly none."""
    judged = [judge(*spoiled(Random(seed))) for seed in range(2_000)]
    codes = {problem.code for problems in judged for problem in problems}
    assert len(codes) > 40, codes
    assert 50 < sum(not problems for problems in judged) < 1_000
