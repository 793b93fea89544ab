"""The local end of the form editor: what Decap asks a server for while somebody fills in forms on this machine.

The rule: files of entries and pictures of this root are read and written, and nothing else is; whatever a request names is
looked at once, where its path is made. An entry is in its canonical form before anybody is told that it is there.
"""

import json
import os
import re
from base64 import b64decode, b64encode
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import Any, cast

from haitang.core.decoding import read_regular
from haitang.core.disk.together import together
from haitang.core.problems import Problem
from haitang.data.revision import today
from haitang.editors.entry_files import plain, read_text, stored_entries
from haitang.editors.form_check import Checking, Remark
from haitang.editors.readings import FIELDS, read
from haitang.media.images import MOST_BYTES as MOST_OF_A_PICTURE
from haitang.model.formatter import NotCanonical, updated
from haitang.model.messages import LANGUAGES, field_words, words
from haitang.model.messages.commands import HERE
from haitang.model.paths import FOLDERS, EntryKind, entry_files, is_in_place, kind_of
from haitang.model.types import PHOTO_FILE, SHAPES, WINDOWS_NAMES
from haitang.source.parser import MAX_BYTES, Fields, parse

API = "/__admin/api"
CHECK = f"{API}/check"
MOST_BYTES = 48 * 1024 * 1024  # of one request: some pictures, a third longer as text
PICTURES = "photos"
_ID = re.compile(SHAPES["id"])
Answer = tuple[int, bytes]
Params = Mapping[str, Any]


class _No(Exception):
    """What is asked will not be done; holds the HTTP status, the key of why in the words of the form, and what these quote."""

    def __init__(self, status: int, why: str, reason: str = "") -> None:
        super().__init__(why)
        self.status, self.why, self.reason = status, why, reason


