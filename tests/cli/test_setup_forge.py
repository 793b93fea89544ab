"""build.py setup-forge: the switches of three forges in order, and what the repository lacks, each thing told with its cure."""

import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from haitang.cli import main
from haitang.editors.forge_setup.seen import OWNERS, workflows
from haitang.editors.forge_setup.switches import CALLED, EXAMPLES, FORGES, SWITCHES, Forge, published_at, web_address
from haitang.editors.issues.templates import generated, write
from haitang.editors.scaffold import settings_of
from haitang.model.messages import LANGUAGES, words
from haitang.model.messages.commands import ANYWHERE
from tests.conftest import CHINESE
from tests.worlds import PROJECT, tree

URLS: dict[Forge, str] = {
    "github": "https://github.com/Yangli/zhendi",
    "gitlab": "https://gitlab.example.org/yangli/zhendi",
    "gitea": "https://git.example.org/yangli/zhendi",
}


@pytest.fixture
def root(root: Path) -> Path:
    """The same without anything said of its forge."""
    written = (root / "directory.yml").read_text("utf-8")
    (root / "directory.yml").write_text(re.sub(r"repository:\n(  .*\n)+|base_url: .*\n", "", written), "utf-8")
    return root


def add(root: Path, text: str) -> None:
    with (root / "directory.yml").open("a", encoding="utf-8") as file:
        file.write(text)


def sound(root: Path, forge: Forge) -> Path:
    """A repository with all that can be seen, on its forge."""
    add(root, f"repository:\n  url: {URLS[forge]}\n  kind: {forge}\nbase_url: https://zhendi.example.org/\n")
    for file in (*workflows(forge), OWNERS[forge]):
        (root / file).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(PROJECT / file, root / file)
    owners = root / OWNERS[forge]
    owners.write_text(owners.read_text("utf-8").replace("@haitang-owners", "@yangli/shenyue"), "utf-8")
    write(root, generated(settings_of(root)))
    return root


@pytest.fixture
def asked(root: Path, capsys: pytest.CaptureFixture[str]) -> Callable[..., tuple[int, str]]:
    """Runs the command; its exit code and what it said."""

    def ask(forge: Forge, *more: str) -> tuple[int, str]:
        code = main.main(["setup-forge", forge, "--root", str(root), *more])
        told = capsys.readouterr()
        assert told.err == ""
        return code, told.out

    return ask


Ask = Callable[..., tuple[int, str]]


@pytest.mark.parametrize("forge", FORGES)
@pytest.mark.parametrize("language", LANGUAGES)
def test_the_switches_come_in_order_with_their_pages(forge: Forge, language: str, root: Path, asked: Ask) -> None:
    before = tree(sound(root, forge))
    code, said = asked(forge, "--lang", language)
    assert code == 0, said
    assert tree(root) == before, "it only looks"
    switches = SWITCHES[forge]
    assert [int(number) for number in re.findall(r"^(\d+)\. ", said, re.M)] == list(range(1, len(switches) + 1))
    pages = re.findall(r"^ +(?:网页：|page: )(\S+)$", said, re.M)
    assert pages == [f"{URLS[forge]}/{switch.page}" for switch in switches if switch.page]
    assert "…" not in said.replace("actions/…", ""), "nothing is cut short"
    assert (words(language).tree["forge"]["all_good"] in said) and not re.search("要改：|to mend: ", said)
    assert "资料" in said


@pytest.mark.parametrize("forge", FORGES)
def test_it_takes_less_than_an_hour(forge: Forge) -> None:
    assert sum(switch.minutes for switch in SWITCHES[forge]) < 60


def test_every_sentence_is_used_and_in_its_language() -> None:
    folders = (PROJECT / "haitang/editors/forge_setup", PROJECT / "haitang/cli/commands/setup_forge")
    code = "".join(path.read_text("utf-8") for folder in folders for path in folder.glob("*.py"))
    own = words("zh-CN").tree["forge"]
    assert [key for key in own if f'"{key}"' not in code] == []
    assert [key for key, text in own.items() if not CHINESE.search(text)] == []
    assert [key for key, text in words("en").tree["forge"].items() if CHINESE.search(text)] == []
    for key, text in own.items():
        assert text.count("\n") == words("en").tree["forge"][key].count("\n"), key


@pytest.mark.live
@pytest.mark.parametrize("forge", FORGES)
def test_the_docs_have_the_same_list(forge: Forge) -> None:
    values = {"label": "资料", "file": OWNERS[forge], "nobody": "@haitang-owners", "branch": "main", "run": ANYWHERE}
    lines = []
    for number, switch in enumerate(SWITCHES[forge], 1):
        what, *how = words("zh-CN").tree["forge"][switch.name].format_map(values).split("\n")
        page = f"，`/{switch.page}`" if switch.page else ""
        lines += [f"{number}. **{what}**（{switch.minutes} 分钟{page}）", *(f"   - {line}" for line in how)]
    doc = (PROJECT / "docs/administrators.md").read_text("utf-8")
    total = sum(switch.minutes for switch in SWITCHES[forge])
    assert f"## {CALLED[forge]} 的单子\n\n一共大约 {total} 分钟。\n\n" + "\n".join(lines) + "\n\n" in doc


