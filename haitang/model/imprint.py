"""Who answers for a site, how they are told something, where its changes go, the halls it stands in, the pages they wrote:
parts of directory.yml.

The rule: as in `settings`, of which these are a part.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated, Literal

from pydantic import AfterValidator, Field, create_model, model_validator

from haitang.model.entries import Entry, Source
from haitang.model.messages import SiteLanguage
from haitang.model.types import (
    OTHER_KINDS,
    DailyHours,
    Date,
    Email,
    Id,
    Line,
    Name,
    Night,
    Phone,
    PhotoFile,
    Seconds,
    StaffPin,
    Url,
    problem,
)


class Identity(Entry):
    """Who answers for the site: 主办单位, phone, mail, ICP, 公安备案, 网站标识码."""

    organiser: Line | None = None
    phone: Phone | None = None
    email: Email | None = None
    icp: Name | None = None
    police: Name | None = None
    site_code: Name | None = None


class Hotline(Entry):
    """A number that helps with anything, where no place of ours does."""

    name: Name
    phone: Phone
    text: Line | None = None
    source: Source


class Contact(Entry):
    """How visitors tell us something, without an account: pages promise what is set here, and nothing else. `wechat` is the
    name of the institution's account and `qr` the picture of its code, among the photos; `form` is a form of its own."""

    mail: Email | None = None
    phone: Phone | None = None
    wechat: Name | None = None
    qr: PhotoFile | None = None
    form: Url | None = None

    @model_validator(mode="after")
    def _names_a_way(self) -> "Contact":
        if not any(getattr(self, name) for name in type(self).model_fields):
            raise problem("contact-empty")
        return self


class Repository(Entry):
    """Where editors send changes: the forge's page of this repository. With what its forge needs for people to log in from a
    page (`auth_url` at GitHub, `app_id` at the others), the form editor is published."""

    url: Url
    kind: Literal["github", "gitlab", "gitea"] = "github"
    branch: Name = "main"
    auth_url: Url | None = None
    app_id: Name | None = None

    @property
    def has_login(self) -> bool:
        return bool(self.auth_url if self.kind == "github" else self.app_id)


class NavPage(Entry):
    """A handwritten page that the site leads to, besides its own: `page` is its file in site_src without `.md`, `places` are
    where its name stands."""

    page: Name
    name: Name
    name_en: Name | None = None
    places: Annotated[tuple[Literal["menu", "footer", "home"], ...], Field(min_length=1, max_length=3)] = ("footer",)

    @property
    def path(self) -> str:
        """Of the page below the root of its language."""
        return f"{self.page}.html"


def _each_once(languages: tuple[SiteLanguage, ...]) -> tuple[SiteLanguage, ...]:
    if len(set(languages)) < len(languages):
        raise problem("term-repeated", value=max(languages, key=languages.count))
    return languages


# The first one is that of the data, and of the pages at the site's root.
Languages = Annotated[tuple[SiteLanguage, ...], Field(min_length=1, max_length=3), AfterValidator(_each_once)]
HallLanguages = Annotated[tuple[SiteLanguage, ...], Field(max_length=3), AfterValidator(_each_once)]


# Whether a site tells what its own organisation knows, or what was found in public material and may need a second look.
DataFrom = Literal["own", "public"]


@dataclass(frozen=True, slots=True)
class Licence:
    """On which terms words and data may be used. `id` is that of SPDX, empty where the terms are somebody's own; `url` leads to
    them; `credits` says that whoever names the source may use them freely."""

    name: str
    url: str | None = None
    id: str = ""
    credits: bool = False


_CC, _ODC = "https://creativecommons.org/", "https://opendatacommons.org/licenses/"
_KNOWN: tuple[Licence, ...] = (
    Licence("CC0 1.0", f"{_CC}publicdomain/zero/1.0/", "CC0-1.0"),
    Licence("CC BY 4.0", f"{_CC}licenses/by/4.0/", "CC-BY-4.0", credits=True),
    Licence("CC BY-SA 4.0", f"{_CC}licenses/by-sa/4.0/", "CC-BY-SA-4.0"),
    Licence("CC BY-NC 4.0", f"{_CC}licenses/by-nc/4.0/", "CC-BY-NC-4.0"),
    Licence("CC BY-NC-SA 4.0", f"{_CC}licenses/by-nc-sa/4.0/", "CC-BY-NC-SA-4.0"),
    Licence("CC BY-ND 4.0", f"{_CC}licenses/by-nd/4.0/", "CC-BY-ND-4.0"),
    Licence("CC BY-NC-ND 4.0", f"{_CC}licenses/by-nc-nd/4.0/", "CC-BY-NC-ND-4.0"),
    Licence(
        "Open Government Licence v3.0", "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/",
        "OGL-UK-3.0", credits=True,
    ),
    Licence("ODC-By 1.0", f"{_ODC}by/1-0/", "ODC-By-1.0", credits=True),
    Licence("ODbL 1.0", f"{_ODC}odbl/1-0/", "ODbL-1.0"),
    Licence("PDDL 1.0", f"{_ODC}pddl/1-0/", "PDDL-1.0"),
)  # fmt: skip


def _plain(text: str) -> str:
    return "".join(letter for letter in text.casefold() if letter.isalnum())


_BY_NAME: Mapping[str, Licence] = {_plain(name): each for each in _KNOWN for name in (each.name, each.id)}


def licence_of(text: str | None, url: str | None) -> Licence | None:
    """A licence by its name or its SPDX id, however these are written; else terms of one's own. None where nobody says any."""
    if text is None:
        return None
    known = _BY_NAME.get(_plain(text))
    return known if known and url in (None, known.url) else Licence(text, url)


class Hall(Entry):
    """An exhibition hall with a kiosk. `home` is where it stands, `public_url` the website its QR codes lead to where that is
    not base_url, `night` when the screen is dimmed, in minutes of the day, `staff_pin` the number that opens the staff's sheet;
    `languages` of the directory's that its visitors are offered, its own one first: all of them where it says nothing."""

    id: Id
    title: Name
    title_en: Name | None = None
    home: Id | None = None
    orientation: Literal["portrait", "landscape"] = "portrait"
    brand: Id | None = None
    public_url: Url | None = None
    languages: HallLanguages = ()
    night: Night | None = None
    staff_pin: StaffPin | None = None


def _beside(text: str) -> str:
    """The name of a picture beside its slide: whether it is there, and may be called so, checks/slides.py tells."""
    if kind := OTHER_KINDS.get(text.rpartition(".")[2].lower()):
        raise problem(kind, value=text)
    return text


if TYPE_CHECKING:
    _Since = Entry
else:  # a word of Python's: no class statement can name a field so
    _Since = create_model("_Since", __base__=Entry, **{"from": (Date | None, None)})


class Slide(_Since):
    """What a hall's own screen shows while nobody is there; a file each in `halls/<hall>/slides`, beside its picture and its
    film. It is shown on its days, `from` and `until` among them, at its hours, for `seconds`; a film for as long as it is, and
    `photo` is what stands in for it."""

    title: Name | None = None
    title_en: Name | None = None
    text: Line | None = None
    text_en: Line | None = None
    photo: Annotated[Line, AfterValidator(_beside)] | None = None
    video: Name | None = None
    alt: Line | None = None
    alt_en: Line | None = None
    until: Date | None = None
    hours: DailyHours | None = None
    seconds: Seconds | None = None
    since = property(lambda self: self.__dict__["from"])

    @property
    def media(self) -> tuple[tuple[str, str], ...]:
        """The files it names, by their fields."""
        return tuple((field, name) for field in ("photo", "video") if (name := getattr(self, field)))
