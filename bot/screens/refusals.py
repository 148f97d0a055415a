"""What each refusal says: one sentence a type, with what happened and what to do next."""

from datetime import date

from bot.domain import (
    drafts,
    errors,
    holidays,
    milestones,
    obstacles,
    progress,
    report_parts,
    snoozing,
    typed_values,
    working_days,
)
from bot.domain.errors import DomainError
from bot.domain.readers import Reader
from bot.i18n.speech import Phrase, Speech, speech
from bot.screens import roadmap_refusals
from bot.screens.impossible_days import Sentence, impossible_date
from bot.screens.plan_refusals import PLAN_SENTENCES, Table
from bot.screens.screen import Screen

ALERT_LIMIT = 200
EXAMPLE_DAY = date(2026, 11, 23)


def sentence(say: Speech, refusal: DomainError, *, draft_kept: bool = False) -> Sentence:
    """Give the words for a refusal, not yet filled; *draft_kept* says that a form waits with what was typed."""
    if draft_kept and isinstance(refusal, errors.TextTooLong):
        text = say.gettext(
            "The text is too long: {length} characters, at most {limit} fit.\n"
            "Please send a shorter one; your draft is kept."
        )
        return text, {"length": refusal.length, "limit": refusal.limit}
    return SENTENCES[type(refusal)](say, refusal)


def refused(reader: Reader, refusal: DomainError, *, draft_kept: bool = False) -> Screen:
    """Answer a message."""
    say = speech(reader)
    text, values = sentence(say, refusal, draft_kept=draft_kept)
    return Screen(say.page([say.line(text, **values)]))


def alert(reader: Reader, refusal: DomainError) -> str:
    """Answer a press: plain text that the messenger shows at once."""
    say = speech(reader)
    text, values = sentence(say, refusal)
    return say.page([say.label(text, **values)])


def failed(reader: Reader, reference: str) -> Screen:
    """Say calmly that the fault is ours, with the number that finds it in the log."""
    say = speech(reader)
    return Screen(say.page([say.line(_failure(say), ref=reference)]))


def failed_alert(reader: Reader, reference: str) -> str:
    """Say the same for a press."""
    say = speech(reader)
    return say.page([say.label(_failure(say), ref=reference)])


def _failure(say: Speech) -> str:
    return say.gettext(
        "An error occurred on our side and nothing was changed. Please try again.\nReference number: {ref}"
    )


def stumbled_alert(reader: Reader) -> str:
    """Say that a press could not be handled at its first try, and is tried again."""
    say = speech(reader)
    return say.page([say.gettext("Something went wrong. Please try again.")])


# Who and where


def _not_a_member(say: Speech, _: errors.NotAMember) -> Sentence:
    return say.gettext(
        "You are not registered in this working group. To join, please ask your secretary for an invitation."
    ), {}


def _not_allowed(say: Speech, _: errors.NotAllowed) -> Sentence:
    return say.gettext("You are not allowed to do this.\nSee what you can do here: /help"), {}


def _private_only(say: Speech, _: errors.PrivateOnly) -> Sentence:
    return say.gettext("Please open this in a private chat with the bot."), {}


def _group_only(say: Speech, _: errors.GroupOnly) -> Sentence:
    return say.gettext("This belongs in a group chat.\nPlease add the bot to the group and send it there."), {}


def _chat_not_bound(say: Speech, _: errors.ChatNotBound) -> Sentence:
    return say.gettext("This chat is not bound to a working group.\nA secretary can bind it here with /bind."), {}


def _anonymous(say: Speech, _: errors.AnonymousSender) -> Sentence:
    return say.gettext("Anonymous messages are not taken. Please write under your own name."), {}


def _invitation_invalid(say: Speech, _: errors.InvitationInvalid) -> Sentence:
    return say.gettext("This invitation is no longer valid. Please ask your secretary for a new one."), {}


# Buttons and items


