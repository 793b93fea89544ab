"""A Review as Markdown, for a comment, a job's summary, a terminal.

The rule: words of ours are Markdown, texts of the Review stand in code spans (`inert.code`) and nowhere else; a comment has an
end.
"""

from collections.abc import Iterable, Iterator

from haitang.core.sanitize import code
from haitang.editors.review.confirmation import WORDS
from haitang.editors.review.report import EntryChange, FieldChange, Kind, Listed, Move, Point, ReportedProblem, Review, What
from haitang.model.field_specs import entry_spec, settings_spec, with_parts
from haitang.model.messages import Words
from haitang.model.paths import FOLDERS

LONGEST = 60_000  # characters: forges take about 65,000
FAR = 1000  # metres: nobody moves a place as far as that by correcting its point
FINE = 10  # metres: below it, tenths are told
_TEXT = 300  # characters of one value
_LINE = 120  # characters to be copied
_PLACES: tuple[What, ...] = ("deleted", "renamed", "merged", "closed", "reopened", "moved", "changed", "new")
_OTHERS: tuple[Kind, ...] = ("brand", "route", "chapter", "settings")


def markdown(review: Review, words: Words) -> str:
    """The whole review, or its beginning and how much is left out."""
    text, size = [], 0
    lines = list(_Page(review, words).lines())
    for at, line in enumerate(lines):
        size += len(line) + 1
        if size > LONGEST:
            text += ["", words.sentence("review", "cut", count=len(lines) - at)]
            break
        text.append(line)
    return "\n".join(text).rstrip() + "\n"


