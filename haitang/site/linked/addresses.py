"""How a page's data names other pages and pictures: whole addresses where the site's own is known, else the way to them."""

from typing import Any

from haitang.site.views import Site, public_address

Node = dict[str, Any]  # of JSON-LD; a property whose value is None or empty is not said


class Addresses:
    """Those that the page `path` of a language uses."""

    def __init__(self, site: Site, path: str) -> None:
        self._base = site.directory.settings.base_url
        self._folder = site.folder
        self._root = "../" * path.count("/")

    def of(self, path: str) -> str:
        """A page of the same language."""
        return public_address(self._base, f"{self._folder}{path}") or f"{self._root}{path}"

    def shared(self, path: str) -> str:
        """What all languages share."""
        return public_address(self._base, path) or f"{self._root}{'../' if self._folder else ''}{path}"


def said(**properties: Any) -> Node:
    """A node's properties that have a value. Nought and False are values."""
    return {name: value for name, value in properties.items() if value not in (None, "", (), [], {})}


def one(values: list[Any]) -> Any:
    """A single value stands without a list around it."""
    return values[0] if len(values) == 1 else values
