"""Runs a command of the command line and turns how it ended into an exit code."""

import os
import sys
from argparse import Namespace
from collections.abc import Callable, Sequence
from importlib import import_module

from bot.cli.endings import CommandError, Ending
from bot.cli.parser import parser

# Loaded when the command is known: --help should not wait for what it does not need.
_ACTS = {
    "demo": "running.demo",
    "run": "running.run",
    "migrate": "running.migrate",
    "copy": "moving.move",
    "group create": "groups.create",
    "group list": "groups.show",
    "members": "groups.enrol",
    "invite": "groups.invite",
    "import": "roadmaps.read_roadmap",
    "export": "roadmaps.write_roadmap",
    "schedule": "roadmaps.schedule",
    "calendar": "calendars.show",
}


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; give its exit code."""
    chosen = parser({words: _loaded_late(place) for words, place in _ACTS.items()}).parse_args(arguments)
    if "owner" in chosen and not chosen.owner and not (chosen.party and chosen.role):
        chosen.parser.error("--group needs --party and --role")
    try:
        chosen.act(chosen)
    except CommandError as error:
        print(error, file=sys.stderr)
        return error.ending
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Who reads the output has seen enough; the interpreter must not complain of it while it ends.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return Ending.DONE


def _loaded_late(place: str) -> Callable[[Namespace], None]:
    module, _, name = place.partition(".")

    def act(chosen: Namespace) -> None:
        getattr(import_module(f"bot.cli.{module}"), name)(chosen)

    return act


if __name__ == "__main__":
    sys.exit(main())
