"""What the form says of entries, asked of its own code: frontend/src/admin/judge.ts in Node, with the rules of a directory."""

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

_SCRIPT = """
import { readFileSync, writeFileSync } from "node:fs";
import { build } from "esbuild";
const [folder] = process.argv.slice(-1);
await build({ entryPoints: ["src/admin/judge.ts", "src/admin/plain-times.ts"], outdir: folder, bundle: true, format: "esm",
  outExtension: { ".js": ".mjs" } });
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


def answers(directory: Directory, asked: Sequence[Sequence[Any]], folder: Path) -> list[Any]:
    """For each ("entry", kind, data, file, served) its faults; for ("unknown" | "hours" | "when", text) whether it is one."""
    found, _ = node(str(PROJECT))
    assert found
    told = {"book": rules(directory), "today": TODAY.isoformat(), "asked": asked}
    (folder / "asked.json").write_text(json.dumps(told), "utf-8")
    command = [found, "--input-type=module", "-e", _SCRIPT, str(folder)]
    subprocess.run(command, cwd=PROJECT / "frontend", check=True, timeout=60)
    return list(json.loads((folder / "answers.json").read_text("utf-8")))
