"""Small kiosk releases, and every way a zip of one comes broken from a stick: for the installer and for the screen."""

import io
import json
import random
import stat
import zipfile
from collections.abc import Callable, Iterator
from hashlib import sha256

from haitang.kiosk.release.manifest import MANIFEST, POINTER, SIGNATURE, SPARE, Release, manifest_js
from haitang.kiosk.release.signing import SecretKey

SECRET = SecretKey(b"12345678", bytes(range(32)))
STRANGER = SecretKey(b"12345678", bytes(range(1, 33)))  # of the same number: only the signature itself can tell
Files = dict[str, bytes]


def release(built: str = "2026-11-24", hall: str = "kiosk", salt: str = "", parts: int = 2) -> Release:
    """A made-up release: the app is a page that names itself, the parts are noise."""
    noise = random.Random(f"{built} {salt}")
    images = {f"photo-{number}": noise.randbytes(9_000).hex() for number in range(parts)}
    hashes = {name: sha256(text.encode()).hexdigest() for name, text in images.items()}
    root = {
        "index.html": b"<!doctype html><title>launcher</title>" + b"l" * 500,
        "plain.html": f"<!doctype html><title>plain</title>{built} {salt}".encode(),
        "embed-sample.html": b"<!doctype html><title>sample</title>",
    }
    app = f"<!doctype html><title>{built} {salt}</title>" + noise.randbytes(2_000).hex()
    own_id, told = manifest_js(hall, built, {"script": "0" * 64}, hashes, {**root, "app.html": app.encode()})
    page = app.replace("<title>", f'<html data-id="{own_id}"><title>').encode()
    pictures = {f"parts/{name}.js": f'HAITANG_PART("{name}","{text}");\n'.encode() for name, text in images.items()}
    return Release(
        own_id, hall, "样例展厅", built, {"app.html": page, "manifest.js": told, **pictures}, {**root, "embed.html": page}
    )


def entries(data: bytes) -> Files:
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        return {name: zipped.read(name) for name in zipped.namelist()}


def zip_of(files: Files, more: tuple[tuple[zipfile.ZipInfo, bytes], ...] = ()) -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as zipped:
        for name, data in files.items():
            zipped.writestr(name, data)
        for entry, data in more:
            zipped.writestr(entry, data)
    return stream.getvalue()


def broken_zips(good: bytes) -> Iterator[tuple[str, str, bytes]]:
    """(name, the code of its refusal, the bytes), from the bytes of a good signed zip. Each is refused by an installer that
    has SECRET's public key; those `needs_key` names, only by such a one."""
    yield from _torn(good)
    yield from _flipped(good)
    files = entries(good)
    base = next(name for name in files if name.endswith(MANIFEST)).removesuffix(MANIFEST)
    yield from _changed(files, base)
    yield from _retold(files, base)
    yield from _hostile(files, base)


def needs_key(name: str) -> bool:
    return name in ("unsigned", "signed by a stranger", "signature of something else", "signature torn")


