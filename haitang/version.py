"""Which state of the data this is.

The rule: never the clock. Two builds of one commit must be the same bytes.
"""

import os
import subprocess
from datetime import UTC, datetime
from pathlib import Path

PARTS = ("positions", "brands", "concepts", "routes", "directory.yml")


def data_version(root: Path) -> str:
    """The day the data was last changed, as YYYY-MM-DD in UTC: SOURCE_DATE_EPOCH, else the last commit that touched the data,
    else the empty string."""
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    if epoch.isdigit():
        return datetime.fromtimestamp(int(epoch), UTC).date().isoformat()
    return _last_commit(root, "%cd")


def data_commit(root: Path) -> str:
    """The last commit that touched the data; the empty string where there is none. What is told of changes depends on it."""
    return _last_commit(root, "%H")


def _last_commit(root: Path, told: str) -> str:
    command = ["git", "-C", str(root), "log", "-1", f"--format={told}", "--date=format-local:%Y-%m-%d", "--", *PARTS]
    try:
        done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=10, env={**os.environ, "TZ": "UTC"})
    except (OSError, subprocess.TimeoutExpired):
        return ""
    return done.stdout.strip() if done.returncode == 0 else ""
