"""
From 1 group to 100,000: a simulation from measured service times, held against the running bot at its first two points.

    python -m benchmarks.scaling [--quick]            # measures, checks, simulates: about three minutes
    python -m benchmarks.scaling --simulate-only      # seconds, with the service times written below

It is a simulation: what it assumes stands in benchmarks/model.py and in docs/scaling.md.
"""

import asyncio
import math
from dataclasses import replace

from benchmarks import machine
from benchmarks.calibrating import FAN_OUT, Seen, seen, service_times
from benchmarks.model import TICK_SECONDS, Assumptions, Morning, Outcome, ServiceTimes
from benchmarks.options import Options, chosen, parser
from benchmarks.tables import Table, figure

POINTS = (1, 10, 100, 1_000, 10_000, 100_000)
CHECKED = (1, 100)
# A day squeezed so that a check takes a minute: an hour's updates in five minutes, answers within a minute or so.
SQUEEZED = Assumptions(share_of_peak_hour=0.2 * 12, answering_seconds=50.0)
CHECK_SECONDS = 60.0
MORNING_SECONDS = 300.0
# Round figures, in the order of those that docs/scaling.md shows as measured; a measuring run takes its own instead.
WRITTEN = ServiceTimes(
    update=0.0045,
    reminder=0.0012,
    tick=0.004,
    overhead=0.006,
    bytes_kept=450.0,
    bytes_passing=950.0,
    commit=0.001,
    scan=0.001,
)


def needed(groups: int, times: ServiceTimes, given: Assumptions) -> tuple[int, int]:
    """Give the bot accounts and processes that keep each below its most and let the reminders leave in time."""
    updates = (given.updates_a_second + given.answers_to_reminders) * groups
    slots = given.account_rate * given.most_busy
    by_reminders = given.reminders * groups / (given.account_rate * given.reminders_done_within)
    accounts = max(1, math.ceil(by_reminders), math.ceil(updates * given.messages_an_update / slots))
    work = updates * times.update + groups * times.tick / TICK_SECONDS
    work += min(given.account_rate * accounts, given.reminders * groups) * times.reminder
    return accounts, max(1, math.ceil(work / given.most_busy))


def _morning(groups: int, times: ServiceTimes, given: Assumptions, seconds: float) -> tuple[Morning, int, int]:
    accounts, processes = needed(groups, times, given)
    return (
        Morning(groups, seconds=seconds, accounts=accounts, processes=processes, times=times, given=given),
        accounts,
        processes,
    )


def simulated(times: ServiceTimes, given: Assumptions) -> Table:
    """Simulate the morning of the due day at each point."""
    rows = []
    for groups in POINTS:
        morning, accounts, processes = _morning(groups, times, given, MORNING_SECONDS)
        outcome = morning.run()
        left = given.reminders * groups / accounts / given.account_rate
        rows.append(
            (
                f"{groups:,}",
                f"{groups * given.members:,}",
                figure(given.updates_a_second * groups, digits=2),
                str(accounts),
                str(processes),
                f"{100 * outcome.messenger_busy:.0f} %",
                f"{100 * outcome.work_busy:.1f} %",
                *(f"{1000 * outcome.percentile(share):,.0f}" for share in (0.5, 0.95, 0.99)),
                figure(left / 60, digits=1),
            )
        )
    headings = (
        "groups",
        "people",
        "updates/s, peak hour",
        "bot accounts",
        "processes",
        "messenger's slots used",
        "processes busy",
        "answer p50 ms",
        "p95 ms",
        "p99 ms",
        "reminders out after, min",
    )
    note = f"The first {MORNING_SECONDS:.0f} s of the morning of the due day, seed 1."
    return Table("scaling", note, headings, tuple(rows))


def limits(times: ServiceTimes, given: Assumptions) -> Table:
    """Say at how many groups each part is full, if it were the only one of its kind, and what to add then."""
    updates = given.updates_a_second
    a_day = given.members * given.updates_a_member_a_day
    kept = a_day * times.bytes_kept * 365
    passing = a_day * times.bytes_passing * 30
    morning = updates + given.answers_to_reminders
    full = [
        (
            "one account's slots on the morning of the due day",
            given.account_rate * given.reminders_done_within / given.reminders,
            f"reminders take longer than {given.reminders_done_within / 60:.0f} minutes; another bot account",
        ),
        (
            "the schedule's tick, asking every group each five seconds",
            TICK_SECONDS * given.most_busy / times.tick if times.tick else math.inf,
            "a tick fills one process; more processes",
        ),
        (
            "one process's units of work on that morning",
            given.most_busy / (morning * times.update + times.tick / TICK_SECONDS),
            "answers begin to wait; another process (PostgreSQL)",
        ),
        (
            "one account's slots in an ordinary peak hour",
            given.account_rate * given.most_busy / (updates * given.messages_an_update),
            "answers wait for the messenger; another bot account",
        ),
        (
            "answers and reminders in one account's slots on that morning",
            given.account_rate * given.most_busy / (morning * given.messages_an_update),
            "answers leave no slots for reminders; another bot account",
        ),
        (
            "one disk's commits, three an update, none of them shared",
            given.most_busy / (3 * morning * times.commit),
            "the database waits for its disk; commits that share a write (SQLite's do), a faster disk",
        ),
        (
            "a disk of 100 GB after five years",
            100e9 / (5 * kept + passing),
            "a larger disk, or old years in an archive",
        ),
    ]
    rows = [(what, f"{count:,.0f}", then) for what, count, then in sorted(full, key=lambda row: row[1])]
    rows.append(
        (
            "the scans of inbox and outbox, one a second in each process",
            "-",
            f"{1000 * times.scan:.1f} ms with {FAN_OUT:,} messages waiting: by what waits, not by groups",
        )
    )
    note = "What is full first, from few groups to many, each as if it stood alone."
    return Table("scaling-limits", note, ("what", "full at groups", "what is felt, and what helps"), tuple(rows))


