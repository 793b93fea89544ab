"""The directory as a workbook: a sheet for each kind and list, how to fill them in, and the words to pick from.

The rule: every cell is the text `cells.shown` makes; nothing of the moment or the machine is in it.
"""

from collections.abc import Sequence
from functools import partial
from itertools import zip_longest
from pathlib import Path

from haitang.core.problems import InvalidDirectory
from haitang.editors.entry_files import StoredEntry
from haitang.editors.excel.cells import shown
from haitang.editors.excel.layout import KINDS, Column, Sheet, language, phrase, rows, sheets, stored
from haitang.editors.excel.names import Names, names_of
from haitang.editors.excel.workbook_writer import Head, Table, workbook
from haitang.editors.scaffold import settings_of
from haitang.model.abroad.phones import own
from haitang.model.field_specs import FieldSpec, with_own
from haitang.model.messages import field_words
from haitang.model.paths import EntryKind
from haitang.model.settings import Settings

_WIDTHS = {"id": 20, "prose": 60, "line": 28, "hours": 34, "when": 30, "list": 24, "number": 10, "yes-no": 10, "choice": 12}


def export(root: Path, town: str | None = None) -> tuple[bytes, dict[EntryKind, int]]:
    """A workbook of all entries, or of a town's positions, and how many there are of each kind. Raises InvalidDirectory."""
    settings = settings_of(root)
    entries, problems = stored(root)
    if problems:
        raise InvalidDirectory(problems)
    names = names_of(settings, entries)
    kinds: Sequence[EntryKind] = ("position",) if town else KINDS
    chosen = [entry for entry in entries if entry.kind in kinds and (not town or entry.text("town") == town)]
    towns = {place.id: at for at, place in enumerate(place for area in settings.areas for place in area.places)}
    tiers = {tier.id: at for at, tier in enumerate(settings.tiers)}

    def order(entry: StoredEntry) -> tuple[int, int, str]:
        """Positions by town and tier as everywhere, the others by id."""
        if entry.kind != "position":
            return 0, 0, entry.id
        return towns.get(entry.text("town"), len(towns)), tiers.get(entry.text("tier"), len(tiers)), entry.id

    chosen.sort(key=order)
    tables = [_table(sheet, chosen, names, settings) for sheet in sheets() if sheet.kind in kinds]
    content = workbook([_guide(kinds, names, settings), *tables], _lists(settings, names))
    return content, {kind: sum(entry.kind == kind for entry in chosen) for kind in kinds}


def _table(sheet: Sheet, entries: Sequence[StoredEntry], names: Names, settings: Settings) -> Table:
    lines = []
    for entry in (entry for entry in entries if entry.kind == sheet.kind):
        for row in rows(sheet, entry.values):
            own = [shown(column.spec, row.get(column.path), names) for column in sheet.values]
            lines.append([entry.id, entry.name, *own] if sheet.field else own)
    return Table(sheet.title, tuple(_head(column, sheet, names, settings) for column in sheet.columns), lines)


def _head(column: Column, sheet: Sheet, names: Names, settings: Settings) -> Head:
    is_picked = column.role == "value" and column.spec.item is None
    return Head(
        column.label,
        _note(column, sheet, names, settings),
        _WIDTHS.get(column.spec.kind, 18),
        required=column.required,
        is_key=column.role == "id" or (column.role == "name" and bool(sheet.field)),
        choices=_list_name(column.spec) if is_picked else None,
    )


def _list_name(spec: FieldSpec) -> str | None:
    """The name of the list a field's values are picked from."""
    if spec.choices:
        return phrase("list_goal_status") if spec.path == "goals.status" else spec.label
    if spec.vocabulary or spec.relation == "tier":
        return spec.label
    if spec.kind == "yes-no":
        return phrase("list_yes_no")
    return phrase(f"list_{spec.relation}") if spec.relation else None


