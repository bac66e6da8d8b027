"""Whatever is written into a door of the planner, the answer is a result or a lesson."""

import math
from dataclasses import replace
from datetime import date, datetime

import pytest

from cstools.cohorts import (
    CertificateWords,
    Cohort,
    Programme,
    faculty,
    open_planner,
    read_applications,
)
from cstools.cohorts.applying.applications import check_applications
from cstools.cohorts.basics.hours import parse_free_hours
from cstools.errors import CstoolsError
from tests.cohorts.people import somebody

BY, WHY = "programme director", "a wish of the school"
OUR_YEAR = """
[dates]
ends = 2021-06-30
[[calls]]
name = "learning community call"
day = "second Tuesday"
[[workshops]]
name = "Module 1"
"""
NAME = "Somebody Synthetic-3"
ODD = [
    None, True, 0, -1, 1.5, math.nan, math.inf, 10**9, 10**400,
    "", " ", "zz", "P-AAAAAA", NAME, "person3@example.org", "=1+1", "a" * 10_000, "\ud800", "\0",
    b"P-AAAAAA", "30-11-2020", "2020-13-01", date(2020, 9, 1), datetime(2020, 9, 1, 9), date.min,
    [], [None], ["P-AAAAAA"], ("x", "y"), {}, {"P-AAAAAA": None}, {1: 2}, set(), object(), len,
]  # fmt: skip


@pytest.fixture(scope="module")
def cohort(tmp_path_factory):
    """Six people, with everything that a year brings: teams, buddies, mentors, a certificate."""
    folder = tmp_path_factory.mktemp("year")
    (folder / "ours.toml").write_text(OUR_YEAR, encoding="utf-8")
    (folder / "portfolio.html").write_text("made up", encoding="utf-8")
    programme = Programme.load("master-practitioners-2020", overlay=folder / "ours.toml")
    sites = [f"Example {name} School" for name in ("Hill", "Lake", "Fjord")]
    answers = {"time_zone": "Europe/Copenhagen", "free": parse_free_hours("Mon-Fri 16-18")}
    people = [
        somebody(k, "Hill team" if k < 2 else "Lake team", site=sites[k % 3], **answers)
        for k in range(6)
    ]
    made = programme.plan("Second", secret="a phrase").enrol(people)
    made = made.overrule("hold a seat", made.people[0].code, by=BY, why=WHY)
    made = made.select(5).pair_buddies(3).teams.form()
    made = made.teams.mentor(
        "M-1", languages="English", time_zone="Europe/Copenhagen", free="Mon 9-18"
    )
    made = made.teams.assign()
    made = made.reviewing.with_faculty(faculty("F-1", "programme"), faculty("F-2", "outside"))
    made = made.reviewing.assign_panels()
    code = made.accepted[0].code
    made = made.reviewing.hand_in(code, folder / "portfolio.html", on=date(2021, 6, 1))
    for id in ("F-1", "F-2"):
        made = made.reviewing.sign(code, id, "certified", on=date(2021, 6, 20))
    return made.certificates.issue(on=date(2021, 6, 30))


def code(cohort):
    return cohort.accepted[0].code


def other(cohort):
    return cohort.accepted[1].code


