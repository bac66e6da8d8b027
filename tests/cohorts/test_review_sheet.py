"""The sheet of a review: read whole or not at all, and a second time it changes nothing."""

from datetime import date

import pytest

from cstools.cohorts import faculty
from cstools.cohorts.basics.spreadsheet import write_rows
from cstools.errors import DataError

HEAD = ("day", "who", "what", "faculty", "value")
FACULTY = (faculty("F-1", "programme"), faculty("F-2", "outside"))


@pytest.fixture(scope="module")
def panelled(paired):
    named = paired.reviewing.with_faculty(*FACULTY)
    return named.reviewing.assign_panels(unit="person", seed=3)


@pytest.fixture
def sheet(tmp_path):
    """Write a sheet of a review beside two portfolios."""
    (tmp_path / "first.html").write_text("A made-up portfolio.", encoding="utf-8")
    (tmp_path / "second.html").write_text("A made-up portfolio, again.", encoding="utf-8")

    def written(*rows, name="review.csv"):
        return write_rows(tmp_path / name, [HEAD, *rows])

    return written


def year(code, other):
    """Return the rows of one who works on and is certified then, and of one who never signs."""
    return (
        ("2027-06-07", code, "portfolio", "", "first.html"),
        ("2027-06-20", code, "signature", "F-1", "further work"),
        ("2027-06-21", code, "Signature", "F-2", "further work"),
        ("2027-07-01", code, "portfolio", "", "second.html"),
        ("2027-07-05", code, "signature", "F-1", "certified"),
        ("2027-07-06", code, "signature", "F-2", "certified"),
        ("2027-07-12", code, "consent", "", "mentor; co-host"),
        ("2027-07-12", other, "consent", "", "no"),
    )


@pytest.mark.parametrize("name", ["review.csv", "review.xlsx"])
def test_a_sheet_gives_what_the_doors_give(panelled, sheet, tmp_path, name):
    code, other = (person.code for person in panelled.accepted[:2])
    first, second = tmp_path / "first.html", tmp_path / "second.html"
    doors = panelled.reviewing.hand_in(code, first, on=date(2027, 6, 7))
    doors = doors.reviewing.sign(code, "F-1", "further work", on=date(2027, 6, 20))
    doors = doors.reviewing.sign(code, "F-2", "further work", on=date(2027, 6, 21))
    doors = doors.reviewing.hand_in(code, second, on=date(2027, 7, 1))
    doors = doors.reviewing.sign(code, "F-1", "certified", on=date(2027, 7, 5))
    doors = doors.reviewing.sign(code, "F-2", "certified", on=date(2027, 7, 6))
    doors = doors.reviewing.consent(code, "mentor", "co-host", on=date(2027, 7, 12))
    doors = doors.reviewing.consent(other, on=date(2027, 7, 12))
    assert panelled.reviewing.note(sheet(*year(code, other), name=name)) == doors


def test_the_same_sheet_again_changes_nothing_and_a_longer_one_goes_on(panelled, sheet):
    code, other = (person.code for person in panelled.accepted[:2])
    rows = year(code, other)
    noted = panelled.reviewing.note(sheet(*rows))
    assert noted.reviewing.note(sheet(*rows)) == noted
    early = panelled.reviewing.note(sheet(*rows[:2]))
    assert early.reviewing.note(sheet(*rows[::-1][:6], *rows[:2])) == noted


def test_both_attempts_may_be_judged_alike_on_one_day(panelled, sheet):
    code = panelled.accepted[0].code
    day = "2027-06-07"
    signed = [(day, code, "signature", id, "further work") for id in ("F-1", "F-2")]
    rows = (
        (day, code, "portfolio", "", "first.html"),
        *signed,
        (day, code, "portfolio", "", "second.html"),
        *signed,
    )
    noted = panelled.reviewing.note(sheet(*rows))
    assert [each.attempt for each in noted.review.signatures] == [1, 1, 2, 2]
    assert noted.reviewing.note(sheet(*rows)) == noted


