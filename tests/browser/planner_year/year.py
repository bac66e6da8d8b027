"""A whole year at the desk: five notebooks, one diary that grows, and what was seen of each."""

from __future__ import annotations

import re
import shutil
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from cstools.cohorts import Cohort, open_planner
from cstools.cohorts.basics.spreadsheet import read_rows

from .decisions import (
    Entries,
    by_the_rules,
    codes,
    of_august,
    of_december,
    of_july_after,
    of_june,
    of_june_after,
    of_may,
    paired,
    to_ask_in_june,
)
from .desk import Desk, OnAPhone, OpenBook, Seen
from .people import Answers, write_answers
from .sheets import write_diary, write_notes, write_portfolios, write_reports, write_review

COHORT = "Class of the lakes"
#: What stands in every first box, in place of what was shipped.
OURS = {
    "cohort_name": COHORT,
    "applications_file": "answers.xlsx",
    "how_to_read_it": "reading.toml",
    "phrase": "quite other words",
}
RUN = OURS | {"our_run": "open-questions.toml", "our_diary": "diary.toml"}
MAY = {
    "lot_drawn": "2026-05-18",
    "wishes_heard": "2026-05-19",
    "thought_over": "2026-05-20",
    "seat_free": "2026-05-21",
    "week_over": "2026-05-22",
}
JUNE = {
    "paired_on": "2026-06-01",
    "wishes_heard": "2026-06-04",
    "teams_formed": "2026-06-08",
    "mentors_given": "2026-06-09",
    "summer_over": "2026-08-24",
}
YEAR = {
    "reports": "reports",
    "account_zone": "Europe/Copenhagen",
    "notes": "sheet.csv",
    "summer_over": "2026-08-24",
}
AFTER = {
    "winter": "2026-12-01",
    "panels_made": "2027-06-02",
    "review": "review.csv",
    "issued_on": "2027-07-12",
    "next_class": "Class after the lakes",
}


@dataclass
class Year:
    """The folder of the year, the diary as it stands, and what was seen at each step."""

    folder: Path
    answers: Answers
    diary: Entries = field(default_factory=list)
    seen: dict[str, Seen] = field(default_factory=dict)
    again: dict[str, Seen] = field(default_factory=dict)
    saved: dict[str, str] = field(default_factory=dict)
    on_a_phone: dict[str, OnAPhone] = field(default_factory=dict)
    kept: dict[str, list[Mapping[str, Any]]] = field(default_factory=dict)
    minutes: dict[tuple[str, str], int] = field(default_factory=dict)
    panels: dict[str, list[str]] = field(default_factory=dict)
    further: str = ""

    def write(self, entries: Entries) -> None:
        """Add entries to the diary."""
        self.diary += entries
        write_diary(self.folder / "diary.toml", self.diary)

    def told(self, what: str) -> dict[str, Any]:
        """Return the last entry of the diary with this step."""
        return next(each for each in reversed(self.diary) if each["what"] == what)

    def results(self, book: str) -> Path:
        """Return the folder in which a notebook keeps its results."""
        return self.folder / results(book)

    def cohort(self, book: str) -> Cohort:
        """Return what a notebook has kept."""
        return open_planner(self.results(book)).load(COHORT)

    def files(self, book: str) -> dict[str, Any]:
        """Return what stands in the files that were written, and the cohort that was kept."""
        content: dict[str, Any] = {"kept": self.cohort(book)}
        for path in sorted(self.results(book).rglob("*")):
            if path.suffix == ".xlsx":
                content[path.name] = list(read_rows(path))
            elif path.is_file() and "sqlite" not in path.name:
                content[path.name] = path.read_bytes()
        return content

    def run(self, book: OpenBook, step: str, words: Mapping[str, str]) -> Seen:
        """Change the first box, run all, and keep what was seen."""
        book.change(words)
        self.seen[step] = seen = book.run()
        assert seen.errors == [], f"{step}: {seen.errors}"
        return seen

    def end(self, book: OpenBook, step: str) -> None:
        """Run the notebook once more, save it, and look at it as on a phone."""
        before = self.files(step)
        self.again[step] = book.run()
        after = self.files(step)
        self.kept[step] = [before, after]
        self.saved[step] = book.saved()
        self.on_a_phone[step] = book.on_a_phone()


