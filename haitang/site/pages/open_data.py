"""data/index.html: what the release holds and what each of its fields means, with examples from it.

The rule: nothing of a field is said here that `release.v1` and the words do not know; the examples are what is published, in
whatever language the page is.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from functools import partial
from typing import Any

from haitang.model.messages import traditional, words
from haitang.site.edition.recipe import Recipe
from haitang.site.exports.release import v1
from haitang.site.exports.release.collections import subsets
from haitang.site.exports.release.converted import Converter
from haitang.site.exports.release.files import brand_path, head, position_path
from haitang.site.linked.feed import RELEASED
from haitang.site.page import OPEN_DATA, SNIPPET, Page
from haitang.site.pages import made, recipe
from haitang.site.templates import Tree
from haitang.site.views import Site

_LOOKED_AT = 200  # places among which examples are looked for
_LONGEST, _ITEMS = 60, 2  # characters of an example, and items of a list
_HAN = re.compile("[\u3400-\u9fff]")


def build(site: Site) -> Iterator[Recipe]:
    of = site.prerequisites
    yield recipe(OPEN_DATA.path(), OPEN_DATA, "open_data", (of.everything,), partial(_page, site), day=True)


def _page(site: Site) -> Page:
    own = site.templates.words["open_data"]
    # A page in another script of the same language has no texts of the files: they are not written so.
    is_rewritten = site.first is not None and site.language.startswith("zh")
    examples = {at: text for at, text in _examples(site.first or site) if not (is_rewritten and _HAN.search(text))}
    labels = _Labels(site)
    tables = [(record, labels.of_record(record), _rows(own, labels, record, examples)) for record in v1.all_records()]
    page = Page(OPEN_DATA.path(), OPEN_DATA, own["title"], own["description"])
    attribution = head(site, "directory")["attribution"]
    return made(
        site, page, "open_data", tables=tables, files=[*_files(site)], attribution=attribution, settings=site.directory.settings
    )


def _files(site: Site) -> Iterator[Tree]:
    """The files by what they are, each with one that there is."""
    directory, folder = site.directory, v1.FOLDER
    yield Tree(key="directory", path=f"{folder}directory.json", to=f"{folder}directory.json")
    for key, name in (("positions_geojson", "positions.geojson"), ("positions_csv", "positions.csv")):
        yield Tree(key=key, path=folder + name, to=folder + name)
    yield Tree(key="activities", path=f"{folder}activities.ics", to=f"{folder}activities.ics")
    if site.changes:
        yield Tree(key="changes", path=RELEASED, to=RELEASED)
    for position in directory.positions[:1]:
        yield Tree(key="position", path=position_path("…"), to=position_path(position.id))
    for brand in directory.brands[:1]:
        yield Tree(key="brand", path=brand_path("…"), to=brand_path(brand.id))
    first = {subset.kind: subset for subset in subsets(site) if subset.positions}
    for kind, key in (("town", "town"), ("tier", "tier"), ("brand", "brand_positions"), ("need", "need")):
        if subset := first.get(kind):
            yield Tree(key=key, path=f"{v1.SUBSETS[kind]}….geojson", to=subset.path)
    yield Tree(key="schema", path=f"{folder}schema/….json", to=f"{folder}schema/directory.json")
    yield Tree(key="package", path=f"{folder}datapackage.json", to=f"{folder}datapackage.json")
    yield Tree(key="sums", path=f"{folder}SHA256SUMS", to=f"{folder}SHA256SUMS")
    yield Tree(key="embed", path=SNIPPET.path(), to=SNIPPET.path())
    yield Tree(key="former", path="data/positions.geojson", to="data/positions.geojson")


class _Labels:
    """What fields and records are called on the page."""

    def __init__(self, site: Site) -> None:
        self._own = site.templates.words["open_data"]
        self.comma, self.list_comma = str(site.templates.words["comma"]), str(site.templates.words["list_comma"])
        self._of_model: Mapping[str, str] = words("en" if site.language == "en" else "zh-CN").tree["fields"]
        self._converted = traditional().text if site.language == "zh-TW" else str
        self._holding = {field.record.name: field for record in v1.all_records() for field in record.fields if field.record}

    def of_record(self, record: v1.Record) -> str:
        own = self._own["records"]
        if record.name in own:
            return str(own[record.name])
        return str(self._own["pair"].format(record=self._label(self._holding[record.name].name), name=record.name))

    def of_field(self, record: v1.Record, field: v1.Field) -> str:
        names = self._own["names"]
        for name in (f"{record.name.lower()}_{field.name}", field.name):
            if name in names:
                return str(names[name])
        if field.name in self._of_model:
            return self._label(field.name)
        base = field.name.removesuffix("s").removesuffix("_name")
        known = next(name for name in (base, f"{base}s", f"{base[:-1]}ies") if name in self._of_model)
        return str(self._own["name_of"].format(name=self._label(known)))

    def _label(self, name: str) -> str:
        return self._converted(self._of_model[name])


def _rows(own: Any, labels: _Labels, record: v1.Record, examples: Mapping[tuple[str, str], str]) -> list[Tree]:
    return [
        Tree(
            name=field.name, label=labels.of_field(record, field), about=labels.comma.join(_about(own, labels, field)),
            required=field.required, record=field.record and field.record.name,
            example=examples.get((record.name, field.name), ""),
        )
        for field in record.fields
    ]  # fmt: skip


def _about(own: Any, labels: _Labels, field: v1.Field) -> Iterator[str]:
    kind = own["record"].format(record=labels.of_record(field.record)) if field.record else own["types"][field.kind]
    yield own["list"].format(type=kind) if field.many else kind
    if field.unit:
        yield own["unit"].format(unit=own["units"][field.unit])
    if field.choices:
        yield own["choices"].format(choices=labels.list_comma.join(field.choices))


def _shown(value: Any) -> str:
    """An example as a reader of JSON sees it, cut short."""
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, tuple | list):
        return ", ".join(map(_shown, value[:_ITEMS])) + (", …" if len(value) > _ITEMS else "")
    text = " ".join(str(value).split())
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"


def _examples(site: Site) -> Iterator[tuple[tuple[str, str], str]]:
    """Of each field the first value there is, by the names of record and field."""
    directory, converter = site.directory, Converter(site)
    found: dict[tuple[str, str], Any] = {}
    _take(found, v1.HEAD, head(site, "directory"))
    _take(found, v1.DIRECTORY, converter.of(v1.DIRECTORY, directory.settings))
    for subset in subsets(site):
        _take(found, v1.SUBJECT, {"kind": subset.kind, "id": subset.id, "name": subset.name})
    entries: tuple[tuple[v1.Record, Iterable[Any]], ...] = (
        (v1.POSITION, directory.positions[:_LOOKED_AT]), (v1.BRAND, directory.brands[:_LOOKED_AT]),
        (v1.ROUTE, directory.routes[:_LOOKED_AT]), (v1.CHAPTER, directory.chapters),
    )  # fmt: skip
    for record, those in entries:
        for entry in those:
            _take(found, record, converter.of(record, entry))
    return ((at, _shown(value)) for at, value in found.items())


def _take(found: dict[tuple[str, str], Any], record: v1.Record, told: Mapping[str, Any]) -> None:
    for field in record.fields:
        value = told.get(field.name)
        if value is not None and field.record:
            for each in value if field.many else (value,):
                _take(found, field.record, each)
        elif value is not None:
            found.setdefault((record.name, field.name), value)
