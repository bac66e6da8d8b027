"""How far a learner is, and the two doors for taking it along: download it, load it again.

The table follows every check made in the notebook. The file that is saved is made in the page; it
goes from the kernel to the learner's own computer and nowhere else.
"""

from __future__ import annotations

from typing import Any

import ipywidgets

from cstools.languages import speaking, spoken
from cstools.learning.progress import Progress
from cstools.learning.question import ExerciseSet

# The text, which stays in the file, stands before the live part: it is not needed twice.
_STYLE = """<style>
.jp-OutputArea-child:has(> .jp-RenderedMarkdown):has(
  + .jp-OutputArea-child > .jp-OutputArea-output > .cs-keeper) { display: none; }
</style>"""


class ProgressKeeper(ipywidgets.VBox):  # type: ignore[misc]
    """The progress of a set, a link that saves it, and a button that loads a saved one."""

    def __init__(self, exercises: ExerciseSet) -> None:
        self.exercises = exercises
        self.shown = ipywidgets.HTML()
        self.load = _door(exercises.language)
        super().__init__([ipywidgets.HTML(_STYLE), self.shown, self.load])
        self.add_class("cs-keeper")
        self.layout.max_width = "760px"
        self.load.observe(self._loaded, names="value")
        exercises.record.watch(self.refresh)
        self.refresh()

    def refresh(self) -> None:
        """Show the progress as it is now."""
        self._show(self.exercises.progress)

    def take(self, receipt: bytes) -> None:
        """Go on from a receipt, and say what is to be said about it."""
        self._show(self.exercises.resume(receipt))

    def _show(self, progress: Progress) -> None:
        self.shown.value = progress.table() + progress.link()

    def _loaded(self, change: Any) -> None:
        for file in change["new"]:
            self.take(bytes(file["content"]))


def _door(language: str) -> ipywidgets.FileUpload:
    with speaking(language):
        return ipywidgets.FileUpload(
            accept=".json",
            multiple=False,
            description=spoken("Load my progress"),
            tooltip=spoken("Choose the file that you downloaded on another day"),
            layout=ipywidgets.Layout(width="max-content"),
        )


def keeper(exercises: ExerciseSet) -> ProgressKeeper:
    """Return the progress of a set as a live part."""
    return ProgressKeeper(exercises)
