"""Hostile strings by the thousand, made from families: what would act in a page, a script, a sheet, a calendar, a terminal, the
log of a workflow, on a forge. Most are short, so that the narrowest field holds them.

The rule: a family is a product of a few lists, each for one thing that some reader might take a text for. Nothing here was
copied from anybody's list.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from functools import cache
from itertools import product
from random import Random
from urllib.parse import quote

from haitang.source.parser import Fields, parse_bytes

LONGEST = 54  # a name holds 60 characters, its mark among them
SEED = 19

_TAGS = (
    "a b img svg math script style link meta base iframe object embed form input button select textarea details video audio "
    "source track template slot noscript title body html head frame frameset marquee dialog portal table td isindex keygen "
    "applet param plaintext xmp listing col summary map area canvas picture"
).split()
_EVENTS = (
    "click load error focus blur toggle input change submit reset mouseover pointerenter animationstart transitionend begin "
    "end repeat beforeprint hashchange message popstate pageshow unload wheel copy paste drag drop keydown scroll resize cut "
    "canplay loadstart play seeked invalid search select show touchstart auxclick"
).split()
_ACTS = (
    "<script>x()</script>", "<img src=x onerror=x()>", "<svg/onload=x()>", "<base href=//e.e>", "<iframe srcdoc=x>",
    "<meta http-equiv=refresh content=0>", "<form action=//e.e>", "<link rel=stylesheet href=//e.e>", "<style>*{}</style>",
    "<object data=//e.e>", "<embed src=//e.e>", "<math><mi//xlink:href=//e>", "<a href=javascript:x()>y</a>", "<!--", "<x a=",
    "<template><b>", "<details open ontoggle=x()>", "<input autofocus onfocus=x()>", "<video><source onerror=x()>",
    " onclick=x() ", " style=x:y ", " href=//e.e ", " srcset=//e.e ", " formaction=//e.e ", " id=map ", " class=is-open ",
    "x()", "alert`1`", "<plaintext>", "</body></html>", "<?x y?>", "<title>x</title>", "<button form=a formaction=//e>",
    "<image href=//e.e onload=x()>", "<use href=//e.e#x>", "<set attributeName=href to=//e>", "<p data-src=//e.e>",
)  # fmt: skip
_BREAKS = (
    '"', "'", "`", ">", '">', "'>", "-->", "--!>", "]]>", "</script>", "</style>", "</title>", "</textarea>", "</svg>", "</p>",
    "</noscript>", "</template>", "<!--", "<![CDATA[", "/>", "&#34;>", '\\"', "\\u0022>", "%22%3E", "';", '";', "*/", "\\",
    "\u00ab", "＂＞", "</li></ul>", "</SCRIPT >", "<!-->", "<%", "\\'",
)  # fmt: skip
_SCHEMES = (
    "javascript: vbscript: data:text/html, data:image/svg+xml, file:/// blob: intent: view-source: feed: livescript: mhtml: "
    "weixin:// about: ftp:// tel: sms: mailto:"
).split()
_BODIES = ("x()", "//e.e/x", "<script>x()</script>", "%0Ax()", "//%0Ax()//", "\\\\e.e", "?x=1&amp;y=2#z")
_TEMPLATES = (
    "{{%s}}", "{{ %s }}", "{%%%s%%}", "{%% %s %%}", "{#%s#}", "${%s}", "#{%s}", "<%%=%s%%>", "[[%s]]", "{%s}", "%%(%s)s",
    "$(%s)", "`%s`", "*{%s}", "@{%s}", "{{{%s}}}", "{{- %s -}}", "$%s$", "$$%s$$", "\\(%s\\)", "\\N{%s}", "{{%%s}}%s",
)  # fmt: skip
_EXPRESSIONS = (
    "7*7", "config", "x|safe", "self", "0", "0.__class__", "include 'x'", "raw", "endraw", "endblock", "extends x", "import os",
    "constructor", "this", "''", "words", "block x", "a.b.c", "!x", "secrets.X", "github.token", "HAITANG_TITLE", "name",
)  # fmt: skip
_MARKDOWN = (
    "[%s](//e.e)", "![%s](//e.e/x.png)", "[x]: //e.e %s", "<https://e.e/%s>", "# %s", "> %s", "- [ ] %s", "1. %s", "| %s | b |",
    "```%s```", "``%s`", "**%s**", "__%s__", "~~%s~~", "[^%s]", "[^1]: %s", "    %s", "***%s", "<b>%s</b>", "*%s*", "%s\\",
    "[%s][x]", "[%s]", "![%s]", "+ %s", "= %s", "--- %s", "~~~%s", "\\%s", "&%s;", "<!-- %s -->", "::: %s", "!!! %s", "==%s==",
    "$%s$", "[[%s]]", "{: .%s}", "%s  ", "<details>%s", "[%s](<javascript:x()>)",
)  # fmt: skip
_NAMED = ("x", "javascript:x()", "点我", "`", "](", "@all", "#1", "www.e.example", "a@e.example", "<b>", "*", "\\")
_FORMULAS = (
    "1+1", "SUM(A1:A9)", 'HYPERLINK("//e.e","x")', "cmd|'/C calc'!A0", 'IMPORTXML("//e","//a")', 'WEBSERVICE("//e.e")', "A1",
    'DDE("cmd";"/C calc";"x")', "INDIRECT(A1)", "NOW()", "(1)", "-1", "@SUM(1)", "'x'!A1", '""', "1E+9", "0x1", "三加四", "<b>",
    "IF(1,2)", "EXEC(A1)", "x", "\\\\e\\x", "REGISTER(1)", "CALL(1)",
)  # fmt: skip
_LEADS = (
    "=",
    "+",
    "-",
    "@",
    "＝",
    "＋",
    "－",
    "＠",
    '"=',
    "'=",
    " =",
    "=-",
    "+-",
    ",=",
    ";=",
    "|=",
    "=@",
    "%=",
    "==",
    "−",
    "﹦",
)
_CALENDAR = (
    "END:VEVENT", "BEGIN:VALARM", "BEGIN:VEVENT", "END:VCALENDAR", "ATTACH:http://e.e", "URL:javascript:x()", "ORGANIZER:a@e.e",
    "RRULE:FREQ=SECONDLY", "DTSTART:19700101T000000Z", "ATTENDEE;CN=x:mailto:a@e.e", "X-A;B=C:D", "ACTION:PROCEDURE", "UID:x",
    "SUMMARY:x", "EXDATE:x", "SEQUENCE:9", "METHOD:CANCEL", "STATUS:CANCELLED", "TRIGGER:-PT0S", "LOCATION:x",
)  # fmt: skip
_FOLDS = ("\\n%s", "\\N%s", "\\r\\n%s", ";%s", ",%s", ":%s", "\\\\n%s", '";%s"', "=0D=0A%s", "%%0D%%0A%s", "^n%s", "\\,%s\\;")
_XML = (
    "&xxe;", "&x.y;", "<!DOCTYPE x>", "<!ENTITY x 'y'>", "<?xml version='1.1'?>", "<![CDATA[x]]>", "]]>", "<x:y xmlns:x='z'>",
    "<xi:include href='x'/>", "&#0;", "&#x1F;", "&#xD800;", "&#8238;", "<a xlink:href='//e'>", "<?x-stylesheet href='//e'?>",
    "<entry>", "</entry>", "</urlset>", "<loc>//e</loc>", "<link href='//e'/>", "</text>", "<tspan>x", "<foreignObject>",
    "<animate onbegin=x()>", "<desc><b>x", "&lt;!--", "<!ATTLIST>", "<sst>", "<f>1+1</f>", "</t></is>", "_x000D_", "_x003C_",
)  # fmt: skip
_JSON = (
    '"}', '"]', '"},{"x":"', '"],"x":["', "</script>", "<!--", "__proto__", "constructor", "prototype", "hasOwnProperty",
    "toString", "valueOf", "__defineGetter__", "\\u003c/script>", '\\"', "\\", "NaN", "-Infinity", "undefined", "null", "true",
    "[object Object]", "function(){}", "//", "/*", "*/", "');x()//", '");x()//', "`+x()+`", "\\x3cb>", "window.HAITANG",
    "__lookupSetter__", "isPrototypeOf", "length", "0", "then", "toJSON", "\\u2028", "\\ud800", "eval('x')",
)  # fmt: skip
_SHELL = (
    "$(x)", "`x`", "; x", "| x", "&& x", "|| x", "> x", "< x", "--help", "-rf", "--root=/", "-c", "$HOME", "${IFS}", "*", "~",
    "!!", "\\", "'; x #", '"; x #', "%PATH%", "^& x", "\\x41", "$'\\n'", "--upload-pack=x", "-oProxyCommand=x", "@x", "@{u}",
    "HEAD~1", ":/x", ":(top)", "refs/heads/x", "--output=x", "-x", "#", "<(x)", "!x", "?x=1&y=2",
)  # fmt: skip
_PATHS = (
    "etc/passwd", "positions/x.yml", "x.html", ".git/config", "con", "nul.yml", "", "windows\\win.ini", "directory.yml",
    "index.html", "%s%s", "\u3002/x",
)  # fmt: skip
_UPWARD = (
    "../", "../../", "..\\", "..\\..\\", "%2e%2e/", "%2e%2e%2f", "..%2f", "....//", "..;/", "/", "//", "\\\\e\\", "C:\\",
    "file://", "./", "~/", "%c0%ae%c0%ae/", "．．／", "..%5c", "\\\\?\\", "..%252f", "x/../",
)  # fmt: skip
_COMMANDS = (
    "error", "warning", "notice", "debug", "group", "endgroup", "add-mask", "set-output name=x", "save-state name=x", "echo",
    "set-env name=PATH", "add-path", "stop-commands", "add-matcher", "error file=a,line=1", "section", "vso[task.setvariable]",
)  # fmt: skip
_RUNNERS = (
    "::%s::x", "  ::%s::x", "##[%s]x", "x ##[%s]x", "::%s ::", "%%0A::%s::x", "\\n::%s::x", ":::%s::x", "##%s", "::%s",
    "\u3000::%s::x", "##vso[%s]", "：：%s：：x", "section_start:1:%s", "::%s::%%25", "##[%s;x=y]z", "x::%s::",
)  # fmt: skip
_FORGE = (
    "@everyone", "@all", "@here", "#12", "GH-12", "o/r#3", "o/r@abcdef1", "!12", "%12", "&12", "~bug", "$12", "/close", "/lgtm",
    "/approve", "fixes #1", "closes: #1", "[skip ci]", "Co-authored-by: x <x@e.e>", "Signed-off-by: x", ":x:", ":+1:", "+1",
    "Merge branch 'x'", "revert: x", "fixup! x", "abcdef1234567890abcdef1234567890abcdef12", "<!-- x -->", "确认删除：x",
    "diff --git a/x b/x", "+++ b/x", "--- a/x", "@@ -1 +1 @@", "<<<<<<< HEAD", ">>>>>>> x", "=======", "|||||||", "cc @x",
)  # fmt: skip
_YAML = (
    "!!python/object/apply:x", "!x", "&a", "*a", "<<: *a", "a: b", "a:", "- a", "? a", "| a", "> a", "%YAML 1.2", "---", "...",
    "[a, b]", "{a: b}", "# a", "a #b", "'a", '"a', "@a", "`a", "~", "null", "yes", "no", "on", "=", "<<", "0o17", "0x1F", "1_0",
    "1e3", ".inf", ".nan", "2026-01-01", "12:30:45", "[", "]", "{", "}", ",", ": ", "a\\", "!!binary x", "!<x>", "{a", "'''",
)  # fmt: skip
_CSS = (
    "expression(x())", "url(//e.e)", "url('//e')", "@import '//e.e';", "}*{x:y", "behavior:url(x)", "-moz-binding:url(x)",
    "background:url(//e)", "/*x", "*/x", "\\65 xpression", "position:fixed", "content:attr(x)", "@charset 'x'", "!important",
    "var(--x)", "@font-face{}", "</style>", "image-set('//e' 1x)", "{}", ";color:red", "calc(1px)",
)  # fmt: skip
_WORDS = ("admin", "gov.cn", "kunshan", "paypal", "script", "service", "login", "town1", "open", "HEAD")
_TWINS = {
    "Cyrillic": dict(zip("aceopxyisdTHKMB", "асеорхуіѕԁТНКМВ", strict=True)),
    "Greek": dict(zip("aovnuptkxyHMN", "αονηυρτκχγΗΜΝ", strict=True)),
    "wide": {chr(code): chr(code + 0xFEE0) for code in range(0x21, 0x7F)},
    "bold": {chr(0x61 + at): chr(0x1D41A + at) for at in range(26)},
    "script": {chr(0x61 + at): chr(0x1D4B6 + at) for at in range(26) if at not in (4, 6, 14)},
    "mono": {chr(0x61 + at): chr(0x1D68A + at) for at in range(26)},
    "round": {chr(0x61 + at): chr(0x24D0 + at) for at in range(26)},
    "digits": {"o": "0", "l": "1", "i": "1", "s": "5", "e": "3", "a": "4"},
    "small": dict(zip("abcdeghijklmnoprtuvw", "ᴀʙᴄᴅᴇɢʜɪᴊᴋʟᴍɴᴏᴘʀᴛᴜᴠᴡ", strict=True)),
}
_ODD = (
    *"ﷺ 𠮷 👨‍👩‍👧 🏳️‍🌈 İ ı ß ſ K ŉ ǰ ΐ ﬁ Ǆ ᾳ 々 〆 ㍿ ㎡ ① ½ ٣ １ 〇 한글 ไทย हिन्दी עברית العربية ꦁ 𝟘 🅰 ‼️ ¯\\_(ツ)_/¯ ︻ ︵ ﹁ "
    "｟ 〝 ‖ ′ ‥ ⸺ 〜 ・ ゛ ﾟ ㄅ ㆍ ㋿".split(),
    "\u180e", "\u0332", "\u20dd", "\U0001f1e8\U0001f1f3", "\ue000", "\U0010fffd", "\xa0", "\u2003",
)  # fmt: skip
_CSI = (
    "[31m", "[2J", "[H", "[1A", "[?25l", "[6n", "]0;x", "]8;;//e.e", "]52;c;eA==", "P1$r", "_x", "^x", "c", "[5i", "[20t", "(0",
    "#8", "[99;1R", "]1337;File=:x", "[?1049h", "[38;5;1m", "N", "O", "\\", "%G", "7", "[8m", "[s",
)  # fmt: skip
_UNSEEN = (
    *range(0x20), *range(0x7F, 0xA0), 0xAD, 0x34F, 0x61C, 0x115F, 0x1160, 0x17B4, 0x17B5,
    *range(0x180B, 0x1810), *range(0x200B, 0x2010), *range(0x2028, 0x202F), *range(0x2060, 0x2070), 0x3164, 0xFE00, 0xFEFF,
    0xFFA0, *range(0xFFF9, 0xFFFD), 0xFFFE, 0xFFFF, 0xE0001, 0xE0041, 0xE0100,
)  # fmt: skip


def _html() -> Iterator[str]:
    yield from (f"<{tag} {way}>" for tag, way in product(_TAGS, ("src=//e.e", "href=//e.e", "onload=x()", "x='", "/", "")))
    yield from (f"</{tag}>" for tag in _TAGS)
    yield from (f"{close}{act}" for close, act in product(_BREAKS, _ACTS))
    yield from _ACTS


def _attributes() -> Iterator[str]:
    for event, shape in product(_EVENTS, (" on{}=x() ", '" on{}="x()', "' on{}='x()", "`on{}=x()", '"/on{}=x()//', " ON{}= x")):
        yield shape.format(event)


def _urls() -> Iterator[str]:
    hide: tuple[Callable[[str], str], ...] = (
        str, str.upper, str.title, lambda scheme: f" {scheme}", lambda scheme: scheme.replace(":", "&colon;"),
        lambda scheme: f"&#{ord(scheme[0])};{scheme[1:]}", quote, lambda scheme: f"{scheme[0]}&Tab;{scheme[1:]}",
    )  # fmt: skip
    yield from (way(scheme) + body for way, scheme, body in product(hide, _SCHEMES, _BODIES))
    yield from (
        f"{lead}e.example{path}" for lead, path in product(("//", "https://", "\\\\", "www.", "a@"), ("", "/x.png", "?"))
    )


def _entities() -> Iterator[str]:
    coded: tuple[Callable[[str], str], ...] = (
        lambda sign: f"&#{ord(sign)};", lambda sign: f"&#x{ord(sign):x};", lambda sign: f"&#{ord(sign):07d}", quote,
        lambda sign: quote(quote(sign, ""), ""), lambda sign: f"\\u{ord(sign):04x}", lambda sign: f"\\x{ord(sign):02x}",
        lambda sign: {"<": "&lt;", ">": "&gt;", '"': "&quot;"}.get(sign, sign), lambda sign: f"&amp;#{ord(sign)};",
        lambda sign: f"\\{ord(sign):o}", lambda sign: f"={ord(sign):02X}", lambda sign: f"+{ord(sign):04X}-",
    )  # fmt: skip
    for code, act in product(coded, _ACTS):
        yield "".join(code(sign) if sign in "<>\"'=&/: " else sign for sign in act)
    yield from (
        f"&{name}{end}" for name, end in product("lt gt amp quot apos nbsp NewLine Tab copy not lbrace AMP".split(), "; ")
    )


def _zalgo() -> Iterator[str]:
    marks = [chr(code) for code in range(0x300, 0x330)]
    for base, height, at in product("aZ0党群站", (1, 3, 8, 20), range(0, 40, 8)):
        yield base + "".join(marks[(at + step) % len(marks)] for step in range(height))
    for word in ("é", "한", "ﬁ", "㎡", "ệ", "Ǆ"):
        yield from (unicodedata.normalize("NFD", word), unicodedata.normalize("NFKD", word))


def _twins() -> Iterator[str]:
    for word, twins in product(_WORDS, _TWINS.values()):
        yield "".join(twins.get(sign, sign) for sign in word)
        yield from (word.replace(sign, twins[sign], 1) for sign in sorted(set(word)) if sign in twins)


def _unseen() -> Iterator[str]:
    for code, shape in product(_UNSEEN, ("{}", "a{}b", "{}::error::x", "</scr{}ipt>", "gov{}.cn", "=1{}+1")):
        yield shape.format(chr(code))
    yield from (f"{lead}{body}{end}" for lead, body, end in product(("\x1b", "\x9b", "a\x1b"), _CSI, ("", "\x07", "\x1b\\")))
    yield from (chr(code) + shape for code in (0xD800, 0xDFFF) for shape in ("", "x"))


def _mixed() -> Iterator[str]:
    """Two of different families in one text: what undoes the guard against one may let the other through."""
    random = Random(SEED)
    seen = [text for name, family in FAMILIES.items() if name not in ("mixed", "unseen") for text in family() if len(text) < 24]
    for _ in range(400):
        yield random.choice(("", "好", " ", "， ")).join(random.sample(seen, 2))


FAMILIES: Mapping[str, Callable[[], Iterator[str]]] = {
    "html": _html,
    "attributes": _attributes,
    "urls": _urls,
    "entities": _entities,
    "templates": lambda: (shape % said for shape, said in product(_TEMPLATES, _EXPRESSIONS)),
    "markdown": lambda: (shape % said for shape, said in product(_MARKDOWN, _NAMED)),
    "formulas": lambda: (lead + said for lead, said in product(_LEADS, _FORMULAS)),
    "calendar": lambda: (shape % said for shape, said in product(_FOLDS, _CALENDAR)),
    "xml": lambda: (f"{lead}{said}" for lead, said in product(("", "x", '"', "&amp;", "<"), _XML)),
    "json": lambda: (f"{lead}{said}" for lead, said in product(("", "x", '"', "\\", "',"), _JSON)),
    "shell": lambda: (f"{lead}{said}" for lead, said in product(("", "x ", "'", "$"), _SHELL)),
    "paths": lambda: (f"{up}{said}" for up, said in product(_UPWARD, _PATHS)),
    "commands": lambda: (shape % said for shape, said in product(_RUNNERS, _COMMANDS)),
    "forge": lambda: (f"{lead}{said}" for lead, said in product(("", "x ", "\\", "("), _FORGE)),
    "yaml": lambda: (f"{lead}{said}" for lead, said in product(("", "x", '"'), _YAML)),
    "css": lambda: (f"{lead}{said}" for lead, said in product(("", "x:y;", '"', "'"), _CSS)),
    "zalgo": _zalgo,
    "twins": _twins,
    "odd": lambda: (f"{lead}{said}" for lead, said in product(("", "x", "站", "="), _ODD)),
    "unseen": _unseen,
    "mixed": _mixed,
}


@cache
def all_strings() -> tuple[str, ...]:
    """All, each once, in the same order each time; shuffled, so that any stretch has some of every family."""
    found = dict.fromkeys(text for family in FAMILIES.values() for text in family() if 0 < len(text) <= LONGEST)
    strings = [*found]
    Random(SEED).shuffle(strings)
    return tuple(strings)


@cache
def visible() -> tuple[str, ...]:
    """Those that a file of the data may hold. All others are refused wherever they stand in it, as `test_pages` shows."""
    return tuple(text for text in all_strings() if (text.isascii() and text.isprintable()) or _is_read(text))


def _is_read(text: str) -> bool:
    written = f"a: {json.dumps('x' + text, ensure_ascii=False)}\n".encode("utf-8", "surrogatepass")
    return not re.search(r"[\n\r\t]", text) and isinstance(parse_bytes(written, "a.yml"), Fields)


@cache
def unseen() -> tuple[str, ...]:
    seen = frozenset(visible())
    return tuple(text for text in all_strings() if text not in seen)
