"""What is different between two states of one cohort, so that nobody is moved unseen.

Seats and buddies are worked out anew whenever they are asked for. Somebody may know already what
was decided before; here stands, by code, for whom it is another answer now.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING

from cstools.cohorts.basics.before import before_enrolling
from cstools.cohorts.basics.overruling import recoded
from cstools.cohorts.basics.people import natural_key
from cstools.cohorts.basics.spelling import folded
from cstools.cohorts.basics.tables import Table, table
from cstools.cohorts.buddies.buddies import Buddy, Explanation
from cstools.cohorts.buddies.buddy_people import as_buddies
from cstools.cohorts.selection.decisions import Decision
from cstools.cohorts.selection.eligibility import Verdict
from cstools.cohorts.teams import groups as teams
from cstools.cohorts.teams.days import while_seated
from cstools.errors import DataError, shown, unknown_name

if TYPE_CHECKING:
    from cstools.cohorts.cohort import Cohort

Answers = Mapping[str, str]
NOBODY, NOTHING = "none", "nothing yet"
_MOST = 8  # people whom a note names; the table has all
_KINDS = {"seat": "seat", "buddies": "buddy", "team": "team", "mentor": "mentor", "panel": "panel"}
_WITH_CODES = ("decisions", "buddies", "groups", "review", "overruled")


def changes_table(cohort: Cohort, earlier: Cohort) -> Table:
    """Return each seat, buddy, team, mentor and panel that is another than in an earlier state.

    Raises
    ------
    DataError
        When the other is no cohort, or has nobody in common with this one.
    """
    if type(earlier) is not type(cohort):
        raise DataError(
            f"{shown(earlier)} is no cohort; keep the earlier one under a name of its own, or load "
            "it from the planner, and write changes_since(earlier)"
        )
    mine, theirs = ({p.code for p in each.people} for each in (cohort, earlier))
    if mine and theirs and not mine & theirs:
        raise DataError(
            f"nobody in '{cohort.name}' has a code that somebody in '{earlier.name}' has; compare "
            "two states of one cohort, with one phrase for the codes"
        )
    rows = [
        (who, kind, before, now)
        for kind, then, since, empty in _kinds(earlier, cohort)
        for who, before, now in _moved(then, since, empty)
    ]
    columns = ("code or team", "what", "before", "now")
    return table(f"{cohort.name}: what has changed", columns, rows, [_counted(rows)])


def changes_from_kept(
    cohort: Cohort, kept: Cohort | None, where: str, only: Sequence[str] = ()
) -> Table:
    """Return for whom something is another than what is kept, of some kinds or of all.

    Of a kind that is not kept at all (no seats are given there yet) there is nothing to compare.
    Codes may be made with another phrase now: people are known by their e-mail.

    Raises
    ------
    UnknownNameError
        When there is no such kind.
    """
    for kind in only:
        if not isinstance(kind, str) or kind not in _KINDS:
            raise unknown_name(str(kind), _KINDS, "what can change")
    looked_at = tuple(kind for kind in _KINDS if not only or kind in only)
    rows = [
        (who, kind, before, now)
        for kind, then, since, empty in (_kinds(_as_coded(kept, cohort), cohort) if kept else ())
        if kind in looked_at and any(told != empty for told in then.values())
        for who, before, now in _moved(then, since, empty)
    ]
    note = f"{_counted(rows).removesuffix('.')} against what is kept in '{where}'."
    if not rows:
        *some, last = (_KINDS[kind] for kind in looked_at)
        words = " or ".join(filter(None, (", ".join(some), last)))
        note = f"Nobody has another {words} than is kept in '{where}'."
    columns = ("code or team", "what", "as kept", "now")
    return table(f"{cohort.name}: beside what is kept", columns, rows, [note])


def _kinds(earlier: Cohort, cohort: Cohort) -> tuple[tuple[str, Answers, Answers, str], ...]:
    """Return for each kind what it was and what it is, and how a missing answer reads."""
    return (
        ("seat", _seats(earlier.decisions), _seats(cohort.decisions), NOTHING),
        ("buddies", _buddies(earlier.buddies), _buddies(cohort.buddies), NOBODY),
        ("team", _teams(earlier), _teams(cohort), NOBODY),
        ("mentor", _mentors(earlier), _mentors(cohort), NOBODY),
        ("panel", _panels(earlier), _panels(cohort), NOBODY),
    )


def _counted(rows: Sequence[object]) -> str:
    return f"{len(rows)} changes." if len(rows) != 1 else "1 change."


def _as_coded(kept: Cohort, cohort: Cohort) -> Cohort:
    """Return a cohort with people under the codes that they have in another one."""
    given = {natural_key(p.application.email): p.code for p in cohort.people}
    given.pop("", None)  # a copy without names has no e-mail either
    codes = {p.code: given.get(natural_key(p.application.email), p.code) for p in kept.people}
    new = {old: code for old, code in codes.items() if old != code}
    if not new:
        return kept
    people = tuple(replace(person, code=codes[person.code]) for person in kept.people)
    rooms = {room: recoded(getattr(kept, room), new) for room in _WITH_CODES}
    return replace(kept, people=people, **rooms)


def opened_by(cohort: Cohort, after: Cohort) -> Cohort:
    """Return a cohort with other people, answers or facts, and open what was decided on these.

    Whatever decides about seats opens seats and buddies. What counts for pairing alone opens the
    buddies. A name, an address, or what counts for neither opens nothing.
    """
    if not cohort.decisions or _claims(cohort) != _claims(after):
        before = before_enrolling(cohort, after.people)
        return replace(after, decisions=(), buddies=(), before=before)
    if not cohort.buddies or _as_paired(cohort) == _as_paired(after):
        return after
    return replace(
        after, buddies=(), before=replace(cohort.before, buddies=cohort.buddies, stand=False)
    )


def _claims(cohort: Cohort) -> dict[str, tuple[Verdict, str]]:
    """Return by code what decides about seats: the rules' answer, and the team."""
    teams = {person.code: folded(person.team) for person in cohort.people}
    return {code: (given, teams[code]) for code, given in cohort.hall.verdicts().items()}


