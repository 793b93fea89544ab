"""Hosts that look like others: what is left of a host when all characters that look alike are one.

The rule: only what a browser may show is compared; whose a host is is not known here.
"""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache

from haitang.core.problems import Value

# What addresses lead to everywhere in the country; what else a directory's own lead to, they tell themselves (`alike`).
OFFICIAL = (
    "gov.cn 12345.gov.cn beian.miit.gov.cn beian.mps.gov.cn 12371.cn xuexi.cn news.cn people.com.cn xinhuanet.com cctv.com "
    "weixin.qq.com mp.weixin.qq.com qq.com baidu.com weibo.com github.com gitee.com gitlab.com"
).split()
# By what it looks like: letters of other alphabets, and single strokes of Chinese.
_LOOKS = {
    "a": "аɑαᴀ", "b": "ьƅвбʙ", "c": "сϲᴄ", "d": "ԁɗᴅ", "e": "еєҽᴇ", "g": "ɡցɢ", "h": "һհнʜ", "i": "іıιɩɪ", "j": "јᴊ",
    "k": "кκᴋ", "l": "ӏⅼł丨亅ǀ", "m": "мᴍ", "n": "пηɴո", "o": "оοօσᴏ口〇", "p": "рρᴘ", "r": "гʀ", "s": "ѕꜱ", "t": "тτᴛ十丁",
    "u": "υսᴜ", "v": "ѵνᴠ", "w": "ѡωԝшɯᴡ", "x": "хχ", "y": "уүγʏ", "z": "ᴢʐ乙", "-": "一ー〡",
    # Chinese characters of which one is taken for the other.
    "日": "曰", "己": "已巳", "土": "士", "未": "末", "人": "入", "戊": "戌戍", "刺": "剌", "母": "毋", "治": "冶", "千": "干",
}  # fmt: skip
_LIKE = {ord(sign): letter for letter, signs in _LOOKS.items() for sign in signs}
_STROKES = "丨亅口〇十丁乙一ー〡"
_SHAPES = (("rn", "m"), ("vv", "w"), ("cl", "d"), ("0", "o"), ("1", "l"), ("l", "i"))
_CHINESE = re.compile(r"[\u3007\u3400-\u9fff0-9a-z.-]+")


@lru_cache(5000)
def skeleton(host: str) -> str:
    """What a host looks like: of all that look alike one; without accents, which nobody sees in a line of text."""
    text = _plain(shown(host).removeprefix("www."))
    for shape, like in _SHAPES:
        text = text.replace(shape, like)
    return text


def shown(host: str) -> str:
    """A host as a browser may show it; `?` where it is none."""
    try:
        return ".".join(part[4:].encode().decode("punycode") if part.startswith("xn--") else part for part in host.split("."))
    except UnicodeError:
        return "?"


def lookalike(host: str) -> dict[str, Value] | None:
    """What to tell of a host in punycode that is not what it should be: Chinese characters and plain Latin letters, and those
    not to be taken for others."""
    seen = shown(host)
    official = _OFFICIAL.get(skeleton(host)) or _below_official(seen)
    if official is None and _is_chinese(seen):
        return None
    return {"host": host, "shown": seen, **({"wrong": host, "guess": official} if official else {})}


def _below_official(seen: str) -> str | None:
    """The host of an official's own that one looks like: ks.gov.cn, whatever stands before the names that we know."""
    plain = _plain(seen.removeprefix("www."))
    own = plain.split(".")
    known = any(".".join(own[at:]) in OFFICIAL for at in range(1, len(own)))
    return plain if known and plain.isascii() and plain != seen else None


def _plain(text: str) -> str:
    """A text with the plain letters for all that look like them, without accents."""
    apart = unicodedata.normalize("NFKD", text).casefold()
    return "".join(sign for sign in apart if not unicodedata.combining(sign)).translate(_LIKE)


def _is_chinese(text: str) -> bool:
    parts = [re.sub(f"[{_STROKES}]", "", part) if re.search("[a-z0-9]", part) else part for part in text.split(".")]
    changed = [part for part, whole in zip(parts, text.split("."), strict=True) if not whole.isascii()]
    return all(re.search(r"[\u3400-\u9fff]", part) for part in changed) and _CHINESE.fullmatch(text) is not None


def alike(hosts: Sequence[str]) -> Iterator[tuple[int, dict[str, Value]]]:
    """Of hosts, those in punycode that look like another among them, which is no such one or is led to more often: the host's
    place, and what to tell."""
    counts = Counter(hosts)
    meant = dict[str, str]()
    for host in sorted(counts, key=lambda host: ("xn--" in host, -counts[host])):
        meant.setdefault(skeleton(host), host)
    for at, host in enumerate(hosts):
        other = meant[skeleton(host)]
        if "xn--" in host and other.removeprefix("www.") != host.removeprefix("www."):
            yield at, {"host": host, "shown": shown(host), "wrong": host, "guess": other}


_OFFICIAL = {skeleton(host): host for host in OFFICIAL}
