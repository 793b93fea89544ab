"""config.yml of the form editor: a collection for each kind of file, a box for each field of the model, in its order.

The rule: nothing about a field is said here that `field_specs` or directory.yml does not say. Dates and numbers are boxes for
text: an editor's `9:30` or `2019-07` reaches the file as it was typed.
"""

from collections.abc import Iterable
from typing import Any
from urllib.parse import urlsplit

from haitang.model.field_specs import MODELS, EntrySpec, FieldSpec, entry_spec, with_own
from haitang.model.imprint import Repository
from haitang.model.messages import field_words
from haitang.model.paths import EntryKind
from haitang.model.settings import Settings
from haitang.site.form_editor.choices import choices

Tree = dict[str, Any]
JUDGED = ("string", "text", "image", "time", "select", "relation", "list", "place")  # boxes that show what `judge.ts` tells
# The editor looks again at a box that has a pattern as soon as it is left; what it holds is judged by rules.js alone.
ANYTHING = ["", ""]
PROPOSALS = "bianji"  # the branch that takes changes where the forge's editor cannot make pull requests


def config(settings: Settings, api: str | None = None) -> Tree:
    """What config.yml holds. `api` is where the local editor's server is asked; without it, changes go to the repository."""
    words = field_words()["admin"]
    return {
        **({"backend": {"name": "proxy", "proxy_url": api, "branch": "main"}} if api else backend(settings.repository)),
        "locale": "zh_Hans",
        "logo": {"src": "../assets/favicon.svg", "show_in_header": False},
        "site_url": "../index.html",
        "display_url": words["site"],
        "show_preview_links": False,
        "editor": {"preview": False},
        "media_folder": "photos",
        "public_folder": "",
        # A phone's picture tells where and when it was taken, and by which phone.
        "media_processing": {"enabled": True, "strip_metadata": True, "quality": 88},
        "slug": {"encoding": "ascii", "clean_accents": True, "sanitize_replacement": "-"},
        "collections": [collection(entry_spec(kind), settings) for kind in MODELS],
    }


def backend(repository: Repository | None) -> Tree:
    """How the forge is reached. Gitea's backend knows no drafts: its changes go to a branch of their own."""
    if repository is None:
        return {}
    base, name = forge(repository)
    tree: Tree = {"name": repository.kind, "repo": name, "branch": repository.branch}
    if repository.kind == "gitea":
        tree |= {"branch": PROPOSALS, "base_url": base, "api_root": f"{base}/api/v1", "app_id": repository.app_id}
    elif repository.kind == "gitlab":
        tree |= {"auth_type": "pkce", "base_url": base, "api_root": f"{base}/api/v4", "app_id": repository.app_id}
    else:
        auth = urlsplit(repository.auth_url or "")
        tree |= {"base_url": f"{auth.scheme}://{auth.netloc}", "auth_endpoint": auth.path.strip("/") or "auth"}
        tree |= {} if urlsplit(base).netloc == "github.com" else {"api_root": f"{base}/api/v3"}
    tree["commit_messages"] = {kind: f"{verb} {{{{slug}}}}" for kind, verb in _COMMITS.items()}
    return {"backend": tree} | ({} if repository.kind == "gitea" else {"publish_mode": "editorial_workflow"})


_COMMITS = {
    "create": "Add", "update": "Change", "delete": "Remove", "uploadMedia": "Add picture", "deleteMedia": "Remove picture",
}  # fmt: skip


def forge(repository: Repository) -> tuple[str, str]:
    """The forge's own address and the repository's name in it. GitLab's groups nest; it stands at the root of its host."""
    url = urlsplit(repository.url.rstrip("/").removesuffix(".git"))
    steps = url.path.strip("/").split("/")
    at = 0 if repository.kind == "gitlab" else max(len(steps) - 2, 0)
    return "/".join([f"{url.scheme}://{url.netloc}", *steps[:at]]), "/".join(steps[at:])


def api_origins(repository: Repository) -> tuple[str, ...]:
    """The hosts that the editor's page must ask: the forge's API, and GitHub's pictures of its users."""
    url = urlsplit(repository.url)
    if repository.kind == "github" and url.netloc == "github.com":
        return ("https://api.github.com",)
    return (f"{url.scheme}://{url.netloc}",)


def collection(spec: EntrySpec, settings: Settings) -> Tree:
    """One kind of file. No file is taken away here: a place that closes stays and says so, and its QR code goes on working."""
    words = field_words()["admin"]
    tree: Tree = {
        "name": spec.kind,
        "label": spec.label,
        "label_singular": spec.label,
        "folder": spec.folder,
        "extension": "yml",
        "format": "yaml",
        "create": True,
        "delete": False,
        "identifier_field": "id",
        "slug": "{{id}}",
        "summary": words["summary"].format(name="{{name}}", id="{{id}}"),
        "sortable_fields": ["name", "id"],
    }
    if spec.kind == "position":
        tree["path"] = "{{town}}/{{slug}}"
        groups = (("view_towns", "town"), ("view_status", "status"))
        tree["view_groups"] = [{"label": words[key], "field": field} for key, field in groups]
    return tree | {"fields": [box(field, spec.kind, settings) for field in spec.fields]}


