"""A coordinator's whole year, command by command, beside the same year in Python.

Each step is given twice: as words to type, and as a method of the cohort. After the last one the
planner holds a cohort equal to Python's, and nothing that was printed names anybody.
"""

import re
from datetime import date
from xml.etree import ElementTree

import icalendar
import pytest

from cstools.__main__ import main
from cstools.cohorts import Programme, faculty, open_planner, read_applications
from cstools.cohorts.basics.spreadsheet import read_rows, write_rows
from cstools.cohorts.made_up.synthetic import write_synthetic
from cstools.cohorts.made_up.synthetic_zoom import synthetic_visits, write_zoom_report

NAME = "Class of 2026-2027"
MAPPING = """
date_order = "month first"
duplicates = "keep the last"
[columns]
site = "Where do you work?"
[spellings.site]
"Example Fjord Scool" = "Example Fjord School"
[spellings.time_zone]
"Europe/Copenhagn" = "Europe/Copenhagen"
"""
OURS = """
[capacity]
most = 25
[price]
currency = "USD"
participant = "9000.00"
student_percent = 50
early_bird = "8100.00"
scholarships = "limited"
[[calls]]
name = "monthly call"
day = "second Tuesday"
start = 09:00:00
zone = "America/New_York"
minutes = 120
[project]
approved_by = "programme faculty"
[portfolio]
unit = "person"
[commitments]
promised = ["all calls", "application project", "portfolio", "buddy check-ins", "daily practice"]
"""
DIARY = """
[[decided]]
on = 2026-05-19
what = "hold a seat"
people = ["{held}"]
by = "programme director"
why = "a second voice from that town"
[[decided]]
on = 2026-05-20
what = "give seats"
seats = 25
seed = 7
[[decided]]
on = 2026-10-01
what = "counting"
share = 0.75
check_ins = 21
"""
BY = {"by": "programme director", "why": "both asked for it"}
SAID = ("--by", BY["by"], "--why", BY["why"])
FREE = "Mon 0-24; Tue 0-24; Wed 0-24; Thu 0-24; Fri 0-24; Sat 0-24; Sun 0-24"
REASON = "the year of a test"


@pytest.fixture
def folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "form.toml").write_text(MAPPING, encoding="utf-8")
    (tmp_path / "ours.toml").write_text(OURS, encoding="utf-8")
    write_synthetic(tmp_path / "applications.csv")
    return tmp_path


class TwoHands:
    """One hand types, the other writes Python; ``both`` does a step with each."""

    def __init__(self, planner, capsys):
        self.planner, self.capsys, self.printed = str(planner), capsys, ""
        programme = Programme.load("master-practitioners-2026", overlay="ours.toml")
        people = read_applications("applications.csv", "form.toml").people
        self.cohort = programme.plan(NAME, secret="a phrase").enrol(people)

    def looks(self, *words):
        """Look at something; on a server it is the same, and is left out for the time it takes."""
        if "://" not in self.planner:
            self.types(*words)

    def types(self, *words, ends=0):
        code = main(["plan", *map(str, words), "--planner", self.planner])
        shown = self.capsys.readouterr()
        self.printed += shown.out + shown.err
        assert code == ends, shown.err
        return shown.out

    def both(self, words, step):
        shown = self.types(*words)
        assert re.search(r"' saved: .* rows? added|nothing changed", shown), words
        self.cohort = step(self.cohort)
        return shown

    def kept(self):
        return open_planner(self.planner).load(NAME)


def a_whole_year(hands, folder):
    """Do the year with both hands, and look at everything that can be looked at."""
    seats_and_money(hands, folder)
    people_together(hands)
    the_year(hands, folder)
    the_end(hands, folder)


def seats_and_money(hands, folder):
    both, looks = hands.both, hands.looks
    form = ("--applications", "applications.csv", "--mapping", "form.toml")
    run = ("--programme", "master-practitioners-2026", "--overlay", "ours.toml")
    both(("new", NAME, *run, *form, "--secret", "a phrase"), lambda c: c)
    looks("list")
    looks("overlay")
    both(("enrol", "applications.csv", "--mapping", "form.toml"), lambda c: c)
    both(("select", "--seed", 7), lambda c: c.select(seed=7))
    waits = next(d.code for d in hands.cohort.decisions if d.outcome == "waiting")
    alone = next(p.code for p in hands.cohort.accepted if p.team == "")
    both(
        ("overrule", "hold-a-seat", waits, *SAID),
        lambda c: c.overrule("hold a seat", waits, **BY),
    )
    both(("select",), lambda c: c.select(25, seed=7))
    both(("take-back", 1, *SAID), lambda c: c.take_back(1, **BY))
    (folder / "decided.toml").write_text(DIARY.format(held=waits), encoding="utf-8")
    both(
        ("decide", "decided.toml", "--until", "2026-06-01"),
        lambda c: c.decide("decided.toml", until="2026-06-01"),
    )
    both(("withdraw", alone, "--why", "a new post"), lambda c: c.withdraw(alone, "a new post"))
    both(("fill",), lambda c: c.fill())
    for look in (("seats",), ("seats", "eligible"), ("seats", "check"), ("decisions",)):
        looks(*look)
    looks("letters", "--out", "letters.csv", "--names-for", REASON)
    both(
        ("tuition", "order", "early-bird", "student", "scholarship"),
        lambda c: c.paying.in_order("early bird", "student", "scholarship"),
    )
    both(("tuition", "fund", "6000.00"), lambda c: c.paying.fund("6000.00"))
    first = hands.cohort.accepted[0].code
    both(("tuition", "grant", first, "10%"), lambda c: c.paying.grant(first, percent="10"))
    looks("tuition")
    looks("budget", "--out", "budget.svg")


