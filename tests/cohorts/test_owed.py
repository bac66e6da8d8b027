"""What is promised is counted, what is not is not; what a document leaves open stays open."""

import hashlib
import json
from dataclasses import replace
from datetime import date

import pytest

from cstools.cohorts import Programme
from cstools.cohorts.basics.spreadsheet import read_rows
from cstools.cohorts.following.commitments import commitments_of
from cstools.cohorts.following.following import Followed
from cstools.cohorts.following.rows import followed_from_rows, followed_to_rows
from cstools.cohorts.following.standing import STATE_WORDS, team_there
from cstools.cohorts.made_up.synthetic_zoom import synthetic_visits, write_zoom_report
from cstools.cohorts.programmes.stays import count_days, days_of
from cstools.cohorts.teams.days import members_on
from cstools.cohorts.teams.groups import Groups, Membership, Team
from cstools.errors import DataError, FileError, UnknownNameError
from tests.cohorts.people import somebody

NEW_YORK = "America/New_York"
CALIFORNIA = """
[[calls]]
name = "community call"
day = "Tuesday"
start = 15:00:00
zone = "America/Los_Angeles"
[[calls]]
name = "contemplative call"
day = "Thursday"
start = 08:00:00
zone = "America/Los_Angeles"
"""
ROLE = "programme faculty"


@pytest.fixture(scope="module")
def second():
    """Three people of 2020–21, without teams."""
    planned = Programme.load("master-practitioners-2020").plan("Second", secret="a phrase")
    return planned.enrol([somebody(k) for k in range(3)]).select()


@pytest.fixture(scope="module")
def california(tmp_path_factory):
    """Two teams of two, with their calls decided."""
    path = tmp_path_factory.mktemp("overlay") / "ours.toml"
    path.write_text(CALIFORNIA, encoding="utf-8")
    programme = Programme.load("california-associates-1", overlay=path)
    people = [somebody(k, "Hill team" if k < 2 else "Lake team") for k in range(4)]
    enrolled = programme.plan("Cycle 1", secret="a phrase").enrol(people)
    codes = [person.code for person in enrolled.people]
    rulings = dict.fromkeys(codes, "eligible")
    return enrolled.select(rulings=rulings, why="All four took the introductory workshop")


def stands(cohort, on, who, label):
    held = [s for s in cohort.owed(on).standings if (s.who, s.commitment.label) == (who, label)]
    assert len(held) == 1
    return held[0]


def codes_of(cohort):
    return [person.code for person in cohort.accepted]


def test_only_what_a_document_promises_is_counted():
    promised = {
        name: [(c.label, c.unit) for c in commitments_of(Programme.load(name).facts)]
        for name in Programme.ids()
    }
    california = [
        ("team and site", "team"),
        ("workshops", "person"),
        ("review", "person"),
        ("community calls", "team"),
        ("contemplative calls", "team"),
        ("check-ins", "team"),
        ("project", "team"),
        ("portfolio", "team"),
    ]
    assert promised == {
        "master-practitioners-first": [],
        "master-practitioners-2020": [
            ("workshops", "person"),
            ("calls", "person"),
            ("project", "person"),
            ("portfolio", "person"),
            ("check-ins", "person"),
            ("practice", "person"),
        ],
        "california-associates-1": california,
        "california-associates-2": california,
        "master-practitioners-2023": [],
        "master-practitioners-2026": [],
    }


def test_where_nothing_is_promised_nothing_is_owed(paired):
    shown = paired.owed("2026-12-01")
    assert shown.standings == ()
    assert repr(shown).splitlines()[-1] == (
        "What participants promise is not stated for this programme, so nothing is owed; state "
        "'promised' under [commitments] in an overlay."
    )
    assert len(paired.following.reminders("2026-12-01")) == 0


@pytest.mark.parametrize(
    ("counting", "count"), [("nights", 5), ("weekdays", 5), ("calendar days", 6)]
)
def test_module_1_is_five_nights_five_weekdays_or_six_days_of_the_calendar(second, counting, count):
    workshop = second.programme.facts.workshops[0]
    assert count_days(days_of(workshop), counting) == count
    assert 3 * count == (18 if counting == "calendar days" else 15)