class Desk:
    """Answers for the entries and pictures of a root, from any thread."""

    def __init__(self, root: Path) -> None:
        self._root = root.resolve()
        self._writing = Lock()
        self._checking = Checking(self._root)
        self._actions: Mapping[str, Callable[[Params], Any]] = {
            "entriesByFolder": self._entries,
            "entriesByFiles": lambda params: [self._entry(_text(file, "path")) for file in _list(params, "files")],
            "getEntry": lambda params: self._entry(_text(params, "path")),
            "persistEntry": self._keep_entry,
            "getMedia": self._pictures,
            "getMediaFile": lambda params: self._picture(_text(params, "path")),
            "persistMedia": self._keep_picture,
            "deleteFiles": self._remove_pictures,  # no entry is: a place that closes says so
            "getDeployPreview": lambda _: None,
            "explain": self._explain,  # of our own box for times
        }

    def answer(self, body: bytes) -> Answer:
        """The status and JSON for a request of the editor. What is none of its business is refused, and nothing is done."""
        return _answered(self._acted, body)

    def checked(self, body: bytes) -> Answer:
        """The status and JSON for an entry that somebody is about to save: what `check` would tell of it; nothing is written.

        It has a `kind`, its `fields` or its `text`, the `file` that it has if it is no new one, and in `pictures` the names of
        those that come along. Each of the `problems` has its `path`, `code`, `level` and `message`.
        """
        return _answered(self._looked_at, body)

    def _acted(self, request: Any) -> Any:
        action, params = self._actions[_text(request, "action")], request.get("params")
        if not isinstance(params, dict):
            raise _No(422, "unknown")
        return action(params)

    def _looked_at(self, asked: Any) -> Any:
        kind, is_new = _text(asked, "kind"), not asked.get("file")
        if kind not in FOLDERS:
            raise _No(422, "unknown")
        raw = _text(asked, "text") if "text" in asked else json.dumps(_written(asked.get("fields")), ensure_ascii=False)
        file = _file_of(kind, raw) if is_new else _text(asked, "file")
        if file is None or not (_is_entry(file) and kind_of(file) == kind):
            return {"problems": []}  # the form itself misses a name or a town
        before = self._before(file)
        if is_new and before is not None:
            told = words(LANGUAGES[0]).explanation("id-taken", {"value": Path(file).stem, "other": file})
            return {"problems": [Remark(("id",), "id-taken", "error", told).data]}
        coming = map(str, _list(asked, "pictures") if asked.get("pictures") else ())
        remarks = self._checking.remarks({file: _canonical(before, raw, file)}, today(self._root), coming=coming)
        return {"problems": [remark.data for remark in remarks[file]]}

    def _explain(self, params: Params) -> Any:
        """How a text of opening hours or times is read, in lines; `read` is false where it is refused."""
        text, asked = _text(params, "text"), _text(params, "field")
        field = next((each for each in FIELDS if each == asked), None)
        if field is None:
            raise _No(422, "unknown")
        reading = read(field, text, today(self._root), words(LANGUAGES[0]))
        return {"read": reading.value is not None, "lines": reading.lines}

    def _path(self, file: Any, allowed: Callable[[Any], bool]) -> Path:
        """Where a file that a request names is. A link on the way, a folder's or its own, could lead out of the root."""
        try:
            path = self._root / str(file)
            if allowed(file) and path.resolve() == path:
                return path
        except (OSError, RuntimeError):  # links in a ring, names too long
            pass
        raise _No(403, "refused")

    def _entries(self, params: Params) -> list[Any]:
        """The entries of a collection that can be read; what is wrong with the others `check` tells."""
        folder = _text(params, "folder")
        kind = next((kind for kind, own in FOLDERS.items() if own == folder), None)
        if kind is None:
            raise _No(403, "refused")
        return list(_readable(self._entry, entry_files(self._root, [kind])))

    def _entry(self, file: str) -> Any:
        """An entry as Decap takes it; without data where there is none yet."""
        text = self._before(file)
        return {"data": text, "file": {"path": file, "id": text and sha256(text.encode()).hexdigest()}}

    def _before(self, file: str) -> str | None:
        path = self._path(file, _is_entry)
        try:
            return read_text(self._root, file) if os.path.lexists(path) else None
        except NotCanonical:  # to write over it would lose what is there
            raise _No(409, "unreadable") from None

    def _keep_entry(self, params: Params) -> Any:
        """Everything in the request is looked at before anything is written; pictures come before the entry that names them."""
        pictures = dict(map(self._asset, _list(params, "assets")))
        with self._writing:
            texts = dict(map(self._new_text, _list(params, "dataFiles")))
            self._judge(texts, pictures)
            self._put({**pictures, **texts})
        return {"message": "kept"}

    def _judge(self, texts: Mapping[str, str], pictures: Mapping[str, bytes]) -> None:
        """Nothing is kept that `check` would refuse, whatever door it came through."""
        told = self._checking.remarks(texts, today(self._root), pictures)
        if wrong := [remark.message for remarks in told.values() for remark in remarks if remark.level == "error"]:
            raise _No(422, "unsound", "\n".join(dict.fromkeys(wrong)))

    def _new_text(self, data_file: Params) -> tuple[str, str]:
        file, raw = _text(data_file, "path"), _text(data_file, "raw")
        if "newPath" in data_file:  # an entry's name is its address and its QR code
            raise _No(403, "refused")
        if len(raw.encode()) > MAX_BYTES:
            raise _No(413, "too_large")
        return file, _canonical(self._before(file), raw, file)

    def _pictures(self, params: Params) -> list[Any]:
        """All pictures; none where an entry's own folder is asked for its."""
        folder = self._root / PICTURES
        if _text(params, "mediaFolder") != PICTURES or not folder.is_dir():
            return []
        return list(_readable(self._picture, sorted(f"{PICTURES}/{path.name}" for path in folder.iterdir())))

    def _picture(self, file: str) -> Any:
        path = self._path(file, _is_picture)
        content = read_regular(path, file, MOST_OF_A_PICTURE)
        if isinstance(content, Problem):
            raise _No(404, "no_picture")
        picture = {"id": sha256(content).hexdigest(), "content": b64encode(content).decode(), "encoding": "base64"}
        return picture | {"path": file, "name": path.name}

    def _keep_picture(self, params: Params) -> Any:
        file, content = self._asset(params.get("asset"))
        with self._writing:
            self._put({file: content})
        return self._picture(file)

    def _asset(self, asset: Any) -> tuple[str, bytes]:
        file, content = _text(asset, "path"), b64decode(_text(asset, "content"), validate=True)
        self._path(file, _is_picture)
        if len(content) > MOST_OF_A_PICTURE:
            raise _No(413, "too_large")
        return file, content

    def _put(self, contents: Mapping[str, bytes | str]) -> None:
        """All of these files, or none."""
        with together(self._root) as files:
            for file, content in contents.items():
                files.write(file, content)

    def _remove_pictures(self, params: Params) -> Any:
        """Takes none away that an entry shows: after that nothing could be published."""
        paths = [self._path(file, _is_picture) for file in _list(params, "paths")]
        names = {path.name for path in paths}
        with self._writing:
            shown = [
                f"{entry.file}: {name}" for entry in stored_entries(self._root) for name in sorted(names & _texts(entry.values))
            ]
            if shown:
                raise _No(422, "shown", "\n".join(shown))
            for path in paths:
                path.unlink(missing_ok=True)
        return {"message": "removed"}


