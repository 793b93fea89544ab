"""data/boundary.js: the boundary for the live map, where directory.yml names one; rings of numbers for map/view/ground.ts."""

from collections.abc import Iterator

from haitang.site.templates import File, script_json
from haitang.site.views.position import Site


def build(site: Site) -> Iterator[File]:
    boundary = site.directory.boundary
    if boundary is not None:
        polygons = [[[number for point in ring for number in point] for ring in polygon] for polygon in boundary.polygons]
        yield File(
            "data/boundary.js", b"(window.HAITANG=window.HAITANG||{}).boundary=" + script_json({"polygons": polygons}) + b";\n"
        )
