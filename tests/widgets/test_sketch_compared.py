"""A sketch beside a run: what is compared is the shape, and it is said kindly."""

from __future__ import annotations

import pytest

from cstools import StockFlow
from cstools.errors import DataError, UnknownNameError
from cstools.facets.world import shared_pond
from cstools.stock_flow.run import Run
from cstools.widgets.sketch import sketch

ASK = (
    "What next: where does your curve part from the run first, and what in the model does that? "
    "Look at what comes in there and what goes out."
)
AGAIN = "What next: change one number of the model, and sketch again before you run it."
WEEKS = range(0, 13, 2)


def run(inflow: str, start: float = 10.0) -> Run:
    """Return the run of one stock over 12 weeks, whose shape its inflow gives."""
    model = StockFlow("A pile", stop=12, dt=0.25, time_units="week")
    model.stock("tasks", start, units="task")
    model.flow("change", inflow, into="tasks", units="task/week")
    return model.run()


LINE = "5"  # from 10 to 70
PEAK = "if_then_else(time < 8, 10, -15)"  # 10, 90 in week 8, 30 in week 12
SETTLES = "(70 - tasks) / 1"
STILL = "0"
WAVE = "30 * cos((time + 0.1) * 3.14159265 / 2)"  # three waves of 4 weeks, from just before one


def drawn(*values: float, **grid: object) -> object:
    points = list(zip(WEEKS, values, strict=False))
    return sketch("tasks", stop=12, units="task", time_units="week", points=points, **grid)


@pytest.mark.parametrize(
    ("inflow", "values", "said"),
    [
        (
            PEAK,
            (10, 20, 30, 40, 50, 60, 70),
            f"You expected it to keep rising; the model peaks at week 8 and falls. {ASK}",
        ),
        (
            SETTLES,
            (60, 50, 40, 30, 20, 10, 0),
            f"You expected it to keep falling; the model rises and levels off. {ASK}",
        ),
        (
            LINE,
            (70, 40, 10, 40, 70, 80, 90),
            "You expected it to reach a low at week 4 and rise; the model keeps rising. " + ASK,
        ),
        (
            LINE,
            (50, 50, 51, 50, 50, 50, 50),
            f"You expected it to stay level; the model keeps rising. {ASK}",
        ),
        (
            WAVE,
            (10, 20, 30, 40, 50, 60, 70),
            "You expected it to keep rising; the model goes up and down, turning 6 times, "
            f"first at a peak at week 1. {ASK}",
        ),
    ],
)
def test_another_way_is_told_side_by_side(
    inflow: str, values: tuple[float, ...], said: str
) -> None:
    assert drawn(*values).compare(run(inflow)) == said


@pytest.mark.parametrize(
    ("inflow", "values", "said"),
    [
        (
            LINE,
            (0, 10, 20, 35, 50, 60, 70),
            "You expected it to keep rising, and that is what it does. "
            f"It ends about where you drew it. {AGAIN}",
        ),
        (
            PEAK,
            (10, 90, 70, 50, 30, 20, 10),
            "You expected it to peak at week 2 and fall. So it does, at another time. "
            "It turns later than you drew: at week 8. It ends higher than you drew: at 30 task. "
            + ASK,
        ),
        (
            PEAK,
            (0, 20, 40, 60, 85, 50, 20),
            "You expected it to peak at week 8 and fall, and that is what it does. "
            f"It turns about when you drew it. It ends about where you drew it. {AGAIN}",
        ),
        (
            SETTLES,
            (0, 5, 10, 20, 30, 60, 100),
            "You expected it to keep rising; the model rises and levels off. "
            f"It ends lower than you drew: at 70 task. {ASK}",
        ),
        (
            LINE,
            (0, 60, 70, 70, 70, 70, 70),
            "You expected it to rise and level off; the model keeps rising. "
            f"It ends about where you drew it. {ASK}",
        ),
    ],
)
def test_the_same_way_is_told_first_and_then_when_and_where(
    inflow: str, values: tuple[float, ...], said: str
) -> None:
    assert drawn(*values).compare(run(inflow)) == said


