"""Sentences that say a number with the right form beside it: `{count} {count:place|places}`. The first form is for one, the
last for all others; a language that has one form writes one. In the browser `fill` in frontend/src/core/words.ts does the same.
"""

import re
from collections.abc import Mapping
from string import Formatter
from typing import Any

from haitang.model.messages.commands import Commands

_ONE = {"1", "1.0"}
_FORMS = re.compile(r"[^{}<>=^%:!|]+(\|[^{}<>=^%:!|]+)?")


class Counted(str):
    """A text with forms in its blanks. Filled by `format` and `format_map` as every text is."""

    __slots__ = ()

    def format(self, *_: object, **values: object) -> str:
        return self.format_map(values)

    def format_map(self, values: Any, /) -> str:  # a mapping
        return _FORMATTER.vformat(self, (), values)


class _Formatter(Formatter):
    def format_field(self, value: object, format_spec: str) -> str:
        if isinstance(value, Commands):
            return format(value, format_spec)
        return form_of(format_spec, value) if format_spec else str(value)


_FORMATTER = _Formatter()


def text_of(written: str) -> str:
    """A text of a words file, ready to be filled."""
    return Counted(written) if "{" in written and _has_forms(written) else written


def form_of(forms: str, count: object) -> str:
    """The form for a number: `place|places` for 1 is `place`."""
    first, _, rest = forms.partition("|")
    return first if not rest or str(count) in _ONE else rest


def are_forms(written: str) -> bool:
    """Whether what stands behind a blank's colon is one form or two, and nothing else that Python would read there."""
    return _FORMS.fullmatch(written) is not None


def counted(text: str, count: object) -> str:
    """A unit for so many: a word of ours takes its form, and what somebody wrote in an entry stays as it is."""
    return text.format(count=count) if isinstance(text, Counted) else text


def chosen(text: str, values: Mapping[str, Any]) -> str:
    """The same text with its forms chosen and its other blanks left open: for what is escaped before it is filled."""
    if not isinstance(text, Counted):
        return text
    return "".join(
        said + ("" if name is None else form_of(form, values[name]) if form else f"{{{name}}}")
        for said, name, form, _ in Formatter().parse(text)
    )


def _has_forms(written: str) -> bool:
    try:
        return any(form and are_forms(form) for _, _, form, _ in Formatter().parse(written))
    except ValueError:  # braces that are not ours: what reads them says so
        return False
