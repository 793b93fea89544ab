"""Edits that fall into a build: the last state is what is shown in the end, and nothing is noted as of another state."""

from pathlib import Path

import pytest

from tests.site.racing_edits import FIRST, races


@pytest.mark.parametrize("count", [0, pytest.param(2_000, marks=pytest.mark.long)])
def test_edits_in_the_middle_of_builds(count: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = races(count, 19, tmp_path, monkeypatch)
    assert found.hits > (count + len(FIRST)) // 2, "most edits must fall into the build"
