"""What can be typed on the command line, and the help for it."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace, RawDescriptionHelpFormatter, _SubParsersAction
from collections.abc import Callable
from datetime import UTC, datetime
from importlib import metadata
from pathlib import Path

Act = Callable[[Namespace], None]

# Years of both calendars for which holidays can be told.
_MONTH = re.compile("(?:1[34]|19|20)[0-9]{2}-(?:0[1-9]|1[0-2])", re.ASCII)

_OVERVIEW = """\
Hamroh, the chat companion of a bilateral working group.

first steps:
  hamroh demo                                         try it in the browser, with no token and no network
  hamroh run                                          run the bot (HAMROH_TOKEN in .env or the environment)
  hamroh group create working_group.toml              create a working group
  hamroh members members.csv --group IRTJ-MINING      add its people and print an invitation for each
  hamroh import roadmap.xlsx --group IRTJ-MINING --dry-run

All commands but `copy` and a second `run` work while the bot runs, and the bot sees at once what they change.
"""

_EXIT_CODES = """\
exit codes:
  0  done
  1  refused: the input does not fit, or what was asked for cannot be had; nothing was changed
  2  the command line or a setting is wrong
  3  the bot is running on this database already

settings (environment, or .env in the current directory; prefix HAMROH_):
  TOKEN           the bot's token
  API_URL         the messenger's address (https://api.telegram.org)
  DATABASE_URL    the database: a SQLite file (in DATA_DIR), or postgresql://user:password@host/database
  DATABASE_DIRECT_URL  the way to that PostgreSQL past a proxy that pools its connections
  DATA_DIR        where data lie (./data)
  WEBHOOK_URL     receive updates there instead of polling; needs WEBHOOK_SECRET
  WEBHOOK_SECRET  what the messenger proves itself with
  LISTEN          where the webhook listens (127.0.0.1:8443)
  HEALTH_LISTEN   where the health pages listen (nowhere)
  OPERATORS_CHAT  the chat that is told of errors
  PROXY_URL       a proxy for the way to the messenger
  LOG_LEVEL       DEBUG, INFO, WARNING or ERROR (INFO)
  LOG_FORMAT      console or json (console)
  SEND_RATE       messages a second in all (28); 0 switches the limiter off
  IN_FLIGHT       deliveries at the same time (32)
"""

_COPY = """\
From a SQLite file to a PostgreSQL database, or back; all or nothing. The bot has to be stopped, the source at this
version's schema (hamroh migrate) and the target empty. Rows are counted and summed up on both sides and compared. The
source stays as it is. What was pending is worked off, and what was owed is sent, by the next run on the target.

example:
  hamroh copy --from sqlite:///data/hamroh.db --to postgresql://hamroh:secret@127.0.0.1/hamroh
"""

_GROUP_FILE = """\
The file names the group's parties, their time zones, calendars, weekends and office hours, the rules of reporting and
the workstreams with the handles of their people, who need not exist yet. Keys that do not fit are named, all at once.

example:
  hamroh group create working_group.toml
"""

_MEMBERS = """\
FILE is a CSV in UTF-8 with the columns member, party, role, and as far as known name_fa, name_tg, name_en, language,
calendar, digits, time_zone, quiet_from, quiet_until, away_from, away_until, deputy. Roles are member, secretary,
co-chair and observer. The people appear by name at once; each is linked to an account by using the invitation. One line
is printed for each who has not joined: handle, tab, link. The same file again makes fresh links and voids the ones
before.

example:
  hamroh members members.csv --group IRTJ-MINING > links.tsv
"""

_INVITE = """\
Prints the deep link alone on the last line. It can be used once, and expires. Where the bot's name cannot be had, a
/start line is printed instead, to be sent to the bot.

examples:
  hamroh invite --group IRTJ-MINING --party TJ --role secretary --language tg
  hamroh invite --owner
"""

_IMPORT = """\
FILE is a CSV in UTF-8 or an XLSX workbook with the columns workstream, title and due, and as far as known id,
responsible, lead, counterpart, start, measurable_result, percent, state, evidence, reason. Headings, states, names
and dates are read in Persian, Tajik and English, dates in both calendars. Rows are added, or change the milestone with
their id (in a file without ids: with their title); the same file again changes nothing. All or nothing: if one row is
refused, each refusal is listed with its reason and nothing is imported.

examples:
  hamroh import roadmap.xlsx --group IRTJ-MINING --dry-run
  hamroh import roadmap.xlsx --group IRTJ-MINING
"""

_EXPORT = """\
The ending of FILE says what is written: .xlsx and .csv have a row for each milestone, with the columns and the words
that the import reads, so that the file can be changed and imported; .ics has the due dates for a calendar. Dates are
ISO, beside them those of the Solar Hijri calendar where it is the chosen one. No cell holds a formula.

examples:
  hamroh export roadmap.xlsx --group IRTJ-MINING --language fa
  hamroh export due.ics --group IRTJ-MINING
"""

_SCHEDULE = """\
One line a message, in order of time: the UTC instant, the rung, the person, both clocks, what is missing; separated by
tabs. Nothing is sent. It is what will go if nobody answers.

examples:
  hamroh schedule
  hamroh schedule --at 2026-12-01T00:00:00Z --days 14
"""


_CALENDAR = """\
One line a month of the group's reporting calendar, under a heading, separated by tabs: the month, its shared working
days, when the report on it falls due (both calendars, both clocks), and each party's public holidays with what its
secretaries have corrected. Dates that depend on the moon are marked as estimated.

examples:
  hamroh calendar --group IRTJ-MINING
  hamroh calendar --group IRTJ-MINING --from 2024-01 --to 2030-12 --language tg
