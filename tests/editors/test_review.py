"""A review says what a change does, the same for the same change, and nothing in the data can make it say or do something else.

After a wanted change of the words: `build.py test tests/editors/test_review.py --bless`.
"""

import json
import re
import shutil
import subprocess
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterator
from dataclasses import replace
from itertools import cycle
from pathlib import Path
from typing import Any

import pytest
from markdown_it import MarkdownIt
from markdown_it.token import Token

from haitang.checks.load import load
from haitang.cli import main
from haitang.cli.ci_annotations import github
from haitang.core.digests import FileIndex
from haitang.core.sanitize import code, plain
from haitang.data.parse_cache import ParseCache, StoredCache
from haitang.editors.review.compare import Compared, compare, compared
from haitang.editors.review.hours import hours_changes
from haitang.editors.review.map import moves_map
from haitang.editors.review.markdown import LONGEST, markdown
from haitang.editors.review.report import (
    MAX_BYTES,
    Counted,
    DeadCode,
    EntryChange,
    FieldChange,
    Figure,
    Levels,
    Listed,
    Move,
    NotAReview,
    Piece,
    ReportedProblem,
    Review,
    Stakes,
    Wiped,
    as_json,
    from_json,
)
from haitang.editors.review.revisions import State, read_side, sides
from haitang.model.messages import words
from haitang.schedule.opening_hours import DatedHours, OpeningHours, Season
from haitang.schedule.written.opening_hours_text import canonical
from haitang.site.views.statistics import progress_of
from tests.conftest import HIDDEN, TODAY
from tests.editors.review_cases import NAMES, Case, prepared
from tests.worlds import PROJECT, WORLD, position

PUBLISHED = PROJECT / "tests/golden/published"
EMPTY = PROJECT / "tests/golden/charts"  # no data at all
CHINESE = words("zh-CN")
# What a comment of ours is made of.
OURS = {
    "heading_open", "heading_close", "paragraph_open", "paragraph_close", "bullet_list_open", "bullet_list_close",
    "list_item_open", "list_item_close", "blockquote_open", "blockquote_close", "inline", "text", "softbreak", "code_inline",
    "strong_open", "strong_close", "s_open", "s_close",
}  # fmt: skip
HOSTILE = (
    "::error::x %0A::set-output name=a::b ##[add-mask]y",
    "](https://evil.example) ![x](//evil.example/x.png) <img src=x onerror=alert(1)> <details>",
    "`` ` ``` **b** ~~s~~ | a | b | @all #1 :x: $m$ [^1] www.evil.example a@evil.example &lt;i&gt;",
    "*** --- === \\` ](x) <!-- --> <b>",
)
_VALUE = re.compile(
    r"^(\s*(?:- )?(?:name|text|address|host|community|alt|title|slogan|post|publisher|by|credit|licence|short_name): )(.+)$",
    re.M,
)


def reviewed(case: Case) -> Compared:
    return compare(case.base, case.head, CHINESE, TODAY)


@pytest.fixture(params=NAMES)
def case(request: pytest.FixtureRequest, tmp_path: Path) -> Case:
    return prepared(request.param, tmp_path)


def test_a_prepared_change_reads_as_it_should(case: Case, bless: bool) -> None:
    found = reviewed(case)
    said = markdown(found.review, CHINESE)
    if bless:
        case.expected.write_text(said, "utf-8")
    assert said == case.expected.read_text("utf-8"), "if that is meant: --bless"
    assert from_json(as_json(found.review).encode()) == found.review
    assert_inert(found, said)


def test_there_are_enough_changes() -> None:
    assert len(NAMES) >= 20


def test_hostile_text_is_only_text(case: Case) -> None:
    """Every name and text of every entry says something evil on top of what it says, on each side something else."""
    for side, evil in ((case.base, cycle(HOSTILE)), (case.head, cycle(HOSTILE[1:]))):
        for path in sorted(side.rglob("*.yml")):
            written = path.read_text("utf-8")
            path.write_text(_VALUE.sub(lambda found, evil=evil: spoilt(found, next(evil)), written), "utf-8")  # type: ignore[misc]
    found = reviewed(case)
    assert found.review.entries
    said = markdown(found.review, CHINESE)
    assert_inert(found, said)
    assert from_json(as_json(found.review).encode()) == found.review


