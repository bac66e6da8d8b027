"""What a check-in asks, as data: the page and the paper follow it. All words are our own.

No answer here is better than another: places, weather and directions have no order, and none is
a number. To ask something else, change it here.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Any

from cstools.languages import spoken


def lead() -> str:
    """Return what stands at the top."""
    return spoken(
        "Two minutes for yourself before you start. Answer as much or as little as you like; you "
        "can skip any question."
    )


def signpost() -> str:
    """Return where to turn to on a hard day; it stands at the bottom."""
    return spoken(
        "If today is hard, turn to someone you trust, or to the support at your school or where "
        "you live. Nobody sees from here how you are."
    )


def _kept(alone: bool) -> str:
    """Say what becomes of what is entered; ``alone`` is a page without a notebook."""
    if alone:
        return spoken(
            "Nothing you enter here is kept: not saved, not sent, not counted. Only whoever can "
            "see your screen can see it, and it is gone when you close this page or load it again."
        )
    return spoken(
        "Nothing you enter here is kept: not saved, not sent, not counted. Only whoever can see "
        "your screen can see it, and it is gone when you leave the page or run the cell again."
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


def _hard() -> Option:
    return Option(spoken("hard to say"))


def _body() -> Step:
    return Step(
        "body",
        spoken("Body"),
        spoken("Where in your body do you notice something just now?"),
        spoken("Choose on the figure or among the words; more than one is fine."),
        "figure",
        (
            Option(spoken("head"), ((60, 22),)),
            Option(spoken("jaw and throat"), ((60, 44),)),
            Option(spoken("shoulders"), ((39, 60), (81, 60))),
            Option(spoken("chest"), ((60, 77),)),
            Option(spoken("belly"), ((60, 107),)),
            Option(spoken("hands"), ((23, 130), (97, 130))),
            Option(spoken("legs and feet"), ((47, 176), (73, 176))),
            Option(spoken("back")),
            _hard(),
        ),
        several=True,
    )


_CLOUD = "M9 {0}a5 5 0 0 1 .6-9.9a7 7 0 0 1 13.3 1.3a4.4 4.4 0 0 1 .1 8.6Z"


def _heart() -> Step:
    return Step(
        "heart",
        spoken("Mood"),
        spoken("If your mood were weather, what would it be?"),
        spoken("More than one is fine."),
        "weather",
        (
            Option(
                spoken("clear"),
                glyph="M16 10a6 6 0 1 0 .01 0ZM16 3v3M16 26v3M3 16h3M26 16h3"
                "M7 7l2 2M23 23l2 2M7 25l2-2M23 9l2-2",
            ),
            Option(
                spoken("sun and cloud"),
                glyph="M9.5 15a6 6 0 0 1 10.6-6.5M13 2v2.5M5 5.5l1.8 1.8M2 13h2.5M21 5.5l-1.6 1.6"
                + _CLOUD.format(28),
            ),
            Option(spoken("overcast"), glyph=_CLOUD.format(24)),
            Option(spoken("fog"), glyph="M5 10h15M23 10h4M8 15h19M4 20h4M11 20h16M7 25h14"),
            Option(
                spoken("wind"),
                glyph="M4 13h15a3.5 3.5 0 1 0-3.4-4.4M4 18h20a3.5 3.5 0 1 1-3.4 4.4M4 23h10",
            ),
            Option(
                spoken("rain"), glyph=_CLOUD.format(19) + "M11 22l-1.5 5M16 22l-1.5 5M21 22l-1.5 5"
            ),
            Option(spoken("thunder"), glyph=_CLOUD.format(19) + "M17 19l-4 5h4l-3 5"),
            Option(
                spoken("quiet snow"),
                glyph=_CLOUD.format(19) + "M10 23v4M8 25h4M16 24v4M14 26h4M22 23v4M20 25h4",
            ),
            _hard(),
        ),
        several=True,
    )


def _attention() -> Step:
    return Step(
        "attention",
        spoken("Attention"),
        spoken("Where is your attention just now?"),
        spoken("Choose one. There is no right place for it."),
        "line",
        (
            Option(spoken("on what happened"), on_line=True),
            Option(spoken("half on what happened"), on_line=True),
            Option(spoken("here"), on_line=True),
            Option(spoken("half on what comes next"), on_line=True),
            Option(spoken("on what comes next"), on_line=True),
            Option(spoken("everywhere at once")),
            _hard(),
        ),
    )


def _breath() -> Step:
    return Step(
        "breath",
        spoken("Breath"),
        spoken("A few breaths, if you like"),
        spoken("Choose an easy pace. Or look out of the window for a minute instead."),
        "breath",
    )


PACES = ((3, 4), (4, 6), (5, 8))  # seconds in, seconds out; the page begins with the middle one


def steps(prompt: str) -> tuple[Step, ...]:
    """Return what is asked, in order; ``prompt`` is the notebook's own question."""
    question = prompt or spoken("What would help me right now?")
    hint = spoken("Write it down, or only think it. Nobody else reads it.")
    line = Step("line", spoken("One line"), question, hint, "words")
    return (_body(), _heart(), _attention(), _breath(), line)


def told(prompt: str, support: str) -> dict[str, Any]:
    """Return everything that the page shows, as plain values."""
    return {
        "lead": lead(),
        "kept": _kept(alone=False),
        "keptAlone": _kept(alone=True),
        "signpost": f"{signpost()} {support}".strip(),
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