def _torn(good: bytes) -> Iterator[tuple[str, str, bytes]]:
    yield "empty", "not-a-zip", b""
    for per_mille in (1, 100, 500, 900, 999):
        yield f"truncated at {per_mille / 10} %", "not-a-zip", good[: len(good) * per_mille // 1000]
    yield "beginning gone", "not-a-zip", good[1000:]
    yield "zeros at the end", "not-a-zip", good[:-4096] + bytes(4096)
    yield "no zip at all", "not-a-zip", b"<html>404</html>" * 100
    yield "a comment behind", "not-a-zip", good + b"x"


def _flipped(good: bytes) -> Iterator[tuple[str, str, bytes]]:
    """One bit of each kind of file, in its packed bytes."""
    with zipfile.ZipFile(io.BytesIO(good)) as zipped:
        places = {
            entry.filename: entry.header_offset + 30 + len(entry.filename) + entry.compress_size // 2
            for entry in zipped.infolist()
        }
    for name, place in places.items():
        if not name.endswith(("photo-1.js", "sample.html")):
            data = bytearray(good)
            data[place] ^= 0x10
            yield f"flipped bit in {name.rsplit('/', 1)[-1]}{' below root' if '/root/' in name else ''}", "damaged", bytes(data)


def _changed(files: Files, base: str) -> Iterator[tuple[str, str, bytes]]:
    """Whole zips whose files are not those of the manifest."""

    def without(name: str) -> bytes:
        return zip_of({path: data for path, data in files.items() if path != name})

    yield "missing manifest", "no-manifest", without(base + MANIFEST)
    yield "missing pointer", "no-manifest", without(POINTER)
    yield "missing part", "missing", without(f"{base}parts/photo-0.js")
    yield "missing launcher", "missing", without("index.html")
    yield "extra file", "extra", zip_of({**files, f"{base}parts/more.js": b"alert(1)"})
    yield "extra file beside the launcher", "extra", zip_of({**files, "autorun.inf": b"[autorun]"})
    yield (
        "spare that leads elsewhere",
        "damaged",
        zip_of({**files, SPARE: files[POINTER].replace(b"[]", b'["20260101-000000000000"]')}),
    )
    yield "another release inside", "extra", zip_of({**files, "releases/20261124-000000000000/app.html": b"x"})
    other = files[f"{base}app.html"].replace(b"2026", b"2027")
    yield "app of the same size, other bytes", "damaged", zip_of({**files, f"{base}app.html": other})
    yield "app longer", "wrong-size", zip_of({**files, f"{base}app.html": files[f"{base}app.html"] + b"x"})
    yield "unsigned", "unsigned", without(base + SIGNATURE)
    raw = files[base + MANIFEST]
    for name, signature in {
        "signed by a stranger": STRANGER.sign(raw, "x"),
        "signature of something else": SECRET.sign(raw + b" ", "x"),
        "signature torn": files[base + SIGNATURE][:100],
    }.items():
        yield name, "wrong-signature", zip_of({**files, base + SIGNATURE: signature})


def _retold(files: Files, base: str) -> Iterator[tuple[str, str, bytes]]:
    """Manifests that lie, well signed: whoever signs may err too."""

    def told(change: Callable[[dict[str, object]], object], raw: bytes | None = None) -> bytes:
        content = json.loads(files[base + MANIFEST])
        change(content)
        changed = json.dumps(content).encode() if raw is None else raw
        return zip_of({**files, base + MANIFEST: changed, base + SIGNATURE: SECRET.sign(changed, "x")})

    def put(key: str, value: object) -> Callable[[dict[str, object]], object]:
        return lambda content: content.update({key: value})

    def file(name: str, value: object) -> Callable[[dict[str, object]], object]:
        return lambda content: content["files"].update({name: value})  # type: ignore[attr-defined]

    good = json.loads(files[base + MANIFEST])["files"]["app.html"]
    part = "parts/photo-0.js"
    size = len(files[base + part])
    yield "manifest of a newer format", "new-format", told(put("format", 2))
    yield "manifest for a newer launcher", "new-format", told(put("launcher", 2))
    yield "manifest of another id", "wrong-id", told(put("id", "20261124-000000000000"))
    yield "manifest of another day", "bad-manifest", told(put("built", "2026-11-25"))
    yield "manifest with a wrong hash", "damaged", told(file(part, ["0" * 64, size]))
    yield "manifest with a wrong size", "wrong-size", told(file(part, [good[0], size - 1]))
    yield "manifest with a size below zero", "bad-manifest", told(file("app.html", [good[0], -1]))
    yield "manifest with a size in words", "bad-manifest", told(file("app.html", [good[0], "many"]))
    yield "manifest with a huge size", "too-large", told(file("app.html", [good[0], 1 << 40]))
    yield "manifest naming a way up", "bad-manifest", told(file("../../boot.js", good))
    yield "manifest naming the pointer", "bad-manifest", told(put("root", {"current.js": good, "index.html": good}))
    yield "manifest that is no JSON", "bad-manifest", told(lambda _: None, b"{")
    yield "manifest nested deep", "bad-manifest", told(lambda _: None, b"[" * 100_000)
    yield "manifest with a name twice", "bad-manifest", told(lambda _: None, b'{"id":"a",' + files[base + MANIFEST][1:])
    yield "pointer that is a program", "bad-pointer", zip_of({**files, POINTER: b"alert(1);HAITANG_CURRENT({});"})
    yield (
        "pointer to a release that is not there",
        "no-manifest",
        zip_of({**files, POINTER: b'HAITANG_CURRENT({"id":"20261124-000000000000","previous":[]});'}),
    )
    changed = {f"{base}manifest.js": files[f"{base}manifest.js"].replace(b'"format":1', b'"format":3')}
    digest = [sha256(changed[f"{base}manifest.js"]).hexdigest(), len(changed[f"{base}manifest.js"])]
    content = json.loads(files[base + MANIFEST])
    content["files"]["manifest.js"] = digest
    raw = json.dumps(content).encode()
    sealed = {base + MANIFEST: raw, base + SIGNATURE: SECRET.sign(raw, "x")}
    yield "contents of another id", "wrong-id", zip_of({**files, **changed, **sealed})


def _hostile(files: Files, base: str) -> Iterator[tuple[str, str, bytes]]:
    """Zips made to do harm."""
    for name in (
        "../evil.js",
        "releases/../../evil.js",
        "/etc/evil.js",
        "C:/evil.js",
        "a\\..\\evil.js",
        "releases/./x.js",
        "a//b.js",
    ):
        yield f"path {name}", "unsafe-path", zip_of(files, ((zipfile.ZipInfo(name), b"x"),))
    for name in ("con", "releases/aux.js", "LPT1.html", "x.", "a /b.js", ".hidden", "页.html", "x:stream"):
        yield f"name {name}", "unsafe-path", zip_of(files, ((zipfile.ZipInfo(name), b"x"),))
    link = zipfile.ZipInfo("plain2.html")
    link.create_system, link.external_attr = 3, (stat.S_IFLNK | 0o777) << 16
    yield "symbolic link", "not-a-file", zip_of(files, ((link, b"/etc/passwd"),))
    app = f"{base}app.html"
    yield "the same name twice", "twins", _twice(files, app, app)
    yield "twins but for upper case", "twins", _twice(files, app, f"{base}App.html")
    yield "a folder named like a file", "twins", zip_of({**files, "index.html/x.js": b"x"})
    yield "a zip of a zip", "no-manifest", zip_of({"kiosk.zip": zip_of(files)})
    yield "too many files", "too-many", zip_of({**files, **{f"parts/{number}.js": b"" for number in range(20_100)}})
    yield "zip bomb", "too-large", zip_of({**files, f"{base}parts/bomb.js": bytes(30_000_000)})
    yield "zip bomb with a small size told", "wrong-size", _told_size(zip_of({**files, app: bytes(30_000_000)}), 10)
    yield (
        "a size that fits, and more behind it",
        "damaged",
        _told_size(zip_of({**files, app: files[app] + bytes(3_000_000)}), len(files[app])),
    )
    yield "encrypted", "encrypted", _encrypted(zip_of(files))
    for name, method in (("bzip2", zipfile.ZIP_BZIP2), ("lzma", zipfile.ZIP_LZMA)):
        packed = zipfile.ZipInfo(app)
        packed.compress_type = method
        yield (
            f"packed by {name}",
            "damaged",
            zip_of({path: files[path] for path in files if path != app}, ((packed, files[app]),)),
        )


def _twice(files: Files, name: str, twin: str) -> bytes:
    stand_in = "x" * len(twin)
    return zip_of({**files, stand_in: files[name]}).replace(stand_in.encode(), twin.encode())


def _index(data: bytes) -> int:
    """Where the index at the end begins."""
    return int.from_bytes(data[-6:-2], "little")


def _told_size(data: bytes, size: int) -> bytes:
    """The zip with another unpacked size of app.html in its index and beside the file."""
    with zipfile.ZipFile(io.BytesIO(data)) as zipped:
        entry = next(entry for entry in zipped.infolist() if entry.filename.endswith("app.html"))
    changed = bytearray(data)
    changed[entry.header_offset + 22 : entry.header_offset + 26] = size.to_bytes(4, "little")
    at = data.index(b"PK\1\2", _index(data))
    while not data[at + 46 :].startswith(entry.filename.encode()):
        at = data.index(b"PK\1\2", at + 1)
    changed[at + 24 : at + 28] = size.to_bytes(4, "little")
    return bytes(changed)


def _encrypted(data: bytes) -> bytes:
    changed = bytearray(data)
    at = data.index(b"PK\1\2", _index(data))
    changed[at + 8] |= 1
    return bytes(changed)
