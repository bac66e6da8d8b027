"""The house has floors, and imports go down only; this is the one door upwards.

======  ====================================================
floor   rooms
======  ====================================================
0       ``errors`` ``names`` ``floors`` ``data`` ``whole_files`` ``safe_xml`` ``on_demand``
0       ``languages`` ``spreadsheet_text`` ``safe_workbook``
1       ``equations`` ``plotting``
2       ``engine`` ``causal_loops``
3       ``stock_flow``
4       ``analysis``
5       ``archetypes`` ``facets``
6       ``learning``
7       ``widgets``
8       ``__init__`` ``installation`` ``lab``
9       ``__main__``
======  ====================================================

A test reads this table. The wing ``cohorts`` stands on floor 0 and on ``plotting``. An object
that a person holds may offer what a higher floor does (``model.explore()``): it asks for that
room by name, at the moment it is needed, through :func:`upstairs`.
"""

from __future__ import annotations

from importlib import import_module
from types import ModuleType

from cstools.errors import MissingPartError


def upstairs(room: str) -> ModuleType:
    """Return a room of a higher floor, ``"widgets.explorer"``, imported when it is asked for.

    Raises
    ------
    MissingPartError
        When a library that the room needs is not installed; the message names it.
    """
    try:
        return import_module(f"cstools.{room}")
    except ModuleNotFoundError as error:
        if error.name is None or error.name.split(".")[0] == "cstools":
            raise  # a mistake of ours, which no installation puts right
        raise MissingPartError(
            f"'{error.name}' is not installed, and {room.split('.')[0]} needs it; "
            "to see what is missing and how to install it: cstools check"
        ) from error
