"""admin/: the form editor, for people who know forms and not git. What they fill in becomes a change to the same YAML files.

The rule: the editor is not ours and needs more than our own pages do (`eval` for its check of config.yml, styles it makes as it
goes). It gets that on this one page, and may speak to nobody but this site and the forge that directory.yml names.
"""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from haitang.data.directory import Directory
from haitang.model.messages import field_words
from haitang.model.settings import Settings
from haitang.site import policy
from haitang.site.page import ADMIN, File, Page
from haitang.site.templates import LANGUAGE, Templates

FOLDER = "admin"
NAME, LOCK = "decap-cms", "frontend/admin/package-lock.json"
PACKAGE = f"frontend/admin/node_modules/{NAME}/dist"  # below the project
LICENCES = "decap-cms.js.LICENSE.txt"


@dataclass(frozen=True, slots=True)
class Editor:
    """The folder with the editor's scripts, and the address of the local server that takes what is filled in; without one,
    changes go to the repository."""

    scripts: Path
    api: str | None = None

    def serves(self, settings: Settings) -> bool:
        """Nobody can log in where directory.yml does not say how; then it is five megabytes for nothing."""
        return bool(self.api or (settings.repository and settings.repository.has_login))


def files(directory: Directory, templates: Templates, bundle: Path, editor: Editor) -> Iterator[Page | File]:
    """All of admin/; nothing where nobody could use it."""
    settings = directory.settings
    if not editor.serves(settings):
        return
    from haitang.site.form_editor.config import api_origins, config  # most directories have no form editor
    from haitang.site.form_editor.rules import script

    origins = () if editor.api or settings.repository is None else api_origins(settings.repository)
    words = field_words()["admin"]
    page = templates.render(
        "admin/index.html", language=LANGUAGE, csp=policy.of_form(origins), title=f"{words['title']} · {settings.title}",
        loading=words["loading"], noscript=words["noscript"], said=json.dumps(words["said"], ensure_ascii=False),
        api=editor.api,
    )  # fmt: skip
    yield Page(ADMIN.path(), ADMIN, words["title"], "", page)
    # JSON is YAML too, and nothing an entry or directory.yml says can break out of it.
    tree = config(settings, editor.api)
    yield File(f"{FOLDER}/config.yml", json.dumps(tree, ensure_ascii=False, indent=1).encode() + b"\n")
    yield File(f"{FOLDER}/rules.js", script(directory))
    # The editor, the pieces it loads when it needs them, and their licences; no maps, no second copy.
    scripts = (editor.scripts / "decap-cms.js", editor.scripts / LICENCES, *sorted(editor.scripts.glob("*.decap-cms.js")))
    for path in (*sorted((bundle / "admin").iterdir()), *scripts):
        yield File(f"{FOLDER}/{path.name}", path.read_bytes())
