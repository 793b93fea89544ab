"""What keeps browsers silent is the same on both systems, and the scripts for Windows, which nobody here can run, are plain."""

import json
import re
from pathlib import Path

import pytest

from tests.kiosk.test_halls import ROOT

KIOSK = ROOT / "deploy" / "kiosk"
TASKS = (KIOSK / "windows" / "register-tasks.ps1").read_text("ascii")
# What Windows 10 and its PowerShell 5.1 bring; of other machines' modules nothing is used.
CMDLETS = frozenset(
    """Get-Content Get-Date Get-ScheduledTask Move-Item New-Item New-Object New-ScheduledTaskAction New-ScheduledTaskPrincipal
    New-ScheduledTaskSettingsSet New-ScheduledTaskTrigger New-TimeSpan Out-Null Register-ScheduledTask Set-Content
    Set-ItemProperty Start-Job Start-Process Start-Sleep Test-Path Unregister-ScheduledTask""".split()
)
# Verbs that PowerShell approves of and after which nobody expects -WhatIf.
VERBS = frozenset({"Close", "Get", "Open", "Register", "Send", "Write"})
SHORT = "% ? cat cd copy cp curl del dir echo gc gci iex iwr kill ls mv ni ps rm saps select sleep where wget"
ALIASES = rf"(?:^|[|;{{(]) *(?:{'|'.join(re.escape(word) for word in SHORT.split())})(?: |$)"


def table(name: str) -> dict[str, int]:
    """The policies of `$name = @{ ... }`."""
    found = re.search(rf"^\${name} = @\{{\n(.*?)^\}}", TASKS, re.MULTILINE | re.DOTALL)
    assert found
    return {key: int(value) for key, value in re.findall(r"(\w+) = (\d+)", found[1])}


def test_both_systems_have_the_same_policies() -> None:
    """A browser knows on all systems the same names; Chrome's own two are written for Chrome alone."""
    linux = json.loads((KIOSK / "linux" / "haitang-policy.json").read_text("ascii"))
    chrome = re.search(r"foreach \(\$name in (.*?)\) \{ Register-Policy \"\$policies\\Google\\Chrome\" \$name 0 \}", TASKS)
    assert chrome
    windows = {**table("both"), **dict.fromkeys(re.findall(r"'(\w+)'", chrome[1]), 0)}
    assert windows == {name: int(value) for name, value in linux.items()}


def test_nothing_of_edge_comes_up() -> None:
    silent = {**table("both"), **table("edge")}
    assert {name: value for name, value in silent.items() if value == 1} == dict.fromkeys(
        (
            "HideFirstRunExperience",
            "HideRestoreDialogEnabled",
            "SuppressUnsupportedOSWarning",
            "SyncDisabled",
            "RemoteDebuggingAllowed",
        ),
        1,
    )
    assert silent["TranslateEnabled"] == silent["KioskSwipeGesturesEnabled"] == silent["ShowRecommendationsEnabled"] == 0
    assert silent["AutoImportAtFirstRun"] == 4, "nothing is imported"
    assert "RelaunchNotification" not in silent, "without it nothing is said of updates"
    # What is there already stays: -Force on a key that exists empties it.
    assert all("Test-Path" in line for line in TASKS.splitlines() if "New-Item -Path" in line)


def bare(text: str) -> str:
    """Without comments and strings; what a string computes within `$(...)` stays."""
    text = re.sub(r"'[^'\n]*'", "''", text)
    text = re.sub(
        r'"(?:`.|[^"`\n])*"', lambda found: " ".join(re.findall(r"\$\(([^()]*(?:\([^()]*\))?[^()]*)\)", found[0])) or '""', text
    )
    return re.sub(r"#.*", "", text)


@pytest.mark.parametrize("file", sorted((KIOSK / "windows").glob("*.ps1")), ids=lambda path: path.name)
def test_scripts_for_windows_are_plain(file: Path) -> None:
    """Brackets in pairs, commands by their full names, all of them known: what an analyzer would look for first."""
    text = bare(file.read_text("ascii"))
    pairs = {")": "(", "]": "[", "}": "{"}
    open_ones: list[str] = []
    for bracket in re.findall(r"[][(){}]", text):
        if bracket in pairs:
            assert open_ones and open_ones.pop() == pairs[bracket], text
        else:
            open_ones.append(bracket)
    assert not open_ones
    own = set(re.findall(r"^function ([A-Z]\w+-[A-Z]\w+)", text, re.MULTILINE))
    assert {name.split("-")[0] for name in own} <= VERBS
    assert set(re.findall(r"(?<![\w$-])[A-Z][a-z]+-[A-Z]\w+", text)) <= CMDLETS | own
    assert not re.findall(ALIASES, text, re.MULTILINE)
    assert not re.search(r"[ \t]$", file.read_text("ascii"), re.MULTILINE), "behind ` it would end a line that goes on"
