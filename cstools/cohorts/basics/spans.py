"""Spans of time as whole seconds since 1970 in UTC: united, cut to a window, measured."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from itertools import islice

Span = tuple[int, int]
_SPANS = re.compile(r"[0-9]+-[0-9]+(?:;[0-9]+-[0-9]+)*")


def united(spans: Iterable[Span]) -> tuple[Span, ...]:
    """Return spans as few as possible that cover the same moments, in order.

    Two devices at once count once; leaving and coming back leaves a gap. Spans that touch become
    one.
    """
    held = sorted(spans)
    if len(held) < 2:
        return tuple(held)
    result: list[Span] = []
    (begin, end), *others = held
    for start, stop in others:
        if start > end:
            result.append((begin, end))
            begin, end = start, stop
        elif stop > end:
            end = stop
    return (*result, (begin, end))


def seconds_within(spans: Iterable[Span], window: Span) -> int:
    """Return how many seconds of a window the spans cover, whatever stands twice."""
    first, last = window
    return sum(max(0, min(stop, last) - max(start, first)) for start, stop in united(spans))


def overlap(one: Span, other: Span) -> int:
    """Return how many seconds two spans share; negative is the gap between them."""
    return min(one[1], other[1]) - max(one[0], other[0])


def spans_text(spans: Sequence[Span]) -> str:
    """Return spans as text: ``start-stop;start-stop``."""
    if len(spans) == 1:
        start, stop = spans[0]
        return f"{start}-{stop}"
    return ";".join([f"{start}-{stop}" for start, stop in spans])


def check_texts(texts: Iterable[str]) -> str:
    """Return the texts of spans as one text, all of them read at once.

    Raises
    ------
    ValueError
        When one of them is no text of spans.
    """
    whole = ";".join(filter(None, texts))
    if whole and not _SPANS.fullmatch(whole):
        raise ValueError("a text of spans is not whole")
    return whole


def spans_from_texts(texts: Sequence[str]) -> list[tuple[Span, ...]]:
    """Return the spans of many texts, all read at once; an empty text has none.

    Raises
    ------
    ValueError
        When one of them is no text of spans.
    """
    whole = check_texts(texts)
    numbers = map(int, whole.replace(";", "-").split("-") if whole else ())
    pairs = zip(numbers, numbers, strict=True)
    return [tuple(islice(pairs, text.count(";") + 1)) if text else () for text in texts]
