"""Made-up cohorts of any size, and every fault of real files: told in a sentence, then answered."""

from collections import Counter

import pytest

from cstools.cohorts import check_applications, read_applications
from cstools.cohorts.made_up.synthetic_cohorts import FAULTS, faulty, synthetic_cohort
from cstools.errors import CstoolsError

MADE = synthetic_cohort(40)
#: What is said of a fault that needs an answer; every other fault is repaired or does no harm.
TOLD = {
    "a renamed column": (
        "Site: the column is missing; is it 'Where do you work?'? Write site = \"Where do you "
        'work?" under [columns] in a mapping file'
    ),
    "merged rows above the head": (
        "the heads seem to stand in row 3; write head_row = 3 in a mapping file, or delete the "
        "rows above"
    ),
    "sent twice": (
        "row 42, Email Address: the same address as row 3, with other answers; delete one row, or "
        'write duplicates = "keep the last" in a mapping file'
    ),
    "dates in two orders": (
        'can be read in two orders; write date_order = "day first" or "month first" in a mapping '
        "file"
    ),
    "dates as numbers": (
        "is a count of days, as Excel keeps dates; show the column as dates and save it again, or "
        'write dates_as_numbers = "since 1900" in a mapping file'
    ),
    "Windows-1252": (
        "save it as 'CSV UTF-8', or as XLSX, or, where it comes from an older Windows program, "
        'write encoding = "Windows-1252" in a mapping file'
    ),
}


@pytest.fixture(scope="module")
def files(tmp_path_factory):
    made = faulty(MADE, tmp_path_factory.mktemp("faults"))
    return {fault.name: (fault, path) for fault, path in made}


@pytest.fixture(scope="module")
def people(tmp_path_factory):
    """The same people from a file without a fault."""
    path = MADE.write(tmp_path_factory.mktemp("clean") / "form.csv")
    return read_applications(path).people


def answers(people, *without):
    """Return what people wrote, by e-mail, without regard to rows and to some of the answers."""
    return {
        person.email._text.casefold(): {
            name: str(getattr(value, "_text", value)).casefold().strip()
            for name, value in vars(person).items()
            if name not in {"row", *without}
        }
        for person in people
    }


@pytest.mark.parametrize("name", sorted(TOLD))
def test_a_fault_that_only_the_coordinator_can_settle_is_told(files, name):
    with pytest.raises(CstoolsError) as caught:
        read_applications(files[name][1])
    assert TOLD[name] in str(caught.value)


@pytest.mark.parametrize("name", sorted({fault.name for fault in FAULTS} - TOLD.keys()))
def test_another_fault_needs_no_answer(files, name):
    fault, path = files[name]
    assert not fault.mapping
    assert len(read_applications(path)) == len(MADE)


@pytest.mark.parametrize("name", [fault.name for fault in FAULTS])
def test_with_its_answer_a_faulty_file_gives_the_same_people(files, people, name):
    fault, path = files[name]
    changed = {
        "a formula": ["name"],
        "sent twice": ["team"],
        "dates in two orders": ["submitted"],
    }.get(name, [])
    read = read_applications(path, fault.mapping).people
    assert answers(read, *changed) == answers(people, *changed)


def test_one_person_with_two_addresses_is_asked_about_and_joined(files, people):
    fault, path = files["one person, two addresses"]
    assert [str(f) for f in check_applications(path).of("look") if f.column == "Full name"] == [
        "row 42, Full name: the same name as row 2 with another e-mail; if it is one person, "
        "delete one row, or give both one address under [spellings.email] in a mapping file"
    ]
    assert answers(read_applications(path, fault.mapping).people) == answers(people)


def test_dates_as_numbers_keep_their_minute(files, people):
    fault, path = files["dates as numbers"]
    read = read_applications(path, fault.mapping).people
    assert {p.email._text: p.submitted for p in read} == {
        p.email._text: p.submitted for p in people
    }


def test_a_head_row_that_is_empty_is_told(files):
    with pytest.raises(CstoolsError) as caught:
        read_applications(files["blanks"][1], {"head_row": 99})
    assert str(caught.value) == (
        "fault-00.csv: the mapping file says head_row = 99, and that row is empty; write the row "
        "in which the heads stand"
    )


@pytest.mark.parametrize("many", [1, 2, 7, 40, 400])
def test_a_made_up_cohort_of_any_size_reads(tmp_path, many):
    path = synthetic_cohort(many).write(tmp_path / "form.xlsx")
    assert len(read_applications(path, {"date_order": "month first"})) == many


def test_four_thousand_people_work_at_many_sites_in_teams_of_two_to_five(tmp_path):
    made = synthetic_cohort(4_000)
    people = read_applications(made.write(tmp_path / "form.csv")).people
    assert len(people) == 4_000
    teams = Counter(person.team for person in people if person.team)
    assert set(teams.values()) <= {1, 2, 3, 4, 5}
    assert sum(size == 1 for size in teams.values()) <= 1  # the last team may be cut off
    assert len({person.site for person in people}) > 300
    assert len(set(made.clusters.values())) > 100
    assert len({person.time_zone for person in people}) == 18


def test_the_same_seed_gives_the_same_people():
    assert synthetic_cohort(40) == MADE
    assert synthetic_cohort(40, seed=1) != MADE
