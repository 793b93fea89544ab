"""Which part a comment speaks of."""

from bisect import bisect_left

from haitang.model.file_parts.part import Part
from haitang.source.comments import comments

_OF_FILE = ("# yaml-language-server:", "---")


def hang(top: Part, text: str) -> None:
    """Gives every comment to the part it speaks of."""
    if "#" not in text:
        return
    lines, parts = text.split("\n"), list(top.all)
    columns = {id(part): _column(part, lines) for part in parts}
    starts = [part.start for part in parts]
    head = _head(lines[: starts[0][0]]) if starts else 0
    ends: dict[int, int] = {}  # of lines that end with a comment: where it begins, and where it goes on below
    for line, column, comment in comments(text):
        at = bisect_left(starts, (line, column))
        before, behind = parts[at - 1] if at else None, parts[at] if at < len(parts) else None
        if before is None:
            (top if behind is None or line < head else behind).above.append(comment)
        elif lines[line][:column].strip(" \t-"):
            _outermost_on_line(before, line).beside.append(comment)
            ends[line] = column
        elif behind is None and column == 0:
            top.ending.append(comment)
        elif behind is not None and (behind.parent is before or column <= columns[id(behind)]):
            behind.above.append(comment)  # a list may stand no deeper than its key, and its comment deeper than both
        else:
            while columns[id(before)] > column and before.parent is not top and before.parent:
                before = before.parent
            if ends.get(line - 1) == column:
                before.after.append(comment)
                ends[line] = column
            elif behind is not None and behind.parent is before.parent:
                behind.above.append(comment)
            else:  # at the end of a list or an item, whatever moves inside it
                (before.parent or top).ending.append(comment)


def _head(lines: list[str]) -> int:
    """How many of the lines above the first field speak of the whole file: those before a blank one, and an editor's own."""
    return max((at for at, line in enumerate(lines, 1) if not line.strip() or line.startswith(_OF_FILE)), default=0)


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
