"""A review names first what could hurt, and a printed code is lost only where somebody wrote that this is meant."""

import subprocess
from pathlib import Path

import pytest

from haitang.cli import main
from haitang.cli.confirmations import TEXT
from haitang.editors.review.confirmation import confirmed
from haitang.editors.review.files import by_harm
from haitang.editors.review.markdown import LONGEST, to_confirm
from tests.editors.test_review import HOSTILE, assert_plain_lines, git, tokens
from tests.worlds import position

QIFA, ZHAN = "positions/lujia/qifa-guangchang.yml", "positions/huaqiao/huaqiao-zhan.yml"
RED = "这次改动还不能合并"


@pytest.fixture
def repository(root: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.delenv(TEXT, raising=False)
    git(root, "init", "-q", "-b", "main")
    commit(root, "one")
    git(root, "checkout", "-qb", "work")
    return root


def commit(root: Path, said: str) -> None:
    git(root, "add", "-A", "-f", ".")
    git(root, "commit", "-qm", said, "--allow-empty")


class Told:
    """What a command said, and how it ended."""

    def __init__(self, capsys: pytest.CaptureFixture[str], root: Path, *command: str) -> None:
        capsys.readouterr()
        self.code = main.main([*command, "--root", str(root)])
        self.out, self.err = capsys.readouterr()


def both_ways(capsys: pytest.CaptureFixture[str], root: Path) -> str:
    """The review of what lies there, which is that of what git has."""
    lying = Told(capsys, root, "review", "main")
    commit(root, "two")
    kept = Told(capsys, root, "review", "main", "work")
    assert (kept.out, kept.code) == (lying.out, lying.code)
    assert (RED in kept.err) == (kept.code == 1)
    return kept.out if not kept.code else f"{RED}\n{kept.out}"


def section(said: str, heading: str) -> str:
    return said.partition(f"### {heading}")[2].partition("\n### ")[0]


# Files that are not what they seem.


@pytest.mark.parametrize(
    ("file", "target"),
    [
        ("positions/lujia/evil.yml", "/etc/passwd"),
        (QIFA, "../../brands/hongfushi.yml"),
        ("positions/anting", "lujia"),
        ("photos/evil.jpg", "qifa-01.png"),
        ("templates/evil.html", "/etc/passwd"),
        ("directory.yml", "brands/hongfushi.yml"),
        ("brands/nowhere.yml", "missing"),
    ],
)
def test_a_link_is_named_first_and_is_red(repository: Path, file: str, target: str, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / file).parent.mkdir(exist_ok=True)
    (repository / file).unlink(missing_ok=True)
    (repository / file).symlink_to(target)
    said = both_ways(capsys, repository)
    assert said.startswith(RED)
    assert said.index("### ") == said.index("### 先看这些文件")
    assert f"不能合并（1）：`{file}`" in section(said, "先看这些文件").splitlines()[2]
    assert "没有发现问题" not in said


def test_another_repository_inside_is_red(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    inner = repository / "positions/lujia/inner"
    inner.mkdir()
    git(inner, "init", "-q", "-b", "main")
    git(inner, "commit", "-qm", "x", "--allow-empty")
    git(repository, "add", "-A", ".")
    git(repository, "commit", "-qm", "two")
    told = Told(capsys, repository, "review", "main", "work")
    assert told.code == 1
    assert "嵌进来的别的代码库，不能合并（1）：`positions/lujia/inner`" in told.out


@pytest.mark.parametrize("file", [QIFA, "photos/qifa-01.png", "deploy/run.sh", "brands/neu.yml"])
def test_what_became_a_program_is_named(repository: Path, file: str, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / file).parent.mkdir(exist_ok=True)
    (repository / file).open("a", encoding="utf-8").close()
    (repository / file).chmod(0o755)
    assert f"- 变成了可以运行的程序（1）：`{file}`" in both_ways(capsys, repository)


@pytest.mark.parametrize(
    "content",
    [
        "<!doctype html><script>x</script>",
        '<svg xmlns="http://www.w3.org/2000/svg"/>',
        "",
        "GIF89a",
        "#!/bin/sh\n",
        "RIFFxxxxAVI ",
    ],
)
@pytest.mark.parametrize("file", ["photos/neu.jpg", "photos/qifa-01.png", "photos/NEU.WEBP"])
def test_a_picture_that_is_none_is_named(repository: Path, file: str, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / file).write_text(content, "utf-8")
    told = Told(capsys, repository, "review", "main")
    assert told.code == 1
    assert f"- 叫图片的名字，却不是图片，不能合并（1）：`{file}`" in told.out


def test_pictures_are_pictures(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for name, start in {"a.jpg": b"\xff\xd8\xff\xe0", "b.png": b"\x89PNG\r\n\x1a\n", "c.webp": b"RIFF1234WEBP"}.items():
        (repository / "photos" / name).write_bytes(start)
    assert "不是图片" not in section(Told(capsys, repository, "review", "main").out, "先看这些文件")


def test_a_large_file_is_named(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "site_src").mkdir()
    (repository / "site_src/film.mp4").write_bytes(b"\0" * 7_000_000)
    said = both_ways(capsys, repository)
    assert "- 特别大的文件（1）：`site_src/film.mp4 (7 MB)`" in said


def test_programs_come_before_all_else(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for file in ("aaa.txt", "docs/a.md", "haitang/x.py", "build.py", ".github/workflows/x.yml", "deploy/nginx.conf"):
        (repository / file).parent.mkdir(parents=True, exist_ok=True)
        (repository / file).write_text("x", "utf-8")
    (repository / QIFA).unlink()
    said = both_ways(capsys, repository)
    named = [
        said.index(f"`{file}`")
        for file in (".github/workflows/x.yml", "build.py", "haitang/x.py", "deploy/nginx.conf", "aaa.txt", "docs/a.md")
    ]
    assert named == sorted(named)
    assert named[-1] < said.index("会失效的二维码") < said.index("新的问题")


def test_ranks() -> None:
    files = ["README.md", "x", "tests/a.py", ".gitlab-ci.yml", "templates/a", ".gitmodules", "pyproject.toml"]
    assert by_harm(files) == [".gitlab-ci.yml", ".gitmodules", "templates/a", "pyproject.toml", "x", "README.md", "tests/a.py"]


# Entries.


@pytest.mark.parametrize(
    "content", [b"id\xef\xbc\x9ashili\nname \xe7\xa4\xba\n", b"\xff\xfe", b"", b"[", b"id: [\n", b"- a\n", b"x" * 300_000]
)
def test_what_is_new_and_cannot_be_read_is_new(repository: Path, content: bytes, capsys: pytest.CaptureFixture[str]) -> None:
    (repository / "positions/lujia/shili.yml").write_bytes(content)
    said = both_ways(capsys, repository)
    assert said.splitlines()[2] == "新增阵地 1"
    assert "`positions/lujia/shili.yml" in section(said, "新的问题")
    assert "读不懂" in section(said, "新增的阵地（1）")


def test_the_same_id_twice_is_told(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    """The file that had it before stays what it was, wherever the other lies."""
    text = (repository / QIFA).read_text("utf-8")
    for folder in ("huaqiao", "zhangpu"):
        (repository / f"positions/{folder}").mkdir(exist_ok=True)
        (repository / f"positions/{folder}/qifa-guangchang.yml").write_text(text.replace("57621055", "57621056"), "utf-8")
    said = both_ways(capsys, repository)
    assert said.splitlines()[2] == "新增阵地 2"
    assert said.count(f"编号和 `{QIFA}` 一样") == 2
    assert "修改的阵地" not in said


def world_of(root: Path, count: int, extra: str) -> None:
    for number in range(count):
        name = f"wei-{number:03}"
        text = position(name, "lujia", name=f"位{number}") + extra.replace("{n}", str(number))
        (root / f"positions/lujia/{name}.yml").write_text(text, "utf-8")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("story: 这里有故事\n", ""),
        (f"story: {'故事' * 60}\n", "story: 无事\n"),
        ("phone: 0512-57621055\n", ""),
        ("services:\n  - 阅览\n", ""),
        ("verified:\n  on: 2024-01-01\n  by: 甲\n", ""),
    ],
)
def test_what_many_lose_at_once_is_one_thing(
    root: Path, before: str, after: str, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(TEXT, raising=False)
    world_of(root, 34, before)
    git(root, "init", "-q", "-b", "main")
    commit(root, "one")
    world_of(root, 34, after)
    told = section(Told(capsys, root, "review", "main").out, "要核对的")
    labels = {"story": "介绍", "phone": "电话", "services": "服务", "verified": "核实"}
    label = labels[before.partition(":")[0]]
    assert told.strip().startswith(f"- **34 处一起没有了**（或只剩一点）**{label}**：`位0`，`位1`，")
    assert told.count("位") == 10


def test_what_many_have_alike_now_is_one_thing(
    root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.delenv(TEXT, raising=False)
    world_of(root, 40, "phone: 0512-576210{n}\n")
    git(root, "init", "-q", "-b", "main")
    commit(root, "one")
    world_of(root, 34, "phone: 0512-57629999\n")
    told = section(Told(capsys, root, "review", "main").out, "要核对的")
    assert told.strip().startswith("- **34 处一起改成了同一句**，**电话** `0512-57629999`：`位0`，`位1`，")


def test_the_farthest_move_comes_first(root: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.delenv(TEXT, raising=False)
    place = "location:\n  lon: 121.0{n}\n  lat: 31.3\n  crs: wgs84\n  precision: street\n"
    world_of(root, 40, place.replace("{n}", "43512") + "phone: 0512-57621055\n")
    git(root, "init", "-q", "-b", "main")
    commit(root, "one")
    world_of(root, 40, place.replace("{n}", "43512") + "phone: 0512-57621056\n")
    for number, lon in ((37, "43612"), (38, "93512"), (39, "43912")):
        text = position(f"wei-{number:03}", "lujia", name=f"位{number}") + place.replace("{n}", lon)
        (root / f"positions/lujia/wei-{number:03}.yml").write_text(text + "phone: 0512-57621055\n", "utf-8")
    said = Told(capsys, root, "review", "main").out
    assert "- 移了位置的阵地 3 处，最远 **4.8 公里**\n- 改了电话的阵地 37 处" in said
    changed = section(said, "修改的阵地（40）")
    assert [changed.index(f"`位{name}`") for name in (38, 39, 37, 0)] == sorted(
        changed.index(f"`位{name}`") for name in (0, 37, 38, 39)
    )


# What is lost.


def deleted(root: Path) -> None:
    (root / ZHAN).unlink()


def renamed(root: Path) -> None:
    text = (root / ZHAN).read_text("utf-8").replace("id: huaqiao-zhan", "id: xin-zhan")
    (root / "positions/huaqiao/xin-zhan.yml").write_text(text, "utf-8")
    (root / ZHAN).unlink()


def without_former(root: Path) -> None:
    (root / ZHAN).write_text((root / ZHAN).read_text("utf-8").replace("former_ids:\n  - huaqiao-jiu-zhan\n", ""), "utf-8")


def deleted_route(root: Path) -> None:
    (root / "routes/lujia-xian.yml").unlink()


def deleted_brand(root: Path) -> None:
    (root / "brands/hongfushi.yml").unlink()


LOSSES = {
    "deleted": (deleted, {"huaqiao-zhan", "huaqiao-jiu-zhan"}),
    "renamed": (renamed, {"huaqiao-zhan"}),
    "former": (without_former, {"huaqiao-jiu-zhan"}),
    "route": (deleted_route, {"lujia-xian"}),
    "brand": (deleted_brand, {"hongfushi"}),
}


@pytest.mark.parametrize("loss", LOSSES)
def test_a_loss_is_red_until_it_is_meant(
    repository: Path, loss: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    happen, names = LOSSES[loss]
    happen(repository)
    told = Told(capsys, repository, "review", "main")
    assert told.code == 1
    assert RED in told.err
    assert "没有发现问题" not in told.out
    assert f"**还不能合并**：有 {len(names)} 个编号没有了" in told.out
    checked = Told(capsys, repository, "check", "--changed-since", "main")
    assert checked.code == 1
    assert checked.out.count("id-lost") == len(names)
    meant = f"说明\n\n确认删除：{'、'.join(names)}\n"
    file = tmp_path / "message.txt"
    file.write_text(meant, "utf-8")
    with monkeypatch.context() as patch:
        patch.setenv(TEXT, meant)
        assert_meant(capsys, repository)
    assert_meant(capsys, repository, "--message-file", str(file))
    assert Told(capsys, repository, "check", "--changed-since", "main").out.count("id-lost") == len(names)
    commit(repository, meant)
    assert_meant(capsys, repository)


def assert_meant(capsys: pytest.CaptureFixture[str], root: Path, *options: str) -> None:
    told = Told(capsys, root, "review", "main", *options)
    assert told.code == 0, told.out
    assert "还不能合并" not in told.out
    assert told.out.count("再也打不开，已写明确认") == told.out.count("再也打不开") - told.out.count("印出去的码再也打不开")
    assert "id-lost" not in Told(capsys, root, "check", "--changed-since", "main", *options).out


@pytest.mark.parametrize("confirmation", ["", "确认删除：huaqiao-zhan", "确认删除", "huaqiao-zhan huaqiao-jiu-zhan"])
def test_half_a_confirmation_is_none(
    repository: Path, confirmation: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    deleted(repository)
    monkeypatch.setenv(TEXT, confirmation)
    assert Told(capsys, repository, "review", "main").code == 1
    assert "id-lost" in Told(capsys, repository, "check", "--changed-since", "main").out


def test_what_leads_on_is_no_loss(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    renamed(repository)
    path = repository / "positions/huaqiao/xin-zhan.yml"
    path.write_text(path.read_text("utf-8").replace("former_ids:\n", "former_ids:\n  - huaqiao-zhan\n"), "utf-8")
    assert Told(capsys, repository, "review", "main").code == 0
    assert Told(capsys, repository, "check", "--changed-since", "main").code == 0


@pytest.mark.parametrize("content", ["id：x\n", "id: huaqiao-zhan\nname: 花桥党群服务站\nformer_ids: 无\n  x\n", ""])
def test_what_cannot_be_read_is_not_lost(repository: Path, content: str, capsys: pytest.CaptureFixture[str]) -> None:
    """A slip of the hand is told as such, and only as such."""
    (repository / ZHAN).write_text(content, "utf-8")
    assert Told(capsys, repository, "review", "main").code == 0
    checked = Told(capsys, repository, "check", "--changed-since", "main")
    assert checked.code == 1
    assert "id-lost" not in checked.out


def test_a_moved_file_is_not_lost(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = (repository / ZHAN).read_text("utf-8").replace("town: huaqiao", "town: lujia")
    (repository / "positions/lujia/huaqiao-zhan.yml").write_text(text, "utf-8")
    (repository / ZHAN).unlink()
    assert Told(capsys, repository, "review", "main").code == 0
    assert "id-lost" not in Told(capsys, repository, "check", "--changed-since", "main").out


@pytest.mark.parametrize(
    ("text", "names"),
    [
        ("确认删除：a-b", "a-b"),
        ("确认删除:a-b", "a-b"),
        ("确认删除 ： a-b", "a-b"),
        ("确认删除： a、b，c, d e；f 和 g", "a b c d e f g"),
        ("- 确认删除：a\n* 确认删除：b\n1. 确认删除：c\n> 确认删除：d\n- [x] 确认删除：e\n· 确认删除：f", "a b c d e f"),
        ("**确认删除：**`a`、「b」、“c”、<d>、【e】", "a b c d e"),
        ("> > ## **确认删除**：**a**。", "a"),
        ("确认删除：ａ－ｂ", "a-b"),
        ("确认删除：A-B", "a-b"),
        ("确认删除：positions/lujia/a-b.yml、b.yml", "a-b b"),
        ("确认删除：a（老站，已拆）、b（不是 c）", "a b"),
        ("确认删除：a 已由 b 接替", "a"),
        ("确认删除：\n\n- a\n- `b`、c\n- 说明 d\n- e", "a b c"),
        ("确认删除：\r\n- a\r\n", "a"),
        ("确认删除：\na\nb、c\n谢谢", "a b c"),
        ("确认删除：\n1. a\n2）b\n- [x] c\n- [ ] d", "a b c"),
        ("- [ ] 确认删除：a\n- [x] 确认删除：b", "b"),
        ("~~确认删除：a~~\n～～确认删除：b～～\n确认删除：c", "c"),
        ("确认删除：\n- a\n- ~~b~~\n- c", "a c"),
        ("确认删除：\n说明 a", ""),
        ("确认删除：\na 吗", ""),
        ("不要确认删除：a", ""),
        ("还没有确认删除：a", ""),
        ("<!-- 确认删除：a -->", ""),
        ("<!--\n确认删除：a\n", ""),
        ("确认删除 a", ""),
        ("确认删除：", ""),
        ("确认删除：老站", ""),
        ("确认：a", ""),
        ("\x00\u202e::error::\n确认删除：a", "a"),
    ],
)
def test_confirmations(text: str, names: str) -> None:
    assert confirmed([text]) == set(names.split())


def test_a_long_text_is_read_in_time() -> None:
    assert confirmed(["> " * 400_000 + "确认删除：a\n" + "确认删除：" + "b、" * 2_000_000, "<!--" * 300_000]) <= {"b"}


def test_what_is_to_be_written_is_read_again() -> None:
    names = [f"{'long-' * 9}{number}" for number in range(30)]
    lines = to_confirm(names)
    assert max(map(len, lines)) < 200
    assert confirmed(["\n".join(f"> `{line}`" for line in lines)]) == set(names)


# Strangers.


def test_a_hostile_change_set_is_only_text(
    repository: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    evil = "".join(HOSTILE) + "\x1b[31m\u202e\n::error::\n##[x]\n@all"
    names = [
        *(text.replace("/", "∕") for text in HOSTILE),
        "\x1b[31m",
        "\u202ecod.exe",
        "a\n::error::b",
        "@all #1",
        "-rf",
        "--help",
    ]
    for number, name in enumerate(names):
        for folder, ending in (
            ("positions/lujia", ".yml"),
            ("photos", ".jpg"),
            ("", ""),
            ("haitang", ".py"),
            ("positions", ""),
        ):
            path = repository / folder / f"{name[:60]}{number}{ending}"
            path.parent.mkdir(exist_ok=True)
            path.write_text(evil, "utf-8")
        (repository / "brands" / f"{name[:60]}.yml").symlink_to(evil.replace("\n", "")[:80])
    raw = bytes(repository) + b"/positions/lujia/\xff\xfe.yml"
    Path(raw.decode("utf-8", "surrogateescape")).write_text("id: x\n", "utf-8")
    deleted(repository)
    commit(repository, evil)
    monkeypatch.setenv(TEXT, evil)
    monkeypatch.setenv("GITHUB_STEP_SUMMARY", str(tmp_path / "summary.md"))
    for form in ("markdown", "github"):
        told = Told(capsys, repository, "review", "main", "work", "--format", form)
        assert told.code == 1
        said = told.out if form == "markdown" else (tmp_path / "summary.md").read_text("utf-8")
        assert_plain_lines(said)
        assert len(said) <= LONGEST + 200
        kinds = {token.type for token in tokens(said)}
        assert not {kind for kind in kinds if kind.startswith(("html", "link", "image", "table", "fence"))}, kinds
    commands = [line for line in told.out.splitlines() if line.startswith("::")]
    assert commands
    assert all(line.startswith(("::error file=", "::warning file=", "::notice file=")) for line in commands)
    assert_plain_lines("\n".join(line for line in told.out.splitlines() if not line.startswith("::")))


def test_ten_thousand_files_are_told_in_bounds(repository: Path, capsys: pytest.CaptureFixture[str]) -> None:
    for number in range(5_000):
        (repository / f"positions/lujia/wei-{number}.yml").write_text("id: [", "utf-8")
        (repository / f"neu-{number}").write_text("x", "utf-8")
    told = Told(capsys, repository, "review", "main")
    assert len(told.out) <= LONGEST + 200
    assert "新增阵地 5000" in told.out
    assert "不是资料的文件，请维护者看（5000）" in told.out
    assert len(told.out.splitlines()) < 500
    git(repository, "add", "-A")
    git(repository, "commit", "-qm", "many")
    git(repository, "checkout", "-q", "main")
    told = Told(capsys, repository, "review", "work", "main")
    assert told.code == 0
    assert subprocess.run(["git", "status", "--short"], cwd=repository, capture_output=True, check=True).stdout == b""
