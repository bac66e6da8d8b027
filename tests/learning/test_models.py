"""Models as answers: what is read, what is looked for in their runs, and what is said."""

import sys

import pytest

from cstools import CausalLoopDiagram, StockFlow, facets
from cstools.errors import DataError, ModelError
from cstools.learning import load_set
from cstools.learning.checks import Outcome
from cstools.learning.kinds.expected import Expectation
from cstools.learning.kinds.model import Clock, Model
from cstools.learning.kinds.model_text import read_model_text, write_model_text
from cstools.learning.question import Question
from cstools.learning.source import hold_against_answers

MINUTES = Clock(stop=80, dt=0.125, time_units="minute")
RIGHT = """
stock water = 100 [litres]
flow filling into water = 75 [litres/minute]
flow draining out of water = water / time to drain [litres/minute]
constant time to drain = 8 [minutes]
"""
# 75 litres a minute for a mean of 8 minutes: it settles at 600, within 1 after 80 (e⁻¹⁰·500 < 0.1).
SETTLES = Expectation("ends", 600, "Where are both flows equal?", "water", within=1, near=60)
BATH = Model(
    RIGHT,
    (
        Expectation("is", "stock", "Would it still be there if time stopped?", "water"),
        SETTLES,
        Expectation("loop", "B", "Does the drain take more when there is more?", "water"),
        Expectation("units", "fit", "Do the units fit?"),
    ),
    clock=MINUTES,
    synonyms={"water": ("water in the bath", "bath")},
)
POND = Model(
    "quota = 120",
    (
        Expectation("stays", (450, 1000), "Are there fish left?", "fish"),
        Expectation("ends", 1000, "And with no fishing?", "fish", {"quota": 0}, within=5),
    ),
    given="facets.world.pond_with_quota",
)


def said(kind, answer, *misconceptions):
    return kind.judge(answer, misconceptions)


def told(kind, answer):
    return said(kind, answer).text.removeprefix("Incorrect.\n\n")


def built(stock="water", drain="water / 8"):
    model = StockFlow("Mine", stop=5, dt=1, time_units="minutes")
    model.stock(stock, 100, "litres")
    model.flow("tap", 75, into=stock, units="litres/minute")
    model.flow("drain", drain, out_of=stock, units="litres/minute")
    return model


# --- the lines --------------------------------------------------------------------------------

TEACHING = [
    facets.self.burnout,
    facets.self.creative_tension,
    facets.world.pond_with_quota,
    facets.world.shared_pond,
    facets.others.emotional_contagion,
]


@pytest.mark.parametrize("make", TEACHING, ids=lambda make: make.__name__)
def test_a_model_written_as_lines_is_read_as_the_same_model(make):
    model = make()
    text = write_model_text(model)
    empty = StockFlow("again", model.start, model.stop, model.dt, model.time_units, model.method)
    again = read_model_text(text, empty)
    assert write_model_text(again) == text
    for stock in model.run().stocks:
        # The same equations in the same order: the same bits.
        assert (again.run()[stock] == model.run()[stock]).all()


def test_lines_change_a_model_and_leave_the_one_they_start_from():
    pond = facets.world.pond_with_quota()
    changed = read_model_text("quota = 100,5 tonnes per year  # less\nROOM = 900", pond)
    assert (changed["quota"].value, changed["quota"].units) == (100.5, "tonnes per year")
    assert changed["room"].value == 900
    assert (pond["quota"].value, pond["room"].value) == (140, 1000)


def test_a_constant_may_become_a_rule():
    changed = read_model_text("quota = 0.2 * fish", facets.world.pond_with_quota())
    assert changed["quota"].kind == "auxiliary"
    # 0.5·x·(1−x/1000) = 0.2·x at x = 600.
    assert changed.run()["fish"][-1] == pytest.approx(600, abs=1)


def test_a_flow_between_two_stocks_and_a_stock_that_stays_above_zero():
    text = (
        "stock here, never negative = 3\nstock there = 0\nflow going out of here into there = 1\n"
        "lookup share = (0, 1) (2, 0.5)"
    )
    model = read_model_text(text, StockFlow("a", stop=10, dt=0.5))
    assert (model["going"].out_of, model["going"].into) == ("here", "there")
    assert model["share"].points == ((0, 1), (2, 0.5))
    assert (model.run()["here"][-1], model.run()["there"][-1]) == (0, 3)


