"""Six runs as their documents state them: each value with its line, and silence as silence."""

import re
from datetime import date
from decimal import Decimal
from importlib import resources

import pytest

from cstools.cohorts import NOT_STATED, Programme
from cstools.cohorts.programmes.aliases import proper_name, spellings
from cstools.cohorts.programmes.programme_file import value_sources
from cstools.errors import DataError, FileError, UnknownNameError

IDS = Programme.ids()
every_run = pytest.mark.parametrize("run", IDS)


def text_of(name):
    shelf = resources.files("cstools").joinpath("data", "programmes")
    return shelf.joinpath(f"{name}.toml").read_text(encoding="utf-8")


def days(programme, later, earlier):
    return (programme.fact(later) - programme.fact(earlier)).days


@every_run
def test_a_run_loads_prints_a_sheet_and_plans(run):
    programme = Programme.load(run)
    sheet = programme._repr_mimebundle_()
    assert sheet["text/plain"] == repr(programme)
    assert f"<caption>{programme.title}</caption>" in sheet["text/html"]
    assert f"id: {run}" in repr(programme)
    assert programme.plan("A class").people == ()


def test_every_packaged_file_is_a_known_run():
    shelf = resources.files("cstools").joinpath("data", "programmes")
    names = {entry.name.removesuffix(".toml") for entry in shelf.iterdir() if ".toml" in entry.name}
    assert names == {*IDS, "aliases"}


@every_run
def test_every_value_names_its_source(run):
    text = text_of(run)
    values = [line for line in text.splitlines() if re.match(r"^\w+ = ", line)]
    without = [line for line in values if not re.search(r'# S\d l\.\d+ "', line)]
    assert without == [f'id = "{run}"']


@every_run
def test_the_words_given_as_source_stand_on_the_line(run, seeds):
    quoted = [
        (document, int(line), words)
        for source in value_sources(text_of(run)).values()
        for document, line, words in steps(source)
    ]
    assert len(quoted) > 5
    wrong = [place for place in quoted if place[2] not in seeds[place[0]][place[1] - 1]]
    assert wrong == []


def steps(source):
    document = ""
    for name, line, words in re.findall(r'(S\d)?\s*l\.(\d+) "([^"]+)"', source):
        document = name or document
        yield document, line, words


def test_every_spelling_of_a_name_is_in_the_documents(seeds):
    everything = "\n".join(line for lines in seeds.values() for line in lines)
    assert len(spellings()["Hanneli Ågotsdatter"]) == 3
    missing = [each for some in spellings().values() for each in some if each not in everything]
    assert missing == []


def test_the_runs_spell_a_name_differently_and_mean_one_person():
    runs = ("master-practitioners-2020", "california-associates-1")
    written = [Programme.load(run).fact("faculty.contemplative")[0] for run in runs]
    assert written == ["Hanneli Aagotsdatter", "Hanneli Ågotsdatter"]
    assert {proper_name(name) for name in written} == {"Hanneli Ågotsdatter"}


def test_a_fact_sheet_tells_how_else_a_name_is_spelled():
    assert (
        "Hanneli Aagotsdatter is spelled Hanneli Ågotsdatter or Hanneli Aagotdatter elsewhere in "
        "the documents."
    ) in " ".join(repr(Programme.load("master-practitioners-2020")).split())
    assert repr(Programme.load("master-practitioners-first")).count("is spelled") == 1


def test_the_two_workshops_of_california_have_a_theme_and_no_day_yet():
    cycle = Programme.load("california-associates-2")
    assert cycle.fact("workshops.First workshop.theme") == "capacity building"
    assert "When 'Second workshop' meets is not stated." in repr(
        cycle.plan("Cycle 2", secret="a phrase").calendar()
    )


