"""Logging progress as people see it: the list of milestones, the form, and what was saved."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.drafts import ProgressForm
from bot.domain.milestones import Milestone, MilestoneState
from bot.domain.progress import Attachment, ProgressEntry
from bot.domain.readers import Reader
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.forms import clipped, leaving, page_of, turning
from bot.screens.milestones import STATE_ICONS, heading, state_mark
from bot.screens.screen import Button, Screen, keyboard

FORM_VIEW = "progress.form"
SAVED_VIEW = "progress"
LIST_VIEW = "progress.list"
MINE = "my"
EVERY = "all"

_PERCENTS = (0, 25, 50, 75, 100)
_STATES = (
    (MilestoneState.ON_TRACK, MilestoneState.AT_RISK),
    (MilestoneState.OFF_TRACK, MilestoneState.DONE),
    (MilestoneState.DROPPED,),
)


@dataclass(frozen=True, slots=True)
class Saved:
    """
    What an entry made of a milestone.

    *is_repeat* says that the same had been saved a moment before; *may_undo* that undo is worth offering.
    """

    milestone: Milestone
    entry: ProgressEntry
    attachments: tuple[Attachment, ...] = ()
    is_repeat: bool = False
    may_undo: bool = True


def choose_milestone(milestones: Sequence[Milestone], reader: Reader, *, scope: str, page: int) -> Screen:
    """Ask on which milestone to log: the reader's own open ones (*scope* "my") or all of the group."""
    say = speech(reader)
    rows: list[list[Button | None]] = [
        [Button(_milestone_label(say, milestone), "pr.on", (milestone.id,))] for milestone in page_of(milestones, page)
    ]
    rows.append(turning(say, act="pr.page", args=(scope,), page=page, count=len(milestones)))
    if scope == MINE:
        rows.append([Button(say.gettext("All open milestones"), "pr.page", (EVERY, 0))])
    else:
        rows.append([Button(say.gettext("My milestones"), "pr.page", (MINE, 0))])
    return Screen(
        say.page([say.line(_question(say, scope, is_empty=not milestones))]),
        keyboard(reader, rows),
        view=(LIST_VIEW, scope, page),
    )


def _question(say: Speech, scope: str, *, is_empty: bool) -> str:
    if not is_empty:
        return say.gettext("On which milestone would you like to log progress?")
    if scope == MINE:
        return say.gettext("You have no open milestone. You may log progress on any milestone of the group.")
    return say.gettext("The group has no open milestone. Plan one: /newmilestone")


def _milestone_label(say: Speech, milestone: Milestone) -> str:
    return say.label(
        "{icon} {code} {title}",
        icon=Phrase(STATE_ICONS[milestone.state]),
        code=milestone.code,
        title=clipped(milestone.title_for(say.language)),
    )


def progress_form(form: ProgressForm, milestone: Milestone, reader: Reader, *, draft_id: int) -> Screen:
    """Ask how far the milestone is or, once that is said, for a line or a file."""
    say = speech(reader)
    lines, rows = (
        _note_step(say, form, milestone, draft_id) if form.says_how_far else _percent_step(say, form, draft_id)
    )
    return Screen(
        say.page([heading(say, milestone), _stands(say, milestone), *_chosen(say, form), *_written(say, form), *lines]),
        keyboard(reader, rows),
        view=(FORM_VIEW, draft_id),
        about=milestone.code,
    )


Step = tuple[list[str], list[list[Button | None]]]


def _stands(say: Speech, milestone: Milestone) -> Html:
    text = say.gettext("Now: {percent}, {state}")
    return say.line(text, percent=say.percent(milestone.percent), state=state_mark(say, milestone.state))


def _chosen(say: Speech, form: ProgressForm) -> list[str]:
    lines: list[str] = []
    if form.percent is not None:
        lines.append(say.line(say.gettext("New percent: {percent}"), percent=say.percent(form.percent)))
    if form.state is not None:
        lines.append(say.line(say.gettext("New state: {state}"), state=state_mark(say, form.state)))
    return lines


def _written(say: Speech, form: ProgressForm) -> list[str]:
    lines: list[str] = []
    if form.note:
        lines.append(say.line(say.gettext("Note: {note}"), note=say.quote(form.note)))
    if form.attachments:
        lines.append(attachments_line(say, form.attachments))
    return lines


def attachments_line(say: Speech, attachments: Sequence[Attachment]) -> Html:
    """Count the files of an entry."""
    count = len(attachments)
    return say.line(say.ngettext("{count} attachment", "{count} attachments", count), count=count)


