"""Files that an operating system, an editing program or a sync client leaves beside those of people.

The rule: every door asks here, so that what one passes over no other takes for data or for a problem. A name that a person may
have chosen (`x.yml.bak`, `x (1).yml`, `~x.yml`) is none of these: it is told.
"""

import re
from collections.abc import Iterable

# In lower case, as all here.
_NAMES = frozenset(
    {
        *{"thumbs.db", "thumbs.db:encryptable", "ehthumbs.db", "ehthumbs_vista.db", "desktop.ini"},  # Windows' Explorer
        *{"$recycle.bin", "system volume information"},  # Windows, on every disk
        *{"icon\r", "__macosx"},  # macOS; what its zips carry
        *{"@eadir", "@tmp", "#recycle"},  # Synology's disks
        *{"lost+found", "__pycache__", "4913"},  # Linux; Python; vim tries by this one whether it may write
    }
)
# Hidden: .DS_Store, ._x.yml, .x.yml.swp, .~lock.x.xlsx#, .directory; who has a document open in Word, Excel or WPS.
_BEGINNINGS = (".", "~$")
# As it was before (Emacs, vim, gedit); the moment of saving (JetBrains, WPS); what is still being fetched.
_ENDINGS = (
    "~",
    "___jb_tmp___",
    "___jb_old___",
    ".tmp",
    ".temp",
    ".crdownload",
    ".opdownload",
    ".part",
    ".partial",
    ".download",
    *(".downloading", ".qkdownloading", ".td", ".xltd", ".td.cfg", ".xltd.cfg", ".aria2", ".!ut", ".!qb"),
    *(".swp", ".swo", ".swn"),  # vim's, of a file whose own name has a dot in front, or in a folder of their own
)
# `sed -i` writes into one of these. A town's folder may be called `sedaxiang`: six small letters are no accident.
_SED = re.compile(r"sed(?=[a-z]*[A-Z0-9])[A-Za-z0-9]{6}")


# As nearly all files of ours are called, which none of the above is: thousands are asked about.
_ORDINARY = re.compile(r"[a-z0-9][a-z0-9_-]*\.(?:yml|jpg|py|ts|html|css)")


def is_leftover(name: str) -> bool:
    """Whether a file or folder of this name (no path) is nobody's. Hidden ones are."""
    if _ORDINARY.fullmatch(name):
        return False
    lower = name.lower()
    unsaved = lower[:1] == lower[-1:] == "#" or _SED.fullmatch(name) is not None  # Emacs: #x.yml#
    return lower.startswith(_BEGINNINGS) or lower.endswith(_ENDINGS) or lower in _NAMES or unsaved


def without_leftovers(names: Iterable[str]) -> list[str]:
    """The names that are somebody's, sorted."""
    return sorted(name for name in names if not is_leftover(name))
