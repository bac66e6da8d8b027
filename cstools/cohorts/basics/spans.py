"""Spans of time as whole seconds since 1970 in UTC: united, cut to a window, measured."""

from __future__ import annotations

from collections.abc import Iterable

Span = tuple[int, int]


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans as few as possible that cover the same moments, in order.

    Two devices at once count once; leaving and coming back leaves a gap. Spans that touch become
    one.
    """
    held = list(spans)
    if len(held) < 2:  # most people join once
        return tuple(held)
    result: list[Span] = []
    for start, stop in sorted(held):
        if result and start <= result[-1][1]:
            if stop > result[-1][1]:
                result[-1] = (result[-1][0], stop)
        else:
            result.append((start, stop))
    return tuple(result)


def seconds_within(spans: Iterable[Span], window: Span) -> int:
    """Return how many seconds of a window the spans cover, whatever stands twice."""
    first, last = window
    return sum(max(0, min(stop, last) - max(start, first)) for start, stop in united(spans))


def overlap(one: Span, other: Span) -> int:
    """Return how many seconds two spans share; negative is the gap between them."""
    return min(one[1], other[1]) - max(one[0], other[0])


def spans_text(spans: Iterable[Span]) -> str:
    """Return spans as text: ``start-stop;start-stop``."""
    return ";".join(f"{start}-{stop}" for start, stop in spans)


def spans_from_text(text: str) -> tuple[Span, ...]:
    """Return spans from their text."""
    pairs = (part.split("-") for part in text.split(";") if part)
    return tuple((int(start), int(stop)) for start, stop in pairs)
