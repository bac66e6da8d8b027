"""A coordinator's whole year in the browser: forty people, five notebooks, and no code.

The people are others than the shipped ones, in files of other names. Words between the quotes of
each first box are typed, *Run → Run All Cells* is chosen, and what stands on the page is read: the
codes that go into the diary are read there too.
"""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from playwright.sync_api import Page

from cstools.cohorts.basics.spreadsheet import read_rows

from ..conftest import missing
from .conftest import Lender
from .lab import Lab
from .planner_year.decisions import by_the_rules, codes
from .planner_year.desk import Desk, Seen
from .planner_year.people import answers, named_in, write_answers
from .planner_year.sheets import CALLS, MINUTES, write_diary
from .planner_year.year import COHORT, OURS, RUN, YEAR, Year, fresh_copy, results, walk

NOTEBOOKS = Path(__file__).parents[2] / "notebooks" / "5-planner"
BOOKS = ("50", "51", "52", "53", "54")
BESIDE = ": beside what is kept"
WRITTEN = {
    "50": {"roster.xlsx", "calendar.ics"},
    "51": {"letters.xlsx"},
    "52": {"kept"},
    "53": {"reminders.xlsx", "guests.xlsx"},
    "54": {"kept"},
}


@pytest.fixture(scope="module")
def window(request: pytest.FixtureRequest, lab_pages: Lender) -> Iterator[Page]:
    """The window of JupyterLab; who comes after a failure gets another."""
    before = request.session.testsfailed
    yield lab_pages.lend()
    lab_pages.take_back(keep=request.session.testsfailed == before)


def a_desk(window: Page, lab: Lab, name: str) -> Desk:
    return Desk(window, lab, fresh_copy(NOTEBOOKS, lab.folder / name / "5-planner"))


@pytest.fixture(scope="module")
def desk(window: Page, lab: Lab) -> Desk:
    return a_desk(window, lab, "a year")


@pytest.fixture(scope="module")
def year(desk: Desk) -> Year:
    """The year, walked through once for all tests."""
    return walk(desk)


@pytest.fixture(scope="module")
def other_desk(window: Page, lab: Lab) -> Desk:
    """A desk for somebody who makes mistakes: one file reads only half of the form."""
    other = a_desk(window, lab, "mistakes")
    half = write_answers(other.folder).mapping.replace('site = "Where do you work?"', "")
    (other.folder / "half.toml").write_text(half, encoding="utf-8")
    write_diary(other.folder / "only-may.toml", by_the_rules())
    return other


def texts(seen: Seen) -> list[str]:
    return [box["text"] for box in seen.boxes]


# --- the pages ------------------------------------------------------------------------------------


@pytest.mark.parametrize("book", BOOKS)
def test_no_box_fails_and_the_browser_does_not_complain(year: Year, book: str) -> None:
    seen = year.again[book]
    assert seen.errors == []
    assert seen.complaints == []
    assert len(seen.titles) >= 5


@pytest.mark.parametrize("book", BOOKS)
def test_a_second_run_changes_nothing(year: Year, book: str) -> None:
    first, again = year.seen[book], year.again[book]
    assert [text for text in texts(again) if BESIDE not in text] == [
        text for text in texts(first) if BESIDE not in text
    ]
    assert not any(again.tables(BESIDE))  # the diary has grown since the first run, and then not
    before, after = year.kept[book]
    assert after == before
    assert WRITTEN[book] <= set(after)


@pytest.mark.parametrize("book", BOOKS)
def test_nothing_personal_is_on_a_page_or_in_a_saved_notebook(year: Year, book: str) -> None:
    private = year.answers.private
    assert len(private) > 100
    pages = [seen.page for step, seen in year.seen.items() if step.startswith(book)]
    assert [named_in(page, private) for page in pages] == [[]] * len(pages)
    assert COHORT in year.saved[book]  # it was saved with what it shows
    assert named_in(year.saved[book], private) == []


@pytest.mark.parametrize("book", BOOKS)
def test_everybody_can_read_it_on_a_phone(year: Year, book: str) -> None:
    """What is wider than the page scrolls in a box that the keyboard reaches."""
    assert year.on_a_phone[book].faults == []
    scrolls = "scrollable-region-focusable" in year.on_a_phone[book].kept
    assert scrolls == (book != "54")  # the others show a picture


# --- May ------------------------------------------------------------------------------------------


