"""The answers of a form without what came along from chats and pages: pictures, little faces, signs around a name.

The rule: what is taken out is told; an answer of which nothing would be left stays as it was written.
"""

import re
from dataclasses import replace

from haitang.checks.lint.garbled.edits import corrected
from haitang.checks.lint.pasted import marks
from haitang.core.problems import Place, Problem
from haitang.editors.issues.parser import FORM, Complaint, Filled


def without_marks(filled: Filled) -> tuple[Filled, list[Complaint]]:
    """The same form with clean answers, and a remark for each thing that was taken out."""
    answers, remarks = dict(filled.answers), list[Complaint]()
    for question in filled.form.questions:
        text, path = filled.text(question.id), tuple(question.path.split("."))
        slips = list(marks(text, path)) if text and question.path and not question.options else []
        clean = _tidy(corrected(text, slips)) if slips else text
        if slips and clean:
            answers[question.id] = clean
            for slip in slips:
                values = {"field": path[-1], "wrong": slip.wrong.strip(), **({"guess": slip.right} if slip.right else {})}
                remarks.append(Complaint(question.label, Problem(Place(FORM), slip.code, values)))
    return replace(filled, answers=answers), remarks


def _tidy(text: str) -> str:
    return re.sub(r"\n{3,}", "\n\n", re.sub(r"[ \t]+\n", "\n", text)).strip()
