"""A model of many working groups on one installation: what they ask of it and what waits for what; seeded."""

import heapq
import random
from collections.abc import Iterator
from dataclasses import dataclass, field

TICK_SECONDS = 5.0


@dataclass(frozen=True, slots=True)
class Assumptions:
    """What people do, and what the messenger allows. Shares are of 1, instants seconds after the reminders are due."""

    members: int = 16
    updates_a_member_a_day: float = 3.0
    share_of_peak_hour: float = 0.2
    messages_an_update: float = 1.0
    share_reminded: float = 0.4
    share_answering: float = 0.5
    answering_seconds: float = 600.0
    account_rate: float = 28.0
    latency: float = 0.080
    reminders_done_within: float = 900.0
    most_busy: float = 0.7

    @property
    def updates_a_second(self) -> float:
        """Updates a second of one group in its peak hour."""
        return self.members * self.updates_a_member_a_day * self.share_of_peak_hour / 3600

    @property
    def answers_to_reminders(self) -> float:
        """Answers a second of one group to its reminders, right after these came."""
        return self.reminders * self.share_answering / self.answering_seconds

    @property
    def reminders(self) -> float:
        """Reminders of one group on the morning of the due day."""
        return self.members * self.share_reminded


@dataclass(frozen=True, slots=True)
class ServiceTimes:
    """
    What the program needs, in seconds, as measured (benchmarks/calibrating.py).

    *update* and *reminder* are processor time for one from arrival to "sent"; *tick* is that of one group at one tick
    of the schedule; *overhead* is what an answer takes beside, on an idle machine, without latency; *commit* is one
    write that is on disk when it returns, *scan* one look for what others left; bytes are those of one update's rows.
    """

    update: float
    reminder: float
    tick: float
    overhead: float
    commit: float
    scan: float
    bytes_kept: float
    bytes_passing: float


@dataclass(slots=True)
class Outcome:
    """What came of a simulated morning: waits in seconds, shares of capacity, and when the last reminder had left."""

    answers: list[float] = field(default_factory=list)
    work_busy: float = 0.0
    messenger_busy: float = 0.0
    last_reminder: float = 0.0

    def percentile(self, share: float) -> float:
        """Give a percentile of the answer times in seconds."""
        ordered = sorted(self.answers)
        return ordered[min(len(ordered) - 1, int(share * len(ordered)))] if ordered else 0.0


@dataclass(slots=True)
class _Account:
    """A bot account's slots: one every 1/28 s, those of answers before those of reminders."""

    interval: float
    free_at: float = 0.0
    reminders: int = 0

    def slot(self, at: float) -> float:
        taken = max(at, self.free_at)
        self.free_at = taken + self.interval
        return taken


class Morning:
    """
    The morning of the due day: all groups' reminders at second 0, ordinary updates, and those that answer a reminder.

    Two queues in a row: the units of work, first come first served on *processes* equal processes, then the slots of
    each bot account. A tick of the schedule is a job for each group, all queued at once and shared by the processes.
    *arrivals* are the instants of the updates.
    """

    def __init__(
        self,
        groups: int,
        *,
        seconds: float,
        accounts: int,
        processes: int,
        times: ServiceTimes,
        given: Assumptions,
        seed: int = 1,
    ) -> None:
        self._seconds = seconds
        self._times = times
        self._given = given
        self._chance = random.Random(seed)  # noqa: S311 - the same morning each time
        self._accounts = [_Account(1 / given.account_rate) for _ in range(accounts)]
        self._free = [0.0] * processes
        self._events: list[tuple[float, int, str, int, float]] = []
        self._numbers = 0
        self._busy = 0.0
        self._sent = 0.0
        self._outcome = Outcome()
        self.arrivals = sorted(self._updates(groups))
        for at in self.arrivals:
            self._at(at, "update", self._chance.randrange(accounts))
        self._ticks(groups)
        for number, account in enumerate(self._accounts):
            account.reminders = round(given.reminders * groups / accounts)
            self._at(0.0, "slot", number)

    def run(self) -> Outcome:
        """Let the seconds pass; what is on its way then is left out."""
        while self._events and (event := heapq.heappop(self._events))[0] <= self._seconds:
            at, _, kind, number, cost = event
            match kind:
                case "update":
                    self._at(self._work(at, self._times.update), "answer", number, at)
                case "answer":
                    self._answer(at, number, asked=cost)
                case "slot":
                    self._remind(at, number)
                case _:
                    self._work(at, cost)
        capacity = self._seconds * self._given.account_rate * len(self._accounts)
        self._outcome.work_busy = self._busy / (self._seconds * len(self._free))
        self._outcome.messenger_busy = self._sent / capacity
        return self._outcome

    def _updates(self, groups: int) -> Iterator[float]:
        given, chance = self._given, self._chance
        rate = given.updates_a_second * groups
        at = chance.expovariate(rate)
        while at < self._seconds:
            yield at
            at += chance.expovariate(rate)
        for _ in range(round(given.reminders * groups * given.share_answering)):
            at = chance.expovariate(1 / given.answering_seconds)
            if at < self._seconds:
                yield at

    def _ticks(self, groups: int) -> None:
        # The groups' jobs stand in the queue one behind the other: to whoever waits they are one long job.
        cost = self._times.tick * groups / len(self._free)
        for tick in range(int(self._seconds / TICK_SECONDS) + 1):
            for _ in self._free:
                self._at(tick * TICK_SECONDS, "tick", 0, cost)

    def _at(self, at: float, kind: str, number: int, cost: float = 0.0) -> None:
        self._numbers += 1
        heapq.heappush(self._events, (at, self._numbers, kind, number, cost))

    def _work(self, at: float, cost: float) -> float:
        """Do a job on the process that is free first; give the instant at which it is done."""
        done = max(at, heapq.heappop(self._free)) + cost
        heapq.heappush(self._free, done)
        self._busy += cost
        return done

    def _answer(self, at: float, number: int, *, asked: float) -> None:
        leaves = self._accounts[number].slot(at)
        self._sent += self._given.messages_an_update
        self._outcome.answers.append(leaves - asked + self._times.overhead + self._given.latency)

    def _remind(self, at: float, number: int) -> None:
        """Send a reminder in the account's next slot, if answers have left it, and come again for the next."""
        account = self._accounts[number]
        if not account.reminders:
            return
        if account.free_at <= at:
            account.reminders -= 1
            self._sent += 1
            self._outcome.last_reminder = account.slot(at) + self._given.latency
            self._at(at, "reminder", number, self._times.reminder)
        self._at(account.free_at, "slot", number)
