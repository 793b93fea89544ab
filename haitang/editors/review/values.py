"""A field's value in words.

The rule: what a field is called and what its choices mean comes from `fields`, names of towns and places from the side itself;
an id stands beside its name, for it is what a reviewer looks for in the file.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from haitang.model.field_specs import FieldSpec
from haitang.model.messages import Words

Names = Mapping[tuple[str, str], str]


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who puts values of one side into words."""

    words: Words
    names: Names

    def say(self, spec: FieldSpec, value: Any) -> str | None:
        """A value in words; None where there is none."""
        if value is None or value == ():
            return None
        if spec.item is not None and isinstance(value, tuple):
            return str(self.words.tree["terms"]["comma"]).join(self.say(spec.item, item) or "" for item in value)
        if spec.kind == "fields":
            return self._fields(spec, value)
        return self._single(spec, value)

    def _fields(self, spec: FieldSpec, value: Any) -> str:
        """The parts that are there: the first as it is, the others behind their names."""
        said = [(part, text) for part in spec.parts if (text := self.say(part, getattr(value, part.name)))]
        pair = self.words.tree["review"]["part"]
        texts = [text if at == 0 else pair.format(label=part.label, value=text) for at, (part, text) in enumerate(said)]
        return str(self.words.tree["review"]["parts"]).join(texts)

    def _single(self, spec: FieldSpec, value: Any) -> str:
        told = self.words.tree["review"]
        if isinstance(value, bool):
            return str(told["yes"] if value else told["no"])
        if isinstance(value, float):
            return str(int(value)) if value.is_integer() else repr(value)
        if isinstance(value, date):
            return value.isoformat()
        text = str(getattr(value, "text", value))
        name = self.names.get((spec.relation, text)) if spec.relation else dict(spec.choices).get(text)
        if spec.name == "tier":
            name = self.names.get(("tier", text), name)
        return told["named"].format(name=name, id=text) if name and name != text else text