def spoil(file: str, before: str, after: str) -> Callable[[Path], None]:
    def doit(root: Path) -> None:
        text = (root / file).read_text("utf-8")
        assert before in text, file
        (root / file).write_text(text.replace(before, after), "utf-8")

    return doit


def drop(file: str) -> Callable[[Path], None]:
    return lambda root: (root / file).unlink()


# What is spoiled, and what is said of it.
LACKS: dict[str, tuple[Forge, Callable[[Path], None], str]] = {
    "no workflow": ("github", drop(".github/workflows/issue.yml"), "没有 .github/workflows/issue.yml"),
    "no pipeline": ("gitlab", drop(".gitlab-ci.yml"), "没有 .gitlab-ci.yml"),
    "no helper": ("gitea", drop(".gitea/forge.py"), "没有 .gitea/forge.py"),
    "no form": ("github", drop(".github/ISSUE_TEMPLATE/new.yml"), "ISSUE_TEMPLATE/new.yml。请运行"),
    "a form of old": ("gitea", spoil(".gitea/ISSUE_TEMPLATE/new.yaml", 'labels:\n  - "资料"\n', ""), "请运行"),
    "a form without a label": (
        "gitlab", spoil(".gitlab/issue_templates/新增阵地.md", '/label ~"资料"', ""), ".gitlab/issue_templates/新增阵地.md"
    ),
    "schemas of old": ("github", drop("schemas/position.json"), "schemas/position.json"),
    "no YAML": ("github", spoil(".github/workflows/check.yml", "jobs:", "jobs: ["), "check.yml 读不懂"),
    "no YAML at all": ("gitlab", spoil(".gitlab-ci.yml", "stages:", "\tstages:"), ".gitlab-ci.yml 读不懂"),
    "a job renamed": ("github", spoil(".github/workflows/check.yml", "  review:\n", "  look:\n"), "check.yml 里没有 review"),
    "no tests": ("gitlab", spoil(".gitlab-ci.yml", "build.py test", "build.py check"), "里没有 build.py test"),
    "a loose action": (
        "github", spoil(".github/workflows/publish.yml", "@cd2ce8fcbc39b97be8ca5fce6e763baed58fa128", "@v5"),
        "actions/deploy-pages@v5 没有写死提交号",
    ),
    "a foreign action": (
        "gitea", spoil(".gitea/workflows/check.yml", "- name: 安装", "- uses: actions/setup-node@v4\n      - name: 安装"),
        "用了 actions/setup-node@v4，要到别的主机上去取",
    ),
    "unchecked pull requests": (
        "github", spoil(".github/workflows/issue.yml", "/statuses/", "/stati/"), "issue.yml 自己开的合并请求"
    ),
    "unchecked pull requests on Gitea": (
        "gitea", spoil(".gitea/workflows/bianji.yml", "forge.py status", "forge.py state"), "bianji.yml 自己开的合并请求"
    ),
    "another label": ("github", spoil(".github/workflows/issue.yml", "资料", "data"), "认的不是表单贴的标签 资料"),
    "another label on Gitea": ("gitea", spoil(".gitea/workflows/issue.yml", "资料", "data"), "认的不是表单贴的标签 资料"),
    "another branch": ("github", spoil(".github/workflows/publish.yml", "[main]", "[master]"), "里写的分支是 master"),
    "no owners": ("gitea", drop(".gitea/CODEOWNERS"), "没有 .gitea/CODEOWNERS"),
    "nobody owns": ("github", spoil(".github/CODEOWNERS", "@yangli/shenyue", "@haitang-owners"), "还是没有人的名字"),
}  # fmt: skip


@pytest.mark.parametrize("lack", LACKS)
def test_each_thing_that_is_missing_is_told_once(lack: str, root: Path, asked: Ask) -> None:
    forge, spoiled, said_of_it = LACKS[lack]
    sound(root, forge)
    spoiled(root)
    code, said = asked(forge)
    told = [line for line in said.splitlines() if "要改：" in line]
    assert code == 1
    assert len(told) == 1, told
    assert said_of_it in told[0]
    assert said.endswith("程序看得到的，有 1 处要改。改好了再运行一次。\n")


def test_what_was_made_for_another_branch_is_right(root: Path, asked: Ask) -> None:
    sound(root, "github")
    spoil("directory.yml", "  kind: github\n", "  kind: github\n  branch: zhengshi\n")(root)
    spoil(".github/workflows/publish.yml", "[main]", "[zhengshi]")(root)
    code, said = asked("github")
    assert code == 0, said
    assert "保护 zhengshi" in said


