"""Numbers of persons in what an editor writes: a mobile telephone's, an identity card's."""

import re
import unicodedata

MOBILE = r"(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}"
_MOBILE = re.compile(rf"(?<![\d-]){MOBILE}(?!\d)")
_IDENTITY = re.compile(r"(?<!\d)[1-9]\d{5}(?:19|20)\d{2}(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])\d{3}[\dXx](?!\d)")
# Digits as they are spoken: 一三八, 幺三八.
SPOKEN = dict(zip("〇零一幺二两三四五六七八九", "0011223456789", strict=True))
_AS_DIGITS = str.maketrans(SPOKEN)
PERSONAL = ((_IDENTITY, "identity-number"), (_MOBILE, "mobile-number"))  # with the problem's code


def personal_number(text: str) -> tuple[str, re.Match[str]] | None:
    """A mobile or identity number in a text: the problem's code, and where it stands."""
    plain = unicodedata.normalize("NFKC", text).translate(_AS_DIGITS)
    for pattern, code in PERSONAL:
        if match := pattern.search(plain):
            return code, match
    return None
