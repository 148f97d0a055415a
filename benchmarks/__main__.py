"""
Every measurement in one command; the figures are printed as Markdown and put into a document.

    python -m benchmarks                                     # all, on SQLite and PostgreSQL: a good half hour
    python -m benchmarks --quick                             # the same, smaller: minutes, to see that it works
    python -m benchmarks answers growth --on sqlite          # some of them
    python -m benchmarks --write docs/performance.md --write docs/scaling.md   # and replace the tables there

Nothing here passes or fails. Each measurement is a module of its own too: python -m benchmarks.answers --help
"""

import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from benchmarks import answers, fan_out, footprint, growth, lag, scaling
from benchmarks.options import Options, chosen, parser
from benchmarks.tables import Table, put

Measure = Callable[[Options], list[Table]]
MEASUREMENTS: dict[str, Measure] = {
    "answers": answers.tables,
    "fan-out": fan_out.tables,
    "growth": growth.tables,
    "footprint": footprint.tables,
    "lag": lag.tables,
    "scaling": scaling.tables,
}


def plan(names: list[str], options: Options, databases: list[str]) -> Iterator[tuple[str, Options]]:
    """Say what is measured, in order: each on each database but the model; the answers of three processes too."""
    for database in databases:
        for name in names:
            if name == "scaling" and database != databases[0]:
                continue
            yield name, options.on("postgresql" if database == "postgresql" else "sqlite")
            if name == "answers" and database == "postgresql":
                yield name, options.on("postgresql", processes=3, only_ours=True)


def main() -> None:
    """Measure what was asked for; print each table as soon as it is there, and write it."""
    arguments = parser(__doc__)
    arguments.add_argument("names", nargs="*", metavar="NAME", help=f"which: {', '.join(MEASUREMENTS)} (all)")
    arguments.add_argument("--on", default="sqlite,postgresql", help="which databases, with commas (%(default)s)")
    arguments.add_argument("--write", action="append", type=Path, default=[], help="a document with places for tables")
    given = arguments.parse_args()
    unknown = set(given.names) - set(MEASUREMENTS)
    if unknown:
        arguments.error(f"no such measurement: {', '.join(sorted(unknown))}")
    began = time.monotonic()
    homeless: set[str] = set()
    for name, options in plan(given.names or list(MEASUREMENTS), chosen(given), given.on.split(",")):
        print(f"{name} on {options.database}, at {time.monotonic() - began:.0f} s", file=sys.stderr)
        found = MEASUREMENTS[name](options)
        for table in found:
            print(table.markdown(), flush=True)
        if given.write:
            homeless |= set.intersection(*(set(put(path, found)) for path in given.write))
    if homeless:
        print(f"no place in the documents for: {', '.join(sorted(homeless))}", file=sys.stderr)
    print(f"{time.monotonic() - began:.0f} s in all", file=sys.stderr)


if __name__ == "__main__":
    main()
