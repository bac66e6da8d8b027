"""What a Vensim file holds that cannot be run is told by its part, in a sentence, and quickly."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools import CstoolsError, read_model
from tests.stock_flow.vensim_models import CLOCK, entries, written

TOO_DEEP = "too much stands inside one another, or in one sum; give parts of it names of their own"

FAULTS = {
    "an unknown function": (
        "x = DELAY CONVEYOR(1, 2, 3, 4, 5, 6)",
        "'x': uses the function DELAY CONVEYOR, which cannot be run here yet; PySD may be able to: "
        "run the file with pysd.read_vensim",
    ),
    "no equation yet": (
        "x = A FUNCTION OF(Time)",
        "'x': A FUNCTION OF stands where an equation is still to be written; write it in Vensim "
        "first",
    ),
    "a calendar": (
        "x = GET TIME VALUE(0, 0, 5)",
        "'x': GET TIME VALUE asks what date it is, which cannot be told here; only "
        "GET TIME VALUE(0, offset, 0) can",
    ),
    "too many arguments": (
        "x = DELAY N(1, 2, 3)",
        "'x': DELAY N takes 4 arguments, not 3",
    ),
    "an INTEG within more": (
        "x = 2 * INTEG(1, 0)",
        "'x': INTEG stands alone on the right side, and here it stands within more",
    ),
    "an INTEG without a start": (
        "x = INTEG(1)",
        "'x': INTEG takes what flows, and the first value: INTEG(flow, first)",
    ),
    "an equation that breaks off": (
        "x = 2 * (3",
        "'x': its equation cannot be read from '* (3' on",
    ),
    "an equation without a name": (
        "= 3",
        "'= 3' is no equation; it reads name = equation, name(points) or name: elements",
    ),
    "deep nesting": ("x = " + "ABS(" * 200 + "1" + ")" * 200, f"'x': {TOO_DEEP}"),
    "a long sum": ("x = " + " + ".join(["Time"] * 400), f"'x': {TOO_DEEP}"),
    "the clock's own name": (
        "pi = 3",
        "'pi' means the clock's own PI here; give the variable another name in the file",
    ),
    "a number too large": (
        "x = 2 * 1e999",
        "'x': a number in it is larger than a computer can hold",
    ),
    "a variable twice": ("x = 1\nx = 2", "'x' has two equations; one of them would be lost"),
    "an element twice": (
        "d: A, B\nx[d] = 1\nx[B] = 2",
        "'x[B]' has two equations; one of them would be lost",
    ),
    "an unknown subscript": (
        "Region: North, South\nx[Nord] = 1",
        "'x': there is no subscript range or element called 'Nord'; did you mean 'North'?",
    ),
    "too many numbers": (
        "d: A, B\nx[d] = 1, 2, 3",
        "'x[d]' has 3 numbers on its right side, and room for 2",
    ),
    "a range of itself": ("a: b\nb: a\nx[a] = 1", "the subscript range 'a' is made of itself"),
    "a row of numbers": (
        "a: (A5-A2)\nx[a] = 1",
        "'a: (A5-A2)' is no equation; it reads name = equation, name(points) or name: elements",
    ),
    "a mapping too short": (
        "a: a1, a2 -> (b: b1)\nb: b1, b2\nx[a] = 1",
        "the subscript range 'a' has 2 elements and maps to 1 of 'b'; it needs one for each, in "
        "order",
    ),
    "too large an array": (
        "a: (A1-A300)\nb: (B1-B300)\nx[a, b] = 1",
        "'x' has 90,000 elements, and 50,000 are the most here",
    ),
    "a count of nothing": ("x = ELMCOUNT(3)", "'x': ELMCOUNT takes the name of a subscript range"),
    "a lookup both ways": (
        "f((0,0),(1,1),(2,0))\nx = LOOKUP INVERT(f, 0.5)",
        "'x': LOOKUP INVERT takes a lookup that only rises or only falls",
    ),
    "a lookup without points": (
        "f(oops)\nx = f(1)",
        "'f': its equation cannot be read from 'oops' on",
    ),
    "numbers amid an equation": (
        "x = TABBED ARRAY(1 2) + 1",
        "'x': its equation cannot be read from '+ 1' on",
    ),
    "stages that differ": (
        "d: A, B\nn[d] = 1, 2\nx[d] = SMOOTH N(Time, 5, 0, n[d])",
        "'x[d]': the number of stages differs between elements, which cannot be run here; write "
        "an equation for each of them",
    ),
}


@pytest.mark.parametrize("fault", FAULTS)
def test_what_cannot_be_run_is_told_by_its_part(tmp_path: Path, fault: str) -> None:
    text, told = FAULTS[fault]
    with pytest.raises(CstoolsError) as found:
        read_model(written(tmp_path, text))
    assert str(found.value) == f"'model.mdl': {told}"


CLOCKS = {
    "no end": ("FINAL TIME = 10 ~ Month ~ |", "", "it does not say its FINAL TIME"),
    "no step": ("TIME STEP = 1 ~ Month ~ |", "", "it does not say its TIME STEP"),
    "a step that changes": (
        "TIME STEP = 1",
        "TIME STEP = IF THEN ELSE(Time > 3, 0.5, 1)",
        "its TIME STEP changes during the run, which can be run here only where it stays a whole "
        "number of the shortest step, and nothing gathers or remembers",
    ),
    "an end that is not there": (
        "FINAL TIME = 10",
        "FINAL TIME = years * 12",
        "'FINAL TIME' cannot be worked out before the run: auxiliary 'wanted': nothing in this "
        "model is called 'years'; add it as a constant or an auxiliary\n    years * 12\n    ^",
    ),
    "an end that flees": (
        "FINAL TIME = 10",
        "FINAL TIME = Time + 10",
        "its FINAL TIME has not come after 100,000 steps; give it a number",
    ),
}


@pytest.mark.parametrize("fault", CLOCKS)
def test_a_clock_that_cannot_run_is_told(tmp_path: Path, fault: str) -> None:
    before, after, told = CLOCKS[fault]
    path = written(tmp_path, "x = INTEG(1, 0)")
    path.write_text(path.read_text(encoding="utf-8").replace(before, after), "utf-8")
    with pytest.raises(CstoolsError) as found:
        read_model(path)
    assert str(found.value) == f"'model.mdl': {told}"


def test_a_file_that_holds_nothing_is_told(tmp_path: Path) -> None:
    path = tmp_path / "model.mdl"
    path.write_text(" \n", encoding="utf-8")
    with pytest.raises(CstoolsError) as found:
        read_model(path)
    assert str(found.value) == "'model.mdl' is empty"


WHOLE = "{UTF-8}\n" + entries(
    """
    Region: North, South -> (Place: here, there)
    Place: here, there
    people[Region] = INTEG(births[Region] - people[Region] / 50, 100)
    births[Region] = people[Region] * effect(Time / 5) * IF THEN ELSE(Time > 3, 0.1, 0.2)
    effect([(0,0)-(2,2)],(0,1),(1,1.5),(2,2))
    late[Place] :EXCEPT: [here] = SMOOTH N(births[Region], 4, 0, 2)
    rate[Region] = 1, 2
    """
) + CLOCK.format(stop="4", dt="1")  # fmt: skip


def told_or_read(path: Path) -> str:
    """Return what is said of a file; of one that can be read, its name."""
    try:
        read_model(path)
    except CstoolsError as error:
        return str(error)
    return "'model.mdl'"


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(WHOLE)))
def test_a_file_that_breaks_off_anywhere_is_told_or_read(
    tmp_path_factory: pytest.TempPathFactory, place: int
) -> None:
    path = tmp_path_factory.mktemp("cut") / "model.mdl"
    path.write_text(WHOLE[:place], encoding="utf-8")
    assert told_or_read(path).startswith("'model.mdl'")


SOUP = st.sampled_from(
    '" | ~ [ ] ( ) { } : , = ^ - -> <-> :EXCEPT: :MACRO: ! INTEG( SUM( DELAY_N( 1e999 x Region '
    "GET_XLS_DATA( WITH_LOOKUP( ' := == <> :NOT: Time FINAL_TIME $ é".split()
)


@settings(max_examples=60, deadline=None)
@given(place=st.integers(0, len(WHOLE)), words=st.lists(SOUP, min_size=1, max_size=4))
def test_words_dropped_into_a_file_are_told_or_read(
    tmp_path_factory: pytest.TempPathFactory, place: int, words: list[str]
) -> None:
    path = tmp_path_factory.mktemp("soup") / "model.mdl"
    path.write_text(WHOLE[:place] + " ".join(words) + WHOLE[place:], encoding="utf-8")
    assert told_or_read(path).startswith("'model.mdl'")
