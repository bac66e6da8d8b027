"""Maps that several tests share."""

from itertools import permutations

from cstools import CausalLoopDiagram

REWORK = """
    schedule pressure -> overtime: +
    overtime -> work done: +
    work done -> work remaining: -
    work remaining -> schedule pressure: +
    overtime -> tiredness: + delayed
    tiredness -> mistakes: +
    mistakes -> work remaining: +
"""
# Its reinforcing loop, which authors like to name.
TRAP = ["overtime", "tiredness", "mistakes", "work remaining", "schedule pressure"]


def complete_graph(size):
    """Return a map on which every variable acts on every other."""
    map_ = CausalLoopDiagram()
    for cause, effect in permutations(range(size), 2):
        map_.link(f"v{cause}", f"v{effect}", "+")
    return map_


def chained_diamonds(count):
    """Return a chain of diamonds, closed by one link: 2 to the power of ``count`` loops."""
    map_ = CausalLoopDiagram()
    for i in range(count):
        for side in ("upper", "lower"):
            map_.link(f"n{i}", f"{side} {i}", "+").link(f"{side} {i}", f"n{i + 1}", "+")
    return map_.link(f"n{count}", "n0", "+")
