"""The same share of each parameter: what it does, in which order, how surely, and what it hides."""

from collections.abc import Callable
from xml.etree import ElementTree as ET

import numpy as np
import pytest

from cstools import CstoolsError, StockFlow
from cstools.analysis.levers import CAUTION


@pytest.fixture
def savings() -> StockFlow:
    """After ten years it holds 10 × deposit − 10 × spending + 0 × colour: a plain sum."""
    model = StockFlow("Savings", stop=10, time_units="year")
    model.stock("money", 0, units="coins")
    model.flow("saving", "deposit - spending + 0 * colour", into="money", units="coins/year")
    model.constant("spending", 3, units="coins/year", between=(2, 4))
    model.constant("deposit", 5, units="coins/year", between=(2, 8))
    model.constant("colour", 1, between=(0, 1))
    return model


@pytest.fixture
def plain() -> StockFlow:
    """After one step it holds width × height², and no part has a range."""
    model = StockFlow("Box", stop=1)
    model.stock("volume", 0)
    model.flow("filling", "width * height ^ 2 + nothing", into="volume")
    for name, value in (("width", 2), ("height", 3), ("nothing", 0)):
        model.constant(name, value)
    return model


def lesson(action: Callable[[], object]) -> str:
    with pytest.raises(CstoolsError) as raised:
        action()
    return str(raised.value)


def test_the_same_share_moves_a_product_by_its_powers(plain: StockFlow) -> None:
    found = plain.leverage(share=0.5)
    # 18 as it is; half as much again of the width is 27, of the height 2 × 4.5² = 40.5; half of
    # them 9 and 4.5. Exact in binary.
    effects = [(lever.name, lever.raised.value, lever.lowered.value) for lever in found.levers]
    assert effects == [("height", 22.5, -13.5), ("width", 9, -9)]
    assert found["Height"].size.value == 18
    assert found.unsaid == ("nothing",)


def test_without_ranges_nothing_is_said_of_how_sure_the_order_is(plain: StockFlow) -> None:
    assert plain.leverage(share=0.5).describe() == (
        "As the model is, volume at time 1 is 18. Each parameter moved by 50%, up and down: "
        "'height' moves it most, by 18, up with it; 'width' comes next, by 9, up with it. "
        "'nothing' is 0, and left out. Nothing has a range, so how sure this order is cannot be "
        f"said; give what is uncertain one, between=(low, high). {CAUTION}"
    )


def test_the_order_comes_with_the_uncertainty_of_the_ranges(savings: StockFlow) -> None:
    found = savings.leverage(draws=400)
    assert [lever.name for lever in found.levers] == ["deposit", "spending", "colour"]
    # A tenth of a deposit moves the end by 10 × a tenth of it, so by what it is itself: from 2 to
    # 8, nine in ten between 2.3 and 7.7. A latin hypercube of 400 is off by less than a slice or
    # two, 6 / 400 each.
    size = found["deposit"].size
    assert (size.low, size.value, size.high) == pytest.approx((2.3, 5, 7.7), abs=0.05)
    # Spending is first where it is the larger: (E spending − 2) / 6 = 1 in 6 of the draws; at
    # random √(5 / 36 / 400) = 0.019 off, three times that is allowed.
    assert found["spending"].first == pytest.approx(1 / 6, abs=0.06)
    assert found["deposit"].first + found["spending"].first == pytest.approx(1)
    assert found["colour"].first == 0


def test_it_says_when_the_first_place_is_not_sure(savings: StockFlow) -> None:
    told = savings.leverage().describe()
    assert told.startswith(
        "As the model is, money at year 10 is 20 coins. Each parameter moved by 10%, up and down: "
        "'deposit' moves it most, by "
    )
    assert " up with it; 'spending' comes next, by " in told
    assert " down as it rises. 'colour' hardly moves it. 'deposit' is first in " in told
    assert "of 100 draws from the ranges, 'spending' in " in told
    assert told.endswith(f": which is first is not sure. {CAUTION}")


def test_it_says_when_the_first_place_is_sure(savings: StockFlow) -> None:
    savings.constant("spending", 1, between=(0.5, 1.5))
    assert "'deposit' is first in 100% of 100 draws from the ranges. The" in (
        savings.leverage().describe()
    )


def test_a_wide_range_makes_no_lever_longer(savings: StockFlow) -> None:
    narrow, wide = ((5 - reach, 5 + reach) for reach in (0.1, 4))
    sizes = [
        savings.leverage(inputs={"deposit": between})["deposit"].size.value
        for between in (narrow, wide)
    ]
    assert sizes == pytest.approx([5, 5], abs=0.1)  # a slice or two of 8 / 100