def test_the_form_is_not_ready_as_it_came_and_ready_as_it_is_to_be_read(year: Year) -> None:
    """Title rows above the heads and all: what is wrong is shown, and the page goes on."""
    seen = year.seen["50"]
    (first,), (second,) = seen.tables("not ready yet"), seen.tables(", ready")
    assert "write head_row = 3" in str([row for row in first if row["kind"] == "wrong"])
    kinds = {row["kind"] for row in second}
    assert kinds == {"look", "repaired"}


def test_every_application_has_an_outcome_and_a_reason(year: Year) -> None:
    seats = year.seen["50"].table(": seats")
    assert len({row["code"] for row in seats}) == 40
    assert len(codes(seats, "accepted")) == 22
    assert all(row["why"] for row in seats)
    assert [len(codes(seats, kind)) for kind in ("waiting", "needs a ruling", "refused")] == [
        10,
        4,
        4,
    ]


def test_the_diary_begins_with_the_seats_that_the_first_notebook_kept(year: Year) -> None:
    seen = year.seen["51"]
    assert seen.tables(": seats")[0] == year.seen["50"].table(": seats")
    assert f"Nobody has another seat than is kept in '{results('50')}'." in seen.text


def test_what_was_decided_about_seats_is_kept_and_its_price_is_told(year: Year) -> None:
    seen = year.seen["51"]
    seats, table = seen.table(": seats"), seen.table(": decided by people")
    held = year.told("hold a seat")["people"][0]
    outcome = {row["code"]: row["outcome"] for row in seats}
    assert outcome[held] == "accepted"
    assert {outcome[code] for code in year.told("not eligible")["people"]} == {"refused"}
    assert outcome[year.told("eligible")["people"][0]] in ("accepted", "waiting 1")
    price = next(row["what it costs"] for row in table if row["wish"] == "hold a seat")
    by_the_rules = {row["code"]: row["outcome"] for row in year.seen["50"].table(": seats")}
    lost = {code for code in outcome if code in price}
    assert lost
    assert held not in lost
    assert {by_the_rules[code] for code in lost} == {"accepted"}
    together = next(row for row in table if row["wish"] == "keep together")
    assert together["what it costs"].startswith("taken back by the programme director")


def test_the_seats_are_checked_again_and_keep_every_rule(year: Year) -> None:
    for checked in year.seen["51"].tables(": the seats, checked again"):
        assert {row["found"] for row in checked} == {"holds"}


def test_whoever_withdraws_makes_room_for_the_next_who_fits(year: Year) -> None:
    goes = year.told("withdraw")["person"]
    changed = year.seen["51"].table(": what has changed")
    now = {row["code or team"]: (row["before"], row["now"]) for row in changed}
    first = next(each["person"] for each in year.diary if each["what"] == "withdraw")
    assert goes != first
    assert now.pop(first) == ("accepted", "withdrawn")
    came = [code for code, (_, new) in now.items() if new == "accepted"]
    assert len(came) == 1
    assert now[came[0]][0].startswith("waiting")


def test_the_letters_have_names_in_the_file_and_codes_on_the_page(year: Year) -> None:
    letters = year.seen["51"].table(": letters")
    assert len(letters) == 40
    written = str(read_rows(year.results("51") / "letters.xlsx"))
    emails = {text for text in year.answers.private if "@" in text}
    assert len(emails) == 40
    assert emails <= set(named_in(written, year.answers.private))
    said = {row["code"]: row["letter"] for row in letters}
    assert "We are glad to offer you a seat" in said[year.told("hold a seat")["people"][0]]


# --- buddies, teams, calendar ---------------------------------------------------------------------


def test_wishes_about_buddies_hold_and_nobody_has_buddies_at_the_same_site(year: Year) -> None:
    groups = year.seen["52"].table(": buddies on their sites")
    together = [set(row["group"].split(", ")) for row in groups]
    assert set(year.told("pair")["people"]) in together
    assert set(year.told("freeze")["people"]) in together
    apart = set(year.told("never pair")["people"])
    assert [group for group in together if apart <= group] == []
    for row in groups:
        if row["kind"] != "nobody":
            assert len(set(row["sites"].split(" · "))) == len(row["group"].split(", "))
    checked = year.seen["52"].table(": buddies, checked again")
    assert {row["kept, or by whom not"] for row in checked} == {"kept"}


