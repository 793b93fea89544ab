"""data/activities.js: the activities that lie ahead, for the browser to tell what takes place today and this week.

The rule: one row an activity, in the order of the directory; frontend/src/events/agenda.ts says what the columns are. Names,
times and places are told once each, since thousands of places do the same few things. `text` only numbers the texts: what says
something else is something else, and no list says it.
"""

from collections.abc import Iterator, Mapping

from haitang.site.exports import columns
from haitang.site.page import File, data_script
from haitang.site.views import Site


def build(site: Site, rows: Mapping[str, int] | None = None) -> Iterator[File]:
    """`rows`: the browser's row of each place by its id, where it is not its place in the directory."""
    row = [event.row if rows is None else rows[event.position.id] for event in site.programme.ahead]
    ahead = [event for _, event in sorted(zip(row, site.programme.ahead, strict=True), key=lambda each: each[0])]
    names, whens, places, texts = dict[str, int](), dict[str, int](), dict[str, int](), dict[str, int]()
    kinds = {kind.id: at for at, kind in enumerate(site.directory.settings.activity_kinds)}
    data = {
        "row": columns.sets([row]),
        "name": columns.numbers(names.setdefault(event.activity.name, len(names)) for event in ahead),
        "when": columns.numbers(whens.setdefault(event.data, len(whens)) for event in ahead),
        "place": columns.numbers(_number(places, event.activity.place) for event in ahead),
        "kind": columns.numbers(kinds.get(event.activity.kind or "", -1) for event in ahead),
        "text": columns.numbers(_number(texts, str(event.activity.text or "")) for event in ahead),
        "names": list(names),
        "whens": list(whens),
        "places": list(places),
        "kinds": [kind.name for kind in site.directory.settings.activity_kinds],
    }
    yield File("data/activities.js", data_script("activities", data))


def _number(numbers: dict[str, int], text: str | None) -> int:
    return numbers.setdefault(text, len(numbers)) if text else -1
