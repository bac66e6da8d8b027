"""What people decided in a year stands in one file, and is done in its order, once."""

import json
import re
from dataclasses import replace
from operator import attrgetter

import pytest

from cstools.cohorts import Programme, diary_steps, faculty, open_planner
from cstools.cohorts.basics.ways import by_diary
from cstools.cohorts.command.every_task import GROUPS
from cstools.cohorts.command.words import in_commands
from cstools.cohorts.decided.steps import STEPS
from cstools.cohorts.following.standing import NO_RHYTHM
from cstools.cohorts.selection.wishes import WISHES
from cstools.errors import DataError, FileError

DIRECTOR = {"by": "programme director", "why": "they asked for it"}
OVERLAY = """
[capacity]
most = 25
[[calls]]
name = "monthly call"
day = "second Tuesday"
start = 09:00:00
zone = "America/New_York"
minutes = 120
[project]
approved_by = "programme faculty"
[price]
currency = "USD"
participant = "9000.00"
scholarships = "limited"
"""


@pytest.fixture(scope="module")
def begun(applications, tmp_path_factory):
    """A cohort of forty made-up people in which nothing is decided yet."""
    overlay = tmp_path_factory.mktemp("overlay") / "our-run.toml"
    overlay.write_text(OVERLAY, encoding="utf-8")
    programme = Programme.load("master-practitioners-2026", overlay=overlay)
    return programme.plan("Class of 2026-2027", secret="a phrase").enrol(applications)


@pytest.fixture
def diary(tmp_path):
    """Write a diary of entries, each a day, a step and what is told with it."""

    def written(*entries, name="decided.toml"):
        path = tmp_path / name
        blocks = []
        for on, what, told in entries:
            lines = [f"{key} = {json.dumps(value)}" for key, value in told.items()]
            blocks.append(
                "\n".join(["[[decided]]", f"on = {on}", f"what = {json.dumps(what)}", *lines])
            )
        path.write_text("\n\n".join(blocks) + "\n", encoding="utf-8")
        return path

    return written


def entry(on, what, **told):
    return on, what, told


SEATS = entry("2026-05-18", "give seats", seed=3)


def by_doors(cohort):
    """Return a cohort as its doors alone would leave it, without the list of what was read."""
    return replace(cohort, diary=())


def waiting(cohort):
    """Return the codes of the waiting list, the last first."""
    places = [(d.place, d.code) for d in cohort.decisions if d.outcome == "waiting"]
    return [code for _, code in sorted(places, reverse=True)]


def test_a_diary_gives_what_the_same_steps_give(begun, diary):
    drawn = begun.select(seed=3)
    last = waiting(drawn)[0]
    someone = drawn.accepted[4].code
    file = diary(
        SEATS,
        entry("2026-05-19", "hold a seat", people=[last], **DIRECTOR),
        entry("2026-05-19", "give seats", seed=3),
        entry("2026-05-21", "withdraw", person=someone, why="a new post"),
        entry("2026-05-21", "fill"),
    )
    wished = drawn.overrule("hold a seat", last, **DIRECTOR).select(seed=3, on="2026-05-19")
    assert by_doors(begun.decide(file)) == wished.withdraw(
        someone, "a new post", on="2026-05-21"
    ).fill(on="2026-05-21")


def test_a_diary_may_turn_a_ruling_as_often_as_people_do(begun, diary):
    code = begun.select(seed=3).accepted[0].code
    rulings = ("eligible", "not eligible", "eligible")
    told = [
        entry(f"2026-05-{day}", ruling, people=[code], **DIRECTOR)
        for day, ruling in enumerate(rulings, start=18)
    ]
    cohort = begun.decide(diary(*told, entry("2026-05-21", "give seats", seed=3)))
    assert [held.wish for held in cohort.overruled] == list(rulings)
    reason = next(d.reason for d in cohort.decisions if d.code == code)
    assert "ruled eligible by decision (overruling 3)" in reason


def test_until_a_day_is_the_cohort_of_that_day_and_since_goes_on_from_there(begun, diary):
    last = waiting(begun.select(seed=3))[0]
    file = diary(
        SEATS,
        entry("2026-05-19", "hold a seat", people=last, **DIRECTOR),
        entry("2026-05-19", "give seats", seed=3),
    )
    monday = begun.decide(file, until="2026-05-18")
    assert by_doors(monday) == begun.select(seed=3)
    assert begun.decide(file, until="2026-05-17") is begun
    assert monday.decide(file, since="2026-05-19") == monday.decide(file) == begun.decide(file)