def test_a_direction_that_depends_on_the_rest_is_told_so() -> None:
    model = StockFlow("see-saw", stop=1)
    model.stock("height", 0)
    model.flow("tilting", "weight * side", into="height")
    model.constant("weight", 1)
    model.constant("side", 1, between=(-1, 1))
    found = model.leverage()
    assert found["weight"].direction == "now up, now down"
    assert found["weight"].rises == pytest.approx(0.5, abs=0.02)  # a slice or two of 100


def test_where_more_and_less_both_lower_a_result_it_still_counts() -> None:
    model = StockFlow("peak", stop=1)
    model.stock("height", 0)
    model.flow("rising", "1 - (place - 1) ^ 2", into="height")
    model.constant("place", 1)
    # (0.5)² either way; exact in binary.
    assert model.leverage(share=0.5)["place"].size.value == 0.25


def test_chance_is_not_taken_for_an_effect() -> None:
    model = StockFlow("dice", stop=10)
    model.stock("luck", 0)
    model.flow("throws", "normal(0, 1) + 0 * idle + push", into="luck")
    model.constant("idle", 1)
    model.constant("push", 1)
    found = model.leverage()
    assert found["idle"].size.high == 0
    # Ten steps of a tenth, whatever is thrown; rounding of sums near 10.
    assert found["push"].size.value == pytest.approx(1, abs=1e-12)
    assert found["push"].rises == 1


def test_each_element_of_an_array_is_a_lever_and_first_values_can_be(savings: StockFlow) -> None:
    savings.dimension("Child", ["Ada", "Ben"])
    savings.constant("gift[Child]", [1, 2])
    savings.flow("giving", "sum(gift)", into="money")
    found = savings.leverage(inputs=["gift", "money"], share=0.5)
    assert [(lever.name, lever.size.value) for lever in found.levers] == [
        ("gift[Ben]", 10),
        ("gift[Ada]", 5),
    ]
    assert found.unsaid == ("money",)


def test_the_same_seed_gives_the_same_answer(savings: StockFlow) -> None:
    first, second = (savings.leverage(seed=3).to_frame() for _ in range(2))
    assert first.equals(second)
    assert list(first.index) == ["deposit", "spending", "colour"]


def test_the_picture_has_two_bars_for_each_and_the_sentence(savings: StockFlow) -> None:
    found = savings.leverage(share=0.2)
    picture = found.plot()
    (panel,) = picture.figure.axes
    widths = sorted(bar.get_width() for bar in panel.patches)
    told = sorted(e.value for lever in found.levers for e in (lever.raised, lever.lowered))
    np.testing.assert_array_equal(widths, told)
    assert [label.get_text() for label in panel.get_legend().get_texts()] == [
        "20% more of it",
        "20% less of it",
        "nine draws of ten",
    ]
    assert picture.sentence == found.describe()


def test_a_cell_shows_a_row_for_each_lever(savings: StockFlow) -> None:
    bundle = savings.leverage()._repr_mimebundle_()
    rows = ET.fromstring(f"<p>{bundle['text/html']}</p>").iterfind(".//tbody/tr/th")
    assert [row.text for row in rows] == ["deposit", "spending", "colour"]
    assert CAUTION in bundle["text/html"]


def test_a_model_that_nothing_moves_says_so() -> None:
    model = StockFlow("still", stop=1)
    model.stock("stone", 4)
    model.constant("wind", 1)
    model.auxiliary("noise", "wind")
    told = model.leverage("stone").describe()
    assert "Each parameter moved by 10%, up and down: none moves it. The same share" in told


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (
            {"share": 10},
            "share=10: each parameter is moved by a part of itself, between 0 and 1, such as "
            "share=0.1",
        ),
        ({"draws": 5}, "draws=5: an interval needs 20 draws at the very least"),
        (
            {"inputs": 7},
            'inputs=7 have no names; list names, or say ranges: {"name": (low, high)}',
        ),
        (
            {"inputs": "money"},
            "model 'Savings' has no parameter that is not 0, so there is nothing to take a share "
            "of",
        ),
        (
            {"inputs": ["deposits"]},
            "model 'Savings': nothing is called 'deposits'; did you mean 'deposit'?",
        ),
        (
            {"inputs": ["saving"]},
            "flow 'saving' is computed by an equation; a run can set constants and the first "
            "values of stocks; to change an equation, change it in a .copy()",
        ),
    ],
)
def test_what_cannot_be_compared_is_a_lesson(
    savings: StockFlow, options: dict[str, object], told: str
) -> None:
    assert lesson(lambda: savings.leverage(**options)) == told


def test_an_unknown_lever_offers_the_nearest(savings: StockFlow) -> None:
    assert lesson(lambda: savings.leverage()["deposits"]) == (
        "these levers: nothing is called 'deposits'; did you mean 'deposit'?"
    )
