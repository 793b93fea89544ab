"""Traditional characters: the search's own table is that of the checks, and a site's file has what its texts are made of."""

from haitang.checks.lint.garbled.variants import traditional_forms
from haitang.site.exports.search.browser_traditional import _file
from haitang.site.exports.search.texts import TABLE, forms


def test_the_table_is_that_of_the_checks(bless: bool) -> None:
    ours: dict[str, str] = {}
    for was, now in sorted(traditional_forms().items()):
        ours[now] = ours.get(now, "") + was
    table = "".join(f"{now}{traditional}\n" for now, traditional in sorted(ours.items()))
    if bless:
        TABLE.write_text(table, "utf-8")
    assert table == TABLE.read_text("utf-8"), "run it with --bless if the change is meant"


def test_it_reads_what_people_in_taiwan_and_hong_kong_type() -> None:
    known = forms()
    assert len(known) > 2000
    typed = "陸家崑山廁所圖書衛生間飲水熱飯無線網電視臺車塘社區裏面裡面"
    assert "".join(known.get(each, each) for each in typed) == "陆家昆山厕所图书卫生间饮水热饭无线网电视台车塘社区里面里面"
    assert not [each for each in known if each in known.values()]


def test_a_site_has_no_more_than_its_own_characters() -> None:
    content = _file("陆家").content.decode()
    assert "陸陆" in content and "崑" not in content
