"""The recurring structures of systems thinking, and how to find them in any map.

``archetypes.limits_to_growth`` shows its story, its map and where to intervene;
``archetypes.limits_to_growth.model()`` is a model that runs, and ``diagram.archetypes()`` finds
the ten in a map of your own.

How it can mislead
------------------
What is looked for are signs, link by link: a map that says *health* where the archetype says
*problem* has other signs and is not found, and in a dense map much is found that means nothing.
An archetype found is a question to ask, and one not found is no answer.

How to add one
--------------
1. Write ``cstools/archetypes/its_name.py`` after the example of ``limits_to_growth.py``: one
   function that makes the model, and one :class:`~cstools.archetypes.archetype.Archetype`.
   A story is about people in a place, in a few sentences of your own.
2. Its map has at most the roles that the story needs: whatever stands in it has to be in every
   map in which it is to be found. Each link is looked for as one to three links, with the sign of
   their product. If a delay belongs to it, name in ``late`` the path on which one has to be.
3. The model closes the same loops: no link of the template may become more than three links of
   the model's map, and two of them may not run through one variable.
4. Put it in ``catalogue.py`` and in the list below, its sources in ``data/references.toml``.
5. In ``tests/archetypes/test_the_ten.py`` inherit ``ArchetypeTests``, and write one test more:
   that the behaviour which the story promises appears, and goes when its cause is taken away.
"""

from cstools.archetypes.accidental_adversaries import accidental_adversaries
from cstools.archetypes.archetype import Archetype
from cstools.archetypes.attractiveness_principle import attractiveness_principle
from cstools.archetypes.catalogue import ARCHETYPES
from cstools.archetypes.drifting_goals import drifting_goals
from cstools.archetypes.escalation import escalation
from cstools.archetypes.fixes_that_fail import fixes_that_fail
from cstools.archetypes.found import Found, Occurrence, archetype_named
from cstools.archetypes.growth_and_underinvestment import growth_and_underinvestment
from cstools.archetypes.limits_to_growth import limits_to_growth
from cstools.archetypes.shifting_the_burden import shifting_the_burden
from cstools.archetypes.success_to_the_successful import success_to_the_successful
from cstools.archetypes.tragedy_of_the_commons import tragedy_of_the_commons

__all__ = [
    "ARCHETYPES",
    "Archetype",
    "Found",
    "Occurrence",
    "accidental_adversaries",
    "archetype_named",
    "attractiveness_principle",
    "drifting_goals",
    "escalation",
    "fixes_that_fail",
    "growth_and_underinvestment",
    "limits_to_growth",
    "shifting_the_burden",
    "success_to_the_successful",
    "tragedy_of_the_commons",
]
