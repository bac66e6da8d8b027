"""Forms are read whole or not at all; each fault is told with its row, its column and a way out."""

import csv
import random
from datetime import datetime

import pytest

from cstools.cohorts import check_applications, read_applications
from cstools.cohorts.applying.columns import readings
from cstools.cohorts.basics.spreadsheet import read_rows, write_rows
from cstools.cohorts.made_up.synthetic import (
    mapping_for_faults,
    synthetic_applications,
    write_synthetic,
)
from cstools.errors import DataError, FileError

from .conftest import GOOD, HEAD

TEAM = f"{HEAD},Team"


def told(path, mapping=None):
    with pytest.raises((DataError, FileError)) as caught:
        read_applications(path, mapping)
    return str(caught.value)


def other(**changes):
    """Return the good row with some columns changed."""
    row = dict(zip(HEAD.split(","), GOOD.split(","), strict=True)) | changes
    return ",".join(row.values())


def test_a_good_form_gives_one_person_for_each_row(form):
    people = read_applications(form(GOOD, other(**{"Email Address": "bo@example.org"}))).people
    assert [person.row for person in people] == [2, 3]
    assert people[0].time_zone == "Europe/Copenhagen"


def test_a_missing_column_is_named_with_the_head_that_looks_like_it(form):
    path = form(GOOD, head=HEAD.replace("Email Address", "Your mail address"))
    assert told(path) == (
        "form.csv: 1 thing is wrong, and no row was taken\n"
        "- Email Address: the column is missing; is it 'Your mail address'? Write "
        'email = "Your mail address" under [columns] in a mapping file'
    )


def test_missing_columns_are_told_three_at_a_time(form):
    ending = "under [columns] in a mapping file"
    assert told(form("x", head="Full name")) == (
        "form.csv: 6 things are wrong, and no row was taken\n"
        f'- Email Address: the column is missing; add it, or write email = "its head" {ending}\n'
        f'- Free hours: the column is missing; add it, or write free = "its head" {ending}\n'
        "- Introductory workshop taken: the column is missing; add it, or write "
        f'alumni = "its head" {ending}\n'
        "... and 3 more; check_applications() lists them all"
    )


def test_a_renamed_column_is_found_through_the_mapping(form):
    path = form(GOOD, head=HEAD.replace("Site", "Where do you work?"))
    mapping = {"columns": {"site": "Where do you work?"}}
    assert read_applications(path, mapping).people[0].site == "Example Hill School"


def test_a_repeated_row_is_told_with_the_row_it_repeats(form):
    assert told(form(GOOD, GOOD)) == (
        "form.csv: 1 thing is wrong, and no row was taken\n"
        "- row 3, Email Address: the same address as row 2, with the same answers; delete one "
        'row, or write duplicates = "keep the last" in a mapping file'
    )


def test_one_person_with_two_answers_is_told_so(form):
    again = other(**{"Email Address": "ADA@example.org", "Site": "Example Lake School"})
    assert told(form(GOOD, again)) == (
        "form.csv: 1 thing is wrong, and no row was taken\n"
        "- row 3, Email Address: the same address as row 2, with other answers; delete one "
        'row, or write duplicates = "keep the last" in a mapping file'
    )
    kept = read_applications(form(GOOD, again), {"duplicates": "keep the last"}).people
    assert [person.site for person in kept] == ["Example Lake School"]


def test_an_unknown_zone_is_told_with_the_nearest(form):
    assert told(form(other(**{"Time zone": "Europe/Copenhagn"}))) == (
        "form.csv: 1 thing is wrong, and no row was taken\n"
        "- row 2, Time zone: 'Europe/Copenhagn' is no time zone; did you mean "
        "'Europe/Copenhagen' or 'Europe/Vienna' or 'Europe/Skopje'?"
    )


def test_a_bare_city_is_answered_with_its_zone(form):
    assert told(form(other(**{"Time zone": "Kolkata"}))).endswith(
        "row 2, Time zone: 'Kolkata' is no time zone; did you mean 'Asia/Kolkata'?"
    )


