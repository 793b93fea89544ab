"""What the form says of entries, asked of its own code (frontend/src/admin/judge) in Node, with the rules of a directory."""

import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any

from haitang.core.toolchain import node
from haitang.data.directory import Directory
from haitang.site.form_editor.rules import rules
from tests.conftest import TODAY
from tests.worlds import PROJECT

_BUNDLE = """
import { build } from "esbuild";
const [folder] = process.argv.slice(-1);
const entryPoints = ["judge", "plain-times"].map((name) => `src/admin/judge/${name}.ts`);
await build({ entryPoints, outdir: folder, bundle: true, format: "esm",
  outExtension: { ".js": ".mjs" } });
"""
_ASK = """
import { readFileSync, writeFileSync } from "node:fs";
const [folder] = process.argv.slice(-1);
const { judgeEntry, isUnknown } = await import(`${folder}/judge.mjs`);
const { plainHours, plainWhen } = await import(`${folder}/plain-times.mjs`);
const { book, today, asked } = JSON.parse(readFileSync(`${folder}/asked.json`, "utf8"));
const answers = asked.map(([what, ...given]) => ({
  entry: ([kind, data, file, served]) => judgeEntry({ book, served, today }, kind, data, file ?? undefined),
  unknown: ([text]) => isUnknown(book, text),
  hours: ([text]) => plainHours(text, book.times),
  when: ([text]) => plainWhen(text, book.times),
})[what](given));
writeFileSync(`${folder}/answers.json`, JSON.stringify(answers));
"""


class FormJudge:
    """With the rules of a directory; `folder` is for its code."""

    def __init__(self, directory: Directory, folder: Path) -> None:
        self._rules = rules(directory)
        self._folder = folder
        self._run(_BUNDLE)

    def answers(self, asked: Sequence[Sequence[Any]]) -> list[Any]:
        """For each ("entry", kind, data, file, served) its faults; for ("unknown", text) and the like whether it is."""
        told = {"book": self._rules, "today": TODAY.isoformat(), "asked": asked}
        (self._folder / "asked.json").write_text(json.dumps(told), "utf-8")
        self._run(_ASK)
        return list(json.loads((self._folder / "answers.json").read_text("utf-8")))

    def _run(self, script: str) -> None:
        command = [node(str(PROJECT))[0], "--input-type=module", "-e", script, str(self._folder)]
        subprocess.run(command, cwd=PROJECT / "frontend", check=True, timeout=60)
