"""The ways to one step: what a diary calls it, what a notebook, and what the command line.

Hints in tables say in words what is to be done, and then the step as a diary calls it:
``name it (in the diary: 'work on')``. The command line shows its own words in that place, and
``diary_steps()`` lists all three.
"""

from __future__ import annotations

import re
from typing import NamedTuple


class Way(NamedTuple):
    """One step outside a diary: the method of a cohort, and the words after ``cstools plan``."""

    method: str
    command: str


WAYS: dict[str, Way] = {
    # seats
    "give seats": Way("select", "select"),
    "eligible": Way("overrule", "overrule eligible"),
    "not eligible": Way("overrule", "overrule not-eligible"),
    "hold a seat": Way("overrule", "overrule hold-a-seat"),
    "keep together": Way("overrule", "overrule keep-together"),
    "split the team": Way("overrule", "overrule split-the-team"),
    "take back": Way("take_back", "take-back"),
    "withdraw": Way("withdraw", "withdraw"),
    "fill": Way("fill", "fill"),
    "counts from": Way("following.counts_from", "seats from"),
    # money
    "reductions in order": Way("paying.in_order", "tuition order"),
    "fund": Way("paying.fund", "tuition fund"),
    "scholarship": Way("paying.grant", "tuition grant"),
    # buddies
    "pair buddies": Way("pair_buddies", "buddies pair"),
    "pair": Way("pairing.wish", "buddies wish"),
    "never pair": Way("pairing.forbid", "buddies forbid"),
    "freeze": Way("pairing.freeze", "buddies freeze"),
    "pair again": Way("pairing.again", "buddies again"),
    "buddies before": Way("pairing.not_again", "buddies not-again"),
    # teams, sites and mentors
    "form teams": Way("teams.form", "teams form"),
    "found a team": Way("teams.found", "teams found"),
    "move": Way("teams.move", "teams move"),
    "leave": Way("teams.leave", "teams leave"),
    "work on": Way("teams.work_on", "teams site"),
    "champion": Way("teams.champion", "teams champion"),
    "cluster": Way("teams.cluster", "teams cluster"),
    "mentor": Way("teams.mentor", "mentors add"),
    "give mentor": Way("teams.give_mentor", "mentors give"),
    "assign mentors": Way("teams.assign", "mentors assign"),
    "end mentoring": Way("teams.end_mentoring", "mentors end"),
    # the year
    "counting": Way("following.counting", "attendance rules"),
    "answer guests": Way("following.answer_guests", "guests answer"),
    "count as": Way("following.count_as", "attendance count-as"),
    "project": Way("following.project", "project"),
    # review and certificates
    "faculty": Way("reviewing.with_faculty", "faculty add"),
    "declare": Way("reviewing.declare", "faculty declare"),
    "put on panel": Way("reviewing.put_on_panel", "panels put-on"),
    "keep off panel": Way("reviewing.keep_off_panel", "panels keep-off"),
    "assign panels": Way("reviewing.assign_panels", "panels assign"),
    "issue certificates": Way("certificates.issue", "certificates issue"),
    "reissue": Way("certificates.reissue", "certificates reissue"),
}
_OPTIONS = {"teams_whole": " --split-teams"}
_HINT = re.compile(r"\(in the diary: ([^()]*)\)")
_STEP = re.compile(r"'([^']+)'(?: with (\w+))?")


def by_diary(*steps: str) -> str:
    """Return how a diary does what a hint asks for, one step after the other.

    A step may be told with a key: ``counting with share``; two may be a choice: ``pair or freeze``.
    """
    return f"(in the diary: {', then '.join(map(_quoted, steps))})"


def hints_in_commands(text: str) -> str:
    """Return a text with what one types after ``cstools plan`` where it names steps of a diary."""
    return _HINT.sub(lambda hint: f"({_STEP.sub(_command, hint[1])})", text)


def _quoted(step: str) -> str:
    return " or ".join(_with_key(*one.partition(" with ")) for one in step.split(" or "))


def _with_key(name: str, joined: str, key: str) -> str:
    if name not in WAYS:
        raise KeyError(name)
    return f"'{name}'{joined}{key}"


def _command(step: re.Match[str]) -> str:
    if step[1] not in WAYS:
        return step[0]
    key = step[2] or ""
    option = _OPTIONS.get(key) or f" --{key.replace('_', '-')}"
    return f"'{WAYS[step[1]].command}{option if key else ''}'"
