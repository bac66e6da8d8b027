"""The panels checked again, plainly and without the solver."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.review.conflicts import PUT_ON, conflicts, decided_pairs
from cstools.cohorts.review.steps import judged_units, unit_of
from cstools.cohorts.review.values import KINDS, Panel

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort


def faults(cohort: Cohort) -> dict[str, list[str]]:
    """Return for each rule of the panels what breaks it; empty lists mean that it holds."""
    review = cohort.review
    judged = judged_units(cohort, unit_of(cohort))
    barred, decided = conflicts(cohort, judged), decided_pairs(cohort, PUT_ON)
    kinds = {each.id: each.kind for each in review.faculty}
    loads = Counter(id for panel in review.panels for id in panel.members)
    decided_loads = Counter(id for _, id in decided)
    seen = Counter(panel.of for panel in review.panels)
    return {
        "everybody has one panel": [of for of in judged if seen[of] != 1],
        "nobody sits twice on a panel": [
            panel.of for panel in review.panels if len(set(panel.members)) < len(panel.members)
        ],
        "no conflict of interest, but where a person decided it": [
            f"{id} for {of} ({rule})"
            for (of, id), rule in sorted(barred.items())
            if id in _members(review.panels, of) and (of, id) not in decided
        ],
        "nobody sits on more panels than they take, but where a person decided it": [
            f"{each.id} on {loads[each.id]}"
            for each in review.faculty
            if each.most is not None and loads[each.id] > max(each.most, decided_loads[each.id])
        ],
        "a panel without both kinds says so": [
            panel.of
            for panel in review.panels
            if {kinds[id] for id in panel.members} != set(KINDS) and not panel.missing
        ],
    }


def checked_panels(cohort: Cohort) -> Table:
    """Return every rule of the panels, whether it holds, and what breaks it."""
    rows = [
        (rule, "holds" if not broken else f"broken by {', '.join(broken)}")
        for rule, broken in faults(cohort).items()
    ]
    short = [panel.of for panel in cohort.review.panels if panel.missing]
    note = f"Short of something: {', '.join(short)}." if short else "No panel is short of anything."
    return table(f"{cohort.name}: panels, checked again", ("rule", "checked"), rows, [note])


def _members(panels: tuple[Panel, ...], of: str) -> tuple[str, ...]:
    return next((panel.members for panel in panels if panel.of == of), ())
