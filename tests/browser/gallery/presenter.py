from __future__ import annotations

from functools import cache

from cstools import StockFlow, facets
from cstools.widgets.part import LivePart
from cstools.widgets.presenter import Presentation
from cstools.widgets.presenter.steps import Discuss, Loops, Predict, Reveal, Tell

EXPECTED = [[0.0, 1000.0], [20.0, 800.0], [40.0, 600.0], [60.0, 400.0], [80.0, 200.0]]


@cache
def _pond() -> StockFlow:
    return facets.world.shared_pond()


def pond(step: int, beat: int = 0, **state: object) -> Presentation:
    stage = _pond().present(
        steps=[
            Tell(title="The shared pond", text=_pond().doc, minutes=3),
            Predict("A thousand tonnes, and five boats. What will the fish do?", of="fish"),
            Reveal(("fish", "fleet"), text="Where do the two part?", minutes=4),
            Loops(),
            Discuss(("Who is to blame?", "What would you change first, and what would it cost?")),
        ],
        scenarios={
            "a better price": {"price": 200},
            "one boat at the start": {"fleet": 1},
            "boats that follow at once": {"boats follow": 0.004},
        },
        notes="Have a bowl of beads ready.\n\n- Say that the numbers are made up.",
    )
    stage.step = step
    stage.beat = beat
    stage.sketches = {"fish": EXPECTED}
    for name, value in state.items():
        setattr(stage, name, value)
    assert isinstance(stage, Presentation)
    return stage


def told() -> LivePart:
    return pond(1)


def predicted() -> LivePart:
    return pond(2)


def compared() -> LivePart:
    return pond(3, 1, values={"price": 200.0})


def loops() -> LivePart:
    return pond(4, 3)


def discussed() -> LivePart:
    return pond(5, 2)


def notes() -> LivePart:
    return pond(3).notes


def broken() -> LivePart:
    model = StockFlow("A road that ends", stop=10, time_units="day", doc="A walk.")
    model.stock("walked", 1, units="km")
    model.flow("steps", "walked / (6 - time)", into="walked", units="km/day")
    stage = model.present()
    stage.step = 3
    stage.beat = 1
    assert isinstance(stage, Presentation)
    return stage


PARTS = {
    "presenter": told,
    "presenter-predict": predicted,
    "presenter-scenario": compared,
    "presenter-loops": loops,
    "presenter-discuss": discussed,
    "presenter-notes": notes,
    "presenter-broken": broken,
}
