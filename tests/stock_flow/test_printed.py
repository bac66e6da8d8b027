"""A model's equations in print: a table on the screen, LaTeX on paper."""

from __future__ import annotations

from html.parser import HTMLParser

from IPython.core.formatters import DisplayFormatter

from cstools import StockFlow


def test_the_table_has_a_row_for_each_part_stocks_first(coffee: StockFlow) -> None:
    assert repr(coffee.equations()) == (
        "Coffee cooling\n"
        "  stock     temperature = starts at 90, changes by − cooling  [degC]\n"
        "  flow      cooling = (temperature − room temperature) / cooling time  "
        "(from temperature to outside)\n"
        "  constant  room temperature = 20  [degC]\n"
        "  constant  cooling time = 10  (from 1 to 30)  [minute]"
    )


def test_the_equations_are_aligned_in_latex(coffee: StockFlow) -> None:
    assert coffee.equations().latex() == (
        "\\begin{aligned}\n"
        r"\frac{\mathrm{d}}{\mathrm{d}t}\, \text{temperature} &= - \text{cooling} \\" "\n"
        r"\text{temperature}\left(t_0\right) &= 90 && \left[\text{degC}\right] \\" "\n"
        r"\text{cooling} &= \frac{\text{temperature} - \text{room temperature}}"
        r"{\text{cooling time}} \\" "\n"
        r"\text{room temperature} &= 20 && \left[\text{degC}\right] \\" "\n"
        r"\text{cooling time} &= 10 && \left[\text{minute}\right]" "\n"
        "\\end{aligned}"
    )  # fmt: skip


def test_a_stock_that_nothing_changes_and_a_lookup_are_set() -> None:
    model = StockFlow("Still", stop=1)
    model.stock("water", 5)
    model.lookup("effect", [(n, n / 8) for n in range(7)])
    assert model.equations().latex().splitlines()[1:-1] == [
        r"\frac{\mathrm{d}}{\mathrm{d}t}\, \text{water} &= 0 \\",
        r"\text{water}\left(t_0\right) &= 5 \\",
        r"\text{effect} &: \left(0,\, 0\right),\; \left(1,\, 0.125\right),\; "
        r"\left(2,\, 0.25\right),\; \left(3,\, 0.375\right),\; \left(4,\, 0.5\right),\; "
        r"\left(5,\, 0.625\right) \\",
        r"&\phantom{:}\; \left(6,\, 0.75\right)",
    ]


def test_arrays_are_set_with_their_subscripts() -> None:
    model = StockFlow("Two regions", stop=4)
    model.dimension("Region", ["North", "South"])
    model.stock("population[Region]", 100, units="people")
    model.constant("rate[Region]", {"North": 0.05, "South": 0.02})
    model.flow("births[Region]", "population[Region] * rate[Region]", into="population[Region]")
    assert model.equations().latex().splitlines()[1:-1] == [
        r"\frac{\mathrm{d}}{\mathrm{d}t}\, \text{population}_{\text{Region}} &= "
        r"\text{births}_{\text{Region}} \\",
        r"\text{population}_{\text{Region}}\left(t_0\right) &= 100 && "
        r"\left[\text{people}\right] \\",
        r"\text{births}_{\text{Region}} &= \text{population}_{\text{Region}} \times "
        r"\text{rate}_{\text{Region}} \\",
        r"\text{rate}_{\text{North}} &= 0.05 \\",
        r"\text{rate}_{\text{South}} &= 0.02",
    ]


def test_a_constant_is_printed_with_all_its_digits() -> None:
    model = StockFlow("Digits", stop=1)
    for name, value in [("ratio", 3.14159), ("much", 3_456_789), ("some", 1250), ("tiny", 6e-8)]:
        model.constant(name, value)
    told = [equation for _, _, equation, _ in model.equations().rows()]
    assert told == ["3.14159", "3456789", "1,250", "6e-08"]


def test_a_notebook_sets_the_latex_and_print_shows_it(coffee: StockFlow) -> None:
    latex = coffee.equations().latex()
    shown, _ = DisplayFormatter().format(latex)
    assert shown == {"text/latex": f"$$\n{latex}\n$$", "text/plain": str(latex)}


def test_a_notebook_shows_the_equations_as_a_table_and_nothing_else(coffee: StockFlow) -> None:
    shown, _ = DisplayFormatter().format(coffee.equations())
    assert set(shown) == {"text/html", "text/plain"}
    heads: list[str] = []

    class Heads(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            heads.extend([str(dict(attrs).get("scope"))] if tag == "th" else [])

    Heads().feed(shown["text/html"])
    assert heads == ["col"] * 4
