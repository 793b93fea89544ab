"""YAML to Source: what is taken, what is refused, and where it says so. Y1 to Y15 are the ways YAML itself can hurt."""

import os
from collections.abc import Callable
from pathlib import Path
from time import process_time

import pytest

from haitang.core.decoding import decode
from haitang.core.problems import Problem
from haitang.source.parser import MAX_BYTES, MAX_FIELDS, MAX_VALUES, Fields, Flawed, Items, Text, parse, place_of, read_file
from tests.conftest import readable

FILE = "positions/lujia/x.yml"


def refused(text: str | bytes) -> list[tuple[int, str]]:
    """Line and code of everything said against a text."""
    content = text if isinstance(text, bytes) else text.encode("utf-8", "surrogatepass")
    start = process_time()
    decoded = decode(content, FILE)
    found = [decoded] if isinstance(decoded, Problem) else parse(decoded, FILE)
    assert process_time() - start < 1, "too slow"
    if isinstance(found, Fields):
        return []
    for problem in found:
        readable(problem, ascii(text[:200]))
    return [(problem.place.line, problem.code) for problem in found]


def tree(text: str) -> Fields:
    found = parse(text, FILE)
    assert isinstance(found, Fields), found
    return found


def merge_bomb(levels: int) -> str:
    return "a0: &x0 {k: v}\n" + "".join(f"a{n}: &x{n}\n  <<: [*x{n - 1}, *x{n - 1}]\n" for n in range(1, levels))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        # Y1, Y2: bombs of aliases and merge keys go off in no parser of ours
        ("a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]", [(1, "yaml-anchor")]),
        ("a: *b", [(1, "yaml-alias")]),
        ("*a : b", [(1, "yaml-alias")]),
        ("&a x: 1", [(1, "yaml-anchor")]),
        (merge_bomb(22), [(1, "yaml-anchor")]),
        ("a: 1\n<<: {b: 1}", [(2, "merge-key")]),
        ("a: &a\n  - *a", [(1, "yaml-anchor")]),
        # Y3: depth
        ("a: " + "[" * 60_000, [(1, "too-deep")]),
        ("a: " + "{a: " * 10_000, [(1, "too-deep")]),
        ("\n".join("  " * depth + "a:" for depth in range(200)), [(9, "too-deep")]),
        ("a:\n" + " - " * 1_000 + "x", [(2, "too-deep")]),
        # Y4: tags
        ("a: !!python/object/apply:os.system [ls]", [(1, "yaml-tag")]),
        ("a: !!binary aGk=", [(1, "yaml-tag")]),
        ("a: !!set {x}", [(1, "yaml-tag")]),
        ("a: !x y", [(1, "yaml-tag")]),
        ("!!map {a: 1}", [(1, "yaml-tag")]),
        ("%TAG ! tag:x,2026:\n---\na: 1", [(1, "yaml-directive")]),
        # Y5: twins
        ("a: 1\nb: 2\na: 3", [(3, "duplicate-key")]),
        ('name: 1\n"name": 2', [(2, "duplicate-key")]),
        ("name: 1\nName: 2", [(2, "duplicate-key")]),
        ("name: 1\nｎａｍｅ: 2", [(2, "duplicate-key")]),
        ("e\u0301: 1\n\u00e9: 2", [(2, "duplicate-key")]),
        ("a:\n  - b: 1\n    b: 2", [(3, "duplicate-key")]),
        ("a: {b: 1, b: 2}", [(1, "duplicate-key")]),
        # Y8: the Chinese keyboard
        ("a: 1\nname：x", [(2, "full-width-colon")]),
        ("a:\n\tb: 1", [(2, "tab-indent")]),
        ("a:\n\u3000b: 1", [(2, "wide-space-indent")]),
        ("a: “x”", [(1, "curly-quotes")]),
        ("a: “x”y", []),
        # Y9: encodings
        ("name: 陆家镇党群服务中心\n".encode("gb18030"), [(1, "not-utf8")]),
        ("id: x\nname: 陸家鎮黨群服務中心\n".encode("big5"), [(2, "not-utf8")]),
        ("id: x\n".encode("utf-16"), [(1, "not-utf8")]),
        ("id: xyzuvw\n".encode("utf-16-le"), [(1, "not-utf8")]),
        ("id: xyzuvw\n".encode("utf-16-be"), [(1, "not-utf8")]),
        ("id: x\n".encode("utf-32"), [(1, "not-utf8")]),
        (b"id: x\nname: caf\xe9\n", [(2, "not-utf8")]),
        (b"\xef\xbb\xbfid: x\n", []),
        ("name: 通".encode("gbk"), [(1, "garbled")]),  # these bytes happen to be UTF-8
        ("name: 锟斤拷", [(1, "garbled")]),
        ("name: \ufffd", [(1, "garbled")]),
        # Y10: line ends
        (b"a: 1\r\nb: 2\r\nb: 3\r\n", [(3, "duplicate-key")]),
        (b"a: 1\rb: 2\rb: 3\r", [(3, "duplicate-key")]),
        ("a: 1\u0085b: 2", [(1, "hidden-character")]),
        ("a: 1\u2028b: 2", [(1, "hidden-character")]),
        ("a: 1\nb: 2\u2029", [(2, "hidden-character")]),
        # Y11: controls, as such and escaped
        ("a: x\0y", [(1, "hidden-character")]),
        ("a: \x1b[31m", [(1, "hidden-character")]),
        ("a: \x9f", [(1, "hidden-character")]),
        ('a: "\\0"', [(1, "hidden-character")]),
        ('a: "\\e[31m"', [(1, "hidden-character")]),
        ('a: "\\N"', [(1, "hidden-character")]),
        ('"a\\0": 1', [(1, "hidden-character")]),
        ('a: "\\ud800"', [(1, "bad-escape")]),
        ('a: "\\U00110000"', [(1, "bad-escape")]),
        (b"a: \xed\xa0\x80", [(1, "not-utf8")]),
        # Y12: what a reviewer does not see
        *(
            (f"a: x{hidden}y", [(1, "hidden-character")])
            for hidden in "\u200b\u200e\u202a\u202e\u2060\u2066\u2069\ufeff\ufffc\U000e0041\U000e007f"
        ),
        ("a: 👨\u200d👩\u200d👧 ☀\ufe0f", []),
        ("a: x\u200by\nb: z\u200b\u200b", [(1, "hidden-character"), (2, "hidden-character")]),
        ("a: z" + "\u0301" * 8, [(1, "garbled")]),
        ("a: e\u0301 n\u0303 a\u0323\u0302", []),
        # Y14: no mapping
        ("", [(1, "not-a-mapping")]),
        ("\n\n", [(1, "not-a-mapping")]),
        ("# nothing", [(1, "not-a-mapping")]),
        ("- a", [(1, "not-a-mapping")]),
        ("\n\nword", [(3, "not-a-mapping")]),
        ("'quoted'", [(1, "not-a-mapping")]),
        ("---\na: 1\n---\nb: 2", [(3, "two-documents")]),
        ("? [a]\n: b", [(1, "complex-key")]),
        ("{a: b}: c", [(1, "complex-key")]),
        # Y15: too much
        ("\n".join(f"k{n}: 1" for n in range(MAX_FIELDS + 1)), [(MAX_FIELDS + 1, "too-many-values")]),
        ("a:\n" + "- x\n" * (MAX_VALUES + 1), [(MAX_VALUES - 1, "too-many-values")]),
    ],
    ids=lambda value: ascii(value)[:60],
)
def test_what_is_refused(text: str | bytes, expected: list[tuple[int, str]]) -> None:
    assert refused(text) == expected


