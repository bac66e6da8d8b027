from __future__ import annotations

from cstools import StockFlow, facets
from cstools.widgets.part import LivePart


def pond() -> LivePart:
    return facets.world.shared_pond().explore()


def no_sliders() -> LivePart:
    model = StockFlow("A letter box", stop=10, time_units="day")
    model.stock("letters", 3, units="letter")
    model.flow("post", "2", into="letters", units="letter/day")
    return model.explore()


PARTS = {"explorer": pond, "explorer-no-sliders": no_sliders}
