"""A Review as Markdown, for a comment, a job's summary, a terminal.

The rule: words of ours are Markdown, texts of the Review stand in code spans (`inert.code`) and nowhere else; a comment has an
end.
"""

from collections.abc import Iterable, Iterator

from haitang.core.sanitize import code
from haitang.editors.review.report import EntryChange, FieldChange, Figure, Kind, Listed, Move, Piece, Point, Review, What
from haitang.model.field_specs import entry_spec, settings_spec, with_parts
from haitang.model.messages import Words
from haitang.model.paths import FOLDERS

LONGEST = 60_000  # characters: forges take about 65,000
FAR = 1000  # metres: nobody moves a place as far as that by correcting its point
FINE = 10  # metres: below it, tenths are told
_TEXT = 300  # characters of one value
_PLACES: tuple[What, ...] = ("deleted", "renamed", "merged", "closed", "reopened", "moved", "new", "changed")
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
        self.told = words.tree["review"]
        self.ours = _own_words(words)
        self.counts = {(count.kind, count.what): count.count for count in review.counts}

    def lines(self) -> Iterator[str]:
        yield f"## {self.told['title']}"
        yield ""
        yield self._in_short()
        yield ""
        yield from self._warnings()
        yield from self._problems()
        for what in _PLACES:
            yield from self._section(f"places_{what}", [("position", what)])
        for kind in _OTHERS:
            yield from self._section(f"kind_{kind}", [(kind, what) for what in _PLACES])
        yield from self._figures()
        yield from self._pages()
        yield from self._files()

    def say(self, key: str, **texts: str | int | float) -> str:
        """A sentence; texts are made harmless, numbers are not."""
        shown = {name: code(value, _TEXT) if isinstance(value, str) else value for name, value in texts.items()}
        return str(self.told[key]).format(**shown)

    def _in_short(self) -> str:
        found = [
            self.say(f"short_{what}", count=self.counts["position", what])
            for what in _PLACES
            if ("position", what) in self.counts
        ]
        sums = {kind: sum(self.counts.get((kind, what), 0) for what in _PLACES) for kind in _OTHERS}
        found += [self.say(f"short_{kind}", count=count) for kind, count in sums.items() if count]
        return str(self.told["dot"].join(found) if found else self.told["nothing"])

    def _warnings(self) -> Iterator[str]:
        review = self.review
        said = [] if review.head_sound else [str(self.told["head_unsound"])]
        said += [] if review.base_sound else [str(self.told["base_unsound"])]
        said += [self.say("unread", file=file) for file in review.unread.first]
        if said:
            yield from "\n>\n".join(f"> {text}" for text in said).split("\n")
            yield ""
        if review.dead_count:
            yield from self._heading("dead", review.dead_count)
            for dead in review.dead:
                key = "dead_now" if dead.now else "dead_gone"
                yield f"- {self.say(key, address=dead.address, name=dead.name, now=dead.now or '')}"
            yield from self._more(review.dead_count - len(review.dead))
            yield ""

    def _heading(self, key: str, count: int) -> Iterator[str]:
        yield f"### {self.told[key]}{self.say('count', count=count)}"
        yield ""

    def _more(self, count: int) -> Iterator[str]:
        if count > 0:
            yield f"- {self.say('more', count=count)}"

    def _problems(self) -> Iterator[str]:
        review = self.review
        new = review.new.error + review.new.warning + review.new.hint
        old = review.old.error + review.old.warning + review.old.hint
        if new:
            yield from self._heading("problems", new)
        for told in review.problems:
            yield f"- {self.told[f'level_{told.level}']} {code(f'{told.file}:{told.line}', 220)} {code(told.text, 400)}"
        yield from self._more(new - len(review.problems))
        if new:
            yield ""
        levels = {"error": review.old.error, "warning": review.old.warning, "hint": review.old.hint}
        said = [self.say("problems_old", **levels)] if old else []
        said += [self.say("problems_mended", count=review.mended)] if review.mended else []
        said = said or ([] if new else [str(self.told["problems_none"])])
        if said:
            yield "".join(said)
            yield ""

    def _section(self, heading: str, groups: list[tuple[Kind, What]]) -> Iterator[str]:
        count = sum(self.counts.get(group, 0) for group in groups)
        entries = [entry for entry in self.review.entries if (entry.kind, entry.what) in groups]
        if not count:
            return
        yield from self._heading(heading, count)
        for entry in entries:
            yield from self._entry(entry)
        yield from self._more(count - len(entries))
        yield ""

    def _entry(self, entry: EntryChange) -> Iterator[str]:
        before = "" if entry.kind in ("position", "settings") else f"{self.told[f'short_what_{entry.what}']} "
        town = self.say("in_town", town=entry.town) if entry.town else ""
        yield f"- {before}**{code(entry.name)}**{town} {code(entry.file, 200)}"
        if entry.old_id is not None:
            key = "renamed_kept" if entry.kept else "renamed_lost"
            yield f"  - {self.say(key, old=entry.old_id, new=entry.id)}"
        if entry.what == "deleted" and entry.kind == "position":
            yield f"  - {self.told['deleted_code']}"
        if entry.what in ("closed", "merged"):
            yield f"  - {self.say('successor', name=entry.successor) if entry.successor else self.told['no_successor']}"
        if entry.unread:
            yield f"  - {self.told['entry_unread']}"
        for change in entry.fields:
            yield from (f"  - {line}" for line in self._field(change, fresh=entry.what == "new"))
        if entry.more:
            yield f"  - {self.say('more', count=entry.more)}"

    def _field(self, change: FieldChange, *, fresh: bool) -> Iterator[str]:
        label = str(self.told["inside"]).join(self._label(part) for part in change.label) + str(self.told["colon"])
        if change.move:
            yield label + self._way(change.move)
        if fresh and change.new is not None:
            yield label + code(change.new, _TEXT)
        elif not change.move or change.old is not None:
            yield label + self._what(change)

    def _label(self, part: str) -> str:
        """A field's name is a word of ours, a row's name is a stranger's; a stranger who says a word of ours says no harm."""
        return f"**{part}**" if part in self.ours else code(part)

    def _what(self, change: FieldChange) -> str:
        if change.order or change.unread:
            return str(self.told["order" if change.order else "field_unread"])
        if change.pieces:
            return " ".join(self._piece(piece) for piece in change.pieces)
        if change.gone or change.come:
            gone, come = (
                [f"{sign} {code(text, _TEXT)}" for text in texts] for sign, texts in (("−", change.gone), ("+", change.come))
            )
            return str(self.told["dot"]).join([*gone, *come])
        if change.old is None:
            return self.say("came", new=change.new or "")
        if change.new is None:
            return self.say("went", old=change.old)
        return self.say("became", old=change.old, new=change.new)

    def _piece(self, piece: Piece) -> str:
        text = code(piece.text, _TEXT)
        return f"~~{text}~~" if piece.sign == "-" else f"**{text}**" if piece.sign == "+" else text

    def _way(self, went: Move) -> str:
        if not went.direction:
            return str(self.told["still"])
        told = self.told["far" if went.metres >= FAR else "way"]
        metres = round(went.metres) if went.metres > FINE else went.metres
        points = {"old": code(_degrees(went.old)), "new": code(_degrees(went.new))}
        return str(
            told.format(way=self.told[f"way_{went.direction}"], metres=metres, km=round(went.metres / 1000, 2), **points)
        )

    def _figures(self) -> Iterator[str]:
        if not self.review.figures:
            return
        yield f"### {self.told['figures']}"
        yield ""
        for group in ("all", "tier", "town", "fact"):
            some = [self._figure(figure) for figure in self.review.figures if figure.group == group]
            if some:
                yield f"- {self.told[f'group_{group}']}{self.told['colon']}{self.told['dot'].join(some[:40])}"
        yield ""

    def _figure(self, figure: Figure) -> str:
        more = f"{figure.new - figure.old:+d}".replace("-", "−")
        label = figure.label if figure.label in self.ours else code(figure.label)
        return f"{label} {figure.old} → **{figure.new}** ({more})"

    def _pages(self) -> Iterator[str]:
        review = self.review
        lists = {
            "pages_new": review.pages_new, "pages_gone": review.pages_gone, "photos_new": review.photos_new,
            "photos_gone": review.photos_gone, "photos_changed": review.photos_changed,
        }  # fmt: skip
        yield from self._lists("pages", lists)

    def _files(self) -> Iterator[str]:
        yield from self._lists("files", {"unaffected": self.review.unaffected, "others": self.review.others})

    def _lists(self, heading: str, lists: dict[str, Listed]) -> Iterator[str]:
        found = {key: listed for key, listed in lists.items() if listed.count}
        if not found:
            return
        yield f"### {self.told[heading]}"
        yield ""
        for key, listed in found.items():
            yield f"- {self.told[key]}{self.say('count', count=listed.count)}{self.told['colon']}{self._names(listed)}"
        yield ""

    def _names(self, listed: Listed) -> str:
        left = listed.count - len(listed.first)
        names: Iterable[str] = (code(name, 200) for name in listed.first)
        return str(self.told["dot"]).join([*names, *([self.say("more", count=left)] if left > 0 else [])])


def _degrees(point: Point) -> str:
    return f"{point[0]:.6f}, {point[1]:.6f}"


def _own_words(words: Words) -> frozenset[str]:
    """What fields and figures are called."""
    specs = [spec for kind in FOLDERS for spec in entry_spec(kind, words.language).all]
    specs += [part for spec in settings_spec(words.language) for part in with_parts(spec)]
    told = words.tree["review"]
    figures = [str(text) for name, text in told.items() if name.startswith("figure_")]
    return frozenset([*(spec.label for spec in specs), *map(str, words.tree["fields"].values()), *figures])