def assumed(times: ServiceTimes, given: Assumptions) -> Table:
    """Write the assumptions and the measured service times down."""
    rows = (
        ("people in a group", f"{given.members}", "assumed"),
        ("updates of a person a day", f"{given.updates_a_member_a_day:g}", "assumed"),
        ("share of a day's updates in its peak hour", f"{given.share_of_peak_hour:g}", "assumed"),
        ("messages an update", f"{given.messages_an_update:g}", "assumed; of progress in private it is one"),
        (
            "share of people reminded on the due day, all at 09:30 of one zone",
            f"{given.share_reminded:g}",
            "assumed, the worst case",
        ),
        ("share of these who answer", f"{given.share_answering:g}", "assumed"),
        ("mean time until they do, s", f"{given.answering_seconds:g}", "assumed"),
        (
            "messages a second of a bot account",
            f"{given.account_rate:g}",
            "the setting; the messenger's own limit is 30",
        ),
        ("one call of the messenger, ms", f"{1000 * given.latency:g}", "assumed"),
        ("processor time of an update, ms", f"{1000 * times.update:.2f}", "measured"),
        ("of a message that is owed, ms", f"{1000 * times.reminder:.2f}", "measured"),
        ("of one group at one tick, ms", f"{1000 * times.tick:.2f}", "measured"),
        ("what an answer takes beside, ms", f"{1000 * times.overhead:.1f}", "measured, one at a time"),
        ("one write that is on disk when it returns, ms", f"{1000 * times.commit:.2f}", "measured"),
        ("bytes an update leaves for ever", f"{times.bytes_kept:,.0f}", "measured"),
        ("bytes that are forgotten after 7 to 30 days", f"{times.bytes_passing:,.0f}", "measured"),
    )
    return Table("scaling-assumptions", "What goes into the model.", ("what", "value", "from"), rows)


async def checked(times: ServiceTimes, options: Options) -> Table:
    """Hold the model against the running bot at its first points."""
    rows = []
    for groups in CHECKED:
        morning = Morning(groups, seconds=CHECK_SECONDS, accounts=1, processes=1, times=times, given=SQUEEZED)
        arrivals = morning.arrivals
        predicted = morning.run()
        found = await seen(
            options, groups, arrivals, reminders=round(SQUEEZED.reminders * groups), seconds=CHECK_SECONDS
        )
        rows += _beside(groups, len(arrivals), predicted, found)
    headings = ("groups", "what", "predicted", "measured")
    note = (
        f"A due morning squeezed into {CHECK_SECONDS:.0f} s, the same updates at the same instants in model and bot "
        f"(SQLite, one process, limit on, 80 ms); {machine.described()}."
    )
    return Table("scaling-check", note, headings, tuple(rows))


def _beside(groups: int, count: int, predicted: Outcome, found: Seen) -> list[tuple[str, ...]]:
    of = f"{groups:,}"
    rows: list[tuple[str, ...]] = [
        (
            of,
            f"answers p{100 * share:.0f} of {count}, ms",
            f"{1000 * predicted.percentile(share):,.0f}",
            f"{found.answers.percentile(share):,.0f}",
        )
        for share in (0.5, 0.95)
    ]
    rows.append((of, "process busy", f"{100 * predicted.work_busy:.1f} %", f"{100 * found.busy:.1f} %"))
    messages = SQUEEZED.account_rate
    rows.append(
        (
            of,
            "messenger's slots used",
            f"{100 * predicted.messenger_busy:.0f} %",
            f"{100 * found.sent_a_second / messages:.0f} %",
        )
    )
    rows.append((of, "last reminder after, s", f"{predicted.last_reminder:.1f}", f"{found.last_reminder:.1f}"))
    return rows


def tables(options: Options, *, simulate_only: bool = False) -> list[Table]:
    """Measure the service times, check the model and simulate."""
    given = Assumptions()
    if simulate_only:
        return [assumed(WRITTEN, given), simulated(WRITTEN, given), limits(WRITTEN, given)]
    options = replace(options, database="sqlite", processes=1)
    times = asyncio.run(service_times(options))
    return [
        assumed(times, given),
        asyncio.run(checked(times, options)),
        simulated(times, given),
        limits(times, given),
    ]


def main() -> None:
    """Measure, check, simulate and print."""
    arguments = parser(__doc__)
    arguments.add_argument("--simulate-only", action="store_true", help="with the service times written in the module")
    given = arguments.parse_args()
    for table in tables(chosen(given), simulate_only=given.simulate_only):
        print(table.markdown())


if __name__ == "__main__":
    main()
