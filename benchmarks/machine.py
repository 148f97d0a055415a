"""The machine that figures are of, in neutral words, with a yardstick of its speed on the day."""

import os
import platform
import statistics
import time

import psutil

_LOOPS = 200_000


def described() -> str:
    """Name the machine: cores, memory, system, Python, and how fast a core was at that hour."""
    memory = round(psutil.virtual_memory().total / 2**30)
    return (
        f"{os.cpu_count()} cores, {memory} GiB, {platform.system()}, Python {platform.python_version()}; "
        f"yardstick {yardstick():.0f} ns"
    )


def yardstick() -> float:
    """
    Give the nanoseconds of one turn of a plain Python loop: the median of many short tries.

    The same machine can be half as fast at another hour; figures of two days compare by this.
    """
    tries = []
    for _ in range(15):
        began = time.perf_counter()
        total = 0
        for number in range(_LOOPS):
            total += number * number
        tries.append((time.perf_counter() - began) / _LOOPS)
    return 1e9 * statistics.median(tries)