def test_a_given_mentor_stays_and_the_summer_is_told_person_by_person(year: Year) -> None:
    given = year.told("give mentor")
    end = {row["team"]: row for row in year.seen["52"].table(": teams on 2026-08-24")}
    assert end[given["team"]]["mentor"] == given["mentor"]
    leaving = year.told("leave")["person"]
    assert leaving not in str(end)
    assert leaving in str(year.seen["52"].table(": teams on 2026-06-09"))
    changed = year.seen["52"].table(": what has changed")
    assert {"accepted", "withdrawn"} <= {
        word for row in changed if row["code or team"] == leaving for word in row.values()
    }


def test_the_calendar_shows_each_call_on_the_clock_of_tokyo(year: Year) -> None:
    """The calls are on the third Thursday at 17:30 in Copenhagen: worked out here once more."""
    shown = {row["date"]: row["hour"] for row in year.seen["50"].table(" the clock of Asia/Tokyo")}
    for day in CALLS:
        starts = datetime(
            day.year, day.month, day.day, 17, 30, tzinfo=ZoneInfo("Europe/Copenhagen")
        )
        there = [
            (starts.astimezone(UTC) + timedelta(minutes=m)).astimezone(ZoneInfo("Asia/Tokyo"))
            for m in (0, MINUTES)
        ]
        assert shown[f"{there[0]:%a %-d %b %Y}"] == f"{there[0]:%H:%M}–{there[1]:%H:%M}"
    assert (year.results("50") / "calendar.ics").read_text("utf-8").count("BEGIN:VEVENT") >= 12


# --- the year -------------------------------------------------------------------------------------


def test_attendance_is_what_the_reports_hold_to_the_minute(year: Year) -> None:
    decided = year.told("count as")
    seen = 0
    for row in year.seen["53"].table(" on calls until 2026-12-01"):
        for head, cell in row.items():
            if head == "code":
                continue
            minutes, counts = cell.split(", ")
            assert int(minutes) == year.minutes[row["code"], head[:10]]
            by_minutes = int(minutes) >= 0.75 * MINUTES
            by_people = (row["code"], head[:10]) == (decided["person"], decided["call"])
            assert counts == ("there" if by_minutes or by_people else "not there")
            seen += 1
    assert seen == len(year.minutes)


def test_everybody_owes_what_the_sheet_lacks_and_has_a_draft(year: Year) -> None:
    owed = {row["commitment"]: row for row in year.seen["53"].table(" is owed on 2026-12-01")}
    people = {code for code, _ in year.minutes}
    missed = sum(
        "not there" in str(row) for row in year.seen["53"].table(" on calls until 2026-12-01")
    )
    assert int(owed["calls"]["missed"]) == missed
    assert int(owed["project"]["owed"]) == len(people)
    drafts = list(read_rows(year.results("53") / "reminders.xlsx"))
    assert len(drafts) == 1 + len(people)
    assert named_in(str(drafts), year.answers.private)  # a reason was given: names stand in it


# --- the review -----------------------------------------------------------------------------------


def test_a_panel_has_both_kinds_of_faculty_and_no_declared_conflict(year: Year) -> None:
    panels = year.seen["54"].table(": review panels")
    assert {row["person"] for row in panels} == {code for code, _ in year.minutes}
    declared = year.told("declare")
    for row in panels:
        assert row["programme"] in ("F-1", "F-2")
        assert row["outside"] in ("F-3", "F-4", "F-5")
        assert row["person"] not in declared["about"] or row["outside"] != declared["faculty"]


def test_whoever_was_certified_by_both_has_a_certificate_that_can_be_read(year: Year) -> None:
    certified = set(year.panels) - {year.further}
    seen = {row["id"]: row for row in year.seen["54"].table(": certificates")}
    valid = {id: row["code"] for id, row in seen.items() if row["status"] == "valid"}
    assert sorted(valid.values()) == sorted(certified)
    names = {p.code: p.application.name._text for p in year.cohort("54").accepted}
    pages = sorted((year.results("54") / "certificates").glob("*.pdf"))
    assert {page.stem.removeprefix("certificate-") for page in pages} == set(valid)
    for page in pages:
        id = page.stem.removeprefix("certificate-")
        printed = text_of(page)
        assert id in printed
        assert names[valid[id]] in printed
    assert inked(pages[0])


