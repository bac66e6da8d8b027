"""The boards of the canvases as data: their layers, and for each the question that opens it.

To add a board, write it here; the page, the still picture and the file follow the table.

The iceberg's upper levels are the levels of explanation in [Senge1990]_; the ladder of inference
is Argyris's [Argyris1990]_; the four fields of the mandala for systems change are named in the
documents of the certification programme. All questions and examples are this project's own words.
"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from types import MappingProxyType
from typing import Any


@dataclass(frozen=True)
class Layer:
    """A place for notes: what it is called, what it asks, and an example of an answer.

    ``place`` says where the layer lies in the picture; ``back`` is what is asked on the way back
    (the ladder is climbed, and walked down again); ``glyph`` is its share of the small picture,
    an SVG path in a square of 48; on a layer that ``draws``, the page offers a sketch and a map at
    once, on the others behind a button.
    """

    key: str
    title: str
    question: str
    example: str
    glyph: str
    place: str = ""
    back: str = ""
    draws: bool = False


@dataclass(frozen=True)
class Board:
    """A kind of board; ``layers`` stand in the order in which the page shows them."""

    kind: str
    title: str
    lead: str
    layers: tuple[Layer, ...]
    source: str

    def layer(self, key: str) -> Layer:
        """Return the layer with that key."""
        return next(layer for layer in self.layers if layer.key == key)

    def frame(self) -> dict[str, Any]:
        """Return the board as the page is told of it."""
        told = asdict(self)
        return {**told, "layers": list(told["layers"])}


_ICEBERG = Board(
    "iceberg",
    "Iceberg",
    "What happened is the small part that everybody sees. Ask one layer further down each time: "
    "what keeps it going lies under the water.",
    (
        Layer(
            "events",
            "Events",
            "What happened? Say it as a camera would have seen it.",
            "On Tuesday four pupils had no homework, and I sent two of them out.",
            "M24 4 34 17H15Z",
            "Above the water",
        ),
        Layer(
            "patterns",
            "Patterns over time",
            "What has been rising, falling or coming back, and since when?",
            "It has crept up since the clubs moved to the afternoon, and is worst in dark weeks.",
            "M13 19.5H35.5L40 27H9Z",
            "Just below the surface",
            draws=True,
        ),
        Layer(
            "structures",
            "Structures",
            "What makes it likely to happen again? Think of timetables, rules, rooms, roles, and "
            "of what pushes what.",
            "Every subject sets homework for Tuesday, and nobody sees the sum.",
            "M9 29H40L37 36.5H13Z",
            "Deeper",
            draws=True,
        ),
        Layer(
            "mental_models",
            "Mental models",
            "What do we take for granted that keeps all this in place?",
            "We say: whoever cares about school gets it done.",
            "M14 38.5H36L28 46H20Z",
            "At the bottom",
        ),
    ),
    "Events, patterns and structures as levels of explanation: Senge (1990). "
    "Questions in our own words.",
)

# From the top of the ladder down, as it is seen; it is climbed from the last to the first.
_LADDER = Board(
    "ladder",
    "Ladder of inference",
    "In a moment we climb from what there was to see to what we do, and seldom notice the steps. "
    "Take one such moment and write it rung by rung, from the bottom. Then walk back down, and ask "
    "what each step left out.",
    (
        Layer(
            "actions",
            "Actions",
            "What did I do then, or what am I about to do?",
            "I moved him to the front and stopped calling on him.",
            "M13 5H35V8H13Z",
            "Rung 7",
            "What would I do if I asked first?",
        ),
        Layer(
            "beliefs",
            "Beliefs",
            "What do I now hold true about this person, this class, this school?",
            "Some pupils do not want to be reached.",
            "M12.6 11H35.4V14H12.6Z",
            "Rung 6",
            "Where does this belief come from, and what does it make me overlook?",
        ),
        Layer(
            "conclusions",
            "Conclusions",
            "What was clear to me after that?",
            "He has no respect for me.",
            "M12.2 17H35.8V20H12.2Z",
            "Rung 5",
            "Which other conclusion would fit what was seen just as well?",
        ),
        Layer(
            "assumptions",
            "Assumptions",
            "What did I add from my own experience, without asking?",
            "Whoever is interested looks up.",
            "M11.8 23H36.2V26H11.8Z",
            "Rung 4",
            "What am I taking for granted? How could I find out, kindly?",
        ),
        Layer(
            "meanings",
            "Meanings",
            "Which words did I give it? What did I make of it?",
            "He was bored, and he showed it.",
            "M11.4 29H36.6V32H11.4Z",
            "Rung 3",
            "What else could it have meant?",
        ),
        Layer(
            "selected",
            "What I noticed",
            "Which part of all that did I take in?",
            "The boy looked out of the window while I spoke.",
            "M11 35H37V38H11Z",
            "Rung 2",
            "What did I leave out? What would somebody else have noticed?",
        ),
        Layer(
            "data",
            "All there was to see and hear",
            "What would a camera and a microphone have recorded?",
            "Twenty-six pupils, the last lesson, rain; three questions asked, one hand up.",
            "M10.6 41H37.4V44H10.6Z",
            "Rung 1: start here",
            "What happened that nobody has written down yet? Whom could I ask?",
        ),
    ),
    "The ladder of inference: Argyris (1990). Questions in our own words.",
)

_MANDALA = Board(
    "mandala",
    "Mandala for systems change",
    "A change that lasts grows in four fields at once, around what it is for. Begin wherever you "
    "have something to say; an empty field is an invitation.",
    (
        Layer(
            "centre",
            "At the centre",
            "Which change do we care about, and for whom?",
            "That nobody in our school has to manage a hard week alone.",
            "M24 17A7 7 0 1 1 23.99 17Z",
        ),
        Layer(
            "practice",
            "Practice",
            "What do we do ourselves, week by week, that is already a piece of the change?",
            "Five quiet minutes at the start of every staff meeting, led by a different person.",
            "M23 4A20 20 0 0 0 4 23H14.5A9.5 9.5 0 0 1 23 14.5Z",
        ),
        Layer(
            "research",
            "Research",
            "What do we want to find out, and how would we notice that anything has changed?",
            "Whom do pupils turn to? We ask the same three questions in autumn and in spring.",
            "M25 4A20 20 0 0 1 44 23H33.5A9.5 9.5 0 0 0 25 14.5Z",
        ),
        Layer(
            "capacity_building",
            "Capacity building",
            "Who learns what, so that it goes on when we are not there?",
            "Two colleagues from each year group learn to lead a listening circle.",
            "M44 25A20 20 0 0 1 25 44V33.5A9.5 9.5 0 0 0 33.5 25Z",
        ),
        Layer(
            "community_building",
            "Community building",
            "Who belongs to this, and how do we meet, listen and keep each other going?",
            "A supper once a term: pupils cook, families and the caretaker are guests.",
            "M23 44A20 20 0 0 1 4 25H14.5A9.5 9.5 0 0 0 23 33.5Z",
        ),
    ),
    "The four fields are those of the certification programme's documents. "
    "Questions in our own words.",
)

BOARDS = MappingProxyType({board.kind: board for board in (_ICEBERG, _LADDER, _MANDALA)})
