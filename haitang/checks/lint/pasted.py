"""What came along with a text that was pasted: marks of chats and of Markdown, little faces, pictures; and names of persons.

The rule: what is told would be printed as it stands (stories are Markdown, names are not); what is left without it is the cure.
"""

import re
from collections.abc import Iterator

from haitang.checks.lint.garbled import texts_of, told
from haitang.checks.lint.garbled.edits import Slip, apart
from haitang.data.dataset import Dataset, Finding, Path
from haitang.data.loader import LOOKED_AT
from haitang.model.entries import Entry
from haitang.model.written.chats import LEFT_BY_CHATS, PICTURE
from haitang.model.written.persons import names_a_post, person_alone, persons

_NAMES = frozenset(("name", "short_name", "aliases"))
_PLAIN = _NAMES | {"title", "label", "host", "address", "community", "publisher", "post"}  # no Markdown is read there
_CODE = "pasted-marks"
# Signs around a text, and what they are around.
_MARKDOWN = re.compile(
    r"(?<!\*)\*\*(?P<bold>[^*\n]{1,80})\*\*(?!\*)|(?<!\w)__(?P<under>[^_\n]{1,80})__(?!\w)|~~(?P<struck>[^~\n]{1,80})~~"
    r"|(?<!`)`(?P<code>[^`\n]{1,80})`(?!`)|(?<!!)\[(?P<link>[^\]\n^]{1,100})\]\((?P<to>(?:https?://|/|#)[^)\s]{0,500})\)"
    r"|^[ \t]*(?P<head>#{1,6}[ \t]+(?=\S))",
    re.MULTILINE,
)
_TAG = re.compile(r"</?(?:b|i|u|s|em|strong|span|font|p|br|div|center|a|h[1-6])\b[^<>\n]{0,200}>", re.IGNORECASE)
_SLANTED = re.compile(r"^\*([^*\s][^*]*)\*(?=\S)")  # of a name: `*启发*广场`
# Meant for the programme, and read by it only behind a blank and a half-width sign.
_LOOKED_AT = re.compile(rf"(?:\s*＃|#)\s*({'|'.join(LOOKED_AT.values())})\s*$", re.MULTILINE)
_AROUND_NAME = re.compile(r"^\s*(?:#{1,6}\s*(?!\d)|>\s*)(?P<rest>.*\S)\s*$|^\s*[*_]+(?P<inner>[^*_]+)[*_]+\s*$")
# Little faces and pictures among the characters, with what joins and colours them; not ★ ☆ ♀ ♂ ☎ ❶, which are signs of text.
_EMOJI = re.compile(
    "[\U0001f000-\U0001f0ff\U0001f170-\U0001f1ff\U0001f201-\U0001faff\u2600-\u2604\u2607-\u260d\u260f-\u263f\u2641\u2643-\u2712"
    "\u2715-\u2716\u271d-\u2775\u2794-\u27bf\u2b05-\u2b07\u2b1b\u2b1c\u2b50\u2b55\u231a\u231b\u23e9-\u23f3](?:[\ufe0e\ufe0f\u200d\u20e3])*"
    "|[0-9#*]\ufe0f?\u20e3"
)
# No text without one of these holds anything of that, and this is found out much faster; a story may have its strong words.
_IN_TEXTS = ("[", "［", "【转", "<", "`", "~~", "#", "＃", "转发", "聊天记录", "以下", "以上", "github.com")
_STRONG = ("*", "__", ">")
_IN_ANY = re.compile(r"[\u2300-\u23ff\u2600-\u2bff\U0001f000-\U0001faff]|\d[:：]\d\d[ \t]*$", re.MULTILINE)


def _is_hinted(text: str) -> bool:
    return any(map(text.__contains__, _IN_TEXTS)) or _IN_ANY.search(text) is not None


def _lines(value: Entry) -> Iterator[str]:
    """Lines in which no Markdown is read."""
    own = value.__dict__
    yield from (line for name in ("name", "short_name", "host", "address", "community") if (line := own.get(name)))
    yield from own.get("aliases", ())
    yield from (source.title for source in own.get("sources", ()))


