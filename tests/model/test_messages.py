"""The sentences: every language says the same, every code has one, none is left over, and values do no harm in them."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path
from string import Formatter
from typing import Any

import pytest
from pydantic import BaseModel

from haitang.core.problems import Place, Problem, Value
from haitang.model import entries as model
from haitang.model import imprint, settings, tiers
from haitang.model.messages import LANGUAGES, Words, field_words, forget, shown, site_words, words
from haitang.model.validation import TYPE_CODES
from haitang.schedule.language import lexer, parser, vocabulary
from haitang.schedule.language.spelling import problem_code
from haitang.source.syntax_hints import LIBYAML, LIKELY, SLIPS
from tests.conftest import CHINESE, HIDDEN, LATIN, LINE

CODE = Path(__file__).resolve().parents[2] / "haitang"
# Functions that take a problem code, and which of their arguments it is.
TAKERS = {
    "Problem": 1,
    "Finding": 2,
    "problem": 0,
    "_refuse": 1,
    "_Refused": 0,
    "spotted": 3,
    "unclear": 0,
    "Unclear": 2,
    "problem_code": 0,
    "_shaped": 1,
}
# Sentences may name what an editor types or sees, in these Latin words.
COMMAND_WORDS = set(
    "init FOLDER NAMES LIST README shili language tiers TW XX ZONE region timezone "
    "GENERATOR COMMIT GB Asia Shanghai Europe London "
    "build py site check serve new bench test position brand route DIR NAME ID TOWN TIER mkdocs zensical hugo pytest lang en "
    "zh CN plain github gitlab GitHub GitLab Gitea fix changed since REV BASE HEAD origin main git fetch positions concepts "
    "routes lujia qifa guangchang format port sizes peers rounds out json python3 help Ctrl centre station point other engine "
    "CJK kib x y z kiosk install rollback pull sign key secret URL ZIP FILE MB RW U issue forms branch schemas ADDRESS HOURS "
    "PHONE SOURCE PUBLISHER DATE address hours phone source publisher date provenance "
    "reminders today eleventy links timeout max strict workers dask Dask tcp docs administrators md "
    "excel export import marked dry run xlsx xls et xlsm csv WPS CSV UTF admin review comment map md json svg markdown "
    "setup forge gitea explain when code TEXT osm schema org hours bad RRULE "
    "ignore renamed yes no COLUMN FIELD columns leave days crs precision explain when code TEXT osm schema org hours bad RRULE "
    "depth former ids closed WGS unshallow SOURCE EPOCH updated yml directory Excel all LibreOffice".split()
)


# Sentences of one command each.
GROUPS = ("init", "kiosk", "check", "explain", "format", "reminders", "links")
# What English sentences quote of what editors write.
SAMPLES = (
    r"周一至周五|周[一二四五六]|每周三|每月第一个周[三六]|每月最后一个工作日|工作日|每[年月]|[上下]午|隔?周三?|[年点起]"
    r"|是|否|每天|次日|小时|节假日|休息|照常开放|照常|夏季|冬季|其他月份|次年|[月日至]|示例家园服务站|示例镇|核对过"
)


def texts(tree: Any, path: str = "") -> Iterator[tuple[str, str]]:
    if isinstance(tree, dict):
        for key, value in tree.items():
            yield from texts(value, f"{path}.{key}")
    else:
        yield path, tree


def blanks(text: str) -> set[str]:
    return {name for _, name, _, _ in Formatter().parse(text) if name is not None}


def codes_in_code() -> set[str]:
    """The problem codes that stand in the code where a code is taken, and the dictionaries that map to codes."""
    found = {*TYPE_CODES.values(), *(code for _, code, _ in LIBYAML), *(code for _, code in (*SLIPS, *LIKELY))}
    for path in CODE.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            found.update(full_code for code in taken_codes(node) for full_code in of_times(code))
            # A code kept in a name first: `code = "…"`, `code, line = "…", 1`, `("…", …)` beside a pattern.
            if isinstance(node, ast.Constant) and isinstance(node.value, str) and node.value in words("zh-CN").tree["problems"]:
                found.add(node.value)
    kinds = [*vocabulary.words().values(), *(kind for kind, _ in lexer._PATTERNS)]
    of_tokens = [kind[1:] for kind in kinds if kind.startswith("!")]
    of_tokens += [code for misfits in parser._MISFITS.values() for code in misfits.values()]
    return found | {full_code for code in of_tokens for full_code in of_times(code)}


def of_times(code: str) -> set[str]:
    """What the language of time calls `hour-unclear` is `hours-hour-unclear` or `when-hour-unclear`, or both."""
    sentences = set(words("zh-CN").tree["problems"])
    return {problem_code(code, "hours"), problem_code(code, "when")} & sentences or {code}


def taken_codes(node: ast.AST) -> Iterator[str]:
    if not isinstance(node, ast.Call):
        return
    name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
    at = TAKERS.get(name)
    if at is not None and len(node.args) > at:
        for part in ast.walk(node.args[at]):
            if isinstance(part, ast.Constant) and isinstance(part.value, str) and re.fullmatch(r"[a-z0-9-]+", part.value):
                yield part.value


def test_languages_say_the_same() -> None:
    chinese, *others = (dict(texts(words(language).tree)) for language in LANGUAGES)
    assert others
    for other in others:
        assert list(chinese) == list(other)
        assert {key: blanks(text) for key, text in chinese.items()} == {key: blanks(text) for key, text in other.items()}
    assert not [key for each in (chinese, *others) for key, text in each.items() if not text.strip()]


def test_visitors_languages_say_the_same() -> None:
    """A bag of search words has any length; every other text has its own place, its blanks and nothing Chinese."""
    chinese, english = (dict[str, Any](texts(without_bags(site_words(language)))) for language in ("zh-CN", "en"))
    assert list(chinese) == list(english)
    for key, text in english.items():
        chinese_ones = chinese[key] if isinstance(text, list) else [chinese[key]]
        ones = text if isinstance(text, list) else [text]
        counted = {"count"} if key in (".unit.place", ".progress.unit") else set[str]()  # which Chinese says without a number
        assert [blanks(one) | counted for one in chinese_ones] == [blanks(one) for one in ones], key
        assert not [one for one in ones if CHINESE.search(one) or not one.strip()], key


def test_no_word_of_ours_names_whose_directory_it_is() -> None:
    for key, text in texts(site_words("en")):
        assert not re.search(r"Kunshan|Suzhou|Haitang|crab.?apple|\bParty\b|Communist", str(text)), key


def without_bags(tree: Any) -> Any:
    if not isinstance(tree, dict):
        return tree
    return {key: "-" if key in ("spoken", "words") else without_bags(value) for key, value in tree.items()}


@pytest.mark.parametrize("group", ["problems", "commands", "excel", "review", "files", "day", "git", *GROUPS])
def test_sentences_are_in_their_language(group: str) -> None:
    for key, text in texts(words("zh-CN").tree[group]):
        plain = re.sub(r"\{\w+\}", "", text)
        latin = set(re.findall(r"[A-Za-z][A-Za-z0-9]*", plain))
        known = LATIN | set(words("zh-CN").tree["fields"]) | COMMAND_WORDS
        allowed = {part for word in known for part in (word, *word.split("_"))} | {
            "N",
            "C",
            "s",
            "m2",
            "HAITANG",
            "CORRECTIONS",
        }
        assert latin <= allowed, f"{key}: {latin - allowed}"
        assert CHINESE.search(plain) or key.endswith("_usage") or not re.search(r"\w", plain), key
    for key, text in texts(words("en").tree[group]):
        samples = re.sub(SAMPLES, "", text)
        assert not CHINESE.search(samples), key


def test_every_code_has_a_sentence_and_every_sentence_a_use() -> None:
    assert codes_in_code() == set(words("zh-CN").tree["problems"])


def test_every_command_sentence_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in CODE.rglob("*.py"))
    keys = [key.strip(".") for key, _ in texts(words("zh-CN").tree["commands"])]
    # Keys that are put together: `{name}_about`, `{name}_usage`, `new_ask_{option}`, `usage_{kind}` …
    made = re.compile(
        r"[a-z-]+_(about|usage)|usage_\w+|init_(title|area|towns|tiers|tier|source)"
        r"|new_(ask_|unknown_)?(kind|name|id|town|tier|address|hours|phone|source|publisher|date|anyway)"
    )
    assert [key for key in keys if f'"{key}"' not in code and not made.fullmatch(key)] == []


@pytest.mark.parametrize("group", GROUPS)
def test_every_sentence_of_a_command_is_used(group: str) -> None:
    code = "\n".join(path.read_text("utf-8") for path in CODE.rglob("*.py"))
    # Keys of a reading that are put together; tests/editors/test_readings.py has each.
    put_together = {
        "explain": "(holidays|doubt|level|code|nothing)_[a-z]+",
        "init": "ask_(language|title|area|towns|tiers|timezone|region|forge|source)",
    }
    made = re.compile(put_together.get(group, ""))
    assert [key for key in words("zh-CN").tree[group] if f'"{key}"' not in code and not made.fullmatch(key)] == []


def test_every_answer_to_an_issue_is_used() -> None:
    code = "\n".join(
        path.read_text("utf-8") for path in (*CODE.glob("editors/issues/*.py"), *CODE.glob("cli/commands/issue*.py"))
    )
    assert [key for key in words("zh-CN").tree["issue"] if f'"{key}"' not in code] == []


def test_every_excel_sentence_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in CODE.rglob("*.py"))
    # Keys that are put together from a kind, a relation or an action.
    made = re.compile(
        r"(count|list|example)_(position|brand|route|chapter|town|activity_kind)|usage_(export|import)|warning|hint"
    )
    keys = [*words("zh-CN").tree["excel"], *field_words()["workbook"]]
    assert [key for key in keys if f'"{key}"' not in code and not made.fullmatch(key)] == []


def test_every_sentence_of_a_review_is_used() -> None:
    code = "\n".join(path.read_text("utf-8") for path in CODE.rglob("*.py"))
    # Keys that are put together: what happened to which kind, levels, ways, groups, figures, what hours
    # say of holidays, and the lists of a section.
    made = re.compile(r"(short|short_what|places|kind|level|way|group|figure|hours)_\w+")
    assert [
        key for key in words("zh-CN").tree["review"] if not re.search(f"[\"']{key}[\"']", code) and not made.fullmatch(key)
    ] == []


def test_every_field_has_a_name() -> None:
    entries = [
        kind for kind in {**vars(model), **vars(settings)}.values() if isinstance(kind, type) and issubclass(kind, BaseModel)
    ]
    names = {name for kind in entries for name in kind.model_fields}
    assert len(names) > 90
    for language in LANGUAGES:
        assert set(words(language).tree["fields"]) == names
        assert set(words(language).tree["also_called"]) <= names


def test_choices_are_those_of_the_model() -> None:
    for name, choices in words("zh-CN").tree["choices"].items():
        if name == "tier":  # as the first directory calls its tiers
            assert list(choices) == ["centre", "station", "point", "other"]
            continue
        annotations = [
            kind.model_fields[name].annotation
            for kind in (model.Position, model.Location, imprint.Hall, model.Route, tiers.TierInfo, settings.Settings)
            if name in kind.model_fields
        ]
        assert any(all(f"'{choice}'" in str(annotation) for choice in choices) for annotation in annotations), name


NASTY = ["a\nb", "\x1b[31mred", "a\u202eb", "\ud800", "{x}", "{0}", "%s", "x" * 5_000, "\0", "::error::x", "\u2028", ""]


@pytest.mark.parametrize("nasty", NASTY, ids=ascii)
@pytest.mark.parametrize("language", LANGUAGES)
def test_values_do_no_harm(language: str, nasty: str) -> None:
    said = words(language)
    for code, sentence in said.tree["problems"].items():
        values = dict.fromkeys(blanks(sentence) | {"guess"}, nasty)
        message = said.problem(Problem(Place(f"positions/{nasty}.yml", 3, 1), code, values))
        assert "\n" not in message
        assert not HIDDEN.search(message)
        assert len(message) < 1_000
        assert LINE.fullmatch(message) or "::" in nasty, message


def test_a_message_is_file_line_column_text_and_cure() -> None:
    values: dict[str, Value] = {"field": "tier", "value": "statoin", "choices": ("centre", "station"), "guess": "station"}
    problem = Problem(Place("positions/lujia/x.yml", 12, 9), "bad-choice", values)
    assert words("zh-CN").problem(problem) == (
        "positions/lujia/x.yml:12:9: 「tier（层级）」不能是「statoin」，可以是 centre、station；是不是想写「station」？"
    )
    assert words("en").problem(problem) == (
        'positions/lujia/x.yml:12:9: "tier (level)" cannot be "statoin"; choose from centre, station; did you mean "station"?'
    )


@pytest.mark.parametrize(
    ("value", "expected"),
    [(121.0, "121"), (31.3159, "31.3159"), (1_000_000.0, "1000000"), (-0.5, "-0.5"), (123456789.0, "123456789"), (7, "7")],
)
def test_numbers_are_shown_as_written(value: float, expected: str) -> None:
    assert shown(value, words("zh-CN")) == expected


def test_long_values_are_cut() -> None:
    assert shown("长" * 100, words("zh-CN")) == "长" * 59 + "…"
    assert shown("长" * 60, words("zh-CN")) == "长" * 60


def test_an_unknown_field_is_shown_as_it_is() -> None:
    assert words("zh-CN").label("停车\u202e位") == "停车�位"


def test_words_are_read_once_until_told_otherwise() -> None:
    first = words("zh-CN")
    assert isinstance(first, Words)
    assert words("zh-CN") is first
    forget()
    assert words("zh-CN") is not first
