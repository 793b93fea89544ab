"""What `check --fix` did, in sentences: before → after, with the difference where it can be seen.

The rule: two texts that differ never look the same here; blanks are shown as signs where nothing but blanks differs.
"""

from haitang.core.problems import Value
from haitang.core.sanitize import plain
from haitang.editors.mended_file import Cure
from haitang.model.messages import Words

_SIGNS = {" ": "·", "\t": "⇥", "\u3000": "□"}
_AROUND = 12  # characters before the first that differs


def told(cure: Cure, words: Words) -> str:
    values: dict[str, Value] = {"file": cure.file, "line": cure.line, "wrong": cure.wrong.strip(), "right": cure.right.strip()}
    key: str = cure.how
    if key == "cured":
        wrong, right = cure.wrong.strip(), cure.right.strip()
        if "".join(wrong.split()) == "".join(right.split()):
            key = "cured_blanks"
            wrong, right = _with_signs(cure.wrong), _with_signs(cure.right)
        values |= dict(zip(("wrong", "right"), _apart(wrong, right), strict=True))
    return words.sentence("format", "written", file=cure.file) if key == "tidied" else words.sentence("check", key, **values)


def _with_signs(text: str) -> str:
    return "".join(_SIGNS.get(char, "␣") if char.isspace() and char != "\n" else char for char in text)


def _apart(wrong: str, right: str) -> tuple[str, str]:
    """Both from a little before they differ, where they would look the same cut short; with the numbers of characters where
    they look the same even so."""
    same = next((at for at, (one, other) in enumerate(zip(wrong, right, strict=False)) if one != other), None)
    start = max(0, (min(len(wrong), len(right)) if same is None else same) - _AROUND)
    for one, other in ((wrong, right), (_from(wrong, start), _from(right, start))):
        if plain(one) != plain(other):
            return one, other
    return _numbered(_from(wrong, start)), _numbered(_from(right, start))


def _from(text: str, start: int) -> str:
    return "…" + text[start:] if start else text


def _numbered(text: str) -> str:
    return "".join(char if char.isprintable() else f"[U+{ord(char):04X}]" for char in text)
