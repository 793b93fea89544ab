"""What explains or replaces: editors/fields.html (every field an entry may have, how it is written, with an example; and
schema/*.json for programs), editors/problems.html (every problem the check reports), offline.html, 404.html.

The rule: nothing about a field or a problem is said here that the schema and the words do not know.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

from haitang.core.problems import Place, Problem
from haitang.model.field_specs import MODELS, EntrySpec, FieldSpec, entry_spec, with_own
from haitang.model.json_schema import KINDS, SchemaKind, schema_text
from haitang.model.messages import LANGUAGES, code_words, words
from haitang.model.settings import Settings
from haitang.site import policy
from haitang.site.edition.recipe import Recipe
from haitang.site.page import FIELDS, NOT_FOUND, OFFLINE, PROBLEMS, SHARED, File, Page
from haitang.site.pages import made, recipe
from haitang.site.templates import Tree
from haitang.site.views import Site


def build(site: Site) -> Iterator[Page | Recipe]:
    own = site.templates.words
    for path, _ in NOT_FOUND.pages(site.directory):
        yield Page(path, NOT_FOUND, own["not_found"]["title"], own["not_found"]["text"], _not_found(site))
    for path, _ in OFFLINE.pages(site.directory):
        page = Page(path, OFFLINE, own["offline"]["title"], own["offline"]["text"])
        said = json.dumps(own["offline"]["said"], ensure_ascii=False)  # what only this page's script says
        yield recipe(path, OFFLINE, "offline", (), partial(made, site, page, "offline", said=said))
    yield recipe(FIELDS.path(), FIELDS, "fields", (), partial(_fields, site))
    for kind in KINDS:
        yield Recipe(f"schema/{kind}.json", (), partial(_schema, site, kind))
    yield recipe(PROBLEMS.path(), PROBLEMS, "problems", (), partial(_problems, site))


def _problems(site: Site) -> Page:
    own = site.templates.words["editors"]
    page = Page(PROBLEMS.path(), PROBLEMS, own["problems_title"], own["problems_description"])
    return made(site, page, "problems", groups=list(_groups(_editors(site))))


def _schema(site: Site, kind: SchemaKind) -> File:
    return File(f"schema/{kind}.json", schema_text(kind, site.directory.settings, _editors(site)).encode())


def _not_found(site: Site) -> str:
    """A server shows it under any address, so its links start at the site's root."""
    settings, own = site.directory.settings, site.templates.words["not_found"]
    top = urlsplit(settings.base_url or "").path.rstrip("/") + "/"
    updated = site.directory.updated.isoformat() if site.directory.updated else ""
    page = site.templates.render(
        "pages/not_found.html", settings=settings, root=top + site.folder, section="", languages="",
        updated=updated, title=own["title"], description=own["text"], base="", path="", site_title=settings.title,
        language=site.language, directory=site.directory, has_changes=bool(site.changes), tell_us=site.tell_us,
        has_activities=bool(site.events), policy=policy.of_pages(settings.map),
    )  # fmt: skip
    for shared in SHARED if site.folder else ():
        page = page.replace(f'"{top}{site.folder}{shared}', f'"{top}{shared}')
    return page


@dataclass(frozen=True, slots=True)
class Row:
    """A field as the table shows it; `limits` are sentences, `words` the anchor of the list its words come from."""

    field: FieldSpec
    depth: int
    limits: tuple[str, ...]
    words: str


def _fields(site: Site) -> Page:
    settings, own, language = site.directory.settings, site.templates.words["guide"], _editors(site)
    specs = [entry_spec(kind, language) for kind in MODELS]
    tables = [(spec, list(_rows(own, spec.fields, 0, settings))) for spec in specs]
    vocabularies = []
    for field in entry_spec("position", language).fields:
        if field.vocabulary:
            groups: dict[str, list[str]] = {}
            for term in getattr(settings.vocabularies, field.name):
                groups.setdefault(term.group or "", []).append(term.name)
            vocabularies.append(Tree(id=f"words-{field.vocabulary}", label=field.label, groups=groups.items()))
    return made(
        site, Page(FIELDS.path(), FIELDS, own["title"], own["description"]), "fields", tables=tables,
        vocabularies=vocabularies, settings=settings, way=_where,
    )  # fmt: skip


def _where(spec: EntrySpec) -> str:
    """Where files of a kind lie."""
    return f"{spec.folder}/{'…/' if spec.kind == 'position' else ''}….yml"


def _rows(own: Mapping[str, str], fields: Sequence[FieldSpec], depth: int, settings: Settings) -> Iterator[Row]:
    for field in (with_own(each, settings) for each in fields):
        yield Row(field, depth, tuple(_limits(own, field)), _words_of(field, settings))
        yield from _rows(own, field.item.parts if field.item else field.parts, depth + 1, settings)


def _limits(own: Mapping[str, str], field: FieldSpec) -> Iterator[str]:
    if field.longest and field.kind in ("text", "line", "prose"):
        yield own["longest"].format(count=field.longest)
    if field.least > 1:
        yield own["least"].format(count=field.least)
    if field.most:
        yield own["most"].format(count=field.most)
    if field.high is not None:
        yield own["above" if field.above else "between"].format(low=f"{field.low:g}", high=f"{field.high:.0f}")


def _words_of(field: FieldSpec, settings: Settings) -> str:
    if field.vocabulary:
        return f"words-{field.vocabulary}" if getattr(settings.vocabularies, field.vocabulary) else ""
    if field.relation == "activity_kind":
        return "activity-kinds" if settings.activity_kinds else ""
    return "towns" if field.relation == "town" else ""


def _groups(language: str) -> Iterator[Tree]:
    """The problems by group, each with its sentence, whose blanks stay open; why it matters where the language says it."""
    own, said = words(language), code_words(language)
    for name, group in code_words().items():
        explained = said[name].get("problems", {})
        problems = [
            Tree(
                code=code, level=Problem(Place(""), code).level, said=own.unfilled(code),
                **{key: explained.get(code, {}).get(key, "") for key in ("why", "wrong", "right")},
            )
            for code in group["problems"]
        ]  # fmt: skip
        yield Tree(id=name, title=said[name]["title"], lead=said[name]["lead"], problems=problems)


def _editors(site: Site) -> str:
    """The language of what editors read on a site: of those in which all of it is there."""
    return "en" if site.language == "en" else LANGUAGES[0]
