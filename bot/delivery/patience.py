"""How long the messenger is waited for: the longest wait and the rest after it stay below half a minute."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Patience:
    """
    Seconds, so that the bot heals within 30 s of the end of any fault.

    *call* bounds a call, *answer* the answer to a button, which is worth something for 10 s only. *poll* is how long
    the messenger may hold a poll, *poll_grace* what the network may take beside that. After a fault comes a *rest*,
    twice as long after each that follows, up to *longest_rest*. *flood* is how long all calls wait at most where the
    messenger refused them for their pace, whatever it says; *webhook* is how often the webhook is looked after.
    """

    call: float = 20.0
    answer: float = 4.0
    poll: int = 20
    poll_grace: float = 4.0
    rest: float = 0.3
    longest_rest: float = 5.0
    flood: float = 25.0
    webhook: float = 20.0

    def rest_after(self, faults: int) -> float:
        """Give the seconds to rest after so many faults in a row, at least one."""
        return min(self.longest_rest, self.rest * 2.0 ** min(faults - 1, 16))


PATIENCE = Patience()
