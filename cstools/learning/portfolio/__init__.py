"""A learner's portfolio: maps, models, sketches, boards, notes and progress, in one page or folder.

::

    mine = Portfolio("My systems")
    mine.add(my_map, title="Our staff room", reflection="The loop I had not seen is …")
    mine.add(my_mandala)
    mine.add("One small thing I shall try this week: …", title="Next step")
    mine.add_notebook("12-burnout.ipynb")
    mine.save("portfolio.html")          # one page; mine.save("portfolio/") is a folder

Nothing goes in that is not put in, and nothing that is private. Another day,
``read_portfolio("portfolio.html")`` brings all of it back, to be added to and saved again.
"""

from __future__ import annotations

import base64
import json
from collections.abc import Iterator
from html import escape
from pathlib import Path
from typing import Any, Self

from cstools.errors import DataError, FileError, brief, shown, unknown_name
from cstools.learning.portfolio.files import (
    FOLDER,
    data_of,
    file_name,
    files_of,
    is_folder,
    page_of,
    read,
)
from cstools.learning.portfolio.from_notebook import piece_of_notebook
from cstools.learning.portfolio.page import page_html
from cstools.learning.portfolio.pieces import FORMS, Piece, dressed, piece_of
from cstools.names import key
from cstools.whole_files import write_whole

__all__ = ["Piece", "Portfolio", "read_portfolio"]

_LONGEST_LINK = 20_000_000  # letters: not every browser saves a longer one
_AS_A_BUTTON = "display:inline-block;padding:6px 14px;border:1px solid;border-radius:6px"


def read_portfolio(path: str | Path) -> Portfolio:
    """Return the portfolio in a page or folder that :meth:`Portfolio.save` wrote.

    What of it cannot be read is told in :attr:`Portfolio.told`; the rest is there.

    Raises
    ------
    FileError
        When there is no portfolio.
    """
    title, pieces, told = read(Path(path))
    portfolio = Portfolio(title)
    portfolio._pieces, portfolio.told = list(pieces), told
    return portfolio


