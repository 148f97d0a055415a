"""working_group.toml into a group's parties, rules and workstreams; every key that does not fit is named."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, time
from typing import cast

from bot.domain.groups import GroupRules, ObstacleRung, Party, Receiver, ReportingRules, ReportRung
from bot.domain.members import Names, QuietHours
from bot.domain.readers import CalendarName, Language
from bot.files.encodings import decoded
from bot.files.keys import CODE, HANDLE, KeyReader, reading
from bot.files.refusals import FileRefused, Problem

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_RECEIVERS: tuple[Receiver, ...] = ("lead", "own_secretary", "own_co_chair", "co_chairs", "owner", "secretaries")
_CALENDARS: tuple[CalendarName, ...] = ("gregorian", "persian")
_LANGUAGES: tuple[Language, ...] = ("fa", "tg", "en")
# Indicators wait for their own part of the product; the file may name them already.
_SECTIONS = ("group", "parties", "roadmap", "reporting", "obstacles", "quiet_hours", "workstreams", "indicators")


@dataclass(frozen=True, slots=True)
class WorkstreamInFile:
    """A workstream as the file names it; *handles* gives the person of each party's code."""

    code: str
    names: Names
    position: int
    core: bool
    lead_party: str
    handles: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class GroupFile:
    """A group as its file describes it. The parties' ids and group ids are 0: nothing is stored yet."""

    code: str
    names: Names
    formed_on: date | None
    roadmap_adopted_on: date | None
    rules: GroupRules
    parties: tuple[Party, ...]
    workstreams: tuple[WorkstreamInFile, ...]


def read_group_file(content: bytes) -> GroupFile:
    """
    Read a working group from TOML.

    Raises:
        FileRefused: it is not TOML in UTF-8; *line* says where it breaks.
        Misfits: keys are missing, unknown or do not hold what is expected; all of them at once.
    """
    try:
        values = tomllib.loads(decoded(content).replace("\r\n", "\n"))
    except tomllib.TOMLDecodeError as error:
        raise FileRefused(Problem("not_toml", values={"where": str(error)})) from None
    with reading(values, _SECTIONS) as file:
        return _group(file)


def _group(file: KeyReader) -> GroupFile:
    group = file.section("group", ("code", "formed_on", "roadmap_adopted_on", "locales", "names"))
    if group.has("locales"):
        group.choices("locales", _LANGUAGES)
    parties = tuple(_party(party) for party in file.sections("parties", _PARTY_KEYS, least=2))
    codes = tuple(party.code for party in parties)
    file.check_unique("parties", codes)
    workstreams = tuple(
        _workstream(each, codes=codes, position=position)
        for position, each in enumerate(file.sections("workstreams", _WORKSTREAM_KEYS, least=1), start=1)
    )
    file.check_unique("workstreams", tuple(workstream.code for workstream in workstreams))
    return GroupFile(
        code=group.matching("code", CODE),
        names=_names(group.section("names", _LANGUAGES)),
        formed_on=group.day("formed_on"),
        roadmap_adopted_on=group.day("roadmap_adopted_on"),
        rules=_rules(file),
        parties=parties,
        workstreams=tuple(sorted(workstreams, key=lambda workstream: workstream.position)),
    )


_PARTY_KEYS = (
    "code",
    "time_zone",
    "calendar",
    "weekend",
    "holidays_country",
    "office_opens",
    "office_closes",
    "lunch_from",
    "lunch_until",
    "default_language",
    "names",
    "ministry",
)
_WORKSTREAM_KEYS = ("code", "order", "core", "lead_party", "members", "names")


