"""Loop scores of a model of ten loops over 1,000 steps: within 50 ms, told as a ratio to its run.

The model is a workforce that makes goods for a market: hiring, learning, fatigue and price close
ten loops through four stocks. The first time, its equations are compiled as well.
"""

from __future__ import annotations

from benchmarks.measure import Report, span, take_turns
from cstools import StockFlow

TURNS = 15
WITHIN = 0.05  # seconds
LOOPS, STEPS = 10, 1000


def workforce() -> StockFlow:
    model = StockFlow("Workforce", stop=100, dt=0.1, time_units="week")
    model.stock("beginners", 20)
    model.stock("skilled", 60)
    model.stock("goods", 300)
    model.stock("price", 10)
    model.flow("hiring", "max(0, (wanted - staff) / 4)", into="beginners")
    model.flow("learning", "beginners / 8", out_of="beginners", into="skilled")
    model.flow("leaving", "skilled * 0.02", out_of="skilled")
    model.flow("making", "beginners * 0.5 + skilled * pressure", into="goods")
    model.flow("selling", "min(demand, goods / 2)", out_of="goods")
    model.flow("repricing", "price * (demand / 70 - 1) / 10", into="price")
    model.auxiliary("staff", "beginners + skilled")
    model.auxiliary("wanted", "60 + 0.1 * (400 - goods)")
    model.auxiliary("pressure", "1 + 0.001 * (400 - goods)")
    model.auxiliary("demand", "80 * (12 / price) ^ 0.5 + 5 * sin(time / 6)")
    return model


def main() -> int:
    report = Report()
    model = workforce()
    run = model.run()
    scores = run.loop_scores()
    assert (len(scores.loops), model.clock.steps) == (LOOPS, STEPS), scores.loops
    timed = take_turns({"run": model.run, "loop scores": run.loop_scores}, TURNS)
    report.line(f"{LOOPS} loops of {len(scores.links)} links, {STEPS:,} steps\n")
    report.table(timed, "run")
    report.promise("loop scores, to 50 ms", _in_parts(timed.seconds["loop scores"]), 1)
    first = take_turns({"first": lambda: workforce().run().loop_scores()}, 3, practise=False)
    report.line(f"  the first time, with the model made and run{span(first.typical('first')):>14}")
    return report.code


def _in_parts(seconds: list[float]) -> tuple[float, float, float]:
    ordered = sorted(second / WITHIN for second in seconds)
    quarter = len(ordered) // 4
    return ordered[quarter], ordered[len(ordered) // 2], ordered[-1 - quarter]


if __name__ == "__main__":
    raise SystemExit(main())
