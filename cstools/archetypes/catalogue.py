"""The archetypes that are looked for, in the order in which they are told."""

from __future__ import annotations

from cstools.archetypes.accidental_adversaries import accidental_adversaries
from cstools.archetypes.archetype import Archetype
from cstools.archetypes.attractiveness_principle import attractiveness_principle
from cstools.archetypes.drifting_goals import drifting_goals
from cstools.archetypes.escalation import escalation
from cstools.archetypes.fixes_that_fail import fixes_that_fail
from cstools.archetypes.growth_and_underinvestment import growth_and_underinvestment
from cstools.archetypes.limits_to_growth import limits_to_growth
from cstools.archetypes.shifting_the_burden import shifting_the_burden
from cstools.archetypes.success_to_the_successful import success_to_the_successful
from cstools.archetypes.tragedy_of_the_commons import tragedy_of_the_commons

ARCHETYPES: tuple[Archetype, ...] = (
    limits_to_growth,
    shifting_the_burden,
    fixes_that_fail,
    drifting_goals,
    success_to_the_successful,
    escalation,
    tragedy_of_the_commons,
    growth_and_underinvestment,
    accidental_adversaries,
    attractiveness_principle,
)
