"""members.csv into people of a group; what the bot may not store, such as organisations, is not even read."""

from collections.abc import Callable, Collection
from dataclasses import dataclass
from datetime import date, time
from typing import TypeVar, cast

from bot.domain.members import Names, QuietHours, Role
from bot.domain.readers import CalendarName, Digits, Language
from bot.domain.texts import NAME_LIMIT
from bot.files import tables
from bot.files.keys import HANDLE, is_time_zone
from bot.files.refusals import Misfit, Misfits
from bot.files.tables import Row
from bot.i18n.digits import normalise
from bot.i18n.folding import correct_title

T = TypeVar("T")

_NEEDED = ("member", "party", "role")
_LANGUAGES: tuple[Language, ...] = ("fa", "tg", "en")
_CALENDARS: tuple[CalendarName, ...] = ("persian", "gregorian")
_DIGITS: tuple[Digits, ...] = ("persian", "latin")


@dataclass(frozen=True, slots=True)
class AbsenceInFile:
    """Days away, both ends included, and the handle of who stands in, if anybody."""

    first_on: date
    last_on: date
    deputy: str


@dataclass(frozen=True, slots=True)
class PersonInFile:
    """
    A person as the file names them; None is left to the party's choice.

    *sandbox_user_id* is the person's number in the local messenger of the demo.
    """

    handle: str
    party: str
    role: Role
    names: Names
    language: Language | None
    calendar: CalendarName | None
    digits: Digits | None
    time_zone: str | None
    quiet_hours: QuietHours | None
    absence: AbsenceInFile | None
    sandbox_user_id: int | None


def read_members(content: bytes, *, parties: Collection[str], handles: Collection[str] = ()) -> list[PersonInFile]:
    """
    Read people from a CSV (or XLSX) file, for a group with the *parties* of these codes and known *handles*.

    Raises:
        FileRefused: the file as a whole cannot be read.
        Misfits: cells that do not hold what is expected, all of them at once.
    """
    rows = tables.read(content)
    places = {cell.text.casefold(): place for place, cell in enumerate(rows[0].cells) if cell.text}
    missing = [name for name in _NEEDED if name not in places]
    if missing:
        raise Misfits((Misfit("row 1", f"the columns' names, with {', '.join(missing)} among them"),))
    misfits: list[Misfit] = []
    readers = [_PersonReader(row, places, misfits) for row in rows[1:] if not row.is_blank]
    people = [reader.person(parties) for reader in readers]
    known = {*handles, *(person.handle for person in people)}
    for reader, person in zip(readers, people, strict=True):
        reader.check_deputy(person, known)
    _check_unique(readers, people, misfits)
    if misfits:
        raise Misfits(tuple(misfits))
    return people


def _check_unique(readers: "list[_PersonReader]", people: list[PersonInFile], misfits: list[Misfit]) -> None:
    seen: set[str] = set()
    for reader, person in zip(readers, people, strict=True):
        if person.handle and person.handle in seen:
            misfits.append(
                Misfit(reader.place("member"), f"different from the others; “{person.handle}” is there twice")
            )
        seen.add(person.handle)