def _answered(act: Callable[[Any], Any], body: bytes) -> Answer:
    """What comes of a request, or why nothing does, in a sentence that the editor shows."""
    try:
        return 200, json.dumps(act(json.loads(body))).encode()
    except _No as no:
        status, why, reason = no.status, no.why, no.reason
    except OSError as error:
        status, why, reason = 500, "failed", error.strerror or ""
    except (ValueError, KeyError, RecursionError):  # no JSON, no such action, nested without end
        status, why, reason = 400, "unknown", ""
    return status, json.dumps({"error": field_words()["admin"]["desk"][why].format(reason=reason, run=HERE)}).encode()


def _written(node: Any) -> Any:
    """Values as a file holds them: texts, and nothing where there is nothing."""
    if isinstance(node, dict):
        return {str(name): _written(value) for name, value in node.items() if value is not None}
    if isinstance(node, list):
        return [_written(item) for item in node if item is not None]
    return str(node).lower() if isinstance(node, bool) else str(node)


def _file_of(kind: str, raw: str) -> str | None:
    """Where the editor would put a new entry."""
    tree = parse(raw, "")
    fields = tree if isinstance(tree, Fields) else {}
    steps = [str(fields.get(name, "")) for name in (("town", "id") if kind == "position" else ("id",))]
    return "/".join([FOLDERS[cast(EntryKind, kind)], *steps]) + ".yml" if all(steps) else None


def _readable(read: Callable[[str], Any], files: Iterable[str]) -> Iterator[Any]:
    for file in files:
        with suppress(_No):
            yield read(file)


def _is_entry(file: Any) -> bool:
    """Whether this is how the file of an entry may be called, below the root."""
    if not isinstance(file, str) or kind_of(file) is None:
        return False
    return is_in_place(file) and all(map(_ID.fullmatch, file.removesuffix(".yml").split("/")[1:]))


def _is_picture(file: Any) -> bool:
    if not isinstance(file, str):
        return False
    folder, _, name = file.partition("/")
    return folder == PICTURES and bool(PHOTO_FILE.fullmatch(name)) and Path(name).stem.lower() not in WINDOWS_NAMES


def _text(params: Any, name: str) -> str:
    if not isinstance(params, dict) or not isinstance(params.get(name), str):
        raise _No(422, "unknown")
    return str(params[name])


def _texts(node: Any) -> set[str]:
    """Every text in an entry's values, however deep."""
    if isinstance(node, str):
        return {node}
    inner = node.values() if isinstance(node, Mapping) else node
    return set().union(*map(_texts, inner))


def _list(params: Params, name: str) -> list[Any]:
    if not isinstance(params.get(name), list):
        raise _No(422, "unknown")
    return list(params[name])


def _canonical(before: str | None, raw: str, file: str) -> str:
    """What the editor wrote, in canonical form. Comments of what it left alone come back: it has no idea of them.

    What cannot be read is refused here: once written, nobody could open it in the form again to mend it.
    """
    kind = kind_of(file)
    assert kind
    old: Any = {} if before is None else parse(before, file)
    if not isinstance(old, dict):
        raise _No(409, "unreadable")
    try:
        new = parse(raw, file)
        if not isinstance(new, Fields):
            raise NotCanonical(new)
        names = [str(name) for name in {**old, **new} if new.get(name) != old.get(name)]
        changes = {name: plain(new[name]) if name in new else None for name in names}
        return updated(before, kind, changes)
    except NotCanonical as wrong:
        reasons = "\n".join(words(LANGUAGES[0]).problem(problem) for problem in wrong.problems)
        raise _No(422, "unsound", reasons) from None
