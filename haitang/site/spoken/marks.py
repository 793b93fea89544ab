"""What stays Chinese on a page in another language says so (`lang`): a screen reader then reads it, a browser can translate it.

The rule: where a text is all there is in an element, the element is marked; where it stands beside others, a span of its own.
Attributes cannot be marked.
"""

import re
from functools import lru_cache

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_MARKS = "\u3001-\u3017\uff01-\uff5e“”‘’"  # that Chinese texts begin and end with
_CHINESE = re.compile(rf"[{_HAN}]")
_RUN = re.compile(rf"[{_MARKS}]*[{_HAN}](?:[^A-Za-z<&\n]*[{_HAN}])*[{_MARKS}]*")
_PIECE = re.compile(r"(<[^>]*>)")
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_RAW = frozenset(("script", "style"))
_NO_SPAN = frozenset(("title", "textarea", "option", "text", "tspan", "desc"))  # which hold text and nothing else
_EMPTY = frozenset(("br", "hr", "img", "input", "wbr"))  # which hold nothing
_INLINE = frozenset("a abbr b bdi br cite code em i img kbd mark q s small span strong sub sup svg time u wbr".split())


def marked(html: str, language: str = "zh-CN") -> str:
    """The same page with its Chinese texts marked as being in `language`."""
    return _Page(html, language).marked if _CHINESE.search(html) else html


class _Page:
    def __init__(self, html: str, language: str) -> None:
        self._pieces = _PIECE.split(html)  # text, tag, text, …
        self._attribute = f' lang="{language}"'
        self._raw = ""

    @property
    def marked(self) -> str:
        pieces = self._pieces
        for at in range(0, len(pieces), 2):
            tag = pieces[at - 1] if at else ""
            if not self._is_raw(tag) and _CHINESE.search(pieces[at]):
                self._mark(at, tag, pieces[at + 1] if at + 1 < len(pieces) else "")
        return "".join(pieces)

    def _is_raw(self, tag: str) -> bool:
        """Whether what follows a tag is no text."""
        name = _name(tag)
        if name in _RAW:
            self._raw = "" if tag[1] == "/" else name
        return bool(self._raw)

    def _mark(self, at: int, tag: str, following: str) -> None:
        name, text = _name(tag), self._pieces[at]
        opens = bool(name) and tag[1] != "/" and not tag.endswith("/>") and name not in _EMPTY
        alone = opens and (_name(following) == name or following[1:2] == "/" or _name(following) not in _INLINE)
        if name in _NO_SPAN or (alone and not re.search("[A-Za-z]{2}", re.sub("&[a-z]+;", "", text))):
            if opens and " lang=" not in tag:
                self._pieces[at - 1] = tag[:-1] + self._attribute + ">"
        elif " lang=" not in tag or not opens:
            self._pieces[at] = _RUN.sub(lambda run: f"<span{self._attribute}>{run[0]}</span>", text)


@lru_cache(4096)
def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1].lower() if found else ""
