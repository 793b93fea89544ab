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
from haitang.site.views.feedback import addition, anything, correction, in_hall, report
from tests.worlds import TODAY, WORLD, publish, tree

WORDS = site_words("zh-CN")
NONE: dict[str, str] = {}
FORGE = {"repository": "\n  url: https://example.org/yangli/zhendi\n  kind: gitea"}
MAIL = {"mail": "dangqun@example.org"}
PHONE = {"phone": "0512-00000000 # 核对过：编的"}
WECHAT = {"wechat": "样例先锋"}
QR = {"qr": "he-cheng-1.jpg"}
FORM = {"form": "https://form.example.org/tell"}
ALL = {**MAIL, **PHONE, **WECHAT, **QR, **FORM}
# What promises that somebody listens; what other ways are called.
PROMISES = re.compile("告诉我们|说一声|纠错|帮忙|帮我们|联系我们|报一处|写信|发给我们|发过来")
CALLED = {"phone": "打电话 0512", "wechat": "样例先锋", "qr": "微信二维码"}
BEGINS = {
    "form": "https://form.example.org/tell",
    "mail": "mailto:",
    "phone": "tel:0512-00000000",
    "forge": "https://example.org/yangli/zhendi/issues/new?",
}


def world(tmp_path: Path, named: dict[str, str]) -> Path:
    """The golden world with these ways only and the project's own handwritten page, and one town that has nothing. Who answers
    for the site has a phone and a mail all the same."""
    root = Path(shutil.copytree(WORLD, tmp_path / "data", ignore=shutil.ignore_patterns("site_src")))
    settings = (root / "directory.yml").read_text("utf-8")
    settings = re.sub(r"^(?:repository|contact):\n(?: .*\n)+", "", settings, flags=re.M)
    settings = settings.replace("identity:\n", "identity:\n  email: imprint@example.org\n")
    if "repository" in named:
        settings += f"repository:{named['repository']}\n"
    contact = "".join(f"  {name}: {value}\n" for name, value in named.items() if name != "repository")
    (root / "directory.yml").write_text(settings + (f"contact:\n{contact}" if contact else ""), "utf-8")
    return root


