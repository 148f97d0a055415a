"""Names of files as they are kept: one line, nothing that turns the direction around it, no longer than one reads."""

from bot.i18n.bidi import without_controls
from bot.i18n.folding import keep

LONGEST = 120
_LONGEST_ENDING = 12


def file_name(name: str) -> str:
    """
    Give the name of somebody's file as it is kept and shown.

    Controls of direction are dropped, so that an ending is read where it stands. One that is too long loses its
    middle and keeps its ending.
    """
    one_line = " ".join(without_controls(keep(name)).split())
    if len(one_line) <= LONGEST:
        return one_line
    stem, dot, ending = one_line.rpartition(".")
    if not dot or len(ending) > _LONGEST_ENDING:
        return one_line[: LONGEST - 1].rstrip() + "…"
    return stem[: LONGEST - 2 - len(ending)].rstrip() + "…" + dot + ending
