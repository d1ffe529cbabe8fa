"""Figures of one run, compared with the stock library in the same run (docs/benchmarks.md)."""