def test_an_empty_file_is_told(tmp_path):
    path = tmp_path / "form.csv"
    path.write_bytes(b"")
    assert told(path) == "'form.csv' is empty; download the answers again"


def test_a_file_of_blank_rows_is_told(tmp_path):
    path = tmp_path / "form.csv"
    path.write_text("\n\n")
    assert told(path) == "'form.csv' has no filled row; download the answers again"


def test_a_head_without_rows_is_told(form):
    assert told(form()) == (
        "form.csv: there is a head and no row under it; download the answers again"
    )


def test_a_file_that_is_not_there_is_told(tmp_path):
    assert told(tmp_path / "form.csv") == (
        f"'form.csv' is not there; looked in the folder '{tmp_path.name}'; put it there, or write "
        "its name as it is there"
    )


def test_a_file_of_another_kind_is_told(tmp_path):
    path = tmp_path / "form.pdf"
    path.write_text("x")
    assert told(path) == ("'form.pdf' is neither CSV nor XLSX; download the answers as one of them")


def test_text_in_another_encoding_is_told_with_its_line(tmp_path):
    path = tmp_path / "form.csv"
    path.write_bytes(f"{HEAD}\n{GOOD}\nZé".encode("latin-1"))
    assert told(path) == (
        "'form.csv' is not UTF-8 text (line 3); save it as 'CSV UTF-8', or as XLSX, or, "
        'where it comes from an older Windows program, write encoding = "Windows-1252" in a '
        "mapping file"
    )


def test_a_picture_called_xlsx_is_told(tmp_path):
    path = tmp_path / "form.xlsx"
    path.write_bytes(b"\x89PNG\r\n")
    assert told(path) == "'form.xlsx' is no XLSX file; open it and save it as XLSX again"


def test_an_open_quote_is_told(tmp_path):
    path = tmp_path / "form.csv"
    path.write_text(f'{HEAD}\n"{GOOD}\n')
    assert told(path) == (
        "'form.csv' is not a whole CSV file (unexpected end of data); download it again"
    )


def test_a_row_with_too_many_cells_is_told(form):
    assert told(form(GOOD + ",one more")) == (
        "form.csv: 1 thing is wrong, and no row was taken\n"
        "- row 2, whole row: has 8 cells and the head has 7; a comma or a quote is out of place"
    )


def test_at_most_three_faults_are_told_at_once(form):
    bad = other(
        **{"Time zone": "", "Introductory workshop taken": "perhaps", "Free hours": "always"}
    )
    assert told(form(bad, other(**{"Email Address": "nowhere"}))) == (
        "form.csv: 4 things are wrong, and no row was taken\n"
        "- row 2, Free hours: 'always' is no free time; write it as 'Mon 16-18; Wed 9:30-11'\n"
        "- row 2, Introductory workshop taken: 'perhaps' is neither yes nor no; write one of them\n"
        "- row 2, Time zone: the cell is empty; fill it\n"
        "... and 1 more; check_applications() lists them all"
    )


def test_a_mapping_with_an_unknown_column_is_told(form):
    with pytest.raises(DataError) as caught:
        read_applications(form(GOOD), {"columns": {"sight": "Site"}})
    assert str(caught.value) == "mapping: no column is called 'sight'; did you mean 'site'?"


def test_a_mapping_with_an_unknown_key_is_told(form):
    with pytest.raises(DataError) as caught:
        read_applications(form(GOOD), {"date_ordr": "day first"})
    assert str(caught.value) == ("mapping: 'date_ordr' is no known key; did you mean 'date_order'?")


@pytest.mark.parametrize("name", ["form.csv", "form.xlsx"])
def test_text_stays_text(tmp_path, name):
    head = [*HEAD.split(","), "Postal code", "Country"]
    row = [*GOOD.split(","), "02139", "NA"]
    path = write_rows(tmp_path / name, [head, row])
    person = read_applications(path).people[0]
    assert person.postcode.reveal("a test", print) == "02139"
    assert person.country == "NA"


