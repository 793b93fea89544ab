"""The Markdown pages of MkDocs and Zensical, written from the data with one template a page kind.

The rule: plain Markdown as one would write it by hand, with the same words on each page as ours has.
"""

import json
from functools import partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined

from benchmarks.peers.entries import STATUS_NAMES, Entries, Entry, grouped_services, week
from benchmarks.peers.project import SOURCES


def write_tree(entries: Entries, docs: Path) -> None:
    """Write the whole docs folder: a page a position, town, tier and brand, four indexes, home and the GeoJSON."""
    environment = Environment(
        loader=FileSystemLoader(SOURCES / "markdown_site"),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        autoescape=False,  # the result is Markdown, and the words are the generator's own
    )
    environment.globals.update(
        entries=entries, week=week, statuses=STATUS_NAMES, grouped=partial(grouped_services, entries.directory)
    )

    def write(template: str, path: str, **values: Any) -> None:
        target = docs / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(environment.get_template(template).render(values), encoding="utf-8", newline="\n")

    for key, position in entries.positions.items():
        write("position.md.jinja", f"positions/{key}.md", p=position)
    for key, town in entries.towns.items():
        write("town.md.jinja", f"towns/{key}.md", town=town, positions=entries.in_town.get(key, []))
    for key, tier in entries.tiers.items():
        write("tier.md.jinja", f"tiers/{key}.md", tier=tier, positions=entries.in_tier.get(key, []))
    for key, brand in entries.brands.items():
        write("brand.md.jinja", f"brands/{key}.md", brand=brand, positions=entries.of_brand.get(key, []))
    for section in ("positions", "towns", "tiers", "brands"):
        write(f"{section}.md.jinja", f"{section}/index.md")
    write("home.md.jinja", "index.md")
    _write_geojson(entries, docs / "data" / "positions.geojson")


def _write_geojson(entries: Entries, path: Path) -> None:
    """Written here and only copied by the peers: none of them makes such a file itself. An advantage for them."""
    path.parent.mkdir(parents=True, exist_ok=True)
    features = [_feature(position) for position in entries.positions.values()]
    collection = {"type": "FeatureCollection", "features": features}
    path.write_text(json.dumps(collection, ensure_ascii=False), encoding="utf-8", newline="\n")


def _feature(position: Entry) -> dict[str, Any]:
    kept = ("name", "tier", "town", "status", "address", "services", "hours")
    point = [float(position["location"]["lon"]), float(position["location"]["lat"])]
    return {
        "type": "Feature",
        "id": position["id"],
        "geometry": {"type": "Point", "coordinates": point},
        "properties": {name: position[name] for name in kept} | {"url": f"positions/{position['id']}.html"},
    }
