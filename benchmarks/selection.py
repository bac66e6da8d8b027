"""Seats for 4,000 people: within ten seconds, and as good as the best found without the solver."""

import random
from time import process_time

from cstools.cohorts.selection.selection import Candidate, Unit, aims_of, choose, units_of

PROMISED = 10.0  # seconds of the processor's time, for 4,000 people
SIZES = ((40, 25), (400, 40), (4000, 40), (4000, 1777))
BITS = 40  # for each aim in one whole number: sums over 4,000 people stay below


def people(count: int, *, teams: bool) -> list[Candidate]:
    """Return made-up candidates, alone or in teams of one to five."""
    draw = random.Random(count)
    made: list[Candidate] = []
    while len(made) < count:
        size = min(draw.choice((1, 1, 2, 3, 4, 5)) if teams else 1, count - len(made))
        team = f"team {len(made)}" if size > 1 else ""
        for number in range(len(made), len(made) + size):
            met = (draw.random() < 0.7, bool(team), draw.random() < 0.4)
            made.append(Candidate(f"P-{number:06d}", team, met))
    return made


def worth(units: tuple[Unit, ...], seed: int) -> list[int]:
    """Return what each unit is worth, all aims in one whole number."""
    aims = [[int(part) for part in aim] for aim in aims_of(units, seed)]
    last = len(aims) - 1
    return [
        sum(aim[k] << BITS * (last - place) for place, aim in enumerate(aims))
        for k in range(len(units))
    ]


def best_without_the_solver(units: tuple[Unit, ...], worths: list[int], seats: int) -> int:
    """Return the best that fits, by the knapsack's dynamic programme."""
    best = [0] * (seats + 1)
    for unit, value in zip(units, worths, strict=True):
        for room in range(seats, len(unit) - 1, -1):
            best[room] = max(best[room], best[room - len(unit)] + value)
    return max(best)


def main() -> int:
    slowest, exact = 0.0, True
    for count, seats in SIZES:
        for teams in (True, False):
            units = units_of(people(count, teams=teams))
            start = process_time()
            chosen = choose(units, seats, seed=1)
            taken = process_time() - start
            worths = worth(units, 1)
            given = sum(w for unit, w in zip(units, worths, strict=True) if unit.codes <= chosen)
            same = given == best_without_the_solver(units, worths, seats)
            slowest, exact = max(slowest, taken), exact and same
            kind = "in teams" if teams else "singly"
            found = "the best there is" if same else "NOT the best"
            print(f"  {count} people {kind}, {seats} seats: {taken:.2f} s, {found}")
    print(f"  slowest {slowest:.1f} s (promised: {PROMISED:.0f} s)")
    return 0 if exact and slowest <= PROMISED else 1


if __name__ == "__main__":
    raise SystemExit(main())
