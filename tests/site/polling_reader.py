"""A visitor who never stops: reads pages of a site again and again and checks that each is one of the known whole ones.

Run as a program: `polling_reader.py SITE KNOWN RESULT PAUSE`; KNOWN maps a path to the digests it may have (none: whatever is a
whole page), PAUSE are seconds from a poll to the next. Ends on SIGTERM.
"""

import json
import random
import signal
import sys
import time
from hashlib import sha256
from pathlib import Path


def main() -> None:
    site, known_file, result = (Path(argument) for argument in sys.argv[1:4])
    known: dict[str, list[str]] = json.loads(known_file.read_text(encoding="utf-8"))
    stopped: list[int] = []
    signal.signal(signal.SIGTERM, lambda number, _: stopped.append(number))
    polls, faults = 0, []
    paths = sorted(known)
    pause = float(sys.argv[4])
    chooser = random.Random(1)
    while not stopped:
        path = chooser.choice(paths)
        try:
            content = (site / path).read_bytes()
        except OSError as error:
            faults.append(f"{path}: {error}")
        else:
            if known[path] and sha256(content).hexdigest() not in known[path]:
                faults.append(f"{path}: neither old nor new")
            if not known[path] and not content.endswith(b"</html>"):
                faults.append(f"{path}: not whole")
        polls += 1
        if pause:
            time.sleep(pause)
    result.write_text(json.dumps({"polls": polls, "faults": faults[:20]}), encoding="utf-8")


if __name__ == "__main__":
    main()
