"""How a command ends: the exit codes, and the one clear sentence of an expected error."""

import sys
from enum import IntEnum


class Ending(IntEnum):
    """Exit codes, as ``hamroh --help`` lists them."""

    DONE = 0
    REFUSED = 1
    USAGE = 2
    RUNNING = 3


class CommandError(Exception):
    """A command that cannot be done: the sentence for the terminal, and the exit code."""

    def __init__(self, sentence: str, ending: Ending = Ending.REFUSED) -> None:
        super().__init__(sentence)
        self.ending = ending


def note(text: str) -> None:
    """Say something beside the result: progress, hints. It goes to standard error, so that results can be piped."""
    print(text, file=sys.stderr, flush=True)