def people_together(hands):
    both, looks = hands.both, hands.looks
    both(("buddies", "pair"), lambda c: c.pair_buddies(seed=7))
    groups = [{told.code, *told.buddies} for told in hands.cohort.buddies if told.buddies]
    one, other = sorted(groups[0])[:2]
    both(
        ("buddies", "forbid", one, other, *SAID),
        lambda c: c.pairing.forbid(one, other, **BY),
    )
    both(("buddies", "again"), lambda c: c.pairing.again(seed=7))
    looks("buddies", "price", one, other)
    paired = next(told.code for told in hands.cohort.buddies if told.buddies)
    both(("buddies", "freeze", paired, *SAID), lambda c: c.pairing.freeze(paired, **BY))
    for look in (("check",), ("quality",), ("why", paired)):
        looks("buddies", *look)
    both(("teams", "form"), lambda c: c.teams.form())
    team = hands.cohort.groups.teams[0].name
    both(
        ("teams", "champion", team, "superintendent"),
        lambda c: c.teams.champion(team, "superintendent"),
    )
    mentor = {"languages": ["English"], "time_zone": "Europe/Dublin", "free": FREE}
    both(
        (
            "mentors",
            "add",
            "M-1",
            "--language",
            "English",
            "--zone",
            "Europe/Dublin",
            "--free",
            FREE,
        ),
        lambda c: c.teams.mentor("M-1", **mentor),
    )
    both(("mentors", "give", team, "M-1", *SAID), lambda c: c.teams.give_mentor(team, "M-1", **BY))
    both(("mentors", "assign"), lambda c: c.teams.assign(seed=7))
    member = hands.cohort.teams.members(team)[0]
    both(
        ("teams", "leave", member, "--on", "2026-09-01"),
        lambda c: c.teams.leave(member, on="2026-09-01"),
    )
    looks("teams", "--on", "2026-08-01")
    looks("mentors")


def the_year(hands, folder):
    both, types, looks = hands.both, hands.types, hands.looks
    types("publish", "--out", "calendar.ics")
    for look in ("zones", "hours", "holidays", "slots", "moved", "timeline", "who-meets-when"):
        looks("calendar", look)
    looks("calendar", "zone", "Asia/Tokyo")
    looks("calendar", "timeline", "--out", "year.svg")
    zoom = folder / "zoom"
    zoom.mkdir()
    for call in hands.cohort.calendar().calls[:3]:
        visits = synthetic_visits(hands.cohort.accepted, call.starts, call.minutes)
        write_zoom_report(zoom / f"{call.day}.csv", visits)
    zone = "America/New_York"
    both(("attend", "zoom", "--zone", zone), lambda c: c.following.attend("zoom", zone=zone))
    both(
        ("attendance", "rules", "--share", "0.75", "--check-ins", "21"),
        lambda c: c.following.counting(share="0.75", check_ins="21"),
    )
    one, call = hands.cohort.accepted[0].code, str(hands.cohort.calendar().calls[0].day)
    both(
        ("attendance", "count-as", one, call, "--there", *SAID),
        lambda c: c.following.count_as(one, call, there=True, **BY),
    )
    looks("guests")
    types("guests", "write", "--out", "guests.csv", "--names-for", REASON)
    (_, head), *rows = read_rows(folder / "guests.csv")
    write_rows(folder / "answered.csv", [head, *((*row[:5], "nobody") for _, row in rows)])
    both(
        ("guests", "answer", "answered.csv"),
        lambda c: c.following.answer_guests("answered.csv"),
    )
    notes = "day,who,what,value,approved by\n" + "".join(
        f"2026-07-{20 + k % 9},{person.code},project,proposed,\n"
        for k, person in enumerate(hands.cohort.accepted)
    )
    (folder / "notes.csv").write_text(notes, encoding="utf-8")
    both(("note", "notes.csv"), lambda c: c.following.note("notes.csv"))
    both(
        ("project", one, "reviewed", "--on", "2026-08-20", "--approved-by", "programme faculty"),
        lambda c: c.following.project(
            one, "reviewed", day="2026-08-20", approved_by="programme faculty"
        ),
    )
    both(
        ("take-back", "project", one, "reviewed", *SAID),
        lambda c: c.take_back("project", one, "reviewed", **BY),
    )
    looks("attendance", "--on", "2026-10-01")
    looks("owed", "--on", "2026-10-01", "--out", "owed.svg")
    looks("owed", "--on", "2026-10-01", "--of", one)
    looks("owed", "--on", "2026-10-01", "--by-when")
    looks("reminders", "--on", "2026-10-01", "--out", "reminders.csv", "--names-for", REASON)