# Y6, Y7: YAML would make numbers, dates, truths and nothings of these; here they stay what was written.
@pytest.mark.parametrize(
    "written",
    "8:30 17:00 08:30:00 190:20:30 no yes on off y true 017 08 1_000 1e3 1.0e+3 +8613800000000 .nan .inf -.inf 1e999 -0.0 0x1F "
    "0b1 2024-02-30 2018-11-30 2018-11-30T08:00:00Z +99:99 0512-57621055 9999999999999999999999 = 1.50 ３１．２".split(),
)
def test_every_value_is_text(written: str) -> None:
    assert tree(f"a: {written}\nb: [{written}]") == {"a": written, "b": [written]}


def test_nothing_written_is_nothing_given() -> None:
    found = tree("a:\nb: ~\nc: null\nd: ''\ne: '  '\nf: 'null'\ng: x\n")
    assert set(found) == {"e", "f", "g"}
    assert {name: key.line for name, key in found.blank.items()} == {"a": 1, "b": 2, "c": 3, "d": 4}


def test_nodes_know_where_they_stand() -> None:
    found = tree("a: 1\nb:\n  - c\n  - d: 'e'\n    f: |\n      g\n")
    spots = {"a": (1, 4), "b": (3, 3)}
    assert {name: (found[name].line, found[name].column) for name in spots} == spots
    items = found["b"]
    assert isinstance(items, Items)
    assert (items[0].line, items[0].column, items[0].quoted) == (3, 5, False)
    assert (items[1]["d"].line, items[1]["d"].column, items[1]["d"].quoted) == (4, 8, True)
    assert isinstance(items[1]["d"], Text)


