"""The self: models of the mind-heart-body system, to look at with kindness."""

from cstools.facets.self.burnout import burnout
from cstools.facets.self.creative_tension import creative_tension
from cstools.facets.self.fitness_fatigue import fitness_fatigue
from cstools.facets.self.habit import habit, habit_with_missed_days
from cstools.facets.self.interruptions import interruptions
from cstools.facets.self.mood_fold import mood_fold
from cstools.facets.self.two_process_sleep import two_process_sleep

__all__ = [
    "burnout",
    "creative_tension",
    "fitness_fatigue",
    "habit",
    "habit_with_missed_days",
    "interruptions",
    "mood_fold",
    "two_process_sleep",
]
