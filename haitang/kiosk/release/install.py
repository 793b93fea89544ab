"""How a release gets into a kiosk's folder and out of it again: install, roll back, verify, sign, pack.

The rule: first everything is looked at, then everything is written, last the pointer. Where a key is known, nothing unsigned
comes in; a key that cannot be read closes the door.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from haitang.core.atomic_files import check_room
from haitang.kiosk.release import archive
from haitang.kiosk.release.installation import KEY, HallFolder, Source, read_small
from haitang.kiosk.release.manifest import (
    MANIFEST,
    POINTER,
    SIGNATURE,
    SPARE,
    Manifest,
    Pointer,
    Refused,
    Release,
    manifest_json,
    read_manifest,
)
from haitang.kiosk.release.signing import BadKey, PublicKey, SecretKey, read_public_key


@dataclass(frozen=True)
class Outcome:
    """What is shown now; `changed` is False where it was shown before."""

    manifest: Manifest
    changed: bool


def _nothing() -> None:
    """Waits without a word."""


def install(path: Path, dest: Path, key: PublicKey | None = None, waiting: Callable[[], None] = _nothing) -> Outcome:
    """Brings the release of a zip in. Raises Refused with the folder as it was, NoRoom, OSError with it whole."""
    key = trusted_key(dest, key)
    with archive.opened(path, acceptance(key)) as parcel:
        return put(Source(parcel.manifest, parcel.signature, parcel.pieces), dest, key, waiting)


def lay_out(release: Release, dest: Path, waiting: Callable[[], None] = _nothing) -> Outcome:
    """Puts what was just built into its folder, beside the releases before it. What we build needs no signature."""
    files = {**release.files, **{f"root/{name}": data for name, data in release.root.items()}}
    return put(Source(read_manifest(manifest_json(release)), None, lambda path: (files[path],)), dest, None, waiting)


def put(source: Source, dest: Path, key: PublicKey | None, waiting: Callable[[], None] = _nothing) -> Outcome:
    """The one way in, for what has been looked through."""
    folder, manifest = HallFolder(dest), source.manifest
    with folder.held(waiting):
        folder.check_ours(manifest)
        there = folder.whole(manifest.id)
        if there is not None and there.raw != manifest.raw:
            raise Refused("same-id", id=manifest.id)
        pointer = folder.pointer()
        changed = there is None or pointer is None or pointer.id != manifest.id or not folder.has_roots(manifest)
        if changed:
            check_room(dest, manifest.size)
        if there is None:
            folder.shelve(source)
        elif source.signature is not None and source.signature != folder.signature(manifest.id):
            folder.place(f"releases/{manifest.id}/{SIGNATURE}", (source.signature,))
        if key is not None and not (dest / KEY).exists():
            folder.place(KEY, (key.text(),))
        if changed:
            folder.place_roots(manifest)
            # What the launcher may fall back to: of those the pointer knew, newest first; of all there are, where it was lost.
            others = (each for each in (pointer.ids if pointer else folder.ids()) if each != manifest.id)
            folder.point_to(manifest.id, [each for each in others if folder.whole(each) is not None])
        folder.set_withdrawn(folder.withdrawn() - {manifest.id})
        folder.prune()
    return Outcome(manifest, changed)


def rollback(dest: Path, waiting: Callable[[], None] = _nothing) -> Manifest:
    """Goes back to the newest whole release before the one that is shown, and says which. A spoilt one is passed over."""
    folder = HallFolder(dest)
    if folder.pointer() is None and not folder.ids():
        raise Refused("no-kiosk", folder=str(dest))
    with folder.held(waiting):
        pointer = folder.pointer()
        older = pointer.previous if pointer else folder.ids()
        manifests = [manifest for each in older if (manifest := folder.whole(each)) is not None]
        if not manifests:
            raise Refused("nothing-older")
        folder.place_roots(manifests[0])
        folder.set_withdrawn(folder.withdrawn() | ({pointer.id} if pointer else set()))
        folder.point_to(manifests[0].id, [manifest.id for manifest in manifests[1:]])
    return manifests[0]


def verify(dest: Path) -> Manifest:
    """The release that is shown, every byte of which is as it was installed."""
    folder = HallFolder(dest)
    pointer = folder.pointer()
    if pointer is None:
        raise Refused("no-kiosk", folder=str(dest))
    manifest = folder.manifest(pointer.id)
    spoilt = folder.spoilt_file(manifest) if manifest else f"releases/{pointer.id}/{MANIFEST}"
    if manifest is None or spoilt is not None:
        raise Refused("spoilt", file=str(spoilt))
    return manifest


def pack(dest: Path, path: Path) -> Manifest:
    """Writes the release that is shown, signature and all, as a zip."""
    manifest = verify(dest)
    folder = HallFolder(dest)
    base, own = f"releases/{manifest.id}", folder.release(manifest.id)
    files = {name: (own / manifest.kept_root(name)).read_bytes() for name in manifest.root}
    files |= {f"{base}/{name}": (own / name).read_bytes() for name in manifest.folder}
    pointer = Pointer(manifest.id).text()
    files |= {POINTER: pointer, SPARE: pointer, f"{base}/{MANIFEST}": manifest.raw}
    if (signature := folder.signature(manifest.id)) is not None:
        files[f"{base}/{SIGNATURE}"] = signature
    archive.write_zip(path, files)
    return manifest


def sign(path: Path, secret: SecretKey, waiting: Callable[[], None] = _nothing) -> Manifest:
    """Signs the release in a zip or in a kiosk's folder, once it is known to be whole: a signature on a broken one would
    help nobody."""
    files = {}
    if path.is_dir():
        manifest = verify(path)
    else:
        with archive.opened(path, acceptance(None)) as parcel:
            manifest, files = parcel.manifest, parcel.files()
    name = f"releases/{manifest.id}/{SIGNATURE}"
    signature = secret.sign(manifest.raw, f"hall:{manifest.hall} release:{manifest.id}")
    if files:
        archive.write_zip(path, {**files, name: signature})
    else:
        folder = HallFolder(path)
        with folder.held(waiting):
            folder.place(name, (signature,))
    return manifest


def trusted_key(dest: Path, given: PublicKey | None) -> PublicKey | None:
    """Whose releases may come in. The folder's own key stands until a person takes it away by hand."""
    try:
        own = read_public_key(read_small(dest / KEY))
    except FileNotFoundError:
        return given
    except BadKey:
        raise Refused("spoilt-key", file=str(dest / KEY)) from None
    if given is not None and given != own:
        raise Refused("other-key", file=str(dest / KEY))
    return own


def acceptance(key: PublicKey | None) -> archive.Accept:
    """What looks at a signature before anything else is believed."""

    def accept(raw: bytes, signature: bytes | None) -> None:
        if key is None:
            return
        if signature is None:
            raise Refused("unsigned")
        if not key.signed(raw, signature):
            raise Refused("wrong-signature", key=key.name)

    return accept
