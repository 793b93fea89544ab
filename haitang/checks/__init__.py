"""Rules about entries, one by one and among each other: what the schema does not know.

The rule: a check is one function from Dataset to Findings, and CHECKS is the whole list, in three parts. What OF_ENTRIES tell
of an entry follows from that, from its file's name, from directory.yml and from nothing else: it is kept until one of these
changes. So it is with DATED, which read the day too, and never tell more of an entry on a later one. All that looks at others,
or at pictures, is AMONG_ENTRIES. A finding names a field by its path; where that stands in the file is looked up only when
there is something to tell (`data.loader`).
"""

from collections.abc import Callable, Iterator

from haitang.checks.chapters import concepts_are_told_once, concepts_name_known_terms, concepts_refer_to_entries
from haitang.checks.citations import marks_are_sound
from haitang.checks.facts import (
    addresses_are_words,
    dates_are_past,
    holidays_are_told_once,
    locations_are_in_town,
    no_personal_numbers,
    numberings_are_of_the_country,
    sources_are_given,
    terms_are_known,
    tiers_are_known,
)
from haitang.checks.identity import (
    activities_are_told_apart,
    files_do_not_collide,
    ids_are_unique,
    ids_match_files,
    names_are_unique_in_town,
    readings_fit_names,
    towns_match_folders,
)
from haitang.checks.notices import notices_are_possible
from haitang.checks.photos import photos_are_credited, photos_are_there
from haitang.checks.references import no_cycles, parents_are_higher, references_exist, successors_fit
from haitang.checks.routes import distances_are_possible, routes_name_what_exists, stops_are_open, stops_move_on
from haitang.checks.settings import production_is_signed, settings_agree, settings_refer_to_entries
from haitang.data.dataset import Dataset, Finding

Check = Callable[[Dataset], Iterator[Finding]]
OF_ENTRIES: tuple[Check, ...] = (
    ids_match_files,
    towns_match_folders,
    locations_are_in_town,
    numberings_are_of_the_country,
    addresses_are_words,
    readings_fit_names,
    terms_are_known,
    tiers_are_known,
    activities_are_told_apart,
    no_personal_numbers,
    sources_are_given,
    marks_are_sound,
    successors_fit,
    holidays_are_told_once,
    notices_are_possible,
    concepts_name_known_terms,
    stops_move_on,
)
DATED: tuple[Check, ...] = (dates_are_past,)
AMONG_ENTRIES: tuple[Check, ...] = (
    settings_agree,
    settings_refer_to_entries,
    production_is_signed,
    ids_are_unique,
    files_do_not_collide,
    references_exist,
    no_cycles,
    parents_are_higher,
    names_are_unique_in_town,
    photos_are_there,
    photos_are_credited,
    concepts_are_told_once,
    concepts_refer_to_entries,
    routes_name_what_exists,
    stops_are_open,
    distances_are_possible,
)
# Of the last: they ask of entries nothing but what these are compared by (`data.comparing`), and directory.yml.
COMPARING: tuple[Check, ...] = (
    ids_are_unique,
    files_do_not_collide,
    references_exist,
    no_cycles,
    parents_are_higher,
    names_are_unique_in_town,
)
CHECKS = (*OF_ENTRIES, *DATED, *AMONG_ENTRIES)


def findings(dataset: Dataset) -> Iterator[Finding]:
    """All there is to tell."""
    for check in CHECKS:
        yield from check(dataset)


def findings_of(dataset: Dataset) -> tuple[list[Finding], list[Finding]]:
    """What is to be told of entries one by one, and by the day."""
    return [found for check in OF_ENTRIES for found in check(dataset)], [found for check in DATED for found in check(dataset)]