class _Page:
    def __init__(self, review: Review, words: Words) -> None:
        self.review, self.words = review, words
        self.phrases = words.tree["review"]
        self.ours = _own_words(words)
        self.counts = {(count.kind, count.what): count.count for count in review.counts}

    def lines(self) -> Iterator[str]:
        yield from (f"## {self.phrases['title']}", "", self._in_short(), "")
        yield from self._warnings()
        yield from self._files()
        yield from self._dead()
        yield from self._stakes()
        yield from self._problems()
        for what in _PLACES:
            yield from self._section(f"places_{what}", [("position", what)])
        for kind in _OTHERS:
            yield from self._section(f"kind_{kind}", [(kind, what) for what in _PLACES])
        groups: dict[str, list[str]] = {f"group_{group}": [] for group in ("all", "tier", "town", "fact")}
        for figure in self.review.figures:
            more = f"{figure.new - figure.old:+d}".replace("-", "−")
            label = figure.label if figure.label in self.ours else code(figure.label)
            groups[f"group_{figure.group}"].append(f"{label} {figure.old} → **{figure.new}** ({more})")
        colon, dot = self.phrases["colon"], self.phrases["dot"]
        yield from self._block(
            "figures", [f"{self.phrases[key]}{colon}{dot.join(some[:40])}" for key, some in groups.items() if some]
        )
        pages = ("pages_new", "pages_gone", "photos_new", "photos_gone", "photos_changed")
        yield from self._block("pages", [line for key in pages for line in self._listed(key)])
        yield from self._block("files", self._listed("unaffected"))

    def say(self, key: str, **texts: str | int | float) -> str:
        """A sentence; texts are made harmless, numbers are not."""
        shown = {name: code(value, _TEXT) if isinstance(value, str) else value for name, value in texts.items()}
        return str(self.phrases[key]).format(**shown)

    def _block(self, heading: str, lines: Iterable[str], count: int | None = None, missing: int = 0) -> Iterator[str]:
        """A heading with its lines, or nothing where there are none; `count` is how many there are in all, `missing` how many
        of these are left out."""
        lines = [f"- {line}" for line in lines]
        if lines or count:
            yield f"### {self.phrases[heading]}{'' if count is None else self.say('count', count=count)}"
            yield from ("", *lines)
            if missing > 0:
                yield f"- {self.say('more', count=missing)}"
            yield ""

    def _in_short(self) -> str:
        counts = {f"short_{what}": self.counts.get(("position", what), 0) for what in _PLACES}
        counts |= {f"short_{kind}": sum(self.counts.get((kind, what), 0) for what in _PLACES) for kind in _OTHERS}
        parts = [self.say(key, count=count) for key, count in counts.items() if count]
        return str(self.phrases["dot"].join(parts) if parts else self.phrases["nothing"])

    def _warnings(self) -> Iterator[str]:
        review = self.review
        warnings = [] if review.head_sound else [str(self.phrases["head_unsound"])]
        warnings += [] if review.base_sound else [str(self.phrases["base_unsound"])]
        warnings += [self.say("unread", file=file) for file in review.unread.first]
        if warnings:
            yield from "\n>\n".join(f"> {text}" for text in warnings).split("\n")
            yield ""

    def _files(self) -> Iterator[str]:
        """What is no entry, the most dangerous first."""
        keys = ("links", "modules", "no_pictures", "executables", "others", "large")
        yield from self._block("look_files", [line for key in keys for line in self._listed(key)])

    def _dead(self) -> Iterator[str]:
        review, told = self.review, []
        for each in review.dead:
            key = "dead_now" if each.now else "dead_confirmed" if each.confirmed else "dead_gone"
            told.append(self.say(key, address=each.address, name=each.name, now=each.now or ""))
        yield from self._block("dead", told, review.dead_count or None, review.dead_count - len(review.dead))
        if review.unconfirmed.count:
            left = review.unconfirmed.count - len(review.unconfirmed.first)
            lines = [self.say("unconfirmed", count=review.unconfirmed.count), str(self.phrases["confirm"])]
            lines += [code(line, _TEXT) for line in to_confirm(review.unconfirmed.first)]
            lines += [self.say("more", count=left)] if left > 0 else []
            yield from "\n>\n".join(f"> {line}" for line in lines).split("\n")
            yield ""

    def _stakes(self) -> Iterator[str]:
        lines = []
        for each in self.review.wiped:
            label = f"**{each.label}**" if each.label in self.ours else code(each.label)
            names = self.phrases["dot"].join(code(name) for name in each.names.first)
            more = self.phrases["and_more"] if each.names.count > len(each.names.first) else ""
            sentence = str(self.phrases["alike" if each.now else "wiped"])
            now = code(each.now, _TEXT)
            lines.append(sentence.format(count=each.names.count, label=label, now=now) + names + more)
        found = self.review.stakes
        if found.points:
            key = "stakes_far" if found.farthest >= FAR else "stakes_near"
            far = {"metres": round(found.farthest), "km": round(found.farthest / 1000, 1)}
            lines.append(self.say(key, count=found.points, **far))
        counts = {"stakes_hours": found.hours, "stakes_phones": found.phones}
        lines += [self.say(key, count=count) for key, count in counts.items() if count]
        yield from self._block("stakes", lines)

    def _problems(self) -> Iterator[str]:
        review, old = self.review, self.review.old
        new = review.new.error + review.new.warning + review.new.hint
        yield from self._block("problems", map(self._problem, review.problems), new, new - len(review.problems))
        gone = map(self._problem, review.gone)
        yield from self._block("problems_gone", gone, review.mended or None, review.mended - len(review.gone))
        others = ""
        if old.error or old.warning or old.hint:
            others = self.say("problems_old", error=old.error, warning=old.warning, hint=old.hint)
        if not others and not new and not review.mended and not review.is_red:
            others = str(self.phrases["problems_none"])
        if others:
            yield from (others, "")

    def _problem(self, told: ReportedProblem) -> str:
        return f"{self.phrases[f'level_{told.level}']} {code(f'{told.file}:{told.line}', 220)} {code(told.text, 400)}"

    def _section(self, heading: str, groups: list[tuple[Kind, What]]) -> Iterator[str]:
        count = sum(self.counts.get(group, 0) for group in groups)
        entries = [entry for entry in self.review.entries if (entry.kind, entry.what) in groups]
        if count:
            lines = ("\n  - ".join(self._entry(entry)) for entry in entries)
            yield from "\n".join(self._block(heading, lines, count, count - len(entries))).split("\n")

    def _entry(self, entry: EntryChange) -> Iterator[str]:
        """What an entry's line says, then the lines below it."""
        before = "" if entry.kind in ("position", "settings") else f"{self.phrases[f'short_what_{entry.what}']} "
        town = self.say("in_town", town=entry.town) if entry.town else ""
        yield f"{before}**{code(entry.name)}**{town} {code(entry.file, 200)}"
        if entry.old_id is not None:
            yield self.say("renamed_kept" if entry.kept else "renamed_lost", old=entry.old_id, new=entry.id)
        if entry.what == "deleted" and entry.kind == "position":
            yield str(self.phrases["deleted_code"])
        if entry.what in ("closed", "merged"):
            yield self.say("successor", name=entry.successor) if entry.successor else str(self.phrases["no_successor"])
        if entry.unread:
            yield str(self.phrases["entry_unread"])
        if entry.twin is not None:
            yield self.say("twin", file=entry.twin)
        for change in entry.fields:
            yield from self._field(change, fresh=entry.what == "new")
        if entry.more:
            yield self.say("more", count=entry.more)

    def _field(self, change: FieldChange, *, fresh: bool) -> Iterator[str]:
        # A field's name is a word of ours, a row's name is a stranger's; a stranger who says a word of ours says no harm.
        names = (f"**{part}**" if part in self.ours else code(part) for part in change.label)
        label = str(self.phrases["inside"]).join(names) + str(self.phrases["colon"])
        if change.move:
            yield label + self._way(change.move)
        if fresh and change.new is not None:
            yield label + code(change.new, _TEXT)
        elif not change.move or change.old is not None:
            yield label + self._what(change)

    def _what(self, change: FieldChange) -> str:
        if change.order or change.unread:
            return str(self.phrases["order" if change.order else "field_unread"])
        if change.same:
            return self.say("same", new=change.new or "")
        if change.pieces:
            marks = {"": "", "-": "~~", "+": "**"}
            return " ".join(f"{marks[each.sign]}{code(each.text, _TEXT)}{marks[each.sign]}" for each in change.pieces)
        if change.gone or change.come:
            signed = [("−", text) for text in change.gone] + [("+", text) for text in change.come]
            return str(self.phrases["dot"]).join(f"{sign} {code(text, _TEXT)}" for sign, text in signed)
        if change.old is None:
            return self.say("came", new=change.new or "")
        return self.say("went", old=change.old) if change.new is None else self.say("became", old=change.old, new=change.new)

    def _way(self, went: Move) -> str:
        if not went.direction:
            return str(self.phrases["still"])
        metres = round(went.metres) if went.metres > FINE else went.metres
        points = {"old": code(_degrees(went.old)), "new": code(_degrees(went.new))}
        sentence = str(self.phrases["far" if went.metres >= FAR else "way"])
        way, km = self.phrases[f"way_{went.direction}"], round(went.metres / 1000, 2)
        return sentence.format(way=way, metres=metres, km=km, **points)

    def _listed(self, key: str) -> Iterator[str]:
        """How many a list of the review holds, and the first of them; nothing where there is none."""
        listed: Listed = getattr(self.review, key)
        if listed.count:
            left = listed.count - len(listed.first)
            names = [*(code(name, 200) for name in listed.first), *([self.say("more", count=left)] if left > 0 else [])]
            start = f"{self.phrases[key]}{self.say('count', count=listed.count)}{self.phrases['colon']}"
            yield start + str(self.phrases["dot"]).join(names)


def to_confirm(names: Iterable[str]) -> list[str]:
    """Lines that say that the loss of these ids is meant, none longer than can be shown."""
    lines: list[str] = []
    for name in names:
        if lines and len(lines[-1]) + len(name) < _LINE:
            lines[-1] += f"、{name}"
        else:
            lines.append(f"{WORDS}：{name}")
    return lines


def _degrees(point: Point) -> str:
    return f"{point[0]:.6f}, {point[1]:.6f}"


def _own_words(words: Words) -> frozenset[str]:
    """What fields and figures are called."""
    specs = [spec for kind in FOLDERS for spec in entry_spec(kind, words.language).all]
    specs += [part for spec in settings_spec(words.language) for part in with_parts(spec)]
    phrases = words.tree["review"]
    figures = [str(text) for name, text in phrases.items() if name.startswith("figure_")]
    return frozenset([*(spec.label for spec in specs), *map(str, words.tree["fields"].values()), *figures])