LINES = {
    "flow f = 5": "line 1: where does it flow? write 'flow f into …' or 'out of …'\n    flow f = 5",
    "water = 5": (
        "line 1: nothing is called 'water' yet; say what it is, as in 'constant water = …'\n"
        "    water = 5"
    ),
    "\nstock water 5": (
        "line 2: there is no '='; write 'stock water = 100 [litres]'\n    stock water 5"
    ),
    "m.stock('a', 5) = 1": (
        "line 1: this is Python; run it in a cell, and hand over the model\n    m.stock('a', 5) = 1"
    ),
    "stock a = 1,000": (
        "line 1: '1,000' reads in two ways; write a thousand as 1000\n    stock a = 1,000"
    ),
    "constant a = b + 1": (
        "line 1: a constant is one number; call it 'auxiliary' if it is computed\n"
        "    constant a = b + 1"
    ),
    "stock a =": "line 1: there is nothing after the '='\n    stock a =",
    "= 5": "line 1: there is no name before the '='\n    = 5",
    "lookup l = 1, 2": (
        "line 1: a lookup has points; write '(0, 1) (50, 0.4) (100, 0)'\n    lookup l = 1, 2"
    ),
    "lookup l = (a, 2)": (
        "line 1: a point is two numbers; write '(0, 1) (50, 0.4)'\n    lookup l = (a, 2)"
    ),
    "stock a = 2 +": "line 1: stock 'a': something is missing after '+'\n    2 +\n       ^",
}


@pytest.mark.parametrize("text", LINES)
def test_a_slip_in_a_line_is_told_with_the_line(text):
    with pytest.raises(ModelError) as error:
        read_model_text(text, StockFlow("a"))
    assert str(error.value) == LINES[text]


def test_a_name_nearly_right_is_offered():
    with pytest.raises(ModelError) as error:
        read_model_text("quotta = 1", facets.world.pond_with_quota())
    assert str(error.value) == (
        "line 1: nothing is called 'quotta' yet; did you mean 'quota'?\n    quotta = 1"
    )


@pytest.mark.parametrize(
    ("line", "example"),
    [
        ("the quota: 100", "quota = 100"),
        ("quota 100", "the name of a constant = 5"),
        ("quotient: much", "the name of a constant = 5"),
    ],
)
def test_where_a_model_is_given_the_example_changes_it(line, example):
    with pytest.raises(ModelError) as error:
        read_model_text(line, facets.world.pond_with_quota())
    assert str(error.value) == f"line 1: there is no '='; write '{example}'\n    {line}"


@pytest.mark.parametrize("name", ["The Quota", "my quota", "quota"])
def test_a_part_may_be_called_with_an_article(name):
    assert read_model_text(f"{name} = 100", facets.world.pond_with_quota())["quota"].value == 100


def test_an_article_that_could_mean_two_parts_means_neither():
    two = read_model_text("constant the a1 = 1\nconstant my a1 = 2", StockFlow("two"))
    with pytest.raises(ModelError, match="nothing is called 'a1' yet"):
        read_model_text("a1 = 3", two)


def test_a_text_without_end_is_not_read():
    with pytest.raises(ModelError) as error:
        read_model_text("a = 1\n" * 301, StockFlow("a"))
    assert str(error.value) == "this has 301 lines; a model for an exercise has a few dozen"


# --- answers ----------------------------------------------------------------------------------


@pytest.mark.parametrize("answer", [RIGHT, built(), built("The Bath", "the bath/8")], ids=repr)
def test_a_model_is_right_by_what_it_does(answer):
    right = BATH if isinstance(answer, str) else only(SETTLES)
    assert said(right, answer).outcome is Outcome.CORRECT


def only(*expects, **more):
    return Model(RIGHT, expects, clock=MINUTES, **more)


@pytest.mark.parametrize(
    "answer",
    ["quota = 118", "QUOTA = 118 tonnes per year", "quota=118,5", {"quota": 118}, {"quota": "118"}],
    ids=repr,
)
def test_a_given_model_is_changed_by_lines_or_by_values(answer):
    assert said(POND, answer).outcome is Outcome.CORRECT


def test_a_given_model_may_be_changed_in_code():
    question = Question("q", "A quota", "Choose.", POND)
    mine = question.given
    assert question.check(mine).text == (
        "Not attempted.\n\nThis is still the model that you began with. Answer with lines that "
        "change the model, such as 'the name of a constant = 5', or with a model that you changed "
        "in code."
    )
    mine.constant("quota", 119)
    assert question.check(mine).outcome is Outcome.CORRECT
    assert question.given["quota"].value == 140