def _button_expired(say: Speech, _: errors.ButtonExpired) -> Sentence:
    return say.gettext("This button is no longer valid. Please open the menu again."), {}


def _item_not_found(say: Speech, refusal: errors.ItemNotFound) -> Sentence:
    text = say.gettext("{code} was not found.\nPlease choose from the list: /roadmap or /obstacles")
    return text, {"code": refusal.code}


# What was typed


def _text_too_long(say: Speech, refusal: errors.TextTooLong) -> Sentence:
    text = say.gettext("The text is too long: {length} characters, at most {limit} fit.\nPlease send a shorter one.")
    return text, {"length": refusal.length, "limit": refusal.limit}


def _text_missing(say: Speech, _: errors.TextMissing) -> Sentence:
    return say.gettext("There are no words in this text.\nPlease type at least one."), {}


def _not_a_name(say: Speech, _: errors.NotAName) -> Sentence:
    return say.gettext("A name has no digits and no signs.\nPlease type the name in letters only."), {}


def _mixed_scripts(say: Speech, _: errors.MixedScripts) -> Sentence:
    return say.gettext("This name has letters of two scripts.\nPlease type it in one script."), {}


def _not_a_date(say: Speech, _: typed_values.NotADate) -> Sentence:
    return say.gettext("The date is not valid. Example: {example}"), {"example": say.day(EXAMPLE_DAY, short=True)}


def _ambiguous_date(say: Speech, refusal: typed_values.AmbiguousDate) -> Sentence:
    text = say.gettext(
        "This date can be read in more than one way: {days}.\nPlease type it with the name of the month."
    )
    return text, {"days": say.listing(say.shared_day(day) for day in refusal.readings)}


def _unknown_zone(say: Speech, refusal: typed_values.UnknownZone) -> Sentence:
    text = say.gettext(
        "No city with a time zone is known as {text}.\nPlease type a larger city near you, or {example}."
    )
    return text, {"text": say.quote(refusal.text), "example": Phrase("Asia/Almaty")}


def _not_hours(say: Speech, refusal: typed_values.NotHours) -> Sentence:
    text = say.gettext("{text} is not understood as hours.\nPlease type when they begin and end, such as {example}.")
    return text, {"text": say.quote(refusal.text), "example": say.digits("22:00–07:30")}


def _percent_out_of_range(say: Speech, refusal: milestones.PercentOutOfRange) -> Sentence:
    text = say.gettext("{number} is not between {least} and {most}.\nPlease send a percent such as {example}.")
    return text, {"number": refusal.percent, "least": 0, "most": 100, "example": say.percent(60)}


def _too_many_attachments(say: Speech, refusal: drafts.TooManyAttachments) -> Sentence:
    text = say.ngettext(
        "An entry takes at most {limit} file, and this one was not added.\n"
        "Please save, and send the rest with another entry.",
        "An entry takes at most {limit} files, and this one was not added.\n"
        "Please save, and send the rest with another entry.",
        refusal.limit,
    )
    return text, {"limit": refusal.limit}


# Milestones and progress


def _due_in_past(say: Speech, refusal: milestones.DueDateInPast) -> Sentence:
    text = say.gettext("The due date {date} has already passed.\nPlease choose today or a later day.")
    return text, {"date": say.shared_day(refusal.due_on)}


def _evidence_missing(say: Speech, refusal: milestones.EvidenceMissing) -> Sentence:
    text = say.gettext(
        "{code} is done only with a line of evidence.\nPlease send it with a line that says what shows it."
    )
    return text, {"code": f"M-{refusal.number}"}


def _reason_missing(say: Speech, refusal: milestones.ReasonMissing) -> Sentence:
    text = say.gettext("{code} is dropped only with a reason.\nPlease send it with a line that says why.")
    return text, {"code": f"M-{refusal.number}"}


def _undo_too_late(say: Speech, refusal: progress.UndoTooLate) -> Sentence:
    text = say.ngettext(
        "Undo was possible for {minutes} minute. Please add a new progress entry.",
        "Undo was possible for {minutes} minutes. Please add a new progress entry.",
        refusal.minutes,
    )
    return text, {"minutes": refusal.minutes}