def test_a_whole_workshop_is_kept_and_a_part_is_missed_however_days_are_counted(second):
    here, part, away = codes_of(second)
    days = ["2020-06-28", "2020-06-29", "2020-06-30"]
    noted = second.following.at_workshop("Module 1", {part: days, away: []})
    told = {who: stands(noted, "2020-07-10", who, "workshops") for who in (here, part, away)}
    assert [told[who].state for who in (here, part, away)] == ["kept", "missed", "missed"]
    assert told[part].told == (
        "Module 1: 3 of 6 calendar days (how days are counted is not stated); the days of 2 "
        "workshops are not stated"
    )
    assert stands(second, "2020-07-10", here, "workshops").state == "open"
    assert stands(second, "2020-06-01", here, "workshops").state == "coming"


def test_days_at_a_workshop_are_not_noted_away_by_a_note_about_everybody(second):
    _, part, away = codes_of(second)
    noted = second.following.at_workshop("Module 1", {part: ["2020-06-28"], away: []})
    assert noted.following.at_workshop("Module 1", {away: []}) == noted
    assert noted.following.at_workshop("Module 1") == noted
    same = {part: ["2020-06-28"], away: []}
    assert noted.following.at_workshop("Module 1", same) == noted
    longer = noted.following.at_workshop("Module 1", {part: ["2020-06-28", "2020-06-29"]})
    assert "2 of 6" in stands(longer, "2020-07-10", part, "workshops").told
    back = noted.take_back("workshop", part, "Module 1", by="coordinator", why="a slip")
    told = back.following.at_workshop("Module 1", {away: []})
    assert stands(told, "2020-07-10", part, "workshops").state == "kept"


def test_a_project_is_proposed_then_reviewed_then_finalised_after_the_first_workshop(second):
    who = codes_of(second)[0]
    project = "project"
    told = stands(second, "2020-06-01", who, project)
    assert (told.state, told.by) == ("coming", date(2020, 6, 27))
    assert stands(second, "2020-07-10", who, project).state == "owed"
    proposed = second.following.project(who, "proposed", day="2020-06-01")
    reviewed = proposed.following.project(who, "reviewed", day="2020-06-20", approved_by=ROLE)
    assert stands(reviewed, "2020-06-30", who, project).state == "kept"
    assert stands(reviewed, "2020-07-10", who, project).state == "owed"
    final = reviewed.following.project(who, "finalised", day="2020-07-20", approved_by=ROLE)
    assert stands(final, "2020-07-19", who, project).short == "reviewed"
    assert stands(final, "2020-07-20", who, project).short == "finalised"
    assert final.following.project(who, "finalised", day="2020-07-20", approved_by=ROLE) is final


def test_a_project_out_of_turn_is_told_and_may_be_decided(second):
    who = codes_of(second)[0]
    following = second.following
    with pytest.raises(DataError) as caught:
        following.project(who, "finalised", day="2020-07-20", approved_by=ROLE)
    assert str(caught.value) == (
        f"project of {who}: it cannot be finalised before it was proposed; note that first; or "
        "decide it yourself with by=… and why=…"
    )
    decided = following.project(
        who,
        "finalised",
        day="2020-07-20",
        approved_by=ROLE,
        by="programme director",
        why="It was reviewed on paper",
    )
    assert stands(decided, "2020-08-01", who, "project").state == "kept"
    assert [(o.step, o.people, o.things) for o in decided.overruled] == [
        ("project", (who,), ("finalised",))
    ]


def test_a_project_before_its_time_or_without_approval_is_told(second):
    who = codes_of(second)[0]
    held = second.following.project(who, "proposed", day="2020-06-10")
    with pytest.raises(DataError) as caught:
        held.following.project(who, "reviewed", day="2020-06-09", approved_by=ROLE)
    assert str(caught.value) == (
        f"project of {who}: it was proposed on 2020-06-10, so it cannot have been reviewed on "
        "2020-06-09; correct one of the days"
    )
    with pytest.raises(DataError) as caught:
        held.following.project(who, "reviewed", day="2020-06-20")
    assert str(caught.value) == (
        f"project of {who}: the programme says that it is approved by programme faculty; say who "
        "approved it, as approved_by='programme faculty', or in that column of a sheet"
    )
    held = held.following.project(who, "reviewed", day="2020-06-20", approved_by=ROLE)
    with pytest.raises(DataError) as caught:
        held.following.project(who, "finalised", day="2020-07-01", approved_by=ROLE)
    assert str(caught.value) == (
        f"project of {who}: it is finalised after the first workshop, which ends on 2020-07-03; "
        "2020-07-01 is too early; or decide it yourself with by=… and why=…"
    )
    with pytest.raises(DataError) as caught:
        held.following.project(who, "finalized", day="2020-07-20")
    assert str(caught.value) == (
        f"project of {who}: 'finalized' is no state of a project; did you mean 'finalised'?"
    )
    name = second.accepted[1].application.name._text
    with pytest.raises(DataError, match="never a name"):
        held.following.project(who, "finalised", day="2020-07-20", approved_by=name)