def spoilt(found: re.Match[str], hostile: str) -> str:
    """The value with as much of the evil as it may have."""
    value = found[2].strip("'\"")[:8] + hostile[: 50 if re.search("name|post|label", found[1]) else 180]
    return found[1] + "'" + value.replace("'", "''") + "'"


def assert_inert(found: Compared, said: str) -> None:
    """In a terminal, in the log of a workflow, in Markdown, as a drawing."""
    assert_plain_lines(said)
    lines = list(github(found.problems, CHINESE, found.changed))
    for line in lines:
        assert re.fullmatch(r"::(error|warning|notice) file=[^,]+,line=\d+,col=\d+::[^\n]*", line) or not line.startswith(":")
    assert_plain_lines("\n".join(line for line in lines if not line.startswith("::")))
    kinds = list(tokens(said))
    assert {token.type for token in kinds} <= OURS
    prose = "".join(token.content for token in kinds if token.type == "text")
    assert not re.search(r"[@$|<>`\\]|#\w|https?:|www\.|:[a-z]+:|evil|error", prose), prose
    drawing = ET.fromstring(moves_map(found.review, CHINESE))
    known = {"svg", "title", "defs", "marker", "path", "rect", "circle", "line", "text"}
    assert {element.tag.rpartition("}")[2] for element in drawing.iter()} <= known
    assert not [name for element in drawing.iter() for name in element.attrib if name.startswith("on") or "href" in name]


def assert_plain_lines(said: str) -> None:
    for line in said.split("\n"):
        assert not HIDDEN.search(line), ascii(line)
        assert not line.lstrip().startswith("::"), line
        assert not re.search(r"##\w*\[", line), line


def tokens(said: str) -> Iterator[Token]:
    parser = MarkdownIt("commonmark").enable(["table", "strikethrough"])
    for token in parser.parse(said):
        yield token
        yield from token.children or ()


# The parts.


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("::error::x", "：:error::x"),
        ("  ::error::x", "  ：:error::x"),
        ("a ##[group]b", "a #＃[group]b"),
        ("a\r\nb\x1b]8;;x\x07", "a⏎b�]8;;x�"),
        ("\u202eabc\u200b\ufeff\u2066", "�abc���"),
        ("x" * 70, "x" * 59 + "…"),
        ("第 1 号 # 楼", "第 1 号 # 楼"),
    ],
)
def test_a_text_is_made_plain(text: str, shown: str) -> None:
    assert plain(text) == shown


@pytest.mark.parametrize("text", ["", " ", "`", "``", "` `", "a`b``c```", "\\`", "`\n`", "``` x", "x \\"])
def test_a_code_span_is_one_code_span(text: str) -> None:
    children = MarkdownIt("commonmark").parse(f"a {code(text)} b")[1].children or []
    assert [child.type for child in children] == ["text", "code_inline", "text"]


def test_a_review_of_anything_is_inert() -> None:
    """Not only what can come from data: a Review that a stranger made."""
    evil = "".join(HOSTILE) + "\x1b[31m\u202e\n::error::\n##[x]\n"
    entry = EntryChange(
        "position", "renamed", evil, evil, evil, evil, (FieldChange((evil, evil), evil, evil), FieldChange((evil,), new=evil)),
        old_id=evil, successor=evil,
    )  # fmt: skip
    more = EntryChange("brand", "changed", evil, evil, evil, fields=(
        FieldChange((evil,), gone=(evil,), come=(evil, evil)),
        FieldChange((evil,), pieces=(Piece("-", evil), Piece("+", evil), Piece("", evil))),
        FieldChange((evil,), move=Move(1.0, "n", (1.0, 2.0), (1.0, 2.0))),
    ), twin=evil)  # fmt: skip
    listed = Listed(3, (evil, evil))
    review = Review(
        entries=(entry, more), counts=(Counted("position", "renamed", 1), Counted("brand", "changed", 1)),
        dead=(DeadCode(evil, evil), DeadCode(evil, evil, evil), DeadCode(evil, evil, confirmed=True)), dead_count=3,
        figures=(Figure("town", evil, 1, 2),),
        pages_new=listed, pages_gone=listed, photos_new=listed, photos_gone=listed, photos_changed=listed, unread=listed,
        others=listed, unaffected=listed, problems=(ReportedProblem("error", evil, 1, evil, evil),),
        new=Levels(1), head_sound=False, links=listed, modules=listed, executables=listed, no_pictures=listed, large=listed,
        unconfirmed=listed, wiped=(Wiped("position", evil, listed), Wiped("brand", "介绍", listed, evil)), mended=3,
        stakes=Stakes(1, 5000.0, 2, 3), gone=(ReportedProblem("hint", evil, 2, evil, evil),),
    )  # fmt: skip
    review = from_json(as_json(review).encode())
    assert_inert(Compared(review, (), frozenset()), markdown(review, CHINESE))


