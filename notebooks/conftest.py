"""What strict nbval compares here: the sentence under each picture, not the picture.

A picture's markup follows the version of the drawing library; what it shows is the text beside
it. Cells run in the order of the page, whatever order other tests run in.
"""

import pytest

PICTURES_AND_PAGES = (
    "application/vnd.jupyter.widget-view+json",
    "image/jpeg",
    "image/png",
    "image/svg+xml",
    "text/html",
)


def pytest_collectstart(collector):
    """Leave pictures and pages out of the comparison."""
    if hasattr(collector, "skip_compare"):
        collector.skip_compare += PICTURES_AND_PAGES


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(items):
    """Put the cells back in the order of their page."""
    cells = [position for position, item in enumerate(items) if hasattr(item, "cell_num")]
    ordered = sorted((items[p] for p in cells), key=lambda item: (str(item.path), item.cell_num))
    for position, item in zip(cells, ordered, strict=True):
        items[position] = item
