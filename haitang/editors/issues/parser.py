"""The body of an issue → the answers to one form.

The rule: a body comes from a stranger. It is cut up by the headings of one form and nothing else; whatever could be read in two
ways, or hides something, is refused and never guessed at.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace

from haitang.core.decoding import unseen
from haitang.core.problems import Place, Problem
from haitang.model.issue_questions import FORM_NAMES, Form, Question, form
from haitang.model.messages import LANGUAGES, words
from haitang.model.settings import Settings
from haitang.model.written.lines import with_line_breaks
from haitang.model.written.lists import known_items
from haitang.model.written.personal import personal_number
from haitang.model.written.places import town_names, town_within
from haitang.model.written.unknown import is_unknown

MAX_BYTES = 32 * 1024
FORM = "issue"  # the place of problems that stand in no file
_LIKE_HEADING = re.compile(r"\s*(?:[#＃]{1,6}|\*\*|[【「])\s*\S.{0,60}")
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
    """A form that somebody filled in: answers by question; those left empty are not there, nor those complained of.
    What said that nothing is known was left empty, and is told as a hint."""

    form: Form
    answers: Mapping[str, str | tuple[str, ...]]
    complaints: tuple[Complaint, ...] = ()

    def text(self, question: str) -> str:
        answer = self.answers.get(question, "")
        return answer if isinstance(answer, str) else ""


def read_body(body: str, settings: Settings, title: str = "") -> Filled | list[Complaint]:
    """The form a body belongs to, with its answers; or why that cannot be told, or what is missing. `title` is the issue's:
    where a forge cannot fill in a form, links name the entry there."""
    if len(body.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return [complaint("", "issue-too-long", limit=MAX_BYTES // 1024)]
    lines = _without_comments(with_line_breaks(body)).split("\n")
    fitting, edited = [], dict[str, str]()
    for name in FORM_NAMES:
        issue_form = form(name, settings)
        sections = _sections(lines, issue_form)
        edited = edited or _edited_headings(lines, issue_form, sections)
        if {question.label for question in issue_form.questions if question.required} <= {label for label, _ in sections}:
            fitting.append((issue_form, sections))
    if len(fitting) == 1:
        edited = _edited_headings(lines, *fitting[0])
    if edited:
        return [complaint("", "issue-heading", value=heading, guess=f"### {label}") for heading, label in edited.items()]
    if len(fitting) != 1:
        return [complaint("", "issue-no-form")]
    issue_form, sections = fitting[0]
    if twice := [label for label, count in Counter(label for label, _ in sections).items() if count > 1]:
        return [complaint(label, "issue-twice", field=label) for label in twice]
    written = dict(sections)
    subject = next((question.label for question in issue_form.questions if question.id == "subject"), "")
    if written.get(subject, "") in _NO_ANSWER and NAMED.search(title):
        written[subject] = title
    found = {question: _answer(question, written.get(question.label, "")) for question in issue_form.questions}
    refused = {question: answer for question, answer in found.items() if isinstance(answer, Complaint)}
    if any(question.required and answer.problem.level == "error" for question, answer in refused.items()):
        return list(refused.values())
    answers = {question.id: answer for question, answer in found.items() if answer and not isinstance(answer, Complaint)}
    return Filled(issue_form, answers, tuple(refused.values()))


def complaint(label: str, code: str, **values: str | int | tuple[str, ...]) -> Complaint:
    """A problem of a form; its place is the form, so that it needs no line."""
    return Complaint(label, Problem(Place(FORM), code, values))


def _without_comments(text: str) -> str:
    """Without `<!-- … -->`, which nobody sees; one that does not end is text."""
    visible, at = [], 0
    while (start := text.find("<!--", at)) >= 0 and (end := text.find("-->", start + 4)) >= 0:
        visible.append(text[at:start])
        at = end + 3
    return "".join([*visible, text[at:]])


def _sections(lines: list[str], issue_form: Form) -> list[tuple[str, str]]:
    """The questions of a form that stand there, in order and as often as they do, each with what is written below it. Other
    headings are part of what somebody wrote."""
    labels = {question.label for question in issue_form.questions}
    found: list[tuple[str, list[str]]] = []
    for line in lines:
        match = _HEADING.fullmatch(line)
        if match and match[1] in labels:
            found.append((match[1], []))
        elif found:
            found[-1][1].append(line.rstrip())
    return [(label, "\n".join(part).strip()) for label, part in found]


def _edited_headings(lines: list[str], issue_form: Form, sections: list[tuple[str, str]]) -> dict[str, str]:
    """Headings that somebody changed, each with the one it was: what stood below it would be taken for part of the answer
    above."""
    missing = {_bare(each.label): each.label for each in issue_form.questions} if len(sections) > 1 else {}
    for label, _ in sections:
        missing.pop(_bare(label), None)
    headings = (line for line in lines if _LIKE_HEADING.match(line) and _bare(line) in missing)
    return {heading.strip(): missing[_bare(heading)] for heading in headings}


def _bare(heading: str) -> str:
    """Without what may be added to a heading, or lost of it: signs, blanks, 必填."""
    return re.sub(r"[\W_]|必填|选填", "", unicodedata.normalize("NFKC", heading))


def _answer(question: Question, written: str) -> str | tuple[str, ...] | Complaint:
    if written in _NO_ANSWER:
        return complaint(question.label, "issue-wanted", field=question.label) if question.required else ""
    if hidden := unseen(written, FORM):
        return Complaint(question.label, hidden[0])
    if is_unknown(written) and written not in (shown for _, shown in question.options):
        left_out = complaint(question.label, "unknown-value", field=question.label, value=written)
        return left_out if question.required else Complaint(left_out.label, replace(left_out.problem, eased="hint"))
    # What fills no field is shown in an answer all the same, and no check of the data would ever see it.
    if not question.path and (number := personal_number(written)):
        return complaint(question.label, number[0], field=question.label, value=number[1][0])
    if not question.long and "\n" in written and not question.many:
        return complaint(question.label, "one-line", field=question.label)
    return chosen(question, written) if question.options else written


def chosen(question: Question, written: str) -> str | tuple[str, ...] | Complaint:
    """The values behind the words that were chosen."""
    values = {**_also(question), **{shown: value for value, shown in question.options}}
    values |= {value: value for value, _ in question.options}
    parts = [part for text in _BETWEEN.split(written) if (part := text.strip(" \t-*").strip())] if question.many else [written]
    if question.many and not all(part in values for part in parts):
        parts = list(known_items(written, values) or parts)
    elif question.path == "town" and written not in values:
        cities = {shown.partition("，")[0] for _, shown in question.options}  # 昆山，不清楚在哪个区镇
        parts = [town_within(re.sub(r"\s+", "", written), values.keys() | cities)]
        parts = [parts[0] if parts[0] in values else parts[0].casefold()]
    for part in parts:
        if part not in values:
            offered = tuple(shown for _, shown in question.options[:12])
            return complaint(
                question.label, "bad-choice", field=question.label, value=part if question.many else written, choices=offered
            )
    chosen = tuple(dict.fromkeys(values[part] for part in parts))
    return chosen if question.many else chosen[0]


def _also(question: Question) -> dict[str, str]:
    """What people call the options besides: 陆家 for 陆家镇. What may mean two of them means none."""
    called: dict[str, set[str]] = {}
    spoken, own = words(LANGUAGES[0]).tree["choices"].get(question.path, {}), dict(question.called)
    for value, shown in question.options:
        names = town_names(shown) if question.path == "town" else own.get(value) or str(spoken.get(value, "")).split()
        for name in names:
            called.setdefault(name, set()).add(value)
    return {name: min(values) for name, values in called.items() if len(values) == 1}
