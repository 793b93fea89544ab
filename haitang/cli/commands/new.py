"""build.py new position|brand|route: writes the beginning of a new file; asks on a terminal for what the flags leave open."""

import argparse
import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping

from haitang.cli.reporting import SOUND, Stop, unknown_name
from haitang.core.console import Console
from haitang.data.revision import today
from haitang.editors.entry_files import put
from haitang.editors.prompts import mistake_in, names_like
from haitang.editors.scaffold import Draft, find, free_id, settings_of
from haitang.model.abroad.phones import sample as sample_phone
from haitang.model.cures.meanings import meant
from haitang.model.divisions.home import home_of
from haitang.model.field_specs import entry_spec
from haitang.model.messages import Words
from haitang.model.settings import Settings
from haitang.model.validation import closest, tier_names
from haitang.model.written.unknown import is_unknown

Names = Mapping[str, Iterable[str]]
# Option → the field it fills. A position's own facts, then where they come from.
FACTS = {"address": "address", "hours": "hours", "phone": "phone"}
_OFFERED = 20  # names to choose from
SOURCE = {"source": "sources.title", "publisher": "sources.publisher", "date": "sources.date"}


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    draft = _draft(options, settings_of(options.root), console)
    if os.path.lexists(options.root / draft.file):
        raise Stop(words.sentence("commands", "new_exists", file=draft.file))
    put(
        options.root, draft.file, draft.text(words.tree["commands"]["new_todo_source"], words.tree["commands"]["new_todo_stop"])
    )
    is_whole = draft.source and draft.kind != "route"
    console.say(words.sentence("commands", "new_written_whole" if is_whole else "new_written", file=draft.file))
    return SOUND


def _draft(options: argparse.Namespace, settings: Settings, console: Console) -> Draft:
    words: Words = options.words
    # Who gives the name as a flag wants no conversation about what may be left out.
    conversing = sys.stdin.isatty() and not options.name
    name = (options.name or _ask(words, "name")).strip()
    if not name.isprintable() or not name.encode("utf-8", "ignore").decode() == name or len(name) > 60:
        raise Stop(words.sentence("commands", "new_bad_name", value=name))
    likes = list(names_like(options.root, options.kind, name, home_of(settings).usual))  # they may be the same one
    for there, file in likes:
        console.error(words.sentence("commands", "new_like", name=there, file=file))
    if likes and conversing and _ask(words, "anyway", "否").lower() not in ("是", "y", "yes"):
        raise Stop(words.sentence("commands", "new_given_up"))
    facts: dict[str, str] = {}
    if options.kind == "position":
        facts = dict(_placed(options, settings)) | dict(_facts(options, FACTS, conversing, console))
    source = {field.partition(".")[2]: text for field, text in _facts(options, SOURCE, conversing, console)}
    if source and "title" not in source:
        raise Stop(words.sentence("commands", "new_needs", option="source"))
    proposed = free_id(options.root, options.kind, name, facts.get("town", ""))
    entry_id = options.id or (_ask(words, "id", proposed) if conversing else proposed)
    if re.fullmatch(r"[a-z0-9][a-z0-9-]{0,63}", entry_id) is None:
        raise Stop(words.sentence("commands", "new_bad_id", value=entry_id))
    return Draft(options.kind, entry_id, name, facts, source)


def _placed(options: argparse.Namespace, settings: Settings) -> Iterator[tuple[str, str]]:
    """A position's tier, where it is known, and its town."""
    towns: Names = {place.id: (place.name, place.short_name or "") for area in settings.areas for place in area.places}
    town = _id(options.words, "town", options.town, towns)
    if (options.tier is not None or sys.stdin.isatty()) and (
        tier := _id(options.words, "tier", options.tier, tier_names(settings))
    ):
        yield "tier", tier
    yield "town", town


def _facts(
    options: argparse.Namespace, fields: dict[str, str], conversing: bool, console: Console
) -> Iterator[tuple[str, str]]:
    """Facts by their fields: from the flags, or asked for until they can be read; what is not known is left out."""
    settings = settings_of(options.root)
    area_code, phone = settings.area_code or "", sample_phone(settings.country, settings.area_code)
    for option, field in fields.items():
        spec = entry_spec(options.kind).field(field)
        given: str | None = getattr(options, option)
        while given is not None or conversing:
            needed = option == "source"  # whoever is asked can say where it is from
            written = (given if given is not None else _ask(options.words, option, None if needed else "", phone=phone)).strip()
            written = "" if is_unknown(written) else meant(written, spec.kind, spec.name, area_code)
            mistake = mistake_in(options.kind, field, written, today(options.root)) if written else None
            if mistake is None:
                break
            message = options.words.explanation(mistake.code, {"field": field.rpartition(".")[2], **mistake.values})
            if given is not None:
                raise Stop(message)
            console.error(message)
        else:
            continue
        if written:
            yield field, written


def _id(words: Words, option: str, given: str | None, names: Names) -> str:
    """The id behind a word for a town or a tier. On a terminal a wrong word is asked for again."""
    while True:
        known = tuple([*spoken][:2][-1] if option == "tier" else next(iter(spoken)) for spoken in names.values())
        known = (*known[:_OFFERED], *(("…",) if len(known) > _OFFERED else ()))
        written = given if given is not None else _ask(words, option, "" if option == "tier" else None, known)
        found = find(written, names)
        if found or (option == "tier" and not written):
            return found or ""
        message = unknown_name(option, written, names, closest(written, names), words)
        if given is not None:
            raise Stop(message)
        Console().error(message)


def _ask(words: Words, option: str, default: str | None = None, known: tuple[str, ...] = (), phone: str = "") -> str:
    """A question on the terminal; without one, what is missing is an error of the command line. An answer that is needed, with
    no `default`, is asked for until there is one."""
    if not sys.stdin.isatty():
        raise Stop(words.sentence("commands", "new_needs", option=option))
    while True:
        question = words.sentence("commands", f"new_ask_{option}", id=default or "", known=known, phone=phone)
        answer = input(f"{question}: ").strip() or (default if default is not None else "")
        if answer or default is not None:
            return answer
        Console().error(words.sentence("commands", "new_needed"))
