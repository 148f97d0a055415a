"""A roadmap file that was sent to the bot: how far it is, what each of its rows would do, and what became of it."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.domain.readers import Reader
from bot.domain.summaries import Page
from bot.files.kept_verdicts import KeptVerdict
from bot.files.refusals import Problem
from bot.files.roadmap_file import Outcome
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.audience import of_person
from bot.screens.imports import column_name, counts_sentence, problem_sentence, row_sentences
from bot.screens.lists import heading, turning
from bot.screens.screen import Button, Screen, keyboard

VIEW = "import"
# A row may be refused for ten reasons; a page of five such rows must fit into one message.
_MOST_REASONS = 3
_MOST_TITLE = 60
_FIELDS = {
    "titles": ("title_en", "title_fa", "title_tg"),
    "workstream_id": ("workstream",),
    "responsible_party_id": ("responsible",),
    "lead_id": ("lead",),
    "counterpart_id": ("counterpart",),
    "start_on": ("start",),
    "due_on": ("due",),
}


@dataclass(frozen=True, slots=True)
class ShownImport:
    """
    A file with what is to be said of it; *counts* of its rows by outcome, *seen* the number of this preview.

    *ignored* are headings that mean nothing; *has_changed* says that an earlier preview was true no longer.
    """

    id: int
    name: str
    seen: int
    counts: Mapping[str, int]
    ignored: Sequence[str] = ()
    has_changed: bool = False

    def count(self, *outcomes: Outcome) -> int:
        """Count the rows with one of some outcomes."""
        return sum(self.counts.get(outcome.value, 0) for outcome in outcomes)


def fetching(reader: Reader, name: str) -> Screen:
    """Say that the file is on its way."""
    return _line(reader, speech(reader).gettext("The file {name} is being fetched."), name=name)


def reading(reader: Reader, name: str, *, done: int = 0, total: int = 0) -> Screen:
    """Say that the file is being read, and how far that is."""
    say = speech(reader)
    if not total:
        return _line(reader, say.gettext("The file {name} is being read."), name=name)
    text = say.gettext("The file {name} is being read: {done} of {total} rows.")
    return Screen(say.page([say.line(text, name=name, done=say.number(done), total=say.number(total))]))


def writing(reader: Reader, name: str) -> Screen:
    """Say that the roadmap is becoming what the file says."""
    return _line(reader, speech(reader).gettext("The roadmap is being changed as the file {name} says."), name=name)


def preview(reader: Reader, shown: ShownImport, lines: Sequence[KeptVerdict], page: Page) -> Screen:
    """List a page of rows with what becomes of each; the refused ones come first."""
    say = speech(reader)
    is_refused = shown.count(Outcome.REFUSE) > 0
    has_news = shown.count(Outcome.ADD, Outcome.CHANGE) > 0
    audience = of_person(reader)

    def said() -> Iterator[Html | str]:
        yield heading(say, say.label("{name}", name=shown.name), page)
        if shown.has_changed:
            yield say.gettext(
                "The roadmap has changed since the last preview, so nothing was imported. "
                "This is what the file would do now."
            )
        yield counts_sentence(shown.counts, say)
        yield _what_next(say, is_refused=is_refused, has_news=has_news)
        if shown.ignored and page.number == 1:
            names = say.enumeration(_cut(name) for name in shown.ignored[:10])
            yield say.line(say.gettext("Columns that are not known here and are left out: {columns}."), columns=names)
        for line in lines:
            yield from _row(say, line)

    confirm = Button(say.gettext("Confirm"), "im.ok", (shown.id, shown.seen))
    refused = Button(say.gettext("Refused rows as a file"), "im.bad", (shown.id,))
    rows: list[list[Button | None]] = [
        [confirm if has_news and not is_refused else None, refused if is_refused else None],
        turning(audience, page, "im.page", shown.id),
        [Button(say.gettext("Cancel"), "im.no", (shown.id,))],
    ]
    return Screen(say.page(said()), keyboard(reader, rows), view=(VIEW, shown.id, page.number))


def _what_next(say: Speech, *, is_refused: bool, has_news: bool) -> str:
    if is_refused:
        return say.gettext(
            "Nothing can be imported while a row is refused. Please mend the refused rows and send the file again."
        )
    if has_news:
        return say.gettext("Nothing has been imported yet. Please look through the rows and confirm.")
    return say.gettext("There is nothing to import: the roadmap is already as the file says.")


def _row(say: Speech, line: KeptVerdict) -> Iterator[Html]:
    verdict = line.verdict
    if verdict.outcome is Outcome.REFUSE:
        for problem, sentence in list(zip(verdict.problems, row_sentences(verdict, say), strict=True))[:_MOST_REASONS]:
            # Translators: a row of a file and the heading of a column; then why its cell is refused.
            text = say.gettext("❌ Row {row}, {column}: {sentence}")
            if not problem.column:
                text = say.gettext("❌ Row {row}: {sentence}")
            yield say.line(text, row=verdict.row, column=problem.column, sentence=Phrase(sentence))
        return
    if verdict.outcome is Outcome.CHANGE:
        # Translators: a row of a file, the milestone that it changes, and the names of what changes.
        text = say.gettext("✏️ Row {row}, {code} {title}. Will change: {fields}.")
        yield say.line(
            text, row=verdict.row, code=_code(line), title=_cut(line.title), fields=_fields(say, verdict.changes)
        )
        return
    [sentence] = row_sentences(verdict, say)
    if not line.title:
        yield say.line(say.gettext("▫️ Row {row}: {sentence}"), row=verdict.row, sentence=Phrase(sentence))
    elif verdict.outcome is Outcome.ADD:
        text = say.gettext("➕ Row {row}, {title}. {sentence}")
        yield say.line(text, row=verdict.row, title=_cut(line.title), sentence=Phrase(sentence))
    else:
        text = say.gettext("▫️ Row {row}, {title}. {sentence}")
        yield say.line(text, row=verdict.row, title=_cut(line.title), sentence=Phrase(sentence))


def _fields(say: Speech, changes: Sequence[str]) -> Phrase | Html:
    columns = [column for change in changes for column in _FIELDS.get(change, (change,))]
    return say.enumeration(Phrase(column_name(column, say.gettext)) for column in columns)


def _code(line: KeptVerdict) -> str:
    return f"M-{line.number}" if line.number else ""


def _cut(text: str) -> str:
    return text if len(text) <= _MOST_TITLE else f"{text[: _MOST_TITLE - 1]}…"


def imported(reader: Reader, shown: ShownImport) -> Screen:
    """Say that the roadmap is now as the file says."""
    say = speech(reader)
    text = say.gettext("The file {name} has been imported. Added: {added}. Changed: {changed}.")
    added, changed = shown.count(Outcome.ADD), shown.count(Outcome.CHANGE)
    line = say.line(text, name=shown.name, added=say.number(added), changed=say.number(changed))
    rows = keyboard(reader, [[Button(say.gettext("Roadmap"), "rm.show", (1,))]])
    return Screen(say.page([line]), rows, view=(VIEW, shown.id, 1))


def dropped(reader: Reader, name: str) -> Screen:
    """Say that nothing came of the file."""
    return _line(reader, speech(reader).gettext("The import of {name} was cancelled; nothing was changed."), name=name)


def refused(reader: Reader, name: str, problem: Problem) -> Screen:
    """Say why the file as a whole cannot be read, and what to do."""
    say = speech(reader)
    sentence = Phrase(problem_sentence(problem, say))
    lines = [say.line("<b>{name}</b>", name=name), say.line("{sentence}", sentence=sentence)]
    return Screen(say.page(lines))


def not_fetched(reader: Reader, name: str) -> Screen:
    """Say that the messenger did not give the file."""
    text = speech(reader).gettext("The file {name} could not be fetched from the messenger. Please send it again.")
    return _line(reader, text, name=name)


def not_entitled(reader: Reader) -> Screen:
    """Say who may import."""
    say = speech(reader)
    text = say.gettext(
        "Only a secretary can import a roadmap from a file.\nPlease give the file to a secretary of your side."
    )
    return Screen(say.page([text]))


def _line(reader: Reader, text: str, *, name: str) -> Screen:
    say = speech(reader)
    return Screen(say.page([say.line(text, name=name)]))
