"""A hall's own slides, as its screen shows them: words, and the parts of the release that pictures and films are.

The rule: which of them is shown when is decided by the screen's clock (frontend/src/kiosk/attract/slide-times.ts); only what
was over before the data's day is left out. No byte of an original is published that is neither picture nor sound.
"""

from base64 import b64encode
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from haitang.core.decoding import read_regular
from haitang.core.digests import published_digest
from haitang.core.problems import InvalidDirectory, Place, Problem
from haitang.data.dataset import Filed
from haitang.media.image_store import KEPT, Album
from haitang.media.videos import MOST_BYTES, BadVideo, Video, bare, examine
from haitang.model.imprint import Slide
from haitang.schedule.opening_hours_data import week_data
from haitang.site.languages.translation import text_in
from haitang.site.views import Site

SECONDS = 10  # as all other slides


@dataclass(frozen=True, slots=True)
class OwnSlide:
    """What the template needs. `since` and `until` are YYYY-MM-DD, `times` as `data-hours` of places, `photo` and `video` names
    of parts; each empty where it is not given. `length` is that of the film, in seconds; `width` and `height` the photo's."""

    title: str
    text: str
    alt: str
    since: str
    until: str
    times: str
    seconds: float
    photo: str = ""
    width: int = 0
    height: int = 0
    video: str = ""
    length: float = 0


@dataclass(frozen=True)
class Shown:
    """A hall's own slides and the text of each of their parts: a data: URL."""

    slides: tuple[OwnSlide, ...]
    parts: Mapping[str, str]


def shown(root: Path, project: Path, own: Iterable[Filed[Slide]], site: Site, built: str) -> Shown:
    """Raises InvalidDirectory where a file has become another since it was checked."""
    ahead = [each for each in own if not (each.value.until and built and each.value.until.last.isoformat() < built)]
    named = {f"{each.file.rpartition('/')[0]}/{each.value.photo}": each.file for each in ahead if each.value.photo}
    album = Album(root, project / KEPT, path=lambda file: root / file)
    if faults := album.faults(named, making=True):
        raise InvalidDirectory([Problem(Place(named[file]), code, {"value": file}) for file, code in faults.items()])
    files = {path: content for path, _, content in album.files()}
    slides, parts = list[OwnSlide](), dict[str, str]()
    for each in ahead:
        folder, value, media = each.file.rpartition("/")[0], each.value, dict[str, str | int | float]()
        if value.photo:
            chosen = max(
                (one for one in album.pictures[f"{folder}/{value.photo}"].variants if one.kind == "webp"),
                key=lambda one: one.width,
            )
            media |= {"photo": f"photo-{chosen.digest[:24]}", "width": chosen.width, "height": chosen.height}
            parts[f"photo-{chosen.digest[:24]}"] = _url("image/webp", files[chosen.path]())
        if value.video:
            film, content = _film(root, f"{folder}/{value.video}", each.file)
            name = f"video-{published_digest(content)[:24]}"
            media |= {"video": name, "length": film.seconds}
            parts[name] = _url(f"video/{film.kind}", content)
        slides.append(_slide(value, site, media))
    return Shown(tuple(slides), parts)


def _slide(value: Slide, site: Site, media: Mapping[str, str | int | float]) -> OwnSlide:
    """In the hall's language: its own words for it, else those that are there."""
    said, en = text_in(site.written, site.language), site.language == "en"

    def text(name: str) -> str:
        return (en and getattr(value, f"{name}_en")) or said(getattr(value, name) or "")

    return OwnSlide(
        title=text("title"),
        text=text("text"),
        alt=text("alt"),
        since=value.since.first.isoformat() if value.since else "",
        until=value.until.last.isoformat() if value.until else "",
        times=week_data(value.hours),
        seconds=value.seconds or SECONDS,
        **media,  # type: ignore[arg-type]
    )


def _film(root: Path, path: str, file: str) -> tuple[Video, bytes]:
    content = read_regular(root / path, path, MOST_BYTES)
    try:
        if isinstance(content, Problem):
            raise BadVideo
        return examine(content), bare(content)
    except BadVideo:
        raise InvalidDirectory([Problem(Place(file), "video-unfit", {"value": path, "said": "0 s"})]) from None


def _url(kind: str, content: bytes) -> str:
    return f"data:{kind};base64,{b64encode(content).decode()}"
