"""Forgetting what nobody needs any more, a little at a time, so that nothing grows for ever and nobody waits."""

from datetime import UTC, datetime, timedelta

from db.unit_of_work import UnitOfWork
from db.upkeep import give_back, optimize, take_turn

TEXTS_KEPT = timedelta(days=7)
KEPT = timedelta(days=30)
FLOODS_KEPT = timedelta(days=1)
# So many rows change in a few milliseconds.
BATCH = 300
_DONE_UNTIL = "texts_forgotten_until"
_BEGINNING = datetime(2000, 1, 1, tzinfo=UTC)


def step(uow: UnitOfWork) -> bool:
    """
    Forget a batch: of texts older than a week, or of ids and sent messages older than a month; else give room back.

    Tell whether there is more. Of several processes one does it at a time.
    """
    if not take_turn(uow.connection):
        return False
    if _forget_texts(uow):
        return True
    if uow.inbox.forget(before=uow.now - KEPT, limit=BATCH) == BATCH:
        return True
    if uow.outbox.forget(before=uow.now - KEPT, limit=BATCH) == BATCH:
        return True
    if uow.errands.forget(before=uow.now - TEXTS_KEPT, limit=BATCH) == BATCH:
        return True
    uow.floods.forget(before=uow.now - FLOODS_KEPT)
    if give_back(uow.connection):
        return True
    optimize(uow.connection)
    return False


def _forget_texts(uow: UnitOfWork) -> bool:
    """Go on from where the last step ended, so that what was looked at is not looked at again every ten minutes."""
    before = uow.now - TEXTS_KEPT
    kept = uow.installation.value(_DONE_UNTIL)
    since = datetime.fromisoformat(kept) if kept else _BEGINNING
    if since > before:
        # The clock was ahead when that was written.
        since = _BEGINNING
    until = uow.inbox.forget_texts(since=since, before=before, limit=BATCH)
    uow.installation.remember(_DONE_UNTIL, until.isoformat())
    return until < before