@pytest.mark.parametrize(
    ("path", "options", "spot"),
    [
        ((), {}, (1, 1)),
        (("a",), {}, (1, 4)),
        (("b", 1, "d"), {}, (4, 8)),
        (("b", 1, "d"), {"key": True}, (4, 5)),
        (("b", 1, "missing"), {}, (4, 5)),
        (("b", 9), {}, (3, 3)),
        (("missing", 0, "x"), {}, (1, 1)),
        (("g",), {}, (8, 1)),
        (("b", 1, "f"), {}, (6, 1)),
        (("b", 1, "f"), {"below": 1}, (7, 1)),
    ],
)
def test_places(path: tuple[str | int, ...], options: dict[str, int], spot: tuple[int, int]) -> None:
    found = tree("a: 1\nb:\n  - c\n  - d: e\n    f: |\n      one\n      two\ng:\n")
    place = place_of(found, path, FILE, key=bool(options.get("key")), below=options.get("below", 0))
    assert (place.line, place.column) == spot


def test_text_is_nfc_and_lines_are_lines() -> None:
    assert decode("\ufeffe\u0301\r\nx\ry".encode(), FILE) == "\u00e9\nx\ny"


def test_a_heap_of_marks_is_told_before_it_is_put_in_order() -> None:
    """Putting it in order takes time that grows with its square."""
    for text in ("id: x\nname: y", ""):
        found = decode((text + "\u0301\u0323" * 16_000).encode(), FILE)
        assert isinstance(found, Problem)
        assert (found.place.line, found.code) == (text.count("\n") + 1, "garbled")


def test_a_file_that_can_be_read_all_the_same_keeps_its_tree() -> None:
    found = parse("a: “x”\nb: 1\nb: 2\naddress: x #3\n", FILE)
    assert isinstance(found, Flawed)
    assert [(problem.place.line, problem.code) for problem in found] == [
        (1, "curly-quotes"),
        (3, "duplicate-key"),
        (4, "hash-in-value"),
    ]
    assert found.tree["address"] == "x"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: x # a comment", []),
        ("a: x #3", [(1, "hash-in-value")]),
        ("a: x#3", []),
        ("a: 'x #3'", []),
        ("a: 'x' # comment", []),
        ("# comment\n#comment\na: x", []),
        ("a: x ## comment", []),
        ("a: x #", []),
        (" #\n? k", []),
        ("a: #fff", [(1, "hash-in-value")]),
        ("a: |\n  x #3\nb: y", []),
        ("a: [x, y] #3", []),
        ("a:\n  - x #3\n  - y # z", [(2, "hash-in-value")]),
        ("a: it's #3", [(1, "hash-in-value")]),
    ],
)
def test_comments_that_swallow(text: str, expected: list[tuple[int, str]]) -> None:
    assert refused(text) == expected