class _Page(HTMLParser):
    """The words and the addresses of a page."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.words, self.links, self.ids = "", set[str](), set[str]()
        self.feed(html)

    def handle_data(self, data: str) -> None:
        self.words += data

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs)
        self.links.add(own.get("href") or "")
        self.ids.add(own.get("id") or "")
        self.words += f" {own.get('content') or ''} {own.get('alt') or ''} "


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


def ways(page: _Page) -> set[str]:
    """The ways a page leads to."""
    return {way for way, start in BEGINS.items() if any(link.startswith(start) for link in page.links)}


def test_where_no_way_is_named_no_page_promises_one(tmp_path: Path) -> None:
    found = pages(world(tmp_path, NONE), tmp_path / "out")
    assert len(found) > 30
    for path, page in found.items():
        assert not PROMISES.search(page.words), f"{path} promises what does not exist"
        assert not any(link.startswith("mailto:") or "/issues/new" in link for link in page.links), path


CASES = [FORGE, PHONE, WECHAT, ALL, {**FORGE, **PHONE}]


@pytest.mark.parametrize("named", CASES, ids="+".join)
def test_the_ways_that_are_named_are_promised_and_no_others(tmp_path: Path, named: dict[str, str]) -> None:
    found = pages(world(tmp_path, named), tmp_path / "out")
    set_ = {"forge" if name == "repository" else name for name in named}
    for path in ("about.html", "positions/he-cheng.html", "positions/gong-yuan.html", "brands/kong.html", "unverified.html"):
        page = found[path]
        # Whoever answers for the site has a phone and a mail in the footer, and this is no promise; a place has its own phone.
        assert ways(page) - {"phone"} == set_ & {"form", "mail", "forge"}, path
        told = {name for name in ("wechat", "qr") if CALLED[name] in page.words}
        assert told == set_ & {"wechat", "qr"}, path
        assert (CALLED["phone"] in page.words) == ("phone" in set_), path
        assert ("【帮我们补一条】" in page.words) == (set_ != {"forge"}), path
    for path, page in found.items():
        if PROMISES.search(page.words):
            leads = any(link.endswith("unverified.html#tell") for link in page.links) or ways(page) & set_ or "tell" in page.ids
            assert leads, f"{path} promises and leads nowhere"


@pytest.mark.parametrize("named", [NONE, FORGE, MAIL, PHONE, {**MAIL, **PHONE}, {**FORGE, **MAIL}, WECHAT, QR, FORM])
def test_all_who_ask_whether_there_is_a_way_agree(tmp_path: Path, named: dict[str, str]) -> None:
    settings = settings_of(world(tmp_path, named))
    asked = (
        addition(settings, WORDS), report(settings, WORDS), anything(settings, WORDS),
        correction(settings, WORDS, "brand", ("x", "样例"), None),
    )  # fmt: skip
    assert {way is not None for way in asked} == {bool(named)}


@pytest.mark.parametrize(("named", "missing", "any_"), [(FORGE, "新增阵地：", "更正信息："), (MAIL, "报一处新的", "告诉我们")])
def test_what_is_asked_for_is_what_can_be_told(tmp_path: Path, named: dict[str, str], missing: str, any_: str) -> None:
    """A place that is missing has questions of its own; whatever else is to be told must not have to answer them."""
    found = pages(world(tmp_path, named), tmp_path / "out")
    for path, page in found.items():
        subjects = {subject for link in page.links for subject in re.findall(r"[?&](?:title|subject)=([^&]*)", link)}
        if path == "embed.html":  # in another site's frame, whose line leads to the whole site
            continue
        assert quoted(any_) in subjects, f"{path}: no way to say anything"
        is_asked = (path == "about.html" and named == FORGE) or (path.startswith("towns/") and "欢迎告诉我们" in page.words)
        assert (quoted(missing) in subjects) == is_asked, path


def test_a_hall_names_the_ways_that_need_no_link(tmp_path: Path) -> None:
    def said(named: dict[str, str]) -> str:
        return in_hall(settings_of(world(tmp_path / "+".join(named), named)), WORDS)

    assert said(ALL) == "知道的，请告诉我们：打 0512-00000000、微信搜“样例先锋”、写信到 dangqun@example.org。"
    assert (said(NONE), said(FORGE), said(FORM)) == ("", "", "")


def test_another_picture_of_the_code_is_on_the_pages_of_the_next_build(tmp_path: Path) -> None:
    """Though directory.yml and the entries say what they said."""
    root = world(tmp_path, QR)
    shutil.copy(root / "photos" / "he-cheng-1.jpg", root / "photos" / "weixin.jpg")
    settings = (root / "directory.yml").read_text("utf-8").replace("qr: he-cheng-1.jpg", "qr: weixin.jpg")
    (root / "directory.yml").write_text(settings, "utf-8")
    addresses = []
    for picture in ("he-cheng-1.jpg", "he-cheng-2.jpg"):
        shutil.copy(root / "photos" / picture, root / "photos" / "weixin.jpg")
        publish(root, tmp_path / "out")
        page = (tmp_path / "out" / "site" / "positions" / "gong-yuan.html").read_text("utf-8")
        addresses += re.findall(r'<img src="\.\./(photos/weixin\.[^"]+)"', page)
        assert (tmp_path / "out" / "site" / addresses[-1]).is_file()
    assert len(set(addresses)) == 2


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


@pytest.mark.parametrize(("named", "lines"), [(NONE, 1), (PHONE, 0), (FORGE, 0)])
def test_the_build_says_in_one_line_that_nobody_can_be_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], named: dict[str, str], lines: int
) -> None:
    root = world(tmp_path, named)
    assert main.main(["--root", str(root), "--out", str(tmp_path / "out")]) == 0
    assert capsys.readouterr().err.count("访客没有办法告诉您哪里不对") == lines
