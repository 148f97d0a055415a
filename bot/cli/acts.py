"""The commands that change or tell something and end; each is one short transaction beside a bot that may run."""

import argparse
import os
import sys
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TypeVar

from bot.cli import botname
from bot.cli.refusing import USAGE, Refused
from bot.clock import SystemClock
from bot.domain.groups import WorkingGroup
from bot.domain.members import Role
from bot.domain.readers import Reader
from bot.files.group_file import read_group_file
from bot.files.members_file import read_members
from bot.files.refusals import FileRefused, Misfits
from bot.files.roadmap_file import Outcome
from bot.i18n.bidi import without_controls
from bot.i18n.speech import speech
from bot.screens import imports as words
from bot.services import groups, imports, invitations, members as enrolling, reminders
from bot.settings import Settings
from db.database import Database
from db.migrating import migrate as walk
from db.unit_of_work import UnitOfWork

T = TypeVar("T")
OPERATOR = Reader("en", "gregorian", "latin", "UTC")


def _with_database(settings: Settings, work: Callable[[UnitOfWork], T]) -> T:
    """Do *work* in one transaction on the database of the settings, brought up to date first."""
    database = Database(settings.database_url)
    try:
        walk(database)

        def once(connection: object) -> T:
            uow = UnitOfWork(connection, 0, SystemClock().now())  # type: ignore[arg-type]
            accounts = uow.installation.accounts()
            uow.account_id = accounts[0].id if accounts else 0
            result = work(uow)
            uow.finish()
            return result

        return database.once(once)
    finally:
        database.close()


def _settings() -> Settings:
    return Settings.read(os.environ, Path(".env"))


def _group(uow: UnitOfWork, code: str) -> WorkingGroup:
    group = uow.groups.find(code)
    if group is None:
        known = ", ".join(found.code for found in uow.groups.all()) or "none yet; see hamroh group create --help"
        sentence = f"there is no group {code}. Groups: {known}."
        raise Refused(sentence)
    return group


def migrate(_: argparse.Namespace) -> int:
    """Bring the schema up to date."""
    database = Database(_settings().database_url)
    try:
        before, after = walk(database)
    finally:
        database.close()
    print(f"The schema is {after}." if before == after else f"The schema went from {before or 'nothing'} to {after}.")
    return 0


def create_group(options: argparse.Namespace) -> int:
    """Create a group from its file."""
    try:
        file = read_group_file(options.file.read_bytes())
        unknown = groups.check_holidays(file, year=SystemClock().now().year)
        if unknown:
            sentence = f"public holidays of {', '.join(unknown)} are not known; please mend holidays_country."
            raise Refused(sentence)
        group = _with_database(_settings(), lambda uow: (groups.create(uow, file), uow.groups.find(file.code))[1])
    except Misfits as misfits:
        raise _misfit(options.file, misfits) from None
    except groups.GroupExists:
        sentence = f"there is a group {file.code} already; nothing was changed."
        raise Refused(sentence) from None
    assert group is not None
    print(f"Created {group.code}: {group.names.en}.")
    waiting = _with_database(_settings(), lambda uow: uow.groups.empty_seats(group.id))
    if waiting:
        print(f"These handles wait for their people (hamroh members FILE --group {group.code}): {', '.join(waiting)}")
    return 0


def _misfit(file: Path, misfits: Misfits) -> Refused:
    lines = "\n".join(f"  {misfit.place}: expected {misfit.expected}" for misfit in misfits.misfits)
    return Refused(f"{file} cannot be used; nothing was changed.\n{lines}")


def _unreadable(refused: FileRefused) -> Refused:
    return Refused(without_controls(words.problem_sentence(refused.problem, speech(OPERATOR))))


def list_groups(_: argparse.Namespace) -> int:
    """List the groups."""

    def lines(uow: UnitOfWork) -> list[str]:
        found = []
        for group in uow.groups.all():
            people = uow.members.of_group(group.id)
            joined = sum(member.has_joined for member in people)
            found.append(f"{group.code}\t{joined} of {len(people)} have joined\t{group.names.en}")
        return found

    found = _with_database(_settings(), lines)
    print("\n".join(found) if found else "No groups yet. Create one: hamroh group create FILE.toml")
    return 0