DOORS = {
    "enrol": lambda c, odd: c.enrol(odd),
    "enrol one": lambda c, odd: c.enrol([odd]),
    "select": lambda c, odd: c.select(odd),
    "select seed": lambda c, odd: c.select(5, seed=odd),
    "select teams": lambda c, odd: c.select(5, teams_whole=odd),
    "select rulings": lambda c, odd: c.select(5, rulings=odd, why=WHY),
    "select ruling": lambda c, odd: c.select(5, rulings={code(c): odd}, why=WHY),
    "select by": lambda c, odd: c.select(5, rulings={code(c): "eligible"}, by=odd, why=WHY),
    "select why": lambda c, odd: c.select(5, rulings={code(c): "eligible"}, why=odd),
    "select on": lambda c, odd: c.select(5, on=odd),
    "fill on": lambda c, odd: c.fill(on=odd),
    "overrule": lambda c, odd: c.overrule(odd, code(c), by=BY, why=WHY),
    "overrule whom": lambda c, odd: c.overrule("hold a seat", odd, by=BY, why=WHY),
    "overrule by": lambda c, odd: c.overrule("hold a seat", code(c), by=odd, why=WHY),
    "overrule why": lambda c, odd: c.overrule("hold a seat", code(c), by=BY, why=odd),
    "take_back": lambda c, odd: c.take_back(odd, by=BY, why=WHY),
    "take_back by": lambda c, odd: c.take_back(1, by=odd, why=WHY),
    "take_back why": lambda c, odd: c.take_back(1, by=BY, why=odd),
    "take_back champion": lambda c, odd: back(c, "champion", "Lake team", odd),
    "take_back champion of": lambda c, odd: back(c, "champion", odd, "superintendent"),
    "take_back mentor": lambda c, odd: back(c, "mentor", odd),
    "take_back faculty": lambda c, odd: back(c, "faculty", odd),
    "take_back conflict": lambda c, odd: back(c, "conflict", odd, code(c)),
    "take_back conflict about": lambda c, odd: back(c, "conflict", "F-1", odd),
    "take_back check-in": lambda c, odd: back(c, "check-in", odd, code(c), day="2020-09-01"),
    "take_back check-in day": lambda c, odd: back(c, "check-in", code(c), day=odd),
    "take_back practice": lambda c, odd: back(c, "practice", odd, day="2020-09-01"),
    "take_back project": lambda c, odd: back(c, "project", odd, "proposed"),
    "take_back project state": lambda c, odd: back(c, "project", code(c), odd),
    "take_back portfolio": lambda c, odd: back(c, "portfolio", odd, day="2020-09-01"),
    "take_back workshop": lambda c, odd: back(c, "workshop", code(c), odd),
    "take_back report": lambda c, odd: back(c, "report", odd),
    "take_back report mark": lambda c, odd: back(c, "report", "2020-09-08", odd),
    "take_back note by": lambda c, odd: c.take_back("mentor", "M-1", by=odd, why=WHY),
    "take_back note why": lambda c, odd: c.take_back("mentor", "M-1", by=BY, why=odd),
    "withdraw": lambda c, odd: c.withdraw(odd, WHY),
    "withdraw why": lambda c, odd: c.withdraw(code(c), odd),
    "withdraw by": lambda c, odd: c.withdraw(code(c), WHY, by=odd),
    "withdraw on": lambda c, odd: c.withdraw(code(c), WHY, on=odd),
    "decide": lambda c, odd: c.decide(odd),
    "decide since": lambda c, odd: c.decide("diary.toml", since=odd),
    "decide until": lambda c, odd: c.decide("diary.toml", until=odd),
    "changes_since": lambda c, odd: c.changes_since(odd),
    "load": lambda c, odd: Programme.load(odd),
    "load overlay": lambda c, odd: Programme.load("master-practitioners-2020", overlay=odd),
    "plan": lambda c, odd: c.programme.plan(odd),
    "plan secret": lambda c, odd: c.programme.plan("Third", secret=odd),
    "in_zone": lambda c, odd: c.calendar().in_zone(odd),
    "call_hours": lambda c, odd: c.calendar().call_hours(odd),
    "call_hours faculty": lambda c, odd: c.calendar().call_hours(faculty=odd),
    "calendar write": lambda c, odd: c.calendar().write(odd),
    "owed": lambda c, odd: c.owed(odd),
    "owed of": lambda c, odd: c.owed("2020-09-01").of(odd),
    "write": lambda c, odd: c.write(odd),
    "write names": lambda c, odd: c.write("roster.csv", odd),
    "write_letters": lambda c, odd: c.write_letters(odd),
    "write_letters names": lambda c, odd: c.write_letters("letters.csv", odd),
    "pair_buddies": lambda c, odd: c.pair_buddies(odd),
    "wish": lambda c, odd: c.pairing.wish(code(c), odd, by=BY, why=WHY),
    "wish by": lambda c, odd: c.pairing.wish(code(c), other(c), by=odd, why=WHY),
    "wish why": lambda c, odd: c.pairing.wish(code(c), other(c), by=BY, why=odd),
    "forbid": lambda c, odd: c.pairing.forbid(odd, code(c), by=BY, why=WHY),
    "freeze": lambda c, odd: c.pairing.freeze(odd, by=BY, why=WHY),
    "freeze by": lambda c, odd: c.pairing.freeze(by=odd, why=WHY),
    "freeze why": lambda c, odd: c.pairing.freeze(by=BY, why=odd),
    "not_again": lambda c, odd: c.pairing.not_again(odd),
    "not_again group": lambda c, odd: c.pairing.not_again([odd]),
    "not_again pair": lambda c, odd: c.pairing.not_again([(code(c), odd)]),
    "again": lambda c, odd: c.pairing.again(odd),
    "price": lambda c, odd: c.pairing.price(code(c), odd),
    "price seed": lambda c, odd: c.pairing.price(code(c), other(c), odd),
    "quality": lambda c, odd: c.pairing.quality(odd),
    "found": lambda c, odd: c.teams.found(odd, code(c)),
    "found whom": lambda c, odd: c.teams.found("New team", odd),
    "found on": lambda c, odd: c.teams.found("New team", code(c), on=odd),
    "move": lambda c, odd: c.teams.move(odd, "Lake team", on="2020-10-01"),
    "move to": lambda c, odd: c.teams.move(code(c), odd, on="2020-10-01"),
    "move on": lambda c, odd: c.teams.move(code(c), "Lake team", on=odd),
    "leave": lambda c, odd: c.teams.leave(odd, on="2020-10-01"),
    "leave on": lambda c, odd: c.teams.leave(code(c), on=odd),
    "work_on": lambda c, odd: c.teams.work_on(odd, "Example Hill School"),
    "work_on site": lambda c, odd: c.teams.work_on("Lake team", odd),
    "champion": lambda c, odd: c.teams.champion(odd, "superintendent"),
    "champion who": lambda c, odd: c.teams.champion("Lake team", odd),
    "cluster": lambda c, odd: c.teams.cluster(odd, "Example Hill School"),
    "cluster site": lambda c, odd: c.teams.cluster("Example County", odd),
    "mentor": lambda c, odd: c.teams.mentor(odd, languages="Danish", time_zone="UTC", free="Mon 9"),
    "mentor site": lambda c, odd: mentor(c, site=odd),
    "mentor languages": lambda c, odd: mentor(c, languages=odd),
    "mentor zone": lambda c, odd: mentor(c, time_zone=odd),
    "mentor free": lambda c, odd: mentor(c, free=odd),
    "mentor most": lambda c, odd: mentor(c, most=odd),
    "give_mentor": lambda c, odd: c.teams.give_mentor(odd, "M-1", by=BY, why=WHY),
    "give_mentor id": lambda c, odd: c.teams.give_mentor("Lake team", odd, by=BY, why=WHY),
    "give_mentor by": lambda c, odd: c.teams.give_mentor("Lake team", "M-1", by=odd, why=WHY),
    "give_mentor why": lambda c, odd: c.teams.give_mentor("Lake team", "M-1", by=BY, why=odd),
    "assign own_site": lambda c, odd: c.teams.assign(own_site=odd),
    "assign seed": lambda c, odd: c.teams.assign(seed=odd),
    "assign on": lambda c, odd: c.teams.assign(on=odd),
    "mentors why": lambda c, odd: c.teams.why(own_site=odd),
    "end_mentoring": lambda c, odd: c.teams.end_mentoring(odd, on="2020-10-01"),
    "end_mentoring on": lambda c, odd: c.teams.end_mentoring("M-1", on=odd),
    "invite": lambda c, odd: c.teams.invite(odd),
    "invite most": lambda c, odd: invited(c, odd),
    "team of": lambda c, odd: c.teams.of(odd),
    "team of on": lambda c, odd: c.teams.of(code(c), odd),
    "members": lambda c, odd: c.teams.members(odd),
    "members on": lambda c, odd: c.teams.members("Lake team", odd),
    "flags": lambda c, odd: c.teams.flags(odd),
    "teams table": lambda c, odd: c.teams.table(odd),
    "attend": lambda c, odd: c.following.attend(odd, "America/New_York"),
    "attend zone": lambda c, odd: c.following.attend("reports", odd),
    "attend call": lambda c, odd: c.following.attend("report.csv", "UTC", odd),
    "counting share": lambda c, odd: c.following.counting(share=odd),
    "counting team": lambda c, odd: c.following.counting(team=odd),
    "counting check_ins": lambda c, odd: c.following.counting(check_ins=odd),
    "count_as": lambda c, odd: count_as(c, odd, "2020-09-08"),
    "count_as call": lambda c, odd: count_as(c, code(c), odd),
    "count_as by": lambda c, odd: count_as(c, code(c), "2020-09-08", by=odd),
    "count_as why": lambda c, odd: count_as(c, code(c), "2020-09-08", why=odd),
    "counts_from": lambda c, odd: c.following.counts_from(odd, "2020-09-01", by=BY, why=WHY),
    "counts_from day": lambda c, odd: c.following.counts_from(code(c), odd, by=BY, why=WHY),
    "counts_from by": lambda c, odd: counts_from(c, by=odd),
    "counts_from why": lambda c, odd: counts_from(c, why=odd),
    "write_guests": lambda c, odd: c.following.write_guests(odd, "who was there"),
    "write_guests names": lambda c, odd: c.following.write_guests("guests.csv", odd),
    "answer_guests": lambda c, odd: c.following.answer_guests(odd),
    "attendance": lambda c, odd: c.following.attendance(odd),
    "note": lambda c, odd: c.following.note(odd),
    "check_in": lambda c, odd: c.following.check_in(code(c), odd, day="2020-09-01"),
    "check_in day": lambda c, odd: c.following.check_in("Lake team", day=odd),
    "practised": lambda c, odd: c.following.practised(odd, "12 of 21", day="2020-09-01"),
    "practised count": lambda c, odd: c.following.practised(code(c), odd, day="2020-09-01"),
    "practised day": lambda c, odd: c.following.practised(code(c), "12 of 21", day=odd),
    "project": lambda c, odd: c.following.project(odd, "proposed", day="2020-06-01"),
    "project state": lambda c, odd: c.following.project(code(c), odd, day="2020-06-01"),
    "project day": lambda c, odd: c.following.project(code(c), "proposed", day=odd),
    "project approved": lambda c, odd: project(c, approved_by=odd),
    "project by": lambda c, odd: project(c, by=odd, why=WHY),
    "project why": lambda c, odd: project(c, by=BY, why=odd),
    "portfolio": lambda c, odd: c.following.portfolio(odd, "p.html", day="2020-06-01"),
    "portfolio file": lambda c, odd: c.following.portfolio(code(c), odd, day="2020-06-01"),
    "portfolio day": lambda c, odd: c.following.portfolio(code(c), "0" * 64, day=odd),
    "at_workshop": lambda c, odd: c.following.at_workshop(odd),
    "at_workshop except": lambda c, odd: c.following.at_workshop("Module 1", odd),
    "at_workshop days": lambda c, odd: c.following.at_workshop("Module 1", {code(c): odd}),
    "reminders": lambda c, odd: c.following.reminders(odd),
    "reminders write": lambda c, odd: c.following.reminders("2020-12-01").write(odd),
    "with_faculty": lambda c, odd: c.reviewing.with_faculty(odd),
    "faculty id": lambda c, odd: faculty(odd, "outside"),
    "faculty kind": lambda c, odd: faculty("F-9", odd),
    "faculty sites": lambda c, odd: panelled(c, faculty("F-9", "outside", sites=odd)),
    "faculty person": lambda c, odd: panelled(c, faculty("F-9", "outside", person=odd)),
    "faculty mentors": lambda c, odd: panelled(c, faculty("F-9", "outside", mentors=odd)),
    "faculty most": lambda c, odd: panelled(c, faculty("F-9", "outside", most=odd)),
    "faculty free": lambda c, odd: panelled(c, faculty("F-9", "outside", free=odd)),
    "faculty zone": lambda c, odd: panelled(c, faculty("F-9", "outside", time_zone=odd)),
    "declare": lambda c, odd: c.reviewing.declare(odd, code(c)),
    "declare about": lambda c, odd: c.reviewing.declare("F-1", odd),
    "panels programme": lambda c, odd: c.reviewing.assign_panels(programme=odd),
    "panels outside": lambda c, odd: c.reviewing.assign_panels(outside=odd),
    "panels unit": lambda c, odd: c.reviewing.assign_panels(unit=odd),
    "panels week": lambda c, odd: c.reviewing.assign_panels(week=odd),
    "panels seed": lambda c, odd: c.reviewing.assign_panels(seed=odd),
    "put_on_panel": lambda c, odd: c.reviewing.put_on_panel(odd, "F-1", by=BY, why=WHY),
    "put_on_panel id": lambda c, odd: c.reviewing.put_on_panel(code(c), odd, by=BY, why=WHY),
    "keep_off_panel by": lambda c, odd: c.reviewing.keep_off_panel(code(c), "F-1", by=odd, why=WHY),
    "keep_off_panel why": lambda c, odd: c.reviewing.keep_off_panel(code(c), "F-1", by=BY, why=odd),
    "review note": lambda c, odd: c.reviewing.note(odd),
    "review note folder": lambda c, odd: c.reviewing.note("review.csv", folder=odd),
    "hand_in": lambda c, odd: c.reviewing.hand_in(odd, "portfolio", on=date(2021, 6, 1)),
    "hand_in file": lambda c, odd: c.reviewing.hand_in(other(c), odd, on=date(2021, 6, 1)),
    "hand_in on": lambda c, odd: c.reviewing.hand_in(other(c), "ours.html", on=odd),
    "compare": lambda c, odd: c.reviewing.compare(odd, "ours.html"),
    "compare file": lambda c, odd: c.reviewing.compare(code(c), odd),
    "sign": lambda c, odd: c.reviewing.sign(odd, "F-1", "certified", on=date(2021, 6, 2)),
    "sign id": lambda c, odd: c.reviewing.sign(code(c), odd, "certified", on=date(2021, 6, 2)),
    "sign outcome": lambda c, odd: c.reviewing.sign(code(c), "F-1", odd, on=date(2021, 6, 2)),
    "sign on": lambda c, odd: c.reviewing.sign(code(c), "F-1", "certified", on=odd),
    "consent": lambda c, odd: c.reviewing.consent(odd, "mentor", on=date(2021, 6, 2)).helpers(),
    "consent role": lambda c, odd: c.reviewing.consent(code(c), odd, on=date(2021, 6, 2)),
    "consent on": lambda c, odd: c.reviewing.consent(code(c), "mentor", on=odd).helpers(),
    "issue on": lambda c, odd: unissued(c).certificates.issue(on=odd),
    "issue title": lambda c, odd: unissued(c).certificates.issue(on=date(2021, 7, 1), title=odd),
    "reissue": lambda c, odd: c.certificates.reissue(odd, on=date(2021, 7, 1), why=WHY),
    "reissue on": lambda c, odd: reissued(c, on=odd),
    "reissue why": lambda c, odd: reissued(c, why=odd),
    "reissue name": lambda c, odd: reissued(c, name=odd),
    "reissue title": lambda c, odd: reissued(c, title=odd),
    "verify": lambda c, odd: c.certificates.verify(odd),
    "certificates": lambda c, odd: c.certificates.write(odd, names_for="a test"),
    "certificates words": lambda c, odd: c.certificates.write("out", odd, names_for="a test"),
    "certificates names": lambda c, odd: c.certificates.write("out", names_for=odd),
    "certificates ids": lambda c, odd: c.certificates.write("out", names_for="a test", ids=odd),
    "certificates paper": lambda c, odd: c.certificates.write("o", names_for="a test", paper=odd),
    "certificates fonts": lambda c, odd: c.certificates.write("o", names_for="a test", fonts=odd),
    "proof": lambda c, odd: c.certificates.proof(odd),
    "proof paper": lambda c, odd: c.certificates.proof(paper=odd),
    "proof fonts": lambda c, odd: c.certificates.proof(fonts=odd),
    "words heading": lambda c, odd: c.certificates.proof(CertificateWords(heading=odd)),
    "words statement": lambda c, odd: c.certificates.proof(CertificateWords(statement=odd)),
    "words place": lambda c, odd: c.certificates.proof(CertificateWords(place=odd)),
    "words signers": lambda c, odd: c.certificates.proof(CertificateWords(signers=odd)),
    "words a signer": lambda c, odd: c.certificates.proof(CertificateWords(signers=(odd,))),
    "words language": lambda c, odd: c.certificates.proof(CertificateWords(language=odd)),
    "words day": lambda c, odd: c.certificates.proof(CertificateWords(day=odd)),
    "changes": lambda c, odd: open_planner("planner").changes(odd),
    "changes only": lambda c, odd: open_planner("planner").changes(c, odd),
    "of_role": lambda c, odd: c.helpers().of_role(odd),
    "helpers in": lambda c, odd: c.helpers().table(odd),
    "fund": lambda c, odd: c.paying.fund(odd),
    "in_order": lambda c, odd: c.paying.in_order(odd),
    "grant": lambda c, odd: c.paying.grant(odd, "100.00"),
    "grant amount": lambda c, odd: c.paying.grant(code(c), odd),
    "grant percent": lambda c, odd: c.paying.grant(code(c), percent=odd),
    "read_applications": lambda c, odd: read_applications(odd),
    "check_applications": lambda c, odd: check_applications(odd),
    "mapping": lambda c, odd: read_applications("form.csv", odd),
    "mapping columns": lambda c, odd: read_applications("form.csv", {"columns": odd}),
}  # fmt: skip