@pytest.mark.parametrize(
    ("points", "said"),
    [
        (
            [(0, 1000), (40, 700), (80, 500)],
            "You expected it to keep falling; the model falls to 347 tonnes at year 21.5, then "
            f"comes back up and levels off. It ends about where you drew it. {ASK}",
        ),
        (
            [(0, 1000), (20, 400), (40, 400), (60, 400), (80, 400)],
            "You expected it to fall and level off; the model falls to 347 tonnes at year 21.5, "
            f"then comes back up and levels off. It ends about where you drew it. {ASK}",
        ),
        (
            [(0, 1000), (20, 330), (40, 410), (60, 400), (80, 400)],
            "You expected it to fall to 330 tonnes at year 20, then come back up and level off, "
            f"and that is what it does. It ends about where you drew it. {AGAIN}",
        ),
    ],
)
def test_a_run_that_goes_past_its_end_is_praised_only_where_that_was_drawn(
    points: list[tuple[float, float]], said: str
) -> None:
    mine = sketch("fish", stop=80, high=1000, units="tonnes", time_units="year", points=points)
    assert mine.compare(shared_pond().run()) == said


def test_a_wave_that_settles_where_the_sketch_goes_on_is_not_praised_to_the_end() -> None:
    said = drawn(10, 30, 50, 70, 90, 60, 30).compare(
        run("if_then_else(time < 8, 10, if_then_else(time < 9, -60, 0))")
    )
    assert said.startswith(
        "You expected it to peak at week 8 and fall. So it does at first; towards the end the "
        "model levels off, and your sketch goes on. It turns about when you drew it."
    )


def test_values_do_not_count_only_the_shape() -> None:
    low = drawn(0, 4, 8, 12, 16, 12, 8).compare(run(PEAK))
    assert low.startswith("You expected it to peak at week 8 and fall, and that is what it does.")


def test_a_ripple_that_the_grid_would_not_show_is_level() -> None:
    assert drawn(10, 10, 10, 10, 10, 10, 10).compare(run("0.05")) == (
        "You expected it to stay level, and that is what it does. It ends about where you drew it. "
        + AGAIN
    )


def test_only_the_stretch_that_was_drawn_is_compared() -> None:
    half = drawn(10, 30, 50, 70)  # as far as week 6, before the peak
    assert half.compare(run(PEAK)).startswith(
        "You expected it to keep rising, and that is what it does."
    )


def test_another_variable_can_be_named_and_an_unknown_one_is_a_lesson() -> None:
    sketched = drawn(5, 5, 5, 5, 5, 5, 5)
    assert "stay level, and that is what it does" in sketched.compare(run(LINE), "change")
    with pytest.raises(UnknownNameError) as error:
        sketched.compare(run(LINE), "taks")
    assert "'tasks'" in str(error.value)


@pytest.mark.parametrize(("values", "count"), [((), "none"), ((10, 20), "2")])
def test_too_few_points_ask_for_more(values: tuple[float, ...], count: str) -> None:
    with pytest.raises(DataError) as error:
        drawn(*values).compare(run(LINE))
    assert str(error.value) == (
        f"sketch of 'tasks': a shape needs at least 3 points, and this has {count} so far; "
        "draw a few more, then compare again"
    )


def test_a_run_that_has_no_numbers_there_says_so() -> None:
    later = sketch(
        "tasks", start=20, stop=30, time_units="week", points=[(20, 1), (25, 2), (30, 3)]
    )
    with pytest.raises(DataError) as error:
        later.compare(run(LINE))
    assert str(error.value) == (
        "sketch of 'tasks': it goes from week 20 to week 30, and the run has no numbers there"
    )


def test_what_is_drawn_stays_out_of_the_file_until_the_learner_keeps_it() -> None:
    mine = sketch("tasks", stop=12, units="task", time_units="week")
    mine.points = [[0, 31], [2, 41], [4, 59]]
    words, html = mine.stays()
    assert words == "Sketch of tasks: no points drawn yet"
    assert html == sketch("tasks", stop=12, units="task", time_units="week").still()
    assert (
        repr(mine.keep())
        == "Sketch of tasks: 31 task at week 0, 41 task at week 2, 59 task at week 4"
    )
    assert mine.stays()[0] == repr(mine)
    mine.points = [[0, 99]]
    assert "99" not in mine.stays()[0]


def test_an_explorer_leaves_only_a_kept_sketch_in_the_file() -> None:
    model = StockFlow("A pile", stop=12, time_units="week")
    model.stock("tasks", 10, units="task")
    model.flow("more", 5, into="tasks", units="task/week")
    mine = sketch("tasks", stop=12)
    explorer = model.explore(sketch=mine)
    bare = explorer.stays()[1]
    mine.points = [[0, 31], [6, 59], [12, 41]]
    assert explorer.stays()[1] == bare
    mine.keep()
    assert explorer.stays()[1] != bare


def test_the_plain_sketch_compares_as_well(without_anywidget: None) -> None:
    assert (
        drawn(10, 20, 30, 40, 50, 60, 70)
        .compare(run(PEAK))
        .startswith("You expected it to keep rising; the model peaks at week 8")
    )
