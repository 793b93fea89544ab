"""What outputs are made of, as plain values and digests: the parts of their keys (`edition.recipe`).

The rule: what a page shows of another entry than its own is named here as finely as it is shown, so that an edit makes again
what it touches and nothing else; what is not worth naming finely is named by the digest of the entry's whole file.
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from hashlib import blake2b
from typing import Any

from haitang.core.digests import plain_bytes
from haitang.data.directory import Directory
from haitang.media.image_store import Picture
from haitang.model.entries import Brand, Chapter, Position, Route, photo_files
from haitang.model.paths import entry_file
from haitang.site.page import PAGE_SIZE, Sheet

Parts = tuple[Any, ...]


class Prerequisites:
    """Of one directory. `digests` are those of the files of its entries, `made` the pictures by the names of their photos."""

    def __init__(self, directory: Directory, digests: Mapping[str, bytes], made: Mapping[str, Picture]) -> None:
        self._directory = directory
        self._files = directory.files
        self._digests = digests
        self._pictures = made

    def of(self, entry: Position | Brand | Route | Chapter) -> bytes:
        """Everything an entry says."""
        if isinstance(entry, Position):
            return self._of_positions.get(entry.id, b"")
        kind = "brand" if isinstance(entry, Brand) else "route"
        file = entry_file("chapter", entry.id) if isinstance(entry, Chapter) else self._files.get(f"{kind}:{entry.id}", "")
        return self._digests.get(file, b"")

    @cached_property
    def _of_positions(self) -> Mapping[str, bytes]:
        # A file that came while the others were read has none; nothing of such a build is believed by the next.
        files = ((name.partition(":"), file) for name, file in self._files.items())
        return {name: self._digests.get(file, b"") for (kind, _, name), file in files if kind == "position"}

    def all_of(self, entries: Iterable[Position | Brand | Route | Chapter]) -> bytes:
        """Everything some entries say, and their order."""
        return blake2b(b"".join(map(self.of, entries)), digest_size=16).digest()

    def of_places(self, positions: Iterable[Position]) -> bytes:
        """The same of positions, of which there are many."""
        digests = self._of_positions
        return blake2b(b"".join([digests.get(position.id, b"") for position in positions]), digest_size=16).digest()

    def drawn(self, positions: Iterable[Position]) -> bytes:
        """What maps and tables of towns show of positions: what each is called, where it is, and of which tier and status."""
        told = self._drawn
        return blake2b(b"".join([told[position.id] for position in positions]), digest_size=16).digest()

    @cached_property
    def _drawn(self) -> Mapping[str, bytes]:
        def told(each: Position) -> bytes:
            return plain_bytes((each.id, each.name, each.tier, each.town, each.status, _place(each)))

        return {each.id: blake2b(told(each), digest_size=16).digest() for each in self._directory.positions}

    @cached_property
    def everything(self) -> bytes:
        """Everything all entries say, and all pictures."""
        directory = self._directory
        whole = blake2b(digest_size=16)
        whole.update(self.of_places(directory.positions))
        for entries in (directory.brands, directory.chapters, directory.routes):
            whole.update(self.all_of(entries))
        whole.update(repr(self.pictures(sorted(self._pictures))).encode())
        return whole.digest()

    @cached_property
    def brand_names(self) -> bytes:
        """What cards and pages of places call the brands."""
        names = repr([(brand.id, brand.name) for brand in self._directory.brands])
        return blake2b(names.encode(), digest_size=16).digest()

    @cached_property
    def chapters(self) -> bytes:
        return self.all_of(self._directory.chapters)

    @cached_property
    def routes(self) -> bytes:
        return self.all_of(self._directory.routes)

    def pictures(self, names: Iterable[str]) -> Parts:
        """The pictures that are made of these photos; the names of their files hold the digests of the photos."""
        pictures = self._pictures
        return tuple((name, tuple(v.path for v in pictures[name].variants)) for name in names if name in pictures)

    def pictures_of(self, entry: Position | Brand) -> Parts:
        return self.pictures(name for _, name in photo_files(entry))

    def page_of(self, position: Position) -> Parts:
        """What a position's page shows: all of itself, and of others what its lists name."""
        directory = self._directory
        stops = tuple(
            (self.of(route), at, *(glance(directory.position[stop.position]) for stop in route.stops[max(at - 1, 0) : at + 2]))
            for route, at in directory.routes_through(position.id)
        )
        others = [directory.position[name] for name in (position.parent, position.successor) if name]
        return (
            self.of(position),
            tuple(map(glance, others)),
            tuple(map(glance, directory.children(position.id)[:PAGE_SIZE])),
            len(directory.children(position.id)),
            tuple((glance(other), metres, _place(other)) for other, metres in directory.nearby(position)),
            stops,
            self.brand_names,
            self.chapters,
            self.pictures_of(position),
        )

    def sheet(self, sheet: Sheet[Position]) -> Parts:
        """What one page of a list of positions shows."""
        return sheet.number, sheet.count, sheet.total, self.of_places(sheet.items), self.brand_names


def glance(position: Position) -> Parts:
    """What the page of another place says of this one."""
    return position.id, position.name, position.tier


def _place(position: Position) -> Parts | None:
    here = position.location
    return (here.lon, here.lat, here.crs, here.precision) if here else None
