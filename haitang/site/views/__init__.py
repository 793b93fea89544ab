"""What templates may see: plain values, made from the Directory once and never changed.

The rule: a view holds texts, numbers and addresses ready to be shown; it decides nothing about HTML.
"""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property

from markupsafe import Markup

from haitang.data.directory import Directory, missing_facts
from haitang.media.image_store import Picture
from haitang.model.entries import Brand, Position
from haitang.model.settings import Town
from haitang.model.tiers import UNKNOWN, TierInfo
from haitang.schedule.opening_hours import OpeningHours
from haitang.schedule.opening_hours_data import exceptions_of, holiday_policy, seasons_of, week_data
from haitang.schedule.written.opening_hours_text import worded
from haitang.site.edition.prerequisites import Prerequisites
from haitang.site.markdown import plain, shortened
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views.changelog import Change
from haitang.site.views.events import ALL, MOST_IN_ONE, Event, Gathering, Programme, events_of, gatherings, programme
from haitang.site.views.feedback import Correction, Way, addition, anything, in_hall, report
from haitang.site.views.needs import Need, meeting, needs_of
from haitang.site.views.statistics import Progress, progress_of

AT_HOME = 2  # lines of activities; as many as frontend/src/events/agenda-view.ts shows
NO_HOURS_TOLD = ("closed", "merged", "planned")  # of these statuses a card says nothing about hours
_LINE = 48  # characters of the line of a card


@dataclass(frozen=True, slots=True)
class Card:
    """A position at a glance. `tier` is a tier id or `unknown`, `look` how that is drawn; `week` is the data the browser tells
    the open state from, empty where nothing can be told; `always` says it is open now whenever now is."""

    id: str
    name: str
    line: str
    tier: str
    look: str
    tier_name: str
    town: str
    town_name: str
    status: str | None
    hours: OpeningHours | None
    week: str
    always: bool
    closed_on_holidays: bool | None
    brands: tuple[Brand, ...]
    verified: bool
    missing: tuple[str, ...]

    @property
    def tells_hours(self) -> bool:
        """Not of a place that is closed, merged or only planned."""
        return self.status not in NO_HOURS_TOLD


