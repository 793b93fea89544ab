"""Which fields exist, what a value may be, how both are called and written. Imports source, schedule, geo and core."""
