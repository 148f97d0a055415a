"""Which crash points there are, as an undisturbed run tells them, and how few runs visit all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from tests.faults.lives import Life
from tests.faults.scenario import Act
from tests.faults.sweeping import Death, Ends

# Once every few seconds, whatever else happens: points only where an act waits for them.
_BY_TIME = ("schedule.", "start.")
# Where a life ends first when the next one is to be ended while it takes up what was left: something has just been sent
# and is not settled, more waits, and the update is done.
PIVOT = "delivery.called.sendMessage"


@dataclass(frozen=True)
class Point:
    """A step in an act; *after* are the steps of the same act at which earlier lives end first."""

    act: str
    step: str
    after: tuple[str, ...] = ()


def points(acts: Sequence[Act], lives: Sequence[Life]) -> list[Point]:
    """Give the steps of an undisturbed run, each once an act, in the order in which they were taken."""
    found: dict[Point, None] = {}
    for life in lives:
        for number, step in life.reached:
            if not acts[number].leads and (acts[number].while_down or not step.startswith(_BY_TIME)):
                found[Point(acts[number].name, step)] = None
    return list(found)


def of_recovery(acts: Sequence[Act], lives: Sequence[Life], deaths: Sequence[Death]) -> list[Point]:
    """Give the steps that were taken by lives which began with what the one before had left."""
    ended_in = {death.act for death in deaths if death.steps}
    found: dict[Point, None] = {}
    for before, life in pairwise(lives):
        number = life.reached[0][0] if life.reached else -1
        if number < 0 or acts[number].name not in ended_in or (number, PIVOT) not in before.reached[-1:]:
            continue
        for act, step in life.reached:
            if act == number:
                found[Point(acts[number].name, step, (PIVOT,))] = None
    return list(found)


def rounds(found: Sequence[Point]) -> list[Ends]:
    """Spread points over as few runs as there are points in the act that has most: a run ends once in each act."""
    of_act: dict[str, list[Point]] = {}
    for point in found:
        of_act.setdefault(point.act, []).append(point)
    most = max(len(those) for those in of_act.values())
    return [
        {act: (*those[number].after, those[number].step) for act, those in of_act.items() if number < len(those)}
        for number in range(most)
    ]


def table(deaths: Sequence[Death]) -> str:
    """Say in lines what was visited, act by act, and what arrived twice."""
    visited = [death for death in deaths if death.steps]
    acts = list(dict.fromkeys(death.act for death in visited))
    lines = [f"{'act':<32} {'points':>6} {'on the way':>10} {'arrived twice':>13}"]
    for act in acts:
        of_act = [death for death in visited if death.act == act]
        lines.append(_line(act, of_act))
    return "\n".join([*lines, _line("all", visited)])


def _line(name: str, deaths: Sequence[Death]) -> str:
    on_the_way, doubled = (sum(getattr(one, what) for one in deaths) for what in ("on_the_way", "doubled"))
    return f"{name:<32} {len(deaths):>6} {on_the_way:>10} {doubled:>13}"