def results(book: str) -> str:
    """Return the name of the folder in which a notebook keeps its results."""
    return f"lakes-{book}"


def fresh_copy(notebooks: Path, folder: Path) -> Path:
    """Copy the planner's notebooks, and none of the files that are shipped beside them."""
    folder.mkdir(parents=True)
    for path in notebooks.glob("*.ipynb"):
        shutil.copy(path, folder)
    return folder


def walk(desk: Desk) -> Year:
    """Walk through the year."""
    year = Year(desk.folder, write_answers(desk.folder))
    with desk.open("50") as book:
        own = {"our_decisions": "open-questions.toml", "faculty_zones": "Europe/Copenhagen"}
        year.run(book, "50", OURS | own | {"folder": results("50")})
        year.end(book, "50")
    with desk.open("51") as book:
        year.write([*by_the_rules(), *of_may(year.seen["50"].table(": seats"))])
        own = {"drawn_in": results("50"), "names_for": "letters of May", "folder": results("51")}
        year.run(book, "51", RUN | MAY | own)
        year.end(book, "51")
    seats = codes(year.seen["51"].table(": seats"), "accepted")
    with desk.open("52") as book:
        _in_june(year, book, seats)
    with desk.open("53") as book:
        _in_december(year, book, somebody=seats[5])
    with desk.open("54") as book:
        _in_july(year, book, somebody=seats[5])
    return year


def _in_june(year: Year, book: OpenBook, seats: list[str]) -> None:
    before = list(year.diary)
    year.write(to_ask_in_june())
    own = {"one": seats[1], "other": seats[-1], "folder": results("52")}
    asked = year.run(book, "52 asked", RUN | JUNE | own)
    year.diary = before
    year.write(of_june(asked.table(": buddies on their sites"), asked.table(": teams")))
    year.write(of_august(leaving=seats[3]))
    year.run(book, "52", {})
    year.end(book, "52")


def _in_december(year: Year, book: OpenBook, somebody: str) -> None:
    people = year.cohort("52").accepted
    year.minutes = write_reports(year.folder / "reports", people)
    write_notes(
        year.folder / "sheet.csv", paired(year.seen["52"].table(": buddies on their sites"))
    )
    own = {"today": "2026-12-01", "somebody": somebody, "folder": results("53")}
    asked = year.run(book, "53 asked", RUN | YEAR | own)
    guests = [row["guest"] for row in asked.table(": guests on calls")]
    year.write(of_december(guests, guests[0], whom=somebody, call="2026-09-17"))
    year.run(book, "53", {"names_for": "letters of December"})
    year.end(book, "53")


def _in_july(year: Year, book: OpenBook, somebody: str) -> None:
    people = [row["code"] for row in year.seen["53"].table(" on calls until 2026-12-01")]
    write_portfolios(year.folder / "portfolios", people)
    write_review(year.folder / "review.csv", {})
    year.write(of_june_after(about=somebody))
    own = {"somebody": somebody, "portfolio": "", "folder": results("54")}
    asked = year.run(book, "54 asked", RUN | YEAR | AFTER | own)
    for row in asked.table(": review panels"):
        year.panels[row["person"]] = re.findall(r"F-\d", f"{row['programme']} {row['outside']}")
    year.further, anew, *_ = year.panels
    write_review(year.folder / "review.csv", year.panels, further=[year.further])
    year.write(of_july_after(anew))
    handed_over = {"names_for": "the last day", "portfolio": f"portfolios/{somebody}.html"}
    held = year.run(book, "54", handed_over).table(": certificates")
    superseded = next(row["id"] for row in held if row["status"] != "valid")
    year.run(book, "54", {"read_out": superseded.lower()})
    year.end(book, "54")
