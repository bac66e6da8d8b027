"""The bathtub: what flows, and what stays."""

from __future__ import annotations

from cstools.stock_flow.model import StockFlow


def bathtub() -> StockFlow:
    """Return a bath whose tap is turned up and down while the drain takes the same throughout.

    Story
    -----
    A class washes muddy boots in an old bathtub. Two children take turns at the tap, four minutes
    each: one turns it high, the other low. The plug is out, so that the mud runs off. When is the
    bath fullest?

    Behaviour over time
    -------------------
    The tap jumps; the water cannot. It climbs by what the tap gives beyond the drain and sinks by
    what the drain takes beyond the tap: a zigzag of straight lines, 100 → 200 → 100 litres. It
    turns where the two flows cross.

    Where to intervene
    ------------------
    At either flow. The level answers to the difference of the two, never to one of them alone.

    How it can mislead
    ------------------
    Nothing here answers to the water: the map has no loop. Most stocks that people care about
    push back. And this bath has no rim.

    References
    ----------
    The task and its numbers are those of [BoothSweeneySterman2000]_; the boots are ours.
    """
    bath = StockFlow("The bathtub", stop=16, dt=0.0625, time_units="minute", evidence="published")
    bath.doc = "Water in a bath while the tap is turned up and down and the drain stays open."
    bath.stock("water", 100, "litres", "What is in the bath.", non_negative=True, between=(0, 300))
    tap = "if time mod (2 * turn) < turn then tap high else tap low"
    bath.flow("tap", tap, into="water", units="litres/minute", doc="What comes in, in turns.")
    bath.flow("drain", "open_drain", "water", units="litres/minute", doc="What runs off.")
    per_minute = "litres/minute"
    bath.constant("tap high", 75, per_minute, "What the first child lets in.", (0, 100))
    bath.constant("tap low", 25, per_minute, "What the second child lets in.", (0, 100))
    bath.constant("open drain", 50, per_minute, "What the drain lets out.", (0, 100))
    bath.constant("turn", 4, "minutes", "How long each child holds the tap.", (1, 8))
    return bath
