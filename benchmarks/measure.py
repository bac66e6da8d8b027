"""What the benchmarks share: taking turns, ratios with their spread, promises kept or not."""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from statistics import median, quantiles

LEAST = 0.002  # seconds: what is shorter is repeated, until the clock can tell


@dataclass(frozen=True)
class Timed:
    """How long each of several pieces of work took, turn by turn, in seconds.

    The turns are what makes a ratio fair: whatever slowed the machine down for a while slowed
    both down. It is the processor's time, so that other programs are not counted.
    """

    seconds: Mapping[str, list[float]]

    def typical(self, name: str) -> float:
        """Return the median time."""
        return median(self.seconds[name])

    def ratio(self, name: str, reference: str) -> tuple[float, float, float]:
        """Return the lower quartile, the median and the upper quartile of a ratio."""
        pairs = zip(self.seconds[name], self.seconds[reference], strict=True)
        found = [one / other for one, other in pairs]
        low, middle, high = quantiles(found, n=4) if len(found) > 1 else found * 3
        return low, middle, high


def take_turns(
    work: Mapping[str, Callable[[], object]], turns: int, practise: bool = True
) -> Timed:
    """Return the times of some pieces of work that take turns, at best after some practice."""
    repeats = {name: _repeats(task) if practise else 1 for name, task in work.items()}
    seconds: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(turns):
        for name, task in work.items():
            seconds[name].append(_once(task, repeats[name]))
    return Timed(seconds)


def _repeats(task: Callable[[], object]) -> int:
    task()
    return max(1, min(1000, int(LEAST / max(_once(task, 1), 1e-7))))


def _once(task: Callable[[], object], repeats: int) -> float:
    begin = time.process_time()
    for _ in range(repeats):
        task()
    return (time.process_time() - begin) / repeats


def times(ratio: tuple[float, float, float]) -> str:
    """Return a ratio in words: ``1/31 (1/33 to 1/29)`` or ``4.2 (3.9 to 4.6)``."""
    if ratio[1] < 1 / 1.5:
        low, middle, high = (_short(1 / share) for share in ratio)
        return f"1/{middle} (1/{low} to 1/{high})"
    low, middle, high = map(_short, ratio)
    return f"{middle} ({low} to {high})"


def _short(number: float) -> str:
    return f"{number:,.0f}" if number >= 20 else f"{number:.2g}" if number < 10 else f"{number:.0f}"


def span(seconds: float) -> str:
    """Return a time in the unit that suits it."""
    if seconds < 1e-3:
        return f"{seconds * 1e6:.0f} µs"
    return f"{seconds * 1e3:.3g} ms" if seconds < 1 else f"{seconds:.3g} s"


class Report:
    """Prints what was measured, and remembers whether every promise was kept."""

    def __init__(self) -> None:
        self.kept = True

    def line(self, text: str) -> None:
        """Print a line as it is."""
        print(text, flush=True)

    def promise(self, text: str, ratio: tuple[float, float, float], most: float) -> None:
        """Print a ratio beside what was promised of its median; ``most`` is a ratio, too."""
        kept = ratio[1] <= most
        self.kept &= kept
        limit = f"1/{1 / most:,.0f}" if most < 1 else f"{most:.3g}"
        self.line(f"{text}: {times(ratio)} (promised: at most {limit}) {'✓' if kept else '✗'}")

    def table(self, timed: Timed, reference: str) -> None:
        """Print the times, and each one's ratio to the reference."""
        for name in timed.seconds:
            beside = "" if name == reference else f"{times(timed.ratio(name, reference))} × it"
            self.line(f"  {name:<34}{span(timed.typical(name)):>10}   {beside}")

    @property
    def code(self) -> int:
        """0 when every promise was kept."""
        return 0 if self.kept else 1
