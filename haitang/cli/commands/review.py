"""build.py review BASE [HEAD]: tells what a change does to the site. Whether the data is sound is `check`'s to say: this ends
well whenever it could compare and found nothing that no check of the data can see: a link, a printed code lost unsaid."""

import argparse
import gc
from collections.abc import Iterable
from dataclasses import replace
from pathlib import Path

from haitang.cli.ci_annotations import github, gitlab, summarise
from haitang.cli.confirmations import said
from haitang.cli.reporting import PROBLEMS, SOUND, Stop, no_history
from haitang.core.console import Console
from haitang.core.digests import DIGESTS, FileIndex
from haitang.data.git import NoSuchRevision
from haitang.data.parse_cache import FOLDER, StoredCache
from haitang.data.revision import today
from haitang.editors.review.compare import Compared, compared
from haitang.editors.review.confirmation import as_problem
from haitang.editors.review.map import moves_map
from haitang.editors.review.markdown import markdown
from haitang.editors.review.report import MAX_BYTES, NotAReview, as_json, from_json
from haitang.editors.review.revisions import sides
from haitang.media.image_store import KEPT
from haitang.model.messages import Words


def run(options: argparse.Namespace, console: Console) -> int:
    words: Words = options.words
    try:
        if options.comment:
            _write_again(options, console)
            return SOUND
        if not options.base:
            raise Stop(words.sentence("review", "needs_base"))
        meant = said(options)
        gc.disable()  # nothing that is read here is let go before the end
        with sides(options.root, options.base, options.head) as both:
            index = FileIndex(options.project / DIGESTS, options.root)
            read = StoredCache(options.root, options.project / FOLDER, index)
            whole = replace(both, said=f"{meant}\n{both.said}")
            found = compared(whole, words, today(options.root), read, pictures=options.project / KEPT)
            if both.head.other is None:  # else what was read of it does not lie here
                read.store()
                index.keep()
        if options.map:
            _write(options.map, moves_map(found.review, words))
        _print(options, console, _lines(options.format, found, words))
        if found.review.is_red:
            console.note(words.sentence("review", "red"))
            return PROBLEMS
    except NoSuchRevision:
        named = options.base if options.head is None else f"{options.base} {options.head}"
        why = no_history(options.root, named, words)
        raise Stop(why or words.sentence("review", "no_base", base=named)) from None
    finally:
        gc.freeze()
    return SOUND


def _lines(form: str, found: Compared, words: Words) -> Iterable[str]:
    if form == "json":
        yield as_json(found.review)
    elif form == "gitlab":
        yield gitlab([*map(as_problem, found.lost), *found.problems], words)
    elif form == "github":
        yield from (f"{line}\n" for line in github([*map(as_problem, found.lost), *found.problems], words, found.changed))
        summarise(markdown(found.review, words))
    else:
        yield markdown(found.review, words)


def _print(options: argparse.Namespace, console: Console, texts: Iterable[str]) -> None:
    if options.into:
        _write(options.into, "".join(texts))
        console.note(options.words.sentence("review", "written", file=Path(options.into)))
        return
    say = console.command if options.format == "github" else console.say
    for text in texts:
        say(text.rstrip("\n"))


def _write_again(options: argparse.Namespace, console: Console) -> None:
    """A review that was written before, perhaps by somebody else's machine, as Markdown."""
    words: Words = options.words
    try:
        with Path(options.comment).open("rb") as stream:
            review = from_json(stream.read(MAX_BYTES + 1))
    except (OSError, NotAReview) as wrong:
        reason = wrong.strerror or "" if isinstance(wrong, OSError) else str(wrong)
        raise Stop(words.sentence("review", "bad_comment", file=Path(options.comment), reason=reason), PROBLEMS) from None
    _print(options, console, [markdown(review, words)])


def _write(file: str, text: str) -> None:
    Path(file).write_text(text, encoding="utf-8", errors="replace", newline="\n")