def _party(party: KeyReader) -> Party:
    opens, closes = party.hour("office_opens"), party.hour("office_closes")
    if opens >= closes:
        party.misfit("office_closes", "later than office_opens")
    lunch = (party.hour("lunch_from"), party.hour("lunch_until")) if party.has("lunch_from") else None
    return Party(
        id=0,
        group_id=0,
        code=party.matching("code", CODE),
        names=_names(party.section("names", _LANGUAGES)),
        ministry=_names(party.section("ministry", _LANGUAGES)),
        time_zone=party.time_zone("time_zone"),
        calendar=cast("CalendarName", party.choice("calendar", _CALENDARS)),
        weekend=frozenset(_WEEKDAYS.index(day) for day in party.choices("weekend", _WEEKDAYS) if day in _WEEKDAYS),
        holidays_country=party.country("holidays_country"),
        office_opens=opens,
        office_closes=closes,
        default_language=cast("Language", party.choice("default_language", _LANGUAGES)),
        lunch_from=lunch[0] if lunch else None,
        lunch_until=lunch[1] if lunch else None,
    )


def _workstream(workstream: KeyReader, *, codes: tuple[str, ...], position: int) -> WorkstreamInFile:
    people = workstream.section("members", codes) if workstream.has("members") else None
    handles = {code: people.matching(code, HANDLE) for code in codes if people.has(code)} if people else {}
    return WorkstreamInFile(
        code=workstream.matching("code", CODE),
        names=_names(workstream.section("names", _LANGUAGES)),
        position=workstream.whole("order", default=position, least=0),
        core=workstream.truth("core", default=False),
        lead_party=workstream.choice("lead_party", codes),
        handles=handles,
    )


def _names(names: KeyReader) -> Names:
    found = Names(**{language: names.text(language) if names.has(language) else "" for language in _LANGUAGES})
    if not (found.fa or found.tg or found.en):
        names.misfit("", "a table with a name in fa, tg or en")
    return found


def _rules(file: KeyReader) -> GroupRules:
    roadmap = file.section("roadmap", ("no_news_after_days", "undo_minutes"), optional=True)
    obstacles = file.section("obstacles", ("ladder",), optional=True)
    rungs = obstacles.sections("ladder", ("after", "after_critical", "to")) if obstacles.has("ladder") else []
    quiet = file.section("quiet_hours", ("from", "until"), optional=True)
    return GroupRules(
        reporting=_reporting(file),
        obstacle_ladder=tuple(
            ObstacleRung(
                after=rung.whole("after", least=1),
                to=_receivers(rung),
                after_critical=rung.whole("after_critical", least=1) if rung.has("after_critical") else None,
            )
            for rung in rungs
        ),
        quiet_hours=QuietHours(quiet.hour("from", default=time(20)), quiet.hour("until", default=time(8))),
        no_news_after_days=roadmap.whole("no_news_after_days", default=30, least=1),
        undo_minutes=roadmap.whole("undo_minutes", default=10, least=0),
    )


_REPORTING_KEYS = (
    "calendar",
    "period",
    "due_shared_working_day",
    "due_time",
    "due_time_zone",
    "reminder_time",
    "never_on_receivers_day_off",
    "reminders",
)


def _reporting(file: KeyReader) -> ReportingRules:
    reporting = file.section("reporting", _REPORTING_KEYS)
    if reporting.has("period"):
        reporting.choice("period", ("month",))
    rungs = tuple(_rung(rung) for rung in reporting.sections("reminders", ("rung", "offset", "to")))
    reporting.check_unique("reminders", tuple(rung.rung for rung in rungs), key_of_code="rung")
    return ReportingRules(
        calendar=cast("CalendarName", reporting.choice("calendar", _CALENDARS)),
        due_shared_working_day=reporting.whole("due_shared_working_day", least=1, most=15),
        due_time=reporting.hour("due_time"),
        due_time_zone=reporting.time_zone("due_time_zone"),
        reminder_time=reporting.hour("reminder_time"),
        never_on_receivers_day_off=reporting.truth("never_on_receivers_day_off", default=True),
        rungs=rungs,
    )


def _rung(rung: KeyReader) -> ReportRung:
    name = rung.text("rung")
    offset: int | None = None
    if name == "opens":
        if rung.has("offset"):
            rung.misfit("offset", "left out: “opens” is the first shared working day after the period")
    else:
        offset = rung.whole("offset", least=-20, most=20)
    return ReportRung(rung=name, offset=offset, to=_receivers(rung))


def _receivers(rung: KeyReader) -> tuple[Receiver, ...]:
    return cast("tuple[Receiver, ...]", rung.choices("to", _RECEIVERS))