@pytest.mark.parametrize("forge", FORGES)
def test_without_a_repository_it_says_what_to_write(forge: Forge, root: Path, asked: Ask) -> None:
    code, said = asked(forge)
    assert code == 1
    lines = ("      repository:", f"        url: {EXAMPLES[forge]}", f"        kind: {forge}")
    assert "\n".join(lines) in said
    assert f"{EXAMPLES[forge]}/{SWITCHES[forge][3].page}" in said
    add(root, "\n".join(line[6:] for line in lines).replace("单位/仓库", "a/b") + "\n")
    assert "要改：directory.yml" not in asked(forge)[1]


def test_another_forge_than_written_is_told(root: Path, asked: Ask) -> None:
    sound(root, "github")
    code, said = asked("gitlab")
    assert code == 1
    assert "repository 写的是 github，不是 gitlab" in said
    assert f"{EXAMPLES['gitlab']}/-/labels" in said


def test_a_site_without_an_address_is_advised_only(root: Path, asked: Ask) -> None:
    sound(root, "github")
    spoil("directory.yml", "base_url: https://zhendi.example.org/\n", "")(root)
    code, said = asked("github")
    assert code == 0
    assert "提醒：directory.yml 里还没有 base_url" in said
    assert "https://yangli.github.io/zhendi/" in said


SECRET = "ghp_abcdefghijklmnopqrstuvwxyz0123456789"


@pytest.mark.parametrize("login", [f"x:{SECRET}@", f"{SECRET}@", f"oauth2:{SECRET}@"])
def test_no_secret_is_shown(login: str, root: Path, asked: Ask) -> None:
    for command in (["init", "-q"], ["remote", "add", "origin", f"https://{login}github.com/yangli/zhendi.git"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    said = asked("github")[1].replace(str(root), "")  # whose name is that of the test
    assert "ghp_" not in said
    assert "url: https://github.com/yangli/zhendi\n" in said
    sound(root, "gitea")
    spoil("directory.yml", "  kind: gitea\n", f"  kind: gitea\n  app_id: {SECRET}\n")(root)
    assert "ghp_" not in asked("gitea")[1].replace(str(root), "")


def test_a_fresh_clone_without_a_remote_does(root: Path, asked: Ask, tmp_path: Path) -> None:
    sound(root, "gitlab")
    for command in (["init", "-q"], ["add", "."], ["-c", "user.name=x", "-c", "user.email=x@x", "commit", "-qm", "x"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    subprocess.run(["git", "clone", "-q", str(root), str(tmp_path / "clone")], check=True)
    subprocess.run(["git", "remote", "remove", "origin"], cwd=tmp_path / "clone", check=True)
    code, said = asked("gitlab", "--root", str(tmp_path / "clone"))
    assert code == 0, said


def test_what_was_never_committed_is_told(root: Path, asked: Ask) -> None:
    sound(root, "gitea")
    for command in (["init", "-q"], ["add", "."], ["rm", "-q", "--cached", ".gitea/forge.py", "schemas/brand.json"]):
        subprocess.run(["git", *command], cwd=root, check=True)
    code, said = asked("gitea")
    assert code == 1
    assert "要改：还没有提交到仓库里：.gitea/forge.py、schemas/brand.json。" in said


REMOTES = {
    "git@github.com:a/b.git": "https://github.com/a/b",
    "ssh://git@github.com:22/a/b.git": "https://github.com/a/b",
    "https://u:p@github.com/a/b": "https://github.com/a/b",
    "http://u@git.example.org:3000/a/b.git/": "https://git.example.org:3000/a/b",
    "https://gitlab.com/a/b/c.git": "",
    "/srv/git/b.git": "",
    "C:\\git\\b": "",
    "C:/git/b": "",
    "forge:a/b": "https://forge/a/b",
    "../b": "",
    "file:///srv/b.git": "",
    "https://[bad/a/b": "",
    "https://h:99999/a/b": "",
    "": "",
}


@pytest.mark.parametrize("remote", REMOTES)
def test_where_git_fetches_from_names_the_page(remote: str) -> None:
    assert web_address(remote, "github") == REMOTES[remote]


def test_pages_of_github_have_an_address_to_be_guessed() -> None:
    assert published_at("https://github.com/Ab/cd") == "https://ab.github.io/cd/"
    assert published_at("https://github.com/Ab/ab.github.io/") == "https://ab.github.io/"
    assert published_at("https://git.example.org/a/b") == published_at("https://github.com/a") == ""


def test_the_project_itself_lacks_only_what_is_its_users(asked: Ask) -> None:
    for forge in FORGES:
        told = [line for line in asked(forge, "--root", str(PROJECT))[1].splitlines() if "要改：" in line]
        assert [re.findall(r"directory\.yml|CODEOWNERS", line)[:1] for line in told] == [["directory.yml"], ["CODEOWNERS"]]
