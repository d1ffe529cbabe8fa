"""`make bench`: everything that is measured, as the tables of docs/benchmarks.md."""

import argparse
import platform
import statistics

from benchmarks import replies
from bot.commands import run_program


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--conversations", type=int, default=10_000)
    given = parser.parse_args()
    print(f"Python {platform.python_version()}, {platform.system()}, one run:\n", flush=True)

    table = run_program(replies.compare())
    print("| menu tap, update to reply | ours | stock transport |\n|---|---|---|")
    for key in table["ours"]:
        print(f"| {key} | {table['ours'][key]:.1f} | {table['stock'][key]:.1f} |")
    ratio = table["ours"]["updates/s"] / table["stock"]["updates/s"]
    print(f"| updates/s, ours to stock | {ratio:.2f}× | 1× |\n", flush=True)

    asked = run_program(replies.answers())
    print("| question to answer | |\n|---|---|")
    print("\n".join(f"| {key} | {value:.1f} |" for key, value in asked.items()), flush=True)

    took = run_program(replies.starts())
    print(f"\nStart to first poll: median {statistics.median(took):.2f} s, worst {max(took):.2f} s")
    points = run_program(replies.memory(given.conversations))
    print("\n| conversations | memory, MiB |\n|---|---|")
    print("\n".join(f"| {count} | {mib:.0f} |" for count, mib in points))


if __name__ == "__main__":
    main()
