"""build.py issue: the body of an issue, or the text of a page as it came back → a file of the directory, or what is wrong with
it, told by the form's questions.

The rule: what strangers wrote comes from a file or from the environment, never from the command line; a number is digits.
"""

import argparse
import os
import re
from pathlib import Path

from haitang.cli.reporting import ENVIRONMENT, PROBLEMS, SOUND, Stop, no_commit
from haitang.core.atomic_files import write_given
from haitang.core.console import Console
from haitang.core.decoding import decode, read_regular
from haitang.core.problems import Problem
from haitang.data.git import NotCommitted, commit_to_branch
from haitang.data.revision import today
from haitang.editors.issues.parser import FORM, MAX_BYTES, Complaint
from haitang.editors.issues.proposal import Proposal
from haitang.editors.issues.reply import made, refused, told_by_level
from haitang.editors.issues.told import read_issue, settled
from haitang.editors.scaffold import settings_of
from haitang.model.messages import Words

_BODY, _TITLE, _NUMBER, _COMMENT = (f"HAITANG_ISSUE_{name}" for name in ("BODY", "TITLE", "NUMBER", "COMMENT"))


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    number = os.environ.get(_NUMBER, "")
    if options.branch and re.fullmatch(r"[1-9][0-9]{0,8}", number, re.ASCII) is None:
        raise Stop(words.sentence("commands", "issue_number", name=_NUMBER))
    body = _body(options.file)
    if body is None:
        raise Stop(words.sentence("commands", "issue_no_body", name=_BODY))
    made_of, complaints = _settled(options.root, body)
    for line in told_by_level(complaints, words):
        console.say(line)
    if path := os.environ.get(_COMMENT):
        comment = made(made_of, complaints, words) if made_of else refused(complaints, words)
        write_given(Path(path), comment)
    if made_of is None:
        console.say(words.sentence("commands", "issue_refused"))
        return PROBLEMS
    if not made_of.text:
        console.say(words.sentence("commands", "issue_nothing"))
        return SOUND
    console.say(words.sentence("commands", "issue_written", file=made_of.file))
    if options.branch:
        key = "issue_commit_new" if made_of.is_new else "issue_commit"
        branch, message = f"issue-{number}", words.sentence("commands", key, id=made_of.id, number=number)
        try:
            commit_to_branch(options.root, branch, made_of.file, message)
        except NotCommitted as failure:
            reason = no_commit(failure.obstacle, str(failure), words)
            raise Stop(words.sentence("commands", "issue_no_git", reason=reason), ENVIRONMENT) from None
        console.say(words.sentence("commands", "issue_branch", branch=branch))
    return SOUND


def _body(file: str | None) -> str | Complaint | None:
    """What was written; None where nothing was given."""
    if file is None:
        return os.environ.get(_BODY)
    content = read_regular(Path(file), FORM, MAX_BYTES)
    text = decode(content, FORM) if isinstance(content, bytes) else content
    return Complaint("", text) if isinstance(text, Problem) else text


def _settled(root: Path, body: str | Complaint) -> tuple[Proposal | None, list[Complaint]]:
    """What was written, with remarks; None where nothing was, with the reasons. Raises InvalidDirectory."""
    filled = [body] if isinstance(body, Complaint) else read_issue(body, settings_of(root), os.environ.get(_TITLE, ""))
    return (None, filled) if isinstance(filled, list) else settled(root, filled, today(root))
