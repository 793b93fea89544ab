"""editors/fields.html: every field an entry may have, how it is written, with an example; and schema/*.json for programs.

The rule: made from `fields`, as the forms and checks are; nothing about a field is said here that they do not know.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from haitang.model.field_specs import MODELS, EntrySpec, FieldSpec, entry_spec
from haitang.model.json_schema import schemas
from haitang.model.paths import EntryKind
from haitang.model.settings import Settings, Term
from haitang.site.templates import File, Page
from haitang.site.views.position import Site


@dataclass(frozen=True, slots=True)
class Row:
    """A field as the table shows it; `limits` are sentences, `words` the anchor of the list its words come from."""

    field: FieldSpec
    depth: int
    limits: tuple[str, ...]
    words: str


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """A list of words, under the headings of its groups."""

    id: str
    label: str
    groups: tuple[tuple[str, tuple[str, ...]], ...]


def build(site: Site) -> Iterator[Page | File]:
    settings, words = site.directory.settings, site.templates.words["guide"]
    tables = [(spec, list(_rows(site, spec, spec.fields, 0))) for spec in map(entry_spec, _kinds())]
    vocabularies = [_vocabulary(field, getattr(settings.vocabularies, field.name)) for field in _with_words()]
    body = site.templates.render(
        "pages/fields.html", tables=tables, vocabularies=vocabularies, settings=settings, root="../", way=way
    )
    yield Page("editors/fields.html", "concepts", words["title"], words["description"], body)
    for file, text in schemas(settings).items():
        yield File(f"schema/{file}", text.encode())


def way(spec: EntrySpec) -> str:
    """Where files of a kind lie."""
    return f"{spec.folder}/{'…/' if spec.kind == 'position' else ''}….yml"


def _kinds() -> tuple[EntryKind, ...]:
    return tuple(MODELS)


def _rows(site: Site, spec: EntrySpec, fields: Sequence[FieldSpec], depth: int) -> Iterator[Row]:
    for field in fields:
        yield Row(field, depth, tuple(_limits(site, field)), _words_of(field, site.directory.settings))
        yield from _rows(site, spec, field.item.parts if field.item else field.parts, depth + 1)


def _limits(site: Site, field: FieldSpec) -> Iterator[str]:
    told = site.templates.words["guide"]
    if field.longest and field.kind in ("text", "line", "prose"):
        yield told["longest"].format(count=field.longest)
    if field.least > 1:
        yield told["least"].format(count=field.least)
    if field.most:
        yield told["most"].format(count=field.most)
    if field.high is not None:
        yield told["above" if field.above else "between"].format(low=f"{field.low:g}", high=f"{field.high:.0f}")


def _words_of(field: FieldSpec, settings: Settings) -> str:
    if field.vocabulary:
        return f"words-{field.vocabulary}" if getattr(settings.vocabularies, field.vocabulary) else ""
    if field.relation == "activity_kind":
        return "activity-kinds" if settings.activity_kinds else ""
    return "towns" if field.relation == "town" else ""


def _with_words() -> Iterator[FieldSpec]:
    return (field for field in entry_spec("position").fields if field.vocabulary)


def _vocabulary(field: FieldSpec, terms: Sequence[Term]) -> Vocabulary:
    groups: dict[str, list[str]] = {}
    for term in terms:
        groups.setdefault(term.group or "", []).append(term.name)
    return Vocabulary(f"words-{field.vocabulary}", field.label, tuple((group, tuple(names)) for group, names in groups.items()))