@pytest.mark.parametrize(
    "written", ["none", "N/A", "n.a.", "No", "-", "–", "Not applicable", "NA", "keine", "なし"]
)
def test_a_word_that_says_none_is_no_team_and_is_told(form, written):
    path = form(f"{GOOD},{written}", f"{other(**{'Email Address': 'b@x.org'})},Non-stop", head=TEAM)
    assert [person.team for person in read_applications(path)] == ["", "Non-stop"]
    read = check_applications(path).of("repaired")
    assert [str(finding) for finding in read] == [
        f"row 2, Team: '{written}' was read as an empty cell"
    ]
    kept = read_applications(path, {"spellings": {"team": {written: "Team None"}}})
    assert kept.people[0].team == "Team None"


def test_whoever_answers_again_in_one_file_has_applied_on_the_first_day(form):
    rows = [f"2026-03-20 10:00,{GOOD}", f"2026-06-10 10:00,{other(Languages='English')}"]
    path = form(*rows, head=f"Timestamp,{HEAD}")
    for counts, spoken in (("keep the last", ("English",)), ("keep the first", ("Danish",))):
        person = read_applications(path, {"duplicates": counts}).people[0]
        assert (person.languages, person.submitted) == (spoken, datetime(2026, 3, 20, 10))


@pytest.mark.parametrize("name", ["form.csv", "form.xlsx"])
def test_the_same_rows_are_the_same_file(tmp_path, name):
    first = write_rows(tmp_path / name, [["name"], ["02139"]]).read_bytes()
    assert write_rows(tmp_path / name, [["name"], ["02139"]]).read_bytes() == first


@pytest.mark.parametrize("cell", ["Danish, English", "english; danish", "English and Danish"])
def test_languages_are_read_as_people_write_them(form, cell):
    path = form(other(**{"Languages": f'"{cell}"'}))
    assert read_applications(path).people[0].languages == ("Danish", "English")


def test_a_mark_at_the_beginning_and_semicolons_do_not_disturb(tmp_path):
    path = tmp_path / "form.csv"
    path.write_bytes(f"{HEAD}\n{GOOD}\n".replace(",", ";").encode("utf-8-sig"))
    assert len(read_applications(path)) == 1


def test_no_written_cell_becomes_a_formula(tmp_path):
    rows = [["name"], ["=1+1"], ["+1"], ["-1"], ["@x"]]
    assert [row for _, row in read_rows(write_rows(tmp_path / "a.xlsx", rows))] == [
        tuple(row) for row in rows
    ]
    with write_rows(tmp_path / "a.csv", rows).open(encoding="utf-8-sig", newline="") as file:
        assert [row[0] for row in csv.reader(file)] == ["name", "'=1+1", "'+1", "'-1", "'@x"]


@pytest.mark.parametrize(
    ("cell", "moments"),
    [
        ("3/4/2026 21:10:00", {datetime(2026, 3, 4, 21, 10), datetime(2026, 4, 3, 21, 10)}),
        ("25/3/2026", {datetime(2026, 3, 25)}),
        ("3/25/2026 9:30:00 pm", {datetime(2026, 3, 25, 21, 30)}),
        ("2026/03/04 9:12:33 AM GMT+1", {datetime(2026, 3, 4, 9, 12, 33)}),
        ("2026-03-04T09:12:33", {datetime(2026, 3, 4, 9, 12, 33)}),
    ],
)
def test_a_typed_date_means_what_it_can_mean(cell, moments):
    assert set(readings(cell.replace("T", " ")).values()) == moments


def test_a_date_of_two_meanings_is_settled_by_the_others_in_its_file(form):
    head = f"Timestamp,{HEAD}"
    sure = "25/3/2026 8:00:00," + other(**{"Email Address": "bo@example.org"})
    people = read_applications(form(f"4/3/2026 8:00:00,{GOOD}", sure, head=head)).people
    assert people[0].submitted == datetime(2026, 3, 4, 8)