@pytest.mark.parametrize("prose", ["服务：办证", "时间:上午", "-5 度", "name：x", "— 破折号", "<<<<<<< x"])
def test_prose_in_a_block_is_prose(prose: str) -> None:
    assert refused(f"a: |\n  {prose}\nb: 1") == []
    assert refused(f"a: |\n  {prose}\nb: 1\nc：2") == [(4, "full-width-colon")]


def test_list_items_with_a_chinese_colon_are_no_suspects() -> None:
    assert refused("a:\n  - 服务：办证\nb: 1\ntown：x\nc: 2") == [(4, "full-width-colon")]


# 64 KiB of one thing: no pattern and no table of ours may take time that grows with the square.
@pytest.mark.parametrize(
    "piece",
    [" ", "-", "- ", "[", "{", "a", "1", "：", "# ", " #", "'", '"', "\t", "至", "é", "e\u0301", "\u0301\u0323", "\u0323\u0301",
     "ﷺ", "\n", "a\n", "a: ", "? ", "!", "&a ", "*", "|", "> ", "“", "<<<<<<< ", "a: 1\n", "- a\n", "\u200b", "\ufffd", "\\",
     "a：\n", "-a\n", "\x85", "a #"],
    ids=ascii,
)  # fmt: skip
@pytest.mark.parametrize(
    "around", ["{}", "a: {}", "a: 1\nb: {}\n c", "a: 'x'\n{}: y", "- '{}", 'a: "{}"', "a: |\n  {}\nb", "a：1\nb: {} |"]
)
def test_much_of_one_thing_takes_no_time(piece: str, around: str) -> None:
    filler = piece * (MAX_BYTES // len(piece.encode("utf-8")) - 20)
    assert isinstance(refused(around.format(filler)), list)


def link_to_file(path: Path) -> None:
    path.with_suffix(".real").write_text("id: x\n", "utf-8")
    path.symlink_to(path.with_suffix(".real"))


FILES: dict[str, tuple[Callable[[Path], object], str]] = {
    "missing": (lambda path: None, "file-missing"),
    "link": (link_to_file, "not-regular-file"),
    "link to nowhere": (lambda path: path.symlink_to(path / "nowhere"), "not-regular-file"),
    "link to a device": (lambda path: path.symlink_to("/dev/zero"), "not-regular-file"),
    "pipe": (os.mkfifo, "not-regular-file"),
    "folder": (Path.mkdir, "not-regular-file"),
    "too large": (lambda path: path.write_bytes(b"#" * (MAX_BYTES + 1)), "file-too-large"),
    "huge and hollow": (lambda path: os.truncate(os.open(path, os.O_CREAT | os.O_RDWR), 1 << 40), "file-too-large"),
}


@pytest.mark.parametrize("kind", FILES)
def test_files_that_are_no_files(kind: str, tmp_path: Path) -> None:
    make, code = FILES[kind]
    make(tmp_path / "x.yml")
    found = read_file(tmp_path / "x.yml", FILE)
    assert isinstance(found, list)
    assert [problem.code for problem in found] == [code]
    assert readable(found[0]).startswith(f"{FILE}:1:1: ")


def test_a_file_of_just_the_limit_is_read(tmp_path: Path) -> None:
    (tmp_path / "x.yml").write_bytes(b"id: x\n#".ljust(MAX_BYTES, b" "))
    assert read_file(tmp_path / "x.yml", FILE) == {"id": "x"}
