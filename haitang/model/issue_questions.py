"""What the issue forms ask: which questions, in which order, about which field; the same on every forge.

The rule: a question about a field takes its label, hint, example and choices from `fields` and directory.yml; what is asked
beyond the fields stands in `templates/words/fields.*.yml` under `forms`. Nothing here knows how a forge writes a form.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any, Literal, get_args

from haitang.model.field_specs import FieldSpec, entry_spec, with_own
from haitang.model.imprint import Repository
from haitang.model.messages import field_words
from haitang.model.paths import FOLDERS, EntryKind, quoted
from haitang.model.settings import Settings
from haitang.model.validation import tier_names

FormName = Literal["new", "correct", "verify"]
FORM_NAMES: tuple[FormName, ...] = get_args(FormName)

# Question → the position's field it fills; empty where it asks for something else. A star: must be answered.
_ASKED: Mapping[FormName, Mapping[str, str]] = {
    "new": {
        "name": "name*", "town": "town*", "tier": "tier", "site_kind": "site_kind", "community": "community", "host": "host",
        "address": "address", "hours": "hours", "closed_on_holidays": "closed_on_holidays", "phone": "phone",
        "services": "services", "facilities": "facilities", "story": "story", "source_title": "sources.title*",
        "source_publisher": "sources.publisher", "source_date": "sources.date", "source_url": "sources.url",
        "source_note": "sources.note",
    },
    "correct": {
        "subject": "*", "name": "name", "short_name": "short_name", "tier": "tier", "status": "status",
        "community": "community", "host": "host", "address": "address", "hours": "hours",
        "closed_on_holidays": "closed_on_holidays", "phone": "phone", "other": "", "source_title": "sources.title*",
        "source_publisher": "sources.publisher", "source_date": "sources.date", "source_url": "sources.url",
    },
    "verify": {"subject": "*", "result": "*", "on": "verified.on*", "by": "verified.by*", "changed": ""},
}  # fmt: skip
_LONG = ("story", "other", "changed")
SAME, CHANGED = "same", "changed"
# What a text of a page does not ask for: a place cannot move to another town, and of a source it wants one line.
_NOT_TOLD = ("town", "source_publisher", "source_date", "source_url", "source_note")
# Where each forge looks for the forms, and what it calls them. GitLab shows the file's name to people.
_FILES: Mapping[str, str] = {
    "github": ".github/ISSUE_TEMPLATE/{name}.yml",
    "gitea": ".gitea/ISSUE_TEMPLATE/{name}.yaml",
    "gitlab": ".gitlab/issue_templates/{title}.md",
}


@dataclass(frozen=True, slots=True)
class Question:
    """One question. `id` is what links fill it by; `path` the field it is about, empty where it is about none; `options` are
    values with the words they are chosen by, `called` what a directory calls them besides; with `many` several may be chosen;
    `long` takes several lines."""

    id: str
    path: str
    label: str
    hint: str
    example: str
    required: bool
    options: tuple[tuple[str, str], ...] = ()
    many: bool = False
    long: bool = False
    called: tuple[tuple[str, tuple[str, ...]], ...] = ()

    @property
    def field(self) -> str:
        """The entry's own field, `sources` for `sources.title`."""
        return self.path.partition(".")[0]


@dataclass(frozen=True, slots=True)
class Form:
    name: FormName
    title: str
    about: str
    questions: tuple[Question, ...]
    area_code: str = ""  # of telephone numbers that are written without one

    def question(self, own_id: str) -> Question:
        """Raises StopIteration."""
        return next(question for question in self.questions if question.id == own_id)


def form(name: FormName, settings: Settings) -> Form:
    """A form for one directory: its towns and its words to choose from are in it."""
    texts = field_words()["forms"][name]
    spec, questions = entry_spec("position"), []
    for own_id, asked in _ASKED[name].items():
        path = asked.rstrip("*")
        field = with_own(spec.field(path), settings) if path else None
        options = tuple(_options(own_id, field, settings))
        if field and field.vocabulary and not options:
            continue  # this directory has no words to choose from
        own: Mapping[str, Any] = field_words()["forms"]["questions"].get(own_id, {})
        question = Question(
            own_id,
            path,
            own.get("label") or (field.label if field else own_id),
            own.get("hint") or (field.hint if field else ""),
            own.get("example") or (field.example if field and own_id not in _LONG else ""),
            asked.endswith("*"),
            options,
            many=field is not None and field.kind == "list" and field.vocabulary is not None,
            long=own_id in _LONG,
            called=tuple(tier_names(settings).items()) if own_id == "tier" else (),
        )
        questions.append(question)
    return Form(name, texts["title"], texts["about"], tuple(questions), settings.area_code or "")


