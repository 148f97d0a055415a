"""
Answers a second and how long they take: Hamroh beside stock bots that write a row, in one run on one machine.

    python -m benchmarks.answers [--seconds 10] [--people 100] [--database postgresql] [--processes 3]

Every bot is a process of its own and polls the same local messenger over HTTP. Hamroh logs progress on a milestone with
all its promises; a stock bot writes one row, says the same and promises nothing. aiogram is in requirements-bench.lock:
where it is not installed its rows are left out.
"""

import asyncio
import tempfile
import time
from collections.abc import Awaitable
from dataclasses import dataclass
from pathlib import Path

import psutil

from benchmarks import bots, machine
from benchmarks.houses import TOKEN, prepare
from benchmarks.load import Figures, LoadWorld, open_world, steadily, together
from benchmarks.options import Options, chosen, parser
from benchmarks.stores import Store, store
from benchmarks.tables import Table, figure

LATENCY_SECONDS = 0.080
RATE = 20.0
LIMIT = 28.0
WARM_UP_SECONDS = 2.0


@dataclass(frozen=True, slots=True)
class Run:
    """One run of one bot, and what it cost: processor seconds of the bot, of the database's server and of the load."""

    bot: str
    name: str
    figures: Figures
    bot_seconds: float
    server_seconds: float
    load_seconds: float
    refusals: int

    def each(self, seconds: float) -> float:
        """Give milliseconds an answer."""
        return 1000 * seconds / max(1, len(self.figures.answers))

    def cells(self) -> tuple[str, ...]:
        """Write the run as a row."""
        return (
            self.bot,
            self.name,
            figure(self.figures.per_second, digits=0),
            *(figure(self.figures.percentile(share)) for share in (0.5, 0.95, 0.99)),
            figure(self.each(self.bot_seconds), digits=2),
            figure(self.each(self.server_seconds), digits=2) if self.server_seconds else "-",
            figure(self.load_seconds / self.figures.seconds, digits=2),
        )


class _Measured:
    """A bot that runs, the load on it, and the clocks of all that works."""

    def __init__(self, bot: str, world: LoadWorld, watched: bots.Bots, kept: Store) -> None:
        self.bot = bot
        self.world = world
        self.runs: list[Run] = []
        self._watched = watched
        self._kept = kept
        self._own = psutil.Process()

    def _clocks(self) -> tuple[float, float, float]:
        own = self._own.cpu_times()
        return self._watched.cpu_seconds(), self._kept.cpu_seconds(), own.user + own.system

    async def run(self, name: str, load: Awaitable[Figures], *, latency: float = 0.0) -> Run:
        """Let the load run with a latency of the messenger, in seconds a call, and note what it cost."""
        self.world.latency = latency
        refusals = self.world.limits.refusals
        before = self._clocks()
        figures = await load
        own, server, load_took = (after - earlier for earlier, after in zip(before, self._clocks(), strict=True))
        run = Run(self.bot, name, figures, own, server, load_took, self.world.limits.refusals - refusals)
        self.runs.append(run)
        return run


async def measure(bot: str, options: Options, kept: Store, *, rate: float = 0) -> list[Run]:
    """
    Run a bot at 20 updates a second and at full load, with and without latency.

    With a *rate* it keeps the messenger's limits, the messenger insists on them, and latency is always on.
    """
    world, served = await open_world(TOKEN, options.people, kind=LoadWorld)
    world.limits.is_on = rate > 0
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = kept.fresh(folder)
        ours = bot == "hamroh"
        if ours:
            await asyncio.to_thread(prepare, url, options.people)
        processes = options.processes if ours else 1
        label = f"{bot} ×{processes}" if processes > 1 else bot
        try:
            async with bots.running(
                bot, api_url=served.url, database_url=url, folder=folder, processes=processes, rate=rate
            ) as watched:
                await together(world, options.people, WARM_UP_SECONDS)
                measured = _Measured(label, world, watched, kept)
                people, seconds = options.people, options.seconds
                if rate:
                    # A full window of the limit passes first: what the warm-up has spent is nobody's.
                    await asyncio.sleep(WARM_UP_SECONDS)
                    await measured.run(
                        f"{RATE:g}/s, 80 ms", steadily(world, people, seconds, RATE), latency=LATENCY_SECONDS
                    )
                else:
                    await measured.run(f"{RATE:g}/s, 0 ms", steadily(world, people, seconds, RATE))
                    await measured.run("full, 0 ms", together(world, people, seconds))
                await measured.run("full, 80 ms", together(world, people, seconds), latency=LATENCY_SECONDS)
        finally:
            await served.close()
    return measured.runs


