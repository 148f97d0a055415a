"""How long something waits, in the one phrase that all screens have for it."""

from bot.domain.working_days import Wait
from bot.i18n.speech import Phrase, Speech


def wait(say: Speech, waited: Wait) -> Phrase:
    """Write ``3 shared working days (12 calendar days)``."""
    # Translators: stands in parentheses after shared working days.
    calendar = say.ngettext("{count} calendar day", "{count} calendar days", waited.calendar_days)
    shared = say.ngettext(
        "{count} shared working day ({calendar_days})",
        "{count} shared working days ({calendar_days})",
        waited.shared_days,
    )
    calendar_days = Phrase(say.label(calendar, count=waited.calendar_days))
    return Phrase(say.label(shared, count=waited.shared_days, calendar_days=calendar_days))
