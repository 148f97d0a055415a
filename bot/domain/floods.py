"""How much of one person is taken, so that nobody can hold the others up."""

from datetime import timedelta

# Five a second for a whole minute: no hand types or taps so much, and ten who send as much together still leave the bot
# most of its time for the others.
MOST = 300
WINDOW = timedelta(minutes=1)
# Whoever sends less than this is not even looked at; what several processes take before one of them looks stays small.
SUSPICIOUS = MOST // 10
TELL_EVERY = timedelta(minutes=1)


def room(taken: int) -> int:
    """Tell how many more messages of a person may be taken, of whom *taken* arrived within the window."""
    return max(0, MOST - taken)