def test_a_date_of_two_meanings_alone_is_asked_about(form):
    assert told(form(f"4/3/2026 8:00:00,{GOOD}", head=f"Timestamp,{HEAD}")) == (
        "form.csv: 1 thing is wrong, and no row was taken\n"
        "- row 2, Timestamp: '4/3/2026 8:00:00' can be read in two orders; write date_order = "
        '"day first" or "month first" in a mapping file'
    )


def test_two_spellings_that_differ_in_capitals_and_accents_become_one(form):
    rows = [
        other(**{"Email Address": f"p{k}@example.org", "Site": site})
        for k, site in enumerate(
            [
                "Éxample Hill School",
                "Example Hill School",
                "Example Hill School",
                "EXAMPLE HILL SCHOOL.",
            ]
        )
    ]
    people = read_applications(form(*rows)).people
    assert {person.site for person in people} == {"Example Hill School"}


def test_two_spellings_that_may_be_one_place_are_asked_about(form):
    rows = [GOOD, other(**{"Email Address": "b@example.org", "Site": "Example Hil School"})]
    asked = check_applications(form(*rows)).of("look")
    assert [str(finding) for finding in asked] == [
        "row 2, Full name: ".replace("row 2", "row 3") + "the same name as row 2 with another "
        "e-mail; if it is one person, delete one row, or give both one address under "
        "[spellings.email] in a mapping file",
        "row 3, Site: 'Example Hil School' looks like 'Example Hill School' in row 2; if they are "
        'one, write "Example Hil School" = "Example Hill School" under [spellings.site] in a '
        "mapping file",
    ]


def test_numbered_places_are_not_taken_for_each_other(form):
    rows = [
        other(**{"Site": "Example School 1"}),
        other(**{"Full name": "Bo", "Email Address": "b@example.org", "Site": "Example School 2"}),
    ]
    assert check_applications(form(*rows)).of("look") == ()


def test_the_made_up_roster_reads_with_its_mapping(applications):
    assert len(applications) == 40
    assert applications.report.passes
    assert len({person.site for person in applications}) == 10
    assert len({person.time_zone for person in applications}) == 10


def test_the_made_up_roster_is_the_same_for_the_same_seed():
    assert synthetic_applications(40, 7) == synthetic_applications(40, 7)
    assert synthetic_applications(40, 7) != synthetic_applications(40, 8)


@pytest.mark.parametrize("people", [1, 2, 5, 40])
def test_a_made_up_roster_of_any_size_reads(tmp_path, people):
    path = write_synthetic(tmp_path / "form.csv", people)
    assert len(read_applications(path, mapping_for_faults())) == people


def test_the_order_of_the_rows_changes_nobodys_answers(tmp_path, roster, applications):
    head, *rows = roster.read_text(encoding="utf-8-sig").splitlines()
    repeated = [row for row in rows if "person01@" in row or "person04@" in row]
    others = [row for row in rows if row not in repeated]
    random.Random(5).shuffle(others)
    path = tmp_path / "shuffled.csv"
    path.write_text("\n".join([head, *others, *repeated]), encoding="utf-8")
    shuffled = read_applications(path, mapping_for_faults())
    assert set(shuffled) == set(applications)


def test_no_report_and_no_repr_quotes_a_person(roster, applications):
    shown = [check_applications(roster, mapping_for_faults()), applications, applications.people]
    printed = "".join(repr(each) for each in shown)
    rows = synthetic_applications()
    known = {row[1].strip() for row in rows[1:]} | {row[2] for row in rows[1:]}
    assert [text for text in known if text.casefold() in printed.casefold()] == []


