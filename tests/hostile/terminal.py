"""What is printed, as a terminal and as the runner of a workflow take it."""

import contextlib
import io
import re
from collections.abc import Iterator, Sequence

from haitang.cli import main

# Written down again and not taken from the product: controls but for tabs and line ends, what turns the direction of writing,
# what cannot be seen, halves of characters.
DRIVING = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u2028-\u202e\u2060-\u206f"
    "\u3164\ufeff\uffa0\ufff9-\ufffb\ud800-\udfff\U000e0001-\U000e007f]"
)
COMMAND = re.compile(r"(?m)^\s*::|##\w*\[")
ANNOTATION = re.compile(r"::(?:error|warning|notice) file=[^,:\n]*,line=\d+,col=\d+::[^\n]*")


def ran(argv: Sequence[str]) -> tuple[int, str, str]:
    """Its exit code, and what it says. Raises whatever is no answer."""
    out, told = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(told):
        try:
            code = main.main([*argv])
        except SystemExit as end:  # of argparse
            code = int(end.code or 0)
    return code, out.getvalue(), told.getvalue()


def driving(argv: Sequence[str]) -> Iterator[str]:
    """What a command prints that it should not; annotations only where they were asked for."""
    code, out, told = ran(argv)
    if code not in (0, 1, 2, 3):
        yield f"exit code {code}"
    for line in f"{out}\n{told}".split("\n"):
        if DRIVING.search(line):
            yield f"drives: {line!a}"
        if COMMAND.search(line) and not ("github" in argv and ANNOTATION.fullmatch(line) and not re.search(r"##\w*\[", line)):
            yield f"commands: {line!a}"
        if "Traceback" in line:
            yield line
