"""Where a place stands, by its id: every id in one file, and in the one that the browser's code reckons."""

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from haitang.site.exports.shards import ids

IDS = st.from_regex(r"[a-z0-9]+(?:-[a-z0-9]+)*", fullmatch=True)


@pytest.mark.parametrize(
    ("own", "digest"),
    [("", 0x811C9DC5), ("a", 0xE40C292C), ("foobar", 0xBF9CF968), ("p-003", 0x50427A3F), ("lujia-zhen-1", 0xBE21215E)],
)
def test_the_digest_is_the_known_one(own: str, digest: int) -> None:
    """The same rows stand in frontend/tests/data/ids.test.ts."""
    assert ids.file_of(own, 1 << 32) == digest


@given(IDS, st.integers(1, 4096))
def test_a_file_is_one_of_those_there_are(own: str, files: int) -> None:
    assert 0 <= ids.file_of(own, files) < files


def test_files_grow_in_number_and_not_in_size() -> None:
    counts = [ids._count(places) for places in range(1, 20_000)]
    assert counts[0] == counts[ids.MOST - 1] == 1
    assert all(after in (before, 2 * before) for before, after in pairwise(counts))
    assert all(places <= count * ids.MOST < 2 * max(places, ids.MOST) for places, count in enumerate(counts, start=1))


def test_ids_as_people_give_them_spread_evenly() -> None:
    own = [f"{town}-{number}" for town in ("lujia", "huaqiao", "dianshanhu") for number in range(4000)]
    files = ids._count(len(own))
    sizes = [0] * files
    for each in own:
        sizes[ids.file_of(each, files)] += 1
    assert max(sizes) < 2 * len(own) / files
