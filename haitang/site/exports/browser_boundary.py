"""data/boundary.js: the boundary for the live map, where directory.yml names one; rings of numbers for map/view/ground.ts."""

from collections.abc import Iterator

from haitang.site.page import File, data_script
from haitang.site.views import Site


def build(site: Site) -> Iterator[File]:
    boundary = site.directory.boundary
    if boundary is not None:
        polygons = [[[number for point in ring for number in point] for ring in polygon] for polygon in boundary.polygons]
        yield File("data/boundary.js", data_script("boundary", {"polygons": polygons}))
