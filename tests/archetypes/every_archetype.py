"""What every archetype promises; the tests of each inherit it.

::

    from tests.archetypes.every_archetype import ArchetypeTests

    class TestLimitsToGrowth(ArchetypeTests):
        archetype = archetypes.limits_to_growth
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from dataclasses import replace
from itertools import pairwise
from typing import ClassVar

import numpy as np
import pytest

from cstools import CausalLoopDiagram
from cstools.archetypes import Archetype
from cstools.causal_loops.parts import Link
from cstools.learning.references import references
from cstools.stock_flow.parts import Constant
from tests.facets.teaching_model import largest_change, with_step

OPPOSITE = {"+": "-", "-": "+"}


def map_of(links: Iterable[Link]) -> CausalLoopDiagram:
    diagram = CausalLoopDiagram()
    for link in links:
        diagram.link(link.cause, link.effect, link.polarity, link.delayed)
    return diagram


def stretched(link: Link, pieces: int, rng: random.Random) -> list[Link]:
    """Return a chain of links that says the same: signs multiply to its sign, one is delayed."""
    stops = [link.cause, *(f"{link} step {i}" for i in range(1, pieces)), link.effect]
    signs = [rng.choice("+-") for _ in range(pieces - 1)]
    odd = signs.count("-") % 2
    signs.append(OPPOSITE[link.polarity] if odd else link.polarity)
    late = rng.randrange(pieces)
    return [
        Link(*ends, sign, link.delayed and place == late)
        for place, (*ends, sign) in enumerate(zip(stops[:-1], stops[1:], signs, strict=True))
    ]


class ArchetypeTests:
    """The tests that each archetype inherits."""

    archetype: ClassVar[Archetype]

    def found_in(self, diagram: CausalLoopDiagram):
        # Much more time than these small maps take: the answer is never cut short.
        found = diagram.archetypes(seconds=60)
        assert found.complete
        return found[self.archetype.name]

    # --- its map ------------------------------------------------------------------------------

    def test_its_map_holds_it_once_and_uses_every_link(self):
        (place,) = self.found_in(self.archetype.template)
        links = {(link.cause, link.effect, link.polarity) for link in place.links}
        assert place.stretch == 0
        assert links == {(n.cause, n.effect, n.polarity) for n in self.archetype.template.links}
        assert {name for _, name in place.roles} == set(self.archetype.roles)

    @pytest.mark.parametrize("pieces", [2, 3])
    @pytest.mark.parametrize("seed", [1, 2])
    def test_it_is_found_with_each_link_stretched_and_with_all_of_them(self, pieces, seed):
        rng = random.Random(seed)
        links = self.archetype.template.links
        ways = [stretched(link, pieces, rng) for link in links]
        for which, way in enumerate(ways):
            others = links[:which] + links[which + 1 :]
            places = self.found_in(map_of([*others, *way]))
            assert [place.stretch for place in places] == [pieces - 1]
        (place,) = self.found_in(map_of(link for way in ways for link in way))
        assert place.stretch == (pieces - 1) * len(links)

    def test_it_is_not_found_with_one_sign_turned_or_one_unknown(self):
        links = self.archetype.template.links
        for which, link in enumerate(links):
            for sign in (OPPOSITE[link.polarity], "?"):
                wrong = replace(link, polarity=sign)
                changed = map_of([*links[:which], wrong, *links[which + 1 :]])
                assert self.found_in(changed) == (), f"{link} as {sign}"

    def test_a_delay_that_belongs_to_it_has_to_be_on_the_way_and_may_be_anywhere_on_it(self):
        links = [replace(link, delayed=False) for link in self.archetype.template.links]
        assert len(self.found_in(map_of(links))) == (0 if self.archetype.late else 1)
        drawn = {(n.cause, n.effect) for n in self.archetype.template.links if n.delayed}
        for path in self.archetype.late:
            steps = list(pairwise(path))
            assert drawn & set(steps), "the template draws no delay where it asks for one"
            for step in steps:
                late = [replace(n, delayed=(n.cause, n.effect) == step) for n in links]
                assert len(self.found_in(map_of(late))) == 1

    # --- its model ----------------------------------------------------------------------------

    def test_it_is_found_in_the_map_of_its_own_model(self):
        assert self.found_in(self.archetype.model().causal_loops())

    def test_its_model_runs_and_says_what_it_stands_on(self):
        model = self.archetype.model()
        run = model.run()
        assert model.evidence == "illustrative"
        assert model.doc
        assert run.trouble == ""
        assert all(np.isfinite(run[name]).all() for name in run.names)
        assert [part.where for part in model.parts.values() if not (part.units and part.doc)] == []

    def test_the_units_of_its_model_fit(self):
        model = self.archetype.model()
        assert repr(model.check_units()) == f"The units of '{model.name}' fit together."

    def test_the_map_of_its_model_is_sure_of_every_sign(self):
        doubtful = [n for n in self.archetype.model().causal_loops().links if n.polarity == "?"]
        assert doubtful == []

    def test_its_sliders_hold_its_own_values_and_run_from_end_to_end(self):
        model = self.archetype.model()
        assert len(model.sliders()) >= 3
        for part in model.sliders():
            low, high = part.between
            own = part.value if isinstance(part, Constant) else float(part.initial)
            assert low <= own <= high, part.where
            for end in (low, high):
                assert model.run({part.name: end}).trouble == "", f"{part.where} at {end}"

    def test_halving_dt_changes_little(self):
        model = self.archetype.model()
        finer = with_step(model, model.dt / 2)
        # Two parts in a hundred of the most that a stock ever holds: to the eye the same curve.
        assert largest_change(model.run(), finer.run()) <= 0.02

    # --- what is said -------------------------------------------------------------------------

    def test_it_tells_its_story_and_shows_its_map(self):
        shown = self.archetype._repr_mimebundle_()
        for told in (self.archetype.story, self.archetype.behaviour, *self.archetype.intervene):
            assert told in shown["text/plain"]
            assert told in shown["text/html"].replace("&#x27;", "'")
        assert "<svg" in shown["text/html"]
        assert self.archetype.describe_run() in shown["text/html"].replace("&#x27;", "'")

    def test_its_sources_are_in_the_bibliography(self):
        assert self.archetype.sources
        assert [key for key in self.archetype.sources if key not in references()] == []

    def test_a_template_is_a_new_one_each_time(self):
        self.archetype.template.link("something", "else", "+")
        assert "something" not in self.archetype.template.variables
