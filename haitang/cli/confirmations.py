"""What a change says of itself: the text of its pull request, as a forge's workflow or a file has it."""

import argparse
import os
from pathlib import Path

from haitang.cli.reporting import Stop

TEXT = "HAITANG_PULL_REQUEST_TEXT"
_LONGEST = 1_000_000  # bytes


def said(options: argparse.Namespace) -> str:
    """Raises Stop."""
    text = os.environ.get(TEXT, "")
    if options.message_file:
        try:
            with Path(options.message_file).open("rb") as stream:
                text += "\n" + stream.read(_LONGEST).decode("utf-8", "replace")
        except OSError as error:
            raise Stop(options.words.trouble(error)) from None
    return text