def test_the_clock_of_the_exercise_counts_and_not_the_models():
    """With its own clock the model would stop at minute 5, and take a minute a step."""
    mine = built()
    assert said(only(SETTLES), mine).outcome is Outcome.CORRECT
    assert mine.stop == 5


def test_the_only_stock_may_have_any_name():
    assert said(only(SETTLES), built("h2o", "h2o / 8")).text == (
        "Correct.\n\nI took your stock for 'water'."
    )


def test_a_name_that_is_not_found_is_told_with_its_other_words():
    two = built("a", "a / 8")
    two.stock("b", 1)
    assert told(BATH, two) == (
        "I look for the stock 'water' (or 'water in the bath', 'bath') and do not find it. "
        "Call it so."
    )
    assert said(BATH, built("bath", "bath / 8")).outcome is Outcome.CLOSE  # 8 has no unit


def tension(reality, vision):
    model = StockFlow("mine", time_units="month")
    model.stock(reality, 20)
    model.stock(vision, 100)
    model.flow("improving", f"({vision} - {reality}) / 6", into=reality)
    model.flow("slipping", f"({vision} - {reality}) / 60", out_of=vision)
    return model


@pytest.mark.parametrize(
    "names",
    [("the reality", "my vision"), ("Wirklichkeit", "Wunsch"), ("current reality", "the goal")],
    ids=str,
)
def test_a_model_in_other_words_is_judged_by_what_it_does(names):
    question = load_set("10-creative-tension")["hold the vision"]
    assert question.check(tension(*names)).outcome is Outcome.CORRECT


def test_a_constant_with_another_capital_and_no_article_is_found():
    question = load_set("10-creative-tension")["hold the vision"]
    assert question.check("Time For Vision To Slip = 60").outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("line", "says"),
    [
        ("things an hour = -2", "'things an hour' lies between 0 and 11 here, and you say -2."),
        ("best number open = 3", "'best number open' lies between 6 and 14 here, and you say 3."),
    ],
)
def test_a_value_that_a_constant_cannot_have_is_incorrect(line, says):
    question = load_set("11-one-more-thing")["make room"]
    assert question.check(line).text == f"Incorrect.\n\n{says}"


def test_a_right_answer_may_go_past_the_end_of_the_slider():
    question = load_set("10-creative-tension")["hold the vision"]
    assert question.check("time for the vision to slip = 1000").outcome is Outcome.CORRECT


def test_units_that_do_not_fit_are_shown_where():
    wrong = RIGHT.replace("[litres/minute]", "[litres]", 1)
    assert said(BATH, wrong).text == (
        "Close.\n\nOf 4 things asked for, it does 3. Do the units fit?\n\n"
        "    flow 'filling': 'litres' is said, but what fills 'water' (litres) is in "
        "litres/minute; say units='litres/minute'"
    )


def test_a_number_nearly_right_is_near():
    assert said(only(SETTLES), RIGHT.replace("= 8", "= 7.5")).text == (
        "Close.\n\nYou are near. Where are both flows equal?"
    )


def test_most_things_missing_is_incorrect():
    assert told(BATH, "stock water = 3") == (
        "Of 4 things asked for, it does 1. Where are both flows equal?"
    )


STRANGE = {
    "a number": (42, "I cannot read a model in this answer."),
    "not a number": (float("nan"), "I cannot read a model in this answer."),
    "a list": ([1, 2], "I cannot read a model in this answer."),
    "a run": (built().run(), "This is a run of a model."),
    "a picture": (built().run().plot(), "This is a picture."),
    "a figure": (
        built().run().plot().figure,
        "This is a picture.",
    ),
    "a map": (
        CausalLoopDiagram("a -> b: +"),
        "This is a map. A model has stocks, flows and numbers besides.",
    ),
    "a function": (
        built,
        "This is a function; write () after its name for what it gives back.",
    ),
}


@pytest.mark.parametrize("name", STRANGE)
def test_what_is_no_model_is_called_by_its_name(name):
    answer, words = STRANGE[name]
    assert told(BATH, answer) == f"{words} {BATH.how}"


def test_how_to_answer_is_said():
    assert BATH.how == (
        "Answer with one part a line, such as 'stock water = 100 [litres]' and 'flow filling into "
        "water = 75 [litres/minute]', or with a model that you built in code."
    )


