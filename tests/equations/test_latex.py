"""Equations in LaTeX: what a reader sees, whole brackets, and nothing that cannot be set."""

from __future__ import annotations

import re

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.mathtext import MathTextParser

from cstools.equations.latex import name_in_latex, number_in_latex, to_latex
from cstools.equations.text import parse
from cstools.equations.tree import Apply, Name
from tests.equations.random_trees import CLOCK_KEYS, LOOKUPS, any_name, any_number, trees


@pytest.mark.parametrize(
    ("text", "latex"),
    [
        ("a * (b + c) / d", r"\frac{a \times \left(b + c\right)}{d}"),
        ("a - (b - c)", r"a - \left(b - c\right)"),
        ("a - b - c", "a - b - c"),
        ("a * (b / c)", r"a \times \frac{b}{c}"),
        ("a * (b * c)", r"a \times \left(b \times c\right)"),
        ("dt^2", r"\left(\Delta t\right)^{2}"),
        ("a - -b", r"a - \left(-b\right)"),
        ("-a^2", "-a^{2}"),
        ("(-a)^2", r"\left(-a\right)^{2}"),
        ("a^b^c", "a^{b^{c}}"),
        ("(a / b)^2", r"\left(\frac{a}{b}\right)^{2}"),
        ("sqrt(abs(a))", r"\sqrt{\left|a\right|}"),
        ("exp(-time / tau)", r"e^{\frac{-t}{\text{tau}}}"),
        ("2 * pi * dt", r"2 \times \pi \times \Delta t"),
        ("log(a, 2)", r"\log_{2}\left(a\right)"),
        ("max(room temperature, 0)", r"\max\left(\text{room temperature},\, 0\right)"),
        ("a mod 3", r"a \;\text{mod}\; 3"),
        ("a >= b and not c", r"a \geq b \;\text{and}\; \text{not}\;c"),
        ("pulse_train(1, 2, 3, 4)", r"\text{pulse train}\left(1,\, 2,\, 3,\, 4\right)"),
        ("effect of crowding(a)", r"\text{effect of crowding}\left(a\right)"),
        ("sum(a[*, North])", r"\text{sum}\left(a_{\ast,\,\text{north}}\right)"),
        ("a[Region!] * b[2]", r"a_{\text{region}} \times b_{2}"),
        ("lookup(effect, x)", r"\text{effect}\left(x\right)"),
    ],
)
def test_equations_are_set_as_mathematics_is(text, latex):
    assert to_latex(parse(text)) == latex


def test_an_if_within_an_if_is_one_more_case():
    assert to_latex(parse("if a > b then 1 else if a = 2 then c else 0")) == (
        r"\begin{cases} 1 & \text{if } a > b \\ c & \text{if } a = 2 \\ 0 & \text{otherwise} "
        r"\end{cases}"
    )


@pytest.mark.parametrize(
    ("name", "latex"),
    [
        ("Room Temperature", r"\text{Room Temperature}"),
        ("N", "N"),
        ("t", r"\text{t}"),
        ("Größe", r"\text{Größe}"),
        ("profit & loss", r"{\text{profit }\&\text{ loss}}"),
        ("share in %", r"{\text{share in }\%}"),
        ("population[North, Young]", r"\text{population}_{\text{North},\,\text{Young}}"),
    ],
)
def test_names_are_set_as_their_author_wrote_them(name, latex):
    assert name_in_latex(name) == latex


@pytest.mark.parametrize(
    ("value", "latex"),
    [(90.0, "90"), (0.25, "0.25"), (1e-7, "10^{-7}"), (-1.5e20, r"-1.5 \times 10^{20}"),
     (float("inf"), r"\infty")],
)  # fmt: skip
def test_numbers_are_set_with_their_powers_of_ten(value, latex):
    assert number_in_latex(value) == latex


written = trees(
    st.one_of(
        any_number,
        any_name.map(Name),
        st.sampled_from(CLOCK_KEYS).map(Name),
        st.builds(lambda name, x: Apply(name, (x,)), st.sampled_from(LOOKUPS), any_number),
    )
)
# A sign after a backslash is written, not meant: it is passed over.
NESTING = re.compile(r"\\[\\{}$&#%_]|\\(left|right|begin|end)(?![a-z])|([{}])")
CLOSED_BY = {"{": "}", "left": "right", "begin": "end"}


def left_open(latex):
    """Return what is open at the end; a thing closed that was not the last one opened stays."""
    open_ones = []
    for mark in filter(None, (word or brace for word, brace in NESTING.findall(latex))):
        if mark in CLOSED_BY:
            open_ones.append(CLOSED_BY[mark])
        elif mark in CLOSED_BY.values():
            if not open_ones or open_ones[-1] != mark:
                return [*open_ones, f"closed by {mark}"]
            open_ones.pop()
    return open_ones


@given(written)
@settings(max_examples=200, deadline=None, suppress_health_check=list(HealthCheck))
def test_everything_opened_is_closed(tree):
    assert left_open(to_latex(tree)) == []


@pytest.mark.parametrize("broken", ["{", "}", r"\left(a", r"\frac{a}{b", r"\begin{cases} a"])
def test_what_is_not_closed_is_seen(broken):
    assert left_open(broken)


plain_words = st.sampled_from(["a", "room temperature", "share in %", "#1", "Öl"])
printable = trees(
    st.one_of(any_number, plain_words.map(Name), st.sampled_from(CLOCK_KEYS).map(Name)),
    without=("if",),  # matplotlib's mathtext knows no cases, nor an ampersand
)


@given(printable)
@settings(max_examples=30, deadline=None, suppress_health_check=list(HealthCheck))
def test_what_matplotlib_can_set_it_sets(tree):
    drawn = MathTextParser("path").parse(f"${to_latex(tree)}$")
    assert drawn.width > 0
