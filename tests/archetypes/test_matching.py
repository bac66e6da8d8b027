"""The search for archetypes in any map: against another program, by properties, in its time."""

import random
from dataclasses import replace
from itertools import pairwise, product
from time import process_time

import networkx as nx
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cstools import CausalLoopDiagram, archetypes
from cstools.archetypes.found import _note
from cstools.archetypes.matching import Search, pattern_of
from cstools.archetypes.routes import Routes
from cstools.causal_loops.parts import Link
from cstools.errors import CstoolsError, UnknownNameError
from tests.archetypes.every_archetype import map_of, stretched


def random_map(seed, variables, links):
    """Return a map of so many links, each between two variables and met once."""
    rng = random.Random(seed)
    pairs = [(a, b) for a in range(variables) for b in range(variables) if a != b]
    return map_of(
        Link(f"v{a:02}", f"v{b:02}", rng.choice("+-"), rng.random() < 0.3)
        for a, b in rng.sample(pairs, links)
    )


maps = st.builds(random_map, st.integers(0, 10**6), st.integers(5, 8), st.integers(6, 16))


def graph_of(links):
    return nx.DiGraph((n.cause, n.effect, {"sign": n.polarity, "late": n.delayed}) for n in links)


def by_networkx(archetype, diagram):
    """Return the sets of links on which the template lies without being stretched (VF2)."""
    template = archetype.template.links
    matcher = nx.algorithms.isomorphism.DiGraphMatcher(
        graph_of(diagram.links),
        graph_of(template),
        edge_match=lambda one, other: one["sign"] == other["sign"],
    )
    late = {(n.cause, n.effect) for n in diagram.links if n.delayed}
    found = set()
    for mapping in matcher.subgraph_monomorphisms_iter():
        here = {role: variable for variable, role in mapping.items()}
        ways = [{(here[a], here[b]) for a, b in pairwise(path)} for path in archetype.late]
        if all(way & late for way in ways):
            found.add(frozenset((here[n.cause], here[n.effect]) for n in template))
    return found


def as_pairs(places):
    return {frozenset((n.cause, n.effect) for n in place.links) for place in places}


@settings(max_examples=25, deadline=None)
@given(maps)
def test_plain_places_are_those_that_networkx_finds(diagram):
    found = diagram.archetypes(seconds=60)
    for archetype in archetypes.ARCHETYPES:
        plain = [place for place in found[archetype.name] if place.stretch == 0]
        assert as_pairs(plain) == by_networkx(archetype, diagram)


def stretched_by_networkx(template, diagram):
    """Return the sets of links on which the template lies, its links one to three long."""
    signs = {(n.cause, n.effect): n.polarity for n in diagram.links}
    plain, found = graph_of(diagram.links), set()
    for lengths in product((1, 2, 3), repeat=len(template)):
        ways = [
            [link.cause, *(f"{link} {i}" for i in range(1, length)), link.effect]
            for link, length in zip(template, lengths, strict=True)
        ]
        longer = nx.DiGraph(step for way in ways for step in pairwise(way))
        matcher = nx.algorithms.isomorphism.DiGraphMatcher(plain, longer)
        for mapping in matcher.subgraph_monomorphisms_iter():
            here = {role: variable for variable, role in mapping.items()}
            routes = [[(here[a], here[b]) for a, b in pairwise(way)] for way in ways]
            if all(
                [signs[step] for step in route].count("-") % 2 == (link.polarity == "-")
                for link, route in zip(template, routes, strict=True)
            ):
                found.add(frozenset(step for route in routes for step in route))
    return found


@settings(max_examples=5, deadline=None)
@given(st.integers(0, 10**6))
def test_stretched_places_are_those_that_networkx_finds(seed):
    diagram = random_map(seed, 7, 13)
    for archetype in (archetypes.limits_to_growth, archetypes.success_to_the_successful):
        places = diagram.archetypes(seconds=60)[archetype.name]
        assert as_pairs(places) == stretched_by_networkx(archetype.template.links, diagram)


@settings(max_examples=25, deadline=None)
@given(maps)
def test_a_place_closes_the_loops_of_its_archetype_and_no_others(diagram):
    for place in diagram.archetypes(seconds=60):
        template = place.archetype.template
        expected = sorted(loop.polarity for loop in template.loops())
        assert sorted(loop.polarity for loop in place.loops) == expected
        assert len(place.links) == len(template.links) + place.stretch
        cast = [variable for _, variable in place.roles]
        assert len(set(cast)) == len(cast) == len(template.variables)


