"""A month lived through with the process stopped over due times: each comes in the morning that is right for it."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.sandbox.clock import SandboxClock
from bot.sandbox.records import Message
from bot.services.example_group import Example
from tests.houses import STARTS_AT, fresh_world, move_in, open_stage
from tests.people import bare

KEYVAN = "farahmandi"
# In UTC, from when until when the process runs; Keyvan's half past nine in Tehran is at six.
RUNS = [
    ("11-23 06:00", "11-30 18:00"),
    # Stopped over the opening; back by day.
    ("12-01 09:00", "12-01 09:10"),
    # Stopped over D-3 until after eight in the evening of a Wednesday: Thursday and Friday are off.
    ("12-02 17:00", "12-04 08:00"),
    ("12-04 20:00", "12-05 07:00"),
    # Stopped over D-1, back at night, before D: D takes its place.
    ("12-08 22:00", "12-09 08:00"),
    # Stopped over D+1 and all that follows it, until the next report is open.
    ("12-10 06:00", "12-10 07:00"),
    ("2027-01-04 07:00", "2027-01-04 08:00"),
]
# When a message was sent, what it is about, and the time that it says is left.
EXPECTED = [
    ("2026-12-01 09:00", "Monthly report: November 2026", "4 shared working days (8 calendar days)"),
    ("2026-12-05 06:00", "Monthly report: November 2026", "3 shared working days (4 calendar days)"),
    ("2026-12-09 06:00", "Monthly report: November 2026", "5 hours and 30 minutes"),
    ("2027-01-04 07:00", "Monthly report: December 2026", "4 shared working days (9 calendar days)"),
]


def instant(text: str) -> datetime:
    return datetime.fromisoformat(text if text.startswith("2027") else f"2026-{text}").replace(tzinfo=UTC)


async def test_over_a_month_of_outages_each_rung_comes_in_its_right_morning_or_not_at_all(
    example: tuple[Path, Example], tmp_path: Path
) -> None:
    path, loaded = example
    clock = SandboxClock(STARTS_AT, running=False)
    world, seen = fresh_world(clock), list[Message]()
    for number, (starts, ends) in enumerate(RUNS):
        clock.move_to(instant(starts))
        async with open_stage(tmp_path / "data", template=None if number else path, world=world) as stage:
            await move_in(stage, loaded)
            # The hour in which reminders begin lies in it, or not; the schedule ticks on either side of it.
            for at in (instant(starts), *mornings(starts, ends), instant(ends)):
                await stage.pass_time(at - stage.clock())
            seen = [message for message in stage.people[KEYVAN].messages() if "Monthly report" in message.text]

    assert [f"{message.sent_at:%Y-%m-%d %H:%M}" for message in seen] == [at for at, _, _ in EXPECTED]
    for message, (_, title, left) in zip(seen, EXPECTED, strict=True):
        assert title in bare(message.text)
        assert left in bare(message.text)
    await world.close()


def mornings(starts: str, ends: str) -> list[datetime]:
    """Give each half past nine of Tehran from *starts* until *ends*."""
    begin, end = instant(starts), instant(ends)
    first = begin.replace(hour=6, minute=0)
    return [at for n in range(30) if begin < (at := first + timedelta(days=n)) < end]