def test_practice_is_a_count_by_ones_own_hand_and_never_what(second):
    who = codes_of(second)[0]
    assert stands(second, "2020-08-01", who, "practice").state == "owed"
    noted = second.following.practised(
        who, "three breaths before class: 12 of 21 days", day="2020-08-01"
    )
    told = stands(noted, "2020-08-02", who, "practice")
    assert (told.state, told.short) == ("kept", "12 of 21")
    assert "breaths" not in repr(noted.followed)


@pytest.mark.parametrize(
    ("line", "told"),
    [
        ("every day", "there is no count; write it like: 12 of 21 days"),
        (
            "22 of 21 days",
            "22 of 21 cannot be, more days done than days; write it like: 12 of 21 days",
        ),
    ],
)
def test_a_count_that_is_none_is_told(second, line, told):
    who = codes_of(second)[0]
    with pytest.raises(DataError) as caught:
        second.following.practised(who, line, day="2020-08-01")
    assert str(caught.value) == f"practice of {who}: {told}"


def test_check_ins_are_owed_only_when_their_rhythm_is_said(second):
    one, two, three = codes_of(second)
    met = second.following.check_in(two, one, day="2020-08-01")
    assert stands(met, "2020-09-30", one, "check-ins").state == "open"
    ruled = met.following.counting(check_ins=30)
    assert stands(ruled, "2020-08-31", one, "check-ins").state == "kept"
    assert stands(ruled, "2020-09-01", one, "check-ins").state == "owed"
    assert stands(ruled, "2020-08-31", two, "check-ins").by == date(2020, 8, 31)
    assert stands(ruled, "2020-08-31", three, "check-ins").state == "owed"
    with pytest.raises(DataError) as caught:
        met.following.check_in(one, day="2020-08-01")
    assert str(caught.value) == (
        f"check-in of {one}: it takes two; name the buddies who met, or their team"
    )


def test_a_portfolio_is_kept_by_its_hash(second, tmp_path):
    who = codes_of(second)[0]
    file = tmp_path / "portfolio.html"
    file.write_bytes(b"what I learned")
    noted = second.following.portfolio(who, file, day="2021-06-01")
    assert noted.followed.entries[0].digest == hashlib.sha256(b"what I learned").hexdigest()
    assert stands(noted, "2021-06-02", who, "portfolio").state == "kept"
    assert stands(second, "2021-06-02", who, "portfolio").state == "coming"
    assert stands(second, "2021-07-10", who, "portfolio").state == "owed"
    with pytest.raises(FileError):
        second.following.portfolio(who, tmp_path / "nothing.html", day="2021-06-01")


@pytest.mark.parametrize(
    ("counts", "rule", "there"),
    [
        (["there", "there"], "", "there"),
        (["not there", "not there"], "", "not there"),
        (["there", "not there"], "", "open"),
        (["there", "not there"], "1", "there"),
        (["there", "not there"], "2", "not there"),
        (["there", "not there"], "everybody", "not there"),
        (["there", "open"], "everybody", "open"),
        (["there"], "2", "there"),
    ],
)
def test_whether_a_team_was_there_is_open_until_it_is_said_how_many_are_the_team(
    counts, rule, there
):
    assert team_there(counts, rule) == there


def test_california_calls_are_attended_as_a_team(california, tmp_path):
    call = next(e for e in california.calendar().calls if e.name == "community call")
    hill = [p for p in california.accepted if p.team == "Hill team"]
    visits = [
        (
            p.application.name._text,
            p.application.email._text,
            call.starts,
            call.starts.replace(hour=17),
            False,
        )
        for p in hill[:1]
    ]
    path = write_zoom_report(tmp_path / "report.csv", visits)
    held = california.following.attend(path, "America/Los_Angeles")
    on = call.day
    assert stands(held, on, "Hill team", "community calls").state == "open"
    assert stands(held, on, "Lake team", "community calls").state == "missed"
    everybody = held.following.counting(team="everybody")
    assert stands(everybody, on, "Hill team", "community calls").state == "missed"
    one = held.following.counting(team=1)
    assert stands(one, on, "Hill team", "community calls").state == "kept"
    assert [c.label for c in one.owed(on).commitments if c.unit == "person"] == [
        "workshops",
        "review",
    ]


