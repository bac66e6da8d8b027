"""The table of goals: nothing chosen, four goals scored, and six of them."""

from cstools.facets.world.goal_interactions import youth_parliament
from cstools.widgets.goal_table import goal_table

PARTS = {
    "goals, none chosen": goal_table,
    "goals, four scored": lambda: goal_table(youth_parliament()),
    "goals, six not scored": lambda: goal_table([1, 3, 8, 9, 12, 16]),
}
