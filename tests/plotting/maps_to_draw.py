"""Maps that the drawing is tested on, as the plain values that it takes."""

from dataclasses import dataclass
from functools import cache

from cstools import CausalLoopDiagram
from cstools.causal_loops.picture import marked
from cstools.names import key
from cstools.plotting.drawing import draw
from cstools.plotting.drawing_parts import LoopMark, SignedEdge
from tests.plotting.large_maps import LARGE


@dataclass(frozen=True)
class Example:
    """The words, links and loop marks of a map."""

    labels: dict[str, str]
    edges: list[SignedEdge]
    loops: list[LoopMark]


def example(links, loops=()):
    """Return a map from ``"cause > effect +"`` lines and ``name: words`` of its loops."""
    edges = []
    for line in links.strip().splitlines():
        cause, _, rest = line.strip().partition(" > ")
        words = rest.split()
        delayed = words[-1] == "delayed"
        sign = words[-2] if delayed else words[-1]
        effect = " ".join(words[: -2 if delayed else -1])
        edges.append(SignedEdge(cause, effect, sign, delayed))
    labels = {word: word for edge in edges for word in edge[:2]}
    marks = [
        LoopMark(name, name[0], tuple(words.split(", ")), title) for name, words, title in loops
    ]
    return Example(labels, edges, marks)


def written(text):
    """Return a map from its text, with the marks that its own picture has."""
    map_ = CausalLoopDiagram(text)
    loops = marked(map_.loops(seconds=60))  # all of them, on however slow a machine
    return Example(
        {key(name): name for name in map_.variables},
        [SignedEdge(key(e.cause), key(e.effect), e.polarity, e.delayed) for e in map_.links],
        [LoopMark(e.name, e.polarity, tuple(map(key, e.variables)), e.title) for e in loops],
    )


REWORK = example(
    """
    schedule pressure > overtime +
    overtime > work done +
    work done > work remaining -
    work remaining > schedule pressure +
    overtime > tiredness + delayed
    tiredness > mistakes +
    mistakes > work remaining +
    """,
    [
        ("B1", "schedule pressure, overtime, work done, work remaining", ""),
        ("R1", "schedule pressure, overtime, tiredness, mistakes, work remaining", "burnout trap"),
    ],
)
SCHOOL = example(
    """
    teaching quality > student learning + delayed
    student learning > student wellbeing +
    student wellbeing > student learning +
    student learning > school reputation + delayed
    school reputation > enrolment +
    enrolment > class size +
    class size > teaching quality -
    enrolment > budget +
    budget > teachers hired +
    teachers hired > class size -
    class size > teacher workload +
    teacher workload > teacher wellbeing -
    teacher wellbeing > teaching quality +
    teacher workload > teacher turnover + delayed
    teacher wellbeing > teacher turnover -
    teacher turnover > experienced teachers -
    experienced teachers > teaching quality +
    experienced teachers > collaboration +
    collaboration > teacher wellbeing +
    teacher workload > collaboration -
    collaboration > shared materials +
    shared materials > teacher workload -
    student wellbeing > disruptions -
    disruptions > teacher workload +
    budget > shared materials +
    """,
    [
        ("R1", "student learning, student wellbeing", ""),
        ("R2", "teacher workload, collaboration, shared materials", ""),
        ("B1", "teaching quality, student learning, school reputation, enrolment, class size", ""),
    ],
)
POND = example(
    """
    boats > catch +
    fish > catch +
    catch > fish -
    fish > births +
    births > fish +
    fish > room left in the pond -
    room left in the pond > births +
    catch > profit +
    boats > profit -
    profit > boats + delayed
    """,
    [
        ("R1", "fish, births", ""),
        ("B1", "boats, profit", ""),
        ("B2", "catch, fish", ""),
        ("B3", "fish, room left in the pond, births", ""),
        ("R2", "boats, catch, profit", ""),
    ],
)
PAIR = example("trust > openness +\nopenness > trust +", [("R1", "trust, openness", "trust grows")])
APART = example(
    """
    births > population +
    population > births +
    population > deaths +
    deaths > population -
    practice > skill + delayed
    skill > joy in playing +
    joy in playing > practice +
    """,
    [
        ("R1", "births, population", ""),
        ("B1", "population, deaths", ""),
        ("R2", "practice, skill, joy in playing", ""),
    ],
)
TO_ITSELF = example(
    "mood > mood -\nmood > mood of others +\nmood of others > mood +",
    [("B1", "mood", ""), ("R1", "mood, mood of others", "")],
)
PARALLEL = example(
    "advertising > sales +\nadvertising > sales -\nsales > advertising +",
    [("R1", "advertising, sales", ""), ("B1", "advertising, sales", "")],
)
SMALL = {
    "rework": REWORK,
    "school": SCHOOL,
    "pond": POND,
    "pair": PAIR,
    "apart": APART,
    "to itself": TO_ITSELF,
    "parallel": PARALLEL,
}
ALL = SMALL | {name: written(text) for name, text in LARGE.items()}


@cache
def picture_of(name):
    """Return the drawing of one of these maps; it is made once for all the tests."""
    return draw(ALL[name].labels, ALL[name].edges, ALL[name].loops)