def test_a_reminder_of_a_team_goes_to_its_members(california):
    drafts = california.following.counting(check_ins=14).following.reminders("2021-12-01").drafts
    hill = next(draft for draft in drafts if draft.about == "Hill team")
    assert hill.to == tuple(p.code for p in california.people if p.team == "Hill team")
    assert hill.text.startswith(f"Dear {hill.to[0]} and {hill.to[1]},\n\nThis is where team ")


def test_whoever_is_in_no_team_is_told_where_teams_are_and_to_the_coordinator(california):
    who = next(p.code for p in california.accepted if p.team == "Hill team")
    left = california.teams.leave(who, on="2021-11-01")
    told = (
        f"{who} has a seat and no team, so nothing that teams promise or hand in is asked of them; "
        "give them a team (in the diary: 'move' or 'found a team')"
    )
    assert told in left.teams.table().notes
    assert told in repr(left)
    assert told in left.owed("2021-12-01").teams().notes
    reminders = left.following.reminders("2021-12-01")
    assert told in repr(reminders)
    assert told.replace("'", "&#x27;") in reminders._repr_mimebundle_()["text/html"]
    assert "no team" not in repr(left.owed("2021-10-31")) + repr(california)
    again = left.teams.move(who, "Lake team", on="2021-11-02")
    assert "no team" not in repr(again.owed("2021-12-01")) + repr(again)


def test_a_reminder_is_kind_and_names_nobody_but_in_a_file_for_a_reason(second, tmp_path, caplog):
    who = codes_of(second)[0]
    drafts = second.following.reminders("2020-08-01")
    assert drafts.drafts[0].text == (
        f"Dear {who},\n\nThis is where you stand on 1 August 2020.\n\nStill to do:\n"
        "• project: nothing yet; next it is to be proposed (to be reviewed before the year begins) "
        "(by 27 June 2020)\n"
        "• practice: no count told yet: how many of how many days, never what\n\n"
        "If something here is wrong, or hard to do just now, please write to us: we will look at "
        "it together.\n\nThe team of Second"
    )
    person = second.accepted[0].application
    shown = repr(drafts) + str(drafts._repr_mimebundle_())
    assert person.name._text not in shown
    by_code = read_rows(drafts.write(tmp_path / "codes.csv"))
    assert person.name._text not in str(by_code)
    assert by_code[1][1][3] == drafts.drafts[0].text  # no apostrophe before the lines of a list
    named = read_rows(drafts.write(tmp_path / "named.xlsx", names_for="the August letters"))
    assert named[1][1][0] == person.email._text
    assert named[1][1][3].startswith(f"Dear {person.name._text},")
    assert "a private text was revealed: the August letters (6 texts)" in caplog.messages


