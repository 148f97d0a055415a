"""What can be chosen for a measurement: how long, with how many people, on which database, in how many processes."""

import argparse
from dataclasses import dataclass, replace
from typing import Literal

DatabaseName = Literal["sqlite", "postgresql"]


@dataclass(frozen=True, slots=True)
class Options:
    """*seconds* is the length of each run; *quick* makes everything smaller where minutes would be needed."""

    seconds: float = 10.0
    people: int = 100
    database: DatabaseName = "sqlite"
    processes: int = 1
    quick: bool = False
    bots: tuple[str, ...] = ("hamroh", "stock_ptb", "stock_aiogram")

    def on(self, database: DatabaseName, *, processes: int = 1, only_ours: bool = False) -> "Options":
        """Give the same with another database."""
        bots = ("hamroh",) if only_ours else self.bots
        return replace(self, database=database, processes=processes, bots=bots)


def parser(description: str | None) -> argparse.ArgumentParser:
    """Make a parser with the options that all measurements share."""
    made = argparse.ArgumentParser(description=description, formatter_class=argparse.RawDescriptionHelpFormatter)
    made.add_argument("--seconds", type=float, help="length of each run (10; 3 with --quick)")
    made.add_argument("--people", type=int, default=100, help="people who write at the same time (%(default)s)")
    made.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite", help="(%(default)s)")
    made.add_argument("--processes", type=int, default=1, help="processes of the bot; several need postgresql")
    made.add_argument("--bots", default=",".join(Options().bots), help="which bots, with commas (%(default)s)")
    made.add_argument("--quick", action="store_true", help="shorter and smaller: to see that it works")
    return made


def chosen(given: argparse.Namespace) -> Options:
    """Read the shared options."""
    return Options(
        seconds=given.seconds or (3.0 if given.quick else 10.0),
        people=given.people,
        database=given.database,
        processes=given.processes,
        quick=given.quick,
        bots=tuple(given.bots.split(",")),
    )
