"""What is answered to an issue, as Markdown that no forge takes for anything but text.

The rule: whatever comes from an issue is shown by its full-width twins (`inert`), or in a code span where it is to be copied:
readers see the same, machines see nothing. Our own words stay as they are.
"""

from collections.abc import Iterable, Sequence

from haitang.core.sanitize import code, twins
from haitang.editors.issues.parser import FORM, Complaint
from haitang.editors.issues.proposal import Proposal
from haitang.model.messages import Clean, Words, shown

_LONGEST = 300


def inert(text: str, words: Words) -> str:
    """A stranger's text for a comment: one line."""
    return twins(shown(text, words, _LONGEST))


def complaints_text(complaints: Iterable[Complaint], words: Words) -> list[str]:
    """Each problem by the form's question, on a line of its own."""
    lines = []
    for one in complaints:
        values = {**one.problem.values, **({"field": one.label} if one.label else {})}
        if "guess" in values and twins(guess := shown(values["guess"], words, _LONGEST)) != guess:
            values["guess"] = Clean(code(guess, _LONGEST))  # to be copied as it stands
        line = words.explanation(one.problem.code, values, twins)
        if one.problem.code == "unknown-value" and one.problem.eased:
            value = Clean(inert(str(values["value"]), words))
            line = words.sentence("issue", "left_out", label=Clean(one.label), value=value)
        if one.label and not line.startswith(f"「{one.label}」"):
            line = words.tree["issue"]["about"].format(label=one.label, said=line)
        elif not one.label and (place := one.problem.place).file != FORM:
            line = words.tree["issue"]["elsewhere"].format(file=inert(place.file, words), line=place.line, said=line)
        lines.append(line)
    return lines


def refused(complaints: Iterable[Complaint], words: Words) -> str:
    """The comment where nothing could be made of an issue."""
    lines = told_by_level(complaints := list(complaints), words)
    count = sum(one.problem.level == "error" for one in complaints)
    return _markdown([words.sentence("issue", "refused", count=count), "", *lines, "", words.sentence("issue", "again")])


def told_by_level(complaints: Sequence[Complaint], words: Words) -> list[str]:
    """What has to be mended, as a list; and what is only worth a second look, in one of its own."""
    wrong = [one for one in complaints if one.problem.level == "error"]
    lines = [f"- {line}" for line in complaints_text(wrong, words)]
    if second := complaints_text((one for one in complaints if one.problem.level != "error"), words):
        lines += [*([""] if lines else []), words.sentence("issue", "remarks"), "", *(f"- {line}" for line in second)]
    return lines


def made(proposed: Proposal, remarks: Iterable[Complaint], words: Words) -> str:
    """The comment for what was made: what changes, what is left for a person, what deserves a second look."""
    name = inert(proposed.name, words)
    head = "made_new" if proposed.is_new else "made_change" if proposed.text else "made_nothing"
    lines = [words.sentence("issue", head, name=name, file=inert(proposed.file, words)), ""]
    for change in proposed.changes:
        key = "changed" if change.before else "added"
        before, after = inert(change.before, words), inert(change.after, words)
        # `sentence` would cut what is longer; both were cut by `inert`.
        lines.append("- " + words.tree["issue"][key].format(label=change.label, before=before, after=after))
    if proposed.asides:
        lines += ["", words.sentence("issue", "asides"), ""]
        lines += [f"- {label}：{inert(text, words)}" for label, text in proposed.asides]
    if second := told_by_level(list(remarks), words):
        lines += ["", *second]
    return _markdown(lines)


def _markdown(lines: Iterable[str]) -> str:
    return "\n".join(lines).strip() + "\n"
