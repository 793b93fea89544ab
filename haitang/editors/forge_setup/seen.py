"""What of the switches can be seen in the repository: settings, workflows, forms, owners. Nothing is asked of any host.

The rule: a workflow is read as the text and the YAML that it is; one that was changed is right if it does what is needed.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from haitang.core.problems import Value
from haitang.data.git import never_added
from haitang.editors.forge_setup.switches import Forge, published_at
from haitang.editors.issues.templates import generated, stale
from haitang.model.json_schema import FOLDER
from haitang.model.messages import field_words
from haitang.model.settings import Settings
from haitang.source.parser import Fields, parse

OWNERS: dict[Forge, str] = {forge: f".{forge}/CODEOWNERS" for forge in ("github", "gitlab", "gitea")}
NOBODY = "@haitang-owners"  # who stands there until somebody puts himself
_CHECKS: dict[Forge, str] = {
    "github": ".github/workflows/check.yml", "gitlab": ".gitlab-ci.yml", "gitea": ".gitea/workflows/check.yml"
}  # fmt: skip
_PUBLISHES: dict[Forge, str] = {
    "github": ".github/workflows/publish.yml", "gitlab": ".gitlab-ci.yml", "gitea": ".gitea/workflows/publish.yml"
}  # fmt: skip
# The workflows that propose something by themselves, and by which words they say what the checks of that said.
_PROPOSES: dict[Forge, dict[str, str]] = {
    "github": {".github/workflows/issue.yml": "/statuses/"},
    "gitlab": {},
    "gitea": {f".gitea/workflows/{name}.yml": "forge.py status " for name in ("issue", "bianji")},
}
_OTHERS: dict[Forge, tuple[str, ...]] = {
    "github": (".github/workflows/comment.yml",), "gitlab": (), "gitea": (".gitea/forge.py",)
}  # fmt: skip
_JOBS: dict[Forge, tuple[str, ...]] = {
    "github": ("check", "review"),
    "gitlab": ("check", "test", "review"),
    "gitea": ("check",),
}


@dataclass(frozen=True, slots=True)
class Seen:
    """Something about a switch: the key of its sentence in the words under `forge`, and what fills that. `is_wrong` is what
    has to be mended first, the rest is advice. `lines` are to be written as they are."""

    switch: str
    key: str
    values: dict[str, Value] = field(default_factory=dict)
    is_wrong: bool = True
    lines: tuple[str, ...] = ()


def label() -> str:
    """The label that the forms put on by themselves."""
    return str(field_words()["forms"]["label"])


def workflows(forge: Forge) -> tuple[str, ...]:
    """The files by which a forge checks and publishes."""
    return tuple(dict.fromkeys((_CHECKS[forge], *_OTHERS[forge], *_PROPOSES[forge], _PUBLISHES[forge])))


def seen(root: Path, settings: Settings, forge: Forge, address: str) -> list[Seen]:
    """Everything that is wrong or worth a word; `address` is where the repository is, or could be."""
    texts = {file: _text(root / file) for file in workflows(forge)}
    missing = tuple(file for file, text in texts.items() if text is None)
    there = {file: text for file, text in texts.items() if text is not None}
    told = [*_of_settings(settings, forge, address)]
    told += [Seen("files", "file_missing", {"files": missing})] if missing else []
    told += _of_forms(root, settings, forge)
    for file, text in there.items():
        told += _of_workflow(file, text, forge)
    told += _of_pulls(there, forge)
    told += _of_owners(root, forge)
    told += _of_branch(there, settings, forge)
    return told


def _of_settings(settings: Settings, forge: Forge, address: str) -> Iterator[Seen]:
    repository, lines = settings.repository, ("repository:", f"  url: {address}", f"  kind: {forge}")
    if repository is None:
        yield Seen("settings", "no_repository", lines=lines)
    elif repository.kind != forge:
        yield Seen("settings", "kind_differs", {"kind": repository.kind, "forge": forge}, lines=lines)
    if not settings.base_url:
        example = published_at(repository.url) if repository and forge == "github" else ""
        yield Seen(f"{forge}_pages", "no_base_url", {"example": example or "https://…/"}, is_wrong=False)


def _of_forms(root: Path, settings: Settings, forge: Forge) -> Iterator[Seen]:
    files = {file: text for file, text in generated(settings).items() if file.startswith((f".{forge}/", f"{FOLDER}/"))}
    if old := stale(root, files):
        yield Seen("files", "forms_old", {"files": tuple(old)})
    if left := never_added(root, (*workflows(forge), OWNERS[forge], *files)):
        yield Seen("files", "not_committed", {"files": tuple(left)})


def _of_workflow(file: str, text: str, forge: Forge) -> Iterator[Seen]:
    if file.endswith(".py"):
        return
    tree = parse(text, file)
    if not isinstance(tree, Fields):
        yield Seen("files", "file_broken", {"file": file})
        return
    jobs = tree if forge == "gitlab" else tree.get("jobs", {})
    if file == _CHECKS[forge]:
        yield from (Seen("files", "no_job", {"file": file, "job": name}) for name in _JOBS[forge] if name not in jobs)
        if "build.py test" not in text:
            yield Seen("files", "no_tests", {"file": file})
    for action in re.findall(r"^\s*(?:- )?uses:\s*['\"]?([^\s'\"#]+)", text, re.MULTILINE):
        if forge == "gitea":
            yield Seen("files", "foreign_action", {"file": file, "action": action})
        elif not action.startswith(("./", "$/")) and not re.search(r"@[0-9a-f]{40}$", action):
            yield Seen("files", "loose_action", {"file": file, "action": action})


def _of_pulls(there: dict[str, str], forge: Forge) -> Iterator[Seen]:
    """Pull requests that a workflow opens start no checks: somebody must say on the commit what checks said."""
    for file, says in _PROPOSES[forge].items():
        if says not in there.get(file, says):
            yield Seen("files", "unchecked_pulls", {"file": file})
        if file.endswith("/issue.yml") and label() not in there.get(file, label()):
            yield Seen(f"{forge}_labels", "label_differs", {"file": file, "label": label()})


def _of_owners(root: Path, forge: Forge) -> Iterator[Seen]:
    file = OWNERS[forge]
    text = _text(root / file)
    if text is None:
        yield Seen("owners", "owners_missing", {"file": file})
    elif any(NOBODY in line for line in text.splitlines() if not line.lstrip().startswith("#")):
        yield Seen("owners", "owners_left", {"file": file})


def _of_branch(there: dict[str, str], settings: Settings, forge: Forge) -> Iterator[Seen]:
    """GitLab's file asks for the default branch, whatever it is called; the others name it."""
    branch = settings.repository.branch if settings.repository else "main"
    named = re.search(r"branches:\s*\[([^\]]*)\]", there.get(_PUBLISHES[forge], "")) if forge != "gitlab" else None
    if named and branch not in [name.strip(" '\"") for name in named[1].split(",")]:
        yield Seen("files", "branch_differs", {"file": _PUBLISHES[forge], "named": named[1], "branch": branch})


def _text(path: Path) -> str | None:
    try:
        return path.read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError):
        return None
