"""data/needs.js: what one may need, with the words people have for it; frontend/src/data/needs.ts reads it.

One row a need in the order of `needs_of`. Which places have it stands in data/facts.js, by the name. Beside them what the
search needs to understand people (`spoken`: words that say nothing of what is wanted) and to help where it finds nothing
(`hotlines`, `ways`).
"""

from collections.abc import Iterator
from typing import get_args

from haitang.data.needs import NeedKind
from haitang.site.exports import columns
from haitang.site.page import File, data_script
from haitang.site.views import Site

KINDS = get_args(NeedKind)  # as in frontend/src/data/needs.ts


def build(site: Site) -> Iterator[File]:
    needs = site.needs
    data = {
        "kind": columns.numbers(KINDS.index(need.kind) for need in needs),
        "id": columns.texts(need.id for need in needs),
        "name": columns.texts(need.name for need in needs),
        "also": columns.texts("\t".join(need.also) for need in needs),
        "icon": columns.texts(need.icon for need in needs),
        "group": columns.texts(need.group for need in needs),
        "hotlines": [[each.name, each.phone, each.text or ""] for each in site.directory.settings.hotlines],
        "spoken": site.templates.words.search_words.spoken,
        "ways": {way: [told.name, *told.words] for way, told in site.templates.words.search_words.ways.items()},
    }
    yield File("data/needs.js", data_script("needs", data))
