"""World3, from a file that somebody has: found beside a notebook, opened, and given sliders."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from cstools.names import key
from cstools.stock_flow.files import read_model
from cstools.stock_flow.model import StockFlow
from cstools.stock_flow.parts import Constant

#: A file counts as one of World3 when its name says so in one of these ways.
NAMES = ("world3", "wrld3", "world-3", "world_3")
ENDINGS = (".mdl", ".xmile", ".xml", ".stmx", ".itmx")
#: What is worth moving by hand, and between which parts of its own value.
MOVED = {
    "initial nonrenewable resources": (0.5, 2.0),
    "persistent pollution transmission delay": (0.25, 2.0),
    "average life of industrial capital 1": (0.5, 2.0),
    "desired completed family size normal": (0.5, 1.25),
}

#: What is drawn first, where the file has it.
SHOWN = ("population", "industrial output", "nonrenewable resources", "persistent pollution index")
NOT_HERE = (
    "No file of World3 lies beside this notebook, and nothing here needs it. If you get one, put "
    "it into the folder of this notebook, with World3 or wrld3 in its name, and run this again."
)


def world3_beside(folder: str | Path = ".") -> StockFlow | None:
    """Return the World3 model whose file lies in a folder, with some sliders, or ``None``.

    World3 [MeadowsBehrensMeadowsNaillRandersZahn1974]_ belongs to its authors and does not come
    with this package; whoever has a file of it, for Vensim or in XMILE, can open it. The first in
    the alphabet is taken. The versions differ: people are at their most at 7.06 billion in 2027 in
    the standard run of 1974, and at 7.47 billion in the middle of 2026 in the file that goes with
    the 30-year update [MeadowsRandersMeadows2004]_. Neither is a forecast.

    Raises
    ------
    CstoolsError
        When such a file is there and cannot be read, with what is wrong in it.
    """
    files = [path for path in Path(folder).iterdir() if _is_world3(path)]
    if not files:
        return None
    world = read_model(min(files))
    for name, parts in MOVED.items():
        part = world.parts.get(key(name))
        if isinstance(part, Constant):
            low, high = (share * part.value for share in parts)
            world.constant(part.name, part.value, part.units, part.doc, between=(low, high))
    return world


def show_world3(folder: str | Path = ".") -> Any:
    """Return the explorer of the World3 whose file lies in a folder, or ``None``.

    Of its some three hundred variables only four are drawn at first, and none of its diagrams.
    Where it is ``None``, :data:`NOT_HERE` says to a learner what to do.
    """
    world = world3_beside(folder)
    if world is None:
        return None
    shown = [name for name in SHOWN if key(name) in world.parts]
    return world.explore(*shown, diagram=False)


def _is_world3(path: Path) -> bool:
    name = path.name.casefold()
    return path.suffix.casefold() in ENDINGS and any(word in name for word in NAMES)
