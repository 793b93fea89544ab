"""Who looks for newer packages is told of all of them; how a weakness is reported needs no address that could be wrong."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
import yaml

from haitang.cli.bootstrap import LOCKS
from tests.worlds import PROJECT

FOLDERS = {f"/{Path(lock).parent.as_posix()}" for lock in LOCKS.values()}
BOT = PROJECT / ".github/dependabot.yml"


def updates() -> list[dict[str, Any]]:
    return list(yaml.safe_load(BOT.read_text("utf-8"))["updates"])


def test_dependabot_looks_at_every_lock_and_at_the_actions() -> None:
    looked: dict[str, set[str]] = {}
    for update in updates():
        looked.setdefault(update["package-ecosystem"], set()).update(update.get("directories", [update.get("directory")]))
    assert looked == {
        "pip": {folder for folder in FOLDERS if folder == "/requirements"},
        "npm": FOLDERS - {"/requirements"},
        "github-actions": {"/"},
    }
    assert all(update["cooldown"]["default-days"] >= 7 for update in updates())


def test_every_folder_dependabot_names_is_there() -> None:
    for update in updates():
        for folder in update.get("directories", [update.get("directory")]):
            assert (PROJECT / folder.strip("/")).is_dir(), folder


def test_renovate_looks_at_the_same() -> None:
    found = json.loads((PROJECT / "renovate.json").read_text("utf-8"))
    assert set(found["enabledManagers"]) == {"pip_requirements", "npm", "github-actions", "gitlabci"}
    python = re.compile(found["pip_requirements"]["managerFilePatterns"][0].strip("/"))
    assert all(python.search(lock) for lock in LOCKS.values() if lock.endswith(".txt"))
    actions = re.compile(found["github-actions"]["managerFilePatterns"][0].strip("/"))
    workflows = [*PROJECT.glob(".git*/workflows/*")]
    assert workflows
    assert all(actions.search(path.relative_to(PROJECT).as_posix()) for path in workflows)
    assert "docker:pinDigests" in found["extends"]


def test_every_image_is_one_version() -> None:
    """A digest where one is known; `3.11` alone is another image every month."""
    images = re.findall(r"^\s*image: (\S+)", (PROJECT / ".gitlab-ci.yml").read_text("utf-8"), re.MULTILINE)
    assert images
    for image in images:
        assert re.fullmatch(r"[\w./-]+:\d+\.\d+\.\d+-[a-z]+(@sha256:[0-9a-f]{64})?", image), image
    told = "pinned by its tag" in " ".join((PROJECT / "SECURITY.md").read_text("utf-8").split())
    assert told == any("@" not in image for image in images)


@pytest.mark.parametrize("words", ["Report a vulnerability", "confidential", "不要在公开的 issue 里写", "build.py provenance"])
def test_how_to_report_is_said(words: str) -> None:
    assert words in (PROJECT / "SECURITY.md").read_text("utf-8")


def test_no_address_is_made_up() -> None:
    text = (PROJECT / "SECURITY.md").read_text("utf-8")
    assert not re.search(r"\S+@\S+\.\w+|https?://|\d{7,}", text)


@pytest.mark.parametrize("name", [".github/workflows/publish.yml", ".gitea/workflows/publish.yml", ".gitlab-ci.yml"])
def test_what_publishes_says_what_made_it(name: str) -> None:
    text = (PROJECT / name).read_text("utf-8")
    assert "build.py provenance" in text
    assert not re.search(r"provenance.*(out/site/|public/)provenance", text), "not into the site"


# In a network of its own, which has nothing but its loopback, and that only once it is raised (SIOCSIFFLAGS, up and running).
ALONE = """
import fcntl, os, socket, struct, sys
with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh", b"lo", 0x41))
try:
    socket.create_connection(("192.0.2.1", 80), 1)
except OSError:
    os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
sys.exit("there is a network")
"""
SOME = (
    "tests/core/test_digests.py", "tests/checks/test_links.py", "tests/cli", "tests/editors/test_form_server.py",
    "tests/kiosk/test_halls.py", "tests/kiosk/test_release.py", "tests/kiosk/test_release_download.py",
    "tests/kiosk/test_release_signing.py", "tests/reproducible", "tests/site/test_bundles.py", "tests/site/test_licences.py",
    "tests/site/test_publish.py", "tests/site/test_supply.py", "tests/site/test_templates.py",
    "tests/e2e/kiosk/test_kiosk_pages.py", "tests/e2e/kiosk/test_launcher_host.py", "tests/e2e/site/test_nginx.py",
    "tests/e2e/site/test_offline.py",
)  # fmt: skip


@pytest.mark.long
def test_tests_ask_no_network_for_anything() -> None:
    """Builds, kiosks, servers of their own, pull, links, browsers: what comes nearest to asking somebody else."""
    outside = ["unshare", "--map-root-user", "--net"]
    command = [*outside, sys.executable, "-c", ALONE, "build.py", "test", *SOME, "-q", "-p", "no:cacheprovider"]
    done = subprocess.run(command, cwd=PROJECT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