def members(options: argparse.Namespace) -> int:
    """Enrol the people of a file; print an invitation for each who has not joined."""
    settings = _settings()
    username = botname.username(settings)

    def enrol(uow: UnitOfWork) -> tuple[list[tuple[str, str]], list[str], int]:
        group = _group(uow, options.group)
        known = [member.handle for member in uow.members.of_group(group.id)]
        people = read_members(
            options.file.read_bytes(), parties=[party.code for party in group.parties], handles=known
        )
        links = []
        joined = 0
        for enrolment in enrolling.enrol(uow, group, people):
            member = enrolment.member
            if member.has_joined:
                joined += 1
                continue
            code = invitations.invite(
                uow, group_id=group.id, party_id=member.party_id, role=member.role, member_id=member.id
            )
            links.append((member.handle, invitations.link(username, code)))
        return links, uow.groups.empty_seats(group.id), joined

    try:
        links, waiting, joined = _with_database(settings, enrol)
    except Misfits as misfits:
        raise _misfit(options.file, misfits) from None
    except FileRefused as refused:
        raise _unreadable(refused) from None
    for handle, link in links:
        print(f"{handle}\t{link}")
    _aside(f"{len(links)} invitations, each for one person and valid for 7 days.")
    if joined:
        _aside(f"{joined} had joined already and need none.")
    if waiting:
        _aside(f"Still missing in the file: {', '.join(waiting)}")
    botname.tell_if_unknown(username)
    return 0


def invite(options: argparse.Namespace) -> int:
    """Make one invitation."""
    settings = _settings()
    lifetime = timedelta(days=options.days)
    if options.days < 1:
        raise Refused("--days must be at least 1.", USAGE)
    if not options.owner and not (options.group and options.party):
        raise Refused("name --group and --party, or --owner.", USAGE)
    username = botname.username(settings)

    def make(uow: UnitOfWork) -> str:
        if options.owner:
            return invitations.invite_owner(uow, lifetime=lifetime)
        group = _group(uow, options.group)
        party = next((party for party in group.parties if party.code == options.party), None)
        if party is None:
            sentence = f"{group.code} has no party {options.party}. It has: {', '.join(p.code for p in group.parties)}."
            raise Refused(sentence)
        return invitations.invite(
            uow,
            group_id=group.id,
            party_id=party.id,
            role=Role(options.role),
            language=options.language,
            lifetime=lifetime,
        )

    code = _with_database(settings, make)
    botname.tell_if_unknown(username)
    _aside(f"For one person, valid for {options.days} days:")
    print(invitations.link(username, code))
    return 0


def import_roadmap(options: argparse.Namespace) -> int:
    """Import a roadmap, or (--dry-run) say what would become of each row."""
    content = options.file.read_bytes()
    say = speech(OPERATOR)
    _aside(f"Reading {options.file} …")

    def work(uow: UnitOfWork) -> tuple[list[str], str, bool]:
        group = _group(uow, options.group)
        preview = imports.preview(uow, group, content)
        shown = [
            f"{verdict.row}\t{verdict.outcome.value}\t{without_controls(sentence)}"
            for verdict in preview.verdicts
            if options.dry_run or verdict.outcome is Outcome.REFUSE
            for sentence in words.row_sentences(verdict, say)
        ]
        if not options.dry_run and not preview.is_refused:
            imports.carry_out(uow, group, preview)
        return shown, words.preview_sentence(preview, say), preview.is_refused

    try:
        shown, total, is_refused = _with_database(_settings(), work)
    except FileRefused as refused:
        raise _unreadable(refused) from None
    for line in shown:
        print(line)
    print(total)
    if is_refused:
        _aside("Nothing was imported: mend the refused rows and send the file again.")
    elif options.dry_run:
        _aside("This was the preview; nothing was changed.")
    return 1 if is_refused else 0


def schedule(options: argparse.Namespace) -> int:
    """Foretell the reminders; send nothing."""
    at = _instant(options.at) if options.at else SystemClock().now()
    if options.days < 1:
        raise Refused("--days must be at least 1.", USAGE)
    lines = _with_database(_settings(), lambda uow: _foretold(uow, at, options.days))
    for line in lines:
        print(line)
    if not lines:
        _aside(f"No reminder falls due in the {options.days} days from {at:%Y-%m-%dT%H:%MZ}.")
    return 0


def _foretold(uow: UnitOfWork, at: datetime, days: int) -> list[str]:
    """Give a line for each message to come: UTC instant, rung, person, both clocks, what is missing."""
    say = speech(OPERATOR)
    lines = []
    for one in reminders.forecast(uow, at, days):
        reminder, group = one.reminder, one.group
        codes = {workstream.id: workstream.code for workstream in uow.groups.workstreams(group.id)}
        parts = (*reminder.own, *reminder.stood_in, *reminder.others)
        missing = ", ".join(dict.fromkeys(codes.get(part.workstream_id, "?") for part in parts))
        clocks = say.clocks(reminder.due_at, group.time_zones)
        instant = f"{reminder.due_at:%Y-%m-%dT%H:%M:%SZ}"
        lines.append(f"{instant}\t{one.rung}\t{one.member.handle}\t{clocks}\treport {reminder.period.key}: {missing}")
    return [without_controls(line) for line in lines]


def _instant(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        sentence = f"{text} is no instant. Write it as 2026-12-01T04:00Z."
        raise Refused(sentence, USAGE) from None
    return at.astimezone(UTC) if at.tzinfo else at.replace(tzinfo=UTC)


def _aside(sentence: str) -> None:
    """Say something beside the output that a script may read."""
    print(sentence, file=sys.stderr)
