"""The running program: settings, command line, wiring, runtime, transport."""

import os

# the library's periods are timedeltas, as they soon will be for all: else every flood limit warns
os.environ.setdefault("PTB_TIMEDELTA", "true")
# the matrices are small: a second thread costs more than it brings, and twice as much where the
# other core is taken; read by numpy when it is loaded
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# before anybody asks SQLAlchemy for its asyncio package
import storage  # noqa: F401 -- see the line above