def test_a_later_answer_is_not_overwritten_by_an_older_row(panelled, sheet):
    code = panelled.accepted[0].code
    later = panelled.reviewing.consent(code, on=date(2027, 8, 1))
    row = ("2027-07-12", code, "consent", "", "mentor")
    assert later.reviewing.note(sheet(row)) == later


def test_what_was_handed_in_stays_when_somebody_withdraws(panelled, sheet):
    code, other = (person.code for person in panelled.accepted[:2])
    rows = year(code, other)
    gone = panelled.reviewing.note(sheet(*rows)).withdraw(code, "a new post")
    assert gone.reviewing.note(sheet(*rows)) == gone


def test_portfolios_may_lie_in_another_folder(panelled, sheet, tmp_path):
    code = panelled.accepted[0].code
    (tmp_path / "handed in").mkdir()
    (tmp_path / "first.html").rename(tmp_path / "handed in" / "first.html")
    file = sheet(("2027-06-07", code, "portfolio", "", "first.html"))
    assert panelled.reviewing.note(file, folder=tmp_path / "handed in").review.attempts
    with pytest.raises(DataError, match=r"review\.csv: 1 row is wrong, and no row was taken"):
        panelled.reviewing.note(file)


def test_a_wrong_row_is_named_and_no_row_is_taken(panelled, sheet):
    code = panelled.accepted[0].code
    rows = (
        ("2027-06-07", code, "portfolio", "", "first.html"),
        ("2027-06-08", code, "potfolio", "", "first.html"),
        ("2027-06-09", code, "portfolio", "", ""),
        ("3/4/2027", code, "consent", "", "mentor"),
        ("2027-06-20", "", "consent", "", "mentor"),
        ("2027-06-21", code, "consent", "", "menter"),
    )
    with pytest.raises(DataError) as told:
        panelled.reviewing.note(sheet(*rows))
    assert str(told.value) == (
        "review.csv: 5 rows are wrong, and no row was taken\n"
        "- row 5, day: '3/4/2027' can be read in two orders; write it as 2026-04-03\n"
        "- row 3: 'potfolio' is nothing that a review notes; did you mean 'portfolio'?\n"
        f"- row 4: {code}: the column 'value' is empty; write the file or folder handed in\n"
        "... and 2 more"
    )


def test_a_sheet_without_a_column_is_told(panelled, tmp_path):
    file = write_rows(tmp_path / "review.csv", [("day", "who", "what", "value"), ("",) * 4])
    with pytest.raises(DataError) as told:
        panelled.reviewing.note(file)
    assert str(told.value) == (
        "review.csv: there is no column 'faculty'; the columns are day, who, what, faculty, value"
    )


def test_certified_people_who_agreed_are_the_mentors_of_the_next_run(panelled, sheet):
    code, other = (person.code for person in panelled.accepted[:2])
    helpers = panelled.reviewing.note(sheet(*year(code, other))).helpers()
    following = panelled.programme.plan("Class of 2027-2028", secret="a phrase")
    invited = following.teams.invite(helpers, most=3)
    (mentor,) = invited.groups.mentors
    person = panelled.accepted[0]
    assert (mentor.id, mentor.site, mentor.most) == ("M-1", person.site, 3)
    assert (mentor.languages, mentor.time_zone) == (person.application.languages, person.time_zone)
    assert invited.teams.invite(helpers, most=3) == invited


def test_a_helper_has_a_number_that_is_free(panelled, sheet):
    code, other = (person.code for person in panelled.accepted[:2])
    helpers = panelled.reviewing.note(sheet(*year(code, other))).helpers()
    following = panelled.programme.plan("Class of 2027-2028").teams.mentor(
        "M-1", languages="English", time_zone="Europe/London", free="Mon 9-12"
    )
    invited = following.teams.invite(helpers)
    assert [mentor.id for mentor in invited.groups.mentors] == ["M-1", "M-2"]
    assert invited.teams.invite(helpers) == invited
