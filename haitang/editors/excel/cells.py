"""A field's value ↔ the text of its cell.

The rule: `shown` and `taken` are each other's opposite for every value a file may hold; what `taken` cannot understand it
passes on as it is, for the model says best what is wrong with it.
"""

import re
import unicodedata
from typing import Any

from haitang.editors.excel.names import Names, choice_of
from haitang.model.field_specs import FieldSpec

# Values of these kinds hold no full-width characters: whoever typed them forgot to switch the keyboard.
NARROW = frozenset(["number", "phone", "day", "date", "url", "id", "photo", "colour"])
_WIDE = re.compile(r"[\uff01-\uff5e\u3000]")
# Words of a list one knows end at any of these; in other texts a comma may belong to the word.
_ENDS_TERM, _ENDS_TEXT = "、，,；;\n", "、；;\n"
_PAIR = re.compile(r"\s*([^\s:：=]+)\s*[:：=\s]\s*(\S.*?)\s*", re.DOTALL)


class NotUnderstood(Exception):
    """A cell's text that means nothing here: a problem code with its values."""

    def __init__(self, code: str, value: str, guess: str | None = None) -> None:
        super().__init__(code)
        self.code, self.values = code, {"value": value} | ({"guess": guess} if guess else {})


def shown(spec: FieldSpec, value: Any, names: Names) -> str:
    """A plain value as its cell shows it; nothing for what has not the shape the field wants."""
    if isinstance(value, str):
        return _shown_text(spec, value, names)
    if not isinstance(value, list):
        return ""
    if spec.is_table and spec.item:
        first, second = spec.item.parts
        pairs = [(item.get(first.name, ""), item.get(second.name, "")) for item in value if isinstance(item, dict)]
        return "\n".join(f"{key}：{number}" for key, number in pairs)
    texts = [text for text in value if isinstance(text, str)]
    if spec.item is None:
        return "；".join(texts)  # hours and times may be written as a list
    ends = _ends(spec)
    return "、".join(_escaped(_shown_text(spec.item, text, names), ends) for text in texts)


def _shown_text(spec: FieldSpec, text: str, names: Names) -> str:
    text = text.strip()
    if spec.relation:
        return names[spec.relation].label(text)
    return dict(spec.choices).get(text, text)


def taken(spec: FieldSpec, text: str, names: Names) -> Any:
    """The plain value of a cell's text, None where there is none. Raises NotUnderstood."""
    text = tidy(text)
    if not text:
        return None
    if spec.is_table:
        return _pairs(spec, text)
    if spec.item:
        return [_taken_text(spec.item, word, names) for word in _split(text, _ends(spec))] or None
    return _taken_text(spec, text, names)


def _taken_text(spec: FieldSpec, text: str, names: Names) -> str:
    if spec.kind in NARROW and not spec.relation and _WIDE.search(text):
        text = unicodedata.normalize("NFKC", text).strip()
    if spec.kind in ("hours", "when"):
        return re.sub(r"\s*\n\s*", "；", text)
    if spec.choices:
        return choice_of(spec, text) or text
    if spec.relation:
        found = names[spec.relation].id_of(text)
        if found is None:
            if re.fullmatch(r"[a-z0-9-]+", text):
                return text
            raise NotUnderstood("excel-unknown-name", text, names[spec.relation].guess(text))
        return found
    return text


def same(spec: FieldSpec, old: Any, new: Any, names: Names) -> bool:
    """Two plain values that say the same; a spreadsheet writes 3.50 as 3.5."""
    before, after = shown(spec, old, names), shown(spec, new, names)
    if spec.kind == "number" and before and after and before != after:
        try:
            return float(before) == float(after)
        except ValueError:
            return False
    return tidy(before) == tidy(after)


def tidy(text: str) -> str:
    """Without what nobody sees at the ends, with one kind of line ends."""
    lines = unicodedata.normalize("NFC", text).replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip() for line in lines).strip()


def _ends(spec: FieldSpec) -> str:
    known = spec.vocabulary or spec.relation or (spec.item and spec.item.kind == "id")
    return _ENDS_TERM if known else _ENDS_TEXT


def _escaped(text: str, ends: str) -> str:
    return re.sub(f"[{re.escape(ends)}\\\\]", lambda found: f"\\{found[0]}", text)


def _split(text: str, ends: str) -> list[str]:
    """The words of a list: an end behind a backslash belongs to the word."""
    words, word = [""], re.compile(rf"\\[{re.escape(ends)}\\]|.", re.DOTALL)
    for part in word.findall(text):
        if len(part) == 1 and part in ends:
            words.append("")
        else:
            words[-1] += part[-1]
    return [stripped for each in words if (stripped := each.strip())]


def _pairs(spec: FieldSpec, text: str) -> list[dict[str, str]]:
    """`2018：805`, one a line."""
    assert spec.item is not None
    first, second = spec.item.parts
    found = []
    for line in re.split(r"[\n；;、]", text):
        pair = _PAIR.fullmatch(line)
        if line.strip() and pair is None:
            raise NotUnderstood("excel-pair", line.strip())
        if pair:
            key, value = (unicodedata.normalize("NFKC", part) for part in pair.groups())
            found.append({first.name: key, second.name: value})
    return found