def test_the_same_file_again_is_nothing_also_for_a_cohort_that_was_kept(begun, diary, store):
    drawn = begun.select(seed=3)
    entries = [
        SEATS,
        entry("2026-05-19", "hold a seat", people=waiting(drawn)[:1], **DIRECTOR),
        entry("2026-05-19", "give seats", seed=3),
        entry("2026-05-20", "withdraw", person=drawn.accepted[0].code, why="a new post"),
        entry("2026-05-20", "fill"),
        entry("2026-06-01", "pair buddies", seed=3),
    ]
    file = diary(*entries)
    decided = begun.decide(file)
    assert decided.decide(file) is decided
    planner = open_planner(store)
    planner.save(decided)
    kept = open_planner(store).load(begun.name)
    assert kept == decided
    assert kept.decide(file) is kept
    longer = diary(*entries, entry("2026-09-01", "freeze", **DIRECTOR), name="longer.toml")
    assert kept.decide(longer) == begun.decide(longer) == decided.decide(longer)
    assert len(kept.decide(longer).overruled) > len(kept.overruled)


def test_what_was_decided_by_hand_already_is_not_decided_twice(begun, diary):
    last = waiting(begun.select(seed=3))[0]
    by_hand = begun.overrule("hold a seat", last, **DIRECTOR).select(seed=3).pair_buddies(seed=3)
    file = diary(entry("2026-05-19", "hold a seat", people=last, **DIRECTOR))
    assert by_doors(by_hand.decide(file)) == by_hand


def test_a_day_of_leaving_that_a_later_entry_corrects_is_corrected(begun, diary):
    drawn = begun.select(seed=3)
    someone = drawn.accepted[4].code
    left = entry("2026-08-20", "withdraw", person=someone, why="a new post")
    later = entry("2026-09-20", "withdraw", person=someone, day="2026-09-10", why="a new post")
    cohort = begun.decide(diary(SEATS, left, later))
    by_hand = drawn.withdraw(someone, "a new post", on="2026-09-10")
    assert cohort.decisions == by_hand.decisions
    assert cohort.overruled == by_hand.overruled
    undated = drawn.withdraw(someone, "a new post")
    assert undated.decide(diary(later)).decisions == by_hand.decisions
    on_the_list = waiting(drawn)[0]
    gone = drawn.withdraw(on_the_list, "a new post")
    never = entry("2026-09-20", "withdraw", person=on_the_list, why="a new post")
    assert gone.decide(diary(never)).decisions == gone.decisions


def test_a_decision_is_taken_back_by_what_it_says(begun, diary):
    drawn = begun.select(seed=3)
    one, other = waiting(drawn)[:2]
    entries = [
        entry("2026-05-19", "hold a seat", people=[one], **DIRECTOR),
        entry("2026-05-19", "hold a seat", people=[other], **DIRECTOR),
    ]
    said = {"wish": "hold a seat", "people": [one], **DIRECTOR}
    by_words = begun.decide(diary(*entries, entry("2026-05-20", "take back", **said)))
    by_number = begun.decide(
        diary(*entries, entry("2026-05-20", "take back", number=1, **DIRECTOR))
    )
    assert by_words.overruled == by_number.overruled
    assert [bool(held.taken_back) for held in by_words.overruled] == [True, False]


def test_an_entry_written_before_what_was_done_is_refused(begun, diary):
    last = waiting(begun.select(seed=3))[0]
    kept = begun.decide(diary(SEATS, entry("2026-06-01", "pair buddies", seed=3)))
    hold = entry("2026-05-19", "hold a seat", people=last, **DIRECTOR)
    file = diary(SEATS, hold, entry("2026-06-01", "pair buddies", seed=3))
    with pytest.raises(DataError) as told:
        kept.decide(file)
    assert str(told.value) == (
        "entry 2 ('hold a seat', 2026-05-19) in decided.toml: it is new or was changed, and this "
        "cohort has been through later entries, up to 2026-06-01; write it behind them with the "
        "day on which it is decided, or begin with the applications again"
    )
    assert kept.decide(file, until="2026-05-18") is kept


def test_the_same_step_twice_on_one_day_is_done_twice_and_once_only(begun, diary):
    drawn = begun.select(seed=3)
    hold = entry("2026-05-18", "hold a seat", people=waiting(drawn)[:1], **DIRECTOR)
    file = diary(SEATS, hold, SEATS)
    decided = begun.decide(file)
    assert len(decided.accepted) == 25
    assert decided.decide(file) is decided


