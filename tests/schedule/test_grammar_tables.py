"""The parser's tables are those that Lark makes of grammar.lark, and what it makes of tokens is what Lark's own parser does.

After a change of the grammar: `python3 build.py test tests/schedule/test_grammar_tables.py --bless`.
"""

import json
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from random import Random
from typing import Any

import pytest
from lark import Lark, Transformer, Tree, UnexpectedToken
from lark.lexer import Lexer
from lark.lexer import Token as LarkToken
from lark.parsers.lalr_analysis import Shift

from haitang.schedule.language import vocabulary
from haitang.schedule.language.lalr import END, TABLES, Misfit, Token, parse
from haitang.schedule.language.lexer import tokens
from haitang.schedule.language.parser import _Phrases
from haitang.schedule.language.spelling import Language, UnreadableTime, spell
from tests.schedule.test_recurrence import TEXTS

GRAMMAR = Path(vocabulary.__file__).with_name("grammar.lark")
LANGUAGES: tuple[Language, ...] = ("hours", "when")
HOURS = [
    "周一至周五 08:30-11:30, 13:00-17:30；周六 9:00-12:00",
    "每天9:00-17:00（周一闭馆）",
    "24小时",
    "夏季 9:00-18:00，冬季 9:00-17:00",
]


class Given(Lexer):
    """The tokens are made before."""

    def __init__(self, _conf: Any) -> None:
        pass

    def lex(self, data: Any) -> Iterator[LarkToken]:  # type: ignore[override]
        return iter(data)


@cache
def lark() -> Lark:
    return Lark(
        GRAMMAR.read_text("utf-8"), parser="lalr", lexer=Given, start=list(LANGUAGES), strict=True, maybe_placeholders=False
    )


def tables() -> str:
    """A line a rule and a line a state. States are numbered as one comes to them: the same grammar gives the same file."""
    made: Any = lark().parser.parser
    table = made._parse_table
    numbers = {rule: at for at, rule in enumerate(lark().rules)}
    order = [table.start_states[language] for language in LANGUAGES]
    for state in order:
        for _, (action, to) in sorted(table.states[state].items()):
            if action is Shift and to not in order:
                order.append(to)
    at = {state: number for number, state in enumerate(order)}
    states = []
    for state in order:
        by_target: dict[str, list[str]] = {}
        for name, (action, to) in sorted(table.states[state].items()):
            by_target.setdefault(str(at[to] if action is Shift else -1 - numbers[to]), []).append(name)
        states.append({target: " ".join(names) for target, names in by_target.items()})
    starts = {language: [at[table.start_states[language]], at[table.end_states[language]]] for language in LANGUAGES}
    rules = [[rule.origin.name, len(rule.expansion)] for rule in lark().rules]
    lists: dict[str, list[Any]] = {"rules": rules, "states": states}
    written = [f'"{name}": [\n' + ",\n".join(map(json.dumps, rows)) + "\n]" for name, rows in lists.items()]
    return "{\n" + ",\n".join([f'"starts": {json.dumps(starts)}', *written]) + "\n}\n"


def test_the_tables_are_those_of_the_grammar(bless: bool) -> None:
    if bless:
        TABLES.write_text(tables(), "utf-8")
    assert TABLES.read_text("utf-8") == tables()


def test_every_rule_says_something() -> None:
    rules = {name for name, _ in json.loads(TABLES.read_bytes())["rules"]}
    assert {name for name in rules if not name.startswith("_") and not hasattr(_Phrases, name)} == set(LANGUAGES)


class Nested(Transformer[LarkToken, Any]):
    def __default__(self, data: Any, children: list[Any], meta: Any) -> Any:
        return [str(data), *children]

    def __default_token__(self, token: LarkToken) -> str:
        return f"{token.type} {token}"


def by_lark(found: list[Token], language: Language) -> object:
    theirs = [LarkToken(token.type, str(token), start_pos=token.start_pos, end_pos=token.end_pos) for token in found]
    try:
        tree: Tree[LarkToken] = lark().parse(theirs, start=language)
    except UnexpectedToken as unexpected:
        return next((at for at, token in enumerate(theirs) if token is unexpected.token), len(theirs))
    return Nested().transform(tree)[1:]


def by_us(found: list[Token], language: Language) -> object:
    try:
        made = parse(found, language, lambda rule: lambda parts: [rule, *parts])
    except Misfit as misfit:
        return misfit.place

    def told(part: Any) -> Any:
        return f"{part.type} {part}" if isinstance(part, Token) else [part[0], *map(told, part[1:])]

    return list(map(told, made))


@cache
def kinds() -> list[str]:
    states = json.loads(TABLES.read_bytes())["states"]
    return sorted({name for state in states for names in state.values() for name in names.split() if name.isupper()} - {END})


@pytest.mark.parametrize("language", LANGUAGES)
def test_texts_are_parsed_as_lark_parses_them(language: Language) -> None:
    read = 0
    for text in [*TEXTS, *HOURS]:
        try:
            found = tokens(spell(text), language)
        except UnreadableTime:
            continue
        assert by_us(found, language) == by_lark(found, language), text
        read += isinstance(by_us(found, language), list)
    assert read >= len(HOURS)


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_fits_nowhere_is_refused_where_lark_refuses_it(language: Language) -> None:
    """Sentences of the grammar with a token put in, taken out or changed; and any tokens at all."""
    random, texts = Random(language), [*TEXTS, *HOURS]
    for _ in range(1_500):
        try:
            found = tokens(spell(random.choice(texts)), language)
        except UnreadableTime:
            found = []
        for _ in range(random.randrange(4)):
            at = random.randrange(len(found) + 1)
            found[at : at + random.randrange(2)] = [Token(random.choice(kinds()), "x", 0, 1)][: random.randrange(2)]
        assert by_us(found, language) == by_lark(found, language), found
