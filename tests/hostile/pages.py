"""Pages as a browser reads them: its own parser says which nodes there are, with which attributes, and what is said."""

import json
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import pairwise
from typing import Any
from unicodedata import normalize
from urllib.parse import unquote, urlsplit

from playwright.sync_api import Page as Tab

from tests.hostile.world import World

MARK = re.compile(r"§\d+§")
# What does something: pages hold as many of them whatever they say.
ACTING = frozenset("script style link meta base iframe object embed img image use form input button title svg math".split())
_ADDRESSES = frozenset("href src action formaction data poster srcset cite background ping data-src xlink:href".split())
_READ = """([htmls, addresses]) => htmls.map(html => {
  const tags = {};
  let said = [];
  const look = root => {
    const walk = document.createTreeWalker(root, NodeFilter.SHOW_ALL);
    let joined = false;
    for (let node = walk.nextNode(); node; node = walk.nextNode()) {
      if (node.nodeType === Node.TEXT_NODE) {
        if (joined) said[said.length - 1][2] += node.data;
        else said.push([node.parentNode.localName || "", "", node.data]);
        joined = true;
        continue;
      }
      if (node.nodeType !== Node.ELEMENT_NODE) {
        const name = node.nodeName;
        tags[name] = (tags[name] || 0) + 1;
        continue;
      }
      joined = joined && node.localName === "wbr";
      const names = [...node.attributes].map(each => each.name);
      const tag = [node.localName, ...names.sort()].join(" ");
      tags[tag] = (tags[tag] || 0) + 1;
      for (const each of node.attributes) said.push([node.localName, each.name, each.value]);
      if (node.localName === "template") look(node.content);
    }
  };
  const page = new DOMParser().parseFromString(html, "text/html");
  look(page);
  said = said.filter(([tag, name, text]) =>
    /§\\d+§|url=/i.test(text) || (tag === "script" && !name) || addresses.includes(name));
  return {tags, said};
})"""
FRAGMENT = re.compile(r'\s*<[^§]*class="')  # HTML that a script puts into the page
PACKED = re.compile("[\t\r]")  # what columns pack, which tests/site/test_browser_exports.py holds against its source
# Digests in base64 may look like anything, marks included.
_DIGESTS = frozenset(("data-files", "data-version", "integrity"))


@dataclass(frozen=True, slots=True)
class Page:
    """Its tags, each with the names of its attributes; what its texts and attributes say: tag, attribute or "", text."""

    tags: Counter[str]
    said: list[tuple[str, str, str]]

    @property
    def acting(self) -> Counter[str]:
        return Counter({tag: count for tag, count in self.tags.items() if tag.split(" ")[0] in ACTING})

    @property
    def asked(self) -> set[tuple[str, str, str, str]]:
        """Of its addresses the tag, the attribute, the scheme and the host."""
        return {
            (tag, name, *urlsplit(value.strip())[:2])
            for tag, name, value in self.said
            if name in _ADDRESSES or (name == "content" and "url=" in value)
        }


def read(tab: Tab, htmls: Mapping[str, str]) -> dict[str, Page]:
    """All pages, and the pieces of HTML that their scripts hold."""
    found: list[dict[str, Any]] = tab.evaluate(_READ, [[*htmls.values()], [*_ADDRESSES]])
    pages, pieces = dict[str, Page](), dict[str, str]()
    for path, page in zip(htmls, found, strict=True):
        pages[path] = Page(Counter(page["tags"]), [])
        for tag, name, text in page["said"]:
            texts = literals(text) if tag == "script" and not name else (text,)
            for each in texts:
                if FRAGMENT.match(each):
                    pieces[f"{path}, piece {len(pieces)}"] = each
                elif name not in _DIGESTS:
                    pages[path].said.append((tag, name, each))
    return (pages | read(tab, pieces)) if pieces else pages


def literals(script: str) -> Iterator[str]:
    """The texts in a script, as JSON writes them, that are a stranger's or HTML, but for packed columns."""
    for found in re.finditer(r'"(?:[^"\\]|\\.)*"', script):
        if "§" in found[0] or "class=" in found[0]:
            text = json.loads(found[0])
            if FRAGMENT.match(text) or not PACKED.search(text):
                yield text


_EMPHASIS = re.compile(r"[*_\\]")  # of a story, which a description leaves out
_HALF_A_MARK = re.compile(r"§\d*(?=…)")


def misspoken(world: World, said: Iterable[tuple[str, str]]) -> Iterator[tuple[str, str, str]]:
    """Of texts, each with a word for where it stands, those that say one of the world's otherwise than it was written: where,
    what was written, what is said. It may be cut short, or go on in the next line of a picture; blanks are one, and letters
    composed."""
    for where, text in said:
        for found, after in pairwise([*MARK.finditer(text), None]):
            assert found
            leads = world.texts[found[0]].endswith(found[0])
            wanted = _shown(world.texts[found[0]])
            there = _shown(text[: found.end()] if leads else text[found.start() : after and after.start()])
            if leads and not (there.endswith(wanted) or wanted.endswith(there)):
                yield where, wanted, there
            if not leads and not (there.startswith(wanted) or wanted.startswith(there.partition("…")[0])):
                yield where, wanted, there


def _shown(text: str) -> str:
    return normalize("NFC", re.sub(r"\s+", " ", _EMPHASIS.sub("", _HALF_A_MARK.sub("", text))).rstrip())


def sayings(page: Page) -> Iterator[tuple[str, str]]:
    """What a page says, with the tag and the attribute; of an address each part as its server gets it."""
    for tag, name, text in page.said:
        parts = map(unquote, re.split("[?&#]", text)) if name in _ADDRESSES else (text,)
        yield from ((f"{tag} {name}", part) for part in parts if "§" in part)
