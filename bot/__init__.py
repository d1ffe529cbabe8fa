"""The running program: settings, command line, wiring, runtime, transport."""

import os

# the library's periods are timedeltas, as they soon will be for all: else every flood limit warns
os.environ.setdefault("PTB_TIMEDELTA", "true")
