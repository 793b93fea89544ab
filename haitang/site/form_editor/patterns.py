"""What a box of the form takes, and what it says to a value it does not take.

The rule: a pattern is read off the field's description and `types.SHAPES`; it may let a wrong value through, which is told
later, and never refuses a right one.
"""

from haitang.model.abroad import phones
from haitang.model.abroad.region import CHINA
from haitang.model.field_specs import FieldSpec
from haitang.model.messages import field_words
from haitang.model.types import SHAPES

# Hours and times of activities have a grammar, not a shape: what holds no time and none of these words is something else.
_ENGLISH = "[Nn]oon|[Mm]id(?:day|night)|[Cc]lock"
_HOURS = rf"[\s\S]*(?:[\d０-９一二三四五六七八九十全昼]|{_ENGLISH})[\s\S]*"
_WHEN = rf"[\s\S]*(?:[\d０-９一二三四五六七八九十每周月日天年]|{_ENGLISH})[\s\S]*"


def pattern(field: FieldSpec, country: str, area_code: str | None = None) -> tuple[str, str] | None:
    """The pattern of a whole value and the sentence for what does not fit; None where anything may stand."""
    mistakes = field_words()["admin"]["mistakes"]
    if field.kind == "phone" and country != CHINA:
        return rf"^\s*{phones.SHAPE}\s*$", mistakes["phone_abroad"].format(example=phones.example(country))
    if field.kind in ("text", "line", "prose"):
        inside = r"[\s\S]" if field.kind == "prose" else r"[^\n\r\t]"
        return rf"^\s*{inside}{{1,{field.longest}}}\s*$", mistakes[field.kind].format(longest=field.longest)
    if field.kind == "number":
        kind = "percent" if field.high == 100 else "number" if field.low is None else "positive"
        return _number(field), mistakes[kind]
    shape = {"hours": _HOURS, "when": _WHEN}.get(field.kind) or SHAPES.get(field.kind)
    # Blanks around a value are taken off when it is read.
    return (rf"^\s*{shape}\s*$", phones.own(mistakes[field.kind], country, area_code)) if shape else None


def _number(field: FieldSpec) -> str:
    """As `types` takes it: ASCII digits, one point. The limits are whole powers of ten."""
    if field.low is None or field.high is None:
        return rf"^\s*{SHAPES['number']}\s*$"
    most = str(int(field.high))
    zeros = r"(?!0+(?:\.0+)?\s*$)" if field.above else ""
    return rf"^\s*{zeros}(?:0*{most}(?:\.0{{1,17}})?|0*\d{{1,{len(most) - 1}}}(?:\.\d{{1,17}})?)\s*$"