@pytest.mark.parametrize(
    "spoil",
    [
        lambda tree: tree.update(version=2),
        lambda tree: tree.update(evil=1),
        lambda tree: tree.update(entries={}),
        lambda tree: tree.update(entries=[{"kind": "position"}]),
        lambda tree: tree["entries"][0].update(name=5),
        lambda tree: tree["entries"][0].update(name="x" * 3000),
        lambda tree: tree["entries"][0].update(kind="<b>"),
        lambda tree: tree["entries"][0].update(point=[1, 2, 3]),
        lambda tree: tree["entries"][0].update(point=[1, float("nan")]),
        lambda tree: tree["entries"][0].update(more=True),
        lambda tree: tree["entries"][0].update(fields=[[]]),
        lambda tree: tree.update(mended=10**30),
        lambda tree: tree.update(entries=tree["entries"] * 3000),
    ],
)
def test_what_is_no_review_is_refused(spoil: Callable[[Any], object]) -> None:
    tree = json.loads(as_json(Review(entries=(EntryChange("position", "new", "a", "b", "c", point=(1.0, 2.0)),))))
    assert from_json(json.dumps(tree).encode()).entries[0].name == "b"
    spoil(tree)
    with pytest.raises(NotAReview):
        from_json(json.dumps(tree).encode())


@pytest.mark.parametrize(
    "content", [b"", b"[]", b"1", b"\xff", b"{", b"[" * 100_000, b" " * 2_000_001, b'{"version":' + b"9" * 9999]
)
def test_what_is_no_json_is_refused(content: bytes) -> None:
    with pytest.raises(NotAReview):
        from_json(content)


def test_a_large_change_is_told_in_bounds(root: Path, tmp_path: Path) -> None:
    base = Path(shutil.copytree(root, tmp_path / "base"))
    for number in range(400):
        name = f"wei-{number}"
        long = "".join(f"  - {word}{number}{'很长的名字' * 8}\n" for word in "甲乙丙丁戊己庚辛")
        text = position(name, "lujia", name=f"位{number}").replace("sources:", f"aliases:\n{long}sources:")
        (root / f"positions/lujia/{name}.yml").write_text(text, "utf-8")
        (root / f"positions/huaqiao/{name}-x.yml").write_text("id: [", "utf-8")
    found = reviewed(Case(base, root, base))
    said = markdown(found.review, CHINESE)
    assert len(said) <= LONGEST + 100
    assert "（400）" in said
    assert "还有" in said
    assert len(as_json(found.review)) < MAX_BYTES
    assert len(moves_map(found.review, CHINESE)) < 20_000


def test_what_is_read_back_is_never_too_long(root: Path, tmp_path: Path) -> None:
    """Sixty entries that say as much as an entry may, in characters that take six in JSON."""
    base = Path(shutil.copytree(root, tmp_path / "base"))
    spaces = "".join(f"  - name: 室{at}\n    text: {'文' * 199}\n" for at in range(20))
    for number in range(60):
        text = position(f"wei-{number}", "lujia", name=f"位{number}") + f"spaces:\n{spaces}platforms:\n{spaces}"
        text += "functions:\n" + "".join(f"  - {at}{'字' * 50}\n" for at in range(40)) if number % 2 else ""
        (root / f"positions/lujia/wei-{number}.yml").write_text(text + f"story: {'故' * 3999}\n", "utf-8")
    found = reviewed(Case(base, root, base))
    told = as_json(found.review).encode()
    assert len(told) < MAX_BYTES
    assert from_json(told) == found.review
    assert sum(entry.more for entry in found.review.entries)


