"""A long table to search, sort and page through, for cohorts of hundreds."""

from __future__ import annotations

from html import escape
from typing import TYPE_CHECKING, Any

from cstools.errors import MissingPartError

if TYPE_CHECKING:
    from cstools.cohorts.basics.tables import Table

PAGE = 25  # rows on a page, where nobody has chosen another number
LENGTHS = (10, 25, 50, 100, 500)


def searchable(shown: Table, rows: int = PAGE) -> Any:
    """Return a table as a live one: a box to search in, heads to sort by, pages of rows.

    Cells stay text: ``02139`` keeps its nought, and a name that looks like HTML is shown as typed.
    """
    try:
        from itables.widget import ITable
    except ModuleNotFoundError as error:
        raise MissingPartError(
            f"'{error.name}' is not installed, and searching a table needs it; "
            "install it with: pip install 'cstools[planner]'"
        ) from error
    import pandas as pd  # these two wake up only for a table that is searched
    from ipywidgets import HTML, VBox

    frame = pd.DataFrame(shown.rows, columns=pd.Index(shown.columns), dtype="object")
    notes = "".join(f"<p>{escape(note)}</p>" for note in shown.notes)
    live = ITable(
        frame,
        showIndex=False,
        allow_html=False,
        maxBytes=0,  # everybody is in it: nobody is left out for the size of the table
        pageLength=rows,
        lengthMenu=sorted({rows, *LENGTHS}),
        layout={"topStart": "pageLength", "topEnd": "search"},
        columnDefs=[{"targets": "_all", "className": "dt-head-left dt-body-left"}],  # all is text
        text_in_header_can_be_selected=False,  # a click on a head sorts by it
        style="width:100%",
    )
    return VBox([HTML(f"<b>{escape(shown.title)}</b>"), live, HTML(notes)])
