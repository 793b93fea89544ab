"""The text that a page composes (帮我们补一条), as it comes back from a chat, a mail or a note → the answers in it.

The rule: chats quote, forward and break such a text, and people fill it in as they like. What stands behind a label of ours and
can be read in one way becomes an answer; whatever else was written is kept for a person, under the question what else is wrong.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from functools import cached_property
from pathlib import Path

from haitang.core.decoding import unseen
from haitang.editors.issues.parser import FORM, MAX_BYTES, NAMED, Complaint, Filled, chosen, complaint, read_body
from haitang.editors.issues.pasted import without_marks
from haitang.editors.issues.proposal import Proposal, proposal, settle
from haitang.model.field_specs import MODELS, entry_spec
from haitang.model.issue_questions import Form, Question, told_form
from haitang.model.messages import field_words, words
from haitang.model.settings import Settings
from haitang.model.written.chats import CHAT_LINE
from haitang.model.written.lines import with_line_breaks
from haitang.model.written.personal import personal_number
from haitang.model.written.unknown import is_unknown

_COLON = "[:：﹕︰]"
_PAGE = re.compile(r"(positions|brands|routes|concepts|about)/([a-z0-9][a-z0-9-]{0,63})(?:\.html|/)?(?![\w/.-])", re.ASCII)
_CLOSED = re.compile(r"[)）]")
_SENDER = re.compile(r"\W*([^\s:：]{1,20})\s*[:：]\s*")
# What is only said to be polite; parted by anything that is no letter.
_POLITE = re.compile(
    "您好|你好|大家好|老师好|谢谢[您你]?们?[啦了]?|多谢|感谢|辛苦[您你]?们?[了啦]?|麻烦[您你]?们?[了啦]?|拜托了?|不好意思|打扰了?|"
    "请查收|请更新|帮忙更新一下|帮忙改一下|好的?|收到|就这些|以上"
)
_POLITE_END = re.compile(r"[\s，,。.!！~～]*(?:谢谢[您你]?们?|多谢|辛苦了|麻烦了)[\s。.!！~～]*$")
_NOTHING = re.compile(r"\W*|_*|不知道|不清楚|不详|待核实|待补充|空|未填|略|没变|不变|没有变|没有变化")
# Words about a fact are not the fact: an address is no opinion of the page's.
_REMARK = re.compile(
    "不对|不是|错|网页|网上|应该|应为|改成|改为|已改|搬|好像|可能|大概|估计|听说|记得|左右|附近|还是|或者|[?？]|吗|^(?:无|没有)$"
)
_OPENING = {"」": "「", "』": "『", "”": "“", '"': ""}
_NO_MORE = ("other", "source_title", "subject")
_LONGEST_ALIAS = 4  # characters: shorter names that people use for a field mean other things as well
_NONE = ("无", "没有", "没有了")  # nothing is wrong; of a fact it would be one


def read_issue(body: str, settings: Settings, title: str = "") -> Filled | list[Complaint]:
    """A form, as `read_body` reads it, or the text of a page; or why it is neither."""
    filled = read_body(body, settings, title)
    no_form = isinstance(filled, list) and [each.problem.code for each in filled] == ["issue-no-form"]
    return read_told(body, settings) if no_form and _header().search(body) else filled


def read_told(body: str, settings: Settings) -> Filled | list[Complaint]:
    """The answers in a text that a page composed; or what forbids to take any."""
    if len(body.encode("utf-8", "surrogatepass")) > MAX_BYTES:
        return [complaint("", "issue-too-long", limit=MAX_BYTES // 1024)]
    body, own = with_line_breaks(body), told_form(settings)
    if hidden := unseen(body, FORM):
        return [Complaint("", hidden[0])]
    if number := personal_number(body):
        return [complaint("", number[0], field=own.title, value=number[1][0])]
    if len(_header().findall(body)) > 1:
        return [complaint("", "issue-twice", field=own.title)]
    text = _Text(own)
    for line in body.split("\n"):
        text.take(line)
    return _filled(text)


def settled(root: Path, filled: Filled, today: date) -> tuple[Proposal | None, list[Complaint]]:
    """What was written, with remarks; None where nothing was, with the reasons. Of a page's text, what the directory would not
    take is left to a person and the rest written. Raises InvalidDirectory."""
    made_of, complaints = _settled_once(root, filled, today)
    unread = {each.label for each in complaints if each.problem.level == "error"}
    left = [each for each in filled.form.questions if each.label in unread and each.path and each.id not in _NO_MORE]
    if left and filled.form.title == _told("header"):
        return _settled_once(root, _leaving(filled, left), today)
    return made_of, [*complaints, *_told_besides(root, filled, left, today, complaints)]


def _told_besides(
    root: Path, filled: Filled, refused: list[Question], today: date, told: list[Complaint]
) -> Iterator[Complaint]:
    """What there is to say of the other answers where some are refused: the check looks closer only at what it can read, and
    nobody shall be told tomorrow what could be told today."""
    if refused:
        answers = {own_id: each for own_id, each in filled.answers.items() if own_id not in {one.id for one in refused}}
        rest = replace(filled, answers=answers, complaints=())
        _, found = _settled_once(root, rest, today, keeping=False)
        # Without an answer others may be missing it.
        yield from (one for one in found if one.label and one not in told and one.problem.code not in _ONLY_MISSED)


_ONLY_MISSED = ("issue-wanted", "issue-nothing", "missing-field", "empty-field")


def _settled_once(root: Path, filled: Filled, today: date, *, keeping: bool = True) -> tuple[Proposal | None, list[Complaint]]:
    filled, remarks = without_marks(filled)
    made_of, complaints = proposal(root, filled), list(filled.complaints)
    if isinstance(made_of, list):
        return None, complaints + made_of
    if made_of.text:
        keeping = keeping and not any(one.problem.level == "error" for one in complaints)
        complaints += settle(root, made_of, today, keeping=keeping)
        complaints += remarks
    return (None if any(one.problem.level == "error" for one in complaints) else made_of), complaints


def _told(name: str) -> str:
    return str(field_words()["forms"]["told"][name])


def _header() -> re.Pattern[str]:
    """That of a page in Chinese, or in English."""
    english = str(field_words()["forms"]["told_en"]["header"]).strip("[] ")
    return re.compile(rf"【\s*{re.escape(_told('header').strip('【】'))}\s*】|\[\s*{re.escape(english)}\s*\]")


@dataclass
class _Text:
    """A text while it is read, line by line: what stands behind each label, and what behind none."""

    form: Form
    head: list[str] | None = None  # None: the header has not come
    written: dict[str, list[list[str]]] = field(default_factory=dict)  # by label; a list for each time it stands there
    extra: list[str] = field(default_factory=list)
    sender: str = ""
    _label: str = ""
    _in_head: bool = False  # until the first label: chats break a long line

    @cached_property
    def labels(self) -> Mapping[str, Question | None]:
        """What may stand before a colon, and the question it answers; None for fields that only a person can fill."""
        own: dict[str, Question | None] = {each.label: None for kind in MODELS for each in entry_spec(kind).fields}
        own |= {each.label: each for each in self.form.questions}
        called = words("zh-CN").tree["also_called"]
        for each in self.form.questions:
            names = str(called.get(each.path, "")).split()
            own |= {name: each for name in names if len(name) >= _LONGEST_ALIAS and name not in own}
        return {**own, **self._english, _told("page"): None}

    @property
    def _english(self) -> dict[str, Question | None]:
        """The labels of a page in English: those of its own questions, and of the fields that answer one."""
        asked = {each.id: each for each in self.form.questions}
        names, told = words("en").tree["fields"], field_words()["forms"]["told_en"]
        fields = {str(names[each.path]).capitalize(): each for each in asked.values() if each.path in names}
        own = {"subject": "subject", "other": "other", "source": "source_title"}
        return {**fields, **{told[name]: asked[own_id] for name, own_id in own.items() if own_id in asked}, told["page"]: None}

    @cached_property
    def _any_label(self) -> str:
        longest_first = sorted(self.labels, key=len, reverse=True)
        return "|".join(re.escape(label).replace("（", "[（(]").replace("）", "[）)]") for label in longest_first)

    @cached_property
    def _labelled(self) -> re.Pattern[str]:
        return re.compile(rf"\W*(?:\d{{1,2}}[.、)）]\s*)?({self._any_label})[\s*_]*{_COLON}\s*(.*)")

    def _parts(self, label: str, value: str) -> list[str]:
        """An answer, and the labels that stand behind it on its line with theirs. In what people write freely, only those are
        taken for labels that nobody would write there by himself."""
        ours = "|".join(map(re.escape, (_told("other"), _told("source"), _told("page"))))
        any_of = ours if self._is_free(label) else self._any_label
        parts = re.split(rf"[\s，,；;]+(?=(?:{any_of})\s*{_COLON})", value)
        return ["", *parts] if re.match(rf"(?:{any_of})\s*{_COLON}", value) else parts

    def _is_free(self, label: str) -> bool:
        question = self.labels.get(label)
        return question is not None and (question.long or question.id == "source_title")

    def take(self, line: str) -> None:
        if self.head is None and (found := _header().search(line)):
            return self._begin(line[: found.start()], line[found.end() :])
        line = line.strip()
        if self.sender and (said := _SENDER.match(line)) and said[1] == self.sender and said[1] not in self.labels:
            line = line[said.end() :]
        if found := self._labelled.match(line):
            label = found[1].replace("(", "（").replace(")", "）")
            return self._answer(label if label in self.labels else found[1], found[2])
        if CHAT_LINE.fullmatch(line):
            return self._end()
        if re.fullmatch(r"\W*", line):
            return self._end()
        if not _is_polite(line) and not re.fullmatch(rf"\W*[^\s:：]{{1,12}}{_COLON}\W*", line):
            self._go_on(line)
        return None

    def _begin(self, before: str, behind: str) -> None:
        if sender := _SENDER.fullmatch(before):
            self.sender = sender[1]
        elif re.search(r"\w", before) and not CHAT_LINE.fullmatch(before.strip()) and not _is_polite(before):
            self.extra.append(before.strip())
        self._in_head = True
        named = NAMED.search(behind)
        closed = _CLOSED.search(behind, named.end()) if named else None
        self.head = [behind[: closed.end()] if closed else behind]
        if closed and behind[closed.end() :].strip():
            self.take(behind[closed.end() :])

    def _answer(self, label: str, value: str) -> None:
        first, *more = self._parts(label, value)
        self._label, self._in_head = label, False
        self.written.setdefault(label, []).append([first])
        for part in more:
            self.take(part)

    def _go_on(self, line: str) -> None:
        if self._label:
            self.written[self._label][-1].append(line)
        elif self._in_head and self.head is not None and not NAMED.search("".join(self.head)):
            self.head.append(line)
        else:
            self.extra.append(line)

    def _end(self) -> None:
        """An empty line, or another message: what comes without a label no longer belongs to a short answer."""
        question = self.labels.get(self._label)
        if (
            self._label
            and any(self.written[self._label][-1])
            and not (question and (question.long or question.path == "hours"))
        ):
            self._label = ""


def _is_polite(line: str) -> bool:
    said = [part for part in re.split(r"[\W_]+", line) if part]
    return bool(said) and all(_POLITE.fullmatch(part) for part in said)


def _clean(line: str) -> str:
    line = _POLITE_END.sub("", line.strip()).strip().strip("*").strip()
    while line and line[-1] in _OPENING and (not _OPENING[line[-1]] or _OPENING[line[-1]] not in line):
        line = line[:-1].rstrip()
    return "" if _NOTHING.fullmatch(line) or (line not in _NONE and is_unknown(line)) else line


def _filled(text: _Text) -> Filled | list[Complaint]:
    """The answers of a text that was read to its end."""
    said: dict[str, list[str]] = {}
    for label, times in text.written.items():
        question = text.labels[label]
        name, none = (
            (question.label, () if question.path and question.id != "source_title" else _NONE) if question else (label, ())
        )
        for answer in filter(
            None, ([line for each in lines if (line := _clean(each)) and line not in none] for lines in times)
        ):
            if said.setdefault(name, answer) != answer:
                return [complaint(name, "issue-twice", field=name)]
    subject = _subject(text, said)
    if isinstance(subject, Complaint):
        return [subject]
    answers: dict[str, str | tuple[str, ...]] = {"subject": subject}
    by_label, left = {each.label: each for each in text.form.questions}, list[str]()
    for label, lines in said.items():
        question = by_label.get(label)
        if question and question.id == "other":
            left[:0] = lines
        elif question and question.id not in answers:
            read = _read(question, lines)
            if read is None:
                left.append(_said_of(label, lines))
            else:
                answers[question.id] = read
        elif not question and label != _told("page"):
            left.append(_said_of(label, lines))
    left += [line for each in text.extra if (line := _clean(each))]
    return _whole(text.form, answers, left)


def _whole(own: Form, answers: dict[str, str | tuple[str, ...]], left: list[str]) -> Filled | list[Complaint]:
    facts = [each for each in own.questions if each.path and each.id in answers and each.id != "source_title"]
    if facts and "source_title" not in answers:
        label = _told("source")
        return [complaint(label, "issue-wanted", field=label)]
    if left:
        answers["other"] = "\n".join(left)
    return Filled(own, answers)


def _subject(text: _Text, said: Mapping[str, list[str]]) -> str | Complaint:
    """Which entry is meant; more than one, or none, is refused."""
    head = "".join(line.strip() for line in text.head or [])
    own = " ".join(said.get(_told("subject"), []))
    named = {("concepts" if kind == "about" else kind, own_id) for kind, own_id in NAMED.findall(f"{head}\n{own}")}
    if page := _PAGE.search(" ".join(said.get(_told("page"), []))):
        named.add(("concepts" if page[1] == "about" else page[1], page[2]))
    if len(named) > 1:
        return complaint("", "issue-two-places", places=tuple(sorted("/".join(each) for each in named)))
    meant = [_clean(each) for each in (head, own) if _clean(each)]
    if not meant and not named:
        return complaint(_told("subject"), "issue-wanted", field=_told("subject"))
    if len(meant) == 2 and not named and meant[0] != meant[1]:
        return complaint("", "issue-two-places", places=tuple(meant))
    name = next(iter(meant), "")
    return name if not named or NAMED.search(name) else f"{name}（{'/'.join(next(iter(named)))}）"


def _read(question: Question, lines: list[str]) -> str | tuple[str, ...] | None:
    """What the lines behind a label answer; None where that can be read in two ways, or is a remark and no answer."""
    if question.id == "source_title":
        return "；".join(lines)
    if question.options:
        answer = chosen(question, "\n".join(lines))
        return None if isinstance(answer, Complaint) else answer
    if question.long:
        return "\n\n".join(lines)
    if any(_REMARK.search(line) for line in lines) or (len(lines) > 1 and question.path != "hours"):
        return None
    return "；".join(line.rstrip("；;。") for line in lines)


def _said_of(label: str, lines: Iterable[str]) -> str:
    return _told("left").format(label=label, text="；".join(lines))


def _leaving(filled: Filled, questions: list[Question]) -> Filled:
    """The same with these answers left to a person."""

    def told(question: Question) -> Iterator[str]:
        answer, shown = filled.answers.get(question.id, ""), dict(question.options)
        for each in [answer] if isinstance(answer, str) else answer:
            yield shown.get(each, each)

    answers = {own_id: answer for own_id, answer in filled.answers.items() if own_id not in {each.id for each in questions}}
    left = [_said_of(question.label, told(question)) for question in questions]
    answers["other"] = "\n".join([*([filled.text("other")] if filled.text("other") else []), *left])
    return replace(filled, answers=answers)