class _PersonReader:
    """One row; a cell that does not fit is noted, and reading goes on with a stand-in that nobody will see."""

    def __init__(self, row: Row, places: dict[str, int], misfits: list[Misfit]) -> None:
        self._row = row
        self._places = places
        self._misfits = misfits

    def place(self, column: str) -> str:
        """Name a cell."""
        return f"row {self._row.number}, {column}"

    def person(self, parties: Collection[str]) -> PersonInFile:
        """Read the row."""
        names = Names(fa=self._name("fa"), tg=self._name("tg"), en=self._name("en"))
        if not (names.fa or names.tg or names.en):
            self._note("name_en", "a name in at least one of name_fa, name_tg, name_en")
        return PersonInFile(
            handle=self._needed("member", _handle, HANDLE.expected),
            party=self._needed("party", _one_of(tuple(parties)), f"one of {', '.join(parties)}"),
            role=Role(self._needed("role", _one_of(tuple(Role)), f"one of {', '.join(Role)}") or Role.MEMBER),
            names=names,
            language=cast("Language | None", self._choice("language", _LANGUAGES)),
            calendar=cast("CalendarName | None", self._choice("calendar", _CALENDARS)),
            digits=cast("Digits | None", self._choice("digits", _DIGITS)),
            time_zone=self._read("time_zone", _zone, "the name of a time zone, such as Asia/Dushanbe"),
            quiet_hours=self._quiet_hours(),
            absence=self._absence(),
            sandbox_user_id=self._read("sandbox_user_id", _user_id, "a positive number"),
        )

    def check_deputy(self, person: PersonInFile, known: set[str]) -> None:
        """Note a deputy who is nobody, or the person."""
        deputy = person.absence.deputy if person.absence else ""
        if deputy and (deputy not in known or deputy == person.handle):
            self._note("deputy", "the handle of somebody else in the group")

    def _text(self, column: str) -> str:
        return self._row.cell(self._places.get(column)).text

    def _note(self, column: str, expected: str) -> None:
        self._misfits.append(Misfit(self.place(column), expected))

    def _read(self, column: str, parse: Callable[[str], T], expected: str) -> T | None:
        text = self._text(column)
        if not text:
            return None
        try:
            return parse(text)
        except ValueError:
            self._note(column, expected)
            return None

    def _needed(self, column: str, parse: Callable[[str], str], expected: str) -> str:
        if not self._text(column):
            self._note(column, expected)
            return ""
        return self._read(column, parse, expected) or ""

    def _choice(self, column: str, choices: tuple[str, ...]) -> str | None:
        return self._read(column, _one_of(choices), f"one of {', '.join(choices)}, or nothing")

    def _name(self, language: Language) -> str:
        column = f"name_{language}"
        name = correct_title(self._text(column), language)
        if len(name) > NAME_LIMIT:
            self._note(column, f"a name of at most {NAME_LIMIT} characters")
        return name

    def _quiet_hours(self) -> QuietHours | None:
        hour = "an hour such as 20:00"
        start = self._read("quiet_from", _hour, hour)
        end = self._read("quiet_until", _hour, hour)
        if bool(self._text("quiet_from")) != bool(self._text("quiet_until")):
            self._note("quiet_until", "given together with quiet_from")
        return QuietHours(start, end) if start is not None and end is not None else None

    def _absence(self) -> AbsenceInFile | None:
        first, last = self._day("away_from"), self._day("away_until")
        if bool(self._text("away_from")) != bool(self._text("away_until")):
            self._note("away_until", "given together with away_from")
        if first is None or last is None:
            return None
        if last < first:
            self._note("away_until", "not before away_from")
        return AbsenceInFile(first, last, self._text("deputy"))

    def _day(self, column: str) -> date | None:
        cell = self._row.cell(self._places.get(column))
        return cell.day or self._read(column, _iso_day, "a day such as 2026-10-31")


def _handle(text: str) -> str:
    if not HANDLE.regex.fullmatch(text):
        raise ValueError(text)
    return text


def _one_of(choices: tuple[str, ...]) -> Callable[[str], str]:
    def choose(text: str) -> str:
        if text not in choices:
            raise ValueError(text)
        return text

    return choose


def _zone(text: str) -> str:
    if not is_time_zone(text):
        raise ValueError(text)
    return text


def _hour(text: str) -> time:
    hours, _, minutes = normalise(text).partition(":")
    return time(int(hours), int(minutes.removesuffix(":00") or "x"))


def _iso_day(text: str) -> date:
    return date.fromisoformat(normalise(text))


def _user_id(text: str) -> int:
    number = int(normalise(text))
    if number <= 0:
        raise ValueError(text)
    return number
