"""The published site is always whole: old or new, whatever is killed when, whoever builds at once."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from haitang.site.build import Builder
from haitang.site.edition.filler import Dressing, Filler
from haitang.site.output_folder import NotOurs, Target
from haitang.site.page import HANDWRITTEN, HOME, POSITION, File, Page
from haitang.site.publish import Edition, Unsound, publish
from haitang.site.theme import Frame
from tests import worlds
from tests.clockwork import CLOCKWORK
from tests.worlds import PROJECT, WORLD, inputs, tree

SHELL = '<!doctype html><html><head>HAITANG_HEAD<title>HAITANG_TITLE</title></head><body id="top">HAITANG_BODY</body></html>'


def filler(shell: str = SHELL) -> Filler:
    dressing = Dressing("样例", "zh-CN", "2020-01-02", lambda *_: "", lambda *_: ("", ""))
    return Filler(Frame(dict.fromkeys(("home", "positions"), shell), {}, ()), dressing, {})


def page(path: str, body: str) -> Page:
    return Page(path, HOME if "/" not in path else POSITION, "标题", "简介", body)


def put(target: Target, *items: Page | File) -> None:
    with target.locked(lambda: None):
        publish(target, filler(), items)


@pytest.mark.parametrize(
    ("items", "fault"),
    [
        ([page("index.html", '<a href="positions/x.html">x</a>')], "positions/x.html"),
        ([page("index.html", '<a href="#nowhere">x</a>')], "no such anchor"),
        ([page("index.html", '<a href="a.html#gone">x</a>'), page("a.html", '<p id="here">x</p>')], "no such anchor"),
        ([page("index.html", '<a href="/x.html">x</a>')], "not relative"),
        ([page("index.html", "  ")], "empty page"),
        ([page("index.html", '<img src="https://example.org/x.png" alt="">')], "another host"),
        ([page("index.html", '<script src="//example.org/x.js"></script>')], "another host"),
        ([page("index.html", "<p>x</p>"), page("index.html", "<p>y</p>")], "two files of one name"),
        ([page("a.html", "<p>x</p>"), page("A.html", "<p>y</p>")], "two files of one name"),
        ([page("../out.html", "<p>x</p>")], "not a path inside"),
        ([File("x.css", b'@import "https://example.org/a.css";')], "another host"),
        ([Page("x.html", HANDWRITTEN, "标题", "简介", "<p>x</p>")], "no title"),
        ([page("index.html", '<img src="a.png" srcset="b.png 2x" alt="">'), File("a.png", b"x")], "b.png"),
    ],
)
def test_an_unsound_site_is_not_published(tmp_path: Path, items: list[Page | File], fault: str) -> None:
    target = Target(tmp_path)
    put(target, page("index.html", "<p>old</p>"))
    before = tree(target.site)
    with pytest.raises(Unsound, match=fault):
        put(target, *items)
    assert tree(target.site) == before


def test_only_what_changed_is_written_and_an_equal_site_is_not_switched(tmp_path: Path) -> None:
    """Two editions are there at any time: the one that is out and the one before it, an equal one too."""
    target, style = Target(tmp_path), File("x.css", b"a{}")

    def done(*items: Page | File) -> tuple[int, int, int, bool]:
        with target.locked(lambda: None):
            report = publish(target, filler(), items)
        assert report.bytes == sum(len(content) for content in tree(target.site).values())
        return report.files, report.written, report.pages, report.switched

    assert done(page("index.html", "<p>a</p>"), style) == (2, 2, 1, True)
    assert done(page("index.html", "<p>a</p>"), style) == (2, 0, 1, False)
    folders = [path.name for path in target.store.iterdir() if path.is_dir()]
    assert len(folders) == 2 and all((target.store / f"{name}.json").is_file() for name in folders)
    assert done(page("index.html", "<p>b</p>"), style) == (2, 1, 1, True)
    assert done(page("index.html", "<p>b</p>")) == (1, 0, 1, True)


def test_what_is_made_from_all_the_rest_comes_last(tmp_path: Path) -> None:
    target = Target(tmp_path)

    def last(edition: Edition) -> list[File]:
        return [File("list.txt", "\n".join(sorted(edition.digests())).encode())]

    with target.locked(lambda: None):
        publish(target, filler(), [page("index.html", "<p>a</p>"), File("x.css", b"a{}")], last=last)
    assert tree(target.site)["list.txt"] == b"index.html\nx.css"


def test_a_frame_that_leads_nowhere_is_not_published(tmp_path: Path) -> None:
    target = Target(tmp_path)
    broken = filler(SHELL.replace("HAITANG_BODY", 'HAITANG_BODY<a href="nowhere.html">x</a>'))
    with target.locked(lambda: None), pytest.raises(Unsound, match=r"nowhere\.html"):
        publish(target, broken, [page("index.html", "<p>a</p>")])


def test_links_that_lead_somewhere_pass(tmp_path: Path) -> None:
    target = Target(tmp_path)
    put(
        target,
        page("index.html", '<a href="positions/a.html#here">a</a><a href="#top">t</a><a href="https://example.org/">out</a>'),
        page("positions/a.html", '<p id="here"><a href="../index.html">home</a><a href="tel:0512-1">tel</a></p>'),
    )
    assert sorted(tree(target.site)) == ["index.html", "positions/a.html"]


def test_what_others_made_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "site").mkdir()
    (tmp_path / "site" / "mine.txt").write_text("mine", encoding="utf-8")
    with pytest.raises(NotOurs):
        put(Target(tmp_path), page("index.html", "<p>x</p>"))
    assert tree(tmp_path / "site") == {"mine.txt": b"mine"}


@pytest.mark.parametrize("links", [True, False], ids=["links", "renames"])
def test_generations_follow_each_other(tmp_path: Path, links: bool) -> None:
    for number in range(5):
        target = Target(tmp_path, links=links)
        put(target, page("index.html", f"<p>{number}</p>"), File("same.txt", b"same"))
        assert f"<p>{number}</p>" in (target.site / "index.html").read_text(encoding="utf-8")
        assert target.is_whole(target.manifest())
    kept = [entry for entry in target.store.iterdir() if entry.is_dir()]
    assert len(kept) <= 2
    (target.site / "same.txt").unlink()
    assert not target.is_whole(target.manifest())


@pytest.mark.parametrize("step", ["pending", "old away", "new in"])
def test_torn_renames_are_mended(tmp_path: Path, step: str) -> None:
    """Without links a kill can fall between the two renames; the next run makes the site whole again."""
    target = Target(tmp_path, links=False)
    put(target, page("index.html", "<p>old</p>"))
    old = target.current_name()
    assert old is not None
    fresh = target.store / "00000009"
    shutil.copytree(target.site, fresh)
    target.note("00000009", {})
    (target.store / "pending").write_text("00000009", encoding="utf-8")
    if step != "pending":
        target.site.rename(target.store / old)
    if step == "new in":
        fresh.rename(target.site)
    target.prepare()
    assert (target.site / "index.html").is_file()
    assert target.current() == target.site
    put(target, page("index.html", "<p>next</p>"))
    assert "<p>next</p>" in (target.site / "index.html").read_text(encoding="utf-8")


def test_leftovers_of_killed_builds_are_swept(tmp_path: Path) -> None:
    target = Target(tmp_path)
    put(target, page("index.html", "<p>x</p>"))
    (target.store / "00000007.new").mkdir()
    (target.store / "00000007.new" / "half.html").write_text("half", encoding="utf-8")
    (target.store / "link.new").symlink_to("nowhere")
    put(target, page("index.html", "<p>y</p>"))
    assert not list(target.store.glob("*.new"))


def test_a_second_build_waits_and_says_so(tmp_path: Path) -> None:
    told: list[str] = []
    code = (
        "import sys; sys.path.insert(0, sys.argv[2])\n"
        "from pathlib import Path\nfrom haitang.site.output_folder import Target\n"
        "with Target(Path(sys.argv[1])).locked(lambda: print('waiting', flush=True)): print('in', flush=True)\n"
    )
    with Target(tmp_path).locked(lambda: told.append("waited")):
        second = subprocess.Popen([sys.executable, "-c", code, str(tmp_path), str(PROJECT)], stdout=subprocess.PIPE, text=True)
        assert second.stdout is not None
        assert second.stdout.readline().strip() == "waiting"
        assert second.poll() is None
    assert second.stdout.readline().strip() == "in"
    second.stdout.close()
    assert second.wait(timeout=10) == 0
    assert told == []


def test_killed_before_every_single_step(tmp_path: Path) -> None:
    """What chance may miss: a build that ends before each thing it asks of the disk, one after the other."""
    shown: list[list[Page | File]] = [
        [page("index.html", f"<p>{text}</p>"), File(f"{text}.txt", text.encode())] for text in ("old", "new")
    ]
    target, trees = Target(tmp_path / "out"), []
    for items in shown:
        put(target, *items)
        trees.append(tree(target.site))
    step, ends = 0, list[int]()
    while True:
        step += 1
        put(target, *shown[0])
        child = os.fork()
        if child == 0:
            with CLOCKWORK.during([("", step, lambda: os.kill(os.getpid(), signal.SIGKILL))]):
                put(target, *shown[1])
            os._exit(0)
        _, status = os.waitpid(child, 0)
        ends.append(trees.index(tree(target.site)))
        if not os.WIFSIGNALED(status):
            break
        put(target, *shown[1])
        assert tree(target.site) == trees[1]
        assert len([each for each in target.store.iterdir() if each.is_dir()]) <= 2
    assert step > 20
    assert ends == sorted(ends)
    assert set(ends) == {0, 1}


def test_damage_is_mended_and_never_handed_on(tmp_path: Path) -> None:
    """Somebody wrote into the published site: the next build makes it whole, whether it changes anything else or not."""
    builder = Builder(inputs(WORLD))
    worlds.publish(WORLD, tmp_path / "out", builder=builder)
    site = tmp_path / "out" / "site"
    whole = tree(site)
    page = site / "index.html"
    page.write_bytes(page.read_bytes() + b"hacked")
    (site / "about.html").write_bytes(b"")
    (site / "sitemap.xml").write_bytes(b"?" * len(whole["sitemap.xml"]))
    worlds.publish(WORLD, tmp_path / "out", builder=builder)
    assert tree(site) == whole


def test_somebodys_own_link_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "theirs").mkdir()
    (tmp_path / "out").mkdir()
    (tmp_path / "out" / "site").symlink_to(tmp_path / "theirs")
    with pytest.raises(NotOurs):
        put(Target(tmp_path / "out"), page("index.html", "<p>x</p>"))
    assert (tmp_path / "out" / "site").readlink() == tmp_path / "theirs"


def test_names_in_chinese_may_be_linked(tmp_path: Path) -> None:
    put(Target(tmp_path), page("index.html", '<a href="%E5%B8%AE%E5%8A%A9.html">x</a>'), page("帮助.html", "<p>x</p>"))
    assert (tmp_path / "site" / "帮助.html").is_file()
