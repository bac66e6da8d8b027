"""Maps that every format is tried with, ways to damage a file, and how to read one back."""

from __future__ import annotations

import warnings
from pathlib import Path

from hypothesis import strategies as st

from cstools import CausalLoopDiagram, read_diagram
from cstools.causal_loops.parts import checked_name
from cstools.errors import ModelError
from cstools.names import key
from tests.fuzz.lessons import lesson

REWORK = """
schedule pressure -> overtime: +  # the deadline stays [source: Lyneis 2007]
overtime          -> work done: +
work done         -> work remaining: -
work remaining    -> schedule pressure: +
overtime          -> tiredness: + delayed  # weeks later
tiredness         -> mistakes: +
mistakes          -> work remaining: +
mistakes          -> mistakes: ?
mistakes          -> overtime: -
mistakes          -> overtime: +
self: tiredness, mistakes
loop catching up: overtime, work done, work remaining, schedule pressure
loop burn-out: overtime, tiredness, mistakes, work remaining, schedule pressure
"""
PLACES = {
    "schedule pressure": (100, 80),
    "overtime": (300, 60),
    "work done": (320, 200),
    "work remaining": (120, 220),
    "tiredness": (520, 90),
    "mistakes": (510, 330),
}


def rework(pinned: bool = True) -> CausalLoopDiagram:
    """A map with everything: delay, reason, source, lens, loop names, two signs, a self-link."""
    diagram = CausalLoopDiagram(REWORK, name="rework")
    for name, (x, y) in PLACES.items() if pinned else ():
        diagram.place(name, x, y)
    return diagram


def again(
    diagram: CausalLoopDiagram, path: Path, format: str | None = None
) -> tuple[CausalLoopDiagram, list[str]]:
    """Write a map, read it back; return it and what was told on the way."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        written = diagram.write(path, format=format)
    read, heard = read_and_told(written, format)
    return read, [*(str(warning.message) for warning in told), *heard]


def read_and_told(
    path: Path | str, format: str | None = None
) -> tuple[CausalLoopDiagram, list[str]]:
    """Read a file or an address; return the map and what was told."""
    with warnings.catch_warnings(record=True) as told:
        warnings.simplefilter("always")
        diagram = read_diagram(path, format=format)
    return diagram, [str(warning.message) for warning in told]


def bare_links(diagram: CausalLoopDiagram) -> list[tuple[str, str, str, bool]]:
    return [(link.cause, link.effect, link.polarity, link.delayed) for link in diagram.links]


def _is_name(text: str) -> bool:
    try:
        return checked_name(text) == text
    except ModelError:
        return False


_letters = st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"], exclude_characters='"')
names = st.text(_letters, min_size=1, max_size=9).filter(_is_name)


# What a format's own marks, its escapes or its numbers could be mistaken for.
ODD_NAMES = (
    "=HYPERLINK(A1)",
    "'+trust",
    "-1",
    "@home",
    "7",
    "1e5",
    "0.50",
    "true",
    "null",
    "NaN",
    "delayed",
    "a, b; c",
    "a -> b: + # c",
    "it's",
    "“said”",
    "back\\slash",
    "\\N in dot",
    "tab|bar",
    "a & b <c> &amp; ]]>",
    "50%",
    "%41",
    "100%25",
    "elem-1",
    "conn-1",
    "node 1",
    "variable 1",
    "effect / cause",
    "from",
    "[source: x]",
    "loop a",
    "self",
    "R1: growth",
    "(2)",
    "Größe Ärger ß",
    "信任",
    "😀 mood",
    "x" * 5_000,
)
_words = st.text(_letters, max_size=12).map(lambda text: " ".join(text.split()))
_odd = st.one_of(names, st.sampled_from(ODD_NAMES[:-1]))  # the last takes long to lay out


@st.composite
def diagrams(draw: st.DrawFn) -> CausalLoopDiagram:
    """A map of a few variables of odd names, with everything that a map can have.

    In one of four some variables have no place: to find one is most of the time that a map takes.
    """
    words = draw(st.lists(_odd, min_size=1, max_size=5, unique_by=key))
    word = st.sampled_from(words)
    links = st.tuples(word, word, st.sampled_from("+-?"), st.booleans(), _words, _words)
    diagram = CausalLoopDiagram()
    all_placed = draw(st.integers(0, 3)) < 3
    for name in words:
        diagram.variable(name, draw(st.sampled_from(("", "self", "others", "world"))))
        if all_placed or draw(st.booleans()):
            diagram.place(name, *draw(st.tuples(*[st.integers(-999, 999)] * 2)))
    for link in draw(st.lists(links, max_size=7, unique_by=lambda link: link[:3])):
        diagram.link(*link)
    for loop in [*diagram.loops()][:3]:
        diagram.name_loop(loop.variables, draw(_odd))
    return diagram


def titles(diagram: CausalLoopDiagram) -> dict[frozenset[str], str]:
    return {frozenset(x.variables): x.title for x in diagram.loops() if x.title}


hurts = st.lists(
    st.tuples(
        st.sampled_from(["cut", "byte", "twice", "word", "piece"]),
        st.floats(0, 1),
        st.integers(0, 999),
    ),
    min_size=1,
    max_size=4,
)
_PIECES = (
    *(b'"', b"[", b"]", b"{", b"}", b",", b"null", b"true", b"-1", b"1e999", b"9" * 5000, b"\x00"),
    *(b"\xff", b"<", b">", b"&x;", b"\n", b"\\", b"NaN", b"[[[[", b'"from"', b"--", b"->", b"|"),
)


def damaged(data: bytes, changes: list[tuple[str, float, int]]) -> bytes:
    """Return a file cut short, with a byte changed, a part twice or gone, or a piece put in."""
    for kind, where, what in changes:
        at = int(where * len(data))
        if kind == "cut":
            data = data[:at]
        elif kind == "byte":
            data = data[:at] + bytes([what % 256]) + data[at + 1 :]
        elif kind == "twice":
            data = data[:at] + data[at : at + what] * 2 + data[at + what :]
        elif kind == "word":
            data = data[:at] + data[at + what % 40 :]
        else:
            data = data[:at] + _PIECES[what % len(_PIECES)] + data[at:]
    return data


def read_or_refused(data: bytes, path: Path, format: str | None = None) -> None:
    """Read a file: a map must come of it, or a short lesson, and soon."""
    path.write_bytes(data)

    def read() -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            repr(read_diagram(path, format=format))

    lesson(read)
