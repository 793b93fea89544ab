"""What a release of a kiosk is: its files, its manifest, its id, and the pointer that leads to it.

The rule: what is read here was written by strangers. Every name, size and hash has one permitted form; anything else is
refused, never repaired. Nothing here touches a disk.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Any

from haitang.core.problems import Value

FORMAT, LAUNCHER = 1, 1
MOST_FILES = 20_000
LARGEST_FILE, LARGEST_RELEASE = 256 << 20, 1 << 30
LARGEST_MANIFEST, LARGEST_SMALL = 8 << 20, 4096  # of manifest.json; of current.js, a signature or a key
POINTER, MANIFEST, SIGNATURE = "current.js", "manifest.json", "manifest.json.minisig"
SPARE = "releases/newest.js"  # the same as the pointer, for a launcher that finds that one broken or half copied
RELEASE_ID = re.compile(r"[0-9]{8}-[0-9a-f]{12}")
_HALL_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
_FILE = re.compile(r"app\.html|manifest\.js|parts/[a-z0-9-]{1,100}\.js")
_ROOT_FILE = re.compile(r"[a-z0-9-]{1,60}\.html")
_PART = re.compile(r"[A-Za-z0-9_-](?:[A-Za-z0-9._-]*[A-Za-z0-9_-])?")
_HASH = re.compile(r"[0-9a-f]{64}")
# Windows gives these to devices, whatever follows the first dot.
_DEVICE = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\..*)?", re.IGNORECASE)
_CALL = re.compile(rb"\s*(HAITANG_[A-Z]+)\((\{.*\})\);\s*", re.DOTALL)


class Refused(Exception):
    """What was brought may not come in, or there is nothing to bring. `code` is a sentence under `kiosk` in the words."""

    def __init__(self, code: str, **values: Value) -> None:
        super().__init__(code, values)
        self.code, self.values = code, values


@dataclass(frozen=True)
class Seal:
    """What is known of a file before it is read."""

    digest: str
    size: int


@dataclass(frozen=True)
class Release:
    """What the build of the app hands over. `files` stand in `releases/<id>/`, `root` beside the launcher."""

    id: str
    hall: str
    title: str
    built: str
    files: Mapping[str, bytes]
    root: Mapping[str, bytes]


@dataclass(frozen=True)
class Manifest:
    """What an installer must find. `raw` is manifest.json itself: it is what is signed."""

    raw: bytes
    id: str
    hall: str
    title: str
    built: str
    files: Mapping[str, Seal]
    root: Mapping[str, Seal]

    @property
    def folder(self) -> dict[str, Seal]:
        """Every file of `releases/<id>/`: the release's own, and under `root/` what has to come back with a rollback. A root
        file that is one of the release's own anyway (embed.html is app.html) is not kept twice."""
        own = set(self.files.values())
        return {**self.files, **{f"root/{name}": seal for name, seal in self.root.items() if seal not in own}}

    @property
    def size(self) -> int:
        """Bytes that an installed release takes, with the files beside the launcher."""
        return sum(seal.size for seal in (*self.folder.values(), *self.root.values())) + len(self.raw)

    def kept_root(self, name: str) -> str:
        """Where in the release's folder the bytes of a root file are."""
        own = {seal: path for path, seal in self.files.items()}
        return own.get(self.root[name], f"root/{name}")


@dataclass(frozen=True)
class Pointer:
    """current.js: the release that is shown, and those the launcher may fall back to, newest first."""

    id: str
    previous: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return self.id, *self.previous

    def text(self) -> bytes:
        return _call("HAITANG_CURRENT", {"id": self.id, "previous": list(self.previous)})


def seal(data: bytes) -> Seal:
    return Seal(sha256(data).hexdigest(), len(data))


def release_id(built: str, content: Mapping[str, Any]) -> str:
    """The day of the data and a hash of all that manifest.js says, except the id itself."""
    rest = {key: value for key, value in content.items() if key != "id"}
    text = json.dumps(rest, ensure_ascii=False, separators=(",", ":"))  # as JSON.stringify writes it, keys in their order
    return f"{_day(built)}-{sha256(text.encode()).hexdigest()[:12]}"


def manifest_js(
    hall: str, built: str, app: Mapping[str, str], parts: Mapping[str, str], others: Mapping[str, bytes]
) -> tuple[str, bytes]:
    """The id of a release and its manifest.js. `app` and `parts` are what the launcher checks; `others` is everything else
    that makes this release differ from its neighbours (the markup of app.html before the id was put in, plain.html,
    index.html …): two releases of one id would be one release to an installer."""
    rest = sha256(json.dumps([[name, sha256(others[name]).hexdigest()] for name in sorted(others)]).encode()).hexdigest()
    content = {
        "format": FORMAT,
        "hall": hall,
        "built": built,
        "app": dict(app),
        "parts": dict(sorted(parts.items())),
        "others": rest,
    }
    identifier = release_id(built, content)
    return identifier, _call("HAITANG_MANIFEST", {"id": identifier, **content})


