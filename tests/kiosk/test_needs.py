"""A hall says who has what somebody needs as the website does."""

import re
from dataclasses import replace
from datetime import date

import pytest

from haitang.checks.load import load
from haitang.kiosk.build import described
from haitang.kiosk.needs import described as needs_described
from haitang.model.imprint import Hall
from haitang.model.messages import site_words
from haitang.site.languages.translation import translation
from haitang.site.page import Page
from haitang.site.pages import activities, needs
from haitang.site.templates import LANGUAGE, Templates
from haitang.site.views import Site
from tests.worlds import WORLD

PLACE = re.compile(r'<a href="\.\./positions/([\w-]+)\.html(?:#activities)?">')
DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"


@pytest.fixture(scope="module")
def site() -> Site:
    return Site(load(WORLD, today=date(2026, 1, 2)), Templates(site_words(LANGUAGE)))


def rows_of(line: str) -> list[int]:
    """As frontend/src/data/columns.ts reads a set of a small directory: a step a letter."""
    found = list[int]()
    for step in line:
        found.append((found[-1] if found else 0) + DIGITS.index(step))
    return found


def test_the_places_are_those_of_the_public_page(site: Site) -> None:
    made = [recipe.make() for build in (needs.build, activities.build) for recipe in build(site)]
    pages = {page.path: page.body for page in made if isinstance(page, Page)}
    told = needs_described(site)
    lines = told["rows"].split("\n")
    ids = [position.id for position in site.directory.positions]
    for need, line in zip(site.needs, lines, strict=True):
        listed = pages[need.path].partition('class="need-others')[0].partition('class="fold over')[0]
        assert {ids[row] for row in rows_of(line)} == set(PLACE.findall(listed)), need.id
    assert any(lines) and not all(lines)


def test_the_home_page_s_needs_come_first_in_its_order(site: Site) -> None:
    own = site.directory.settings.model_copy(update={"needs": ("chong-dian", "zhengce"), "hotlines": ()})
    told = needs_described(replace(site, directory=replace(site.directory, settings=own)))
    assert told["first"] == [name for name in ("chong-dian", "zhengce") if site.need_counts[name]]


def test_a_phone_goes_to_the_site_in_the_language_of_the_screen(site: Site) -> None:
    hall = Hall(id="ting", title="样例", public_url="https://example.org/zhendi/")
    english = translation(site, "en", Templates(site_words("en")))
    assert [described(hall, each)["public"] for each in (site, english)] == [
        "https://example.org/zhendi/",
        "https://example.org/zhendi/en/",
    ]
    own = site.directory.settings.model_copy(update={"base_url": None})
    nowhere = replace(site, directory=replace(site.directory, settings=own))
    assert described(hall.model_copy(update={"public_url": None}), nowhere)["public"] == ""
