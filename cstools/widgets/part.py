"""What every live part shares: live where there is a kernel, a picture and a sentence elsewhere."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from html import escape
from typing import Any

import anywidget

from cstools.languages import words_for_javascript
from cstools.widgets.shown import show

_CAPTION = "font:14px/1.5 system-ui,sans-serif;max-width:75ch;margin:6px 0 0"


class LivePart(anywidget.AnyWidget):  # type: ignore[misc]
    """A part of a notebook that can be touched; abstract.

    A child gives ``_esm`` and ``_css``, its traits, and two answers: :meth:`sentence`, which is
    what a plain text place shows, and :meth:`still`, which is what a page without a kernel shows.
    JupyterLab shows the live part; GitHub, nbconvert and a notebook that nobody has run yet show
    the still one.

    Attributes
    ----------
    private : bool
        Whether a notebook that is handed on holds no more of the part than its sentence.
    """

    private = False

    def __init__(self, **traits: Any) -> None:
        words = words_for_javascript(str(type(self)._esm))
        if words and "payload" in traits:  # in another language than English
            traits["payload"] = {**traits["payload"], "words": words}
        super().__init__(**traits)

    def sentence(self) -> str:
        """Return what the part says now, in one sentence or a few."""
        raise NotImplementedError

    def still(self) -> str:
        """Return HTML without a script: the picture with its sentence."""
        raise NotImplementedError

    def __repr__(self) -> str:
        return self.sentence()

    def stays(self) -> tuple[str, str]:
        """Return what a cell leaves in a notebook's file: words, and HTML without a script."""
        return self.sentence(), drawn(self.still, self.sentence())

    def _ipython_display_(self, **options: Any) -> None:
        """Show the live part at the end of a cell, and what stays in the file without it."""
        show(super()._repr_mimebundle_(**options), *self.stays(), private=self.private)

    def _repr_mimebundle_(self, **options: Any) -> Any:
        """Beside the live part, give what is shown where nothing can be live."""
        bundle = super()._repr_mimebundle_(**options)
        data = bundle[0] if isinstance(bundle, tuple) else bundle
        data["text/html"] = drawn(self.still, self.sentence())
        return bundle


def held(part: LivePart) -> dict[str, Any]:
    """Return what the page and the kernel share of a part, by name, as plain values."""
    common = anywidget.AnyWidget.class_trait_names()
    return {
        name: value
        for name, value in part.get_state().items()
        if name not in common and not name.startswith("_")
    }


def framed(picture: str, sentence: str) -> str:
    """Return a picture (inline SVG or HTML) with its sentence under it."""
    caption = f'<figcaption style="{_CAPTION}">{escape(sentence)}</figcaption>'
    return f'<figure style="margin:0;max-width:100%">{picture}{caption}</figure>'


def drawn(picture: Callable[[], str], sentence: str) -> str:
    """Return a picture as HTML; its sentence alone where what draws it is not installed."""
    try:
        return picture()
    except ImportError:  # numpy or matplotlib: the live part itself works without them
        return framed("", sentence)


def html_of(shown: Any) -> str:
    """Return the HTML form of anything a cell can end with; its plain words where it has none."""
    bundle: Mapping[str, str] = {}
    if hasattr(shown, "_repr_mimebundle_"):
        made = shown._repr_mimebundle_()
        bundle = made[0] if isinstance(made, tuple) else made
    elif hasattr(shown, "_repr_html_"):
        bundle = {"text/html": shown._repr_html_()}
    return str(bundle.get("text/html") or f"<p>{escape(repr(shown))}</p>")