"""


def parser(acts: dict[str, Act]) -> ArgumentParser:
    """Make the parser; *acts* gives the function of each command by its words."""
    top = ArgumentParser(
        prog="hamroh",
        description=_OVERVIEW,
        epilog=_EXIT_CODES,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    top.add_argument("--version", action="version", version=f"hamroh {_version()}")
    commands = top.add_subparsers(metavar="COMMAND", required=True)
    demo = _command(commands, "demo", "try it in the browser, with an example group", acts["demo"])
    demo.add_argument("--port", type=_port, default=8080, help="where the page is served on 127.0.0.1 (8080)")
    _command(commands, "run", "run the bot until Ctrl-C", acts["run"])
    _command(commands, "migrate", "bring the database to this version", acts["migrate"])
    moving = _command(commands, "copy", "move everything to another database", acts["copy"], _COPY)
    moving.add_argument("--from", dest="source", metavar="URL", required=True, help="where everything is")
    moving.add_argument("--to", dest="target", metavar="URL", required=True, help="an empty database, or a new file")
    group = commands.add_parser("group", help="create and list working groups", allow_abbrev=False)
    of_groups = group.add_subparsers(metavar="COMMAND", required=True)
    create = _command(of_groups, "create", "create a working group from its file", acts["group create"], _GROUP_FILE)
    create.add_argument("file", metavar="FILE.toml", type=Path)
    _command(of_groups, "list", "list the groups: code, parties, people, name", acts["group list"])
    _add_people(commands, acts)
    _add_roadmap(commands, acts)
    _add_calendar(commands, acts)
    return top


def _add_people(commands: "_SubParsersAction[ArgumentParser]", acts: dict[str, Act]) -> None:
    members = _command(commands, "members", "add people and print their invitations", acts["members"], _MEMBERS)
    members.add_argument("file", metavar="FILE", type=Path)
    members.add_argument("--group", metavar="CODE", required=True)
    invite = _command(commands, "invite", "make one invitation", acts["invite"], _INVITE)
    for_whom = invite.add_mutually_exclusive_group(required=True)
    for_whom.add_argument("--owner", action="store_true", help="an owner of the installation")
    for_whom.add_argument("--group", metavar="CODE", help="somebody of a working group; needs --party and --role")
    invite.add_argument("--party", metavar="CODE", help="such as TJ")
    invite.add_argument("--role", choices=("member", "secretary", "co-chair", "observer"))
    invite.add_argument("--language", choices=("fa", "tg", "en"), help="(the party's)")
    invite.add_argument("--days", type=_days, default=7, help="until it expires (7)")


def _add_roadmap(commands: "_SubParsersAction[ArgumentParser]", acts: dict[str, Act]) -> None:
    imports = _command(commands, "import", "import a roadmap from CSV or XLSX", acts["import"], _IMPORT)
    imports.add_argument("file", metavar="FILE", type=Path)
    imports.add_argument("--group", metavar="CODE", required=True)
    imports.add_argument("--dry-run", action="store_true", help="list what each row would do, and do nothing")
    exports = _command(commands, "export", "write the roadmap as XLSX, CSV or due dates", acts["export"], _EXPORT)
    exports.add_argument("file", metavar="FILE", type=Path)
    exports.add_argument("--group", metavar="CODE", required=True)
    exports.add_argument("--language", choices=("fa", "tg", "en"), default="en", help="of headings and states (en)")
    exports.add_argument("--calendar", choices=("persian", "gregorian"), help="(that of the language)")
    schedule = _command(commands, "schedule", "list the reminders of the coming days", acts["schedule"], _SCHEDULE)
    schedule.add_argument("--at", metavar="INSTANT", type=_instant, help="begin there, such as 2026-12-01T00:00Z (now)")
    schedule.add_argument("--days", type=_days, default=31, help="how many (31)")


def _add_calendar(commands: "_SubParsersAction[ArgumentParser]", acts: dict[str, Act]) -> None:
    calendar = _command(
        commands, "calendar", "list shared working days, days off and report due days", acts["calendar"], _CALENDAR
    )
    calendar.add_argument("--group", metavar="CODE", required=True)
    calendar.add_argument("--from", dest="first", metavar="MONTH", type=_month, help="such as 2026-11 (this month)")
    calendar.add_argument("--to", dest="last", metavar="MONTH", type=_month, help="the last one (a year in all)")
    calendar.add_argument("--language", choices=("fa", "tg", "en"), default="en", help="of names and dates (en)")


def _command(
    commands: "_SubParsersAction[ArgumentParser]", name: str, line: str, act: Act, more: str = ""
) -> ArgumentParser:
    command = commands.add_parser(
        name,
        help=line,
        description=f"{line[0].upper()}{line[1:]}.",
        epilog=more or None,
        formatter_class=RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    command.set_defaults(act=act, parser=command)
    return command


def _version() -> str:
    try:
        return metadata.version("hamroh")
    except metadata.PackageNotFoundError:
        return "of a checkout that is not installed"


def _port(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 0 < int(text) < 65536:
        raise ArgumentTypeError(f"{text} is not a port (1 to 65535)")
    return int(text)


def _days(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 366:
        raise ArgumentTypeError(f"{text} is not a number of days (1 to 366)")
    return int(text)


def _month(text: str) -> str:
    if not _MONTH.fullmatch(text):
        raise ArgumentTypeError(f"{text} is not a month of the group's calendar, such as 2026-11 or 1405-09")
    return text


def _instant(text: str) -> datetime:
    refusal = ArgumentTypeError(f"{text} is not an instant with its time zone, such as 2026-12-01T09:30+05:00")
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise refusal from None
    if at.tzinfo is None:
        raise refusal
    return at.astimezone(UTC)
