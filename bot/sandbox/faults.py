"""Faults one plans ahead: the next calls of a method fail in a chosen way, before or after they took effect."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any, Literal

When = Literal["before", "after"]


@dataclass(slots=True)
class Fault:
    """
    One planned failure of the next *times* calls of *method* (any method where it is None).

    *status* and *body* are what is answered (a str goes out as it is, a dict as JSON); with *reset* the connection is
    cut instead. *when* says whether the call takes effect first. *delay* is waited before either.
    """

    method: str | None = None
    times: int = 1
    status: int = 502
    body: dict[str, Any] | str = "<html>Bad Gateway</html>"
    reset: bool = False
    when: When = "before"
    delay: float = 0.0
    only_if: Callable[[Any], bool] | None = None


class FaultPlan:
    """The failures that are still to come, in the order they were planned."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self._planned.append(fault)
        return fault

    def clear(self) -> None:
        self._planned.clear()

    def take(self, method: str, params: Any) -> Fault | None:
        """The fault this call meets, if any; it is counted."""
        for fault in self._planned:
            if fault.method is not None and fault.method.lower() != method.lower():
                continue
            if fault.only_if is not None and not fault.only_if(params):
                continue
            fault.times -= 1
            if fault.times <= 0:
                self._planned.remove(fault)
            return fault
        return None
