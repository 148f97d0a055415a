"""Two people of the example group at their phones, whose acts a plain model of the roadmap foretells."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, NamedTuple

from sqlalchemy import select

from bot.domain import errors, milestones, progress
from bot.domain.errors import DomainError
from bot.i18n.catalogue import translations
from bot.screens import refusals
from db.models import MilestoneRow
from tests.journeys.roadmap_model import SAVED, Answer, Point, Roadmap, Said
from tests.journeys.roadmap_written import FIRST_NUMBER, GROUP_ID, EntryIds, Written, found_in, written
from tests.journeys.two_phones import PEOPLE, TwoPhones, acts_of
from tests.people import bare

ZONES = {"farahmandi": "Asia/Tehran", "ghayurov": "Asia/Dushanbe"}

REFUSALS: dict[str, Callable[..., DomainError]] = {
    "ItemNotFound": errors.ItemNotFound,
    "MilestoneClosed": milestones.MilestoneClosed,
    "PercentOutOfRange": milestones.PercentOutOfRange,
    "AlreadyUndone": progress.AlreadyUndone,
    "LoggedSince": progress.LoggedSince,
    "UndoTooLate": progress.UndoTooLate,
}
FIRST_LINES = {
    "saved": "Saved.",
    "already saved": "Already saved.",
    "undone": "Undone. The earlier state is back.",
    "taken off": "Undone: {code} {title} is no longer in the roadmap.",
}


class Undo(NamedTuple):
    """A button that takes something back: whose, where it stands, and what it sends."""

    who: str
    message_id: int
    data: str


Foretold = Callable[[Roadmap], Answer]


class Act(NamedTuple):
    """What somebody sends by one tap or one line, and what comes of it by the model."""

    who: str
    send: Callable[[], object]
    foretold: Foretold


@dataclass
class TwoPeople(TwoPhones):
    """The stage, the model beside it, and the buttons that were seen."""

    model: Roadmap = field(default_factory=Roadmap)
    undo_entry: dict[int, Undo] = field(default_factory=dict)
    undo_plan: dict[int, Undo] = field(default_factory=dict)
    entry_ids: EntryIds = field(default_factory=dict)
    next_number: int = FIRST_NUMBER

    # What they do

    def plans(self, who: str, title: str) -> None:
        """Plan a milestone with what the form proposes."""
        before = len(self._messages(who))
        self.says(who, f"/newmilestone {title}")
        self.presses(who, "ms.save")
        number, self.next_number = self.next_number, self.next_number + 1
        due_on = self._rows(select(MilestoneRow.due_on).where(MilestoneRow.number == number))[0][0]
        self.model.plan(Point(number, title, who, self.stage.clock(), ZONES[who], due_on))
        self._answered(who, SAVED, before, [])
        self.agrees()

    def line(self, who: str, number: int, said: Said) -> Act:
        """Log by one line."""
        percent = "" if said.percent is None else f" {said.percent}%"
        text = f"M-{number}{percent} {said.state or ''}: {said.note}".strip(": ")
        now = self.stage.clock()
        return Act(
            who,
            lambda: self.stage.world.say(self._user(who), self.stage.bot_id, text),
            lambda model: model.log(who, number, said, now),
        )

    def taking_back(self, number: int, place: int) -> Act:
        """Press the undo of an entry, which may be gone from the screen since."""
        undo = self.undo_entry[self.entry_ids[number, place]]
        return self._pressing(undo, lambda model, now, names: model.undo_entry(undo.who, number, place, now, names))

    def taking_off(self, number: int) -> Act:
        """Press the undo of planning a milestone."""
        undo = self.undo_plan[number]
        return self._pressing(undo, lambda model, now, names: model.undo_plan(undo.who, number, now, names))

    def _pressing(self, undo: Undo, foretold: Callable[[Roadmap, Any, dict[str, str]], Answer]) -> Act:
        now, language = self.stage.clock(), self.members[undo.who].reader.language
        names = {handle: member.name_for(language) for handle, member in self.members.items()}
        world, bot = self.stage.world, self.stage.bot_id
        return Act(
            undo.who,
            lambda: world.press_forged(self._user(undo.who), bot, undo.message_id, undo.data),
            lambda model: foretold(model, now, names),
        )

    def does(self, act: Act) -> None:
        """Do one thing: the answer and the database are as the model says."""
        answer = act.foretold(self.model)
        before = len(self._messages(act.who))
        pressed = set(self.stage.world.presses)
        self._do([act.send])
        self._answered(act.who, answer, before, [key for key in self.stage.world.presses if key not in pressed])
        self.agrees()

    def do_at_once(self, acts: list[Act], *, is_reordered: bool) -> None:
        """
        Do several things before the bot has heard of any; *is_reordered*: what came last is delivered first.

        Two chats are worked on side by side, so that any order is right in which each of them has its own.
        """
        chats = [[act for act in acts if act.who == who] for who in PEOPLE]
        if is_reordered and len(chats[0]) == len(chats[1]) == 1:
            self._do([act.send for act in acts], last_first=True)
        else:
            self._do([act.send for act in acts])
        outcomes = []
        for order in _interleaved(*chats):
            model = self.model.copy()
            for act in order:
                act.foretold(model)
            outcomes.append(model)
        found = self.found()
        matching = [model for model in outcomes if written(model) == found]
        assert matching, (found, [written(model) for model in outcomes])
        self.model = matching[0]
        self._note_buttons()

    def redeliver(self, place: int) -> None:
        """Let the messenger give an update once more: nobody hears of it, and nothing changes."""
        said = [[(message.id, message.text) for message in self._messages(who)] for who in PEOPLE]
        update = self.updates[place]
        self._do([lambda: self.stage.world.bots[self.stage.bot_id].queue.repeat(update)], is_new=False)
        assert [[(message.id, message.text) for message in self._messages(who)] for who in PEOPLE] == said
        self.agrees()

    def moves(self, who: str, number: int, days: int, reason: str) -> None:
        """Move a due date, by what there is for it: no command does so yet, the import and the history do."""
        member, after = self.members[who], self.model.points[number].due_on + timedelta(days=days)

        def move(connection: Any) -> None:
            uow = self.stage.house.unit_of_work(connection)
            milestone = uow.milestones.find(GROUP_ID, number)
            assert milestone is not None
            uow.milestones.move(
                milestone,
                after,
                reason=reason,
                member_id=member.id,
                language=member.reader.language,
                way="buttons",
                at=uow.now,
            )

        self.stage.house.database.once(move)
        self.model.move(who, number, after, reason)
        self.agrees()

    def begins_form(self, who: str, number: int, said: Said) -> None:
        """Open the form of an entry from the milestone's card, and choose a percent or a state."""
        answer = self.model.begin(who, number, said)
        before = len(self._messages(who))
        self.says(who, f"M-{number}")
        if answer.word == "ItemNotFound":
            self._answered(who, answer, before, [])
            return
        pressed = set(self.stage.world.presses)
        self.presses(who, "pr.on")
        if answer.word == "asked":
            chosen = ("pr.percent", said.percent) if said.state is None else ("pr.state", said.state.replace(" ", "_"))
            message = self._messages(who)[-1]
            draft_id = next(given[0] for _, act, given in acts_of(message) if act == "pr.percent")
            self.presses(who, chosen[0], draft_id, chosen[1])
        else:
            self._answered(who, answer, before, [key for key in self.stage.world.presses if key not in pressed])
        self.agrees()

    def saves_form(self, who: str, words: str) -> None:
        """Type the words that the form asks for, and save it."""
        self.says(who, words)
        now = self.stage.clock()
        answer = self.model.save(who, words, now)
        before, pressed = len(self._messages(who)), set(self.stage.world.presses)
        self.presses(who, "pr.save")
        self._answered(who, answer, before, [key for key in self.stage.world.presses if key not in pressed])
        self.agrees()

    def leaves_form(self, who: str) -> None:
        """Leave the form without saving."""
        del self.model.forms[who]
        self.presses(who, "draft.cancel")
        self.agrees()

    # What holds

    def agrees(self) -> None:
        """The database says what the model says."""
        found, foretold = self.found(), written(self.model)
        assert found == foretold
        self._note_buttons()

    def found(self) -> list[Written]:
        """Give each milestone planned here as the database has it."""
        handles = {member.id: who for who, member in self.members.items()}
        found, self.entry_ids = self.stage.house.database.once(lambda connection: found_in(connection, handles))
        return found

    def _answered(self, who: str, answer: Answer, before: int, pressed: list[str]) -> None:
        """What somebody reads is what the model has said."""
        press = self.stage.world.presses[pressed[-1]] if pressed else None
        if answer.word in REFUSALS:
            refusal = REFUSALS[answer.word](*answer.told)
            reader = self.members[who].reader
            if press is not None:
                assert bare(press.text) == bare(refusals.alert(reader, refusal))
                return
            has_form = who in self.model.forms
            assert bare(self._messages(who)[-1].text) == bare(
                refusals.refused(reader, refusal, draft_kept=has_form).text
            )
            return
        assert press is None or press.answered_at is not None
        if press is None:
            assert len(self._messages(who)) > before
        if answer.word == "asked":
            assert self._acts_shown(who) & {"pr.percent", "draft.cancel"}
            return
        shown = press.message if press is not None else self._messages(who)[-1]
        line = translations(self.members[who].reader.language).gettext(FIRST_LINES[answer.word])
        assert all(part in bare(shown.text) for part in re.split(r"{\w+}", line))

    def _acts_shown(self, who: str) -> set[str]:
        return {act for _, act, _ in acts_of(self._messages(who)[-1])}

    def _note_buttons(self) -> None:
        """Remember the buttons that take something back, also for when they are gone from the screen."""
        numbers = {row[0]: row[1] for row in self._rows(select(MilestoneRow.id, MilestoneRow.number))}
        for who in PEOPLE:
            for message in self._messages(who):
                for data, act, given in acts_of(message):
                    if act == "pr.undo":
                        self.undo_entry[int(given[0])] = Undo(who, message.id, data)
                    elif act == "ms.undo":
                        self.undo_plan[numbers[int(given[0])]] = Undo(who, message.id, data)


def _interleaved(first: list[Act], second: list[Act]) -> Iterator[list[Act]]:
    if not first or not second:
        yield first + second
        return
    for rest in _interleaved(first[1:], second):
        yield [first[0], *rest]
    for rest in _interleaved(first, second[1:]):
        yield [second[0], *rest]