def the_end(hands, folder):
    both, types, looks = hands.both, hands.types, hands.looks
    for id, kind in (("F-1", "programme"), ("F-2", "programme"), ("F-3", "outside")):
        both(
            ("faculty", "add", id, kind),
            lambda c, id=id, kind=kind: c.reviewing.with_faculty(faculty(id, kind)),
        )
    person = hands.cohort.accepted[0].code
    both(("faculty", "declare", "F-2", person), lambda c: c.reviewing.declare("F-2", person))
    both(
        ("panels", "assign", "--unit", "person"),
        lambda c: c.reviewing.assign_panels(unit="person", seed=7),
    )
    looks("panels")
    looks("panels", "check")
    (folder / "review.csv").write_text(reviewed(hands.cohort, folder), encoding="utf-8")
    both(("review", "note", "review.csv"), lambda c: c.reviewing.note("review.csv"))
    last = date(2027, 7, 12)
    both(
        ("review", "consent", person, "mentor", "--on", last),
        lambda c: c.reviewing.consent(person, "mentor", on=last),
    )
    looks("review")
    looks("review", "compare", person, f"{person}.txt")
    both(("certificates", "issue", "--on", last), lambda c: c.certificates.issue(on=last))
    held = hands.cohort.certificates.valid()[0]
    (folder / "name.txt").write_text("Somebody Synthetic-anew\n", encoding="utf-8")
    both(
        (
            "certificates",
            "reissue",
            held.id,
            "--on",
            last,
            "--why",
            "a name",
            "--name-from",
            "name.txt",
        ),
        lambda c: c.certificates.reissue(
            held.id, on=last, why="a name", name="Somebody Synthetic-anew"
        ),
    )
    looks("certificates")
    looks("certificates", "proof")
    types("certificates", "write", "--out", "paper", "--names-for", REASON)
    valid = hands.cohort.certificates.valid()
    assert len(list((folder / "paper").glob("*.pdf"))) == len(valid) > 20
    types("verify", valid[0].id)
    types("verify", held.id, ends=1)
    looks("helpers")
    looks("roster", "--out", "roster.xlsx", "--names-for", REASON)
    types("reveal", person, "--out", "whom.csv", "--names-for", REASON)
    types("history")


def reviewed(cohort, folder):
    """Return a review sheet: everybody hands in, and the whole panel signs."""
    lines = ["day,who,what,faculty,value"]
    for panel in cohort.review.panels:
        (folder / f"{panel.of}.txt").write_text(f"the portfolio of {panel.of}", encoding="utf-8")
        lines.append(f"2027-06-07,{panel.of},portfolio,,{panel.of}.txt")
        lines += [f"2027-06-21,{panel.of},signature,{id},certified" for id in panel.members]
    return "\n".join(lines) + "\n"


def test_the_year_by_commands_is_the_year_in_python(store, folder, capsys):
    hands = TwoHands(store, capsys)
    a_whole_year(hands, folder)
    assert hands.kept() == hands.cohort
    events = icalendar.Calendar.from_ical((folder / "calendar.ics").read_bytes()).walk("VEVENT")
    assert len(events) == len(hands.cohort.calendar().events)

    pictures = sorted(path.name for path in folder.glob("*.svg"))
    assert pictures == ([] if "://" in store else ["budget.svg", "owed.svg", "year.svg"])
    for name in pictures:
        assert ElementTree.parse(folder / name).getroot().tag.endswith("svg")

    printed = hands.printed.casefold()
    people = [person.application for person in hands.cohort.people]
    private = {text._text.strip().casefold() for p in people for text in (p.name, p.email)}
    private |= {name.split()[-1] for name in private - {"=1+1"}} - {"=1+1"}
    assert len(private) > 100
    assert [text for text in private if text in printed] == []
    assert "somebody synthetic-anew" not in printed
    assert re.findall(r"\w+\(\)|\w+=[\"'…]", hands.printed) == []  # no Python in what is said
