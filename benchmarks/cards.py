"""
How long it takes to write what people see: cards, the calendar and the summary, in each language.

    python -m benchmarks.cards [--rounds 2000]

What is shown is read from the example group beforehand; only the writing is timed. A card is to take less than 1 ms.
"""

import argparse
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from statistics import median

from bot.domain.members import Member
from bot.domain.readers import LANGUAGES, Language, Reader, default_digits
from bot.screens import milestones as milestone_screens
from bot.screens import obstacles as obstacle_screens
from bot.screens import planning
from bot.screens import summary as summary_screens
from bot.screens.audience import of_person
from bot.screens.screen import Screen
from bot.services import due_days, example_group, milestone_cards, milestones, obstacles, summaries
from db.database import Database
from db.migrating import migrate
from db.unit_of_work import UnitOfWork

NOW = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
LIMIT_MS = 1.0
CARDS = ("milestone card", "obstacle card")

Write = Callable[[Reader], Screen]


def writers(uow: UnitOfWork) -> dict[str, Write]:
    """Read the example group and give what writes each screen of it."""
    account = uow.installation.account(7001)
    uow.account_id = account.id
    example = example_group.load(uow)
    lead: Member = example.people["shahsavarzadeh"][1]
    today = NOW.date()
    milestone = milestone_cards.card(uow, milestones.find(uow, example.group.id, 3), by=lead, today=today)
    obstacle = obstacles.card(uow, obstacles.find(uow, example.group.id, 5), by=lead)
    draft = milestones.begin(uow, "Sign the water protocol", by=lead, chat=uow.chats.at(1003), today=today)
    form = replace(milestones.form_of(draft).at("due_on"), month=today)
    choices = milestones.choices(uow, example.group.id)
    days = due_days.choosable(uow, example.group.id, today, today=today, calendar="persian", is_open=True)
    found = summaries.summary(uow, example.group)
    return {
        "milestone card": lambda reader: milestone_screens.milestone_card(milestone, reader, today=today),
        "obstacle card": lambda reader: obstacle_screens.obstacle_card(obstacle, reader),
        "calendar": lambda reader: planning.milestone_form(form, choices, reader, draft_id=1, days=days),
        "summary": lambda reader: summary_screens.summary(of_person(reader), found, may_write=True, has_items=True),
    }


def reader_of(language: Language) -> Reader:
    """Give a reader as most of the language's readers are."""
    zone = "Asia/Tehran" if language == "fa" else "Asia/Dushanbe"
    return Reader(language, "persian" if language == "fa" else "gregorian", default_digits(language), zone)


def timed(write: Write, reader: Reader, rounds: int) -> list[float]:
    """Give how many milliseconds each round took, sorted; without the first ones, which fill what is remembered."""
    took: list[float] = []
    for _ in range(rounds + 50):
        started = time.perf_counter()
        write(reader)
        took.append(1000 * (time.perf_counter() - started))
    return sorted(took[50:])


def main() -> None:
    """Measure and print a table, and whether the cards keep to their millisecond."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=2000, help="how often each screen is written")
    rounds = parser.parse_args().rounds
    slowest = 0.0
    with tempfile.TemporaryDirectory() as folder:
        database = Database(f"sqlite:///{Path(folder) / 'hamroh.db'}")
        migrate(database)
        with database.engine.begin() as connection:
            screens = writers(UnitOfWork(connection, 0, NOW))
        database.close()
    print(f"{'screen':<16} {'language':<10} {'p50 ms':>8} {'p95 ms':>8}")
    for name, write in screens.items():
        for language in LANGUAGES:
            took = timed(write, reader_of(language), rounds)
            print(f"{name:<16} {language:<10} {median(took):>8.3f} {took[int(0.95 * len(took))]:>8.3f}")
            slowest = max(slowest, median(took)) if name in CARDS else slowest
    verdict = "kept" if slowest < LIMIT_MS else "NOT KEPT"
    print(f"A card in less than {LIMIT_MS:g} ms: {verdict} (the slowest takes {slowest:.3f} ms)")


if __name__ == "__main__":
    main()