def test_a_certificate_has_the_title_that_the_documents_state():
    cohort = Programme.load("master-practitioners-2020").plan("A class", secret="a phrase")
    assert cohort.certificates.usual_title == "MIT-JWEL Compassionate Systems Trainer"
    california = Programme.load("california-associates-1").plan("Cycle 1", secret="a phrase")
    assert california.certificates.usual_title == "Associate Practitioner"


@pytest.mark.parametrize(
    ("run", "name", "source"),
    [
        ("master-practitioners-2023", "Julie Diaz", 'S0 l.24 "Julie Diaz"'),
        ("master-practitioners-2026", "Miho Kito", 'S2 l.33 "Miho Kito"'),
    ],
)
def test_whom_to_ask_stands_in_the_fact_sheet(run, name, source):
    told = " ".join(repr(Programme.load(run)).split())
    assert f"faculty: questions to {name} {source}" in told


def test_the_first_module_of_2020_as_a_calendar_counts_it():
    programme = Programme.load("master-practitioners-2020")
    module = programme.facts.workshops[0]
    assert programme.fact("dates.starts").strftime("%A %d %B %Y") == "Sunday 28 June 2020"
    assert (module.hours, module.nights, module.calendar_days) == (118.5, 5, 6)


def test_fifteen_days_are_nights_and_not_days_of_the_calendar():
    module = Programme.load("master-practitioners-2020").facts.workshops[0]
    stated = Programme.load("master-practitioners-2020").fact("in_person.days_total")
    assert (3 * module.nights, 3 * module.calendar_days) == (stated, 18)


@pytest.mark.parametrize(
    ("run", "length"), [("master-practitioners-2023", 389), ("master-practitioners-2026", 385)]
)
def test_a_year_lasts_as_long_as_its_dates_say(run, length):
    assert days(Programme.load(run), "dates.ends", "dates.starts") == length


@pytest.mark.parametrize("run", ["master-practitioners-2023", "master-practitioners-2026"])
def test_applications_close_38_days_before_the_start(run):
    assert days(Programme.load(run), "dates.starts", "deadlines.application") == 38


def test_the_early_bird_ends_45_days_before_the_deadline():
    programme = Programme.load("master-practitioners-2026")
    assert days(programme, "deadlines.application", "deadlines.early_bird") == 45


def test_a_student_pays_half_where_that_is_stated():
    assert Programme.load("master-practitioners-2020").price(student=True) == Decimal("7000.00")
    assert Programme.load("california-associates-1").price() == Decimal("8500.00")
    assert Programme.load("california-associates-1").price(student=True) is NOT_STATED


@pytest.mark.parametrize(
    ("run", "name"),
    [
        ("master-practitioners-2026", "price.participant"),
        ("master-practitioners-2026", "capacity.most"),
        ("master-practitioners-2026", "calls.monthly call.start"),
        ("california-associates-2", "price.scholarships"),
        ("master-practitioners-2020", "workshops.Module 2.starts"),
        ("master-practitioners-2020", "in_person.days_counting"),
        ("master-practitioners-first", "dates.starts"),
    ],
)
def test_silence_is_answered_as_not_stated(run, name):
    answer = Programme.load(run).fact(name)
    assert answer is NOT_STATED
    assert repr(answer) == str(answer) == "not stated"
    assert not answer


def test_months_become_their_first_and_last_days():
    programme = Programme.load("california-associates-1")
    assert (programme.first_day, programme.last_day) == (date(2021, 10, 1), date(2022, 3, 31))
    assert Programme.load("california-associates-2").last_day == date(2022, 9, 30)


def test_an_unknown_id_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError) as caught:
        Programme.load("california-associate-1")
    assert str(caught.value) == (
        "programmes: nothing is called 'california-associate-1'; did you mean "
        "'california-associates-1' or 'california-associates-2'?"
    )


def test_an_unknown_fact_is_answered_with_the_nearest():
    with pytest.raises(UnknownNameError) as caught:
        Programme.load("master-practitioners-2026").fact("price.participent")
    assert str(caught.value) == (
        "'price.participent': nothing is called 'participent'; did you mean 'participant'?"
    )