@settings(max_examples=15, deadline=None)
@given(maps, st.randoms(use_true_random=False))
def test_order_and_names_of_a_map_do_not_matter(diagram, rng):
    links = list(diagram.links)
    rng.shuffle(links)
    numbers = rng.sample(range(50), len(diagram.variables))
    new = {name: f"x{i}" for name, i in zip(diagram.variables, numbers, strict=True)}
    other = map_of(replace(n, cause=new[n.cause], effect=new[n.effect]) for n in links)
    back = {renamed: name for name, renamed in new.items()}

    def told(found, names):
        return {
            (p.archetype.name, frozenset((names[n.cause], names[n.effect]) for n in p.links))
            for p in found
        }

    first, second = diagram.archetypes(seconds=60), other.archetypes(seconds=60)
    assert told(first, {name: name for name in new}) == told(second, back)


@settings(max_examples=15, deadline=None)
@given(maps)
def test_each_place_comes_once_the_least_stretched_first(diagram):
    found = diagram.archetypes(seconds=60)
    assert found.complete
    assert found.note == ""
    told = [(place.archetype.name, frozenset(place.links)) for place in found]
    assert len(set(told)) == len(told)
    assert [p.stretch for p in found] == sorted(p.stretch for p in found)


def test_a_place_in_a_larger_map_is_found_and_its_loops_are_named_as_on_the_map():
    office = CausalLoopDiagram("""
        schedule pressure -> overtime: +
        overtime          -> work done: +
        work done         -> work remaining: -
        work remaining    -> schedule pressure: +
        overtime          -> tiredness: + delayed
        tiredness         -> mistakes: +
        mistakes          -> work remaining: +
        holidays          -> tiredness: -
    """)
    (place,) = office.archetypes()["fixes that fail"]
    assert dict(place.roles) == {
        "problem": "work remaining",
        "fix": "overtime",
        "unintended consequence": "tiredness",
    }
    assert [str(loop) for loop in place.loops] == [str(loop) for loop in office.loops()]
    assert repr(place) == (
        "Fixes that fail (problem: work remaining; fix: overtime; unintended consequence: "
        "tiredness). B1 (balancing): schedule pressure → overtime → work done → work remaining "
        "→ schedule pressure. R1 (reinforcing): schedule pressure → overtime → tiredness → "
        "mistakes → work remaining → schedule pressure.\n"
        f"Over time: {place.archetype.behaviour}\n"
        f"Where to intervene: {' '.join(place.archetype.intervene)}"
    )
    assert repr(office.archetypes()) == (
        "Fixes that fail, once: problem = work remaining; fix = overtime; "
        "unintended consequence = tiredness"
    )


def test_a_link_of_four_is_too_long():
    first, *others = archetypes.escalation.template.links[::-1]
    for pieces, times in ((3, 1), (4, 0)):
        longer = map_of([*others, *stretched(first, pieces, random.Random(1))])
        assert len(longer.archetypes()["escalation"]) == times


def test_two_links_of_a_pattern_may_not_run_through_one_variable():
    apart = """
        results -> growth: +
        growth -> results: +
        results -> crowding: +
        crowding -> results: -
    """
    assert len(CausalLoopDiagram(apart).archetypes()["limits to growth"]) == 1
    shared = """
        results -> news: +
        news -> growth: +
        growth -> results: +
        news -> crowding: +
        crowding -> results: -
    """
    places = CausalLoopDiagram(shared).archetypes()["limits to growth"]
    assert places == ()


def test_what_lies_in_another_map_can_be_shown_as_a_map_of_its_own():
    place = archetypes.escalation.template.archetypes()[0]
    part = place.diagram()
    assert set(part.links) == set(archetypes.escalation.template.links)
    shown = place._repr_mimebundle_()
    assert "<svg" in shown["text/html"]
    assert "activity of A" in shown["text/html"]


def test_a_loop_that_has_another_name_on_the_whole_map_says_so_on_the_part():
    template = archetypes.limits_to_growth.template
    template.link("a", "b", "+").link("b", "a", "+")  # first in the alphabet: R1
    (place,) = template.archetypes()["limits to growth"]
    assert [loop.name for loop in place.loops] == ["R2", "B1"]
    assert [loop.title for loop in place.diagram().loops()] == ["R2 on the whole map", ""]


@pytest.mark.parametrize("text", ["", "a -> b: +", "a -> a: +", "a -> b: ?\nb -> a: ?"])
def test_a_map_without_any_says_so(text):
    found = CausalLoopDiagram(text).archetypes()
    assert found.complete
    assert repr(found) == "No archetype was found; that says nothing against the map."
    assert found._repr_mimebundle_()["text/html"] == repr(found)


def test_links_that_say_both_signs_are_both_looked_at():
    both = archetypes.limits_to_growth.template
    both.link("slowing force", "results", "+")
    assert len(both.archetypes()["limits to growth"]) == 1


def test_thirty_variables_and_ninety_links_are_answered_in_time_and_honestly():
    diagram = random_map(1, 30, 90)
    begin = process_time()
    found = diagram.archetypes(seconds=1)
    # The budget, and a second on a busy machine for the routes and for what is found.
    assert process_time() - begin < 2
    assert found
    assert found.complete == (found.note == "")


