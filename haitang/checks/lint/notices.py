"""Notices that nobody is shown any more: the files are clearer without them."""

from collections.abc import Iterator

from haitang.data.dataset import Dataset, Finding


def notices_are_current(dataset: Dataset) -> Iterator[Finding]:
    for entry in dataset.own(dataset.files):
        for index, notice in enumerate(getattr(entry.value, "notices", ())):
            if notice.until.last < dataset.today:
                yield Finding(entry.file, ("notices", index, "until"), "notice-over", {"value": str(notice.until)})
