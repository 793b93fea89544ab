"""Which fields exist, what a value may be, how both are called and written. Imports source, schedule, geo and core."""

import os

# A plug-in that somebody has installed beside us has no say in what our data are; and to look for any takes time at each start.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "__all__")