def _percent_step(say: Speech, form: ProgressForm, draft_id: int) -> Step:
    rows: list[list[Button | None]] = [
        [Button(say.digits(str(percent)), "pr.percent", (draft_id, percent)) for percent in _PERCENTS]
    ]
    rows += [
        [Button(state_mark(say, state), "pr.state", (draft_id, state.name.lower())) for state in states]
        for states in _STATES
    ]
    if form.note or form.attachments:
        rows.append([Button(say.gettext("Save as a comment"), "pr.save", (draft_id,))])
    rows.append(leaving(say, draft_id, back="pr.back"))
    asked = say.gettext("How far is it? Choose a percent or a state, or type both in one line: {example}")
    example = say.line(say.gettext("{percent} second part delivered"), percent=say.percent(60))
    return [say.line(asked, example=example)], rows


def _note_step(say: Speech, form: ProgressForm, milestone: Milestone, draft_id: int) -> Step:
    missing = asks_for(form)
    reopens = milestone.state is MilestoneState.DROPPED
    if reopens and not form.note:
        asked = say.gettext("Please type the reason for reopening it.")
    elif missing is MilestoneState.DONE and not form.note:
        asked = say.gettext("Please type a line of evidence: what shows that it is done?")
    elif missing is MilestoneState.DROPPED and not form.note:
        asked = say.gettext("Please type the reason for dropping it.")
    elif form.note:
        asked = say.gettext("To replace the note, type another one.")
    else:
        asked = say.gettext("Add one line, a photo, a voice message, a video or a file, or save without.")
    may_save = bool(form.note) or (missing is None and not reopens)
    save = Button(say.gettext("Save"), "pr.save", (draft_id,)) if may_save else None
    # Of what is dropped nothing is asked but why it goes on.
    return [asked], [[save], leaving(say, draft_id, back="" if reopens else "pr.back")]


def asks_for(form: ProgressForm) -> MilestoneState | None:
    """Give the state that needs words with it, if the form says one."""
    if form.state is MilestoneState.DROPPED:
        return MilestoneState.DROPPED
    is_done = form.percent == 100 or (form.percent is None and form.state is MilestoneState.DONE)
    return MilestoneState.DONE if is_done else None


def saved(result: Saved, reader: Reader) -> Screen:
    """Show what was saved: before, after and the note."""
    say = speech(reader)
    milestone, entry = result.milestone, result.entry
    rows: list[list[Button | None]] = [
        [
            Button(say.gettext("Milestone card"), "ms.card", (milestone.id,)),
            Button(say.gettext("Undo"), "pr.undo", (entry.id,)) if result.may_undo else None,
        ]
    ]
    lines = [
        say.gettext("Already saved.") if result.is_repeat else say.gettext("Saved."),
        heading(say, milestone),
        _change(say, say.percent(entry.percent_before), say.percent(entry.percent_after), bar=entry.percent_after),
        _change(say, state_mark(say, entry.state_before), state_mark(say, entry.state_after)),
        say.line("{note}", note=say.quote(entry.note)) if entry.note else None,
        attachments_line(say, result.attachments) if result.attachments else None,
    ]
    return Screen(say.page(lines), keyboard(reader, rows), view=(SAVED_VIEW, entry.id), about=milestone.code)


def _change(say: Speech, before: Phrase, after: Phrase, *, bar: int | None = None) -> Html:
    text = "{after}" if before == after else "{before} {arrow} {after}"
    if bar is not None:
        text += " {bar}"
    return say.line(text, before=before, after=after, arrow=Phrase(say.arrow), bar=say.bar(bar or 0))


def undone(milestone: Milestone, reader: Reader) -> Screen:
    """Say that the earlier state is back, and what it is."""
    say = speech(reader)
    rows = [[Button(say.gettext("Log progress"), "pr.on", (milestone.id,))]]
    lines = [say.gettext("Undone. The earlier state is back."), heading(say, milestone), _stands(say, milestone)]
    return Screen(say.page(lines), keyboard(reader, rows), view=("milestone", milestone.id), about=milestone.code)


def state_named(name: str) -> MilestoneState:
    """Give the state that a button names; raises KeyError."""
    return MilestoneState[name.upper()]


def draft_title(milestone: Milestone, reader: Reader) -> str:
    """Name an unfinished entry by its milestone."""
    say = speech(reader)
    return say.label(say.gettext("progress on {code}"), code=milestone.code)