@pytest.mark.parametrize("written", ["EST", "CET", "GMT+1", "utc", "Etc/GMT+1", "UTC-05:00", "PST"])
def test_an_abbreviation_or_an_offset_is_no_place(form, written):
    assert told(form(other(**{"Time zone": written}))) == (
        "form.csv: 1 thing is wrong, and no row was taken\n"
        f"- row 2, Time zone: '{written}' names no place, and clocks change place by place; write "
        "a part of the world and a city in it, such as 'Europe/Copenhagen', here or under "
        "[spellings.time_zone] in a mapping file"
    )
    mapping = {"spellings": {"time_zone": {written: "America/New_York"}}}
    people = read_applications(form(other(**{"Time zone": written})), mapping).people
    assert people[0].time_zone == "America/New_York"


@pytest.mark.parametrize("written", ["Japan", "Egypt", "singapore", "NZ", "America/Sao Paulo"])
def test_a_country_that_has_one_clock_is_a_place(form, written):
    assert len(read_applications(form(other(**{"Time zone": written})))) == 1


def test_each_head_is_offered_for_one_column_and_the_surest_first(form):
    heads = "Team (if any),E-Mail-Adresse,Vor- und Nachname,When are you free?,I consent"
    report = check_applications(form("x,x,x,x,x", head=heads))
    told = {finding.column: finding.what for finding in report.findings}
    assert told["Email Address"] == (
        "the column is missing; is it 'E-Mail-Adresse'? Write "
        'email = "E-Mail-Adresse" under [columns] in a mapping file'
    )
    assert "'Vor- und Nachname'" in told["Full name"]
    assert "'When are you free?'" in told["Free hours"]
    assert told["Team (if any)"] == (
        "no such column is known; its cells are not read; if it is 'Team', write "
        'team = "Team (if any)" under [columns] in a mapping file'
    )
    assert told["I consent"] == "no such column is known; its cells are not read"


def test_a_head_of_the_mapping_that_the_file_has_not_is_wrong_for_any_column(form):
    path = form(GOOD + ",Hill team", head=HEAD + ",Name of your team")
    assert told(path, {"columns": {"team": "Name of yor team"}}) == (
        "form.csv: 1 thing is wrong, and no row was taken\n"
        "- Team: the mapping file calls this column 'Name of yor team', and the file has no such "
        "head; did you mean 'Name of your team'?"
    )
    assert "; write it as it stands in row 1" in told(path, {"columns": {"team": "Gruppe"}})


def test_one_head_is_not_two_columns(form):
    assert told(form(GOOD), {"columns": {"name": "Who", "email": "Who"}}) == (
        "mapping: 'Who' is given as 'email' and as 'name'; one head is one column"
    )


def test_a_file_without_heads_is_told_so_without_showing_the_first_person(form):
    assert told(form(GOOD, head=GOOD)) == (
        "form.csv: row 1 holds an e-mail address where the heads should be; put the heads above it"
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [("Pacific Time", "America/Los_Angeles"), ("US Eastern standard time", "America/New_York")],
)
def test_an_american_clock_is_asked_about_by_its_city(form, written, meant):
    assert told(form(other(**{"Time zone": written}))).endswith(
        f"'{written}' is no time zone; did you mean '{meant}'?"
    )


def test_under_the_faults_stands_where_a_mapping_file_puts_them_right(form):
    wrong = {"Time zone": "Pacific Time", "Introductory workshop taken": "in 2018"}
    path = form(other(**wrong))
    note = check_applications(path)._table().notes[-1]
    assert note == (
        "A wrong cell is put right in the answers, or in a mapping file, which leaves them as they "
        'are: "as it was written" = "as it is meant" under [spellings.time_zone] or '
        "[spellings.alumni]."
    )
    spellings = {
        "time_zone": {wrong["Time zone"]: "America/Los_Angeles"},
        "alumni": {wrong["Introductory workshop taken"]: "yes"},
    }
    right = check_applications(path, {"spellings": spellings})
    assert right.passes
    assert "[spellings." not in repr(right)