class Portfolio:
    """Pieces of work in the order in which they came in, each with what its owner thinks of it.

    Attributes
    ----------
    title : str
        What stands above it.
    told : tuple of str
        What is to be said about the last thing that was done.
    """

    def __init__(self, title: str = "My portfolio") -> None:
        if not isinstance(title, str) or not title.strip():
            raise DataError(f'a portfolio has a title, Portfolio("My systems"); got {shown(title)}')
        self.title = " ".join(title.split())
        self.told: tuple[str, ...] = ()
        self._pieces: list[Piece] = []

    def add(self, thing: object, title: str = "", reflection: str = "") -> Self:
        """Put in a map, model, run, sketch, board, picture, progress or note; return the portfolio.

        A piece of the same form and title is replaced, which :attr:`told` says; to keep both,
        give the new one another title. A text is a note.

        Raises
        ------
        DataError
            When it is private, or nothing that a portfolio holds.
        """
        return self._put(piece_of(thing, title, reflection))

    def add_notebook(self, path: str | Path, title: str = "", reflection: str = "") -> Self:
        """Put in what a notebook has to show; nothing of its private cells. Return the portfolio.

        See :mod:`cstools.learning.portfolio.from_notebook` for what is taken.

        Raises
        ------
        FileError
            When it is not a notebook, or an old copy of one.
        DataError
            When there is nothing in it to take.
        """
        piece = piece_of_notebook(path)
        return self._put(dressed(piece, title or piece.title, reflection))

    def add_all(self, other: Portfolio) -> Self:
        """Put in the pieces of another portfolio; return this one.

        A piece that is here already, by its form and title, stays as it is here;
        :attr:`told` says so where the two differ.
        """
        if not self._pieces:
            self.title = other.title
        here = {(piece.form, key(piece.title)): piece for piece in self._pieces}
        found = [(piece, here.get((piece.form, key(piece.title)))) for piece in other]
        self._pieces += [piece for piece, mine in found if mine is None]
        differ = [piece.title for piece, mine in found if mine is not None and mine != piece]
        kept = tuple(f"'{title}' was here already; it stays as it is here." for title in differ)
        self.told = (*other.told, *kept)
        return self

    def reflect(self, title: str, reflection: str) -> Self:
        """Write what its owner thinks of a piece, in the place of what stood there.

        Raises
        ------
        UnknownNameError
            When nothing is called so.
        """
        piece = self._called(title)[0]
        place = self._pieces.index(piece)
        self._pieces[place] = dressed(piece, piece.title, reflection)
        self.told = ()
        return self

    def remove(self, title: str) -> Self:
        """Take out the pieces with a title; return the portfolio.

        Raises
        ------
        UnknownNameError
            When nothing is called so.
        """
        gone = self._called(title)
        self._pieces = [piece for piece in self._pieces if piece not in gone]
        return self

    def __getitem__(self, title: str) -> Any:
        """Return the map, model, sketch, board or note of that title, to go on with it."""
        return self._called(title)[0].thing()

    @property
    def pieces(self) -> tuple[Piece, ...]:
        """The pieces, in order."""
        return tuple(self._pieces)

    def save(self, path: str | Path, replace: bool = False) -> Path:
        """Write one page, ``"portfolio.html"``, or a folder, ``"portfolio/"``; return where it is.

        The page opens in any browser without a network. A folder has the same page in it, and the
        pictures, maps, models and boards as files of their own.

        A portfolio that stands there already is replaced if all of it is in this one. Otherwise
        nothing is written, unless ``replace`` says so.

        Raises
        ------
        FileError
            When something would be lost, or the place cannot be written.
        """
        where = Path(path)
        if not is_folder(where) and where.suffix.lower() not in (".html", ".htm"):
            raise FileError(f"'{where.name}': a portfolio is saved as .html, or into a folder")
        old = self._pieces_there(where, replace)
        if is_folder(where):
            self._write_beside(where, old, replace)
        write_whole(page_of(where), self._page())
        return where

    def link(self) -> str:
        """Return a link by which a browser saves the page; it goes nowhere else.

        On Binder, which keeps nothing, this is the way home.
        """
        data = base64.b64encode(self._page().encode()).decode()
        if len(data) > _LONGEST_LINK:
            return "<p>To keep it: portfolio.save(&quot;portfolio.html&quot;)</p>"
        return (
            f'<p><a download="{file_name(self.title)}.html" href="data:text/html;base64,{data}" '
            f'style="{_AS_A_BUTTON}">Download my portfolio</a></p>'
        )

    def describe(self) -> str:
        """Return in a sentence what is in it."""
        counts = {form: sum(piece.form == form for piece in self._pieces) for form in FORMS}
        told = [_counted(form, number) for form, number in counts.items() if number]
        listed = " and ".join(filter(None, (", ".join(told[:-1]), *told[-1:])))
        return f"In this portfolio: {listed or 'nothing yet'}."

    def __len__(self) -> int:
        """Return the number of pieces."""
        return len(self._pieces)

    def __iter__(self) -> Iterator[Piece]:
        """Go through the pieces in order."""
        return iter(self.pieces)

    def __repr__(self) -> str:
        """Return the title, what is in it, and a line for each piece."""
        lines = [f"- {piece.title} ({FORMS[piece.form].lower()})" for piece in self._pieces]
        return "\n".join([f"{self.title}. {self.describe()}", *self.told, *lines])

    def _repr_mimebundle_(self, include: Any = None, exclude: Any = None) -> dict[str, str]:
        told = "".join(f"<p>{escape(line)}</p>" for line in (self.describe(), *self.told))
        rows = "".join(
            f"<li>{escape(piece.title)} ({FORMS[piece.form].lower()})</li>"
            for piece in self._pieces
        )
        html = f"<div><strong>{escape(self.title)}</strong>{told}<ol>{rows}</ol>{self.link()}</div>"
        return {"text/plain": repr(self), "text/html": html}

    def _put(self, new: Piece) -> Self:
        self.told = ()
        for place, piece in enumerate(self._pieces):
            if piece.form == new.form and key(piece.title) == key(new.title):
                if piece != new:
                    self._pieces[place] = new
                    self.told = (f"'{new.title}' was here already; it is replaced by this one.",)
                return self
        self._pieces.append(new)
        return self

    def _called(self, title: str) -> list[Piece]:
        found = [piece for piece in self._pieces if key(piece.title) == key(title)]
        if not found:
            raise unknown_name(title, [piece.title for piece in self._pieces], "portfolio")
        return found

    def _page(self) -> str:
        held = data_of(self.title, self._pieces)
        return page_html(self.title, self.describe(), self.pieces, held)

    def _pieces_there(self, where: Path, replace: bool) -> tuple[Piece, ...]:
        """Return the pieces of the portfolio that stands there; none of them must be lost."""
        page = page_of(where)
        if not page.exists():
            return ()
        try:
            _, old, told = read(where)
        except FileError:
            if replace:
                return ()
            raise FileError(
                f"'{page}' is there already, and is no portfolio. Nothing was written. Choose "
                "another name, or write over it: save(…, replace=True)"
            ) from None
        mine = [_same(piece) for piece in self._pieces]
        lost = [piece.title for piece in old if _same(piece) not in mine]
        if (lost or told) and not replace:
            named = " and ".join(f"'{brief(title, 40)}'" for title in lost[:3]) or "some of it"
            more = f" and {len(lost) - 3} more" if len(lost) > 3 else ""
            raise FileError(
                f"'{where}' holds what is not in this portfolio, or is another way there: "
                f"{named}{more}. Nothing was written. To keep both, choose another name, or begin "
                f"with read_portfolio('{where}'); to write over it: save(…, replace=True)"
            )
        return old

    def _write_beside(self, folder: Path, old: tuple[Piece, ...], replace: bool) -> None:
        """Write the files beside the page; what somebody else put or changed there stays."""
        before, now = files_of(old), files_of(self._pieces)
        beside = folder / FOLDER
        foreign = [
            name
            for name in {**before, **now}
            if (beside / name).exists()
            and (beside / name).read_bytes() not in (before.get(name), now.get(name))
        ]
        if foreign and not replace:
            raise FileError(
                f"'{beside / foreign[0]}' was changed by somebody, or is from elsewhere. Nothing "
                "was written. Choose another folder, or write over it: save(…, replace=True)"
            )
        try:
            beside.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise FileError(f"'{beside}' cannot be made: {error.strerror}") from None
        for name, content in now.items():
            write_whole(beside / name, content)
        for name in before.keys() - now.keys() - set(foreign):
            (beside / name).unlink(missing_ok=True)


def _same(piece: Piece) -> str:
    """Return what two pieces have in common when one can stand for the other."""
    made_from = piece.source if piece.source is not None else piece.shown
    said = [piece.form, key(piece.title), piece.reflection, made_from]
    return json.dumps(said, sort_keys=True)


def _counted(form: str, number: int) -> str:
    one = {
        "progress": "a set of exercises",
        "notebook": "a notebook",
    }.get(form, FORMS[form].lower())
    many = {"progress": "sets of exercises", "notebook": "notebooks", "picture": "pictures"}
    return one if number == 1 else f"{number} {many.get(form, f'{form}s')}"