def test_seats_that_a_late_application_opened_are_asked_for(begun, applications, diary):
    few = replace(begun, people=())
    early = few.enrol(list(applications)[:-1]).decide(diary(SEATS))
    late = early.enrol(applications)
    with pytest.raises(DataError) as told:
        late.decide(diary(SEATS))
    assert str(told.value) == (
        "the seats of 'Class of 2026-2027' are open again, since applications or a decision came "
        "in after the diary gave them; write another 'give seats' at its end, with its day"
    )
    again = diary(SEATS, entry("2026-05-25", "give seats", seed=3))
    assert late.decide(again).decisions == begun.select(seed=3).decisions


READING = {
    '[[decided]]\non = 2026-05-18\nwhat = "give seat"': (
        "entry 1 in d.toml: 'give seat' is no step of a diary; did you mean 'give seats' "
        "or 'give mentor'?"
    ),
    "[[decided]]\non = 2026-05-18": (
        'entry 1 in d.toml: say what was decided, as what = "give seats"'
    ),
    '[[decided]]\nwhat = "fill"': (
        "entry 1 ('fill') in d.toml: the day is missing; write the day on which it was decided, "
        "as on = 2026-05-19"
    ),
    '[[decided]]\non = "19.5.2026"\nwhat = "fill"': (
        "entry 1 ('fill') in d.toml: on = '19.5.2026' is no day; write the day on which it was "
        "decided, as on = 2026-05-19"
    ),
    '[[decided]]\non = 2026-05-18\nwhat = "give seats"\nsede = 3': (
        "entry 1 ('give seats', 2026-05-18) in d.toml: 'sede' is not told with it; did you mean "
        "'seed'?"
    ),
    '[[decided]]\non = 2026-05-18\nwhat = "fill"\nwho = "P-1"': (
        "entry 1 ('fill', 2026-05-18) in d.toml: 'who' is not told with it; 'fill' is told with "
        "where wanted day"
    ),
    '[[decided]]\non = 2026-05-18\nwhat = "form teams"\nwho = "P-1"': (
        "entry 1 ('form teams', 2026-05-18) in d.toml: 'who' is not told with it; 'form teams' is "
        "told with nothing but its day"
    ),
    '[[decided]]\non = 2026-05-18\nwhat = "move"\nteam = "Fjord team"': (
        "entry 1 ('move', 2026-05-18) in d.toml: 'person' is missing; 'move' is told with person, "
        "team, and where wanted day"
    ),
    '[[decided]]\non = 2026-05-18\nwhat = "give seats"\nseed = "3"': (
        "entry 1 ('give seats', 2026-05-18) in d.toml: seed = '3': write a whole number without "
        "quotes"
    ),
    '[[decided]]\non = 2026-05-18\nwhat = "hold a seat"\npeople = [1]': (
        "entry 1 ('hold a seat', 2026-05-18) in d.toml: people = [1]: write words in quotes, "
        'several in brackets, as ["…", "…"]'
    ),
    '[[decided]]\non = 2026-05-19\nwhat = "fill"\n[[decided]]\non = 2026-05-18\nwhat = "fill"': (
        "entry 2 ('fill', 2026-05-18) in d.toml: the entry before it is of 2026-05-19; a diary "
        "goes on from day to day, so put it before that, or write the day on which it was decided"
    ),
    "": (
        "d.toml: there is no entry in it; begin each with [[decided]], and write on = a day and "
        'what = "give seats" under it'
    ),
    "[[wishes]]\non = 2026-05-19": (
        "d.toml: 'wishes' does not belong in a diary; every entry begins with [[decided]]"
    ),
    "decided = [1]": "entry 1 in d.toml: begin it with [[decided]] in a line of its own",
}


