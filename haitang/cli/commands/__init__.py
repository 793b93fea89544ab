"""One module a command: `run(options, console)` returns the exit code."""
