"""How a visitor says that something is wrong: pages promise what directory.yml names, and nothing where it names nothing."""

import json
import re
import shutil
from html.parser import HTMLParser
from pathlib import Path

import pytest

from haitang.checks.load import load
from haitang.cli import main
from haitang.model.messages import site_words
from haitang.model.paths import quoted
from haitang.model.settings import Settings
from haitang.site.views.feedback import addition, correction, report
from tests.worlds import TODAY, WORLD, publish, tree

WORDS = site_words("zh-CN")
NONE: dict[str, str] = {}
FORM = {"repository": "\n  url: https://example.org/yangli/zhendi\n  kind: gitea"}
MAIL = {"email": "dangqun@example.org"}
PHONE = {"phone": "0512-00000000 # 核对过：编的"}
# What promises that somebody listens; what other ways are called.
PROMISES = re.compile("告诉我们|说一声|纠错|帮忙|帮我们|联系我们|报一处|写信")
CALLED = {"form": "打开表单", "mail": "写信", "phone": "打电话纠错"}


def world(tmp_path: Path, named: dict[str, str]) -> Path:
    """The golden world with these ways only and the project's own handwritten page, and one town that has nothing."""
    root = Path(shutil.copytree(WORLD, tmp_path / "data", ignore=shutil.ignore_patterns("site_src")))
    settings = (root / "directory.yml").read_text("utf-8")
    settings = re.sub(r"^repository:\n(?: .*\n)+", "", settings, flags=re.M)
    settings = re.sub(r"^  phone: .*\n", "", settings, flags=re.M)
    if "repository" in named:
        settings += f"repository:{named['repository']}\n"
    identity = "".join(f"  {name}: {value}\n" for name, value in named.items() if name != "repository")
    (root / "directory.yml").write_text(settings.replace("identity:\n", f"identity:\n{identity}"), "utf-8")
    return root


class _Page(HTMLParser):
    """The words and the addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.links = "", set[str]()
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.links.add(own.get("href") or "")
        self.words += f" {own.get('content') or ''} {own.get('data-copy') or ''} "


def pages(root: Path, out: Path) -> dict[str, _Page]:
    """The published pages for visitors, with the footer that the browser puts into those of positions."""
    publish(root, out)
    site = tree(out / "site")
    (foot,) = re.findall(r"\.foot=(.*);", site["assets/words.js"].decode())
    whole = json.loads(foot)["html"]
    made = {path: content.decode() for path, content in site.items() if path.endswith(".html")}
    assert sum('<footer class="foot" data-foot>' in html for html in made.values()) > 5
    return {
        path: _Page(re.sub(r"<footer class=\"foot\" data-foot>.*?</footer>", lambda _: whole, html))
        for path, html in made.items()
        if not path.startswith("editors/")
    }


def settings_of(root: Path) -> Settings:
    return load(root, today=TODAY).settings


def test_where_no_way_is_named_no_page_promises_one(tmp_path: Path) -> None:
    found = pages(world(tmp_path, NONE), tmp_path / "out")
    assert len(found) > 30
    for path, page in found.items():
        assert not PROMISES.search(page.words), f"{path} promises what does not exist"
        assert not any(link.startswith("mailto:") or "/issues/new" in link for link in page.links), path


@pytest.mark.parametrize(("way", "named"), [("form", FORM), ("mail", MAIL), ("phone", PHONE)])
def test_the_way_that_is_named_is_promised_and_no_other(tmp_path: Path, way: str, named: dict[str, str]) -> None:
    found = pages(world(tmp_path, named), tmp_path / "out")
    about = found["about.html"]
    begins = {"form": "https://example.org/yangli/zhendi/issues/new?", "mail": "mailto:", "phone": "tel:0512-00000000"}[way]
    assert any(link.startswith(begins) for link in about.links)
    for other, called in CALLED.items():
        assert (called in about.words) == (other == way), f"{other} on about.html"
    for path, page in found.items():
        if PROMISES.search(page.words):
            assert any(link.startswith(begins) for link in page.links), f"{path} promises and leads nowhere"
    assert any(link.startswith(begins) for link in found["unverified.html"].links)


@pytest.mark.parametrize("named", [NONE, FORM, MAIL, PHONE, {**MAIL, **PHONE}, {**FORM, **MAIL}])
def test_all_who_ask_whether_there_is_a_way_agree(tmp_path: Path, named: dict[str, str]) -> None:
    settings = settings_of(world(tmp_path, named))
    assert (addition(settings, WORDS) is not None) == bool(named)
    assert (report(settings, WORDS) is not None) == bool(named)
    assert (correction(settings, WORDS, "brand", ("x", "样例"), None) is not None) == bool(named)


@pytest.mark.parametrize(("named", "missing", "any_"), [(FORM, "新增阵地：", "更正信息："), (MAIL, "报一处新的", "告诉我们")])
def test_what_is_asked_for_is_what_can_be_told(tmp_path: Path, named: dict[str, str], missing: str, any_: str) -> None:
    """A place that is missing has questions of its own; whatever else is to be told must not have to answer them."""
    found = pages(world(tmp_path, named), tmp_path / "out")
    for path, page in found.items():
        subjects = {subject for link in page.links for subject in re.findall(r"[?&](?:title|subject)=([^&]*)", link)}
        assert quoted(any_) in subjects, f"{path}: no way to say anything"
        is_asked = path == "about.html" or (path.startswith("towns/") and "欢迎告诉我们" in page.words)
        assert (quoted(missing) in subjects) == is_asked, path


@pytest.mark.parametrize("line", ["HAITANG_CORRECTIONS  ", "    HAITANG_CORRECTIONS", "\tHAITANG_CORRECTIONS\r"])
@pytest.mark.parametrize("around", ["上面一段\n{}\n下面一段", "- 一项\n{}\n- 二项", "{}"])
def test_the_line_is_found_however_it_stands(tmp_path: Path, line: str, around: str) -> None:
    root = world(tmp_path, MAIL)
    (root / "site_src").mkdir()
    (root / "site_src" / "about.md").write_bytes(f"# 关于\n\n{around.format(line)}\n".encode())
    about = pages(root, tmp_path / "out")["about.html"]
    assert "怎么纠错" in about.words
    assert "HAITANG" not in about.words


@pytest.mark.parametrize("line", ["- HAITANG_CORRECTIONS", "HAITANG_CORRECTIONS {#x}", "看 HAITANG_CORRECTION", "HAITANG_BODY"])
def test_a_word_that_visitors_would_see_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str], line: str) -> None:
    root = world(tmp_path, MAIL)
    (root / "site_src").mkdir()
    (root / "site_src" / "about.md").write_text(f"# 关于\n\n{line}\n", "utf-8")
    assert main.main(["--root", str(root), "--out", str(tmp_path / "out")]) == 1
    assert re.search(r"site_src/about\.md.*3.*单独写一行 HAITANG_CORRECTIONS", capsys.readouterr().out)


@pytest.mark.parametrize(("named", "lines"), [(NONE, 1), (PHONE, 0)])
def test_the_build_says_in_one_line_that_nobody_can_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], named: dict[str, str], lines: int
) -> None:
    root = world(tmp_path, named)
    assert main.main(["--root", str(root), "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().err.count("访客没有办法告诉您哪里不对") == lines
