"""The kiosk of every hall. A placeholder: what builds the app stands here later."""

import argparse

from haitang.console import Console


def build(options: argparse.Namespace, console: Console) -> int:
    raise NotImplementedError
