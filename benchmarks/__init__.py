"""Figures of one run, compared with the stock library in the same run (docs/benchmarks.md)."""

import os

# as the bot has it: read by numpy, which is loaded here before anything of the bot
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
