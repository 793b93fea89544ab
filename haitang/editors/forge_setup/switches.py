"""The switches of each forge in the order in which they are set, with the pages they are on and the minutes they take.

The rule: what to do stands in the words under `forge`, by the switch's name. Together they fit into an hour.
"""

import re
from dataclasses import dataclass
from typing import Literal, get_args
from urllib.parse import urlsplit

Forge = Literal["github", "gitlab", "gitea"]
FORGES: tuple[Forge, ...] = get_args(Forge)
CALLED = {"github": "GitHub", "gitlab": "GitLab", "gitea": "Gitea"}


@dataclass(frozen=True, slots=True)
class Switch:
    """One step. `page` is behind the repository's address; empty for what is done in its files."""

    name: str
    page: str
    minutes: int


_IN_FILES = (Switch("settings", "", 3), Switch("files", "", 3), Switch("owners", "", 2))
SWITCHES: dict[Forge, tuple[Switch, ...]] = {
    "github": (
        *_IN_FILES,
        Switch("github_labels", "labels", 1),
        Switch("github_actions", "settings/actions", 5),
        Switch("github_pages", "settings/pages", 5),
        Switch("github_rules", "settings/rules", 8),
        Switch("github_environment", "settings/environments", 2),
        Switch("github_access", "settings/access", 5),
        Switch("github_trial", "issues/new/choose", 15),
    ),
    "gitlab": (
        *_IN_FILES,
        Switch("gitlab_labels", "-/labels", 1),
        Switch("gitlab_runners", "-/settings/ci_cd", 10),
        Switch("gitlab_branches", "-/settings/repository", 5),
        Switch("gitlab_merging", "-/settings/merge_requests", 3),
        Switch("gitlab_pages", "pages", 5),
        Switch("gitlab_access", "-/project_members", 5),
        Switch("gitlab_trial", "-/issues/new", 15),
    ),
    "gitea": (
        *_IN_FILES,
        Switch("gitea_labels", "labels", 1),
        Switch("gitea_actions", "settings", 3),
        Switch("gitea_runner", "settings/actions/runners", 10),
        Switch("gitea_branches", "settings/branches", 8),
        Switch("gitea_pages", "src/branch/pages", 10),
        Switch("gitea_access", "settings/collaboration", 5),
        Switch("gitea_trial", "issues/new/choose", 10),
    ),
}
# What stands for the repository's address as long as nobody knows it.
EXAMPLES: dict[Forge, str] = {
    "github": "https://github.com/单位/仓库",
    "gitlab": "https://gitlab.example.org/单位/仓库",
    "gitea": "https://git.example.org/单位/仓库",
}
_WELL_KNOWN = {"github.com": "github", "gitlab.com": "gitlab", "gitea.com": "gitea"}


def web_address(remote: str, forge: Forge) -> str:
    """The page of a repository that git fetches from there, without a name or password that may stand in the address; empty
    where it has none, or where it is certainly at another forge."""
    if re.fullmatch(r"(?:[^/@:]+@)?[\w.-]{2,}:[^:\\]+", remote) and "://" not in remote:  # git@host:owner/name.git
        remote = "ssh://" + remote.replace(":", "/", 1)
    try:
        parts = urlsplit(remote)
        port = f":{parts.port}" if parts.port and parts.scheme in ("http", "https") else ""
    except ValueError:
        return ""
    path = parts.path.strip("/").removesuffix(".git")
    if parts.scheme not in ("http", "https", "ssh", "git") or not parts.hostname or not path:
        return ""
    return "" if _WELL_KNOWN.get(parts.hostname, forge) != forge else f"https://{parts.hostname}{port}/{path}"


def published_at(url: str) -> str:
    """Where GitHub Pages puts a repository's site; empty where only its own page tells."""
    parts = urlsplit(url)
    owner, _, name = parts.path.strip("/").partition("/")
    if parts.hostname != "github.com" or not name or "/" in name:
        return ""
    host = f"{owner.lower()}.github.io"
    return f"https://{host}/" if name.lower() == host else f"https://{host}/{name}/"
