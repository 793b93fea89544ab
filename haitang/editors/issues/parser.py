"""The body of an issue → the answers to one form.

The rule: a body comes from a stranger. It is cut up by the headings of one form and nothing else; whatever could be read in two
ways, or hides something, is refused and never guessed at.
"""

import re
from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from haitang.checks.facts import personal_number
from haitang.core.decoding import unseen
from haitang.core.problems import Place, Problem
from haitang.model.issue_questions import FORM_NAMES, Form, Question, form
from haitang.model.settings import Settings

MAX_BYTES = 32 * 1024
FORM = "issue"  # the place of problems that stand in no file
_HEADING = re.compile(r"### +(\S.{0,60}?) *")
# An entry as links and addresses of pages name it.
NAMED = re.compile(r"(positions|brands|routes|concepts|about)/(?:[a-z0-9-]{1,64}/)?([a-z0-9][a-z0-9-]{0,63})", re.ASCII)
_NO_ANSWER = frozenset(["", "_No response_", "*No response*", "No response", "None"])
_BETWEEN = re.compile(r"[,，、;；\n]")


@dataclass(frozen=True, slots=True)
class Complaint:
    """A problem with the answer to one question, or, without a label, with the whole."""

    label: str
    problem: Problem


@dataclass(frozen=True, slots=True)
class Filled:
    """A form that somebody filled in: answers by question; those left empty are not there, nor those complained of."""

    form: Form
    answers: Mapping[str, str | tuple[str, ...]]
    complaints: tuple[Complaint, ...] = ()

    def text(self, own_id: str) -> str:
        answer = self.answers.get(own_id, "")
        return answer if isinstance(answer, str) else ""


def read_body(body: str, settings: Settings, title: str = "") -> Filled | list[Complaint]:
    """The form a body belongs to, with its answers; or why that cannot be told, or what is missing. `title` is the issue's:
    where a forge cannot fill in a form, links name the entry there."""
    if len(body.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return [complaint("", "issue-too-long", limit=MAX_BYTES // 1024)]
    lines = _without_comments(body.replace("\r\n", "\n").replace("\r", "\n")).split("\n")
    asked = _form_of(lines, settings)
    if asked is None:
        return [complaint("", "issue-no-form")]
    twice = [label for label, count in Counter(_headings(lines, asked)).items() if count > 1]
    if twice:
        return [complaint(label, "issue-twice", field=label) for label in twice]
    written = _cut(lines, asked)
    found = {question.id: _answer(question, _written(question, written, title)) for question in asked.questions}
    complaints = [answer for answer in found.values() if isinstance(answer, Complaint)]
    if any(asked.question(own_id).required for own_id, answer in found.items() if isinstance(answer, Complaint)):
        return complaints
    answers = {own_id: answer for own_id, answer in found.items() if answer and not isinstance(answer, Complaint)}
    return Filled(asked, answers, tuple(complaints))


def _written(question: Question, written: Mapping[str, str], title: str) -> str:
    answer = written.get(question.label, "")
    return title if question.id == "subject" and answer in _NO_ANSWER and NAMED.search(title) else answer


def complaint(label: str, code: str, **values: str | int | tuple[str, ...]) -> Complaint:
    """A problem of a form; its place is the form, so that it needs no line."""
    return Complaint(label, Problem(Place(FORM), code, values))


def _without_comments(text: str) -> str:
    """Without `<!-- … -->`, which nobody sees; one that does not end is text."""
    kept, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        kept.append(text[at:start])
        at = end + 3
    return "".join([*kept, text[at:]])


def _headings(lines: list[str], asked: Form) -> Iterator[str]:
    """The headings that are questions of a form, as often as they stand there."""
    labels = {question.label for question in asked.questions}
    return (match[1] for line in lines if (match := _HEADING.fullmatch(line)) and match[1] in labels)


def _form_of(lines: list[str], settings: Settings) -> Form | None:
    """The only form all of whose required questions are there."""
    forms = [form(name, settings) for name in FORM_NAMES]
    fitting = [
        asked
        for asked in forms
        if {question.label for question in asked.questions if question.required} <= set(_headings(lines, asked))
    ]
    return fitting[0] if len(fitting) == 1 else None


def _cut(lines: list[str], asked: Form) -> dict[str, str]:
    """What stands under each heading. Other headings are part of what somebody wrote."""
    labels = {question.label for question in asked.questions}
    parts: dict[str, list[str]] = {}
    part: list[str] = []
    for line in lines:
        match = _HEADING.fullmatch(line)
        if match and match[1] in labels:
            part = parts[match[1]] = []
        else:
            part.append(line.rstrip())
    return {label: "\n".join(part).strip() for label, part in parts.items()}


def _answer(question: Question, written: str) -> str | tuple[str, ...] | Complaint:
    if written in _NO_ANSWER:
        return complaint(question.label, "issue-wanted", field=question.label) if question.required else ""
    if hidden := unseen(written, FORM):
        return Complaint(question.label, hidden[0])
    # What fills no field is shown in an answer all the same, and no check of the data would ever see it.
    if not question.path and (number := personal_number(written)):
        return complaint(question.label, number[0], field=question.label, value=number[1][0])
    if not question.long and "\n" in written and not question.many:
        return complaint(question.label, "one-line", field=question.label)
    return _chosen(question, written) if question.options else written


def _chosen(question: Question, written: str) -> str | tuple[str, ...] | Complaint:
    """The values behind the words that were chosen."""
    values = {shown: value for value, shown in question.options} | {value: value for value, _ in question.options}
    said = [part for text in _BETWEEN.split(written) if (part := text.strip(" \t-*").strip())] if question.many else [written]
    for part in said:
        if part not in values:
            known = tuple(shown for _, shown in question.options[:12])
            return complaint(question.label, "bad-choice", field=question.label, value=part, choices=known)
    chosen = tuple(dict.fromkeys(values[part] for part in said))
    return chosen if question.many else chosen[0]