def overlay(tmp_path, text):
    path = tmp_path / "ours.toml"
    path.write_text(text, encoding="utf-8")
    return path


def test_an_overlay_fills_a_gap_and_is_named_as_the_source(tmp_path):
    path = overlay(tmp_path, '[[calls]]\nname = "monthly call"\nstart = 15:00:00\n')
    programme = Programme.load("master-practitioners-2026", overlay=path)
    assert programme.fact("calls.monthly call.start").hour == 15
    assert programme.fact("calls.monthly call.every") == "month"
    assert programme.sources["calls.monthly call.start"] == "coordinator, ours.toml"


def test_an_overlay_that_contradicts_the_documents_shows_both(tmp_path):
    path = overlay(tmp_path, "[capacity]\nmost = 44\n")
    programme = Programme.load("master-practitioners-2020", overlay=path)
    assert programme.fact("capacity.most") == 44
    assert programme.sources["capacity.most"] == (
        'coordinator, ours.toml (documents: S3 l.7 "30-40")'
    )


def test_an_overlay_with_an_unknown_key_says_which_was_meant(tmp_path):
    path = overlay(
        tmp_path, '[price]\nparticipent = "9000.00"\n[[calls]]\nname = "monthly call"\nhour = 9\n'
    )
    with pytest.raises(DataError) as caught:
        Programme.load("master-practitioners-2026", overlay=path)
    assert str(caught.value) == (
        "overlay 'ours.toml' says something that no programme has:\n"
        "- 'calls.monthly call.hour' is no known key\n"
        "- 'price.participent' is no known key; did you mean 'participant'?"
    )


@pytest.mark.parametrize(
    ("run", "lines", "message"),
    [
        (
            "master-practitioners-2026",
            '[[calls]]\nname = "Monthly call"\nminutes = 60\n',
            "[[calls]]: the programme spells 'Monthly call' as 'monthly call'; write it the same "
            "way, or give what is not the same another name",
        ),
        (
            "master-practitioners-2020",
            '[[workshops]]\nname = "module 2"\ntheme = "ours"\n',
            "[[workshops]]: the programme spells 'module 2' as 'Module 2'; write it the same way, "
            "or give what is not the same another name",
        ),
    ],
)
def test_a_name_in_another_spelling_makes_no_second_series_or_workshop(
    tmp_path, run, lines, message
):
    with pytest.raises(DataError) as caught:
        Programme.load(run, overlay=overlay(tmp_path, lines))
    assert str(caught.value) == message
    named = lines.replace("Monthly call", "monthly call").replace("module 2", "Module 2")
    held, bare = Programme.load(run, overlay=overlay(tmp_path, named)), Programme.load(run)
    for part in ("calls", "workshops"):
        names = [[item.name for item in getattr(one.facts, part)] for one in (held, bare)]
        assert names[0] == names[1]


@pytest.mark.parametrize(
    ("run", "lines", "message"),
    [
        (
            "master-practitioners-2026",
            '[[calls]]\nname = "montly call"\nstart = 09:00:00\nminutes = 60\n',
            "[[calls]]: the programme has nothing called 'montly call'; did you mean 'monthly "
            "call'? If it is new among the calls, it also needs every, day and zone",
        ),
        (
            "master-practitioners-first",
            '[[calls]]\nname = "virtual meting"\nevery = "month"\nday = "Friday"\nminutes = 60\n'
            'zone = "America/New_York"\n',
            "[[calls]]: the programme has nothing called 'virtual meting'; did you mean 'virtual "
            "meeting'? If it is new among the calls, it also needs start",
        ),
        (
            "master-practitioners-2020",
            '[[workshops]]\nname = "Modul 2"\ntheme = "ours"\n',
            "[[workshops]]: the programme has nothing called 'Modul 2'; did you mean 'Module 2' or "
            "'Module 3' or 'Module 1'? If it is new among the workshops, it also needs starts and "
            "ends",
        ),
    ],
)
def test_a_slip_in_a_name_makes_no_second_series_or_workshop(tmp_path, run, lines, message):
    with pytest.raises(DataError) as caught:
        Programme.load(run, overlay=overlay(tmp_path, lines))
    assert str(caught.value) == message


