"""The files of an item as people see them: a page of them with who, when, name and size; and sent again."""

from collections.abc import Sequence

from bot.domain.evidence import Evidence, EvidencePage
from bot.domain.milestones import Milestone
from bot.domain.progress import Attachment
from bot.domain.readers import Reader
from bot.i18n.clocks import local
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.audience import of_person
from bot.screens.forms import page_of
from bot.screens.lists import heading, turning
from bot.screens.screen import Button, Screen, keyboard

VIEW = "evidence"

_ICONS = {
    "animation": "🎞",
    "audio": "🎵",
    "document": "📄",
    "photo": "🖼",
    "video": "🎬",
    "video_note": "🎬",
    "voice": "🎤",
}
_KILO = 1000


def evidence_page(found: EvidencePage, reader: Reader) -> Screen:
    """List a page of an item's files; each has a button that sends it again."""
    say = speech(reader)
    _ = say.gettext
    letter = found.code[:1]
    first = found.page.first_item + 1
    lines: list[str | None] = [
        heading(say, say.label(_("Evidence for {code}"), code=found.code), found.page),
        say.line("{title}", title=found.title),
    ]
    lines += [_line(say, number, one, found.authors) for number, one in enumerate(found.evidence, first)]
    if not found.evidence:
        lines.append(_("No file is on record here yet."))
        if letter == "M":
            text = _("Send one with a caption such as {example}, or in reply to the milestone’s card.")
            lines.append(say.line(text, example=f"{found.code} {say.percent(60)}"))
    rows: list[list[Button | None]] = [
        [
            Button(
                say.label("{icon} {number}", icon=Phrase(_icon(one.attachment)), number=number), "ev.send", (one.id,)
            )
            for number, one in enumerate(found.evidence, first)
            # What came with the history of a group has a name and no reference.
            if one.attachment.file_id
        ],
        [
            None if button is None else Button(button.label, "ev.list", (letter, found.item_id, *button.args))
            for button in turning(of_person(reader), found.page, "ev.list")
        ],
    ]
    view = (VIEW, letter, found.item_id, found.page.number)
    return Screen(say.page(lines), keyboard(reader, rows), view=view, about=found.code)


def which_item(milestones: Sequence[Milestone], reader: Reader) -> Screen:
    """Ask whose files are wanted, with the reader's own milestones at hand."""
    say = speech(reader)
    text = say.gettext(
        "Whose files would you like to see? Choose a milestone, or type its code after the command, such as {example}."
    )
    rows = [[Button(milestone.code, "ev.list", ("M", milestone.id, 1)) for milestone in page_of(milestones, 0)]]
    return Screen(say.page([say.line(text, example="M-12")]), keyboard(reader, rows))


def _icon(attachment: Attachment) -> str:
    return _ICONS.get(attachment.kind, _ICONS["document"])


def _line(say: Speech, number: int, one: Evidence, authors: dict[int, str]) -> Html:
    return say.line(
        "{number}. {icon} {file} · {name}, {day}",
        number=number,
        icon=Phrase(_icon(one.attachment)),
        file=file_line(say, one.attachment),
        name=authors.get(one.member_id, ""),
        day=say.day(local(one.at, say.reader.time_zone).date(), both=True),
    )


def file_line(say: Speech, attachment: Attachment) -> Html:
    """Name a file by its name, or by its kind where it has none, with its size where that is known."""
    name = attachment.name or Phrase(kind_word(say, attachment.kind))
    if attachment.size is None:
        return say.line("{name}", name=name)
    return say.line("{name} ({size})", name=name, size=size_words(say, attachment.size))


def kind_word(say: Speech, kind: str) -> str:
    """Give the word for a kind of file."""
    words = {
        "animation": say.gettext("animation"),
        "audio": say.gettext("audio recording"),
        "document": say.gettext("document"),
        "photo": say.gettext("photo"),
        "video": say.gettext("video"),
        "video_note": say.gettext("video message"),
        "voice": say.gettext("voice message"),
    }
    return words.get(kind, words["document"])


def size_words(say: Speech, size: int) -> Phrase:
    """Write a size in bytes, thousands or millions of them."""
    if size < _KILO:
        return Phrase(say.label(say.gettext("{number} bytes"), number=say.number(size)))
    if size < _KILO * _KILO:
        return Phrase(say.label(say.gettext("{number} kB"), number=say.number(round(size / _KILO))))
    return Phrase(say.label(say.gettext("{number} MB"), number=say.number(round(size / _KILO / _KILO, 1))))


def caption(code: str, attachment: Attachment, reader: Reader) -> str:
    """Give what stands under a file that is sent again."""
    say = speech(reader)
    return say.page([say.line("<b>{code}</b> {file}", code=code, file=file_line(say, attachment))])


def lost(code: str, attachment: Attachment, reader: Reader) -> Screen:
    """Say that the messenger gives a file no more."""
    say = speech(reader)
    text = say.gettext(
        "{code}: the messenger no longer gives out the file {file}.\nPlease ask who brought it to send it once more."
    )
    return Screen(say.page([say.line(text, code=code, file=file_line(say, attachment))]), about=code)
