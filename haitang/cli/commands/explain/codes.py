"""What the guide says of a problem code: how serious it is, its sentence, why it matters, what is wrong and what is right."""

import argparse
from collections.abc import Iterable

from haitang.cli.command_line import nearest
from haitang.cli.reporting import SOUND, Stop
from haitang.core.console import Console
from haitang.core.problem_codes import CODES
from haitang.core.sanitize import as_json
from haitang.model.messages import Whole, Words, code_words


def run(codes: Iterable[str], options: argparse.Namespace, console: Console) -> int:
    """What the guide says of problem codes."""
    words: Words = options.words
    for number, code in enumerate(map(str.strip, codes)):
        if code not in CODES:
            guess = nearest(code, CODES)
            end = words.sentence("terms", "guess", guess=guess) if guess else ""
            raise Stop(words.sentence("explain", "no_code", code=code) + end)
        told = _code(code, words)
        if options.format == "json":
            console.say(as_json(told))
            continue
        lines = [words.sentence("explain", f"code_{key}", **{key: Whole(value)}) for key, value in told.items() if value]
        console.say("\n" * bool(number) + "\n".join(lines))
    return SOUND


def _code(code: str, words: Words) -> dict[str, str]:
    group = code_words(words.language)[CODES[code].chapter]
    own = group.get("problems", {}).get(code, {})
    level = words.tree["explain"][f"level_{CODES[code].level}"]
    examples = {key: own.get(key, "") for key in ("wrong", "right")}
    return {
        "code": code,
        "level": level,
        "chapter": group["title"],
        "message": words.unfilled(code),
        "why": own.get("why", ""),
        **examples,
    }
