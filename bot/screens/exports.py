"""Giving the roadmap out as a file: the question in which form, and the words of the files themselves."""

from datetime import date

from bot.domain.groups import WorkingGroup, Workstream
from bot.domain.milestones import Milestone
from bot.domain.readers import Reader
from bot.files.due_calendar import DueEvent
from bot.files.roadmap_columns import COLUMNS
from bot.files.roadmap_sheet import SheetWords
from bot.i18n.bidi import without_controls
from bot.i18n.speech import Phrase, Speech, speech
from bot.screens.imports import column_name
from bot.screens.milestones import state_word
from bot.screens.screen import Button, Screen, keyboard

VIEW = "export"


def choice(reader: Reader) -> Screen:
    """Ask in which form the roadmap is wanted."""
    say = speech(reader)
    _ = say.gettext
    lines = [
        say.line("<b>{title}</b>", title=Phrase(_("Roadmap as a file"))),
        _("A table can be changed in your office and sent back to this chat by a secretary."),
    ]
    rows = [
        [Button(_("Table, XLSX"), "ex.make", ("xlsx",)), Button(_("Table, CSV"), "ex.make", ("csv",))],
        [Button(_("Due dates for a calendar"), "ex.make", ("ics",))],
        [Button(_("Roadmap"), "rm.show", (1,))],
    ]
    return Screen(say.page(lines), keyboard(reader, rows), view=(VIEW,))


def caption(reader: Reader, group: WorkingGroup, today: date) -> str:
    """Say under the file what it is and of which day."""
    say = speech(reader)
    text = say.gettext("Roadmap of {group}, {day}")
    return say.page([say.line(text, group=group.names.for_language(say.language), day=say.day(today))])


def milestone_caption(reader: Reader, milestone: Milestone) -> str:
    """Say under the file whose due date it is."""
    say = speech(reader)
    text = say.gettext("Due date of {code} {title} for your calendar")
    return say.page([say.line(text, code=milestone.code, title=milestone.title_for(say.language))])


def refused_caption(reader: Reader, name: str) -> str:
    """Say under the file what it is and what to do with it."""
    say = speech(reader)
    text = say.gettext("Rows of {name} that were refused, each with the reason in its last column")
    return say.page([say.line(text, name=name)])


def reasons_heading(reader: Reader) -> str:
    """Give the heading over the reasons."""
    return speech(reader).gettext("Why the row is refused")


def on_its_way(reader: Reader) -> str:
    """Say that the file follows."""
    return speech(reader).gettext("The file follows in a moment.")


def sheet_words(reader: Reader) -> SheetWords:
    """Give the words of a roadmap sheet; days are shown in the reader's calendar too where that is another one."""
    say = speech(reader)
    _ = say.gettext
    has_own_days = reader.calendar == "persian"
    return SheetWords(
        title=_("Roadmap"),
        headings={column: column_name(column, _) for column in COLUMNS},
        state=lambda state: state_word(say, state),
        # Translators: both parties answer for the milestone.
        joint=_("Joint"),
        shown_day=(lambda day: without_controls(say.day(day, short=True))) if has_own_days else None,
        shown_heading=lambda heading: without_controls(
            say.label(_("{heading} (Solar Hijri)"), heading=Phrase(heading))
        ),
        is_right_to_left=reader.language == "fa",
    )


def calendar_title(reader: Reader, group: WorkingGroup) -> str:
    """Give the name that the calendar has where it is read."""
    say = speech(reader)
    text = say.gettext("Due dates of {group}")
    return without_controls(say.label(text, group=group.names.for_language(say.language)))


def due_event(reader: Reader, group: WorkingGroup, milestone: Milestone, workstream: Workstream) -> DueEvent:
    """Give a milestone's due date as an event in the reader's language."""
    say = speech(reader)
    return DueEvent(
        uid=f"{group.code}.{milestone.code}@hamroh",
        sequence=milestone.version,
        day=milestone.due_on,
        summary=without_controls(
            say.label(say.gettext("Due: {code} {title}"), code=milestone.code, title=milestone.title_for(say.language))
        ),
        description=_described(say, milestone, workstream),
    )


def _described(say: Speech, milestone: Milestone, workstream: Workstream) -> str:
    text = say.gettext("Workstream: {workstream}\nStatus: {state}, {percent}")
    return without_controls(
        say.label(
            text,
            workstream=workstream.names.for_language(say.language),
            state=Phrase(state_word(say, milestone.state)),
            percent=say.percent(milestone.percent),
        )
    )
