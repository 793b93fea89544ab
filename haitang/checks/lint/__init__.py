"""What is very likely a mistake, or worth a second look, though the site can be built with it.

The rule: as in `checks`, a function from Dataset to Findings each, and LINT is the whole list, in the same parts; their codes
are warnings or hints in `core/problem_codes.tsv`. Only those who advise editors ask (`load` with `advised`): a build does not
wait.
"""

from haitang.checks import Check
from haitang.checks.lint.citations import paragraphs_name_their_sources
from haitang.checks.lint.contacts import (
    addresses_are_in_town,
    long_names_have_a_short_one,
    mails_are_an_offices,
    phones_are_likely,
    texts_hold_no_contacts,
)
from haitang.checks.lint.coordinates import points_are_likely
from haitang.checks.lint.duplicates import phones_are_their_own, places_are_told_once, points_are_their_own
from haitang.checks.lint.english_names import names_are_told_in_english
from haitang.checks.lint.garbled import garbled
from haitang.checks.lint.notices import notices_are_current
from haitang.checks.lint.opening_hours import hours_are_likely
from haitang.checks.lint.pasted import nobody_is_named, texts_are_their_own
from haitang.checks.lint.photos import pictures_are_described, pictures_are_likely
from haitang.checks.lint.region import holidays_are_those_of_a_part
from haitang.checks.lint.urls import hosts_are_not_alike, links_are_likely
from haitang.checks.lint.vocabularies import everyday_words_are_told_once
from haitang.data.dataset import Dataset, Finding

OF_ENTRIES: tuple[Check, ...] = (
    garbled,
    texts_are_their_own,
    nobody_is_named,
    hours_are_likely,
    addresses_are_in_town,
    texts_hold_no_contacts,
    mails_are_an_offices,
    long_names_have_a_short_one,
    links_are_likely,
    pictures_are_described,
    paragraphs_name_their_sources,
)
AMONG_ENTRIES: tuple[Check, ...] = (
    places_are_told_once,
    phones_are_their_own,
    points_are_their_own,
    points_are_likely,
    phones_are_likely,
    pictures_are_likely,
    everyday_words_are_told_once,
    names_are_told_in_english,
    hosts_are_not_alike,
    notices_are_current,
    holidays_are_those_of_a_part,
)
# As `checks.COMPARING`.
COMPARING: tuple[Check, ...] = (
    places_are_told_once,
    phones_are_their_own,
    points_are_their_own,
    points_are_likely,
    phones_are_likely,
)
LINT = (*OF_ENTRIES, *AMONG_ENTRIES)


def remarks_of(dataset: Dataset) -> list[Finding]:
    """What it has to say of entries one by one."""
    return [found for rule in OF_ENTRIES for found in rule(dataset)]
