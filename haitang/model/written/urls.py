"""Addresses of pages as people copy them: `www.js.com/1`, `https：//…`, with a remark behind."""

import re
import unicodedata

_HOST = r"(?:[a-z0-9_-]+\.)+[a-z][a-z0-9-]+(?::\d{1,5})?"
_ADDRESS = re.compile(
    rf"(?:(https?)[:;]?/{{1,3}}|//)?({_HOST}(?:[/?#][^\s\\<>\"'`{{}}|^，。；、《》“”]*)?)", re.ASCII | re.IGNORECASE
)
_LABEL = re.compile(r"^(?:网址|链接|地址|来源|原文|详见|见)\s*[:：]\s*|^\[[^\]]*\]\((?=\S+\)$)|^[<《「“\"'(]+")
_NARROW = {wide: wide - 0xFEE0 for wide in range(0xFF01, 0xFF5F) if chr(wide) not in "，；！（）"}  # of a path
_TAIL = re.compile(r"[>》」”\"')。，,；;、]+$")


def url_of(text: str) -> str | None:
    """The address with its scheme, `https` where none was written, as all browsers try first; None for what is none."""
    bare = _TAIL.sub("", _LABEL.sub("", text.strip()))
    head, path = re.match(r"([^/／?？#＃]*[/／]{0,3}[^/／?？#＃]*)(.*)", bare, re.DOTALL).groups()  # type: ignore[union-attr]
    head = re.sub(r"^(https?:)\\+", r"\1//", unicodedata.normalize("NFKC", head))
    found = _ADDRESS.fullmatch(f"{head}{path.translate(_NARROW)}".strip())
    if found is None or (not found[1] and not found[2].lower().startswith("www.") and "/" not in found[2]):
        return None
    return f"{(found[1] or 'https').lower()}://{found[2]}"


def url_within(text: str) -> str | None:
    """The one address that stands in a text with its scheme, among other words."""
    found = re.findall(rf"(?>https?://{_HOST}(?:[/?#][!-~]*)?)(?![\u3400-\u9fff])", text, re.ASCII | re.IGNORECASE)
    if len(found) != 1:
        return None
    address = str(found[0])
    return address.rstrip(")") if ")" in address and "(" not in address else address
