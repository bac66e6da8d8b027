"""How each kind reads what people write, and how it judges a sketch and a map."""

import math
from dataclasses import replace
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.causal_loops.diagram import CausalLoopDiagram
from cstools.learning.checks import Outcome
from cstools.learning.kinds.choice import Choice
from cstools.learning.kinds.loops import LoopsAndSigns
from cstools.learning.kinds.number import Number, read_number
from cstools.learning.kinds.sketch import Features, Sketch, features, same_shape


@pytest.mark.parametrize(
    ("written", "numbers"),
    [
        (125, (125,)),
        ("125", (125,)),
        ("  125.0 t/yr", (125,)),
        ("0,5", (0.5,)),
        (".5", (0.5,)),
        ("1 000", (1000,)),
        ("1'000", (1000,)),
        ("1,000", (1, 1000)),
        ("1.000,5", (1000.5,)),
        ("1,000.5", (1000.5,)),
        ("1,000,000", (1000000,)),
        ("−5", (-5,)),
        ("about 20", (20,)),
        ("≈ 1e3", (1000,)),
        ("1/4", (0.25,)),
        ("-3 / 4 t/yr", (-0.75,)),
        ("125/year", (125,)),
        ("1/0", (1,)),
        ("2 1/2", (2.5,)),
        ("2½ hours", (2.5,)),
        ("-2 1/2", (-2.5,)),
        ("½ hour", (0.5,)),
        ("It is 200.", (200,)),
        ("I think about 200 litres?", (200,)),
        ("ca.20", (20,)),
        ("not 200", ()),
        ("twenty", ()),
        ("", ()),
        (True, ()),
        (math.nan, ()),
        (math.inf, ()),
        ("1e999", ()),
        (None, ()),
        ([125], ()),
        (10**400, ()),
    ],
)
def test_a_number_is_read_as_people_write_it(written, numbers):
    assert read_number(written)[0] == numbers


@given(st.floats(-1e9, 1e9).map(lambda x: round(x, 3)))
def test_a_number_that_is_written_is_the_number_that_is_read(value):
    assert value in read_number(str(value))[0]


TONNES = Number(125, "tonnes per year", 1, 10, also=("t/yr",), conversions={"kg per year": 1e-3})


@pytest.mark.parametrize(
    ("answer", "outcome", "says"),
    [
        (125, "correct", ""),
        (126, "correct", ""),
        ("125 tonnes/year", "correct", ""),
        ("125 Tonne per year", "correct", ""),
        ("125 t / yr", "correct", ""),
        ("125000 kg per year", "correct", ""),
        ("125,000", "correct", "I read it as 125."),
        ("125,000 kg per year", "correct", "I read it as 125000."),
        (
            "125,000 litres",
            "close",
            "I read it as 125. The number is right; the unit here is tonnes per year.",
        ),
        ("125.000 kg/year", "incorrect", "This is not the number. A hint may help."),
        ("125 litres", "close", "The number is right; the unit here is tonnes per year."),
        (133, "close", "You are near. Look at your last step once more."),
        (-125, "close", "The size is right. Which way does it go: up or down?"),
        (200, "incorrect", "This is not the number. A hint may help."),
        (
            "a hundred",
            "incorrect",
            "I cannot read a number in this answer. Write it in digits, for example 12.5.",
        ),
    ],
)
def test_a_number_is_judged_with_its_unit(answer, outcome, says):
    said = TONNES.judge(answer, ())
    assert said.outcome == outcome
    assert said.text == f"{outcome.capitalize()}." + (f"\n\n{says}" if says else "")


HOURS = Number(2.1, "hours", 0.02, 0.3, ("hour", "h"), {"minutes": 1 / 60, "min": 1 / 60})
LITRES = Number(200, "litres", 1, 5)


@pytest.mark.parametrize(
    "answer",
    ["2:06", "2:06 h", "2 h 6 min", "2h6min", "2 hours and 6 minutes", "126 min", "7560 s", "2.1?"],
)
def test_hours_are_read_as_a_clock_and_in_parts(answer):
    """Two hours and six minutes are 2.1 hours, 126 minutes and 7560 seconds."""
    assert HOURS.judge(answer, ()).outcome is Outcome.CORRECT


