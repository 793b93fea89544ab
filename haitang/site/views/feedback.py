"""How somebody without git and without an account says what is wrong with a page, or missing from it.

The rule: pages offer all the ways that directory.yml names under `contact`, the forge's form where it names a repository, and
no other; a text that is ready to be filled in names the page, so that nobody has to explain which one was meant.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

from haitang.model import messages
from haitang.model.abroad.phones import tel
from haitang.model.field_specs import entry_spec
from haitang.model.imprint import Contact
from haitang.model.issue_questions import form_link, subject, told_text
from haitang.model.paths import EntryKind, quoted
from haitang.model.settings import Settings

Place = Literal["form", "mail", "phone", "page"]
ALL_WAYS = "unverified.html#tell"  # from the site's root: the page that offers them where no page is meant


@dataclass(frozen=True, slots=True)
class Way:
    """One link for whoever wants to tell us something: `url` is from the site's root where the way is a `page` of the site."""

    way: Place
    url: str

    @property
    def verify_url(self) -> None:
        """None: what only a place's own page has."""


@dataclass(frozen=True, slots=True)
class Correction:
    """What one page offers: a `text` to be filled in, of so many `lines`, a mail that holds it, the ways of `contact`, and the
    forge's forms, `verify_url` being a position's shorter one."""

    text: str
    lines: int
    contact: Contact | None
    mail_url: str | None
    url: str | None
    verify_url: str | None = None


def correction(
    settings: Settings,
    words: Mapping[str, Any],
    kind: EntryKind,
    entry: tuple[str, str],
    address: str | None,
    missing: Iterable[str] = (),
) -> Correction | None:
    """What an entry's page offers, None where nobody can be told. `entry` is its id and name, `address` where it is in public,
    `missing` are the fields that nobody knows yet."""
    about, forge = subject(kind, *entry), settings.repository
    labels = [_label(kind, name, words["locale"]) for name in missing]
    title = words["tell"]["mail_title"].format(name=entry[1])
    if forge is None:
        return _offered(settings, title, told_text(about, labels, address, words["locale"]))
    verify = form_link(forge, "verify", about, entry[1]) if kind == "position" else None
    form = form_link(forge, "correct", about, entry[1])
    return _offered(settings, title, told_text(about, labels, address, words["locale"]), form, verify)


def _label(kind: EntryKind, field: str, language: str) -> str:
    """How a field is called in a language, as the text says it and `told` reads it."""
    if language == "en":
        return str(messages.words("en").tree["fields"][field]).capitalize()
    return entry_spec(kind).field(field).label


def anything(settings: Settings, words: Mapping[str, Any]) -> Correction | None:
    """What is offered where no page is meant; None where nobody can be told."""
    form = form_link(settings.repository, "correct") if settings.repository else None
    return _offered(settings, words["tell"]["report_title"], told_text("", (), None, words["locale"]), form)


def report(settings: Settings, words: Mapping[str, Any]) -> Way | None:
    """The way to say what no page is about, None where none is named."""
    return _only(settings, words["tell"]["report_title"], "correct")


def addition(settings: Settings, words: Mapping[str, Any]) -> Way | None:
    """The way to say that a place is missing, None where none is named."""
    return _only(settings, words["tell"]["add_title"], "new")


def in_hall(settings: Settings, words: Mapping[str, Any]) -> str:
    """One sentence for a screen without links: the ways that need none. Empty where there are none."""
    contact, texts = settings.contact, words["tell"]
    ways = [
        texts["hall_phone"].format(phone=contact.phone) if contact and contact.phone else "",
        texts["hall_wechat"].format(name=contact.wechat) if contact and contact.wechat else "",
        texts["hall_mail"].format(mail=contact.mail) if contact and contact.mail else "",
    ]
    named = str(words["list_comma"]).join(filter(None, ways))
    return str(texts["hall"]).format(ways=named) if named else ""


def asked_about(settings: Settings, entry: tuple[str, str], path: str) -> Way | None:
    """The way to say how a position is that a list names, whose page is at `path`; None where none is named."""
    if settings.contact is not None:
        return Way("page", f"{path}#tell")
    about = subject("position", *entry)
    return Way("form", form_link(settings.repository, "verify", about, entry[1])) if settings.repository else None


def _offered(
    settings: Settings, title: str, text: str, form: str | None = None, verify: str | None = None
) -> Correction | None:
    contact = settings.contact
    if contact is None and form is None:
        return None
    mail = _mail(contact.mail, title, text) if contact and contact.mail else None
    return Correction(text, text.count("\n") + 1, contact, mail, form, verify)


def _only(settings: Settings, title: str, name: Literal["correct", "new"]) -> Way | None:
    """The only way there is, opened at once; the page that offers all where there are several."""
    contact, forge = settings.contact, settings.repository
    ways = [Way("form", form_link(forge, name))] if forge else []
    if contact is not None:
        ways += [Way("form", contact.form)] if contact.form else []
        ways += [Way("mail", _mail(contact.mail, title, ""))] if contact.mail else []
        ways += [Way("phone", f"tel:{tel(contact.phone)}")] if contact.phone else []
    scanned = contact is not None and (contact.wechat or contact.qr)
    if scanned or len(ways) > 1:
        return Way("page", ALL_WAYS)
    return ways[0] if ways else None


def _mail(to: str, title: str, text: str) -> str:
    body = quoted(text.replace("\n", "\r\n"))
    return f"mailto:{to}?subject={quoted(title)}" + (f"&body={body}" if body else "")
