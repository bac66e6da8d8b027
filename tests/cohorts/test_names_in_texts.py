"""What is shown and kept holds codes: a text that names somebody enrolled is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.cohorts import Programme, faculty
from cstools.cohorts.basics.naming import named_in
from cstools.cohorts.basics.people import Private
from cstools.errors import CstoolsError, DataError, UnknownNameError
from tests.cohorts.people import somebody

ROLE = {"by": "programme director", "why": "a wish of the school"}
NAMES = ("May Example", "Zoë Ångström-Made Up", "Will", "見本 花子", "見本太郎", "Jo")


@pytest.fixture(scope="module")
def cohort():
    """Six made-up people with names of all kinds, all with a seat."""
    people = [
        somebody(k, "Hill team", name=Private(name), site=f"Example Site {k % 2}")
        for k, name in enumerate(NAMES)
    ]
    planned = Programme.load("master-practitioners-2026").plan("Class", secret="a phrase")
    return planned.enrol(people).select().teams.form()


def code_of(cohort, name):
    return next(p.code for p in cohort.people if p.application.name._text == name)


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("because May Example asked", "May Example"),
        ("MAY  EXAMPLE's school asked", "May Example"),
        ("Example, May: asked", "May Example"),
        ("zoe angstrom made up asked", "Zoë Ångström-Made Up"),
        ("Angstrom-Made Up, Zoe: asked", "Zoë Ångström-Made Up"),
        ("ask person0@example.org", "May Example"),
        ("ask PERSON0@EXAMPLE.ORG.", "May Example"),
        ("we promised Will a seat", "Will"),
        ("花子ではなく見本太郎です", "見本太郎"),
    ],
)
def test_a_full_name_or_an_e_mail_is_found_however_it_is_written(cohort, text, name):
    assert named_in(text, cohort.people) == code_of(cohort, name)


@pytest.mark.parametrize(
    "text",
    [
        "in May we see",
        "May they come? Will they?",
        "we will see, and may be glad",
        "the school of Example Mayfield",
        "ask person01@example.org or person0@example.organic",
        "not-person0@example.org",
        "a job at Joburg's college is a joy",
        "",
    ],
)
def test_a_first_name_alone_or_a_piece_of_a_word_names_nobody(cohort, text):
    assert named_in(text, cohort.people) == ""


@given(st.text(st.characters(codec="utf-8"), max_size=40))
def test_a_text_of_any_letters_is_answered(cohort, text):
    assert named_in(text, cohort.people) in {"", *(p.code for p in cohort.people)}


def test_a_reason_or_a_role_that_names_somebody_is_refused_at_every_door(cohort):
    one, other = (p.code for p in cohort.people[:2])
    named = code_of(cohort, "May Example")
    doors = {
        "selection, 'hold a seat'": lambda **said: cohort.overrule("hold a seat", one, **said),
        "selection, 'has withdrawn'": lambda why, by: cohort.withdraw(one, why, by=by),
        "selection, 'eligible'": lambda **said: cohort.select(rulings={one: "eligible"}, **said),
        "buddies, 'pair'": lambda **said: cohort.pairing.wish(one, other, **said),
    }
    for step, enter in doors.items():
        for what, said in (
            ("reason", {**ROLE, "why": "as May Example wished"}),
            ("role", {**ROLE, "by": "may example"}),
        ):
            with pytest.raises(DataError) as caught:
                enter(**said)
            assert str(caught.value) == (
                f"{step}: the {what} names {named}; write the code instead, since reasons stand "
                "in tables that are kept in notebooks"
            )


def test_a_taking_back_that_names_somebody_is_refused(cohort):
    held = cohort.overrule("hold a seat", cohort.people[0].code, **ROLE)
    with pytest.raises(DataError, match=r"^selection, 'take back': the reason names P-"):
        held.take_back(1, by="director", why="May Example does not need it")


def test_a_name_in_a_team_a_site_a_county_or_a_champion_is_refused(cohort):
    code, named = cohort.people[0].code, code_of(cohort, "May Example")
    doors = {
        "the team's name": lambda words: cohort.teams.found(words, code),
        "the site of 'Hill team'": lambda words: cohort.teams.work_on("Hill team", words),
        "the district or county": lambda words: cohort.teams.cluster(words, "Example Site 0"),
        "the champion of 'Hill team'": lambda words: cohort.teams.champion("Hill team", words),
    }
    for what, enter in doors.items():
        with pytest.raises(DataError) as caught:
            enter("Friends of May Example")
        assert str(caught.value) == (
            f"{what} names {named}; write {named}, an id or a role in place of it"
        )


def test_what_is_told_of_faculty_and_who_approved_names_nobody(cohort):
    with pytest.raises(DataError, match=r"^what F-1 is told by names P-"):
        cohort.reviewing.with_faculty(faculty("F-1", "outside", mentors="May Example"))
    with pytest.raises(DataError) as caught:
        cohort.following.project(
            "Hill team", "proposed", day="2026-06-01", approved_by="May Example"
        )
    assert str(caught.value) == "approved by: write a role, as 'programme faculty', never a name"
    mayor = cohort.following.project(
        "Hill team", "proposed", day="2026-06-01", approved_by="the mayor"
    )
    assert mayor.followed.entries[0].by == "the mayor"


def test_whoever_writes_a_name_for_a_code_is_told_the_code_and_not_the_name(cohort):
    named = code_of(cohort, "May Example")
    doors = [
        lambda name: cohort.overrule("hold a seat", name, **ROLE),
        lambda name: cohort.withdraw(name, "a new post"),
        lambda name: cohort.teams.leave(name, on="2026-10-01"),
        lambda name: cohort.following.practised(name, "12 of 21", day="2026-10-01"),
        lambda name: cohort.following.portfolio(name, "p.html", day="2026-10-01"),
        lambda name: cohort.reviewing.consent(name, "mentor", on="2026-10-01"),
        lambda name: cohort.reviewing.hand_in(name, "p.html", on="2026-10-01"),
    ]
    for enter in doors:
        for written in ("May Example", "person0@example.org"):
            with pytest.raises(UnknownNameError) as caught:
                enter(written)
            told = str(caught.value)
            assert told.endswith(f": people go by their codes; write {named} for the name")
            assert written not in told


NOTES, REVIEW = "day,who,what,value,approved by", "day,who,what,faculty,value"


@pytest.mark.parametrize("name", ["May Example", "Dora Elsewhere", "Example, May", "dora@made.up"])
@pytest.mark.parametrize(
    ("head", "row"),
    [
        (NOTES, "2026-09-01,{name},check-in,,"),
        (NOTES, "2026-09-01,{name},practice,12 of 21 days,"),
        (NOTES, "2026-09-01,{code},{name},reviewed,"),
        (NOTES, "2026-09-01,{code},project,{name},"),
        (NOTES, "{name},{code},check-in,,"),
        (NOTES, "2026-09-01,{code},portfolio,{name}.html,"),
        (REVIEW, "2026-09-01,{code},portfolio,,{name}.html"),
        (REVIEW, "2026-09-01,{name},signature,F-1,certified"),
        (REVIEW, "2026-09-01,{name},portfolio,F-1,"),
        (REVIEW, "2026-09-01,{code},signature,{name},certified"),
        (REVIEW, "2026-09-01,{code},consent,,{name}"),
        ("guest,who is it", "{name},nobody"),
    ],
)
def test_a_name_in_the_wrong_cell_of_a_sheet_is_not_printed(cohort, tmp_path, head, row, name):
    path = tmp_path / "sheet.csv"
    told = row.replace("{name}.html", f'"{name}.html"').format(
        name=f'"{name}"', code=cohort.people[0].code
    )
    path.write_text(f"{head}\n{told}\n", encoding="utf-8")
    (tmp_path / "May Exemple.html").touch()  # what is near is not offered either
    room = cohort.reviewing.note if head == REVIEW else cohort.following.note
    enter = cohort.following.answer_guests if head.startswith("guest") else room
    with pytest.raises(CstoolsError) as caught:
        enter(path)
    assert [word for word in ("May", "Example,", "Dora", "dora") if word in str(caught.value)] == []


def test_a_name_where_a_diary_asks_for_a_code_is_not_printed(cohort, tmp_path):
    path = tmp_path / "decided.toml"
    path.write_text(
        '[[decided]]\non = 2026-09-01\nwhat = "leave"\nperson = "Dora Elsewhere"\n',
        encoding="utf-8",
    )
    with pytest.raises(DataError, match=r"people of 'Class': nothing is called that; there are"):
        cohort.decide(path)


def test_a_hint_in_other_capitals_is_left_in_its_sentence(cohort, tmp_path):
    """What was written may be a name and is not repeated; what the planner offers is none."""
    path = tmp_path / "sheet.csv"
    path.write_text("day,who,what,value\n2026-09-01,HILL TEAM,check-in,\n", encoding="utf-8")
    with pytest.raises(CstoolsError, match="nothing is called that; did you mean 'Hill team'"):
        cohort.following.note(path)
