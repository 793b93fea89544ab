"""Which part a comment speaks of."""

from bisect import bisect_left

from haitang.model.file_parts.part import Part
from haitang.source.comments import comments


def hang(top: Part, text: str) -> None:
    """Gives every comment to the part it speaks of."""
    if "#" not in text:
        return
    lines, parts = text.split("\n"), list(top.all)
    columns = {id(part): _column(part, lines) for part in parts}
    starts = [part.start for part in parts]
    for line, column, comment in comments(text):
        at = bisect_left(starts, (line, column))
        before, behind = parts[at - 1] if at else None, parts[at] if at < len(parts) else None
        code = lines[line][:column].strip(" \t-")
        if before is None:
            top.above.append(comment)
        elif code:
            _outermost_on_line(before, line).beside.append(comment)
        elif behind is not None and column <= columns[id(behind)]:
            behind.above.append(comment)
        elif behind is None and column == 0:
            top.after.append(comment)
        else:
            while columns[id(before)] > column and before.parent is not top and before.parent:
                before = before.parent
            before.after.append(comment)


def _column(part: Part, lines: list[str]) -> int:
    """Where a part begins: an item at its dash."""
    line, column = part.start
    dash = lines[line].rfind("-", 0, column)
    return dash if part.key is None and dash >= 0 and not lines[line][dash + 1 : column].strip() else column


def _outermost_on_line(part: Part, line: int) -> Part:
    """What a comment at the end of a line speaks of, when `part` is the last that begins there: `a: [b, c] # of a`."""
    while (above := part.parent) and above.parent and above.start[0] == line:
        if above.key is None and above.parts[0] is part:
            break
        part = above
    return part
