"""Line breaks of all programs: a vertical tab is one of Word's, U+2028 one of the web's."""

import re

_BREAKS = re.compile("\r\n|[\r\v\f\x85\u2028\u2029]")


def with_line_breaks(text: str) -> str:
    """The text with one kind of them."""
    return _BREAKS.sub("\n", text)