def _as_paired(cohort: Cohort) -> list[Buddy]:
    return as_buddies(cohort, cohort.accepted)


def seats_moved(cohort: Cohort) -> list[str]:
    """Return in a sentence who was moved since the last decisions; none where nobody was."""
    if not cohort.before.decisions:
        return []
    then = {d.code: d.outcome for d in cohort.before.decisions}
    now = {d.code: d.outcome for d in cohort.decisions}
    both = then.keys() & now.keys()
    moved = [(c, then[c], now[c]) for c in sorted(both) if then[c] != now[c]]
    places = {d.code: d.place for d in cohort.before.decisions if d.place}
    other = sum(d.place != places.get(d.code, d.place) for d in cohort.decisions if d.place)
    told = [f"Moved since the last decisions: {_some(moved)}."] if moved else []
    told += [f"Another place on the waiting list than before: {other}."] if other else []
    return told


def buddies_moved(cohort: Cohort) -> list[str]:
    """Return in a sentence who has other buddies than before; none where nobody has."""
    if not cohort.before.buddies or not cohort.buddies:
        return []
    then, now = _buddies(cohort.before.buddies), _buddies(cohort.buddies)
    moved = _moved(then, {code: now.get(code, NOBODY) for code in then}, NOBODY)
    return [f"Other buddies than before: {_some(moved)}."] if moved else []


def _moved(then: Answers, now: Answers, empty: str) -> list[tuple[str, str, str]]:
    """Return who or what has another answer now, in order, with both."""
    pairs = ((who, then.get(who, empty), now.get(who, empty)) for who in {**then, **now})
    return sorted((who, before, after) for who, before, after in pairs if before != after)


def _some(moved: Sequence[tuple[str, str, str]]) -> str:
    told = [f"{who}: {before} → {now}" for who, before, now in moved[:_MOST]]
    if len(moved) > _MOST:
        told.append(f"and {len(moved) - _MOST} more, among the changes since")
    return "; ".join(told)


def _seats(decisions: Iterable[Decision]) -> dict[str, str]:
    return {d.code: d.outcome + (f" {d.place}" if d.place else "") for d in decisions}


def _buddies(explained: Iterable[Explanation]) -> dict[str, str]:
    return {e.code: ", ".join(e.buddies) or NOBODY for e in explained}


def _teams(cohort: Cohort) -> dict[str, str]:
    held = while_seated(cohort, cohort.groups)
    return {
        p.code: teams.team_on(held, cohort.people, p.code, None) or NOBODY for p in cohort.people
    }


def _mentors(cohort: Cohort) -> dict[str, str]:
    return {
        team.name: ", ".join(teams.mentors_on(cohort.groups, team.name, None)) or NOBODY
        for team in cohort.groups.teams
    }


def _panels(cohort: Cohort) -> dict[str, str]:
    return {panel.of: ", ".join(panel.members) or NOBODY for panel in cohort.review.panels}
