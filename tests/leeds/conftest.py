"""Whatever was read here, what is read next is of China again."""

from collections.abc import Iterator

import pytest

from haitang.model.abroad.region import settle


@pytest.fixture(autouse=True)
def _at_home() -> Iterator[None]:
    yield
    settle(None)
