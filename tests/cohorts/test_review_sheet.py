"""The sheet of a review: read whole or not at all, and a second time it changes nothing."""

from dataclasses import replace
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


def test_a_portfolio_that_is_only_noted_in_the_year_is_told_as_not_with_the_panel(
    panelled, sheet, tmp_path
):
    code, other = (person.code for person in panelled.accepted[:2])
    noted = panelled.following.portfolio(code, tmp_path / "first.html", day="2027-06-05")
    shown = noted.reviewing._repr_mimebundle_()["text/plain"]
    assert "not with the panel: noted in the year on 2027-06-05" in " ".join(shown.split())
    told = "Noted in the year as handed in, and not with the panel: {} ({}). A panel reads"
    assert told.format(code, "2027-06-05") in shown
    handed = noted.reviewing.note(sheet(*year(code, other)[:3]))
    assert "not with the panel" not in repr(handed.reviewing)
    again = handed.following.portfolio(code, tmp_path / "second.html", day="2027-07-01")
    assert told.format(code, "2027-07-01") in repr(again.reviewing)
    assert "not with the panel" not in repr(again.reviewing.note(sheet(*year(code, other))))


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


def test_an_answer_that_goes_back_on_one_day_is_taken_and_once_only(panelled, sheet):
    code = panelled.accepted[0].code
    day = "2027-06-07"
    said = ("certified", "further work", "certified")
    rows = (
        (day, code, "portfolio", "", "first.html"),
        *((day, code, "signature", "F-1", outcome) for outcome in said),
        (day, code, "signature", "F-2", "certified"),
    )
    noted = panelled.reviewing.note(sheet(*rows))
    assert [each.outcome for each in noted.review.signatures] == [*said, "certified"]
    assert list(noted.certificates.issue(on=day).review.certificates)
    assert noted.reviewing.note(sheet(*rows)) == noted
    assert panelled.reviewing.note(sheet(*rows[:3])).reviewing.note(sheet(*rows)) == noted


@pytest.mark.parametrize("second", ["2027-06-10", "2027-06-20"])
def test_a_sheet_of_signatures_alone_changes_nothing_after_the_second_portfolio(
    panelled, sheet, tmp_path, second
):
    code = panelled.accepted[0].code
    first, more = tmp_path / "first.html", tmp_path / "second.html"

    def signed(day, outcome):
        return [(day, code, "signature", id, outcome) for id in ("F-1", "F-2")]

    rows = signed("2027-06-10", "further work")
    noted = panelled.reviewing.hand_in(code, first, on="2027-06-01").reviewing.note(sheet(*rows))
    again = noted.reviewing.hand_in(code, more, on=second)
    assert again.reviewing.note(sheet(*rows)) == again
    rows += signed("2027-06-25", "certified")
    done = again.reviewing.note(sheet(*rows))
    told = [(each.attempt, each.outcome) for each in done.review.signatures]
    assert told == 2 * [(1, "further work")] + 2 * [(2, "certified")]
    assert done.reviewing.note(sheet(*rows)) == done


def test_a_later_answer_is_not_overwritten_by_an_older_row(panelled, sheet):
    code = panelled.accepted[0].code
    later = panelled.reviewing.consent(code, on=date(2027, 8, 1))
    row = ("2027-07-12", code, "consent", "", "mentor")
    assert later.reviewing.note(sheet(row)) == later


def test_what_was_handed_in_stays_when_somebody_withdraws(panelled, sheet):
    code, other = (person.code for person in panelled.accepted[:2])
    rows = year(code, other)
    done = panelled.reviewing.note(sheet(*rows))
    gone = done.withdraw(code, "a new post", on="2027-07-20")
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
    assert (mentor.id, mentor.site, mentor.most) == (f"M-{code[2:]}", person.site, 3)
    assert (mentor.languages, mentor.time_zone) == (person.application.languages, person.time_zone)
    assert invited.teams.invite(helpers, most=3) == invited


def test_a_helper_has_the_letters_of_the_code_in_the_run_that_invites(panelled, sheet):
    code, other = (person.code for person in panelled.accepted[:2])
    helpers = panelled.reviewing.note(sheet(*year(code, other))).helpers()
    following = panelled.programme.plan("Class of 2027-2028", secret="another phrase").teams.mentor(
        "M-1", languages="English", time_zone="Europe/London", free="Mon 9-12"
    )
    invited = following.teams.invite(helpers)
    person = panelled.accepted[0].application
    (there,) = following.enrol([person]).people
    assert there.code != code
    ids = [mentor.id for mentor in invited.groups.mentors]
    assert set(ids) == {"M-1", f"M-{there.code[2:]}"}
    assert helpers.table(following).rows[0][:3] == (code, "co-host, mentor", f"M-{there.code[2:]}")
    assert invited.teams.invite(helpers) == invited


def test_a_helper_who_was_invited_when_ids_were_numbers_is_known_by_the_answers(panelled, sheet):
    code, other = (person.code for person in panelled.accepted[:2])
    helpers = panelled.reviewing.note(sheet(*year(code, other))).helpers()
    following = panelled.programme.plan("Class of 2027-2028").teams.invite(helpers)
    (mentor,) = following.groups.mentors
    before = replace(following.groups, mentors=(replace(mentor, id="M-1"),))
    held = replace(following, groups=before)
    assert held.teams.invite(helpers) == held