@pytest.mark.parametrize("answer", ["2:66", "2 h 6 h", "2 h 6 cups", "2 h 6 min 3"])
def test_what_is_no_time_is_not_read_as_one(answer):
    assert HOURS.judge(answer, ()).outcome is not Outcome.CORRECT


@pytest.mark.parametrize("answer", ["200?", "200.", "It is 200.", "it's 200 litres!", "= 200"])
def test_a_number_in_a_sentence_is_that_number(answer):
    assert LITRES.judge(answer, ()).outcome is Outcome.CORRECT


@pytest.mark.parametrize("answer", ["200-200", "200 ± 1", "200 or 300", "200 + 5"])
def test_more_than_one_number_is_no_unit(answer):
    assert LITRES.judge(answer, ()).text == (
        "Incorrect.\n\nI read more here than one number. Write one, for example 12.5."
    )


@pytest.mark.parametrize("unit", ["out of 300", "cups in 10 hours", "dm3", "Gläser"])
def test_digits_in_a_unit_are_no_second_number(unit):
    assert LITRES.judge(f"200 {unit}", ()).text == (
        "Close.\n\nThe number is right; the unit here is litres."
    )


def test_numpy_numbers_are_numbers():
    numpy = pytest.importorskip("numpy")
    assert TONNES.judge(numpy.float32(125), ()).outcome is Outcome.CORRECT
    assert TONNES.judge(numpy.int64(125), ()).outcome is Outcome.CORRECT


@pytest.mark.parametrize("answer", ["b", "B", "(b)", "b.", " b) ", "[b]", "At  minute four"])
def test_a_choice_is_its_letter_or_its_words(answer):
    choice = Choice({"a": "At minute two", "b": "At minute four"}, "b")
    assert choice.judge(answer, ()).outcome is Outcome.CORRECT


def test_none_of_the_choices_is_said_with_the_letters():
    choice = Choice({"a": "1", "b": "2", "c": "3"}, "b")
    assert choice.judge(7, ()).text == (
        "Incorrect.\n\nThis is none of the choices. Answer with a letter: a, b or c."
    )


ZIGZAG = ((0.0, 100.0), (4.0, 200.0), (8.0, 100.0), (12.0, 200.0), (16.0, 100.0))
BATH = Sketch(ZIGZAG, turn_within=1, level_within=15, time="minute", level="water", unit="litres")


def test_the_features_of_a_curve():
    assert features(ZIGZAG) == Features(("up", "down", "up", "down"), (4, 8, 12), 100)
    assert features([(0, 5), (1, 5), (2, 5)]) == Features((), (), 5)
    assert features([(0, 9), (1, 4), (2, 4), (3, 8)]) == Features(("down", "up"), (2,), 8)


wobbles = st.lists(st.floats(-7, 7), min_size=65, max_size=65)


@given(wobbles=wobbles, height=st.floats(0.01, 1000), lift=st.floats(-1000, 1000))
def test_a_trembling_hand_and_another_scale_change_no_direction(wobbles, height, lift):
    """Wobbles of 7 in 100 add up to 14 between two points, below a sixth of the height."""
    drawn = []
    for step, wobble in enumerate(wobbles):
        time = step / 4
        level = 100 + 25 * (4 - abs(time % 8 - 4)) + wobble
        drawn.append((time, lift + height * level))
    assert features(drawn).directions == ("up", "down", "up", "down")


@given(st.lists(st.tuples(st.floats(-1e6, 1e6), st.floats(-1e6, 1e6)), min_size=1))
def test_directions_alternate_and_turns_lie_between_them(points):
    found = features(sorted(points))
    assert all(one != other for one, other in pairwise(found.directions))
    assert len(found.turns) == max(len(found.directions) - 1, 0)
    assert list(found.turns) == sorted(found.turns)


@pytest.mark.parametrize(
    "answer",
    [
        list(ZIGZAG),
        [list(point) for point in ZIGZAG],
        dict(ZIGZAG),
        "0:100, 4:200, 8:100, 12:200, 16:100",
        "(0, 100) (4, 200) (8, 100) (12, 200) (16, 100)",
        "(0; 100,5) (4; 199,5) (8; 100) (12; 200) (16; 99,5)",
        [(0, 105), (2, 150), (4.5, 190), (7.5, 110), (10, 150), (12.5, 205), (16, 90)],
        [*ZIGZAG[::-1]],
        [*ZIGZAG, (6, math.nan)],
    ],
)
def test_a_sketch_is_right_by_its_features(answer):
    assert BATH.judge(answer, ()).outcome is Outcome.CORRECT


