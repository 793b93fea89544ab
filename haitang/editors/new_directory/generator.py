"""Which generator a directory is made with, as its workflows fetch it: an address and one commit of it."""

from dataclasses import dataclass
from pathlib import Path

from haitang.core.toolchain import ROOT
from haitang.data.git import head, origin
from haitang.editors.forge_setup.switches import FORGES, web_address


@dataclass(frozen=True, slots=True)
class Generator:
    url: str
    commit: str


UNKNOWN = Generator("https://git.example.org/someone/generator", "0" * 40)  # what has to be filled in


def this_generator() -> Generator:
    """The one that runs, at the commit it was fetched at; UNKNOWN where it was not fetched by git from a forge."""
    remote, commit = origin(Path(ROOT)), head(Path(ROOT))
    url = next((address for forge in FORGES if (address := web_address(remote, forge))), "")
    return Generator(url, commit) if url and commit else UNKNOWN