def texts_are_their_own(dataset: Dataset) -> Iterator[Finding]:
    """Marks of chats and pages, in every text of all files."""
    for entry in dataset.own(dataset.files):
        if _is_hinted(dataset.text_of(entry)) or any(sign in line for line in _lines(entry.value) for sign in _STRONG):
            for path, text in texts_of(entry.value):
                if _is_hinted(text) or _is_name(path) or path[-1] in _PLAIN:
                    yield from told(entry.file, path, text, marks(text, path))


def _is_name(path: Path) -> bool:
    return path[-1] in _NAMES or path[-2:-1] == ("aliases",)


def marks(text: str, path: Path) -> Iterator[Slip]:
    """What is to be taken out of a text at a path of an entry."""
    if looked_at := _LOOKED_AT.search(text):
        found = [Slip(looked_at.start(), looked_at.end(), looked_at[0], f" # {looked_at[1]}", _CODE)]
    elif _is_name(path):
        plain = bare_name(text)
        found = [Slip(0, len(text), text, plain, _CODE)] if plain != text else []
    else:
        found = [Slip(match.start(), match.end(), match[0], "", _CODE) for match in PICTURE.finditer(text)]
        strong = path[-1] not in _PLAIN  # a story may have it
        found += [_without(each) for each in _MARKDOWN.finditer(text) if not (strong and (each["bold"] or each["under"]))]
        if path[-1:] != ("title",):  # where [视频] is the paper's own
            found += [Slip(match.start(), match.end(), match[0], "", _CODE) for match in LEFT_BY_CHATS.finditer(text)]
    yield from apart(found)


def _without(match: re.Match[str], *, is_name: bool = False) -> Slip:
    inner = "" if match["head"] else next(each for each in match.groups() if each is not None)
    if match["to"] and not is_name:
        inner = f"{inner}（{match['to']}）"
    return Slip(match.start(), match.end(), match[0], inner, _CODE)


def bare_name(name: str) -> str:
    """A name without faces, pictures and signs around it; as it was, where nothing would be left."""
    now, before = name, ""
    while now != before:
        before = now
        now = LEFT_BY_CHATS.sub("", PICTURE.sub("", _EMOJI.sub("", _TAG.sub("", now))))
        now = _SLANTED.sub(r"\1", now)
        now = _MARKDOWN.sub(lambda match: _without(match, is_name=True).right, now)
        now = _AROUND_NAME.sub(lambda match: match["rest"] or match["inner"], now)
        now = now.strip() if now != before else now
    return now or name


# Fields where a post stands, or a text in sentences; a heading of a paper and a name may hold whom they like.
_TEXTS = frozenset(("story", "text", "note", "notices", "post", "host", "by", "caption", "alt", "lead", "address"))


def nobody_is_named(dataset: Dataset) -> Iterator[Finding]:
    """Persons named by their posts; and an office that is a person."""
    for entry in dataset.own(dataset.entries):
        if names_a_post(dataset.text_of(entry)):
            for path, text in texts_of(entry.value):
                if path[-1] in _TEXTS:
                    yield from _named(entry.file, path, text)
        for path, office in _offices(entry.value):
            if (person := person_alone(office)) and not next(persons(office), None):
                yield Finding(entry.file, path, "person-named", {"field": str(path[-1]), "value": person})


def _offices(value: Entry) -> Iterator[tuple[Path, str]]:
    """Where an office ought to stand."""
    if host := getattr(value, "host", None):
        yield ("host",), host
    if verified := getattr(value, "verified", None):
        yield ("verified", "by"), verified.by


def _named(file: str, path: Path, text: str) -> Iterator[Finding]:
    lines = set[int]()
    for at, person in persons(text):
        below = text.count("\n", 0, at)
        if below not in lines:  # one remark a line
            lines.add(below)
            yield Finding(file, path, "person-named", {"field": str(path[-1]), "value": person}, below=below)