@pytest.mark.parametrize("text", READING)
def test_a_diary_that_is_wrong_is_told_in_a_sentence_before_anything_is_done(begun, tmp_path, text):
    (tmp_path / "d.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError) as told:
        begun.decide(tmp_path / "d.toml", until="2026-01-01")
    assert str(told.value) == READING[text]


def test_of_many_wrong_entries_three_are_told(begun, diary):
    with pytest.raises(DataError) as told:
        begun.decide(diary(*[entry("2026-05-18", "fil")] * 5))
    *lines, last = str(told.value).splitlines()
    assert [line[:7] for line in lines] == ["entry 1", "entry 2", "entry 3"]
    assert last == "... and 2 more"


def test_no_file_and_no_toml_are_told(begun, tmp_path):
    with pytest.raises(FileError, match=r"diary 'none\.toml' is not there"):
        begun.decide(tmp_path / "none.toml")
    (tmp_path / "d.toml").write_text("[[decided]", encoding="utf-8")
    with pytest.raises(FileError, match=r"diary 'd\.toml' is not TOML"):
        begun.decide(tmp_path / "d.toml")


def test_days_that_are_none_or_turned_round_are_told(begun, diary):
    file = diary(SEATS)
    with pytest.raises(DataError) as told:
        begun.decide(file, until="May")
    assert str(told.value) == "'May' is no day; write it as '2026-11-30'"
    with pytest.raises(DataError) as told:
        begun.decide(file, since="2026-06-01", until="2026-05-01")
    assert str(told.value) == "since 2026-06-01 lies after until 2026-05-01; turn the two round"


def test_what_a_step_refuses_is_told_with_its_entry_and_in_the_words_of_a_diary(begun, diary):
    last = waiting(begun.select(seed=3))[0]
    cases = {
        "entry 2 ('hold a seat', 2026-05-19) in decided.toml: selection: 'hold a seat' needs a "
        'reason; write it as why="…" in a sentence': entry(
            "2026-05-19", "hold a seat", people=last, by="programme director", why=""
        ),
        "entry 2 ('hold a seat', 2026-05-19) in decided.toml: selection: 'hold a seat' needs the "
        'role of whoever decides, never a name or an address; write by="programme director"': entry(
            "2026-05-19", "hold a seat", people=last, why="they asked"
        ),
        "entry 2 ('freeze', 2026-05-19) in decided.toml: 'Class of 2026-2027' has no buddies yet; "
        "'pair buddies' comes before 'freeze'": entry("2026-05-19", "freeze", **DIRECTOR),
        "entry 2 ('assign panels', 2026-05-19) in decided.toml: 'master-practitioners-2026' does "
        "not state whether a person or a team is judged; write 'assign panels' with "
        "unit='person', or state unit under [qualification] in an overlay": entry(
            "2026-05-19", "assign panels"
        ),
        "entry 2 ('pair', 2026-05-19) in decided.toml: it is about two people, and 1 stand in "
        "'people'": entry("2026-05-19", "pair", people=last, **DIRECTOR),
        "entry 2 ('take back', 2026-05-19) in decided.toml: say which decision is taken back: its "
        "wish and its people, or its number in the list of what people decided; or which note, and "
        "what it is about": entry("2026-05-19", "take back", **DIRECTOR),
        "entry 2 ('take back', 2026-05-19) in decided.toml: decisions in force: nothing is called "
        "'hold a seat'": entry("2026-05-19", "take back", wish="hold a seat", **DIRECTOR),
        "entry 2 ('reissue', 2027-08-01) in decided.toml: people with a certificate: nothing is "
        f"called '{last}'": entry("2027-08-01", "reissue", person=last, why="a new title"),
    }
    for message, wrong in cases.items():
        with pytest.raises(DataError) as told:
            begun.decide(diary(SEATS, wrong))
        assert str(told.value) == message


def test_an_entry_that_names_somebody_is_refused(begun, diary):
    person = begun.people[0]
    name, email = person.application.name._text, person.application.email._text
    for key, text in (("why", f"so that {name} can come"), ("by", f"the office, {email}")):
        said = {"people": [person.code], **DIRECTOR, key: text}
        with pytest.raises(DataError) as told:
            begun.decide(diary(entry("2026-05-19", "eligible", **said)))
        assert str(told.value) == (
            f"entry 1 ('eligible', 2026-05-19) in decided.toml: '{key}' names {person.code}; write "
            "the code in place of the name or the e-mail, since what was decided stands in tables "
            "that are kept in notebooks"
        )


def a_whole_year(begun, folder):
    """Return a diary that uses every step, with the sheet of the review that lies between."""
    drawn = begun.select(seed=3)
    codes = [person.code for person in drawn.accepted]
    sites = sorted({person.site for person in drawn.people})
    teams = sorted({person.team for person in drawn.accepted if person.team})
    pair = next(e for e in drawn.pair_buddies(seed=3).buddies if e.buddies)
    unsure = next(p.code for p in begun.people if p.code not in codes)
    out = waiting(drawn)
    alone = next(p.code for p in drawn.accepted if not p.team)
    mate = next(p.code for p in drawn.accepted if p.team == teams[0])
    free = "; ".join(f"{day} 0-24" for day in "Mon Tue Wed Thu Fri Sat Sun".split())
    mentor = {"languages": ["English"], "time_zone": "Europe/London", "free": free, "most": 3}
    before = [
        entry("2026-05-18", "give seats", seed=3),
        entry("2026-05-18", "eligible", people=[codes[0]], **DIRECTOR),
        entry("2026-05-18", "not eligible", people=[unsure], **DIRECTOR),
        entry("2026-05-18", "hold a seat", people=[out[0]], **DIRECTOR),
        entry("2026-05-18", "keep together", people=out[1:3], **DIRECTOR),
        entry("2026-05-18", "split the team", people=[mate], **DIRECTOR),
        entry("2026-05-19", "take back", wish="split the team", people=[mate], **DIRECTOR),
        entry("2026-05-19", "take back", wish="keep together", people=out[1:3], **DIRECTOR),
        entry("2026-05-19", "take back", wish="hold a seat", people=out[:1], **DIRECTOR),
        entry("2026-05-19", "give seats", seed=3),
        entry("2026-05-20", "reductions in order", order=["student", "scholarship"]),
        entry("2026-05-20", "fund", amount="6000.00"),
        entry("2026-05-20", "scholarship", person=codes[1], amount="500.00"),
        entry("2026-06-01", "buddies before", people=[pair.code, pair.buddies[0]]),
        entry("2026-06-01", "never pair", people=[codes[2], codes[3]], **DIRECTOR),
        entry("2026-06-01", "pair", people=[codes[4], codes[5]], **DIRECTOR),
        entry("2026-06-01", "pair buddies", seed=3),
        entry("2026-06-01", "freeze", people=[codes[4]], **DIRECTOR),
        entry("2026-06-02", "form teams"),
        entry("2026-06-02", "found a team", team="New team", people=[alone]),
        entry("2026-06-02", "work on", team=teams[0], site="Example New Site"),
        entry("2026-06-02", "champion", team=teams[0], who="superintendent"),
        entry("2026-06-02", "cluster", name="Example County", sites=sites[:2]),
        entry("2026-06-03", "mentor", id="M-1", **mentor),
        entry("2026-06-03", "mentor", id="M-2", site=sites[0], **mentor),
        entry("2026-06-03", "give mentor", team=teams[0], mentor="M-1", **DIRECTOR),
        entry("2026-06-03", "assign mentors", seed=3),
        entry("2026-08-20", "withdraw", person=codes[6], why="a new post"),
        entry("2026-08-20", "leave", person=codes[6]),
        entry("2026-08-21", "fill"),
        entry("2026-08-21", "counts from", person=codes[7], day="2026-08-20", **DIRECTOR),
        entry("2026-08-21", "pair again", seed=3),
        entry("2026-08-25", "move", person=alone, team=teams[0], day="2026-09-01"),
        entry("2026-09-30", "end mentoring", mentor="M-2"),
        entry("2026-09-30", "assign mentors", seed=3, day="2026-09-30"),
        entry("2026-12-01", "counting", share=0.75, team=2, check_ins="21"),
        entry("2026-12-01", "count as", person=codes[0], call="2026-09-08", there=True, **DIRECTOR),
        entry("2026-12-01", "project", who=codes[0], state="proposed"),
        entry("2027-05-01", "faculty", id="F-1", kind="programme"),
        entry("2027-05-01", "faculty", id="F-2", kind="programme", sites=sites[0]),
        entry("2027-05-01", "faculty", id="F-3", kind="outside", most=24),
        entry("2027-05-01", "faculty", id="F-4", kind="outside"),
        entry("2027-05-02", "declare", faculty="F-3", about=codes[1]),
        entry("2027-05-02", "keep off panel", panel=codes[2], faculty="F-1", **DIRECTOR),
        entry("2027-05-02", "put on panel", panel=codes[3], faculty="F-1", **DIRECTOR),
        entry("2027-05-02", "assign panels", unit="person", seed=3),
    ]
    after = [
        entry("2027-07-12", "issue certificates", title="Master Practitioner"),
        entry("2027-08-01", "reissue", person=codes[0], why="a shorter title", title="Master"),
    ]
    portfolio = folder / "portfolio.html"
    portfolio.write_text("A made-up portfolio.", encoding="utf-8")
    return before, after, codes[0]


def test_every_step_of_a_year_can_stand_in_a_diary(begun, diary, tmp_path):
    before, after, code = a_whole_year(begun, tmp_path)
    assert {what for _, what, _ in (*before, *after)} | {"answer guests"} == set(STEPS)
    spring = begun.decide(diary(*before))
    panel = next(panel for panel in spring.review.panels if panel.of == code)
    rows = [f"2027-06-01,{code},portfolio,,portfolio.html"]
    rows += [f"2027-06-20,{code},signature,{id},certified" for id in panel.members]
    sheet = tmp_path / "review.csv"
    sheet.write_text("\n".join(["day,who,what,faculty,value", *rows]), encoding="utf-8")
    whole = diary(*before, *after)
    certified = spring.reviewing.note(sheet).decide(whole)
    assert [held.title for held in certified.certificates.valid()] == ["Master"]
    assert certified.decide(whole) is certified
    assert certified.groups.teams
    assert certified.programme == begun.programme
    by_hand = spring.reviewing.note(sheet).certificates.issue(
        on=certified.review.certificates[0].day, title="Master Practitioner"
    )
    assert by_hand.review.certificates == certified.review.certificates[:1]


def test_guests_are_answered_in_a_diary(begun, diary):
    with pytest.raises(
        DataError, match=r"entry 1 \('answer guests', 2026-12-01\) in decided\.toml"
    ):
        begun.decide(diary(entry("2026-12-01", "answer guests", guest="G-AAAA", who="nobody")))


def test_faculty_of_a_diary_are_those_of_the_door(begun, diary):
    told = {"id": "F-1", "kind": "programme", "sites": "Example Hill", "free": "Mon 9-12"}
    file = diary(entry("2027-05-01", "faculty", time_zone="Europe/London", **told))
    same = faculty(**told, time_zone="Europe/London")
    assert begun.decide(file).review.faculty == (same,)


def test_a_table_tells_every_step_and_its_keys():
    told = {row[0]: row[1:] for row in diary_steps().rows}
    assert list(told) == list(STEPS)
    assert told["hold a seat"] == ("people, by, why", "–", "overrule()", "overrule hold-a-seat")
    assert told["move"] == ("person, team", "day", "teams.move()", "teams move")
    assert told["form teams"] == ("–", "–", "teams.form()", "teams form")


def test_every_step_of_a_diary_is_a_method_of_a_cohort_and_a_command(begun):
    tasks = {task.name: {each.name for each in task.tasks} for g in GROUPS.values() for task in g}
    for name, method, command in ((row[0], *row[3:]) for row in diary_steps().rows):
        assert callable(attrgetter(method.removesuffix("()"))(begun)), name
        task, _, under = command.partition(" ")
        known = {wish.replace(" ", "-") for wish in WISHES} if task == "overrule" else tasks[task]
        assert under in known or not under, name


def test_a_hint_of_a_table_names_the_step_of_a_diary_and_on_the_command_line_the_command():
    rule = f"decide {by_diary('eligible or not eligible', 'give seats')}."
    assert rule == "decide (in the diary: 'eligible' or 'not eligible', then 'give seats')."
    assert in_commands(rule) == (
        "decide ('overrule eligible' or 'overrule not-eligible', then 'select')."
    )
    assert (
        in_commands(NO_RHYTHM)
        == "how often, in days, is not stated ('attendance rules --check-ins')"
    )
    with pytest.raises(KeyError):
        by_diary("no step at all")


def test_no_table_of_a_year_names_a_method(begun, diary, tmp_path):
    """Whoever writes a diary, or uses the command line, knows none."""
    before, _, code = a_whole_year(begun, tmp_path)
    whole = begun.decide(diary(*before))
    undated = whole.withdraw(code, "a new post", on="2026-12-01")
    older = (replace(d, valid_to=None) for d in undated.decisions)  # as older planners may hold it
    undated = replace(undated, decisions=tuple(older))
    for cohort in (begun.select(seed=3), whole, undated):
        shown = (
            *(cohort, cohort.decisions_table(), cohort.overruled_table(), cohort.budget()),
            *(cohort.teams, cohort.paying, cohort.reviewing, cohort.reviewing.panels()),
            *(cohort.following, cohort.following.guests(), cohort.buddies_picture().description),
            *(cohort.following.attendance("2026-12-01"), cohort.owed("2026-12-01")),
            *(cohort.calendar(), cohort.pairing, cohort.certificates, cohort.eligibility()),
        )
        assert re.findall(r"\w+\([^ )]*\)", "\n".join(map(repr, shown))) == []