def box(field: FieldSpec, kind: EntryKind, settings: Settings, *, optional: bool = False) -> Tree:
    """One field, for the editor. `optional`: it stands in a group that may be left out, which the editor cannot know."""
    words = field_words()["admin"]
    tree: Tree = {"name": field.name, "label": field.label, "required": field.required and not optional}
    if hint := _hint(with_own(field, settings), kind):
        tree["hint"] = hint
    tree |= _widget(field, kind, settings)
    if tree["widget"] in JUDGED:
        tree |= {"rule": f"{kind}.{field.path}", "pattern": ANYTHING}
    if not optional and (field.path == "id" or (kind == "position" and field.path == "town")):
        tree["fixed"] = words["fixed"]
    return tree


def _hint(field: FieldSpec, kind: EntryKind) -> str:
    """What is chosen here is typed at other doors: such hints have words of their own, and need no example."""
    words = field_words()["admin"]
    own = words["hints"].get(f"{kind}.{field.path}") or words["hints"].get(field.name)
    holds = field.item or field
    typed = field.example and holds.kind not in ("choice", "photo", "yes-no") and not (holds.relation or holds.vocabulary)
    key = "hint_with_example" if typed else "hint"
    return str(words[key].format(hint=own or field.hint, example=field.example))


def _widget(field: FieldSpec, kind: EntryKind, settings: Settings) -> Tree:
    if field.relation or field.vocabulary:
        return _chosen(field, kind, settings)
    if field.kind == "list":
        return _list(field, kind, settings)
    if field.kind == "fields":
        inner = [box(part, kind, settings, optional=not field.required) for part in field.parts]
        group = {"widget": "object", "collapsed": True, "fields": inner}
        return _place(field, kind, settings) if field.path == "location" else group
    if field.kind in ("choice", "yes-no"):
        return {"widget": "select", "options": _options(choices(field, settings))}
    if field.kind == "photo":
        return {"widget": "image", "media_folder": "/photos", "public_folder": "", "choose_url": False}
    # Times have our own box, which shows how they are read.
    return {"widget": {"prose": "text", "hours": "time", "when": "time"}.get(field.kind, "string")}


def _options(choices: Iterable[tuple[str, str]]) -> list[Tree]:
    return [{"value": value, "label": label} for value, label in choices]


def _chosen(field: FieldSpec, kind: EntryKind, settings: Settings) -> Tree:
    """What stands in directory.yml or in other files is chosen, not typed."""
    limits = _limits(field)
    if field.relation in ("position", "brand"):
        found = {"collection": field.relation, "value_field": "id", "display_fields": ["name"], "search_fields": ["name", "id"]}
        return {"widget": "relation", **found, **limits}
    options = choices(field, settings)
    if not options:  # an empty list of choices is none that the editor takes
        return _list(field, kind, settings) if field.kind == "list" else {"widget": "string"}
    return {"widget": "select", "options": _options(options), **limits}


def _limits(field: FieldSpec) -> Tree:
    if field.kind != "list":
        return {}
    least = field.least or int(field.required)
    return {"multiple": True, **({"max": field.most} if field.most else {}), **({"min": least} if least else {})}


def _list(field: FieldSpec, kind: EntryKind, settings: Settings) -> Tree:
    assert field.item
    limits = {name: limit for name, limit in _limits(field).items() if name != "multiple"}
    folded = {"collapsed": not field.required, "minimize_collapsed": not field.required}
    shape = {"widget": "list", "label_singular": field.label, **folded, **limits}
    if field.required and field.is_table:
        shape["default"] = [{}]  # the editor looks into a list only once there is something in it
    if not field.is_table:
        return shape | {"field": box(field.item, kind, settings)}
    first = next((part.name for part in field.item.parts if part.required), field.item.parts[0].name)
    return shape | {
        "summary": f"{{{{fields.{first}}}}}",
        "fields": [box(part, kind, settings) for part in field.item.parts],
    }


def _place(field: FieldSpec, kind: EntryKind, settings: Settings) -> Tree:
    """Our own box: a drawing of the towns to point at. What it draws and says comes with it."""
    places = [place for area in settings.areas for place in area.towns]
    towns = [(place.short_name or place.name, place.location.wgs84) for place in places if place.location]
    return {
        "widget": "place",
        "fields": [box(part, kind, settings, optional=True) for part in field.parts],
        "words": field_words()["admin"]["place"],
        "towns": [{"name": name, "lon": round(at.lon, 5), "lat": round(at.lat, 5)} for name, at in towns],
        "bounds": [[edge.west, edge.south, edge.east, edge.north] for area in settings.areas if (edge := area.bounds)],
    }
