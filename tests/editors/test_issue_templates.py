"""The issue forms of three forges: fresh, complete, in Chinese, and opened by links with the right things filled in."""

import re
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest
from markupsafe import escape
from playwright.sync_api import Browser

from haitang.cli import main
from haitang.editors.issues.parser import Filled, read_body
from haitang.editors.issues.templates import generated, stale
from haitang.editors.scaffold import settings_of
from haitang.model.field_specs import MODELS, entry_spec, with_own
from haitang.model.imprint import Repository
from haitang.model.issue_questions import FORM_NAMES, FormName, form, form_file, form_link, subject, told_form, told_text
from haitang.model.messages import use
from haitang.site.build import STYLES
from haitang.source.parser import Fields, parse
from tests.conftest import CHINESE
from tests.worlds import PROJECT, WORLD

SETTINGS = settings_of(PROJECT)
use(PROJECT)
FILES = generated(SETTINGS)  # in its own words
use(None)
YAML = [file for file in FILES if file.endswith((".yml", ".yaml"))]


@pytest.mark.live
def test_what_is_committed_is_fresh() -> None:
    use(PROJECT)
    assert stale(PROJECT, generated(SETTINGS)) == [], "run: python3 build.py forms"


def test_the_command_tells_what_is_stale_and_mends_it(root: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main.main(["forms", "--check", "--root", str(root)]) == 1
    assert ".github/ISSUE_TEMPLATE/new.yml 不是最新的" in capsys.readouterr().out
    assert not (root / ".github").exists()
    assert main.main(["forms", "--root", str(root)]) == 0
    assert main.main(["forms", "--check", "--root", str(root)]) == 0
    (root / "schemas/brand.json").write_text("{}", "utf-8")
    assert main.main(["forms", "--check", "--root", str(root)]) == 1


@pytest.mark.parametrize("file", YAML)
def test_a_form_is_what_the_forge_takes(file: str) -> None:
    tree: Any = parse(FILES[file], file)
    assert isinstance(tree, Fields)
    assert list(tree) == ["name", "about" if "gitea" in file else "description", "title", "labels", "body"]
    assert tree["labels"] == ["资料"]
    ids, labels = [], []
    for element in tree["body"]:
        attributes = element["attributes"]
        if element["type"] == "markdown":
            assert "手机号" in attributes["value"]
            continue
        assert element["type"] in ("input", "textarea", "dropdown")
        assert re.fullmatch(r"[a-zA-Z0-9_-]+", element["id"])
        assert CHINESE.search(attributes["label"]) and CHINESE.search(attributes["description"])
        if element["type"] == "dropdown":
            assert len(set(attributes["options"])) == len(attributes["options"]) > 1
            assert "None" not in attributes["options"]
        ids.append(element["id"])
        labels.append(attributes["label"])
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)


@pytest.mark.parametrize("name", FORM_NAMES)
def test_only_what_is_needed_must_be_answered(name: FormName) -> None:
    needed = {question.id for question in form(name, SETTINGS).questions if question.required}
    assert (
        needed
        == {
            "new": {"name", "town", "source_title"},
            "correct": {"subject", "source_title"},
            "verify": {"subject", "result", "on", "by"},
        }[name]
    )


@pytest.mark.parametrize("name", FORM_NAMES)
def test_gitlabs_form_has_the_same_headings(name: FormName) -> None:
    text = FILES[form_file("gitlab", name)]
    labels = [question.label for question in form(name, SETTINGS).questions]
    assert re.findall(r"^### (.+)$", text, re.MULTILINE) == labels
    assert '\n/label ~"资料"\n' in text.partition("###")[0]
    told = read_body(text, SETTINGS)
    assert isinstance(told, list), "an empty form asks for what it needs"
    assert {one.problem.code for one in told} == {"issue-wanted"}


def test_drop_downs_hold_the_directorys_own_towns_and_words() -> None:
    asked = form("new", SETTINGS)
    assert ("lujia", "陆家镇") in asked.question("town").options
    assert {"kunshan", "suzhou"} <= {value for value, _ in asked.question("town").options}
    assert [value for value, _ in asked.question("services").options] == [t.name for t in SETTINGS.vocabularies.services]


