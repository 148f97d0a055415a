"""What can be typed, and what `--help` says of it."""

import argparse
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

from bot.cli import acts, running

EPILOG = """\
first steps:
  hamroh demo                                        try it in the browser: no token, no network
  HAMROH_TOKEN=… hamroh run                          run the bot; it prints the owner's invitation
  hamroh group create working_group.toml             create a working group from its file
  hamroh members members.csv --group IRTJ-MINING     one invitation for each person
  hamroh import roadmap.xlsx --group IRTJ-MINING --dry-run

Settings are read from the environment and from .env in this folder, with the prefix HAMROH_: TOKEN, API_URL,
DATABASE_URL, DATA_DIR, WEBHOOK_URL, WEBHOOK_SECRET, LISTEN, HEALTH_LISTEN, OPERATORS_CHAT, PROXY_URL, LOG_LEVEL,
LOG_FORMAT, SEND_RATE, IN_FLIGHT. All commands but a second `run` work while the bot runs.

exit codes: 0 done; 1 refused, nothing was changed; 2 wrong usage or settings; 3 the bot already runs; 130 interrupted
"""


def parser() -> argparse.ArgumentParser:
    """Make the parser; every command has an *act* that takes the options and gives the exit code."""
    root = argparse.ArgumentParser(
        prog="hamroh",
        description="Hamroh, the chat companion of a bilateral working group.",
        epilog=EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    root.add_argument("--version", action="version", version=f"hamroh {_version()}")
    commands = root.add_subparsers(title="commands", metavar="COMMAND", required=True)

    demo = commands.add_parser("demo", help="a local messenger in the browser with the bot and an example group")
    demo.add_argument("--port", type=int, default=8080, help="the page's port on 127.0.0.1 (default 8080)")
    demo.set_defaults(act=running.demo)

    run = commands.add_parser("run", help="run the bot until Ctrl-C; brings the database up to date first")
    run.set_defaults(act=running.run)

    migrate = commands.add_parser("migrate", help="bring the database to this version's schema")
    migrate.set_defaults(act=acts.migrate)

    _group(commands.add_parser("group", help="create and list working groups"))

    members = commands.add_parser("members", help="enrol the people of a CSV or XLSX file; prints handle<TAB>link")
    members.add_argument("file", metavar="FILE", type=Path)
    members.add_argument("--group", required=True, metavar="CODE")
    members.set_defaults(act=acts.members)

    _invite(commands.add_parser("invite", help="make an invitation; the link stands alone on the last line"))

    importing = commands.add_parser("import", help="import a roadmap from CSV or XLSX: all rows or none")
    importing.add_argument("file", metavar="FILE", type=Path)
    importing.add_argument("--group", required=True, metavar="CODE")
    importing.add_argument("--dry-run", action="store_true", help="only say what would become of each row")
    importing.set_defaults(act=acts.import_roadmap)

    schedule = commands.add_parser("schedule", help="the reminders to come, one line a message; sends nothing")
    schedule.add_argument("--at", metavar="INSTANT", help="as if it were this instant, such as 2026-12-01T04:00Z")
    schedule.add_argument("--days", type=int, default=30, metavar="N", help="how many days ahead (default 30)")
    schedule.set_defaults(act=acts.schedule)
    return root


def _group(group: argparse.ArgumentParser) -> None:
    kinds = group.add_subparsers(title="commands", metavar="COMMAND", required=True)
    create = kinds.add_parser("create", help="create a group from a TOML file")
    create.add_argument("file", metavar="FILE.toml", type=Path)
    create.set_defaults(act=acts.create_group)
    listing = kinds.add_parser("list", help="list the groups: code, people who have joined, name")
    listing.set_defaults(act=acts.list_groups)


def _invite(invite: argparse.ArgumentParser) -> None:
    invite.add_argument("--owner", action="store_true", help="for an owner of the installation; earlier ones are void")
    invite.add_argument("--group", metavar="CODE")
    invite.add_argument("--party", metavar="CODE", help="such as TJ")
    invite.add_argument("--role", choices=("member", "secretary", "co-chair", "observer"), default="member")
    invite.add_argument("--language", choices=("fa", "tg", "en"))
    invite.add_argument("--days", type=int, default=7, help="how long it is valid (default 7)")
    invite.set_defaults(act=acts.invite)


def _version() -> str:
    try:
        return version("hamroh")
    except PackageNotFoundError:
        return "(a checkout)"
