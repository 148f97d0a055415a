"""The days off of a group's parties: listed, corrected by a party's secretary, and others told of it."""

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, timedelta

from bot.domain import drafts as kinds
from bot.domain.errors import ButtonExpired, NotAllowed
from bot.domain.groups import Party, WorkingGroup
from bot.domain.holidays import LISTED_DAYS, Correction, DayOfParty, HolidayForm, check_reach
from bot.domain.instants import local_day
from bot.domain.ladders import ladder
from bot.domain.members import Member, Role
from bot.domain.readers import Reader
from bot.domain.summaries import page_of
from bot.domain.texts import checked_title
from bot.i18n.periods import period_before, period_of
from bot.screens import holidays as screens
from bot.screens.holidays import Corrected, DayCard, DueMove, HolidayPage
from bot.screens.screen import Screen
from bot.services import drafts, posting
from bot.services.calendars import holidays_on, party_calendar
from db.repositories.chats import Chat
from db.repositories.drafts import Draft
from db.unit_of_work import UnitOfWork

# With names as long as they may be a page still fits into one message.
PAGE = 8


def days_of(uow: UnitOfWork, group: WorkingGroup, first_on: date, last_on: date) -> dict[date, tuple[DayOfParty, ...]]:
    """Give each day from *first_on* to *last_on* as every party of the group has it."""
    corrections = {party.id: uow.holidays.corrections(party.id, first_on, last_on) for party in group.parties}
    span = (first_on + timedelta(days=n) for n in range((last_on - first_on).days + 1))
    return {
        day: tuple(_as_party_has_it(day, party, corrections[party.id].get(day)) for party in group.parties)
        for day in span
    }


def day_of(uow: UnitOfWork, party: Party, day: date) -> DayOfParty:
    """Give one day as a party has it."""
    return _as_party_has_it(day, party, uow.holidays.corrections(party.id, day, day).get(day))


def _as_party_has_it(day: date, party: Party, correction: Correction | None) -> DayOfParty:
    return DayOfParty(
        day=day,
        party_id=party.id,
        is_weekend=day.weekday() in party.weekend,
        holidays=holidays_on(day, party.holidays_country),
        correction=correction,
    )


def listed(uow: UnitOfWork, by: Member, number: int, *, today: date) -> HolidayPage:
    """Give a page of the days off and corrections of all parties in the next LISTED_DAYS days."""
    group = uow.groups.get(by.group_id)
    last_on = today + timedelta(days=LISTED_DAYS - 1)
    found = [
        of_party
        for parties in days_of(uow, group, today, last_on).values()
        for of_party in parties
        if of_party.is_worth_listing
    ]
    page = page_of(number, len(found), PAGE)
    shown = tuple(found[page.first_item : page.first_item + PAGE])
    corrected_by = by.party_id if by.may_correct_holidays else None
    return HolidayPage(group, page, today, last_on, shown, corrected_by)


def check_may_correct(by: Member) -> None:
    """Refuse who is no secretary with NotAllowed."""
    if not by.may_correct_holidays:
        raise NotAllowed


def begin(uow: UnitOfWork, day: date | None, *, by: Member, chat: Chat, today: date) -> Draft:
    """Open the form of a correction, at *day* where it is known; raises NotAllowed, DayOutOfReach."""
    check_may_correct(by)
    form = HolidayForm()
    if day is not None:
        form = at_day(uow, form, day, by=by, today=today)
    return drafts.begin(uow, kinds.HOLIDAY, form, by=by, chat=chat, touched=False)


def form_of(draft: Draft) -> HolidayForm:
    """Give the form that a draft keeps."""
    return HolidayForm.of(draft.fields)


def at_day(uow: UnitOfWork, form: HolidayForm, day: date, *, by: Member, today: date) -> HolidayForm:
    """Take the day that is to be corrected; raises DayOutOfReach."""
    check_reach(day, today)
    seen = day_of(uow, _party_of(uow, by), day)
    return replace(form, day=day, readings=(), month=None, seen=seen.sight)


def named(form: HolidayForm, name: str) -> HolidayForm:
    """Take a name for the day; raises TextMissing, TextTooLong."""
    return replace(form, name=checked_title(name))


def card(uow: UnitOfWork, form: HolidayForm, *, by: Member) -> DayCard | None:
    """Gather what the form shows of its day, with the reports that would move; None while no day is chosen."""
    if form.day is None:
        return None
    group, party = uow.groups.get(by.group_id), _party_of(uow, by)
    of_party = day_of(uow, party, form.day)
    becomes_off = of_party.is_off_by_rule if of_party.correction else not of_party.is_off
    moves = _moves(uow, group, party, form.day, is_off=becomes_off)
    return DayCard(group=group, party=party, day=of_party, name=form.name, moves=moves)


