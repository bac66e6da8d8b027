"""The rows of the functions that watch the clock, remember, or draw."""

from __future__ import annotations

from cstools.equations.function import Function


def _clock(
    name: str,
    python: str,
    numpy: str,
    script: str,
    slopes: str,
    doc: str,
    fewest: int,
    most: int = 0,
    vensim: str = "",
    units: str = "",
) -> Function:
    forms, most = (python, numpy, script), most or fewest
    return Function(
        name, fewest, most, *forms, slopes, doc, vensim=vensim, watches=True, units=units
    )


def _keeps(
    name: str,
    slopes: str,
    doc: str,
    fewest: int,
    most: int,
    spellings: tuple[str, ...] = (),
    takes: str = "n",
    xmile: str = "",
    units: str = "",
) -> Function:
    return Function(
        name, fewest, most, "", "", "", slopes, doc,
        takes=takes, spellings=spellings, xmile=xmile, watches=True, keeps=True, units=units,
    )  # fmt: skip


def _random(
    name: str,
    slopes: str,
    doc: str,
    fewest: int,
    most: int,
    spellings: tuple[str, ...] = (),
    xmile: str = "",
    units: str = "a: a",
) -> Function:
    # The last argument is Vensim's seed of one call; a run has one seed, and each call a stream.
    return _keeps(name, slopes + "0", doc, fewest, most, spellings, xmile=xmile, units=units)


ROWS = (
    _clock(
        "step",
        "({0} if {time} + {dt} / 2 > {1} else 0.0)",
        "where({time} + {dt} / 2 > {1}, {0}, 0.0)",
        "({time} + {dt} / 2 > {1} ? {0} : 0)",
        "+?",
        "nothing before a time, a height from then on: step(height, time)",
        2,
        units="a, time: a",
    ),
    _clock(
        "ramp",
        "ramp({time}, {all})",
        "ramp({time}, {all})",
        "ramp({time}, {all})",
        "+?",
        "nothing before a time, then a steady climb, up to an end if one is said: "
        "ramp(slope, time, end)",
        2,
        3,
        units="a, time, time: a*time",
    ),
    _clock(
        "pulse",
        "pulse({time}, {dt}, {all})",
        "pulse({time}, {dt}, {all})",
        "pulse({time}, {dt}, {all})",
        "+?",
        "an amount all at once, spread over one step: pulse(amount, time, every)",
        2,
        3,
        units="a, time, time: a/time",
    ),
    _clock(
        "during",
        "during({time}, {dt}, {all})",
        "during({time}, {dt}, {all})",
        "during({time}, {dt}, {all})",
        "?",
        "whether it is within a length of time: during(time, length) is 1 or 0",
        2,
        vensim="pulse",
        units="time, time: any",
    ),
    _clock(
        "pulse_train",
        "train({time}, {dt}, {all})",
        "train({time}, {dt}, {all})",
        "train({time}, {dt}, {all})",
        "?",
        "the same again and again: pulse_train(time, length, every, end)",
        4,
        units="time: any",
    ),
    _keeps(
        "smooth1",
        "+?+",
        "a value that follows another, late: smooth1(input, time, first)",
        2,
        3,
        ("smooth", "smoothi", "smth1"),
        xmile="smth1",
        units="a, time, a: a",
    ),
    _keeps(
        "smooth3",
        "+?+",
        "the same in three stages: smooth3(input, time, first)",
        2,
        3,
        ("smooth3i", "smth3"),
        xmile="smth3",
        units="a, time, a: a",
    ),
    _keeps(
        "smoothn",
        "+??+",
        "the same in n stages: smoothn(input, time, n, first)",
        3,
        4,
        ("smooth_n", "smthn"),
        xmile="smthn",
        units="a, time, 1, a: a",
    ),
    _keeps(
        "delay1",
        "+?+",
        "what went in comes out later, most of it soon: delay1(input, time, first)",
        2,
        3,
        ("delay1i",),
        units="a, time, a: a",
    ),
    _keeps(
        "delay3",
        "+?+",
        "the same in three stages: delay3(input, time, first)",
        2,
        3,
        ("delay3i",),
        units="a, time, a: a",
    ),
    _keeps(
        "delayn",
        "+??+",
        "the same in n stages: delayn(input, time, n, first)",
        3,
        4,
        units="a, time, 1, a: a",
    ),
    _keeps(
        "delay_n",
        "+??+",
        "the same as Vensim has it: what is in the chain keeps the time that it came in with",
        3,
        4,
        units="a, time, 1, a: a",
    ),
    _keeps(
        "delay",
        "+?+",
        "exactly what was there so long ago: delay(input, time, first)",
        2,
        3,
        ("delay_fixed",),
        units="a, time, a: a",
    ),
    _keeps(
        "trend",
        "?",
        "the share by which a value grows: trend(input, time, first)",
        2,
        3,
        units="a, time, 1/time: 1/time",
    ),
    _keeps(
        "forecast",
        "?",
        "where a value is heading: forecast(input, time, ahead, first)",
        3,
        4,
        ("forcst",),
        xmile="forcst",
        units="a, time, time, 1/time: a",
    ),
    _keeps("previous", "+", "the value one step ago: previous(input, first)", 1, 2, units="a: a"),
    _keeps("init", "0", "the value at the start of the run", 1, 1, ("initial",), units="a: a"),
    _keeps(
        "sample_if_true",
        "?++",
        "the value when the condition last held: sample_if_true(condition, input, first)",
        3,
        3,
        takes="cnn",
        units="any, a, a: a",
    ),
    _keeps(
        "active_initial",
        "+0",
        "a value, with another one to begin from: active_initial(value, at start)",
        2,
        2,
        units="a: a",
    ),
    Function(
        "noise",
        1,
        1,
        "noise(seed, {0}, step)",
        "noise(seed, {0}, step)",
        "noise(seed, {0}, step)",
        "?",
        "a number from 0 to 1 drawn anew each step, by its stream",
        watches=True,
        units="any: any",
    ),
    _random(
        "uniform",
        "++",
        "a number between two, all equally likely: uniform(low, high)",
        2,
        3,
        ("random", "random_uniform"),
        xmile="random",
        units="a, a, any: a",
    ),
    _random(
        "normal", "+?", "a number about a mean: normal(mean, spread)", 2, 3, units="a, a, any: a"
    ),
    _random(
        "lognormal",
        "+?",
        "a number above 0 with a long tail, of that mean and spread: lognormal(mean, spread)",
        2,
        3,
        units="a, a, any: a",
    ),
    _random(
        "random_normal",
        "+++?",
        "a number about a mean, held between two: random_normal(low, high, mean, spread)",
        4,
        5,
        units="a, a, a, a, any: a",
    ),
    _random(
        "exponential",
        "+",
        "a waiting time: exponential(mean)",
        1,
        2,
        ("exprnd",),
        "exprnd",
        units="a, any: a",
    ),
    _random("poisson", "+", "how often it happens: poisson(mean)", 1, 2, units="a, any: a"),
)
