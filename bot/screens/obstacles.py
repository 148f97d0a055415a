"""Obstacles as people see them: the card, and the words for states and severity."""

from dataclasses import dataclass
from datetime import date

from bot.domain.groups import Party, WorkingGroup, Workstream
from bot.domain.members import Member
from bot.domain.milestones import Milestone
from bot.domain.obstacles import Obstacle, ObstacleState, Severity
from bot.domain.readers import Reader
from bot.domain.working_days import Wait
from bot.i18n.clocks import local
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.milestones import person_of_party
from bot.screens.screen import Button, Screen, keyboard
from bot.screens.waits import wait

CARD_VIEW = "obstacle"


@dataclass(frozen=True, slots=True)
class ObstacleCard:
    """
    What the card of an obstacle shows.

    *milestone* or *workstream* is what it holds up; *in_court* is how long *court* has had its turn;
    *has_files* says that files came with it.
    """

    obstacle: Obstacle
    group: WorkingGroup
    milestone: Milestone | None
    workstream: Workstream | None
    raised_by: Member
    owners: tuple[Member, ...]
    court: Party | None
    in_court: Wait | None
    may_undo: bool = False
    has_files: bool = False


def severity_word(say: Speech, severity: Severity) -> str:
    """Give the word for a severity."""
    words = {
        Severity.LOW: say.pgettext("severity", "low"),
        Severity.HIGH: say.pgettext("severity", "high"),
        Severity.CRITICAL: say.pgettext("severity", "critical"),
    }
    return words[severity]


def obstacle_state_word(say: Speech, state: ObstacleState) -> str:
    """Give the word for a state."""
    words = {
        ObstacleState.RAISED: say.pgettext("obstacle", "raised"),
        ObstacleState.TAKEN: say.pgettext("obstacle", "taken"),
        ObstacleState.WAITING: say.pgettext("obstacle", "waiting"),
        ObstacleState.SOLVED: say.pgettext("obstacle", "solution proposed"),
        ObstacleState.CLOSED: say.pgettext("obstacle", "closed"),
        ObstacleState.WITHDRAWN: say.pgettext("obstacle", "withdrawn"),
    }
    return words[state]


def state_line(say: Speech, obstacle: Obstacle) -> Html:
    """Give the state of an obstacle in words, with whom it waits for."""
    if obstacle.state is ObstacleState.WAITING and obstacle.waiting_for:
        return say.line(say.gettext("waiting for {name}"), name=obstacle.waiting_for)
    return say.line("{state}", state=Phrase(obstacle_state_word(say, obstacle.state)))


def obstacle_card(card: ObstacleCard, reader: Reader, *, news: str | None = None) -> Screen:
    """Show an obstacle; *news* is a line of ours above it, such as that it was saved."""
    say = speech(reader)
    _ = say.gettext
    obstacle = card.obstacle
    severity = Phrase(severity_word(say, obstacle.severity))
    lines = [
        news,
        say.line("<b>{code}</b> {title}", code=obstacle.code, title=obstacle.title),
        say.line(_("Severity: {severity}"), severity=severity),
        say.line(_("Status: {state}"), state=state_line(say, obstacle)),
        court_line(say, card),
        about_line(say, card.milestone, card.workstream),
        say.line(_("What is needed: {need}"), need=obstacle.need) if obstacle.need else None,
        say.line(
            _("Needed from: {party}"),
            party=card.group.party(obstacle.needed_from_party_id).names.for_language(say.language),
        ),
        needed_by_line(say, obstacle.needed_by),
        owners_line(say, card.owners, card.group),
        say.line(
            _("Raised by {name}, {day}"),
            name=card.raised_by.name_for(say.language),
            day=say.shared_day(local(obstacle.raised_at, reader.time_zone).date()),
        ),
    ]
    buttons: list[list[Button | None]] = [
        [
            Button(_("Evidence"), "ev.list", ("O", obstacle.id, 1)) if card.has_files else None,
            Button(_("Undo"), "ob.undo", (obstacle.id,)) if card.may_undo else None,
        ],
        [Button(_("History"), "hi.show", (1, "O", obstacle.id))],
    ]
    return Screen(say.page(lines), keyboard(reader, buttons), view=(CARD_VIEW, obstacle.id), about=obstacle.code)


def court_line(say: Speech, card: ObstacleCard) -> Html | None:
    """Say whose turn it is and for how long."""
    if card.court is None or card.in_court is None:
        return None
    party = card.court.names.for_language(say.language)
    if not card.in_court.calendar_days:
        return say.line(say.gettext("Turn to act: {party}, since today"), party=party)
    text = say.gettext("Turn to act: {party}, for {wait}")
    return say.line(text, party=party, wait=wait(say, card.in_court))


def about_line(say: Speech, milestone: Milestone | None, workstream: Workstream | None) -> Html | None:
    """Say what is held up."""
    text = say.gettext("Holds up: {item}")
    if milestone is not None:
        item = say.line("{code} {title}", code=milestone.code, title=milestone.title_for(say.language))
        return say.line(text, item=item)
    if workstream is not None:
        return say.line(text, item=workstream.names.for_language(say.language))
    return None


def needed_by_line(say: Speech, needed_by: date | None) -> Html | None:
    """Say by when help is needed, in both calendars."""
    if needed_by is None:
        return None
    return say.line(say.gettext("Needed by: {day}"), day=say.shared_day(needed_by))


def owners_line(say: Speech, owners: tuple[Member, ...], group: WorkingGroup) -> Html | None:
    """Name who clears the obstacle on each side."""
    if not owners:
        return None
    people = say.listing([person_of_party(say, member, group) for member in owners])
    return say.line(say.gettext("Obstacle owners: {people}"), people=people)


def asked(card: ObstacleCard, reader: Reader) -> Screen:
    """Tell the owner of the side that is needed; the card, with who asks above it."""
    say = speech(reader)
    text = say.gettext("{name} has raised an obstacle that your side is asked to clear.")
    return obstacle_card(card, reader, news=say.line(text, name=card.raised_by.name_for(say.language)))


def undone(reader: Reader, obstacle: Obstacle) -> Screen:
    """Say that the raising was undone."""
    say = speech(reader)
    text = say.gettext("Undone: {code} {title} is no longer an obstacle.")
    return Screen(say.page([say.line(text, code=obstacle.code, title=obstacle.title)]))


def correction(obstacle: Obstacle, by: Member, reader: Reader) -> Screen:
    """Tell in one line who had been asked that it was undone."""
    say = speech(reader)
    text = say.gettext("{name} has undone {code} {title}: nothing is needed from you.")
    name = by.name_for(say.language)
    return Screen(say.page([say.line(text, name=name, code=obstacle.code, title=obstacle.title)]))