def test_a_series_that_says_all_it_needs_may_be_called_nearly_like_another(tmp_path):
    weekly = (
        '[[calls]]\nname = "weekly call"\nevery = "two weeks"\nday = "Friday"\nminutes = 60\n'
        'zone = "America/New_York"\nstart = 09:00:00\n[[calls]]\nname = "office hour"\n'
    )
    programme = Programme.load("master-practitioners-2026", overlay=overlay(tmp_path, weekly))
    names = [call.name for call in programme.facts.calls]
    assert names == ["monthly call", "weekly call", "office hour"]


def test_money_that_is_no_money_is_refused(tmp_path):
    path = overlay(tmp_path, '[price]\nparticipant = "about 9000"\n')
    with pytest.raises(DataError) as caught:
        Programme.load("master-practitioners-2026", overlay=path)
    assert str(caught.value) == (
        "overlay 'ours.toml' says something that no programme has:\n"
        "- 'price.participant' = 'about 9000': write money as text with its cents, as '14000.00'"
    )


def test_an_overlay_with_an_unknown_zone_says_which_was_meant(tmp_path):
    path = overlay(tmp_path, '[[calls]]\nname = "monthly call"\nzone = "Europe/Copenhagn"\n')
    with pytest.raises(DataError) as caught:
        Programme.load("master-practitioners-2026", overlay=path)
    assert str(caught.value) == (
        "overlay 'ours.toml' says something that no programme has:\n"
        "- 'calls.monthly call.zone' = 'Europe/Copenhagn': 'Europe/Copenhagn' is no time zone; "
        "did you mean 'Europe/Copenhagen' or 'Europe/Vienna' or 'Europe/Skopje'?"
    )


def test_an_overlay_that_is_not_there_says_where_it_was_looked_for(tmp_path):
    with pytest.raises(FileError) as caught:
        Programme.load("master-practitioners-2026", overlay=tmp_path / "ours.toml")
    assert str(caught.value) == (
        f"overlay 'ours.toml' is not there; looked in the folder '{tmp_path.name}'; put it there, "
        "or write its name as it is there"
    )


def test_an_overlay_that_is_not_toml_says_the_line(tmp_path):
    with pytest.raises(FileError) as caught:
        Programme.load(
            "master-practitioners-2026", overlay=overlay(tmp_path, "[capacity\nmost = 3")
        )
    assert str(caught.value).startswith("overlay 'ours.toml' is not TOML: ")
    assert "line 1" in str(caught.value)


@pytest.mark.parametrize("name", ["", "  ", None])
def test_a_cohort_has_a_name(name):
    with pytest.raises(DataError) as refused:
        Programme.load("master-practitioners-2026").plan(name)
    assert str(refused.value) == (
        "a cohort needs a name to be found by again, as 'Class of 2026-2027'"
    )


def test_codes_that_an_e_mail_gives_away_are_told(applications):
    programme = Programme.load("master-practitioners-2026")
    note = "The codes are made without a phrase of your own"
    assert note in repr(programme.plan("Class").enrol(applications))
    assert note not in repr(programme.plan("Class", secret="a phrase").enrol(applications))
    assert note not in repr(programme.plan("Class"))


def test_a_value_that_could_be_misread_says_what_it_means():
    first, other = (
        " ".join(re.sub(r"<[^>]+>", " ", page).split())
        for page in (
            Programme.load(name)._repr_mimebundle_()["text/html"]
            for name in ("master-practitioners-2020", "california-associates-1")
        )
    )
    assert "price: student percent 50 % off the price S1" in first
    assert "alumni ruling: the documents say both, so you decide for each S4" in other
