"""A picture with the sentence that says what it shows."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

from cstools.errors import FileError
from cstools.plotting.style import settle, svg

if TYPE_CHECKING:
    from matplotlib.figure import Figure

_CAPTION = "font:14px/1.45 system-ui,sans-serif;margin:.4em 0 0;max-width:44em"


@dataclass(frozen=True)
class Picture:
    """A figure and its sentence: a cell shows both, a screen reader hears the sentence.

    Attributes
    ----------
    figure : matplotlib.figure.Figure
        The drawing, laid out; to change or to save.
    sentence : str
        What it shows, made from the same numbers.
    """

    figure: Figure
    sentence: str

    def __post_init__(self) -> None:
        settle(self.figure)

    def save(self, path: str | Path) -> Path:
        """Write the picture as ``.png``, ``.svg`` or ``.pdf``, told by the ending of the path.

        The sentence goes with it, for screen readers and search. Saved twice, it is the same file.

        Raises
        ------
        FileError
            For any other ending, or a place that cannot be written to.
        """
        path = Path(path)
        ending = path.suffix.lower()
        if ending not in (".png", ".svg", ".pdf"):
            raise FileError(f"'{path.name}': a picture is saved as .png, .svg or .pdf")
        drawn = self._drawn(ending)  # all of it before anything is written
        try:
            path.write_bytes(drawn)
        except OSError as error:
            reason = f"{error.strerror or error}".lower()
            raise FileError(f"'{path}': the picture cannot be saved there; {reason}") from error
        return path

    def _drawn(self, ending: str) -> bytes:
        if ending == ".svg":
            return svg(self.figure, self.sentence).encode()
        about = {
            ".png": {"Description": self.sentence, "Software": None},
            ".pdf": {"Subject": self.sentence, "CreationDate": None},
        }
        file = BytesIO()
        self.figure.savefig(file, format=ending[1:], dpi=200, metadata=about[ending])
        return file.getvalue()

    def __repr__(self) -> str:
        return self.sentence

    def _repr_mimebundle_(self, include: object = None, exclude: object = None) -> dict[str, str]:
        # Inline SVG: JupyterLab shows image/svg+xml as an <img> that has no text alternative.
        html = (
            f'<figure style="margin:0;max-width:100%">{_fluid(svg(self.figure, self.sentence))}'
            f'<figcaption style="{_CAPTION}">{escape(self.sentence)}</figcaption></figure>'
        )
        return {"text/plain": self.sentence, "text/html": html}


def _fluid(picture: str) -> str:
    """Let a drawing shrink with the page; it never grows beyond its own size."""
    return picture.replace("<svg", '<svg style="max-width:100%;height:auto"', 1)
