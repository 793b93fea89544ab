"""Where somebody without git says what is wrong with a page: a form of the forge, a mail, or the telephone.

The rule: a page offers the best way that directory.yml names and no other; a text that is ready to be sent names the page, so
that nobody has to explain which one was meant.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from haitang.model.issue_questions import form_link, subject
from haitang.model.paths import EntryKind, quoted
from haitang.model.settings import Settings

Way = Literal["form", "mail", "phone"]


@dataclass(frozen=True, slots=True)
class Correction:
    """`url` opens the way; `verify_url` is a position's shorter form; `text` is what to send where no form asks for it, and
    `to` whom it goes to."""

    way: Way
    url: str
    verify_url: str | None = None
    text: str = ""
    to: str = ""


def correction(
    settings: Settings, words: Mapping[str, Any], kind: EntryKind, entry: tuple[str, str], address: str | None
) -> Correction | None:
    """The way for one page, None where none is named. `entry` is its id and name, `address` where it is in public."""
    about, texts = subject(kind, *entry), words["correction"]
    if settings.repository is not None:
        verify = form_link(settings.repository, "verify", about, entry[1]) if kind == "position" else None
        return Correction("form", form_link(settings.repository, "correct", about, entry[1]), verify)
    page = texts["page"].format(address=address) + "\n" if address else ""
    return _by_hand(settings, texts["mail_title"].format(name=entry[1]), texts["text"].format(name=about, page=page))


def report(settings: Settings, words: Mapping[str, Any]) -> Correction | None:
    """The way to say what no page is about, None where none is named."""
    if settings.repository is not None:
        return Correction("form", form_link(settings.repository, "correct"))
    return _by_hand(settings, words["correction"]["report_title"], "")


def addition(settings: Settings, words: Mapping[str, Any]) -> Correction | None:
    """The way to say that a place is missing, None where none is named."""
    if settings.repository is not None:
        return Correction("form", form_link(settings.repository, "new"))
    return _by_hand(settings, words["correction"]["add"]["mail_title"], "")


def _by_hand(settings: Settings, title: str, text: str) -> Correction | None:
    identity = settings.identity
    if identity.email:
        body = quoted(text.replace("\n", "\r\n"))
        address = f"mailto:{identity.email}?subject={quoted(title)}" + (f"&body={body}" if body else "")
        return Correction("mail", address, text=text, to=identity.email)
    return Correction("phone", f"tel:{identity.phone}", text=text, to=identity.phone) if identity.phone else None
