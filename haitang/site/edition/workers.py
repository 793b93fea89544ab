"""Making outputs on several processors: processes of this machine, or those of a cluster.

The rule: what is made is the same whatever the number of workers; every worker writes its own files into the edition's folder
and gives back only what is to be known of them. Any `concurrent.futures.Executor` will do.
"""

from collections.abc import Iterable, Iterator
from typing import Protocol

from haitang.site.edition.recipe import Recipe
from haitang.site.edition.writer import Part, Writer
from haitang.site.page import File, Page


class Workers(Protocol):
    def run(self, writer: Writer, items: Iterable[Page | File | Recipe]) -> Iterator[Part]: ...
