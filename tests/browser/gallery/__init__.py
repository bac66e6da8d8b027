"""Every live part in the states worth looking at; one module for each part, with its ``PARTS``.

``PARTS`` maps a name to a function that makes the part as a person would, through the public
door. ``tests/browser/test_gallery.py`` opens each in both themes and at both widths.
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from pkgutil import iter_modules

from cstools.widgets.part import LivePart

GALLERY: dict[str, Callable[[], LivePart]] = {
    name: make
    for module in sorted(found.name for found in iter_modules(__path__))
    for name, make in import_module(f"{__name__}.{module}").PARTS.items()
}
