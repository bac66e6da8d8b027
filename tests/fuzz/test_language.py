"""Any equation is read, runs, or gets a lesson."""

from __future__ import annotations

from hypothesis import given

from cstools.equations.printing import to_print, to_text, to_xmile
from cstools.equations.text import is_portable, parse
from tests.fuzz.lessons import cases, lesson
from tests.fuzz.models import pond
from tests.fuzz.soups import equation


@given(equation)
@cases(0.7)
def test_any_equation_is_read_and_printed_or_gets_a_lesson(text):
    def read() -> None:
        tree = parse(text, "flow 'in'")
        to_text(tree)
        to_print(tree)
        to_xmile(tree)
        is_portable(text)

    lesson(read, "flow 'in'")


@given(equation)
@cases(0.5)
def test_any_equation_runs_or_gets_a_lesson(text):
    model = pond()

    def run() -> None:
        model.flow("in", text, into="pond")
        model.run().describe()

    lesson(run, "flow 'in'", "'in'", "in ", "model 'a pond'")


@given(equation)
@cases(0.2)
def test_any_equation_over_a_dimension_runs_or_gets_a_lesson(text):
    model = pond()

    def run() -> None:
        model.auxiliary("each[Size]", text)
        model.flow("growth[Size]", "each", into="herd[Size]")
        model.run(method="heun")["each"]
        model.ensemble({"rate": [0.5, 1.0]}, save=["each"])

    lesson(run, "each", "model 'a pond'")
