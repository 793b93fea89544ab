"""The issue forms as files of each forge, and the schemas for editors' programs: what a repository must hold of them.

The rule: made from `forms` and `json_schema`, committed with the data, and told when they are no longer what they would be.
"""

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from haitang.core.atomic_files import write_atomic
from haitang.model.issue_questions import FORM_NAMES, Form, form, form_file
from haitang.model.json_schema import FOLDER, schemas
from haitang.model.messages import field_words
from haitang.model.settings import Settings


def generated(settings: Settings) -> dict[str, str]:
    """Every generated file of a repository by its path, with its text."""
    files: dict[str, str] = {}
    for name in FORM_NAMES:
        issue_form = form(name, settings)
        files[form_file("github", name)] = _yaml_form(issue_form, "description")
        files[form_file("gitea", name)] = _yaml_form(issue_form, "about")
        files[form_file("gitlab", name)] = _markdown_form(issue_form)
    return files | {f"{FOLDER}/{file}": text for file, text in schemas(settings).items()}


def stale(root: Path, files: dict[str, str]) -> list[str]:
    """The generated files that are not there, or not as they would be written now."""

    def differs(path: Path, text: str) -> bool:
        try:
            return path.read_bytes() != text.encode()
        except OSError:
            return True

    return [file for file, text in files.items() if differs(root / file, text)]


def write(root: Path, files: dict[str, str]) -> list[str]:
    """Writes what is stale, and names it."""
    written = stale(root, files)
    for file in written:
        write_atomic(root / file, files[file])
    return written


def _yaml_form(issue_form: Form, about: str) -> str:
    """GitHub's and Gitea's form: the same but for the name of the description."""
    text = field_words()["forms"]
    body: list[Any] = [{"type": "markdown", "attributes": {"value": f"{issue_form.about}\n\n**{text['privacy']}**\n"}}]
    for question in issue_form.questions:
        attributes: dict[str, Any] = {"label": question.label, "description": question.hint}
        kind = "dropdown" if question.options else "textarea" if question.long else "input"
        if question.options:
            attributes["options"] = [shown for _, shown in question.options]
            attributes |= {"multiple": True} if question.many else {}
        elif question.example:
            attributes["placeholder"] = question.example
        body.append({"type": kind, "id": question.id, "attributes": attributes, "validations": {"required": question.required}})
    title = text[issue_form.name]["issue"].format(subject="")
    tree = {"name": issue_form.title, about: issue_form.about, "title": title, "labels": [text["label"]], "body": body}
    return f"# {text['generated']}\n" + "".join(_yaml(tree))


def _yaml(node: Any, indent: str = "") -> Iterator[str]:
    """Plain data as YAML in block style; a text as JSON writes it, which is YAML too."""
    for name, value in node.items() if isinstance(node, dict) else (("-", item) for item in node):
        key = name if name == "-" else f"{name}:"
        if isinstance(value, dict) and name == "-":
            lines = "".join(_yaml(value, f"{indent}  "))
            yield f"{indent}- {lines.removeprefix(indent + '  ')}"
        elif isinstance(value, dict | list):
            yield f"{indent}{key}\n"
            yield from _yaml(value, f"{indent}  ")
        else:
            yield f"{indent}{key} {json.dumps(value, ensure_ascii=False)}\n"


def _markdown_form(issue_form: Form) -> str:
    """GitLab's form: a text with the same headings, the hints in comments that nobody sees afterwards. It puts the label on by
    itself; before the first heading, where nobody looks for an answer, should the line stay."""
    text = field_words()["forms"]
    parts = [_comment(issue_form.about, text["privacy"]), f'/label ~"{text["label"]}"\n']
    for question in issue_form.questions:
        lines = [text["required"]] if question.required else []
        lines += [question.hint]
        if question.options:
            lines.append(text["choices"].format(choices="、".join(shown for _, shown in question.options)))
        elif question.example:
            lines.append(text["example"].format(example=question.example))
        parts.append(f"### {question.label}\n\n{_comment(*lines)}\n")
    return "\n".join(parts)


def _comment(*lines: str) -> str:
    """What directory.yml says must not end the comment."""
    inside = "\n".join(line for line in lines if line).replace("--", "—")
    return f"<!-- {inside} -->\n"