def _lists(settings: Settings, names: Names) -> Table:
    """Every list to pick from, side by side."""
    found: dict[str, list[str]] = {}
    for spec in (column.spec for sheet in sheets() for column in sheet.columns):
        name = _list_name(spec)
        if name is None or name in found:
            continue
        if spec.choices:
            found[name] = [label for _, label in spec.choices]
        elif spec.vocabulary:
            found[name] = [term.name for term in getattr(settings.vocabularies, spec.vocabulary)]
        elif spec.relation:
            shown_names = list(names[spec.relation].shown.values())
            found[name] = sorted(shown_names) if spec.relation == "position" else shown_names
        else:
            found[name] = [phrase("yes"), phrase("no")]
    lines = [list(values) for values in zip_longest(*found.values(), fillvalue="")]
    return Table(phrase("lists_title"), tuple(Head(name, width=26) for name in found), lines)


def _note(column: Column, sheet: Sheet, names: Names, settings: Settings) -> str:
    """The comment on a header: is it needed, how to write it, an example."""
    if sheet.field and column.role == "id":
        return phrase("note_id_of")
    if sheet.field and column.role == "name":
        return phrase("note_name_of")
    spec = column.spec
    lines = [phrase("note_needed")] if _is_needed(column) else []
    lines.append(phrase("note_id") if column.role == "id" else _hint(spec, names))
    if spec.example and column.role != "id":
        lines.append(phrase("note_example", example=_example(spec, names, settings)))
    if _list_name(spec) and spec.item:
        lines.append(phrase("note_list", name=_list_name(spec) or ""))
    return "\n".join(lines)


def _is_needed(column: Column) -> bool:
    """Whether somebody must write it. An id is needed, but who adds a line leaves it empty: the program finds one."""
    return column.required and column.role != "id"


def _hint(spec: FieldSpec, names: Names) -> str:
    """How to write it; where the cell shows names and not what the file holds, in the words of the cell."""
    if spec.relation == "tier":
        return phrase("note_choices", choices=tuple(names["tier"].shown.values())) + spec.hint
    if spec.relation:
        return phrase("note_pick_many" if spec.item else "note_pick")
    if spec.choices:
        choices = phrase("note_choices", choices=tuple(label for _, label in spec.choices))
        return choices if any(value in spec.hint for value, _ in spec.choices) else choices + spec.hint
    if spec.is_table:
        return phrase("note_pairs")
    return spec.hint + (phrase("note_many") if spec.item else "")


def _example(spec: FieldSpec, names: Names, settings: Settings) -> str:
    if spec.relation == "tier":
        shown_names = names["tier"].shown
        return shown_names.get(spec.example, list(shown_names.values())[-1])
    if spec.relation:
        return phrase(f"example_{spec.relation}")
    return dict(spec.choices).get(spec.example, with_own(spec, settings).example)


def _guide(kinds: Sequence[EntryKind], names: Names, settings: Settings) -> Table:
    """The sheet that says how to fill in the others."""
    labels = ("guide_sheet", "guide_column", "guide_required", "guide_how", "guide_example")
    heads = [Head(phrase(label), width=width) for label, width in zip(labels, (16, 18, 8, 60, 36), strict=True)]
    first = phrase("guide_first")
    guide = map(
        partial(own, country=settings.country, area_code=settings.area_code),
        field_words(language())["workbook"]["guide"].values(),
    )
    lines = [[first, "", "", line, ""] for line in guide]
    for sheet in (sheet for sheet in sheets() if sheet.kind in kinds):
        for column in sheet.columns:
            needed = phrase("guide_needed") if _is_needed(column) else ""
            text = _note(column, sheet, names, settings).removeprefix(phrase("note_needed")).strip().split("\n")
            example = _example(column.spec, names, settings) if column.role == "value" and column.spec.example else ""
            hint = "\n".join(line for line in text if not example or example not in line or line == text[0])
            lines.append([sheet.title, column.label, needed, hint, example])
    return Table(phrase("guide_title"), tuple(heads), lines, most_lines=20)
