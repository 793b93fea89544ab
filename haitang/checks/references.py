"""What entries say of each other: it exists, and nothing turns in a circle."""

from collections.abc import Iterator, Mapping
from typing import TypeVar

from haitang.core.problems import Value
from haitang.data.dataset import Dataset, Filed, Finding
from haitang.model.entries import Brand, Position
from haitang.model.types import GONE
from haitang.model.validation import Guesses

EntryModel = TypeVar("EntryModel", Position, Brand)


def references_exist(dataset: Dataset) -> Iterator[Finding]:
    positions, brands = dataset.position_by_id, dataset.brand_by_id
    guess_position, guess_brand = Guesses(positions), Guesses(brands)
    for entry in dataset.own(dataset.positions):
        for index, brand in enumerate(entry.value.brands):
            if brand not in brands and brand not in dataset.named_elsewhere:
                yield Finding(entry.file, ("brands", index), "unknown-brand", {"value": brand, **guess_brand(brand)})
        for name in ("parent", "successor"):
            target = getattr(entry.value, name)
            if target is not None and target not in positions and target not in dataset.named_elsewhere:
                yield Finding(entry.file, (name,), "unknown-position", {"value": target, **guess_position(target)})


def no_cycles(dataset: Dataset) -> Iterator[Finding]:
    positions = dataset.position_by_id
    for name in ("parent", "successor"):
        settled: set[str] = set()
        for entry in (entry for entry in dataset.positions if getattr(entry.value, name) is not None):
            chain = _chain(entry.value.id, name, positions, settled)
            settled.update(chain)
            if chain and getattr(positions[chain[-1]].value, name) in chain:
                yield from _cycle(chain, name, positions)


def _chain(start: str, name: str, positions: Mapping[str, Filed[Position]], settled: set[str]) -> list[str]:
    chain: list[str] = []
    step: str | None = start
    while step in positions and step not in chain and step not in settled:
        chain.append(str(step))
        step = getattr(positions[str(step)].value, name)
    return chain


def _cycle(chain: list[str], name: str, positions: Mapping[str, Filed[Position]]) -> Iterator[Finding]:
    start = chain.index(getattr(positions[chain[-1]].value, name))
    ring = chain[start:]
    first = min(ring)
    file = positions[first].file
    if len(ring) == 1:
        yield Finding(file, (name,), "own-parent", {"field": name})
    else:
        turned = ring[ring.index(first) :] + ring[: ring.index(first)]
        yield Finding(file, (name,), "cycle", {"field": name, "chain": " → ".join([*turned, first])})


def parents_are_higher(dataset: Dataset) -> Iterator[Finding]:
    positions = dataset.position_by_id
    names = {tier.id: tier.short_name for tier in dataset.settings.tiers}
    rank = {tier: index for index, tier in enumerate(names)}
    for entry in dataset.own(dataset.positions):
        parent = positions.get(entry.value.parent or "")
        if parent is None or parent is entry:
            continue
        ours, theirs = entry.value.tier, parent.value.tier
        if ours in rank and theirs in rank and rank[theirs] >= rank[ours]:
            told: dict[str, Value] = {"value": parent.value.id, "ours": names[ours], "theirs": names[theirs]}
            values = {**told, "order": tuple(names.values())}
            yield Finding(entry.file, ("parent",), "parent-not-higher", values)


def successors_fit(dataset: Dataset) -> Iterator[Finding]:
    for entry in dataset.own(dataset.positions):
        status, successor = entry.value.status, entry.value.successor
        if status == "merged" and successor is None:
            yield Finding(entry.file, ("status",), "missing-successor", {"value": status})
        if successor is not None and status not in GONE:
            yield Finding(entry.file, ("successor",), "successor-of-open", {"value": status or ""})
