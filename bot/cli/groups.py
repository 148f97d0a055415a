"""`group create`, `group list`, `members` and `invite`: groups and the people in them."""

from argparse import Namespace
from datetime import timedelta

from bot.cli.endings import CommandError, note
from bot.cli.opening import Office, bot_username, content_of, group_of, misfits, office, settings
from bot.domain.groups import WorkingGroup
from bot.domain.invitations import LIFETIME
from bot.domain.members import Role
from bot.domain.readers import Reader
from bot.files.group_file import GroupFile, read_group_file
from bot.files.members_file import PersonInFile, read_members
from bot.files.refusals import FileRefused, Misfits
from bot.i18n.bidi import without_controls
from bot.i18n.speech import speech
from bot.screens.imports import problem_sentence
from bot.services import groups, invitations, members
from db.unit_of_work import UnitOfWork

ENGLISH = speech(Reader("en", "gregorian", "latin", "UTC"))


def refusal(path: object, error: FileRefused) -> CommandError:
    """Make the sentence of a file that cannot be read at all."""
    return CommandError(f"{path}: {without_controls(problem_sentence(error.problem, ENGLISH))}")


def create(arguments: Namespace) -> None:
    """Create a working group from its file."""
    file = _group_file(arguments)
    with office(settings()) as opened:
        if opened.act(lambda uow: uow.groups.find(file.code)) is not None:
            raise _exists(file)
        note("Looking up the public holidays of the parties' countries")
        unknown = groups.check_holidays(file, year=opened.clock.now().year)
        if unknown:
            raise CommandError(f"{arguments.file}: the public holidays of {', '.join(unknown)} are not known.")
        try:
            group = opened.act(lambda uow: groups.create(uow, file))
        except groups.GroupExists:
            raise _exists(file) from None
        missing = opened.act(lambda uow: uow.groups.empty_seats(group.id))
    parties = ", ".join(party.code for party in group.parties)
    print(f"Created {group.code}: parties {parties}; {len(file.workstreams)} workstreams.")
    _note_missing(missing)
    note(f"Next: hamroh members FILE.csv --group {group.code}")


def _exists(file: GroupFile) -> CommandError:
    return CommandError(f"There is a group “{file.code}” already; nothing was changed.")


def _group_file(arguments: Namespace) -> GroupFile:
    try:
        return read_group_file(content_of(arguments.file))
    except Misfits as error:
        raise misfits(arguments.file, error) from None
    except FileRefused as error:
        raise refusal(arguments.file, error) from None


def show(_: Namespace) -> None:
    """List the groups: code, parties, how many people have joined, name."""

    def lines(uow: UnitOfWork) -> list[str]:
        found = []
        for group in uow.groups.all():
            people = uow.members.of_group(group.id)
            joined = sum(member.has_joined for member in people)
            parties = ",".join(party.code for party in group.parties)
            found.append(f"{group.code}\t{parties}\t{joined}/{len(people)} joined\t{group.names.for_language('en')}")
        return found

    with office(settings()) as opened:
        found = opened.act(lines)
    for line in found:
        print(line)
    if not found:
        note("There is no group yet. Create one: hamroh group create FILE.toml")


def enrol(arguments: Namespace) -> None:
    """Add the people of a file and print an invitation for each who has not joined."""
    chosen = settings()
    content = content_of(arguments.file)
    with office(chosen) as opened:
        try:
            group, people = opened.act(lambda uow: _people(uow, arguments.group, content))
            username = bot_username(chosen, opened)
            codes, joined = opened.act(lambda uow: _invite_all(uow, group, people))
        except Misfits as error:
            raise misfits(arguments.file, error) from None
        except FileRefused as error:
            raise refusal(arguments.file, error) from None
        missing = opened.act(lambda uow: uow.groups.empty_seats(group.id))
    for handle, code in codes:
        print(f"{handle}\t{invitations.link(username, code)}")
    if codes:
        days = LIFETIME.days
        note(f"{len(codes)} invitations, each for one use within {days} days; the ones made for them before are void.")
    if joined:
        note(f"Joined already: {', '.join(joined)}.")
    _note_missing(missing)


def _people(uow: UnitOfWork, code: str, content: bytes) -> tuple[WorkingGroup, list[PersonInFile]]:
    group = group_of(uow, code)
    handles = [member.handle for member in uow.members.of_group(group.id)]
    return group, read_members(content, parties=[party.code for party in group.parties], handles=handles)


def _invite_all(
    uow: UnitOfWork, group: WorkingGroup, people: list[PersonInFile]
) -> tuple[list[tuple[str, str]], list[str]]:
    """Enrol the people and invite those who have not joined, in one transaction."""
    codes, joined = [], []
    for enrolment in members.enrol(uow, group, people):
        member = enrolment.member
        if member.has_joined:
            joined.append(member.handle)
            continue
        code = invitations.invite(
            uow,
            group_id=group.id,
            party_id=member.party_id,
            role=member.role,
            language=member.reader.language,
            member_id=member.id,
        )
        codes.append((member.handle, code))
    return codes, joined


def _note_missing(handles: list[str]) -> None:
    if handles:
        note(f"Named by the group's file and still missing: {', '.join(handles)}.")


def invite(arguments: Namespace) -> None:
    """Make one invitation and print its link alone on the last line."""
    chosen = settings()
    lifetime = timedelta(days=arguments.days)
    with office(chosen) as opened:
        if arguments.owner:
            username = bot_username(chosen, opened)
            code = opened.act(lambda uow: invitations.invite_owner(uow, lifetime=lifetime))
            what = "an owner of the installation; the ones made before are void"
        else:
            opened.act(lambda uow: _party_id(uow, arguments))
            username = bot_username(chosen, opened)
            code = _invite_member(opened, arguments, lifetime)
            what = f"a {arguments.role} of {arguments.party} in {arguments.group}"
    note(f"For {what}; one use, within {arguments.days} days.")
    print(invitations.link(username, code))


def _invite_member(opened: Office, arguments: Namespace, lifetime: timedelta) -> str:
    return opened.act(
        lambda uow: invitations.invite(
            uow,
            group_id=group_of(uow, arguments.group).id,
            party_id=_party_id(uow, arguments),
            role=Role(arguments.role),
            language=arguments.language,
            lifetime=lifetime,
        )
    )


def _party_id(uow: UnitOfWork, arguments: Namespace) -> int:
    group = group_of(uow, arguments.group)
    for party in group.parties:
        if party.code.casefold() == arguments.party.casefold():
            return party.id
    there = ", ".join(party.code for party in group.parties)
    raise CommandError(f"{group.code} has no party “{arguments.party}”. It is one of: {there}.")
