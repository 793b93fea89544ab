"""editors/problems.html: every problem the check can tell, explained, with how it looks and how it should."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from haitang.core.problem_codes import CODES, Level
from haitang.model.messages import code_words, words
from haitang.site.templates import LANGUAGE, Page
from haitang.site.views import Site


@dataclass(frozen=True, slots=True)
class Explained:
    """One kind of problem; `said` is its sentence with its blanks left open."""

    code: str
    level: Level
    said: str
    why: str
    wrong: str
    right: str


@dataclass(frozen=True, slots=True)
class Group:
    id: str
    title: str
    lead: str
    problems: tuple[Explained, ...]


def build(site: Site) -> Iterator[Page]:
    told = site.templates.words["editors"]
    body = site.templates.render("pages/problems.html", groups=list(_groups()), root="../", site=site)
    yield Page("editors/problems.html", "editors", told["problems_title"], told["problems_description"], body)


def _groups() -> Iterator[Group]:
    sentences = words(LANGUAGE).tree["problems"]
    for name, group in code_words().items():
        explained = (_explained(code, entry, sentences[code]) for code, entry in group["problems"].items())
        yield Group(name, group["title"], group["lead"], tuple(explained))


def _explained(code: str, entry: Mapping[str, str], sentence: str) -> Explained:
    said = sentence.format_map(_Open())
    return Explained(code, CODES[code].level, said, entry["why"], entry.get("wrong", ""), entry.get("right", ""))


class _Open(dict[str, str]):
    """Blanks that stay open."""

    def __missing__(self, key: str) -> str:
        return "…"