def test_a_sheet_of_notes_is_taken_whole(second, tmp_path):
    one, two, _ = codes_of(second)
    (tmp_path / "p.html").write_bytes(b"x")
    path = tmp_path / "notes.csv"
    rows = [
        "day,who,what,value,approved by",
        f'2020-08-01,"{one}, {two}",check-in,,',
        f"2020-08-02,{one},practice,12 of 21 days,",
        f"2020-06-20,{one},project,reviewed,{ROLE}",
        f"2020-06-01,{one},Project,Proposed,",
        f"2021-06-01,{one},portfolio,p.html,",
        f"2020-07-03,{one},workshop,Module 1,",
        f'2020-07-03,{two},workshop,"Module 1: 2020-06-28, 2020-06-29",',
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    noted = second.following.note(path)
    assert len(noted.followed.entries) == 7
    assert noted.following.note(path) == noted
    assert stands(noted, "2020-07-10", two, "workshops").state == "missed"


def test_a_wrong_row_of_notes_is_told_and_none_is_taken(second, tmp_path):
    one, *_ = codes_of(second)
    path = tmp_path / "notes.csv"
    rows = [
        "day,who,what,value",
        f"2020-08-01,{one},practice,12 of 21 days",
        f"04/05/2020,{one},practice,12 of 21 days",
        f"2020-08-01,{one},medicine,yes",
        f"2020-08-01,{one},practice,many",
    ]
    path.write_text("\n".join(rows) + "\n", encoding="utf-8")
    with pytest.raises(DataError) as caught:
        second.following.note(path)
    assert str(caught.value) == (
        "notes.csv: 3 rows are wrong, and no row was taken\n"
        "- row 3, day: '04/05/2020' can be read in two orders; write it as 2026-04-03\n"
        "- row 4: 'medicine' is nothing that can be noted; there is check in, practice, project, "
        "portfolio, workshop\n"
        f"- row 5: practice of {one}: there is no count; write it like: 12 of 21 days"
    )


def test_several_people_in_a_row_that_is_about_one_are_told(second, tmp_path):
    one, two, _ = codes_of(second)
    path = tmp_path / "notes.csv"
    path.write_text(
        f'day,who,what,value\n2020-07-03,"{one}, {two}",workshop,Module 1\n', encoding="utf-8"
    )
    with pytest.raises(DataError) as caught:
        second.following.note(path)
    assert str(caught.value) == (
        "notes.csv: 1 row is wrong, and no row was taken\n"
        "- row 2: workshop: name one in a row; write a row for each of these people"
    )


def test_whoever_is_not_there_is_named_with_the_nearest(second):
    who = codes_of(second)[0]
    with pytest.raises(UnknownNameError):
        second.owed("2020-08-01").of("P-NOBODY")
    with pytest.raises(UnknownNameError, match="did you mean 'Module 1'"):
        second.following.at_workshop("Modul 1")
    with pytest.raises(DataError) as caught:
        second.following.at_workshop("Module 1", {who: ["2020-07-04"]})
    assert str(caught.value) == (
        f"Module 1 of {who}: 2020-07-04 is none of its days, 2020-06-28 to 2020-07-03"
    )
    with pytest.raises(DataError) as caught:
        second.owed("tomorrow")
    assert str(caught.value) == "'tomorrow' is no day; write it as '2026-11-30'"


def test_the_views_of_what_is_owed_agree(second):
    view = second.following.counting(check_ins=30).following.owed("2020-09-01")
    cohort = {
        row[0]: dict(zip(view.cohort().columns, row, strict=True)) for row in view.cohort().rows
    }
    for commitment in view.commitments:
        for state in STATE_WORDS:
            mine = [s for s in view.standings if s.commitment == commitment and s.state == state]
            assert cohort[commitment.label][state] == str(len(mine))
    assert len(view.participants()) == 3
    assert view.by_when().rows[0][:4] == ("2020-06-27", "project", "overdue", "3")


def test_the_heat_map_says_in_words_what_it_shows(second):
    picture = second.owed("2020-08-01").picture()
    assert picture.description == (
        "Second: commitments on 2020-08-01: of 18 commitments, 6 owed, 9 open, 3 coming. Most is "
        "owed in practice: 3."
    )
    assert picture.svg.count("<title>") == 18
    assert "aria-label" in picture.svg
    assert picture.svg.count("stroke-dasharray") == 9 + 1  # what is open, and the legend
    assert [row[2] for row in picture.table.rows].count("owed") == 6
    assert len(picture.table) == 18


def test_everything_noted_comes_back_from_its_rows(second, california, tmp_path):
    one, two, _ = codes_of(second)
    held = second.following.at_workshop("Module 1", {two: []}).following.check_in(
        one, two, day="2020-08-01"
    )
    held = held.following.practised(one, "1 of 2", day="2020-08-01")
    held = held.following.project(one, "proposed", day="2020-08-01")
    held = held.following.portfolio(one, "0" * 64, day="2020-08-01")
    held = held.following.counting(share=0.75, team=2)
    team = california.following.check_in("Hill team", day="2021-11-01")
    calls = [e for e in california.calendar().calls if e.name == "community call"]
    visits = synthetic_visits(california.accepted, calls[0].starts, calls[0].minutes)
    path = write_zoom_report(tmp_path / "r.csv", visits)
    team = team.following.attend(path, "America/Los_Angeles")
    team = team.following.answer_guests({team.followed.guests[0].id: california.people[0].code})
    for cohort in (held, team, replace(held, followed=Followed())):
        ids = {person.code: f"{k:032x}" for k, person in enumerate(cohort.people)}
        rows = followed_to_rows(cohort.followed, ids)
        plain = json.dumps([[[*marks], dict(r)] for t in rows.values() for marks, r in t.items()])
        assert not any(code in plain for code in ids)
        codes = {person_id: code for code, person_id in ids.items()}
        assert followed_from_rows(rows, codes) == cohort.followed
        without = {name: held for name, held in rows.items() if name != "guests"}
        assert not any(g.name for g in followed_from_rows(without, codes).guests)


def test_a_team_that_is_flagged_is_not_told_that_it_is_in_good_order():
    plan = Programme.load("california-associates-1").plan("Cycle 1", secret="a phrase")
    people = [somebody(0, "Hill"), somebody(1, "Hill", alumni=False)]
    people += [somebody(k, "Lake", champion=k == 2) for k in (2, 3)]
    cohort = plan.enrol(people).select(40)
    asked = next(d.code for d in cohort.decisions if d.outcome == "needs a ruling")
    for each in (cohort, cohort.teams.form()):
        told = stands(each, "2021-12-01", "Hill", "team and site")
        assert (told.state, told.short) == ("owed", "1 person")
        assert told.told == (
            "1 person with a seat, at Example Redwood District; a team has 2 to 5; no executive "
            "champion is named"
        )
        assert stands(each, "2021-12-01", "Lake", "team and site").state == "kept"
        flags = each.teams.flags()
        assert (
            "team 'Hill' has 1 member; the programme states 2 to 5; "
            f"{asked}, who applied with it, needs a ruling"
        ) in flags
        assert not any("'Lake'" in flag for flag in flags)


def test_who_was_in_a_team_on_a_past_day_stays_true(california):
    hill = [p.code for p in california.people if p.team == "Hill team"]
    lake = [p.code for p in california.people if p.team == "Lake team"]
    teams = tuple(Team(name, "Example Redwood District") for name in ("Hill team", "Lake team"))
    moved = date(2021, 12, 1)
    memberships = (
        Membership(hill[0], "Hill team"),
        Membership(hill[1], "Hill team", valid_to=moved),
        Membership(hill[1], "Lake team", valid_from=moved),
        *(Membership(code, "Lake team") for code in lake),
    )
    formed = replace(california, groups=Groups(teams=teams, memberships=memberships))
    assert members_on(formed, "Hill team", date(2021, 11, 30)) == tuple(sorted(hill))
    assert members_on(formed, "Hill team", moved) == (hill[0],)
    assert stands(formed, moved, "Lake team", "team and site").told == (
        "3 people with a seat, at Example Redwood District; no executive champion is named"
    )


def test_an_overlay_says_how_days_are_counted_and_until_when(tmp_path):
    path = tmp_path / "ours.toml"
    path.write_text(
        '[in_person]\ndays_counting = "weekdays"\n'
        '[[milestones]]\nname = "Portfolio to be handed in"\nday = 2021-05-20\n'
        '[[milestones]]\nname = "Projects are to be finalised"\nday = 2020-09-01\n',
        encoding="utf-8",
    )
    programme = Programme.load("master-practitioners-2020", overlay=path)
    cohort = programme.plan("Second", secret="a phrase").enrol([somebody(1)]).select()
    (who,) = codes_of(cohort)
    held = cohort.following.at_workshop("Module 1", {who: ["2020-06-28", "2020-06-29"]})
    assert stands(held, "2020-07-10", who, "workshops").told.startswith(
        "Module 1: 1 of 5 weekdays;"
    )
    assert stands(held, "2021-05-01", who, "portfolio").by == date(2021, 5, 20)
    held = held.following.project(who, "proposed", day="2020-06-01")
    held = held.following.project(who, "reviewed", day="2020-06-02", approved_by=ROLE)
    told = stands(held, "2020-08-01", who, "project")
    assert (told.state, told.by) == ("owed", date(2020, 9, 1))


def test_a_hostile_team_name_is_text_in_every_page(california):
    people = [
        replace(p, application=replace(p.application, team="<b>x</b>")) for p in california.people
    ]
    cohort = replace(california, people=tuple(people)).following.counting(check_ins=14)
    view = cohort.owed("2021-12-01")
    shown = [view, view.by_when(), view.picture(), cohort.following.reminders("2021-12-01")]
    pages = "".join(each._repr_mimebundle_()["text/html"] for each in shown)
    assert "<b>x" not in pages
    assert "&lt;b&gt;x" in pages
