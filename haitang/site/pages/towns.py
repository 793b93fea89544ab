"""towns/<id>.html: the positions of a town. An area's own page holds those whose town is not known yet."""

from collections.abc import Iterator

from haitang.site.charts.static_map import draw
from haitang.site.templates import Page, sheets
from haitang.site.views import Site


def build(site: Site) -> Iterator[Page]:
    directory, words = site.directory, site.templates.words
    for town in directory.town.values():
        positions = directory.in_town(town.id)
        area = directory.area[town.id]
        known = town.id != area.id
        if not known and not positions:
            continue
        title = town.name if known else words["town_unknown_in"].format(area=area.name)
        for sheet in sheets(site.cards(positions), f"towns/{town.id}"):
            body = site.templates.render(
                "pages/town.html", town=town, area=area, known=known, title=title, sheet=sheet, root="../", site=site,
                drawing=draw(directory, positions) if sheet.number == 1 and positions else None,
            )  # fmt: skip
            description = words["town_description"].format(town=title, count=len(positions))
            yield Page(sheet.path, "towns", title, description, body)
    groups = [(area, [(town, directory.in_town(town.id)) for town in area.places]) for area in directory.settings.areas]
    body = site.templates.render("pages/towns.html", groups=groups, root="../", site=site)
    yield Page("towns/index.html", "towns", words["towns_title"], words["towns_description"], body)