def test_figures_are_those_of_the_progress_page() -> None:
    directory = load(WORLD, today=TODAY)
    progress = progress_of(directory)
    found = {(figure.group, figure.label): figure.new for figure in compare(EMPTY, WORLD, CHINESE, TODAY).review.figures}
    told = CHINESE.tree["review"]
    facts = {CHINESE.tree["fields"][name]: count for name, count in progress.quality.facts if count}
    assert found["all", told["figure_listed"]] == progress.listed == progress.quality.total
    assert found["all", told["figure_verified"]] == progress.verified
    assert {label: count for (group, label), count in found.items() if group == "fact"} == facts
    assert {label: count for (group, label), count in found.items() if group == "town"} == {
        row.town.name: row.total for row in progress.coverage if row.total
    }
    short = {tier.id: tier.short_name for tier in directory.settings.tiers} | {"unknown": told["no_tier"]}
    assert {label: count for (group, label), count in found.items() if group == "tier"} == {
        short[tier]: count for tier, count in progress.tiers.items() if count
    }


def test_pages_are_those_that_are_published() -> None:
    published = {path.relative_to(PUBLISHED).as_posix() for path in PUBLISHED.rglob("*.html")}
    assert read_side(State(WORLD), (), TODAY, ParseCache()).pages == published


def test_a_picture_of_the_same_name_with_another_content_is_told(root: Path, tmp_path: Path) -> None:
    base = Path(shutil.copytree(root, tmp_path / "base"))
    shutil.copyfile(WORLD / "photos/he-hua.png", root / "photos/qifa-01.png")
    assert reviewed(Case(base, root, base)).review.photos_changed == Listed(1, ("qifa-01.png",))


def test_problems_are_new_only_once(root: Path, tmp_path: Path) -> None:
    """A line put in above a fault makes it no new one."""
    path = root / "positions/lujia/qifa-guangchang.yml"
    path.write_text(path.read_text("utf-8").replace("0512-57621055", "13800000000"), "utf-8")
    base = Path(shutil.copytree(root, tmp_path / "base"))
    path.write_text("# 说明\n" + path.read_text("utf-8"), "utf-8")
    review = reviewed(Case(base, root, base)).review
    assert (review.new, review.old, review.mended) == (Levels(), Levels(error=1), 0)


# The command.


@pytest.fixture
def repository(root: Path) -> Path:
    git(root, "init", "-q", "-b", "main")
    git(root, "add", ".")
    git(root, "commit", "-qm", "one")
    path = root / "positions/lujia/qifa-guangchang.yml"
    path.write_text(
        path.read_text("utf-8").replace("lon: 121.0435", "lon: 121.0450").replace("status: open", "status: opne"), "utf-8"
    )
    (root / "haitang.txt").write_text("x", "utf-8")
    return root


def git(root: Path, *command: str) -> None:
    subprocess.run(
        ["git", "-c", "user.name=x", "-c", "user.email=x@example.org", *command], cwd=root, check=True, capture_output=True
    )


