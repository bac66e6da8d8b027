"""numpy, imported when something first asks it for something.

Maps, exercises and the live parts need no arrays until a picture is laid out or a model runs in
Python. So they also work where numpy is not, as in a page that has nothing but Python itself, and
``import cstools`` is over sooner. Where the rest of the house wants numpy, it says::

    from cstools.on_demand import numpy as np
"""

from __future__ import annotations

from types import ModuleType
from typing import TYPE_CHECKING, Any

from cstools.errors import MissingPartError

__all__ = ["numpy"]


def _imported() -> ModuleType:
    try:
        import numpy
    except ModuleNotFoundError as error:
        if error.name != "numpy":
            raise
        raise MissingPartError(
            "'numpy' is not installed, and this needs it; "
            "to see what is missing and how to install it: cstools check"
        ) from error
    return numpy


class _Numpy:
    """Stands for numpy, and imports it at the first use of one of its names.

    What numba compiles imports numpy itself: it wants the module and nothing in its place.
    """

    def __getattr__(self, name: str) -> Any:
        """Return what numpy has by that name, and keep it, so that the next look is quick."""
        if name.startswith("__"):
            raise AttributeError(name)  # what Python asks of anything it meets: no use of it yet
        found = getattr(_imported(), name)
        self.__dict__[name] = found
        return found


if TYPE_CHECKING:
    import numpy
else:
    numpy = _Numpy()