def manifest_json(release: Release) -> bytes:
    """manifest.json of a release, as it is signed."""
    files, root = (
        {name: [sealed.digest, sealed.size] for name in sorted(files) for sealed in (seal(files[name]),)}
        for files in (release.files, release.root)
    )
    content = {
        "format": FORMAT, "id": release.id, "hall": release.hall, "title": release.title, "built": release.built,
        "launcher": LAUNCHER, "files": files, "root": root,
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def read_manifest(raw: bytes) -> Manifest:
    """Raises Refused unless every value has its one permitted form."""
    content = _json(raw, "bad-manifest")
    if content.get("format") != FORMAT or content.get("launcher") != LAUNCHER:
        raise Refused("new-format")
    _must(set(content) == {"format", "id", "hall", "title", "built", "launcher", "files", "root"})
    texts = [content[key] for key in ("id", "hall", "title", "built")]
    _must(all(isinstance(text, str) and len(text) <= 200 for text in texts))
    identifier, hall, title, built = texts
    _must(RELEASE_ID.fullmatch(identifier) and _HALL_ID.fullmatch(hall) and identifier.startswith(f"{_day(built)}-"))
    files, root = _seals(content["files"], _FILE), _seals(content["root"], _ROOT_FILE)
    _must({"app.html", "manifest.js"} <= set(files) and "index.html" in root)
    manifest = Manifest(raw, identifier, hall, title, built, files, root)
    if len(files) + len(root) > MOST_FILES or manifest.size > LARGEST_RELEASE:
        raise Refused("too-large")
    return manifest


def read_pointer(data: bytes) -> Pointer:
    """current.js, written by us or not at all."""
    content = _called(data, "HAITANG_CURRENT", "bad-pointer")
    previous = content.get("previous")
    if set(content) != {"id", "previous"} or not isinstance(previous, list) or len(previous) > 10:
        raise Refused("bad-pointer")
    ids = (content["id"], *previous)
    if not all(isinstance(value, str) and RELEASE_ID.fullmatch(value) for value in ids):
        raise Refused("bad-pointer")
    return Pointer(ids[0], ids[1:])


def check_id(manifest: Manifest, script: bytes) -> None:
    """The release is the one its id says: `script` is its manifest.js."""
    content = _called(script, "HAITANG_MANIFEST", "wrong-id")
    if content.get("id") != manifest.id or release_id(manifest.built, content) != manifest.id:
        raise Refused("wrong-id")


def is_release_file(path: str) -> bool:
    """Whether a path in a release's folder is one that only we would write there."""
    name = path.removeprefix("root/")
    return path in (MANIFEST, SIGNATURE) or bool((_ROOT_FILE if name != path else _FILE).fullmatch(name))


def is_safe(name: str) -> bool:
    """Whether a path may be written on any system: relative, plain ASCII, no way up, no device, nothing hidden."""
    parts = name.split("/") if len(name) <= 200 else [""]
    return all(_PART.fullmatch(part) and not _DEVICE.fullmatch(part) for part in parts)


def first_twin(names: Iterable[str]) -> str | None:
    """A name that would meet another one: the same, the same but for upper case, or a folder with the name of a file."""
    files: set[str] = set()
    folders: set[str] = set()
    for name in names:
        lower = name.lower()
        above = [lower[: at.start()] for at in re.finditer("/", lower)]
        if lower in files or lower in folders or not files.isdisjoint(above):
            return name
        files.add(lower)
        folders.update(above)
    return None


def checked(pieces: Iterable[bytes], sealed: Seal, name: str) -> Iterator[bytes]:
    """Passes a file on, piece by piece, and refuses it at the end if it was not the one that was meant; never a byte more."""
    digest, size = sha256(), 0
    for piece in pieces:
        size += len(piece)
        if size > sealed.size:
            break
        digest.update(piece)
        yield piece
    if size != sealed.size or digest.hexdigest() != sealed.digest:
        raise Refused("damaged", file=name)


def _seals(content: Any, form: re.Pattern[str]) -> dict[str, Seal]:
    _must(isinstance(content, dict) and len(content) <= MOST_FILES)
    seals = {}
    for name, value in content.items():
        _must(form.fullmatch(name) and is_safe(name))
        _must(isinstance(value, list) and len(value) == 2 and isinstance(value[0], str) and type(value[1]) is int)
        _must(_HASH.fullmatch(value[0]) and value[1] >= 0)
        if value[1] > LARGEST_FILE:
            raise Refused("too-large")
        seals[name] = Seal(*value)
    return seals


def _must(holds: object) -> None:
    if not holds:
        raise Refused("bad-manifest")


def _day(built: str) -> str:
    """The day of an id; zeros where the day of the data is not known."""
    if not built:
        return "00000000"
    try:
        _must(re.fullmatch(r"\d{4}-\d\d-\d\d", built, re.ASCII) and date.fromisoformat(built))
    except ValueError:
        raise Refused("bad-manifest") from None
    return built.replace("-", "")


def _call(name: str, content: Mapping[str, Any]) -> bytes:
    return f"{name}({json.dumps(content, ensure_ascii=True, separators=(',', ':'))});\n".encode()


def _called(data: bytes, name: str, code: str) -> dict[str, Any]:
    call = _CALL.fullmatch(data)
    if call is None or call[1] != name.encode():
        raise Refused(code)
    return _json(call[2], code)


def _json(data: bytes, code: str) -> dict[str, Any]:
    """An object of JSON in which no name stands twice. NaN and Infinity, which are no JSON, are no `int` either."""
    try:
        content = json.loads(data.decode("utf-8"), object_pairs_hook=_once, parse_constant=int)
    except (ValueError, RecursionError):
        raise Refused(code) from None
    if not isinstance(content, dict):
        raise Refused(code)
    return content


def _once(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    content = dict(pairs)
    if len(content) != len(pairs):
        raise ValueError("a name twice")
    return content
