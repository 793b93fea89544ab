"""Pulling from a server that breaks off, lies and dawdles: what comes in is what was signed, or nothing."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from haitang.kiosk.release import download
from haitang.kiosk.release.download import pull
from haitang.kiosk.release.install import install, lay_out, pack, rollback, sign, verify
from haitang.kiosk.release.manifest import Refused, Release, seal
from haitang.kiosk.release.transfer import Patience
from tests.kiosk.broken_zips import SECRET, STRANGER, release
from tests.kiosk.test_release import bytes_of
from tests.worlds import tree

OLD, NEW = release("2026-11-23"), release("2026-11-24")
QUICK = Patience(connect=2, read=2, pauses=(0.01, 0.01, 0.01))


class Hall:
    """A published hall folder; a test changes `files`, or how it is sent."""

    def __init__(self, files: dict[str, bytes]) -> None:
        self.files = files
        self.asked: list[tuple[str, str | None]] = []
        self.conditions: list[dict[str, str]] = []
        self.break_after: int | None = None  # bytes of a body, then the connection goes
        self.range_shift = 0
        self.ranges = True
        self.status: dict[str, int] = {}
        self.headers: dict[str, str] = {}
        self.url = ""

    def answer(self, request: BaseHTTPRequestHandler) -> None:
        path = request.path.removeprefix("/hall/")
        asked = request.headers.get("Range")
        self.asked.append((path, asked))
        data = self.files.get(path)
        self.conditions.append(
            {name: request.headers[name] for name in ("If-Range", "If-None-Match") if name in request.headers}
        )
        if self.headers.get("ETag") and request.headers.get("If-None-Match") == self.headers["ETag"]:
            self.status = {path: 304}
        if asked and request.headers.get("If-Range") not in (None, self.headers.get("ETag")):
            asked = None
        status = self.status.get(path, 200 if data is not None else 404)
        data = data or b""
        start = int(asked.removeprefix("bytes=").removesuffix("-")) if asked and self.ranges and status == 200 else 0
        request.send_response(206 if start else status)
        if start:
            at = start + self.range_shift
            request.send_header("Content-Range", f"bytes {at}-{len(data) - 1}/{len(data)}")
        body = data[start:]
        request.send_header("Content-Length", str(len(body)))
        for name, value in self.headers.items():
            request.send_header(name, value)
        request.end_headers()
        request.wfile.write(body if self.break_after is None else body[: self.break_after])
        request.close_connection = True


@contextmanager
def serving(hall: Hall) -> Iterator[Hall]:
    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            hall.answer(self)

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    hall.url = f"http://127.0.0.1:{server.server_port}/hall/"
    try:
        yield hall
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def published(folder: Path, made: Release, *, signed: bool = True) -> dict[str, bytes]:
    lay_out(made, folder)
    if signed:
        sign(folder, SECRET)
    return {path: data for path, data in tree(folder).items() if not path.startswith(".")}


@pytest.fixture
def hall(tmp_path: Path) -> Iterator[Hall]:
    """The new release, signed, on a server."""
    with serving(Hall(published(tmp_path / "published", NEW))) as hall:
        yield hall


@pytest.fixture
def dest(tmp_path: Path) -> Path:
    """A kiosk with the old release and the key."""
    folder = tmp_path / "dest"
    lay_out(OLD, tmp_path / "old")
    pack(tmp_path / "old", tmp_path / "old.zip")
    sign(tmp_path / "old.zip", SECRET)
    install(tmp_path / "old.zip", folder, SECRET.public)
    return folder


def test_a_pull_brings_the_whole_release(hall: Hall, dest: Path) -> None:
    outcome = pull(hall.url, dest, patience=QUICK)
    assert outcome.changed
    assert verify(dest).id == NEW.id
    assert {path: data for path, data in bytes_of(dest).items() if NEW.id in path} == {
        path: data for path, data in hall.files.items() if NEW.id in path
    }
    assert [path.name for path in (dest / ".pull").iterdir()] == ["lock"]
    hall.asked.clear()
    assert not pull(hall.url + "index.html", dest, patience=QUICK).changed
    assert len(hall.asked) == 3  # pointer, manifest, signature


def test_only_what_is_not_there_is_fetched(hall: Hall, dest: Path, tmp_path: Path) -> None:
    """The launcher and the sample are those of the release before: they are not asked for again."""
    pull(hall.url, dest, patience=QUICK)
    asked = {path for path, _ in hall.asked}
    assert f"releases/{NEW.id}/app.html" in asked
    assert not {path for path in asked if path.endswith(("index.html", "embed-sample.html"))}


def test_the_first_pull_needs_a_key_and_keeps_it(hall: Hall, tmp_path: Path) -> None:
    dest = tmp_path / "new"
    with pytest.raises(Refused, match="needs-key"):
        pull(hall.url, dest, patience=QUICK)
    assert not dest.exists()
    assert pull(hall.url, dest, SECRET.public, patience=QUICK).changed
    assert (dest / "kiosk.pub").read_bytes() == SECRET.public.text()
    assert not pull(hall.url, dest, patience=QUICK).changed


def refused(hall: Hall, dest: Path) -> str:
    """The code of the refusal; the kiosk is as it was."""
    before = bytes_of(dest)
    with pytest.raises(Refused) as caught:
        pull(hall.url, dest, patience=QUICK)
    assert bytes_of(dest) == before
    return caught.value.code


def test_what_is_not_signed_by_the_key_is_refused(hall: Hall, dest: Path) -> None:
    base = f"releases/{NEW.id}/"
    raw = hall.files[base + "manifest.json"]
    hall.files[base + "manifest.json.minisig"] = STRANGER.sign(raw, "x")
    assert refused(hall, dest) == "wrong-signature"
    hall.files[base + "manifest.json.minisig"] = SECRET.sign(raw + b" ", "x")
    assert refused(hall, dest) == "wrong-signature"
    del hall.files[base + "manifest.json.minisig"]
    assert refused(hall, dest) == "unsigned"
    assert not [path for path, _ in hall.asked if path.endswith("app.html")]  # nothing of it was fetched


def test_older_and_withdrawn_releases_do_not_come_back(hall: Hall, dest: Path, tmp_path: Path) -> None:
    pull(hall.url, dest, patience=QUICK)
    with serving(Hall(published(tmp_path / "older", release("2026-11-22")))) as older:
        assert refused(older, dest) == "older"
    rollback(dest)
    assert refused(hall, dest) == "withdrawn"  # a nightly pull must not undo what a person did
    with serving(Hall(published(tmp_path / "newer", release("2026-11-25")))) as newer:
        assert pull(newer.url, dest, patience=QUICK).changed


def test_another_halls_release_is_refused(dest: Path, tmp_path: Path) -> None:
    with serving(Hall(published(tmp_path / "other", release(hall="lujia")))) as other:
        assert refused(other, dest) == "other-hall"


def test_a_changed_byte_is_refused(hall: Hall, dest: Path) -> None:
    path = f"releases/{NEW.id}/parts/photo-1.js"
    hall.files[path] = hall.files[path].replace(b"a", b"b")
    assert refused(hall, dest) == "damaged"
    hall.files[path] = NEW.files["parts/photo-1.js"]
    assert pull(hall.url, dest, patience=QUICK).changed


def test_more_than_was_said_is_cut_off(hall: Hall, dest: Path) -> None:
    hall.files[f"releases/{NEW.id}/app.html"] += b"x" * 1_000_000
    assert refused(hall, dest) == "too-much"
    hall.files["current.js"] += b" " * 5_000
    assert refused(hall, dest) == "too-much"


@pytest.mark.parametrize("ranges", [True, False])
def test_a_broken_off_download_is_gone_on_with(ranges: bool, hall: Hall, dest: Path) -> None:
    hall.ranges, hall.break_after = ranges, 3_000  # larger than the small files
    if ranges:
        assert pull(hall.url, dest, patience=QUICK).changed
        starts = [asked for path, asked in hall.asked if path.endswith("photo-0.js")]
        assert starts == [None, *(f"bytes={start}-" for start in range(3_000, len(NEW.files["parts/photo-0.js"]), 3_000))]
    else:
        assert refused(hall, dest) == "cannot-reach"
        hall.break_after = None
        assert pull(hall.url, dest, patience=QUICK).changed
    assert verify(dest).id == NEW.id


def test_what_another_pull_left_is_used_or_thrown_away(hall: Hall, dest: Path) -> None:
    data = NEW.files["parts/photo-0.js"]
    parts = dest / ".pull"
    parts.mkdir()
    good, gone = parts / f"{seal(data).digest}.part", parts / f"{'0' * 64}.part"
    good.write_bytes(data[:5_000])
    gone.write_bytes(b"x")
    spoilt = parts / f"{seal(NEW.files['parts/photo-1.js']).digest}.part"
    spoilt.write_bytes(b"y" * 700)
    assert pull(hall.url, dest, patience=QUICK).changed
    asked = [(path.rsplit("/", 1)[-1], start) for path, start in hall.asked if "photo" in path]
    assert asked == [("photo-0.js", "bytes=5000-"), ("photo-1.js", "bytes=700-"), ("photo-1.js", None)]
    assert [path.name for path in parts.iterdir()] == ["lock"]


def test_a_wrong_range_is_not_put_together(hall: Hall, dest: Path) -> None:
    hall.break_after, hall.range_shift = 3_000, 7
    assert refused(hall, dest) == "cannot-reach"
    hall.break_after = None
    assert pull(hall.url, dest, patience=QUICK).changed


@pytest.mark.parametrize(
    ("status", "code"), [(302, "redirected"), (301, "redirected"), (404, "not-there"), (500, "cannot-reach")]
)
def test_answers_that_are_no_files(status: int, code: str, hall: Hall, dest: Path) -> None:
    hall.headers["Location"] = "https://example.org/hall/current.js"
    for path in ("current.js", f"releases/{NEW.id}/app.html"):
        hall.status = {path: status}
        assert refused(hall, dest) == code


def test_a_redirect_says_from_where_to_where(hall: Hall, dest: Path) -> None:
    hall.headers["Location"] = "https://example.org/hall/current.js"
    hall.status = {"current.js": 302}
    with pytest.raises(Refused) as caught:
        pull(hall.url, dest, patience=QUICK)
    there = {"url": f"{hall.url}current.js", "there": "https://example.org/hall/current.js"}
    assert {name: str(value) for name, value in caught.value.values.items()} == there


def test_no_server_at_all(hall: Hall, dest: Path) -> None:
    hall.url = "http://127.0.0.1:9/hall/"
    assert refused(hall, dest) == "cannot-reach"


@pytest.mark.parametrize("pointer", [b"", b"<html>", b'HAITANG_CURRENT({"id":"../x","previous":[]});', b"HAITANG_CURRENT({});"])
def test_a_pointer_that_is_none(pointer: bytes, hall: Hall, dest: Path) -> None:
    hall.files["current.js"] = pointer
    assert refused(hall, dest) == "bad-pointer"


@pytest.mark.parametrize(
    "url",
    [
        "http://example.org/hall/", "ftp://example.org/", "https://", "example.org", "https://a:b@example.org/", "file:///etc",
        "https://example.org/?x", "https://example.org/#x", "http://127.0.0.1.example.org/", "https://example.org:x/", "https://é/",
        "https://[::1", "https://example.org/a b",
    ],
)  # fmt: skip
def test_addresses_that_are_not_https(url: str, hall: Hall, dest: Path) -> None:
    hall.url = url
    assert refused(hall, dest) == "bad-url"


@pytest.fixture
def zipped(hall: Hall, tmp_path: Path) -> Hall:
    """The same as one zip, as it is handed on."""
    packed = tmp_path / "hall.zip"
    pack(tmp_path / "published", packed)
    hall.files = {"hall.zip": packed.read_bytes()}
    hall.headers["ETag"] = '"one"'
    hall.url += "hall.zip"
    return hall


def test_a_zip_is_pulled_as_its_folder_is(zipped: Hall, dest: Path) -> None:
    assert pull(zipped.url, dest, patience=QUICK).changed
    assert verify(dest).id == NEW.id
    assert not pull(zipped.url, dest, patience=QUICK).changed
    assert [asked for asked in zipped.conditions if asked] == [{"If-None-Match": '"one"'}]
    assert sorted(path.name for path in (dest / ".pull").iterdir()) == ["lock", "zip.known"]


def test_a_zip_that_was_changed_here_is_fetched_again(zipped: Hall, dest: Path) -> None:
    """The server's word that nothing is new does not mend a file that a disk lost."""
    pull(zipped.url, dest, patience=QUICK)
    (dest / "releases" / NEW.id / "app.html").write_bytes(b"")
    assert pull(zipped.url, dest, patience=QUICK).changed
    assert verify(dest).id == NEW.id