def test_an_empty_model_is_not_attempted():
    assert said(BATH, StockFlow("x")).outcome is Outcome.NOT_ATTEMPTED
    assert said(POND, StockFlow("x")).text.startswith("Not attempted.\n\nIt has no parts yet.")


def test_a_model_that_cannot_run_is_told_why():
    assert told(BATH, built(drain="watr / 8")) == (
        "I cannot run this model:\n\n    flow 'drain': nothing in this model is called 'watr'; "
        "did you mean 'water'?\n        watr / 8\n        ^"
    )
    assert told(BATH, built(drain="1 / (water - 100)")) == (
        "It runs, but not to the end:\n\n    The flow 'drain' is no longer a number at minute 0; "
        "it was computed from water 100; look for a division by zero or for growth without limit"
    )


def test_time_in_another_unit_is_told():
    slow = StockFlow("slow", time_units="week")
    slow.stock("water", 100)
    assert told(BATH, slow) == (
        'Time is counted in another unit here: write time_units="minute" in your model.'
    )


def test_a_model_of_thousands_of_parts_is_not_run():
    model = StockFlow("many")
    for number in range(301):
        model.constant(f"c{number}", 1)
    assert told(BATH, model) == "This model has more than 300 parts. A few will do here."


def test_without_numpy_a_check_says_where_it_works(monkeypatch):
    monkeypatch.setitem(sys.modules, "numpy", None)
    assert said(BATH, RIGHT).text == (
        "Not attempted.\n\nThis page cannot run models, as a part for calculating is not installed "
        "in it. On Binder, or with the course on your own computer, this check works."
    )


# --- expectations, each with a model that has the property and one that has not ------------------

SWINGS = """stock a = 1
stock b = 0
flow up into a = b
flow down out of b = a"""
HALVES = """stock here = 8
stock there = 0
flow going out of here into there = here / 2"""
PROPERTIES = {
    "goes": (Expectation("goes", ["up"], "", "water"), RIGHT, RIGHT.replace("75", "5")),
    "level": (Expectation("goes", ["level"], "", "water"), RIGHT.replace("75", "12.5"), RIGHT),
    "stays": (Expectation("stays", (0, 600), "", "water"), RIGHT, RIGHT.replace("75", "90")),
    "behaves": (
        Expectation("behaves", "goal-seeking", "", "water"),
        RIGHT,
        "stock water = 1\nflow f into water = water / 20",
    ),
    "follows": (
        Expectation("follows", True, "", "water", within=1),
        RIGHT,
        RIGHT.replace("100", "200"),
    ),
    "at a time": (
        # 100 + 25·4 without the drain's answer; here only the first instant is looked at.
        Expectation("ends", 100, "", "water", at=0),
        RIGHT,
        RIGHT.replace("100", "101"),
    ),
    "units said": (Expectation("units", "said", ""), RIGHT, RIGHT.replace(" [minutes]", "")),
    "reinforcing": (
        Expectation("loop", "R", "", "water"),
        "stock water = 1\nflow f into water = water / 20",
        RIGHT,
    ),
    "when": (
        Expectation("ends", 1200, "", "water", {"time to drain": 16}, within=10),
        RIGHT,
        RIGHT.replace("100", "5").replace("75", "60"),
    ),
}  # fmt: skip


@pytest.mark.parametrize("name", PROPERTIES)
def test_an_expectation_holds_or_fails(name):
    expected, has, has_not = PROPERTIES[name]
    assert said(only(expected), has).outcome is Outcome.CORRECT
    assert said(only(expected), has_not).outcome is Outcome.INCORRECT


def test_what_leaves_one_stock_must_enter_the_other():
    kind = Model(
        HALVES,
        (Expectation("conserved", ["here", "there"], "Where does it go?"),),
        clock=Clock(stop=10, dt=0.5),
    )
    leaks = HALVES + "\nflow leaking out of there = there / 100"
    assert said(kind, HALVES).outcome is Outcome.CORRECT
    assert said(kind, leaks).text == "Incorrect.\n\nWhere does it go?"


