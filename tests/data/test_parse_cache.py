"""What was noted of entries changes no answer: not after any edit, not for any rule, not in any state of the notes."""

import pickle
import random
import shutil
from collections.abc import Callable, Iterator
from copy import copy, deepcopy
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from haitang import checks
from haitang.checks import lint
from haitang.checks.load import Report, inspect, load
from haitang.core import digests
from haitang.core.digests import FileIndex
from haitang.core.problems import Problem
from haitang.data import blobs, folded, loader, parse_cache
from haitang.data.dataset import Dataset, Finding
from haitang.data.loader import Snapshot, gather
from haitang.data.parse_cache import StoredCache
from haitang.media.image_store import Album
from haitang.model.entries import Brand, Entry, Position
from tests.conftest import BASE, TODAY, spots
from tests.test_mistakes import MISTAKES, Mistake
from tests.worlds import WORLD

QIFA, ZHEN, BRAND = "positions/lujia/qifa-guangchang.yml", "positions/lujia/lujia-zhen.yml", "brands/hongfushi.yml"
BETWEEN = (
    "names", "places", "links", "routes", "duplicates", "whereabouts", "contacts", "pictures",
)  # the tables about how entries fit together  # fmt: skip


@pytest.fixture(autouse=True)
def _settled(monkeypatch: pytest.MonkeyPatch) -> None:
    """All files were touched long ago, and the program is always the same."""
    monkeypatch.setattr(digests, "SETTLED_NS", 0)
    monkeypatch.setattr(parse_cache, "digest_of", lambda parts, index: "this program")


def cache_of(root: Path, kept: Path, asked: frozenset[str] = frozenset()) -> StoredCache:
    return StoredCache(root, kept, FileIndex(kept / "digests", root), asked)


def looked(
    root: Path,
    cache: StoredCache | None = None,
    asked: frozenset[str] | None = None,
    today: date = TODAY,
    *,
    advised: bool = True,
) -> Report:
    album = Album(root, only_looking=True)
    snapshot = Snapshot(root, asked, cache=cache) if cache else Snapshot(root, asked)
    return inspect(snapshot, today, album, advised=advised)


def told(found: tuple[Problem, ...], files: frozenset[str] | None = None) -> list[tuple[Any, ...]]:
    spotted = [(*spot, repr(sorted(p.values.items()))) for p, spot in zip(found, spots(found), strict=True)]
    return [each for each in spotted if files is None or each[0] in files]


def learn(root: Path, kept: Path, today: date = TODAY, *, advised: bool = True) -> StoredCache:
    cache = cache_of(root, kept)
    looked(root, cache, today=today, advised=advised)
    cache.store()
    cache._index.keep()
    return cache


def changed_by(mistake: Mistake, root: Path) -> frozenset[str]:
    for file, lines in mistake.files.items():
        (root / file).parent.mkdir(exist_ok=True)
        (root / file).write_bytes("".join(f"{line}\n" for line in lines).encode("utf-8", "surrogatepass"))
    return frozenset(mistake.files)


def _is_about_others(mistake: Mistake) -> bool:
    """Whether other entries have a say in what is told of it."""
    table = mistake.title.split(":")[0]
    return "directory.yml" not in mistake.files and (table in BETWEEN or len(mistake.files) > 1)


def test_notes_change_no_answer(tmp_path: Path) -> None:
    root, kept = tmp_path / "data", tmp_path / "kept"
    shutil.copytree(BASE, root)
    warm = 0
    for mistake in (mistake for mistake in MISTAKES if _is_about_others(mistake)):
        learn(root, kept)
        asked = changed_by(mistake, root)
        notes = cache_of(root, kept, asked)
        quick, whole = looked(root, notes, asked).problems, looked(root).problems
        assert told(quick, asked) == told(whole, asked), mistake.title
        warm += bool(notes.recalled)
        for file in mistake.files:
            (root / file).unlink()
            if (BASE / file).exists():
                shutil.copy2(BASE / file, root / file)
    assert warm > 25


def compares_everything(world: Dataset) -> Iterator[Finding]:
    """A rule that somebody may add: it looks at fields of others that no rule looks at today, by name or all at once."""
    for entry in world.own(world.entries):
        for other in (other for other in world.entries if other.file != entry.file):
            by_name = other.value.sources[0].title if other.value.sources else ""
            yield Finding(entry.file, ("id",), "id-taken", {"value": by_name, "other": other.file})
            yield Finding(entry.file, ("id",), "id-taken", {"value": repr(sorted(other.value.__dict__.items())), "other": ""})