def test_an_id_that_was_superseded_says_so_when_it_is_read_out(year: Year) -> None:
    anew = year.told("reissue")["person"]
    rows = [row for row in year.seen["54"].table(": certificates") if row["code"] == anew]
    status = {row["status"] == "valid": row["id"] for row in rows}
    assert f"{status[False]}: superseded by {status[True]}; it was" in year.seen["54"].text
    assert "C-AAAA-BBBB-CCCC-DDDD: unknown" in year.seen["54"].text


def test_what_was_decided_earlier_is_still_true_at_the_end(year: Year) -> None:
    """Seats, buddies, teams, mentors and attendance of the year stand in the last notebook."""
    last = year.seen["54"].table(": decided by people")
    for book in ("52", "53"):
        for row in year.seen[book].table(": decided by people"):
            assert row in last
    end = year.cohort("54")
    outcome = {each.code: each.outcome for each in end.decisions}
    gone = {each["person"] for each in year.diary if each["what"] == "withdraw"}
    assert {outcome[code] for code in gone} == {"withdrawn"}
    assert outcome[year.told("hold a seat")["people"][0]] == "accepted"
    buddies = {each.code: set(each.buddies) for each in end.buddies}
    one, other = year.told("pair")["people"]
    assert buddies[one] == {other}
    assert end.buddies == year.cohort("52").buddies
    assert len(end.followed.meetings) == len(CALLS)
    assert end.following.attendance("2026-12-01").rows == tuple(
        tuple(row.values()) for row in year.seen["53"].table(" on calls until 2026-12-01")
    )
    given = year.told("give mentor")
    held = {row[0]: row[5] for row in end.teams.table("2026-08-24").rows}
    assert held[given["team"]] == given["mentor"]


# --- mistakes -------------------------------------------------------------------------------------

# What is typed in place of the right words, and what the sentence under the box must say. The
# whole sentences are tested in their own rooms.
WRONG = (
    (
        {"applications_file": "anwsers.xlsx"},
        ("'anwsers.xlsx' is not there", "did you mean 'answers.xlsx'?"),
    ),
    (
        {"programme_id": "master-practitioner-2026"},
        ("nothing is called 'master-practitioner-2026'", "'master-practitioners-2026'"),
    ),
    (
        {"how_to_read_it": "half.toml"},
        ("answers.xlsx: 1 thing is wrong", "Site: the column is missing", "in a mapping file"),
    ),
)


def says(seen: Seen, *words: str) -> None:
    """Check that the first box that failed has a sentence with these words, and no more.

    On a busy machine boxes below the failed one may run too, since the kernel lets go only of what
    it has been sent by then.
    """
    box = next(box["text"] for box in seen.boxes if box["text"].startswith("Line "))
    assert "Traceback" not in box
    assert len(box.splitlines()) <= 6
    for part in words:
        assert part in seen.errors[0]
        assert part in box


def test_a_mistake_in_the_first_box_is_told_in_a_sentence(other_desk: Desk) -> None:
    private = answers().private
    good = {
        **OURS,
        "our_decisions": "open-questions.toml",
        "programme_id": "master-practitioners-2026",
    }
    with other_desk.open("50") as book:
        for words, sentence in WRONG:
            book.change(good | words)
            seen = book.run()
            says(seen, *sentence)
            assert named_in(seen.page, private) == []


def test_the_last_notebook_before_the_others_says_what_is_missing(other_desk: Desk) -> None:
    with other_desk.open("54") as book:
        book.change(RUN | YEAR | {"our_diary": "decided-in-may.toml"})
        says(book.run(), "'decided-in-may.toml' is not there")
        book.change({"our_diary": "only-may.toml"})
        says(book.run(), "'reports' is not there")


# --- tools ----------------------------------------------------------------------------------------


def tool(name: str) -> str:
    found = shutil.which(name)
    if found is None:
        missing(f"{name} is not installed (on Debian: apt install poppler-utils)")
    return str(found)


def text_of(page: Path) -> str:
    told = subprocess.run([tool("pdftotext"), str(page), "-"], capture_output=True, check=True)
    return " ".join(told.stdout.decode().split())


def inked(page: Path) -> bool:
    """Say whether the page, as a picture, is neither blank nor black."""
    drawn = subprocess.run(
        [tool("pdftoppm"), "-gray", "-r", "40", str(page)], capture_output=True, check=True
    )
    dots = drawn.stdout[-200 * 400 :]
    dark = sum(dot < 128 for dot in dots) / len(dots)
    return 0.001 < dark < 0.5
