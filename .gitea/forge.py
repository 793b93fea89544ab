"""What the workflows ask of Gitea: one comment of ours in an issue or pull request, one pull request for a branch, a
commit's status.

    forge.py comment NUMBER FILE    writes the comment, or changes the one that is there
    forge.py open HEAD BASE [TITLE TEXT]
                                    prints the number of the open pull request, which is made where there is none
    forge.py status COMMIT OUTCOME NAME
                                    says of a commit whether the check of this name succeeded

The rule: only what a workflow's own variables name is spoken to (GITHUB_API_URL, GITHUB_REPOSITORY, TOKEN); texts go into JSON,
never into an address.
"""

import json
import os
import re
import sys
from pathlib import Path
from typing import Any
from urllib.parse import quote
from urllib.request import Request, urlopen

MARK = "<!-- haitang-review -->"
TITLE = "表单编辑的修改"
LONGEST = 65_000  # characters
PAGES = 20


def main(arguments: list[str]) -> int:
    match arguments:
        case ["comment", number, file] if re.fullmatch(r"[1-9][0-9]{0,8}", number):
            comment(int(number), Path(file).read_text(encoding="utf-8")[:LONGEST])
        case ["open", head, base, *said] if len(said) in (0, 2):
            print(pull_request(head, base, *said))
        case ["status", commit, outcome, name] if re.fullmatch(r"[0-9a-f]{40}|[0-9a-f]{64}", commit):
            _ask("POST", f"statuses/{commit}", {"state": "success" if outcome == "success" else "failure", "context": name})
        case _:
            print(__doc__, file=sys.stderr)
            return 2
    return 0


def comment(number: int, text: str) -> None:
    body = {"body": f"{MARK}\n{text}"}
    for told in _all(f"issues/{number}/comments"):
        # Only our own: whoever copies the mark into a comment does not have it changed by us, nor keeps us from writing.
        if str(told["body"]).startswith(MARK) and told["user"]["login"] == _me():
            _ask("PATCH", f"issues/comments/{int(told['id'])}", body)
            return
    _ask("POST", f"issues/{number}/comments", body)


def pull_request(head: str, base: str, title: str = TITLE, text: str = "") -> int:
    for told in _all("pulls", "state=open"):
        if told["head"]["ref"] == head and told["base"]["ref"] == base and told["head"]["repo_id"] == told["base"]["repo_id"]:
            return int(told["number"])
    return int(_ask("POST", "pulls", {"head": head, "base": base, "title": title, "body": text})["number"])


def _me() -> str:
    """Whom the token of a job writes as."""
    return os.environ.get("FORGE_USER", "gitea-actions")


def _all(path: str, query: str = "") -> list[Any]:
    found: list[Any] = []
    for page in range(1, PAGES + 1):
        some = _ask("GET", f"{path}?page={page}&limit=50&{query}")
        found += some
        if not some or len(some) < 50:
            break
    return found


def _ask(method: str, path: str, body: Any = None) -> Any:
    root = os.environ["GITHUB_API_URL"].rstrip("/")
    address = f"{root}/repos/{quote(os.environ['GITHUB_REPOSITORY'])}/{path}"
    request = Request(address, method=method, data=json.dumps(body).encode() if body is not None else None)
    request.add_header("Authorization", f"token {os.environ['TOKEN']}")
    request.add_header("Content-Type", "application/json")
    with urlopen(request, timeout=60) as answer:
        return json.loads(answer.read() or b"null")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
