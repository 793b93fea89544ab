"""Which fields exist, what a value may be, how both are called and written. Imports source, schedule, geo and core."""

import os

# Nobody has plugins for pydantic here; looking for some reads the notes of every package there is.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