def back(cohort, *what, **day):
    return cohort.take_back(*what, **day, by=BY, why=WHY)


def mentor(cohort, **odd):
    usual = {"languages": "Danish", "time_zone": "Europe/Copenhagen", "free": "Mon 9-18"}
    made = cohort.teams.mentor("M-2", **{**usual, **odd})
    return made.teams.assign().teams


def invited(cohort, odd):
    ready = cohort.reviewing.consent(code(cohort), "mentor", on="2021-07-01")
    return ready.teams.invite(ready.helpers(), most=odd)


def counts_from(cohort, by=BY, why=WHY):
    return cohort.following.counts_from(code(cohort), "2020-09-01", by=by, why=why)


def count_as(cohort, who, call, by=BY, why=WHY):
    return cohort.following.count_as(who, call, there=True, by=by, why=why)


def project(cohort, **odd):
    return cohort.following.project(code(cohort), "reviewed", day="2020-06-01", **odd)


def panelled(cohort, one):
    return cohort.reviewing.with_faculty(one).reviewing.assign_panels().reviewing.panels()


def unissued(cohort):
    return replace(cohort, review=replace(cohort.review, certificates=()))


def reissued(cohort, **odd):
    given = {"on": date(2021, 7, 1), "why": WHY, **odd}
    return cohort.certificates.reissue(cohort.certificates.valid()[0].id, **given).certificates


@pytest.fixture(autouse=True)
def an_empty_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "ours.html").write_text("ours", encoding="utf-8")
    (tmp_path / "diary.toml").write_text('[[decided]]\non = 2020-06-01\nwhat = "fill"\n')
    (tmp_path / "review.csv").write_text("day,who,what,faculty,value\n2021-06-01,x,portfolio,,x\n")
    (tmp_path / "form.csv").write_text("Full name\nAda Synthetic\n", encoding="utf-8")


@pytest.mark.parametrize("door", DOORS)
def test_an_odd_value_gives_a_result_or_a_lesson_that_is_short(cohort, door):
    enter, lessons = DOORS[door], []
    for odd in ODD:
        try:
            made = enter(cohort, odd)
            repr(made)
            getattr(made, "_repr_mimebundle_", dict)()
            if isinstance(made, Cohort):
                repr(made.overruled_table())
        except CstoolsError as lesson:
            lessons.append(str(lesson))
    assert [lesson for lesson in lessons if not 10 < len(lesson) < 600] == []
