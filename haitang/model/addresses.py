"""Texts in addresses of links."""

import re
from urllib.parse import quote

# Of ASCII all but what is never anything else in an address.
_ESCAPED = re.compile(r"[\x00-\x20!-,/:-@\[-^`{-}\x7f]+")


def quoted(text: str) -> str:
    """A text as a value in an address's query. Letters beyond ASCII stand as they are, three bytes and not nine: the URL
    standard has browsers escape them when the link is followed, and it is read on the way."""
    return _ESCAPED.sub(lambda found: quote(found[0], safe="/"), text)