def test_a_broken_off_zip_is_gone_on_with(zipped: Hall, dest: Path) -> None:
    size = len(zipped.files["hall.zip"])
    zipped.break_after = 20_000
    assert pull(zipped.url, dest, patience=QUICK).changed
    assert [asked for _, asked in zipped.asked] == [None, *(f"bytes={start}-" for start in range(20_000, size, 20_000))]
    assert {asked.get("If-Range") for asked in zipped.conditions[1:]} == {'"one"'}


@pytest.mark.parametrize("marked", [True, False])
def test_a_part_of_another_zip_is_thrown_away(marked: bool, zipped: Hall, dest: Path) -> None:
    parts = dest / ".pull"
    parts.mkdir()
    (parts / "zip.part").write_bytes(b"PK another zip")
    if marked:  # and the server says it is the same: a mark that was given twice
        (parts / "zip.mark").write_text('"one"')
    assert pull(zipped.url, dest, patience=QUICK).changed
    assert verify(dest).id == NEW.id


def test_a_server_without_marks_or_ranges_is_asked_for_the_whole(zipped: Hall, dest: Path) -> None:
    del zipped.headers["ETag"]
    zipped.break_after = 20_000
    assert refused(zipped, dest) == "cannot-reach"
    zipped.break_after = None
    assert pull(zipped.url, dest, patience=QUICK).changed
    assert {asked for _, asked in zipped.asked} == {None}


def test_a_zip_is_as_hostile_as_a_folder(zipped: Hall, dest: Path, tmp_path: Path) -> None:
    good = zipped.files["hall.zip"]
    zipped.files["hall.zip"] = good[:-100]
    assert refused(zipped, dest) == "not-a-zip"
    zipped.files["hall.zip"] = b"<html>" * 1000
    assert refused(zipped, dest) == "not-a-zip"
    lay_out(NEW, tmp_path / "unsigned")
    pack(tmp_path / "unsigned", tmp_path / "unsigned.zip")
    zipped.files["hall.zip"] = (tmp_path / "unsigned.zip").read_bytes()
    assert refused(zipped, dest) == "unsigned"
    zipped.files["hall.zip"] = good
    pull(zipped.url, dest, patience=QUICK)
    rollback(dest)
    zipped.conditions.clear()
    assert refused(zipped, dest) == "withdrawn"
    assert zipped.conditions == [{"If-None-Match": '"one"'}]  # and it was not fetched again to know it


def test_a_zip_larger_than_any_release_is_not_begun(zipped: Hall, dest: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(download, "LARGEST_RELEASE", 1000)
    assert refused(zipped, dest) == "too-much"
    assert not (dest / ".pull" / "zip.part").exists()
