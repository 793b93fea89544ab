"""Who answers for a site, how they are told something, where its changes go, the halls it stands in: parts of directory.yml.

The rule: as in `settings`, of which these are a part.
"""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field, model_validator

from haitang.model.entries import Entry
from haitang.model.messages import SiteLanguage
from haitang.model.types import Email, Id, Line, Name, Night, Phone, PhotoFile, StaffPin, Url, problem


class Identity(Entry):
    """Who answers for the site: 主办单位, phone, mail, ICP, 公安备案, 网站标识码."""

    organiser: Line | None = None
    phone: Phone | None = None
    email: Email | None = None
    icp: Name | None = None
    police: Name | None = None
    site_code: Name | None = None


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


def _each_once(languages: tuple[SiteLanguage, ...]) -> tuple[SiteLanguage, ...]:
    if len(set(languages)) < len(languages):
        raise problem("term-repeated", value=max(languages, key=languages.count))
    return languages


# The first one is that of the data, and of the pages at the site's root.
Languages = Annotated[tuple[SiteLanguage, ...], Field(min_length=1, max_length=3), AfterValidator(_each_once)]
HallLanguages = Annotated[tuple[SiteLanguage, ...], Field(max_length=3), AfterValidator(_each_once)]


class Hall(Entry):
    """An exhibition hall with a kiosk. `home` is where it stands, `public_url` the website its QR codes lead to where that is
    not base_url, `night` when the screen is dimmed, in minutes of the day, `staff_pin` the number that shows the counters;
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
