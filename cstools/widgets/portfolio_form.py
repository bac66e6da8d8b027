"""A portfolio to be filled without code: a title, reflections, files from another day, a download.

Files go from the reader's computer to the kernel, are read there and are not kept; the finished
page goes back the same way, and nowhere else.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Callable
from functools import cache
from html import escape
from pathlib import Path, PureWindowsPath
from tempfile import TemporaryDirectory
from typing import Any

import ipywidgets

from cstools.causal_loops.files import read_diagram
from cstools.errors import CstoolsError, FileError
from cstools.learning.exercises import load_set
from cstools.learning.portfolio import Portfolio, read_portfolio
from cstools.learning.portfolio.pieces import FORMS
from cstools.stock_flow.files import read_model
from cstools.widgets.canvas import read_board
from cstools.widgets.shown import show

_OWN = ""  # in the list of pieces: a note that belongs to none of them
_PAGES, _MODELS = (".html", ".htm"), (".xmile", ".stmx")
_ENDINGS = (*_PAGES, ".json", ".txt", ".csv", ".xlsx", ".mdl", ".graphml", ".dot", *_MODELS)
_WIDE = ipywidgets.Layout(width="98%")  # JupyterLab sets a margin around it
_SENTENCE = (
    "A form for a portfolio: its title, reflections, files from another day, and a download. "
    "Nothing is kept here."
)


class PortfolioForm(ipywidgets.VBox):  # type: ignore[misc]
    """A portfolio with what is needed to fill it, take it along and go on another day.

    Attributes
    ----------
    portfolio : Portfolio
        What is in it; code may add to it too (then :meth:`refresh`).
    """

    def __init__(self, portfolio: Portfolio) -> None:
        self.portfolio = portfolio
        self.title = ipywidgets.Text(description="Title", continuous_update=False, layout=_WIDE)
        self.upload = ipywidgets.FileUpload(
            accept=",".join((*_ENDINGS, ".ipynb")),
            multiple=True,
            description="Add files from my computer",
            tooltip="A portfolio, map, model, board, progress or notebook that you saved",
            layout=ipywidgets.Layout(width="max-content"),
        )
        self.about = ipywidgets.Dropdown(description="About", layout=_WIDE)
        self.heading = ipywidgets.Text(description="Heading", layout=_WIDE)
        self.thought = ipywidgets.Textarea(description="My words", rows=4, layout=_WIDE)
        self.add = _button("Add these words", self.add_words)
        self.listed, self.told, self.link = ipywidgets.VBox(), ipywidgets.HTML(), ipywidgets.HTML()
        parts = [self.title, self.upload, _heading("A reflection"), self.about, self.heading]
        parts += [self.thought, self.add, _heading("In it now"), self.listed, self.told, self.link]
        super().__init__(parts, layout=ipywidgets.Layout(max_width="760px"))
        self.title.observe(self._titled, names="value")
        self.about.observe(self._chosen, names="value")
        self.upload.observe(self._uploaded, names="value")
        self.refresh()

    def refresh(self, told: str = "") -> None:
        """Show the portfolio as it is now, and what is to be said."""
        self.title.value = self.portfolio.title
        titles = dict.fromkeys(piece.title for piece in self.portfolio)
        chosen = self.about.value
        options = [("nothing else: a note of its own", _OWN), *((one, one) for one in titles)]
        self.about.options = options
        self.about.value = chosen if chosen in titles else _OWN
        self.listed.children = [self._row(piece.title, piece.form) for piece in self.portfolio]
        told = " ".join(filter(None, (told, self.portfolio.describe())))
        self.told.value = f'<p role="status">{escape(told)}</p>'
        self.link.value = self.portfolio.link()

    def add_words(self) -> None:
        """Put in the words that were written: a note, or what one thinks of a piece."""
        words, about = self.thought.value, self.about.value or _OWN
        if not words.strip():
            self.refresh("Write something first, under “My words”.")
            return
        if self._tried(lambda: self._put_words(words, about)):
            self.thought.value = self.heading.value = ""

    def take(self, name: str, content: bytes) -> None:
        """Put in what a file holds, and say so; a file that cannot be read changes nothing."""
        name = PureWindowsPath(name).name.replace("\0", "").lstrip(".")[-100:] or "file"
        self._tried(lambda: _put_file(self.portfolio, name, content), f"'{name}' is in it.")

    def remove(self, title: str) -> None:
        """Take out what is called so."""
        self._tried(lambda: self.portfolio.remove(title), f"'{title}' is taken out.")

    def takes(self) -> str:
        """Return in a sentence which files can be added."""
        return f"It takes files that end in {', '.join(_ENDINGS)} and .ipynb."

    def __repr__(self) -> str:
        return _SENTENCE

    def _ipython_display_(self, **options: Any) -> None:
        show(self._repr_mimebundle_(**options), _SENTENCE, f"<p>{escape(_SENTENCE)}</p>")

    def _put_words(self, words: str, about: str) -> None:
        if about == _OWN:
            self.portfolio.add(words, title=self.heading.value)
        else:
            self.portfolio.reflect(about, words)

    def _tried(self, act: Callable[[], object], done: str = "") -> bool:
        """Do something with the portfolio; say what was said, or what went wrong."""
        with warnings.catch_warnings(record=True) as heard:
            warnings.simplefilter("always")
            try:
                act()
            except CstoolsError as error:
                self.refresh(str(error))
                return False
        said = [str(one.message) for one in heard if issubclass(one.category, UserWarning)]
        self.refresh(" ".join(filter(None, (done, *self.portfolio.told, *said))))
        return True

    def _titled(self, change: Any) -> None:
        if change["new"] != self.portfolio.title:
            self.portfolio.title = " ".join(change["new"].split()) or self.portfolio.title
            self.refresh()

    def _chosen(self, change: Any) -> None:
        self.heading.disabled = bool(change["new"])  # a piece has its title already

    def _uploaded(self, change: Any) -> None:
        for file in change["new"]:
            self.take(file["name"], bytes(file["content"]))

    def _row(self, title: str, form: str) -> ipywidgets.HBox:
        kind = FORMS[form]
        said = title if title.startswith(kind) else f"{title} ({kind.lower()})"
        words = ipywidgets.HTML(escape(said))
        words.layout.flex = "1"
        button = _button("Remove", lambda: self.remove(title))
        button.tooltip = f"Remove {title}"
        return ipywidgets.HBox([words, button])


def portfolio_form(portfolio: Portfolio | None = None) -> PortfolioForm:
    """Return a form in which a portfolio is filled and downloaded without code.

    Without a portfolio it is the one of this session: a cell that is run again loses nothing.
    """
    return PortfolioForm(_of_this_session() if portfolio is None else portfolio)


@cache
def _of_this_session() -> Portfolio:
    return Portfolio()


def _put_file(portfolio: Portfolio, name: str, content: bytes) -> None:
    ending = Path(name).suffix.lower()
    with TemporaryDirectory() as folder:
        path = Path(folder, name)
        path.write_bytes(content)
        if ending in _PAGES:
            portfolio.add_all(read_portfolio(path))
        elif ending == ".ipynb":
            portfolio.add_notebook(path)
        elif ending in _MODELS:
            portfolio.add(read_model(path))
        elif ending == ".json":
            portfolio.add(_in_json(path, content))
        elif ending in _ENDINGS:
            portfolio.add(read_diagram(path))
        else:
            raise FileError(f"'{name}': a portfolio takes files that end in {', '.join(_ENDINGS)}")


def _in_json(path: Path, content: bytes) -> object:
    """Return the progress, board or map that a file in JSON holds."""
    try:
        data = json.loads(content)
    except (ValueError, RecursionError):
        data = None
    if isinstance(data, dict) and "cstools receipt" in data:
        name = str(data.get("set", ""))
        if not re.fullmatch(r"[\w-]+", name):  # a name, and no way to some other file
            raise FileError("this progress does not say of which exercises it is")
        return load_set(name).resume(content)
    if isinstance(data, dict) and {"kind", "notes"} <= data.keys():
        return read_board(path)
    return read_diagram(path)


def _heading(words: str) -> ipywidgets.HTML:
    return ipywidgets.HTML(f"<strong>{escape(words)}</strong>")


def _button(words: str, act: Callable[[], None]) -> ipywidgets.Button:
    button = ipywidgets.Button(description=words, layout=ipywidgets.Layout(width="max-content"))
    button.on_click(lambda _: act())
    return button