@dataclass(frozen=True)
class Site:
    """What an output works with: the Directory, what pages are made with, and what several of them show."""

    directory: Directory
    templates: Templates
    pictures: Mapping[str, Picture] = field(default_factory=dict)  # by the name of the original
    changes: tuple[Change, ...] = ()  # what git tells of the last two years
    digests: Mapping[str, bytes] = field(default_factory=dict)  # of the files of the data, where their outputs are to be kept
    made_by: str = ""  # a digest of the program, the words and directory.yml, where anything is to be kept of what is made
    notes: list[Callable[[], None]] = field(default_factory=list)  # what is to be kept, once this is known to be of one state
    language: str = LANGUAGE  # a language of `messages.SITE_LANGUAGES`
    folder: str = ""  # where the pages of a further language lie: `en/`
    written: str = LANGUAGE  # the language of what the directory itself says, where nobody turned it into another one
    translations: tuple["Site", ...] = ()  # the further languages, of the first one
    first: "Site | None" = None  # of a further language, the site in the first one
    days: Mapping[str, str] = field(default_factory=dict)  # when each file of the data was last changed, as far as git tells
    _cards: dict[str, Card] = field(default_factory=dict)
    _html: dict[tuple[str, str, str], Markup] = field(default_factory=dict)
    _weeks: dict[tuple[str, str, bool | None], Markup] = field(default_factory=dict)

    @cached_property
    def tier_names(self) -> dict[str, str]:
        """The short names of all tiers by id, in their order, and of "not known yet"."""
        names = {tier.id: tier.short_name for tier in self.directory.settings.tiers}
        return {**names, UNKNOWN: self.templates.words["tier_unknown"]}

    @cached_property
    def looks(self) -> dict[str, str]:
        """What a look stands for: the same names by how their tiers are drawn."""
        return {self.directory.look[tier]: name for tier, name in self.tier_names.items()}

    @cached_property
    def family(self) -> tuple[TierInfo, ...]:
        """The three tiers that are flowers of one bough, from the full one to the bud; none where they are drawn otherwise."""
        first = self.directory.settings.tiers[:3]
        return first if [self.directory.look[tier.id] for tier in first] == ["centre", "station", "point"] else ()

    def card(self, position: Position) -> Card:
        if position.id not in self._cards:
            self._cards[position.id] = self._card(position)
        return self._cards[position.id]

    def cards(self, positions: Iterable[Position]) -> tuple[Card, ...]:
        return tuple(self.card(position) for position in positions)

    def _card(self, position: Position) -> Card:
        directory, words = self.directory, self.templates.words
        town = directory.town[position.town]
        hours = position.hours and worded(position.hours, english=self.language == "en")
        closed = position.closed_on_holidays
        # Hours are of a place in use: one that is paused or being rebuilt is neither open nor closed by them.
        in_use = position.status in (None, "open")
        return Card(
            id=position.id,
            name=position.name,
            line=line(position),
            tier=position.tier or UNKNOWN,
            look=directory.look_of(position),
            tier_name=self.tier_names[position.tier or UNKNOWN],
            town=town.id,
            town_name=(town.short_name or town.name) if directory.town_is_known(position) else words["town_unknown"],
            status=None if position.status == "open" else position.status,
            hours=hours,
            week=week_data(hours, closed) if in_use else "",
            always=bool(hours and hours.always and in_use and not closed),
            closed_on_holidays=holiday_policy(hours, closed),
            brands=tuple(directory.brand[brand] for brand in position.brands),
            verified=position.verified is not None,
            missing=missing_facts(position),
        )

    def card_list(self, cards: Iterable[Card], root: str, without: str = "") -> Markup:
        """Cards as HTML; each is rendered once and used in every list of its sort at the same depth. `without`: what the page
        says of all of its places (`town:…`, `tier:…`, `brand:…`), which no card repeats."""
        return Markup("\n").join(self.card_html(card, root, without) for card in cards)

    def hours_note(self, cards: Iterable[Card]) -> Markup:
        """What stands once below a list of cards, and not on each of them: that hours nobody wrote down are still to be found
        out. Empty where all cards tell theirs."""
        if not any(card.hours is None and card.tells_hours for card in cards):
            return Markup("")
        return Markup('<p class="cards-note">{}</p>').format(self.templates.words.live["find"]["hoursUnsaid"])

    def card_html(self, card: Card, root: str, without: str = "") -> Markup:
        key = root, card.id, without
        if key not in self._html:
            self._html[key] = self.templates.render("parts/card.html", card=card, root=root, without=without)
        return self._html[key]

    @cached_property
    def prerequisites(self) -> Prerequisites:
        """What its outputs are made of."""
        return Prerequisites(self.directory, self.digests, self.pictures)

    @cached_property
    def progress(self) -> Progress:
        """How far the family has grown."""
        return progress_of(self.directory)

    @cached_property
    def events(self) -> tuple[Event, ...]:
        """All activities, in the order of the directory."""
        return tuple(events_of(self.directory))

    @cached_property
    def programme(self) -> Programme:
        return programme(self.events)

    @cached_property
    def first_gatherings(self) -> tuple[Gathering, ...]:
        """What the home page begins with, until the browser knows the day."""
        return gatherings(self.programme.ahead or self.programme.undated)[:AT_HOME]

    @cached_property
    def calendar_of_all(self) -> str:
        """The path of the calendar with all activities; empty where they are too many for one."""
        return ALL if sum(1 for event in self.events if event.when) <= MOST_IN_ONE else ""

    @cached_property
    def service_groups(self) -> Mapping[str, str]:
        """The heading of each service; empty where it has none."""
        return {term.name: term.group or "" for term in self.directory.settings.vocabularies.services}

    @cached_property
    def needs(self) -> tuple[Need, ...]:
        """All that somebody may need, in the order of directory.yml."""
        return needs_of(self.directory.settings)

    @cached_property
    def need_counts(self) -> Mapping[str, int]:
        """How many places have what is needed, or something of a kind of activities ahead; by the id of the need."""
        held = {(event.kind.id, event.position.id) for event in self.programme.shown if event.kind}
        activities = Counter(kind for kind, _ in held)
        return {
            need.id: activities[need.id] if need.kind == "activity_kind" else len(meeting(self.directory, need))
            for need in self.needs
        }

    @cached_property
    def need_pages(self) -> Mapping[tuple[str, str], str]:
        """The page of each need below the site's root, by its kind and name."""
        return {(need.kind, need.name): need.path for need in self.needs}

    @cached_property
    def tell_us(self) -> Way | None:
        """How somebody says what no page is about; None where there is no way."""
        return report(self.directory.settings, self.templates.words)

    @cached_property
    def tell_anything(self) -> Correction | None:
        """What is offered to whoever wants to say it; None where there is no way."""
        return anything(self.directory.settings, self.templates.words)

    @cached_property
    def tell_in_hall(self) -> str:
        """The same in one sentence, for a screen without links; empty where there is nothing to say."""
        return in_hall(self.directory.settings, self.templates.words)

    @cached_property
    def tell_missing(self) -> Way | None:
        """How somebody says that a place is missing; None where there is no way."""
        return addition(self.directory.settings, self.templates.words)

    def clauses(self, parts: Iterable[str | None]) -> str:
        """Parts of a sentence, in a row."""
        return str(self.templates.words["comma"]).join(part for part in parts if part)

    def sentences(self, parts: Iterable[str]) -> str:
        """Texts in a row, each a sentence but for the end of the last."""
        stop = str(self.templates.words["stop"])
        return stop.join(part.rstrip(stop) for part in parts if part)

    def footer(self, root: str) -> Markup:
        """What stands at the foot of a page at the depth of `root`."""
        directory = self.directory
        return self.templates.render(
            "parts/footer.html", root=root, settings=directory.settings, directory=directory, tell_us=self.tell_us,
            updated=directory.updated.isoformat() if directory.updated else "", has_changes=bool(self.changes),
            has_activities=bool(self.events),
        )  # fmt: skip

    def week(self, position: Position) -> Markup | None:
        """A position's opening hours as a week; most places of a city keep the same few, and each is rendered once."""
        hours, data, closed = position.hours, self.card(position).week, position.closed_on_holidays
        if hours is None:
            return None
        key = hours.text, data, closed
        if key not in self._weeks:
            different = {"exceptions": exceptions_of(hours), "notes": hours.notes}
            self._weeks[key] = self.templates.render(
                "parts/week.html", data=data, seasons=seasons_of(hours, closed), **different
            )
        return self._weeks[key]


def line(position: Position) -> str:
    """One line that tells this place from others: where it is, else what happens there, else what it is."""
    told = " · ".join(part for part in (position.community, position.address) if part)
    told = told or " · ".join([*position.services, *(activity.name for activity in position.activities)][:3])
    told = told or (plain(position.story.text).partition("。")[0] if position.story else "")
    told = told or position.site_kind or ""
    letters = sum(1 for each in told if each.isascii() and (each.isalpha() or each == " "))
    return shortened(told, _LINE + letters // 2)  # which are half as wide


def town_title(site: Site, town: Town) -> str:
    """A town's name, or what its area calls those whose town is not known."""
    area = site.directory.area[town.id]
    return town.name if town.id != area.id else site.templates.words["town_unknown_in"].format(area=area.name)


def public_address(base_url: str | None, path: str) -> str | None:
    """Where a page can be reached by everybody; None where the directory does not say where it is published."""
    return f"{base_url.rstrip('/')}/{path}" if base_url else None
