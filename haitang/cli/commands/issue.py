"""build.py issue: the body of an issue → a file of the directory, or what is wrong with it, told by the form's questions.

The rule: what strangers wrote comes from a file or from the environment, never from the command line; a number is digits.
"""

import argparse
import os
import re
from pathlib import Path

from haitang.cli.commands.check import tell
from haitang.cli.commands.telling import no_commit
from haitang.core.console import Console
from haitang.core.decoding import decode, read_regular
from haitang.core.problems import InvalidDirectory, Problem
from haitang.data.git import NotCommitted, commit_to_branch
from haitang.data.revision import today
from haitang.editors.issues.parser import FORM, MAX_BYTES, Complaint, read_body
from haitang.editors.issues.proposal import Proposal, proposal, settle
from haitang.editors.issues.reply import complaints_text, made, refused
from haitang.editors.scaffold import settings_of
from haitang.model.messages import Words

SOUND, PROBLEMS, USAGE, ENVIRONMENT = 0, 1, 2, 3
_BODY, _TITLE, _NUMBER, _COMMENT = (f"HAITANG_ISSUE_{name}" for name in ("BODY", "TITLE", "NUMBER", "COMMENT"))


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    number = os.environ.get(_NUMBER, "")
    if options.branch and re.fullmatch(r"[1-9][0-9]{0,8}", number, re.ASCII) is None:
        console.error(words.sentence("commands", "issue_number", name=_NUMBER))
        return USAGE
    body = _body(options.file)
    if body is None:
        console.error(words.sentence("commands", "issue_no_body", name=_BODY))
        return USAGE
    try:
        made_of, told = _settled(options.root, body)
    except InvalidDirectory as invalid:
        tell(invalid.problems, words, console)
        return PROBLEMS
    for line in complaints_text(told, words):
        console.say(f"- {line}")
    if made_of is None:
        _comment(refused(told, words))
        return PROBLEMS
    _comment(made(made_of, told, words))
    if not made_of.text:
        console.say(words.sentence("commands", "issue_nothing"))
        return SOUND
    console.say(words.sentence("commands", "issue_written", file=made_of.file))
    return _commit(options.root, made_of, number, words, console) if options.branch else SOUND


def _body(file: str | None) -> str | Complaint | None:
    """What was written; None where nothing was given."""
    if file is None:
        return os.environ.get(_BODY)
    content = read_regular(Path(file), FORM, MAX_BYTES)
    text = decode(content, FORM) if isinstance(content, bytes) else content
    return Complaint("", text) if isinstance(text, Problem) else text


def _settled(root: Path, body: str | Complaint) -> tuple[Proposal | None, list[Complaint]]:
    """What was written, with remarks; None where nothing was, with the reasons. Raises InvalidDirectory."""
    filled = [body] if isinstance(body, Complaint) else read_body(body, settings_of(root), os.environ.get(_TITLE, ""))
    if isinstance(filled, list):
        return None, filled
    made_of = proposal(root, filled)
    told = list(filled.complaints)
    if isinstance(made_of, list):
        return None, told + made_of
    if made_of.text:
        told += settle(root, made_of, today(root), keeping=not told)
    return (None if any(one.problem.level == "error" for one in told) else made_of), told


def _comment(text: str) -> None:
    """The comment, to the file that the environment names."""
    if path := os.environ.get(_COMMENT):
        Path(path).write_text(text, encoding="utf-8", newline="\n")


def _commit(root: Path, made_of: Proposal, number: str, words: Words, console: Console) -> int:
    branch = f"issue-{number}"
    key = "issue_commit_new" if made_of.is_new else "issue_commit"
    try:
        commit_to_branch(root, branch, made_of.file, words.sentence("commands", key, id=made_of.id, number=number))
    except NotCommitted as refused:
        console.error(words.sentence("commands", "issue_no_git", reason=no_commit(refused.obstacle, str(refused), words)))
        return ENVIRONMENT
    console.say(words.sentence("commands", "issue_branch", branch=branch))
    return SOUND