def test_a_column_is_named_by_its_head_with_a_hint(form):
    assert told(form(GOOD), {"spellings": {"timestamp": {"x": "y"}}}) == (
        "mapping: no column is called 'timestamp'; did you mean 'submitted'?"
    )
    assert "'school'; did you mean 'site'?" in told(form(GOOD), {"columns": {"school": "Where"}})


def test_a_name_or_an_address_in_a_wrong_cell_is_not_repeated(form):
    slipped = other(**{"Time zone": "Synthetic", "Free hours": "ask Ada at ada@home.example"})
    assert told(form(slipped)) == (
        "form.csv: 2 things are wrong, and no row was taken\n"
        "- row 2, Free hours: 'ask ••• at •••' is no free time; write it as 'Mon 16-18; Wed "
        "9:30-11'\n"
        "- row 2, Time zone: '•••' is no time zone; write a part of the world and a city in it, "
        "such as 'Europe/Copenhagen'"
    )


def test_rows_of_blanks_are_no_people(form):
    assert len(read_applications(form(GOOD, " ,,,,,,", ",,,,,,", ""))) == 1


def test_the_line_in_which_excel_names_its_separator_is_no_head(form):
    path = form(HEAD.replace(",", ";"), GOOD.replace(",", ";"), head="sep=;")
    assert [person.row for person in read_applications(path)] == [3]


def test_a_misspelt_file_is_answered_with_the_nearest(form, tmp_path):
    form(GOOD)
    assert told(tmp_path / "from.csv") == (
        f"'from.csv' is not there; looked in the folder '{tmp_path.name}'; did you mean 'form.csv'?"
    )
    assert told(tmp_path / "answers" / "form.csv") == (
        "'form.csv' is not there, and there is no folder 'answers'"
    )


def test_an_unknown_key_of_a_mapping_is_answered_with_those_there_are(form):
    assert told(form(GOOD), {"x": 3}) == (
        "mapping: 'x' is no known key; there is columns, spellings, date_order, duplicates, "
        "dates_as_numbers, head_row, encoding"
    )


def test_words_without_quotes_in_a_mapping_are_told_how_to_be_written(form, tmp_path):
    (tmp_path / "map.toml").write_text("date_order = day first", encoding="utf-8")
    assert told(form(GOOD), tmp_path / "map.toml").endswith(
        "; words stand in quotes, a day is written 2026-06-22, an hour 09:00:00"
    )


def test_a_roster_has_a_kind_and_a_folder_that_there_is(tmp_path):
    with pytest.raises(FileError) as caught:
        write_rows(tmp_path / "roster.pdf", [("code",)])
    assert str(caught.value) == (
        "'roster.pdf' is neither CSV nor XLSX; write a name such as 'roster.xlsx'"
    )
    with pytest.raises(FileError) as caught:
        write_rows(tmp_path / "spring" / "roster.xlsx", [("code",)])
    assert str(caught.value) == (
        "'roster.xlsx' cannot be written: there is no folder 'spring'; make it first"
    )
    assert not list(tmp_path.iterdir())


def test_titles_above_the_heads_are_a_wrong_line_of_the_report(tmp_path, roster):
    path = tmp_path / "answers.csv"
    path.write_text("Applications 2026\n\n" + roster.read_text("utf-8-sig"), encoding="utf-8")
    report = check_applications(path)
    assert not report.passes
    assert [str(finding) for finding in report.findings] == [
        "the file: the heads seem to stand in row 3; write head_row = 3 in a mapping file, or "
        "delete the rows above"
    ]


def test_a_file_that_is_not_there_is_no_report(tmp_path):
    (tmp_path / "answers-2026.csv").write_text("Full name\n", encoding="utf-8")
    (tmp_path / "ours.csv").write_text("Full name\n", encoding="utf-8")
    with pytest.raises(FileError, match=r"did you mean 'answers-2026\.csv'\?$"):
        check_applications(tmp_path / "answers-2027.csv")
