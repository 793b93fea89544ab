"""Rules across entries: what no single file can know about itself.

The rule: a check is one function from Dataset to Findings, and CHECKS is the whole list. A finding names a field by its path;
where that stands in the file is looked up only when there is something to tell (`data.loader`).
"""

from collections.abc import Callable, Iterator

from haitang.checks.chapters import concepts_are_told_once, concepts_name_known_terms, concepts_refer_to_entries
from haitang.checks.facts import (
    dates_are_past,
    holidays_are_told_once,
    locations_are_in_town,
    no_personal_numbers,
    sources_are_given,
    terms_are_known,
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
from haitang.checks.photos import photos_are_credited, photos_are_there
from haitang.checks.references import no_cycles, parents_are_higher, references_exist, successors_fit
from haitang.checks.routes import distances_are_possible, routes_name_what_exists, stops_are_open, stops_move_on
from haitang.checks.settings import production_is_signed, settings_agree, settings_refer_to_entries
from haitang.data.dataset import Dataset, Finding

Check = Callable[[Dataset], Iterator[Finding]]
CHECKS: tuple[Check, ...] = (
    settings_agree,
    settings_refer_to_entries,
    production_is_signed,
    ids_match_files,
    ids_are_unique,
    files_do_not_collide,
    towns_match_folders,
    references_exist,
    no_cycles,
    parents_are_higher,
    names_are_unique_in_town,
    locations_are_in_town,
    readings_fit_names,
    terms_are_known,
    activities_are_told_apart,
    no_personal_numbers,
    sources_are_given,
    photos_are_there,
    photos_are_credited,
    dates_are_past,
    successors_fit,
    holidays_are_told_once,
    concepts_are_told_once,
    concepts_refer_to_entries,
    concepts_name_known_terms,
    routes_name_what_exists,
    stops_are_open,
    stops_move_on,
    distances_are_possible,
)


def findings(dataset: Dataset) -> Iterator[Finding]:
    for check in CHECKS:
        yield from check(dataset)
