"""A visitor who never stops: reads pages of a site again and again and checks that each is one of the known whole ones.

Run as a program: `polling_reader.py SITE KNOWN RESULT`; KNOWN maps a path to the digests it may have. Ends on SIGTERM.
"""

import json
import random
import signal
import sys
from hashlib import sha256
from pathlib import Path


def main() -> None:
    site, known_file, result = (Path(argument) for argument in sys.argv[1:])
    known: dict[str, list[str]] = json.loads(known_file.read_text(encoding="utf-8"))
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    polls, faults = 0, []
    paths = sorted(known)
    chooser = random.Random(1)
    while not stopped:
        path = chooser.choice(paths)
        try:
            digest = sha256((site / path).read_bytes()).hexdigest()
        except OSError as error:
            faults.append(f"{path}: {error}")
        else:
            if digest not in known[path]:
                faults.append(f"{path}: neither old nor new")
        polls += 1
    result.write_text(json.dumps({"polls": polls, "faults": faults[:20]}), encoding="utf-8")


if __name__ == "__main__":
    main()
