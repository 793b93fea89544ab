"""What stands in a sheet and is no entry: sums, who filled it in, remarks below it, and headings between its rows.

The rule: a row is left out only where it says itself that it is none; what is left out is told.
"""

import re
import unicodedata
from collections.abc import Mapping

from haitang.editors.excel.own.shape import widths
from haitang.editors.excel.tables import Cell, Grid
from haitang.model.messages import field_words, made_of_words

_LONG = 30  # characters that no name has
_YEAR, _DAY = "[0-9〇零○O一二三四五六七八九]{4}", "[0-9一二三四五六七八九十]{1,3}"
_NUMBERED = re.compile(r"^(?:[一二三四五六七八九十]+|\d+)[、.．\s]+|[（(]?共?\d+[个处家][）)]?$|[：:]$")


def asides(grid: Grid, below: int, name: int, columns: int) -> Mapping[int, str]:
    """The rows below the headers that are no entries, with what they say. `name` is the column of names, `columns` how many
    are known."""
    wide = widths(grid)
    found = {}
    for row, cells in grid.rows.items():
        if row > below and (cells.keys() & grid.rows[below].keys() or row in wide):
            texts = [cell.text.strip() for _, cell in sorted(cells.items())]
            if _is_footer(texts) or (len(cells) == 1 and columns > 2 and _is_alone(cells, name, wide.get(row, 1))):
                found[row] = " ".join(texts)
    return found


def heading(text: str) -> str:
    """The name in a heading between the rows: 一、陆家镇（12 处） → 陆家镇."""
    plain, before = unicodedata.normalize("NFKC", text).strip(), ""
    while plain != before:
        before, plain = plain, _NUMBERED.sub("", plain).strip()
    return plain


def _is_footer(texts: list[str]) -> bool:
    first = re.sub(r"\s", "", unicodedata.normalize("NFKC", texts[0])).lstrip("([【")
    return any(pattern.match(first) for pattern in _patterns())


@made_of_words
def _patterns() -> tuple[re.Pattern[str], ...]:
    told = field_words()["own_sheet"]
    totals, footers, signed = ("|".join(map(re.escape, str(told[key]).split())) for key in ("totals", "footers", "signed"))
    return (
        re.compile(rf"(?:{totals})(?:[:（(]?共?\d.*|:.*)?$"),
        re.compile(rf"(?:{footers})\d{{0,2}}(?:[:、.].*|（.*|[()].*)?$"),
        re.compile(rf".{{0,20}}(?:{signed})[:)\]】]*$|.{{1,20}}:$|(?:以上|以下)(?:共|合|空白|无正文|信息|内容|数据)"),
        re.compile(rf"(?:{_YEAR}[年/.-]{_DAY}[月/.-]?(?:{_DAY}日?)?|(?:{_YEAR})?年月日)[)\]】]*$"),
    )


def _is_alone(cells: Mapping[int, Cell], name: int, width: int) -> bool:
    (at, cell) = next(iter(cells.items()))
    text = cell.text.strip()
    return width > 2 or len(text) > _LONG or bool(re.search("[:：。；]", text)) or (at < name and cell.kind == "text")
