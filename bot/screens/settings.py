"""A person's own settings: what holds now, each with its choices, edited in place."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, time

from bot.domain.members import QuietHours
from bot.domain.readers import CalendarName, Choices, Digits, Reader, default_digits
from bot.i18n.catalogue import LANGUAGE_NAMES
from bot.i18n.cities import CITIES
from bot.i18n.clocks import local
from bot.i18n.digits import in_digits
from bot.i18n.speech import Html, Phrase, Speech, speech
from bot.screens.screen import Button, Screen, keyboard

VIEW = "settings"
AS_PARTY = "party"
ZONES_A_PAGE = 8
NO_QUIET_HOURS = QuietHours(time(0), time(0))
PRESETS = (QuietHours(time(22), time(7)), QuietHours(time(21), time(8)), QuietHours(time(23), time(6)))
_HERE = "✓ "
_TEN_DIGITS = "0123456789"

Lines = list[str | None]
Rows = list[list[Button | None]]


@dataclass(frozen=True, slots=True)
class PersonalSettings:
    """
    A person's choices, and what holds where they have made none: *calendar* and *time_zone* of their party.

    *quiet_hours* are their own, None where those of the group hold. Who is in no group has no quiet hours, for nobody
    reminds them: *group_quiet_hours* is None. *now* is UTC.
    """

    choices: Choices
    quiet_hours: QuietHours | None
    calendar: CalendarName
    time_zone: str
    now: datetime
    group_zones: tuple[str, ...] = ()
    group_quiet_hours: QuietHours | None = None
    reminder_time: time | None = None

    @property
    def has_party(self) -> bool:
        """Tell whether there is a party whose choices can be taken."""
        return self.group_quiet_hours is not None

    @property
    def zones(self) -> tuple[str, ...]:
        """The zones to choose from, those of the parties first."""
        return tuple(dict.fromkeys((*self.group_zones, *CITIES)))


def settings(reader: Reader, found: PersonalSettings, *, news: str | None = None) -> Screen:
    """Show all settings with what holds now; *news* is a line of ours above, such as that a choice was saved."""
    say = speech(reader)
    _ = say.gettext
    local_day = local(found.now, reader.time_zone).date()
    lines: Lines = [
        news,
        _("<b>Settings</b>"),
        say.line(_("Language: {language}"), language=LANGUAGE_NAMES[reader.language]),
        _followed(say, _calendar_line(say, reader), _as_party(say, found, found.choices.calendar)),
        _followed(say, _digits_line(say, reader), None if found.choices.digits else _("{setting} (as the language)")),
        _followed(say, _zone_line(say, found, reader), _as_party(say, found, found.choices.time_zone)),
        _quiet_line(say, found),
        "",
        say.line(_("So you read a date: {day}"), day=say.shared_day(local_day)),
    ]
    quiet = Button(_("Quiet hours"), "st.quiet") if found.has_party else None
    rows: Rows = [
        [Button(_("Language"), "st.language"), Button(_("Calendar"), "st.calendar")],
        [Button(_("Digits"), "st.digits"), Button(_("Time zone"), "st.zones", (0,))],
        [quiet],
    ]
    return Screen(say.page(lines), keyboard(reader, rows), view=(VIEW,))


def _followed(say: Speech, setting: Html, whom: str | None) -> Html:
    """Say of a setting whom it follows, where the person has not chosen it."""
    return say.line(whom, setting=setting) if whom else setting


def _as_party(say: Speech, found: PersonalSettings, own: str | None) -> str | None:
    # Translators: {setting} is such as “Calendar: Gregorian calendar”.
    return say.gettext("{setting} (as your party)") if found.has_party and own is None else None


def _calendar_line(say: Speech, reader: Reader) -> Html:
    return say.line(say.gettext("Calendar: {value}"), value=calendar_name(say, reader.calendar))


def _digits_line(say: Speech, reader: Reader) -> Html:
    return say.line(say.gettext("Digits: {value}"), value=_ten(reader.digits))


def _zone_line(say: Speech, found: PersonalSettings, reader: Reader) -> Html:
    return say.line(say.gettext("Time zone: {value}"), value=_zone_now(say, found, reader.time_zone))


def _quiet_line(say: Speech, found: PersonalSettings) -> Html | None:
    hours = found.quiet_hours or found.group_quiet_hours
    if hours is None:
        return None
    setting = say.line(say.gettext("Quiet hours: {value}"), value=hours_words(say, hours))
    return _followed(say, setting, None if found.quiet_hours else say.gettext("{setting} (as your group)"))


def hours_words(say: Speech, hours: QuietHours) -> Phrase:
    """Write a stretch of the day in words, or that there is none."""
    if hours.start == hours.end:
        return Phrase(say.gettext("none"))
    # Translators: of hours, such as “from 22:00 to 07:30”.
    text = say.gettext("from {start} to {end}")
    return Phrase(say.label(text, start=say.hour(hours.start), end=say.hour(hours.end)))


def calendar_name(say: Speech, calendar: CalendarName) -> Phrase:
    """Name a calendar."""
    _ = say.gettext
    return Phrase(_("Solar Hijri calendar") if calendar == "persian" else _("Gregorian calendar"))


def _ten(digits: Digits) -> Phrase:
    return Phrase(in_digits(_TEN_DIGITS, digits))


def _zone_now(say: Speech, found: PersonalSettings, zone: str) -> Phrase:
    text = say.gettext("{city}, where it is now {hour}")
    return Phrase(say.label(text, city=say.city(zone), hour=say.clock(found.now, zone, city=False)))


def language(reader: Reader) -> Screen:
    """Ask for the language."""
    say = speech(reader)
    options = [(LANGUAGE_NAMES[name], name, reader.language == name) for name in LANGUAGE_NAMES]
    return _asking(reader, [say.gettext("Please choose your language.")], options, "st.say")


def calendar(reader: Reader, found: PersonalSettings) -> Screen:
    """Ask for the calendar."""
    say = speech(reader)
    _ = say.gettext
    chosen = found.choices.calendar
    options: list[tuple[str, str, bool]] = []
    if found.has_party:
        options.append((_partys(say, calendar_name(say, found.calendar)), AS_PARTY, chosen is None))
    calendars: tuple[CalendarName, ...] = ("persian", "gregorian")
    options += [(calendar_name(say, name), name, chosen == name) for name in calendars]
    lines = [_("In which calendar would you like to read dates? The other one stands in parentheses.")]
    return _asking(reader, lines, options, "st.count")


def digits(reader: Reader, found: PersonalSettings) -> Screen:
    """Ask for the digits."""
    say = speech(reader)
    chosen = found.choices.digits
    usual = default_digits(reader.language)
    as_language = say.label(say.gettext("As the language: {digits}"), digits=_ten(usual))
    sets: tuple[Digits, ...] = ("persian", "latin")
    options = [(as_language, AS_PARTY, chosen is None), *((_ten(name), name, chosen == name) for name in sets)]
    return _asking(reader, [say.gettext("In which digits would you like to read numbers?")], options, "st.write")


def zones(reader: Reader, found: PersonalSettings, page: int, *, among: Sequence[str] = (), may_type: bool) -> Screen:
    """Ask for the time zone by its city, with the hour there; *among*: those that a typed name may mean."""
    say = speech(reader)
    _ = say.gettext
    listed = among or found.zones
    page = max(0, min(page, (len(listed) - 1) // ZONES_A_PAGE))
    shown = listed[page * ZONES_A_PAGE : (page + 1) * ZONES_A_PAGE]
    buttons = [_zone_button(say, found, zone) for zone in shown]
    rows: Rows = [list(buttons[at : at + 2]) for at in range(0, len(buttons), 2)]
    if found.has_party and not page and not among:
        label = _partys(say, say.city(found.time_zone))
        rows.insert(0, [Button(_marked(label, is_on=found.choices.time_zone is None), "st.zone", (AS_PARTY,))])
    last = (len(listed) - 1) // ZONES_A_PAGE
    rows.append(
        [
            Button(_("Previous"), "st.zones", (page - 1,)) if page else None,
            Button(_("Next"), "st.zones", (page + 1,)) if page < last else None,
        ]
    )
    rows.append([_back(say)])
    lines: Lines = [_("Which city’s clock do you live by?")]
    if among:
        lines = [_("This name may mean several places. Please choose one.")]
    if may_type:
        example = Phrase(say.city("Asia/Almaty"))
        lines.append(say.line(_("You may also type the name of a city, for example {example}."), example=example))
    return Screen(say.page(lines), keyboard(reader, rows))


def _zone_button(say: Speech, found: PersonalSettings, zone: str) -> Button:
    hour = say.hour(local(found.now, zone).time())
    label = say.label("{city} {hour}", city=say.city(zone), hour=hour)
    return Button(_marked(label, is_on=found.choices.time_zone == zone), "st.zone", (zone,))


def quiet_hours(reader: Reader, found: PersonalSettings, group_hours: QuietHours) -> Screen:
    """Ask for the quiet hours."""
    say = speech(reader)
    _ = say.gettext
    own = found.quiet_hours
    label = say.label(_("As my group: {hours}"), hours=hours_words(say, group_hours))
    options = [(label, AS_PARTY, own is None)]
    options += [(hours_words(say, hours), hours_code(hours), own == hours) for hours in _presets(own)]
    options.append((_("No quiet hours"), hours_code(NO_QUIET_HOURS), own == NO_QUIET_HOURS))
    hour = say.hour(found.reminder_time or time(9, 30))
    lines: Lines = [
        say.line(_("In which hours should no reminder come? {clock}."), clock=_zone_now(say, found, reader.time_zone)),
        say.line(_("Otherwise reminders come from {hour} on, on working days; answers come at any time."), hour=hour),
        say.line(_("You may also type them, for example {example}."), example=say.digits("22:00–07:30")),
    ]
    return _asking(reader, lines, options, "st.rest")


def _presets(own: QuietHours | None) -> Iterator[QuietHours]:
    yield from PRESETS
    if own is not None and own not in (*PRESETS, NO_QUIET_HOURS):
        yield own


def hours_code(hours: QuietHours) -> str:
    """Give how buttons name a stretch of the day."""
    return "-".join(f"{hour.hour:02}{hour.minute:02}" for hour in (hours.start, hours.end))


def _partys(say: Speech, value: str) -> str:
    return say.label(say.gettext("As my party: {value}"), value=Phrase(value))


def _marked(label: str, *, is_on: bool) -> str:
    return f"{_HERE}{label}" if is_on else label


def _asking(reader: Reader, lines: Iterable[str | None], options: Iterable[tuple[str, str, bool]], act: str) -> Screen:
    say = speech(reader)
    # A button is no part of a sentence, so it begins with a capital where letters have them.
    capital = ((label[:1].upper() + label[1:], value, is_on) for label, value, is_on in options)
    rows: Rows = [[Button(_marked(label, is_on=is_on), act, (value,))] for label, value, is_on in capital]
    rows.append([_back(say)])
    return Screen(say.page(lines), keyboard(reader, rows))


def _back(say: Speech) -> Button:
    return Button(say.gettext("Back"), "st.show")