def edited(root: Path, chance: random.Random) -> str:
    """Changes one file as hands do: a line goes, is doubled, or comes from another file. The file that was changed."""
    files = sorted(
        path.relative_to(root).as_posix()
        for kind in ("positions", "brands", "routes", "concepts", ".")
        for path in ((root / kind).rglob("*.yml") if kind != "." else [root / "directory.yml"])
    )
    file, other = chance.choice(files), chance.choice(files)
    lines = (root / file).read_text("utf-8").splitlines(keepends=True)
    at = chance.randrange(len(lines))
    foreign = (root / other).read_text("utf-8").splitlines(keepends=True)
    same = [line for line in foreign if line.partition(":")[0] == lines[at].partition(":")[0]]
    lines[at : at + 1] = chance.choice([[], [lines[at]] * 2, same[:1], same[:1]])
    (root / file).write_text("".join(lines), "utf-8")
    return file


@pytest.mark.parametrize("seed", range(3))
def test_a_look_at_one_file_says_what_the_whole_check_says_of_it(
    seed: int, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Cold and warm, after any edit of that file or of others, also with a rule that nobody thought of when notes were made."""
    monkeypatch.setattr(checks, "AMONG_ENTRIES", (*checks.AMONG_ENTRIES, compares_everything))
    chance, kept, warm = random.Random(seed), tmp_path / "kept", 0
    for _ in range(20):
        others = [edited(root, chance), edited(root, chance)]
        asked = frozenset([edited(root, chance), *chance.choice(([], [], others))])
        today = TODAY + timedelta(chance.choice((-400, -1, 0, 0, 1, 400)))
        advised = chance.choice((True, True, False))
        whole = looked(root, today=today, advised=advised)
        for _ in ("cold", "warm"):
            cache = cache_of(root, kept, asked)
            assert told(looked(root, cache, asked, today, advised=advised).problems, asked) == told(whole.problems, asked)
            cache.store()
            cache = cache_of(root, kept)
            again = looked(root, cache, today=today, advised=advised)
            assert told(again.problems) == told(whole.problems)
            assert again.dataset == whole.dataset
            cache.store()
        warm += len(cache.recalled) > 3
        shutil.copytree(BASE, root, dirs_exist_ok=True)
    assert warm > 15


# --- the notes themselves


def names(kept: Path) -> dict[str, Path]:
    """The note of all, that of what is new since, and the file of what entries need not hold."""
    files = [path for path in kept.iterdir() if path.is_file()]
    kinds = {"": "all", ".newer": "newer"}
    return {kinds.get(path.suffix, "blobs"): path for path in files}


def truncated(path: Path, share: float) -> None:
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * share)])


def flipped(path: Path, share: float) -> None:
    content = bytearray(path.read_bytes())
    content[int((len(content) - 1) * share)] ^= 0x10
    path.write_bytes(content)


def emptied(path: Path, share: float) -> None:
    path.write_bytes(b"")


def removed(path: Path, share: float) -> None:
    path.unlink()


@pytest.mark.parametrize("harm", [truncated, flipped, emptied, removed])
@pytest.mark.parametrize("which", ["all", "newer", "blobs"])
def test_damaged_notes_cost_nothing_but_time(
    which: str, harm: Callable[[Path, float], None], root: Path, tmp_path: Path
) -> None:
    kept = tmp_path / "kept"
    learn(root, kept)
    (root / QIFA).write_text((root / QIFA).read_text("utf-8") + "# looked at\n", "utf-8")
    learn(root, kept)
    assert names(kept).keys() == {"all", "newer", "blobs"}
    shutil.copytree(kept, tmp_path / "whole")
    right = looked(root)
    for share in (0, 0.001, 0.1, 0.3, 0.5, 0.8, 0.99, 1) if harm in (truncated, flipped) else (0,):
        shutil.rmtree(kept)
        shutil.copytree(tmp_path / "whole", kept)
        harm(names(kept)[which], share)
        for _ in ("damaged", "mended"):
            cache = cache_of(root, kept)
            found = looked(root, cache)
            assert told(found.problems) == told(right.problems)
            assert found.dataset == right.dataset  # every field of every entry is asked for
            cache.store()
        assert len(cache.recalled) == len(cache.entries)


def test_notes_and_blobs_of_another_root_or_another_time_are_not_believed(root: Path, tmp_path: Path) -> None:
    kept, other = tmp_path / "kept", tmp_path / "other"
    shutil.copytree(root, other)
    for path in other.rglob("*.yml"):
        path.write_text(path.read_text("utf-8").replace("的", "底"), "utf-8")
    learn(other, tmp_path / "foreign")
    learn(root, kept)
    right = looked(root)
    whole, foreign, before = names(kept), names(tmp_path / "foreign"), {k: p.read_bytes() for k, p in names(kept).items()}
    for swapped in (["all"], ["blobs"], ["all", "blobs"]):
        for which in swapped:
            whole[which].write_bytes(foreign[which].read_bytes())
        assert looked(root, cache_of(root, kept)).dataset == right.dataset
        for which in swapped:
            whole[which].write_bytes(before[which])
    for path in root.rglob("*.yml"):
        path.write_text(path.read_text("utf-8") + "# later\n", "utf-8")
    learn(root, kept)
    names(kept)["blobs"].write_bytes(before["blobs"].ljust(names(kept)["blobs"].stat().st_size, b"x"))
    assert looked(root, cache_of(root, kept)).dataset == looked(root).dataset


def test_what_became_wrong_while_entries_are_in_use(root: Path, tmp_path: Path) -> None:
    """Blobs that are damaged later are made up for by the files; where these are others by then, nothing is made up."""
    kept, right = tmp_path / "kept", looked(root)
    learn(root, kept)
    cache = cache_of(root, kept)
    found = gather(Snapshot(root, cache=cache), TODAY, [], Album(root, only_looking=True))
    names(kept)["blobs"].write_bytes(b"x" * names(kept)["blobs"].stat().st_size)
    assert right.dataset
    assert found
    one, other = (next(entry.value for entry in found.positions if entry.file == file) for file in (QIFA, ZHEN))
    assert one == next(entry.value for entry in right.dataset.positions if entry.file == QIFA)
    (root / ZHEN).write_text("id: another\n", "utf-8")
    with pytest.raises(OSError, match=other.id):
        other.sources  # noqa: B018 - asked for
    assert other.name


def test_another_program_reads_all_anew(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learn(root, tmp_path)
    monkeypatch.setattr(parse_cache, "digest_of", lambda parts, index: "a later program")
    assert not learn(root, tmp_path).recalled
    assert learn(root, tmp_path).recalled


def test_an_edit_writes_little(root: Path, tmp_path: Path) -> None:
    learn(root, tmp_path)
    size = names(tmp_path)["blobs"].stat().st_size
    first = names(tmp_path)["all"].read_bytes()
    spoilt = root / QIFA
    for at in range(20):
        spoilt.write_text(spoilt.read_text("utf-8") + f"# {at}\n", "utf-8")
        assert learn(root, tmp_path).recalled
    assert names(tmp_path)["all"].read_bytes() == first
    assert names(tmp_path)["blobs"].stat().st_size < size + 20 * 5_000
    (root / BRAND).rename(root / "brands" / "other.yml")
    assert told(looked(root, cache_of(root, tmp_path)).problems) == told(looked(root).problems)


@pytest.mark.parametrize("at_once", [0, 40, 1 << 20])
def test_what_was_added_is_found_before_and_after_it_is_written(
    at_once: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blobs, "_AT_ONCE", at_once)
    kept = blobs.Blobs(tmp_path / "kept", "x")
    spots = {str(at): kept.add([at], ["x" * at]) for at in range(20)}
    for _ in ("added", "kept"):
        assert [kept.fetch(spots[str(at)], apart=False) for at in range(20)] == [([at], ["x" * at]) for at in range(20)]
        kept.kept(spots)
    spots["more"] = kept.add(["more"], [])
    kept.kept(spots)
    again = blobs.Blobs(tmp_path / "kept", "x")
    assert again.open(kept.name, kept.size)
    assert [again.fetch(spots[str(at)], apart=True) for at in range(20)] == [[at] for at in range(20)]
    assert again.fetch(spots["more"], apart=True) == ["more"]


@pytest.mark.parametrize("room", [0, 1 << 20])
def test_two_at_a_time_do_no_harm(room: int, root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Both began with the same notes; with no room to spare, each writes the blobs anew and removes those of the other."""
    monkeypatch.setattr(blobs, "_ROOM", room - (room == 0) * (1 << 40))
    learn(root, tmp_path)
    album = Album(root, only_looking=True)
    caches = [cache_of(root, tmp_path) for _ in range(3)]
    lazy = gather(Snapshot(root, cache=caches[2]), TODAY, [], album)
    for cache, file in zip(caches, (QIFA, ZHEN), strict=False):
        (root / file).write_text((root / file).read_text("utf-8") + "# looked at\n", "utf-8")
        looked(root, cache)
    for cache in caches[:2]:
        cache.store()
    right = looked(root).dataset
    assert right
    assert lazy
    assert [entry.value for entry in lazy.entries] == [entry.value for entry in right.entries]
    for _ in range(2):
        assert learn(root, tmp_path).recalled
        assert looked(root, cache_of(root, tmp_path)).dataset == right


def test_an_entry_that_was_read_is_let_go_of(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(folded, "_MOST_WHOLE", 2)
    cache = cache_of(root, tmp_path)
    directory = load(root, today=TODAY, cache=cache)
    held = [entry for entry in directory.positions if type(entry) is Position]
    assert len(held) <= 2
    for entry in directory.positions:
        assert entry.story or entry.sources
    assert sum(type(entry) is Position for entry in directory.positions) <= 2
    for entry in directory.positions:
        assert entry == directory.position[entry.id]


# --- folded entries


def pairs(root: Path, kept: Path) -> list[tuple[Entry, Entry]]:
    """Entries as they are read, and folded ones."""
    learn(root, kept)
    cache, read = cache_of(root, kept), looked(root).dataset
    found = gather(Snapshot(root, cache=cache), TODAY, [], Album(root, only_looking=True))
    assert found
    assert read
    assert cache.recalled >= {entry.file for entry in found.entries}
    return [(one.value, other.value) for one, other in zip(read.entries, found.entries, strict=True)]


@pytest.mark.parametrize("world", [BASE, WORLD])
def test_a_folded_entry_says_what_the_whole_one_says(world: Path, tmp_path: Path) -> None:
    chance, seen = random.Random(1), 0
    for _ in range(3):
        for whole, folding in pairs(world, tmp_path):
            seen += type(folding) is not type(whole)
            names = [*type(whole).model_fields, "pictures", "newest_source", "filled", "has_times", "model_fields_set"]
            for name in chance.sample(names, len(names)):
                assert getattr(folding, name, "none") == getattr(whole, name, "none"), name
            assert type(folding) is type(whole)
    assert seen > (15 if world == WORLD else 10)


WAYS: tuple[Callable[[Any], object], ...] = (
    repr, hash, copy, deepcopy, lambda entry: entry == entry.model_copy(), lambda entry: pickle.loads(pickle.dumps(entry)),
    lambda entry: entry.model_copy(update={"name": "x"}), lambda entry: entry.model_dump(), lambda entry: list(entry.__dict__),
    lambda entry: isinstance(entry, Position | Brand), lambda entry: entry.__class__, dict,
    lambda entry: hasattr(entry, "nothing"), lambda entry: copy(entry).pictures, lambda entry: copy(entry).model_fields_set,
)  # fmt: skip


@pytest.mark.parametrize("way", WAYS)
def test_whatever_is_done_with_a_folded_entry(way: Callable[[Any], object], tmp_path: Path) -> None:
    for whole, folding in pairs(BASE, tmp_path):
        if isinstance(whole, Position | Brand):
            assert type(folding) is not type(whole)
            assert way(folding) == way(whole)
    for whole, folding in pairs(BASE, tmp_path):
        assert folding == whole
        assert whole == folding


def test_what_is_as_it_was_is_not_read(root: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    learn(root, tmp_path, advised=False)
    for module in (loader, digests):
        monkeypatch.setattr(module, "read_regular" if module is loader else "_digest", None)
    cache = cache_of(root, tmp_path)
    load(root, today=TODAY, cache=cache)
    assert cache.recalled == {*cache.entries}


# --- the lists of rules


def of_one(dataset: Dataset, today: date) -> Iterator[tuple[str, list[Finding], list[Finding]]]:
    """What is told of each file when no other is there."""
    alone = Dataset(dataset.settings, (), (), frozenset(), today)
    for entry in dataset.entries:
        here = alone.holding([entry])
        first, dated = checks.findings_of(here)
        yield entry.file, [*first, *lint.remarks_of(here)], dated


def test_rules_of_entries_look_at_nothing_else(root: Path) -> None:
    """At no other entry, no picture and, but for DATED, no day: their answers are kept."""
    codes, chance = set[str](), random.Random(1)
    mistakes = [mistake for mistake in MISTAKES if mistake.title.split(":")[0] in BETWEEN]
    chance.shuffle(mistakes)
    while mistakes:
        for mistake in mistakes[:6]:
            changed_by(mistake, root)
        del mistakes[:6]
        edited(root, chance)
        if (dataset := gather(Snapshot(root), TODAY, [], Album(root, only_looking=True))) is None:
            shutil.copy(BASE / "directory.yml", root)  # that was hit
            continue
        codes.update(compared(dataset, timedelta(chance.choice((1, 30, 4000)))))
        shutil.rmtree(root)
        shutil.copytree(BASE, root)
    assert len(codes) > 15


def compared(dataset: Dataset, later: timedelta) -> Iterator[str]:
    """The codes of what is told of entries, all together, each alone, and on a later day."""
    first, dated = checks.findings_of(dataset)
    together = [*first, *lint.remarks_of(dataset)]
    yield from (finding.code for finding in together)
    for file, alone, dated_alone in of_one(dataset, dataset.today):
        assert [finding for finding in together if finding.file == file] == alone
        assert [finding for finding in dated if finding.file == file] == dated_alone
    others = of_one(dataset, dataset.today + later)
    for (_, now, dated_now), (_, then, dated_then) in zip(of_one(dataset, dataset.today), others, strict=True):
        assert now == then
        assert all(finding in dated_now for finding in dated_then)
