"""Files of WeChat and search engines in site_src: published as they are, and nothing else beside them."""

from pathlib import Path

import pytest

from haitang.cli import main
from haitang.site.edition import as_is
from tests.data.history_world import begin
from tests.worlds import publish

BING = b'<?xml version="1.0"?>\r\n<users>\r\n\t<user>0123456789ABCDEF0123456789ABCDEF</user>\r\n</users>'
YANDEX = (
    b'<html>\n    <head>\n        <meta http-equiv="Content-Type" content="text/html; charset=UTF-8">\n    </head>\n'
    b"    <body>Verification: 0123456789abcdef</body>\n</html>\n"
)
GIVEN = {
    "MP_verify_aB3dE5fG7hI9jK1l.txt": b"aB3dE5fG7hI9jK1l",
    "WW_verify_aB3dE5fG7hI9jK1l.txt": b"aB3dE5fG7hI9jK1l\n",
    "0123456789abcdef0123456789abcdef.txt": b"0123456789abcdef\r\n",
    "google0123456789abcdef.html": b"google-site-verification: google0123456789abcdef.html",
    "baidu_verify_code-aB3dE5fG7h.html": b"0123456789abcdef0123456789abcdef",
    "yandex_0123456789abcdef.html": YANDEX,
    "BingSiteAuth.xml": BING,
}
REFUSED = {
    "page.html": b"<p>hello",
    "google0123456789abcdef.html": b"<script>alert(1)</script>",
    "baidu_verify_x.html": b"a&lt;b",
    "MP_verify_x.txt": b"<script>alert(1)</script>",
    "MP_verify_y.txt": "\u202ex".encode(),
    "MP_verify_z.txt": b"x" * 4097,
    "empty.txt": b"",
    "nul.txt": b"a\0b",
    "BingSiteAuth.xml": b'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY y SYSTEM "file:///etc/passwd">]><users><user>&y;</user></users>',
    "other.xml": BING,
    "sub/MP_verify_x.txt": b"x",
    "x y.txt": b"x",
    "PAGE.HTM": b"x",
    "yandex_0123456789abcdef.html": YANDEX.replace(b"<body>", b"<body onload=x>"),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    root = begin(tmp_path / "data")
    (root / "site_src").mkdir()
    (root / "site_src" / "about.md").write_text("# 关于\n\n一段话\n", "utf-8")
    return root


def put(root: Path, name: str, content: bytes) -> Path:
    path = root / "site_src" / name
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(content)
    return path


def test_they_are_published_byte_for_byte(root: Path, tmp_path: Path) -> None:
    for name, content in GIVEN.items():
        put(root, name, content)
    put(root, "pages/further.md", b"# x\n")
    assert main.main(["check", "--root", str(root)]) == 0
    report = publish(root, tmp_path / "out")
    site = tmp_path / "out" / "site"
    assert {name: (site / name).read_bytes() for name in GIVEN} == GIVEN
    again = publish(root, tmp_path / "out")
    assert report.files == again.files and not again.written
    (root / "site_src" / "BingSiteAuth.xml").unlink()
    publish(root, tmp_path / "out")
    assert not (site / "BingSiteAuth.xml").exists()


@pytest.mark.parametrize("name", [*REFUSED])
def test_what_might_do_harm_is_told_and_never_published(root: Path, name: str) -> None:
    put(root, name, REFUSED[name])
    assert [(told.code, told.place.file) for told in as_is.problems(root / "site_src")] == [("stray-file", f"site_src/{name}")]
    assert [*as_is.published(root / "site_src")] == []


def test_neither_a_link_nor_what_an_editor_leaves_is_looked_at(root: Path, tmp_path: Path) -> None:
    (tmp_path / "secret.txt").write_text("secret", "utf-8")
    (root / "site_src" / "MP_verify_x.txt").symlink_to(tmp_path / "secret.txt")
    put(root, ".hidden.txt", b"x")
    put(root, "x.html~", b"x")
    assert [*as_is.published(root / "site_src")] == [] == [*as_is.problems(root / "site_src")]


def test_check_and_build_say_so(root: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    put(root, "page.html", b"<p>hello")
    put(root, "robots.txt", b"User-agent: *")
    for line in (["check"], ["site", "--out", str(tmp_path / "out")]):
        assert main.main([*line, "--root", str(root)]) == 1
        said = capsys.readouterr()
        assert "site_src/page.html:1:1: 这个文件夹里放不了「page.html」这样的文件" in said.out + said.err
        assert "site_src/robots.txt:1:1: 网站自己有一页叫 robots.txt" in said.out + said.err
