"""Faults one plans ahead: the next calls of a method fail in a chosen way, before or after they took effect."""

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, Literal

from bot.sandbox.errors import ApiError

When = Literal["before", "after"]
# Pushes to a webhook meet faults under this name; what they are asked about is the update.
WEBHOOK = "webhook"
# Downloads of files likewise; what they are asked about is the path.
DOWNLOAD = "download"


@dataclass(slots=True)
class Fault:
    """
    One planned failure of the next *times* calls of *method* (None: until it is removed; of any method).

    *status* and *body* are what is answered (a str goes out as it is, a dict as JSON), or the messenger's *refusal*.
    With *reset* the connection is cut instead, with *is_silent* no answer ever comes, and of an *is_cut* answer half
    comes before the connection ends. *alter* changes the true answer. *when* says whether the call takes effect first
    (it does where its answer is altered). *delay* is waited before either. *met* counts the calls that met it.
    """

    method: str | None = None
    times: int | None = 1
    status: int = 502
    body: dict[str, Any] | str = "<html>Bad Gateway</html>"
    refusal: ApiError | None = None
    reset: bool = False
    is_silent: bool = False
    is_cut: bool = False
    alter: Callable[[dict[str, Any]], dict[str, Any]] | None = None
    when: When = "before"
    delay: float = 0.0
    only_if: Callable[[Any], bool] | None = None
    met: int = field(default=0, init=False)


class FaultPlan:
    """The failures that are still to come, in the order they were planned."""

    def __init__(self) -> None:
        self._planned: list[Fault] = []

    def add(self, fault: Fault) -> Fault:
        self._planned.append(fault)
        return fault

    def remove(self, fault: Fault) -> None:
        """End a fault; one that has passed already is as good as ended."""
        if fault in self._planned:
            self._planned.remove(fault)

    def clear(self) -> None:
        self._planned.clear()

    def take(self, method: str, params: Any) -> Fault | None:
        """The fault this call meets, if any; it is counted."""
        for fault in self._planned:
            if fault.method is not None and fault.method.lower() != method.lower():
                continue
            if fault.only_if is not None and not fault.only_if(params):
                continue
            fault.met += 1
            if fault.times is not None and fault.met >= fault.times:
                self._planned.remove(fault)
            return fault
        return None