ABOUT = subject("position", "lujia-zhen", "甲&乙#1（东）")


@pytest.mark.parametrize(
    ("kind", "query"),
    [
        ("github", {"template": ["correct.yml"], "subject": [ABOUT]}),
        ("gitea", {"template": [".gitea/ISSUE_TEMPLATE/correct.yaml"], "field:subject": [ABOUT]}),
        ("gitlab", {"issuable_template": ["更正信息"], "issue[title]": [f"更正信息：{ABOUT}"]}),
    ],
)
def test_links_open_the_right_form_filled_in(kind: str, query: dict[str, list[str]]) -> None:
    repository = Repository.model_validate({"url": "https://git.example.org/a/b/", "kind": kind})
    link = urlsplit(form_link(repository, "correct", ABOUT))
    assert link.path == ("/a/b/-/issues/new" if kind == "gitlab" else "/a/b/issues/new")
    assert parse_qs(link.query).items() >= query.items()
    assert form_file(kind, "correct") in FILES


def test_every_choice_is_read_back() -> None:
    for name in FORM_NAMES:
        asked = form(name, SETTINGS)
        for question in asked.questions:
            for value, shown in question.options:
                written = {"town": "陆家镇", "result": "都没变", question.id: shown}
                text = "".join(
                    f"### {one.label}\n\n{written.get(one.id, '甲')}\n\n"
                    for one in asked.questions
                    if one.required or one == question
                )
                filled = read_body(text, SETTINGS)
                assert isinstance(filled, Filled)
                assert filled.answers[question.id] == ((value,) if question.many else value)


def test_what_strangers_wrote_reaches_the_workflow_by_the_environment_only() -> None:
    text = (PROJECT / ".github/workflows/issue.yml").read_text("utf-8")
    tree: Any = parse(text, "issue.yml")
    assert isinstance(tree, Fields)
    steps = tree["jobs"]["issue"]["steps"]
    assert not [step["run"] for step in steps if "${{" in step.get("run", "")]
    assert any("HAITANG_ISSUE_BODY" in step.get("env", {}) for step in steps)
    known = "".join((PROJECT / ".github/workflows" / name).read_text("utf-8") for name in ("check.yml", "publish.yml"))
    used = [step["uses"] for step in steps if "uses" in step]
    assert used and all(re.fullmatch(r"actions/[a-z-]+@[0-9a-f]{40}", one) and one in known for one in used)


def test_the_guide_for_editors_explains_every_field() -> None:
    use(WORLD)
    page = (PROJECT / "tests/golden/published/editors/fields.html").read_text("utf-8")
    for kind in MODELS:
        for field in (with_own(field, settings_of(WORLD)) for field in entry_spec(kind).all):
            assert f'id="{kind}.{field.path}"' in page
            assert str(escape(field.hint)) in page
            assert not field.example or str(escape(field.example)) in page


@pytest.mark.parametrize("width", [390, 1440])
def test_the_guide_fits_every_screen(width: int, browser: Browser) -> None:
    style = "".join((PROJECT / f"templates/styles/{name}.css").read_text("utf-8") for name in STYLES)
    page = browser.new_page(viewport={"width": width, "height": 900})
    html = (PROJECT / "tests/golden/published/editors/fields.html").read_text("utf-8")
    page.set_content(re.sub(r"<(?:script|link|meta http-equiv)\b[^>]*>", "", html))
    page.add_style_tag(content=style)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    columns = page.evaluate(
        "new Set([...document.querySelectorAll('#position tbody tr:first-child > *')].map(c => c.offsetLeft)).size"
    )
    assert columns == (1 if width == 390 else 3)
    page.close()


def test_a_told_text_asks_under_the_labels_by_which_it_is_read() -> None:
    form = told_form(settings_of(WORLD))
    asked = [line.rstrip("：") for line in told_text("", [], None).splitlines()[1:]]
    labels = {question.label: question.id for question in form.questions}
    assert [labels.get(label) for label in asked] == ["subject", "other", "source_title"]
