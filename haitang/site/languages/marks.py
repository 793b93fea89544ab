"""What stays Chinese on a page in another language says so (`lang`): a screen reader then reads it, a browser can translate it.

The rule: where a text is all there is in an element, the element is marked; where it stands beside others, a span of its own.
Attributes cannot be marked.
"""

import re
from functools import lru_cache, partial

_HAN = "\u3400-\u9fff\uf900-\ufaff"
_MARKS = "\u3001-\u3017\uff01-\uff5e“”‘’"  # that Chinese texts begin and end with
_CHINESE = re.compile(rf"[{_HAN}]")
_RUN = re.compile(rf"[{_MARKS}]*[{_HAN}](?:[^A-Za-z<&\n]*[{_HAN}])*[{_MARKS}]*")
_RAW = re.compile(r"(<(?:script|style)\b.*?(?:</(?:script|style)>|\Z))", re.DOTALL)
# A text with Chinese in it, the tag before it and the one behind it: where all begin with the same sign, they are found soon.
_TEXT = re.compile(rf"(<[^>]*+>)([^<{_HAN}]*+[{_HAN}][^<]*+)(?=(<[^>]*>)?)")
_NAME = re.compile(r"</?([a-zA-Z][\w-]*)")
_LATIN, _ENTITY = re.compile("[A-Za-z]{2}"), re.compile("&[a-z]+;")
_NO_SPAN = frozenset(("title", "textarea", "option", "text", "tspan", "desc"))  # which hold text and nothing else
_EMPTY = frozenset(("br", "hr", "img", "input", "wbr"))  # which hold nothing
_INLINE = frozenset("a abbr b bdi br cite code em i img kbd mark q s small span strong sub sup svg time u wbr".split())


def marked(html: str, language: str = "zh-CN") -> str:
    """The same page with its Chinese texts marked as being in `language`."""
    if not _CHINESE.search(html):
        return html
    mark = partial(_marked, attribute=f' lang="{language}"')
    # Where there is no tag, none is there: what it is taken for is cut off again.
    return "".join(part if at & 1 else _TEXT.sub(mark, f"<>{part}")[2:] for at, part in enumerate(_RAW.split(html)))


def _marked(found: re.Match[str], attribute: str) -> str:
    tag, text, following = found[1], found[2], found[3] or ""
    name = _name(tag)
    opens = bool(name) and tag[1] != "/" and not tag.endswith("/>") and name not in _EMPTY
    is_marked = " lang=" in tag
    if name in _NO_SPAN or (opens and _ends(name, following) and not _LATIN.search(_ENTITY.sub("", text))):
        return f"{tag[:-1]}{attribute}>{text}" if opens and not is_marked else found[0]
    if is_marked and opens:
        return found[0]
    return tag + _RUN.sub(lambda run: f"<span{attribute}>{run[0]}</span>", text)


def _ends(name: str, following: str) -> bool:
    """Whether a text is all there is in its element, by the tag behind it."""
    other = _name(following)
    return other == name or following[1:2] == "/" or other not in _INLINE


@lru_cache(4096)
def _name(tag: str) -> str:
    found = _NAME.match(tag)
    return found[1].lower() if found else ""
