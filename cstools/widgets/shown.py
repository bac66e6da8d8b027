"""What a cell shows of a live part: a picture that stays, and the part that covers it while it can.

A cell's result could hold both in one, and whoever shows it would choose. JupyterLab chooses the
live part even when nothing stands behind it any more: a notebook that was run, saved and opened
another day says "model not found". So there are two results, one after the other. The first is
the still picture with its sentence, which every reader of notebooks can show. The second is the
live part. While it lives it hides the picture before it; when it cannot, it takes no room.
"""

from __future__ import annotations

from typing import Any

from cstools.learning.stays import marked
from cstools.widgets.as_images import as_images

#: The kind of result that stands for a live part.
VIEW = "application/vnd.jupyter.widget-view+json"

_BESIDE = ".jp-OutputArea-child"
_LIVE = f"{_BESIDE} > .jp-OutputArea-output :is(.cs-widget, .widget-box)"
_STILL = f"{_BESIDE}:has(.cs-still)"
_RULES = (
    f"{_STILL}:has(+ {_LIVE}) {{ display: none; }}"
    # A widget without its model is a line of text without an element in it; the still picture, or
    # the words of a question, stand before it.
    f"{_BESIDE}:is(:has(.cs-still), :has(> .jp-RenderedMarkdown))"
    f" + {_BESIDE} > .jp-OutputArea-output.jupyter-widgets:not(:has(*)) {{ display: none; }}"
    f"{_STILL} + {_BESIDE} > .jp-OutputArea-output:not(:has(*)) {{ display: none; }}"
)


def show(bundle: Any, words: str, still: str, private: bool = False) -> None:
    """Show a live part at the end of a cell: what stays of it first, then the part itself.

    Parameters
    ----------
    bundle
        What the part offers, by kind; with or without metadata behind it. Its view is taken.
    words, still
        What stays in the notebook's file: plain text, and HTML without a script.
    private
        Whether no more than the words may be in a notebook that is handed on.
    """
    from IPython.display import display

    data, metadata = bundle if isinstance(bundle, tuple) else (bundle, {})
    stays = marked(f"<style>{_RULES}</style>{as_images(still)}", private)
    display({"text/plain": words, "text/html": stays}, raw=True)
    if VIEW in data:
        # The empty text is for nbconvert, which complains of what it cannot show.
        display({VIEW: data[VIEW], "text/html": ""}, metadata=metadata, raw=True)
