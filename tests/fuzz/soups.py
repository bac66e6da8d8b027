"""Soups of what a person may write: signs, words, numbers and names in any order."""

from __future__ import annotations

import math
from decimal import Decimal
from fractions import Fraction

import numpy as np
from hypothesis import strategies as st

from cstools.equations.functions import FUNCTIONS

WORDS = sorted(
    {spelling for row in FUNCTIONS.values() for spelling in (row.name, *row.spellings)}
    - {row.name for row in FUNCTIONS.values() if not row.name[0].isalpha()}
)
SIGNS = [*"+-*/^()=<>,;.!'\"{}[]%×−≤ \n\t_½²€ß\x00\u200b\ud800", "**", "<>", ":AND:", "…"]
NAMES = ["pond", "in", "rate", "effect", "herd", "Size", "small", "big", "Place", "time", "dt"]
LITERALS = ["0", "1", "2.5", "-3", "1e9", "1e-400", "1e308", "1e400", "0.1", ".5", "1_000", "007"]
BRACKETS = ["[Size]", "[small]", "[*]", "[Size!]", "[1]", "[Size, Place]", "[*, *]", "[pond + 1]"]

token = st.sampled_from(SIGNS) | st.sampled_from([*WORDS, *NAMES, *LITERALS, *BRACKETS])
soup = st.lists(token, max_size=25).flatmap(
    lambda found: st.sampled_from(["", " "]).map(lambda gap: gap.join(found))
)


def _call(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    arguments = st.lists(inner, max_size=5).map(", ".join)
    return st.tuples(st.sampled_from([*WORDS, *NAMES]), arguments).map("{0[0]}({0[1]})".format)


def _infix(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    sign = st.sampled_from([*"+-*/^=<>", "and", "or", "mod", "<=", "<>"])
    return st.tuples(inner, sign, inner).map("({0[0]}) {0[1]} ({0[2]})".format)


def _choice(inner: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    return st.tuples(inner, inner, inner).map("(if {0[0]} then {0[1]} else {0[2]})".format)


# Every function with any number of arguments, as deep as they come: most are read, some run.
_leaf = st.sampled_from([*NAMES, *LITERALS, *(f"herd{b}" for b in BRACKETS), "map[Size, Place]"])
sentence = st.recursive(
    _leaf, lambda inner: _call(inner) | _infix(inner) | _choice(inner), max_leaves=12
)
# One function within itself, many times over.
tower = st.tuples(
    st.sampled_from(WORDS), st.integers(1, 4), st.integers(0, 3), st.integers(2, 58)
).map(lambda said: _tower(*said))


def _tower(word: str, arguments: int, place: int, height: int) -> str:
    text = "pond"
    for _ in range(height):
        inside = ["2", "3", "4", "5"][:arguments]
        inside[min(place, arguments - 1)] = text
        text = f"{word}({', '.join(inside)})"
    return text


equation = sentence | soup | st.text(max_size=40) | tower

name = (
    st.sampled_from([*NAMES, "herd[Size]", "herd[small]", "map[Size, Place]", "map[big, Place]"])
    | st.sampled_from(["", "_", "x y", "X  Y", "not content", "a[", "a]b", "[a]", "a[]", "a[b,]"])
    | st.sampled_from(["pond[Size]", "rate[1]", "max", "é", "e\u0301", "室温", "x" * 400, "\x00"])
    | st.text(max_size=8)
)

number = (
    st.floats()
    | st.integers()
    | st.sampled_from([1e400, 1e-400, 5e-324, 10**400, -(10**400), 2**64, True, None])
    | st.sampled_from([math.nan, math.inf, 1j, Decimal("1.5"), Decimal("NaN"), Decimal("1e999")])
    | st.sampled_from([Fraction(1, 3), np.float32(0.5), np.int64(3), np.bool_(True), np.array(2.0)])
    | st.sampled_from(
        [np.array([1.0]), np.array([1, 2]), np.nan, np.ma.masked, "5", "5%", "", b"1"]
    )
)
thing = (
    number
    | name
    | st.lists(number, max_size=3)
    | st.dictionaries(name, number, max_size=2)
    | st.sampled_from([(), {1, 2}, object(), object, len, range(3), [[1], [2, 3]]])
    | st.sampled_from([np.datetime64("2020-01-01"), (0, 1), (1, 0), ["a", "b"], [("a", "b")]])
)