def test_the_folder_as_it_is_is_reviewed(repository: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    drawing = tmp_path / "map.svg"
    assert main.main(["review", "main", "--root", str(repository), "--map", str(drawing)]) == 0
    said = capsys.readouterr().out
    assert "向东移了 **142 米**" in said
    assert "`haitang.txt`" in said
    assert "142 米" in drawing.read_text("utf-8")
    assert (repository / "positions/lujia/qifa-guangchang.yml").stat().st_nlink == 1


def laid(root: Path, content: Path) -> None:
    """The files of the data as they are somewhere else."""
    for path in root.iterdir():
        if path.is_dir() and path.name != ".git":
            shutil.rmtree(path)
        elif path.is_file():
            path.unlink()
    shutil.copytree(content, root, dirs_exist_ok=True)


@pytest.mark.parametrize("name", NAMES[::4])
def test_a_history_reads_as_its_folders_do(name: str, tmp_path: Path) -> None:
    """What lies there, and what git has, while something else lies there; with notes of entries and without."""
    case, root = prepared(name, tmp_path), tmp_path / "root"
    right = reviewed(case)
    root.mkdir()
    git(root, "init", "-q", "-b", "main")
    for content, said in ((case.base, "one"), (case.head, "two")):
        laid(root, content)
        git(root, "add", "-A", "-f", ".")
        git(root, "commit", "-qm", said, "--allow-empty")
    for lying, head in ((case.head, None), (case.head, "HEAD"), (case.base, "HEAD"), (WORLD, "HEAD")):
        laid(root, lying)
        for _ in range(2):
            cache = StoredCache(root, tmp_path / "kept", FileIndex(tmp_path / "kept" / "digests", root))
            with sides(root, "HEAD~1", head) as both:
                found = compared(both, CHINESE, TODAY, cache)
            assert (found.review, found.problems) == (right.review, right.problems)
            assert found.changed == right.changed
            cache.store()


def test_two_revisions_are_reviewed_from_where_they_parted(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    git(repository, "checkout", "-qb", "work")
    git(repository, "add", ".")
    git(repository, "commit", "-qm", "two")
    git(repository, "checkout", "-q", "main")
    (repository / "brands/hongfushi.yml").write_text("later: 1\n", "utf-8")
    git(repository, "commit", "-qam", "theirs")
    assert main.main(["review", "main", "work", "--root", str(repository)]) == 0
    said = capsys.readouterr().out
    assert "向东移了 **142 米**" in said
    assert "hongfushi" not in said


def test_json_becomes_the_same_words(repository: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> None:
    told = tmp_path / "review.json"
    assert main.main(["review", "main", "--root", str(repository), "--format", "json", "--out", str(told)]) == 0
    assert main.main(["review", "main", "--root", str(repository)]) == 0
    said = capsys.readouterr().out
    assert main.main(["review", "--comment", str(told)]) == 0
    assert capsys.readouterr().out == said
    told.write_text("{}", "utf-8")
    assert main.main(["review", "--comment", str(told)]) == 1
    assert "没有采用" in capsys.readouterr().err


def test_a_workflow_gets_annotations_and_a_summary(
    repository: Path, capsys: pytest.CaptureFixture[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    assert main.main(["review", "main", "--root", str(repository), "--format", "github"]) == 0
    assert capsys.readouterr().out.startswith("::error file=positions/lujia/qifa-guangchang.yml,line=17,col=9::")
    assert "142 米" in (tmp_path / "summary.md").read_text("utf-8")
    assert main.main(["review", "main", "--root", str(repository), "--format", "gitlab"]) == 0
    (quality,) = json.loads(capsys.readouterr().out)
    assert quality["location"] == {"path": "positions/lujia/qifa-guangchang.yml", "lines": {"begin": 17}}
    assert quality["check_name"] == "bad-choice"


@pytest.mark.parametrize("revision", ["nowhere", "--output=x", "$(touch x)", ""])
def test_an_unknown_revision_is_told_kindly(repository: Path, revision: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["review", "--root", str(repository), "--", revision]) == 2
    said = capsys.readouterr().err
    assert ("比" in said) == bool(revision) and ("空的" in said) != bool(revision)
    assert "Traceback" not in said


def test_where_there_is_no_history_it_is_told(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["review", "main", "--root", str(root)]) == 2
    assert capsys.readouterr().err == "没法和「main」比较：没有 git 提交记录。\n"  # and nothing to fetch
    assert main.main(["review", "--root", str(root)]) == 2
    assert "build.py review main" in capsys.readouterr().err


def test_hours_are_compared_by_what_they_mean() -> None:
    old = Season("", (), (((540, 1020),),) * 7, (None,) * 7, None, (True, True))
    new = replace(old, week=(*old.week[:5], (), ((540, 720),)), on_holidays=(((600, 960),),) * 7)
    before = OpeningHours("旧", (old,), (DatedHours(101, 101, ()), DatedHours(801, 831, ())), notes=("清场",))
    after = OpeningHours("新", (new,), (DatedHours(801, 831, ((540, 720),)),), "hours", notes=("16:30停止入场",))
    found = [
        (" ".join(change.label), change.old, change.new, change.gone, change.come)
        for change in hours_changes(before, after, ("开放时间",), CHINESE)
    ]
    assert found == [
        ("开放时间 读作", canonical(before), canonical(after), (), ()),
        ("开放时间 周六", "09:00-17:00", "休息", (), ()),
        ("开放时间 周日", "09:00-17:00", "09:00-12:00", (), ()),
        ("开放时间 节假日", "没有写", "10:00-16:00", (), ()),
        ("开放时间 1月1日", "休息", None, (), ()),
        ("开放时间 8月1日至8月31日", "休息", "09:00-12:00", (), ()),
        ("开放时间 另外写明", None, None, ("清场",), ("16:30停止入场",)),
    ]
    (same,) = hours_changes(before, replace(before, text="又"), (), CHINESE)
    assert (same.same, same.new) == (True, canonical(before))
