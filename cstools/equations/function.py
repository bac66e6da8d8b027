"""What the table says of a function: one row."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True)
class Function:
    """One row of the table.

    Attributes
    ----------
    name : str
        The key under which trees hold it.
    fewest, most : int
        How many arguments it takes.
    python, numpy, javascript : str
        The form in each language; ``{0}``, ``{1}`` … are the arguments, ``{time}`` and ``{dt}``
        the clock. ``{all}`` is every argument, separated by commas.
    slopes : str
        For each argument the direction in which the result moves when the argument rises: ``+``,
        ``-``, ``0`` for not at all, ``?`` for depends. The last one stands for all that follow.
    infix : str
        The sign between its two arguments, for an operator.
    binds : int
        How tightly an operator binds; a function call binds tightest of all.
    condition : bool
        Whether the result is true or false rather than a number.
    takes : str
        ``"c"`` for each argument that is a condition, ``"n"`` for a number.
    spellings : tuple of str
        Other names: XMILE's, and Vensim's where it means the same by them.
    xmile : str
        The name by which XMILE knows it, where it is another one.
    vensim : str
        The name by which Vensim knows it, where XMILE means something else by that name.
    watches : bool
        It changes with the clock even while its arguments stay the same.
    keeps : bool
        It remembers: :mod:`cstools.engine.memory` gives it states of its own, and no target has
        a form for it.
    doc : str
        One line of help.
    units : str
        What its arguments are measured in, and then its result: ``"a, time: a"``. The same letter
        is the same units, ``time`` those of the model's time, ``1`` a plain number, ``any`` fits
        anything; the last one before the colon stands for all that follow. ``"power"`` and
        ``"product"`` are rules of their own; without a rule, nothing is compared. Read by
        :mod:`cstools.equations.unit_rules`.
    """

    name: str
    fewest: int
    most: int
    python: str
    numpy: str
    javascript: str
    slopes: str
    doc: str
    infix: str = ""
    binds: int = 9
    condition: bool = False
    takes: str = "n"
    spellings: tuple[str, ...] = ()
    xmile: str = ""
    vensim: str = ""
    watches: bool = False
    keeps: bool = False
    units: str = ""

    def takes_condition(self, position: int) -> bool:
        """Say whether the argument at a position, from 0, is a condition."""
        return self.takes[min(position, len(self.takes) - 1)] == "c"

    def slope(self, position: int) -> str:
        """Return the direction in which the result moves with the argument at a position."""
        return self.slopes[min(position, len(self.slopes) - 1)]
