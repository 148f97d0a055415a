"""What parties have corrected in their calendars of holidays."""

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection, bindparam, delete, insert, select

from bot.domain.holidays import Correction
from db.models import HolidayCorrectionRow

_COLUMNS = (HolidayCorrectionRow.day, HolidayCorrectionRow.is_off, HolidayCorrectionRow.name)
_ALL = select(HolidayCorrectionRow.party_id, HolidayCorrectionRow.day, HolidayCorrectionRow.is_off).where(
    HolidayCorrectionRow.party_id.in_(bindparam("parties", expanding=True))
)
_SPAN = select(*_COLUMNS).where(
    HolidayCorrectionRow.party_id == bindparam("party"),
    HolidayCorrectionRow.day >= bindparam("first"),
    HolidayCorrectionRow.day <= bindparam("last"),
)
_OF_DAY = (HolidayCorrectionRow.party_id == bindparam("party"), HolidayCorrectionRow.day == bindparam("of_day"))
_ADD = insert(HolidayCorrectionRow)
_REMOVE = delete(HolidayCorrectionRow).where(*_OF_DAY)


class Holidays:
    """Keeps corrections, one for a party and a day."""

    def __init__(self, connection: Connection) -> None:
        self._connection = connection

    def corrected_days(self, party_ids: Sequence[int]) -> dict[int, dict[date, bool]]:
        """Give the days that each party has corrected: True is off, False is worked."""
        found: dict[int, dict[date, bool]] = {party_id: {} for party_id in party_ids}
        for party_id, day, is_off in self._connection.execute(_ALL, {"parties": list(party_ids)}):
            found[party_id][day] = is_off
        return found

    def corrections(self, party_id: int, first_on: date, last_on: date) -> dict[date, Correction]:
        """Give a party's corrections from *first_on* to *last_on* by their day."""
        rows = self._connection.execute(_SPAN, {"party": party_id, "first": first_on, "last": last_on})
        return {row.day: Correction(row.day, row.is_off, row.name) for row in rows}

    def correct(self, party_id: int, correction: Correction) -> None:
        """Keep a correction in place of what was said of the day before."""
        self.remove(party_id, correction.day)
        self._connection.execute(
            _ADD,
            {"party_id": party_id, "day": correction.day, "is_off": correction.is_off, "name": correction.name},
        )

    def remove(self, party_id: int, day: date) -> None:
        """Drop what was said of a day."""
        self._connection.execute(_REMOVE, {"party": party_id, "of_day": day})