def _logged_since(say: Speech, refusal: progress.LoggedSince) -> Sentence:
    text = say.gettext("{name} has logged since then, so nothing was undone.\nPlease add a new progress entry.")
    return text, {"name": refusal.by}


def _already_undone(say: Speech, _: progress.AlreadyUndone) -> Sentence:
    return say.gettext("This entry has been undone already.\nTo log progress, send: /progress"), {}


# Obstacles and reports


def _not_the_raiser(say: Speech, refusal: obstacles.NotTheRaiser) -> Sentence:
    text = say.gettext("Only {name}, who raised this obstacle, or a co-chair can close it.\nPlease ask one of them.")
    return text, {"name": refusal.raiser}


def _obstacle_over(say: Speech, refusal: obstacles.ObstacleOver) -> Sentence:
    text = say.gettext("{code} is closed already.\nIf the obstacle is back, please raise a new one: /newobstacle")
    return text, {"code": f"O-{refusal.number}"}


def _part_answered(say: Speech, _: report_parts.PartAnswered) -> Sentence:
    return say.gettext("This part of the report has been answered already. Nothing more is needed."), {}


def _too_late_to_snooze(say: Speech, refusal: snoozing.TooLateToSnooze) -> Sentence:
    text = say.gettext("The report is due before that: {moment}.\nPlease answer now.")
    return text, {"moment": say.moment(refusal.due_at, weekday=True)}


def _day_out_of_reach(say: Speech, refusal: holidays.DayOutOfReach) -> Sentence:
    text = say.gettext(
        "Only days from {first} to {last} can be corrected.\nPlease check the year and type another day."
    )
    return text, {"first": say.day(refusal.first_on), "last": say.day(refusal.last_on)}


def _no_working_day(say: Speech, _: working_days.NoWorkingDay) -> Sentence:
    return say.gettext(
        "The parties have no shared working day in the coming months.\n"
        "Please ask a secretary to check weekends and days off."
    ), {}


SENTENCES: Table = {
    errors.NotAMember: _not_a_member,
    errors.NotAllowed: _not_allowed,
    errors.PrivateOnly: _private_only,
    errors.GroupOnly: _group_only,
    errors.ChatNotBound: _chat_not_bound,
    errors.AnonymousSender: _anonymous,
    errors.InvitationInvalid: _invitation_invalid,
    errors.ButtonExpired: _button_expired,
    errors.ItemNotFound: _item_not_found,
    errors.TextTooLong: _text_too_long,
    errors.TextMissing: _text_missing,
    errors.NotAName: _not_a_name,
    errors.MixedScripts: _mixed_scripts,
    drafts.TooManyAttachments: _too_many_attachments,
    typed_values.NotADate: _not_a_date,
    typed_values.ImpossibleDate: impossible_date,
    typed_values.AmbiguousDate: _ambiguous_date,
    typed_values.UnknownZone: _unknown_zone,
    typed_values.NotHours: _not_hours,
    milestones.PercentOutOfRange: _percent_out_of_range,
    milestones.DueDateInPast: _due_in_past,
    milestones.EvidenceMissing: _evidence_missing,
    milestones.ReasonMissing: _reason_missing,
    **PLAN_SENTENCES,
    progress.UndoTooLate: _undo_too_late,
    progress.LoggedSince: _logged_since,
    progress.AlreadyUndone: _already_undone,
    obstacles.NotTheRaiser: _not_the_raiser,
    obstacles.ObstacleOver: _obstacle_over,
    report_parts.PartAnswered: _part_answered,
    snoozing.TooLateToSnooze: _too_late_to_snooze,
    holidays.DayOutOfReach: _day_out_of_reach,
    working_days.NoWorkingDay: _no_working_day,
    **roadmap_refusals.SENTENCES,
}
