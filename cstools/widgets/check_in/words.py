"""What a check-in asks, as data: the page and the paper follow it. All words are our own.

No answer here is better than another: places, weather and directions have no order, and none is
a number. To ask something else, change it here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

LEAD = (
    "Two minutes for yourself before you start. Answer as much or as little as you like; you can "
    "skip any question."
)
_NOTHING = "Nothing you enter here is kept: not saved, not sent, not counted."
_GONE = "Only whoever can see your screen can see it, and it is gone when you"
KEPT = f"{_NOTHING} {_GONE} leave the page or run the cell again."
KEPT_ALONE = f"{_NOTHING} {_GONE} close this page or load it again."
SIGNPOST = (
    "If today is hard, turn to someone you trust, or to the support at your school or where you "
    "live. Nobody sees from here how you are."
)


@dataclass(frozen=True)
class Option:
    """One of the words to choose: for the body, where it lies; for the weather, how it is drawn.

    ``spots`` are places on the figure, ``glyph`` an SVG path in a square of 32, drawn as a line.
    """

    word: str
    spots: tuple[tuple[int, int], ...] = ()
    glyph: str = ""
    on_line: bool = False


@dataclass(frozen=True)
class Step:
    """One thing to notice; ``look`` is ``figure``, ``weather``, ``line``, ``breath``, ``words``."""

    key: str
    title: str
    question: str
    hint: str
    look: str
    options: tuple[Option, ...] = ()
    several: bool = False


# A person standing, in a box of 120 by 232: (path, width of its line; 0 is filled).
FIGURE = (
    ("M60 7a18 18 0 1 0 .01 0Z", 0),
    ("M54 40h12v12H54Z", 0),
    ("M40 52Q60 45 80 52Q87 55 84 66L78 124Q60 132 42 124L36 66Q33 55 40 52Z", 0),
    ("M41 60L27 96L23 128", 13),
    ("M79 60L93 96L97 128", 13),
    ("M51 122L47 172L46 216", 16),
    ("M69 122L73 172L74 216", 16),
)

_HARD = Option("hard to say")

_BODY = Step(
    "body",
    "Body",
    "Where in your body do you notice something just now?",
    "Choose on the figure or among the words; more than one is fine.",
    "figure",
    (
        Option("head", ((60, 22),)),
        Option("jaw and throat", ((60, 44),)),
        Option("shoulders", ((39, 60), (81, 60))),
        Option("chest", ((60, 77),)),
        Option("belly", ((60, 107),)),
        Option("hands", ((23, 130), (97, 130))),
        Option("legs and feet", ((47, 176), (73, 176))),
        Option("back"),
        _HARD,
    ),
    several=True,
)

_CLOUD = "M9 {0}a5 5 0 0 1 .6-9.9a7 7 0 0 1 13.3 1.3a4.4 4.4 0 0 1 .1 8.6Z"

_HEART = Step(
    "heart",
    "Mood",
    "If your mood were weather, what would it be?",
    "More than one is fine.",
    "weather",
    (
        Option(
            "clear",
            glyph="M16 10a6 6 0 1 0 .01 0ZM16 3v3M16 26v3M3 16h3M26 16h3"
            "M7 7l2 2M23 23l2 2M7 25l2-2M23 9l2-2",
        ),
        Option(
            "sun and cloud",
            glyph="M9.5 15a6 6 0 0 1 10.6-6.5M13 2v2.5M5 5.5l1.8 1.8M2 13h2.5M21 5.5l-1.6 1.6"
            + _CLOUD.format(28),
        ),
        Option("overcast", glyph=_CLOUD.format(24)),
        Option("fog", glyph="M5 10h15M23 10h4M8 15h19M4 20h4M11 20h16M7 25h14"),
        Option(
            "wind", glyph="M4 13h15a3.5 3.5 0 1 0-3.4-4.4M4 18h20a3.5 3.5 0 1 1-3.4 4.4M4 23h10"
        ),
        Option("rain", glyph=_CLOUD.format(19) + "M11 22l-1.5 5M16 22l-1.5 5M21 22l-1.5 5"),
        Option("thunder", glyph=_CLOUD.format(19) + "M17 19l-4 5h4l-3 5"),
        Option(
            "quiet snow",
            glyph=_CLOUD.format(19) + "M10 23v4M8 25h4M16 24v4M14 26h4M22 23v4M20 25h4",
        ),
        _HARD,
    ),
    several=True,
)

_ATTENTION = Step(
    "attention",
    "Attention",
    "Where is your attention just now?",
    "Choose one. There is no right place for it.",
    "line",
    (
        Option("on what happened", on_line=True),
        Option("half on what happened", on_line=True),
        Option("here", on_line=True),
        Option("half on what comes next", on_line=True),
        Option("on what comes next", on_line=True),
        Option("everywhere at once"),
        _HARD,
    ),
)

_BREATH = Step(
    "breath",
    "Breath",
    "A few breaths, if you like",
    "Choose an easy pace. Or look out of the window for a minute instead.",
    "breath",
)

PACES = ((3, 4), (4, 6), (5, 8))  # seconds in, seconds out; the page begins with the middle one


def steps(prompt: str) -> tuple[Step, ...]:
    """Return what is asked, in order; ``prompt`` is the notebook's own question."""
    question = prompt or "What would help me right now?"
    hint = "Write it down, or only think it. Nobody else reads it."
    return (_BODY, _HEART, _ATTENTION, _BREATH, Step("line", "One line", question, hint, "words"))


def told(prompt: str, support: str) -> dict[str, Any]:
    """Return everything that the page shows, as plain values."""
    return {
        "lead": LEAD,
        "kept": KEPT,
        "keptAlone": KEPT_ALONE,
        "signpost": f"{SIGNPOST} {support}".strip(),
        "figure": [list(part) for part in FIGURE],
        "steps": [_plain(step) for step in steps(prompt)],
        "paces": [list(pace) for pace in PACES],
    }


def _plain(step: Step) -> dict[str, Any]:
    """Return a step as JSON knows it: lists, no tuples."""
    options = [
        {**asdict(option), "spots": [list(spot) for spot in option.spots]}
        for option in step.options
    ]
    return {**asdict(step), "options": options}
