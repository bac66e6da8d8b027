"""Who was in a report is kept as columns, and is read like a tuple of rows."""

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cstools.cohorts.following.presences import Presence, Presences

SPANS = st.sampled_from([(), ((60, 120),), ((60, 120), (180, 240))])
ROWS = st.dictionaries(
    st.sampled_from(["G-AAAAAAAA", "P-BBBBBB", "P-CCCCCC", "P-DDDDDD", "R-EEEEEEEE"]),
    st.tuples(SPANS, st.integers(0, 90)),
).map(lambda found: [Presence(who, *told) for who, told in found.items()])


@given(rows=ROWS)
def test_presences_are_read_like_a_tuple_of_rows_in_order(rows):
    held, told = Presences.of(rows), tuple(sorted(rows))
    assert tuple(held) == told
    assert len(held) == len(told)
    assert [held[place] for place in range(len(told))] == list(told)
    assert held[-1:] == Presences.of(told[-1:])
    assert tuple(held[1:3]) == told[1:3]
    assert all(row in held and held.index(row) == told.index(row) for row in told)


@given(rows=ROWS, others=ROWS)
def test_presences_are_equal_as_their_rows_are(rows, others):
    one, two = Presences.of(rows), Presences.of(reversed(others))
    assert (one == two) == (sorted(rows) == sorted(others))
    assert one == Presences.of(reversed(rows))
    assert hash(one) == hash(Presences.of(reversed(rows)))
    assert pickle.loads(pickle.dumps(one)) == one


@given(rows=ROWS, others=ROWS)
def test_presences_of_others_are_put_in_order(rows, others):
    apart = [row for row in others if row.who not in {held.who for held in rows}]
    assert Presences.of(rows).with_others(Presences.of(apart)) == Presences.of([*rows, *apart])


def test_what_is_printed_of_presences_stays_short():
    rows = [Presence(f"P-{letter * 6}", ((60, 120),)) for letter in "ABCDE"]
    told = "Presence(who='P-AAAAAA', spans=((60, 120),), minutes=0)"
    assert repr(Presences.of(rows[:1])) == f"Presences({told})"
    assert repr(Presences.of(rows)).startswith(f"Presences({told}, Presence(who='P-BBBBBB'")
    assert repr(Presences.of(rows)).endswith(", … 2 more)")


def test_a_place_that_is_not_there_is_an_error_as_in_a_tuple():
    with pytest.raises(IndexError):
        Presences.of([Presence("P-AAAAAA")])[1]
