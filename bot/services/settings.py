"""What a person chooses for their own reading and rest: kept, recorded, and told beside what their party has."""

from datetime import time
from typing import Any

from bot.domain.errors import ButtonExpired
from bot.domain.members import Member, QuietHours
from bot.domain.readers import CalendarName, Digits, default_calendar
from bot.i18n.typed_zones import read_zone
from bot.screens.settings import PersonalSettings
from db.repositories.chats import Chat
from db.repositories.drafts import Draft
from db.repositories.members import Person
from db.unit_of_work import UnitOfWork

FORM = "settings"
NO_PARTY_ZONE = "UTC"


def of_person(uow: UnitOfWork, person: Person, member: Member | None) -> PersonalSettings:
    """Give a person's choices beside what holds without them: the party's, or for who is in no group the language's."""
    choices = person.choices
    if member is None:
        language = choices.language or "en"
        return PersonalSettings(
            choices=choices,
            quiet_hours=None,
            calendar=default_calendar(language),
            time_zone=NO_PARTY_ZONE,
            now=uow.now,
        )
    group = uow.groups.get(member.group_id)
    party = group.party(member.party_id)
    return PersonalSettings(
        choices=choices,
        quiet_hours=person.quiet_hours,
        calendar=party.calendar,
        time_zone=party.time_zone,
        now=uow.now,
        group_zones=group.time_zones,
        group_quiet_hours=group.rules.quiet_hours,
        reminder_time=group.rules.reporting.reminder_time,
    )


def choose_calendar(uow: UnitOfWork, person: Person, calendar: CalendarName | None) -> None:
    """Keep the calendar; None: as the party has it."""
    _keep(uow, person, {"calendar": person.choices.calendar}, {"calendar": calendar})


def choose_digits(uow: UnitOfWork, person: Person, digits: Digits | None) -> None:
    """Keep the digits; None: as the language has them."""
    _keep(uow, person, {"digits": person.choices.digits}, {"digits": digits})


def choose_zone(uow: UnitOfWork, person: Person, time_zone: str | None) -> None:
    """
    Keep the time zone by its IANA name; None: as the party has it.

    Raises:
        ButtonExpired: there is no such zone.
    """
    if time_zone is not None and read_zone(time_zone, now=uow.now) != (time_zone,):
        raise ButtonExpired
    _keep(uow, person, {"time_zone": person.choices.time_zone}, {"time_zone": time_zone})


def choose_quiet_hours(uow: UnitOfWork, person: Person, hours: QuietHours | None) -> None:
    """Keep the quiet hours, of which equal ends mean none at all; None: as the group has them."""
    before = person.quiet_hours
    _keep(
        uow,
        person,
        {"quiet_from": before.start if before else None, "quiet_until": before.end if before else None},
        {"quiet_from": hours.start if hours else None, "quiet_until": hours.end if hours else None},
    )


def _keep(uow: UnitOfWork, person: Person, before: dict[str, Any], after: dict[str, Any]) -> None:
    if before == after:
        return
    uow.members.change_person(person.id, **after)
    uow.record(
        "setting chosen",
        "person",
        person.id,
        group_id=None,
        member_id=None,
        before={name: _plain(value) for name, value in before.items()},
        after={name: _plain(value) for name, value in after.items()},
    )


def _plain(value: str | time | None) -> str | None:
    return value.isoformat("minutes") if isinstance(value, time) else value


def await_words(uow: UnitOfWork, field: str, *, by: Member, chat: Chat, screen_id: int) -> None:
    """Let the next typed text choose *field*; another form that is open in the chat waits behind it."""
    await_nothing(uow, by=by, chat=chat)
    draft = uow.drafts.begin(member_id=by.id, chat_id=chat.id, kind=FORM, fields={"touched": False}, awaits=field)
    uow.drafts.change(draft, screen_id=screen_id)


def await_nothing(uow: UnitOfWork, *, by: Member, chat: Chat) -> None:
    """Let typed texts choose nothing any more."""
    on_top: Draft | None = uow.drafts.open_one(by.id, chat.id)
    if on_top is not None and on_top.kind == FORM:
        uow.drafts.close(on_top)
