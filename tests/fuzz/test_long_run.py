"""A short run of every kind, and that the runner sees what it is there for."""

import time
from pathlib import Path

import pytest

from haitang.model.written.points import read_point
from tests.fuzz import __main__ as runner
from tests.fuzz import kinds
from tests.fuzz.__main__ import Tally, kept, run, turns
from tests.fuzz.kinds import KINDS, SHARES

FEW = 600
MANY = 100_000


def test_every_kind_gets_an_answer() -> None:
    tally = run(Tally(seed=3), FEW)
    assert tally.complaints == []
    assert set(tally.kinds) == set(KINDS)


@pytest.mark.long
def test_a_hundred_thousand_inputs_get_an_answer() -> None:
    assert run(Tally(seed=4), MANY).complaints == []


def test_a_hundred_inputs_are_shared_out() -> None:
    assert sorted(turns()) == sorted(kind for kind, share in SHARES.items() for _ in range(share))
    assert len(turns()) == 100
    assert SHARES.keys() == KINDS.keys()


def test_an_exception_a_hang_and_a_wrong_answer_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def hang(_: int) -> str:
        while True:
            pass

    def burst(_: int) -> str:
        raise KeyError("x")

    def slow(_: int) -> str:
        end = time.process_time() + 0.06
        while time.process_time() < end:
            pass
        return ""

    monkeypatch.setattr(runner, "GIVEN_UP", 0.1)
    monkeypatch.setattr(runner, "SLOWEST", 0.05)
    for ask, begins in ((hang, "hangs took"), (burst, "Traceback"), (slow, "took 0."), (lambda _: "not so", "not so")):
        monkeypatch.setattr(runner, "KINDS", dict.fromkeys(KINDS, ask))
        told = run(Tally(), 1).complaints
        assert [one.split(": ", 1)[1].startswith(begins) for one in told] == [True], told


def test_what_the_readers_let_through_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Faults planted in the product, one a kind of answer."""
    monkeypatch.setattr(kinds, "plain", lambda text: text)
    assert any(kinds.value(seed).startswith("not made harmless") for seed in range(300))
    monkeypatch.setattr(kinds, "acceptance", lambda _: lambda *_: None)
    monkeypatch.setattr("haitang.kiosk.release.archive.checked", lambda pieces, *_: pieces)
    monkeypatch.setattr("haitang.kiosk.release.archive.Parcel._check_names", lambda *_: None)
    monkeypatch.setattr("zipfile.ZipExtFile._update_crc", lambda *_: None)
    assert any(kinds.parcel(seed).startswith("accepted") for seed in range(600))


def test_a_run_that_was_stopped_goes_on(tmp_path: Path) -> None:
    keep = tmp_path / "out" / "run.json"
    run(Tally(seed=5), 40, keep=keep)
    again = run(kept(keep, 9), 100, keep=keep)
    whole = run(Tally(seed=5), 100)
    assert (again.seed, again.done, again.kinds) == (5, 100, whole.kinds)
    assert kept(keep, 9).done == 100
    assert run(kept(None, 9), 100, until=0).done == 0


@pytest.mark.parametrize(
    "text", ["https://[::1", "https://[x]/121.043,31.312", "geo:31.312,121.043 https://[", "uri.amap.com://[::1"]
)
def test_a_link_with_a_broken_host_is_no_place(text: str) -> None:
    read_point(text)
