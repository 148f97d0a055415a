"""
What people look at when the log has grown: summary, a milestone's card and the lists at 10³, 10⁵ and 10⁶ entries.

    python -m benchmarks.growth [--database postgresql] [--quick]

All of it lies in one group, the worst case: with every hundred entries the roadmap has one more milestone, of which one
in ten is open, and one more obstacle, of ten entries, that was closed; at 10⁶ there are 10⁴ of both. "Drawn" is the
time of the queries and of the screen in the process; "answered" is a command's whole way through the running bot, one
at a time.
"""

import asyncio
import statistics
import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

from benchmarks import bots, machine
from benchmarks.filling import fill
from benchmarks.houses import TOKEN, look, prepare
from benchmarks.load import LoadWorld, ask, open_world, opened
from benchmarks.options import Options, chosen, parser
from benchmarks.stores import Store, store
from benchmarks.tables import Table, figure
from bot.domain.instants import local_day
from bot.screens import histories, lists, searches
from bot.screens import milestones as cards
from bot.screens import roadmap as pages
from bot.screens import summary as summaries
from bot.screens.audience import of_person
from bot.screens.screen import Screen
from bot.services import milestone_cards, milestones, past
from bot.services import roadmap as services
from bot.services import searches as searching
from bot.services import summaries as figures
from db.database import Database
from db.unit_of_work import UnitOfWork

SIZES = (1_000, 100_000, 1_000_000)
FEW_SIZES = (1_000, 20_000)
TRIES = 31
GROUP_ID = 1
HANDLE, USER_ID = "shahsavarzadeh", 1003
CARD = 12

Draw = Callable[[UnitOfWork], Screen]


def _summary(uow: UnitOfWork) -> Screen:
    member = uow.members.with_user(USER_ID)[0]
    found = figures.summary(uow, uow.groups.get(GROUP_ID))
    return summaries.summary(of_person(member.reader), found, may_write=True, has_items=True)


def _card(uow: UnitOfWork) -> Screen:
    member = uow.members.with_user(USER_ID)[0]
    today = local_day(uow.now, member.reader.time_zone)
    shown = milestone_cards.card(uow, milestones.find(uow, GROUP_ID, CARD), by=member, today=today)
    return cards.milestone_card(shown, member.reader, today=today)


def _roadmap(uow: UnitOfWork, number: int) -> Screen:
    member = uow.members.with_user(USER_ID)[0]
    found = services.roadmap(uow, uow.groups.get(GROUP_ID), number)
    return pages.roadmap(of_person(member.reader), found, may_write=True)


def _obstacles(uow: UnitOfWork) -> Screen:
    member = uow.members.with_user(USER_ID)[0]
    found = services.obstacles(uow, uow.groups.get(GROUP_ID), 1)
    return lists.obstacles(of_person(member.reader), found, may_write=True)


def _mine(uow: UnitOfWork) -> Screen:
    member = uow.members.with_user(USER_ID)[0]
    return lists.mine(of_person(member.reader), services.mine(uow, member, 1))


def _history(uow: UnitOfWork) -> Screen:
    member = uow.members.with_user(USER_ID)[0]
    group = uow.groups.get(GROUP_ID)
    found = past.history(uow, group, past.find(uow, group, "M", CARD))
    return histories.history(of_person(member.reader), found)


def _search(uow: UnitOfWork, words: str) -> Screen:
    member = uow.members.with_user(USER_ID)[0]
    found = searching.found(uow, uow.groups.get(GROUP_ID), words)
    return searches.found(of_person(member.reader), found)


SCREENS: dict[str, Draw] = {
    "/summary": _summary,
    f"M-{CARD}": _card,
    "/roadmap": partial(_roadmap, number=1),
    "/roadmap, last page": partial(_roadmap, number=10**6),
    "/obstacles": _obstacles,
    "/my": _mine,
    f"/history M-{CARD}": _history,
    "/find маъдан": partial(_search, words="маъдан"),
    "/find mine overdue": partial(_search, words="mine overdue"),
}


def drawn(database: Database, tries: int) -> dict[str, float]:
    """Give the median milliseconds of each screen, each drawn in a transaction of its own."""
    found = {}
    for name, draw in SCREENS.items():
        took = []
        for _ in range(tries):
            began = time.perf_counter()
            look(database, draw)
            took.append(1000 * (time.perf_counter() - began))
        found[name] = statistics.median(took)
    return found


async def answered(url: str, folder: Path, tries: int, *, seed: int) -> dict[str, float]:
    """Give the median milliseconds until the running bot has answered each command."""
    world, served = await open_world(TOKEN, 0, kind=LoadWorld, seed=seed)
    opened(world, USER_ID)
    try:
        async with bots.running("hamroh", api_url=served.url, database_url=url, folder=folder):
            await ask(world, USER_ID, "/help")
            return {
                name: statistics.median([1000 * await ask(world, USER_ID, name) for _ in range(tries)])
                for name in SCREENS
                if "," not in name
            }
    finally:
        await served.close()


def measure(options: Options, kept: Store) -> Table:
    """Grow one database step by step and look at it at each."""
    sizes, tries = (FEW_SIZES, 7) if options.quick else (SIZES, TRIES)
    began = machine.described()
    by_size: list[tuple[dict[str, float], dict[str, float]]] = []
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        url = kept.fresh(folder)
        prepare(url, 0)
        database = Database(url)
        there = 0
        for size in sizes:
            fill(database, GROUP_ID, entries=size - there, first=there)
            there = size
            by_size.append((drawn(database, tries), asyncio.run(answered(url, folder, tries, seed=size))))
        database.close()
    headings = ("screen", *(f"{size:,} entries, ms" for size in sizes), f"{sizes[-1]:,} / {sizes[0]:,}")
    rows = []
    for place, what in enumerate(("drawn", "answered")):
        for screen in by_size[0][place]:
            took = [both[place][screen] for both in by_size]
            rows.append((f"{screen}, {what}", *(figure(one) for one in took), figure(took[-1] / took[0])))
    note = f"{kept.name}, medians of {tries}; {began}."
    return Table(f"growth-{options.database}", note, headings, tuple(rows))


def tables(options: Options) -> list[Table]:
    """Measure on the database asked for."""
    with store(options.database) as kept:
        return [measure(options, kept)]


def main() -> None:
    """Measure and print."""
    for table in tables(chosen(parser(__doc__).parse_args())):
        print(table.markdown())


if __name__ == "__main__":
    main()
