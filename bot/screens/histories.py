"""What became of an item, page by page: when in both calendars, who, and what was before and after."""

from collections.abc import Iterator

from bot.domain.histories import LOGGED, MOVED, PLANNED, History, PastAct
from bot.i18n.speech import Html, Phrase, Speech
from bot.screens.audience import Audience
from bot.screens.fields import changed_fields, clipped_words
from bot.screens.lists import Rows, heading, turning, zones_for
from bot.screens.screen import Button, Screen, keyboard

VIEW = "history"
MOST_FIELDS = 6
_NOTE_LIMIT = 240


def history(audience: Audience, found: History) -> Screen:
    """Show a page of what became of a milestone or obstacle."""
    subject = found.subject

    def lines(say: Speech) -> Iterator[Html | str]:
        _ = say.gettext
        yield heading(say, say.label(_("History of {code}"), code=subject.code), found.page)
        yield say.line("{title}", title=clipped_words(subject.title_for(say.language)))
        if subject.is_removed:
            yield _("It was undone and is no longer in the lists.")
        for act in found.acts:
            yield from _act_lines(say, act, found)

    card = "ms.card" if subject.kind == "M" else "ob.card"
    rows: Rows = [
        turning(audience, found.page, "hi.show", subject.kind, subject.id),
        [None if subject.is_removed else Button(subject.code, card, (subject.id,))],
    ]
    text = audience.stacked(lambda say: say.page(lines(say)))
    view = (VIEW, *audience.args(found.page.number, subject.kind, subject.id))
    return Screen(text, keyboard(audience.first, rows), view=view, about=subject.code)


def which_item(audience: Audience, typed: str) -> Screen:
    """Ask whose history is wanted."""

    def lines(say: Speech) -> Iterator[Html | str]:
        _ = say.gettext
        if typed:
            yield say.line(_("{word} is no code of a milestone or obstacle."), word=say.quote(clipped_words(typed)))
        text = _("Send the code after the command {command}, for example {code}.")
        yield say.line(text, command="/history", code="M-12")

    return Screen(audience.stacked(lambda say: say.page(lines(say))))


def _act_lines(say: Speech, act: PastAct, found: History) -> Iterator[Html | str]:
    _ = say.gettext
    yield ""
    yield say.line("<b>{moment}</b>", moment=say.shared_moment(act.at, zones_for(say, found.group)))
    yield _who_did_what(say, act, found)
    if act.is_undone:
        yield _("This was undone later.")
    fields = changed_fields(say, act, found)
    for name, before, after in fields[:MOST_FIELDS]:
        yield _field_line(say, name, before, after)
    more = len(fields) - MOST_FIELDS
    if more > 0:
        text = say.ngettext("And {count} more field", "And {count} more fields", more)
        yield say.line(text, count=more)
    if act.note:
        yield say.line("{note}", note=say.quote(clipped_words(act.note, _NOTE_LIMIT)))


def _field_line(say: Speech, name: Phrase, before: Phrase | None, after: Phrase | None) -> Html:
    _ = say.gettext
    if before is None or after is None:
        value = before or after or Phrase("")
        # Translators: a field of an item and its value.
        return say.line(_("{field}: {value}"), field=name, value=value)
    # Translators: a field of an item, its value before and after.
    text = _("{field}: {before} {arrow} {after}")
    return say.line(text, field=name, before=before, arrow=Phrase(say.arrow), after=after)


def _who_did_what(say: Speech, act: PastAct, found: History) -> Html:
    _ = say.gettext
    member = found.members.get(act.member_id) if act.member_id is not None else None
    if member is None:
        added = act.act in {PLANNED, "imported"}
        return say.line(_("Added from a file") if added else _("Changed from a file"))
    sentences = {
        PLANNED: _("Planned by {name}"),
        "imported": _("Added from a file by {name}"),
        LOGGED: _("Progress logged by {name}"),
        MOVED: _("Due date moved by {name}"),
        "undo": _("Undone by {name}"),
        "attach": _("File added by {name}"),
        "raise": _("Raised by {name}"),
        "raised": _("Raised by {name}"),
        "taken": _("Taken by {name}"),
        "waiting": _("Set to waiting by {name}"),
        "solved": _("Solution proposed by {name}"),
        "closed": _("Closed by {name}"),
        "withdrawn": _("Withdrawn by {name}"),
        "comment": _("Comment by {name}"),
    }
    text = sentences.get(act.act) or _("Changed by {name}")
    return say.line(text, name=member.name_for(say.language))
