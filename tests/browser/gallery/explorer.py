from __future__ import annotations

from cstools import StockFlow, facets
from cstools.widgets.explorer.live import LiveExplorer
from cstools.widgets.part import LivePart


def pond() -> LiveExplorer:
    explorer: LiveExplorer = facets.world.shared_pond().explore()
    return explorer.complete()


def scenarios() -> LivePart:
    explorer = pond()
    explorer.values = explorer.values | {"price": 160.0}
    explorer.scenarios = {
        "One boat at the start": {"fleet": 1},
        "Boats that follow at once": {"boats follow": 0.004},
    }
    return explorer


def sketched() -> LivePart:
    expected = [(0, 1000), (20, 800), (40, 600), (60, 400), (80, 200)]
    explorer: LiveExplorer = facets.world.shared_pond().explore("fish", sketch=expected)
    return explorer.complete()


def no_sliders() -> LivePart:
    model = StockFlow("A letter box", stop=10, time_units="day")
    model.stock("letters", 3, units="letter")
    model.flow("post", "2", into="letters", units="letter/day")
    explorer: LiveExplorer = model.explore()
    return explorer.complete()


def broken() -> LivePart:
    model = StockFlow("A road that ends", stop=10, time_units="day")
    model.stock("walked", 1, units="km", between=(0, 2))
    model.flow("steps", "walked / (6 - time)", into="walked", units="km/day")
    explorer: LiveExplorer = model.explore()
    return explorer.complete()


def very_large() -> LivePart:
    model = StockFlow("Three hundred variables", stop=60, dt=0.25, time_units="day")
    for n in range(150):
        model.stock(f"level {n}", 1 + n % 3, units="litre")
        model.flow(f"change {n}", f"(level {(n - 1) % 150} - level {n}) * rate", into=f"level {n}")
    model.constant("rate", 0.1, between=(0, 1), units="1/day")
    explorer: LiveExplorer = model.explore("level 3", "level 4")
    return explorer.complete()


def unticked() -> LivePart:
    explorer = pond()
    explorer.shown = []
    return explorer


def run_by_rk4() -> LivePart:
    explorer: LiveExplorer = facets.self.burnout().explore()
    return explorer.complete()


def without_loops() -> LivePart:
    explorer: LiveExplorer = facets.world.shared_pond().explore(loops=False)
    return explorer.complete()


def curves_alone() -> LivePart:
    explorer: LiveExplorer = facets.self.burnout().explore("hours", diagram=False)
    return explorer.complete()


PARTS = {
    "explorer": pond,
    "explorer-scenarios": scenarios,
    "explorer-sketch": sketched,
    "explorer-no-sliders": no_sliders,
    "explorer-broken": broken,
    "explorer-large": very_large,
    "explorer-unticked": unticked,
    "explorer-rk4": run_by_rk4,
    "explorer-loopless": without_loops,
    "explorer-curves-alone": curves_alone,
}
