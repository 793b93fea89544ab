"""A release fetched from the web: from a published hall folder, or from its zip.

The rule: nobody on the way is believed. The address is https; the signature is checked before the manifest is read, and every
file by its hash. What was fetched before a break is kept in `.pull` and the next try goes on from there.
"""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import urlsplit

from haitang.core.atomic_files import check_room
from haitang.core.file_lock import locked
from haitang.core.http_client import Deadline
from haitang.kiosk.release import archive
from haitang.kiosk.release.install import Outcome, acceptance, put, trusted_key
from haitang.kiosk.release.installation import HallFolder, Source, is_whole, pieces_of, read_small
from haitang.kiosk.release.manifest import (
    LARGEST_MANIFEST,
    LARGEST_RELEASE,
    LARGEST_SMALL,
    MANIFEST,
    POINTER,
    RELEASE_ID,
    SIGNATURE,
    Manifest,
    Refused,
    Seal,
    check_id,
    read_manifest,
    read_pointer,
)
from haitang.kiosk.release.signing import PublicKey
from haitang.kiosk.release.transfer import Patience, Server, size_of

_PART = re.compile(r"[0-9a-f]{64}\.part")
_LOCAL = ("localhost", "127.0.0.1")
_ZIP, _KNOWN = "zip.part", "zip.known"


def pull(
    url: str,
    dest: Path,
    key: PublicKey | None = None,
    waiting: Callable[[], None] = lambda: None,
    patience: Patience | None = None,
) -> Outcome:
    """Brings the published release in, if it is signed and not older. Raises Refused with the folder as it was."""
    patience = patience or Patience()
    _check_url(url)
    key = trusted_key(dest, key)
    if key is None:
        raise Refused("needs-key", folder=str(dest))
    folder, parts = HallFolder(dest), dest / ".pull"
    with locked(parts / "lock", waiting), Deadline(patience.whole) as deadline:
        if urlsplit(url).path.endswith(".zip"):
            above, name = url.rsplit("/", 1)
            return _pull_zip(Server(f"{above}/", patience, deadline), name, folder, key, waiting)
        site = Server(url.removesuffix("index.html").rstrip("/") + "/", patience, deadline)
        manifest, signature = _published(site, key)
        _check_wanted(folder, manifest)
        there = folder.whole(manifest.id)
        paths = {} if there is not None else _gather(site, folder, manifest, parts)
        outcome = put(Source(manifest, signature, lambda path: pieces_of(paths[path])), dest, key, waiting)
        _clear(parts, set())
    return outcome


def _pull_zip(server: Server, name: str, folder: HallFolder, key: PublicKey, waiting: Callable[[], None]) -> Outcome:
    """The same of a zip. One that is still the one fetched last is not fetched again."""
    parts = folder.path / ".pull"
    part = parts / _ZIP
    for went_on in (part.exists(), False):  # what an earlier try left may be of another zip: once more from the beginning
        known, release = _known(parts)
        shown = folder.shown()
        here = release in folder.withdrawn() or (
            shown is not None and shown.id == release and folder.whole(release) is not None
        )
        mark = server.fetch_unsealed(name, part, LARGEST_RELEASE, known if here else "")
        if mark is None:
            if shown is None or shown.id != release:
                raise Refused("withdrawn", id=release)
            return Outcome(shown, False)
        try:
            with archive.opened(part, acceptance(key)) as parcel:
                _check_wanted(folder, parcel.manifest)
                outcome = put(Source(parcel.manifest, parcel.signature, parcel.pieces), folder.path, key, waiting)
                folder.place(f".pull/{_KNOWN}", (f"{outcome.manifest.id} {mark}".encode("latin-1"),))
                return outcome
        except Refused:
            if not went_on:
                raise
        finally:
            for left in (part, part.with_suffix(".mark")):
                left.unlink(missing_ok=True)
    raise AssertionError("two tries are enough")


def _known(parts: Path) -> tuple[str, str]:
    """The mark of the zip that was fetched last, and its release."""
    try:
        release, _, mark = read_small(parts / _KNOWN).decode("latin-1").partition(" ")
    except (OSError, Refused):
        return "", ""
    return (mark, release) if RELEASE_ID.fullmatch(release) else ("", "")


def _published(site: Server, key: PublicKey) -> tuple[Manifest, bytes]:
    """The manifest that the server offers and its signature, once it is known whose it is."""
    pointer = read_pointer(site.small(POINTER, LARGEST_SMALL))
    base = f"releases/{pointer.id}/"
    raw = site.small(base + MANIFEST, LARGEST_MANIFEST)
    try:
        signature = site.small(base + SIGNATURE, LARGEST_SMALL)
    except Refused as refused:
        raise Refused("unsigned") if refused.code == "not-there" else refused from None
    acceptance(key)(raw, signature)
    manifest = read_manifest(raw)
    if manifest.id != pointer.id:
        raise Refused("wrong-id")
    return manifest, signature


def _check_wanted(folder: HallFolder, manifest: Manifest) -> None:
    folder.check_ours(manifest)
    shown = folder.shown()
    if shown is not None and manifest.built < shown.built:
        raise Refused("older", brought=manifest.built, shown=shown.built)
    if manifest.id in folder.withdrawn():
        raise Refused("withdrawn", id=manifest.id)


def _gather(site: Server, folder: HallFolder, manifest: Manifest, parts: Path) -> dict[str, Path]:
    """Every file of the release, from what is kept here where it can be."""
    manifests = [kept for each in folder.ids() if (kept := folder.manifest(each)) is not None]
    kept_files = {sealed: folder.release(each.id) / path for each in manifests for path, sealed in each.folder.items()}
    paths: dict[str, Path] = {}
    missing: dict[str, Seal] = {}
    for path, sealed in manifest.folder.items():
        if sealed in kept_files and is_whole(kept_files[sealed], sealed):
            paths[path] = kept_files[sealed]
        else:
            missing[path] = sealed
            paths[path] = parts / f"{sealed.digest}.part"
    _clear(parts, {paths[path].name for path in missing})
    check_room(folder.path, manifest.size + sum(sealed.size - size_of(paths[path]) for path, sealed in missing.items()))
    for path, sealed in missing.items():
        site.fetch(f"releases/{manifest.id}/{path}", sealed, paths[path])
    check_id(manifest, paths["manifest.js"].read_bytes())
    return paths


def _clear(parts: Path, needed: set[str]) -> None:
    """What was fetched for a release that is no longer offered, or is in."""
    for path in parts.iterdir():
        if _PART.fullmatch(path.name) and path.name not in needed:
            path.unlink()


def _check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        sound = parts.scheme == "https" or (parts.scheme == "http" and parts.hostname in _LOCAL)
        sound &= parts.username is None and not parts.query and not parts.fragment and (parts.port or 1) > 0
    except ValueError:
        sound = False
    if not sound or not parts.hostname or not url.isascii() or not url.isprintable() or " " in url:
        raise Refused("bad-url", url=url)
