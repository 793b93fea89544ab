"""A stranger's text, made harmless for where it is shown: a terminal, the log of a workflow, Markdown.

The rule: nothing else makes text harmless for these places. In Markdown a stranger's text stands in a code span, where no forge
looks for links, pictures, people, numbers of issues, emoji, tables, mathematics or HTML; in a sentence, where a span would be
odd, by the full-width twins of all signs that mean something.
"""

import json
import re

LONGEST = 60
# C0 and C1 controls would drive the terminal or a CI log; the bidi set would reorder what is read; the rest cannot be seen.
_DRIVING = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f\u3164"
    "\ufe00-\ufe0d\ufeff\uffa0\ufff9-\ufffc\ufffe\uffff\ud800-\udfff\U000e0000-\U000e0fff]"
)
_DRIVING_A_LINE = re.compile(_DRIVING.pattern.replace("[\x00-\x1f", "[\x00-\x08\x0b-\x1f"))  # all but tabs and line ends
# Runners take `##[…]` for a command wherever it stands in a line, `::…::` where a line begins with it.
_HASHES = re.compile(r"##(?=\w*\[)")
_COLONS = re.compile(r"^(\s*):(?=:)", re.MULTILINE)


def plain(text: str, longest: int = LONGEST) -> str:
    """One line, no control characters, no command to a runner, not endless."""
    # Cut first: what is thrown away need not be looked at, and every character stays one.
    text = text.replace("\r\n", "\n") if len(text) <= longest else text[: longest - 1] + "…"
    return _without_commands(_DRIVING.sub("�", text.replace("\n", "⏎")))


def lines(text: str) -> str:
    """Several lines, ours or made plain before, for a terminal or the log of a workflow: what drives either is gone."""
    return _without_commands(_DRIVING_A_LINE.sub("�", text))


def command(text: str) -> str:
    """A line that is meant as a command to a runner where it begins with one: that one, and no second."""
    return _HASHES.sub("#＃", _DRIVING.sub("�", text)) if text.startswith("::") else lines(text)


def _without_commands(text: str) -> str:
    return _COLONS.sub(r"\1：", _HASHES.sub("#＃", text)) if "::" in text or "##" in text else text


def as_json(value: object, *, ascii_only: bool = False, indent: int | None = None) -> str:
    """JSON that says all it has to, and drives neither a terminal nor a runner where it is printed."""
    text = json.dumps(value, ensure_ascii=ascii_only, indent=indent)
    text = _DRIVING_A_LINE.sub(lambda found: json.dumps(found[0])[1:-1], text)
    return _HASHES.sub(r"#\\u0023", text)


def code(text: str, longest: int = LONGEST) -> str:
    """A code span of Markdown that shows the text and is nothing else."""
    return f"`{plain(text, longest).replace('`', 'ˋ') or ' '}`"


_TWINS = str.maketrans({sign: chr(ord(sign) + 0xFEE0) for sign in "!#$%&()*+<=>@[\\]^_`{|}~"} | {"\t": " "})
# Bare addresses and `GH-12` become links without any sign.
_LINKS = (("://", "：//"), ("::", "：："), ("www.", "www．"), ("WWW.", "WWW．"), ("GH-", "GH－"), ("gh-", "gh－"))


def twins(text: str) -> str:
    """A text that went through `plain`, for the middle of a Markdown sentence: readers see the same, a forge sees no sign."""
    text = text.translate(_TWINS)
    for sign, twin in _LINKS:
        text = text.replace(sign, twin)
    return text
