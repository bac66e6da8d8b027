from __future__ import annotations

from cstools.widgets.part import LivePart
from cstools.widgets.sketch import sketch


def empty() -> LivePart:
    return sketch("water in the tub", stop=16, high=300, units="litre", time_units="minute")


def drawn() -> LivePart:
    points = [(0, 10), (4, 80), (8, 150), (12, 170), (16, 175)]
    return sketch("water", points=points, stop=16, high=300, units="litre", time_units="minute")


PARTS = {"sketch-empty": empty, "sketch": drawn}
