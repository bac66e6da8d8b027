"""Seats and money as bars, each with its number written beside it; what is not stated has no bar.

Three groups, each on a scale of its own: the seats, the money that people pay, the scholarship
fund. In each a bar begins where the one above it leaves something: what is free begins where the
taken seats end, and what a reduction takes off ends where the price does.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import TYPE_CHECKING

from cstools.cohorts.basics.drawing import (
    BLUE,
    GREEN,
    INK,
    LINE,
    ORANGE,
    QUIET,
    Picture,
    shortened,
    svg,
    text,
)
from cstools.cohorts.basics.silence import NotStated

if TYPE_CHECKING:
    from cstools.cohorts.tuition.budget import Budget

Amount = Decimal | NotStated
SEATS = ("with a seat", "free", "waiting")
NOT_DECIDED = "not decided yet"
_WIDTH, _LEFT, _ROW, _HEAD, _GAP = 480, 128, 26, 26, 16
_NUMBER = 104  # kept free at the right for the number beside the longest bar


@dataclass(frozen=True)
class Bar:
    """One bar from ``start`` to ``end``; without an end there is no bar, and the words say why.

    A hollow bar is what is not there yet: a free seat, somebody who waits, money left.
    """

    label: str
    words: str
    start: Decimal = Decimal(0)
    end: Decimal | None = None
    fill: str = BLUE
    hollow: bool = False


def told(amount: Amount, sign: str = "") -> str:
    """Return a sum in words, with its thousands parted; the sign stands before what is not 0."""
    if isinstance(amount, NotStated):
        return str(amount)
    return f"{sign}{amount:,}" if amount else f"{amount:,}"


def budget_picture(budget: Budget) -> Picture:
    """Return a budget as a picture, with the same numbers as its sentence and as its table."""
    parts, y = [text(0, 18, shortened(budget.title, 58), 15)], 34
    for head, bars in groups(budget):
        parts += _group(head, bars, y)
        y += _HEAD + _ROW * len(bars) + _GAP
    for note in budget.notes():
        parts.append(text(0, y + 4, note, 11, fill=QUIET))
        y += 16
    drawn = svg(_WIDTH, y - 8, sentence(budget), parts, 360, 640)
    return Picture(sentence(budget), drawn, budget.table())


def groups(budget: Budget) -> list[tuple[str, list[Bar]]]:
    """Return the seats, the money and the fund, each with a head and its bars."""
    return [
        (f"Seats {budget.seats}", _seat_bars(budget)),
        (money_head(budget), _money_bars(budget)),
        (f"Scholarship fund {told(budget.fund)}", _fund_bars(budget)),
    ]


def sentence(budget: Budget) -> str:
    """Say a budget in words, every number of it."""
    parts = [_said(head, bars) for head, bars in groups(budget)]
    notes = [note.rstrip(".") for note in budget.notes()]
    return ". ".join([budget.title, *parts, *notes]) + "."


def _said(head: str, bars: Sequence[Bar]) -> str:
    """Return a group in words; where all of it is silent for one reason, that reason alone."""
    if not bars:
        return head
    words = {bar.words for bar in bars}
    if len(words) == 1 and not any(bar.end for bar in bars):
        return f"{head}: {words.pop()}"
    return f"{head}: " + ", ".join(f"{bar.label} {bar.words}" for bar in bars)


def money_head(budget: Budget) -> str:
    """Say whose money it is, and in which currency."""
    who = "with a seat" if budget.decided else "who applied"
    currency = "currency not stated" if isinstance(budget.currency, NotStated) else budget.currency
    return f"Money ({currency}), {budget.people} people {who}"


def _seat_bars(budget: Budget) -> list[Bar]:
    """Return who has a seat, what is free and who waits; before selection, that it is open."""
    if not budget.decided:
        return [Bar(name, NOT_DECIDED) for name in SEATS]
    taken, waiting = Decimal(budget.accepted), Decimal(budget.waiting)
    left = Bar("free", str(budget.free))
    if not isinstance(budget.seats, NotStated):
        left = Bar("free", str(budget.free), taken, Decimal(budget.seats), QUIET, hollow=True)
    return [
        Bar("with a seat", str(budget.accepted), end=taken),
        left,
        Bar("waiting", str(budget.waiting), end=waiting, fill=ORANGE, hollow=True),
    ]


def _money_bars(budget: Budget) -> list[Bar]:
    """Return the price, what each reduction takes off it from the right, and what is due."""
    bars = [_from_nothing("without reductions", budget.full)]
    left = budget.full
    for name, off in budget.reductions:
        if isinstance(off, NotStated) or isinstance(left, NotStated):
            bars.append(Bar(name, told(off, "−")))
            continue
        bars.append(Bar(name, told(off, "−"), left - off, left, ORANGE))
        left -= off
    return [*bars, _from_nothing("due", budget.due, GREEN)]


def _fund_bars(budget: Budget) -> list[Bar]:
    if isinstance(budget.fund, NotStated):
        return []
    granted = budget.fund_spent
    if granted > budget.fund:
        above = Bar("too much", told(granted - budget.fund), budget.fund, granted, ORANGE)
        return [_from_nothing("granted", granted), above]
    return [
        _from_nothing("granted", granted),
        Bar("left", told(budget.fund_left), granted, budget.fund, QUIET, hollow=True),
    ]


def _from_nothing(label: str, amount: Amount, fill: str = BLUE) -> Bar:
    if isinstance(amount, NotStated):
        return Bar(label, told(amount))
    return Bar(label, told(amount), end=amount, fill=fill)


def _group(head: str, bars: Sequence[Bar], top: float) -> list[str]:
    """Draw one group of bars on a scale of their own, with a line where they begin."""
    parts = [text(0, top + 14, head, 12)]
    if not bars:
        return parts
    most = max([bar.end for bar in bars if bar.end] or [Decimal(1)])
    room, first = _WIDTH - _LEFT - _NUMBER, top + _HEAD
    last = first + _ROW * len(bars)
    parts.append(f"<line x1='{_LEFT}' x2='{_LEFT}' y1='{first}' y2='{last}' stroke='{LINE}'/>")
    for place, bar in enumerate(bars):
        y = first + _ROW * place
        parts.append(text(_LEFT - 10, y + 17, bar.label, 12, "end", QUIET))
        if bar.end is None:
            parts.append(text(_LEFT + 8, y + 17, bar.words, 12, fill=QUIET))
            continue
        x, end = (_LEFT + float(value / most) * room for value in (bar.start, bar.end))
        parts += [_drawn(bar, x, end - x, y), text(end + 8, y + 17, bar.words, 12, fill=INK)]
    return parts


def _drawn(bar: Bar, x: float, long: float, y: float) -> str:
    if bar.start == bar.end:
        return ""
    inset = 1 if bar.hollow else 0
    look = (
        f"fill='none' stroke='{bar.fill}' stroke-width='1.5' stroke-dasharray='4 3'"
        if bar.hollow
        else f"fill='{bar.fill}'"
    )
    place = f"x='{x + inset:.1f}' y='{y + 4 + inset}'"
    size = f"width='{max(long - 2 * inset, 1):.1f}' height='{18 - 2 * inset}'"
    return f"<rect {place} {size} rx='2' {look}/>"
