"""Addresses of pages as people copy them: `www.js.com/1`, `https：//…`, with a remark behind."""

import re
import unicodedata

_HOST = r"(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+(?::\d{1,5})?"
_ADDRESS = re.compile(rf"(?:(https?)[:;]?/{{1,3}}|//)?({_HOST}(?:[/?#][^\s\\<>\"'`{{}}|^]*)?)", re.ASCII | re.IGNORECASE)
_LABEL = re.compile(r"^(?:网址|链接|地址|来源|原文|详见|见)\s*[:：]\s*|^[<《「“\"'(]+")
_TAIL = re.compile(r"[>》」”\"')。，,；;、]+$")


def url_of(text: str) -> str | None:
    """The address with its scheme, `https` where none was written, as all browsers try first; None for what is none."""
    bare = _TAIL.sub("", _LABEL.sub("", text.strip()))
    head = re.sub(r"^(https?:)\\+", r"\1//", unicodedata.normalize("NFKC", bare[:200]))
    found = _ADDRESS.fullmatch(f"{head}{bare[200:]}".strip())
    if found is None or (not found[1] and not found[2].lower().startswith("www.") and "/" not in found[2]):
        return None
    return f"{(found[1] or 'https').lower()}://{found[2]}"


def url_within(text: str) -> str | None:
    """The one address that stands in a text with its scheme, among other words."""
    found = re.findall(rf"https?://{_HOST}(?:[/?#][!-~]*)?", text, re.ASCII | re.IGNORECASE)
    return str(found[0]) if len(found) == 1 else None