def test_a_period_is_looked_for_in_a_swing():
    """x″ = −x has the period 2π; small steps of Euler's method let it grow, not turn faster."""
    swing = Expectation("period", 6.2832, "How long from top to top?", "a", within=0.05)
    kind = Model(SWINGS, (swing,), clock=Clock(stop=40, dt=0.01))
    assert said(kind, SWINGS).outcome is Outcome.CORRECT
    assert said(kind, SWINGS.replace("= b", "= 4 * b")).outcome is Outcome.INCORRECT
    assert said(kind, "stock a = 1\nflow f into a = 1").outcome is Outcome.INCORRECT


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (
            lambda: Expectation("end", 1, ""),
            "nothing is expected as 'end'; did you mean 'ends'?",
        ),
        (
            lambda: Expectation("ends", 1, ""),
            "'ends' needs 'of', the variable that it is about",
        ),
        (
            lambda: Model("", (), given="facets.world.pool").given_model(),
            "there is no teaching model 'facets.world.pool'",
        ),
        (
            lambda: Model("", (), clock=Clock(stop=1e6, dt=1)).given_model(),
            "a run for a check has from one to 50,000 steps; look at start, stop, dt",
        ),
    ],
)
def test_a_slip_in_an_expectation_is_named(make, words):
    with pytest.raises(DataError) as error:
        make()
    assert str(error.value) == words


# --- a source ---------------------------------------------------------------------------------

SOURCE = '''title = "The bath"
minutes = 20
introduction = "A tap and a drain."
references = ["BoothSweeneySterman2000"]

[[question]]
name = "bath"
title = "Build it"
kind = "model"
ask = "Build a bath."
stop = 80
dt = 0.125
time_units = "minute"
model = """''' + RIGHT + '''"""
hints = ["What gathers?", "What does the drain depend on?"]
solution = "It settles where both flows are equal."

[[question.expect]]
of = "water"
ends = 600
within = 1
says = "Where are both flows equal?"

[[question.expect]]
of = "water"
loop = "B"
says = "Does the drain take more when there is more?"

[[question.misconception]]
name = "forgets the drain"
answers = ["""stock water = 100
flow filling into water = 75"""]
says = "What takes water out?"
'''  # fmt: skip


@pytest.fixture
def source(tmp_path):
    def write(text):
        path = tmp_path / "mine" / "source.toml"
        path.parent.mkdir()
        path.write_text(text, encoding="utf-8")
        return path

    return write


def test_a_question_about_a_model_is_read_and_its_misconception_met_by_behaviour(source):
    exercises = load_set(source(SOURCE))
    hold_against_answers(exercises)
    question = exercises["bath"]
    same_idea = "stock bath tub = 100\nflow a into bath tub = 70\nflow b into bath tub = 5"
    assert question.check(same_idea).misconception == "forgets the drain"
    assert question.check(question.given).outcome is Outcome.NOT_ATTEMPTED
    assert question.given.time_units == "minute"


SLIPS = {
    "dt = 0.125\n": ("", "its answer cannot be read (it says no 'stop' and 'dt', so it cannot "
        "run)"),
    'loop = "B"\n': ("", "its answer cannot be read (expectation 2: it tests one thing, one of is, "
        "ends, goes, stays, behaves, period, follows, conserved, units, loop)"),
    'loop = "B"': ('lop = "B"', "its answer cannot be read (expectation 2: it tests one thing, one "
        "of is, ends, goes, stays, behaves, period, follows, conserved, units, loop)"),
    "within = 1\n": ("wthin = 1\n", "its answer cannot be read (expectation 1: nothing here is "
        "called 'wthin'; did you mean 'within' or 'when'?)"),
}  # fmt: skip


@pytest.mark.parametrize("old", SLIPS)
def test_a_slip_in_a_source_is_named(source, old):
    new, words = SLIPS[old]
    with pytest.raises(DataError) as error:
        load_set(source(SOURCE.replace(old, new)))
    assert str(error.value) == f"exercises 'mine', question 1 'bath': {words}"


def test_a_source_is_held_against_its_own_answers(source):
    wrong = load_set(source(SOURCE.replace("ends = 600", "ends = 500")))
    with pytest.raises(DataError) as error:
        hold_against_answers(wrong)
    assert str(error.value) == (
        "exercises 'mine', question 'bath': its own solution is judged as 'close': Close.\n\n"
        "Of 2 things asked for, it does 1. Where are both flows equal?"
    )


def test_a_misconception_that_nobody_would_meet_is_refused(source):
    same = SOURCE.replace("stock water = 100\nflow filling into water = 75", RIGHT.strip())
    with pytest.raises(DataError) as error:
        hold_against_answers(load_set(source(same)))
    assert str(error.value) == (
        "exercises 'mine', question 'bath': an answer of the misconception 'forgets the drain' is "
        "judged as 'correct'; look at the answer or at the tolerance"
    )