@pytest.mark.parametrize(
    ("answer", "outcome", "says"),
    [
        (
            [(0, 100), (2, 200), (8, 100), (12, 200), (16, 100)],
            "close",
            "Every stretch goes the right way. Look again at the minute at which it turns.",
        ),
        (
            [(0, 100), (4, 200), (8, 100), (12, 200), (16, 150)],
            "close",
            "It goes the right way and turns at the right times. Look again at how high it ends: "
            "add up what came in, take away what went out.",
        ),
        (
            [(0, 100), (8, 200), (16, 100)],
            "incorrect",
            "Your sketch rises, then falls. Go through it stretch by stretch: in each, does more "
            "come in than goes out, or less?",
        ),
        (
            [(0, 100), (4, 100), (16, 100)],
            "incorrect",
            "Your sketch stays level. Go through it stretch by stretch: in each, does more come "
            "in than goes out, or less?",
        ),
        (
            [(0, 100), (4, 200)],
            "incorrect",
            "I cannot read a curve in this answer. Give at least three points, each a pair of "
            "numbers: [(0, 10), (5, 30), (10, 20)].",
        ),
    ],
)
def test_what_a_sketch_is_told(answer, outcome, says):
    said = BATH.judge(answer, ())
    assert said.text == f"{outcome.capitalize()}.\n\n{says}"


def test_one_shape_at_two_heights_is_one_shape():
    taller = [(time, 3 * level - 50) for time, level in ZIGZAG]
    assert same_shape(ZIGZAG, taller)
    assert not same_shape(ZIGZAG, [(time, -level) for time, level in ZIGZAG])


POND = LoopsAndSigns(
    "fish -> young: +\nyoung -> fish: +\nfish -> catch: +\ncatch -> fish: -",
    {"young": ("new fish", "births"), "catch": ("harvest",)},
)


@pytest.mark.parametrize(
    "answer",
    [
        POND.text,
        "Fish → New Fish: +\nbirths -> FISH: +\nfish -> harvest: +\nharvest -> fish: −",
        CausalLoopDiagram(POND.text),
        f"{POND.text}\nweather -> young: ?",
    ],
)
def test_a_map_is_right_in_any_order_and_with_synonyms(answer):
    assert POND.judge(answer, ()).text == (
        "Correct.\n\nThese links close 1 reinforcing and 1 balancing loop."
    )


def test_two_balancing_loops_are_loops():
    two = LoopsAndSigns("a -> b: +\nb -> a: -\na -> c: +\nc -> a: -")
    assert two.judge(two.text, ()).text == (
        "Correct.\n\nThese links close 0 reinforcing and 2 balancing loops."
    )


@pytest.mark.parametrize(
    ("answer", "says"),
    [
        (
            "fish -> young: +\nyoung -> fish: +\nfish -> catch: -\ncatch -> fish: -",
            "Close.\n\nLook at the sign of 'fish' → 'catch': if there were more fish, would catch "
            "end higher than otherwise (+), or lower (-)?",
        ),
        (
            "fish -> young: +\nyoung -> fish: +\nfish -> catch: +",
            "Close.\n\nOne link is missing. What else acts on 'fish'?",
        ),
        (
            "fish -> young: +",
            "Incorrect.\n\n3 links are missing. What else acts on 'fish'?",
        ),
        (
            f"{POND.text}\ncatch -> young: -",
            "Close.\n\nAll the links asked for are there, with their signs; another link of yours "
            "closes one loop more. These links close 1 reinforcing and 1 balancing loop.",
        ),
        (
            "fish -> ",
            "Incorrect.\n\nI cannot read this map:\n\n    line 1: the effect is missing after the "
            "arrow\n        fish ->\n               ^",
        ),
        (
            42,
            "Incorrect.\n\nI cannot read this map:\n\n    a causal loop diagram is written as "
            "text, one 'cause -> effect: +' a line; this is int",
        ),
    ],
)
def test_what_a_map_is_told(answer, says):
    assert POND.judge(answer, ()).text == says


def test_more_links_may_be_missing_where_the_source_says_so():
    patient = replace(POND, missing_allowed=3)
    assert patient.judge("fish -> young: +", ()).outcome is Outcome.CLOSE
