"""Addresses of pages that lead elsewhere than they say, or lead nobody there but who copied them.

The rule: an address is judged by what it says; nothing is asked of the network. A cure takes
nothing away that a page is found by.
"""

import re
from collections.abc import Iterator
from functools import cache, lru_cache
from urllib.parse import parse_qsl, unquote, urlsplit

from haitang.checks.lint.homographs import alike, lookalike
from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Finding, Path
from haitang.model.cures.model_types import field_type
from haitang.model.entries import Entry

# Services that make short addresses of long ones: where they lead, nobody sees, and they end with the service.
SHORTENERS = frozenset(
    "t.cn url.cn w.url.cn dwz.cn suo.im 985.so sourl.cn mrw.so c1n.cn reurl.cc bit.ly goo.gl t.co tinyurl.com is.gd ow.ly "
    "buff.ly t.ly rebrand.ly cutt.ly v.gd".split()
)
# These answer in https for years, and lead there anyway.
_SECURE = frozenset("mp.weixin.qq.com weixin.qq.com www.gov.cn github.com gitee.com www.12371.cn".split())
_ADDRESSES = ("url", "form")  # how the names of fields end that hold one
_PRIVATE = re.compile(r"(?:^|\.)(?:localhost|local|lan|intranet|internal|home|corp|localdomain)$")
_SEARCH = re.compile(
    r"(?:^|\.)(?:baidu\.com/s$|sogou\.com/(?:web|weixin)\b|so\.com/s\b|bing\.com/search|google\.[a-z.]+/search)"
)
_LOGIN = re.compile(
    r"^(?:passport|login|sso|cas|oauth)\.|/(?:login|signin|sign_in|logon|oauth|sso|wp-admin|admin/login)\b", re.I
)
# Addresses that search engines make of articles, by host: they end in hours.
_PASSING = re.compile(r"^(?:weixin\.sogou\.com/link|mp\.weixin\.qq\.com/s)$")
# What opens a page for one reader and for a while.
_PASSES = frozenset("tempkey token access_token ticket sessionid session_id jsessionid phpsessid".split())
_LASTING_BRIEFLY = frozenset("signature timestamp".split())  # in the addresses that searching for articles gives
_TRACES = re.compile(
    r"utm_\w+|spm|scm|isappinstalled|nsukey|share_token|share_from|_trms|fbclid|gclid|bd_vid|hmsr|wxfrom", re.I
)
# `from` is a trace with these values only; many pages are found by it.
_TRACE_PAIRS = frozenset(("from", value) for value in ("singlemessage", "timeline", "groupmessage"))
_PROGRAMS = (".apk", ".exe", ".ipa", ".msi", ".bat", ".dmg", ".scr", ".jar")


def links_are_likely(dataset: Dataset) -> Iterator[Finding]:
    for entry in dataset.own(dataset.files):
        for path, url in _links(entry.value, ()):
            for code, values in _odd(url):
                yield Finding(entry.file, path, code, {"field": str(path[-1]), "value": url, **values})


def hosts_are_not_alike(dataset: Dataset) -> Iterator[Finding]:
    """No Chinese host looks like another that is led to; `links_are_likely` tells of those that look like none of ours."""
    found = [(entry, path, url) for entry in dataset.files for path, url in _links(entry.value, ())]
    if not any("xn--" in url.lower() for _, _, url in found):
        return
    hosts = [(urlsplit(url).hostname or "").lower() for _, _, url in found]
    for at, values in alike(hosts):
        entry, path, url = found[at]
        if dataset.is_asked(entry) and lookalike(hosts[at]) is None:
            yield Finding(entry.file, path, "link-lookalike", {"field": str(path[-1]), "value": url, **values})


@cache
def _link_fields(kind: type[Entry]) -> tuple[str, ...]:
    """The fields of a kind of entry that hold an address, themselves or in anything below them."""
    return tuple(
        name
        for name in kind.model_fields
        if name.endswith(_ADDRESSES)
        or (isinstance(inner := field_type(kind, (name,)), type) and issubclass(inner, Entry) and _link_fields(inner))
    )


def _links(value: Entry, path: Path) -> Iterator[tuple[Path, str]]:
    for name in _link_fields(type(value)):
        item = getattr(value, name)
        if type(item) is str:
            if "://" in item:
                yield (*path, name), item
        elif isinstance(item, Entry):
            yield from _links(item, (*path, name))
        elif type(item) is tuple:
            for index, part in enumerate(item):
                yield from _links(part, (*path, name, index))


# An address without any of these has a host and a path and nothing to say about the path.
_PLAIN = re.compile(r"https?://([^/?#:]+)/?(?!.*(?:[?;]|log[io]n|sign_?in|sso|oauth|admin|\.[a-z]{3}$))", re.IGNORECASE)


def _odd(url: str) -> Iterator[tuple[str, dict[str, Value]]]:
    """What is odd about an address: of warnings the first, and what can be cured."""
    if (plain := _PLAIN.match(url)) and _plain_host(plain[1]) and url.startswith("https:"):
        return
    parts = urlsplit(url)
    host = (parts.hostname or "").lower()
    if (warning := _warning(host, parts.path, parts.query)) is not None:
        yield warning
        return
    if parts.scheme.lower() == "http" and host in _SECURE:
        yield "link-not-secure", {"wrong": url[: url.index("://") + 3 + len(host)], "guess": f"https://{host}"}
    kept = [part for part in parts.query.split("&") if not _is_trace(part)]
    if parts.query and len(kept) < len(parts.query.split("&")):
        start = url.index(parts.netloc) + len(parts.netloc)
        query = f"?{'&'.join(kept)}" if kept else ""
        fragment = f"#{parts.fragment}" if parts.fragment else ""
        yield "link-traced", {"wrong": url[start:], "guess": f"{parts.path or '/'}{query}{fragment}"}


@lru_cache(1000)
def _plain_host(host: str) -> bool:
    return _warning(host.lower(), "", "") is None


def _warning(host: str, path: str, query: str) -> tuple[str, dict[str, Value]] | None:
    if "xn--" in host and (told := lookalike(host)):
        return "link-lookalike", told
    if host.removeprefix("www.") in SHORTENERS:
        return "link-shortened", {"host": host}
    if _PRIVATE.search(host):
        return "link-private", {"host": host}
    if _SEARCH.search(f"{host}{path}") and query:
        return "link-search", {"host": host}
    names = {name.lower() for name, _ in parse_qsl(query)}
    passes = names & _PASSES or (_PASSING.search(f"{host}{path}") and (names & _LASTING_BRIEFLY or path == "/link"))
    if _LOGIN.search(f"{host}{path}") or passes or ";jsessionid" in path.lower():
        return "link-personal", {"host": host}
    suffix = next((suffix for suffix in _PROGRAMS if unquote(path).lower().endswith(suffix)), None)
    return ("link-program", {"suffix": suffix}) if suffix else None


def _is_trace(part: str) -> bool:
    name, _, value = part.partition("=")
    return bool(_TRACES.fullmatch(name)) or (name, value) in _TRACE_PAIRS
