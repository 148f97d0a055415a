"""Whatever two people do with a roadmap, in whatever order it arrives, the database says what a plain model says."""

from datetime import timedelta
from itertools import count
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from bot.services.example_group import Example
from tests.journeys.roadmap_model import OPEN, Said
from tests.journeys.two_people import Act, TwoPeople
from tests.journeys.two_phones import PEOPLE

WHO = st.sampled_from(PEOPLE)
ANY = st.integers(0, 999)
WORDS = st.sampled_from(["first part delivered", "қисми дуюм супорида шуд", "بخش سوم رسید", "x"])
STATES = st.sampled_from([*sorted(OPEN), "done", "dropped"])
PERCENTS = st.sampled_from([0, 1, 40, 99, 100, 100, 101, 900])
# A lower percent comes with words: whether it needs them is a rule of its own.
SAID = st.one_of(
    st.builds(Said, PERCENTS, st.none(), WORDS),
    st.builds(Said, st.none(), STATES, WORDS),
    st.builds(Said, PERCENTS, STATES, WORDS),
    st.sampled_from([Said(100, None), Said(None, "done"), Said(None, "dropped")]),
)
# What the buttons offer.
CHOSEN = st.one_of(
    st.builds(Said, st.sampled_from([0, 25, 50, 75, 100]), st.none()),
    st.builds(Said, st.none(), STATES.filter("not started".__ne__)),
)


class RoadmapOfTwo(RuleBasedStateMachine):
    """Two people at once; TwoPeople compares after each step."""

    two: TwoPeople

    def __init__(self) -> None:
        super().__init__()
        self.titles = count(1)
        self.first = self.two.next_number
        self.two.plans(PEOPLE[0], "Water protocol")

    def teardown(self) -> None:
        """Leave the stage to the next example, which begins later and with a milestone of its own."""
        for who in list(self.two.model.forms):
            self.two.leaves_form(who)
        self.two.waits(timedelta(hours=1))

    def _numbers(self) -> list[int]:
        return [number for number in self.two.model.points if number >= self.first]

    def _number(self, pick: int) -> int:
        numbers = self._numbers()
        return numbers[pick % len(numbers)]

    def _is_free(self, who: str) -> bool:
        return who not in self.two.model.forms

    def _line(self, who: str, pick: int, said: Said) -> Act:
        # One form at a time: what would be asked for gets its words at once while another form is in hand.
        if not said.note and not self._is_free(who):
            said = said._replace(note="as agreed")
        return self.two.line(who, self._number(pick), said)

    def _undo(self, pick: int) -> Act | None:
        ids = {place: entry_id for place, entry_id in self.two.entry_ids.items() if place[0] >= self.first}
        known = [place for place, entry_id in ids.items() if entry_id in self.two.undo_entry]
        return self.two.taking_back(*known[-1 - pick % len(known)]) if known else None

    @rule(who=WHO)
    def plan(self, who: str) -> None:
        if self._is_free(who) and len(self._numbers()) < 3:
            self.two.plans(who, f"Point {next(self.titles)}")

    @rule(who=WHO, pick=ANY, said=SAID)
    def log(self, who: str, pick: int, said: Said) -> None:
        self.two.does(self._line(who, pick, said))

    @rule(who=WHO, pick=ANY, said=SAID)
    def log_twice(self, who: str, pick: int, said: Said) -> None:
        act = self._line(who, pick, said._replace(note=said.note or "as agreed"))
        self.two.does(act)
        self.two.does(act)

    @rule(who=WHO, pick=ANY, words=WORDS)
    def drop(self, who: str, pick: int, words: str) -> None:
        self.two.does(self._line(who, pick, Said(None, "dropped", words)))

    @rule(pick=st.integers(0, 2))
    def undo_entry(self, pick: int) -> None:
        act = self._undo(pick)
        if act is not None:
            self.two.does(act)

    @rule(pick=ANY)
    def undo_plan(self, pick: int) -> None:
        self.two.does(self.two.taking_off(self._number(pick)))

    @rule(who=WHO, pick=ANY, days=st.integers(1, 90), words=WORDS)
    def move(self, who: str, pick: int, days: int, words: str) -> None:
        number = self._number(pick)
        if not self.two.model.points[number].is_removed:
            self.two.moves(who, number, days, words)

    @rule(who=WHO, pick=ANY, said=CHOSEN)
    def begin_form(self, who: str, pick: int, said: Said) -> None:
        if self._is_free(who):
            self.two.begins_form(who, self._number(pick), said)

    @precondition(lambda self: self.two.model.forms)
    @rule(pick=ANY, words=WORDS)
    def save_form(self, pick: int, words: str) -> None:
        holders = sorted(self.two.model.forms)
        self.two.saves_form(holders[pick % len(holders)], words)

    @precondition(lambda self: self.two.model.forms)
    @rule(pick=ANY)
    def leave_form(self, pick: int) -> None:
        holders = sorted(self.two.model.forms)
        self.two.leaves_form(holders[pick % len(holders)])

    @rule(pick=ANY, first=SAID, second=SAID, is_reordered=st.booleans())
    def log_both_at_once(self, pick: int, first: Said, second: Said, is_reordered: bool) -> None:
        acts = [self._line(who, pick, said) for who, said in zip(PEOPLE, (first, second), strict=True)]
        self.two.do_at_once(acts, is_reordered=is_reordered)

    @rule(who=WHO, pick=ANY, said=SAID, undone=st.integers(0, 2), is_reordered=st.booleans())
    def log_while_it_is_undone(self, who: str, pick: int, said: Said, undone: int, is_reordered: bool) -> None:
        acts = [self._line(who, pick, said), self._undo(undone) or self.two.taking_off(self._number(pick))]
        self.two.do_at_once(acts, is_reordered=is_reordered)

    @rule(pick=ANY, said=st.lists(SAID.filter(lambda said: said.note), min_size=3, max_size=3))
    def log_two_lines_against_one(self, pick: int, said: list[Said]) -> None:
        acts = [self._line(who, pick, one) for who, one in zip((*PEOPLE, PEOPLE[0]), said, strict=True)]
        self.two.do_at_once(acts, is_reordered=False)

    @rule(pick=ANY)
    def redeliver(self, pick: int) -> None:
        self.two.redeliver(-1 - pick % min(8, len(self.two.updates)))

    @rule(seconds=st.sampled_from([20, 50, 240, 660]))
    def wait(self, seconds: int) -> None:
        self.two.waits(timedelta(seconds=seconds))


def play(example: tuple[Path, Example], folder: Path, *, examples: int, steps: int) -> None:
    path, loaded = example

    class Machine(RoadmapOfTwo):
        two = TwoPeople(path, loaded, folder)

    try:
        run_state_machine_as_test(
            Machine,
            settings=settings(
                max_examples=examples,
                stateful_step_count=steps,
                deadline=None,
                derandomize=True,
                database=None,
                phases=(Phase.explicit, Phase.generate, Phase.shrink),
                suppress_health_check=list(HealthCheck),
            ),
        )
    finally:
        Machine.two.leave()


def test_two_people_and_a_plain_model_agree(example: tuple[Path, Example], tmp_path: Path) -> None:
    play(example, tmp_path, examples=8, steps=15)


@pytest.mark.long
def test_two_people_and_a_plain_model_agree_for_long(example: tuple[Path, Example], tmp_path: Path) -> None:
    play(example, tmp_path, examples=80, steps=30)
