"""Others: models of the people around us, and of what goes round between them."""

from cstools.facets.others.capability_trap import capability_trap
from cstools.facets.others.classroom_coupling import classroom_coupling
from cstools.facets.others.emotional_contagion import emotional_contagion
from cstools.facets.others.escalation import escalation
from cstools.facets.others.kind_review import kind_review
from cstools.facets.others.listening import listening
from cstools.facets.others.polya_urn import polya_urn
from cstools.facets.others.practice_spreads import practice_spreads
from cstools.facets.others.programme_growth import programme_growth
from cstools.facets.others.repeated_dilemma import repeated_dilemma
from cstools.facets.others.success_to_the_successful import success_to_the_successful
from cstools.facets.others.teacher_pipeline import teacher_pipeline
from cstools.facets.others.thresholds import thresholds

__all__ = [
    "capability_trap",
    "classroom_coupling",
    "emotional_contagion",
    "escalation",
    "kind_review",
    "listening",
    "polya_urn",
    "practice_spreads",
    "programme_growth",
    "repeated_dilemma",
    "success_to_the_successful",
    "teacher_pipeline",
    "thresholds",
]