def save(uow: UnitOfWork, draft: Draft, *, by: Member) -> Corrected | None:
    """
    Make the day what it is not: add a correction or, where there is one, remove it; tell the secretaries.

    None where somebody has corrected the day since the form showed it; the form then shows what the day is now.

    Raises:
        NotAllowed: *by* is no secretary.
        ButtonExpired: the form has no day yet.
    """
    check_may_correct(by)
    form = form_of(draft)
    if form.day is None:
        raise ButtonExpired
    before = day_of(uow, _party_of(uow, by), form.day)
    if before.sight != form.seen:
        drafts.change(uow, draft, replace(form, seen=before.sight))
        return None
    after = None if before.correction else before.corrected(form.name)
    result = _put(uow, before, after, by=by)
    kept = before.correction
    draft = uow.drafts.change(
        draft,
        fields={
            "before": {"is_off": kept.is_off, "name": kept.name} if kept else None,
            "saved": result.day.sight,
        },
    )
    drafts.save(uow, draft, form.day.isoformat())
    return result


def undo(uow: UnitOfWork, draft: Draft, *, by: Member) -> Corrected:
    """
    Bring the day of a saved correction back to what it was before.

    Raises:
        ButtonExpired: it was undone already, or somebody has corrected the day since.
        NotAllowed: *by* is no secretary.
    """
    check_may_correct(by)
    form = form_of(draft)
    if form.day is None or "saved" not in draft.fields:
        raise ButtonExpired
    now = day_of(uow, _party_of(uow, by), form.day)
    if now.sight != draft.fields["saved"]:
        raise ButtonExpired
    kept = draft.fields["before"]
    return _put(uow, now, Correction(form.day, kept["is_off"], kept["name"]) if kept else None, by=by)


def _put(uow: UnitOfWork, before: DayOfParty, correction: Correction | None, *, by: Member) -> Corrected:
    """Keep what is said of a day from now on, record it, and tell whom it concerns."""
    group, party = uow.groups.get(by.group_id), _party_of(uow, by)
    after = replace(before, correction=correction)
    moves = _moves(uow, group, party, before.day, is_off=after.is_off)
    if correction is None:
        uow.holidays.remove(party.id, before.day)
    else:
        uow.holidays.correct(party.id, correction)
    uow.record(
        "day corrected" if correction else "correction removed",
        "party",
        party.id,
        group_id=group.id,
        member_id=by.id,
        before={"day": before.day.isoformat(), "is": before.sight},
        after={"day": before.day.isoformat(), "is": after.sight},
    )
    corrected = Corrected(group=group, party=party, day=after, by=by, moves=moves)
    for member in _concerned(uow, group, moved=bool(moves)):
        if member.person_id != by.person_id:

            def draw(reader: Reader) -> Screen:
                return screens.told(reader, corrected)

            posting.notify(uow, member, draw)
    return corrected


def _concerned(uow: UnitOfWork, group: WorkingGroup, *, moved: bool) -> Iterable[Member]:
    """Give the secretaries of all parties and, where a report falls due on another day, the co-chairs."""
    roles = {Role.SECRETARY, Role.CO_CHAIR} if moved else {Role.SECRETARY}
    return (member for member in uow.members.of_group(group.id) if member.role in roles)


def _moves(uow: UnitOfWork, group: WorkingGroup, party: Party, day: date, *, is_off: bool) -> tuple[DueMove, ...]:
    """Tell which reports that are still ahead fall due at another time where *day* is, or is not, off for *party*."""
    rules = group.rules.reporting
    corrected = uow.holidays.corrected_days([each.id for each in group.parties])
    now = [party_calendar(each, corrected[each.id]) for each in group.parties]
    corrected[party.id] |= {day: is_off}
    then = [party_calendar(each, corrected[each.id]) for each in group.parties]
    last = period_before(period_of(day, rules.calendar), rules.calendar)
    moves = []
    for period in (period_before(last, rules.calendar), last):
        was, becomes = ladder(period, rules, now).due_at, ladder(period, rules, then).due_at
        if was != becomes and max(was, becomes) > uow.now:
            moves.append(DueMove(period, was, becomes))
    return tuple(moves)


def party_today(uow: UnitOfWork, by: Member) -> date:
    """Give the day of the member's own party, whose calendar they correct."""
    return local_day(uow.now, _party_of(uow, by).time_zone)


def _party_of(uow: UnitOfWork, by: Member) -> Party:
    return uow.groups.get(by.group_id).party(by.party_id)
