"""What halls show of their own: `halls/<hall>/slides`, a file for each slide beside its picture and its film.

The rule: what is told here is all that can be wrong with them: whatever passes is shown. Only those ask who build a hall's
screen or check; what lies there in vain is told, and shown by nobody.
"""

import os
from collections.abc import Iterable, Iterator
from datetime import date
from pathlib import Path

from haitang.core.decoding import raise_trouble, read_regular
from haitang.core.leftovers import is_leftover
from haitang.core.problems import Place, Problem, Value
from haitang.data.dataset import Filed, Finding
from haitang.data.loader import Snapshot, read_one
from haitang.media.image_store import Album
from haitang.media.videos import FILE, MOST_BYTES, BadVideo, examine
from haitang.model.imprint import Slide
from haitang.model.settings import Settings
from haitang.model.types import PHOTO_FILE
from haitang.source.parser import most_bytes

FOLDER, INNER = "halls", "slides"
MOST = 20  # of a hall: nobody waits for more, and all of them travel on a stick


def slides_of(snapshot: Snapshot, settings: Settings, today: date, problems: list[Problem]) -> tuple[Filed[Slide], ...]:
    """Those that could be read, hall by hall in the order of their names; what is wrong is told among the problems."""
    if snapshot.asked is not None and not any(file.startswith(f"{FOLDER}/") for file in snapshot.asked):
        return ()
    halls: dict[str, list[str]] = {hall.id: [] for hall in settings.halls}
    problems += _strays(_listed(snapshot), halls)
    shown = list[Filed[Slide]]()
    for hall, files in halls.items():
        media = {file.rpartition("/")[2]: file for file in files if not file.endswith(".yml")}
        own, told = _read(snapshot, [file for file in files if file.endswith(".yml")], problems)
        found = [finding for slide in own for finding in _findings(snapshot, slide, media, today)]
        problems += snapshot.located(found)
        if len(own) > MOST:
            problems.append(Problem(Place(own[MOST].file), "too-many", {"field": f"{FOLDER}/{hall}/{INNER}", "limit": MOST}))
        used = {name for slide in own for _, name in slide.value.media}
        if not told:
            problems += (_stray(file, hall) for name, file in media.items() if name not in used)
        shown += own
    return tuple(shown)


def _read(snapshot: Snapshot, files: Iterable[str], problems: list[Problem]) -> tuple[list[Filed[Slide]], bool]:
    """Those that could be read, and whether others could not."""
    own, before = list[Filed[Slide]](), len(problems)
    for file in files:
        value = read_one(read_regular(snapshot.path(file), file, most_bytes(file)), file, Slide)
        if isinstance(value, Slide):
            own.append(Filed(file, value))
        else:
            problems += value
    return own, len(problems) > before


def _listed(snapshot: Snapshot) -> list[tuple[str, bool]]:
    """What lies below halls/, and whether it is a regular file."""
    found = {file: regular for file, regular in _below(snapshot.root, FOLDER) if file not in snapshot.changed}
    if snapshot.other:
        found |= {file: regular for file, regular in _below(snapshot.other, FOLDER) if file in snapshot.changed}
    return sorted(found.items())


def _below(root: Path, folder: str) -> Iterator[tuple[str, bool]]:
    if (root / folder).is_symlink():  # it could show any file of this machine
        yield folder, False
        return
    folders = [folder] if (root / folder).is_dir() else []
    while folders:
        within = folders.pop()
        for entry in os.scandir(f"{root}/{within}"):
            file = f"{within}/{entry.name}"
            if is_leftover(entry.name):
                continue
            if entry.is_dir(follow_symlinks=False):
                folders.append(file)
            else:
                yield file, entry.is_file(follow_symlinks=False)


def _strays(listed: Iterable[tuple[str, bool]], halls: dict[str, list[str]]) -> Iterator[Problem]:
    """What has no business where it lies; all else is put to its hall."""
    known = ", ".join(halls) or "—"
    for file, is_regular in listed:
        _, hall, *rest = (*file.split("/"), "")
        name = file.rpartition("/")[2]
        if not is_regular:
            yield Problem(Place(file), "not-regular-file")
        elif len(rest) != 3 or rest[0] != INNER or hall not in halls:
            yield _stray(file, known)
        elif name.endswith(".yml") or FILE.fullmatch(name) or PHOTO_FILE.fullmatch(name):
            halls[hall].append(file)
        elif Path(name).suffix.lower() in (".yaml", ".yml", ".txt"):
            yield Problem(Place(file), "bad-suffix", {"suffix": Path(name).suffix, "name": name})
        else:
            yield _stray(file, known)


def _stray(file: str, halls: str) -> Problem:
    return Problem(Place(file), "slide-stray", {"name": file.rpartition("/")[2], "said": halls})


def _findings(snapshot: Snapshot, slide: Filed[Slide], media: dict[str, str], today: date) -> Iterator[Finding]:
    file, value = slide.file, slide.value
    if value.media and not value.alt:
        yield Finding(file, (), "missing-field", {"field": "alt"})
    if not (value.media or value.title or value.text):
        yield Finding(file, (), "missing-field", {"field": "text"})
    if value.until and value.since and value.until.last < value.since.first:
        said: dict[str, Value] = {"field": "until", "value": str(value.until), "said": str(value.since)}
        yield Finding(file, ("until",), "notice-reversed", said)
    elif value.until and value.until.last < today:
        yield Finding(file, ("until",), "notice-over", {"value": str(value.until)})
    for field, name in value.media:
        if name not in media or bool(FILE.fullmatch(name)) != (field == "video"):
            yield Finding(file, (field,), "slide-media", {"field": field, "value": name})
        elif field == "photo":
            faults = Album(snapshot.root, path=snapshot.path, only_looking=True).faults([media[name]], making=False)
            yield from (Finding(file, (field,), code, {"value": name}) for code in faults.values())
        elif unfit := _unfit(snapshot.path(media[name]), media[name]):
            yield Finding(file, (field,), "video-unfit", {"value": name, "said": unfit})


def _unfit(path: Path, file: str) -> str:
    """What keeps a film from being shown, in figures that any language has; empty where nothing does."""
    content = read_regular(path, file, MOST_BYTES)
    if isinstance(content, Problem):
        raise_trouble(content, path)
        return f"{path.stat().st_size / (1 << 20):.1f} MiB"
    try:
        video = examine(content)
    except BadVideo:
        return "0 s"
    if not video.is_fit:
        return f"{video.seconds:.1f} s, {video.width} × {video.height}"
    return "GPS" if video.tells_place else ""