def test_a_search_that_stops_says_up_to_where_nothing_is_missing_and_what_to_do():
    found = random_map(1, 30, 200).archetypes(seconds=1e-6)
    assert not found.complete
    assert repr(found).endswith(found.note)
    assert found.note == (
        "These are not all: the time for the search ran out; not even the plainest are all here; "
        "more time: archetypes(seconds=1e-05)."
    )


@pytest.mark.parametrize(
    ("reached", "have"),
    [
        (0, "every place with no added link is here"),
        (1, "every place with up to 1 added link is here"),
        (4, "every place with up to 4 added links is here"),
    ],
)
def test_what_is_there_is_said_in_a_sentence(reached, have):
    assert _note(reached, False, 2.0) == (
        f"These are not all: the time for the search ran out; {have}, more stretched ones may be "
        "missing; more time: archetypes(seconds=20)."
    )


def test_a_search_that_finds_too_many_stops_there(monkeypatch):
    monkeypatch.setattr("cstools.archetypes.found._MOST", 2)
    found = random_map(3, 10, 40).archetypes(seconds=60)
    assert len(found) == 2
    assert found.note == (
        "These are not all: the search stopped at 2 places; not even the plainest are all here."
    )


def test_a_map_with_more_routes_than_can_be_kept_is_searched_as_far_as_its_routes_go(monkeypatch):
    diagram = random_map(3, 7, 18)
    whole = Routes(diagram.variables, diagram.links, lambda: False)
    monkeypatch.setattr(
        "cstools.archetypes.routes._MOST", 60
    )  # 18 links, 34 routes of two, 54 of three
    short = Routes(diagram.variables, diagram.links, lambda: False)
    assert (whole.complete, whole.longest) == (True, 3)
    assert (short.complete, short.longest) == (False, 2)
    patterns = {a.name: a.pattern for a in archetypes.ARCHETYPES}
    all_of_it, part = Search(patterns, whole, lambda: False), Search(patterns, short, lambda: False)

    def told(search, most):
        return {(n, frozenset(p.routes)) for n, p in search if p.stretch <= most}

    assert told(part, 99) == told(all_of_it, 1)
    assert part.reached == 1
    assert not part.complete


def test_a_map_of_thousands_of_links_is_answered_in_time():
    diagram = random_map(1, 200, 4000)
    begin = process_time()  # other programs lengthen the clock's seconds, not these
    assert not diagram.archetypes(seconds=1).complete
    # The budget, and as much again for what follows it.
    assert process_time() - begin < 2


def test_what_is_found_with_no_added_link_before_the_time_ran_out_is_all_of_it():
    diagram = random_map(3, 14, 60)
    looks = iter(range(10**9))
    patterns = {a.name: a.pattern for a in archetypes.ARCHETYPES}
    routes = Routes(diagram.variables, diagram.links, lambda: False)
    search = Search(patterns, routes, lambda: next(looks) > 150)
    stopped = list(search)
    assert not search.complete
    assert search.reached >= 0
    for archetype in archetypes.ARCHETYPES:
        routes = [p.routes for name, p in stopped if name == archetype.name and not p.stretch]
        plain = {frozenset((r.links[0].cause, r.links[0].effect) for r in way) for way in routes}
        assert plain == by_networkx(archetype, diagram)


@pytest.mark.parametrize("seconds", [None, -1, "long", True, float("nan")])
def test_a_time_that_is_none_is_refused(seconds):
    with pytest.raises(CstoolsError) as error:
        CausalLoopDiagram("a -> b: +").archetypes(seconds)
    assert str(error.value) == (
        f"seconds is how long to search, a number such as 2, not {seconds!r}"
    )


def test_the_picture_of_a_run_says_what_the_run_did():
    picture = archetypes.limits_to_growth.plot()
    assert "Members rise from 6 to 60 children" in picture.sentence


def test_an_archetype_is_asked_for_in_any_spelling_and_a_wrong_name_gets_the_nearest():
    found = archetypes.escalation.template.archetypes()
    assert found["ESCALATION"] == found["escalation"] == (found[0],)
    with pytest.raises(UnknownNameError) as error:
        found["limits to grow"]
    assert str(error.value) == (
        "the archetypes: nothing is called 'limits to grow'; did you mean 'Limits to growth'?"
    )


def test_a_pattern_closes_its_loops_as_soon_as_it_can():
    pattern = pattern_of(
        *(getattr(archetypes.escalation.template, n) for n in ("variables", "links"))
    )
    known = set(pattern.lines[0][:2])
    for cause, effect, _ in pattern.lines[1:]:
        assert known & {cause, effect}
        known |= {cause, effect}
