"""
The durable steps of the pipeline, each by its name: where a process may be cut off and has to lose nothing.

A running bot does nothing here. The crash-point sweep of the tests watches the steps and ends the process at each in
turn.
"""

from collections.abc import Callable

_watchers: list[Callable[[str], None]] = []


def watch(watcher: Callable[[str], None]) -> None:
    """Tell *watcher* the name of each step from now on, on the thread that takes it."""
    _watchers.append(watcher)


def reach(step: str) -> None:
    """Say that *step* has just been taken."""
    for watcher in _watchers:
        watcher(step)