def _options(own_id: str, field: FieldSpec | None, settings: Settings) -> Iterator[tuple[str, str]]:
    texts = field_words()["forms"]
    if own_id == "result":
        yield from texts["result"].items()
    elif own_id == "town":
        yield from ((town.id, town.name) for area in settings.areas for town in area.towns)
        yield from ((area.id, texts["town_unknown"].format(area=area.name)) for area in settings.areas)
    elif own_id == "tier":
        yield from ((tier.id, tier.name) for tier in settings.tiers)
    elif field and field.vocabulary:
        yield from ((term.name, term.name) for term in getattr(settings.vocabularies, field.vocabulary))
    elif field and field.kind == "yes-no":
        yield from (("是", "是"), ("否", "否"))
    elif field:
        yield from field.choices


def form_file(forge: str, name: FormName) -> str:
    """The form's file in the repository of a forge."""
    return _FILES[forge].format(name=name, title=field_words()["forms"][name]["title"])


def subject(kind: EntryKind, own_id: str, name: str) -> str:
    """How a form names the entry it is about: readable, and found again by `kind_and_id`."""
    return str(field_words()["forms"]["subject"]).format(name=name, entry=f"{FOLDERS[kind]}/{own_id}")


def form_link(repository: Repository, name: FormName, about: str = "", called: str = "") -> str:
    """Where the forge opens a form, with the entry it is about filled in; `called` is that entry's name, for the title."""
    base, texts = repository.url.rstrip("/"), field_words()["forms"][name]
    if repository.kind == "gitlab":  # whose forms have no fields to fill: the entry is found again by the title
        title = texts["issue"].format(subject=about)
        return f"{base}/-/issues/new?issuable_template={quoted(texts['title'])}&issue%5Btitle%5D={quoted(title)}"
    title = texts["issue"].format(subject=called)
    file = form_file(repository.kind, name)
    if repository.kind == "gitea":
        filled = f"&field:subject={quoted(about)}" if about else ""
        return f"{base}/issues/new?template={quoted(file)}&title={quoted(title)}{filled}"
    filled = f"&subject={quoted(about)}" if about else ""
    return f"{base}/issues/new?template={file.rpartition('/')[2]}&title={quoted(title)}{filled}"


def told_text(about: str, missing: Iterable[str], address: str | None, language: str = "zh-CN") -> str:
    """What a page in a language offers to whoever knows better, to be filled in and sent in any way: `about` names the entry,
    empty where it is to be named; `missing` are labels of what nobody knows yet. `editors.issues.told` reads it back."""
    chinese = language.startswith("zh")
    words, colon = field_words()["forms"]["told" if chinese else "told_en"], "：" if chinese else ": "
    asked = [*missing, words["other"], words["source"]]
    lines = [words["header"] + about, *(f"{label}{colon}" for label in (asked if about else [words["subject"], *asked]))]
    return "\n".join([*lines, f"{words['page']}{colon}{address}"] if address else lines)


def told_form(settings: Settings) -> Form:
    """The questions that such a text may answer: those of the forms, under the same labels; none must be answered."""
    words, asked = field_words()["forms"]["told"], dict[str, Question]()
    names: tuple[FormName, ...] = ("correct", "new")
    for name in names:
        for question in form(name, settings).questions:
            asked.setdefault(question.id, replace(question, required=False))
    own = {"subject": words["subject"], "other": words["other"], "source_title": words["source"]}
    kept = {own_id: replace(question, label=own.get(own_id, question.label)) for own_id, question in asked.items()}
    questions = tuple(question for own_id, question in kept.items() if own_id not in _NOT_TOLD)
    return Form("correct", words["header"], "", questions, settings.area_code or "")