HEADINGS = (
    "bot",
    "run",
    "answers/s",
    "p50 ms",
    "p95 ms",
    "p99 ms",
    "CPU ms each",
    "server's",
    "load's share of a core",
)


def tables(options: Options) -> list[Table]:
    """Measure all that is asked for."""
    here = [bot for bot in options.bots if bots.is_here(bot)]
    place = options.database if options.processes == 1 else f"{options.database}-{options.processes}"
    with store(options.database) as kept:
        began = machine.described()
        found = {bot: asyncio.run(measure(bot, options, kept)) for bot in here}
        limited = asyncio.run(measure("hamroh", options, kept, rate=LIMIT)) if "hamroh" in here else []
    made = f"{options.people} people, {options.seconds:g} s a run, {began}."
    rows = [run.cells() for runs in found.values() for run in runs]
    result = [
        Table(
            f"answers-{place}",
            f"{kept.name}, the dispatcher's limit off (`SEND_RATE=0`); {made}",
            HEADINGS,
            tuple(rows),
        )
    ]
    if limited:
        note = f"{kept.name}, the dispatcher's limit on (`SEND_RATE={LIMIT:g}`) and the messenger's own too; {made}"
        cells = tuple((*run.cells(), str(run.refusals)) for run in limited)
        result.append(Table(f"answers-{place}-limited", note, (*HEADINGS, "429s"), cells))
    if options.processes > 1:
        result.append(_cores(found["hamroh"][-1], f"cores-{place}", options.processes))
    if "hamroh" in found and len(found) > 1:
        result.append(_ratios(found, f"ratios-{place}", kept.name))
    return result


def _cores(run: Run, name: str, processes: int) -> Table:
    """Say what cores of their own would give: a process fills one at most, and the server's time comes beside it."""
    own, server = run.each(run.bot_seconds), run.each(run.server_seconds)
    one = 1000 / own
    rows = (
        ("CPU ms an answer: the processes' / the server's", f"{own:.2f} / {server:.2f}"),
        ("share of the machine that the load itself took", f"{run.load_seconds / run.figures.seconds:.2f} of a core"),
        ("answers/s of one process on a core of its own, at most", figure(one, digits=0)),
        (f"answers/s of {processes} processes on a core each, at most", figure(processes * one, digits=0)),
        ("cores that the server takes then", figure(processes * one * server / 1000, digits=2)),
    )
    return Table(
        name, f"What more cores would give, reckoned from the run “{run.name}” above.", ("what", "value"), rows
    )


def _ratios(found: dict[str, list[Run]], name: str, database: str) -> Table:
    ours = found["hamroh"]
    rows = tuple(
        (
            f"hamroh / {bot}",
            *(
                figure(mine.figures.per_second / theirs.figures.per_second, digits=2)
                for mine, theirs in zip(ours[1:], runs[1:], strict=True)
            ),
        )
        for bot, runs in found.items()
        if bot != "hamroh"
    )
    return Table(
        name,
        f"Answers a second on {database}, Hamroh's over a stock bot's in the same run.",
        ("ratio", *(run.name for run in ours[1:])),
        rows,
    )


def main() -> None:
    """Measure and print."""
    began = time.monotonic()
    for table in tables(chosen(parser(__doc__).parse_args())):
        print(table.markdown())
    print(f"{time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
